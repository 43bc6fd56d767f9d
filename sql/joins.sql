--
-- joins
--
-- Tables of the cloud joined with local ones and with each other: keys travel from one
-- side to the other where that is cheaper than reading the whole list.
--
SET timezone = 'UTC';
SET datestyle = 'ISO';
SELECT FROM emu.reset();

-- A table of the company: who owns what.  One of the instances is long gone, and one
-- was never filled in.
CREATE TABLE asset (instance_id text PRIMARY KEY, owner text);
INSERT INTO asset
SELECT id, CASE WHEN name LIKE 'erp%' THEN 'ada' ELSE 'grace' END FROM copy.instances
 WHERE name LIKE 'erp%' OR name LIKE 'crm%' OR name LIKE '%prod%';
INSERT INTO asset VALUES ('00000000000000000000000000000000in14', 'ada'), ('', 'ada');
ANALYZE asset;

--
-- Keys are looked up, one request for each; one that does not exist is no row, and an
-- empty one is not asked for.
--
SELECT a.owner, i.name FROM asset a JOIN cloud.instances i ON i.id = a.instance_id
 WHERE a.instance_id = '5d825a18602349e7470cd44adaaa079cin14';
SELECT * FROM emu.asked();
SELECT a.owner, i.name FROM asset a JOIN cloud.instances i ON i.id = a.instance_id
 WHERE a.owner = 'ada' ORDER BY i.name;
SELECT * FROM emu.asked();
SELECT count(*) FROM asset a JOIN cloud.instances i ON i.id = a.instance_id;
SELECT FROM emu.forget();

--
-- A table that needs a key: parameters are those of an instance.  From a constant ...
--
SELECT name, value FROM cloud.parameters
 WHERE instance_id = '5d825a18602349e7470cd44adaaa079cin14' AND name LIKE 'max_c%'
 ORDER BY name COLLATE "C";
SELECT * FROM emu.asked();
-- ... from a join: an instance that is gone has none, which fails nothing ...
SELECT i.name, count(p.name) > 50 AS parameters
  FROM asset a JOIN copy.instances i ON i.id = a.instance_id
       LEFT JOIN cloud.parameters p ON p.instance_id = a.instance_id
 WHERE a.owner = 'ada'
 GROUP BY i.name ORDER BY i.name;
SELECT * FROM emu.asked();
SELECT a.instance_id, count(p.name) FROM asset a
  LEFT JOIN cloud.parameters p ON p.instance_id = a.instance_id
 WHERE a.instance_id = '00000000000000000000000000000000in14'
 GROUP BY 1;
SELECT * FROM emu.asked();
-- ... from a list, a subquery ...
SELECT instance_id, count(*) > 50 AS parameters FROM cloud.parameters
 WHERE instance_id IN ('5d825a18602349e7470cd44adaaa079cin14', 'none', '') GROUP BY instance_id;
SELECT * FROM emu.asked();
SELECT count(DISTINCT instance_id) FROM cloud.parameters
 WHERE instance_id = ANY (ARRAY(SELECT instance_id FROM asset WHERE owner = 'ada'));
SELECT * FROM emu.asked();
-- ... and without one the instances are listed, and all of them asked.
SELECT count(DISTINCT instance_id) AS instances FROM cloud.parameters WHERE name = 'max_connections';
SELECT count(*), count(DISTINCT asked), min(asked) FROM emu.asked();

--
-- Inner sides that run again: nested loops, LATERAL, correlated subqueries.
--
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SELECT a.owner, i.name FROM asset a JOIN cloud.instances i ON i.id = a.instance_id
 WHERE a.owner = 'ada' ORDER BY i.name;
SELECT count(*) FROM asset a JOIN cloud.instances i ON i.id = a.instance_id;
SELECT count(*) FROM (VALUES (1), (2), (3)) v (x) CROSS JOIN cloud.instances i;
SELECT count(*) FROM (VALUES (1), (2), (3)) v (x) LEFT JOIN cloud.instances i ON length(i.name) = v.x + 12;
SELECT count(*) FROM copy.instances c WHERE length(c.name) = 13;
SELECT count(*) FROM cloud.instances i JOIN cloud.backups b ON b.instance_id = i.id WHERE i.name LIKE 'erp%';
SELECT count(*) FROM copy.instances i JOIN copy.backups b ON b.instance_id = i.id WHERE i.name LIKE 'erp%';
RESET enable_hashjoin;
RESET enable_mergejoin;
SELECT FROM emu.forget();

SELECT a.owner, l.name, l.type FROM asset a,
       LATERAL (SELECT b.name, b.type FROM cloud.backups b
                 WHERE b.instance_id = a.instance_id ORDER BY b.begin_time DESC LIMIT 1) l
 WHERE a.owner = 'ada' AND a.instance_id <> '' ORDER BY l.name;
SELECT * FROM emu.asked();
SELECT i.name, (SELECT max(b.begin_time) FROM cloud.backups b WHERE b.instance_id = i.id) AS latest
  FROM copy.instances i WHERE i.name LIKE 'erp%' ORDER BY i.name;
SELECT * FROM emu.asked();
SELECT i.name FROM copy.instances i
 WHERE i.name LIKE 'c%' AND NOT EXISTS (SELECT FROM cloud.backups b WHERE b.instance_id = i.id)
 ORDER BY i.name;
