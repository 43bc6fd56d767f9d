/*
 * test_fetch.c
 *		Unit tests of fetching: which requests are made, how many at once, and
 *		which rows come out in which order, for honest and for lying servers.
 */
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

static const GmfRoute unpaged = {LIST_OF_THINGS};

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
		.match = GMF_MATCH_KEY, .required = true},
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
	long		cap;			/* most rows of a page; 0: none */
	int			total;
	long		told;			/* TOTAL_OF */
	long		told_later;		/* TOTAL_OF: from the second request on, if not 0 */
	int			position_unit;	/* 1: offset counts records; 0: pages */
	long		first;
	bool		ignores_position;
	bool		ignores_limit;
	long		shift_at;		/* a row is removed before request number ... */
	long		parts;			/* of each thing; -1: as many as its number mod 3 */
	const char *missing;		/* id of a thing that is gone */
	const char *gone_code;		/* ... said with this code instead of 404 */
	int			fails;			/* number of the request that fails; -1: none */
	const char *list_extra;		/* member of each thing in the list */
} server;

static void
serve_things(GmfExchange *x)
{
	long		limit = asked_number(x, "limit", 20);
	long		offset = asked_number(x, "offset", server.first) - server.first;
	long		end;
	const char *comma = "";

	if (server.cap > 0 && limit > server.cap)
		limit = server.cap;
	if (server.ignores_limit)
		limit = server.rows;
	offset *= server.position_unit ? 1 : limit;
	if (server.ignores_position)
		offset = 0;
	end = offset + limit < server.rows ? offset + limit : server.rows;
	text_add(&x->body, "{\"things\": [");
	for (long i = offset; i < end; i++, comma = ", ")
	{
		long		n = server.shift_at > 0 && x->number < server.shift_at ? i : i;

		if (server.shift_at > 0 && x->number >= server.shift_at)
			n = i - 1;			/* one came in at the front */
		text_add(&x->body, "%s{\"id\": \"t%ld\", \"name\": \"name %ld\", \"size\": %ld%s}",
				 comma, n, n, n, server.list_extra == NULL ? "" : server.list_extra);
	}
	text_add(&x->body, "]");
	if (server.total == TRUE_TOTAL)
		text_add(&x->body, ", \"total\": %ld", server.rows);
	else if (server.total == TOTAL_OF)
		text_add(&x->body, ", \"total\": %ld",
				 x->number > 0 && server.told_later != 0 ? server.told_later : server.told);
	text_add(&x->body, "}");
}

static bool
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

static void
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

static void
serve_screws(GmfExchange *x, const char *part)
{
	text_add(&x->body, "{\"screws\": [{\"id\": \"%s.s\"}]}", part);
}

static void
serve_thing(GmfExchange *x, const char *id)
{
	if (!is_gone(x, id))
		text_add(&x->body, "{\"thing\": {\"id\": \"%s\", \"name\": \"detail\", "
				 "\"extra\": \"extra of %s\"}}", id, id);
}

/* A state for each id, but one id that is gone spoils the request. */
static void
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

static void
serve(GmfExchange *x)
{
	char		first[64] = "";
	char		second[64] = "";
	char		rest[64] = "";
	int			n = sscanf(x->path, "/v1/p/things/%63[^/]/parts/%63[^/]/%63s", first, second,
						   rest);

	if (x->number == server.fails)
		refuse(x, GMF_UNAVAILABLE, 503, "BUSY.1");
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

static int
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

static void
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

static void
run_open(Run *run)
{
	run->session.serve = serve;
	gmf_error_clear(&run->error);
	run->fetch = gmf_fetch_open(&run->session, &run->spec, &run->error);
}

/* Rows up to the end, an error, or as many as wanted; columns: shown in "rows". */
static void
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

static void
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
static void
run_whole(Run *run, int columns)
{
	run_open(run);
	assert_non_null(run->fetch);
	run_on(run, columns);
	if (run->state == GMF_FETCH_FAILED)
		fail_msg("%s", run->error.message);
}

/* The ids of things from "begin" to before "end", as run_on writes them. */
static void
assert_things(const Run *run, long begin, long end)
{
	Text		expected = {0};

	for (long i = begin; i < end; i++)
		text_add(&expected, "t%ld\n", i);
	assert_string_equal(text_of(&run->rows), text_of(&expected));
	text_free(&expected);
}

static void
assert_requests(const Run *run, const char *expected)
{
	assert_string_equal(text_of(&run->session.log), expected);
}

static const char *const one_id[] = {"t5"};
static const char *const ids[] = {"t1", "t2", "t3", "t4", "t5", "t6", "t7"};

/* ---------------------------------------------------------------------------
 * Pages
 * ------------------------------------------------------------------------ */

static void
test_pages_by_record(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id}};

	(void) state;
	server.rows = 250;
	run_whole(&run, 1);
	assert_things(&run, 0, 250);
	assert_requests(&run,
					"GET /v1/p/things?limit=100&offset=0\n"
					"GET /v1/p/things?limit=100&offset=100\n"
					"GET /v1/p/things?limit=100&offset=200\n");
	run_close(&run);
}

