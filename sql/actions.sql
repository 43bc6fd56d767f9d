--
-- actions
--
-- Functions that change something in the cloud: what they send, what they refuse to
-- send, who may call them, and that they do it once.
--
SET timezone = 'UTC';
SET datestyle = 'ISO';
SELECT FROM emu.reset();
-- Jobs end as soon as somebody looks.
SELECT FROM emu.config('{"job_seconds": 0}');
\set instance 5d825a18602349e7470cd44adaaa079cin14

--
-- The six of them
--
-- restart: returns the id of a job, which is waited for
SELECT gaussdb_restart_instance('cloud', :'instance') AS job \gset
SELECT * FROM emu.asked();
SELECT name, status, progress, instance_name, fail_reason FROM gaussdb_wait_for_job('cloud', :'job');
SELECT name, status, instance_name FROM cloud.jobs WHERE id = :'job';
SELECT FROM emu.forget();

-- backups: made, and there; deleted, and gone
SELECT job_id AS job, backup_id AS backup, backup_name, backup_status
  FROM gaussdb_create_backup('cloud', :'instance', 'before-release', 'größer als üblich') \gset
\echo :backup_name :backup_status
SELECT * FROM emu.asked();
SELECT status FROM gaussdb_wait_for_job('cloud', :'job');
SELECT name, description, type, status FROM cloud.backups WHERE id = :'backup';
SELECT backup_id = :'backup' AS this_one, backup_name FROM gaussdb_delete_backup('cloud', :'backup');
SELECT name FROM cloud.backups WHERE id = :'backup';
SELECT method, regexp_replace(path, '[0-9a-f]{32}', 'ID') AS path, body FROM emu.requests()
 WHERE method <> 'GET' ORDER BY seq;
SELECT FROM emu.forget();

-- rename
SELECT gaussdb_rename_instance('cloud', :'instance', 'erp-prod-renamed') AS job \gset
SELECT * FROM emu.asked();
SELECT status FROM gaussdb_wait_for_job('cloud', :'job');
SELECT name FROM cloud.instances WHERE id = :'instance';

-- parameters: to the API all values are strings
SELECT restart_required, job_id IS NOT NULL AS job
  FROM gaussdb_set_parameters('cloud', :'instance', '{"max_connections": 900, "autovacuum": "off"}');
SELECT name, value FROM cloud.parameters
 WHERE instance_id = :'instance' AND name IN ('max_connections', 'autovacuum') ORDER BY name;
SELECT method, path, body FROM emu.requests() WHERE method = 'PUT' AND path LIKE '%/configurations';
SELECT FROM emu.forget();

--
-- For each row of a query
--
SELECT name, gaussdb_restart_instance('cloud', id) IS NOT NULL AS started
  FROM cloud.instances WHERE name LIKE 'crm%' ORDER BY name;
SELECT count(*) FROM emu.asked() WHERE asked LIKE 'POST%';
-- Not where the query gives no row, nor in a branch that is not taken, nor when a plan is made or shown.
SELECT gaussdb_restart_instance('cloud', id) FROM cloud.instances WHERE name = 'none';
SELECT CASE WHEN false THEN gaussdb_restart_instance('cloud', :'instance') ELSE 'not taken' END;
EXPLAIN (COSTS OFF) SELECT gaussdb_restart_instance('cloud', 'x') FROM generate_series(1, 3);
PREPARE restart AS SELECT gaussdb_restart_instance('cloud', 'x');
DEALLOCATE restart;
SELECT * FROM emu.asked() WHERE asked LIKE 'POST%';

--
-- dry_run: says what it would send.
--
SET gaussdb_mgmt_fdw.dry_run = on;
SELECT gaussdb_restart_instance('cloud', :'instance');
SELECT * FROM gaussdb_create_backup('cloud', :'instance', 'before-release');
SELECT gaussdb_set_parameters('cloud', :'instance', '{"x": "../../x?y#z%00 ü''\";--"}');
SELECT gaussdb_reset_password('cloud', :'instance', 'a-Secret-Passw0rd');
RESET gaussdb_mgmt_fdw.dry_run;
SELECT * FROM emu.asked();

