--
-- types
--
-- Values of other types than the column's, and forms on the wire that do not hold all of a
-- value: what is sent never leaves a row out, and what is called exact is.
--
SET timezone = 'UTC';
SET datestyle = 'ISO';
SELECT FROM emu.reset();
CREATE SCHEMA ty;
CREATE SCHEMA roma;
IMPORT FOREIGN SCHEMA roma LIMIT TO (product_device_counts, products, devices, apis) FROM SERVER cloud INTO roma;
SET search_path = ty, public;

-- compared(table, condition, ...): is it what the copy gives, and what was asked?
CREATE FUNCTION compared(name text, VARIADIC conditions text[], OUT condition text, OUT rows bigint, OUT correct boolean, OUT request text)
RETURNS SETOF record LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  here text;
  there text;
BEGIN
  FOREACH condition IN ARRAY conditions
  LOOP
    PERFORM emu.forget();
    EXECUTE format('SELECT count(*), array_agg(t::text ORDER BY t::text)::text FROM %s t WHERE %s', name, condition) INTO rows, there;
    SELECT string_agg(replace(a, '{project_id}', '...'), ', ') INTO request FROM emu.asked() a;
    EXECUTE format('SELECT array_agg(t::text ORDER BY t::text)::text FROM %s t WHERE %s', 'ty.' || split_part(name, '.', 2), condition) INTO here;
    correct := here IS NOT DISTINCT FROM there;
    request := regexp_replace(request, '&limit=100&offset=0|limit=100&offset=0&?', '', 'g');
    RETURN NEXT;
  END LOOP;
END
$$;

--
-- Integers of all sizes
--
SELECT instance_id AS roma_instance, id AS product FROM roma.products ORDER BY id LIMIT 1 \gset
CREATE TABLE product_device_counts AS SELECT * FROM roma.product_device_counts;
CREATE TABLE products AS SELECT * FROM roma.products;
SELECT count(*) > 1 AS some FROM product_device_counts;
SELECT pg_typeof(:product) AS type;
SELECT condition, rows, correct, replace(replace(request, :'roma_instance', 'ROMA'), :'product', 'PRODUCT') AS request
  FROM compared('roma.product_device_counts',
  format($$ product_id = %s AND instance_id = %L $$, :product, :'roma_instance'),
  format($$ %s = product_id AND instance_id = %L $$, :product, :'roma_instance'),
  format($$ product_id = %s::bigint AND instance_id = %L $$, :product, :'roma_instance'),
  format($$ product_id = %s::smallint AND instance_id = %L $$, :product % 30000, :'roma_instance'),
  format($$ product_id = ANY ('{%s,5}'::int[]) AND instance_id = %L $$, :product, :'roma_instance'),
  format($$ product_id = ANY ('{5,6}'::smallint[]) AND instance_id = %L $$, :'roma_instance'),
  format($$ product_id IN (%s, 5) AND instance_id = %L $$, :product, :'roma_instance'),
  format($$ product_id IN (%s, 50000000000) AND instance_id = %L $$, :product, :'roma_instance'),
  format($$ product_id = %s AND product_id = %s::bigint AND instance_id = %L $$, :product, :product, :'roma_instance'),
  format($$ product_id = %s AND product_id = %s::bigint + 1 AND instance_id = %L $$, :product, :product, :'roma_instance'),
  format($$ product_id > %s AND instance_id = %L AND product_id = %s $$, :product - 1, :'roma_instance', :product));
EXPLAIN (COSTS OFF) SELECT * FROM roma.product_device_counts WHERE product_id = 5 AND instance_id = 'x';
-- a join, and a value that is known at execution
CREATE TABLE wanted AS SELECT id::int AS small, id::bigint AS large, instance_id FROM products ORDER BY id LIMIT 2;
ANALYZE wanted;
SELECT FROM emu.forget();
SELECT count(*) FROM wanted w JOIN roma.product_device_counts c ON c.product_id = w.small AND c.instance_id = w.instance_id;
SELECT count(*) AS requests FROM emu.asked();
PREPARE product(int, smallint, bigint) AS
  SELECT count(*) FROM roma.product_device_counts WHERE instance_id = :'roma_instance' AND product_id = ANY (ARRAY[$1, $2]) AND product_id <> $3;