static void
test_first_position_is_one(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record_from_one,
			.used = only_id, .page_size = 40}};

	(void) state;
	server.rows = 100;
	server.first = 1;
	run_whole(&run, 1);
	assert_things(&run, 0, 100);
	assert_requests(&run,
					"GET /v1/p/things?limit=40&offset=1\n"
					"GET /v1/p/things?limit=40&offset=41\n"
					"GET /v1/p/things?limit=40&offset=81\n");
	run_close(&run);
}

static void
test_pages_by_page(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_page_number,
			.used = only_id, .page_size = 1000}};

	(void) state;
	server.rows = 250;
	server.position_unit = 0;
	run_whole(&run, 1);
	assert_things(&run, 0, 250);
	assert_requests(&run,
					"GET /v1/p/things?limit=100&offset=0\n"
					"GET /v1/p/things?limit=100&offset=1\n"
					"GET /v1/p/things?limit=100&offset=2\n");
	run_close(&run);
}

static void
test_pages_in_body(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_page_in_body,
			.used = only_id, .page_size = 30}};

	(void) state;
	server.rows = 61;
	server.position_unit = 0;
	server.first = 1;
	run_whole(&run, 1);
	assert_things(&run, 0, 61);
	assert_requests(&run,
					"POST /v1/p/things/search {\"limit\":30,\"offset\":1}\n"
					"POST /v1/p/things/search {\"limit\":30,\"offset\":2}\n"
					"POST /v1/p/things/search {\"limit\":30,\"offset\":3}\n");
	run_close(&run);
}

static void
test_unpaged(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &unpaged, .used = only_id,
			.page_size = 7, .wanted_rows = 3}};

	(void) state;
	server.rows = 15;
	run_whole(&run, 1);
	assert_things(&run, 0, 15);
	assert_requests(&run, "GET /v1/p/things\n");
	run_close(&run);
}

/* The list takes no size: it is learnt from the first page. */
static void
test_offset_only(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &offset_only, .used = only_id}};

	(void) state;
	server.rows = 50;			/* in pages of 20 */
	run_whole(&run, 1);
	assert_things(&run, 0, 50);
	assert_requests(&run,
					"GET /v1/p/things?offset=0\n"
					"GET /v1/p/things?offset=20\n"
					"GET /v1/p/things?offset=40\n");
	run_close(&run);
}

static void
test_empty_list(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id}};

	(void) state;
	run_whole(&run, 1);
	assert_int_equal(run.nrows, 0);
	assert_int_equal(run.session.begun, 1);
	run_close(&run);
}

/* The first page comes alone; then the window is filled, and never more than that. */
static void
test_window(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.page_size = 10, .window = 4}};
	GmfValue	values[THING_COLUMNS + 1];

	(void) state;
	server.rows = 200;
	run_open(&run);
	assert_int_equal(gmf_fetch_next(run.fetch, values, &run.error), GMF_FETCH_WAIT);
	assert_int_equal(gmf_fetch_next(run.fetch, values, &run.error), GMF_FETCH_WAIT);
	assert_int_equal(run.session.begun, 1);
	assert_true(finish_one(&run.session));
	assert_int_equal(gmf_fetch_next(run.fetch, values, &run.error), GMF_FETCH_ROW);
	assert_int_equal(run.session.begun, 4);
	add_row(&run, values, 1);
	run_on(&run, 1);
	assert_things(&run, 0, 200);
	assert_int_equal(run.session.begun, 20);
	assert_int_equal(run.session.most_alive, 4);
	run_close(&run);
}

