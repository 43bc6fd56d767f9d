--
-- shown
--
-- A column that is not in the answer shows what was sent with the request that the row came from, be
-- it a value of the query or a key of the parent's row: never what the query compares it with.
--
SET timezone = 'UTC';
SET datestyle = 'ISO';
SET client_min_messages = warning;
SELECT FROM emu.reset('{"fleet": 3, "seed": 1}');
CREATE SCHEMA shown_gaussdb;
CREATE SCHEMA shown_drs;
CREATE SCHEMA shown_roma;
CREATE SCHEMA shown_copy;
IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (schemas, tenant_users, components, backup_files) FROM SERVER cloud INTO shown_gaussdb;
IMPORT FOREIGN SCHEMA drs FROM SERVER cloud INTO shown_drs;
IMPORT FOREIGN SCHEMA roma FROM SERVER cloud INTO shown_roma;

-- The number of rows, or the error
CREATE FUNCTION shown_copy.rows_of(statement text, value text DEFAULT NULL) RETURNS text LANGUAGE plpgsql
AS $$
DECLARE
  n bigint;
BEGIN
  IF value IS NOT NULL THEN
    EXECUTE 'PREPARE shown AS ' || statement;
    EXECUTE format('EXECUTE shown (%L)', value) INTO n;
    DEALLOCATE shown;
  ELSE
    EXECUTE statement INTO n;
  END IF;
  RETURN n;
EXCEPTION WHEN others THEN
  BEGIN
    DEALLOCATE shown;
  EXCEPTION WHEN others THEN NULL;
  END;
  RETURN SQLERRM;
END
$$;

-- check_table: every column of a table that no answer has, compared in every way with a value that there
-- is and with one that there is not, on the table and on a copy of it.
CREATE FUNCTION shown_copy.check_table(service text, name text, OUT "column" text, OUT rows bigint, OUT wrong text)
RETURNS SETOF record LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  source text := format('shown_%s.%I', service, name);
  copy text := format('shown_copy.%I', service || '_' || name);
  given text;
  type text;
  form text;
  statement text;
  got text;
  expected text;
  part text := 'true';
BEGIN
  -- Of what belongs to a job, the rows of one job will do, but not where its key and that of a
  -- comparison are all that is asked with: the emulator's jobs have every comparison.
  IF service = 'drs' AND name NOT LIKE '%v3' THEN
    EXECUTE format('SELECT job_id FROM %s LIMIT 1', source) INTO given;
    part := format('t.job_id = %L', given);
  END IF;
  EXECUTE format('CREATE TABLE %s AS SELECT * FROM %s t WHERE %s', copy, source, part);
  EXECUTE 'ANALYZE ' || copy;
  EXECUTE 'SELECT count(*) FROM ' || copy INTO rows;
  FOR "column", type IN
    SELECT c.column_name, c.data_type FROM gaussdb_mgmt_columns() c
     WHERE c.service = check_table.service AND c.table_name = check_table.name AND c.json_path IS NULL AND c.data_type IN ('text', 'integer')
       AND (check_table.service <> 'drs' OR c.column_name LIKE CASE WHEN check_table.name LIKE '%v3' THEN 'compare%' ELSE '%db_name' END)
     ORDER BY 1
  LOOP
    EXECUTE format('SELECT max(%I)::text FROM %s', "column", copy) INTO given;
    CONTINUE WHEN given IS NULL;
    wrong := NULL;
    FOREACH form IN ARRAY ARRAY[
      'SELECT count(*) FROM %1$s t WHERE t.%2$I = %3$L AND %6$s',
      'SELECT count(*) FROM %1$s t WHERE %6$s AND t.%2$I = $1',
      'SELECT count(*) FROM %1$s t WHERE t.%2$I = %4$L AND %6$s',
      'SELECT count(*) FROM %1$s t WHERE t.%2$I IN (%3$L, %4$L) AND %6$s',
      'SELECT count(*) FROM %1$s t JOIN (VALUES (%3$L::%5$s), (%4$L)) v (x) ON t.%2$I = v.x WHERE %6$s',
      '/*+ hash */ SELECT count(*) FROM %1$s t JOIN (VALUES (%3$L::%5$s), (%4$L)) v (x) ON t.%2$I = v.x WHERE %6$s',
      '/*+ hash */ SELECT count(*) FROM %1$s t WHERE EXISTS (SELECT FROM (VALUES (%4$L::%5$s)) v (x) WHERE t.%2$I = v.x) AND %6$s',
      'SELECT count(*) FROM (VALUES (%3$L::%5$s), (%4$L)) v (x) WHERE NOT EXISTS (SELECT FROM %1$s t WHERE t.%2$I = v.x AND %6$s)',
      'SELECT count(t.%2$I) FROM %1$s t WHERE %6$s']
    LOOP
      PERFORM set_config('enable_nestloop', CASE WHEN form LIKE '/*%' THEN 'off' ELSE 'on' END, true);
      statement := format(form, source, "column", given, CASE type WHEN 'text' THEN 'none' WHEN 'integer' THEN '7' ELSE '2001-01-01' END, type, part);
      got := shown_copy.rows_of(statement, CASE WHEN form LIKE '%$1' THEN given END);
      statement := replace(statement, source, copy);
      expected := shown_copy.rows_of(statement, CASE WHEN form LIKE '%$1' THEN given END);
      IF got IS DISTINCT FROM expected THEN
        wrong := concat_ws(E'\n', wrong, format('%s: %s, not %s', statement, got, expected));
      END IF;
    END LOOP;
    RETURN NEXT;
  END LOOP;
END
$$;

-- Tables whose keys come from the rows of a parent, from those of its parent, and from domains.
SELECT v.service, v.name, c."column", c.rows > 0 AS has_rows, c.wrong
  FROM (VALUES ('gaussdb', 'schemas'), ('gaussdb', 'tenant_users'), ('gaussdb', 'components'), ('gaussdb', 'backup_files'),
               ('roma', 'device_groups'), ('roma', 'custom_backend_datasources'),
               ('drs', 'content_comparison_details_v3'), ('drs', 'content_comparison_overviews_v3'),
               ('drs', 'job_content_differences'), ('drs', 'job_line_comparison_details')) v (service, name),
       LATERAL shown_copy.check_table(v.service, v.name) c
 ORDER BY 1, 2, 3;
DROP SCHEMA shown_copy, shown_gaussdb, shown_drs, shown_roma CASCADE;
SELECT FROM emu.reset();

-- As the other tests expect it.
SELECT FROM emu.reset('{"fleet": 100, "seed": 1}');
