--
-- limit
--
-- LIMIT is a page size: no more rows are asked for than the query can still need.
-- It never cuts rows that the query needs, whatever stands between the scan and the
-- LIMIT.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();

-- Pages of ten rows, one after another, so that the requests are always the same.
SELECT emu.endpoint() AS endpoint \gset
CREATE SERVER serial FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-north-4', project_id '0483b6b16e954cb88930a360d2c4e663', endpoint :'endpoint',
           max_connections '1');
CREATE USER MAPPING FOR CURRENT_USER SERVER serial
  OPTIONS (access_key 'EMULATORACCESSKEY01', secret_key 'emulator-secret-key-0001');
CREATE FOREIGN TABLE instances (id text, name text, status text, type text)
  SERVER serial OPTIONS (resource 'gaussdb.instances', page_size '10');
CREATE TABLE local AS SELECT id, name, status, type FROM copy.instances;

--
-- LIMIT alone
--
SELECT name FROM instances LIMIT 3;
SELECT * FROM emu.asked();
-- over several pages
SELECT count(*) FROM (SELECT name FROM instances LIMIT 25) i;
SELECT * FROM emu.asked();
-- more than there are
SELECT count(*) FROM (SELECT name FROM instances WHERE name LIKE '%prod-000%' LIMIT 1000) i;
SELECT * FROM emu.asked();
-- none at all
SELECT name FROM instances LIMIT 0;
SELECT * FROM emu.asked();
-- no limit
SELECT count(*) FROM (SELECT name FROM instances WHERE name LIKE '%prod-000%' LIMIT NULL) i;
SELECT * FROM emu.asked();
SELECT name FROM instances LIMIT -1;
SELECT * FROM emu.asked();

--
-- LIMIT above conditions: those that the API enforces, and those that are left to PostgreSQL,
-- where the scan goes on until there are enough rows.
--
SELECT name FROM instances WHERE type = 'Centralization_standard' LIMIT 2;
SELECT * FROM emu.asked();
SELECT name FROM instances WHERE name LIKE '%-prod-%' LIMIT 2;
SELECT * FROM emu.asked();
SELECT name FROM instances WHERE name LIKE 'audit%' LIMIT 2;
SELECT * FROM emu.asked();
SELECT name FROM instances WHERE status = 'FAILED' LIMIT 1;
SELECT * FROM emu.asked();

--
-- LIMIT above what reorders, merges, drops or adds rows: all rows are looked at.
--
SELECT name FROM instances ORDER BY name COLLATE "C" LIMIT 1;
SELECT count(*) AS requests, min(asked) AS first FROM emu.asked();
SELECT status FROM instances GROUP BY status ORDER BY status COLLATE "C" LIMIT 2;
SELECT count(*) AS requests, min(asked) AS first FROM emu.asked();
SELECT DISTINCT type FROM instances LIMIT 2;
SELECT count(*) AS requests, min(asked) AS first FROM emu.asked();
SELECT name, count(*) OVER () FROM instances LIMIT 1;
SELECT count(*) AS requests, min(asked) AS first FROM emu.asked();
SELECT DISTINCT ON (type) type, name FROM instances ORDER BY type, name COLLATE "C" DESC LIMIT 2;
SELECT count(name) FROM instances LIMIT 1;
SELECT min(name COLLATE "C") FROM instances LIMIT 1;
SELECT name FROM instances UNION SELECT 'zzz' ORDER BY 1 DESC LIMIT 1;
SELECT i.name FROM instances i JOIN local l USING (id) WHERE l.name = 'planning-test-0033' LIMIT 1;
SELECT name FROM instances i WHERE NOT EXISTS (SELECT FROM local l WHERE l.id = i.id) LIMIT 1;
SELECT name, generate_series(1, 2) FROM instances LIMIT 3;
SELECT name FROM instances WHERE random() >= 0 LIMIT 1;
SELECT FROM emu.forget();

--
-- LIMIT in a subquery limits the subquery.
--
SELECT count(*) FROM (SELECT * FROM instances LIMIT 5) i WHERE i.status = 'ACTIVE';
SELECT count(*) FROM (SELECT * FROM instances LIMIT 5) i, (SELECT * FROM instances LIMIT 2) j;
SELECT name, (SELECT l.name FROM local l WHERE l.id = i.id LIMIT 1) FROM instances i LIMIT 2;
SELECT name FROM local l WHERE EXISTS (SELECT FROM instances i WHERE i.name = 'erp-prod-0001') LIMIT 1;
SELECT * FROM emu.asked();

--
-- OFFSET goes to the API where it enforces every condition exactly ...
--
SELECT name FROM instances OFFSET 20 LIMIT 2;
SELECT name FROM instances OFFSET 97;
SELECT name FROM instances WHERE type = 'Centralization_standard' OFFSET 9 LIMIT 2;
SELECT name FROM instances OFFSET 500 LIMIT 2;
SELECT * FROM emu.asked();
-- ... and stays here where it does not.
SELECT name FROM instances WHERE name LIKE '%-test-%' OFFSET 9 LIMIT 2;
SELECT name FROM instances WHERE status <> 'ACTIVE' OFFSET 1 LIMIT 1;
SELECT * FROM emu.asked();
SELECT name FROM instances ORDER BY name COLLATE "C" OFFSET 98;
SELECT * FROM emu.asked();
SELECT name FROM instances OFFSET -1;

