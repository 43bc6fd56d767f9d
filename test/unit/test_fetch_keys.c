/*
 * test_fetch_keys.c
 *		Unit tests of fetching: keys of the query and of the parent, many in
 *		flight, and what errors do to the rows before them.
 */
#include "fetch_fixture.h"

/* ---------------------------------------------------------------------------
 * Keys
 * ------------------------------------------------------------------------ */

static void
test_every_combination(void **state)
{
	static const char *const kinds[] = {"k0", "k1"};
	GmfBinding	bindings[] = {
		{&part_parameters[0], ids, 2}, {&part_parameters[1], kinds, 2}
	};
	Run			run = {.spec = {.resource = &parts, .route = &parts_of_thing,
			.used = all_columns, .bindings = bindings, .nbindings = 2}};

	(void) state;
	server.parts = 1;
	run_whole(&run, 2);
	assert_string_equal(text_of(&run.rows), "t1 t1.p0\nt1 t1.p0\nt2 t2.p0\nt2 t2.p0\n");
	assert_requests(&run,
					"GET /v1/p/things/t1/parts?kind=k0\n"
					"GET /v1/p/things/t1/parts?kind=k1\n"
					"GET /v1/p/things/t2/parts?kind=k0\n"
					"GET /v1/p/things/t2/parts?kind=k1\n");
	run_close(&run);
}

static void
test_no_value_is_no_request(void **state)
{
	GmfBinding	binding = {&part_parameters[0], ids, 0};
	Run			run = {.spec = {.resource = &parts, .route = &parts_of_thing,
			.used = all_columns, .bindings = &binding, .nbindings = 1}};

	(void) state;
	run_whole(&run, 1);
	assert_int_equal(run.nrows, 0);
	assert_int_equal(run.session.begun, 0);
	run_close(&run);
}

static void
test_keys_in_flight(void **state)
{
	GmfBinding	binding = {&part_parameters[0], ids, 7};
	Run			run = {.session = {.order = NEWEST_FIRST},
		.spec = {.resource = &parts, .route = &parts_of_thing, .used = all_columns,
			.bindings = &binding, .nbindings = 1, .window = 4}};
	GmfValue	values[PART_COLUMNS + 1];

	(void) state;
	server.parts = 2;
	run_open(&run);
	assert_int_equal(gmf_fetch_next(run.fetch, values, &run.error), GMF_FETCH_WAIT);
	assert_int_equal(run.session.begun, 4);
	run_on(&run, 2);
	assert_string_equal(text_of(&run.rows),
						"t1 t1.p0\nt1 t1.p1\nt2 t2.p0\nt2 t2.p1\nt3 t3.p0\nt3 t3.p1\n"
						"t4 t4.p0\nt4 t4.p1\nt5 t5.p0\nt5 t5.p1\nt6 t6.p0\nt6 t6.p1\n"
						"t7 t7.p0\nt7 t7.p1\n");
	assert_int_equal(run.session.begun, 7);
	assert_int_equal(run.session.most_alive, 4);
	run_close(&run);
}

/* Started without being read: the first requests are on their way, and nothing more. */
static void
test_start(void **state)
{
	GmfBinding	binding = {&part_parameters[0], ids, 7};
	Run			run = {.spec = {.resource = &parts, .route = &parts_of_thing,
			.used = all_columns, .bindings = &binding, .nbindings = 1, .window = 4}};

	(void) state;
	server.parts = 1;
	run_open(&run);
	assert_int_equal(run.session.begun, 0);
	gmf_fetch_start(run.fetch);
	gmf_fetch_start(run.fetch);
	assert_int_equal(run.session.begun, 4);
	run_on(&run, 1);
	assert_int_equal(run.nrows, 7);
	gmf_fetch_start(run.fetch);
	assert_int_equal(run.session.begun, 7);
	run_close(&run);
}

