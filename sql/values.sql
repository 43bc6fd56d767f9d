--
-- values
--
-- From what the API sends to what a column holds.  The API is lenient about the form of
-- numbers and times; what cannot be read at all is an error that names the column and the value.
--
SET timezone = 'UTC';
SET datestyle = 'ISO';
SET intervalstyle = 'postgres';
SELECT FROM emu.reset();

-- One instance as it comes: nested members are columns, lists are arrays, a list of objects is
-- jsonb, several addresses in one string are several elements, and raw is the whole of it.
SELECT key, value FROM cloud.instances i, jsonb_each_text(to_jsonb(i) - 'raw' - 'nodes')
 WHERE name = 'shipping-prod-0008' ORDER BY key COLLATE "C";
SELECT jsonb_array_length(nodes) AS nodes, nodes->0 AS first FROM cloud.instances WHERE name = 'shipping-prod-0008';
SELECT jsonb_typeof(raw) AS type, raw->>'id' = id AS same, raw #>> '{datastore,version}' AS version,
       raw->'private_ips' AS private_ips, raw ? 'tags' AS tags
  FROM cloud.instances WHERE name = 'shipping-prod-0008';
-- A port that comes as a string, a time that is not there yet, a member that is missing.
SELECT name, port, raw->'port' AS sent, updated, raw->'updated' AS sent,
       private_ips, raw->'private_ips' AS sent, public_ips, datastore_hotfix_versions
  FROM cloud.instances WHERE name IN ('orders-test-0004', 'ledger-prod-0007');
-- Only what is used is converted, and only then it matters what it is.
SELECT FROM emu.fault('{"match": {"operation_id": "ListInstancesDetails"},
  "effect": {"mutate": {"instances.*.port": "eight thousand", "instances.*.created": "yesterday"}}}');
SELECT count(name) FROM cloud.instances;
SELECT name, port FROM cloud.instances WHERE name = 'erp-prod-0001';
SELECT name FROM cloud.instances WHERE created > '2020-01-01' AND name = 'erp-prod-0001';
SELECT raw->>'port' AS port FROM cloud.instances WHERE name = 'erp-prod-0001';
SELECT FROM emu.no_faults();

-- Each value in turn stands where the API sends a port, a time, a number of days, a name.
CREATE FUNCTION sent(place text, col text, VARIADIC vals jsonb[], OUT sent jsonb, OUT shown text)
RETURNS SETOF record LANGUAGE plpgsql
AS $$
BEGIN
  FOREACH sent IN ARRAY vals
  LOOP
    PERFORM emu.fault(jsonb_build_object('match', '{"operation_id": "ListInstancesDetails"}'::jsonb,
      'effect', jsonb_build_object('mutate', jsonb_build_object('instances.0.' || place, sent))));
    BEGIN
      EXECUTE format('SELECT coalesce(%I::text, ''NULL'') FROM cloud.instances WHERE name = %L',
                     col, 'erp-prod-0001') INTO shown;
    EXCEPTION WHEN others THEN
      shown := SQLSTATE || ': ' || SQLERRM;
    END;
    RETURN NEXT;
  END LOOP;
  PERFORM emu.no_faults();
END
$$;
-- numbers
SELECT * FROM sent('port', 'port', '8000', '"8000"', '8000.0', '8e3', '"8000.0"', '" 8000 "', '-1', 'null', '""', '"  "',
  '8000.5', '2147483648', '99999999999999999999', '"8000 rpm"', '"0x10"', '"NaN"', 'true', '[8000]', '{}');
-- times, whatever form they have
SELECT * FROM sent('created', 'created', '"2021-01-15 01:46:40 UTC"', '"2022-05-09T16:01:10+0800"', '"2022-05-09T16:01:10+08:00"',
  '"2019-12-06T06:49:04Z"', '"2019-12-06T06:49:04.123Z"', '"2019-12-06 06:49:04"', '"2019-12-06T06:49:04"', '1575614944000', '"1575614944000"',
  '1575614944', '""', 'null', '"2019-02-30T00:00:00Z"', '"2019-12-06T25:00:00Z"', '"yesterday"', '"now"', '"infinity"', 'true', '[]');
