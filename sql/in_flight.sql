--
-- in_flight
--
-- Many requests at once, few requests at all: reading ahead in joins, several
-- servers under one parent, what is kept and for how long.  All of it can be turned off, with
-- the same rows.
--
SELECT FROM emu.reset();
CREATE SCHEMA flight;
SET search_path = flight, public;
CREATE TABLE asset AS SELECT id AS instance_id, row_number() OVER (ORDER BY name) AS n FROM cloud.instances;
ANALYZE asset;

-- A join asks for the keys of the rows to come before the loop comes to them.
SELECT * FROM explained($$ SELECT a.n, p.value FROM asset a JOIN cloud.parameters p ON p.instance_id = a.instance_id
 WHERE p.name = 'max_connections' AND a.n <= 40 $$);
SELECT FROM emu.config('{"latency_ms": 30}');
SELECT FROM emu.forget();
CREATE TEMP TABLE ahead AS SELECT a.n, p.value FROM asset a JOIN cloud.parameters p ON p.instance_id = a.instance_id
 WHERE p.name = 'max_connections' AND a.n <= 40;
SELECT count(*) AS requests, count(DISTINCT path) AS keys FROM emu.requests();
SELECT max((r->>'in_flight')::int) BETWEEN 5 AND 8 AS many_at_once FROM jsonb_array_elements(emu.http('GET', 'requests')) r;
SET gaussdb_mgmt_fdw.disable = 'joins';
SELECT * FROM explained($$ SELECT a.n, p.value FROM asset a JOIN cloud.parameters p ON p.instance_id = a.instance_id
 WHERE p.name = 'max_connections' AND a.n <= 10 $$);
SET gaussdb_mgmt_fdw.disable = 'joins, pages, rescans, cache';
SELECT FROM emu.config('{"latency_ms": 0}');
SELECT count(*) AS same_rows FROM ahead NATURAL JOIN (
  SELECT a.n, p.value FROM asset a JOIN cloud.parameters p ON p.instance_id = a.instance_id
   WHERE p.name = 'max_connections' AND a.n <= 40) j;
RESET gaussdb_mgmt_fdw.disable;

-- Keys that come again are asked for once, NULL keys not at all, unknown ones give no row.
CREATE TABLE messy (n int, instance_id text);
INSERT INTO messy SELECT n, (SELECT instance_id FROM asset a WHERE a.n = m.n % 3 + 1) FROM generate_series(1, 60) m(n);
INSERT INTO messy VALUES (61, NULL), (62, 'no-such-instance'), (63, '');
ANALYZE messy;
SELECT FROM emu.forget();
SELECT count(*), count(p.value) AS matched, count(DISTINCT p.instance_id) AS instances
  FROM messy m LEFT JOIN cloud.parameters p ON p.instance_id = m.instance_id AND p.name = 'max_connections';
SELECT count(*) FROM emu.requests();
SELECT count(*) FROM messy m WHERE EXISTS (SELECT FROM cloud.parameters p WHERE p.instance_id = m.instance_id AND p.name = 'max_connections');
SELECT count(*) FROM messy m WHERE NOT EXISTS (SELECT FROM cloud.parameters p WHERE p.instance_id = m.instance_id);
-- One column that is not projected, and expressions as keys
SELECT count(*) FROM (SELECT instance_id FROM asset WHERE n < 4) a JOIN cloud.parameters p USING (instance_id) WHERE p.name = 'max_connections';
SELECT count(*) FROM asset a JOIN cloud.parameters p ON p.instance_id = lower(a.instance_id) WHERE p.name = 'max_connections' AND a.n < 4;
-- A join in a subquery that is run again, and LATERAL
SELECT g, (SELECT count(*) FROM asset a JOIN cloud.parameters p ON p.instance_id = a.instance_id
            WHERE a.n <= g AND p.name = 'max_connections') FROM generate_series(1, 3) g;
SELECT a.n, p.name FROM asset a, LATERAL (SELECT name FROM cloud.parameters p
 WHERE p.instance_id = a.instance_id ORDER BY name LIMIT 2) p WHERE a.n <= 2 ORDER BY 1, 2;

-- Several servers under one parent are asked at once; tableoid tells them apart.
CREATE TABLE all_regions (id text, name text, status text);
CREATE FOREIGN TABLE region_cloud () INHERITS (all_regions) SERVER cloud OPTIONS (resource 'gaussdb.instances');
CREATE FOREIGN TABLE region_east () INHERITS (all_regions) SERVER east OPTIONS (resource 'gaussdb.instances');
EXPLAIN (COSTS OFF) SELECT * FROM all_regions WHERE name LIKE 'erp%';
SELECT tableoid::regclass AS region, count(*) FROM all_regions WHERE name LIKE 'erp%' GROUP BY 1 ORDER BY 1;
SET gaussdb_mgmt_fdw.disable = 'appends';
EXPLAIN (COSTS OFF) SELECT * FROM all_regions;
SELECT tableoid::regclass AS region, count(*) FROM all_regions WHERE name LIKE 'erp%' GROUP BY 1 ORDER BY 1;
RESET gaussdb_mgmt_fdw.disable;

-- The same table twice in a query: each page is asked for once.
SELECT FROM emu.forget();
SELECT count(*) FROM cloud.instances a JOIN cloud.instances b ON a.name = b.name;
SELECT * FROM emu.asked();

-- cache_ttl: for those who ask again and again, until an action comes between.
ALTER FOREIGN TABLE cloud.instances OPTIONS (ADD cache_ttl '600');
SELECT count(*) FROM gaussdb_rename_instance('cloud', '5d825a18602349e7470cd44adaaa079cin14', 'erp-prod-0001');
SELECT FROM emu.forget();
SELECT count(name) FROM cloud.instances;
SELECT count(name) FROM cloud.instances;
SELECT count(*) FROM emu.requests();
SELECT pg_sleep(1.1);
SELECT count(*) FROM gaussdb_rename_instance('cloud', '5d825a18602349e7470cd44adaaa079cin14', 'erp-prod-0001');
SELECT count(name) FROM cloud.instances;
SELECT count(*) FROM emu.requests() WHERE method = 'GET';
ALTER FOREIGN TABLE cloud.instances OPTIONS (DROP cache_ttl);

-- ANALYZE takes the number of rows from the list, and a sample from its beginning.
SELECT FROM emu.forget();
CREATE FOREIGN TABLE sized (id text, name text) SERVER cloud OPTIONS (resource 'gaussdb.instances');
ANALYZE sized;
SELECT reltuples FROM pg_class WHERE oid = 'sized'::regclass;
SELECT * FROM emu.asked();
ANALYZE cloud.parameters;

SET gaussdb_mgmt_fdw.disable = 'nothing';
RESET search_path;
DROP SCHEMA flight CASCADE;
