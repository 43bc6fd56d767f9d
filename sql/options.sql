--
-- options
--
-- Options of servers, user mappings, foreign tables and columns.  They are checked when
-- they are set, and take effect with the next query.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();
SELECT emu.endpoint() AS endpoint \gset

-- An authority, and what is none, in the directory that the server process works in.
COPY (SELECT unnest(string_to_array($pem$-----BEGIN CERTIFICATE-----
MIIBfjCCASWgAwIBAgIULdlx8GbpYAiPj4gKXWB5pUUC9VQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJYXV0aG9yaXR5MCAXDTI2MTEyNTExMzA0N1oYDzIxMjYxMTAx
MTEzMDQ3WjAUMRIwEAYDVQQDDAlhdXRob3JpdHkwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASJosBroljcWxa5TEuj2o6Dg6DIcg2docF2dEdcJN+EENqXiTLcH5zq
Pe+WWJiGwSokkOUaPVpG6rQeRzkNwEqMo1MwUTAdBgNVHQ4EFgQUcjiVjP5WBfxh
zyMoS+CDiFK67iUwHwYDVR0jBBgwFoAUcjiVjP5WBfxhzyMoS+CDiFK67iUwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAbQmwO8MJcap3hCDeNXztg
WkQwzMRkFQ00tOyvEQjD5AIgPTEGLDjSAbbH3EVmSmNvS3JNe5bXveaV/Prh3iEl
SR8=
-----END CERTIFICATE-----$pem$, E'\n')))
  TO PROGRAM 'cat > authority.pem; rm -f fifo.pem; mkfifo fifo.pem; : > empty.pem';

--
-- Servers: every option there is.
--
CREATE SERVER all_options FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (
  region 'cn-north-4', project_id '0483b6b16e954cb88930a360d2c4e663', project_name 'cn-north-4',
  domain_suffix 'example.com', endpoint 'https://gateway.example.com/cloud',
  gaussdb_endpoint 'https://gaussdb.example.com:8443', iam_endpoint 'https://iam.example.com',
  dws_endpoint 'https://dws.example.com', drs_endpoint 'https://drs.example.com',
  roma_endpoint 'https://roma.example.com', apig_endpoint 'https://apig.example.com',
  bcs_endpoint 'https://bcs.example.com',
  connect_timeout '5', request_timeout '30', max_retries '0', max_connections '16',
  requests_per_second '2.5', page_size '50', cache_ttl '0', max_response_size '16MB',
  ca_file 'authority.pem', proxy 'http://proxy.example.com:3128',
  language 'en-us', allow_http 'off');
DROP SERVER all_options;

-- An unknown one is answered with those that are known.
CREATE SERVER bad FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (regoin 'cn-north-4');
CREATE SERVER bad FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (access_key 'AK');
ALTER FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (ADD region 'cn-north-4');

-- Values of the wrong kind, out of range, empty, or with control characters.
CREATE FUNCTION try(option text, VARIADIC vals text[], OUT value text, OUT answer text)
RETURNS SETOF record LANGUAGE plpgsql
AS $$
DECLARE
  detail text;
BEGIN
  FOREACH value IN ARRAY vals
  LOOP
    BEGIN
      EXECUTE format('CREATE SERVER tried FOREIGN DATA WRAPPER gaussdb_mgmt_fdw OPTIONS (%I %L)',
                     option, value);
      DROP SERVER tried;
      answer := 'good';
    EXCEPTION WHEN others THEN
      GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
      answer := concat_ws(' | ', SQLSTATE || ': ' || SQLERRM, nullif(detail, ''));
    END;
    value := replace(replace(value, E'\n', '\n'), E'\x7f', '\x7f');
    RETURN NEXT;
  END LOOP;
