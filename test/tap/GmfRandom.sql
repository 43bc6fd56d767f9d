-- GmfRandom.sql
--	What 023_random_joins.pl needs inside the database: the copy, what is known of it, and functions
--	that run a query on the foreign tables and on the copy and compare, without shipping a row.
--
-- Schemas: far, far_small, far_cached have the foreign tables, by servers that differ in their
-- options; near has the copy, under the same names; local has ordinary tables that both sides
-- see; rnd has what is here.

SET client_min_messages = warning;
CREATE SCHEMA rnd;
CREATE SCHEMA near;
CREATE SCHEMA local;

-- Of each table: what a full read of it took, and the keys without which it cannot be read.
CREATE TABLE rnd.tables (name text PRIMARY KEY, rows bigint, ms float8, needs jsonb NOT NULL DEFAULT '{}');
-- walked: a parameter that is not in the answer; filter: the same, and NULL in every row
CREATE TABLE rnd.columns (tbl text, num int, col text, typ text, parameter text, walked bool, filter bool,
	PRIMARY KEY (tbl, col));
CREATE TABLE rnd.values (tbl text, col text, typ text, v text);
-- Columns left out: they change with the clock, or differ by the way on which a row comes.
CREATE TABLE rnd.unsteady (tbl text, col text);

-- --- calls that are counted -----------------------------------------------------------

CREATE SEQUENCE rnd.ticks;
CREATE TABLE rnd.noted (what text);

CREATE FUNCTION rnd.tick(anyelement) RETURNS anyelement LANGUAGE plpgsql VOLATILE
AS $$ BEGIN PERFORM nextval('rnd.ticks'); RETURN $1; END $$;

CREATE FUNCTION rnd.insert(anyelement) RETURNS anyelement LANGUAGE plpgsql VOLATILE
AS $$ BEGIN INSERT INTO rnd.noted VALUES ($1::text); PERFORM nextval('rnd.ticks'); RETURN $1; END $$;

-- Raises at the call that is one too many.
CREATE FUNCTION rnd.at_most(anyelement, calls int) RETURNS anyelement LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
	IF nextval('rnd.ticks') > calls THEN
		RAISE EXCEPTION 'called more than % times', calls USING ERRCODE = 'RND01';
	END IF;
	RETURN $1;
END $$;

CREATE FUNCTION rnd.ticked() RETURNS bigint LANGUAGE sql VOLATILE
AS $$ SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM rnd.ticks $$;

-- --- the copy ---------------------------------------------------------------------------

-- Foreign tables as service_table in one schema.
CREATE PROCEDURE rnd.import(schema text, server text, services text[]) LANGUAGE plpgsql
AS $$
DECLARE
	service text;
	r record;
BEGIN
	EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', schema);
	FOREACH service IN ARRAY services LOOP
		CREATE SCHEMA rnd_import;
		EXECUTE format('IMPORT FOREIGN SCHEMA %I FROM SERVER %I INTO rnd_import', service, server);
		FOR r IN SELECT relname FROM pg_class WHERE relnamespace = 'rnd_import'::regnamespace AND relkind = 'f' LOOP
			EXECUTE format('ALTER FOREIGN TABLE rnd_import.%I RENAME TO %I', r.relname, service || '_' || r.relname);
			EXECUTE format('ALTER FOREIGN TABLE rnd_import.%I SET SCHEMA %I', service || '_' || r.relname, schema);
		END LOOP;
		DROP SCHEMA rnd_import;
	END LOOP;
END $$;

-- needs: {"date": ["...", ...], ...}: the keys to read it with, where it cannot be walked
CREATE PROCEDURE rnd.copy(tbl text, wanted jsonb DEFAULT '{}') LANGUAGE plpgsql
AS $$
DECLARE
	begun timestamptz := clock_timestamp();
	n bigint;
	conditions text;