static void
test_default_window(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.page_size = 10}};

	(void) state;
	server.rows = 500;
	run.session.max_connections = 5;
	run_whole(&run, 1);
	assert_int_equal(run.session.most_alive, 7);
	run_close(&run);
}

static void
test_pages_arrive_backwards(void **state)
{
	Run			run = {.session = {.order = NEWEST_FIRST},
		.spec = {.resource = &things, .route = &by_record, .used = only_id, .page_size = 7,
			.window = 5}};

	(void) state;
	server.rows = 200;
	run_whole(&run, 1);
	assert_things(&run, 0, 200);
	assert_int_equal(run.session.most_alive, 5);
	run_close(&run);
}

/* ---------------------------------------------------------------------------
 * How much is asked
 * ------------------------------------------------------------------------ */

static void
test_limit_is_a_page_size(void **state)
{
	Run			run = {.most_rows = 10,
		.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.wanted_rows = 10}};

	(void) state;
	server.rows = 5000;
	run_whole(&run, 1);
	assert_things(&run, 0, 10);
	assert_requests(&run, "GET /v1/p/things?limit=10&offset=0\n");
	run_close(&run);
}

static void
test_limit_over_several_pages(void **state)
{
	Run			run = {.most_rows = 250,
		.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.wanted_rows = 250}};

	(void) state;
	server.rows = 5000;
	run_whole(&run, 1);
	assert_things(&run, 0, 250);
	assert_requests(&run,
					"GET /v1/p/things?limit=100&offset=0\n"
					"GET /v1/p/things?limit=100&offset=100\n"
					"GET /v1/p/things?limit=50&offset=200\n");
	run_close(&run);
}

/* Rows were thrown away above: go on in growing steps. */
static void
test_limit_did_not_suffice(void **state)
{
	Run			run = {.most_rows = 151,
		.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.wanted_rows = 10}};

	(void) state;
	server.rows = 5000;
	run_whole(&run, 1);
	assert_things(&run, 0, 151);
	assert_requests(&run,
					"GET /v1/p/things?limit=10&offset=0\n"
					"GET /v1/p/things?limit=20&offset=10\n"
					"GET /v1/p/things?limit=40&offset=30\n"
					"GET /v1/p/things?limit=80&offset=70\n"
					"GET /v1/p/things?limit=100&offset=150\n"
					"GET /v1/p/things?limit=100&offset=250\n");
	run_close(&run);
}

/* By page there is a new start with the full size; no row comes twice. */
static void
test_limit_by_page(void **state)
{
	Run			run = {.most_rows = 130,
		.spec = {.resource = &things, .route = &by_page_number, .used = only_id,
			.wanted_rows = 15}};

	(void) state;
	server.rows = 5000;
	server.position_unit = 0;
	run_whole(&run, 1);
	assert_things(&run, 0, 130);
	assert_requests(&run,
					"GET /v1/p/things?limit=15&offset=0\n"
					"GET /v1/p/things?limit=100&offset=0\n"
					"GET /v1/p/things?limit=100&offset=1\n");
	run_close(&run);
}

static void
test_skip_by_record(void **state)
{
	Run			run = {.most_rows = 20,
		.spec = {.resource = &things, .route = &by_record_from_one, .used = only_id,
			.wanted_rows = 20, .skip_rows = 95}};

	(void) state;
	server.rows = 500;
	server.first = 1;
	run_whole(&run, 1);
	assert_things(&run, 95, 115);
	assert_requests(&run, "GET /v1/p/things?limit=20&offset=96\n");
	run_close(&run);
}

