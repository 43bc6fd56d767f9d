/*
 * test_fetch_rows.c
 *		Unit tests of fetching: the values of rows, their details, counting, and
 *		closing at any time.
 */
#include "fetch_fixture.h"

/* ---------------------------------------------------------------------------
 * Values
 * ------------------------------------------------------------------------ */

static void
test_values(void **state)
{
	GmfBinding	bindings[] = {{&list_parameters[0], ids, 1}};
	Run			run = {.spec = {.resource = &things, .route = &unpaged, .used = all_columns,
			.bindings = bindings, .nbindings = 1}};
	GmfValue	values[THING_COLUMNS + 1];

	(void) state;
	server.rows = 1;
	server.list_extra = ", \"extra\": null";
	run_open(&run);
	assert_int_equal(gmf_fetch_next(run.fetch, values, &run.error), GMF_FETCH_WAIT);
	finish_one(&run.session);
	assert_int_equal(gmf_fetch_next(run.fetch, values, &run.error), GMF_FETCH_ROW);
	add_row(&run, values, THING_COLUMNS + 1);
	assert_int_equal(values[THING_ID].kind, GMF_STRING);
	assert_int_equal(values[THING_SIZE].kind, GMF_NUMBER);
	assert_int_equal(values[THING_EXTRA].kind, GMF_NULL);
	assert_int_equal(values[THING_ZONE].kind, GMF_STRING);
	assert_int_equal(values[THING_COLUMNS].kind, GMF_OBJECT);
	assert_string_equal(text_of(&run.rows),
						"t0 name 0 0 NULL t1 {\"id\": \"t0\", \"name\": \"name 0\", "
						"\"size\": 0, \"extra\": null}\n");
	run_close(&run);
}

static void
test_unused_columns_are_absent(void **state)
{
	static const bool used[] = {false, true, false, false, false, false};
	GmfBinding	bindings[] = {{&list_parameters[0], ids, 1}};
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = used,
			.bindings = bindings, .nbindings = 1}};

	(void) state;
	server.rows = 2;
	run_whole(&run, THING_COLUMNS + 1);
	assert_string_equal(text_of(&run.rows), "- name 0 - - - -\n- name 1 - - - -\n");
	run_close(&run);
}

/* A key that the answer does not repeat is known from the request; a filter is not. */
static void
serve_without_key(GmfExchange *x)
{
	if (strcmp(x->path, "/v1/p/states") == 0)
		text_add(&x->body, "{\"states\": [{\"state\": \"ok\"}]}");
	else if (strcmp(x->path, "/v1/p/things") == 0)
		text_add(&x->body, "{\"things\": [{\"id\": \"t0\"}]}");
	else if (x->number == 0)
		text_add(&x->body, "{\"thing\": {\"name\": \"a\"}}");
	else
		text_add(&x->body, "{\"thing\": {\"id\": null, \"name\": \"b\"}}");
}

static void
test_key_stands_in(void **state)
{
	static const char *const names[] = {"x"};
	GmfBinding	binding = {&get_parameters[0], ids, 2};
	GmfBinding	name = {&list_parameters[1], names, 1};
	Run			run = {.spec = {.resource = &things, .route = &thing_by_id,
			.used = all_columns, .bindings = &binding, .nbindings = 1}};

	(void) state;
	run_open(&run);
	run.session.serve = serve_without_key;
	run_on(&run, 2);
	assert_string_equal(text_of(&run.rows), "t1 a\nNULL b\n");
	run_close(&run);

	run = (Run) {.spec = {.resource = &things, .route = &unpaged, .used = all_columns,
			.bindings = &name, .nbindings = 1}};
	run_open(&run);
	run.session.serve = serve_without_key;
	run_on(&run, 2);
	assert_string_equal(text_of(&run.rows), "t0 -\n");
	run_close(&run);
}

/* Of several keys in one request none stands in: which one the row belongs to is not known. */
static void
test_keys_of_a_batch_do_not_stand_in(void **state)
{
	static const char *const kinds[] = {"hot"};
	GmfBinding	bindings[] = {
		{&state_parameters[0], ids, 4}, {&state_parameters[1], kinds, 1}
	};
	Run			run = {.spec = {.resource = &states, .route = &states_by_id,
			.used = all_columns, .bindings = bindings, .nbindings = 2}};

	(void) state;
	run_open(&run);
	run.session.serve = serve_without_key;
	run_on(&run, 3);
	assert_string_equal(text_of(&run.rows), "- ok hot\nt4 ok hot\n");
	run_close(&run);
}

/* ---------------------------------------------------------------------------
 * Details
 * ------------------------------------------------------------------------ */