-- texts hold anything but U+0000
SELECT * FROM sent('status', 'status', '"ACTIVE"', '"BACKING UP"', '"A STATUS THAT IS NEW"', '""', 'null', '8000', 'true', '{"a": [1, 2]}',
  '"emoji 🚚 \" \\ / \n \u00fc"', '"$delete"');
-- arrays
SELECT * FROM sent('private_ips', 'private_ips', '["192.168.0.1 / 192.168.0.2"]', '["192.168.0.1", "192.168.0.2 / 192.168.0.3"]', '[]', '[""]', '[null]',
  'null', '"192.168.0.1"', '"192.168.0.1 / 192.168.0.2"', '""', '["a,b", "c\"d", "NULL"]', '{"a": 1}');
SELECT * FROM sent('public_ips', 'public_ips', '["10.154.0.1"]', '["a / b"]', '[8000, true]', '[["nested"]]');
-- jsonb
SELECT * FROM sent('nodes', 'nodes', '[]', 'null', '{"b": 1, "a": 2}', '"text"', '"[1]"', 'false');
-- members of a member that is something else
SELECT * FROM sent('volume', 'volume_size', '{"size": 40}', '{"size": "40"}', '{}', 'null', '[]', '"40"', '40');

-- A character that text cannot hold.
SELECT FROM emu.fault('{"match": {"operation_id": "ListInstancesDetails"},
  "effect": {"body": "{\"instances\": [{\"id\": \"x\", \"name\": \"a\\u0000b\"}], \"total_count\": 1}"}}');
SELECT id FROM cloud.instances;
SELECT name FROM cloud.instances;
SELECT raw FROM cloud.instances;
SELECT FROM emu.no_faults();

--
-- A hostile value in every column that is sent stays a value.
--
SELECT FROM emu.forget();
\set hostile '../../x?y#z%00 ü''";--'
SELECT count(*) FROM cloud.instances WHERE id = :'hostile';
SELECT count(*) FROM cloud.instances WHERE name LIKE '%' || :'hostile' || '%';
SELECT count(*) FROM cloud.instances WHERE vpc_id = :'hostile' AND subnet_id = :'hostile';
SELECT count(*) FROM cloud.backups WHERE id = :'hostile' AND instance_id = :'hostile';
SELECT count(*) FROM cloud.parameters WHERE instance_id = :'hostile';
SELECT count(*) FROM cloud.jobs WHERE id = :'hostile';
SELECT count(*) FROM cloud.jobs WHERE name = :'hostile' OR status = :'hostile';
SELECT operation, path, query, status FROM emu.requests() ORDER BY seq;
SELECT FROM emu.forget();
-- Segments that a path cannot carry are no object's key.
SELECT count(*) FROM cloud.parameters WHERE instance_id IN ('.', '..', '');
SELECT count(*) FROM cloud.parameters WHERE instance_id IN ('/', '%2e%2e', '..%2f', '?', '#', ' ', E'\n', 'a/../b');
SELECT operation, path, status FROM emu.requests() ORDER BY path COLLATE "C";
SELECT FROM emu.forget();
-- In an option of the server: it is no id, and a project of that name does not exist.
SELECT emu.endpoint() AS endpoint \gset
CREATE SERVER hostile FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-north-4', project_id :'hostile', endpoint :'endpoint');
CREATE SERVER hostile FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-north-4', project_name :'hostile', endpoint :'endpoint');
CREATE USER MAPPING FOR CURRENT_USER SERVER hostile
  OPTIONS (access_key 'EMULATORACCESSKEY01', secret_key 'emulator-secret-key-0001');
CREATE FOREIGN TABLE hostile (id text) SERVER hostile OPTIONS (resource 'gaussdb.instances');
SELECT * FROM told('SELECT id FROM hostile') \gx
SELECT operation, path, query, status FROM emu.requests() ORDER BY seq;
SET client_min_messages = warning;
DROP SERVER hostile CASCADE;
RESET client_min_messages;

DROP FUNCTION sent;
SELECT FROM emu.reset();