/* A window of one page works, if slowly. */
static void
test_window_of_one(void **state)
{
	GmfBinding	zones = {&list_parameters[0], ids, 3};
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.bindings = &zones, .nbindings = 1, .window = 1, .page_size = 10}};

	(void) state;
	server.rows = 25;
	run_whole(&run, 1);
	assert_int_equal(run.nrows, 75);
	assert_int_equal(run.session.begun, 9);
	assert_int_equal(run.session.most_alive, 1);
	run_close(&run);
}

/* The later streams leave room for the head, whatever arrives first. */
static void
test_head_is_never_locked_out(void **state)
{
	GmfBinding	zones = {&list_parameters[0], ids, 7};
	Run			run = {.session = {.order = NEWEST_FIRST},
		.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.bindings = &zones, .nbindings = 1, .window = 3, .page_size = 10}};

	(void) state;
	server.rows = 95;
	run_whole(&run, 1);
	assert_int_equal(run.nrows, 7 * 95);
	assert_int_equal(run.session.begun, 70);
	assert_int_equal(run.session.most_alive, 3);
	run_close(&run);
}

/* Rows that are wanted bound the keys that are asked ahead, too. */
static void
test_limit_over_keys(void **state)
{
	GmfBinding	binding = {&get_parameters[0], ids, 7};
	Run			run = {.most_rows = 3,
		.spec = {.resource = &things, .route = &thing_by_id, .used = only_id,
			.bindings = &binding, .nbindings = 1, .wanted_rows = 3}};

	(void) state;
	run_whole(&run, 1);
	assert_string_equal(text_of(&run.rows), "t1\nt2\nt3\n");
	assert_int_equal(run.session.begun, 3);
	run.most_rows = 0;
	run_on(&run, 1);
	assert_int_equal(run.nrows, 7);
	run_close(&run);
}

/* Lists may be long: without experience one is asked first, then as many as needed. */
static void
test_limit_over_lists(void **state)
{
	GmfBinding	binding = {&part_parameters[0], ids, 7};
	Run			run = {.most_rows = 5,
		.spec = {.resource = &parts, .route = &parts_of_thing, .used = all_columns,
			.bindings = &binding, .nbindings = 1, .wanted_rows = 5}};
	GmfValue	values[PART_COLUMNS + 1];

	(void) state;
	server.parts = 2;
	run_open(&run);
	assert_int_equal(gmf_fetch_next(run.fetch, values, &run.error), GMF_FETCH_WAIT);
	assert_int_equal(run.session.begun, 1);
	run_on(&run, 2);
	assert_int_equal(run.nrows, 5);
	assert_int_equal(run.session.begun, 3);
	run_close(&run);
}

static void
test_batches(void **state)
{
	static const char *const kinds[] = {"hot"};
	GmfBinding	bindings[] = {
		{&state_parameters[0], ids, 7}, {&state_parameters[1], kinds, 1}
	};
	Run			run = {.spec = {.resource = &states, .route = &states_by_id,
			.used = all_columns, .bindings = bindings, .nbindings = 2}};

	(void) state;
	run_whole(&run, 4);
	assert_string_equal(text_of(&run.rows),
						"t1 ok hot full\nt2 ok hot full\nt3 ok hot full\nt4 ok hot full\n"
						"t5 ok hot full\nt6 ok hot full\nt7 ok hot full\n");
	assert_requests(&run,
					"POST /v1/p/states {\"ids\":[\"t1\",\"t2\",\"t3\"],\"kind\":\"hot\","
					"\"mode\":\"full\",\"options\":{\"deep\":true}}\n"
					"POST /v1/p/states {\"ids\":[\"t4\",\"t5\",\"t6\"],\"kind\":\"hot\","
					"\"mode\":\"full\",\"options\":{\"deep\":true}}\n"
					"POST /v1/p/states {\"ids\":[\"t7\"],\"kind\":\"hot\","
					"\"mode\":\"full\",\"options\":{\"deep\":true}}\n");
	run_close(&run);
}

