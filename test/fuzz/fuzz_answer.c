/*
 * fuzz_answer.c
 *		The reader of answers against jansson's trees.
 *
 * An input is a body.  It must be accepted exactly when jansson accepts it, and for
 * each of a few shapes rows and values must be what a search through jansson's
 * tree gives.  An input that begins with # is paths up to the end of its line, and
 * a body: nothing but memory errors can be wrong there.
 */
#include <jansson.h>

#include "fuzz.h"
#include "gmf_answer.h"

#define MAX_DEPTH 200
#define MAX_COLUMNS 8

typedef struct Case
{
	const char *items;
	const char *columns[MAX_COLUMNS];
} Case;

static const Case cases[] =
{
	{"", {"@", "a", "a.b", "a.b.c", "b|a.c|@", "id", "error_code"}},
	{"a", {"@", "a", "b.c|c", "$.b", "^.a", "a.a.a", "$", "@key"}},
	{"instances", {"id", "volume.size", "datastore.version", "ha", "nodes", "port|created", "@"}},
	{"instances[].nodes[]", {"id", "^.id", "status", "private_ip", "^.ha.consistency", "^"}},
	{"a[].b[]", {"@", "c", "^.c", "^.b", "$.a", "c.d"}},
	{"a[]", {"@", "b"}},
	{"a.b", {"@", "c", "$.a.b"}},
	{"[]", {"@", "a", "$"}},
	{"a{}", {"@key", "@value", "b"}},
	{"a{}.b", {"@key", "@value", "@", "^"}},
	{"b|a", {"@", "c"}},
	{NULL, {NULL}}
};

/* A row as it should be. */
typedef struct Row
{
	json_t	   *item;
	json_t	   *enclosing;		/* NULL: none */
	const char *key;			/* of the nearest map, NULL: none */
	json_t	   *value;
} Row;

typedef struct Rows
{
	Row		   *rows;
	size_t		count;
	size_t		room;
	bool		misplaced;
} Rows;

static bool has_name_twice(const char *body, size_t size);
static void check_case(const Case *shape_case, const char *body, size_t size, json_t *root);
static void check_row(const Case *shape_case, const Row *row, json_t *root,
					  const GmfValue *values, GmfValue item);
static void check_value(GmfValue value, json_t *expected);
static void check_array(GmfValue value, json_t *expected);
static void check_json(const char *text, size_t length, json_t *expected);
static void find_rows(Rows *rows, const char *items, Row outer, bool first);
static void find_below(Rows *rows, const char *rest, Row row);
static void add_row(Rows *rows, Row row);
static json_t *find_value(const char *path, const Row *row, json_t *root, const char **key);
static json_t *find_names(json_t *from, const char *names);
static size_t nesting(const char *text, size_t size);
static void check_paths(const char *text, size_t size);
static void check_refusal(const char *body, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *body = exact_copy(data, size);
	json_error_t reason;
	json_t	   *root;

	if (size > 0 && data[0] == '#')
		check_paths(body + 1, size - 1);
	else
	{
		root = json_loadb(body, size, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL,
						  &reason);

		/* jansson loses a zero byte that follows a number; JSON has none */
		if (root != NULL && memchr(body, '\0', size) != NULL)
		{
			json_decref(root);
			root = NULL;
		}

		/* numbers that are too large for a double are fine for us */
		if (root != NULL || json_error_code(&reason) != json_error_numeric_overflow)
		{
			bool		twice = root != NULL && has_name_twice(body, size);

			for (const Case *one = cases; one->items != NULL; one++)
			{
				/* every member makes a row, and the tree has lost some */
				if (!twice || strchr(one->items, '{') == NULL)
					check_case(one, body, size, root);
			}
		}
		json_decref(root);
		check_refusal(body, size);
	}
	free(body);
	return 0;
}

