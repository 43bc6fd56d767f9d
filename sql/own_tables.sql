--
-- own_tables
--
-- A table of one's own: an endpoint that its options describe pushes down, pages,
-- fans out and explains like one of the catalog.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();
CREATE SCHEMA own;
SET search_path = own, public;

-- a list with filters, paged by records
CREATE FOREIGN TABLE fleet (
  id text OPTIONS (parameter 'id', match 'exact_star'),
  label text OPTIONS (name 'name', parameter 'name', match 'exact_star'),
  version text OPTIONS (json_path 'datastore.version'),
  addresses text[] OPTIONS (json_path 'private_ips', separator ' / '),
  created timestamptz,
  raw jsonb)
SERVER cloud OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances', items 'instances',
  total 'total_count', paging 'records', max_limit '100', key 'id');
SELECT FROM emu.forget();
SELECT label, version, cardinality(addresses) AS addresses, raw->>'name' = label AS same
  FROM fleet WHERE label LIKE 'erp-%' ORDER BY label LIMIT 3;
SELECT * FROM emu.asked();
-- the same rows as the catalog's table has
SELECT count(*) FROM fleet f JOIN cloud.instances i USING (id)
 WHERE i.name = f.label AND i.datastore_version = f.version AND i.private_ips = f.addresses
   AND i.created = f.created;
EXPLAIN (COSTS OFF) SELECT * FROM fleet WHERE label = 'x' OFFSET 5 LIMIT 5;
EXPLAIN (COSTS OFF) SELECT count(*) FROM fleet;
SELECT count(*) FROM fleet;

-- a key in the path, which the parent's list gives when the query does not
CREATE FOREIGN TABLE settings (
  instance_id text OPTIONS (location 'path', parent_column 'id'),
  name text,
  value text)
SERVER cloud OPTIONS (service 'gaussdb', items 'configuration_parameters', parent 'gaussdb.instances',
  path '/v3.1/{project_id}/instances/{instance_id}/configurations');
EXPLAIN (COSTS OFF) SELECT * FROM settings WHERE name = 'max_connections';
EXPLAIN (COSTS OFF) SELECT * FROM settings WHERE instance_id = 'a/b';
SELECT FROM emu.forget();
SELECT count(*), count(DISTINCT instance_id) AS instances FROM settings WHERE name = 'max_connections';
SELECT method, path, count(*) FROM emu.requests()
 GROUP BY 1, 2 HAVING count(*) = 1 AND path NOT LIKE '%configurations' ORDER BY 2;
SELECT count(*) FROM emu.requests() WHERE path LIKE '%/configurations';

-- several items of each item, and the one that encloses them
CREATE FOREIGN TABLE node_names (
  instance text OPTIONS (json_path '^.name'),
  node text OPTIONS (json_path 'name'),
  role text)
SERVER cloud OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances', items 'instances[].nodes[]');
SELECT count(*) > 100 AS many, count(DISTINCT instance) AS instances,
       bool_and(node LIKE instance || '\_%') AS named_after FROM node_names;

-- ... in pages, which count the outer items: no row is lost, and LIMIT is no page size
CREATE FOREIGN TABLE paged_nodes (instance text OPTIONS (json_path '^.name'), node text OPTIONS (json_path 'name'))
SERVER cloud OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances', items 'instances[].nodes[]',
  total 'total_count', paging 'records', max_limit '100', page_size '7');
SELECT (SELECT count(*) FROM paged_nodes) = (SELECT count(*) FROM node_names) AS all_of_them,
       (SELECT count(node) FROM (SELECT * FROM paged_nodes OFFSET 5) p) = (SELECT count(*) - 5 FROM node_names) AS but_five,
       (SELECT count(*) FROM (SELECT * FROM paged_nodes LIMIT 30) p) AS thirty;

-- pages that name the next one: the id of the last row of a page is the marker of the next
CREATE FOREIGN TABLE networks (id text OPTIONS (match 'exact'), name text, cidr text)
SERVER cloud OPTIONS (service 'vpc', path '/v1/{project_id}/vpcs', items 'vpcs', paging 'marker',
  key 'id', max_limit '2000', page_size '3');
EXPLAIN (COSTS OFF) SELECT name FROM networks;
SELECT FROM emu.forget();
SELECT count(*), count(DISTINCT id) FROM networks;
SELECT regexp_replace(asked, 'marker=[-0-9a-f]+', 'marker=ID') FROM emu.asked();
SELECT count(*) FROM (SELECT name FROM networks LIMIT 2) n;
SELECT (SELECT array_agg(id) FROM (SELECT id FROM networks OFFSET 2 LIMIT 2) n) =
       (SELECT (array_agg(id))[3:4] FROM (SELECT id FROM networks) n) AS third_and_fourth;