static void
test_details(void **state)
{
	Run			run = {.session = {.order = NEWEST_FIRST},
		.spec = {.resource = &things, .route = &by_record, .detail = &thing_by_id,
			.used = all_columns, .page_size = 5, .window = 4}};

	(void) state;
	server.rows = 7;
	run_whole(&run, THING_COLUMNS + 1);
	for (int i = 0; i < 7; i++)
	{
		char		line[256];

		snprintf(line, sizeof(line), "t%d name %d %d extra of t%d - {\"id\": \"t%d\", "
				 "\"name\": \"detail\", \"extra\": \"extra of t%d\"}\n", i, i, i, i, i, i);
		assert_non_null(strstr(text_of(&run.rows), line));
		if (i == 0)
			assert_ptr_equal(strstr(text_of(&run.rows), line), text_of(&run.rows));
	}
	assert_int_equal(run.nrows, 7);
	assert_int_equal(run.session.begun, 2 + 7);
	assert_true(run.session.most_alive <= 4 + 4 + 1);
	run_close(&run);
}

static void
test_details_in_order_and_in_flight(void **state)
{
	static const bool used[] = {true, false, false, true, false, false};
	Run			run = {.session = {.order = ANY_ORDER},
		.spec = {.resource = &things, .route = &unpaged, .detail = &thing_by_id,
			.used = used, .window = 6}};
	GmfValue	values[THING_COLUMNS + 1];
	Text		expected = {0};

	(void) state;
	server.rows = 50;
	run_open(&run);
	assert_int_equal(gmf_fetch_next(run.fetch, values, &run.error), GMF_FETCH_WAIT);
	finish_one(&run.session);
	assert_int_equal(gmf_fetch_next(run.fetch, values, &run.error), GMF_FETCH_WAIT);
	assert_int_equal(run.session.begun, 1 + 6);
	run_on(&run, 4);
	for (int i = 0; i < 50; i++)
		text_add(&expected, "t%d - - extra of t%d\n", i, i);
	assert_string_equal(text_of(&run.rows), text_of(&expected));
	text_free(&expected);
	run_close(&run);
}

/* Only for columns that are used, and only where the list left them out. */
static void
test_details_only_when_needed(void **state)
{
	static const bool used[] = {true, true, true, false, true, true};
	Run			run = {.spec = {.resource = &things, .route = &by_record,
			.detail = &thing_by_id, .used = used}};

	(void) state;
	server.rows = 3;
	run_whole(&run, 1);
	assert_int_equal(run.session.begun, 1);
	run_close(&run);

	run = (Run) {.spec = run.spec};
	run.spec.used = all_columns;
	server.list_extra = ", \"extra\": \"of the list\"";
	run_whole(&run, 4);
	assert_string_equal(text_of(&run.rows),
						"t0 name 0 0 of the list\nt1 name 1 1 of the list\n"
						"t2 name 2 2 of the list\n");
	assert_int_equal(run.session.begun, 1);
	run_close(&run);
}

/* A list that has null where the details have a value tells no more than one without it. */
static void
test_a_null_in_the_list_is_no_detail(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record,
			.detail = &thing_by_id, .used = all_columns}};

	(void) state;
	server.rows = 2;
	server.list_extra = ", \"extra\": null";
	run_whole(&run, 4);
	assert_string_equal(text_of(&run.rows),
						"t0 name 0 0 extra of t0\nt1 name 1 1 extra of t1\n");
	assert_int_equal(run.session.begun, 3);
	run_close(&run);
}

/* The key is read for the detail although the query does not use it. */
static void
test_detail_reads_its_key(void **state)
{
	static const bool used[] = {false, false, false, true, false, false};
	Run			run = {.spec = {.resource = &things, .route = &by_record,
			.detail = &thing_by_id, .used = used}};

	(void) state;
	server.rows = 2;
	run_whole(&run, THING_COLUMNS + 1);
	assert_string_equal(text_of(&run.rows), "- - - extra of t0 - -\n- - - extra of t1 - -\n");
	run_close(&run);
}

static void
test_detail_is_gone(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record,
			.detail = &thing_by_id, .used = all_columns}};

	(void) state;
	server.rows = 3;
	server.missing = "t1";
	run_whole(&run, 4);
	assert_string_equal(text_of(&run.rows),
						"t0 name 0 0 extra of t0\nt1 name 1 1 -\nt2 name 2 2 extra of t2\n");
	run_close(&run);
}

static void
test_detail_fails(void **state)
{
	Run			run = {.session = {.order = NEWEST_FIRST},
		.spec = {.resource = &things, .route = &by_record, .detail = &thing_by_id,
			.used = all_columns}};

	(void) state;
	server.rows = 5;
	server.fails = 3;
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_int_equal(run.error.kind, GMF_UNAVAILABLE);
	assert_things(&run, 0, 2);
	run_close(&run);
}

static void
test_details_and_limit(void **state)
{
	Run			run = {.most_rows = 2,
		.spec = {.resource = &things, .route = &by_record, .detail = &thing_by_id,
			.used = all_columns, .wanted_rows = 2}};

	(void) state;
	server.rows = 50;
	run_whole(&run, 1);
	assert_requests(&run,
					"GET /v1/p/things?limit=2&offset=0\n"
					"GET /v1/p/things/t0\n"
					"GET /v1/p/things/t1\n");
	run_close(&run);
}