/* In a valid text. */
static bool
has_name_twice(const char *body, size_t size)
{
	json_t	   *root = json_loadb(body, size, JSON_DECODE_ANY | JSON_ALLOW_NUL |
								  JSON_DECODE_INT_AS_REAL | JSON_REJECT_DUPLICATES, NULL);

	json_decref(root);
	return root == NULL;
}

static void
check_case(const Case *shape_case, const char *body, size_t size, json_t *root)
{
	GmfValue	values[MAX_COLUMNS];
	GmfError	error;
	GmfShape   *shape = gmf_shape_new(shape_case->items, "a", shape_case->columns, MAX_COLUMNS,
									  &error);
	GmfAnswer  *answer = gmf_answer_open(shape, body, size, &error);
	Rows		rows = {0};

	REQUIRE(shape != NULL);
	if (root != NULL)
	{
		Row			outer = {.item = root};

		find_rows(&rows, shape_case->items, outer, true);
	}
	REQUIRE((answer != NULL) ==
			(root != NULL && !rows.misplaced && nesting(body, size) <= MAX_DEPTH));
	if (answer == NULL)
		REQUIRE(error.kind == GMF_MALFORMED && error.message[0] != '\0');
	else
	{
		REQUIRE(gmf_answer_count(answer) == (int64_t) rows.count);
		for (size_t i = 0; i < rows.count; i++)
		{
			REQUIRE(gmf_answer_next(answer, values, &error) == 1);
			check_row(shape_case, &rows.rows[i], root, values, gmf_answer_item(answer));
		}
		REQUIRE(gmf_answer_next(answer, values, &error) == 0);
	}
	free(rows.rows);
	gmf_answer_free(answer);
	gmf_shape_free(shape);
}

static void
check_row(const Case *shape_case, const Row *row, json_t *root, const GmfValue *values,
		  GmfValue item)
{
	check_json(item.text, item.length, row->item);
	for (int i = 0; i < MAX_COLUMNS; i++)
	{
		const char *key = NULL;
		json_t	   *expected = shape_case->columns[i] == NULL ? NULL :
			find_value(shape_case->columns[i], row, root, &key);

		if (key != NULL)
			REQUIRE(values[i].kind == GMF_STRING && values[i].length == strlen(key) &&
					memcmp(values[i].text, key, values[i].length) == 0);
		else
			check_value(values[i], expected);
	}
}

static void
check_value(GmfValue value, json_t *expected)
{
	char	   *copy;

	if (expected == NULL)
	{
		REQUIRE(value.kind == GMF_ABSENT);
		return;
	}
	switch (value.kind)
	{
		case GMF_NULL:
			REQUIRE(json_is_null(expected));
			break;
		case GMF_TRUE:
			REQUIRE(json_is_true(expected));
			break;
		case GMF_FALSE:
			REQUIRE(json_is_false(expected));
			break;
		case GMF_STRING:
			REQUIRE(json_is_string(expected));
			REQUIRE(json_string_length(expected) == value.length);
			REQUIRE(memcmp(json_string_value(expected), value.text, value.length) == 0);
			break;
		case GMF_NUMBER:
			REQUIRE(json_is_real(expected));
			copy = calloc(1, value.length + 1);
			REQUIRE(copy != NULL);
			memcpy(copy, value.text, value.length);
			REQUIRE(strtod(copy, NULL) == json_real_value(expected));
			free(copy);
			break;
		case GMF_OBJECT:
			REQUIRE(json_is_object(expected));
			check_json(value.text, value.length, expected);
			break;
		case GMF_ARRAY:
			REQUIRE(json_is_array(expected));
			check_json(value.text, value.length, expected);
			check_array(value, expected);
			break;
		case GMF_ABSENT:
			REQUIRE(expected == NULL);
			break;
	}
}

