--
-- declared_types
--
-- A column holds what its declared type would hold: rounded, as long as it may be, checked by its
-- domain, in the session's time zone.  A column that cannot be read hinders only who reads it.
--
SET timezone = 'UTC';
SET datestyle = 'ISO';
SELECT FROM emu.reset();
CREATE SCHEMA dt;
SET search_path = dt, public;
SELECT FROM emu.fault('{"match": {"operation_id": "ListInstancesDetails"}, "effect": {"mutate": {
  "instances.0.created": "2024-03-01T22:59:59.7654321+0000", "instances.0.updated": "2024-03-01",
  "instances.0.port": "12.345", "instances.0.db_user_name": "10:20:30.56",
  "instances.0.switch_strategy": "101", "instances.0.private_ips": ["1.25", "2.35", null, "3.45"],
  "instances.0.maintenance_window": "02:00:00.126", "instances.0.tags": [[1, 2], [3]]}}}');

-- one(type, place): the value at a place of the first item, declared with the type
CREATE FUNCTION one(type text, place text, OUT shown text) LANGUAGE plpgsql
AS $$
BEGIN
  EXECUTE format('CREATE FOREIGN TABLE dt.one (name text OPTIONS (parameter ''name''), v %s OPTIONS (json_path %L)) SERVER cloud OPTIONS (service ''gaussdb'', '
    'path ''/v3.1/{project_id}/instances'', items ''instances'')', type, place);
  BEGIN
    EXECUTE 'SELECT coalesce(v::text, ''NULL'') FROM dt.one WHERE name = ''erp-prod-0001''' INTO shown;
  EXCEPTION WHEN others THEN
    shown := SQLSTATE || ': ' || SQLERRM;
  END;
  DROP FOREIGN TABLE dt.one;
END
$$;

-- precision and length
SELECT t AS type, one(t, 'created') FROM unnest('{timestamptz,timestamptz(3),timestamptz(0),timestamp(2),timestamp(0),timestamp(0)[],
  time(1),timetz(0),text,varchar(40),varchar(10),char(40),"interval day"}'::text[]) t;
SELECT t AS type, one(t, 'port') FROM unnest('{"numeric","numeric(6,2)","numeric(3,2)","numeric(6,2)[]",varchar(3),char(3),varchar(6)[]}'::text[]) t;
SELECT t AS type, one(t, 'private_ips') FROM unnest('{text[],"numeric(4,1)[]",float8[],"varchar(3)[]"}'::text[]) t;
SELECT t AS type, one(t, 'switch_strategy') FROM unnest('{bit(3),bit(4),varbit(3),varbit(2),bit(3)[]}'::text[]) t;
SELECT t AS type, one(t, 'db_user_name') FROM unnest('{time,time(0),timetz(1),interval(0),interval,"interval hour to minute"}'::text[]) t;

-- The day and the time of day are the session's, as a timestamp's are; a day alone is that day.
SET timezone = 'Asia/Shanghai';
SELECT t AS type, one(t, 'created'), one(t, 'updated') FROM unnest('{timestamptz,timestamp,date,time,timetz,date[]}'::text[]) t;
SET timezone = 'America/New_York';
SELECT t AS type, one(t, 'created'), one(t, 'updated') FROM unnest('{timestamptz,timestamp,date,time,timetz,date[]}'::text[]) t;
SET timezone = 'UTC';

-- domains: over arrays, over domains, as elements, with a modifier
CREATE DOMAIN ips AS text[] CHECK (cardinality(VALUE) < 5);
CREATE DOMAIN few_ips AS ips CHECK (cardinality(VALUE) < 3);
CREATE DOMAIN amount AS numeric(6,1);
CREATE DOMAIN small_amount AS amount CHECK (VALUE < 3);
CREATE DOMAIN whole_second AS timestamptz(0);
CREATE DOMAIN day AS date CHECK (VALUE > '2020-01-01');
CREATE DOMAIN pair AS int[];
CREATE DOMAIN there AS text NOT NULL;
CREATE DOMAIN object AS jsonb CHECK (jsonb_typeof(VALUE) = 'array');
SELECT t AS type, one(t, 'private_ips') FROM unnest('{ips,few_ips,amount[],small_amount[],object,there[]}'::text[]) t;
SELECT t AS type, one(t, 'created') FROM unnest('{whole_second,whole_second[],day,ips,there}'::text[]) t;
SELECT t AS type, one(t, 'tags') FROM unnest('{pair[],text[],object}'::text[]) t;
SELECT t AS type, one(t, 'no_such_member') FROM unnest('{there,ips,text}'::text[]) t;

-- What is rounded is compared here: a bound that the API knew would leave rows out.
CREATE FOREIGN TABLE rounded (id text, begin_time timestamptz(0) OPTIONS (parameter 'start_time', match 'from', json_path 'created'))
  SERVER cloud OPTIONS (service 'gaussdb', path '/v3/{project_id}/jobs', items 'jobs');
CREATE FOREIGN TABLE exact (id text, begin_time timestamptz OPTIONS (parameter 'start_time', match 'from', json_path 'created'))
  SERVER cloud OPTIONS (service 'gaussdb', path '/v3/{project_id}/jobs', items 'jobs');
EXPLAIN (COSTS OFF) SELECT id FROM rounded WHERE begin_time >= '2024-01-01';
EXPLAIN (COSTS OFF) SELECT id FROM exact WHERE begin_time >= '2024-01-01';

-- A column that nobody knows, and generated ones.
SELECT FROM emu.no_faults();
CREATE FOREIGN TABLE partly (id text, name text, unknown text, both_names text GENERATED ALWAYS AS (id || name) STORED,
  port integer GENERATED ALWAYS AS (8000) STORED, version text OPTIONS (json_path 'datastore.version') GENERATED ALWAYS AS ('x') STORED)
  SERVER cloud OPTIONS (resource 'gaussdb.instances');
SELECT name, port > 0 AS port, version FROM partly WHERE name = 'erp-prod-0001';
SELECT count(*) > 1 AS many FROM partly;
SELECT count(*) FROM partly WHERE name = 'erp-prod-0001';
SELECT unknown FROM partly;
SELECT name FROM partly WHERE unknown = 'x';
SELECT both_names FROM partly;
SELECT * FROM partly;
SELECT p FROM partly p;
SELECT name FROM partly p JOIN (VALUES ('x')) v (x) ON p.unknown = v.x;
SELECT name FROM partly p JOIN (VALUES ('erp-prod-0001')) v (x) ON p.name = v.x;
ANALYZE partly;
CREATE FOREIGN TABLE own (id text, name text, both_names text GENERATED ALWAYS AS (id || name) STORED)
  SERVER cloud OPTIONS (service 'gaussdb', path '/v3/{project_id}/instances', items 'instances');
SELECT name FROM own WHERE name = 'erp-prod-0001';
SELECT both_names FROM own;

RESET search_path;
SET client_min_messages = warning;
DROP SCHEMA dt CASCADE;
RESET client_min_messages;
SELECT FROM emu.reset();