/* The smallest page that holds rows 95 to 104 is the seventh page of 15. */
static void
test_skip_by_page(void **state)
{
	Run			run = {.most_rows = 10,
		.spec = {.resource = &things, .route = &by_page_number, .used = only_id,
			.wanted_rows = 10, .skip_rows = 95}};

	(void) state;
	server.rows = 500;
	server.position_unit = 0;
	run_whole(&run, 1);
	assert_things(&run, 95, 105);
	assert_requests(&run, "GET /v1/p/things?limit=15&offset=6\n");
	run.most_rows = 250;
	run_on(&run, 1);
	assert_things(&run, 95, 345);
	run_close(&run);
}

static void
test_skip_beyond_the_end(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.skip_rows = 300}};

	(void) state;
	server.rows = 250;
	run_whole(&run, 1);
	assert_int_equal(run.nrows, 0);
	assert_requests(&run, "GET /v1/p/things?limit=100&offset=300\n");
	run_close(&run);
}

static void
test_skip_needs_pages_and_one_combination(void **state)
{
	GmfBinding	zones = {&list_parameters[0], ids, 2};
	Run			run = {.spec = {.resource = &things, .route = &unpaged, .used = only_id,
			.skip_rows = 1}};

	(void) state;
	run_open(&run);
	assert_null(run.fetch);
	assert_int_equal(run.error.kind, GMF_INVALID);
	run.spec.route = &by_record;
	run.spec.bindings = &zones;
	run.spec.nbindings = 1;
	run_open(&run);
	assert_null(run.fetch);
	assert_int_equal(run.error.kind, GMF_INVALID);
	run_close(&run);
}

/* ---------------------------------------------------------------------------
 * Servers that do not do what they say
 * ------------------------------------------------------------------------ */

static void
test_server_caps_pages(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id}};

	(void) state;
	server.rows = 130;
	server.cap = 50;
	run_whole(&run, 1);
	assert_things(&run, 0, 130);
	assert_requests(&run,
					"GET /v1/p/things?limit=100&offset=0\n"
					"GET /v1/p/things?limit=50&offset=50\n"
					"GET /v1/p/things?limit=50&offset=100\n");
	run_close(&run);
}

/* Asked for page 0 of 100, it gave page 0 of 30: page 1 of 100 would be row 30 to it. */
static void
test_server_caps_pages_by_page(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_page_number,
			.used = only_id}};

	(void) state;
	server.rows = 70;
	server.cap = 30;
	server.position_unit = 0;
	run_whole(&run, 1);
	assert_things(&run, 0, 70);
	assert_requests(&run,
					"GET /v1/p/things?limit=100&offset=0\n"
					"GET /v1/p/things?limit=30&offset=1\n"
					"GET /v1/p/things?limit=30&offset=2\n");
	run_close(&run);
}

/* It turns out to be capped only when rows were skipped: what came is another page. */
static void
test_server_caps_pages_behind_skipped_rows(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_page_number,
			.used = only_id, .skip_rows = 100}};

	(void) state;
	server.rows = 150;
	server.cap = 30;
	server.position_unit = 0;
	run_whole(&run, 1);
	assert_things(&run, 100, 150);
	assert_requests(&run,
					"GET /v1/p/things?limit=100&offset=1\n"
					"GET /v1/p/things?limit=30&offset=3\n"
					"GET /v1/p/things?limit=30&offset=4\n");
	run_close(&run);
}

static void
test_server_ignores_the_limit(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.page_size = 10}};

	(void) state;
	server.rows = 64;
	server.ignores_limit = true;
	run_whole(&run, 1);
	assert_things(&run, 0, 64);
	assert_int_equal(run.session.begun, 1);
	run_close(&run);
}

static void
test_total_too_small(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id}};

	(void) state;
	server.rows = 230;
	server.total = TOTAL_OF;
	server.told = 70;
	run_whole(&run, 1);
	assert_things(&run, 0, 230);
	run_close(&run);
}

static void
test_total_too_large(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.window = 3}};

	(void) state;
	server.rows = 230;
	server.total = TOTAL_OF;
	server.told = 100000;
	run_whole(&run, 1);
	assert_things(&run, 0, 230);
	assert_true(run.session.begun <= 7);
	run_close(&run);
}

