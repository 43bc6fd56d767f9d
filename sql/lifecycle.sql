--
-- lifecycle
--
-- However a scan or an action ends, nothing of it stays in the session, and
-- the session goes on: end of the query, errors, cancels, savepoints, cursors, objects altered
-- or dropped under a cursor, DISCARD ALL, DROP EXTENSION, parallel workers.
--
SELECT FROM emu.reset();
SET timezone = 'UTC';

-- A hundred instances in ten pages, so that a scan can be left in its middle; two servers
-- under one parent; a join that reads ahead.
CREATE SCHEMA life;
SET search_path = life, public;
CREATE SERVER life FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-north-4', project_id '0483b6b16e954cb88930a360d2c4e663', page_size '10', max_retries '0');
SELECT format('ALTER SERVER life OPTIONS (ADD endpoint %L)', emu.endpoint()) AS command \gset
:command;
CREATE USER MAPPING FOR CURRENT_USER SERVER life
  OPTIONS (access_key 'EMULATORACCESSKEY01', secret_key 'emulator-secret-key-0001');
IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (instances, parameters, jobs) FROM SERVER life INTO life;
CREATE TABLE asset AS SELECT instance_id, n FROM
  (SELECT id, row_number() OVER (ORDER BY name) FROM copy.instances) i (instance_id, n) WHERE n <= 20;
ANALYZE asset;
CREATE TABLE region (id text, name text) PARTITION BY LIST (name);
CREATE FOREIGN TABLE north PARTITION OF region FOR VALUES IN ('x') SERVER life OPTIONS (resource 'gaussdb.instances');
CREATE FOREIGN TABLE rest PARTITION OF region DEFAULT SERVER east OPTIONS (resource 'gaussdb.instances');

-- Memory of scans, fetches and answers that this session holds now.
CREATE FUNCTION held() RETURNS bigint LANGUAGE sql VOLATILE
AS $$
  SELECT count(*) FROM pg_backend_memory_contexts
   WHERE concat(name, ' ', ident) LIKE '%gaussdb_mgmt_fdw%' AND concat(name, ident) NOT LIKE '%sessions%'
$$;
-- Files and sockets that its server process has open.
CREATE FUNCTION descriptors() RETURNS bigint LANGUAGE sql VOLATILE
AS 'SELECT count(*) FROM pg_ls_dir(''/proc/self/fd'')';

-- A statement, again and again, leaves nothing behind: how it ended each time, the memory that
-- is held, and the descriptors that are more than when all connections were in use, but for
-- three: a slow machine may not have used all of them.  One for each repetition would be eight.
CREATE FUNCTION repeat_it(statement text, OUT ended text, OUT held bigint, OUT more bigint)
LANGUAGE plpgsql
AS $$
DECLARE
  state text;
BEGIN
  FOR i IN 1 .. 8
  LOOP
    BEGIN
      EXECUTE statement;
      state := '';
    EXCEPTION WHEN others THEN
      state := SQLSTATE || ' ' || regexp_replace(SQLERRM, ': .*', '');
    END;
    IF ended <> state THEN
      RAISE 'ended with "%", then with "%"', ended, state;
    END IF;
    ended := state;
  END LOOP;
  held := held();
  more := greatest(descriptors() - current_setting('life.most')::int - 3, 0);
END
$$;

-- A session keeps so many connections as may be in flight, and a few of actions, which open one
-- of their own each time: after this there are as many as there can be.
SET life.most = 0;
SELECT FROM repeat_it('SELECT count(*) FROM region');
SELECT count(ended) FROM generate_series(1, 3), LATERAL repeat_it($$ SELECT gaussdb_restart_instance('life', 'x') $$);
SELECT count(ended) FROM generate_series(1, 3), LATERAL repeat_it($$ SELECT gaussdb_restart_instance('east', 'x') $$);
SELECT FROM set_config('life.most', descriptors()::text, false);

--
-- Queries that come to an end, and that are left before
--
SELECT * FROM repeat_it('SELECT id FROM instances');
SELECT * FROM repeat_it('SELECT id FROM instances LIMIT 15');
SELECT * FROM repeat_it('SELECT id FROM instances ORDER BY id LIMIT 1');
SELECT * FROM repeat_it($$ SELECT EXISTS (SELECT FROM instances WHERE status = 'ACTIVE') $$);
SELECT * FROM repeat_it('SELECT count(*) FROM instances');
SELECT * FROM repeat_it('SELECT a.n, p.value FROM asset a JOIN parameters p USING (instance_id) LIMIT 3');
SELECT * FROM repeat_it('SELECT (SELECT p.value FROM parameters p WHERE p.instance_id = a.instance_id LIMIT 1) FROM asset a');
SELECT * FROM repeat_it('SELECT id FROM region LIMIT 150');
SELECT * FROM repeat_it('SELECT id FROM region LIMIT 5');
SELECT * FROM repeat_it('ANALYZE instances');

