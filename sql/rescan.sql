--
-- rescan
--
-- A scan that is read again finds the answers that it had, whatever they were.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();

-- A count that the API gave, asked for again: from a LATERAL subquery, from a subquery with an
-- outer column, from the inner side of a nested loop that keeps nothing. One request each.
SELECT emu.forget();
SELECT x.n, s.* FROM (VALUES (1), (2), (3)) x(n), LATERAL (SELECT x.n AS m, count(*) FROM cloud.instances) s;
SELECT * FROM emu.asked();
SELECT x.n, (SELECT count(*) + x.n FROM cloud.instances) FROM generate_series(1, 3) x(n);
SELECT * FROM emu.asked();
SET enable_material = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SELECT x.n, c.c FROM generate_series(1, 3) x(n) LEFT JOIN (SELECT count(*) AS c FROM cloud.instances) c ON c.c > x.n;
SELECT * FROM emu.asked();
RESET enable_material;
RESET enable_hashjoin;
RESET enable_mergejoin;

-- With a value that changes, and comes back.
SELECT x.s, (SELECT count(*) FROM cloud.backups b WHERE b.type = x.s)
     = (SELECT count(*) FROM copy.backups b WHERE b.type = x.s) AS right
  FROM unnest(ARRAY['auto', 'manual', 'auto', 'no such type', 'manual', NULL]) x(s);
SELECT * FROM emu.asked();

-- A cursor that goes back, and one that outlives its transaction.
BEGIN;
DECLARE back SCROLL CURSOR FOR SELECT count(*) FROM cloud.instances;
FETCH back;
FETCH PRIOR back;
FETCH FIRST back;
DECLARE held CURSOR WITH HOLD FOR SELECT count(*) FROM cloud.instances;
COMMIT;
FETCH held;
CLOSE held;

-- Nothing that the service left out of its answer, either: rows are counted then, once.
SELECT emu.forget();
SELECT FROM emu.fault('{"match": {"path_regex": "/v3.1/[^/]+/instances"}, "effect": {"mutate": {"total_count": null}}}');
SELECT x.n, s.* FROM (VALUES (1), (2)) x(n), LATERAL (SELECT x.n AS m, count(*) FROM cloud.instances) s;
SELECT count(*) FROM emu.requests() WHERE query LIKE '%limit=100&offset=0';
SELECT FROM emu.no_faults();

-- A key that is asked for again is in the memo, also if its first reader needed one row of
-- many; a reader that needs more asks again. All three readers see all rows.
CREATE TEMPORARY TABLE picked AS
SELECT i.id, n FROM (SELECT id FROM copy.instances WHERE status = 'ACTIVE' ORDER BY id LIMIT 3) i, generate_series(1, 3) n;
ANALYZE picked;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
SET enable_memoize = off;
SET enable_sort = off;
SET enable_hashagg = off;
SELECT emu.forget();
SELECT count(*) FROM picked p WHERE EXISTS (SELECT FROM cloud.parameters q WHERE q.instance_id = p.id);
SELECT count(*) AS keys, sum(n) AS requests
  FROM (SELECT path, count(*) AS n FROM emu.requests() GROUP BY path) r;
SELECT emu.forget();
SELECT p.n, count(q.name) > 100 AS all_there
  FROM picked p, LATERAL (SELECT name FROM cloud.parameters q WHERE q.instance_id = p.id LIMIT 500 * (p.n / 3) + 1) q
 GROUP BY p.n ORDER BY p.n;

-- A reader that stops early mostly comes back with the same question, and goes on where the last
-- one stopped: the list is read once, however many there are. So it is for two keys in turn.
SELECT emu.forget();
SELECT x, (SELECT count(*) FROM (SELECT 1 FROM cloud.instances LIMIT 7 * x) i) AS n FROM generate_series(1, 5) x;
SELECT emu.forget();
SELECT count(*) FROM generate_series(1, 50) g (x) WHERE EXISTS (SELECT FROM cloud.instances i WHERE length(i.name) > g.x);
SELECT count(*) FROM generate_series(1, 50) g (x) WHERE EXISTS (SELECT FROM copy.instances i WHERE length(i.name) > g.x);
SELECT * FROM emu.asked();
SELECT bool_and(n = 7 * (x / 2 + 1)) AS right FROM (
SELECT x, (SELECT count(*) FROM (SELECT 1 FROM cloud.parameters q WHERE q.instance_id = p.id LIMIT 7 * (x / 2 + 1)) q) AS n
  FROM generate_series(0, 9) x, LATERAL (SELECT id FROM picked WHERE n = 1 ORDER BY id LIMIT 1 OFFSET x % 2) p) r;

-- What is not kept is not shared.
SET gaussdb_mgmt_fdw.disable = 'rescans';
SELECT count(*) = 9 * (SELECT count(*) FROM cloud.parameters q WHERE q.instance_id = (SELECT min(id) FROM picked)) AS right
  FROM picked p JOIN cloud.parameters q ON q.instance_id = p.id;
RESET gaussdb_mgmt_fdw.disable;
-- work_mem that holds no answer at all: all rows all the same.
SET work_mem = '64kB';
SELECT count(*) = 9 * (SELECT count(*) FROM cloud.parameters q WHERE q.instance_id = (SELECT min(id) FROM picked)) AS right
  FROM picked p JOIN cloud.parameters q ON q.instance_id = p.id;
RESET work_mem;
RESET enable_hashjoin;
RESET enable_mergejoin;
RESET enable_material;
RESET enable_memoize;
RESET enable_sort;
RESET enable_hashagg;
