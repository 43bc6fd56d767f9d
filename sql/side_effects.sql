--
-- side_effects
--
-- What is evaluated before it is needed has no side effects: a row that a query does not
-- reach causes no action, and nextval is called as often as without reading ahead.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();
CREATE SCHEMA ahead;
SET search_path = ahead, public;
CREATE TABLE chosen AS
SELECT id, row_number() OVER (ORDER BY id) AS n FROM cloud.instances WHERE status = 'ACTIVE' ORDER BY id LIMIT 40;
ANALYZE chosen;
CREATE SEQUENCE calls;
CREATE FUNCTION called(text) RETURNS text LANGUAGE plpgsql VOLATILE
AS $$ BEGIN PERFORM nextval('ahead.calls'); RETURN $1; END $$;

-- effects(query): does its plan read ahead, or scan several tables at once?  How many rows does
-- it give, how many actions are sent for it, how often is "called" called, and nextval?
CREATE FUNCTION effects(query text, OUT ahead boolean, OUT async boolean, OUT rows int, OUT actions int, OUT calls int)
LANGUAGE plpgsql
AS $$
DECLARE
  line text;
  r record;
BEGIN
  ahead := false;
  async := false;
  FOR line IN EXECUTE 'EXPLAIN ' || query
  LOOP
    ahead := ahead OR line LIKE '%Read Ahead%';
    async := async OR line LIKE '%Async%';
  END LOOP;
  PERFORM setval('ahead.calls', 1, false);
  PERFORM emu.reset();
  rows := 0;
  FOR r IN EXECUTE query LOOP rows := rows + 1; END LOOP;
  SELECT count(*) INTO actions FROM emu.requests() WHERE method <> 'GET';
  SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO calls FROM ahead.calls;
END
$$;

-- Nested loops are what this is about.
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;

-- Without side effects the outer side is read ahead ...
SELECT * FROM effects($$SELECT c.n, i.name FROM chosen c LEFT JOIN cloud.instances i ON i.id = c.id LIMIT 2$$);
-- ... and with them not: an action, nextval, and a function that calls it, in a subquery,
SELECT * FROM effects($$SELECT a.id, j.status
  FROM (SELECT id, gaussdb_restart_instance('cloud', id) AS job FROM chosen OFFSET 0) a
  LEFT JOIN cloud.jobs j ON j.id = a.job LIMIT 2$$);
SELECT * FROM effects($$SELECT a.n, i.name FROM (SELECT id, nextval('calls') AS n FROM chosen OFFSET 0) a
  LEFT JOIN cloud.instances i ON i.id = a.id LIMIT 1$$);
-- in one that need not be kept apart,
SELECT * FROM effects($$SELECT a.n, i.name FROM (SELECT called(id) AS id, n FROM chosen) a
  LEFT JOIN cloud.instances i ON i.id = a.id LIMIT 3$$);
-- in a condition on one table, on two, and in one that no table needs,
SELECT * FROM effects($$SELECT i.name FROM chosen c LEFT JOIN cloud.instances i ON i.id = c.id
 WHERE called(c.id) IS NOT NULL LIMIT 2$$);
SELECT rows, calls FROM effects($$SELECT i.name FROM chosen c JOIN chosen d ON called(c.id) = d.id
  LEFT JOIN cloud.instances i ON i.id = d.id LIMIT 1$$);
SELECT * FROM effects($$SELECT i.name FROM chosen c LEFT JOIN chosen d ON d.n = c.n AND called(c.id) = d.id
  LEFT JOIN cloud.instances i ON i.id = d.id LIMIT 2$$);
SELECT * FROM effects($$SELECT i.name FROM chosen c LEFT JOIN cloud.instances i ON i.id = c.id
 WHERE called('x') = 'x' LIMIT 2$$);
-- in LATERAL, in a view, in VALUES, in a function of each row, in a sample,
SELECT * FROM effects($$SELECT j.status FROM chosen c, LATERAL (SELECT gaussdb_restart_instance('cloud', c.id) AS job OFFSET 0) a
  LEFT JOIN cloud.jobs j ON j.id = a.job LIMIT 2$$);
CREATE VIEW restarted AS SELECT id, called(id) AS again FROM chosen;
SELECT * FROM effects($$SELECT r.again, i.name FROM restarted r LEFT JOIN cloud.instances i ON i.id = r.again LIMIT 2$$);
SELECT * FROM effects($$SELECT i.name FROM (VALUES (called('a')), (called('b')), (called('c'))) v (id)
  LEFT JOIN cloud.instances i ON i.id = v.id LIMIT 1$$);