static void
check_array(GmfValue value, json_t *expected)
{
	GmfValue	element;
	GmfError	error;
	size_t		position = 0;
	char	   *scratch = NULL;

	for (size_t i = 0; i < json_array_size(expected); i++)
	{
		REQUIRE(gmf_array_next(&value, &position, &element, &scratch, &error) == 1);
		if (element.kind != GMF_ARRAY)
			check_value(element, json_array_get(expected, i));
		else
			check_json(element.text, element.length, json_array_get(expected, i));
	}
	REQUIRE(gmf_array_next(&value, &position, &element, &scratch, &error) == 0);
	free(scratch);
}

static void
check_json(const char *text, size_t length, json_t *expected)
{
	json_t	   *root = json_loadb(text, length, JSON_DECODE_ANY | JSON_ALLOW_NUL |
								  JSON_DECODE_INT_AS_REAL, NULL);

	REQUIRE(root != NULL && json_equal(root, expected));
	json_decref(root);
}

/* ---- the same by search through a tree ---- */

/* Rows in outer.item, by what is left of the items' path. */
static void
find_rows(Rows *rows, const char *items, Row outer, bool first)
{
	const char *bar = strchr(items, '|');
	size_t		length = strcspn(items, "[{");
	json_t	   *place = outer.item;
	Row			row = {.enclosing = first ? NULL : outer.item, .key = outer.key,
	.value = outer.value};
	char		name[100];
	char	   *dot;

	if (bar != NULL)			/* "b|a" only */
	{
		find_rows(rows, json_is_object(outer.item) &&
				  (json_object_get(outer.item, "b") != NULL ||
				   json_object_get(outer.item, "a") == NULL) ? "b" : "a", outer, first);
		return;
	}
	if (*items == '\0')
	{
		row.item = outer.item;
		add_row(rows, row);
		return;
	}
	snprintf(name, sizeof(name), "%.*s", (int) length, items);
	for (char *next = name; next != NULL && *next != '\0'; next = dot)
	{
		if ((dot = strchr(next, '.')) != NULL)
			*dot++ = '\0';
		if (json_is_object(place))
			place = json_object_get(place, next);
		else if (place != NULL)
		{
			rows->misplaced = rows->misplaced || !json_is_null(place);
			return;
		}
		if (place == NULL)
			return;
	}
	if (json_is_null(place))
		return;

	row.item = place;
	if (items[length] == '{')
	{
		const char *key;
		json_t	   *value;

		rows->misplaced = rows->misplaced || !json_is_object(place);
		json_object_foreach(place, key, value)
		{
			row.item = row.value = value;
			row.key = key;
			find_below(rows, items + length + 2, row);
		}
	}
	else if (json_is_array(place))
	{
		for (size_t i = 0; i < json_array_size(place); i++)
		{
			row.item = json_array_get(place, i);
			find_below(rows, items + (items[length] == '[' ? length + 2 : length), row);
		}
	}
	else if (items[length] == '\0' && json_is_object(place))
		add_row(rows, row);
	else
		rows->misplaced = true;
}

/* The row itself, or those in it. */
static void
find_below(Rows *rows, const char *rest, Row row)
{
	if (*rest == '.')
		find_rows(rows, rest + 1, row, false);
	else
		add_row(rows, row);
}

static void
add_row(Rows *rows, Row row)
{
	if (rows->count == rows->room)
	{
		rows->room = rows->room * 2 + 8;
		rows->rows = realloc(rows->rows, rows->room * sizeof(Row));
		REQUIRE(rows->rows != NULL);
	}
	rows->rows[rows->count++] = row;
}

/* NULL: absent; for @key, *key is set instead. */
static json_t *
find_value(const char *path, const Row *row, json_t *root, const char **key)
{
	char		alternatives[100];
	char	   *rest = alternatives;
	char	   *path_text;
	json_t	   *found = NULL;

	snprintf(alternatives, sizeof(alternatives), "%s", path);
	while (found == NULL && (path_text = strsep(&rest, "|")) != NULL)
	{
		if (strcmp(path_text, "@") == 0)
			found = row->item;
		else if (strcmp(path_text, "@value") == 0)
			found = row->value;
		else if (strcmp(path_text, "@key") == 0)
			*key = row->key;
		else if (path_text[0] == '$')
			found = find_names(root, path_text + strspn(path_text, "$."));
		else if (path_text[0] == '^')
			found = find_names(row->enclosing, path_text + strspn(path_text, "^."));
		else
			found = find_names(row->item, path_text);
	}
	return found;
}

