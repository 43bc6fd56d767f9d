--
-- join_paths
--
-- Which plans there are for joins and conditions, and what they are said to cost: keys come from
-- whatever relations have them, in whatever order the conditions are written, and rows are read
-- ahead wherever the same loop could do without.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();
CREATE SCHEMA paths;
SET search_path = paths, public;
CREATE TABLE asset (instance_id text, volume int, setting text);
INSERT INTO asset SELECT id, volume_size, 'autovacuum' FROM cloud.instances WHERE status = 'ACTIVE' ORDER BY id LIMIT 6;
INSERT INTO asset SELECT instance_id, -1, 'none' FROM asset;
CREATE TABLE other AS SELECT DISTINCT volume FROM asset;
CREATE TABLE days AS SELECT '2025-01-0' || n AS day FROM generate_series(1, 3) n;
CREATE TABLE template AS SELECT id, name FROM cloud.parameter_templates WHERE name IN
  ('Default-GaussDB-EE-2.1-Cent (3 replicas)', 'Default-GaussDB-EE-2.3-Dist-Independent (3 replicas)', 'reporting.template_12');
ANALYZE asset, other, days, template;
CREATE FOREIGN TABLE setting (instance_id text OPTIONS (location 'path'), name text, value text) SERVER cloud
  OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances/{instance_id}/configurations', items 'configuration_parameters[]');

-- answers(query, query, ...): for each whether its plan is that of the first one, how often it reads
-- ahead, how many rows it gives, whether they are those of the first one, what it asks for.
CREATE FUNCTION answers(VARIADIC queries text[], OUT ahead int, OUT same_plan boolean, OUT rows int, OUT same_rows boolean,
                        OUT requests int, OUT questions int)
RETURNS SETOF record LANGUAGE plpgsql
AS $$
DECLARE
  query text;
  plan text;
  first_plan text;
  found text[];
  first_found text[];
BEGIN
  FOREACH query IN ARRAY queries
  LOOP
    -- In the plan, conditions stand as they were written.
    SELECT string_agg(line, E'\n') INTO plan FROM explained(query) line WHERE line !~ 'Filter|Prefilter|Keys:';
    ahead := (length(plan) - length(replace(plan, 'Read Ahead', ''))) / length('Read Ahead');
    first_plan := coalesce(first_plan, plan);
    same_plan := plan = first_plan;
    PERFORM emu.forget();
    EXECUTE format('SELECT coalesce(array_agg(q::text ORDER BY q::text), ''{}'') FROM (%s) q', query) INTO found;
    first_found := coalesce(first_found, found);
    rows := cardinality(found);
    same_rows := found = first_found;
    SELECT count(*), count(DISTINCT (path, r.query, body)) INTO requests, questions FROM emu.requests() r;
    RETURN NEXT;
  END LOOP;
END
$$;

--
-- The order of the conditions decides nothing.
--
SELECT * FROM answers(
  'SELECT i.name FROM asset a JOIN cloud.instances i ON i.id = a.instance_id AND i.volume_size = a.volume',
  'SELECT i.name FROM asset a JOIN cloud.instances i ON i.volume_size = a.volume AND i.id = a.instance_id',
  'SELECT i.name FROM cloud.instances i JOIN asset a ON i.volume_size = a.volume AND i.id = a.instance_id',
  'SELECT i.name FROM cloud.instances i, asset a WHERE a.volume = i.volume_size AND a.instance_id = i.id');
SELECT * FROM answers(
  'SELECT s.value FROM asset a JOIN setting s ON s.instance_id = a.instance_id AND s.name = a.setting',
  'SELECT s.value FROM asset a JOIN setting s ON s.name = a.setting AND s.instance_id = a.instance_id');
SELECT plan_without_filters(
  'SELECT s.value FROM asset a JOIN setting s ON s.name = a.setting AND s.instance_id = a.instance_id');