/* One id of a batch is gone: the others are asked for again, and keep their order. */
static void
test_batch_with_a_missing_id(void **state)
{
	static const char *const kinds[] = {"hot"};
	GmfBinding	bindings[] = {
		{&state_parameters[0], ids, 7}, {&state_parameters[1], kinds, 1}
	};
	Run			run = {.spec = {.resource = &states, .route = &states_by_id,
			.used = all_columns, .bindings = bindings, .nbindings = 2}};

	(void) state;
	server.missing = "t2";
	run_whole(&run, 1);
	assert_string_equal(text_of(&run.rows), "t1\nt3\nt4\nt5\nt6\nt7\n");
	run_close(&run);
}

static void
test_domain_is_walked_through(void **state)
{
	GmfBinding	binding = {&state_parameters[0], one_id, 1};
	Run			run = {.spec = {.resource = &states, .route = &states_by_id,
			.used = all_columns, .bindings = &binding, .nbindings = 1}};

	(void) state;
	run_whole(&run, 3);
	assert_string_equal(text_of(&run.rows), "t5 ok hot\nt5 ok cold\n");
	run_close(&run);
}

static void
test_pair_of_a_range(void **state)
{
	static const char *const bound[] = {"7"};
	GmfBinding	from = {&list_parameters[2], bound, 1};
	GmfBinding	to = {&list_parameters[3], bound, 1};
	Run			run = {.spec = {.resource = &things, .route = &unpaged, .used = only_id,
			.bindings = &from, .nbindings = 1}};

	(void) state;
	run_whole(&run, 1);
	assert_requests(&run, "GET /v1/p/things?from=7&to=999\n");
	run_close(&run);

	run = (Run) {.spec = run.spec};
	run.spec.bindings = &to;
	run_whole(&run, 1);
	assert_requests(&run, "GET /v1/p/things?from=0&to=7\n");
	run_close(&run);
}

static void
test_missing_key(void **state)
{
	Run			run = {.spec = {.resource = &parts, .route = &parts_of_thing,
			.used = all_columns}};

	(void) state;
	run_open(&run);
	assert_null(run.fetch);
	assert_int_equal(run.error.kind, GMF_INVALID);
	assert_non_null(strstr(run.error.message, "\"thing_id\""));
	assert_non_null(strstr(run.error.message, "\"parts\""));
	run_close(&run);
}

static void
test_parameter_of_another_route(void **state)
{
	GmfBinding	binding = {&part_parameters[0], ids, 1};
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.bindings = &binding, .nbindings = 1}};

	(void) state;
	run_open(&run);
	assert_null(run.fetch);
	assert_int_equal(run.error.kind, GMF_INVALID);
	run_close(&run);
}

/* What cannot be a segment of a path names nothing. */
static void
test_impossible_key(void **state)
{
	static const char *const odd[] = {"", "t1", "..", "a/../b"};
	GmfBinding	binding = {&part_parameters[0], odd, 4};
	Run			run = {.spec = {.resource = &parts, .route = &parts_of_thing,
			.used = all_columns, .bindings = &binding, .nbindings = 1}};

	(void) state;
	server.parts = 1;
	server.missing = "a%2F..%2Fb";
	run_whole(&run, 2);
	assert_string_equal(text_of(&run.rows), "t1 t1.p0\n");
	assert_requests(&run,
					"GET /v1/p/things/t1/parts\n"
					"GET /v1/p/things/a%2F..%2Fb/parts\n");
	run_close(&run);
}

/* ---------------------------------------------------------------------------
 * Keys from the parent
 * ------------------------------------------------------------------------ */

static void
test_parent(void **state)
{
	GmfFetchSpec parent = {.resource = &things, .route = &by_record, .page_size = 3};
	Run			run = {.session = {.order = NEWEST_FIRST},
		.spec = {.resource = &parts, .route = &parts_of_thing, .used = all_columns,
			.parent = &parent}};

	(void) state;
	server.rows = 8;			/* t0 and t3 have no part, t1 has one, t2 has two ... */
	run_whole(&run, 3);
	assert_string_equal(text_of(&run.rows),
						"t1 t1.p0 k0\nt2 t2.p0 k0\nt2 t2.p1 k1\nt4 t4.p0 k0\n"
						"t5 t5.p0 k0\nt5 t5.p1 k1\nt7 t7.p0 k0\n");
	assert_int_equal(run.session.begun, 3 + 8);
	run_close(&run);
}

