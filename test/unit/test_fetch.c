/*
 * test_fetch.c
 *		Unit tests of fetching: pages. Which requests are made, how many at once,
 *		and which rows come out, for honest and for lying servers.
 */
#include "fetch_fixture.h"

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
test_asked_with_nothing(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &asked_with_nothing,
			.used = only_id}};

	(void) state;
	server.rows = 3;
	run_whole(&run, 1);
	assert_things(&run, 0, 3);
	assert_requests(&run, "POST /v1/p/things/search {}\n");
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
	assert_int_equal(run.session.most_alive, 12);
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
test_skip_without_pages(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &unpaged, .used = only_id,
			.skip_rows = 3}};

	(void) state;
	server.rows = 10;
	run_whole(&run, 1);
	assert_things(&run, 3, 10);
	run_close(&run);
}

static void
test_skip_needs_one_combination(void **state)
{
	GmfBinding	zones = {&list_parameters[0], ids, 2};
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.bindings = &zones, .nbindings = 1, .skip_rows = 1}};

	(void) state;
	run_open(&run);
	assert_null(run.fetch);
	assert_int_equal(run.error.kind, GMF_INVALID);
	run_close(&run);
}

/* Positions, page sizes and the total count things; things without a bit give no row. */
static void
test_records_are_not_rows(void **state)
{
	Run			run = {.spec = {.resource = &bits, .route = &bits_by_record,
			.used = all_columns, .page_size = 3}};
	int64_t		total = 0;

	(void) state;
	server.rows = 8;
	server.bits = true;
	run_whole(&run, 2);
	assert_string_equal(text_of(&run.rows),
						"t1 b0\nt2 b0\nt2 b1\nt4 b0\nt5 b0\nt5 b1\nt7 b0\n");
	assert_requests(&run,
					"GET /v1/p/things?limit=3&offset=0\n"
					"GET /v1/p/things?limit=3&offset=3\n"
					"GET /v1/p/things?limit=3&offset=6\n");
	run_close(&run);

	run = (Run) {.spec = run.spec};	/* a page may have no row at all */
	run.spec.page_size = 1;
	run_whole(&run, 2);
	assert_int_equal(run.nrows, 7);
	assert_int_equal(run.session.begun, 8);
	run_close(&run);

	run = (Run) {.spec = run.spec};
	assert_int_equal(run_total(&run, &total), GMF_FETCH_ROW);
	assert_int_equal(total, -1);
	assert_int_equal(run.session.begun, 0);
	run_close(&run);
}

static void
test_skip_of_rows_that_are_not_records(void **state)
{
	Run			run = {.spec = {.resource = &bits, .route = &bits_by_record,
			.used = all_columns, .page_size = 3, .skip_rows = 2}};

	(void) state;
	server.rows = 8;
	server.bits = true;
	run_whole(&run, 2);
	assert_string_equal(text_of(&run.rows), "t2 b1\nt4 b0\nt5 b0\nt5 b1\nt7 b0\n");
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

/* A row comes in at the front while the list is read: all others move on by one. */
static void
test_shifted_list(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.page_size = 10}};

	(void) state;
	server.rows = 45;
	server.shift_at = 2;
	server.shift_by = 1;
	run_whole(&run, 1);
	assert_things(&run, 0, 44);
	run_close(&run);

	run = (Run) {.spec = run.spec};
	run.spec.resource = &keyless_things;
	run_whole(&run, 1);
	assert_int_equal(run.nrows, 45);
	run_close(&run);
}

/* More than a page comes in: a row comes again two pages later. */
static void
test_list_shifted_by_more_than_a_page(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_record, .used = only_id,
			.page_size = 10}};
	Text		expected = {0};

	(void) state;
	server.rows = 45;
	server.shift_at = 1;
	server.shift_by = 11;
	run_whole(&run, 1);
	for (int i = 0; i < 34; i++)
		text_add(&expected, "%st%d\n", i == 10 ? "t-1\n" : "", i);
	assert_string_equal(text_of(&run.rows), text_of(&expected));
	text_free(&expected);
	run_close(&run);
}