BEGIN
	SELECT string_agg(format('%I = ANY (%L)', key,
			(SELECT array_agg(v) FROM jsonb_array_elements_text(value) v)::text), ' AND ')
	  INTO conditions FROM jsonb_each(wanted);
	EXECUTE format('CREATE TABLE near.%I AS SELECT * FROM far.%1$I', tbl) || coalesce(' WHERE ' || conditions, '');
	GET DIAGNOSTICS n = ROW_COUNT;
	INSERT INTO rnd.tables VALUES (tbl, n, extract(epoch FROM clock_timestamp() - begun) * 1000, wanted);
END $$;

-- What is known of the columns, after all tables are there.
CREATE PROCEDURE rnd.look() LANGUAGE plpgsql
AS $$
DECLARE
	r record;
	n bigint;
BEGIN
	INSERT INTO rnd.columns
		SELECT t.name, a.attnum, a.attname, CASE WHEN ty.typtype = 'd' THEN format_type(ty.typbasetype, -1) ELSE format_type(a.atttypid, -1) END,
			coalesce(c.parameter, (SELECT a.attname FROM pg_attribute f WHERE f.attrelid = to_regclass('far.' || split_part(t.name, '__', 1))
				AND f.attname = a.attname AND f.attfdwoptions::text ~ 'match=|location=')), c.column_name IS NOT NULL AND c.json_path IS NULL AND c.parameter IS NOT NULL, false
		  FROM rnd.tables t
		  JOIN pg_attribute a ON a.attrelid = ('near.' || quote_ident(t.name))::regclass AND a.attnum > 0 AND NOT a.attisdropped
		  JOIN pg_type ty ON ty.oid = a.atttypid
		  LEFT JOIN gaussdb_mgmt_columns() c ON c.service || '_' || c.table_name = split_part(t.name, '__', 1) AND c.column_name = a.attname
		 WHERE a.attname <> 'raw' AND (t.name, a.attname::text) NOT IN (SELECT u.tbl, u.col FROM rnd.unsteady u);
	FOR r IN SELECT * FROM rnd.columns WHERE walked LOOP
		EXECUTE format('SELECT count(%I) FROM near.%I', r.col, r.tbl) INTO n;
		UPDATE rnd.columns c SET filter = (n = 0) WHERE c.tbl = r.tbl AND c.col = r.col
			AND EXISTS (SELECT FROM rnd.tables t WHERE t.name = r.tbl AND t.rows > 0);
	END LOOP;
	FOR r IN SELECT * FROM rnd.columns WHERE typ !~ 'json|\[\]' LOOP
		EXECUTE format('INSERT INTO rnd.values SELECT %L, %L, %L, v FROM (SELECT DISTINCT %2$I::text AS v FROM near.%1$I) d '
			'WHERE v IS NOT NULL AND length(v) < 300 ORDER BY md5(v) LIMIT 40', r.tbl, r.col, r.typ);
	END LOOP;
END $$;

-- local.l_TABLE: some rows of the table, some of them twice or three times, some with NULL in
-- one column, and some with values that do not exist.
CREATE PROCEDURE rnd.make_local(tbl text, cols text[], junk bool) LANGUAGE plpgsql
AS $$
DECLARE
	list text := (SELECT string_agg(quote_ident(c), ', ') FROM unnest(cols) c);
	each text;
	kind text;
BEGIN
	EXECUTE format('CREATE TABLE local.l_%s AS SELECT row_number() OVER (ORDER BY md5(t::text))::int AS pos, %s FROM near.%I t '
		'ORDER BY md5(t::text) LIMIT 12', tbl, list, tbl);
	EXECUTE format('INSERT INTO local.l_%s SELECT pos + 100, %s FROM local.l_%1$s WHERE pos <= 4', tbl, list);
	EXECUTE format('INSERT INTO local.l_%s SELECT pos + 200, %s FROM local.l_%1$s WHERE pos <= 2', tbl, list);
	FOREACH each IN ARRAY cols LOOP
		EXECUTE format('INSERT INTO local.l_%s SELECT pos + 300, %s FROM local.l_%1$s WHERE pos = 3', tbl,
			(SELECT string_agg(CASE WHEN c = each THEN 'NULL' ELSE quote_ident(c) END, ', ') FROM unnest(cols) c));
		SELECT c.typ INTO kind FROM rnd.columns c WHERE c.tbl = make_local.tbl AND c.col = each;
		IF junk AND kind = 'text' THEN
			EXECUTE format('INSERT INTO local.l_%s SELECT pos + 400, %s FROM local.l_%1$s WHERE pos = 2', tbl,
				(SELECT string_agg(CASE WHEN c = each THEN quote_literal('none') ELSE quote_ident(c) END, ', ') FROM unnest(cols) c));
		END IF;
	END LOOP;