/* ---------------------------------------------------------------------------
 * The number of rows, counters, closing
 * ------------------------------------------------------------------------ */

static void
test_total(void **state)
{
	GmfBinding	zone = {&list_parameters[0], ids, 1};
	Run			run = {.spec = {.resource = &things, .route = &by_record_from_one,
			.bindings = &zone, .nbindings = 1}};
	int64_t		total = 0;

	(void) state;
	server.rows = 4321;
	server.first = 1;
	assert_int_equal(run_total(&run, &total), GMF_FETCH_ROW);
	assert_int_equal(total, 4321);
	assert_requests(&run, "GET /v1/p/things?limit=1&offset=1&zone=t1\n");
	run_close(&run);

	run = (Run) {.spec = run.spec};
	server.total = NO_TOTAL;
	assert_int_equal(run_total(&run, &total), GMF_FETCH_ROW);
	assert_int_equal(total, -1);
	run_close(&run);

	run = (Run) {.spec = run.spec};
	server.fails = 0;
	assert_int_equal(run_total(&run, &total), GMF_FETCH_FAILED);
	assert_int_equal(run.error.kind, GMF_UNAVAILABLE);
	run_close(&run);
}

static void
test_total_of_what_cannot_tell(void **state)
{
	GmfBinding	binding = {&get_parameters[0], ids, 1};
	Run			run = {.spec = {.resource = &things, .route = &thing_by_id,
			.bindings = &binding, .nbindings = 1}};
	int64_t		total = 0;

	(void) state;
	assert_int_equal(run_total(&run, &total), GMF_FETCH_FAILED);
	assert_int_equal(run.error.kind, GMF_INVALID);
	assert_int_equal(run.session.begun, 0);
	run_close(&run);
}

static void
serve_slowly(GmfExchange *x)
{
	serve(x);
	x->attempts = x->number == 1 ? 3 : 1;
}

static void
test_counters(void **state)
{
	GmfFetchSpec parent = {.resource = &things, .route = &by_record};
	Run			run = {.spec = {.resource = &parts, .route = &parts_of_thing,
			.used = all_columns, .parent = &parent}};

	(void) state;
	server.rows = 2;
	server.parts = 1;
	run_open(&run);
	run.session.serve = serve_slowly;
	run_on(&run, 1);
	gmf_fetch_counters(run.fetch, &run.counters);
	assert_int_equal(run.counters.requests, 3);
	assert_int_equal(run.counters.retries, 2);
	assert_int_equal(run.counters.rows, 2);
	assert_int_equal(run.counters.bytes_received,
					 strlen("{\"things\": [{\"id\": \"t0\", \"name\": \"name 0\", \"size\": 0}, "
							"{\"id\": \"t1\", \"name\": \"name 1\", \"size\": 1}], \"total\": 2}"
							"{\"parts\": [{\"id\": \"t0.p0\", \"kind\": \"k0\"}]}"
							"{\"parts\": [{\"id\": \"t1.p0\", \"kind\": \"k0\"}]}"));
	run_close(&run);
}

/* Closing frees everything, at any moment; session_free checks that nothing is left. */
static void
test_close_at_any_time(void **state)
{
	GmfFetchSpec parent = {.resource = &things, .route = &by_record, .page_size = 4};
	GmfFetchSpec specs[] = {
		{.resource = &parts, .route = &parts_of_thing, .used = all_columns,
			.parent = &parent},
		{.resource = &things, .route = &by_record, .detail = &thing_by_id,
			.used = all_columns, .page_size = 4}
	};

	(void) state;
	server.rows = 20;
	for (size_t i = 0; i < sizeof(specs) / sizeof(specs[0]); i++)
		for (int steps = 0; steps < 60; steps++)
		{
			Run			run = {.spec = specs[i], .session = {.order = ANY_ORDER}};
			GmfValue	values[THING_COLUMNS + 1];

			run_open(&run);
			for (int step = 0; step < steps; step++)
			{
				run.state = gmf_fetch_next(run.fetch, values, &run.error);
				if (run.state == GMF_FETCH_ROW)
					add_row(&run, values, 2);
				else if (run.state == GMF_FETCH_WAIT)
					finish_one(&run.session);
			}
			run_close(&run);
		}
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_values),
		TEST(test_unused_columns_are_absent),
		TEST(test_key_stands_in),
		TEST(test_keys_of_a_batch_do_not_stand_in),
		TEST(test_details),
		TEST(test_details_in_order_and_in_flight),
		TEST(test_details_only_when_needed),
		TEST(test_a_null_in_the_list_is_no_detail),
		TEST(test_detail_reads_its_key),
		TEST(test_detail_is_gone),
		TEST(test_detail_fails),
		TEST(test_details_and_limit),
		TEST(test_total),
		TEST(test_total_of_what_cannot_tell),
		TEST(test_counters),
		TEST(test_close_at_any_time)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
