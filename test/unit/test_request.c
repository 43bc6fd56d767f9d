/*
 * test_request.c
 *		Values in their places: path, query, headers, body; and base URLs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "gmf_request.h"
#include "gmf_session.h"

#define ELEMENTS(...) \
	(GmfInput) {.elements = (const char *const[]) {__VA_ARGS__}, \
		.nelements = sizeof((const char *const[]) {__VA_ARGS__}) / sizeof(char *)}
#define NO_ELEMENTS	(GmfInput) {.elements = (const char *const[]) {NULL}, .nelements = 0}
#define TEXT(value)	(GmfInput) {.text = value}

/* 2022-05-09 16:01:10.5 UTC */
#define A_TIME		"1652112070500000"

static GmfError error;

static GmfRequest *
new_request(const char *path)
{
	GmfRequest *request = gmf_request_new("gaussdb", "POST", path, false);

	assert_non_null(request);
	gmf_error_clear(&error);
	return request;
}

static bool
put_typed(GmfRequest *request, GmfLocation location, const char *name, GmfType type,
		  GmfInput input)
{
	gmf_error_clear(&error);
	return gmf_request_put(request, location, name, type, GMF_TIME_NONE, false, &input, &error);
}

static bool
put_text(GmfRequest *request, GmfLocation location, const char *name, const char *value)
{
	return put_typed(request, location, name, GMF_TEXT, TEXT(value));
}

static void
expect_target(const GmfRequest *request, const char *project, const char *path,
			  const char *query)
{
	char	   *its_path;
	char	   *its_query;

	if (!gmf_request_target(request, project, &its_path, &its_query, &error))
		fail_msg("%s", error.message);
	assert_string_equal(its_path, path);
	assert_string_equal(its_query, query);
	free(its_path);
	free(its_query);
}

static void
expect_description(const GmfRequest *request, bool with_body, const char *text)
{
	char	   *description = gmf_request_describe(request, with_body);

	assert_string_equal(description, text);
	free(description);
}

static void
fills_the_path(void **state)
{
	GmfRequest *request = new_request("/v3/{project_id}/instances/{instance_id}/{id}");
	char	   *path;
	char	   *query;

	(void) state;
	assert_true(gmf_request_needs_project(request));
	assert_false(gmf_request_target(request, "p", &path, &query, &error));
	assert_int_equal(error.kind, GMF_INVALID);
	assert_non_null(strstr(error.message, "instance_id"));

	assert_true(put_text(request, GMF_IN_PATH, "instance_id", "../../x?y#z%00 \xc3\xbc'\";--"));
	assert_true(put_text(request, GMF_IN_PATH, "id", "first"));
	assert_true(put_text(request, GMF_IN_PATH, "id", "{project_id}"));
	expect_target(request, "p/1",
				  "/v3/p%2F1/instances/..%2F..%2Fx%3Fy%23z%2500%20%C3%BC%27%22%3B--/"
				  "%7Bproject_id%7D",
				  "");
	assert_false(gmf_request_target(request, NULL, &path, &query, &error));
	assert_non_null(strstr(error.message, "project_id"));
	assert_true(put_text(request, GMF_IN_PATH, "project_id", "mine"));
	assert_false(gmf_request_needs_project(request));
	expect_target(request, "other",
				  "/v3/mine/instances/..%2F..%2Fx%3Fy%23z%2500%20%C3%BC%27%22%3B--/"
				  "%7Bproject_id%7D",
				  "");
	gmf_request_free(request);
}

static void
refuses_what_a_path_cannot_carry(void **state)
{
	static const char *const bad[] = {"", ".", ".."};
	static const char *const good[] = {"...", "..a", " ", "%2e%2e", "a."};
	GmfRequest *request = new_request("/v3/x/{id}/y");

	(void) state;
	assert_false(gmf_request_needs_project(request));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
	{
		assert_false(put_text(request, GMF_IN_PATH, "id", bad[i]));
		assert_int_equal(error.kind, GMF_INVALID);
		assert_non_null(strstr(error.message, "\"id\""));
	}
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(put_text(request, GMF_IN_PATH, "id", good[i]));
	assert_false(put_text(request, GMF_IN_PATH, "i", "x"));
	assert_false(put_text(request, GMF_IN_PATH, "ids", "x"));
	assert_false(put_typed(request, GMF_IN_PATH, "id", GMF_TEXT_ARRAY, ELEMENTS("a")));
	gmf_request_free(request);
}

