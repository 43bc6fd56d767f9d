--
-- import
--
-- IMPORT FOREIGN SCHEMA, tables that users write themselves, and what the extension tells of
-- itself.
--
SET timezone = 'UTC';
SET datestyle = 'ISO';
SELECT FROM emu.reset();

--
-- One remote schema for each service; none of it asks the cloud for anything.
--
CREATE SCHEMA imported;
IMPORT FOREIGN SCHEMA gaussdb FROM SERVER cloud INTO imported;
SELECT foreign_table_name FROM information_schema.foreign_tables
 WHERE foreign_table_schema = 'imported' AND foreign_table_name IN ('instances', 'backups', 'parameters', 'jobs') ORDER BY 1;
-- as many as the catalog has
SELECT (SELECT count(*) FROM information_schema.foreign_tables WHERE foreign_table_schema = 'imported')
     = (SELECT count(DISTINCT table_name) FROM gaussdb_mgmt_resources() WHERE service = 'gaussdb') AS all_of_them;
\d imported.backups
SET client_min_messages = warning;
DROP SCHEMA imported CASCADE;
RESET client_min_messages;
-- Those of all services, one after another: every column is told by gaussdb_mgmt_columns(), in its
-- order, and nothing else.
CREATE FUNCTION import_all(OUT service text, OUT complete boolean) RETURNS SETOF record LANGUAGE plpgsql
AS $$
BEGIN
  FOR service IN SELECT DISTINCT r.service FROM gaussdb_mgmt_resources() r ORDER BY 1
  LOOP
    EXECUTE 'CREATE SCHEMA imported';
    EXECUTE format('IMPORT FOREIGN SCHEMA %I FROM SERVER cloud INTO imported', service);
    WITH made AS (
      SELECT c.relname, a.attname, a.attnum, format_type(a.atttypid, a.atttypmod) AS type
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
       WHERE c.relnamespace = 'imported'::regnamespace),
    told AS (
      SELECT m.table_name, m.column_name, row_number() OVER (PARTITION BY m.table_name ORDER BY n), m.data_type
        FROM gaussdb_mgmt_columns() WITH ORDINALITY
          AS m (service, table_name, column_name, data_type, json_path, parameter, operators, description, n)
       WHERE m.service = import_all.service)
    SELECT NOT EXISTS (SELECT * FROM made EXCEPT SELECT * FROM told)
       AND NOT EXISTS (SELECT * FROM told EXCEPT SELECT * FROM made) INTO complete;
    SET LOCAL client_min_messages = warning;
    EXECUTE 'DROP SCHEMA imported CASCADE';
    RETURN NEXT;
  END LOOP;
END
$$;
SELECT * FROM import_all();
DROP FUNCTION import_all;

-- Some, or all but some; a name that does not exist is refused.
CREATE SCHEMA few;
IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (jobs, backups) FROM SERVER cloud INTO few;
SELECT foreign_table_name FROM information_schema.foreign_tables WHERE foreign_table_schema = 'few' ORDER BY 1;
CREATE SCHEMA most;
IMPORT FOREIGN SCHEMA gaussdb EXCEPT (jobs, backups, no_such_table) FROM SERVER cloud INTO most;
SELECT count(*) FILTER (WHERE foreign_table_name IN ('jobs', 'backups')) AS excepted, count(*) > 2 AS others
  FROM information_schema.foreign_tables WHERE foreign_table_schema = 'most';
IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (jobs, no_such_table) FROM SERVER cloud INTO few;
IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (jobs) FROM SERVER cloud INTO few;
IMPORT FOREIGN SCHEMA oracle FROM SERVER cloud INTO few;
IMPORT FOREIGN SCHEMA "GaussDB" FROM SERVER cloud INTO few;
IMPORT FOREIGN SCHEMA gaussdb FROM SERVER cloud INTO few OPTIONS (page_size '10');
SET client_min_messages = warning;
DROP SCHEMA few, most CASCADE;
RESET client_min_messages;
-- A server with a name that needs quotes
SELECT emu.endpoint() AS endpoint \gset
CREATE SERVER "Peking ""4""" FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-north-4', project_id '0483b6b16e954cb88930a360d2c4e663', endpoint :'endpoint');
CREATE SCHEMA "Peking ""4""";
IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (jobs) FROM SERVER "Peking ""4""" INTO "Peking ""4""";
SELECT srvname FROM pg_foreign_table t JOIN pg_foreign_server s ON s.oid = t.ftserver
 WHERE t.ftrelid = '"Peking ""4""".jobs'::regclass;
DROP SERVER "Peking ""4""" CASCADE;
DROP SCHEMA "Peking ""4""";
SELECT * FROM emu.asked();

--
-- A table may have fewer columns, in any order, under other names, of other types.
--
CREATE DOMAIN port_number AS integer CHECK (VALUE BETWEEN 1 AND 65535);
CREATE FOREIGN TABLE mine (
  listens_on port_number OPTIONS (name 'port'),
  title varchar(64) OPTIONS (name 'name'),
  "ID" text OPTIONS (name 'id'),
  created date,
  everything json OPTIONS (name 'raw'),
  updated timestamp,
  volume_size numeric(10, 1),
  node_list text OPTIONS (name 'nodes'),
  private_ips inet[],
  "type" name
) SERVER cloud OPTIONS (resource 'gaussdb.instances');
SELECT title, listens_on, "ID", created, updated, volume_size, type, private_ips[1], left(node_list, 8) AS node_list, everything->>'status' AS status
  FROM mine WHERE title = 'orders-test-0004';
