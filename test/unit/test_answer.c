/*
 * test_answer.c
 *		Rows and values out of bodies: what is found, and what is refused.
 *
 * Bodies are given to the reader in memory of exactly their size, so that a
 * sanitizer sees every read beyond them.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gmf_answer.h"

#define MAX_PATHS 8
#define MAX_TEXT 20000

/* ---- rows as text ---- */

/* Text that grows at its end. */
typedef struct Output
{
	char		text[MAX_TEXT];
	size_t		length;
} Output;

static void
put(Output *output, const char *text, size_t length)
{
	assert_true(output->length + length < sizeof(output->text));
	memcpy(output->text + output->length, text, length);
	output->length += length;
	output->text[output->length] = '\0';
}

/* "-" for what is absent, strings in single quotes, all else as JSON. */
static void
put_value(Output *output, GmfValue value)
{
	if (value.kind == GMF_ABSENT)
		put(output, "-", 1);
	else if (value.kind == GMF_NULL)
		put(output, "null", 4);
	else if (value.kind == GMF_TRUE)
		put(output, "true", 4);
	else if (value.kind == GMF_FALSE)
		put(output, "false", 5);
	else
	{
		if (value.kind == GMF_STRING)
			put(output, "'", 1);
		put(output, value.text, value.length);
		if (value.kind == GMF_STRING)
			put(output, "'", 1);
		if (value.kind == GMF_OBJECT)
			assert_int_equal(value.text[0], '{');
		if (value.kind == GMF_ARRAY)
			assert_int_equal(value.text[0], '[');
		if (value.kind == GMF_NUMBER)
			assert_true(value.text[0] == '-' || (value.text[0] >= '0' && value.text[0] <= '9'));
	}
}

static char *
exact_copy(const char *text, size_t length)
{
	char	   *copy = malloc(length > 0 ? length : 1);

	assert_non_null(copy);
	if (length > 0)
		memcpy(copy, text, length);
	return copy;
}

/* Columns of a shape are given as one text, "id name volume.size". */
static GmfShape *
make_shape(const char *items, const char *total, const char *columns, int *npaths)
{
	static char text[500];
	const char *paths[MAX_PATHS];
	GmfError	error;
	GmfShape   *shape;

	*npaths = 0;
	snprintf(text, sizeof(text), "%s", columns);
	for (char *path = strtok(text, " "); path != NULL; path = strtok(NULL, " "))
	{
		assert_true(*npaths < MAX_PATHS);
		paths[(*npaths)++] = strcmp(path, "NULL") == 0 ? NULL : path;
	}
	gmf_error_clear(&error);
	shape = gmf_shape_new(items, total, paths, *npaths, &error);
	if (shape == NULL)
		fail_msg("%s: %s", items, error.message);
	memset(text, 'x', sizeof(text));	/* the shape has copies of its own */
	return shape;
}

/* All rows, one in a line; or the message of the error in angle brackets. */
static const char *
rows_of(const char *items, const char *columns, const char *body, size_t length)
{
	static Output output;
	GmfValue	values[MAX_PATHS];
	GmfError	error;
	char	   *copy = exact_copy(body, length);
	int			npaths;
	GmfShape   *shape = make_shape(items, NULL, columns, &npaths);
	GmfAnswer  *answer;
	int64_t		nrows = 0;
	int			more = -1;

	output.length = 0;
	output.text[0] = '\0';
	gmf_error_clear(&error);
	answer = gmf_answer_open(shape, copy, length, &error);
	while (answer != NULL && (more = gmf_answer_next(answer, values, &error)) > 0)
	{
		if (nrows++ > 0)
			put(&output, "\n", 1);
		for (int i = 0; i < npaths; i++)
		{
			if (i > 0)
				put(&output, " ", 1);
			put_value(&output, values[i]);
		}
	}
	if (more < 0)
	{
		put(&output, "<", 1);
		put(&output, error.message, strlen(error.message));
		put(&output, ">", 1);
		assert_int_equal(error.kind, GMF_MALFORMED);
	}
	else
	{
		assert_int_equal(error.kind, GMF_OK);
		assert_int_equal(gmf_answer_count(answer), nrows);
		assert_int_equal(gmf_answer_next(answer, values, &error), 0);
		assert_int_equal(gmf_answer_item(answer).kind, GMF_ABSENT);
	}
	gmf_answer_free(answer);
	gmf_shape_free(shape);
	free(copy);
	return output.text;
}

#define assert_rows(items, columns, body, expected) \
	assert_string_equal(rows_of(items, columns, body, strlen(body)), expected)

/* Is the text accepted as an answer? */
static bool
accepted(const char *body, size_t length)
{
	char	   *copy = exact_copy(body, length);
	int			npaths;
	GmfShape   *shape = make_shape("", NULL, "@", &npaths);
	GmfError	error;
	GmfAnswer  *answer;
	bool		result;

	gmf_error_clear(&error);
	answer = gmf_answer_open(shape, copy, length, &error);
	result = answer != NULL;
	if (!result)
	{
		assert_int_equal(error.kind, GMF_MALFORMED);
		assert_true(error.message[0] != '\0');
	}
	gmf_answer_free(answer);
	gmf_shape_free(shape);
	free(copy);
	return result;
}

/* ---- where values are ---- */

