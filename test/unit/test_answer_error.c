/*
 * test_answer_error.c
 *		Errors in all the forms that services, gateways, proxies and web servers give them, with a
 *		status that says so and without.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "gmf_answer.h"

typedef struct Case
{
	const char *body;
	const char *code;
	const char *message;
	const char *request_id;
} Case;

static void
check(const Case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
	{
		char	   *copy = strdup(cases[i].body);
		GmfError	error;

		gmf_error_clear(&error);
		gmf_answer_error(copy, strlen(copy), &error);
		free(copy);
		if (strcmp(error.code, cases[i].code) != 0 ||
			strcmp(error.message, cases[i].message) != 0 ||
			strcmp(error.request_id, cases[i].request_id ? cases[i].request_id : "") != 0)
			fail_msg("%s: \"%s\" \"%s\" \"%s\"", cases[i].body, error.code, error.message,
					 error.request_id);
	}
}

static void
objects(void **state)
{
	static const Case cases[] = {
		{"{\"error_code\":\"DBS.1\",\"error_msg\":\"no\",\"request_id\":\"r\"}", "DBS.1", "no",
		"r"},
		{"{\"error_code\":\"DBS.1\",\"error_message\":\"no\"}", "DBS.1", "no", NULL},
		{"{\"errCode\":\"DBS.1\",\"externalMessage\":\"no\"}", "DBS.1", "no", NULL},
		{"{\"code\":\"VPC.0202\",\"message\":\"no\"}", "VPC.0202", "no", NULL},
		{"{\"code\":\"C\",\"msg\":\"no\",\"requestId\":\"r\"}", "C", "no", "r"},
		{"{\"error\":{\"code\":403,\"message\":\"no\",\"title\":\"Forbidden\"}}", "403", "no",
		NULL},
		{"{\"error\":{\"error_code\":\"X.1\",\"error_msg\":\"no\",\"request_id\":\"r\"}}", "X.1",
		"no",
		"r"},
		{"{\"itemNotFound\":{\"code\":404,\"message\":\"no\"}}", "404", "no", NULL},
		{"{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"no\"}", "400", "no", NULL},
		{"{\"error\":\"no such thing\"}", "", "no such thing", NULL},
		{"\"no such thing\"", "", "no such thing", NULL},
		{"\"no \\\"such\\\" thing\"", "", "no \"such\" thing", NULL}
	};

	(void) state;
	check(cases, sizeof(cases) / sizeof(cases[0]));
}

static void
lists(void **state)
{
	static const Case cases[] = {
		{"{\"errors\":[{\"status\":400,\"title\":\"Bad Request\","
		"\"detail\":\"'x' is not a 'uuid'\","
		"\"request_id\":\"req-7\"}]}", "400", "'x' is not a 'uuid'", "req-7"},
		{"{\"errors\":[{\"code\":\"placement.undefined_code\",\"title\":\"Not Found\"}]}",
		"placement.undefined_code", "Not Found", NULL},
		{"{\"results\":[{\"id\":\"jb1\",\"status\":\"\",\"error_code\":\"DRS.M05004\","
			"\"error_msg\":\"The task does not exist or has been deleted.\"}],\"count\":1}",
		"DRS.M05004", "The task does not exist or has been deleted.", NULL},
		{"{\"count\":2,\"results\":[{\"id\":\"jb0\",\"status\":\"success\",\"message\":\"x\"},"
		"{\"id\":\"jb1\",\"error_code\":\"DRS.M00289\",\"error_msg\":\"no\"}]}", "DRS.M00289", "no",
		NULL},
		{"[{\"error_code\":\"X.1\",\"error_msg\":\"no\"}]", "X.1", "no", NULL},
		{"{\"errors\":[]}", "", "the answer does not tell the reason", NULL}
	};

	(void) state;
	check(cases, sizeof(cases) / sizeof(cases[0]));
}

static void
other_than_json(void **state)
{
	static const Case cases[] = {
		{"slow down", "", "slow down", NULL},
		{"  slow\r\ndown \n", "", "slow  down", NULL},
		{"<html><head><title>400 No required SSL\n certificate was sent</title></head></html>", "",
		"400 No required SSL certificate was sent", NULL},
		{"<HTML><BODY><H1>502 &lt;Bad&gt; Gateway &amp; more</H1></BODY>", "",
		"502 <Bad> Gateway & more", NULL},
		{"<?xml version=\"1.0\"?><Error><Code>NoSuchBucket</Code><Message>no bucket</Message>"
		"<RequestId>R</RequestId></Error>", "NoSuchBucket", "no bucket", "R"},
		{"<html><title></title></html>", "", "the answer is not JSON but a page (HTML or XML)",
		NULL},
		{"<title", "", "the answer is not JSON but a page (HTML or XML)", NULL},
		{"<title>", "", "the answer is not JSON but a page (HTML or XML)", NULL},
		/* {"error_code":"APIG.1","error_msg":"no"}, also as a string */
		{"eyJlcnJvcl9jb2RlIjoiQVBJRy4xIiwiZXJyb3JfbXNnIjoibm8ifQ==", "APIG.1", "no", NULL},
		{"\"eyJlcnJvcl9jb2RlIjoiQVBJRy4xIiwiZXJyb3JfbXNnIjoibm8ifQ==\"", "APIG.1", "no", NULL},
		{"deadbeef", "", "deadbeef", NULL},
		{"true", "", "the answer does not tell the reason", NULL}
	};

	(void) state;
	check(cases, sizeof(cases) / sizeof(cases[0]));
}

