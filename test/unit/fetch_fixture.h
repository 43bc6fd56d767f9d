/*
 * fetch_fixture.h
 *		What the unit tests of fetching share: a small catalog, a server that
 *		serves it (honestly or not), and a fetch that is run to its end.
 */
#ifndef FETCH_FIXTURE_H
#define FETCH_FIXTURE_H

#include "fetch_fake.h"

/* ---------------------------------------------------------------------------
 * The catalog of the tests: things, their parts, and the screws of the parts
 * ------------------------------------------------------------------------ */

enum
{
	THING_ID, THING_NAME, THING_SIZE, THING_EXTRA, THING_ZONE, THING_COLUMNS
};

static const GmfColumn thing_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id"},
	{.name = "name", .type = GMF_TEXT, .path = "name"},
	{.name = "size", .type = GMF_INTEGER, .path = "size"},
	{.name = "extra", .type = GMF_TEXT, .path = "extra", .only = GMF_GET},
	{.name = "zone", .type = GMF_TEXT},
	{0}
};

static const GmfParameter list_parameters[] = {
	{.name = "zone", .location = GMF_IN_QUERY, .column = "zone", .match = GMF_MATCH_EXACT},
	{.name = "name", .location = GMF_IN_QUERY, .column = "name", .match = GMF_MATCH_EXACT},
	{.name = "from", .location = GMF_IN_QUERY, .column = "size", .match = GMF_MATCH_FROM,
		.fallback = "0", .pair = "to"},
	{.name = "to", .location = GMF_IN_QUERY, .column = "size", .match = GMF_MATCH_TO,
		.fallback = "999", .pair = "from"},
	{0}
};

static const GmfParameter get_parameters[] = {
	{.name = "id", .location = GMF_IN_PATH, .column = "id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

#define LIST_OF_THINGS .role = GMF_LIST, .method = "GET", .path = "/v1/{project_id}/things", \
	.items = "things", .total = "total", .parameters = list_parameters

static const GmfRoute by_record = {
	LIST_OF_THINGS,
	.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0}
};

static const GmfRoute by_record_from_one = {
	LIST_OF_THINGS,
	.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 1}
};

static const GmfRoute undocumented = {
	LIST_OF_THINGS,
	.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0}
};

static const GmfRoute offset_only = {
	LIST_OF_THINGS,
	.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, NULL, "offset", 0, 0, 0}
};

static const GmfRoute by_page_number = {
	LIST_OF_THINGS,
	.paging = {GMF_PAGED_BY_PAGE, GMF_IN_QUERY, "limit", "offset", 10, 100, 0}
};

static const GmfRoute by_page_in_body = {
	.role = GMF_LIST, .method = "POST", .path = "/v1/{project_id}/things/search",
	.items = "things", .total = "total",
	.paging = {GMF_PAGED_BY_PAGE, GMF_IN_BODY, "limit", "offset", 10, 100, 1}
};

/* A page begins behind the last row of the one before, or where that says. */
static const GmfRoute by_last_id = {
	LIST_OF_THINGS,
	.paging = {GMF_PAGED_BY_MARKER, GMF_IN_QUERY, "limit", "marker", 100, 100, 0, "id"}
};

static const GmfRoute by_next_marker = {
	LIST_OF_THINGS,
	.paging = {GMF_PAGED_BY_MARKER, GMF_IN_QUERY, "limit", "marker", 100, 100, 0, "$.page.next"}
};

static const GmfRoute unpaged = {LIST_OF_THINGS};

static const GmfRoute asked_with_nothing = {
	.role = GMF_LIST, .method = "POST", .path = "/v1/{project_id}/things/search",
	.items = "things"
};

static const GmfParameter owner_parameters[] = {
	{.name = "owner", .location = GMF_IN_PATH, .column = "zone", .match = GMF_MATCH_EXACT,
		.required = true},
	{.name = "X-Name", .location = GMF_IN_HEADER, .column = "name", .match = GMF_MATCH_KEY},
	{0}
};

static const GmfRoute of_owner = {
	.role = GMF_LIST, .method = "GET", .path = "/v1/{project_id}/owners/{owner}/things",
	.items = "things", .total = "total", .parameters = owner_parameters,
	.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0}
};