static void
test_total_negative(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id}};

	(void) state;
	server.rows = 200;			/* the last page is full: the empty one ends it */
	server.total = TOTAL_OF;
	server.told = -1;
	run_whole(&run, 1);
	assert_things(&run, 0, 200);
	run_close(&run);
}

static void
test_total_grows(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id}};

	(void) state;
	server.rows = 450;
	server.total = TOTAL_OF;
	server.told = 180;
	server.told_later = 450;
	run_whole(&run, 1);
	assert_things(&run, 0, 450);
	run_close(&run);
}

static void
test_total_shrinks(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id}};

	(void) state;
	server.rows = 200;
	server.total = TOTAL_OF;
	server.told = 900;
	server.told_later = 200;
	run_whole(&run, 1);
	assert_things(&run, 0, 200);
	run_close(&run);
}

/* Read ahead by a window, but only behind a page that was full. */
static void
test_no_total(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.window = 4}};
	GmfValue	values[THING_COLUMNS + 1];

	(void) state;
	server.total = NO_TOTAL;
	server.rows = 230;
	run_open(&run);
	assert_int_equal(gmf_fetch_next(run.fetch, values, &run.error), GMF_FETCH_WAIT);
	assert_int_equal(run.session.begun, 1);
	finish_one(&run.session);
	assert_int_equal(gmf_fetch_next(run.fetch, values, &run.error), GMF_FETCH_ROW);
	add_row(&run, values, 1);
	assert_int_equal(run.session.begun, 4);
	run_on(&run, 1);
	assert_things(&run, 0, 230);
	assert_int_equal(run.session.most_alive, 4);
	run_close(&run);
}

static void
test_no_total_and_short(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id}};

	(void) state;
	server.total = NO_TOTAL;
	server.rows = 99;
	run_whole(&run, 1);
	assert_things(&run, 0, 99);
	assert_requests(&run, "GET /v1/p/things?limit=100&offset=0\n");
	run_close(&run);
}

/* Without a documented maximum a short page may be a capped one. */
static void
test_no_total_and_unknown_maximum(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &undocumented,
			.used = only_id}};

	(void) state;
	server.total = NO_TOTAL;
	server.rows = 99;
	server.cap = 40;
	run_whole(&run, 1);
	assert_things(&run, 0, 99);
	assert_int_equal(strncmp(text_of(&run.session.log),
							 "GET /v1/p/things?limit=100&offset=0\n"
							 "GET /v1/p/things?limit=40&offset=40\n", 71), 0);
	run_close(&run);
}

static void
test_server_ignores_the_position(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.page_size = 20}};

	(void) state;
	server.rows = 100;
	server.ignores_position = true;
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_int_equal(run.error.kind, GMF_MALFORMED);
	assert_non_null(strstr(run.error.message, "returned the same page twice"));
	assert_string_equal(run.error.operation, "GET /v1/{project_id}/things");
	assert_things(&run, 0, 20);
	run_close(&run);
}

/* Without a key it is noticed all the same, if the page is not a small one. */
static void
test_server_ignores_the_position_without_key(void **state)
{
	Run			run = {.spec = {.resource = &keyless_things, .route = &by_record,
			.used = only_id, .page_size = 20}};

	(void) state;
	server.rows = 100;
	server.ignores_position = true;
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_int_equal(run.error.kind, GMF_MALFORMED);
	run_close(&run);
}

/* A row comes in at the front while the list is read: all others move on by one. */
static void
test_shifted_list(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.page_size = 10}};

	(void) state;
	server.rows = 45;
	server.shift_at = 2;
	run_whole(&run, 1);
	assert_things(&run, 0, 44);
	run_close(&run);

	run = (Run) {.spec = run.spec};
	run.spec.resource = &keyless_things;
	run_whole(&run, 1);
	assert_int_equal(run.nrows, 45);
	run_close(&run);
}

static void
test_malformed_page(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id}};

	(void) state;
	server.rows = 1;
	server.list_extra = ", ";
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_int_equal(run.error.kind, GMF_MALFORMED);
	assert_int_equal(run.error.http_status, 200);
	assert_string_equal(run.error.operation, "GET /v1/{project_id}/things");
	run_close(&run);
}