/* Keys and pages of the parent are read ahead, but no more of them than the windows hold. */
static void
test_parent_is_bounded(void **state)
{
	GmfFetchSpec parent = {.resource = &things, .route = &by_record, .page_size = 5,
		.window = 3};
	Run			run = {.spec = {.resource = &parts, .route = &parts_of_thing,
			.used = all_columns, .parent = &parent, .window = 4}};
	GmfValue	values[PART_COLUMNS + 1];

	(void) state;
	server.rows = 500;
	server.parts = 1;
	run_open(&run);
	do
	{
		run.state = gmf_fetch_next(run.fetch, values, &run.error);
		if (run.state == GMF_FETCH_WAIT)
			assert_true(finish_one(&run.session));
	} while (run.state != GMF_FETCH_ROW);
	add_row(&run, values, 2);
	assert_true(run.session.begun <= 4 + 4 + 3);
	run_on(&run, 2);
	assert_int_equal(run.nrows, 500);
	assert_true(run.session.most_alive <= 4 + 3);
	assert_int_equal(run.session.begun, 600);
	run_close(&run);
}

static void
test_parent_and_limit(void **state)
{
	GmfFetchSpec parent = {.resource = &things, .route = &by_record};
	Run			run = {.most_rows = 2,
		.spec = {.resource = &parts, .route = &parts_of_thing, .used = all_columns,
			.parent = &parent, .wanted_rows = 2, .window = 4}};

	(void) state;
	server.rows = 500;
	server.parts = 2;
	run_whole(&run, 2);
	assert_string_equal(text_of(&run.rows), "t0 t0.p0\nt0 t0.p1\n");
	assert_requests(&run,
					"GET /v1/p/things?limit=4&offset=0\n"
					"GET /v1/p/things/t0/parts\n");
	run_close(&run);
}

static void
test_grandparent(void **state)
{
	GmfFetchSpec grandparent = {.resource = &things, .route = &by_record, .page_size = 2};
	GmfFetchSpec parent = {.resource = &parts, .route = &parts_of_thing,
		.parent = &grandparent};
	Run			run = {.session = {.order = NEWEST_FIRST},
		.spec = {.resource = &screws, .route = &screws_of_part, .used = all_columns,
			.parent = &parent}};

	(void) state;
	server.rows = 6;
	run_whole(&run, 3);
	assert_string_equal(text_of(&run.rows),
						"t1 t1.p0 t1.p0.s\nt2 t2.p0 t2.p0.s\nt2 t2.p1 t2.p1.s\n"
						"t4 t4.p0 t4.p0.s\nt5 t5.p0 t5.p0.s\nt5 t5.p1 t5.p1.s\n");
	assert_non_null(strstr(text_of(&run.session.log),
						   "GET /v1/p/things/t5/parts/t5.p1/screws\n"));
	run_close(&run);
}

/* The query names the things, the parent gives the parts: only what belongs together. */
static void
test_parent_agrees_with_the_query(void **state)
{
	GmfBinding	of_parts = {&part_parameters[0], ids, 3};
	GmfBinding	of_screws = {&screw_parameters[0], ids, 3};
	GmfFetchSpec parent = {.resource = &parts, .route = &parts_of_thing,
		.bindings = &of_parts, .nbindings = 1};
	Run			run = {.spec = {.resource = &screws, .route = &screws_of_part,
			.used = all_columns, .parent = &parent, .bindings = &of_screws, .nbindings = 1}};

	(void) state;
	run_whole(&run, 3);
	assert_string_equal(text_of(&run.rows),
						"t1 t1.p0 t1.p0.s\nt2 t2.p0 t2.p0.s\nt2 t2.p1 t2.p1.s\n");
	assert_int_equal(run.session.begun, 3 + 3);
	run_close(&run);
}