static void
sorts_and_encodes_the_query(void **state)
{
	GmfRequest *request = new_request("/x");
	GmfInput	time = TEXT(A_TIME);

	(void) state;
	assert_true(put_text(request, GMF_IN_QUERY, "name", "*prod & test=1"));
	assert_true(put_text(request, GMF_IN_QUERY, "limit", "100"));
	assert_true(put_text(request, GMF_IN_QUERY, "empty", ""));
	assert_true(put_text(request, GMF_IN_QUERY, "a-b", "1"));
	assert_true(put_text(request, GMF_IN_QUERY, "a b", "2"));
	assert_true(put_text(request, GMF_IN_QUERY, "a", "3"));
	assert_true(put_typed(request, GMF_IN_QUERY, "tag", GMF_TEXT_ARRAY, ELEMENTS("z", "a", "m")));
	assert_true(put_typed(request, GMF_IN_QUERY, "not", GMF_TEXT, (GmfInput) {0}));
	assert_true(gmf_request_put(request, GMF_IN_QUERY, "begin", GMF_TIMESTAMPTZ, GMF_TIME_OFFSET,
								false, &time, &error));
	assert_true(gmf_request_put_constant(request, GMF_IN_QUERY, "zone", "1", &error));
	expect_target(request, NULL, "/x",
				  "a=3&a%20b=2&a-b=1&begin=2022-05-09T16%3A01%3A10%2B0000&empty=&limit=100"
				  "&name=%2Aprod%20%26%20test%3D1&tag=a&tag=m&tag=z&zone=1");
	assert_false(put_typed(request, GMF_IN_QUERY, "tag", GMF_TEXT_ARRAY, ELEMENTS("a", NULL)));
	gmf_request_free(request);
}

static void
guards_the_headers(void **state)
{
	static const char *const names[] = {"Host", "authorization", "X-AUTH-TOKEN", "X-Sdk-Date",
		"Content-Length", "transfer-encoding", "", "X Y", "X:Y", "X\r\nY", "X-Security-Token",
		"Content-Type", "X-HTTP-Method-Override", "x-http-method", "X-METHOD-OVERRIDE",
		"X-Forwarded-Host", "X-Original-URL", "Proxy-Authorization", "Cookie", "X-Domain-Id"};
	GmfRequest *request = new_request("/x");
	const char *name;
	const char *value;

	(void) state;
	assert_false(gmf_request_header(request, 0, &name, &value));
	assert_true(put_text(request, GMF_IN_HEADER, "X-Language", "en"));
	assert_true(put_text(request, GMF_IN_HEADER, "X-Other", "a b"));
	assert_true(put_text(request, GMF_IN_QUERY, "q", "1"));
	assert_true(put_text(request, GMF_IN_HEADER, "x-language", "zh"));
	assert_true(gmf_request_header(request, 0, &name, &value));
	assert_string_equal(name, "X-Language");
	assert_string_equal(value, "zh");
	assert_true(gmf_request_header(request, 1, &name, &value));
	assert_string_equal(value, "a b");
	assert_false(gmf_request_header(request, 2, &name, &value));

	assert_false(put_text(request, GMF_IN_HEADER, "X-Evil", "a\r\nX-Auth-Token: b"));
	assert_false(put_text(request, GMF_IN_HEADER, "X-Evil", "\x7f"));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_false(put_text(request, GMF_IN_HEADER, names[i], "x"));
	assert_false(gmf_request_header(request, 2, &name, &value));
	gmf_request_free(request);
}

