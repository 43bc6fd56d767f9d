/*
 * test_call.c
 *		Actions: arguments checked before anything is sent, and the request that
 *		comes of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "gmf_call.h"

#define NOTHING		{0}
#define NO_INPUT	((GmfInput) NOTHING)
#define TEXT(value)	((GmfInput) {.text = (value)})
#define ELEMENTS(...) \
	{.elements = (const char *const[]) {__VA_ARGS__}, \
		.nelements = sizeof((const char *const[]) {__VA_ARGS__}) / sizeof(char *)}

static GmfError error;

/* One argument in the body of a POST, named "it". */
static GmfRequest *
call_with(GmfArgument argument, GmfInput input)
{
	const GmfArgument arguments[] = {argument, {.name = NULL}};
	GmfAction	action = {.service = "gaussdb", .name = "gaussdb_do", .method = "POST",
	.path = "/v3/do", .arguments = arguments};

	gmf_error_clear(&error);
	return gmf_call_request(&action, &input, &error);
}

static void
expect_body(GmfRequest *request, const char *body)
{
	if (request == NULL)
		fail_msg("%s", error.message);
	if (body == NULL)
		assert_null(gmf_request_body(request));
	else
	{
		assert_non_null(gmf_request_body(request));
		assert_string_equal(gmf_request_body(request), body);
	}
	gmf_request_free(request);
}

static void
expect_refusal(GmfRequest *request, const char *message)
{
	assert_null(request);
	assert_int_equal(error.kind, GMF_INVALID);
	assert_string_equal(error.message, message);
	assert_string_equal(error.operation, "POST /v3/do");
}

static void
builds_the_request(void **state)
{
	static const GmfArgument arguments[] = {
		{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true},
		{.name = "", .location = GMF_IN_BODY, .place = "action.kind", .fallback = "\"resize\""},
		{.name = "size", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "action.volume.size"},
		{.name = "force", .type = GMF_BOOLEAN, .location = GMF_IN_BODY},
		{.name = "at", .type = GMF_TIMESTAMPTZ, .location = GMF_IN_BODY,
		.time_form = GMF_TIME_ZULU},
		{.name = "az_codes", .type = GMF_TEXT_ARRAY, .location = GMF_IN_BODY,
		.place = "nodes[].az_code"},
		{.name = "", .location = GMF_IN_QUERY, .place = "version", .fallback = "2"},
		{.name = "mode", .type = GMF_TEXT, .location = GMF_IN_QUERY},
		{.name = "language", .type = GMF_TEXT, .location = GMF_IN_HEADER, .place = "X-Language"},
		{.name = "extra", .type = GMF_JSONB, .location = GMF_IN_BODY, .place = ""},
		{.name = NULL},
	};
	static const GmfAction action = {.service = "gaussdb", .name = "gaussdb_do",
		.method = "PUT", .path = "/v3/{project_id}/instances/{instance_id}/do",
	.arguments = arguments};
	const GmfInput all[] = {
		{.text = "a/b"}, {.text = "40"}, {.text = "true"}, {.text = "1652112070000000"},
		ELEMENTS("az1", "az2"), {.text = "x y"}, {.text = "zh-cn"},
		{.text = "{\"action\":{\"more\":1},\"last\":null}"},
	};
	const GmfInput few[] = {
		{.text = "i"}, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING,
	};
	GmfRequest *request;
	char	   *path;
	char	   *query;
	const char *name;
	const char *value;

	(void) state;
	request = gmf_call_request(&action, all, &error);
	assert_non_null(request);
	assert_string_equal(gmf_request_service(request), "gaussdb");
	assert_string_equal(gmf_request_method(request), "PUT");
	assert_false(gmf_request_idempotent(request));
	assert_true(gmf_request_target(request, "p", &path, &query, &error));
	assert_string_equal(path, "/v3/p/instances/a%2Fb/do");
	assert_string_equal(query, "mode=x%20y&version=2");
	assert_true(gmf_request_header(request, 0, &name, &value));
	assert_string_equal(value, "zh-cn");
	free(path);
	free(query);
	expect_body(request, "{\"action\":{\"kind\":\"resize\",\"volume\":{\"size\":40},\"more\":1},"
				"\"force\":true,\"at\":\"2022-05-09T16:01:10Z\","
				"\"nodes\":[{\"az_code\":\"az1\"},{\"az_code\":\"az2\"}],\"last\":null}");

	request = gmf_call_request(&action, few, &error);
	assert_non_null(request);
	assert_true(gmf_request_target(request, "p", &path, &query, &error));
	assert_string_equal(query, "version=2");
	assert_false(gmf_request_header(request, 0, &name, &value));
	free(path);
	free(query);
	expect_body(request, "{\"action\":{\"kind\":\"resize\"}}");
}

