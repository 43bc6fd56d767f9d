/*
 * test_depth.c
 *		How deep a user or a server can nest what the client floor walks over: places in a
 *		body, values of a body, paths of an answer, answers.  All of these walks recurse, so
 *		each must have a bound that has nothing to do with the stack that is left.
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
#include "gmf_call.h"
#include "gmf_request.h"

static const int depths[] = {1, GMF_MAX_DEPTH, GMF_MAX_DEPTH + 1, 40000, 1000000};

#define EACH_DEPTH(i) size_t i = 0; i < sizeof(depths) / sizeof(depths[0]); i++

static GmfError error;

/* "a.a.a" of so many names, each followed by "mark". */
static char *
nested_place(int names, const char *mark)
{
	size_t		step = strlen(mark) + 2;
	char	   *place = malloc(names * step + 1);
	char	   *end = place;

	assert_non_null(place);
	for (int i = 0; i < names; i++)
		end += sprintf(end, "a%s%s", mark, i < names - 1 ? "." : "");
	return place;
}

/* So many containers within each other: [[[]]] or {"a":{"a":1}}. */
static char *
nested_json(int levels, bool objects)
{
	const char *open = objects ? "{\"a\":" : "[";
	size_t		step = strlen(open) + 1;
	char	   *text = malloc(levels * step + 2);
	char	   *end = text;

	assert_non_null(text);
	for (int i = 0; i < levels; i++)
		end = stpcpy(end, open);
	*end++ = '1';
	memset(end, objects ? '}' : ']', levels);
	end[levels] = '\0';
	return text;
}

static bool
put(const char *place, GmfType type, const char *value, bool secret)
{
	GmfRequest *request = gmf_request_new("gaussdb", "POST", "/things", false);
	GmfInput	input = {.text = value};
	char	   *told;
	bool		done;

	assert_non_null(request);
	gmf_error_clear(&error);
	done = gmf_request_put(request, GMF_IN_BODY, place, type, GMF_TIME_NONE, secret, &input,
						   &error);
	if (done)
		assert_non_null(gmf_request_body(request));
	told = gmf_request_describe(request, true);
	assert_non_null(told);
	free(told);
	gmf_request_free(request);
	return done;
}

static void
test_place_in_a_body(void **state)
{
	static const char *const marks[] = {"", "[]"};

	(void) state;
	for (EACH_DEPTH(i))
		for (int m = 0; m < 2; m++)
			for (int secret = 0; secret < 2; secret++)
			{
				char	   *place = nested_place(depths[i], marks[m]);
				bool		good = depths[i] <= GMF_MAX_DEPTH;

				assert_int_equal(gmf_check_body_place(place, &error), good);
				assert_int_equal(put(place, GMF_TEXT, "value", secret), good);
				if (!good)
				{
					assert_int_equal(error.kind, GMF_INVALID);
					assert_string_equal(error.message,
										"a place in a body must not have more than 200 names");
				}
				free(place);
			}
}

static void
test_place_that_is_none(void **state)
{
	static const char *const places[] = {".", "a.", ".a", "a..b", "[]", "a.[]", "[].a", ""};

	(void) state;
	for (int i = 0; i < 8; i++)
	{
		gmf_error_clear(&error);
		assert_false(gmf_check_body_place(places[i], &error));
		assert_int_equal(error.kind, GMF_INVALID);
		assert_non_null(strstr(error.message, "is not a place in a body"));
	}
}

static void
test_value_of_a_body(void **state)
{
	(void) state;
	for (EACH_DEPTH(i))
		for (int objects = 0; objects < 2; objects++)
		{
			char	   *value = nested_json(depths[i], objects);
			bool		good = depths[i] <= GMF_MAX_DEPTH;

			assert_int_equal(put("extra", GMF_JSONB, value, true), good);
			if (!good)
			{
				assert_int_equal(error.kind, GMF_INVALID);
				assert_string_equal(error.message, "\"extra\" is nested deeper than 200");
			}
			if (objects)		/* merged into the body */
				assert_int_equal(put("", GMF_JSONB, value, false), good);
			free(value);
		}
	/* both at their deepest */
	{
		char	   *place = nested_place(GMF_MAX_DEPTH, "");
		char	   *value = nested_json(GMF_MAX_DEPTH, true);

		assert_true(put(place, GMF_JSONB, value, true));
		free(place);
		free(value);
	}
}