static void
writes_each_type(void **state)
{
	static const struct
	{
		GmfType		type;
		GmfTimeForm form;
		const char *text;
		const char *json;		/* NULL: refused */
	}			cases[] = {
		{GMF_TEXT, GMF_TIME_NONE, "it's \"q\"\n", "\"it's \\\"q\\\"\\n\""},
		{GMF_TEXT, GMF_TIME_NONE, "", "\"\""},
		{0, GMF_TIME_NONE, "12", "\"12\""},
		{GMF_TEXT, GMF_TIME_NONE, "数🐘", "\"数🐘\""},
		{GMF_TEXT, GMF_TIME_NONE, "\xff", NULL},
		{GMF_BOOLEAN, GMF_TIME_NONE, "true", "true"},
		{GMF_BOOLEAN, GMF_TIME_NONE, "false", "false"},
		{GMF_BOOLEAN, GMF_TIME_NONE, "maybe", NULL},
		{GMF_INTEGER, GMF_TIME_NONE, "-2147483648", "-2147483648"},
		{GMF_INTEGER, GMF_TIME_NONE, "2147483648", NULL},
		{GMF_INTEGER, GMF_TIME_NONE, "1.5", NULL},
		{GMF_INTEGER, GMF_TIME_NONE, "", NULL},
		{GMF_INTEGER, GMF_TIME_NONE, "1; drop", NULL},
		{GMF_BIGINT, GMF_TIME_NONE, "9223372036854775807", "9223372036854775807"},
		{GMF_BIGINT, GMF_TIME_NONE, "9223372036854775808", NULL},
		{GMF_DOUBLE, GMF_TIME_NONE, "0.1", "0.1"},
		{GMF_DOUBLE, GMF_TIME_NONE, "5", "5"},
		{GMF_DOUBLE, GMF_TIME_NONE, "-2.5e-3", "-0.0025"},
		{GMF_DOUBLE, GMF_TIME_NONE, "0.30000000000000004", "0.30000000000000004"},
		{GMF_DOUBLE, GMF_TIME_NONE, "NaN", NULL},
		{GMF_DOUBLE, GMF_TIME_NONE, "1e999", NULL},
		{GMF_JSONB, GMF_TIME_NONE, " {\"b\": [1, 2.50, null], \"a\": {}} ",
		"{\"b\":[1,2.5,null],\"a\":{}}"},
		{GMF_JSONB, GMF_TIME_NONE, "\"text\"", "\"text\""},
		{GMF_JSONB, GMF_TIME_NONE, "null", "null"},
		{GMF_JSONB, GMF_TIME_NONE, "{\"a\":}", NULL},
		{GMF_JSONB, GMF_TIME_NONE, "", NULL},
		{GMF_JSONB, GMF_TIME_NONE, "{} x", NULL},
		{GMF_JSONB, GMF_TIME_NONE, "[123456789012345678901234567890]", NULL},
		{GMF_TIMESTAMPTZ, GMF_TIME_OFFSET, A_TIME, "\"2022-05-09T16:01:10+0000\""},
		{GMF_TIMESTAMPTZ, GMF_TIME_ZULU, A_TIME, "\"2022-05-09T16:01:10Z\""},
		{GMF_TIMESTAMPTZ, GMF_TIME_MILLIS, A_TIME, "\"1652112070500\""},
		{GMF_BIGINT, GMF_TIME_MILLIS, A_TIME, "1652112070500"},
		{GMF_TIMESTAMPTZ, GMF_TIME_ZULU, "now", NULL},
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		GmfRequest *request = new_request("/x");
		GmfInput	input = TEXT(cases[i].text);
		char		body[200];
		bool		done = gmf_request_put(request, GMF_IN_BODY, "place", cases[i].type,
										   cases[i].form, false, &input, &error);

		if (cases[i].json == NULL)
		{
			assert_false(done);
			assert_int_equal(error.kind, GMF_INVALID);
			assert_non_null(strstr(error.message, "\"place\""));
			assert_null(gmf_request_body(request));
		}
		else
		{
			snprintf(body, sizeof(body), "{\"place\":%s}", cases[i].json);
			assert_true(done);
			assert_string_equal(gmf_request_body(request), body);
		}
		gmf_request_free(request);
	}
}

