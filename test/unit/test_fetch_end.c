/*
 * test_fetch_end.c
 *		Unit tests of fetching: where a list ends.  Totals that are right or wrong, pages that
 *		are capped, positions that are counted otherwise or ignored, and pages that repeat.
 */
#include "fetch_fixture.h"

static void
test_total_too_small(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.window = 3}};
	GmfValue	values[THING_COLUMNS + 1];

	(void) state;
	server.rows = 230;
	server.total = TOTAL_OF;
	server.told = 70;
	run_open(&run);
	assert_int_equal(gmf_fetch_next(run.fetch, values, &run.error), GMF_FETCH_WAIT);
	finish_one(&run.session);
	assert_int_equal(gmf_fetch_next(run.fetch, values, &run.error), GMF_FETCH_ROW);
	add_row(&run, values, 1);
	assert_int_equal(run.session.begun, 3); /* it is not believed: read ahead */
	run_on(&run, 1);
	assert_things(&run, 0, 230);
	run_close(&run);
}

/* All rows, and then an error with both numbers: nobody can say that none is missing. */
static void
test_total_too_large(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.window = 3}};

	(void) state;
	server.rows = 230;
	server.total = TOTAL_OF;
	server.told = 100000;
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_int_equal(run.error.kind, GMF_MALFORMED);
	assert_string_equal(run.error.message,
						"the list ended after 230 records, although the service counts 100000");
	assert_string_equal(run.error.operation, "GET /v1/{project_id}/things");
	assert_things(&run, 0, 230);
	assert_requests(&run,
					"GET /v1/p/things?limit=100&offset=0\n"
					"GET /v1/p/things?limit=100&offset=100\n"
					"GET /v1/p/things?limit=100&offset=200\n"
					"GET /v1/p/things?limit=100&offset=300\n"
					"GET /v1/p/things?limit=100&offset=400\n"
					"GET /v1/p/things?limit=100&offset=230\n"
					"GET /v1/p/things?limit=1&offset=0\n");
	run_close(&run);
}

/* Rows were deleted while the list was read: that is asked once, and is no error. */
static void
test_list_becomes_shorter(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.window = 1}};

	(void) state;
	server.rows = 200;
	server.total = TOTAL_OF;
	server.told = 205;
	server.told_later = 205;
	server.told_from = 3;
	server.told_then = 200;
	run_whole(&run, 1);
	assert_things(&run, 0, 200);
	assert_requests(&run,
					"GET /v1/p/things?limit=100&offset=0\n"
					"GET /v1/p/things?limit=100&offset=100\n"
					"GET /v1/p/things?limit=100&offset=200\n"
					"GET /v1/p/things?limit=1&offset=0\n");
	run_close(&run);
}

/* The catalog says records, but the position counts pages, from 0 or from 1. */
static void
test_position_counts_pages(void **state)
{
	static const char *const requests[] = {
		"GET /v1/p/things?limit=100&offset=0\n"
		"GET /v1/p/things?limit=100&offset=100\n"
		"GET /v1/p/things?limit=1&offset=0\n"
		"GET /v1/p/things?limit=100&offset=1\n"
		"GET /v1/p/things?limit=100&offset=2\n",
		"GET /v1/p/things?limit=100&offset=0\n"
		"GET /v1/p/things?limit=100&offset=100\n"
		"GET /v1/p/things?limit=1&offset=0\n"
		"GET /v1/p/things?limit=100&offset=1\n"
		"GET /v1/p/things?limit=100&offset=2\n"
		"GET /v1/p/things?limit=100&offset=3\n"
	};

	(void) state;
	for (int i = 0; i < 4; i++)
	{
		Run			run = {.spec = {.resource = i < 2 ? &things : &keyless_things,
				.route = &by_record, .used = only_id, .window = 1}};

		server.rows = 250;
		server.position_unit = 0;
		server.first = i % 2;
		run_whole(&run, 1);
		assert_things(&run, 0, 250);
		assert_requests(&run, requests[i % 2]);
		run_close(&run);
	}
}

/* OFFSET was left to the service, which takes it for the number of a page. */
static void
test_position_counts_pages_behind_skipped_rows(void **state)
{
	(void) state;
	for (int first = 0; first < 2; first++)
	{
		Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
				.skip_rows = 120}};

		server.rows = 250;
		server.position_unit = 0;
		server.first = first;
		run_whole(&run, 1);
		assert_things(&run, 120, 250);
		run_close(&run);
	}
}