--
-- Errors: of the query in the middle of a scan, of the API on a later page, of a value
--
SELECT * FROM repeat_it('SELECT 1 / (15 - row_number() OVER ()) FROM instances');
SELECT * FROM repeat_it('SELECT 1 / (3 - a.n) FROM asset a JOIN parameters p USING (instance_id)');
SELECT * FROM repeat_it('SELECT 1 / (15 - row_number() OVER ()) FROM region');
SELECT FROM emu.fault('{"match": {"operation_id": "ListInstancesDetails", "path_regex": "offset=30"}, "effect": {"status": 500}}');
SELECT * FROM repeat_it('SELECT id FROM instances');
SELECT * FROM repeat_it('SELECT id FROM region');
SELECT FROM emu.no_faults();
SELECT FROM emu.fault('{"match": {"path_regex": "configurations"}, "effect": {"truncate": 100}}');
SELECT * FROM repeat_it('SELECT value FROM parameters');
SELECT * FROM repeat_it('SELECT a.n, p.value FROM asset a JOIN parameters p USING (instance_id)');
SELECT FROM emu.no_faults();
CREATE FOREIGN TABLE wrong (name int) SERVER life OPTIONS (resource 'gaussdb.instances');
SELECT * FROM repeat_it('SELECT name FROM wrong');
SELECT * FROM repeat_it('SELECT p.value, w.name FROM parameters p, wrong w');
SELECT * FROM repeat_it($$ SELECT gaussdb_restart_instance('life', 'no-such-instance') $$);
SELECT * FROM repeat_it($$ SELECT gaussdb_restart_instance('life', '..') $$);
SELECT * FROM repeat_it($$ SELECT gaussdb_restart_instance('nowhere', 'x') $$);
SELECT * FROM repeat_it($$ SELECT gaussdb_create_backup('life', 'x', name => '?') $$);
SELECT * FROM repeat_it($$ SELECT gaussdb_wait_for_job('life', 'no-such-job') $$);
SELECT * FROM repeat_it($$ SELECT gaussdb_mgmt_request('life', 'no-service', 'GET', '/v3/x') $$);

--
-- Cancelled while it waits
--
SELECT FROM emu.config('{"latency_ms": 3000}');
SET statement_timeout = '200ms';
SELECT count(id) FROM instances;
SELECT count(*) FROM instances;
SELECT count(value) FROM asset a JOIN parameters p USING (instance_id);
SELECT count(id) FROM region;
SELECT gaussdb_wait_for_job('life', 'x');
RESET statement_timeout;
SELECT FROM emu.config('{"latency_ms": 0}');
SELECT held();
SELECT count(id) FROM region;

--
-- Cursors and savepoints
--
BEGIN;
DECLARE c CURSOR FOR SELECT row_number() OVER () AS n, id FROM instances;
FETCH 1 FROM c \g /dev/null
SELECT held() > 0 AS held_by_the_cursor;
-- What happens in a savepoint is nothing to a cursor from before it.
SAVEPOINT s;
SELECT 1 / count(id) - 1 / (count(id) - 100) FROM instances;
ROLLBACK TO s;
MOVE 40 FROM c;
SAVEPOINT s;
MOVE 20 FROM c;
ROLLBACK TO s;
FETCH 1 FROM c \gset next_
SELECT :next_n AS n, :'next_id' = id AS in_order FROM instances OFFSET 61 LIMIT 1;
-- A cursor that was opened in the savepoint goes with it.
DECLARE d CURSOR FOR SELECT id FROM region;
FETCH 1 FROM d \g /dev/null
SELECT held() AS two \gset
ROLLBACK TO s;
SELECT held() < :two AS less_is_held;
FETCH 1 FROM d;
ROLLBACK;
SELECT held();
-- Backward, and after the transaction
BEGIN;
DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT row_number() OVER () AS n FROM instances;
MOVE 25 FROM c;
FETCH BACKWARD 2 FROM c;
COMMIT;
SELECT held();
FETCH RELATIVE 3 FROM c;
CLOSE c;
-- Loops that are left, and errors that are caught, in PL/pgSQL
DO $$
DECLARE
  row record;
  n int := 0;
BEGIN
  FOR row IN SELECT id FROM instances LOOP
    EXIT WHEN n = 12;
    n := n + 1;
    BEGIN
      PERFORM 1 / (n - n) FROM instances;
    EXCEPTION WHEN division_by_zero THEN
      CONTINUE;
    END;
  END LOOP;
  RAISE NOTICE '% rows, held: %', n, held();
END
$$;

