--
-- filter_only
--
-- Columns that are not in the answer.  Only the API can say something about them: what it is
-- asked counts as answered, what it cannot be asked is an error, and never an answer that looks
-- as if it had been.
--
SET timezone = 'UTC';
SET datestyle = 'ISO';
SELECT FROM emu.reset();
SELECT emu.endpoint() AS endpoint \gset
CREATE SCHEMA fo;
CREATE SCHEMA roma;
CREATE SCHEMA drs;
IMPORT FOREIGN SCHEMA roma LIMIT TO (apps, apis) FROM SERVER cloud INTO roma;
IMPORT FOREIGN SCHEMA drs LIMIT TO (jobs_v3, job_content_comparison_details, object_comparisons_v3) FROM SERVER cloud INTO drs;
SET search_path = fo, public;

-- asked(statement): rows and what was asked for them
CREATE FUNCTION asked(statement text, OUT rows bigint, OUT request text) RETURNS SETOF record
LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
  PERFORM emu.forget();
  EXECUTE format('SELECT count(*) FROM (%s OFFSET 0) q', statement) INTO rows;
  FOREACH request IN ARRAY coalesce((SELECT array_agg(a) FROM emu.asked() a), '{nothing}')
  LOOP
    request := replace(request, '{project_id}', '...');
    RETURN NEXT;
    rows := NULL;
  END LOOP;
END
$$;

--
-- A lower and an upper bound.  The same two parameters filter a table whose times are in the
-- answer: here they must give the same rows, unwidened.
--
CREATE TABLE jobs AS SELECT id, name, status, created FROM cloud.jobs WHERE status = 'Completed';
SELECT count(*) > 20 AS enough, min(created) AS first, max(created) AS last FROM jobs \gset
SELECT :'enough' AS enough;
SELECT (percentile_disc(0.5) WITHIN GROUP (ORDER BY created)) AS middle FROM jobs \gset
CREATE VIEW done AS SELECT * FROM cloud.tasks WHERE status = 'Completed';
SELECT count(*) = (SELECT count(*) FROM jobs) AS all_rows FROM done;
SELECT array_agg(job_id ORDER BY job_id) = (SELECT array_agg(id ORDER BY id) FROM jobs WHERE created >= :'middle') AS from_the_middle,
       count(*) > 0 AS some, count(start_time) AS shown FROM done WHERE start_time >= :'middle';
SELECT array_agg(job_id ORDER BY job_id) = (SELECT array_agg(id ORDER BY id) FROM jobs WHERE created <= :'middle') AS to_the_middle,
       count(*) > 0 AS some FROM done WHERE end_time <= :'middle';
SELECT array_agg(job_id ORDER BY job_id) = (SELECT array_agg(id ORDER BY id) FROM jobs
         WHERE created BETWEEN timestamptz :'middle' - interval '3 days' AND timestamptz :'middle' + interval '1 day') AS between,
       count(*) > 0 AS some FROM done
 WHERE start_time >= timestamptz :'middle' - interval '3 days' AND end_time <= timestamptz :'middle' + interval '1 day';
SELECT FROM emu.forget();
-- what is sent, to the millisecond; of two bounds the tighter one
SELECT * FROM asked($$SELECT * FROM cloud.tasks WHERE start_time >= '2024-12-20 10:00:00.123+00' AND end_time < '2024-12-24'$$);
SELECT * FROM asked($$SELECT * FROM cloud.tasks WHERE start_time >= '2024-12-20' AND start_time > '2024-12-22'$$);
-- what the API cannot be told is within its precision, outwards
SELECT * FROM asked($$SELECT * FROM cloud.tasks WHERE start_time > '2024-12-20 10:00:00.1234+00' AND end_time < '2024-12-24 10:00:00.1234'$$);
SELECT * FROM asked($$SELECT * FROM cloud.tasks WHERE start_time >= date '2024-12-20' AND end_time < timestamp '2024-12-24 12:00'$$);
-- known at execution only, in a join, with LIMIT and OFFSET, and counted
PREPARE since(timestamptz) AS SELECT count(*) FROM cloud.tasks WHERE start_time >= $1;
SET plan_cache_mode = force_generic_plan;
EXECUTE since('2024-12-24');
SELECT * FROM emu.asked();
EXECUTE since(NULL);
SELECT * FROM emu.asked();
RESET plan_cache_mode;
EXPLAIN (COSTS OFF) SELECT name FROM cloud.tasks WHERE start_time >= '2024-12-24' AND instance_id = 'x';
EXPLAIN (COSTS OFF) SELECT count(*) FROM cloud.tasks WHERE start_time >= '2024-12-24' AND end_time <= '2024-12-25';
EXPLAIN (COSTS OFF) SELECT name FROM cloud.tasks WHERE start_time >= '2024-12-24' OFFSET 2 LIMIT 3;
SELECT d.day, count(*) = (SELECT count(*) FROM cloud.jobs j WHERE j.created >= d.day) AS same
  FROM (VALUES (timestamptz '2024-12-24'), ('2024-12-28')) d(day) JOIN cloud.tasks t ON t.start_time >= d.day GROUP BY 1 ORDER BY 1;