/* The other way round: the pages overlap in all rows but one. */
static void
test_position_counts_records(void **state)
{
	(void) state;
	for (int i = 0; i < 2; i++)
	{
		Run			run = {.spec = {.resource = i == 0 ? &things : &keyless_things,
				.route = &by_page_number, .used = only_id, .window = 1}};

		server.rows = 250;
		run_whole(&run, 1);
		assert_things(&run, 0, 250);
		assert_requests(&run,
						"GET /v1/p/things?limit=100&offset=0\n"
						"GET /v1/p/things?limit=100&offset=1\n"
						"GET /v1/p/things?limit=100&offset=100\n"
						"GET /v1/p/things?limit=100&offset=200\n");
		run_close(&run);
	}
}

/* The same in pages that are too small to be sure: not silently, at least. */
static void
test_small_pages_overlap(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_page_number,
			.used = only_id, .page_size = 5}};

	(void) state;
	server.rows = 100;
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_non_null(strstr(run.error.message, "24 different rows"));
	assert_non_null(strstr(run.error.message, "100"));
	run_close(&run);
}

/* The catalog says that the first page is 0, and the service begins with 1. */
static void
test_first_page_is_one(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_page_number,
			.used = only_id, .window = 1}};

	(void) state;
	server.rows = 250;
	server.position_unit = 0;
	server.first = 1;
	run_whole(&run, 1);
	assert_things(&run, 0, 250);
	assert_requests(&run,
					"GET /v1/p/things?limit=100&offset=0\n"
					"GET /v1/p/things?limit=100&offset=1\n"
					"GET /v1/p/things?limit=100&offset=2\n"
					"GET /v1/p/things?limit=100&offset=3\n");
	run_close(&run);
}

/* Not even then does a position count pages: no row comes that is not asked for. */
static void
test_total_is_a_lie(void **state)
{
	static const int64_t skips[] = {0, 50, 120, 300};

	(void) state;
	for (int i = 0; i < 4; i++)
	{
		Run			run = {.spec = {.resource = &keyless_things, .route = &by_record,
				.used = only_id, .skip_rows = skips[i]}};

		server.rows = 100;
		server.total = TOTAL_OF;
		server.told = 5000;
		run_open(&run);
		run_on(&run, 1);
		assert_int_equal(run.state, GMF_FETCH_FAILED);
		assert_non_null(strstr(run.error.message, "although the service counts 5000"));
		assert_things(&run, skips[i], skips[i] < 100 ? 100 : skips[i]);
		run_close(&run);
	}
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
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.window = 2}};

	(void) state;
	server.rows = 200;
	server.total = TOTAL_OF;
	server.told = 900;
	server.told_later = 200;
	run_whole(&run, 1);
	assert_things(&run, 0, 200);
	assert_requests(&run,
					"GET /v1/p/things?limit=100&offset=0\n"
					"GET /v1/p/things?limit=100&offset=100\n"
					"GET /v1/p/things?limit=100&offset=200\n");
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

/* A short page may be one that the service capped: the end is where nothing comes. */
static void
test_no_total_and_short(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id}};

	(void) state;
	server.total = NO_TOTAL;
	server.rows = 99;
	run_whole(&run, 1);
	assert_things(&run, 0, 99);
	assert_requests(&run,
					"GET /v1/p/things?limit=100&offset=0\n"
					"GET /v1/p/things?limit=99&offset=99\n");
	run_close(&run);
}

static void
test_no_total_and_capped(void **state)
{
	static const GmfRoute *const routes[] = {&by_record, &by_page_number, &undocumented,
	&by_last_id};

	(void) state;
	server.total = NO_TOTAL;
	server.cap = 20;
	for (int i = 0; i < 4; i++)
		for (server.rows = 0; server.rows < 64; server.rows++)
		{
			Run			run = {.spec = {.resource = &things, .route = routes[i],
					.used = only_id, .window = 1}};

			server.position_unit = i != 1;
			run_whole(&run, 1);
			assert_things(&run, 0, server.rows);
			assert_true(run.session.begun <= server.rows / 20 + 2);
			run_close(&run);
		}
}