static void
writes_arrays(void **state)
{
	GmfRequest *request = new_request("/x");

	(void) state;
	assert_true(put_typed(request, GMF_IN_BODY, "t", GMF_TEXT_ARRAY, ELEMENTS("a", "1")));
	assert_true(put_typed(request, GMF_IN_BODY, "i", GMF_INTEGER_ARRAY, ELEMENTS("1", "-2")));
	assert_true(put_typed(request, GMF_IN_BODY, "e", GMF_TEXT_ARRAY, NO_ELEMENTS));
	assert_true(put_typed(request, GMF_IN_BODY, "keys", GMF_TEXT, ELEMENTS("k1", "k2")));
	assert_true(put_typed(request, GMF_IN_BODY, "nothing", GMF_TEXT_ARRAY, (GmfInput) {0}));
	assert_string_equal(gmf_request_body(request),
						"{\"t\":[\"a\",\"1\"],\"i\":[1,-2],\"e\":[],\"keys\":[\"k1\",\"k2\"]}");
	assert_false(put_typed(request, GMF_IN_BODY, "t", GMF_TEXT_ARRAY, ELEMENTS("a", NULL)));
	assert_false(put_typed(request, GMF_IN_BODY, "i", GMF_INTEGER_ARRAY, ELEMENTS("a")));
	assert_false(put_typed(request, GMF_IN_BODY, "i", GMF_INTEGER_ARRAY, TEXT("1")));
	assert_string_equal(gmf_request_body(request),
						"{\"t\":[\"a\",\"1\"],\"i\":[1,-2],\"e\":[],\"keys\":[\"k1\",\"k2\"]}");
	gmf_request_free(request);
}

static void
finds_places_in_the_body(void **state)
{
	GmfRequest *request = new_request("/x");

	(void) state;
	assert_null(gmf_request_body(request));
	assert_true(put_text(request, GMF_IN_BODY, "z.y.x", "1"));
	assert_true(put_text(request, GMF_IN_BODY, "a", "2"));
	assert_true(put_text(request, GMF_IN_BODY, "z.w", "3"));
	assert_string_equal(gmf_request_body(request),
						"{\"z\":{\"y\":{\"x\":\"1\"},\"w\":\"3\"},\"a\":\"2\"}");
	assert_true(put_text(request, GMF_IN_BODY, "z.y.x", "4"));
	assert_true(gmf_request_put_constant(request, GMF_IN_BODY, "c.d", "{\"e\":[true]}", &error));
	assert_string_equal(gmf_request_body(request),
						"{\"z\":{\"y\":{\"x\":\"4\"},\"w\":\"3\"},\"a\":\"2\","
						"\"c\":{\"d\":{\"e\":[true]}}}");
	assert_false(put_text(request, GMF_IN_BODY, "z..y", "5"));
	assert_false(put_text(request, GMF_IN_BODY, ".", "5"));
	gmf_request_free(request);
}

static void
makes_arrays_of_objects(void **state)
{
	GmfRequest *request = new_request("/x");

	(void) state;
	assert_true(put_typed(request, GMF_IN_BODY, "e.nodes[].az_code", GMF_TEXT_ARRAY,
						  ELEMENTS("az1", "az2")));
	assert_true(put_typed(request, GMF_IN_BODY, "e.nodes[].size.gb", GMF_INTEGER_ARRAY,
						  ELEMENTS("40", "80")));
	assert_string_equal(gmf_request_body(request),
						"{\"e\":{\"nodes\":[{\"az_code\":\"az1\",\"size\":{\"gb\":40}},"
						"{\"az_code\":\"az2\",\"size\":{\"gb\":80}}]}}");
	assert_false(put_typed(request, GMF_IN_BODY, "e.nodes[].az_code", GMF_TEXT_ARRAY,
						   ELEMENTS("az1", "az2", "az3")));
	assert_non_null(strstr(error.message, "same number"));
	gmf_request_free(request);

	/* Alone, it may be replaced by more or fewer. */
	request = new_request("/x");
	assert_true(put_typed(request, GMF_IN_BODY, "n[].a", GMF_TEXT_ARRAY, ELEMENTS("1", "2")));
	assert_true(put_typed(request, GMF_IN_BODY, "n[].a", GMF_TEXT_ARRAY, ELEMENTS("3")));
	assert_string_equal(gmf_request_body(request), "{\"n\":[{\"a\":\"3\"}]}");
	assert_true(put_text(request, GMF_IN_BODY, "one[].a", "x"));
	assert_true(put_text(request, GMF_IN_BODY, "plain[]", "x"));
	assert_true(put_typed(request, GMF_IN_BODY, "none[].a", GMF_TEXT_ARRAY, NO_ELEMENTS));
	assert_string_equal(gmf_request_body(request),
						"{\"n\":[{\"a\":\"3\"}],\"one\":[{\"a\":\"x\"}],"
						"\"plain\":[\"x\"],\"none\":[]}");
	gmf_request_free(request);
}