SELECT d.day, count(t.job_id) > 0 AS some
  FROM (VALUES (timestamptz '2024-12-24'), ('2224-12-28')) d(day) LEFT JOIN cloud.tasks t ON t.start_time >= d.day GROUP BY 1 ORDER BY 1;
SELECT FROM emu.forget();
-- a range that ends before it begins is empty: the API would refuse it
SELECT * FROM asked($$SELECT * FROM cloud.tasks WHERE start_time >= '2024-12-24' AND end_time <= '2024-12-20'$$);

--
-- Every other condition is an error, wherever it stands, and nothing is asked.
--
CREATE TABLE times (t timestamptz, s text);
INSERT INTO times VALUES ('2024-12-24', 'a'), ('2024-12-25', 'b');
SELECT state, message, detail, hint FROM told('SELECT * FROM cloud.tasks WHERE start_time = now()');
SELECT statement, t.message
  FROM unnest(ARRAY[
    $$SELECT * FROM cloud.tasks WHERE start_time IS NULL$$,
    $$SELECT * FROM cloud.tasks WHERE start_time IS NOT NULL$$,
    $$SELECT * FROM cloud.tasks WHERE start_time <= now()$$,
    $$SELECT * FROM cloud.tasks WHERE end_time > now()$$,
    $$SELECT * FROM cloud.tasks WHERE start_time <> now()$$,
    $$SELECT * FROM cloud.tasks WHERE start_time IN ('2024-12-24', '2024-12-25')$$,
    $$SELECT * FROM cloud.tasks WHERE start_time BETWEEN '2024-12-24' AND '2024-12-25'$$,
    $$SELECT * FROM cloud.tasks WHERE start_time >= '2024-12-24' OR status = 'Failed'$$,
    $$SELECT * FROM cloud.tasks WHERE start_time >= '2024-12-24' AND start_time::text LIKE '2024%'$$,
    $$SELECT * FROM cloud.tasks WHERE start_time + interval '1 day' > '2024-12-24'$$,
    $$SELECT * FROM cloud.tasks WHERE start_time >= created_at$$,
    $$SELECT * FROM cloud.tasks WHERE start_time = end_time$$,
    $$SELECT * FROM cloud.tasks WHERE coalesce(start_time, now()) = now()$$,
    $$SELECT * FROM cloud.tasks WHERE start_time >= clock_timestamp()$$,
    $$SELECT * FROM cloud.tasks WHERE (SELECT count(*) FROM fo.times WHERE t = start_time) > 0$$,
    $$SELECT count(*) FROM cloud.tasks WHERE start_time IS NULL$$,
    $$SELECT EXISTS (SELECT FROM cloud.tasks WHERE start_time IS NULL)$$,
    $$SELECT * FROM cloud.tasks JOIN fo.times ON t = start_time$$,
    $$SELECT * FROM cloud.tasks JOIN fo.times ON t >= start_time$$,
    $$SELECT * FROM cloud.tasks JOIN fo.times ON t + interval '1 day' = start_time$$,
    $$SELECT * FROM cloud.tasks LEFT JOIN fo.times ON t = start_time$$,
    $$SELECT * FROM cloud.tasks LEFT JOIN fo.times ON s = name AND start_time >= '2024-12-24'$$,
    $$SELECT * FROM fo.times LEFT JOIN cloud.tasks ON s = name WHERE start_time IS NULL$$,
    $$SELECT * FROM cloud.tasks FULL JOIN fo.times ON t = start_time$$,
    $$SELECT * FROM cloud.tasks WHERE start_time IN (SELECT t FROM fo.times)$$,
    $$SELECT * FROM cloud.tasks WHERE start_time NOT IN (SELECT t FROM fo.times)$$,
    $$SELECT * FROM cloud.tasks WHERE NOT EXISTS (SELECT FROM fo.times WHERE t = start_time)$$,
    $$SELECT * FROM cloud.tasks a JOIN cloud.tasks b ON a.start_time = b.end_time$$,
    $$SELECT status FROM cloud.tasks GROUP BY status, start_time HAVING start_time < now()$$]) statement, told(statement) t
 WHERE t.message NOT LIKE 'foreign table "tasks" cannot be read with such a condition on its column "%'
    OR t.hint NOT LIKE 'The API answers %';
