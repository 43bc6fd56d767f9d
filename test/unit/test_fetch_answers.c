/*
 * test_fetch_answers.c
 *		Unit tests of fetching: answers that are no lists, and objects that are gone.
 */
#include "fetch_fixture.h"

static const GmfRoute whole_thing = {
	.role = GMF_GET, .method = "GET", .path = "/v1/{project_id}/things/{id}/all",
	.items = "", .parameters = get_parameters, .not_found = "GONE.1"
};

static const GmfRoute state_list = {
	.role = GMF_GET, .method = "GET", .path = "/v1/{project_id}/things/{id}/states",
	.items = "states", .parameters = get_parameters, .not_found = "GONE.1|GONE.2"
};

static const GmfColumn raw_only[] = {{0}};
static const GmfResource raw_things = {
	.service = "test", .name = "things", .columns = raw_only
};
static const GmfColumn failure_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id"},
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code"},
	{.name = "error_msg", .type = GMF_TEXT, .path = "error_msg"},
	{0}
};
static const GmfResource failures = {
	.service = "test", .name = "failures", .columns = failure_columns, .key = "id"
};

static const GmfBinding of_t5 = {&get_parameters[0], one_id, 1};

/* What comes of an answer: so many rows, or an error of a kind, with a code and a message. */
typedef struct Case
{
	const GmfRoute *route;
	const GmfResource *resource;
	const char *answer;
	int			rows;
	GmfErrorKind kind;
	const char *code;
	const char *message;
} Case;

static void
check(const Case *c)
{
	bool		keyed = c->route->parameters == get_parameters;
	Run			run = {.spec = {.resource = c->resource, .route = c->route,
			.used = all_columns, .bindings = keyed ? &of_t5 : NULL, .nbindings = keyed}};

	server.whole = c->answer;
	run_open(&run);
	assert_non_null(run.fetch);
	run_on(&run, 1);
	if (run.nrows != c->rows ||
		run.state != (c->kind == GMF_OK ? GMF_FETCH_END : GMF_FETCH_FAILED))
		fail_msg("%s: %d rows, %s", c->answer, (int) run.nrows, run.error.message);
	if (c->kind != GMF_OK)
	{
		if (run.error.kind != c->kind || strcmp(run.error.code, c->code) != 0 ||
			strcmp(run.error.message, c->message) != 0)
			fail_msg("%s: %d \"%s\" \"%s\"", c->answer, run.error.kind, run.error.code,
					 run.error.message);
		assert_int_equal(run.error.http_status, 200);
		assert_string_equal(run.error.operation + 4, c->route->path);
		assert_string_equal(run.error.request_id, "fake-request-id");
	}
	run_close(&run);
}

static void
test_lists(void **state)
{
	static const GmfRoute *const routes[] = {&by_record, &by_page_number, &by_last_id, &unpaged};
	static const char *const no_error =
		"the answer does not tell the reason";
	static const Case cases[] = {
		{NULL, &things, "{\"things\":[],\"total\":0}", 0, GMF_OK, "", ""},
		{NULL, &things, "{\"things\":[]}", 0, GMF_OK, "", ""},
		{NULL, &things, "{\"things\":null}", 0, GMF_OK, "", ""},
		{NULL, &things, "{\"total\":0}", 0, GMF_OK, "", ""},
		{NULL, &things, "{\"code\":\"0\",\"message\":null,\"things\":[]}", 0, GMF_OK, "", ""},
		{NULL, &things, "{\"error_code\":\"DWS.0000\",\"things\":[]}", 0, GMF_OK, "", ""},
		{NULL, &things, "{\"error_code\":\"X.1\",\"things\":[{\"id\":\"a\"}],\"total\":1}", 1,
		GMF_OK, "", ""},
		{NULL, &things, "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"down\"}", 0, GMF_REJECTED,
		"APIGW.0301", "down"},
		{NULL, &things, "{\"errCode\":\"DBS.2\",\"externalMessage\":\"no\"}", 0, GMF_REJECTED,
		"DBS.2",
		"no"},
		{NULL, &things, "{\"error\":{\"code\":500,\"message\":\"down\"}}", 0, GMF_UNAVAILABLE,
		"500",
		"down"},
		{NULL, &things, "{\"error_code\":\"X.1\",\"things\":null}", 0, GMF_REJECTED, "X.1",
		no_error},
		{NULL, &things, "{\"error_code\":\"X.1\",\"error_msg\":\"no\",\"things\":[]}", 0,
		GMF_REJECTED,
		"X.1", "no"},
		{NULL, &things, "{}", 0, GMF_MALFORMED, "",
		"the answer has no \"things\"; it has no members"},
		{NULL, &things, "null", 0, GMF_MALFORMED, "",
		"the answer has no \"things\"; it has no members"},
		{NULL, &things, "{\"thing\":[{\"id\":\"a\"}],\"total\":1}", 0, GMF_MALFORMED, "",
		"the answer has no \"things\"; its members are: \"thing\", \"total\""}
	};

	(void) state;
	for (int r = 0; r < 4; r++)
		for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		{
			Case		c = cases[i];

			c.route = routes[r];
			check(&c);
		}
}

