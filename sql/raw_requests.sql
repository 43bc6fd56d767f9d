--
-- raw_requests
--
-- gaussdb_mgmt_request sends what it is given: any JSON as body, with all its digits, and paths that
-- are percent-encoded already.  Neither leaves the service.
--
SELECT FROM emu.reset();
SET gaussdb_mgmt_fdw.dry_run = on;
SELECT body, message FROM unnest(ARRAY['[1, {"a": []}]', '"text"', '17', 'null', 'true', '[]', '{}',
  '{"big": 123456789012345678901234567890, "small": 1.10, "name": "ü\"\\"}']::jsonb[]) body,
  told(format('SELECT status FROM gaussdb_mgmt_request(''cloud'', ''gaussdb'', ''POST'', ''/v3/{project_id}/x'', body => %L)', body));
SELECT status FROM gaussdb_mgmt_request('cloud', 'gaussdb', 'POST', '/v3/{project_id}/x',
                                        body => '[9223372036854775808, 1e30, -0.10]');
RESET gaussdb_mgmt_fdw.dry_run;
SELECT FROM emu.forget();
SELECT status, body_text::jsonb ? 'error_code' AS refused
  FROM gaussdb_mgmt_request('cloud', 'gaussdb', 'POST', '/v3/{project_id}/instances', body => '[9223372036854775808]');
SELECT status FROM gaussdb_mgmt_request('cloud', 'gaussdb', 'GET', '/v3.1/{project_id}/inst%61nces', '{"limit": 1}');
SELECT method, body FROM emu.requests();

-- What would leave the service once it is decoded, or is no encoding
SELECT FROM emu.forget();
SELECT path, message, detail FROM unnest(ARRAY['/%2e%2e/x', '/v3/..%2Fx', '/v3/.%2e;x/y', '/v3/..;/x', '/v3/%5c..%5cx',
  '/v3/%x', '/v3/%0a', '/v3/x%', '/v3/%2e', '/..', '/v3/ü']) path,
  told(format('SELECT gaussdb_mgmt_request(''cloud'', ''gaussdb'', ''GET'', %L)', path));
SELECT count(*) FROM emu.requests();
CREATE FOREIGN TABLE bad () SERVER cloud OPTIONS (service 'x', path '/..;/x');

-- An id of a project is one segment, whatever a server makes of it.
SELECT value, message FROM unnest(ARRAY['..', '.', 'a/b', 'a;b', 'a%2fb', '..;', 'a b', 'a.b', repeat('a', 65)]) value,
  told(format('ALTER SERVER cloud OPTIONS (SET project_id %L)', value));