SELECT * FROM emu.asked();
-- EXPLAIN says so, and does not fail.
SELECT plan_without_filters($$SELECT * FROM cloud.tasks WHERE start_time IS NULL$$);
-- A query that never comes to the table does not fail either.
SELECT count(*) FROM fo.times JOIN cloud.tasks ON t = start_time WHERE s = 'none' AND name = 'x' AND name = 'y';

--
-- What is not a condition stays allowed.
--
SELECT count(*) = count(job_id) AS all, count(start_time) AS shown FROM cloud.tasks;
SELECT count(*) FROM (SELECT DISTINCT start_time FROM cloud.tasks) t;
SELECT count(*) FROM (SELECT start_time FROM cloud.tasks GROUP BY start_time) t;
SELECT count(*) > 0 AS some FROM (SELECT * FROM cloud.tasks ORDER BY start_time, end_time OFFSET 0) t;
SELECT count(*) > 0 AS some FROM (SELECT row_number() OVER (PARTITION BY start_time ORDER BY job_id) FROM cloud.tasks) t;
SELECT start_time IS NULL AS shown FROM cloud.tasks LIMIT 1;
SELECT count(*) > 0 AS some FROM (SELECT t FROM cloud.tasks t) x;
SELECT FROM emu.forget();

--
-- A value that is equal: the column shows it, and other conditions are checked on it.
--
CREATE FOREIGN TABLE named (
  id text,
  name text,
  wanted text OPTIONS (parameter 'name', match 'exact_star', in_answer 'false'))
SERVER cloud OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances', items 'instances',
  total 'total_count', paging 'records', max_limit '100', key 'id');
SELECT name, wanted FROM named WHERE wanted = 'erp-prod-0001';
SELECT name, wanted FROM named WHERE wanted IN ('erp-prod-0001', 'crm-test-0003', 'none') ORDER BY 1;
SELECT * FROM emu.asked();
SELECT * FROM asked($$SELECT * FROM named WHERE wanted = 'erp-prod-0001' AND wanted LIKE 'erp%'$$);
SELECT * FROM asked($$SELECT * FROM named WHERE wanted = 'erp-prod-0001' AND wanted LIKE 'crm%'$$);
SELECT * FROM asked($$SELECT * FROM named WHERE wanted IN ('erp-prod-0001', 'crm-test-0003') AND wanted > 'd'$$);
SELECT * FROM asked($$SELECT * FROM named WHERE wanted IN ('erp-prod-0001', 'crm-test-0003') AND wanted IS NULL$$);
SELECT * FROM asked($$SELECT * FROM named WHERE wanted IN ('erp-prod-0001', 'crm-test-0003') AND (wanted = 'crm-test-0003' OR name = 'x')$$);
SELECT * FROM asked($$SELECT * FROM named WHERE wanted = 'erp-prod-0001' AND wanted = name$$);
SELECT * FROM asked($$SELECT * FROM named WHERE wanted = 'erp-prod-0001' AND wanted = 'crm-test-0003'$$);
SELECT * FROM asked($$SELECT * FROM named WHERE wanted = NULL$$);
-- more values than a filter that the answer shows would be asked for; a filter beside it
SELECT count(*) AS rows FROM named WHERE wanted IN (SELECT name FROM copy.instances ORDER BY name LIMIT 15);
SELECT count(*) AS requests FROM emu.asked();
-- LIKE: what the parameter says, and nothing else
SELECT * FROM asked($$SELECT * FROM named WHERE wanted LIKE '%prod%'$$);
SELECT (SELECT count(*) FROM named WHERE wanted LIKE '%prod%') = (SELECT count(*) FROM copy.instances WHERE name LIKE '%prod%') AS same,
       (SELECT count(wanted) FROM named WHERE wanted LIKE '%prod%') AS shown;
