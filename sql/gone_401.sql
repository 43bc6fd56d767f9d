--
-- gone_401
--
-- An object that is gone by status 401 is gone: no token is renewed for it, and the keys beside it
-- have their rows.
--
SELECT FROM emu.reset();
SELECT emu.endpoint() AS endpoint \gset
CREATE SERVER by_name FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-north-4', project_id '0483b6b16e954cb88930a360d2c4e663', endpoint :'endpoint');
CREATE USER MAPPING FOR CURRENT_USER SERVER by_name
  OPTIONS (user_name 'emulator-user', password 'Emulator-Pass-1', domain_name 'emulator-domain');
CREATE SCHEMA by_name;
IMPORT FOREIGN SCHEMA dws LIMIT TO (clusters) FROM SERVER by_name INTO by_name;
CREATE TEMPORARY TABLE two AS SELECT id FROM by_name.clusters ORDER BY id LIMIT 2;
SELECT jsonb_build_object('match', jsonb_build_object('path_regex', 'clusters/' || min(id)),
  'effect', '{"status": 401, "body": {"error_code": "DWS.0047", "error_msg": "Cluster does not exist."}}'::jsonb)::text AS rule FROM two \gset
SELECT FROM emu.fault(:'rule');
SELECT FROM emu.forget();
SELECT count(*) FROM by_name.clusters WHERE id IN ((SELECT min(id) FROM two), (SELECT max(id) FROM two));
SELECT count(*) FROM by_name.clusters c WHERE id = (SELECT min(id) FROM two);
SELECT count(*) FILTER (WHERE path LIKE '%tokens') AS tokens, count(*) FILTER (WHERE path LIKE '%clusters%') > 1 AS clusters
  FROM emu.requests();
-- Another code with 401 is about the token, which is renewed once.
SELECT FROM emu.no_faults();
SELECT jsonb_build_object('match', jsonb_build_object('path_regex', 'clusters/' || min(id), 'first', 1),
  'effect', '{"status": 401, "body": {"error_code": "APIGW.0301", "error_msg": "Incorrect IAM authentication information."}}'::jsonb)::text AS rule FROM two \gset
SELECT FROM emu.fault(:'rule');
SELECT FROM emu.forget();
SELECT count(*) FROM by_name.clusters c WHERE id = (SELECT min(id) FROM two);
SELECT count(*) FILTER (WHERE path LIKE '%tokens') AS tokens FROM emu.requests();
SELECT FROM emu.no_faults();
SET client_min_messages = warning;
DROP SERVER by_name CASCADE;
DROP SCHEMA by_name CASCADE;
RESET client_min_messages;