SET plan_cache_mode = force_generic_plan;
EXECUTE product(:product, 3::smallint, 4);
SELECT count(*) AS requests FROM emu.asked();
RESET plan_cache_mode;

-- a four-byte column beside eight bytes, a two-byte column of a table of one's own
CREATE TABLE apis AS SELECT id, type FROM roma.apis;
SELECT type AS kind FROM apis ORDER BY 1 LIMIT 1 \gset
CREATE FOREIGN TABLE own (id text, type smallint OPTIONS (parameter 'type', match 'exact'),
  instance_id text OPTIONS (location 'path', in_answer 'false'))
SERVER cloud OPTIONS (service 'roma', path '/v2/{project_id}/apic/instances/{instance_id}/apis', items 'apis', total 'total',
  paging 'records', max_limit '500', offset_parameter 'offset');
CREATE VIEW two AS SELECT id, type FROM roma.apis WHERE instance_id = :'roma_instance';
CREATE VIEW three AS SELECT id, type FROM own WHERE instance_id = :'roma_instance';
CREATE FUNCTION types(VARIADIC conditions text[], OUT condition text, OUT same boolean, OUT requests text) RETURNS SETOF record LANGUAGE plpgsql
AS $$
DECLARE
  here bigint;
  there bigint;
  name text;
BEGIN
  FOREACH condition IN ARRAY conditions
  LOOP
    FOREACH name IN ARRAY '{two,three}'::text[]
    LOOP
      PERFORM emu.forget();
      EXECUTE format('SELECT count(id) FROM ty.%I WHERE %s', name, condition) INTO there;
      SELECT count(*) || ' with ' || coalesce(string_agg(DISTINCT coalesce(substring(a, 'type=[-0-9]+'), 'none'), ', '), 'nothing') INTO requests FROM emu.asked() a;
      EXECUTE format('SELECT count(id) FROM roma.apis WHERE instance_id = %L AND (%s) IS TRUE', (SELECT instance_id FROM ty.wanted LIMIT 1), condition) INTO here;
      same := here = there;
      RETURN NEXT;
    END LOOP;
  END LOOP;
END
$$;
SELECT * FROM types($$ type = 1 $$, $$ type = 1::smallint $$, $$ type = 1::bigint $$, $$ 1::bigint = type $$, $$ type IN (1, 2) $$,
  $$ type = 5000000000 $$, $$ type IN (1, 5000000000) $$, $$ type = ANY ('{1,5000000000,-9223372036854775808}'::bigint[]) $$,
  $$ type = '-9223372036854775808'::bigint $$, $$ type < 5000000000 $$, $$ type = 1.0 $$, $$ type::bigint = 1 $$);

--
-- Times beside dates and times without a zone.  What they cannot be is no error, and
-- infinities stay what they are.
--
SELECT * FROM found('backups',
  $$ begin_time < date '5874897-12-31' AND type = 'manual' $$,
  $$ begin_time > date '5874897-12-31' AND type = 'manual' $$,
  $$ begin_time = date '5874897-12-31' AND type = 'manual' $$,
  $$ begin_time >= date '4713-01-01 BC' AND type = 'manual' $$,
  $$ end_time <= date '294277-01-01' AND type = 'manual' $$,
  $$ begin_time < date 'infinity' AND type = 'manual' $$,
  $$ begin_time >= date '-infinity' AND type = 'manual' $$,
  $$ begin_time >= timestamp 'infinity' AND type = 'manual' $$,
  $$ begin_time = timestamp 'infinity' AND type = 'manual' $$,
  $$ begin_time <= timestamp 'infinity' AND type = 'manual' $$,
  $$ begin_time <= timestamptz '294276-12-31 23:59:59' AND type = 'manual' $$,
  $$ begin_time >= timestamptz '4713-01-01 BC' AND type = 'manual' $$,
  $$ begin_time >= '2000-01-01' AND begin_time >= '-infinity' AND type = 'manual' $$,
  $$ begin_time = 'infinity' AND type = 'manual' $$,
  $$ begin_time = ANY (ARRAY['infinity'::timestamptz, NULL]) AND type = 'manual' $$,
  $$ begin_time >= '0001-01-01 BC' AND type = 'manual' $$,
  $$ begin_time < '10000-01-01' AND type = 'manual' $$,
  $$ date '2024-12-31' <= begin_time $$,
  $$ begin_time = ANY ('{2024-12-31 23:55:27}'::timestamp[]) $$,
  $$ begin_time = ANY ('{2024-12-31,5874897-12-31}'::date[]) $$);