/* What the answers say beside the rows spares the page that would be empty. */
static void
test_answer_says_what_follows(void **state)
{
	static const char *const more[] = {
		"\"truncated\": true", "\"next\": \"/v1/things?offset=20\"",
		"\"links\": {\"next\": \"/v1/things\"}",
		"\"things_links\": [{\"rel\": \"next\", \"href\": \"/v1/things\"}]",
		"\"page_info\": {\"next_marker\": \"t19\"}", "\"has_more\": \"true\""
	};
	static const char *const last[] = {
		"\"truncated\": false", "\"next\": null", "\"links\": {\"next\": null}", NULL,
		"\"page_info\": {}", "\"has_more\": \"false\""
	};

	(void) state;
	server.total = NO_TOTAL;
	server.cap = 20;
	server.rows = 53;
	for (int i = 0; i < 6; i++)
	{
		Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
				.window = 1}};

		server.top_extra = more[i];
		server.last_extra = last[i];
		run_whole(&run, 1);
		assert_things(&run, 0, 53);
		assert_int_equal(run.session.begun, 3);
		assert_null(gmf_fetch_note(run.fetch));
		run_close(&run);
	}
}

/* A link that is never filled in says nothing. */
static void
test_empty_links_say_nothing(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id}};

	(void) state;
	server.total = NO_TOTAL;
	server.cap = 20;
	server.rows = 53;
	server.top_extra = server.last_extra = "\"links\": {\"next\": null}, \"next\": \"\"";
	run_whole(&run, 1);
	assert_things(&run, 0, 53);
	run_close(&run);
}

/* A total that is too small does not end a list that says that it goes on. */
static void
test_total_of_the_page(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id}};

	(void) state;
	server.total = TOTAL_OF;
	server.told = server.cap = 20;
	server.rows = 53;
	server.top_extra = "\"truncated\": true";
	run_whole(&run, 1);
	assert_things(&run, 0, 53);
	run_close(&run);
}

/* Asked for what identifies its rows, a list is over when they have come. */
static void
test_keys_end_a_list(void **state)
{
	static const GmfParameter parameters[] = {
		{.name = "id", .location = GMF_IN_QUERY, .column = "id", .match = GMF_MATCH_EXACT},
		{0}
	};
	static const GmfRoute route = {
		.role = GMF_LIST, .method = "GET", .path = "/v1/{project_id}/things", .items = "things",
		.parameters = parameters,
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0}
	};
	GmfBinding	binding = {&parameters[0], ids, 3};
	Run			run = {.spec = {.resource = &things, .route = &route, .used = only_id,
			.bindings = &binding, .nbindings = 1}};

	(void) state;
	server.rows = 1;			/* of any id */
	run_whole(&run, 1);
	assert_int_equal(run.nrows, 3);
	assert_int_equal(run.session.begun, 3);
	run_close(&run);
}

/* A list that is not paged, and yet goes on */
static void
test_rest_of_an_unpaged_list(void **state)
{
	static const struct
	{
		const char *extra;
		int			total;
		const char *note;
	}			cases[] =
	{
		{NULL, NO_TOTAL, NULL},
		{NULL, TRUE_TOTAL, NULL},
		{"\"truncated\": false, \"links\": {\"next\": null}", NO_TOTAL, NULL},
		{"\"truncated\": true, \"links\": {\"next\": null}", NO_TOTAL,
			"the answer holds only a part of the list: its \"truncated\" says that there is more"},
		{"\"links\": {\"next\": {\"href\": \"/x\"}}", NO_TOTAL,
			"the answer holds only a part of the list: its \"links.next\" says that there is more"},
		{"\"things_links\": [{\"rel\": \"next\"}]", NO_TOTAL,
			"the answer holds only a part of the list: its \"things_links\" says that there is "
			"more"},
		{NULL, TOTAL_OF, "the answer holds only 5 of the 12 rows that the service counts"}
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		Run			run = {.spec = {.resource = &things, .route = &unpaged, .used = only_id}};

		server.rows = 5;
		server.total = cases[i].total;
		server.told = 12;
		server.last_extra = cases[i].extra;
		run_whole(&run, 1);
		assert_int_equal(run.nrows, 5);
		if (cases[i].note == NULL)
			assert_null(gmf_fetch_note(run.fetch));
		else
			assert_string_equal(gmf_fetch_note(run.fetch), cases[i].note);
		run_close(&run);
	}
}

/* Pages that come again, one after another or in a circle, end with an error. */
static void
test_pages_in_a_circle(void **state)
{
	static const GmfRoute *const routes[] = {&by_record, &by_page_number, &by_last_id};

	(void) state;
	for (int i = 0; i < 3; i++)
		for (int keyless = 0; keyless < 2; keyless++)
			for (server.alternates = 1; server.alternates < 8; server.alternates++)
				for (int size = 2; size < 30; size += 13)
				{
					Run			run = {.spec = {
							.resource = keyless ? &keyless_things : &things,
							.route = routes[i], .used = only_id, .page_size = size}};

					server.rows = 1000000;
					server.position_unit = i != 1;
					server.total = rand() % 2 ? NO_TOTAL : TRUE_TOTAL;
					run_open(&run);
					run_on(&run, 1);
					assert_int_equal(run.state, GMF_FETCH_FAILED);
					assert_int_equal(run.error.kind, GMF_MALFORMED);
					assert_true(run.session.begun < 1000);
					run_close(&run);
				}
}

