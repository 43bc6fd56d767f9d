--
-- read_ahead
--
-- What reads rows ahead of their consumer evaluates nothing ahead of its turn that can be noticed:
-- no action is carried out, and no number drawn, for a row that the query does not come to.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();
CREATE TEMPORARY TABLE chosen AS
SELECT id FROM copy.instances WHERE status = 'ACTIVE' ORDER BY id LIMIT 60;
ANALYZE chosen;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
SET enable_memoize = off;

-- The plan reads ahead where there is nothing to be noticed ...
CREATE FUNCTION reads_ahead(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE line text; found boolean := false;
BEGIN
  FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
    found := found OR line ~ 'Read Ahead|Async';
  END LOOP;
  RETURN found;
END $$;
SELECT reads_ahead('SELECT c.id, i.name FROM (SELECT id FROM chosen OFFSET 0) c LEFT JOIN cloud.instances i ON i.id = c.id LIMIT 2');

-- ... and not above an action, wherever it is.
SELECT emu.forget();
SELECT count(*) FROM (
  SELECT a.id, j.status
    FROM (SELECT id, gaussdb_restart_instance('cloud', id) AS job FROM chosen OFFSET 0) a
    LEFT JOIN cloud.jobs j ON j.id = a.job LIMIT 2) r;
SELECT count(*) FROM emu.requests() WHERE method = 'POST';
CREATE TEMPORARY SEQUENCE drawn;
CREATE FUNCTION draw(text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$ BEGIN PERFORM nextval('drawn'); RETURN $1; END $$;
CREATE FUNCTION draw_rows() RETURNS SETOF text LANGUAGE plpgsql VOLATILE AS
$$ DECLARE r text; BEGIN FOR r IN SELECT id FROM chosen LOOP PERFORM nextval('drawn'); RETURN NEXT r; END LOOP; END $$;
-- calls(query): how often it draws until it has given one row.
CREATE FUNCTION calls(query text, OUT rows int, OUT calls bigint, OUT ahead boolean) LANGUAGE plpgsql AS $$
DECLARE c refcursor; r record;
BEGIN
  ahead := reads_ahead(query);
  PERFORM setval('drawn', 1, false);
  OPEN c FOR EXECUTE query;
  FETCH c INTO r;
  rows := CASE WHEN FOUND THEN 1 ELSE 0 END;
  CLOSE c;
  SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO calls FROM drawn;
END $$;
SELECT q.what, c.*
  FROM (VALUES
    ('a subquery', 'SELECT i.name FROM (SELECT draw(id) AS k FROM chosen OFFSET 0) w LEFT JOIN cloud.instances i ON i.id = w.k'),
    ('its condition', 'SELECT i.name FROM (SELECT id AS k FROM chosen WHERE draw(id) IS NOT NULL OFFSET 0) w LEFT JOIN cloud.instances i ON i.id = w.k'),
    ('a condition', 'SELECT i.name FROM chosen w LEFT JOIN cloud.instances i ON i.id = w.id WHERE draw(w.id) IS NOT NULL'),
    ('a CTE', 'WITH w AS MATERIALIZED (SELECT draw(id) AS k FROM chosen) SELECT i.name FROM w LEFT JOIN cloud.instances i ON i.id = w.k'),
    ('LATERAL', 'SELECT i.name FROM chosen c CROSS JOIN LATERAL (SELECT draw(c.id) AS k OFFSET 0) w LEFT JOIN cloud.instances i ON i.id = w.k'),
    ('VALUES', 'SELECT i.name FROM (VALUES (draw((SELECT min(id) FROM chosen))), (draw((SELECT max(id) FROM chosen)))) w(k) LEFT JOIN cloud.instances i ON i.id = w.k'),
    ('a subplan', 'SELECT i.name FROM chosen w LEFT JOIN cloud.instances i ON i.id = w.id WHERE EXISTS (SELECT 1 FROM chosen x WHERE x.id = draw(w.id) OFFSET 0)'),
    ('a scalar subquery', 'SELECT i.name FROM (SELECT (SELECT draw(c.id) OFFSET 0) AS k FROM chosen c OFFSET 0) w LEFT JOIN cloud.instances i ON i.id = w.k'),
    ('a union', 'SELECT i.name FROM (SELECT draw(id) AS k FROM chosen UNION ALL SELECT draw(id) FROM chosen) w LEFT JOIN cloud.instances i ON i.id = w.k'),
    ('a join below', 'SELECT i.name FROM chosen a JOIN chosen w ON w.id = a.id AND draw(w.id) = a.id LEFT JOIN cloud.instances i ON i.id = w.id'),
    ('an Append', 'SELECT draw(id) FROM cloud.instances UNION ALL SELECT draw(id) FROM east.instances'),
    ('above an Append', 'SELECT draw(id) FROM (SELECT id FROM cloud.instances UNION ALL SELECT id FROM east.instances) u'),
    ('conditions in it', 'SELECT id FROM cloud.instances WHERE draw(id) IS NOT NULL UNION ALL SELECT id FROM east.instances WHERE draw(id) IS NOT NULL')
  ) q(what, query), LATERAL calls(q.query) c;
-- A partitioned table of two projects: its branches project.
CREATE TABLE everywhere (id text, name text) PARTITION BY LIST (name);
SELECT calls('SELECT draw(id) FROM everywhere');
DROP TABLE everywhere;

-- Where a row that is not read ahead fits into nothing, it is one at a time: what is queued
-- is bounded by work_mem, and complete all the same.
SET work_mem = '64kB';
SELECT count(*), count(i.name), min(length(w.big))
  FROM (SELECT id, repeat(id, 1000) AS big FROM chosen OFFSET 0) w LEFT JOIN cloud.instances i ON i.id = w.id;
RESET work_mem;

-- Rows of a table as they are, not projected (an assertion of the server's failed here).
CREATE TEMPORARY TABLE bare (k text);
INSERT INTO bare SELECT id FROM chosen LIMIT 3;
SELECT reads_ahead('SELECT b.k, p.name FROM bare b JOIN cloud.parameters p ON p.instance_id = b.k');
SELECT count(DISTINCT b.k) FROM bare b JOIN cloud.parameters p ON p.instance_id = b.k;
RESET enable_hashjoin;
RESET enable_mergejoin;
RESET enable_material;
RESET enable_memoize;

-- A guess of one outer row is no reason not to.
SELECT plan_without_filters($$SELECT i.name, d.* FROM cloud.instances i JOIN cloud.disk_usage d ON d.instance_id = i.id WHERE i.status = 'ACTIVE'$$);
SELECT plan_without_filters($$SELECT i.name, d.name, s.* FROM cloud.instances i JOIN cloud.databases d ON d.instance_id = i.id JOIN cloud.schemas s ON s.instance_id = d.instance_id AND s.db_name = d.name WHERE i.status = 'ACTIVE'$$);
DROP FUNCTION calls, draw, draw_rows, reads_ahead;