END $$;

-- --- running ------------------------------------------------------------------------------

CREATE FUNCTION rnd.set(settings jsonb) RETURNS void LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
	r record;
BEGIN
	FOR r IN SELECT * FROM jsonb_each_text(settings) LOOP
		PERFORM set_config(r.key, r.value, true);
	END LOOP;
END $$;

CREATE FUNCTION rnd.unset(settings jsonb) RETURNS void LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
	name text;
BEGIN
	FOR name IN SELECT jsonb_object_keys(settings) LOOP
		EXECUTE 'RESET ' || name;
	END LOOP;
END $$;

CREATE FUNCTION rnd.collect(sql text) RETURNS text[] LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
	r record;
	rows text[] := '{}';
BEGIN
	FOR r IN EXECUTE sql LOOP
		rows := rows || r::text;
	END LOOP;
	RETURN rows;
END $$;

CREATE FUNCTION rnd.complain(what text) RETURNS void LANGUAGE plpgsql VOLATILE
AS $$ BEGIN RAISE EXCEPTION '%', what USING ERRCODE = 'RND02'; END $$;

-- "missing" and "extra" rows of what came beside what should have come; NULL where there are none
CREATE FUNCTION rnd.difference(came text[], should text[]) RETURNS text LANGUAGE plpgsql STABLE
AS $$
DECLARE
	missing text[];
	extra text[];
BEGIN
	IF came = should THEN RETURN NULL; END IF;
	missing := ARRAY(SELECT unnest(should) EXCEPT ALL SELECT unnest(came));
	extra := ARRAY(SELECT unnest(came) EXCEPT ALL SELECT unnest(should));
	IF missing = '{}' AND extra = '{}' THEN RETURN NULL; END IF;
	RETURN format('%s rows instead of %s; %s missing: %s; %s too many: %s', cardinality(came), cardinality(should),
		cardinality(missing), left(missing[1:2]::text, 300), cardinality(extra), left(extra[1:2]::text, 300));
END $$;

CREATE FUNCTION rnd.compare(how text, came text[], should text[], lim bigint, off bigint) RETURNS text LANGUAGE plpgsql STABLE
AS $$
DECLARE
	n bigint := cardinality(should);
	extra text[];
BEGIN
	IF how = 'list' THEN
		IF came = should THEN RETURN NULL; END IF;
		RETURN coalesce(rnd.difference(came, should), 'the same rows in another order: ' || left(came[1:3]::text, 300)
			|| ' instead of ' || left(should[1:3]::text, 300));
	END IF;
	IF how = 'part' THEN
		n := least(greatest(n - least(off, n), 0), coalesce(lim, n));
		extra := ARRAY(SELECT unnest(came) EXCEPT ALL SELECT unnest(should));
		IF cardinality(came) <> n OR extra <> '{}' THEN
			RETURN format('%s rows instead of %s of %s; %s that should not be: %s', cardinality(came), n, cardinality(should),
				cardinality(extra), left(extra[1:2]::text, 300));
		END IF;
		RETURN NULL;
	END IF;
	RETURN rnd.difference(came, should);
END $$;

-- All rows, in the order in which they came, by one of many ways to run a query.
CREATE FUNCTION rnd.run(q jsonb, run jsonb) RETURNS text[] LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
	how text := run->>'how';
	sql text := q->>'far';
	rows text[];
	again text[];
	piece text[];
	r record;
	n int;
	k int;
	change jsonb;
