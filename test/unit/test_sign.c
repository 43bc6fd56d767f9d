/*
 * test_sign.c
 *		Signatures and targets against those of Huawei's SDK core (test/vectors).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <jansson.h>

#include "gmf_request.h"
#include "gmf_sign.h"

#define VECTORS		"test/vectors/signatures.json"
#define MAX_SEGMENTS	16

static const char *
text(const json_t *vector, const char *name)
{
	return json_string_value(json_object_get(vector, name));
}

static void
put(GmfRequest *request, GmfLocation location, const char *name, const char *value)
{
	GmfInput	input = {.text = value};
	GmfError	error;

	if (!gmf_request_put(request, location, name, GMF_TEXT, GMF_TIME_NONE, false, &input, &error))
		fail_msg("%s", error.message);
}

/* The target of a request with these segments and parameters. */
static void
build_target(const json_t *vector, char **path, char **query)
{
	char		template[MAX_SEGMENTS * 8] = "";
	GmfRequest *request;
	GmfError	error;
	json_t	   *item;
	size_t		i;

	assert_true(json_array_size(json_object_get(vector, "segments")) <= MAX_SEGMENTS);
	json_array_foreach(json_object_get(vector, "segments"), i, item)
		sprintf(template + strlen(template), "/{s%zu}", i);
	request = gmf_request_new("gaussdb", "GET", template, true);
	assert_non_null(request);
	json_array_foreach(json_object_get(vector, "segments"), i, item)
	{
		char		name[24];

		snprintf(name, sizeof(name), "s%zu", i);
		put(request, GMF_IN_PATH, name, json_string_value(item));
	}
	json_array_foreach(json_object_get(vector, "query"), i, item)
		put(request, GMF_IN_QUERY, json_string_value(json_array_get(item, 0)),
			json_string_value(json_array_get(item, 1)));
	assert_true(gmf_request_target(request, NULL, path, query, &error));
	gmf_request_free(request);
}

static void
agrees_with_the_sdk(void **state)
{
	json_t	   *vectors = json_load_file(VECTORS, 0, NULL);
	json_t	   *vector;
	size_t		i;

	(void) state;
	if (!json_is_array(vectors))
		fail_msg("%s cannot be read: run this from the top of the source tree", VECTORS);
	assert_true(json_array_size(vectors) >= 100);
	json_array_foreach(vectors, i, vector)
	{
		const char *body = text(vector, "body");
		char	   *path;
		char	   *query;
		char	   *authorization = NULL;
		char		date[GMF_SIGN_DATE_SIZE];
		GmfSignInput input = {
			.method = text(vector, "method"),
			.host = text(vector, "host"),
			.content_type = text(vector, "content_type"),
			.body = body,
			.body_length = body == NULL ? 0 : strlen(body),
			.project_id = text(vector, "project_id"),
			.access_key = text(vector, "access_key"),
			.secret_key = text(vector, "secret_key"),
			.security_token = text(vector, "security_token"),
			.now = (time_t) json_integer_value(json_object_get(vector, "time")),
		};

		print_message("%s\n", text(vector, "name"));
		build_target(vector, &path, &query);
		assert_string_equal(path, text(vector, "path"));
		assert_string_equal(query, text(vector, "query_string"));
		input.path = path;
		input.query = query;
		assert_true(gmf_sign(&input, date, &authorization));
		assert_string_equal(date, text(vector, "date"));
		assert_string_equal(authorization, text(vector, "authorization"));
		free(authorization);
		free(path);
		free(query);
	}
	json_decref(vectors);
}

/* Nothing that is sent may be changed without the signature noticing. */
static void
covers_every_part(void **state)
{
	const GmfSignInput base = {
		.method = "PUT", .host = "a.example.com", .path = "/v3/x", .query = "a=1",
		.content_type = "application/json", .body = "{}", .body_length = 2, .project_id = "p",
		.access_key = "K", .secret_key = "S", .security_token = "T", .now = 1610675200,
	};
	GmfSignInput inputs[12];
	char	   *signatures[12];
	char		date[GMF_SIGN_DATE_SIZE];
	const int	count = sizeof(inputs) / sizeof(inputs[0]);

	(void) state;
	for (int i = 0; i < count; i++)
		inputs[i] = base;
	inputs[1].method = "GET";
	inputs[2].host = "b.example.com";
	inputs[3].path = "/v3/y";
	inputs[4].query = "a=2";
	inputs[5].content_type = NULL;
	inputs[6].body = "[]";
	inputs[7].project_id = "q";
	inputs[8].secret_key = "R";
	inputs[9].security_token = "U";
	inputs[10].now++;
	inputs[11].body_length = 1;
	for (int i = 0; i < count; i++)
		assert_true(gmf_sign(&inputs[i], date, &signatures[i]));
	for (int i = 0; i < count; i++)
	{
		for (int j = 0; j < i; j++)
			assert_string_not_equal(strstr(signatures[i], "Signature="),
									strstr(signatures[j], "Signature="));
		assert_null(strstr(signatures[i], "secret"));
	}
	for (int i = 0; i < count; i++)
		free(signatures[i]);
}

/* A slash at the end belongs to the canonical form, whether it is sent or not. */
static void
adds_the_slash_once(void **state)
{
	GmfSignInput input = {.method = "GET", .host = "h", .path = "/v3/projects", .query = "",
	.access_key = "K", .secret_key = "S", .now = 0};
	char	   *without;
	char	   *with;
	char		date[GMF_SIGN_DATE_SIZE];

	(void) state;
	assert_true(gmf_sign(&input, date, &without));
	assert_string_equal(date, "19700101T000000Z");
	input.path = "/v3/projects/";
	assert_true(gmf_sign(&input, date, &with));
	assert_string_equal(with, without);
	free(with);
	free(without);
}

/* However a path is written, its segments are decoded and encoded again. */
static void
encodes_the_path_in_one_way(void **state)
{
	static const char *const same[][2] = {
		{"/v3/instances", "/v3/inst%61nces"},
		{"/v3/a%3Ab%40c%20d", "/v3/a:b@c%20d"},
		{"/v3/%C3%BC", "/v3/%c3%bc"},
		{"/v3/a%2Fb", "/v3/a%2fb"},
		{"/v3/%7E~%", "/v3/~%7e%25"},
	};
	static const char *const other[][2] = {
		{"/v3/a/b", "/v3/a%2fb"},
		{"/v3/a%25", "/v3/a%2525"},
	};
	GmfSignInput input = {.method = "GET", .host = "h", .query = "", .access_key = "K",
	.secret_key = "S", .now = 0};
	char		date[GMF_SIGN_DATE_SIZE];
	char	   *left;
	char	   *right;

	(void) state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
	{
		input.path = same[i][0];
		assert_true(gmf_sign(&input, date, &left));
		input.path = same[i][1];
		assert_true(gmf_sign(&input, date, &right));
		assert_string_equal(left, right);
		free(left);
		free(right);
	}
	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++)
	{
		input.path = other[i][0];
		assert_true(gmf_sign(&input, date, &left));
		input.path = other[i][1];
		assert_true(gmf_sign(&input, date, &right));
		assert_string_not_equal(left, right);
		free(left);
		free(right);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_the_sdk),
		cmocka_unit_test(covers_every_part),
		cmocka_unit_test(adds_the_slash_once),
		cmocka_unit_test(encodes_the_path_in_one_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
