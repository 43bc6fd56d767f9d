--
-- pushdown
--
-- Which conditions are sent to the API, and which are not.  What is sent is a
-- matter of speed only: each query must give what PostgreSQL would give on all of
-- the data, which is what the column "correct" says.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();

-- Two queries in full: the API has a parameter for the first condition ...
SELECT name, status, type FROM cloud.instances WHERE name = 'erp-prod-0001';
SELECT * FROM emu.asked();
-- ... and none for the second: all rows are asked for, and filtered here.
SELECT name, status, type FROM cloud.instances WHERE status = 'FAILED';
SELECT * FROM emu.asked();

--
-- Equality.  An instance by its key is one request; several conditions go along,
-- those that can.
--
SELECT * FROM found('instances',
  $$ name = 'erp-prod-0001' $$,
  $$ 'erp-prod-0001' = name $$,
  $$ name = 'no such instance' $$,
  $$ name = 'ERP-PROD-0001' $$,
  $$ id = '5d825a18602349e7470cd44adaaa079cin14' $$,
  $$ id = '5d825a18602349e7470cd44adaaa079cin14' AND name = 'erp-prod-0001' $$,
  $$ type = 'Enterprise' AND name LIKE '%prod%' AND port = 8001 $$,
  $$ vpc_id = '2150c9c6-b76d-41fd-8c71-968691696f82' $$,
  $$ port = 8001 $$,
  $$ name <> 'erp-prod-0001' $$,
  $$ name >= 'erp' AND name < 'f' $$);
SELECT * FROM found('backups',
  $$ type = 'manual' AND status = 'COMPLETED' $$,
  $$ instance_id = '5d825a18602349e7470cd44adaaa079cin14' AND type = 'auto' $$);

--
-- Values.  To the API a star in front means "contains" and no value means no
-- condition: where they are meant literally, PostgreSQL filters.  Values outside of an
-- enumeration the API would refuse.  Everything else travels as data.
--
SELECT * FROM found('instances',
  $$ name = '*erp' $$,
  $$ name = '*' $$,
  $$ name = 'erp*' $$,
  $$ name = '' $$,
  $$ name = ' ' $$,
  $$ type = 'enterprise' $$,
  $$ type = '' $$,
  $$ name = '../../x?y#z%00 ü''";--' $$,
  $$ name = 'a&id=b+c' $$);
-- No row has a value that is longer than the column can be: there is nothing to ask.
SELECT * FROM found('instances',
  $$ name = repeat('ü', 64) $$,
  $$ name = repeat('ü', 65) $$,
  $$ id IN (repeat('x', 65), repeat('y', 66)) $$);
-- The API ignores the case of this one; SQL does not.
SELECT * FROM found('instances',
  $$ datastore_type = 'GaussDB' $$,
  $$ datastore_type = 'gaussdb' $$);

--
-- IN and = ANY: a request for each value.
--
SELECT * FROM found('instances',
  $$ name IN ('erp-prod-0001', 'crm-test-0003', 'none') $$,
  $$ name = ANY ('{erp-prod-0001,erp-prod-0001}') $$,
  $$ name = ANY (ARRAY(SELECT min(name) FROM copy.instances)) $$,
  $$ name = (SELECT min(name) FROM copy.instances) $$,
  $$ type IN ('Enterprise', 'Centralization_standard') $$);
-- NULL is equal to nothing, and so is an empty list.
SELECT * FROM found('instances',
  $$ name = NULL $$,
  $$ name IN ('erp-prod-0001', NULL) $$,
  $$ name = ANY ('{NULL}') $$,
  $$ name = ANY ('{}') $$,
  $$ name = ANY (NULL::text[]) $$,
  $$ name = (SELECT name FROM copy.instances WHERE false) $$);
-- Where one of the values cannot be sent, none is; nor are so many that the whole list
-- is cheaper.  Negations are PostgreSQL's.
SELECT * FROM found('instances',
  $$ name IN ('erp-prod-0001', '*crm') $$,
  $$ name IN ('erp-prod-0001', '') $$,
  $$ name = ANY (ARRAY(SELECT name FROM copy.instances)) $$,
  $$ name NOT IN ('erp-prod-0001', 'crm-test-0003') $$,
  $$ name = ALL ('{erp-prod-0001}') $$);

