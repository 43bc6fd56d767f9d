--
-- disable
--
-- No setting changes results, also where it changes between planning and execution: what a
-- plan does without is decided when it is made.  What tables and columns are said to be
-- is another matter: when that changes, plans are made anew.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();
SELECT emu.endpoint() AS endpoint \gset
CREATE SCHEMA dis;
SET search_path = dis, public;
SET plan_cache_mode = force_generic_plan;

-- the case that was reported
PREPARE manual AS SELECT count(*) FROM cloud.backups WHERE type = 'manual';
EXECUTE manual;
SELECT * FROM emu.asked();
SET gaussdb_mgmt_fdw.disable = 'filters';
EXECUTE manual;
SELECT * FROM emu.asked();
EXPLAIN (COSTS OFF) EXECUTE manual;
DEALLOCATE manual;
PREPARE manual AS SELECT count(*) FROM cloud.backups WHERE type = 'manual';
EXPLAIN (COSTS OFF) EXECUTE manual;
EXECUTE manual;
SELECT * FROM emu.asked();
RESET gaussdb_mgmt_fdw.disable;
EXECUTE manual;
SELECT * FROM emu.asked();
SELECT count(*) FROM copy.backups WHERE type = 'manual';
DEALLOCATE manual;

-- a cursor: planned, and then read
BEGIN;
DECLARE counted CURSOR FOR SELECT count(*) FROM cloud.backups WHERE type = 'manual';
DECLARE skipped CURSOR FOR SELECT name FROM cloud.instances WHERE type = 'Enterprise' OFFSET 3 LIMIT 2;
SET LOCAL gaussdb_mgmt_fdw.disable = 'filters, limits, counts, pages, rescans, joins, appends, cache';
FETCH ALL counted;
FETCH ALL skipped;
COMMIT;
SELECT * FROM emu.asked();
SELECT name FROM cloud.instances WHERE type = 'Enterprise' OFFSET 3 LIMIT 2;
SELECT FROM emu.forget();

