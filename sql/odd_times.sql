--
-- odd_times
--
-- Times in forms that services really send; 0, "0" and -1 are what has not happened yet.
--
SET timezone = 'UTC';
SELECT FROM emu.reset();
CREATE FOREIGN TABLE moments (name text, created timestamptz, updated timestamptz, day date OPTIONS (json_path 'created'), said text OPTIONS (json_path 'created'))
  SERVER cloud OPTIONS (service 'gaussdb', path '/v3/{project_id}/instances', items 'instances[]', paging 'records', total 'total_count');
CREATE FUNCTION as_sent(form jsonb) RETURNS TABLE (created timestamptz, day date, said text) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM emu.no_faults();
  PERFORM emu.fault(jsonb_build_object('match', '{"path_regex": "/v3/[^/]+/instances"}'::jsonb,
                                       'effect', jsonb_build_object('mutate', jsonb_build_object('instances.*.created', as_sent.form))));
  RETURN QUERY SELECT m.created, m.day, m.said FROM moments m LIMIT 1;
END $$;
SELECT t.form, s.* FROM unnest(ARRAY['"2024-07-02T10:00:00Z+0800"', '"2017-08-28T03:08Z"', '"2017-08-28 03:08"', '"0"', '0', '"-1"', '""', 'null', '1652112070000']::jsonb[]) t(form),
       as_sent(t.form) s;
SELECT * FROM as_sent('"10:00Z+"');
SELECT FROM emu.no_faults();
DROP FUNCTION as_sent;
DROP FOREIGN TABLE moments;