static void
test_parent_fills_batches(void **state)
{
	static const char *const kinds[] = {"hot"};
	GmfBinding	kind = {&state_parameters[1], kinds, 1};
	GmfFetchSpec parent = {.resource = &things, .route = &by_record, .page_size = 2};
	Run			run = {.spec = {.resource = &states, .route = &states_by_id,
			.used = all_columns, .bindings = &kind, .nbindings = 1, .parent = &parent}};

	(void) state;
	server.rows = 7;
	run_whole(&run, 1);
	assert_string_equal(text_of(&run.rows), "t0\nt1\nt2\nt3\nt4\nt5\nt6\n");
	assert_int_equal(run.session.begun, 4 + 3);
	run_close(&run);
}

/* Keys that are absent, null, refused, or came before are not asked for. */
static void
serve_odd_keys(GmfExchange *x)
{
	if (strcmp(x->path, "/v1/p/things") != 0)
		serve(x);
	else
		text_add(&x->body, "{\"things\": [{\"name\": \"a\"}, {\"id\": null}, {\"id\": 7}, "
				 "{\"id\": \"7\"}, {\"id\": \"\"}, {\"id\": {\"x\": 1}}, {\"id\": \"t1\"}, "
				 "{\"id\": \"7\"}, {\"id\": \"a\\u0000b\"}, {\"id\": \"system\"}]}");
}

static void
test_odd_keys_of_the_parent(void **state)
{
	GmfFetchSpec parent = {.resource = &things, .route = &unpaged};
	Run			run = {.spec = {.resource = &parts, .route = &parts_of_thing,
			.used = all_columns, .parent = &parent}};

	(void) state;
	server.parts = 1;
	run_open(&run);
	run.session.serve = serve_odd_keys;
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_END);
	assert_requests(&run,
					"GET /v1/p/things\n"
					"GET /v1/p/things/7/parts\n"
					"GET /v1/p/things/t1/parts\n");
	run_close(&run);
}

/* 3000 rows of the parent, in which 700 keys come again and again, never twice in a row */
static void
serve_keys_again(GmfExchange *x)
{
	if (strcmp(x->path, "/v1/p/things") != 0)
	{
		serve(x);
		return;
	}
	text_add(&x->body, "{\"things\": [");
	for (int i = 0; i < 3000; i++)
		text_add(&x->body, "%s{\"id\": \"t%d\"}", i > 0 ? ", " : "", i % 700);
	text_add(&x->body, "]}");
}

static void
test_keys_that_come_again(void **state)
{
	GmfFetchSpec parent = {.resource = &things, .route = &unpaged};
	Run			run = {.spec = {.resource = &parts, .route = &parts_of_thing,
			.used = all_columns, .parent = &parent}};

	(void) state;
	server.parts = 1;
	run_open(&run);
	run.session.serve = serve_keys_again;
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_END);
	assert_int_equal(run.nrows, 700);
	assert_int_equal(run.session.begun, 1 + 700);
	run_close(&run);
}

/* Only some kinds of things have parts at all. */
static void
test_rows_of_the_parent_that_count(void **state)
{
	GmfFetchSpec parent = {.resource = &things, .route = &by_record};
	Run			run = {.spec = {.resource = &parts_of_some, .route = &parts_of_thing,
			.used = all_columns, .parent = &parent}};

	(void) state;
	server.rows = 8;
	run_whole(&run, 2);
	assert_string_equal(text_of(&run.rows), "t1 t1.p0\nt4 t4.p0\n");
	assert_requests(&run,
					"GET /v1/p/things?limit=100&offset=0\n"
					"GET /v1/p/things/t1/parts\n"
					"GET /v1/p/things/t4/parts\n");
	run_close(&run);
}