-- PL/pgSQL keeps its plans
CREATE FUNCTION count_manual(disabled text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  n bigint;
BEGIN
  PERFORM set_config('gaussdb_mgmt_fdw.disable', disabled, true);
  SELECT count(*) INTO n FROM cloud.backups WHERE type = 'manual';
  RETURN n;
END
$$;
SELECT count_manual('');
SELECT count_manual('filters');
SELECT count_manual('filters, limits, counts, pages, rescans, joins, appends, cache');
SELECT * FROM emu.asked();
-- ... and so does a function that changes it while it is planned
CREATE FUNCTION turned_off() RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('gaussdb_mgmt_fdw.disable', 'filters', true);
  RETURN 'manual';
END
$$;
SELECT count(*) FROM cloud.backups WHERE type = turned_off();
SELECT FROM emu.forget();

--
-- Each optimisation, in both directions.
--
CREATE TABLE statements (n serial, statement text);
INSERT INTO statements (statement) VALUES
  ('SELECT count(*) FROM %I.backups WHERE type = ''manual'''),
  ('SELECT count(*) FROM %I.instances'),
  ('SELECT count(*) FROM (SELECT name FROM %I.instances WHERE type = ''Enterprise'' OFFSET 7) s'),
  ('SELECT count(*) FROM (SELECT id FROM %I.backups WHERE type = ''manual'' OFFSET 90 LIMIT 50) s'),
  ('SELECT count(*), min(name) FROM %I.instances WHERE name LIKE ''%%prod%%'''),
  ('SELECT count(*), min(id) FROM %I.backups WHERE begin_time >= ''2024-12-30'' AND end_time < ''2025-01-01'''),
  ('SELECT count(*), min(b.id) FROM %I.instances i JOIN %1$I.backups b ON b.instance_id = i.id WHERE i.name LIKE ''erp%%'''),
  ('SELECT sum((SELECT count(*) FROM %I.backups b WHERE b.instance_id = i.id AND b.type = ''manual'')) FROM %1$I.instances i WHERE i.name LIKE ''crm%%'''),
  ('SELECT count(*) FROM (SELECT id FROM %I.instances UNION ALL SELECT id FROM %1$I.backups WHERE type = ''auto'') u');
CREATE FUNCTION differing(before text, after text) RETURNS TABLE (n int, here text, there text)
LANGUAGE plpgsql AS $$
DECLARE
  s record;
BEGIN
  FOR s IN SELECT * FROM statements ORDER BY 1
  LOOP
    n := s.n;
    PERFORM set_config('gaussdb_mgmt_fdw.disable', before, true);
    EXECUTE format('PREPARE there AS SELECT q::text FROM (%s) q', format(s.statement, 'cloud'));
    EXECUTE 'EXECUTE there' INTO there;
    PERFORM set_config('gaussdb_mgmt_fdw.disable', after, true);
    EXECUTE 'EXECUTE there' INTO there;
    DEALLOCATE there;
    EXECUTE format('SELECT q::text FROM (%s) q', format(s.statement, 'copy')) INTO here;
    IF here IS DISTINCT FROM there THEN
      RETURN NEXT;
    END IF;
  END LOOP;
END
$$;
SELECT word, d.*
  FROM unnest('{filters,limits,counts,pages,rescans,joins,appends,cache,"filters, limits, counts, pages, rescans, joins, appends, cache"}'::text[]) word,
       LATERAL (SELECT * FROM differing('', word) UNION ALL SELECT * FROM differing(word, '')) d;
SELECT FROM emu.forget();

--
-- Settings of PostgreSQL that say how a value is written or read.
--
CREATE FOREIGN TABLE numbers (
  id text,
  name text,
  number float8 OPTIONS (parameter 'number', match 'exact', in_answer 'false'),
  created timestamptz)
SERVER cloud OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances', items 'instances');
SET extra_float_digits = -15;
EXPLAIN (COSTS OFF) SELECT name FROM numbers WHERE number = '0.1'::float8 + '0.2'::float8;
RESET extra_float_digits;
EXPLAIN (COSTS OFF) SELECT name FROM numbers WHERE number = '0.1'::float8 + '0.2'::float8;
EXPLAIN (COSTS OFF) SELECT name FROM numbers WHERE number = '-0'::float8;
-- a date begins where the session is, when the plan runs
PREPARE from_date(date) AS SELECT count(*) FROM cloud.backups WHERE begin_time >= $1 AND type = 'manual';
PREPARE from_timestamp(timestamp) AS SELECT count(*) FROM cloud.backups WHERE begin_time >= $1 AND type = 'manual';
CREATE FUNCTION same_in(zone text, OUT same boolean, OUT request text) RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
  here bigint;
  there bigint;
  literal text;
BEGIN
  PERFORM set_config('timezone', zone, true);
  PERFORM set_config('datestyle', CASE zone WHEN 'UTC' THEN 'ISO, MDY' ELSE 'German, DMY' END, true);
  FOREACH literal IN ARRAY '{date,timestamp}'::text[]
  LOOP
    PERFORM emu.forget();
    EXECUTE format('EXECUTE from_%s(%L)', literal, '2024-12-30') INTO there;
    SELECT regexp_replace(a, '^.*begin_time', 'begin_time') INTO request FROM emu.asked() a;
    EXECUTE format('SELECT count(*) FROM copy.backups WHERE begin_time >= %s %L AND type = ''manual''', literal, '2024-12-30')
       INTO here;
    same := here = there;
    RETURN NEXT;
  END LOOP;
END
$$;
SELECT zone, s.* FROM unnest('{UTC,Asia/Shanghai,America/New_York}'::text[]) zone, same_in(zone) s;
-- how joins are planned
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SELECT count(*) FROM cloud.instances i JOIN cloud.backups b ON b.instance_id = i.id WHERE i.name LIKE 'erp%';
RESET enable_hashjoin;
RESET enable_mergejoin;
SET enable_nestloop = off;
SET work_mem = '64kB';
SELECT count(*) FROM cloud.instances i JOIN cloud.backups b ON b.instance_id = i.id WHERE i.name LIKE 'erp%';
RESET enable_nestloop;
RESET work_mem;
SELECT count(*) FROM copy.instances i JOIN copy.backups b ON b.instance_id = i.id WHERE i.name LIKE 'erp%';
SET gaussdb_mgmt_fdw.dry_run = on;
SET gaussdb_mgmt_fdw.progress_interval = 1;
SET client_min_messages = warning;
SELECT count(*) FROM cloud.instances WHERE type = 'Enterprise';
RESET client_min_messages;
RESET gaussdb_mgmt_fdw.progress_interval;
RESET gaussdb_mgmt_fdw.dry_run;
SELECT count(*) FROM copy.instances WHERE type = 'Enterprise';

--
-- What else is read when planning and again when executing: options.  A change makes the plan
-- anew.
--
CREATE SERVER changing FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-north-4', project_id '0483b6b16e954cb88930a360d2c4e663', endpoint :'endpoint');
CREATE USER MAPPING FOR CURRENT_USER SERVER changing OPTIONS (token 'emulator-static-token');
CREATE FOREIGN TABLE ours (
  id text OPTIONS (parameter 'id', match 'exact_star'),
  label text OPTIONS (json_path 'name', parameter 'name', match 'exact_star'),
  kind text OPTIONS (json_path 'type', parameter 'type', match 'exact'))
SERVER changing OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances', items 'instances',
  total 'total_count', paging 'records', max_limit '100', key 'id');