END
$$;
SELECT * FROM try('connect_timeout', '1', '3600', '0', '3601', '-1', '1.5', '5s', '', 'ten', 'nan');
SELECT * FROM try('request_timeout', '86400', '0', '86401');
SELECT * FROM try('max_retries', '0', '100', '101', '-1');
SELECT * FROM try('max_connections', '1', '256', '0', '257');
SELECT * FROM try('requests_per_second', '0', '0.1', '1000000', '-0.1', '1000001', 'inf', 'fast');
SELECT * FROM try('page_size', '1', '10000', '0', '10001');
SELECT * FROM try('cache_ttl', '0', '86400', '-1', '86401');
SELECT * FROM try('max_response_size', '1kB', '64MB', '1GB', '1048576', '1023', '2GB', 'big', '1mb', '-1');
SELECT * FROM try('allow_http', 'on', 'false', '1', 'maybe', '');
SELECT * FROM try('language', 'en-us', 'zh-cn', 'de-de', 'EN-US');
SELECT * FROM try('region', 'cn-north-4', '', E'cn\nnorth', 'cn/north', 'evil.example.com/?', 'a@b', '.x', '-x', 'x#', 'ü');
SELECT * FROM try('domain_suffix', 'myhuaweicloud.eu', 'example.com:443', 'example.com/x');
SELECT * FROM try('project_id', '0483b6b16e954cb88930a360d2c4e663', '../../x?y#z%00 ü''";--', '', E'a\x7f');
SELECT * FROM try('project_name', 'cn-north-4', 'cn-north-4_with blank', '');

-- URLs: https anywhere, http on this machine only unless it is allowed, and nothing in them
-- that does not belong there.
SELECT * FROM try('endpoint', 'https://gateway.example.com', 'https://gateway.example.com:8443/base/',
  'http://127.0.0.1:8080', 'http://127.1.2.3', 'http://[::1]:8080', 'http://localhost:8080',
  'http://gateway.example.com', 'http://127.0.0.1.example.com', 'http://localhost.example.com', 'http://10.0.0.1',
  'http://0.0.0.0',
  'ftp://gateway.example.com', 'file:///etc/passwd', 'gateway.example.com', 'https://',
  'https://user:password@gateway.example.com', 'https://gateway.example.com/?x=y',
  'https://gateway.example.com/#x', 'https://gateway.example.com:99999', E'https://gateway.example.com/\nX: y', '');
SELECT * FROM try('iam_endpoint', 'https://iam.example.com', 'http://iam.example.com');
SELECT * FROM try('proxy', 'http://proxy.example.com:3128', 'https://proxy.example.com', 'socks5://proxy.example.com',
  'proxy.example.com:3128', 'http://user:password@proxy.example.com');
CREATE SERVER plain FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (endpoint 'http://gateway.example.com', allow_http 'true');
-- The options are checked as a whole: allow_http cannot go while an endpoint needs it.
ALTER SERVER plain OPTIONS (DROP allow_http);
ALTER SERVER plain OPTIONS (SET allow_http 'false');
ALTER SERVER plain OPTIONS (DROP allow_http, SET endpoint 'https://gateway.example.com');
DROP SERVER plain;

-- The server process reads ca_file with rights of its own: not for everybody to set.
CREATE ROLE regress_gmf_user;
GRANT USAGE ON FOREIGN DATA WRAPPER gaussdb_mgmt_fdw TO regress_gmf_user;
SET ROLE regress_gmf_user;
SELECT * FROM try('ca_file', 'authority.pem', 'none.pem', '/etc/passwd');
SELECT * FROM try('region', 'cn-north-4');
RESET ROLE;
GRANT pg_read_server_files TO regress_gmf_user;
SET ROLE regress_gmf_user;
SELECT * FROM try('ca_file', 'authority.pem', 'none.pem', '/etc/passwd', 'base', '/dev/zero', 'fifo.pem', 'empty.pem');
RESET ROLE;

--
-- User mappings: exactly one kind of credential, and the whole of it.
--
CREATE SERVER tried FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-north-4', project_id '0483b6b16e954cb88930a360d2c4e663', endpoint :'endpoint');
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (access_key 'AK', secret_key 'SK');
DROP USER MAPPING FOR PUBLIC SERVER tried;
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (access_key 'AK', secret_key 'SK', security_token 'ST');
DROP USER MAPPING FOR PUBLIC SERVER tried;
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (token 'T');
DROP USER MAPPING FOR PUBLIC SERVER tried;
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (user_name 'u', password 'p', domain_name 'd');
DROP USER MAPPING FOR PUBLIC SERVER tried;
CREATE USER MAPPING FOR PUBLIC SERVER tried;
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (access_key 'AK');
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (secret_key 'a-secret-key');
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (security_token 'a-secret-token');
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (user_name 'u', password 'a-secret-password');
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (user_name 'u', domain_name 'd');
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (password 'a-secret-password', domain_name 'd');
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (token 'a-secret-token', access_key 'AK', secret_key 'SK');
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (token 'a-secret-token', password 'a-secret-password');
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (token 'a-secret-token', region 'x');
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (token '');
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (token E'a-secret-token\r\nX-Evil: yes');
CREATE USER MAPPING FOR PUBLIC SERVER tried OPTIONS (token 'T');
ALTER USER MAPPING FOR PUBLIC SERVER tried OPTIONS (DROP token);
ALTER USER MAPPING FOR PUBLIC SERVER tried OPTIONS (ADD access_key 'AK', ADD secret_key 'SK');