static void
members_of_items(void **state)
{
	const char *body =
		"{\"instances\": [ {\"id\": \"a\", \"port\": 8000, \"ha\": {\"mode\": \"sync\"}},\n"
		"\t{\"port\": \"8001\", \"id\": \"b\", \"ha\": null, \"on\": true, \"off\": false},\r\n"
		"  {} ], \"total_count\": 3}";

	(void) state;
	assert_rows("instances", "id port ha.mode", body,
				"'a' 8000 'sync'\n"
				"'b' '8001' -\n"
				"- - -");
	assert_rows("instances", "ha on off", body,
				"{\"mode\": \"sync\"} - -\n"
				"null true false\n"
				"- - -");
	assert_rows("instances", "NULL id", body, "- 'a'\n- 'b'\n- -");
	assert_rows("instances", "id id", body, "'a' 'a'\n'b' 'b'\n- -");
}

static void
member_and_its_members(void **state)
{
	(void) state;
	assert_rows("", "volume volume.size volume.size.x", "{\"volume\":{\"size\":40}}",
				"{\"size\":40} 40 -");
}

/* What a path wants to go into but is no object. */
static void
dead_ends_are_absent(void **state)
{
	(void) state;
	assert_rows("items", "a.b",
				"{\"items\":[{\"a\":1},{\"a\":\"b\"},{\"a\":[{\"b\":1}]},{\"a\":null}]}",
				"-\n-\n-\n-");
	assert_rows("items", "a", "{\"items\":[1,null,[{\"a\":1}],\"a\"]}", "-\n-\n-\n-");
}

/* Nothing inside of a text is taken for structure. */
static void
texts_are_opaque(void **state)
{
	(void) state;
	assert_rows("items", "id",
				"{\"x\":\"\\\"items\\\":[{]}\",\"items\":[{\"x\":\"}]\\\\\",\"id\":1},"
				"{\"y\":[\"{\",\"[\\\"\"],\"id\":2,\"z\":{\"id\":3}}],\"w\":\"]}\"}",
				"1\n2");
	assert_rows("items", "id", "{\"items\":[{\"id\":\"a\\\\\\\\\",\"n\":\"\\\\\\\"id\\\":\"}]}",
				"'a\\\\'");
}

static void
names_match_whole(void **state)
{
	(void) state;
	assert_rows("", "id", "{\"idx\":1,\"i\":2,\"ID\":3,\"xid\":4,\"\":5}", "-");
	assert_rows("", "created_at updated_at", "{\"updated_at\":1,\"created_at\":2}", "2 1");
}

static void
last_of_the_same_name_counts(void **state)
{
	(void) state;
	assert_rows("", "a", "{\"a\":1,\"a\":\"x\"}", "'x'");
	assert_rows("", "a.b a.c", "{\"a\":{\"b\":1,\"c\":2},\"a\":{\"c\":3}}", "- 3");
	assert_rows("", "a.b.c a.d", "{\"a\":{\"b\":{\"c\":1},\"d\":2},\"a\":null}", "- -");
	assert_rows("", "a.b a.c", "{\"a\":{\"b\":1,\"b\":2,\"c\":3},\"x\":0}", "2 3");
	assert_rows("items", "@", "{\"items\":[1,2],\"items\":[3]}", "3");
	assert_rows("items", "@", "{\"items\":7,\"items\":[3]}", "3");
	assert_rows("items", "@", "{\"items\":[1],\"items\":null}", "");
	assert_rows("a.items", "@", "{\"a\":{\"items\":[1]},\"a\":{}}", "");
	assert_rows("a[].b[]", "@ ^.c",
				"{\"a\":[{\"c\":1,\"b\":[1],\"b\":[2,3],\"c\":9}]}", "2 9\n3 9");
	assert_rows("", "a", "{\"a\":1,\"\\u0061\":2}", "2");
}

static void
alternatives(void **state)
{
	(void) state;
	assert_rows("items", "created|created_at",
				"{\"items\":[{\"created\":1,\"created_at\":2},{\"created_at\":2},"
				"{\"created_at\":3,\"created\":null},{}]}",
				"1\n2\nnull\n-");
	assert_rows("items", "a.b|c|$.d|@", "{\"items\":[{\"a\":{}},{\"c\":1},{\"a\":{\"b\":0}}]}",
				"{\"a\":{}}\n1\n0");
	assert_rows("items", "a|$.d", "{\"d\":5,\"items\":[{\"a\":1},{}]}", "1\n5");
}

static void
from_the_top(void **state)
{
	(void) state;
	assert_rows("items", "$.version @ $.page.number",
				"{\"items\":[1,2],\"version\":\"v\\u00e9\",\"page\":{\"number\":4}}",
				"'v\xc3\xa9' 1 4\n'v\xc3\xa9' 2 4");
	assert_rows("", "$ $.a", "{\"a\":1}", "{\"a\":1} 1");
	/* what is looked for stands around the rows */
	assert_rows("list.items", "@ $.list.items", "{\"list\":{\"items\":[1,2]}}",
				"1 [1,2]\n2 [1,2]");
}

