--
-- services
--
-- The APIs differ in how they are asked: what counts an offset, whether a list is asked with GET
-- or POST, where keys come from.  To a query it is all the same.
--
SET timezone = 'UTC';
SET datestyle = 'ISO';
SELECT FROM emu.reset();
SELECT emu.endpoint() AS endpoint \gset
CREATE SERVER serial FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-north-4', project_id '0483b6b16e954cb88930a360d2c4e663', endpoint :'endpoint',
           max_connections '1', page_size '3');
CREATE USER MAPPING FOR CURRENT_USER SERVER serial OPTIONS (token 'emulator-static-token');
CREATE SCHEMA s;
CREATE SCHEMA dws;
CREATE SCHEMA drs;
IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (databases, schemas, tenants, nodes, components, features, restore_times)
  FROM SERVER serial INTO s;
IMPORT FOREIGN SCHEMA dws FROM SERVER serial INTO dws;
IMPORT FOREIGN SCHEMA drs FROM SERVER serial INTO drs;
\set instance 5d825a18602349e7470cd44adaaa079cin14

-- A list whose offset counts pages, not rows
SELECT count(*) AS all, count(DISTINCT name) AS names FROM (SELECT * FROM s.databases WHERE instance_id = :'instance' OFFSET 0) d;
SELECT * FROM emu.asked();
SELECT name FROM s.databases WHERE instance_id = :'instance' LIMIT 4;
SELECT * FROM emu.asked();
SELECT (SELECT array_agg(name) FROM (SELECT name FROM s.databases WHERE instance_id = :'instance' OFFSET 4 LIMIT 3) d)
     = (SELECT (array_agg(name))[5:7] FROM s.databases WHERE instance_id = :'instance') AS correct;
SELECT FROM emu.forget();
SELECT count(*) FROM s.databases WHERE instance_id = :'instance';
SELECT * FROM emu.asked();

-- A list that is asked with POST, its position in the body
SELECT count(*) AS all, count(DISTINCT id) AS ids FROM (SELECT * FROM s.tenants WHERE instance_id = :'instance' OFFSET 0) t;
SELECT * FROM emu.asked();

-- Rows within rows: LIMIT and OFFSET count the inner ones, pages the outer ones.
SELECT count(*), count(DISTINCT id), count(DISTINCT instance_id) FROM cloud.nodes;
SELECT * FROM emu.asked();
SELECT instance_name, role FROM s.nodes LIMIT 13;
SELECT count(*) <= 3 AS few FROM emu.asked();
SELECT count(*) FROM (SELECT * FROM s.nodes WHERE instance_name = 'erp-prod-0001' OFFSET 10) n;
SELECT * FROM emu.asked();
SELECT role, count(*) FROM s.components WHERE instance_id = :'instance' AND component_type = 'DN' GROUP BY role ORDER BY role;
SELECT * FROM emu.asked();

-- Keys of keys: schemas are those of a database of an instance, of each database except those
-- that the API refuses to tell of.
SELECT db_name, count(*) > 0 AS schemas FROM s.schemas
 WHERE instance_id = :'instance' AND db_name IN ('tickets_0', 'postgres') GROUP BY db_name;
SELECT * FROM emu.asked();
SELECT count(DISTINCT db_name) FROM s.schemas WHERE instance_id = :'instance';
SELECT count(DISTINCT asked) FILTER (WHERE asked LIKE '%/databases?%') AS pages_of_databases,
       count(DISTINCT substring(asked, 'db_name=[^&]+')) AS databases
  FROM emu.asked();

-- A key that nothing else gives must be in the query.
SELECT * FROM s.restore_times;
SELECT * FROM s.restore_times WHERE instance_id = :'instance';
SELECT date, start_time < end_time AS good FROM s.restore_times WHERE instance_id = :'instance' AND date = '1999-01-01';
SELECT r.date, count(r.start_time) FROM (VALUES ('1999-01-01'), ('1999-01-02')) v (day)
  LEFT JOIN s.restore_times r ON r.instance_id = :'instance' AND r.date = v.day GROUP BY r.date;
SELECT * FROM emu.asked();

-- A kind that must be named, one of a few: all of them are asked for.
SELECT count(*), count(DISTINCT id) FROM drs.jobs;
SELECT regexp_replace(asked, '&offset=[0-9]+', '&offset=N') AS asked, count(*) FROM emu.asked() GROUP BY 1 ORDER BY 1;
-- Many keys in one request (the answer still comes in pages of three)
SELECT count(*) FROM drs.job_statuses_v3 WHERE id = ANY (ARRAY(SELECT id FROM drs.jobs_v3 LIMIT 4));
SELECT method, path, jsonb_array_length(body->'jobs') AS keys FROM emu.requests() WHERE path LIKE '%status';
SELECT FROM emu.forget();

-- A list that is not paged and takes no filters: LIMIT and WHERE are PostgreSQL's.
SELECT count(*) FROM dws.clusters;
SELECT count(*) FROM (SELECT name FROM dws.clusters WHERE status = 'AVAILABLE' LIMIT 2) c;
SELECT * FROM emu.asked();
-- A cluster by its id
SELECT count(*) FROM dws.clusters WHERE id = (SELECT id FROM dws.clusters LIMIT 1);
SELECT count(*) FROM dws.clusters WHERE id = 'none';
SELECT regexp_replace(asked, '[0-9a-f-]{36}', 'ID') AS asked FROM emu.asked();

-- A service that sends one page for ever is not followed for ever.
SELECT FROM emu.fault('{"match": {"operation_id": "ListInstancesDetails"}, "effect": {"repeat_page": true}}');
CREATE FOREIGN TABLE names (name text) SERVER serial OPTIONS (resource 'gaussdb.instances');
\set VERBOSITY terse
SELECT count(name) FROM names;
\set VERBOSITY default
SELECT FROM emu.no_faults();

SET client_min_messages = warning;
DROP SERVER serial CASCADE;
DROP SCHEMA s, dws, drs;
RESET client_min_messages;
SELECT FROM emu.reset();