PREPARE counted AS SELECT count(*) FROM ours WHERE kind = 'Enterprise';
PREPARE labelled AS SELECT label FROM ours WHERE label = 'erp-prod-0001';
SELECT FROM emu.forget();
EXECUTE counted;
EXECUTE labelled;
SELECT * FROM emu.asked();
-- of a column: the parameter is another one, it is no filter any more, it is not in the answer
ALTER FOREIGN TABLE ours ALTER kind OPTIONS (DROP parameter, DROP match);
EXECUTE counted;
SELECT * FROM emu.asked();
ALTER FOREIGN TABLE ours ALTER label OPTIONS (SET json_path 'id');
EXECUTE labelled;
ALTER FOREIGN TABLE ours ALTER label OPTIONS (SET json_path 'name', ADD in_answer 'false');
EXPLAIN (COSTS OFF) EXECUTE labelled;
EXECUTE labelled;
ALTER FOREIGN TABLE ours ALTER label OPTIONS (DROP in_answer, SET match 'loose');
EXPLAIN (COSTS OFF) EXECUTE labelled;
SELECT FROM emu.forget();
-- the columns are counted otherwise
ALTER FOREIGN TABLE ours DROP id;
ALTER FOREIGN TABLE ours ADD id text;
EXECUTE labelled;
SELECT FROM emu.forget();
-- of a table: no total, other pages, another list
ALTER FOREIGN TABLE ours OPTIONS (ADD page_size '40');
EXECUTE counted;
SELECT * FROM emu.asked();
ALTER FOREIGN TABLE ours OPTIONS (DROP total, SET paging 'none');
EXECUTE counted;
SELECT * FROM emu.asked();
ALTER FOREIGN TABLE ours OPTIONS (SET path '/v3.1/{project_id}/backups', SET items 'backups', ADD total 'total_count', SET paging 'records');
EXECUTE counted;
SELECT count(*) > 0 AS backups FROM emu.asked() WHERE asked LIKE '%/backups?%';
-- of a server, and of the user
ALTER SERVER changing OPTIONS (ADD page_size '30', ADD max_connections '1');
ALTER FOREIGN TABLE ours OPTIONS (DROP page_size, SET path '/v3.1/{project_id}/instances', SET items 'instances');
SELECT FROM emu.forget();
EXECUTE counted;
SELECT * FROM emu.asked();
ALTER SERVER changing OPTIONS (SET project_id '0549b4a43100d4f32f51c01c2fe4acdb', DROP page_size);
EXECUTE counted;
SELECT count(*) FROM east.instances WHERE type = 'Enterprise';
ALTER USER MAPPING FOR CURRENT_USER SERVER changing OPTIONS (SET token 'no such token');
\set VERBOSITY terse
EXECUTE counted;
\set VERBOSITY default

DROP SERVER changing CASCADE;
DROP SCHEMA dis CASCADE;
