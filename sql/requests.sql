--
-- requests
--
-- gaussdb_mgmt_request: what the catalog does not have, signed like all others.
--
SELECT FROM emu.reset();
SELECT status, headers->>'content-type' AS type, body_text::jsonb->'instances'->0->>'name' AS name
  FROM gaussdb_mgmt_request('cloud', 'gaussdb', 'GET', '/v3.1/{project_id}/instances',
                            '{"limit": 1, "offset": 0, "name": "*erp"}');
SELECT * FROM emu.asked();

-- What the API refuses is an answer, too.
SELECT status, body_text::jsonb->>'error_code' AS code
  FROM gaussdb_mgmt_request('cloud', 'gaussdb', 'GET', '/v3.1/{project_id}/instances/none/configurations');

-- A body, and a method that changes something: once, and not in a read-only transaction.
\set instance 5d825a18602349e7470cd44adaaa079cin14
SELECT FROM emu.forget();
SELECT status, body_text::jsonb ? 'job_id' AS accepted
  FROM gaussdb_mgmt_request('cloud', 'gaussdb', 'PUT',
                            '/v3/{project_id}/instances/' || :'instance' || '/name',
                            body => '{"name": "erp-prod-0001"}');
SELECT * FROM emu.asked();
SELECT FROM emu.forget();
BEGIN READ ONLY;
SELECT status FROM gaussdb_mgmt_request('cloud', 'gaussdb', 'POST', '/v3/{project_id}/instances/x/restart');
ROLLBACK;
SET gaussdb_mgmt_fdw.dry_run = on;
SELECT status FROM gaussdb_mgmt_request('cloud', 'gaussdb', 'DELETE', '/v3/{project_id}/backups/x',
                                        '{"a": ["b c", 1, true]}');
RESET gaussdb_mgmt_fdw.dry_run;
SELECT * FROM emu.asked();

-- Values that try to get out
SELECT status FROM gaussdb_mgmt_request('cloud', 'gaussdb', 'GET', '/v3.1/{project_id}/instances',
                                        '{"name": "../../x?y#z%00 ü''\";--&limit=7"}');
SELECT query FROM emu.requests();

-- What is not sent at all
SELECT gaussdb_mgmt_request('cloud', 'gaussdb', 'GET', '/../x');
SELECT gaussdb_mgmt_request('cloud', 'gaussdb', 'GET', '//evil.example.com/');
SELECT gaussdb_mgmt_request('cloud', 'gaussdb', 'GET', 'http://evil.example.com/');
SELECT gaussdb_mgmt_request('cloud', 'gaussdb', 'GET', '/v3/{instance_id}');
SELECT gaussdb_mgmt_request('cloud', 'evil.example.com', 'GET', '/v3');
SELECT gaussdb_mgmt_request('cloud', 'gaussdb', 'TRACE', '/v3');
SELECT gaussdb_mgmt_request('cloud', 'gaussdb', 'GET', '/v3', '[1]');
SELECT gaussdb_mgmt_request('cloud', 'gaussdb', 'GET', '/v3', '{"a": {"b": 1}}');
SELECT gaussdb_mgmt_request('cloud', 'gaussdb', NULL, '/v3');
SELECT gaussdb_mgmt_request('none', 'gaussdb', 'GET', '/v3');

-- For those to whom it is granted
CREATE ROLE asker;
GRANT USAGE ON FOREIGN SERVER cloud TO asker;
SET ROLE asker;
SELECT gaussdb_mgmt_request('cloud', 'gaussdb', 'GET', '/v3');
RESET ROLE;
REVOKE USAGE ON FOREIGN SERVER cloud FROM asker;
DROP ROLE asker;
