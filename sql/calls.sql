--
-- calls
--
-- An action is carried out as often as it is written: where PostgreSQL would copy the call, the
-- statement is refused while it is planned, and nothing is sent.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();
SELECT FROM emu.config('{"job_seconds": 0}');
\set instance 5d825a18602349e7470cd44adaaa079cin14
SELECT FROM emu.forget();

-- In a session whose first statement it is: the library is not loaded yet.
\c -
SELECT (gaussdb_create_backup('cloud', '5d825a18602349e7470cd44adaaa079cin14', 'copies')).*;
SELECT * FROM emu.asked();

CREATE TABLE copied (a text, b text, c text, d text, e text, f text, g text, h text);
CREATE VIEW copying AS SELECT (gaussdb_create_backup('cloud', '5d82', 'copies')).*;
CREATE VIEW between_view AS SELECT gaussdb_restart_instance('cloud', '5d82') BETWEEN 'a' AND 'b' AS x;
CREATE FUNCTION copying(instance text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  r record;
BEGIN
  SELECT (gaussdb_create_backup('cloud', instance, 'copies')).* INTO r;
  RETURN r;
END
$$;
CREATE FUNCTION copying_atomic(instance text) RETURNS SETOF record LANGUAGE sql
BEGIN ATOMIC
  SELECT (gaussdb_create_backup('cloud', instance, 'copies')).*;
END;
PREPARE copying(text) AS SELECT (gaussdb_create_backup('cloud', $1, 'copies')).*;

SELECT a.statement, t.state, t.message
  FROM (VALUES
    -- (f()).*, wherever it can be written
    ($$ SELECT (gaussdb_create_instance('cloud', 'n', 'p', 'f', 'v', 40, 'r', 'z', 'v', 's', 'm', 'c')).* $$),
    ($$ SELECT id, (gaussdb_create_backup('cloud', id, 'copies')).* FROM cloud.instances $$),
    ($$ SELECT * FROM (SELECT (gaussdb_create_backup('cloud', '5d82', 'copies')).*) s $$),
    ($$ SELECT * FROM cloud.instances i, LATERAL (SELECT (gaussdb_create_backup('cloud', i.id, 'copies')).*) s $$),
    ($$ WITH c AS (SELECT (gaussdb_create_backup('cloud', '5d82', 'copies')).*) SELECT * FROM c $$),
    ($$ SELECT (SELECT ROW((gaussdb_create_backup('cloud', '5d82', 'copies')).*)) $$),
    ($$ SELECT 1 WHERE EXISTS (SELECT (gaussdb_create_backup('cloud', '5d82', 'copies')).* OFFSET 0) $$),
    ($$ SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL UNION ALL SELECT (gaussdb_create_backup('cloud', '5d82', 'copies')).* $$),
    ($$ INSERT INTO copied SELECT (gaussdb_create_backup('cloud', '5d82', 'copies')).* $$),
    ($$ INSERT INTO copied VALUES ((gaussdb_create_backup('cloud', '5d82', 'copies')).*) $$),
    ($$ INSERT INTO copied VALUES ((gaussdb_create_backup('cloud', '5d82', 'copies')).*),
                                  ((gaussdb_create_backup('cloud', '5d83', 'copies')).*) $$),
    ($$ INSERT INTO copied VALUES ('a') RETURNING (gaussdb_create_backup('cloud', a, 'copies')).* $$),
    ($$ UPDATE copied SET a = b RETURNING (gaussdb_create_backup('cloud', a, 'copies')).* $$),
    ($$ UPDATE copied SET (a, b, c, d, e, f, g, h) = ROW((gaussdb_create_backup('cloud', '5d82', 'copies')).*) $$),
    ($$ DELETE FROM copied RETURNING (gaussdb_create_backup('cloud', a, 'copies')).* $$),
    ($$ MERGE INTO copied USING (VALUES ('a')) s (x) ON a = x WHEN NOT MATCHED THEN
        INSERT VALUES ((gaussdb_create_backup('cloud', x, 'copies')).*) $$),
    ($$ CREATE TABLE made AS SELECT (gaussdb_create_backup('cloud', '5d82', 'copies')).* $$),
    ($$ CREATE MATERIALIZED VIEW made AS SELECT (gaussdb_create_backup('cloud', '5d82', 'copies')).* $$),
    ($$ EXPLAIN SELECT (gaussdb_create_backup('cloud', '5d82', 'copies')).* $$),
    ($$ SELECT (CASE WHEN true THEN gaussdb_create_backup('cloud', '5d82', 'copies') END).* $$),
    ($$ SELECT ((SELECT gaussdb_create_backup('cloud', '5d82', 'copies'))).* $$),
    ($$ SELECT (gaussdb_mgmt_request('cloud', 'gaussdb', 'POST', '/v3/{project_id}/x')).* $$),
    ($$ SELECT (gaussdb_mgmt_request(server => 'cloud', path => '/', method => 'POST', service => 'gaussdb')).* $$),
    ($$ SELECT * FROM copying $$),
    ($$ SELECT copying('5d82') $$),
    ($$ SELECT * FROM copying_atomic('5d82') AS (a text, b text, c text, d text, e text, f text, g text, h text) $$),
    ($$ EXECUTE copying('5d82') $$),
    -- the same by hand
    ($$ SELECT (gaussdb_create_backup('cloud', '5d82', 'copies')).job_id,
               (gaussdb_create_backup('cloud', '5d82', 'copies')).backup_id $$),
    ($$ SELECT 1 WHERE (gaussdb_create_backup('cloud', '5d82', 'copies')).job_id = 'x'
                   AND (gaussdb_create_backup('cloud', '5d82', 'copies')).backup_id = 'y' $$),
    ($$ SELECT job_id(gaussdb_create_backup('cloud', '5d82', 'copies')),
               backup_id(gaussdb_create_backup('cloud', '5d82', 'copies')) $$),
    -- whatever else PostgreSQL copies
    ($$ SELECT gaussdb_restart_instance('cloud', '5d82') BETWEEN 'a' AND 'b' $$),
    ($$ SELECT gaussdb_restart_instance('cloud', '5d82') NOT BETWEEN SYMMETRIC 'a' AND 'b' $$),
    ($$ SELECT id FROM cloud.instances WHERE gaussdb_restart_instance('cloud', id) BETWEEN 'a' AND 'b' $$),
    ($$ SELECT (SELECT gaussdb_restart_instance('cloud', '5d82')) BETWEEN 'a' AND 'b' $$),
    ($$ SELECT (SELECT r FROM (SELECT gaussdb_restart_instance('cloud', '5d82') AS r OFFSET 0) s) BETWEEN 'a' AND 'b' $$),
    ($$ SELECT (WITH c AS (SELECT gaussdb_restart_instance('cloud', '5d82') AS r) SELECT r FROM c) BETWEEN 'a' AND 'b' $$),
    ($$ SELECT CASE WHEN gaussdb_restart_instance('cloud', '5d82') BETWEEN 'a' AND 'b' THEN 1 END $$),
    ($$ VALUES ((gaussdb_restart_instance('cloud', '5d82') BETWEEN 'a' AND 'b')), (true) $$),
    ($$ SELECT gaussdb_restart_instance('cloud', a) IN (b, c) FROM copied $$),
    ($$ SELECT * FROM (SELECT a FROM copied WHERE gaussdb_restart_instance('cloud', a) BETWEEN 'a' AND 'b') s,
               gaussdb_restart_instance('cloud', '5d82') r $$),
    ($$ SELECT * FROM between_view $$)) a (statement),
  LATERAL told(a.statement) t;
-- What could be answered without an action was not asked either.
SELECT * FROM emu.asked();
SELECT emu.stats() -> 'performed' AS performed;

-- What is called once is called.
SELECT (gaussdb_create_backup('cloud', :'instance', 'one-field')).backup_status;
SELECT backup_name, backup_status FROM gaussdb_create_backup('cloud', :'instance', 'in-from');
SELECT (r).backup_name, (r).backup_status
  FROM (SELECT gaussdb_create_backup('cloud', :'instance', 'below') AS r) s;
WITH made AS (SELECT gaussdb_create_backup('cloud', :'instance', 'with') AS r)
SELECT (r).backup_name, (r).backup_status FROM made;
SELECT CASE WHEN true THEN (gaussdb_create_backup('cloud', :'instance', 'case')).backup_name END AS name;
SELECT backup_name FROM (VALUES ('row-3'), ('row-4')) v (name), gaussdb_create_backup('cloud', :'instance', v.name);
INSERT INTO copied (a) VALUES ((gaussdb_create_backup('cloud', :'instance', 'row-1')).backup_name),
  ((gaussdb_create_backup('cloud', :'instance', 'row-2')).backup_name) RETURNING a;
SELECT method, count(*) FROM emu.requests() GROUP BY method;
SELECT emu.stats() -> 'performed' AS performed;
SELECT FROM emu.forget();
-- What is written twice is called twice.
SELECT gaussdb_rename_instance('cloud', :'instance', 'twice') IS NOT NULL AS first,
       gaussdb_rename_instance('cloud', :'instance', 'twice') IS NOT NULL AS second;
SELECT (gaussdb_create_backup('cloud', :'instance', 'this-one')).backup_name,
       (gaussdb_create_backup('cloud', :'instance', 'that-one')).backup_name;
SELECT method, count(*) FROM emu.requests() GROUP BY method;
-- A subquery that nobody refers to does not run, as ever in PostgreSQL.
SELECT FROM emu.forget();
WITH unused AS (SELECT gaussdb_restart_instance('cloud', :'instance')) SELECT 1 AS one;
SELECT * FROM emu.asked();
-- Questions change nothing: they may be asked more than once.
SELECT p.proname FROM pg_proc p JOIN gaussdb_mgmt_actions() a ON a.function_name = p.proname
 WHERE p.prosupport = 0 ORDER BY 1;

DROP VIEW copying, between_view;
DROP FUNCTION copying, copying_atomic;
DROP TABLE copied;
SELECT FROM emu.reset();