--
-- LIKE: the API's "contains" keeps at least what the pattern keeps: of the texts between
-- wildcards the longest is sent.
--
SELECT * FROM found('instances',
  $$ name LIKE '%prod%' $$,
  $$ name LIKE 'erp%' $$,
  $$ name LIKE '%-0001' $$,
  $$ name LIKE 'erp-prod-0001' $$,
  $$ name LIKE '%%PROD%%' $$,
  $$ name ~~ '%prod%' $$);
-- An escape makes a plain character of a wildcard.
SELECT * FROM found('instances',
  $$ name LIKE '%\_dev\_%' $$,
  $$ name LIKE '%#_dev#_%' ESCAPE '#' $$,
  $$ name LIKE '100\%%' $$,
  $$ name LIKE '%a\\b%' $$);
SELECT * FROM found('instances',
  $$ name LIKE 'erp%01' $$,
  $$ name LIKE 'e%-prod-_0%1' $$,
  $$ name LIKE '%_dev_%' $$,
  $$ name LIKE '%\_%-dev_' $$,
  $$ name LIKE 'a%b' $$);
-- Not these: there is no text in them, or it would say something else to the API.
SELECT * FROM found('instances',
  $$ name LIKE '%_%' $$,
  $$ name LIKE '%' $$,
  $$ name LIKE '' $$,
  $$ name LIKE '*prod' $$,
  $$ name LIKE '%*prod%' $$,
  $$ name LIKE '*%' $$);
-- Nor other operators, nor columns that the API compares exactly only.
SELECT * FROM found('instances',
  $$ name ILIKE '%PROD%' $$,
  $$ name NOT LIKE '%prod%' $$,
  $$ name ~ 'prod' $$,
  $$ name SIMILAR TO '%prod%' $$,
  $$ name LIKE ANY ('{%prod%,%dev%}') $$,
  $$ starts_with(name, 'erp') $$,
  $$ '%prod%' LIKE name $$,
  $$ type LIKE 'Enter%' $$,
  $$ status LIKE 'FAIL%' $$);