static void
from_the_enclosing_item(void **state)
{
	const char *body =
		"{\"instances\":[{\"id\":\"i1\",\"nodes\":[{\"id\":\"n1\"},{\"id\":\"n2\"}]},"
		"{\"nodes\":[],\"id\":\"i2\"},{\"id\":\"i3\"},{\"id\":\"i4\",\"nodes\":null},"
		"{\"nodes\":[{\"id\":\"n3\"}],\"id\":\"i\\u0035\",\"ha\":{\"mode\":\"x\"}}]}";

	(void) state;
	assert_rows("instances[].nodes[]", "^.id id ^.ha.mode", body,
				"'i1' 'n1' -\n'i1' 'n2' -\n'i5' 'n3' 'x'");
	assert_rows("instances[].nodes", "^.id", body, "'i1'\n'i1'\n'i5'");
	assert_rows("instances[].ha", "^.id mode", body, "'i5' 'x'");
	assert_rows("instances", "^.id id", body, "- 'i1'\n- 'i2'\n- 'i3'\n- 'i4'\n- 'i5'");
	assert_rows("a[].b.c[].d[]", "^.n @",
				"{\"a\":[{\"n\":0,\"b\":{\"c\":[{\"n\":1,\"d\":[5,6]},{\"n\":2,\"d\":[7]}]}},"
				"{\"b\":{}},{},{\"b\":null},{\"b\":{\"c\":[{\"n\":3},{\"d\":[8]}]}}]}",
				"1 5\n1 6\n2 7\n- 8");
	assert_rows("a[].b[]", "^", "{\"a\":[{\"b\":[1]}]}", "{\"b\":[1]}");
}

static void
names_as_values(void **state)
{
	const char *body =
		"{\"quotas\":{\"cpu\":{\"used\":1},\"m\\u0065m\":{\"used\":2},\"disk\":null},\"n\":{}}";

	(void) state;
	assert_rows("quotas{}", "@key used @value @", body,
				"'cpu' 1 {\"used\":1} {\"used\":1}\n"
				"'mem' 2 {\"used\":2} {\"used\":2}\n"
				"'disk' - null null");
	assert_rows("n{}", "@key", body, "");
	assert_rows("missing{}", "@key", body, "");
	assert_rows("a{}.list[]", "@key @ @value",
				"{\"a\":{\"x\":{\"list\":[1,2]},\"y\":{\"list\":[3]}}}",
				"'x' 1 {\"list\":[1,2]}\n'x' 2 {\"list\":[1,2]}\n'y' 3 {\"list\":[3]}");
	assert_rows("quotas", "@key @value", "{\"quotas\":[1]}", "- -");
	assert_rows("{}", "@key @value", "{\"a\":1,\"b\":[2]}", "'a' 1\n'b' [2]");
}

/* ---- where rows are ---- */

static void
places_of_rows(void **state)
{
	(void) state;
	assert_rows("job", "id", "{\"job\":{\"id\":1}}", "1");
	assert_rows("", "id", "{\"id\":1}", "1");
	assert_rows("", "@", " [1,2] ", "[1,2]");
	assert_rows("", "@", "null", "null");
	assert_rows("[]", "@", "[1,\"a\",null]", "1\n'a'\nnull");
	assert_rows("[].b[]", "@", "[{\"b\":[1]},{\"b\":[2]}]", "1\n2");
	assert_rows("names", "@", "{\"names\":[\"a\",\"b\",null,4]}", "'a'\n'b'\nnull\n4");
	assert_rows("data.list", "id", "{\"data\":{\"list\":[{\"id\":1}]}}", "1");
	assert_rows("$.list", "id", "{\"list\":[{\"id\":1}]}", "1");
	assert_rows("jobs|tasks", "id", "{\"tasks\":[{\"id\":1}]}", "1");
	assert_rows("jobs|tasks", "id", "{\"tasks\":[{\"id\":1}],\"jobs\":null}", "");
}

static void
no_rows(void **state)
{
	(void) state;
	assert_rows("items", "id", "{}", "");
	assert_rows("items", "id", "{\"items\":null}", "");
	assert_rows("items", "id", "{\"items\":[]}", "");
	assert_rows("items[]", "id", "{\"total\":0}", "");
	assert_rows("items", "id", "null", "");
	assert_rows("data.items", "id", "{\"data\":null}", "");
	assert_rows("data.items", "id", "{\"data\":{}}", "");
	assert_rows("a[].b[]", "@", "{\"a\":[{},null,{\"b\":null},{\"b\":[]}]}", "");
}

static void
rows_in_the_wrong_place(void **state)
{
	(void) state;
	assert_rows("items", "id", "{\"items\":7}",
				"<the answer does not have an array or an object at \"items\">");
	assert_rows("items", "id", "{\"items\":\"\"}",
				"<the answer does not have an array or an object at \"items\">");
	assert_rows("items[]", "id", "{\"items\":{\"id\":1}}",
				"<the answer does not have an array at \"items\">");
	assert_rows("items{}", "id", "{\"items\":[]}",
				"<the answer does not have an object at \"items\">");
	assert_rows("[]", "id", "{}", "<the answer is not an array>");
	assert_rows("items", "id", "[]",
				"<the answer does not have an array or an object at \"items\">");
	assert_rows("items", "id", "\"busy\"",
				"<the answer does not have an array or an object at \"items\">");
	assert_rows("data.items", "id", "{\"data\":[{\"items\":[]}]}",
				"<the answer does not have an array or an object at \"data.items\">");
	/* found before the first row is handed out, not in the middle */
	assert_rows("a[].b[]", "@", "{\"a\":[{\"b\":[1]},{\"b\":{}}]}",
				"<the answer does not have an array at \"b\">");
	assert_rows("a[].b[]", "@", "{\"a\":[{\"b\":[1]},2]}",
				"<the answer does not have an array at \"b\">");
}