-- An action that was sent is told of when its savepoint is rolled back, and only then.
SELECT id AS instance FROM copy.instances WHERE status = 'ACTIVE' ORDER BY name LIMIT 1 \gset
BEGIN;
SAVEPOINT s;
SELECT count(*) FROM gaussdb_rename_instance('life', :'instance', 'life-1');
SAVEPOINT t;
SELECT count(*) FROM gaussdb_rename_instance('life', :'instance', 'life-2');
RELEASE t;
ROLLBACK TO s;
COMMIT;

--
-- Altered and dropped under a cursor
--
BEGIN;
DECLARE c CURSOR FOR SELECT id FROM instances;
FETCH 1 FROM c \g /dev/null
ALTER SERVER life OPTIONS (SET page_size '50', ADD language 'zh-cn');
SELECT FROM emu.forget();
SELECT count(id) FROM instances;
SELECT count(*) AS requests FROM emu.requests();
SELECT FROM emu.forget();
MOVE ALL FROM c;
ROLLBACK;
SELECT FROM emu.forget();
SELECT count(id) FROM instances;
SELECT count(*) AS requests FROM emu.requests();
BEGIN;
DECLARE c CURSOR FOR SELECT id FROM instances;
FETCH 1 FROM c \g /dev/null
DROP USER MAPPING FOR CURRENT_USER SERVER life;
MOVE ALL FROM c;
\set VERBOSITY sqlstate
SELECT count(id) FROM instances;
\set VERBOSITY default
ROLLBACK;
BEGIN;
DECLARE c CURSOR FOR SELECT id FROM instances;
FETCH 1 FROM c \g /dev/null
SET LOCAL client_min_messages = warning;
SAVEPOINT s;
DROP SERVER life CASCADE;
ROLLBACK TO s;
DROP EXTENSION gaussdb_mgmt_fdw CASCADE;
ROLLBACK TO s;
MOVE ALL FROM c;
CLOSE c;
DROP SERVER life CASCADE;
SELECT count(id) FROM instances;
ROLLBACK;
SELECT count(id) FROM instances;
SELECT held();

--
-- DISCARD ALL closes cursors, and what is kept for later queries works as before
--
PREPARE all_rows AS SELECT count(id) FROM instances;
EXECUTE all_rows;
BEGIN;
DECLARE c CURSOR WITH HOLD FOR SELECT id FROM instances;
COMMIT;
DISCARD ALL;
SET search_path = life, public;
SELECT held();
SELECT descriptors() AS before \gset
SELECT count(id) FROM instances;
SELECT descriptors() - :before AS more;

--
-- The extension dropped in a session that has used it, and made again
--
BEGIN;
SET LOCAL client_min_messages = warning;
DROP EXTENSION gaussdb_mgmt_fdw CASCADE;
-- Joins are still planned by way of its library, which stays loaded.
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off;
SELECT count(*) FROM asset a JOIN copy.instances i ON i.id = a.instance_id;
SELECT gaussdb_restart_instance('life', 'x');
ROLLBACK;
BEGIN;
SET LOCAL client_min_messages = warning;
DROP EXTENSION gaussdb_mgmt_fdw CASCADE;
CREATE EXTENSION gaussdb_mgmt_fdw;
CREATE SERVER life FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-north-4', project_id '0483b6b16e954cb88930a360d2c4e663', page_size '20');
SELECT format('ALTER SERVER life OPTIONS (ADD endpoint %L)', emu.endpoint()) AS command \gset
:command;
CREATE USER MAPPING FOR CURRENT_USER SERVER life
  OPTIONS (access_key 'EMULATORACCESSKEY01', secret_key 'emulator-secret-key-0001');
IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (instances) FROM SERVER life INTO life;
SELECT count(id) FROM instances;
ROLLBACK;
SELECT count(id) FROM instances;

--
-- Parallel workers: a scan stays in the leader, whose workers read the local tables; what
-- asks for nothing runs in a worker, which loads the library for it.
--
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT set_config(name, 'on', false) AS parallel FROM pg_settings
 WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT line FROM explained('SELECT count(*) FROM instances i JOIN asset a ON a.instance_id = i.id') line
 WHERE line ~ 'Gather|Scan|Ahead';
SELECT count(*) FROM instances i JOIN asset a ON a.instance_id = i.id;
SELECT line FROM explained('SELECT count(p.value) FROM asset a JOIN parameters p USING (instance_id)') line
 WHERE line ~ 'Gather|Scan|Ahead';
SELECT count(p.value) FROM asset a JOIN parameters p USING (instance_id) WHERE p.name = 'max_connections';
SELECT count(*) > 500 AS columns FROM gaussdb_mgmt_columns();
SELECT line FROM explained($$ SELECT gaussdb_restart_instance('life', instance_id) FROM asset $$) line;
SELECT set_config(name, 'off', false) AS parallel FROM pg_settings
 WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;
SELECT held();

SET client_min_messages = warning;
DROP SCHEMA life CASCADE;
DROP SERVER life CASCADE;
RESET client_min_messages;
SELECT FROM emu.reset();