static void
knows_what_may_be_repeated(void **state)
{
	static const struct
	{
		const char *method;
		bool		reads_only;
		bool		idempotent;
	}			cases[] = {
		{"GET", false, true}, {"POST", true, true}, {"POST", false, false},
		{"PUT", false, false}, {"DELETE", false, false},
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		GmfAction	action = {.service = "gaussdb", .name = "f", .method = cases[i].method,
		.path = "/x", .reads_only = cases[i].reads_only};
		GmfRequest *request = gmf_call_request(&action, NULL, &error);

		assert_int_equal(gmf_request_idempotent(request), cases[i].idempotent);
		expect_body(request, NULL);
	}
}

static void
gives_a_body_where_one_belongs(void **state)
{
	static const GmfArgument arguments[] = {
		{.name = "it", .type = GMF_TEXT, .location = GMF_IN_BODY},
		{.name = NULL},
	};
	GmfAction	action = {.service = "gaussdb", .name = "f", .method = "POST", .path = "/x",
	.arguments = arguments};
	GmfInput	nothing = NOTHING;
	GmfInput	something = {.text = "1"};

	(void) state;
	expect_body(gmf_call_request(&action, &nothing, &error), "{}");
	action.method = "DELETE";
	expect_body(gmf_call_request(&action, &nothing, &error), NULL);
	expect_body(gmf_call_request(&action, &something, &error), "{\"it\":\"1\"}");
}

static void
wants_what_is_required(void **state)
{
	GmfArgument argument = {.name = "it", .type = GMF_TEXT, .location = GMF_IN_BODY,
	.required = true};

	(void) state;
	expect_refusal(call_with(argument, NO_INPUT),
				   "argument \"it\" of gaussdb_do must not be NULL");
	expect_body(call_with(argument, TEXT("")), "{\"it\":\"\"}");
	argument.required = false;
	expect_body(call_with(argument, NO_INPUT), "{}");
}

static void
checks_lengths_in_characters(void **state)
{
	GmfArgument argument = {.name = "it", .type = GMF_TEXT, .location = GMF_IN_BODY,
	.min_length = 4, .max_length = 6};

	(void) state;
	expect_body(call_with(argument, TEXT("abcd")), "{\"it\":\"abcd\"}");
	expect_body(call_with(argument, TEXT("数据库数据库")), "{\"it\":\"数据库数据库\"}");
	expect_refusal(call_with(argument, TEXT("üü")),
				   "argument \"it\" of gaussdb_do must have 4 to 6 characters, not 2");
	expect_refusal(call_with(argument, TEXT("abcdefg")),
				   "argument \"it\" of gaussdb_do must have 4 to 6 characters, not 7");
	argument.secret = true;
	expect_refusal(call_with(argument, TEXT("abcdefg")),
				   "argument \"it\" of gaussdb_do must have 4 to 6 characters");
	argument.secret = false;
	argument.max_length = 0;
	expect_body(call_with(argument, TEXT("abcdefghij")), "{\"it\":\"abcdefghij\"}");
	expect_refusal(call_with(argument, TEXT("a")),
				   "argument \"it\" of gaussdb_do must have at least 4 characters, not 1");
	argument.min_length = 0;
	argument.max_length = 2;
	expect_refusal(call_with(argument, TEXT("abc")),
				   "argument \"it\" of gaussdb_do must have at most 2 characters, not 3");
	argument.min_length = 2;
	expect_refusal(call_with(argument, TEXT("abc")),
				   "argument \"it\" of gaussdb_do must have exactly 2 characters, not 3");

	argument.type = GMF_TEXT_ARRAY;
	expect_body(call_with(argument, (GmfInput) ELEMENTS("long enough", "b")),
				"{\"it\":[\"long enough\",\"b\"]}");
	expect_refusal(call_with(argument, (GmfInput) ELEMENTS("a")),
				   "argument \"it\" of gaussdb_do must have exactly 2 elements, not 1");
	argument.type = GMF_JSONB;
	expect_body(call_with(argument, TEXT("[1,2]")), "{\"it\":[1,2]}");
	expect_refusal(call_with(argument, TEXT("[1]")),
				   "argument \"it\" of gaussdb_do must have exactly 2 elements, not 1");
}