SELECT * FROM asked($$SELECT * FROM named WHERE wanted LIKE 'erp-prod-0001'$$);
SELECT FROM emu.forget();
SELECT condition, t.message, t.detail, t.hint
  FROM unnest(ARRAY['erp%', '%erp', '%e_p%', '%e%p%', '%', '', '%*erp%', '*erp']) condition,
       told(format('SELECT * FROM fo.named WHERE wanted LIKE %L', condition)) t;
SELECT t.message, t.detail FROM told($$SELECT * FROM fo.named WHERE wanted LIKE '%erp%' AND wanted LIKE '%prod%'$$) t;
SELECT t.message, t.detail, t.hint FROM told($$SELECT * FROM fo.named WHERE wanted LIKE ANY ('{%erp%,%prod%}')$$) t;
SELECT * FROM emu.asked();

--
-- Values that cannot be sent are errors, those that no row can have give no rows: also when
-- they are known at execution only.
--
PREPARE wanted(text) AS SELECT name, wanted FROM named WHERE wanted = $1;
PREPARE any_wanted(text[]) AS SELECT name, wanted FROM named WHERE wanted = ANY ($1);
CREATE FUNCTION executed(statement text) RETURNS SETOF text LANGUAGE plpgsql
AS $$
DECLARE
  mode text;
BEGIN
  FOREACH mode IN ARRAY '{force_custom_plan,force_generic_plan}'::text[]
  LOOP
    PERFORM set_config('plan_cache_mode', mode, true);
    RETURN QUERY SELECT concat_ws(' | ', t.state, t.message, t.detail, t.hint) FROM told(statement) t;
  END LOOP;
END
$$;
SELECT DISTINCT e FROM executed($$EXECUTE wanted('')$$) e;
SELECT DISTINCT e FROM executed($$EXECUTE wanted('*x')$$) e;
SELECT DISTINCT e FROM executed($$EXECUTE wanted(repeat('x', 2001))$$) e;
SELECT DISTINCT e FROM executed($$EXECUTE any_wanted('{erp-prod-0001,""}')$$) e;
SELECT DISTINCT e FROM executed($$EXECUTE any_wanted('{}')$$) e;
SELECT DISTINCT e FROM executed($$EXECUTE wanted('erp-prod-0001')$$) e;
PREPARE later(timestamptz) AS SELECT count(*) FROM cloud.tasks WHERE start_time >= $1;
SELECT DISTINCT e FROM executed($$EXECUTE later('infinity')$$) e;
SELECT DISTINCT e FROM executed($$EXECUTE later('-infinity')$$) e;
SELECT DISTINCT e FROM executed($$EXECUTE later('20000-01-01')$$) e;
SELECT DISTINCT e FROM executed($$EXECUTE later('0044-03-15 BC')$$) e;
PREPARE moment(timestamptz) AS SELECT count(*) FROM cloud.restorable_instances
  WHERE source_instance_id = '5d825a18602349e7470cd44adaaa079cin14' AND restore_time = $1;
SELECT DISTINCT e FROM executed($$EXECUTE moment('2024-12-24 10:00:00.0001')$$) e;
SELECT DISTINCT e FROM executed($$EXECUTE moment('infinity')$$) e;
SELECT * FROM emu.asked() WHERE asked NOT LIKE '%name=erp-prod-0001%';
-- outside of what the API takes there are no rows
SELECT * FROM asked($$SELECT * FROM cloud.flavors WHERE ha_mode = 'none'$$);
SELECT * FROM asked($$SELECT ha_mode FROM cloud.flavors WHERE ha_mode IN ('none', 'enterprise') LIMIT 1$$);
SELECT DISTINCT ha_mode FROM cloud.flavors WHERE ha_mode IN ('none', 'enterprise', 'centralization_standard') ORDER BY 1;
SELECT count(*) FROM cloud.storage_types WHERE version = '8.201' AND ha_mode = ANY ('{x,y}');
SELECT FROM emu.forget();
-- In a join a value that cannot be sent is an error when its row is reached, and not before.
CREATE TABLE wishes (n int, name text);
INSERT INTO wishes VALUES (1, 'erp-prod-0001'), (2, 'crm-test-0003'), (3, '');
SELECT w.n, i.name FROM wishes w JOIN named i ON i.wanted = w.name LIMIT 2;
SELECT w.n, i.name FROM wishes w JOIN named i ON i.wanted = w.name;
SELECT FROM emu.forget();