BEGIN
	IF run ? 'constants' THEN
		q := q || jsonb_build_object('types', '', 'type_list', '[]'::jsonb, 'arguments', '', 'prepared', sql, 'plpgsql', sql);
	END IF;
	IF how = 'loop' THEN
		RETURN rnd.collect(sql);
	ELSIF how = 'agg' THEN
		EXECUTE 'SELECT coalesce(array_agg(q::text), ''{}'') FROM (' || sql || ') q' INTO rows;
		RETURN rows;
	ELSIF how = 'ctas' THEN
		EXECUTE 'CREATE TEMPORARY TABLE rnd_got AS ' || sql;
		SELECT coalesce(array_agg(g::text ORDER BY ctid), '{}') INTO rows FROM rnd_got g;
		DROP TABLE rnd_got;
		RETURN rows;
	ELSIF how = 'prepared' THEN
		IF EXISTS (SELECT FROM pg_prepared_statements WHERE name = 'rnd_q') THEN DEALLOCATE rnd_q; END IF;
		EXECUTE 'PREPARE rnd_q' || coalesce('(' || nullif(q->>'types', '') || ')', '') || ' AS ' || (q->>'prepared');
		FOR n IN 1 .. (run->>'times')::int LOOP
			change := run->'between'->(n - 2);
			IF change IS NOT NULL THEN PERFORM rnd.set(change); END IF;
			again := rnd.collect('EXECUTE rnd_q' || coalesce('(' || nullif(q->>'arguments', '') || ')', ''));
			IF n > 1 AND q->>'compare' <> 'part' AND rnd.difference(again, rows) IS NOT NULL THEN
				PERFORM rnd.complain(format('execution %s of a prepared statement is not as that before: %s', n,
					rnd.difference(again, rows)));
			END IF;
			rows := again;
		END LOOP;
		DEALLOCATE rnd_q;
		RETURN rows;
	ELSIF how = 'plpgsql' THEN
		-- a static statement: its plan is kept from one call to the next
		EXECUTE format('CREATE OR REPLACE FUNCTION pg_temp.rnd_f(%s stop int) RETURNS text[] LANGUAGE plpgsql AS %L',
			(SELECT string_agg(format('rnd_p%s %s, ', o, t), '' ORDER BY o) FROM jsonb_array_elements_text(q->'type_list') WITH ORDINALITY x(t, o)),
			E'#variable_conflict use_column\nDECLARE r record; a text[] := ''{}''; BEGIN FOR r IN ' || (q->>'plpgsql') || E'\nLOOP a := a || r::text; '
			'IF cardinality(a) = stop THEN RAISE EXCEPTION ''stopped'' USING ERRCODE = ''RND03''; END IF; END LOOP; RETURN a; END');
		FOR n IN 1 .. (run->>'times')::int LOOP
			change := run->'between'->(n - 2);
			IF change IS NOT NULL THEN PERFORM rnd.set(change); END IF;
			IF run ? 'stop' THEN
				BEGIN
					EXECUTE format('SELECT pg_temp.rnd_f(%s %s)', nullif(q->>'arguments', '') || ', ', run->>'stop') INTO again;
				EXCEPTION WHEN SQLSTATE 'RND03' THEN
					NULL;
				END;
			END IF;
			EXECUTE format('SELECT pg_temp.rnd_f(%s -1)', nullif(q->>'arguments', '') || ', ') INTO again;
			IF n > 1 AND q->>'compare' <> 'part' AND rnd.difference(again, rows) IS NOT NULL THEN
				PERFORM rnd.complain(format('call %s of a function is not as that before: %s', n, rnd.difference(again, rows)));
			END IF;
			rows := again;
		END LOOP;
		EXECUTE format('DROP FUNCTION pg_temp.rnd_f(%s int)', (SELECT string_agg(t || ', ', '') FROM jsonb_array_elements_text(q->'type_list') t));
		RETURN rows;
	ELSIF how = 'cursor' THEN
		EXECUTE 'DECLARE rnd_c NO SCROLL CURSOR FOR ' || sql;
		rows := '{}';
		k := 0;
		LOOP
			n := coalesce((run->'pieces'->>k)::int, 100);
			k := k + 1;
			piece := rnd.collect(format('FETCH FORWARD %s FROM rnd_c', n));
			rows := rows || piece;
			change := run->'between'->(k - 1);
			IF change IS NOT NULL THEN PERFORM rnd.set(change); END IF;
			EXIT WHEN cardinality(piece) < n OR (run ? 'only' AND k >= jsonb_array_length(run->'pieces'));
		END LOOP;
		EXECUTE 'CLOSE rnd_c';
		RETURN rows;
	ELSIF how = 'scroll' THEN
		EXECUTE 'DECLARE rnd_c SCROLL CURSOR FOR ' || sql;
		again := rnd.collect('FETCH FORWARD 3 FROM rnd_c');
		EXECUTE 'MOVE BACKWARD ALL FROM rnd_c';
		rows := rnd.collect('FETCH ALL FROM rnd_c');
		IF again <> rows[1:3] THEN
			PERFORM rnd.complain('the first three rows of a cursor are others after going back: ' || again::text || ' ' || rows[1:3]::text);
		END IF;
		FOR k IN SELECT 1 + floor(f::float8 * cardinality(rows))::int FROM jsonb_array_elements_text(run->'places') f LOOP
			EXIT WHEN rows = '{}';
			piece := rnd.collect(format('FETCH ABSOLUTE %s FROM rnd_c', k));
			piece := piece || rnd.collect('FETCH BACKWARD 3 FROM rnd_c');
			again := ARRAY(SELECT rows[i] FROM generate_series(k, greatest(k - 3, 1), -1) i);
			IF piece <> again THEN
				PERFORM rnd.complain(format('row %s of a cursor and those before it are %s, not %s', k, piece, again));
			END IF;
		END LOOP;
		EXECUTE 'CLOSE rnd_c';
		RETURN rows;
	END IF;
	RAISE EXCEPTION 'no way to run: %', how;
