--
-- audit
--
-- What remains of an action: a row where a table is named, and a word to who rolls back.
--
SELECT FROM emu.reset();
SELECT FROM emu.config('{"job_seconds": 0}');
\set instance 5d825a18602349e7470cd44adaaa079cin14
CREATE SCHEMA audit;
CREATE TABLE audit.actions (at timestamptz, role text, server text, function text, target text,
                            job_id text, request_id text);
SET gaussdb_mgmt_fdw.action_table = 'audit.actions';

SELECT gaussdb_restart_instance('cloud', :'instance') AS job \gset
SELECT role = current_user AS mine, server, function, target, job_id = :'job' AS same_job,
       request_id ~ '^[0-9a-f]{32}$' AS has_request_id, now() - at < '1 minute' AS now
  FROM audit.actions;
-- One that was refused is not there.
\set VERBOSITY terse
SELECT gaussdb_restart_instance('cloud', 'none');
\set VERBOSITY default
SELECT count(*) FROM audit.actions;

-- The cloud does not know of transactions.
BEGIN;
SELECT FROM gaussdb_rename_instance('cloud', :'instance', 'renamed-0001');
ROLLBACK;
SELECT name FROM cloud.instances WHERE id = :'instance';
SELECT count(*) FROM audit.actions;
-- Only what was done inside is told of a savepoint, and only once.
BEGIN;
SELECT FROM gaussdb_rename_instance('cloud', :'instance', 'renamed-0002');
SAVEPOINT s;
SELECT FROM gaussdb_rename_instance('cloud', :'instance', 'renamed-0003');
ROLLBACK TO s;
COMMIT;
SELECT name FROM cloud.instances WHERE id = :'instance';
SELECT function, count(*) FROM audit.actions GROUP BY 1 ORDER BY 1;

-- A request of one's own is held to the same, unless it only asks.
BEGIN;
SELECT status FROM gaussdb_mgmt_request('cloud', 'gaussdb', 'PUT', '/v3/{project_id}/instances/' || :'instance' || '/name',
                                        body => '{"name": "renamed-0004"}');
SELECT status FROM gaussdb_mgmt_request('cloud', 'gaussdb', 'GET', '/v3/{project_id}/datastore/versions');
SELECT function, target FROM audit.actions WHERE function = 'gaussdb_mgmt_request';
ROLLBACK;

-- Where the row cannot be written, nothing is sent: no table, or one without the columns, or without the right
-- to insert, or a name that others could make to mean another table.
SELECT FROM emu.forget();
\set VERBOSITY terse
SET gaussdb_mgmt_fdw.action_table = 'audit.missing';
SELECT count(*) FROM gaussdb_rename_instance('cloud', :'instance', 'erp-prod-0001');
\set VERBOSITY default
SELECT * FROM told(format('SELECT gaussdb_rename_instance(%L, %L, %L)', 'cloud', :'instance', 'erp-prod-0001')) \gx
CREATE TABLE audit.narrow (at timestamptz);
SET gaussdb_mgmt_fdw.action_table = 'audit.narrow';
SELECT * FROM told(format('SELECT gaussdb_rename_instance(%L, %L, %L)', 'cloud', :'instance', 'erp-prod-0001')) \gx
SELECT * FROM emu.asked();
SET gaussdb_mgmt_fdw.action_table = 'actions';
SET gaussdb_mgmt_fdw.action_table = 'not a, name';
SET gaussdb_mgmt_fdw.action_table = 'a.b.c';
ALTER DATABASE :DBNAME SET gaussdb_mgmt_fdw.action_table = 'actions';
SHOW gaussdb_mgmt_fdw.action_table;

-- A row that cannot be written after all ends the statement, which says what was accepted.
SET gaussdb_mgmt_fdw.action_table = 'audit.actions';
CREATE FUNCTION audit.no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no row today'; END $$;
CREATE TRIGGER no BEFORE INSERT ON audit.actions FOR EACH ROW EXECUTE FUNCTION audit.no();
CREATE FUNCTION context_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  context text;
BEGIN
  EXECUTE statement;
  RETURN 'no error';
EXCEPTION WHEN others THEN
  GET STACKED DIAGNOSTICS context = PG_EXCEPTION_CONTEXT;
  RETURN regexp_replace(substring(context FROM 'action gauss[^\n]*'), '[0-9a-f]{32}', 'ID', 'g');
END
$$;
SELECT context_of(format('SELECT gaussdb_rename_instance(%L, %L, %L)', 'cloud', :'instance', 'erp-prod-0001'));
SELECT method, status FROM emu.requests();
DROP TRIGGER no ON audit.actions;
DROP FUNCTION context_of, audit.no;

-- It is for superusers to say where actions are written.
CREATE ROLE clerk;
SET ROLE clerk;
SET gaussdb_mgmt_fdw.action_table = '';
RESET ROLE;
DROP ROLE clerk;
RESET gaussdb_mgmt_fdw.action_table;
DROP SCHEMA audit CASCADE;