-- Equality is the stronger of two conditions on a column, of two patterns the one with the
-- longer text; a pattern that ends in an escape is PostgreSQL's to look at.
SELECT * FROM found('instances',
  $$ name LIKE '%test%' AND name = 'crm-test-0003' $$,
  $$ name LIKE '%prod%' AND name LIKE 'erp-prod-%' $$,
  $$ name LIKE 'e____________' AND name LIKE '%prod%' $$,
  $$ name LIKE 'erp-prod-0001\' $$);

--
-- What is not a plain comparison of a column with a value.
--
SELECT * FROM found('instances',
  $$ name = 'erp-prod-0001' OR name = 'crm-test-0003' $$,
  $$ name = 'erp-prod-0001' OR status = 'FAILED' $$,
  $$ NOT name = 'erp-prod-0001' $$,
  $$ name IS NULL $$,
  $$ name IS NOT DISTINCT FROM 'erp-prod-0001' $$,
  $$ name = id $$,
  $$ name || '' = 'erp-prod-0001' $$,
  $$ upper(name) = 'ERP-PROD-0001' $$,
  $$ name::varchar(3) = 'erp' $$,
  $$ name::bytea = 'erp-prod-0001' $$,
  $$ name = 'erp-prod-0001'::name $$,
  $$ name = 'erp-prod-0001'::varchar $$,
  $$ (name, status) = ('erp-prod-0001', 'ACTIVE') $$,
  $$ (name = 'erp-prod-0001') IS TRUE $$,
  $$ coalesce(name = 'erp-prod-0001', false) $$);
-- Functions: what is the same for the whole query is evaluated first; a volatile one is
-- PostgreSQL's to evaluate, row by row.
CREATE FUNCTION stable_name() RETURNS text LANGUAGE plpgsql STABLE AS $$BEGIN RETURN 'erp-prod-0001'; END$$;
CREATE FUNCTION volatile_name() RETURNS text LANGUAGE plpgsql VOLATILE AS $$BEGIN RETURN 'erp-prod-0001'; END$$;
SELECT * FROM found('instances',
  $$ name = lower('ERP-PROD-0001') $$,
  $$ name = stable_name() $$,
  $$ name = volatile_name() $$,
  $$ name = current_setting('gmf.none', true) $$);
-- Collations: the API compares bytes, as deterministic ones do.
CREATE COLLATION ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
SELECT * FROM found('instances',
  $$ name COLLATE "C" = 'erp-prod-0001' $$,
  $$ name = 'erp-prod-0001' COLLATE "C" $$,
  $$ name COLLATE ignore_case = 'ERP-prod-0001' $$,
  $$ name = 'ERP-prod-0001' COLLATE ignore_case $$,
  $$ name LIKE 'erp%' COLLATE "C" $$,
  $$ name = ANY ('{ERP-prod-0001}' COLLATE ignore_case) $$);

--
-- Contradictions ask for nothing.
--
SELECT * FROM found('instances',
  $$ name = 'erp-prod-0001' AND name = 'crm-test-0003' $$,
  $$ name IN ('erp-prod-0001', 'crm-test-0003') AND name IN ('crm-test-0003', 'none') $$,
  $$ name IN ('erp-prod-0001', 'crm-test-0003') AND name = 'none' $$,
  $$ false $$,
  $$ name = 'erp-prod-0001' AND NULL $$);

--
-- Ranges of time.  The API knows a window that it does not describe exactly: a lower
-- bound on the beginning and an upper bound on the end hold under every reading.
-- Bounds are widened, and checked again here.
--
SELECT * FROM found('backups',
  $$ begin_time >= '2024-12-31 12:00' $$,
  $$ begin_time > '2024-12-31 12:00+08' $$,
  $$ end_time <= '2024-11-30' $$,
  $$ end_time < '2024-11-30' $$,
  $$ '2024-11-30' > end_time $$,
  $$ begin_time >= '2024-12-01' AND end_time < '2024-12-10' $$,
  $$ begin_time >= '2024-12-01' AND begin_time > '2024-12-30' $$,
  $$ begin_time = '2024-12-31 23:55:27' $$,
  $$ begin_time >= date '2024-12-31' $$,
  $$ begin_time >= timestamp '2024-12-31 23:00' $$,
  $$ begin_time >= timestamptz '2025-01-01' - interval '1 hour' $$);
-- The wrong column, or the wrong direction.
SELECT * FROM found('backups',
  $$ begin_time <= '2024-11-30' AND type = 'manual' $$,
  $$ end_time >= '2024-12-31 12:00' AND type = 'manual' $$,
  $$ begin_time <> '2024-12-31 23:55:27' AND type = 'manual' $$,
  $$ begin_time + interval '1 hour' > '2025-01-01' AND type = 'manual' $$,
  $$ begin_time::date = '2024-12-31' AND type = 'manual' $$);
SELECT * FROM found('instances',
  $$ created > '2024-06-01' $$);
-- Bounds that cannot be sent, and a range that the API would refuse.
SELECT * FROM found('backups',
  $$ begin_time > '-infinity' AND type = 'manual' $$,
  $$ end_time <= 'infinity' AND type = 'manual' $$,
  $$ begin_time > '0044-03-15 BC' AND type = 'manual' $$,
  $$ end_time < '20000-01-01' AND type = 'manual' $$,
  $$ begin_time >= '2024-12-31' AND end_time <= '2024-12-01' AND type = 'manual' $$,
  $$ begin_time > NULL $$);

--
-- A column that only filters shows the value that was asked for; without one it is NULL.
--
SELECT name, tags, tag_filter FROM cloud.instances WHERE tag_filter = 'cost center=4007';
SELECT count(*), count(tag_filter) FROM cloud.instances WHERE name LIKE 'erp%';
SELECT name FROM cloud.instances WHERE tag_filter LIKE 'team=%';
SELECT * FROM emu.asked();
-- What the API calls wrong is an error of the API.
\set VERBOSITY terse
SELECT name FROM cloud.instances WHERE tag_filter = 'no equals sign';
\set VERBOSITY default

DROP COLLATION ignore_case;
DROP FUNCTION stable_name(), volatile_name();
