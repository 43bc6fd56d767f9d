--
-- paths
--
-- Keys from other tables: whatever the order of conditions, and from as many tables as it takes.
--
SELECT FROM emu.reset();
CREATE TEMPORARY TABLE asset (instance_id text, size int, system text);
INSERT INTO asset SELECT id, volume_size, 'audit_system_object' FROM copy.instances WHERE status = 'ACTIVE' ORDER BY id LIMIT 5;
CREATE TEMPORARY TABLE other AS SELECT size FROM asset;
ANALYZE asset;
ANALYZE other;
CREATE FOREIGN TABLE own (instance_id text OPTIONS (location 'path'), name text, value text) SERVER cloud
  OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances/{instance_id}/configurations', items 'configuration_parameters[]');

SELECT plan_without_filters($$SELECT i.name FROM asset a JOIN cloud.instances i ON i.id = a.instance_id AND i.volume_size = a.size$$);
SELECT plan_without_filters($$SELECT i.name FROM asset a JOIN cloud.instances i ON i.volume_size = a.size AND i.id = a.instance_id$$);
SELECT plan_without_filters($$SELECT o.* FROM asset a JOIN own o ON o.instance_id = a.instance_id AND o.name = a.system$$);
SELECT plan_without_filters($$SELECT o.* FROM asset a JOIN own o ON o.name = a.system AND o.instance_id = a.instance_id$$);
SELECT plan_without_filters($$SELECT i.name FROM asset a, other o, cloud.instances i WHERE i.id = a.instance_id AND i.volume_size = o.size$$);
SELECT plan_without_filters($$SELECT i.name FROM asset a, other o, cloud.instances i WHERE i.volume_size = o.size AND i.id = a.instance_id$$);
SELECT (SELECT count(*) FROM asset a JOIN own o ON o.name = a.system AND o.instance_id = a.instance_id) AS one,
       (SELECT count(*) FROM asset a JOIN own o ON o.instance_id = a.instance_id AND o.name = a.system) AS two;

-- Keys from two tables: an instance and a day, two templates.
CREATE TEMPORARY TABLE day AS SELECT to_char(d, 'YYYY-MM-DD') AS day FROM generate_series(timestamp '2024-12-30', '2024-12-31', '1 day') d;
ANALYZE day;
SELECT plan_without_filters($$SELECT r.* FROM asset a, day d, cloud.restore_times r WHERE r.date = d.day AND r.instance_id = a.instance_id$$);
CREATE TEMPORARY TABLE one AS SELECT id FROM cloud.parameter_templates ORDER BY id LIMIT 2;
CREATE TEMPORARY TABLE two AS SELECT id FROM cloud.parameter_templates ORDER BY id DESC LIMIT 2;
ANALYZE one;
ANALYZE two;
SELECT plan_without_filters($$SELECT d.* FROM one, two, cloud.template_differences d WHERE d.target_id = two.id AND d.source_id = one.id$$);
SELECT emu.forget();
SELECT count(*) > 0 AS some FROM one, two, cloud.template_differences d WHERE d.target_id = two.id AND d.source_id = one.id;
SELECT count(*) AS requests, count(DISTINCT body) AS pairs FROM emu.requests();

-- What the API leaves out of a list does not make the list shorter for the planner.
CREATE FUNCTION cost(query text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE plan json;
BEGIN
  EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
  RETURN (plan->0->'Plan'->>'Total Cost')::numeric;
END $$;
SELECT cost($$SELECT name FROM cloud.backups WHERE status = 'FAILED'$$) >= 0.9 * cost($$SELECT name FROM cloud.backups$$) AS whole_list;
DROP FUNCTION cost;
DROP FOREIGN TABLE own;

--
-- System columns are there, and say nothing.
--
SELECT xmin, xmax, cmin, cmax, ctid, tableoid::regclass, length(name) > 0 AS named FROM cloud.instances LIMIT 1;
SELECT count(DISTINCT i.xmin::text), count(*) FROM asset a JOIN cloud.instances i ON i.id = a.instance_id;

--
-- Rows cannot be changed; the error names what can change things.
--
INSERT INTO cloud.backups (name) VALUES ('x');
UPDATE cloud.instances SET name = 'x' WHERE id = 'y';
DELETE FROM cloud.backups;
INSERT INTO cloud.disk_usage (instance_id) VALUES ('x') ON CONFLICT DO NOTHING;
EXPLAIN DELETE FROM cloud.backups;
SELECT * FROM emu.asked();