static void
checks_types(void **state)
{
	GmfArgument argument = {.name = "it", .location = GMF_IN_QUERY};
	static const struct
	{
		GmfType		type;
		const char *good;
		const char *bad;
		const char *must;
	}			cases[] = {
		{GMF_INTEGER, "12", "1.5", "must be an integer, not \"1.5\""},
		{GMF_INTEGER, "-2147483648", "2147483648", "must be an integer, not \"2147483648\""},
		{GMF_BIGINT, "2147483648", "x", "must be a whole number, not \"x\""},
		{GMF_DOUBLE, "1.5", "1,5", "must be a number, not \"1,5\""},
		{GMF_BOOLEAN, "true", "maybe", "must be true or false, not \"maybe\""},
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		char		message[200];

		argument.type = cases[i].type;
		expect_body(call_with(argument, TEXT(cases[i].good)), NULL);
		snprintf(message, sizeof(message), "argument \"it\" of gaussdb_do %s", cases[i].must);
		expect_refusal(call_with(argument, TEXT(cases[i].bad)), message);
	}
	argument.location = GMF_IN_BODY;
	argument.type = GMF_INTEGER_ARRAY;
	expect_refusal(call_with(argument, (GmfInput) ELEMENTS("1", "x")),
				   "argument \"it\" of gaussdb_do must be an integer, not \"x\"");
	expect_refusal(call_with(argument, (GmfInput) ELEMENTS("1", NULL)),
				   "argument \"it\" of gaussdb_do must not hold NULL elements");
	expect_refusal(call_with(argument, TEXT("1")),
				   "argument \"it\" of gaussdb_do must be an array");
	argument.type = GMF_INTEGER;
	expect_refusal(call_with(argument, (GmfInput) ELEMENTS("1")),
				   "argument \"it\" of gaussdb_do must be a single value");
	argument.type = GMF_JSONB;
	assert_null(call_with(argument, TEXT("{\"a\":")));
	assert_non_null(strstr(error.message, "argument \"it\" of gaussdb_do cannot be sent: "));
	assert_non_null(strstr(error.message, "not valid JSON"));
	argument.type = GMF_TEXT;
	assert_null(call_with(argument, TEXT("\xff")));
	assert_non_null(strstr(error.message, "UTF-8"));
}

static void
checks_ranges_choices_and_patterns(void **state)
{
	GmfArgument ranged = {.name = "it", .type = GMF_INTEGER, .location = GMF_IN_BODY,
	.has_range = true, .min = 40, .max = 24000};
	GmfArgument chosen = {.name = "it", .type = GMF_TEXT, .location = GMF_IN_BODY,
	.values = "auto|manual | in between"};
	GmfArgument matched = {.name = "it", .type = GMF_TEXT, .location = GMF_IN_BODY,
	.pattern = "^[A-Za-z][A-Za-z0-9_-]*$"};

	(void) state;
	expect_body(call_with(ranged, TEXT("40")), "{\"it\":40}");
	expect_body(call_with(ranged, TEXT("24000")), "{\"it\":24000}");
	expect_refusal(call_with(ranged, TEXT("39")),
				   "argument \"it\" of gaussdb_do must be between 40 and 24000, not \"39\"");
	expect_refusal(call_with(ranged, TEXT("24001")),
				   "argument \"it\" of gaussdb_do must be between 40 and 24000, not \"24001\"");
	ranged.type = GMF_DOUBLE;
	ranged.min = 0.5;
	ranged.max = 1e9;
	expect_refusal(call_with(ranged, TEXT("0.4")),
				   "argument \"it\" of gaussdb_do must be between 0.5 and 1000000000, not \"0.4\"");

	expect_body(call_with(chosen, TEXT("manual")), "{\"it\":\"manual\"}");
	expect_body(call_with(chosen, TEXT("in between")), "{\"it\":\"in between\"}");
	expect_refusal(call_with(chosen, TEXT("Auto")),
				   "argument \"it\" of gaussdb_do must be one of \"auto\", \"manual\", "
				   "\"in between\", not \"Auto\"");
	chosen.type = GMF_TEXT_ARRAY;
	expect_refusal(call_with(chosen, (GmfInput) ELEMENTS("auto", "x")),
				   "argument \"it\" of gaussdb_do must be one of \"auto\", \"manual\", "
				   "\"in between\", not \"x\"");

	expect_body(call_with(matched, TEXT("a-1")), "{\"it\":\"a-1\"}");
	expect_refusal(call_with(matched, TEXT("1a")),
				   "argument \"it\" of gaussdb_do must not be \"1a\". It must match "
				   "^[A-Za-z][A-Za-z0-9_-]*$");
	matched.description = "A letter first.";
	expect_refusal(call_with(matched, TEXT("1a")),
				   "argument \"it\" of gaussdb_do must not be \"1a\". A letter first.");
	matched.secret = true;
	expect_refusal(call_with(matched, TEXT("1a")),
				   "argument \"it\" of gaussdb_do is not acceptable. A letter first.");
	matched.secret = false;
	matched.type = GMF_JSONB;
	matched.pattern = NULL;
	matched.text_members = true;
	expect_body(call_with(matched, TEXT("{\"a\": 900, \"b\": true, \"c\": \"x\", \"d\": 1.5}")),
				"{\"it\":{\"a\":\"900\",\"b\":\"true\",\"c\":\"x\",\"d\":\"1.5\"}}");
	expect_refusal(call_with(matched, TEXT("{\"a\": [1]}")),
				   "member \"a\" of argument \"it\" of gaussdb_do must be a string, a number or a "
				   "boolean");
	expect_refusal(call_with(matched, TEXT("[]")),
				   "argument \"it\" of gaussdb_do must be a JSON object");
	chosen.type = GMF_TEXT;
	chosen.secret = true;
	expect_refusal(call_with(chosen, TEXT("SECRET")),
				   "argument \"it\" of gaussdb_do must be one of \"auto\", \"manual\", "
				   "\"in between\"");
	matched.pattern = "(";
	assert_null(call_with(matched, TEXT("x")));
}