SELECT * FROM answers(
  'SELECT s.value FROM asset a LEFT JOIN setting s ON s.name = a.setting AND s.instance_id = a.instance_id',
  'SELECT s.value FROM asset a LEFT JOIN setting s ON s.instance_id = a.instance_id AND s.name = a.setting');
SELECT * FROM answers(
  'SELECT a.* FROM asset a WHERE EXISTS (SELECT FROM setting s WHERE s.name = a.setting AND s.instance_id = a.instance_id)',
  'SELECT a.* FROM asset a WHERE EXISTS (SELECT FROM setting s WHERE s.instance_id = a.instance_id AND s.name = a.setting)');
SELECT * FROM answers(
  'SELECT i.name FROM asset a, other o, cloud.instances i WHERE i.id = a.instance_id AND i.volume_size = o.volume',
  'SELECT i.name FROM asset a, other o, cloud.instances i WHERE i.volume_size = o.volume AND i.id = a.instance_id',
  'SELECT i.name FROM other o, asset a, cloud.instances i WHERE i.volume_size = o.volume AND i.id = a.instance_id');

--
-- Keys from two relations, or from three
--
SELECT * FROM answers(
  'SELECT a.name, b.name, d.name FROM template a, template b, cloud.template_differences d WHERE d.source_id = a.id AND d.target_id = b.id',
  'SELECT a.name, b.name, d.name FROM template a, template b, cloud.template_differences d WHERE d.target_id = b.id AND d.source_id = a.id',
  'SELECT a.name, b.name, d.name FROM template a JOIN cloud.template_differences d ON d.source_id = a.id JOIN template b ON d.target_id = b.id',
  'SELECT a.name, b.name, d.name FROM template a, template b, LATERAL (SELECT name FROM cloud.template_differences WHERE source_id = a.id AND target_id = b.id) d');