static void
test_objects(void **state)
{
	static const Case cases[] = {
		{&whole_thing, &things, "{\"id\":\"t5\"}", 1, GMF_OK, "", ""},
		{&whole_thing, &things, "{\"id\":null}", 1, GMF_OK, "", ""},
		{&whole_thing, &things, "{\"id\":\"t5\",\"error_code\":\"X.1\"}", 1, GMF_OK, "", ""},
		{&whole_thing, &things, "{}", 0, GMF_MALFORMED, "",
		"the answer has nothing that the table shows; it has no members"},
		{&whole_thing, &things, "{\"a\":1}", 0, GMF_MALFORMED, "",
		"the answer has nothing that the table shows; its members are: \"a\""},
		{&whole_thing, &things, "null", 0, GMF_MALFORMED, "",
		"the answer has nothing that the table shows; it has no members"},
		{&whole_thing, &things, "{\"errCode\":\"X.1\",\"externalMessage\":\"no\"}", 0,
		GMF_REJECTED, "X.1",
		"no"},
		{&whole_thing, &things, "{\"code\":\"X.1\",\"message\":\"no\"}", 0, GMF_REJECTED, "X.1",
		"no"},
		{&whole_thing, &things, "{\"error_code\":\"GONE.1\",\"error_msg\":\"no\"}", 0, GMF_OK, "",
		""},
		{&whole_thing, &failures, "{\"error_code\":\"X.1\",\"error_msg\":\"no\"}", 0,
		GMF_REJECTED, "X.1",
		"no"},
		{&whole_thing, &failures, "{\"id\":\"t5\",\"error_code\":\"X.1\"}", 1, GMF_OK, "", ""},
		{&whole_thing, &raw_things, "{\"anything\":1}", 1, GMF_OK, "", ""},
		{&whole_thing, &raw_things, "{\"message\":\"good morning\"}", 1, GMF_OK, "", ""},
		{&whole_thing, &raw_things, "{\"error_code\":\"X.1\",\"error_msg\":\"no\"}", 0,
		GMF_REJECTED, "X.1",
		"no"},
		{&whole_thing, &raw_things, "[1,2]", 1, GMF_OK, "", ""},
		{&thing_by_id, &things, "{\"thing\":null}", 0, GMF_OK, "", ""},
		{&thing_by_id, &things, "{\"error\":{\"code\":404,\"message\":\"no\"}}", 0, GMF_OK, "", ""},
		{&thing_by_id, &things, "{\"error_code\":\"GONE.2\"}", 0, GMF_OK, "", ""},
		{&thing_by_id, &things, "{\"error_code\":\"X.1\",\"error_msg\":\"no\"}", 0, GMF_REJECTED,
		"X.1", "no"},
		{&thing_by_id, &things, "{}", 0, GMF_MALFORMED, "",
		"the answer has no \"thing\"; it has no members"},
		/* a row for each that was asked for, also for one that is not there */
		{&state_list, &things,
		"{\"states\":[{\"id\":\"a\"},{\"id\":\"b\",\"error_code\":\"GONE.2\"},"
		"{\"id\":\"c\",\"error_code\":\"X.1\"},{\"error_code\":\"GONE.1\"}]}", 2, GMF_OK, "", ""}
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(&cases[i]);
}

/* The detail of a row that is refused in disguise is refused all the same. */
static void
test_details(void **state)
{
	static const struct
	{
		const char *answer;
		bool		fine;
	}			cases[] =
	{
		{"{\"thing\":{\"id\":\"t0\",\"extra\":\"e\"}}", true},
		{"{\"thing\":null}", true},
		{"{\"error_code\":\"GONE.1\",\"error_msg\":\"no\"}", true},
		{"{\"error_code\":\"X.1\",\"error_msg\":\"no\"}", false},
		{"{}", false}
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		Run			run = {.spec = {.resource = &things, .route = &by_record,
		.detail = &thing_by_id,
				.used = all_columns}};

		server.rows = 1;
		server.detail = cases[i].answer;
		run_open(&run);
		run_on(&run, 1);
		assert_int_equal(run.state, cases[i].fine ? GMF_FETCH_END : GMF_FETCH_FAILED);
		assert_int_equal(run.nrows, cases[i].fine ? 1 : 0);
		run_close(&run);
	}
}

/* Then the list is read, which fails in its turn. */
static void
test_total(void **state)
{
	static const char *const answers[] = {"{}", "{\"error_code\":\"X.1\"}", "null"};

	(void) state;
	for (int i = 0; i < 3; i++)
	{
		Run			run = {.spec = {.resource = &things, .route = &by_record,
				.used = only_id}};
		int64_t		total = 0;

		server.whole = answers[i];
		assert_int_equal(run_total(&run, &total), GMF_FETCH_FAILED);
		run_close(&run);
	}
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lists),
		TEST(test_objects),
		TEST(test_details),
		TEST(test_total)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