/* Brackets in strings do not count, and what is no JSON is refused, not measured. */
static void
test_strings_are_not_deep(void **state)
{
	char		text[3000] = "[\"\\\"";

	(void) state;
	memset(text + strlen(text), '[', 1000);
	strcat(text, "\",1]");
	assert_true(put("extra", GMF_JSONB, text, false));
	assert_false(put("extra", GMF_JSONB, "[\"", false));
	assert_false(put("extra", GMF_JSONB, "\"\\", false));
	assert_false(put("extra", GMF_JSONB, "]]]]", false));
}

static void
test_argument_of_an_action(void **state)
{
	static const GmfArgument arguments[] = {
		{.name = "extra", .type = GMF_JSONB, .location = GMF_IN_BODY, .place = "",
		.max_length = 10},
		{.name = "values", .type = GMF_JSONB, .location = GMF_IN_BODY, .text_members = true},
		{0}
	};
	static const GmfAction action = {
		.service = "test", .name = "act", .method = "POST", .path = "/act",
		.arguments = arguments
	};

	(void) state;
	for (EACH_DEPTH(i))
		for (int a = 0; a < 2; a++)
		{
			char	   *value = nested_json(depths[i], true);
			GmfInput	inputs[2] = {{0}, {0}};
			GmfRequest *request;

			inputs[a].text = value;
			gmf_error_clear(&error);
			request = gmf_call_request(&action, inputs, &error);
			if (depths[i] > GMF_MAX_DEPTH)
			{
				assert_null(request);
				assert_non_null(strstr(error.message, "must not be nested deeper than 200"));
			}
			gmf_request_free(request);
			free(value);
		}
}

static void
test_path_of_an_answer(void **state)
{
	static const char *const marks[] = {"", "[]", "{}"};

	(void) state;
	for (EACH_DEPTH(i))
		for (int m = 0; m < 3; m++)
		{
			char	   *place = nested_place(depths[i], marks[m]);
			bool		good = depths[i] <= GMF_MAX_DEPTH;
			GmfShape   *shape;

			gmf_error_clear(&error);
			shape = gmf_shape_new(place, NULL, NULL, 0, &error);
			assert_int_equal(shape != NULL, good);
			if (!good)
				assert_string_equal(error.message, "the path of a place in an answer must not "
									"have more than 200 names");
			gmf_shape_free(shape);
			if (m == 0)
			{
				shape = gmf_shape_new("", place, (const char *const *) &place, 1, &error);
				assert_int_equal(shape != NULL, good);
				gmf_shape_free(shape);
			}
			free(place);
		}
}

static void
test_answer(void **state)
{
	static const char *const paths[] = {"a.a.a.a", "$.a", "@"};
	GmfShape   *shape = gmf_shape_new("", "a.a", paths, 3, &error);

	(void) state;
	assert_non_null(shape);
	for (EACH_DEPTH(i))
		for (int objects = 0; objects < 2; objects++)
		{
			char	   *body = nested_json(depths[i], objects);
			GmfAnswer  *answer;

			gmf_error_clear(&error);
			answer = gmf_answer_open(shape, body, strlen(body), &error);
			assert_int_equal(answer != NULL, depths[i] <= GMF_MAX_DEPTH);
			gmf_answer_free(answer);
			gmf_answer_error(body, strlen(body), &error);
			free(body);
		}
	gmf_shape_free(shape);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_place_in_a_body),
		cmocka_unit_test(test_place_that_is_none),
		cmocka_unit_test(test_value_of_a_body),
		cmocka_unit_test(test_strings_are_not_deep),
		cmocka_unit_test(test_argument_of_an_action),
		cmocka_unit_test(test_path_of_an_answer),
		cmocka_unit_test(test_answer)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