static void
test_parent_fails(void **state)
{
	GmfFetchSpec parent = {.resource = &things, .route = &by_record, .page_size = 3};
	Run			run = {.spec = {.resource = &parts, .route = &parts_of_thing,
			.used = all_columns, .parent = &parent}};

	(void) state;
	server.rows = 9;
	server.parts = 1;
	server.fails = 2;			/* second or third page of the parent */
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_int_equal(run.error.kind, GMF_UNAVAILABLE);
	assert_string_equal(text_of(&run.rows), "t0\nt1\nt2\nt3\nt4\nt5\n");
	run_close(&run);
}

/* ---------------------------------------------------------------------------
 * Errors
 * ------------------------------------------------------------------------ */

static void
test_missing_object_is_no_rows(void **state)
{
	GmfBinding	binding = {&part_parameters[0], ids, 3};
	GmfFetchSpec parent = {.resource = &things, .route = &by_record};
	Run			run = {.spec = {.resource = &parts, .route = &parts_of_thing,
			.used = all_columns, .bindings = &binding, .nbindings = 1}};

	(void) state;
	server.parts = 1;
	server.missing = "t2";
	run_whole(&run, 1);
	assert_string_equal(text_of(&run.rows), "t1\nt3\n");
	run_close(&run);

	run = (Run) {.spec = run.spec};
	server.gone_code = "GONE.2";
	run_whole(&run, 1);
	assert_string_equal(text_of(&run.rows), "t1\nt3\n");
	run_close(&run);

	run = (Run) {.spec = {.resource = &parts, .route = &parts_of_thing,
			.used = all_columns, .parent = &parent}};
	server.rows = 4;
	run_whole(&run, 1);
	assert_string_equal(text_of(&run.rows), "t0\nt1\nt3\n");
	run_close(&run);
}

static void
test_other_codes_are_errors(void **state)
{
	GmfBinding	binding = {&part_parameters[0], ids, 3};
	Run			run = {.spec = {.resource = &parts, .route = &parts_of_thing,
			.used = all_columns, .bindings = &binding, .nbindings = 1}};

	(void) state;
	server.parts = 1;
	server.missing = "t2";
	server.gone_code = "GONE.3";
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_string_equal(run.error.code, "GONE.3");
	assert_string_equal(text_of(&run.rows), "t1\n");
	run_close(&run);
}

static void
serve_not_found(GmfExchange *x)
{
	if (x->number >= 1 || strstr(x->query, "zone") != NULL || server.rows == 0)
		refuse(x, GMF_NOT_FOUND, 404, "");
	else
		serve(x);
}

/* Not found is an error where no key was given, and behind the first page. */
static void
test_not_found_without_key(void **state)
{
	GmfBinding	zone = {&list_parameters[0], ids, 1};
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.page_size = 10}};

	(void) state;
	run_open(&run);
	run.session.serve = serve_not_found;
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_int_equal(run.error.kind, GMF_NOT_FOUND);
	run_close(&run);

	server.rows = 15;
	run = (Run) {.spec = run.spec};
	run_open(&run);
	run.session.serve = serve_not_found;
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_things(&run, 0, 10);
	run_close(&run);

	run = (Run) {.spec = run.spec};
	run.spec.bindings = &zone;	/* a filter names no object */
	run.spec.nbindings = 1;
	run_open(&run);
	run.session.serve = serve_not_found;
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	run_close(&run);
}

/* What a path names may not exist; once there was a page of it, it must go on. */
static void
test_not_found_behind_the_first_page(void **state)
{
	GmfBinding	owner = {&owner_parameters[0], ids, 1};
	Run			run = {.spec = {.resource = &things, .route = &of_owner, .used = only_id,
			.page_size = 10, .bindings = &owner, .nbindings = 1}};

	(void) state;
	run_open(&run);
	run.session.serve = serve_not_found;
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_END);
	assert_int_equal(run.nrows, 0);
	run_close(&run);

	server.rows = 15;
	run = (Run) {.spec = run.spec};
	run_open(&run);
	run.session.serve = serve_not_found;
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_things(&run, 0, 10);
	run_close(&run);
}

