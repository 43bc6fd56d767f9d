--
-- read_ahead_queue
--
-- The rows that are read ahead: what they may weigh, what is taken from them, and the scans that
-- they belong to.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();
CREATE SCHEMA queue;
SET search_path = queue, public;
CREATE TABLE asset AS SELECT i.instance_id, n FROM
  (SELECT id AS instance_id FROM cloud.instances WHERE status = 'ACTIVE' ORDER BY id LIMIT 6) i, generate_series(1, 2) n;
ANALYZE asset;
SET work_mem = '4MB';
SET enable_material = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_memoize = off;

-- ran(query): does it read ahead, how many rows does it give, how many requests does it take?
CREATE FUNCTION ran(query text, OUT ahead boolean, OUT rows int, OUT requests int)
LANGUAGE plpgsql
AS $$
BEGIN
  SELECT count(*) > 0 INTO ahead FROM explained(query) line WHERE line ~ 'Read Ahead';
  PERFORM emu.forget();
  EXECUTE format('SELECT count(q::text) FROM (%s) q', query) INTO rows;
  SELECT count(*) INTO requests FROM emu.requests();
END
$$;

-- The queue is bounded in bytes: wide rows, here of 300 kB and more, are read a few at a time.
CREATE TABLE wide AS SELECT n, (SELECT min(instance_id) FROM asset) AS instance_id FROM generate_series(1, 200) n;
ANALYZE wide;
CREATE SEQUENCE seen;
-- It says that it has no effects.
CREATE FUNCTION widened(n int, length int) RETURNS text LANGUAGE plpgsql STABLE
AS $$ BEGIN PERFORM nextval('queue.seen'); RETURN repeat(n::text, length); END $$;
SELECT * FROM ran($$SELECT length(w.text) FROM (SELECT instance_id, widened(n, 300000) AS text FROM wide OFFSET 0) w
  LEFT JOIN cloud.disk_usage d ON d.instance_id = w.instance_id LIMIT 1$$);
SELECT last_value BETWEEN 1 AND 20 AS few FROM seen;
SELECT setval('seen', 1);
SELECT * FROM ran($$SELECT length(w.text) FROM (SELECT instance_id, widened(n, 1) AS text FROM wide OFFSET 0) w
  LEFT JOIN cloud.disk_usage d ON d.instance_id = w.instance_id LIMIT 1$$);
SELECT last_value > 100 AS many FROM seen;
SELECT * FROM ran($$SELECT length(w.text) FROM (SELECT instance_id, widened(n, 100000) AS text FROM wide OFFSET 0) w
  LEFT JOIN cloud.disk_usage d ON d.instance_id = w.instance_id$$);

-- A key is taken from a row as it is stored where nothing is left out of it (a server with assertions
-- notices if it is taken for something else), ...
CREATE TABLE k AS SELECT DISTINCT instance_id AS k FROM asset;
CREATE TABLE two AS SELECT n, instance_id AS k FROM asset;
ANALYZE k, two;
SELECT * FROM ran('SELECT k.k, d.used FROM k JOIN cloud.disk_usage d ON d.instance_id = k.k');
SELECT * FROM ran('SELECT t.n, t.k, d.used FROM two t LEFT JOIN cloud.disk_usage d ON d.instance_id = t.k');
SELECT * FROM ran('SELECT i.*, d.used FROM cloud.instances i JOIN cloud.disk_usage d ON d.instance_id = i.id');
SELECT * FROM ran('SELECT k.k, d.used FROM (SELECT k FROM k ORDER BY k OFFSET 1) k JOIN cloud.disk_usage d ON d.instance_id = k.k');
SELECT count(*), count(DISTINCT k.k) AS keys, bool_and(d.instance_id = k.k) AS right_ones FROM k JOIN cloud.disk_usage d ON d.instance_id = k.k;
-- ... and from one that is not, also behind dropped columns and NULLs.
CREATE TABLE stored (gone int, k text, n int, more text);
INSERT INTO stored SELECT 1, instance_id, NULL, 'x' FROM asset UNION ALL SELECT 1, NULL, 2, 'y';
ALTER TABLE stored DROP COLUMN gone, ADD COLUMN added text DEFAULT 'z';
ANALYZE stored;
SELECT * FROM ran('SELECT k.k, d.used, k FROM stored k LEFT JOIN cloud.disk_usage d ON d.instance_id = k.k');
SELECT * FROM ran('SELECT k.*, d.used FROM stored k JOIN cloud.disk_usage d ON d.instance_id = k.k');
SELECT count(*), count(DISTINCT k.k) AS keys, count(DISTINCT added) AS added, bool_and(d.instance_id = k.k) AS right_ones
  FROM stored k JOIN cloud.disk_usage d ON d.instance_id = k.k;

-- Cursors that take turns, one of them rescanned, one that ends in an error, one given up
BEGIN;
DECLARE a SCROLL CURSOR FOR SELECT a.instance_id = d.instance_id AS joined FROM asset a JOIN cloud.disk_usage d ON d.instance_id = a.instance_id;
DECLARE b CURSOR FOR SELECT a.instance_id = d.instance_id AS joined FROM asset a JOIN cloud.disk_usage d ON d.instance_id = a.instance_id;
FETCH 2 a;
FETCH 1 b;
FETCH 1 a;
MOVE BACKWARD ALL IN a;
SAVEPOINT before;
DECLARE c CURSOR FOR SELECT a.instance_id = d.instance_id AS joined FROM asset a JOIN cloud.disk_usage d ON d.instance_id = a.instance_id;
FETCH 1 c;
SELECT 1 / (count(*) - 12) FROM asset a JOIN cloud.disk_usage d ON d.instance_id = a.instance_id;
ROLLBACK TO before;
FETCH 1 b;
FETCH ALL a;
CLOSE b;
COMMIT;
SELECT g.n, (SELECT count(d.used) FROM (SELECT instance_id FROM asset WHERE asset.n <= g.n) a JOIN cloud.disk_usage d USING (instance_id))
  FROM generate_series(0, 2) g (n);


RESET work_mem;
RESET enable_material;
RESET enable_hashjoin;
RESET enable_mergejoin;
RESET enable_memoize;
RESET search_path;
SET client_min_messages = warning;
DROP SCHEMA queue CASCADE;
RESET client_min_messages;
SELECT FROM emu.reset();