static void
merges_into_the_body(void **state)
{
	GmfRequest *request = new_request("/x");

	(void) state;
	assert_true(put_text(request, GMF_IN_BODY, "volume.size", "40"));
	assert_true(put_typed(request, GMF_IN_BODY, "", GMF_JSONB,
						  TEXT("{\"volume\":{\"type\":\"SSD\"},\"n\":1}")));
	assert_true(put_text(request, GMF_IN_BODY, "n", "2"));
	assert_string_equal(gmf_request_body(request),
						"{\"volume\":{\"size\":\"40\",\"type\":\"SSD\"},\"n\":\"2\"}");
	assert_false(put_typed(request, GMF_IN_BODY, "", GMF_JSONB, TEXT("[1]")));
	assert_int_equal(error.kind, GMF_INVALID);
	gmf_request_free(request);

	request = new_request("/x");
	assert_true(gmf_request_need_body(request, &error));
	assert_string_equal(gmf_request_body(request), "{}");
	assert_true(put_text(request, GMF_IN_BODY, "a", "1"));
	assert_true(gmf_request_need_body(request, &error));
	assert_string_equal(gmf_request_body(request), "{\"a\":\"1\"}");
	gmf_request_free(request);
}

static void
describes_without_secrets(void **state)
{
	GmfRequest *request = new_request("/v3/{project_id}/x/{id}/{key}");
	GmfInput	secret = TEXT("SECRET");
	GmfInput	secrets = ELEMENTS("SECRET1", "SECRET2");
	GmfInput	merged = TEXT("{\"extra\":\"SECRET\"}");

	(void) state;
	assert_true(put_text(request, GMF_IN_PATH, "id", "a b"));
	assert_true(put_text(request, GMF_IN_QUERY, "q", "1 2"));
	assert_true(put_text(request, GMF_IN_BODY, "user", "joe"));
	expect_description(request, false, "POST /v3/{project_id}/x/a%20b/{key}?q=1%202");
	expect_description(request, true,
					   "POST /v3/{project_id}/x/a%20b/{key}?q=1%202 {\"user\":\"joe\"}");

	assert_true(gmf_request_put(request, GMF_IN_PATH, "key", GMF_TEXT, GMF_TIME_NONE, true,
								&secret, &error));
	assert_true(gmf_request_put(request, GMF_IN_QUERY, "k", GMF_TEXT, GMF_TIME_NONE, true,
								&secret, &error));
	assert_true(gmf_request_put(request, GMF_IN_BODY, "db.password", GMF_TEXT, GMF_TIME_NONE,
								true, &secret, &error));
	assert_true(gmf_request_put(request, GMF_IN_BODY, "list[].password", GMF_TEXT_ARRAY,
								GMF_TIME_NONE, true, &secrets, &error));
	expect_description(request, true,
					   "POST /v3/{project_id}/x/a%20b/********?k=********&q=1%202 "
					   "{\"user\":\"joe\",\"db\":{\"password\":\"********\"},"
					   "\"list\":[{\"password\":\"********\"},{\"password\":\"********\"}]}");

	/* Describing changes nothing of what is sent. */
	assert_string_equal(gmf_request_body(request),
						"{\"user\":\"joe\",\"db\":{\"password\":\"SECRET\"},"
						"\"list\":[{\"password\":\"SECRET1\"},{\"password\":\"SECRET2\"}]}");
	expect_target(request, "p", "/v3/p/x/a%20b/SECRET", "k=SECRET&q=1%202");

	assert_true(gmf_request_put(request, GMF_IN_BODY, "", GMF_JSONB, GMF_TIME_NONE, true,
								&merged, &error));
	expect_description(request, true,
					   "POST /v3/{project_id}/x/a%20b/********?k=********&q=1%202 "
					   "{\"user\":\"********\",\"db\":\"********\",\"list\":\"********\","
					   "\"extra\":\"********\"}");
	merged.text = "{SECRET";
	assert_false(gmf_request_put(request, GMF_IN_BODY, "x", GMF_JSONB, GMF_TIME_NONE, true,
								 &merged, &error));
	assert_null(strstr(error.message, "SECRET"));
	gmf_request_free(request);
}