--
-- Joins: a plan that asks for the value of each outer row is taken, whatever else is cheap or
-- turned off.
--
DELETE FROM wishes WHERE n = 3;
ANALYZE wishes;
SELECT plan_without_filters($$SELECT w.n, i.name, i.wanted FROM wishes w JOIN named i ON i.wanted = w.name$$);
SELECT w.n, i.name, i.wanted FROM wishes w JOIN named i ON i.wanted = w.name ORDER BY 1;
SELECT * FROM emu.asked();
SET enable_nestloop = off;
SELECT w.n, i.name, i.wanted FROM wishes w JOIN named i ON i.wanted = w.name ORDER BY 1;
SELECT w.n, i.name FROM wishes w LEFT JOIN named i ON i.wanted = w.name AND i.name LIKE 'e%' ORDER BY 1;
RESET enable_nestloop;
SELECT w.n FROM wishes w WHERE EXISTS (SELECT FROM named i WHERE i.wanted = w.name) ORDER BY 1;
SELECT w.n FROM wishes w WHERE NOT EXISTS (SELECT FROM named i WHERE i.wanted = w.name) ORDER BY 1;
SELECT i.name FROM named i WHERE i.wanted IN (SELECT name FROM wishes) ORDER BY 1;
SELECT i.name FROM named i JOIN wishes w ON w.name = i.wanted WHERE i.wanted = 'erp-prod-0001';
SELECT w.n, l.* FROM wishes w, LATERAL (SELECT i.name FROM named i WHERE i.wanted = w.name LIMIT 1) l ORDER BY 1;
SELECT w.n, (SELECT i.name FROM named i WHERE i.wanted = w.name) FROM wishes w ORDER BY 1;
SELECT a.name, b.name FROM named a JOIN named b ON b.wanted = a.name WHERE a.wanted = 'erp-prod-0001';
-- both sides need a value, and none gives it
SELECT a.name FROM named a JOIN named b ON b.wanted = a.wanted;
SELECT FROM emu.forget();

--
-- Matches of other kinds
--
CREATE FOREIGN TABLE kinds (
  id text,
  name text,
  loose text OPTIONS (parameter 'id', in_answer 'false'),
  contains text OPTIONS (parameter 'name', match 'contains', in_answer 'false'),
  prefix text OPTIONS (parameter 'prefix', match 'prefix', in_answer 'false'),
  nothing text OPTIONS (in_answer 'false'),
  number int OPTIONS (parameter 'number', match 'from', in_answer 'false'),
  day timestamptz OPTIONS (parameter 'day', match 'to', time_form 'date', in_answer 'false'))
SERVER cloud OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances', items 'instances',
  total 'total_count', paging 'records', max_limit '100');
SELECT t.message, t.hint FROM told($$SELECT * FROM fo.kinds WHERE loose IS NULL$$) t;
SELECT t.message, t.hint FROM told($$SELECT * FROM fo.kinds WHERE contains = 'x'$$) t;
SELECT t.message, t.hint FROM told($$SELECT * FROM fo.kinds WHERE prefix = 'x'$$) t;
SELECT t.message, t.hint FROM told($$SELECT * FROM fo.kinds WHERE nothing = 'x'$$) t;
SELECT t.message, t.hint FROM told($$SELECT * FROM fo.kinds WHERE number = 1$$) t;
SELECT t.message, t.hint FROM told($$SELECT * FROM fo.kinds WHERE day >= now()$$) t;
SELECT t.message, t.detail FROM told($$SELECT * FROM fo.kinds WHERE day <= '2024-12-24 12:00'$$) t;
SELECT t.message, t.detail FROM told($$SELECT * FROM fo.kinds WHERE number >= 5000000000$$) t;
SELECT t.message, t.detail FROM told($$SELECT * FROM fo.kinds WHERE prefix LIKE '%x'$$) t;
EXPLAIN (COSTS OFF) SELECT * FROM kinds WHERE number >= 5 AND number > 7::int8 AND day < '2024-12-24' AND prefix LIKE 'x%';
EXPLAIN (COSTS OFF) SELECT * FROM kinds WHERE contains LIKE '%x%' AND loose = ANY ('{a,b}');
SELECT loose, name FROM kinds WHERE loose IN ('5d825a18602349e7470cd44adaaa079cin14', 'x') AND loose <> 'x';
SELECT FROM emu.forget();