SET timezone = 'Asia/Shanghai';
SELECT * FROM found('backups',
  $$ begin_time >= date '2024-12-31' $$,
  $$ begin_time >= timestamp '2024-12-31 12:00' $$,
  $$ end_time < date '2024-12-02' $$);
SET timezone = 'UTC';

--
-- Positions that no list has
--
SELECT FROM emu.forget();
SELECT name FROM cloud.instances OFFSET 9223372036854775807;
SELECT name FROM cloud.instances OFFSET 9223372036854775807 LIMIT 9223372036854775807;
SELECT name FROM cloud.instances WHERE status = 'FAILED' OFFSET 9223372036854775807 LIMIT 1;
SELECT name FROM cloud.instances OFFSET 9223372036854775806 LIMIT 1;
SELECT count(*) FROM (SELECT name FROM cloud.databases WHERE instance_id = '5d825a18602349e7470cd44adaaa079cin14' OFFSET 4611686018427387904) d;
SELECT * FROM emu.asked();
SELECT count(*) FROM (SELECT name FROM cloud.instances OFFSET 2147483647) i;
SELECT count(*) FROM (SELECT name FROM cloud.instances LIMIT 9223372036854775807) i;
SELECT count(*) FROM (SELECT name FROM cloud.instances OFFSET 3 LIMIT 9223372036854775807) i;
SELECT count(*) FROM (SELECT name FROM cloud.instances WHERE status <> 'FAILED' OFFSET 3 LIMIT 9223372036854775806) i;
SELECT * FROM emu.asked();
CREATE FOREIGN TABLE endless (name text) SERVER cloud OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances',
  items 'instances', paging 'records');
SELECT count(*) FROM (SELECT name FROM endless LIMIT 9223372036854775807) i;
SELECT count(*) > 1 AS pages, bool_and(asked LIKE '%?limit=100&%') AS bounded FROM emu.asked();