--
-- Foreign tables and columns
--
CREATE FOREIGN TABLE bad (id text) SERVER tried;
CREATE FOREIGN TABLE bad (id text) SERVER tried OPTIONS (resource 'instances');
CREATE FOREIGN TABLE bad (id text) SERVER tried OPTIONS (resource 'oracle.instances');
CREATE FOREIGN TABLE bad (id text) SERVER tried OPTIONS (resource 'gaussdb.instance');
CREATE FOREIGN TABLE bad (id text) SERVER tried OPTIONS (resource '');
CREATE FOREIGN TABLE bad (id text) SERVER tried OPTIONS (resource 'gaussdb.instances', page_size '0');
CREATE FOREIGN TABLE bad (id text) SERVER tried OPTIONS (resource 'gaussdb.instances', cache_ttl 'x');
CREATE FOREIGN TABLE bad (id text) SERVER tried OPTIONS (resource 'gaussdb.instances', table_name 'x');
CREATE FOREIGN TABLE bad (id text OPTIONS (column_name 'id')) SERVER tried OPTIONS (resource 'gaussdb.instances');
CREATE FOREIGN TABLE good (id text, title text OPTIONS (name 'name')) SERVER tried
  OPTIONS (resource 'gaussdb.instances', page_size '50', cache_ttl '0');
ALTER FOREIGN TABLE good OPTIONS (DROP resource);
ALTER FOREIGN TABLE good ALTER title OPTIONS (SET name '');

--
-- Changes take effect in sessions that are open, with the next query.
--
\set VERBOSITY terse
SELECT count(id) FROM good;
ALTER USER MAPPING FOR PUBLIC SERVER tried OPTIONS (SET token 'emulator-static-token');
SELECT count(id) FROM good;
SELECT * FROM emu.asked();
ALTER SERVER tried OPTIONS (SET project_id '0549b4a43100d4f32f51c01c2fe4acdb');
SELECT count(id), count(*) FILTER (WHERE title LIKE '%-cn-%') AS of_the_other_project FROM good;
SELECT * FROM emu.asked();
ALTER SERVER tried OPTIONS (ADD page_size '30');
SELECT title FROM good ORDER BY title LIMIT 1;
ALTER FOREIGN TABLE good OPTIONS (DROP page_size);
SELECT title FROM good ORDER BY title LIMIT 1;
SELECT * FROM emu.asked();
ALTER USER MAPPING FOR PUBLIC SERVER tried OPTIONS (DROP token, ADD user_name 'emulator-user',
  ADD password 'Emulator-Pass-1', ADD domain_name 'emulator-domain');
SELECT count(id) FROM good;
SELECT split_part(asked, ' {"auth"', 1) AS asked FROM emu.asked();
-- A prepared statement is not left behind.
PREPARE titles AS SELECT title FROM good WHERE title LIKE 'erp-prod%';
EXECUTE titles;
ALTER SERVER tried OPTIONS (SET project_id '0483b6b16e954cb88930a360d2c4e663');
EXECUTE titles;
DEALLOCATE titles;
-- The project by its name, or by that of the region, is looked up once.
ALTER SERVER tried OPTIONS (DROP project_id, ADD project_name 'cn-east-3', DROP page_size);
SELECT FROM emu.forget();
SELECT title FROM good WHERE title LIKE 'erp-prod%';
SELECT title FROM good WHERE title LIKE 'erp-test%';
SELECT split_part(asked, ' {"auth"', 1) AS asked FROM emu.asked();
ALTER SERVER tried OPTIONS (DROP project_name);
SELECT title FROM good WHERE title LIKE 'erp-prod%';
ALTER SERVER tried OPTIONS (SET region 'nowhere-1');
SELECT title FROM good WHERE title LIKE 'erp-prod%';

DROP SERVER tried CASCADE;
DROP FUNCTION try;
REVOKE ALL ON FOREIGN DATA WRAPPER gaussdb_mgmt_fdw FROM regress_gmf_user;
DROP ROLE regress_gmf_user;