static json_t *
find_names(json_t *from, const char *names)
{
	char		name[100];
	size_t		length = strcspn(names, ".");

	if (from == NULL || *names == '\0')
		return from;
	if (!json_is_object(from))
		return NULL;
	snprintf(name, sizeof(name), "%.*s", (int) length, names);
	return find_names(json_object_get(from, name), names + length + (names[length] == '.'));
}

/* How deep brackets are nested in a valid text, outside of strings. */
static size_t
nesting(const char *text, size_t size)
{
	size_t		depth = 0;
	size_t		deepest = 0;
	bool		in_string = false;

	for (size_t i = 0; i < size; i++)
	{
		if (in_string && text[i] == '\\')
			i++;
		else if (text[i] == '"')
			in_string = !in_string;
		else if (!in_string && (text[i] == '[' || text[i] == '{'))
		{
			if (++depth > deepest)
				deepest = depth;
		}
		else if (!in_string && (text[i] == ']' || text[i] == '}'))
			depth--;
	}
	return deepest;
}

/* ---- inputs without an oracle ---- */

/* "items<tab>total<tab>path<newline>body" */
static void
check_paths(const char *text, size_t size)
{
	const char *line_end = memchr(text, '\n', size);
	size_t		line = line_end != NULL ? (size_t) (line_end - text) : size;
	size_t		used = line + (line_end != NULL);
	char	   *paths = calloc(1, line + 1);
	char	   *rest = paths;
	char	   *items;
	char	   *total;
	const char *columns[2];
	GmfValue	values[2];
	GmfError	error;
	GmfShape   *shape;
	GmfAnswer  *answer = NULL;

	REQUIRE(paths != NULL);
	memcpy(paths, text, line);
	items = strsep(&rest, "\t");
	total = strsep(&rest, "\t");
	columns[0] = strsep(&rest, "\t");
	columns[1] = rest;

	gmf_error_clear(&error);
	shape = gmf_shape_new(items, total, columns, 2, &error);
	REQUIRE((shape == NULL) == (error.kind == GMF_INVALID));
	if (shape != NULL)
		answer = gmf_answer_open(shape, text + used, size - used, &error);
	if (answer != NULL)
	{
		int64_t		count = gmf_answer_count(answer);

		REQUIRE(gmf_answer_total(answer) >= -1);
		while (gmf_answer_next(answer, values, &error) > 0)
			count--;
		REQUIRE(count == 0);
	}
	gmf_answer_free(answer);
	gmf_shape_free(shape);
	free(paths);
}

/* A string walked as an array, and a body read as that of a refused request. */
static void
check_refusal(const char *body, size_t size)
{
	GmfValue	array = {GMF_ARRAY, body, size};
	GmfValue	element;
	GmfError	error;
	json_t	   *text;
	size_t		position = 0;
	char	   *scratch = NULL;

	while (gmf_array_next(&array, &position, &element, &scratch, &error) > 0)
		REQUIRE(position <= size);
	free(scratch);

	gmf_error_clear(&error);
	gmf_answer_error(body, size, &error);
	REQUIRE(error.message[0] != '\0');
	REQUIRE(memchr(error.message, '\0', sizeof(error.message)) != NULL);
	REQUIRE(memchr(error.code, '\0', sizeof(error.code)) != NULL);
	text = json_string(error.message);	/* refuses what is not UTF-8 */
	REQUIRE(text != NULL);
	json_decref(text);
	text = json_string(error.code);
	REQUIRE(text != NULL);
	json_decref(text);
}
