-- regress_setup.sql
--	What the tests ask of the emulator from within SQL: schema emu.
--
-- For psql, in a database of its own, as a superuser; GMF_EMULATOR in the
-- environment is the emulator's address.  A regression test loads it so:
--
--		\getenv srcdir PG_ABS_SRCDIR
--		\set setup :srcdir '/test/regress_setup.sql'
--		\set ECHO none
--		\i :setup
--		\set ECHO all
--
-- Afterwards, in this and in later sessions of the database:
--
--		emu.endpoint()			the emulator's address; never to be printed
--		emu.forget()			forgets the requests received so far
--		emu.requests()			the requests since then, one row each
--		emu.asked()				the same as text, sorted, and forgets them: what a test prints
--		emu.config(jsonb)		latency_ms, job_seconds, token_seconds, page_cap ...
--		emu.fault(jsonb)		rules for answers that go wrong; emu.no_faults()
--		emu.state(...)			the emulator's own truth about a collection
--		emu.reset(jsonb)		as after its start; {"fleet": N, "seed": N}
--		emu.stats()				what was carried out, how often
--		emu.post(path, jsonb)	anything else of its admin plane

\set ON_ERROR_STOP on
\getenv gmf_emulator GMF_EMULATOR
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS emu CASCADE;
CREATE SCHEMA emu;
GRANT USAGE ON SCHEMA emu TO PUBLIC;

CREATE TABLE emu.address (url text NOT NULL);
INSERT INTO emu.address VALUES (:'gmf_emulator');

CREATE FUNCTION emu.endpoint() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS 'SELECT url FROM emu.address';

-- One request to the admin plane, by curl on the server's side: nothing that a
-- test of the extension could break by the extension's own faults.  What watches the
-- server (see scripts/sanitize.sh) is not for curl.  The temporary
-- table is what COPY needs; the answer has neither of the characters that are
-- named as delimiter and quote, as JSON writes them as escapes.
CREATE FUNCTION emu.http(method text, path text, body jsonb DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	command text := format('LD_PRELOAD= curl -sS -f --noproxy ''*'' --max-time 60 -X %s', method);
	answer text;
BEGIN
	IF body IS NOT NULL THEN
		command := command || ' -H ''Content-Type: application/json'' --data-binary ''' ||
			replace(body::text, '''', '''\''''') || '''';
	END IF;
	command := command || ' ''' || replace(emu.endpoint() || '/_emulator/' || path, '''', '%27') || '''';
	CREATE TEMPORARY TABLE IF NOT EXISTS emu_answer (line text);
	TRUNCATE pg_temp.emu_answer;
	EXECUTE format('COPY pg_temp.emu_answer FROM PROGRAM %L WITH (FORMAT csv, DELIMITER E''\x01'', QUOTE E''\x02'')',
				   command);
	SELECT string_agg(line, E'\n' ORDER BY ctid) INTO answer FROM pg_temp.emu_answer;
	RETURN answer::jsonb;
END
$$;

CREATE FUNCTION emu.post(path text, body jsonb DEFAULT '{}') RETURNS jsonb
LANGUAGE sql VOLATILE AS $$ SELECT emu.http('POST', path, body) $$;

CREATE FUNCTION emu.forget() RETURNS void
LANGUAGE sql VOLATILE AS $$ SELECT emu.http('DELETE', 'requests') $$;

-- Query parameters are decoded, sorted by name and value, and joined: "a=1&b=x y".
-- The project id is written {project_id} in the path, as in the API's reference.
CREATE FUNCTION emu.requests(OUT seq int, OUT method text, OUT path text, OUT query text,
							 OUT body jsonb, OUT status int, OUT operation text,
							 OUT violations jsonb)
RETURNS SETOF record LANGUAGE sql VOLATILE
AS $$
	SELECT (r->>'seq')::int,
		   r->>'method',
		   regexp_replace(r->>'path', '^(/v[0-9.]+)/[0-9a-f]{32}(/|$)', '\1/{project_id}\2'),
		   (SELECT string_agg((q->>0) || '=' || (q->>1), '&' 
							   ORDER BY (q->>0) COLLATE "C", (q->>1) COLLATE "C")
			  FROM jsonb_array_elements(r->'query') q),
		   nullif(r->'body', 'null'),
		   (r->>'status')::int,
		   r->>'operation_id',
		   nullif(nullif(r->'violations', 'null'), '[]')
	  FROM jsonb_array_elements(emu.http('GET', 'requests')) r
	 ORDER BY 1
$$;

-- "GET /v3/{project_id}/instances?limit=100&offset=0", with the status where it is
-- no success and the body where there is one.  Requests that run at once arrive
-- in any order: this is sorted, by length first so that offsets come in order.
CREATE FUNCTION emu.asked() RETURNS SETOF text LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
	RETURN QUERY SELECT request FROM (
	SELECT method || ' ' || path || coalesce('?' || query, '') || coalesce(' ' || body::text, '') ||
		   CASE WHEN status BETWEEN 200 AND 299 THEN '' ELSE ' -> ' || coalesce(status::text, 'no answer') END ||
		   coalesce(' VIOLATES ' || violations::text, '')
		   AS request
	  FROM emu.requests()) r
	 ORDER BY length(request), request COLLATE "C";
	PERFORM emu.forget();
END
$$;

CREATE FUNCTION emu.config(settings jsonb) RETURNS void
LANGUAGE sql VOLATILE AS $$ SELECT emu.http('POST', 'config', settings) $$;

CREATE FUNCTION emu.fault(rules jsonb) RETURNS void
LANGUAGE sql VOLATILE AS $$ SELECT emu.http('POST', 'faults', rules) $$;

CREATE FUNCTION emu.no_faults() RETURNS void
LANGUAGE sql VOLATILE AS $$ SELECT emu.http('DELETE', 'faults') $$;

-- emu.state('backups'), emu.state('parameters', query => 'instance_id=...')
CREATE FUNCTION emu.state(collection text, project text DEFAULT NULL, query text DEFAULT NULL)
RETURNS SETOF jsonb LANGUAGE sql VOLATILE
AS $$
	SELECT jsonb_array_elements(emu.http('GET', 'state/' || collection ||
		   coalesce('?' || nullif(concat_ws('&', 'project=' || project, query), ''), '')))
$$;

CREATE FUNCTION emu.stats() RETURNS jsonb
LANGUAGE sql VOLATILE AS $$ SELECT emu.http('GET', 'stats') $$;

CREATE FUNCTION emu.reset(settings jsonb DEFAULT '{}') RETURNS void
LANGUAGE sql VOLATILE AS $$ SELECT emu.http('POST', 'reset', settings) $$;

RESET client_min_messages;
\set ON_ERROR_STOP off