/* A value that cannot be sent otherwise than in a path says nothing about objects. */
static void
test_value_that_cannot_be_sent(void **state)
{
	static const char *const lines[] = {"a\nb"};
	GmfBinding	bindings[] = {{&owner_parameters[0], ids, 1}, {&owner_parameters[1], lines, 1}};
	Run			run = {.spec = {.resource = &things, .route = &of_owner, .used = only_id,
			.bindings = bindings, .nbindings = 2}};

	(void) state;
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_int_equal(run.error.kind, GMF_INVALID);
	assert_int_equal(run.session.begun, 0);
	run_close(&run);
}

/* An error comes at its place: rows before it are delivered, and may be all. */
static void
test_errors_come_in_order(void **state)
{
	Run			run = {.session = {.order = NEWEST_FIRST},
		.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.page_size = 10}};

	(void) state;
	server.rows = 100;
	server.fails = 3;
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_int_equal(run.error.kind, GMF_UNAVAILABLE);
	assert_string_equal(run.error.code, "BUSY.1");
	assert_things(&run, 0, 30);
	run_close(&run);

	run = (Run) {.session = {.order = NEWEST_FIRST}, .spec = run.spec, .most_rows = 30};
	run_whole(&run, 1);
	assert_things(&run, 0, 30);
	assert_true(run.session.begun > 4);
	run_close(&run);
}

/* ---------------------------------------------------------------------------
 * Anything at all
 * ------------------------------------------------------------------------ */

static void
test_random_trees(void **state)
{
	(void) state;
	for (int i = 0; i < 500; i++)
	{
		GmfFetchSpec grandparent = {.resource = &things, .route = &by_record,
			.page_size = 1 + rand() % 5, .window = 1 + rand() % 4};
		GmfFetchSpec parent = {.resource = &parts, .route = &parts_of_thing,
			.parent = &grandparent, .window = 1 + rand() % 4};
		Run			run = {.session = {.order = ANY_ORDER, .eager = rand() % 2},
			.spec = {.resource = &screws, .route = &screws_of_part, .used = all_columns,
				.parent = &parent, .window = 1 + rand() % 6}};
		Text		expected = {0};
		char		missing[16];

		server.rows = rand() % 20;
		snprintf(missing, sizeof(missing), "t%d", rand() % 20);
		server.missing = missing;
		run.spec.wanted_rows = rand() % 2 ? 0 : 1 + rand() % 20;
		run_whole(&run, 3);
		for (long t = 0; t < server.rows; t++)
			for (long p = 0; p < t % 3 && strtol(missing + 1, NULL, 10) != t; p++)
				text_add(&expected, "t%ld t%ld.p%ld t%ld.p%ld.s\n", t, t, p, t, p);
		assert_string_equal(text_of(&run.rows), text_of(&expected));
		text_free(&expected);
		run_close(&run);
	}
	server.missing = NULL;
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_every_combination),
		TEST(test_no_value_is_no_request),
		TEST(test_keys_in_flight),
		TEST(test_start),
		TEST(test_window_of_one),
		TEST(test_head_is_never_locked_out),
		TEST(test_limit_over_keys),
		TEST(test_limit_over_lists),
		TEST(test_batches),
		TEST(test_batch_with_a_missing_id),
		TEST(test_domain_is_walked_through),
		TEST(test_pair_of_a_range),
		TEST(test_missing_key),
		TEST(test_parameter_of_another_route),
		TEST(test_impossible_key),
		TEST(test_parent),
		TEST(test_parent_is_bounded),
		TEST(test_parent_and_limit),
		TEST(test_grandparent),
		TEST(test_parent_agrees_with_the_query),
		TEST(test_parent_fills_batches),
		TEST(test_odd_keys_of_the_parent),
		TEST(test_keys_that_come_again),
		TEST(test_rows_of_the_parent_that_count),
		TEST(test_parent_fails),
		TEST(test_missing_object_is_no_rows),
		TEST(test_other_codes_are_errors),
		TEST(test_not_found_without_key),
		TEST(test_not_found_behind_the_first_page),
		TEST(test_value_that_cannot_be_sent),
		TEST(test_errors_come_in_order),
		TEST(test_random_trees)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
