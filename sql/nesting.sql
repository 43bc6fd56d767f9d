--
-- nesting
--
-- Whatever a user can nest has a bound, which is checked where the option is set or before
-- anything is sent: none of this may end the server process.
--
CREATE FUNCTION nested(sql text, VARIADIC texts text[] DEFAULT '{}') RETURNS text LANGUAGE plpgsql
AS $$
DECLARE
  detail text;
BEGIN
  EXECUTE format(sql, VARIADIC texts);
  RETURN 'done';
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
  RETURN concat_ws(': ', SQLSTATE, left(SQLERRM, 100), nullif(left(detail, 100), ''));
END
$$;

SELECT FROM emu.forget();

-- Places in the body of a request
SELECT name, names,
       nested($c$CREATE FOREIGN TABLE deep (id text) SERVER cloud OPTIONS (service 'x', path '/x', items 'items',
                 paging 'records', paging_location 'body', %I %L)$c$, name, repeat('a.', names - 1) || 'a'),
       nested('DROP FOREIGN TABLE deep') AS dropped
  FROM unnest('{limit_parameter,offset_parameter}'::text[]) name, unnest('{200,201,50000}'::int[]) names;
SELECT names,
       nested($c$CREATE FOREIGN TABLE deep (id text, x text OPTIONS (location 'body', in_answer 'false',
                 required 'true', fallback '1', parameter %L)) SERVER cloud
                 OPTIONS (service 'x', path '/x', items 'items')$c$, repeat('a.', names - 1) || 'a'),
       nested('DROP FOREIGN TABLE deep') AS dropped
  FROM unnest('{200,201,50000}'::int[]) names;
-- what comes to mean a place by a later change
CREATE FOREIGN TABLE deep (id text, x text) SERVER cloud OPTIONS (service 'x', path '/x', items 'items', paging 'records');
SELECT nested('ALTER FOREIGN TABLE deep OPTIONS (ADD limit_parameter %L)', repeat('a.', 50000) || 'a');
SELECT nested('ALTER FOREIGN TABLE deep OPTIONS (ADD paging_location ''body'')');
SELECT nested('ALTER FOREIGN TABLE deep ALTER x OPTIONS (ADD parameter %L)', repeat('a.', 50000) || 'a');
SELECT nested('ALTER FOREIGN TABLE deep ALTER x OPTIONS (ADD location ''body'')');
SELECT nested('ALTER FOREIGN TABLE deep ALTER x OPTIONS (SET parameter %L, ADD location ''body'')', place)
  FROM unnest('{a..b,.,a.,[],"a[].b"}'::text[]) place;
SELECT nested('ALTER FOREIGN TABLE deep ALTER x OPTIONS (ADD fallback %L)', repeat('[', 50000) || repeat(']', 50000));
DROP FOREIGN TABLE deep;

-- Places in an answer
SELECT name, names,
       nested($c$CREATE FOREIGN TABLE deep (id text) SERVER cloud OPTIONS (service 'x', path '/x', %I %L)$c$,
              name, repeat('a.', names - 1) || 'a'),
       nested('DROP FOREIGN TABLE deep') AS dropped
  FROM unnest('{items,total,next_marker}'::text[]) name, unnest('{200,201,50000}'::int[]) names;
SELECT names,
       nested($c$CREATE FOREIGN TABLE deep (id text OPTIONS (json_path %L)) SERVER cloud
                 OPTIONS (service 'x', path '/x')$c$, repeat('a.', names - 1) || 'a'),
       nested('DROP FOREIGN TABLE deep') AS dropped
  FROM unnest('{200,201,50000}'::int[]) names;
SELECT nested($c$CREATE FOREIGN TABLE deep (id text) SERVER cloud OPTIONS (service 'x', path '/x', items %L)$c$,
              repeat('a[].', 50000) || 'a{}');

-- Values of a body
SELECT levels,
       nested($c$SELECT gaussdb_set_parameters('cloud', 'abcin14', %L)$c$,
              '{"a": ' || repeat('[', levels) || repeat(']', levels) || '}')
  FROM unnest('{201,1900}'::int[]) levels;
SELECT levels,
       nested($c$SELECT * FROM gaussdb_mgmt_request('cloud', 'gaussdb', 'POST', '/v3/{project_id}/x', body => %L)$c$,
              repeat('[', levels) || repeat(']', levels))
  FROM unnest('{201,1900}'::int[]) levels;
SELECT method, count(*) FROM emu.requests() GROUP BY method;
DROP FUNCTION nested;