--
-- The route that can answer the condition is taken, though there is one by key.
--
SELECT instance_id AS roma_instance, id AS app FROM roma.apps ORDER BY id LIMIT 1 \gset
SELECT FROM emu.forget();
SELECT id = :'app' AS found, auth_role FROM roma.apps WHERE instance_id = :'roma_instance' AND id = :'app' AND auth_role = 'read';
SELECT count(*) > 0 AS listed FROM emu.asked() WHERE asked LIKE '%auth_role=read%';
-- A domain that is walked through gives the column its values: they can be checked.
EXPLAIN (COSTS OFF) SELECT * FROM drs.job_content_comparison_details WHERE compare_detail_type LIKE 'un%';
-- A default does not: the rows of other values were not asked for.
SELECT plan_without_filters($$SELECT * FROM drs.object_comparisons_v3 WHERE current_page > 1$$);
EXPLAIN (COSTS OFF) SELECT * FROM drs.object_comparisons_v3 WHERE current_page = 2;
CREATE FOREIGN TABLE defaulted (spec_code text, ha_mode text OPTIONS (parameter 'ha_mode', match 'exact', required 'true',
  domain 'centralization_standard|enterprise', fallback 'enterprise', in_answer 'false'))
SERVER cloud OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/flavors', items 'flavors', total 'total', paging 'records', max_limit '100');
SELECT (SELECT count(*) FROM defaulted) = (SELECT count(*) FROM cloud.flavors WHERE ha_mode = 'enterprise') AS same,
       (SELECT count(DISTINCT ha_mode) FROM defaulted) AS modes,
       (SELECT count(*) FROM defaulted WHERE ha_mode = 'centralization_standard') > 0 AS others;
SELECT count(*) FROM defaulted WHERE ha_mode LIKE 'ent%';
-- JSON, asked for and shown as it is
SELECT count(*) > 0 AS some, bool_and(tags = '{"stage": "prod"}') AS shown FROM drs.jobs_v3 WHERE tags = '{"stage": "prod"}';
SELECT count(*) > 0 AS some, count(DISTINCT tags) AS shown FROM drs.jobs_v3 WHERE tags IN ('{"stage": "prod"}', '{"stage": "none"}');
SELECT t.message, t.hint FROM told($$SELECT * FROM drs.jobs_v3 WHERE tags @> '{"stage": "prod"}'$$) t;

-- Turning optimisations off does not turn off what only the API can say.
SET gaussdb_mgmt_fdw.disable = 'filters, limits, counts, pages, rescans, joins, cache';
SELECT FROM emu.forget();
SELECT name, wanted FROM named WHERE wanted = 'erp-prod-0001';
SELECT * FROM emu.asked();
SELECT count(*) FROM cloud.tasks WHERE start_time >= '2024-12-24';
SELECT * FROM emu.asked();
SELECT w.n, i.name, i.wanted FROM wishes w JOIN named i ON i.wanted = w.name ORDER BY 1;
RESET gaussdb_mgmt_fdw.disable;

-- below an Append, and of a partition
CREATE TABLE parts (id text, name text, wanted text) PARTITION BY LIST (name);
CREATE FOREIGN TABLE part PARTITION OF parts DEFAULT SERVER cloud
  OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances', items 'instances', total 'total_count',
           paging 'records', max_limit '100');
ALTER FOREIGN TABLE part ALTER wanted OPTIONS (parameter 'name', match 'exact_star', in_answer 'false');
SELECT name, wanted FROM parts WHERE wanted = 'erp-prod-0001';
SELECT w.n, p.name FROM wishes w JOIN parts p ON p.wanted = w.name ORDER BY 1;
SELECT name FROM parts WHERE wanted > 'a';
SELECT count(*) FROM parts p LEFT JOIN wishes w ON p.wanted = w.name;

DROP SCHEMA fo CASCADE;
DROP SCHEMA roma CASCADE;
DROP SCHEMA drs CASCADE;