--
-- Arguments are checked before anything is sent.
--
SELECT a.statement, t.state, t.message, t.detail
  FROM (VALUES
    ($$ SELECT gaussdb_restart_instance('cloud', NULL) $$),
    ($$ SELECT gaussdb_restart_instance(NULL, 'x') $$),
    ($$ SELECT gaussdb_restart_instance('cloud', '') $$),
    ($$ SELECT gaussdb_restart_instance('cloud', '..') $$),
    ($$ SELECT gaussdb_restart_instance('nowhere', 'x') $$),
    ($$ SELECT gaussdb_create_backup('cloud', 'x', 'abc') $$),
    ($$ SELECT gaussdb_create_backup('cloud', 'x', '1-does-not-begin-so') $$),
    ($$ SELECT gaussdb_create_backup('cloud', 'x', repeat('a', 65)) $$),
    ($$ SELECT gaussdb_create_backup('cloud', 'x', 'good-name', repeat('d', 257)) $$),
    ($$ SELECT gaussdb_create_backup('cloud', 'x', NULL) $$),
    ($$ SELECT gaussdb_rename_instance('cloud', 'x', 'a b') $$),
    ($$ SELECT gaussdb_set_parameters('cloud', 'x', NULL) $$),
    ($$ SELECT gaussdb_wait_for_job('cloud', NULL) $$),
    ($$ SELECT gaussdb_wait_for_job('cloud', 'x', '-1 second') $$),
    ($$ SELECT gaussdb_wait_for_job('cloud', 'x', NULL, '1 ms') $$),
    ($$ SELECT gaussdb_wait_for_jobs('cloud', '{x,NULL}') $$)) a (statement),
  LATERAL told(a.statement) t;
SELECT * FROM emu.asked();
-- A hostile id stays one segment of the path.
SELECT * FROM told($$ SELECT gaussdb_restart_instance('cloud', '../../x?y#z%00 ü''";--') $$) \gx
SELECT operation, path, status FROM emu.requests();
SELECT FROM emu.forget();

--
-- Who may call them
--
CREATE FOREIGN DATA WRAPPER other;
CREATE SERVER other FOREIGN DATA WRAPPER other;
SELECT gaussdb_restart_instance('other', :'instance');
DROP FOREIGN DATA WRAPPER other CASCADE;
CREATE ROLE regress_gmf_operator;
SET ROLE regress_gmf_operator;
SELECT gaussdb_restart_instance('cloud', :'instance');
SELECT * FROM gaussdb_wait_for_job('cloud', 'x');
RESET ROLE;
GRANT EXECUTE ON FUNCTION gaussdb_restart_instance, gaussdb_wait_for_job TO regress_gmf_operator;
SET ROLE regress_gmf_operator;
SELECT gaussdb_restart_instance('cloud', :'instance');
SELECT * FROM gaussdb_wait_for_job('cloud', 'x');
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER cloud TO regress_gmf_operator;
SET ROLE regress_gmf_operator;
\set VERBOSITY sqlstate
SELECT gaussdb_restart_instance('cloud', :'instance');
\set VERBOSITY default
RESET ROLE;
CREATE USER MAPPING FOR regress_gmf_operator SERVER cloud
  OPTIONS (access_key 'EMULATORREADONLY001', secret_key 'emulator-readonly-sec-01');
SELECT * FROM emu.asked();
-- This one has a key that may only read.
SET ROLE regress_gmf_operator;
\set VERBOSITY terse
SELECT gaussdb_restart_instance('cloud', :'instance');
\set VERBOSITY default
BEGIN READ ONLY;
SELECT gaussdb_restart_instance('cloud', :'instance');
ROLLBACK;
RESET ROLE;
SELECT * FROM emu.asked();
DROP USER MAPPING FOR regress_gmf_operator SERVER cloud;
DROP OWNED BY regress_gmf_operator;
DROP ROLE regress_gmf_operator;

--
-- ROLLBACK undoes nothing in the cloud.
--
BEGIN;
SELECT gaussdb_rename_instance('cloud', :'instance', 'erp-prod-0001') AS job \gset
ROLLBACK;
SELECT name FROM cloud.instances WHERE id = :'instance';

