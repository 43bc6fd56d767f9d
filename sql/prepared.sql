--
-- prepared
--
-- Prepared statements: what can be sent is decided with the values of each execution, also
-- where the plan was made without them.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();

--
-- A generic plan: the value is not known when the plan is made.
--
SET plan_cache_mode = force_generic_plan;
PREPARE by_name (text) AS SELECT name, type FROM cloud.instances WHERE name = $1;
EXPLAIN (COSTS OFF) EXECUTE by_name ('erp-prod-0001');
EXECUTE by_name ('erp-prod-0001');
SELECT * FROM emu.asked();
-- These cannot be sent, or no row can have them.
EXECUTE by_name ('*erp');
SELECT * FROM emu.asked();
EXECUTE by_name ('');
SELECT * FROM emu.asked();
EXECUTE by_name (NULL);
EXECUTE by_name (repeat('x', 65));
SELECT * FROM emu.asked();
EXECUTE by_name ('../../x?y#z%00 ü''";--');
SELECT * FROM emu.asked();

PREPARE like_name (text) AS SELECT count(*) FROM cloud.instances WHERE name LIKE $1;
EXECUTE like_name ('erp%');
EXECUTE like_name ('%');
EXECUTE like_name ('*erp%');
EXECUTE like_name ('e%1');
EXECUTE like_name (NULL);
SELECT * FROM emu.asked();

PREPARE any_name (text[]) AS SELECT name FROM cloud.instances WHERE name = ANY ($1) ORDER BY name;
EXECUTE any_name ('{erp-prod-0001,crm-test-0003,erp-prod-0001}');
SELECT * FROM emu.asked();
EXECUTE any_name ('{erp-prod-0001,NULL}');
SELECT * FROM emu.asked();
EXECUTE any_name ('{}');
EXECUTE any_name ('{NULL}');
EXECUTE any_name (NULL);
SELECT * FROM emu.asked();
EXECUTE any_name ('{erp-prod-0001,*erp}');
SELECT * FROM emu.asked();

-- Two parameters that may or may not contradict each other
PREPARE twice (text, text) AS SELECT name FROM cloud.instances WHERE name = $1 AND name = $2;
EXECUTE twice ('erp-prod-0001', 'erp-prod-0001');
EXECUTE twice ('erp-prod-0001', 'crm-test-0003');
SELECT * FROM emu.asked();

-- An enumeration
PREPARE of_type (text) AS SELECT count(*) FROM cloud.backups WHERE type = $1 AND description LIKE 'night%';
EXECUTE of_type ('manual');
EXECUTE of_type ('weekly');
SELECT * FROM emu.asked();

-- Times
PREPARE since (timestamptz) AS SELECT count(*) FROM cloud.backups WHERE begin_time > $1;
EXECUTE since ('2024-12-31 23:00');
SELECT * FROM emu.asked();
EXECUTE since ('-infinity');
EXECUTE since ('infinity');
SELECT * FROM emu.asked();
PREPARE window_of (timestamptz, timestamptz) AS
  SELECT count(*) FROM cloud.backups WHERE begin_time >= $1 AND end_time <= $2 AND type = 'manual';
EXECUTE window_of ('2024-12-01', '2024-12-10');
EXECUTE window_of ('2024-12-10', '2024-12-01');
SELECT * FROM emu.asked();

-- A key, and several
PREPARE parameter (text, text) AS
  SELECT name, value FROM cloud.parameters WHERE instance_id = $1 AND name = $2;
EXECUTE parameter ('5d825a18602349e7470cd44adaaa079cin14', 'max_connections');
EXECUTE parameter ('none', 'max_connections');
EXECUTE parameter ('', 'max_connections');
EXECUTE parameter ('..', 'max_connections');
EXECUTE parameter (NULL, 'max_connections');
SELECT * FROM emu.asked();

-- count(*) is of rows here: the plan cannot know what will be enforced by the API.
PREPARE counted (text) AS SELECT count(*) FROM cloud.instances WHERE type = $1;
EXECUTE counted ('Enterprise');
EXECUTE counted ('enterprise');
SELECT * FROM emu.asked();
-- and so is OFFSET.
PREPARE skipped (text, int) AS SELECT name FROM cloud.instances WHERE type = $1 OFFSET $2 LIMIT 1;
EXECUTE skipped ('Centralization_standard', 5);
SELECT * FROM emu.asked();

--
-- A custom plan knows the value.
--
SET plan_cache_mode = force_custom_plan;
EXPLAIN (COSTS OFF) EXECUTE by_name ('erp-prod-0001');
EXPLAIN (COSTS OFF) EXECUTE by_name ('*erp');
EXECUTE by_name ('erp-prod-0001');
EXECUTE by_name ('*erp');
EXECUTE by_name (NULL);
EXECUTE counted ('Enterprise');
EXECUTE skipped ('Centralization_standard', 5);
SELECT * FROM emu.asked();
RESET plan_cache_mode;

--
-- Functions are prepared statements, too.
--
CREATE FUNCTION type_of(wanted text) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT type FROM cloud.instances WHERE name = wanted $$;
CREATE FUNCTION names_like(pattern text, most int) RETURNS SETOF text LANGUAGE plpgsql STABLE AS
$$ BEGIN RETURN QUERY SELECT name FROM cloud.instances WHERE name LIKE pattern LIMIT most; END $$;
SELECT type_of('erp-prod-0001'), type_of('payroll-dev-0006'), type_of('none'), type_of(NULL);
SELECT * FROM names_like('%prod%', 2);
SELECT n.*, v.pattern FROM (VALUES ('erp-%'), ('crm-%'), (NULL)) v (pattern), names_like(v.pattern, 1) n;
SELECT * FROM emu.asked();
DROP FUNCTION type_of, names_like;

-- A statement outlives changes of the table that it reads.
CREATE FOREIGN TABLE changing (id text, name text) SERVER cloud OPTIONS (resource 'gaussdb.instances');
PREPARE changed AS SELECT * FROM changing WHERE name LIKE 'erp-prod%';
EXECUTE changed;
ALTER FOREIGN TABLE changing OPTIONS (ADD page_size '3');
SELECT FROM emu.forget();
EXECUTE changed;
SELECT * FROM emu.asked();
DROP FOREIGN TABLE changing;
DEALLOCATE ALL;