SELECT FROM emu.forget();
SELECT count(*) FROM networks a JOIN networks b USING (id);
SELECT count(*) AS requests FROM emu.asked();
ALTER FOREIGN TABLE networks OPTIONS (SET page_size '1000');
SELECT FROM emu.forget();
SELECT count(*) FROM networks;
SELECT * FROM emu.asked();
-- no maximum is known: as many as page_size says, in the plan and in the request
ALTER FOREIGN TABLE networks OPTIONS (DROP max_limit);
EXPLAIN (COSTS OFF) SELECT name FROM networks;
ALTER FOREIGN TABLE networks OPTIONS (ADD max_limit '2000');
-- a marker that the answer does not have: the first page is all that there is
ALTER FOREIGN TABLE networks OPTIONS (SET page_size '3', next_marker '$.page_info.next_marker');
SELECT count(*) FROM networks;

-- a column that a table of the catalog does not have
CREATE FOREIGN TABLE more (id text, name text, node_count text OPTIONS (json_path 'nodes'),
  first_seen timestamptz OPTIONS (json_path 'created'))
SERVER cloud OPTIONS (resource 'gaussdb.instances');
SELECT name, jsonb_array_length(node_count::jsonb) > 0 AS has_nodes, first_seen IS NOT NULL AS seen
  FROM more WHERE name = 'erp-prod-0001';

--
-- What is refused when the table is made
--
CREATE FOREIGN TABLE bad () SERVER cloud OPTIONS (path '/v3/x');
CREATE FOREIGN TABLE bad () SERVER cloud OPTIONS (resource 'gaussdb.instances', path '/v3/x');
CREATE FOREIGN TABLE bad () SERVER cloud OPTIONS (service 'evil.example.com', path '/v3/x');
CREATE FOREIGN TABLE bad () SERVER cloud OPTIONS (service 'vpc', path 'v3/x');
CREATE FOREIGN TABLE bad () SERVER cloud OPTIONS (service 'vpc', path '//evil.example.com/x');
CREATE FOREIGN TABLE bad () SERVER cloud OPTIONS (service 'vpc', path '/v3/../x');
CREATE FOREIGN TABLE bad () SERVER cloud OPTIONS (service 'vpc', path '/v3/x?y=1');
CREATE FOREIGN TABLE bad () SERVER cloud OPTIONS (service 'vpc', path '/v3/{}');
CREATE FOREIGN TABLE bad () SERVER cloud OPTIONS (service 'vpc', path '/v3/x', items 'a[');
CREATE FOREIGN TABLE bad () SERVER cloud OPTIONS (service 'vpc', path '/v3/x', paging 'luck');
CREATE FOREIGN TABLE bad () SERVER cloud OPTIONS (service 'vpc', path '/v3/x', paging 'marker', next_marker 'a..b');
CREATE FOREIGN TABLE bad () SERVER cloud OPTIONS (service 'vpc', path '/v3/x', method 'DELETE');
CREATE FOREIGN TABLE bad (a text OPTIONS (json_path 'a..b')) SERVER cloud OPTIONS (service 'vpc', path '/v3/x');
CREATE FOREIGN TABLE bad (a text OPTIONS (match 'regex')) SERVER cloud OPTIONS (service 'vpc', path '/v3/x');
-- ... and when it is used, as columns may come later
CREATE FOREIGN TABLE bad (a text) SERVER cloud OPTIONS (service 'vpc', path '/v3/{thing}');
SELECT * FROM bad;
ALTER FOREIGN TABLE bad ADD COLUMN thing text OPTIONS (location 'path');
SELECT * FROM bad;
-- Who is no superuser may describe what is read, not what is posted.
CREATE ROLE own_user;
GRANT USAGE ON FOREIGN SERVER cloud TO own_user;
GRANT CREATE ON SCHEMA own TO own_user;
SET ROLE own_user;
CREATE FOREIGN TABLE own.restart () SERVER cloud
  OPTIONS (service 'gaussdb', method 'POST', path '/v3/{project_id}/instances/x/restart');
CREATE FOREIGN TABLE own.versions (raw jsonb) SERVER cloud
  OPTIONS (service 'gaussdb', path '/v3/{project_id}/datastore/versions', items 'versions');
RESET ROLE;

DROP SCHEMA own CASCADE;
REVOKE USAGE ON FOREIGN SERVER cloud FROM own_user;
DROP ROLE own_user;
