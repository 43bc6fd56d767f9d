--
-- setup
--
-- What the other tests work on: the emulator as it is after its start, the
-- extension, servers, and the tables of the services.
--
\getenv srcdir PG_ABS_SRCDIR
\set setup :srcdir '/test/regress_setup.sql'
\set ECHO none
\i :setup
\set ECHO all
SET timezone = 'UTC';
SELECT FROM emu.reset();

CREATE EXTENSION gaussdb_mgmt_fdw;

-- The emulator's address stays out of the output: its port is another one each time.
SELECT emu.endpoint() AS endpoint \gset

-- Two projects of the cloud, each of them a server.
CREATE SERVER cloud FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-north-4', project_id '0483b6b16e954cb88930a360d2c4e663', endpoint :'endpoint');
CREATE SERVER east FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-east-3', project_id '0549b4a43100d4f32f51c01c2fe4acdb', endpoint :'endpoint');
CREATE USER MAPPING FOR CURRENT_USER SERVER cloud
  OPTIONS (access_key 'EMULATORACCESSKEY01', secret_key 'emulator-secret-key-0001');
CREATE USER MAPPING FOR CURRENT_USER SERVER east
  OPTIONS (access_key 'EMULATORACCESSKEY01', secret_key 'emulator-secret-key-0001');

-- Nothing of this asked the cloud for anything, and importing does not either.
CREATE SCHEMA cloud;
CREATE SCHEMA east;
IMPORT FOREIGN SCHEMA gaussdb FROM SERVER cloud INTO cloud;
IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (instances, backups) FROM SERVER east INTO east;
SELECT * FROM emu.asked();

-- There are 100 instances in each project; the first query asks for them in one page.
SELECT count(*), count(DISTINCT id) AS ids, count(DISTINCT name) AS names, min(name), max(name)
  FROM cloud.instances;
SELECT * FROM emu.asked();

-- Copies of two tables, to compare with.
CREATE SCHEMA copy;
CREATE TABLE copy.instances AS SELECT * FROM cloud.instances;
CREATE TABLE copy.backups AS SELECT * FROM cloud.backups;

-- found('instances', condition, ...): for each WHERE clause how many rows it gives,
-- whether they are those that it gives on the copy, and what was asked of the
-- API for it.
CREATE FUNCTION found(name text, VARIADIC conditions text[],
                      OUT condition text, OUT rows integer, OUT correct boolean, OUT request text)
RETURNS SETOF record LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  ids text[];
  expected text[];
BEGIN
  PERFORM emu.forget();
  FOREACH condition IN ARRAY conditions
  LOOP
    EXECUTE format('SELECT array_agg(id ORDER BY id) FROM cloud.%I WHERE %s', name, condition)
       INTO ids;
    EXECUTE format('SELECT array_agg(id ORDER BY id) FROM copy.%I WHERE %s', name, condition)
       INTO expected;
    rows := coalesce(cardinality(ids), 0);
    correct := ids IS NOT DISTINCT FROM expected;
    FOREACH request IN ARRAY coalesce((SELECT array_agg(a) FROM emu.asked() a), '{nothing}')
    LOOP
      condition := btrim(condition);
      request := replace(request, '{project_id}', '...');
      RETURN NEXT;
      condition := NULL;
      rows := NULL;
      correct := NULL;
    END LOOP;
  END LOOP;
END
$$;

-- told(statement): what an error says, without ports and request ids, and without the words
-- of libcurl: these change.
CREATE FUNCTION told(statement text, OUT state text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
  EXECUTE statement;
  message := 'no error';
EXCEPTION WHEN others THEN
  GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
    detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
  message := regexp_replace(message, '127\.0\.0\.1:[0-9]+', '127.0.0.1:PORT', 'g');
  message := regexp_replace(message, '(no|the) (connection to 127.0.0.1:PORT[^:]*): .*', '\1 \2: ...');
  detail := regexp_replace(regexp_replace(detail, '127\.0\.0\.1:[0-9]+', '127.0.0.1:PORT', 'g'),
                           'request id [0-9a-f]{32}', 'request id ID');
END
$$;

-- explained(statement, options): lines of EXPLAIN without what changes, which is bytes and memory,
-- and without what versions of PostgreSQL say differently.
CREATE FUNCTION explained(statement text, options text DEFAULT 'COSTS OFF') RETURNS SETOF text
LANGUAGE plpgsql
AS $$
DECLARE
  plan text;
  line text;
BEGIN
  FOR plan IN EXECUTE format('EXPLAIN (%s) %s', options, statement)
  LOOP
    FOREACH line IN ARRAY string_to_array(plan, E'\n')
    LOOP
      CONTINUE WHEN line ~ '^ *(<|"|)Disabled';
      line := regexp_replace(line, '(Bytes Received|Memory): [0-9]+', '\1: N');
      line := regexp_replace(line, '\d+kB', 'N kB');
      line := regexp_replace(line, '(rows=\d+)\.00 ', '\1 ');
      line := regexp_replace(line, '(\w+) = ((\w+|"\*VALUES\*")\.\w+)\)', '\2 = \1)');
      line := replace(line, '(InitPlan 1).col1', '$0');
      RETURN NEXT replace(line, 'InitPlan 1 (returns $0)', 'InitPlan 1');
    END LOOP;
  END LOOP;
END
$$;

-- plan_without_filters(query): its plan without what depends on the version of PostgreSQL: local
-- filters, whose sides are written in another order, and what is disabled.
CREATE FUNCTION plan_without_filters(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  line text;
BEGIN
  FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
    IF line !~ '^ *(Filter|Hash Cond|Disabled):' THEN
      RETURN NEXT line;
    END IF;
  END LOOP;
END
$$;
