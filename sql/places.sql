--
-- places
--
-- Places in an answer: names with whatever characters, and places where nothing can be.
--
CREATE SCHEMA places;
SET search_path = places, public;
SELECT FROM emu.fault(jsonb_build_object('match', '{"operation_id": "ListInstancesDetails"}'::jsonb,
  'effect', jsonb_build_object('status', 200, 'headers', '{"Content-Type": "application/json"}'::jsonb,
    'body', '{"the.rows": [{"id": "s1", "OS-EXT-STS:vm_state": "active", "x.y|z": 5,
      "metadata": {"metering.order_id": "CS18", "vpc_id": "v", "@key": "k"}}], "gen": 7}')));
CREATE FOREIGN TABLE named (
  id text,
  state text OPTIONS (json_path 'OS-EXT-STS:vm_state'),
  order_id text OPTIONS (json_path 'metadata."metering.order_id"'),
  vpc text OPTIONS (json_path 'metadata.vpc_id'),
  strange text OPTIONS (json_path 'metadata."@key"'),
  gen integer OPTIONS (json_path '$.gen'),
  "x.y|z" integer
) SERVER cloud OPTIONS (service 'gaussdb', path '/v3.1/{project_id}/instances', items '"the.rows"');
SELECT * FROM named;
-- misspelt, it shows at the first answer
ALTER FOREIGN TABLE named OPTIONS (SET items 'the.rows');
\set VERBOSITY terse
SELECT id FROM named;
\set VERBOSITY default
ALTER FOREIGN TABLE named OPTIONS (SET items 'the.rows|');
SELECT id FROM named;
ALTER FOREIGN TABLE named OPTIONS (SET items '"the.rows');
SELECT FROM emu.no_faults();

-- These can never have a value.
CREATE FOREIGN TABLE never (x text OPTIONS (json_path '@value.total')) SERVER cloud
  OPTIONS (service 'x', path '/x', items 'a{}');
CREATE FOREIGN TABLE never (x text OPTIONS (json_path '^.@key')) SERVER cloud
  OPTIONS (service 'x', path '/x', items 'a[].b{}');
CREATE FOREIGN TABLE never (x text OPTIONS (json_path '@key.x')) SERVER cloud
  OPTIONS (service 'x', path '/x', items 'a{}');
CREATE FOREIGN TABLE never (x text OPTIONS (json_path '^.gen')) SERVER cloud
  OPTIONS (service 'x', path '/x', items 'a{}');
SELECT * FROM never;
ALTER FOREIGN TABLE never ALTER x OPTIONS (SET json_path '@key');
ALTER FOREIGN TABLE never OPTIONS (SET items 'a');
SELECT * FROM never;

-- Pages that are named by a link
CREATE FOREIGN TABLE linked (id text) SERVER cloud OPTIONS (service 'x', path '/x', items 'a', next_link 'next', paging 'marker');
CREATE FOREIGN TABLE linked (id text) SERVER cloud OPTIONS (service 'x', path '/x', items 'a', next_link 'a..b');
CREATE FOREIGN TABLE linked (id text) SERVER cloud OPTIONS (service 'x', path '/x', items 'a', next_link 'links.next');
EXPLAIN (COSTS OFF) SELECT * FROM linked;
ALTER FOREIGN TABLE linked OPTIONS (ADD limit_parameter 'per_page', ADD max_limit '50');
EXPLAIN (COSTS OFF) SELECT * FROM linked;

RESET search_path;
DROP SCHEMA places CASCADE;