/* The service counts a row that this user may not see. */
static void
test_page_with_a_gap(void **state)
{
	static const GmfRoute *const routes[] = {&by_record, &by_page_number};

	(void) state;
	server.rows = 45;
	server.hidden = 15;
	for (int i = 0; i < 2; i++)
	{
		Run			run = {.spec = {.resource = &things, .route = routes[i],
				.used = only_id, .page_size = 10}};

		server.position_unit = i == 0;
		run_whole(&run, 1);
		assert_int_equal(run.nrows, 44);
		assert_non_null(strstr(text_of(&run.rows), "t14\nt16\nt17\nt18\nt19\nt20\n"));
		assert_non_null(strstr(text_of(&run.rows), "t43\nt44\n"));
		run_close(&run);
	}
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

/* ---------------------------------------------------------------------------
 * Pages that name the next one
 * ------------------------------------------------------------------------ */

static void
test_marker_of_the_last_row(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_last_id, .used = only_id}};

	(void) state;
	server.rows = 250;
	server.total = NO_TOTAL;
	run_whole(&run, 1);
	assert_things(&run, 0, 250);
	assert_requests(&run,
					"GET /v1/p/things?limit=100\n"
					"GET /v1/p/things?limit=100&marker=t99\n"
					"GET /v1/p/things?limit=100&marker=t199\n"
					"GET /v1/p/things?limit=100&marker=t249\n");
	run_close(&run);
}

/* Without a total nobody knows that a full page is the last one. */
static void
test_marker_behind_a_full_page(void **state)
{
	Run			run = {.spec = {.resource = &keyless_things, .route = &by_last_id,
			.used = only_id, .page_size = 20}};

	(void) state;
	server.rows = 40;
	server.total = NO_TOTAL;
	run_whole(&run, 1);
	assert_things(&run, 0, 40);
	assert_requests(&run,
					"GET /v1/p/things?limit=20\n"
					"GET /v1/p/things?limit=20&marker=t19\n"
					"GET /v1/p/things?limit=20&marker=t39\n");
	run_close(&run);
}

static void
test_marker_in_the_answer(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_next_marker,
			.used = only_id, .page_size = 50}};

	(void) state;
	server.rows = 100;
	server.total = NO_TOTAL;
	server.cap = 30;			/* short pages are not the end: the answer says so */
	server.names_next = true;
	run_whole(&run, 1);
	assert_things(&run, 0, 100);
	assert_requests(&run,
					"GET /v1/p/things?limit=50\n"
					"GET /v1/p/things?limit=50&marker=t29\n"
					"GET /v1/p/things?limit=50&marker=t59\n"
					"GET /v1/p/things?limit=50&marker=t89\n");
	run_close(&run);
}

static void
test_marker_with_limit_and_skip(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_last_id, .used = only_id,
			.page_size = 20, .wanted_rows = 5, .skip_rows = 22}, .most_rows = 5};

	(void) state;
	server.rows = 100;
	server.total = NO_TOTAL;
	run_whole(&run, 1);
	assert_things(&run, 22, 27);
	run_close(&run);
}

static void
test_marker_that_is_ignored(void **state)
{
	Run			run = {.spec = {.resource = &keyless_things, .route = &by_last_id,
			.used = only_id, .page_size = 20}};

	(void) state;
	server.rows = 100;
	server.total = NO_TOTAL;
	server.ignores_position = true;
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_int_equal(run.error.kind, GMF_MALFORMED);
	assert_non_null(strstr(run.error.message, "ignores the marker"));
	assert_string_equal(run.error.operation, "GET /v1/{project_id}/things");
	assert_things(&run, 0, 20);
	run_close(&run);
}