SELECT plan_without_filters('SELECT a.instance_id, d.day, r.start_time FROM (SELECT DISTINCT instance_id FROM asset) a, days d, cloud.restore_times r
 WHERE r.date = d.day AND r.instance_id = a.instance_id');
SELECT ahead, rows, same_rows, requests, questions FROM answers(
  'SELECT a.instance_id, d.day, r.start_time FROM asset a CROSS JOIN days d LEFT JOIN cloud.restore_times r ON r.date = d.day AND r.instance_id = a.instance_id',
  'SELECT a.instance_id, d.day, r.start_time FROM asset a CROSS JOIN days d LEFT JOIN cloud.restore_times r ON r.instance_id = a.instance_id AND r.date = d.day');
SELECT ahead, rows, requests, questions FROM answers(
  'SELECT a.instance_id, d.day, r.start_time FROM asset a, days d, cloud.restore_times r WHERE r.date = d.day AND r.instance_id = a.instance_id');
SELECT ahead, rows, requests, questions FROM answers(
  'SELECT a.instance_id, d.day, l.n FROM asset a, days d, LATERAL (SELECT count(*) AS n FROM cloud.restore_times r WHERE r.date = d.day AND r.instance_id = a.instance_id) l');
CREATE FOREIGN TABLE three (a text OPTIONS (location 'path'), b text OPTIONS (location 'path'), c text OPTIONS (location 'path'), name text)
  SERVER cloud OPTIONS (service 'gaussdb', path '/v3/{project_id}/{c}/{b}/{a}', items 'all[]');
SELECT line FROM explained('SELECT t.* FROM asset x, days y, template z, three t WHERE t.b = y.day AND t.c = z.id AND t.a = x.instance_id') line
 WHERE line ~ 'Request|Ahead';

-- Columns that the list cannot be asked for do not make another question of it.
SELECT requests, questions FROM answers('SELECT i.name FROM asset a JOIN cloud.instances i ON i.id = a.instance_id AND i.volume_size = a.volume');

--
-- Estimates: a condition that PostgreSQL checks makes a list no cheaper, as all of it is read.
--
CREATE FUNCTION cost(query text, OUT cost float, OUT rows float) LANGUAGE plpgsql
AS $$
DECLARE
  plan jsonb;
BEGIN
  EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
  cost := plan #>> '{0, Plan, Total Cost}';
  rows := plan #>> '{0, Plan, Plan Rows}';
END
$$;
SELECT c.cost > 0.9 * a.cost AS as_expensive, c.rows < a.rows AS fewer_rows
  FROM cost('SELECT name FROM cloud.backups') a, cost($$SELECT name FROM cloud.backups WHERE status = 'FAILED'$$) c;
SELECT c.cost > 0.9 * a.cost AS as_expensive, c.rows < a.rows AS fewer_rows
  FROM cost('SELECT id FROM cloud.instances') a, cost('SELECT id FROM cloud.instances WHERE volume_size = 5') c;
SELECT c.cost > 0.9 * a.cost AS as_expensive, c.rows < a.rows AS fewer_rows
  FROM cost('SELECT name FROM cloud.parameters') a, cost($$SELECT name FROM cloud.parameters WHERE value = 'on'$$) c;
-- One that is sent makes it cheaper, a key even more.
SELECT b.cost < a.cost AS cheaper, k.cost < b.cost AS cheaper_still
  FROM cost('SELECT name FROM cloud.backups') a, cost($$SELECT name FROM cloud.backups WHERE instance_id = 'x'$$) b,
       cost($$SELECT name FROM cloud.backups WHERE id = 'x'$$) k;

--
-- Reading ahead: where conditions leave a row or two by all that is known, with one outer row, ...
--
SELECT ahead, requests, questions FROM answers($$SELECT i.name, d.used FROM cloud.instances i JOIN cloud.disk_usage d ON d.instance_id = i.id
 WHERE i.status = 'ACTIVE'$$);
SELECT ahead, requests, questions FROM answers($$SELECT i.name, d.used FROM cloud.instances i JOIN cloud.disk_usage d ON d.instance_id = i.id
 WHERE i.status = 'ACTIVE' AND i.region = 'cn-north-4' AND i.type = 'Distributed' AND i.charge_info_charge_mode = 'postPaid'$$);
SELECT ahead FROM answers($$SELECT d.used FROM (SELECT instance_id FROM asset LIMIT 1) a JOIN cloud.disk_usage d USING (instance_id)$$);
-- ... at every level of three, ...
SELECT ahead, rows > 0 AS rows, requests > 20 AS requests, requests = questions AS once FROM answers($$SELECT i.name, d.name, s.schema_name
  FROM cloud.instances i JOIN cloud.databases d ON d.instance_id = i.id
  JOIN cloud.schemas s ON s.instance_id = d.instance_id AND s.db_name = d.name WHERE i.status = 'ACTIVE' AND i.volume_size > 300$$);
SELECT ahead FROM answers($$SELECT a.instance_id, d.name, s.schema_name
  FROM asset a JOIN cloud.databases d ON d.instance_id = a.instance_id
  JOIN cloud.schemas s ON s.db_name = d.name AND s.instance_id = a.instance_id$$);
-- ... over a side that comes in an order, over one that is made unique, over keys that repeat.
CREATE INDEX ON asset (instance_id);
SET enable_seqscan = off;
SET enable_sort = off;
SELECT ahead, rows FROM answers($$SELECT a.instance_id, p.name FROM asset a JOIN cloud.parameters p ON p.instance_id = a.instance_id
 ORDER BY a.instance_id LIMIT 3$$);
RESET enable_seqscan;
RESET enable_sort;
CREATE TABLE repeated AS SELECT instance_id FROM asset, generate_series(1, 50);
ANALYZE repeated;
SELECT ahead, rows, requests FROM answers('SELECT d.used FROM cloud.disk_usage d WHERE d.instance_id IN (SELECT instance_id FROM repeated)',
  'SELECT d.used FROM repeated r JOIN cloud.disk_usage d ON d.instance_id = r.instance_id');

RESET search_path;
SET client_min_messages = warning;
DROP SCHEMA paths CASCADE;
RESET client_min_messages;
SELECT FROM emu.reset();