/* Pages and total count things; the rows are the bits that each of them has. */
static const GmfRoute bits_by_record = {
	.role = GMF_LIST, .method = "GET", .path = "/v1/{project_id}/things",
	.items = "things[].bits[]", .records = "things", .total = "total",
	.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0}
};

static const GmfColumn bit_columns[] = {
	{.name = "thing_id", .type = GMF_TEXT, .path = "^.id"},
	{.name = "name", .type = GMF_TEXT, .path = "@"},
	{0}
};

static const GmfResource bits = {
	.service = "test", .name = "bits", .columns = bit_columns
};

static const GmfRoute thing_by_id = {
	.role = GMF_GET, .method = "GET", .path = "/v1/{project_id}/things/{id}",
	.items = "thing", .parameters = get_parameters, .not_found = "GONE.1 | GONE.2"
};

static const GmfResource things = {
	.service = "test", .name = "things", .columns = thing_columns, .key = "id"
};

static const GmfResource keyless_things = {
	.service = "test", .name = "things", .columns = thing_columns
};

enum
{
	PART_THING, PART_ID, PART_KIND, PART_COLUMNS
};

static const GmfColumn part_columns[] = {
	{.name = "thing_id", .type = GMF_TEXT},
	{.name = "id", .type = GMF_TEXT, .path = "id"},
	{.name = "kind", .type = GMF_TEXT, .path = "kind"},
	{0}
};

static const GmfParameter part_parameters[] = {
	{.name = "thing_id", .location = GMF_IN_PATH, .column = "thing_id",
		.match = GMF_MATCH_KEY, .required = true, .refused = "root | system"},
	{.name = "kind", .location = GMF_IN_QUERY, .column = "kind", .match = GMF_MATCH_EXACT},
	{0}
};

static const GmfRoute parts_of_thing = {
	.role = GMF_LIST, .method = "GET", .path = "/v1/{project_id}/things/{thing_id}/parts",
	.items = "parts", .parameters = part_parameters, .not_found = "GONE.1 | GONE.2"
};

static const GmfParentKey of_thing[] = {{"thing_id", "id"}, {0}};

static const GmfResource parts = {
	.service = "test", .name = "parts", .columns = part_columns, .key = "id",
	.parent = "things", .parent_keys = of_thing
};

static const GmfParentKey of_some_things[] = {
	{.column = "thing_id", .parent_column = "id", .when_column = "name",
		.when_value = "name 1|name 4"},
	{0}
};

static const GmfResource parts_of_some = {
	.service = "test", .name = "parts", .columns = part_columns, .key = "id",
	.parent = "things", .parent_keys = of_some_things
};

static const GmfColumn screw_columns[] = {
	{.name = "thing_id", .type = GMF_TEXT},
	{.name = "part_id", .type = GMF_TEXT},
	{.name = "id", .type = GMF_TEXT, .path = "id"},
	{0}
};