--
-- Once, whatever happens.  An answer that says no is the end of it; no answer at all
-- leaves open what was done.
--
SELECT FROM emu.fault('{"match": {"method": "POST"}, "effect": {"status": 503}}');
SELECT * FROM told(format('SELECT gaussdb_restart_instance(%L, %L)', 'cloud', :'instance')) \gx
SELECT FROM emu.fault('{"match": {"method": "POST"}, "effect": {"status": 502}}');
SELECT * FROM told(format('SELECT gaussdb_restart_instance(%L, %L)', 'cloud', :'instance')) \gx
SELECT FROM emu.no_faults();
SELECT FROM emu.forget();
SELECT FROM emu.fault('{"match": {"method": "POST"}, "effect": {"close": "after"}}');
SELECT * FROM told(format('SELECT gaussdb_restart_instance(%L, %L)', 'cloud', :'instance')) \gx
SELECT FROM emu.no_faults();
SELECT emu.stats() -> 'performed' AS performed;
SELECT * FROM emu.asked();
-- One that is cut off after it was sent says so, too.
SELECT FROM emu.config('{"latency_ms": 2000}');
SET statement_timeout = '500ms';
-- (The WARNING of the rollback comes before or after the error, as psql happens to read them.)
SET client_min_messages = error;
SELECT gaussdb_restart_instance('cloud', :'instance');
RESET client_min_messages;
RESET statement_timeout;
SELECT FROM emu.config('{"latency_ms": 0}');
-- An instance that is busy says so.
SELECT FROM emu.config('{"job_seconds": 1000}');
SELECT gaussdb_restart_instance('cloud', :'instance') AS job \gset
SELECT * FROM told(format('SELECT gaussdb_restart_instance(%L, %L)', 'cloud', :'instance')) \gx

--
-- Waiting: a NOTICE at each change, the last row in the end.
--
\set VERBOSITY terse
SELECT * FROM gaussdb_wait_for_job('cloud', :'job', '0 seconds');
SELECT * FROM gaussdb_wait_for_job('cloud', 'no-such-job');
SELECT FROM emu.reset();
SELECT FROM emu.config('{"job_seconds": 0}');
SELECT FROM emu.post('fail-next-job', '{"reason": "The storage service did not answer."}');
SELECT gaussdb_restart_instance('cloud', :'instance') AS failing \gset
SELECT gaussdb_restart_instance('cloud', id) AS good FROM cloud.instances WHERE name = 'crm-dev-0039' \gset
SELECT * FROM gaussdb_wait_for_job('cloud', :'failing');
-- Of many jobs a failed one is a row.
SELECT name, status, instance_name, fail_reason
  FROM gaussdb_wait_for_jobs('cloud', ARRAY[:'failing', :'good', :'good']) ORDER BY instance_name;
SELECT * FROM gaussdb_wait_for_jobs('cloud', '{}');
SELECT * FROM gaussdb_wait_for_jobs('cloud', NULL);
SELECT name FROM gaussdb_wait_for_jobs('cloud', ARRAY[:'good', 'no-such-job']);
\set VERBOSITY default

--
-- What was done is written down: by log_actions to the server's log (here to the client of this
-- session, too), by action_table to a table.
--
CREATE ROLE regress_gmf_admin SUPERUSER;
CREATE USER MAPPING FOR regress_gmf_admin SERVER cloud
  OPTIONS (access_key 'EMULATORACCESSKEY01', secret_key 'emulator-secret-key-0001');
SET ROLE regress_gmf_admin;
SET gaussdb_mgmt_fdw.log_actions = on;
SET client_min_messages = log;
\set VERBOSITY terse
SELECT gaussdb_rename_instance('cloud', :'instance', 'erp-prod-renamed') IS NOT NULL AS started;
SELECT gaussdb_rename_instance('cloud', 'none', 'erp-prod-renamed');
RESET client_min_messages;
RESET gaussdb_mgmt_fdw.log_actions;
CREATE TABLE done (at timestamptz, role text, server text, function text, target text, job_id text, request_id text);
SET gaussdb_mgmt_fdw.action_table = 'public.done';
SELECT gaussdb_rename_instance('cloud', :'instance', 'erp-prod-0001') AS job \gset
SELECT gaussdb_rename_instance('cloud', 'none', 'erp-prod-0001');
SELECT role, server, function, target, job_id = :'job' AS the_job, request_id ~ '^[0-9a-f]{32}$' AS has_request_id,
       at BETWEEN now() - interval '1 minute' AND now() AS just_now
  FROM done;
-- Where the row cannot be written, nothing is sent.
DROP TABLE done;
SELECT FROM emu.forget();
SELECT gaussdb_rename_instance('cloud', :'instance', 'erp-prod-0001') IS NOT NULL AS started;
SELECT * FROM emu.asked();
\set VERBOSITY default
RESET gaussdb_mgmt_fdw.action_table;
RESET ROLE;
DROP USER MAPPING FOR regress_gmf_admin SERVER cloud;
DROP ROLE regress_gmf_admin;
SELECT FROM emu.reset();