SELECT * FROM effects($$SELECT i.name FROM chosen c, LATERAL called(c.id) f
  LEFT JOIN cloud.instances i ON i.id = f LIMIT 1$$);
SELECT * FROM effects($$SELECT i.name FROM chosen c TABLESAMPLE system (100 + 0 * length(called('x')))
  LEFT JOIN cloud.instances i ON i.id = c.id LIMIT 1$$);
-- in a list that a function makes, in UNION ALL, in one over the other,
SELECT * FROM effects($$SELECT i.name FROM (SELECT called(id) AS id, generate_series(1, 2) FROM chosen) c
  LEFT JOIN cloud.instances i ON i.id = c.id LIMIT 1$$);
SELECT * FROM effects($$SELECT i.name FROM (SELECT id FROM chosen WHERE n < 3 UNION ALL SELECT called(id) FROM chosen) c
  LEFT JOIN cloud.instances i ON i.id = c.id LIMIT 2$$);
SELECT * FROM effects($$SELECT i.name FROM (SELECT id FROM chosen WHERE n < 3
    UNION ALL (SELECT id FROM chosen WHERE called(id) <> '' OFFSET 0)) c
  LEFT JOIN cloud.instances i ON i.id = c.id LIMIT 2$$);
-- in a CTE, directly, through another one, from a subquery, from one level up, in a recursive one,
SELECT * FROM effects($$WITH a AS (SELECT id, gaussdb_restart_instance('cloud', id) AS job FROM chosen)
SELECT a.id, j.status FROM a LEFT JOIN cloud.jobs j ON j.id = a.job LIMIT 2$$);
SELECT * FROM effects($$WITH a AS (SELECT called(id) AS id FROM chosen), b AS MATERIALIZED (SELECT * FROM a)
SELECT i.name FROM b LEFT JOIN cloud.instances i ON i.id = b.id LIMIT 2$$);
SELECT * FROM effects($$WITH a AS (SELECT called(id) AS id FROM chosen)
SELECT i.name FROM (SELECT id FROM a OFFSET 0) b LEFT JOIN cloud.instances i ON i.id = b.id LIMIT 2$$);
SELECT * FROM effects($$WITH a AS (SELECT called(id) AS id FROM chosen)
SELECT (SELECT i.name FROM a LEFT JOIN cloud.instances i ON i.id = a.id LIMIT 1)$$);
SELECT * FROM effects($$WITH RECURSIVE a (id, n) AS (SELECT id, n FROM chosen WHERE n = 1
    UNION ALL SELECT called(c.id), c.n FROM a JOIN chosen c ON c.n = a.n + 1)
SELECT i.name FROM a LEFT JOIN cloud.instances i ON i.id = a.id LIMIT 2$$);
-- in sub-selects, of each row or of none,
SELECT * FROM effects($$SELECT i.name FROM chosen c LEFT JOIN cloud.instances i ON i.id = c.id
 WHERE (SELECT called(c.id) OFFSET 0) IS NOT NULL LIMIT 2$$);
SELECT * FROM effects($$SELECT i.name FROM chosen c LEFT JOIN cloud.instances i ON i.id = c.id
 WHERE c.n < 3 OR (SELECT called('x')) IS NOT NULL LIMIT 2$$);
SELECT * FROM effects($$SELECT i.name FROM (SELECT id, (SELECT max(called(d.id)) FROM chosen d WHERE d.n < c.n) FROM chosen c OFFSET 0) c
  LEFT JOIN cloud.instances i ON i.id = c.id LIMIT 3$$);
SELECT * FROM effects($$WITH a AS (SELECT called(id) AS id FROM chosen)
SELECT i.name FROM chosen c LEFT JOIN cloud.instances i ON i.id = c.id
 WHERE c.n < 3 OR EXISTS (SELECT FROM a WHERE a.id = c.id) LIMIT 2$$);
-- in what changes or locks rows.  Locks above the join are another thing.
SELECT * FROM effects($$SELECT i.name FROM (SELECT id FROM chosen FOR UPDATE OFFSET 0) c
  LEFT JOIN cloud.instances i ON i.id = c.id LIMIT 1$$);
SELECT j.rows FROM effects($$SELECT i.name FROM chosen c LEFT JOIN cloud.instances i ON i.id = c.id LIMIT 1 FOR UPDATE OF c$$) j;
SELECT * FROM explained($$WITH gone AS (DELETE FROM chosen WHERE n > 39 RETURNING id)
SELECT i.name FROM gone LEFT JOIN cloud.instances i ON i.id = gone.id$$);