END $$;

-- The same, and how often volatile functions were called; no rows where one of them had enough.
CREATE FUNCTION rnd.run_counting(q jsonb, run jsonb, OUT rows text[], OUT ticks bigint) LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
	PERFORM setval('rnd.ticks', 1, false);
	BEGIN
		rows := rnd.run(q, run);
	EXCEPTION WHEN SQLSTATE 'RND01' THEN
		rows := NULL;
	END;
	ticks := rnd.ticked();
END $$;

-- Is the error one that the manual announces?  "needs": the table has a key that nothing gives.
CREATE FUNCTION rnd.is_refusal(state text, message text) RETURNS bool LANGUAGE plpgsql STABLE
AS $$
DECLARE
	part text[];
BEGIN
	-- of a backup that failed
	IF message ~ 'The backup file is not normal. \(DBS.301024\)$' THEN RETURN true; END IF;
	IF state <> 'HV00L' THEN RETURN false; END IF;
	-- A condition on a column that only filters, which the API cannot answer.
	part := regexp_match(message, '^foreign table "(.*)" cannot be read with such a (?:condition on|value for) its column "(.*)"$');
	IF part IS NOT NULL THEN
		RETURN EXISTS (SELECT FROM rnd.columns c WHERE split_part(c.tbl, '__', 1) = part[1] AND c.col = part[2]
			AND (c.walked OR c.parameter IS NOT NULL AND message ~ 'such a value'))
			OR EXISTS (SELECT FROM rnd.tables t WHERE split_part(t.name, '__', 1) = part[1] AND t.needs ? part[2]);
	END IF;
	part := regexp_match(message, '^foreign table "(.*)" cannot be read without a value for its column "(.*)"$');
	RETURN part IS NOT NULL AND EXISTS (SELECT FROM rnd.tables t WHERE split_part(t.name, '__', 1) = part[1] AND t.needs ? part[2]);
END $$;

-- The kinds of nodes of a plan, without what the wrapper adds to one for the sake of time.
CREATE FUNCTION rnd.shape(sql text) RETURNS text LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
	line text;
	shape text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || sql LOOP
		CONTINUE WHEN line !~ '->' AND shape <> '';
		CONTINUE WHEN line ~ 'Custom Scan \(Read Ahead\)';
		shape := shape || regexp_replace(replace(line, 'Async ', ''), '^[ >-]*', '') || E'\n';
	END LOOP;
	RETURN shape;