static void
names_the_argument_of_a_bad_segment(void **state)
{
	static const GmfArgument arguments[] = {
		{.name = "backup", .type = GMF_TEXT, .location = GMF_IN_PATH, .place = "backup_id"},
		{.name = NULL},
	};
	static const GmfAction action = {.service = "gaussdb", .name = "gaussdb_do",
	.method = "DELETE", .path = "/v3/{backup_id}", .arguments = arguments};
	GmfInput	input = {.text = ".."};

	(void) state;
	assert_null(gmf_call_request(&action, &input, &error));
	assert_int_equal(error.kind, GMF_INVALID);
	assert_non_null(strstr(error.message, "argument \"backup\" of gaussdb_do"));
}

static void
reads_the_results(void **state)
{
	static const GmfResult results[] = {
		{"job_id", GMF_TEXT, "job_id|job.id", NULL},
		{"state", GMF_TEXT, "state", NULL},
		{NULL, 0, NULL, NULL},
	};
	GmfAction	action = {.name = "f", .results = results};
	static const char one[] = "{\"job\":{\"id\":\"j1\"}}";
	static const char many[] = "{\"jobs\":[{\"job_id\":\"a\",\"state\":\"x\"},{\"job_id\":\"b\"}]}";
	GmfShape   *shape = gmf_call_shape(&action, &error);
	GmfAnswer  *answer;
	GmfValue	values[2];

	(void) state;
	assert_non_null(shape);
	answer = gmf_answer_open(shape, one, strlen(one), &error);
	assert_non_null(answer);
	assert_int_equal(gmf_answer_next(answer, values, &error), 1);
	assert_int_equal(values[0].length, 2);
	assert_memory_equal(values[0].text, "j1", 2);
	assert_int_equal(values[1].kind, GMF_ABSENT);
	assert_int_equal(gmf_answer_next(answer, values, &error), 0);
	gmf_answer_free(answer);
	gmf_shape_free(shape);

	action.items = "jobs";
	shape = gmf_call_shape(&action, &error);
	answer = gmf_answer_open(shape, many, strlen(many), &error);
	assert_int_equal(gmf_answer_next(answer, values, &error), 1);
	assert_memory_equal(values[0].text, "a", 1);
	assert_memory_equal(values[1].text, "x", 1);
	assert_int_equal(gmf_answer_next(answer, values, &error), 1);
	assert_memory_equal(values[0].text, "b", 1);
	assert_int_equal(gmf_answer_next(answer, values, &error), 0);
	gmf_answer_free(answer);
	gmf_shape_free(shape);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(builds_the_request),
		cmocka_unit_test(knows_what_may_be_repeated),
		cmocka_unit_test(gives_a_body_where_one_belongs),
		cmocka_unit_test(wants_what_is_required),
		cmocka_unit_test(checks_lengths_in_characters),
		cmocka_unit_test(checks_types),
		cmocka_unit_test(checks_ranges_choices_and_patterns),
		cmocka_unit_test(names_the_argument_of_a_bad_segment),
		cmocka_unit_test(reads_the_results),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