-- Its type is not the catalog's, so that nothing is sent for title; "ID" is the column id.
SELECT * FROM emu.asked();
SELECT title FROM mine WHERE "ID" = 'c1a553da7130c94fdf15ab67abf08c37in14';
SELECT * FROM emu.asked();
-- A column that is dropped leaves no trace; one that is added must exist.
ALTER FOREIGN TABLE mine DROP COLUMN title, DROP COLUMN updated;
SELECT type, listens_on FROM mine WHERE "ID" = 'c1a553da7130c94fdf15ab67abf08c37in14';
ALTER FOREIGN TABLE mine ADD COLUMN colour text;
SELECT type FROM mine LIMIT 1;
SELECT colour FROM mine LIMIT 1;
ALTER FOREIGN TABLE mine ALTER COLUMN colour OPTIONS (ADD name 'status');
SELECT colour FROM mine WHERE "ID" = 'c1a553da7130c94fdf15ab67abf08c37in14';
-- A value that does not fit says so.
ALTER FOREIGN TABLE mine ALTER COLUMN colour TYPE integer;
SELECT colour FROM mine WHERE "ID" = 'c1a553da7130c94fdf15ab67abf08c37in14';
ALTER FOREIGN TABLE mine ALTER COLUMN colour TYPE varchar(3);
SELECT colour FROM mine WHERE "ID" = 'c1a553da7130c94fdf15ab67abf08c37in14';
DROP FOREIGN TABLE mine;
DROP DOMAIN port_number;
-- No column at all, and the same one twice
CREATE FOREIGN TABLE none () SERVER cloud OPTIONS (resource 'gaussdb.instances');
SELECT count(*) FROM none;
SELECT count(*) FROM (SELECT * FROM none LIMIT 7) n;
DROP FOREIGN TABLE none;
CREATE FOREIGN TABLE twice (name text, again text OPTIONS (name 'name')) SERVER cloud
  OPTIONS (resource 'gaussdb.instances');
SELECT name, again FROM twice WHERE again LIKE 'erp-%' AND name LIKE '%-prod-%';
SELECT name, again FROM twice WHERE again = 'erp-prod-0001' AND name = 'crm-test-0003';
-- Constraints are the user's word; statistics are gathered on request.
ALTER FOREIGN TABLE twice ALTER name SET NOT NULL;
ANALYZE twice;
SELECT attname, null_frac FROM pg_stats WHERE tablename = 'twice' ORDER BY attname;
-- System columns and the whole row
SELECT tableoid::regclass FROM twice LIMIT 1;
SELECT twice FROM twice LIMIT 1;
DROP FOREIGN TABLE twice;
SELECT FROM emu.forget();

--
-- Introspection
--
SELECT operation_id, method, path, role, description FROM gaussdb_mgmt_resources()
 WHERE service = 'gaussdb' AND table_name IN ('instances', 'jobs', 'parameters') ORDER BY table_name, role;
SELECT column_name, data_type, json_path, parameter, operators FROM gaussdb_mgmt_columns()
 WHERE service = 'gaussdb' AND table_name = 'backups';
SELECT column_name, data_type, json_path, parameter, operators, description FROM gaussdb_mgmt_columns()
 WHERE service = 'gaussdb' AND table_name = 'instances'
   AND column_name IN ('id', 'name', 'volume_size', 'private_ips', 'nodes', 'tags', 'raw');
SELECT function_name, operation_id, method, path, destructive, asynchronous FROM gaussdb_mgmt_actions()
 WHERE function_name IN ('gaussdb_restart_instance', 'gaussdb_create_backup', 'gaussdb_delete_backup',
                         'gaussdb_rename_instance', 'gaussdb_set_parameters') ORDER BY 1;
-- Everything is described; every action is a function that is volatile, parallel unsafe and not
-- for everybody.
SELECT count(*) FROM gaussdb_mgmt_resources()
 WHERE description = '' OR operation_id = '' OR path NOT LIKE '/%' OR role NOT IN ('list', 'get', 'parent');
SELECT count(*) FROM gaussdb_mgmt_columns()
 WHERE description = '' OR (parameter IS NULL) <> (operators IS NULL);
SELECT a.function_name FROM gaussdb_mgmt_actions() a
 WHERE NOT EXISTS (SELECT FROM pg_proc p WHERE p.proname = a.function_name AND p.provolatile = 'v' AND p.proparallel = 'u'
                     AND NOT p.proisstrict AND obj_description(p.oid) IS NOT NULL
                     AND NOT has_function_privilege('pg_monitor', p.oid, 'EXECUTE'));
SELECT p.proname FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
 WHERE p.prosrc = 'gaussdb_mgmt_action' AND NOT EXISTS (SELECT FROM gaussdb_mgmt_actions() WHERE function_name = p.proname);
-- A function of another name is none of the catalog's.
CREATE FUNCTION restart(server name, instance_id text) RETURNS text LANGUAGE c VOLATILE
AS '$libdir/gaussdb_mgmt_fdw', 'gaussdb_mgmt_action';
SELECT restart('cloud', 'x');
DROP FUNCTION restart;
SELECT * FROM emu.asked();