static void
whole_items(void **state)
{
	const char *body = "{\"items\":[ {\"a\": [1, 2]} , \"x\\n\" , 5 ]}";
	const char *expected[] = {"{\"a\": [1, 2]}", "\"x\\n\"", "5"};
	const GmfValueKind kinds[] = {GMF_OBJECT, GMF_OBJECT, GMF_NUMBER};
	int			npaths;
	GmfShape   *shape = make_shape("items", NULL, "a", &npaths);
	GmfError	error;
	GmfAnswer  *answer = gmf_answer_open(shape, body, strlen(body), &error);
	GmfValue	values[1];

	(void) state;
	assert_non_null(answer);
	assert_int_equal(gmf_answer_item(answer).kind, GMF_ABSENT);
	for (int i = 0; i < 3; i++)
	{
		GmfValue	item;

		assert_int_equal(gmf_answer_next(answer, values, &error), 1);
		item = gmf_answer_item(answer);
		assert_int_equal(item.kind, kinds[i]);
		assert_int_equal(item.length, strlen(expected[i]));
		assert_memory_equal(item.text, expected[i], item.length);
	}
	gmf_answer_free(answer);
	gmf_shape_free(shape);
}

static int64_t
total_of(const char *path, const char *body)
{
	int			npaths;
	GmfShape   *shape = make_shape("items", path, "id", &npaths);
	GmfError	error;
	GmfAnswer  *answer = gmf_answer_open(shape, body, strlen(body), &error);
	int64_t		total;

	assert_non_null(answer);
	total = gmf_answer_total(answer);
	gmf_answer_free(answer);
	gmf_shape_free(shape);
	return total;
}

static void
totals(void **state)
{
	(void) state;
	assert_int_equal(total_of("total_count", "{\"total_count\":120,\"items\":[]}"), 120);
	assert_int_equal(total_of("total_count", "{\"items\":[],\"total_count\":\"120\"}"), 120);
	assert_int_equal(total_of("total_count", "{\"total_count\":0}"), 0);
	assert_int_equal(total_of("page.total", "{\"page\":{\"total\":7}}"), 7);
	assert_int_equal(total_of("$.page.total", "{\"page\":{\"total\":7}}"), 7);
	assert_int_equal(total_of("total|count", "{\"count\":7}"), 7);
	assert_int_equal(total_of("total", "{\"total\":9223372036854775807}"), INT64_MAX);

	assert_int_equal(total_of("total", "{\"total\":9223372036854775808}"), -1);
	assert_int_equal(total_of("total", "{\"total\":-1}"), -1);
	assert_int_equal(total_of("total", "{\"total\":\"-5\"}"), -1);
	assert_int_equal(total_of("total", "{\"total\":\"many\"}"), -1);
	assert_int_equal(total_of("total", "{\"total\":\"\"}"), -1);
	assert_int_equal(total_of("total", "{\"total\":1.5}"), -1);
	assert_int_equal(total_of("total", "{\"total\":null}"), -1);
	assert_int_equal(total_of("total", "{\"total\":true}"), -1);
	assert_int_equal(total_of("total", "{\"total\":[3]}"), -1);
	assert_int_equal(total_of("total", "{}"), -1);
	assert_int_equal(total_of(NULL, "{\"total\":3}"), -1);
}

static void
malformed_paths(void **state)
{
	static const struct
	{
		const char *items;
		const char *total;
		const char *path;
	}			cases[] =
	{
		{"a", NULL, ""}, {"a", NULL, "a..b"}, {"a", NULL, ".a"}, {"a", NULL, "a."},
		{"a", NULL, "a|"}, {"a", NULL, "|a"}, {"a", NULL, "a[]"}, {"a", NULL, "a{}"},
		{"a", NULL, "$."}, {"a", NULL, "^."}, {"a", NULL, "$..a"}, {"a", NULL, "a[0]"},
		{"a", "", "x"}, {"a", "@", "x"}, {"a", "^.n", "x"}, {"a", "@key", "x"},
		{"a.", NULL, "x"}, {".a", NULL, "x"}, {"a..b", NULL, "x"}, {"a[].", NULL, "x"},
		{"a[][]", NULL, "x"}, {"a[].[]", NULL, "x"}, {"a[0]", NULL, "x"}, {"a[]b", NULL, "x"},
		{"|", NULL, "x"}, {"[]a", NULL, "x"}, {"a{", NULL, "x"}, {"$.", NULL, "x"},
		{".", NULL, "x"}
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		GmfError	error;
		GmfShape   *shape;

		gmf_error_clear(&error);
		shape = gmf_shape_new(cases[i].items, cases[i].total, &cases[i].path, 1, &error);
		if (shape != NULL || error.kind != GMF_INVALID || error.message[0] != '"')
			fail_msg("\"%s\" \"%s\": %s", cases[i].items, cases[i].path, error.message);
	}
}

