--
-- errors
--
-- What the API refuses, and what it sends when something is broken on the way: with which
-- SQLSTATE, in which words.  Never a header, a body or a secret is among them.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();
-- Retries are few here, so that the test is short.
ALTER SERVER cloud OPTIONS (ADD max_retries '1', ADD request_timeout '1', ADD max_response_size '100kB');

-- What a query tells when its answer is spoilt so.
CREATE FUNCTION spoilt(effect jsonb, OUT state text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM emu.fault(jsonb_build_object('match', '{"operation_id": "ListInstancesDetails"}'::jsonb, 'effect', effect));
  SELECT * INTO state, message, detail, hint FROM told('SELECT id FROM cloud.instances LIMIT 1');
  PERFORM emu.no_faults();
END
$$;

--
-- Answers that say no
--
SELECT * FROM spoilt('{"status": 400}') \gx
SELECT * FROM spoilt('{"unauthorized": true}') \gx
SELECT * FROM spoilt('{"status": 403}') \gx
SELECT * FROM spoilt('{"status": 404}') \gx
SELECT * FROM spoilt('{"status": 409, "body": {"error_code": "DBS.200011", "error_msg": "Busy."}}') \gx
SELECT * FROM spoilt('{"status": 500}') \gx
-- None of these was tried twice; what may pass is.
SELECT * FROM emu.asked();
SELECT * FROM spoilt('{"status": 429}') \gx
SELECT * FROM spoilt('{"status": 503}') \gx
SELECT * FROM emu.asked();
-- An error that passes goes unnoticed.
SELECT FROM emu.fault('{"match": {"operation_id": "ListInstancesDetails"}, "effect": {"status": 503}, "count": 1}');
SELECT name FROM cloud.instances LIMIT 1;
SELECT FROM emu.no_faults();
SELECT * FROM emu.asked();

-- Errors have many shapes.
SELECT e.body, s.message FROM (VALUES
  ('{"error_code": "DBS.280001", "error_msg": "Parameter error."}'::jsonb),
  ('{"error": {"code": "IAM.0011", "message": "Request parameters are invalid."}}'),
  ('{"errCode": "DBS.1", "externalMessage": "Outside."}'),
  ('{"code": "X.1", "message": "Code and message."}'),
  ('{"badRequest": {"code": 400, "message": "Bad request."}}'),
  ('{"error_msg": "No code. ''quoted'' \"twice\" 100% %s %n"}'),
  ('{"error_code": "E", "error_msg": "two\nlines\u0007 and a bell"}'),
  ('{"error_code": null, "error_msg": null}'),
  ('{}'), ('[]'), ('"text"')) e (body),
  LATERAL spoilt(jsonb_build_object('status', 400, 'body', e.body)) s;
SELECT message FROM spoilt('{"status": 400, "body": ""}');
SELECT length(message) < 1200 AS cut FROM spoilt(jsonb_build_object('status', 400, 'body',
  jsonb_build_object('error_code', repeat('C', 1000), 'error_msg', repeat('long ', 10000))));

--
-- Answers that are none
--
SELECT * FROM spoilt('{"html": true}') \gx
SELECT * FROM spoilt('{"html": "<html><body>Welcome to the hotel</body></html>", "status": 200}') \gx
SELECT * FROM spoilt('{"redirect": "https://elsewhere.example.com/"}') \gx
SELECT * FROM spoilt('{"truncate": 1000}') \gx
SELECT * FROM spoilt('{"status": 200, "body": ""}') \gx
SELECT * FROM spoilt('{"status": 200, "body": "[]"}') \gx
SELECT * FROM spoilt('{"status": 200, "body": "{\"instances\": [{\"id\": \"x\"]}"}') \gx
SELECT * FROM spoilt('{"garbage": true}') \gx
SELECT * FROM spoilt('{"deep": 1000}') \gx
-- A list that is NULL is an empty one; an answer without its list is no answer.
SELECT * FROM spoilt('{"status": 200, "body": {}}');
SELECT * FROM spoilt('{"status": 200, "body": {"instances": null, "total_count": 0}}');

--
-- Broken connections, too slow, too large
--
SELECT * FROM spoilt('{"close": "before"}') \gx
SELECT * FROM spoilt('{"close": "body"}') \gx
SELECT * FROM spoilt('{"hang": true}') \gx
SELECT * FROM spoilt('{"gzip_bomb": 10000000}') \gx
ALTER SERVER cloud OPTIONS (DROP max_retries, DROP request_timeout, DROP max_response_size);
-- Nobody there
CREATE SERVER nobody FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-north-4', project_id 'p', endpoint 'http://127.0.0.1:1', max_retries '0');
CREATE USER MAPPING FOR CURRENT_USER SERVER nobody OPTIONS (token 'a-secret-token');
CREATE FOREIGN TABLE nobody (id text) SERVER nobody OPTIONS (resource 'gaussdb.instances');
SELECT * FROM told('SELECT id FROM nobody') \gx
ALTER SERVER nobody OPTIONS (DROP endpoint, DROP region, DROP project_id);
SELECT * FROM told('SELECT id FROM nobody') \gx
SET client_min_messages = warning;
DROP SERVER nobody CASCADE;
RESET client_min_messages;

--
-- Who is not let in
--
CREATE ROLE regress_gmf_reader;
GRANT USAGE ON SCHEMA cloud TO regress_gmf_reader;
SET ROLE regress_gmf_reader;
SELECT name FROM cloud.instances LIMIT 1;
RESET ROLE;
GRANT SELECT ON cloud.instances TO regress_gmf_reader;
SET ROLE regress_gmf_reader;
\set VERBOSITY sqlstate
SELECT name FROM cloud.instances LIMIT 1;
\set VERBOSITY default
EXPLAIN (COSTS OFF) SELECT name FROM cloud.instances LIMIT 1;
RESET ROLE;
-- A view reads with the mapping of its owner.
CREATE VIEW some_instances AS SELECT name FROM cloud.instances LIMIT 1;
GRANT SELECT ON some_instances TO regress_gmf_reader;
SET ROLE regress_gmf_reader;
SELECT * FROM some_instances;
RESET ROLE;
DROP VIEW some_instances;
DROP OWNED BY regress_gmf_reader;
DROP ROLE regress_gmf_reader;

--
-- Tables of the cloud are there to be read.
--
INSERT INTO cloud.instances (id) VALUES ('x');
UPDATE cloud.instances SET name = 'x';
DELETE FROM cloud.instances;
TRUNCATE cloud.instances;
CREATE INDEX ON cloud.instances (id);
SELECT name FROM cloud.instances LIMIT 1 FOR UPDATE;

-- A failure leaves the session, and a transaction's savepoint, as good as before.
BEGIN;
SAVEPOINT s;
SELECT FROM emu.fault('{"effect": {"status": 400}}');
\set VERBOSITY terse
SELECT name FROM cloud.instances LIMIT 1;
\set VERBOSITY default
ROLLBACK TO s;
SELECT FROM emu.no_faults();
SELECT name FROM cloud.instances LIMIT 1;
COMMIT;

DROP FUNCTION spoilt;
SELECT FROM emu.reset();
