/*
 * test_answer_names.c
 *		Names of members with all kinds of characters, and paths at which nothing can be.
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

/* The value at a path of the first row, or the message of an error. */
static const char *
value_at(const char *items, const char *path, const char *body)
{
	static char text[1100];
	GmfError	error;
	GmfValue	value;
	GmfShape   *shape;
	GmfAnswer  *answer;

	gmf_error_clear(&error);
	shape = gmf_shape_new(items, NULL, &path, 1, &error);
	if (shape == NULL)
	{
		snprintf(text, sizeof(text), "%s", error.message);
		return text;
	}
	answer = gmf_answer_open(shape, body, strlen(body), &error);
	assert_non_null(answer);
	if (gmf_answer_next(answer, &value, &error) <= 0)
		snprintf(text, sizeof(text), "no row");
	else
		snprintf(text, sizeof(text), "%.*s", value.kind == GMF_ABSENT ? 6 : (int) value.length,
				 value.kind == GMF_ABSENT ? "absent" : value.text);
	gmf_answer_free(answer);
	gmf_shape_free(shape);
	return text;
}

static void
names_in_quotes(void **state)
{
	static const char body[] =
		"{\"a.b\":1,\"a\":{\"b\":2,\"c.d\":3},\"x|y\":4,\"l[]\":[5],\"m{}\":6,\"q\\\"r\":7,"
		"\"\":8,\"@key\":9,\"\\\"s\":10,\"OS-EXT-STS:vm_state\":11,\"p\":{\"\":{\"z\":12}}}";
	static const char *const cases[][2] = {
		{"\"a.b\"", "1"}, {"a.b", "2"}, {"a.\"c.d\"", "3"}, {"\"a\".\"c.d\"", "3"},
		{"\"x|y\"", "4"}, {"x|y|\"x|y\"", "4"}, {"\"l[]\"", "[5]"}, {"\"m{}\"", "6"},
		{"\"q\"\"r\"", "7"}, {"q\"r", "7"}, {"\"\"", "8"}, {"\"@key\"", "9"},
		{"\"\"\"s\"", "10"}, {"OS-EXT-STS:vm_state", "11"}, {"p.\"\".z", "12"},
		{"$.\"a.b\"", "1"}, {"\"a.b\"|a", "1"}, {"none|\"a.b\"", "1"}, {"\"none.b\"", "absent"}
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (strcmp(value_at("", cases[i][0], body), cases[i][1]) != 0)
			fail_msg("%s: %s", cases[i][0], value_at("", cases[i][0], body));
}

static void
items_in_quotes(void **state)
{
	static const char body[] = "{\"a.b\":[{\"c[]\":[{\"id\":1}]}],\"d\":{\"e|f\":[{\"id\":2}]}}";

	(void) state;
	assert_string_equal(value_at("\"a.b\"[].\"c[]\"[]", "id", body), "1");
	assert_string_equal(value_at("none|\"a.b\"[].\"c[]\"", "id", body), "1");
	assert_string_equal(value_at("d.\"e|f\"", "id", body), "2");
}

static void
quotes_that_do_not_close(void **state)
{
	static const char *const paths[] = {"\"a", "\"a\"b", "\"", "a.\"b", "\"a\".", "\"\"\"",
	"\"a\"|"};

	(void) state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (strstr(value_at("", paths[i], "{}"), "is not the path of a place") == NULL)
			fail_msg("%s: %s", paths[i], value_at("", paths[i], "{}"));
}

static void
places_without_anything(void **state)
{
	static const struct
	{
		const char *items;
		const char *path;
		const char *message;	/* NULL: fine */
	}			cases[] =
	{
		{"a", "@value.total", "nothing is ever at \"@value.total\""},
		{"a{}", "@value.total", "nothing is ever at \"@value.total\""},
		{"a{}", "@key.x", "nothing is ever at"},
		{"a[].b[]", "^.@key", "nothing is ever at"},
		{"a[].b[]", "^.\"@key\"", NULL},
		{"a", "@.x", "nothing is ever at"},
		{"a", "@type", NULL},
		{"a", "$.x", NULL},
		{"a", "^.gen", "nothing is ever at \"^.gen\": no item encloses the rows at \"a\""},
		{"a{}", "^.gen", "nothing is ever at \"^.gen\": no item encloses"},
		{"a{}", "^", "nothing is ever at \"^\""},
		{"a{}", "^.gen|$.gen", NULL},
		{"a[].b[]", "^.gen", NULL},
		{"a.b", "^.gen", "nothing is ever at"},
		{"a", "@key", "nothing is ever at \"@key\": the rows are not members"},
		{"a", "@value", "nothing is ever at"},
		{"a{}", "@key", NULL},
		{"a{}.b[]", "@value", NULL},
		{"", "@", NULL},
		{"a", "a..b", "is not the path"}
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		GmfError	error;
		bool		good;

		gmf_error_clear(&error);
		good = gmf_check_path(cases[i].items, cases[i].path, &error);
		if (good != (cases[i].message == NULL) ||
			(!good && strstr(error.message, cases[i].message) == NULL))
			fail_msg("%s %s: %s", cases[i].items, cases[i].path, error.message);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_in_quotes),
		cmocka_unit_test(items_in_quotes),
		cmocka_unit_test(quotes_that_do_not_close),
		cmocka_unit_test(places_without_anything)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