--
-- What is lost on the way: a service that filters by whole seconds, and by days.  It has two
-- events on the first of January, at 14:00:00 and at 23:30:00.5, and one at midnight.
--
SELECT FROM emu.fault($$[
  {"match": {"path_regex": "offset=[1-9]"}, "effect": {"status": 200, "body": "{\"events\": []}"}},
  {"match": {"path_regex": "moment=-?[0-9]+(&|$)"}, "effect": {"status": 200, "body": "{\"events\": [{\"id\": 1}]}"}},
  {"match": {"path_regex": "(created|moment)=2024-01-02T00%3A00%3A00Z"}, "effect": {"status": 200, "body": "{\"total\": 1, \"events\": [{\"id\": 3, \"created\": \"2024-01-02T00:00:00Z\"}]}"}},
  {"match": {"path_regex": "(created|moment)=2024-01-01T14%3A00%3A00Z"}, "effect": {"status": 200, "body": "{\"total\": 1, \"events\": [{\"id\": 1, \"created\": \"2024-01-01T14:00:00Z\"}]}"}},
  {"match": {"path_regex": "(created|moment)=2024-01-01T23%3A30%3A00Z"}, "effect": {"status": 200, "body": "{\"total\": 1, \"events\": [{\"id\": 2, \"created\": \"2024-01-01T23:30:00.5Z\"}]}"}},
  {"match": {"path_regex": "(created|moment)="}, "effect": {"status": 200, "body": "{\"total\": 0, \"events\": []}"}},
  {"match": {"path_regex": "day=2024-01-01"}, "effect": {"status": 200, "body": "{\"total\": 2, \"events\": [{\"id\": 1, \"created\": \"2024-01-01T14:00:00Z\"}, {\"id\": 2, \"created\": \"2024-01-01T23:30:00.5Z\"}]}"}},
  {"match": {"path_regex": "day=2024-01-02"}, "effect": {"status": 200, "body": "{\"total\": 1, \"events\": [{\"id\": 3, \"created\": \"2024-01-02T00:00:00Z\"}]}"}},
  {"match": {"path_regex": "until=2024-01-01"}, "effect": {"status": 200, "body": "{\"total\": 0, \"events\": []}"}},
  {"match": {"path_regex": "until=2024-01-02"}, "effect": {"status": 200, "body": "{\"total\": 2, \"events\": [{\"id\": 1, \"created\": \"2024-01-01T14:00:00Z\"}, {\"id\": 2, \"created\": \"2024-01-01T23:30:00.5Z\"}]}"}},
  {"match": {"path_regex": "since=2024-01-02"}, "effect": {"status": 200, "body": "{\"total\": 1, \"events\": [{\"id\": 3, \"created\": \"2024-01-02T00:00:00Z\"}]}"}},
  {"match": {"path_regex": "/events"}, "effect": {"status": 200, "body": "{\"total\": 3, \"events\": [{\"id\": 1, \"created\": \"2024-01-01T14:00:00Z\"}, {\"id\": 2, \"created\": \"2024-01-01T23:30:00.5Z\"}, {\"id\": 3, \"created\": \"2024-01-02T00:00:00Z\"}]}"}}
]$$);
CREATE FUNCTION make_events(name text, options text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE FOREIGN TABLE %I (id int, created timestamptz OPTIONS (%s), moment timestamptz OPTIONS (%s))
    SERVER cloud OPTIONS (service ''ours'', path ''/v1/{project_id}/events'', items ''events'', total ''total'', paging ''records'', max_limit ''100'')',
    name, options, 'parameter ''moment'', match ''exact'', in_answer ''false''');
END
$$;
SELECT FROM make_events('seconds', $$match 'exact'$$);
SELECT FROM make_events('days', $$parameter 'day', match 'exact', time_form 'date'$$);
SELECT FROM make_events('loose_days', $$parameter 'day', time_form 'date'$$);
SELECT FROM make_events('until', $$parameter 'until', match 'to', time_form 'date'$$);
SELECT FROM make_events('since', $$parameter 'since', match 'from', time_form 'date'$$);
CREATE TABLE events (id int, created timestamptz);
INSERT INTO events VALUES (1, '2024-01-01 14:00Z'), (2, '2024-01-01 23:30:00.5Z'), (3, '2024-01-02 00:00Z');
-- all_ways(tables, conditions): rows, the count, and the rows behind the first, each beside what is
-- right
CREATE FUNCTION all_ways(names text[], VARIADIC conditions text[], OUT name text, OUT condition text, OUT ids text, OUT correct boolean, OUT request text)
RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
  here text;
  there text;
  mode text;
  form text;
