--
-- refused
--
-- An object that the API refuses makes a table of the whole fleet unreadable, unless the option
-- on_error says that it be left out.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();
CREATE SCHEMA tolerant;
IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (instances, parameters, disk_usage, databases, schemas) FROM SERVER cloud INTO tolerant;
ALTER FOREIGN TABLE tolerant.parameters OPTIONS (ADD on_error 'sometimes');
ALTER FOREIGN TABLE tolerant.parameters OPTIONS (ADD on_error 'warning');
ALTER FOREIGN TABLE tolerant.databases OPTIONS (ADD on_error 'warning');
ALTER FOREIGN TABLE tolerant.schemas OPTIONS (ADD on_error 'warning');

-- Two instances are refused, by the list of their parameters.
CREATE TEMPORARY TABLE chosen AS SELECT id FROM copy.instances WHERE status = 'ACTIVE' ORDER BY id LIMIT 6;
SELECT FROM emu.fault(jsonb_build_object('match', jsonb_build_object('path_regex',
         (SELECT '/instances/(' || string_agg(id, '|') || ')/(configurations|databases)' FROM (SELECT id FROM chosen ORDER BY id LIMIT 2) s)),
       'effect', '{"status": 403, "body": {"error_code": "DBS.280449", "error_msg": "The instance is frozen."}}'::jsonb));
\set VERBOSITY terse
SELECT count(*) FROM cloud.parameters;
SELECT count(DISTINCT instance_id) = (SELECT count(*) - 2 FROM copy.instances) AS all_others FROM tolerant.parameters;
SELECT server, table_name, object = 'instance_id ' || s.id AS named, error_code, message, http_status, request_id IS NOT NULL AS request_id
  FROM gaussdb_mgmt_refused() r JOIN (SELECT id FROM chosen ORDER BY id LIMIT 2) s ON r.object LIKE '%' || s.id ORDER BY s.id;
-- Until the next statement that scans a table.
SELECT count(*) FROM gaussdb_mgmt_refused();
SELECT count(*) FROM tolerant.instances;
SELECT count(*) FROM gaussdb_mgmt_refused();
-- Keys of a join; and what is two levels down.
SELECT count(DISTINCT p.instance_id) FROM chosen s LEFT JOIN tolerant.parameters p ON p.instance_id = s.id;
SELECT count(*) FROM gaussdb_mgmt_refused();
SET client_min_messages = error;
SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE instance_id IN (SELECT id FROM chosen ORDER BY id LIMIT 2)) AS of_refused FROM tolerant.schemas;
RESET client_min_messages;
SELECT count(*) FROM gaussdb_mgmt_refused() r WHERE EXISTS (SELECT FROM (SELECT id FROM chosen ORDER BY id LIMIT 2) c WHERE r.object LIKE '%' || c.id);
-- A key that the walk gives is compared with what the walk gives.
SET client_min_messages = error;
SELECT count(*) = 0 AS none FROM tolerant.schemas WHERE db_name = 'no such database';
SELECT (SELECT count(*) FROM tolerant.schemas WHERE db_name = 'archive_0') = count(*) FILTER (WHERE db_name = 'archive_0') AS right,
       count(*) FILTER (WHERE db_name = 'archive_0') > 0 AS some FROM tolerant.schemas;
RESET client_min_messages;
-- What the query itself asks for is an error as ever.
SELECT id AS frozen FROM chosen ORDER BY id LIMIT 1 \gset
SELECT count(*) FROM tolerant.parameters WHERE instance_id = :'frozen';
-- EXPLAIN counts them.
SET client_min_messages = error;
CREATE FUNCTION refused(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE line text;
BEGIN
  FOR line IN EXECUTE 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ' || query LOOP
    IF line ~ 'Refused' THEN RETURN trim(line); END IF;
  END LOOP;
  RETURN NULL;
END $$;
SELECT refused('SELECT name FROM tolerant.parameters');
RESET client_min_messages;
-- What says nothing of an object is an error: the network, the credential, the service.
SELECT FROM emu.no_faults();
SELECT FROM emu.fault('{"match": {"path_regex": "/configurations", "skip": 3}, "effect": {"status": 500, "body": {"error_code": "DBS.200412", "error_msg": "Internal error."}}}');
SELECT count(*) FROM tolerant.parameters;
SELECT FROM emu.no_faults();
\set VERBOSITY default
DROP FUNCTION refused;
DROP SCHEMA tolerant CASCADE;
