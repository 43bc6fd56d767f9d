--
-- explain
--
-- EXPLAIN tells what would be asked of the API and which condition goes where; with ANALYZE
-- also what it took.
--
SET timezone = 'UTC';
SET datestyle = 'ISO';
SET intervalstyle = 'postgres';
SELECT FROM emu.reset();

-- The request, as far as it is known, and how the list is cut into pages
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances;
-- A condition that the API enforces exactly: PostgreSQL does not look again.
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances WHERE name = 'erp-prod-0001' AND type = 'Enterprise';
-- One that leaves at least the rows that are wanted: it does.
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances WHERE name LIKE 'erp%' AND datastore_type = 'GaussDB';
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances WHERE name LIKE 'e%-prod-_001';
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances WHERE name LIKE '_\_%\%x_';
-- One that stays here, for its operator or for its value
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances WHERE status = 'FAILED' AND name ILIKE 'erp%';
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances WHERE name = '*erp' AND type = 'enterprise';
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances WHERE name LIKE 'a%*b';
-- Several values: a request for each
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances WHERE name IN ('erp-prod-0001', 'crm-test-0003');
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances WHERE name IN ('erp-prod-0001', '*crm');
EXPLAIN (COSTS OFF) SELECT name FROM cloud.parameters WHERE instance_id IN ('a', 'b', '..');
-- Values that come at execution
EXPLAIN (COSTS OFF) SELECT name FROM cloud.backups WHERE begin_time > now() - interval '1 day';
SELECT * FROM explained('SELECT name FROM cloud.instances WHERE name = (SELECT min(name) FROM copy.instances)');
EXPLAIN (COSTS OFF) SELECT name FROM cloud.backups WHERE end_time < '2024-11-30' AND type = 'manual';
-- Nothing to ask
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances WHERE name = NULL;
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances WHERE name = repeat('x', 65);
-- A filter that is no column of the answer
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances WHERE tag_filter = 'team=finance';

-- LIMIT and OFFSET
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances LIMIT 5;
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances OFFSET 10 LIMIT 5;
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances WHERE name LIKE 'erp%' OFFSET 10 LIMIT 5;
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances ORDER BY name LIMIT 5;
-- Counting
EXPLAIN (COSTS OFF) SELECT count(*) FROM cloud.instances WHERE type = 'Enterprise';
EXPLAIN (COSTS OFF) SELECT count(*) FROM cloud.instances WHERE name LIKE 'erp%';

-- By key, by the keys of the parent, by key and list at once
EXPLAIN (COSTS OFF) SELECT name FROM cloud.parameters WHERE instance_id = '5d825a18602349e7470cd44adaaa079cin14';
EXPLAIN (COSTS OFF) SELECT name FROM cloud.parameters WHERE instance_id = E'../../x?y#z%00 ü\'";--\n';
EXPLAIN (COSTS OFF) SELECT name FROM cloud.parameters WHERE name = 'max_connections';
EXPLAIN (COSTS OFF) SELECT status FROM cloud.jobs WHERE id = 'x';
EXPLAIN (COSTS OFF) SELECT status FROM cloud.jobs WHERE status = 'Failed';
EXPLAIN (COSTS OFF) SELECT created FROM cloud.jobs WHERE status = 'Failed';

-- A join that looks up keys
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SELECT * FROM explained($$ SELECT p.value FROM (VALUES ('a'), ('b')) v (id) JOIN cloud.parameters p ON p.instance_id = v.id $$);
RESET enable_hashjoin;
RESET enable_mergejoin;
EXPLAIN (COSTS OFF) SELECT (SELECT max(b.begin_time) FROM cloud.backups b WHERE b.instance_id = i.id) FROM copy.instances i;

-- VERBOSE and other formats
EXPLAIN (VERBOSE, COSTS OFF) SELECT name FROM cloud.instances WHERE name LIKE 'erp%' LIMIT 2;
SELECT * FROM explained($$ SELECT created FROM cloud.jobs WHERE status = 'Failed' AND ended < '2024-12-25' LIMIT 2 $$, 'COSTS OFF, FORMAT JSON');
SELECT * FROM explained($$ SELECT count(*) FROM cloud.instances WHERE name = 'erp-prod-0001' $$, 'COSTS OFF, FORMAT YAML');
SELECT * FROM explained($$ SELECT name FROM cloud.parameters WHERE name = '<&>' $$, 'COSTS OFF, FORMAT XML');

-- None of these asked for anything.
SELECT * FROM emu.asked();

--
-- ANALYZE: requests, retries, bytes; time is left out here, as it changes.
--
\set analyze '\'COSTS OFF, ANALYZE, TIMING OFF, SUMMARY OFF, BUFFERS OFF\''
SELECT * FROM explained($$ SELECT name FROM cloud.instances WHERE status = 'FAILED' $$, :analyze);
SELECT * FROM explained($$ SELECT name FROM cloud.backups WHERE size > 0 $$, :analyze);
SELECT * FROM explained($$ SELECT name FROM cloud.instances LIMIT 0 $$, :analyze);
SELECT * FROM explained($$ SELECT count(*) FROM cloud.instances $$, :analyze);
SELECT FROM emu.fault('{"match": {"operation_id": "ListInstancesDetails"}, "effect": {"status": 503}, "count": 1}');
SELECT * FROM explained($$ SELECT name FROM cloud.instances WHERE name = 'erp-prod-0001' $$, :analyze);
SELECT FROM emu.no_faults();
CREATE FUNCTION plan_of(statement text) RETURNS jsonb LANGUAGE plpgsql
AS $$
DECLARE
  plan json;
BEGIN
  EXECUTE 'EXPLAIN (ANALYZE, FORMAT JSON) ' || statement INTO plan;
  RETURN plan::jsonb #> '{0,Plan}';
END
$$;
SELECT FROM emu.config('{"latency_ms": 50}');
SELECT p->'Requests' AS requests, p->'Retries' AS retries, (p->'Bytes Received')::int > 250000 AS bytes_of_100_instances,
       (p->'Time Waiting')::float BETWEEN 40 AND (p->'Actual Total Time')::float AS has_waited
  FROM plan_of('SELECT name FROM cloud.instances') p;
SELECT FROM emu.config('{"latency_ms": 0}');

--
-- Secrets are nowhere.
--
CREATE FUNCTION everything(statement text) RETURNS text LANGUAGE plpgsql
AS $$
DECLARE
  line text;
  lines text := '';
BEGIN
  FOR line IN EXECUTE 'EXPLAIN (ANALYZE, VERBOSE, BUFFERS, SETTINGS) ' || statement
  LOOP
    lines := lines || line || E'\n';
  END LOOP;
  RETURN lines;
END
$$;
SELECT s.secret, everything('SELECT * FROM cloud.instances LIMIT 1') LIKE '%' || s.secret || '%' AS shown
  FROM (VALUES ('emulator-secret-key-0001'), ('EMULATORACCESSKEY01'), ('Authorization'), ('SDK-HMAC')) s (secret);

DROP FUNCTION plan_of, everything;