/* As many names as a user likes, in one tree. */
static void
many_paths(void **state)
{
	enum
	{
		COUNT = 500
	};
	static char names[COUNT][20];
	static GmfValue values[COUNT];
	const char *paths[COUNT];
	Output	   *body = calloc(1, sizeof(*body));
	GmfError	error;
	GmfShape   *shape;
	GmfAnswer  *answer;

	(void) state;
	assert_non_null(body);
	put(body, "{\"a\":{", 6);
	for (int i = 0; i < COUNT; i++)
	{
		char		member[40];

		snprintf(names[i], sizeof(names[i]), "a.c%03dx", i);
		snprintf(member, sizeof(member), "%s\"c%03dx\":%d", i > 0 ? "," : "",
				 COUNT - 1 - i, i);
		put(body, member, strlen(member));
		paths[i] = names[i];
	}
	put(body, "}}", 2);

	shape = gmf_shape_new("", NULL, paths, COUNT, &error);
	assert_non_null(shape);
	answer = gmf_answer_open(shape, body->text, body->length, &error);
	assert_non_null(answer);
	assert_int_equal(gmf_answer_next(answer, values, &error), 1);
	for (int i = 0; i < COUNT; i++)
	{
		char		expected[20];

		snprintf(expected, sizeof(expected), "%d", COUNT - 1 - i);
		assert_int_equal(values[i].kind, GMF_NUMBER);
		assert_int_equal(values[i].length, strlen(expected));
		assert_memory_equal(values[i].text, expected, values[i].length);
	}
	gmf_answer_free(answer);
	gmf_shape_free(shape);
	free(body);
}

/* ---- texts ---- */