/* An answer without one is the last, unless the total says that there are more rows. */
static void
test_marker_that_is_none(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_next_marker,
			.used = only_id, .page_size = 20}};

	(void) state;
	server.rows = 100;
	server.list_extra = ", \"page\": {\"next\": \"t5\"}";	/* not at the top */
	server.total = NO_TOTAL;
	run_whole(&run, 1);
	assert_things(&run, 0, 20);
	assert_requests(&run, "GET /v1/p/things?limit=20\n");
	run_close(&run);

	run = (Run) {.spec = run.spec};
	server.total = TRUE_TOTAL;
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_string_equal(run.error.message,
						"the list ended after 20 records, although the service counts 100");
	assert_things(&run, 0, 20);
	assert_requests(&run, "GET /v1/p/things?limit=20\nGET /v1/p/things?limit=1\n");
	run_close(&run);
}

/* A page whose last row lacks what the next one is to be asked with */
static void
test_marker_that_is_missing(void **state)
{
	static const GmfRoute route = {
		LIST_OF_THINGS,
		.paging = {GMF_PAGED_BY_MARKER, GMF_IN_QUERY, "limit", "marker", 100, 100, 0, "uuid"}
	};

	(void) state;
	server.total = NO_TOTAL;
	for (server.rows = 19; server.rows < 22; server.rows++)
	{
		Run			run = {.spec = {.resource = &things, .route = &route, .used = only_id,
				.page_size = 20}};

		run_open(&run);
		run_on(&run, 1);
		assert_int_equal(run.state, GMF_FETCH_FAILED);
		assert_int_equal(run.error.kind, GMF_MALFORMED);
		assert_string_equal(run.error.message, "the last record of the page has no marker at "
							"\"uuid\", so that the next page cannot be asked for");
		run_close(&run);
	}
	/* it is not needed where the total has been reached */
	server.total = TRUE_TOTAL;
	server.rows = 15;
	{
		Run			run = {.spec = {.resource = &things, .route = &route, .used = only_id,
				.page_size = 20}};

		run_whole(&run, 1);
		assert_things(&run, 0, 15);
		run_close(&run);
	}
}

/* Errors that come with status 200, and lists that are null */
static void
test_answer_without_its_list(void **state)
{
	static const struct
	{
		const char *answer;
		const char *message;	/* NULL: an empty list */
		const char *code;
	}			cases[] =
	{
		{"{\"things\": []}", NULL, ""},
		{"{\"things\": null}", NULL, ""},
		{"{\"error_code\": \"0\", \"things\": []}", NULL, ""},
		{"{\"error_code\": \"APIGW.0301\", \"error_msg\": \"Who are you?\"}", "Who are you?",
		"APIGW.0301"},
		{"{\"errCode\": \"X.1\"}", "the answer does not tell the reason", "X.1"},
		{"{\"error\": {\"code\": 500, \"message\": \"oops\"}}", "oops", "500"},
		{"{\"error_code\": \"DWS.0000\"}", "the answer has no \"things\"", ""},
		{"{\"thing\": []}", "the answer has no \"things\"", ""},
		{"{}", "the answer has no \"things\"", ""},
		{"null", "the answer has no \"things\"", ""}
	};
	static const GmfRoute *const routes[] = {&unpaged, &by_record, &by_next_marker};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (int r = 0; r < 3; r++)
		{
			Run			run = {.spec = {.resource = &things, .route = routes[r],
					.used = only_id}};

			server.whole = cases[i].answer;
			run_open(&run);
			run_on(&run, 1);
			assert_int_equal(run.nrows, 0);
			assert_int_equal(run.state, cases[i].message == NULL ? GMF_FETCH_END :
							 GMF_FETCH_FAILED);
			if (cases[i].message != NULL)
			{
				assert_memory_equal(run.error.message, cases[i].message,
									strlen(cases[i].message));
				assert_string_equal(run.error.code, cases[i].code);
			}
			run_close(&run);
		}
}

/* A page without rows may still name the next one, but not for ever. */
static void
test_marker_of_an_empty_page(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_next_marker,
			.used = only_id}};
	Text		answer = {0};

	(void) state;
	server.whole = "{\"things\": [], \"page\": {\"next\": \"t5\"}}";
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_true(run.session.begun < 5);
	run_close(&run);
	text_free(&answer);

	run = (Run) {.spec = run.spec};
	server.whole = NULL;
	server.names_next = true;
	server.rows = 50;
	server.total = NO_TOTAL;
	server.cap = 1;
	server.hidden = 3;			/* a page of one row, which is not there */
	run_whole(&run, 1);
	assert_int_equal(run.nrows, 49);
	run_close(&run);
}