static const GmfParameter screw_parameters[] = {
	{.name = "thing_id", .location = GMF_IN_PATH, .column = "thing_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "part_id", .location = GMF_IN_PATH, .column = "part_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfRoute screws_of_part = {
	.role = GMF_LIST, .method = "GET",
	.path = "/v1/{project_id}/things/{thing_id}/parts/{part_id}/screws",
	.items = "screws", .parameters = screw_parameters
};

static const GmfParentKey of_part[] = {{"thing_id", "thing_id"}, {"part_id", "id"}, {0}};

static const GmfResource screws = {
	.service = "test", .name = "screws", .columns = screw_columns, .key = "id",
	.parent = "parts", .parent_keys = of_part
};

/* Many ids in one request, and constants that must be sent. */
static const GmfColumn state_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id"},
	{.name = "state", .type = GMF_TEXT, .path = "state"},
	{.name = "kind", .type = GMF_TEXT},
	{.name = "mode", .type = GMF_TEXT},
	{0}
};

static const GmfParameter state_parameters[] = {
	{.name = "ids", .location = GMF_IN_BODY, .column = "id", .match = GMF_MATCH_KEY,
		.required = true, .batch = 3},
	{.name = "kind", .location = GMF_IN_BODY, .column = "kind", .match = GMF_MATCH_EXACT,
		.required = true, .domain = "hot | cold"},
	{.name = "mode", .location = GMF_IN_BODY, .column = "mode", .match = GMF_MATCH_NONE,
		.required = true, .fallback = "\"full\""},
	{.name = "options.deep", .location = GMF_IN_BODY, .match = GMF_MATCH_NONE,
		.fallback = "true"},
	{0}
};

static const GmfRoute states_by_id = {
	.role = GMF_GET, .method = "POST", .path = "/v1/{project_id}/states", .items = "states",
	.parameters = state_parameters
};

static const GmfParentKey state_of_thing[] = {{"id", "id"}, {0}};

static const GmfResource states = {
	.service = "test", .name = "states", .columns = state_columns, .key = "id",
	.parent = "things", .parent_keys = state_of_thing
};

/* ---------------------------------------------------------------------------
 * The server of the tests
 * ------------------------------------------------------------------------ */

/* What it tells as the number of all rows. */
enum
{
	TRUE_TOTAL = 0, NO_TOTAL, TOTAL_OF
};

static struct
{
	long		rows;			/* things there are */
	long		rows_elsewhere; /* ... outside of zone t1, if not 0 */
	long		hidden;			/* a thing that is counted but not shown, if not 0 */
	long		cap;			/* most rows of a page; 0: none */
	int			total;
	long		told;			/* TOTAL_OF */
	long		told_later;		/* TOTAL_OF: from the second request on, if not 0 */
	int			position_unit;	/* 1: offset counts records; 0: pages */
	long		first;
	bool		ignores_position;
	bool		ignores_limit;
	long		shift_at;		/* rows come in at the front before this request ... */
	long		shift_by;		/* ... so many */
	long		parts;			/* of each thing; -1: as many as its number mod 3 */
	const char *missing;		/* id of a thing that is gone */
	const char *gone_code;		/* ... said with this code instead of 404 */
	int			fails;			/* number of the request that fails; -1: none */
	const char *list_extra;		/* member of each thing in the list */
	bool		names_next;		/* each page says where the next one begins */
	const char *link;			/* each page has a link to the next one: "%ld" is its marker */
	long		alternates;		/* so many pages, over and over again */
	const char *top_extra;		/* members of each answer that has more behind it */
	const char *last_extra;		/* members of the answer that ends the list */
	const char *whole;			/* this is the answer, whatever is asked */
	const char *detail;			/* this is the answer for a single thing */
	int			told_from;		/* TOTAL_OF: from this request on ... */
	long		told_then;		/* ... this */
	bool		bits;			/* things have as many bits as their number mod 3 */
} server;

static inline void
serve_things(GmfExchange *x)
{
	char		text[64];
	bool		paged = asked(x, "offset", text) != NULL;
	bool		marked = asked(x, "marker", text) != NULL;
	long		marker = marked ? strtol(text + 1, NULL, 10) + 1 : 0;
	long		limit = asked_number(x, "limit", paged ? 20 : server.rows);
	long		offset = asked_number(x, "offset", server.first) - server.first;
	long		rows = server.rows;
	long		end;
	const char *comma = "";

	if (server.rows_elsewhere > 0 && asked(x, "zone", text) != NULL && strcmp(text, "t1") != 0)
		rows = server.rows_elsewhere;
	if (server.cap > 0 && limit > server.cap)
		limit = server.cap;
	if (server.ignores_limit)
		limit = server.rows;
	offset = marked ? marker : offset * (server.position_unit ? 1 : limit);
	if (server.ignores_position || offset < 0)
		offset = 0;
	if (server.alternates > 0)
		offset %= server.alternates * limit;
	end = offset + limit < rows ? offset + limit : rows;
	text_add(&x->body, "{\"things\": [");
	for (long i = offset; i < end; i++)
	{
		bool		shifted = server.shift_at > 0 && x->number >= server.shift_at;
		long		n = shifted ? i - server.shift_by : i;

		if (n == server.hidden && n != 0)
			continue;
		text_add(&x->body, "%s{\"id\": \"t%ld\", \"name\": \"name %ld\", \"size\": %ld%s%s}",
				 comma, n, n, n, server.list_extra == NULL ? "" : server.list_extra,
				 !server.bits || n % 3 == 0 ? "" :
				 n % 3 == 1 ? ", \"bits\": [\"b0\"]" : ", \"bits\": [\"b0\", \"b1\"]");
		comma = ", ";
	}
	text_add(&x->body, "]");
	if (server.names_next && end < rows)
		text_add(&x->body, ", \"page\": {\"next\": \"t%ld\"}", end - 1);
	else if (server.names_next)
		text_add(&x->body, ", \"page\": {\"next\": null}");
	if (end < rows && server.link != NULL)
	{
		char	   *before = strdup(server.link);
		char	   *hole = strstr(before, "%ld");

		*hole = '\0';
		text_add(&x->body, ", %s%ld%s", before, end - 1, hole + 3);
		free(before);
	}
	if (end < rows && server.top_extra != NULL)
		text_add(&x->body, ", %s", server.top_extra);
	if (end >= rows && server.last_extra != NULL)
		text_add(&x->body, ", %s", server.last_extra);
	if (server.total == TRUE_TOTAL)
		text_add(&x->body, ", \"total\": %ld", rows);
	else if (server.total == TOTAL_OF)
		text_add(&x->body, ", \"total\": %ld",
				 server.told_from > 0 && x->number >= server.told_from ? server.told_then :
				 x->number > 0 && server.told_later != 0 ? server.told_later : server.told);
	text_add(&x->body, "}");
}

static inline bool
is_gone(GmfExchange *x, const char *id)
{
	if (server.missing == NULL || strcmp(server.missing, id) != 0)
		return false;
	if (server.gone_code != NULL)
		refuse(x, GMF_REJECTED, 400, server.gone_code);
	else
		refuse(x, GMF_NOT_FOUND, 404, "");
	return true;
}

static inline void
serve_parts(GmfExchange *x, const char *thing)
{
	long		n = server.parts >= 0 ? server.parts : strtol(thing + 1, NULL, 10) % 3;

	if (is_gone(x, thing))
		return;
	text_add(&x->body, "{\"parts\": [");
	for (long i = 0; i < n; i++)
		text_add(&x->body, "%s{\"id\": \"%s.p%ld\", \"kind\": \"k%ld\"}", i > 0 ? ", " : "",
				 thing, i, i);
	text_add(&x->body, "]}");
}

static inline void
serve_screws(GmfExchange *x, const char *part)
{
	text_add(&x->body, "{\"screws\": [{\"id\": \"%s.s\"}]}", part);
}

static inline void
serve_thing(GmfExchange *x, const char *id)
{
	if (server.detail != NULL)
		text_add(&x->body, "%s", server.detail);
	else if (!is_gone(x, id))
		text_add(&x->body, "{\"thing\": {\"id\": \"%s\", \"name\": \"detail\", "
				 "\"extra\": \"extra of %s\"}}", id, id);
}

/* A state for each id, but one id that is gone spoils the request. */
static inline void
serve_states(GmfExchange *x)
{
	const char *id = strchr(strstr(gmf_request_body(x->request), "\"ids\":"), '[');
	const char *end = strchr(id, ']');
	Text		list = {0};

	while ((id = strchr(id, '"')) != NULL && id < end)
	{
		char		name[32];

		snprintf(name, sizeof(name), "%.*s", (int) strcspn(id + 1, "\""), id + 1);
		id += strlen(name) + 2;
		if (is_gone(x, name))
			break;
		text_add(&list, "%s{\"id\": \"%s\", \"state\": \"ok\"}", list.length > 0 ? ", " : "",
				 name);
	}
	if (x->error.kind == GMF_OK)
		text_add(&x->body, "{\"states\": [%s]}", text_of(&list));
	text_free(&list);
}

static inline void
serve(GmfExchange *x)
{
	char		first[64] = "";
	char		second[64] = "";
	char		rest[64] = "";
	int			n = sscanf(x->path, "/v1/p/things/%63[^/]/parts/%63[^/]/%63s", first, second,
						   rest);

	if (x->number == server.fails)
		refuse(x, GMF_UNAVAILABLE, 503, "BUSY.1");
	else if (server.whole != NULL)
		text_add(&x->body, "%s", server.whole);
	else if (strcmp(x->path, "/v1/p/states") == 0)
		serve_states(x);
	else if (n == 3)
		serve_screws(x, second);
	else if (n == 1 && strstr(x->path, "/parts") != NULL)
		serve_parts(x, first);
	else if (n == 1 && strcmp(first, "search") != 0)
		serve_thing(x, first);
	else
		serve_things(x);
}

static inline int
set_up(void **state)
{
	(void) state;
	memset(&server, 0, sizeof(server));
	server.position_unit = 1;
	server.parts = -1;
	server.fails = -1;
	srand(1);
	return 0;
}

/* ---------------------------------------------------------------------------
 * Running a fetch
 * ------------------------------------------------------------------------ */

static const bool all_columns[16] = {
	true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
	true
};

static const bool only_id[16] = {true};

typedef struct Run
{
	GmfSession	session;
	GmfFetchSpec spec;
	GmfFetch   *fetch;
	int64_t		most_rows;		/* stop after so many; 0: do not */
	Text		rows;			/* a line for each; values separated with blanks */
	int64_t		nrows;
	GmfFetchState state;
	GmfError	error;
	GmfFetchCounters counters;
} Run;

static inline void
add_row(Run *run, const GmfValue *values, int n)
{
	for (int i = 0; i < n; i++)
	{
		const char *separator = i == 0 ? "" : " ";

		if (values[i].kind == GMF_ABSENT)
			text_add(&run->rows, "%s-", separator);
		else if (values[i].kind == GMF_NULL)
			text_add(&run->rows, "%sNULL", separator);
		else
			text_add(&run->rows, "%s%.*s", separator, (int) values[i].length, values[i].text);
	}
	text_add(&run->rows, "\n");
	run->nrows++;
}

static inline void
run_open(Run *run)
{
	run->session.serve = serve;
	gmf_error_clear(&run->error);
	run->fetch = gmf_fetch_open(&run->session, &run->spec, &run->error);
}

/* Rows up to the end, an error, or as many as wanted; columns: shown in "rows". */
static inline void
run_on(Run *run, int columns)
{
	GmfValue	values[16];

	for (;;)
	{
		if (run->most_rows > 0 && run->nrows >= run->most_rows)
			return;
		run->state = gmf_fetch_next(run->fetch, values, &run->error);
		if (run->state == GMF_FETCH_ROW)
			add_row(run, values, columns);
		else if (run->state == GMF_FETCH_WAIT)
			assert_true(finish_one(&run->session)); /* it must not wait for nothing */
		else
			break;
	}
	assert_int_equal(gmf_fetch_next(run->fetch, values, &run->error), run->state);
}

static inline void
run_close(Run *run)
{
	if (run->fetch != NULL)
	{
		gmf_fetch_counters(run->fetch, &run->counters);
		assert_int_equal(run->counters.rows, run->nrows);
		assert_int_equal(run->counters.requests, run->session.begun);
	}
	gmf_fetch_close(run->fetch);
	session_free(&run->session);
	text_free(&run->rows);
}

/* Open, run to the end, expecting success. */
static inline void
run_whole(Run *run, int columns)
{
	run_open(run);
	assert_non_null(run->fetch);
	run_on(run, columns);
	if (run->state == GMF_FETCH_FAILED)
		fail_msg("%s", run->error.message);
}

static inline GmfFetchState
run_total(Run *run, int64_t *total)
{
	GmfFetchState state;

	run_open(run);
	assert_non_null(run->fetch);
	while ((state = gmf_fetch_total(run->fetch, total, &run->error)) == GMF_FETCH_WAIT)
		assert_true(finish_one(&run->session));
	assert_int_equal(gmf_fetch_total(run->fetch, total, &run->error), state);
	return state;
}

/* The ids of things from "begin" to before "end", as run_on writes them. */
static inline void
assert_things(const Run *run, long begin, long end)
{
	Text		expected = {0};

	for (long i = begin; i < end; i++)
		text_add(&expected, "t%ld\n", i);
	assert_string_equal(text_of(&run->rows), text_of(&expected));
	text_free(&expected);
}

static inline void
assert_requests(const Run *run, const char *expected)
{
	assert_string_equal(text_of(&run->session.log), expected);
}

static const char *const one_id[] = {"t5"};
static const char *const ids[] = {"t1", "t2", "t3", "t4", "t5", "t6", "t7"};

#endif							/* FETCH_FIXTURE_H */