END $$;

-- The requests that a plan will make, sorted.
CREATE FUNCTION rnd.requests(sql text) RETURNS text LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
	line text;
	lines text[] := '{}';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || sql LOOP
		IF line ~ 'Remote Request:|Missing Key:' THEN
			-- Which of two values goes where either may go does not matter.
			lines := lines || regexp_replace(ltrim(line), '\{t\d+\.\w+\}', '{}', 'g');
		END IF;
	END LOOP;
	RETURN (SELECT string_agg(l, E'\n' ORDER BY l COLLATE "C") FROM unnest(lines) l);
END $$;

CREATE FUNCTION rnd.without(settings jsonb, words text) RETURNS jsonb LANGUAGE sql IMMUTABLE
AS $$
	SELECT settings || jsonb_build_object('gaussdb_mgmt_fdw.disable',
		concat_ws(',', nullif(settings->>'gaussdb_mgmt_fdw.disable', ''), words))
$$;

/*
 * One query: on the copy, then on the foreign tables in each of the ways of "runs".  Returns what
 * came of it: a word, a space, more.
 *
 *	ok n		the same; n rows
 *	skip ...	the query is no use: not valid, too large
 *	refused ...	an error that the manual announces
 *	slow ...	not done within the time
 *	FAIL ...	differs, or an error that should not be
 */
CREATE FUNCTION rnd.check(q jsonb) RETURNS text LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
	should text[];
	came text[];
	run jsonb;
	plan jsonb;
	problem text;
	state text;
	message text;
	ticks bigint;
	ticks_without bigint;
	shape text;
	settings jsonb;
	refused text;
	note text := '';