/*
 * A service that does not page at all gives its whole list, which is not a page of the size
 * that was asked for: no row comes twice, and a note says what may be wrong.
 */
static void
test_service_does_not_page(void **state)
{
	static const GmfRoute *const routes[] = {&by_record, &by_page_number, &by_last_id,
	&offset_only};

	(void) state;
	server.total = NO_TOTAL;
	server.ignores_position = true;
	server.ignores_limit = true;
	for (int i = 0; i < 4; i++)
		for (int keyless = 0; keyless < 2; keyless++)
			for (server.rows = 1; server.rows < 150; server.rows += 7)
			{
				Run			run = {.spec = {.resource = keyless ? &keyless_things : &things,
						.route = routes[i], .used = only_id}};

				run_whole(&run, 1);
				assert_things(&run, 0, server.rows);
				assert_non_null(strstr(gmf_fetch_note(run.fetch), "the same page twice"));
				run_close(&run);
			}
}

/* Records without rows hide that they are the same over and over again. */
static void
test_records_in_a_circle(void **state)
{
	static const GmfRoute route = {
		.role = GMF_LIST, .method = "GET", .path = "/v1/{project_id}/things",
		.items = "things[].bits[]", .records = "things",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0}
	};
	Run			run = {.spec = {.resource = &bits, .route = &route, .used = all_columns,
			.page_size = 3}};

	(void) state;
	server.rows = 1000000;
	server.alternates = 2;
	run_open(&run);
	run_on(&run, 2);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_int_equal(run.error.kind, GMF_MALFORMED);
	run_close(&run);
}

/* No sum of positions overflows, whatever the query or the service says. */
static void
test_largest_numbers(void **state)
{
	static const int64_t numbers[] = {INT32_MAX - 1, INT32_MAX, (int64_t) INT32_MAX + 1,
		INT64_MAX / 2, INT64_MAX - 1, INT64_MAX
	};
	static const GmfRoute *const routes[] = {&by_record, &by_record_from_one, &by_page_number,
	&by_last_id, &unpaged};

	(void) state;
	for (int n = 0; n < 6; n++)
		for (int i = 0; i < 5; i++)
			for (int told = 0; told < 2; told++)
			{
				Run			run = {.spec = {.resource = &things, .route = routes[i],
						.used = only_id}};

				server.rows = 130;
				server.position_unit = routes[i] != &by_page_number;
				server.first = routes[i]->paging.first;
				server.total = told == 0 ? TRUE_TOTAL : TOTAL_OF;
				server.told = numbers[n];
				run.spec.skip_rows = told == 0 ? numbers[n] : 0;
				run.spec.wanted_rows = numbers[5 - n];
				run_open(&run);
				run_on(&run, 1);
				assert_int_equal(run.nrows, told == 0 ? 0 : 130);
				assert_int_equal(run.state, told == 0 || i == 4 ? GMF_FETCH_END :
								 GMF_FETCH_FAILED);
				if (told == 0 && numbers[n] > INT32_MAX)
					assert_null(strstr(text_of(&run.session.log), "offset=2147483"));
				run_close(&run);
			}
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

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_total_too_small),
		TEST(test_total_too_large),
		TEST(test_list_becomes_shorter),
		TEST(test_position_counts_pages),
		TEST(test_position_counts_pages_behind_skipped_rows),
		TEST(test_position_counts_records),
		TEST(test_small_pages_overlap),
		TEST(test_first_page_is_one),
		TEST(test_total_is_a_lie),
		TEST(test_total_negative),
		TEST(test_total_grows),
		TEST(test_total_shrinks),
		TEST(test_no_total),
		TEST(test_no_total_and_short),
		TEST(test_no_total_and_capped),
		TEST(test_answer_says_what_follows),
		TEST(test_empty_links_say_nothing),
		TEST(test_total_of_the_page),
		TEST(test_keys_end_a_list),
		TEST(test_rest_of_an_unpaged_list),
		TEST(test_pages_in_a_circle),
		TEST(test_service_does_not_page),
		TEST(test_records_in_a_circle),
		TEST(test_largest_numbers),
		TEST(test_server_ignores_the_position),
		TEST(test_server_ignores_the_position_without_key)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