static void
tells_what_it_was_told(void **state)
{
	GmfRequest *request = gmf_request_new("iam", "GET", "/v3/projects", true);

	(void) state;
	assert_string_equal(gmf_request_service(request), "iam");
	assert_string_equal(gmf_request_method(request), "GET");
	assert_string_equal(gmf_request_path(request), "/v3/projects");
	assert_true(gmf_request_idempotent(request));
	gmf_request_free(request);
	request = new_request("/x");
	assert_false(gmf_request_idempotent(request));
	gmf_request_free(request);
	gmf_request_free(NULL);
}

static void
percent_encodes(void **state)
{
	char		all[256];
	char	   *encoded;
	const char *rest;

	(void) state;
	for (int i = 1; i < 256; i++)
		all[i - 1] = (char) i;
	all[255] = '\0';
	encoded = gmf_percent_encode(all);
	rest = encoded;
	for (int i = 1; i < 256; i++)
	{
		bool		plain = strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
								   "0123456789-._~", i) != NULL;
		char		expected[4];

		snprintf(expected, sizeof(expected), plain ? "%c" : "%%%02X", i);
		assert_memory_equal(rest, expected, strlen(expected));
		rest += strlen(expected);
	}
	assert_string_equal(rest, "");
	free(encoded);
	encoded = gmf_percent_encode("");
	assert_string_equal(encoded, "");
	free(encoded);
}

static void
accepts_and_refuses_urls(void **state)
{
	static const struct
	{
		const char *url;
		bool		good;		/* without allow_http */
		bool		good_with_http;
	}			cases[] = {
		{"https://gaussdb-opengauss.cn-north-4.myhuaweicloud.com", true, true},
		{"https://example.com/", true, true},
		{"HTTPS://EXAMPLE.com:8443/gate/way", true, true},
		{"https://[2001:db8::1]:443", true, true},
		{"http://example.com", false, true},
		{"http://127.0.0.1:8080", true, true},
		{"http://127.9.8.7", true, true},
		{"http://[::1]:80/x", true, true},
		{"http://localhost:1", true, true},
		{"http://LocalHost", true, true},
		{"http://localhost.evil.com", false, true},
		{"http://127.0.0.1.evil.com", false, true},
		{"http://128.0.0.1", false, true},
		{"http://0.0.0.0", false, true},
		{"http://[::2]", false, true},
		{"http://[::ffff:127.0.0.1]", false, true},
		{"https://user@example.com", false, false},
		{"https://user:pw@example.com", false, false},
		{"https://:pw@example.com", false, false},
		{"https://@example.com", false, false},
		{"https://127.0.0.1@example.com", false, false},
		{"http://127.0.0.1\\@example.com", false, false},
		{"https://example.com?x=1", false, false},
		{"https://example.com/?", false, false},
		{"https://example.com#f", false, false},
		{"ftp://example.com", false, false},
		{"file:///etc/passwd", false, false},
		{"gopher://example.com", false, false},
		{"example.com", false, false},
		{"//example.com", false, false},
		{"https://", false, false},
		{"https:///path", false, false},
		{"https://exa mple.com", false, false},
		{"https://example.com/a b", false, false},
		{"https://example.com\r\nX: y", false, false},
		{"https://b\xc3\xbc" "cher.example", false, false},
		{"https://example.com:99999", false, false},
		{"", false, false},
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		gmf_error_clear(&error);
		if (gmf_check_url(cases[i].url, false, NULL, &error) != cases[i].good ||
			gmf_check_url(cases[i].url, true, NULL, &error) != cases[i].good_with_http)
			fail_msg("%s", cases[i].url);
		if (!cases[i].good)
		{
			assert_int_equal(error.kind, GMF_INVALID);
			assert_true(strlen(error.message) > 0);
			assert_null(strstr(error.message, "pw"));
		}
	}
}

/* What is sent in clear to this host must stay on it. */
static void
looks_at_the_proxy_of_plain_http(void **state)
{
	static const struct
	{
		const char *url;
		const char *proxy;
		bool		good;		/* without allow_http */
	}			cases[] = {
		{"http://localhost", "http://10.9.9.9:3128", false},
		{"http://127.0.0.1", "http://proxy.example.com", false},
		{"http://127.0.0.1", "https://proxy.example.com", false},
		{"http://[::1]", "http://[2001:db8::1]:3128", false},
		{"http://localhost", "http://localhost.example.com", false},
		{"http://localhost", "what is this?", false},
		{"http://localhost", "http://127.0.0.1:3128", true},
		{"http://localhost", "http://[::1]:3128", true},
		{"http://localhost", "http://localhost:3128", true},
		{"https://example.com", "http://10.9.9.9:3128", true},
	};
	GmfError	error;

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		gmf_error_clear(&error);
		if (gmf_check_url(cases[i].url, false, cases[i].proxy, &error) != cases[i].good)
			fail_msg("%s by %s: %s", cases[i].url, cases[i].proxy, error.message);
		assert_true(gmf_check_url(cases[i].url, true, cases[i].proxy, &error));
	}
}