BEGIN
	PERFORM set_config('search_path', 'near, local, public', true);
	PERFORM rnd.set(coalesce(q->'both', '{}'));
	BEGIN
		EXECUTE 'EXPLAIN (FORMAT JSON) ' || (q->>'near') INTO plan;
		IF (plan->0->'Plan'->>'Total Cost')::float8 > 40000 OR (plan->0->'Plan'->>'Plan Rows')::float8 > 20000 THEN
			RETURN 'skip too large';
		END IF;
		should := rnd.collect(q->>'near');
		IF cardinality(should) > 20000 THEN RETURN 'skip too large'; END IF;
	EXCEPTION WHEN query_canceled OR OTHERS THEN
		GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
		RETURN format('skip the copy says %s: %s', state, message);
	END;
	IF q ? 'expect' THEN should := '{}'; END IF;
	FOR run IN SELECT * FROM jsonb_array_elements(q->'runs') LOOP
		settings := run->'settings';
		PERFORM set_config('search_path', (q->>'path') || ', local, public', true);
		PERFORM rnd.set(settings);
		state := NULL;
		BEGIN
			IF run ? 'count' THEN
				-- how often volatile functions are called, beside the same without reading ahead
				shape := rnd.shape((CASE WHEN run->>'how' = 'cursor' THEN 'DECLARE rnd_c CURSOR FOR ' ELSE '' END) || (q->>'far'));
				SELECT * INTO came, ticks FROM rnd.run_counting(q, run);
				PERFORM rnd.set(rnd.without(settings, 'joins,appends'));
				IF shape <> rnd.shape((CASE WHEN run->>'how' = 'cursor' THEN 'DECLARE rnd_c CURSOR FOR ' ELSE '' END) || (q->>'far')) THEN
					note := ' (another shape)';
				ELSE
					SELECT c.ticks INTO ticks_without FROM rnd.run_counting(q, run) c;
					IF ticks > ticks_without THEN
						PERFORM rnd.complain(format('%s calls of a volatile function, %s without reading ahead', ticks, ticks_without));
					END IF;
				END IF;
				CONTINUE WHEN came IS NULL;
			ELSE
				came := rnd.run(q, run);
			END IF;
		EXCEPTION WHEN query_canceled OR OTHERS THEN
			GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
		END;
		IF EXISTS (SELECT FROM pg_prepared_statements WHERE name = 'rnd_q') THEN DEALLOCATE rnd_q; END IF;
		PERFORM rnd.unset(settings || '{"gaussdb_mgmt_fdw.disable": ""}');
		IF q ? 'expect' THEN
			IF state IS NULL THEN
				RETURN format('FAIL %s: answered with %s rows, though the column "%s" only filters', run, cardinality(came), q->>'expect');
			ELSIF state ~ '^(HV|0A)' AND strpos(message, q->>'expect') > 0 THEN
				refused := message;
				CONTINUE;
			END IF;
		END IF;
		IF state = '57014' THEN
			RETURN format('slow %s: %s', run, message);
		ELSIF state = 'RND02' THEN
			RETURN format('FAIL %s: %s', run, message);
		ELSIF state IS NOT NULL THEN
			IF rnd.is_refusal(state, message) AND NOT q ? 'must' THEN
				refused := message;
				CONTINUE;
			END IF;
			RETURN format('FAIL %s: error %s: %s', run, state, message);
		END IF;
		IF run ? 'only' THEN
			problem := rnd.compare('part', came, should, (SELECT sum(v::int) FROM jsonb_array_elements_text(run->'pieces') v), 0);
		ELSE
			problem := rnd.compare(q->>'compare', came, should, (q->>'limit')::bigint, coalesce((q->>'offset')::bigint, 0));
		END IF;
		IF problem IS NOT NULL THEN RETURN format('FAIL %s: %s', run, problem); END IF;
	END LOOP;
	IF q ? 'swapped' THEN
		PERFORM set_config('search_path', (q->>'path') || ', local, public', true);
		IF rnd.requests(q->>'far') IS DISTINCT FROM rnd.requests(q->>'swapped') THEN
			RETURN format('FAIL the order of ON decides: %s; %s', rnd.requests(q->>'far'), rnd.requests(q->>'swapped'));
		END IF;
	END IF;
	IF refused IS NOT NULL THEN RETURN 'refused ' || refused; END IF;
	RETURN 'ok ' || cardinality(should) || note;
END $$;

-- A cursor that outlives its transaction.  Called outside a block, as it commits.
CREATE PROCEDURE rnd.check_hold(q jsonb, INOUT result text) LANGUAGE plpgsql
AS $$
DECLARE
	run jsonb := q->'runs'->0;
	should text[];
	came text[] := '{}';
	problem text;
	state text;
	message text;
BEGIN
	result := rnd.check((q || '{"runs": []}') - 'swapped');
	IF result !~ '^ok' THEN RETURN; END IF;
	PERFORM set_config('search_path', 'near, local, public', true);
	PERFORM rnd.set(coalesce(q->'both', '{}'));
	should := rnd.collect(q->>'near');
	BEGIN
		PERFORM set_config('search_path', (q->>'path') || ', local, public', true);
		PERFORM rnd.set(run->'settings');
		EXECUTE 'DECLARE rnd_h CURSOR WITH HOLD FOR ' || (q->>'far');
		came := rnd.collect(format('FETCH FORWARD %s FROM rnd_h', run->>'first'));
	EXCEPTION WHEN query_canceled OR OTHERS THEN
		GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
		result := CASE WHEN state = '57014' THEN 'slow ' WHEN rnd.is_refusal(state, message) THEN 'refused ' ELSE 'FAIL ' END
			|| format('%s: error %s: %s', run, state, message);
		RETURN;
	END;
	COMMIT;
	PERFORM rnd.set(coalesce(run->'between'->0, '{}'));
	came := came || rnd.collect('FETCH ALL FROM rnd_h');
	EXECUTE 'CLOSE rnd_h';
	problem := rnd.compare(q->>'compare', came, should, (q->>'limit')::bigint, coalesce((q->>'offset')::bigint, 0));
	IF problem IS NOT NULL THEN result := format('FAIL %s: %s', run, problem); END IF;
END $$;