BEGIN
  FOREACH name IN ARRAY names
  LOOP
    FOREACH condition IN ARRAY conditions
    LOOP
      PERFORM emu.forget();
      EXECUTE format('SELECT coalesce(string_agg(id::text, '','' ORDER BY id), ''none'') FROM %I WHERE created %s', name, condition) INTO ids;
      SELECT string_agg(regexp_replace(a, '^.*/events\??|&?limit=\d+&offset=\d+&?', '', 'g'), ', ') INTO request FROM emu.asked() a;
      correct := true;
      FOREACH mode IN ARRAY '{force_custom_plan,force_generic_plan}'::text[]
      LOOP
        FOREACH form IN ARRAY ARRAY[
          'SELECT count(*)::text FROM %I WHERE created %s',
          'SELECT string_agg(id::text, '','' ORDER BY id) FROM (SELECT id FROM %I WHERE created %s) s',
          'SELECT string_agg(id::text, '','' ORDER BY id) FROM (SELECT id FROM %I WHERE created %s OFFSET 1) s',
          'SELECT string_agg(id::text, '','' ORDER BY id) FROM (SELECT id FROM %I WHERE created %s LIMIT 1) s',
          'SELECT string_agg(id::text, '','' ORDER BY id) FROM (SELECT id FROM %I WHERE created %s OFFSET 1 LIMIT 1) s']
        LOOP
          PERFORM set_config('plan_cache_mode', mode, true);
          EXECUTE 'PREPARE p AS ' || format(form, name, condition);
          EXECUTE 'EXECUTE p' INTO there;
          DEALLOCATE p;
          EXECUTE format(form, 'events', condition) INTO here;
          correct := correct AND here IS NOT DISTINCT FROM there;
        END LOOP;
      END LOOP;
      RETURN NEXT;
    END LOOP;
  END LOOP;
END
$$;
SELECT * FROM all_ways('{seconds,days,loose_days,until,since}',
  $$= '2024-01-01 14:00:00Z'$$,
  $$= '2024-01-01 14:00:00.5Z'$$,
  $$= '2024-01-01 23:30:00.5Z'$$,
  $$= '2024-01-01 00:00Z'$$,
  $$= '2024-01-02 00:00Z'$$,
  $$= date '2024-01-02'$$,
  $$IN ('2024-01-01 14:00Z', '2024-01-01 23:30:00.5Z')$$,
  $$<= '2024-01-01 23:30:00.5Z'$$,
  $$<= '2024-01-01 14:00Z'$$,
  $$< date '2024-01-02'$$,
  $$>= '2024-01-02 00:00Z'$$,
  $$> '2024-01-01 23:59:59.9Z'$$);
-- a column that is not in the answer
SELECT id, moment FROM seconds WHERE moment = '2024-01-01 14:00Z';
SELECT id, moment FROM seconds WHERE moment = '2024-01-01 14:00:00.5Z';
SELECT id, moment FROM seconds WHERE moment IN ('2024-01-01 14:00Z', '2024-01-01 23:30:00Z') AND moment < '2024-01-01 20:00Z';
-- times that look like seconds on the wire are shown as they were asked for
ALTER FOREIGN TABLE seconds ALTER moment OPTIONS (ADD time_form 'millis');
SELECT FROM emu.forget();
EXPLAIN (COSTS OFF) SELECT id, moment FROM seconds WHERE moment = '1970-06-01Z';
SELECT DISTINCT moment FROM seconds WHERE moment IN ('1970-06-01Z', '1960-06-01Z', '2024-01-01 14:00:00.001Z') ORDER BY 1;
SELECT FROM emu.no_faults();

--
-- A service that ignores the filter: where the column is in the answer, rows are checked here.
--
SELECT FROM emu.fault($${"match": {"path_regex": "/events"}, "effect": {"status": 200, "body": "{\"events\": [{\"id\": 1, \"kind\": \"a\"}, {\"id\": 2, \"kind\": \"b\"}]}"}}$$);
CREATE FOREIGN TABLE ignored (id int OPTIONS (match 'exact'), kind text OPTIONS (match 'exact'))
SERVER cloud OPTIONS (service 'ours', path '/v1/{project_id}/events', items 'events');
SELECT * FROM ignored WHERE kind = 'b';
SELECT * FROM ignored WHERE id = 1;
SELECT * FROM ignored WHERE kind = 'b' LIMIT 1;
EXPLAIN (COSTS OFF) SELECT * FROM ignored WHERE kind = 'b' AND id = 2;
SELECT FROM emu.no_faults();
DROP SCHEMA roma CASCADE;
DROP SCHEMA ty CASCADE;