-- Effects elsewhere are no reason: what is selected above the join, what the inner side does, what
-- a function does for the first row already.
SELECT * FROM effects($$SELECT called(i.name) FROM chosen c JOIN cloud.instances i ON i.id = c.id LIMIT 3$$);
SELECT * FROM effects($$SELECT i.name FROM chosen c LEFT JOIN cloud.instances i ON i.id = c.id AND called(i.name) <> '' LIMIT 3$$);
SELECT * FROM effects($$SELECT a.v FROM chosen c JOIN cloud.instances i ON i.id = c.id,
  LATERAL (SELECT called(i.name) AS v OFFSET 0) a LIMIT 3$$);
CREATE FUNCTION some_ids() RETURNS SETOF text LANGUAGE sql VOLATILE AS 'SELECT called(id) FROM ahead.chosen WHERE n <= 5';
SELECT * FROM effects($$SELECT i.name FROM some_ids() s LEFT JOIN cloud.instances i ON i.id = s LIMIT 1$$);
SELECT * FROM effects($$WITH a AS (SELECT called(id) AS id FROM chosen), b AS (SELECT id FROM chosen)
SELECT i.name FROM b LEFT JOIN cloud.instances i ON i.id = b.id LIMIT 1$$);

-- A cursor that fetches one row
BEGIN;
SELECT setval('calls', 1, false);
DECLARE one CURSOR FOR SELECT a.n, i.name FROM (SELECT id, nextval('calls') AS n FROM chosen OFFSET 0) a
  LEFT JOIN cloud.instances i ON i.id = a.id;
FETCH one;
SELECT last_value FROM calls;
COMMIT;

-- A sub-select with effects is no value to ask with: it would be carried out once more.
SELECT * FROM effects($$SELECT i.name FROM chosen c LEFT JOIN cloud.backups i ON i.instance_id = (SELECT called(c.id) OFFSET 0)
 WHERE c.n = 1 LIMIT 1$$);
RESET enable_hashjoin;
RESET enable_mergejoin;
RESET enable_material;

--
-- Scans that run at the same time below an Append: each gives its first row before it is needed.
--
CREATE TABLE parted (id text, name text, region text) PARTITION BY LIST (region);
CREATE FOREIGN TABLE parted_cloud PARTITION OF parted FOR VALUES IN ('cn-north-4') SERVER cloud OPTIONS (resource 'gaussdb.instances');
CREATE FOREIGN TABLE parted_east PARTITION OF parted FOR VALUES IN ('cn-east-3') SERVER east OPTIONS (resource 'gaussdb.instances');
SELECT * FROM effects('SELECT id FROM parted LIMIT 1');
SELECT * FROM effects('SELECT called(id) FROM parted LIMIT 1');
SELECT * FROM effects('SELECT id FROM parted WHERE called(id) IS NOT NULL LIMIT 1');
SELECT * FROM effects('SELECT id FROM parted WHERE (SELECT called(id)) IS NOT NULL LIMIT 1');
SELECT * FROM effects($$SELECT id FROM cloud.instances UNION ALL SELECT id FROM east.instances LIMIT 1$$);
SELECT * FROM effects($$SELECT called(id) FROM cloud.instances UNION ALL SELECT called(id) FROM east.instances LIMIT 1$$);
SELECT * FROM effects($$SELECT gaussdb_restart_instance('cloud', id) FROM cloud.instances WHERE status = 'ACTIVE' UNION ALL
SELECT gaussdb_restart_instance('east', id) FROM east.instances WHERE status = 'ACTIVE' LIMIT 1$$);
SELECT * FROM effects($$SELECT id FROM cloud.instances WHERE id = (SELECT called('x')) OR name <> '' UNION ALL
SELECT id FROM east.instances WHERE id = (SELECT called('y')) OR name <> '' LIMIT 1$$);
SELECT * FROM effects($$SELECT called(x.id) FROM (SELECT id FROM cloud.instances UNION ALL SELECT id FROM east.instances) x LIMIT 1$$);
-- Above it, one after another is as good as at once.
SELECT * FROM effects($$SELECT called(x.id) FROM (SELECT id FROM parted OFFSET 0) x LIMIT 1$$);

-- Rows that OFFSET skips have their effects, as everywhere.
SELECT * FROM effects('SELECT called(id) FROM cloud.instances OFFSET 3 LIMIT 2');

RESET search_path;
SET client_min_messages = warning;
DROP SCHEMA ahead CASCADE;
RESET client_min_messages;
SELECT FROM emu.reset();