--
-- Which rows there are does not depend on the way.
--
SELECT correct, count(*)
  FROM (SELECT (SELECT array_agg(name) FROM (SELECT name FROM instances LIMIT l OFFSET o) i)
               IS NOT DISTINCT FROM
               (SELECT array_agg(name) FROM (SELECT name FROM local LIMIT l OFFSET o) i) AS correct
          FROM unnest('{0,1,10,11,100,1000,NULL}'::int[]) l,
               unnest('{0,1,10,99,100,NULL}'::int[]) o) combinations
 GROUP BY correct;
SELECT FROM emu.forget();

--
-- FETCH FIRST
--
SELECT name FROM instances FETCH FIRST ROW ONLY;
SELECT * FROM emu.asked();
SELECT type FROM instances WHERE type = 'Centralization_standard'
 ORDER BY type FETCH FIRST 1 ROW WITH TIES;
SELECT * FROM emu.asked();

--
-- Cursors: pages are asked for a little ahead of their use, never all of them; one that
-- is closed early asks for no more.
--
BEGIN;
DECLARE c CURSOR FOR SELECT name FROM instances;
FETCH 2 FROM c;
MOVE 9 IN c;
FETCH 1 FROM c;
CLOSE c;
COMMIT;
SELECT count(*) BETWEEN 2 AND 4 AS few_of_ten_pages FROM emu.asked();
-- Rows can be looked at again, and are not asked for again.
BEGIN;
DECLARE c SCROLL CURSOR FOR SELECT name FROM instances LIMIT 3;
FETCH 3 FROM c;
FETCH BACKWARD 2 FROM c;
COMMIT;
SELECT * FROM emu.asked();

--
-- EXISTS needs one row.
--
SELECT EXISTS (SELECT FROM instances);
SELECT EXISTS (SELECT FROM instances WHERE name = 'none');
SELECT 1 AS one WHERE EXISTS (SELECT FROM instances WHERE status = 'FAILED');
SELECT * FROM emu.asked();

--
-- Prepared statements
--
SET plan_cache_mode = force_generic_plan;
PREPARE page (int, int) AS SELECT name FROM instances LIMIT $1 OFFSET $2;
EXECUTE page (2, 0);
EXECUTE page (1, 99);
EXECUTE page (NULL, 98);
EXECUTE page (0, 0);
EXECUTE page (-1, 0);
SELECT * FROM emu.asked();
RESET plan_cache_mode;

--
-- count(*) is the total that the list tells, where the API enforces every condition ...
--
SELECT count(*) FROM instances;
SELECT count(1), count(*) > 50 AS many FROM instances WHERE type = 'Enterprise';
SELECT count(*) FROM instances WHERE name = 'erp-prod-0001' AND type = 'Enterprise';
SELECT count(*) FROM instances WHERE name = 'erp-prod-0001' AND name = 'crm-test-0003';
SELECT count(*) + (SELECT count(*) FROM instances WHERE type = 'Enterprise') AS two FROM instances;
SELECT count(*) FROM instances LIMIT 1;
SELECT count(*) FROM instances LIMIT 0;
SELECT * FROM emu.asked();
-- ... and a count of rows everywhere else.
SELECT count(*) FROM instances WHERE name LIKE '%-prod-%';
SELECT count(*) FROM instances WHERE status = 'FAILED' AND name LIKE 'pricing%';
SELECT count(*) FROM instances WHERE name IN ('erp-prod-0001', 'crm-test-0003');
SELECT * FROM emu.asked();
SELECT count(*) FROM instances WHERE name = '*erp';
SELECT count(*) FROM instances WHERE random() >= 0;
SELECT count(name), count(DISTINCT type), count(*) FILTER (WHERE status = 'FAILED') FROM instances;
SELECT count(*), min(type COLLATE "C") FROM instances;
SELECT count(NULL), count(DISTINCT 1) FROM instances;
SELECT count(*) FROM instances HAVING count(*) > 1000;
SELECT type, count(*) FROM instances GROUP BY type ORDER BY type COLLATE "C";
SELECT count(*) FROM instances GROUP BY GROUPING SETS ((), ());
SELECT count(*) FROM instances i JOIN local l USING (id);
SELECT count(*) FROM (SELECT DISTINCT type FROM instances) t;
SELECT count(*) FROM (SELECT FROM instances OFFSET 20 LIMIT 30) t;

DEALLOCATE page;
DROP FOREIGN TABLE instances;
DROP TABLE local;
SET client_min_messages = warning;
DROP SERVER serial CASCADE;
RESET client_min_messages;