SELECT i.name FROM copy.instances i
 WHERE i.name LIKE 'c%' AND NOT EXISTS (SELECT FROM copy.backups b WHERE b.instance_id = i.id)
 ORDER BY i.name;
SELECT FROM emu.forget();
-- The same key again is not asked for again.
SELECT v.id, i.name
  FROM (VALUES ('5d825a18602349e7470cd44adaaa079cin14'), ('none'), ('5d825a18602349e7470cd44adaaa079cin14')) v (id),
       LATERAL (SELECT name FROM cloud.instances WHERE id = v.id OFFSET 0) i;
SELECT * FROM emu.asked();

--
-- Outer joins and keys that are NULL
--
SELECT v.id, i.name FROM (VALUES (NULL), ('none'), ('5d825a18602349e7470cd44adaaa079cin14')) v (id)
  LEFT JOIN cloud.instances i USING (id) ORDER BY v.id;
SELECT count(*), count(a.owner) FROM cloud.instances i LEFT JOIN asset a ON a.instance_id = i.id;
SELECT count(*) FILTER (WHERE i.id IS NULL) AS without_instance, count(*) FILTER (WHERE a.owner IS NULL) AS without_owner
  FROM cloud.instances i FULL JOIN asset a ON a.instance_id = i.id;
SELECT FROM emu.forget();

--
-- Both sides in the cloud, the same table twice, two servers in one query.
--
SELECT i.name, count(*) FROM cloud.instances i JOIN cloud.backups b ON b.instance_id = i.id
 WHERE i.name LIKE 'erp%' GROUP BY i.name ORDER BY i.name;
SELECT i.name, count(*) FROM copy.instances i JOIN copy.backups b ON b.instance_id = i.id
 WHERE i.name LIKE 'erp%' GROUP BY i.name ORDER BY i.name;
SELECT count(*) FROM cloud.instances a JOIN cloud.instances b ON a.vpc_id = b.vpc_id AND a.id < b.id;
SELECT count(*) FROM copy.instances a JOIN copy.instances b ON a.vpc_id = b.vpc_id AND a.id < b.id;
SELECT FROM emu.forget();
SELECT n.name, e.name FROM cloud.instances n
  JOIN east.instances e ON replace(e.name, '-ce3-', '-') = n.name
 WHERE n.name LIKE 'erp%' ORDER BY n.name;
SELECT * FROM emu.asked();
-- One table over both.
CREATE TABLE everywhere (LIKE cloud.instances) PARTITION BY LIST (region);
ALTER TABLE everywhere ATTACH PARTITION cloud.instances FOR VALUES IN ('cn-north-4');
ALTER TABLE everywhere ATTACH PARTITION east.instances FOR VALUES IN ('cn-east-3');
SELECT name FROM everywhere WHERE name LIKE 'erp-test%' ORDER BY name;
SELECT count(*) FROM everywhere;
SELECT count(*) FROM everywhere WHERE region = 'cn-east-3';
SELECT count(*) FROM (SELECT name FROM everywhere LIMIT 150) e;
ALTER TABLE everywhere DETACH PARTITION cloud.instances;
ALTER TABLE everywhere DETACH PARTITION east.instances;
DROP TABLE everywhere;
SELECT FROM emu.forget();

--
-- Jobs: any by its id, those of the last month as a list.  The list leaves times out for
-- some: then, and only where they are used, they are asked for job by job.
--
SELECT status, count(*) FROM cloud.jobs GROUP BY status ORDER BY status;
SELECT * FROM emu.asked();
SELECT name, count(created) FROM cloud.jobs WHERE name = 'DeleteGaussDBV5Instance' AND status = 'Completed' GROUP BY name;
SELECT count(*) FILTER (WHERE asked LIKE '%/tasks?%') AS lists, count(*) FILTER (WHERE asked LIKE '%/jobs?%') AS details
  FROM emu.asked();
SELECT id FROM cloud.jobs WHERE status = 'Failed' ORDER BY id LIMIT 1 \gset
SELECT name, status, fail_reason FROM cloud.jobs WHERE id = :'id';
SELECT name, ended IS NULL AS running FROM cloud.jobs WHERE id IN (:'id', 'none', 'no/such?job');
SELECT (SELECT fail_reason FROM cloud.jobs j WHERE j.id = v.id) FROM (VALUES (:'id'), ('none'), (NULL)) v (id);
SELECT * FROM emu.asked();
SELECT j.name, i.name FROM cloud.jobs j LEFT JOIN copy.instances i ON i.id = j.instance_id WHERE j.status = 'Running' ORDER BY i.name LIMIT 3;
SELECT * FROM emu.asked();

DROP TABLE asset;

-- Several scans of one server under one Append: what one receives for another does not leave that waiting.
SET statement_timeout = '60s';
DO $$
DECLARE
    found bigint;
BEGIN
    FOR i IN 1..20 LOOP
        SELECT count(*) INTO found FROM (
            SELECT id FROM cloud.instances UNION ALL SELECT id FROM cloud.backups UNION ALL
            SELECT id FROM cloud.instances WHERE name LIKE 'erp%' UNION ALL SELECT name FROM cloud.backups) x;
        ASSERT found > 100, found;
    END LOOP;
END $$;
RESET statement_timeout;
SELECT FROM emu.reset();