static void
escapes(void **state)
{
	(void) state;
	assert_rows("", "a", "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "'\"\\/\b\f\n\r\t'");
	assert_rows("", "a", "{\"a\":\"\\u5b9e\\u4f8b \\uD83D\\ude00!\"}",
				"'\xe5\xae\x9e\xe4\xbe\x8b \xf0\x9f\x98\x80!'");
	assert_rows("", "a", "{\"a\":\"\xe5\xae\x9e\xe4\xbe\x8b\"}", "'\xe5\xae\x9e\xe4\xbe\x8b'");
	assert_rows("", "name b.c", "{\"\\u006e\\u0061me\":1,\"b\":{\"\\u0063\":2}}", "1 2");
	assert_rows("a.items", "id", "{\"\\u0061\":{\"item\\u0073\":[{\"i\\u0064\":7}]}}", "7");
	/* in numbers, objects and arrays nothing is touched */
	assert_rows("", "a b", "{\"a\":{\"x\" : \"\\u0041\"},\"b\":[ 1.50e+01,\"\\/\" ]}",
				"{\"x\" : \"\\u0041\"} [ 1.50e+01,\"\\/\" ]");
	assert_rows("", "n", "{\"n\":-0.00e-999999999999999999999}", "-0.00e-999999999999999999999");
}

static void
zero_characters(void **state)
{
	const char	body[] = "{\"a\":\"x\\u0000y\"}";
	int			npaths;
	GmfShape   *shape = make_shape("", NULL, "a", &npaths);
	GmfError	error;
	GmfAnswer  *answer = gmf_answer_open(shape, body, strlen(body), &error);
	GmfValue	value;

	(void) state;
	assert_non_null(answer);
	assert_int_equal(gmf_answer_next(answer, &value, &error), 1);
	assert_int_equal(value.kind, GMF_STRING);
	assert_int_equal(value.length, 3);
	assert_memory_equal(value.text, "x\0y", 3);
	gmf_answer_free(answer);
	gmf_shape_free(shape);

	assert_false(accepted("{\"a\\u0000b\":1}", 14));
	assert_false(accepted("[\"a\0b\"]", 7));
	assert_false(accepted("[1]\0", 4));
}

/* Texts of a row stay until the next one is asked for. */
static void
several_decoded_texts(void **state)
{
	(void) state;
	assert_rows("items", "a b $.c",
				"{\"c\":\"\\u0063\",\"items\":[{\"a\":\"\\u0061\",\"b\":\"\\u0062\"},"
				"{\"b\":\"\\u0042\",\"a\":\"\\u0041\"}]}",
				"'a' 'b' 'c'\n'A' 'B' 'c'");
}

static void *
no_malloc(size_t size)
{
	(void) size;
	return NULL;
}

static void
no_memory_for_a_text(void **state)
{
	const char *body = "{\"a\":\"\\u0061\"}";
	int			npaths;
	GmfShape   *shape = make_shape("", NULL, "a", &npaths);
	GmfError	error;
	GmfAnswer  *answer = gmf_answer_open(shape, body, strlen(body), &error);
	GmfValue	value;

	(void) state;
	assert_non_null(answer);
	gmf_error_clear(&error);
	json_set_alloc_funcs(no_malloc, free);
	assert_int_equal(gmf_answer_next(answer, &value, &error), -1);
	json_set_alloc_funcs(malloc, free);
	assert_int_equal(error.kind, GMF_NO_MEMORY);
	gmf_answer_free(answer);

	/* the same for a name */
	body = "{\"\\u0061\":1}";
	json_set_alloc_funcs(no_malloc, free);
	answer = gmf_answer_open(shape, body, strlen(body), &error);
	if (answer != NULL)
	{
		assert_int_equal(gmf_answer_next(answer, &value, &error), -1);
		gmf_answer_free(answer);
	}
	json_set_alloc_funcs(malloc, free);
	assert_int_equal(error.kind, GMF_NO_MEMORY);
	gmf_shape_free(shape);
}

/* ---- what is refused ---- */

static void
every_cut_is_noticed(void **state)
{
	const char *body =
		"{\"instances\":[{\"id\":\"a\\u00e9\xc3\xa9\",\"n\":[-1.5e3,true,false,null,{}],"
		"\"x\":\"\\\\\"}],\"total_count\":1}";

	(void) state;
	assert_true(accepted(body, strlen(body)));
	for (size_t length = 0; length < strlen(body); length++)
	{
		if (accepted(body, length))
			fail_msg("cut to %zu bytes and not noticed", length);
	}
}

static void
valid_texts(void **state)
{
	static const char *const bodies[] =
	{
		"0", "-0", "-0.5", "10", "1.0", "1e5", "1E+5", "1e-05", "123456789012345678901234567890",
		"1e999", "true", "false", "null", "\"\"", "[]", "{}", " \t\r\n[ ]\n", "[[],{},[{}]]",
		"{\"\":\"\"}", "\"\x7f\"", "\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\"",
		"\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"", "\"\xed\x9f\xbf\xee\x80\x80\"",
		"\"\\ud83d\\ude00\"", "\"\\u0041\"", "[\"\\ud83d\\ude00\",{}]",
		"[\"12345678\",\"1234567\\\\\",\"123456\\\"8\"]"
	};

	(void) state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
	{
		if (!accepted(bodies[i], strlen(bodies[i])))
			fail_msg("%s is JSON", bodies[i]);
	}
}

static void
invalid_texts(void **state)
{
	static const char *const bodies[] =
	{
		"", " ", "<html>", "Service Unavailable", "\xef\xbb\xbf{}",
		/* structure */
		"{", "[", "}", "]", "[}", "{]", "[1,]", "[,1]", "[1 2]", "[,]", "{,}", "{\"a\":1,}",
		"{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{a:1}", "{1:1}", "{'a':1}",
		"{null:1}", "[1:2]", "{\"a\":1]", "[1}", "[1]]", "{}}", "[1],", "{} {}", "[] x", "1 2",
		"[[[[", "{\"a\":{\"b\":[{\"c\":1]}}", "[1,2,\"x\":3]", "/**/1", "[1]//",
		/* words and numbers */
		"tru", "truex", "True", "nul", "nulll", "fals", "NaN", "Infinity", "-", "+1", "01", "-01",
		"00", "1.", ".5", "-.5", "1.e5", "1e", "1e+", "1e5.5", "1.5.5", "0x10", "1_000", "--1",
		"[1e]", "[-]", "[1.]", "[tru]", "[nul]", "undefined",
		/* texts */
		"\"", "\"a", "\"\\\"", "\"\\", "\"\\x\"", "\"\\u\"", "\"\\u12\"", "\"\\u12g4\"",
		"\"\\U0041\"", "'a'", "\"a\nb\"", "\"a\tb\"", "\"\x1f\"", "{\"a\nb\":1}", "{\"a\x01\":1}",
		"\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\ud800\"", "\"\\ud800x\"", "\"\\ud800\\n\"",
		"\"\\ud83d\\u0041\"", "\"\\ude00\\ud83d\"", "{\"\\ud800\":1}", "\"12345678\n\"",
		"\"1234567\n\"",
		/* UTF-8 */
		"\"\x80\"", "\"\xbf\"", "\"\xc0\x80\"", "\"\xc1\xbf\"", "\"\xc3\"", "\"\xc3(\"",
		"\"\xe0\x80\x80\"", "\"\xe0\x9f\xbf\"", "\"\xe5\xae\"", "\"\xe5\xae(\"", "\"\xe5(\x9e\"",
		"\"\xed\xa0\x80\"", "\"\xed\xbf\xbf\"", "\"\xf0\x80\x80\x80\"", "\"\xf0\x8f\xbf\xbf\"",
		"\"\xf4\x90\x80\x80\"", "\"\xf5\x80\x80\x80\"", "\"\xf0\x9f\x98\"", "\"\xf0\x9f\x98(\"",
		"\"\xf0\x9f(\x80\"", "\"\xff\"", "\"\xfe\"", "{\"\xc3\":1}", "\"\xe5\xae", "\"\xf0\x9f\x98"
	};

	(void) state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
	{
		if (accepted(bodies[i], strlen(bodies[i])))
			fail_msg("%s is not JSON", bodies[i]);
	}
}

/* Also where nobody looks: a broken answer gives no row at all. */
static void
broken_in_an_unused_part(void **state)
{
	(void) state;
	assert_rows("items", "id", "{\"items\":[{\"id\":1},{\"id\":2,\"x\":[\"\xff\"]}]}",
				"<the answer is not valid JSON: invalid UTF-8 at byte 33>");
	assert_rows("items", "id", "{\"items\":[{\"id\":1}],\"x\":{\"y\":tru}}",
				"<the answer is not valid JSON: not a value at byte 29>");
	assert_rows("items", "id", "{\"items\":[{\"id\":1},{\"id\":2",
				"<the answer is not valid JSON: cut off at byte 26>");
	assert_rows("items", "id", "  ", "<the answer is empty>");
}

static void
depth(void **state)
{
	static const struct
	{
		int			levels;
		bool		fine;
	}			cases[] = {{1, true}, {200, true}, {201, false}, {100000, false}};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		size_t		length = 6 * (size_t) cases[i].levels;
		char	   *arrays = malloc(length);
		char	   *objects = malloc(length);
		char	   *p = objects;

		assert_non_null(arrays);
		assert_non_null(objects);
		memset(arrays, '[', (size_t) cases[i].levels);
		memset(arrays + cases[i].levels, ']', (size_t) cases[i].levels);
		assert_int_equal(accepted(arrays, 2 * (size_t) cases[i].levels), cases[i].fine);

		for (int level = 1; level < cases[i].levels; level++, p += 5)
			memcpy(p, "{\"a\":", 5);
		memcpy(p, "{}", 2);
		memset(p + 2, '}', (size_t) cases[i].levels - 1);
		length = 6 * (size_t) (cases[i].levels - 1) + 2;
		assert_int_equal(accepted(objects, length), cases[i].fine);

		/* nor does a path lead deeper */
		if (cases[i].levels == 200)
			assert_string_equal(rows_of("a", "a.b|$.a.b", objects, length), "-");
		free(arrays);
		free(objects);
	}
}