static void
knows_base_urls(void **state)
{
	const GmfEndpoint endpoints[] = {{"iam", "https://iam.example.com/x"}, {NULL, NULL}};
	const struct
	{
		GmfConfig	config;
		const char *service;
		const char *url;		/* NULL: not known */
	}			cases[] = {
		{{.region = "cn-north-4"}, "gaussdb",
		"https://gaussdb-opengauss.cn-north-4.myhuaweicloud.com"},
		{{.region = "cn-north-12"}, "gaussdb", "https://gaussdb.cn-north-12.myhuaweicloud.com"},
		{{.region = "tr-west-1"}, "gaussdb", "https://gaussdb.tr-west-1.myhuaweicloud.com"},
		{{.region = "cn-east-2", .domain_suffix = "example.com"}, "gaussdb",
		"https://gaussdb.cn-east-2.example.com"},
		{{.region = "cn-east"}, "gaussdb", "https://gaussdb-opengauss.cn-east.myhuaweicloud.com"},
		{{.region = "tr-west-1"}, "dws", "https://dws.tr-west-1.myhuaweicloud.com"},
		{{.region = "tr-west-1", .endpoints = endpoints}, "iam", "https://iam.example.com/x"},
		{{.region = "cn-north-4"}, "iam", "https://iam.cn-north-4.myhuaweicloud.com"},
		{{.region = "eu-west-0", .domain_suffix = "prod.example.com"}, "gaussdb",
		"https://gaussdb-opengauss.eu-west-0.prod.example.com"},
		{{.region = "cn-north-4"}, "vpc", "https://vpc.cn-north-4.myhuaweicloud.com"},
		{{.region = "r", .endpoint = "https://all.example.com"}, "gaussdb",
		"https://all.example.com"},
		{{.region = "r", .endpoint = "https://all.example.com", .endpoints = endpoints}, "iam",
		"https://iam.example.com/x"},
		{{.region = "r", .endpoints = endpoints}, "gaussdb",
		"https://gaussdb-opengauss.r.myhuaweicloud.com"},
		{{.endpoints = endpoints}, "iam", "https://iam.example.com/x"},
		{{.endpoints = endpoints}, "gaussdb", NULL},
		{{.region = "evil.com/"}, "gaussdb", NULL},
		{{.region = "a@b"}, "gaussdb", NULL},
		{{.region = ""}, "gaussdb", NULL},
		{{.region = "r", .domain_suffix = "x/y"}, "gaussdb", NULL},
		{{.region = "r"}, "a.b", NULL},
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		char	   *url;

		gmf_error_clear(&error);
		url = gmf_config_base_url(&cases[i].config, cases[i].service, &error);
		if (cases[i].url == NULL)
		{
			assert_null(url);
			assert_int_equal(error.kind, GMF_INVALID);
		}
		else
			assert_string_equal(url, cases[i].url);
		free(url);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fills_the_path),
		cmocka_unit_test(refuses_what_a_path_cannot_carry),
		cmocka_unit_test(sorts_and_encodes_the_query),
		cmocka_unit_test(guards_the_headers),
		cmocka_unit_test(writes_each_type),
		cmocka_unit_test(writes_arrays),
		cmocka_unit_test(finds_places_in_the_body),
		cmocka_unit_test(makes_arrays_of_objects),
		cmocka_unit_test(merges_into_the_body),
		cmocka_unit_test(describes_without_secrets),
		cmocka_unit_test(tells_what_it_was_told),
		cmocka_unit_test(percent_encodes),
		cmocka_unit_test(accepts_and_refuses_urls),
		cmocka_unit_test(looks_at_the_proxy_of_plain_http),
		cmocka_unit_test(knows_base_urls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