/* Errors with a status of success */
static void
refusals_in_disguise(void **state)
{
	static const struct
	{
		const char *body;
		bool		surely;
		bool		maybe;		/* in an answer that lacks what it should have */
		GmfErrorKind kind;
	}			cases[] =
	{
		{"{\"error_code\":\"APIGW.0301\",\"error_msg\":\"no\"}", true, true, GMF_REJECTED},
		{"{\"errCode\":\"DBS.1\",\"externalMessage\":\"no\"}", true, true, GMF_REJECTED},
		{"{\"error\":{\"code\":500}}", true, true, GMF_UNAVAILABLE},
		{"{\"error\":{\"code\":404,\"message\":\"no\"}}", true, true, GMF_NOT_FOUND},
		{"{\"code\":\"X.1\",\"message\":\"no\"}", false, true, GMF_REJECTED},
		{"{\"errors\":[{\"title\":\"no\"}]}", false, true, GMF_REJECTED},
		{"{\"error_code\":\"DWS.0000\",\"error_msg\":\"ok\"}", false, false, GMF_OK},
		{"{\"error_code\":\"0\"}", false, false, GMF_OK},
		{"{\"error_code\":0}", false, false, GMF_OK},
		{"{\"error_code\":\"200\",\"error_msg\":\"success\"}", false, false, GMF_OK},
		{"{\"error_code\":\"success\"}", false, false, GMF_OK},
		{"{\"error_code\":\"\",\"error_msg\":null}", false, false, GMF_OK},
		{"{\"error_code\":null}", false, false, GMF_OK},
		{"{\"code\":\"00000000\",\"message\":\"done\"}", false, false, GMF_OK},
		{"{\"error\":null,\"rows\":[]}", false, false, GMF_OK},
		{"{}", false, false, GMF_OK},
		{"null", false, false, GMF_OK},
		{"[]", false, false, GMF_OK}
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		const char *body = cases[i].body;
		GmfError	error;

		if (gmf_answer_refusal(body, strlen(body), true, &error) != cases[i].surely ||
			gmf_answer_refusal(body, strlen(body), false, &error) != cases[i].maybe ||
			error.kind != cases[i].kind || (cases[i].maybe && error.message[0] == '\0'))
			fail_msg("%s: %d %s", body, error.kind, error.message);
	}
}

/* A page where JSON should be, with its title */
static void
page_with_status_200(void **state)
{
	const char *body = "<html><title>Login</title></html>";
	GmfShape   *shape = gmf_shape_new("a", NULL, NULL, 0, NULL);
	GmfError	error;

	(void) state;
	gmf_error_clear(&error);
	assert_null(gmf_answer_open(shape, body, strlen(body), &error));
	assert_int_equal(error.kind, GMF_MALFORMED);
	assert_string_equal(error.message,
						"the answer is not JSON but a page (HTML or XML): \"Login\"");
	gmf_shape_free(shape);
}

static void
place_of_the_rows(void **state)
{
	static const struct
	{
		const char *items;
		const char *body;
		bool		there;
		const char *members;
	}			cases[] =
	{
		{"a", "{\"a\":[]}", true, "\"a\""},
		{"a", "{\"a\":null}", true, "\"a\""},
		{"a", "{}", false, ""},
		{"a", "null", false, ""},
		{"a|", "{}", true, ""},
		{"a|", "null", false, ""},
		{"a|b", "{\"b\":[]}", true, "\"b\""},
		{"a|b", "{\"c\":[],\"d\":1}", false, "\"c\", \"d\""},
		{"a.b", "{\"a\":null}", true, "\"a\""},
		{"a.b", "{\"a\":{}}", false, "\"a\""},
		{"a[].b[]", "{\"a\":[]}", true, "\"a\""},
		{"a[].b[]", "{\"a\":[{}]}", true, "\"a\""},
		{"[]", "[]", true, ""},
		{"[]", "null", false, ""},
		{"{}", "{}", true, ""},
		{"", "{}", true, ""},
		{"", "null", false, ""}
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		GmfError	error;
		GmfShape   *shape = gmf_shape_new(cases[i].items, NULL, NULL, 0, &error);
		GmfAnswer  *answer = gmf_answer_open(shape, cases[i].body, strlen(cases[i].body), &error);
		char		names[100];
		char		few[12];

		assert_non_null(answer);
		if (gmf_answer_has_rows(answer) != cases[i].there)
			fail_msg("%s %s", cases[i].items, cases[i].body);
		gmf_answer_members(answer, names, sizeof(names));
		assert_string_equal(names, cases[i].members);
		gmf_answer_members(answer, few, sizeof(few));
		gmf_answer_free(answer);
		gmf_shape_free(shape);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(objects),
		cmocka_unit_test(lists),
		cmocka_unit_test(other_than_json),
		cmocka_unit_test(refusals_in_disguise),
		cmocka_unit_test(page_with_status_200),
		cmocka_unit_test(place_of_the_rows)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