/* Brackets side by side are not nested. */
static void
wide_is_not_deep(void **state)
{
	Output	   *body = calloc(1, sizeof(*body));

	(void) state;
	assert_non_null(body);
	put(body, "[{}", 3);
	for (int i = 0; i < 1000; i++)
		put(body, ",[{}]", 5);
	put(body, "]", 1);
	assert_true(accepted(body->text, body->length));
	free(body);
}

/* ---- arrays ---- */

static const char *
elements_of(const char *text)
{
	static Output output;
	char	   *copy = exact_copy(text, strlen(text));
	GmfValue	array = {GMF_ARRAY, copy, strlen(text)};
	GmfValue	element;
	GmfError	error;
	size_t		position = 0;
	char	   *scratch = NULL;
	int			more;

	output.length = 0;
	output.text[0] = '\0';
	gmf_error_clear(&error);
	while ((more = gmf_array_next(&array, &position, &element, &scratch, &error)) > 0)
	{
		put_value(&output, element);
		put(&output, ";", 1);
	}
	if (more < 0)
	{
		assert_int_equal(error.kind, GMF_MALFORMED);
		put(&output, "<", 1);
		put(&output, error.message, strlen(error.message));
	}
	else
		assert_int_equal(gmf_array_next(&array, &position, &element, &scratch, &error), 0);
	free(scratch);
	free(copy);
	return output.text;
}

static void
arrays(void **state)
{
	GmfValue	object = {GMF_OBJECT, "{}", 2};
	GmfValue	element;
	GmfError	error;
	size_t		position = 0;
	char	   *scratch = NULL;

	(void) state;
	assert_string_equal(elements_of("[]"), "");
	assert_string_equal(elements_of("[ ]"), "");
	assert_string_equal(elements_of("[1]"), "1;");
	assert_string_equal(elements_of("[ \"a\" , \"\\u0062 longer\",\"\\n\",null ,"
									"true,[2],{\"x\":3} ]"),
						"'a';'b longer';'\n';null;true;[2];{\"x\":3};");

	assert_string_equal(elements_of("[1,]"),
						"1;<the answer is not valid JSON: not a value at byte 3");
	assert_string_equal(elements_of("[1"), "1;<the answer is not valid JSON: cut off at byte 2");
	assert_string_equal(elements_of("[1]2"),
						"1;<the answer is not valid JSON: something after the end at byte 3");
	assert_string_equal(elements_of("["), "<the answer is not valid JSON: cut off at byte 1");
	assert_string_equal(elements_of(""), "<a value that should be an array is not one");

	gmf_error_clear(&error);
	assert_int_equal(gmf_array_next(&object, &position, &element, &scratch, &error), -1);
	assert_int_equal(error.kind, GMF_MALFORMED);
}

/* ---- refusals ---- */

static void
assert_refusal(const char *body, const char *code, const char *message)
{
	char	   *copy = exact_copy(body, strlen(body));
	GmfError	error;

	gmf_error_clear(&error);
	error.kind = GMF_REJECTED;
	error.http_status = 400;
	memcpy(error.code, "old", 4);
	memcpy(error.message, "old", 4);
	gmf_answer_error(copy, strlen(body), &error);
	assert_string_equal(error.code, code);
	assert_string_equal(error.message, message);
	assert_int_equal(error.kind, GMF_REJECTED);
	assert_int_equal(error.http_status, 400);
	free(copy);
}