/* ---------------------------------------------------------------------------
 * Anything at all
 * ------------------------------------------------------------------------ */

/* Whatever the sizes, totals and order of arrival: the same rows in the same order. */
static void
test_random_lists(void **state)
{
	static const GmfRoute *const routes[] = {
		&by_record, &by_page_number, &undocumented, &by_record_from_one, &by_last_id,
		&by_next_marker
	};

	(void) state;
	for (int i = 0; i < 3000; i++)
	{
		Run			run = {.session = {.order = ANY_ORDER, .eager = rand() % 2}};
		const GmfRoute *route = routes[rand() % 6];

		run.spec = (GmfFetchSpec) {.resource = &things, .route = route, .used = only_id};
		run.spec.page_size = rand() % 3 == 0 ? 0 : 1 + rand() % 40;
		run.spec.window = 1 + rand() % 6;
		run.spec.wanted_rows = rand() % 2 ? 0 : 1 + rand() % 60;
		server.rows = rand() % 5 == 0 ? rand() % 3 : rand() % 300;
		server.position_unit = route != &by_page_number;
		server.names_next = route == &by_next_marker;
		server.first = route->paging.first;
		server.total = rand() % 3;
		server.told = rand() % 3 == 0 ? -7 : 10000;
		server.cap = rand() % 2 ? 0 : 1 + rand() % 30;
		if (rand() % 4 == 0)
			run.spec.skip_rows = rand() % 400;
		if (run.spec.skip_rows > 0 && route == &by_page_number)
			server.cap = 0;
		run_open(&run);
		run_on(&run, 1);
		if (server.total == TOTAL_OF && server.told > 0)
			assert_non_null(strstr(run.error.message, "although the service counts 10000"));
		else if (run.state != GMF_FETCH_END)
			fail_msg("list %d of %ld rows: %s\n%s", i, server.rows, run.error.message,
					 text_of(&run.session.log));
		assert_things(&run, run.spec.skip_rows, server.rows);
		assert_true(run.session.most_alive <= run.spec.window);
		run_close(&run);
	}
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_pages_by_record),
		TEST(test_first_position_is_one),
		TEST(test_pages_by_page),
		TEST(test_pages_in_body),
		TEST(test_asked_with_nothing),
		TEST(test_unpaged),
		TEST(test_offset_only),
		TEST(test_empty_list),
		TEST(test_window),
		TEST(test_default_window),
		TEST(test_pages_arrive_backwards),
		TEST(test_limit_is_a_page_size),
		TEST(test_limit_over_several_pages),
		TEST(test_limit_did_not_suffice),
		TEST(test_limit_by_page),
		TEST(test_skip_by_record),
		TEST(test_skip_by_page),
		TEST(test_skip_beyond_the_end),
		TEST(test_skip_without_pages),
		TEST(test_skip_needs_one_combination),
		TEST(test_records_are_not_rows),
		TEST(test_skip_of_rows_that_are_not_records),
		TEST(test_server_caps_pages),
		TEST(test_server_caps_pages_by_page),
		TEST(test_server_caps_pages_behind_skipped_rows),
		TEST(test_server_ignores_the_limit),
		TEST(test_marker_that_is_missing),
		TEST(test_marker_of_an_empty_page),
		TEST(test_answer_without_its_list),
		TEST(test_shifted_list),
		TEST(test_list_shifted_by_more_than_a_page),
		TEST(test_page_with_a_gap),
		TEST(test_malformed_page),
		TEST(test_marker_of_the_last_row),
		TEST(test_marker_behind_a_full_page),
		TEST(test_marker_in_the_answer),
		TEST(test_marker_with_limit_and_skip),
		TEST(test_marker_that_is_ignored),
		TEST(test_marker_that_is_none),
		TEST(test_random_lists)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