static void
refusals(void **state)
{
	(void) state;
	assert_refusal("{\"results\":[{\"id\":\"j\",\"status\":\"failed\","
				   "\"error_code\":\"DRS.M05004\",\"error_msg\":\"no such job\"}],"
				   "\"count\":1}", "DRS.M05004", "no such job");
	assert_refusal("{\"errors\":[{\"status\":404,\"code\":\"placement.undefined_code\","
				   "\"title\":\"Not Found\",\"detail\":\"No such provider\"}]}",
				   "placement.undefined_code", "No such provider");
	assert_refusal("{\"errors\":[{\"code\":\"x\",\"title\":\"Not Found\"}]}", "x", "Not Found");
	assert_refusal("{\"code\":\"x\",\"error_message\":\"oops\"}", "x", "oops");
	assert_refusal("{\"error_code\":\"DBS.200022\",\"error_msg\":\"\xe5\xae\x9e\xe4\xbe\x8b\"}",
				   "DBS.200022", "\xe5\xae\x9e\xe4\xbe\x8b");
	assert_refusal("{\"error\":{\"code\":401,\"message\":\"The token is invalid\"}}",
				   "401", "The token is invalid");
	assert_refusal("{\"errCode\":\"DBS.1\",\"externalMessage\":\"no\"}", "DBS.1", "no");
	assert_refusal("{\"code\":\"C.1\",\"message\":\"no\"}", "C.1", "no");
	assert_refusal("{\"badRequest\":{\"message\":\"no\",\"code\":400}}", "400", "no");
	assert_refusal("{\"itemNotFound\":{\"code\":\"404\",\"message\":\"no\"}}", "404", "no");
	assert_refusal("{\"code\":\"400\",\"message\":\"vague\",\"error_code\":\"BCS.1\","
				   "\"error_msg\":\"exact\"}", "BCS.1", "exact");
	assert_refusal("{\"error_code\":\"\",\"error_msg\":null,\"code\":\"X\",\"message\":\"m\"}",
				   "X", "m");
	assert_refusal("{\"status\":404,\"error\":\"Not Found\",\"message\":\"\",\"path\":\"/v3\"}",
				   "404", "Not Found");
	assert_refusal("{\"error_code\":\"A\\u002e1\",\"error_msg\":\"line\\nbreak \\u001b[1m\"}",
				   "A.1", "line break  [1m");
}

static void
refusals_without_a_reason(void **state)
{
	(void) state;
	assert_refusal("", "", "the answer is empty");
	assert_refusal(" \r\n", "", "the answer is empty");
	assert_refusal("<html><body>502</body></html>", "",
				   "the answer is not JSON but a page (HTML or XML)");
	assert_refusal("{}", "", "the answer does not tell the reason");
	assert_refusal("[]", "", "the answer does not tell the reason");
	assert_refusal("{\"error_code\":\"A.1\"}", "A.1", "the answer does not tell the reason");
	assert_refusal("{\"error_msg\":{\"deep\":\"secret\"}}", "",
				   "the answer does not tell the reason");
	assert_refusal("{\"error_code\":\"A.1\",\"error_msg\":\"cut", "",
				   "the answer is not valid JSON: cut off at byte 36");
	assert_refusal("12", "", "the answer does not tell the reason");
	assert_refusal("\x01\x02\x03", "", "the answer is not valid JSON: not a value at byte 0");
}

static void
refusal_with_a_request_id(void **state)
{
	const char *body =
		"{\"error_msg\":\"m\",\"error_code\":\"APIG.1\",\"request_id\":\"from body\"}";
	GmfError	error;

	(void) state;
	gmf_error_clear(&error);
	gmf_answer_error(body, strlen(body), &error);
	assert_string_equal(error.request_id, "from body");
	memcpy(error.request_id, "from header", sizeof("from header"));
	gmf_answer_error(body, strlen(body), &error);
	assert_string_equal(error.request_id, "from header");
}

/* Whatever is sent fits, and ends at a character. */
static void
long_refusals(void **state)
{
	Output	   *body = calloc(1, sizeof(*body));
	GmfError	error;

	(void) state;
	assert_non_null(body);
	put(body, "{\"error_code\":\"", 15);
	for (int i = 0; i < 500; i++)
		put(body, "\xe5\xae\x9e", 3);
	put(body, "\",\"error_msg\":\"", 15);
	for (int i = 0; i < 5000; i++)
		put(body, "\xe5\xae\x9e", 3);
	put(body, "\"}", 2);

	gmf_error_clear(&error);
	gmf_answer_error(body->text, body->length, &error);
	assert_int_equal(strlen(error.code), (sizeof(error.code) - 1) / 3 * 3);
	assert_int_equal(strlen(error.message), (sizeof(error.message) - 1) / 3 * 3);
	assert_memory_equal(error.message + strlen(error.message) - 3, "\xe5\xae\x9e", 3);
	free(body);
}

int
main(void)
{
	const struct CMUnitTest tests[] =
	{
		cmocka_unit_test(members_of_items),
		cmocka_unit_test(member_and_its_members),
		cmocka_unit_test(dead_ends_are_absent),
		cmocka_unit_test(texts_are_opaque),
		cmocka_unit_test(names_match_whole),
		cmocka_unit_test(last_of_the_same_name_counts),
		cmocka_unit_test(alternatives),
		cmocka_unit_test(from_the_top),
		cmocka_unit_test(from_the_enclosing_item),
		cmocka_unit_test(names_as_values),
		cmocka_unit_test(places_of_rows),
		cmocka_unit_test(no_rows),
		cmocka_unit_test(rows_in_the_wrong_place),
		cmocka_unit_test(whole_items),
		cmocka_unit_test(totals),
		cmocka_unit_test(malformed_paths),
		cmocka_unit_test(many_paths),
		cmocka_unit_test(escapes),
		cmocka_unit_test(zero_characters),
		cmocka_unit_test(several_decoded_texts),
		cmocka_unit_test(no_memory_for_a_text),
		cmocka_unit_test(every_cut_is_noticed),
		cmocka_unit_test(valid_texts),
		cmocka_unit_test(invalid_texts),
		cmocka_unit_test(broken_in_an_unused_part),
		cmocka_unit_test(depth),
		cmocka_unit_test(wide_is_not_deep),
		cmocka_unit_test(arrays),
		cmocka_unit_test(refusals),
		cmocka_unit_test(refusals_without_a_reason),
		cmocka_unit_test(refusal_with_a_request_id),
		cmocka_unit_test(long_refusals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
