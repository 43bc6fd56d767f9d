/*
 * call.c
 *		Carrying out one action: its arguments checked against the documentation.
 *
 * A wrong argument is found here, before anything is sent, and the message says what
 * would be right.  It quotes the value, unless that is secret.
 */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "gmf_call.h"
#include "gmf_convert.h"
#include "session_internal.h"

/* An argument that is being checked, and where its messages go. */
typedef struct Check
{
	const GmfAction *action;
	const GmfArgument *argument;
	GmfError   *error;
} Check;

static bool check_answer(const GmfAction *action, const char *body, size_t length,
						 GmfError *error);
static bool check_results(const GmfAction *action, const char *body, size_t length,
						  GmfError *error);
static bool has_results(const GmfAction *action, GmfAnswer *answer, GmfError *error);
static bool tells_errors(const GmfAction *action);
static bool put_argument(GmfRequest *request, const Check *check, const GmfInput *input);
static char *make_members_text(const Check *check, const char *object);
static bool check_argument(const Check *check, const GmfInput *input);
static bool check_value(const Check *check, const char *value);
static bool check_type(const Check *check, const char *value);
static bool check_length(const Check *check, int64_t length, const char *unit);
static bool check_range(const Check *check, const char *value);
static bool check_choice(const Check *check, const char *value);
static bool check_pattern(const Check *check, const char *value);
static bool reject(const Check *check, const char *value, const char *must);
static int64_t count_characters(const char *text);
static int64_t count_json_elements(const char *text);
static bool wants_body(const GmfAction *action);

GmfRequest *
gmf_call_request(const GmfAction *action, const GmfInput *inputs, GmfError *error)
{
	bool		idempotent = action->reads_only || strcmp(action->method, "GET") == 0;
	GmfRequest *request = gmf_request_new(action->service, action->method, action->path,
										  idempotent);
	const GmfArgument *argument = action->arguments;
	int			i = 0;
	bool		done = true;

	if (request == NULL)
	{
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
		return NULL;
	}
	for (; done && argument != NULL && argument->name != NULL; argument++)
	{
		Check		check = {action, argument, error};

		if (argument->name[0] == '\0')
			done = gmf_request_put_constant(request, argument->location, argument->place,
											argument->fallback, error);
		else
			done = put_argument(request, &check, &inputs[i++]);
	}
	if (done && wants_body(action))
		done = gmf_request_need_body(request, error);
	if (done)
		return request;

	gmf_request_operation(request, error->operation, sizeof(error->operation));
	gmf_request_free(request);
	return NULL;
}

GmfShape *
gmf_call_shape(const GmfAction *action, GmfError *error)
{
	const GmfResult *results = action->results;
	const char **paths;
	int			npaths = 0;
	GmfShape   *shape;

	while (results != NULL && results[npaths].name != NULL)
		npaths++;
	paths = calloc(npaths + 1, sizeof(*paths));
	if (paths == NULL)
	{
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
		return NULL;
	}
	for (int i = 0; i < npaths; i++)
		paths[i] = results[i].path;
	shape = gmf_shape_new(action->items == NULL ? "" : action->items, NULL, paths, npaths,
						  error);
	free(paths);
	return shape;
}

void
gmf_call_judge(const GmfAction *action, GmfExchange *exchange)
{
	GmfError	error;
	size_t		length;
	const char *body;

	if (gmf_exchange_error(exchange) != NULL)
		return;
	gmf_error_clear(&error);
	body = gmf_exchange_body(exchange, &length);
	if (check_answer(action, body, length, &error))
		return;
	error.maybe_done = !action->reads_only;
	gmf_exchange_refuse(exchange, &error);
}

static bool
check_answer(const GmfAction *action, const char *body, size_t length, GmfError *error)
{
	if (length > 0 && !tells_errors(action) && gmf_answer_refusal(body, length, true, error))
		return false;
	gmf_error_clear(error);
	return action->results == NULL || action->results[0].name == NULL ||
		check_results(action, body, length, error);
}

/*
 * Any one result will do: which of them are always there is not documented.  Not to be read at all
 * is an error that is found later, by who reads the results.
 */
static bool
check_results(const GmfAction *action, const char *body, size_t length, GmfError *error)
{
	GmfShape   *shape = gmf_call_shape(action, error);
	GmfAnswer  *answer = NULL;
	bool		found = true;

	if (length == 0)
	{
		body = "{}";
		length = 2;
	}
	if (shape != NULL)
		answer = gmf_answer_open(shape, body, length, error);
	if (answer != NULL)
		found = action->items != NULL ? gmf_answer_has_rows(answer) :
			has_results(action, answer, error);
	gmf_error_clear(error);
	if (!found && !gmf_answer_refusal(body, length, false, error))
		gmf_error_set(error, GMF_MALFORMED,
					  "the answer has no \"%s\", which the operation returns",
					  action->items != NULL ? action->items : action->results[0].path);
	gmf_answer_free(answer);
	gmf_shape_free(shape);
	return found;
}

static bool
has_results(const GmfAction *action, GmfAnswer *answer, GmfError *error)
{
	GmfValue   *values;
	int			nresults = 0;
	bool		found = false;

	while (action->results[nresults].name != NULL)
		nresults++;
	values = calloc(nresults, sizeof(*values));
	if (values == NULL)
		return true;
	if (gmf_answer_next(answer, values, error) > 0)
		for (int i = 0; i < nresults; i++)
			found |= values[i].kind != GMF_ABSENT && values[i].kind != GMF_NULL;
	free(values);
	return found;
}

/* Does the function show by itself what may have gone wrong? */
static bool
tells_errors(const GmfAction *action)
{
	const GmfResult *result = action->results;

	for (; result != NULL && result->name != NULL; result++)
		if (action->items == NULL && result->path != NULL && gmf_error_member(result->path))
			return true;
	return false;
}

static bool
put_argument(GmfRequest *request, const Check *check, const GmfInput *input)
{
	GmfInput	changed = {NULL, NULL, 0};
	char	   *text = NULL;
	bool		done;
	const GmfArgument *argument = check->argument;
	const char *place = argument->place == NULL ? argument->name : argument->place;
	GmfError	problem;

	if (input->text == NULL && input->elements == NULL)
	{
		if (argument->required)
			return gmf_error_set(check->error, GMF_INVALID,
								 "argument \"%s\" of %s must not be NULL", argument->name,
								 check->action->name);
		return true;
	}
	gmf_error_clear(&problem);
	if (!check_argument(check, input))
		return false;
	if (argument->text_members)
	{
		text = make_members_text(check, input->text);
		if (text == NULL)
			return false;
		changed.text = text;
		input = &changed;
	}
	done = gmf_request_put(request, argument->location, place, argument->type,
						   argument->time_form, argument->secret, input, &problem);
	free(text);
	if (done)
		return true;

	/* What the request refuses, it names by its place; the user knows the argument. */
	if (problem.kind != GMF_INVALID)
		return gmf_error_set(check->error, problem.kind, "%s", problem.message);
	return gmf_error_set(check->error, GMF_INVALID, "argument \"%s\" of %s cannot be sent: %s",
						 argument->name, check->action->name, problem.message);
}

/*
 * The object with its members as strings: 900 becomes "900".  malloc'ed; NULL with the error
 * set where a member is no plain value.
 */
static char *
make_members_text(const Check *check, const char *object)
{
	json_t	   *json = json_loads(object, 0, NULL);
	char	   *text = NULL;
	const char *name;
	json_t	   *member;
	bool		good = json_is_object(json);

	if (!good)
		gmf_error_set(check->error, GMF_INVALID, "argument \"%s\" of %s must be a JSON object",
					  check->argument->name, check->action->name);
	json_object_foreach(json, name, member)
	{
		if (!good || json_is_string(member))
			continue;
		if (json_is_number(member) || json_is_boolean(member))
			text = json_dumps(member, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
		if (text == NULL)
			good = gmf_error_set(check->error, GMF_INVALID,
								 "member \"%.100s\" of argument \"%s\" of %s must be a string, a "
								 "number or a boolean", name, check->argument->name,
								 check->action->name);
		else if (json_object_set_new(json, name, json_string(text)) != 0)
			good = gmf_error_set(check->error, GMF_NO_MEMORY, "out of memory");
		free(text);
		text = NULL;
	}
	if (good)
		text = json_dumps(json, JSON_COMPACT);
	if (good && text == NULL)
		gmf_error_set(check->error, GMF_NO_MEMORY, "out of memory");
	json_decref(json);
	return text;
}

static bool
check_argument(const Check *check, const GmfInput *input)
{
	bool		array_type = check->argument->type == GMF_TEXT_ARRAY ||
		check->argument->type == GMF_INTEGER_ARRAY;

	if (!array_type)
	{
		if (input->text == NULL)
			return reject(check, NULL, "must be a single value");
		return check_value(check, input->text);
	}
	if (input->elements == NULL)
		return reject(check, NULL, "must be an array");
	if (!check_length(check, input->nelements, "elements"))
		return false;
	for (int i = 0; i < input->nelements; i++)
	{
		if (input->elements[i] == NULL)
			return reject(check, NULL, "must not hold NULL elements");
		if (!check_value(check, input->elements[i]))
			return false;
	}
	return true;
}

/* A scalar, or an element of an array. */
static bool
check_value(const Check *check, const char *value)
{
	GmfType		type = check->argument->type;

	if (!check_type(check, value))
		return false;
	if (type == GMF_TEXT && !check_length(check, count_characters(value), "characters"))
		return false;
	if (type == GMF_JSONB)
	{
		int64_t		elements = count_json_elements(value);

		if (elements >= 0 && !check_length(check, elements, "elements"))
			return false;
	}
	return check_range(check, value) && check_choice(check, value) &&
		check_pattern(check, value);
}

static bool
check_type(const Check *check, const char *value)
{
	size_t		length = strlen(value);
	int64_t		integer;
	double		real;

	switch (check->argument->type)
	{
		case GMF_INTEGER:
		case GMF_INTEGER_ARRAY:
			if (!gmf_read_integer(value, length, &integer) ||
				integer < INT32_MIN || integer > INT32_MAX)
				return reject(check, value, "must be an integer");
			break;
		case GMF_BIGINT:
			if (!gmf_read_integer(value, length, &integer))
				return reject(check, value, "must be a whole number");
			break;
		case GMF_DOUBLE:
			if (!gmf_read_double(value, length, &real))
				return reject(check, value, "must be a number");
			break;
		case GMF_BOOLEAN:
			if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
				return reject(check, value, "must be true or false");
			break;
		case GMF_JSONB:
			if (gmf_json_too_deep(value))
				return reject(check, NULL, "must not be nested deeper than 200");
			break;
		case GMF_TEXT:
		case GMF_TEXT_ARRAY:
		case GMF_TIMESTAMPTZ:
			break;
	}
	return true;
}

static bool
check_length(const Check *check, int64_t length, const char *unit)
{
	const GmfArgument *argument = check->argument;
	char		must[80];
	char		is[40] = "";

	if (length >= argument->min_length &&
		(argument->max_length == 0 || length <= argument->max_length))
		return true;

	if (argument->max_length == 0)
		snprintf(must, sizeof(must), "at least %d", argument->min_length);
	else if (argument->min_length == argument->max_length)
		snprintf(must, sizeof(must), "exactly %d", argument->min_length);
	else if (argument->min_length == 0)
		snprintf(must, sizeof(must), "at most %d", argument->max_length);
	else
		snprintf(must, sizeof(must), "%d to %d", argument->min_length, argument->max_length);
	if (!argument->secret)
		snprintf(is, sizeof(is), ", not %lld", (long long) length);
	return gmf_error_set(check->error, GMF_INVALID, "argument \"%s\" of %s must have %s %s%s",
						 argument->name, check->action->name, must, unit, is);
}

static bool
check_range(const Check *check, const char *value)
{
	const GmfArgument *argument = check->argument;
	char		must[120];
	double		number;

	if (!argument->has_range)
		return true;
	if (gmf_read_double(value, strlen(value), &number) &&
		number >= argument->min && number <= argument->max)
		return true;
	snprintf(must, sizeof(must), "must be between %.15g and %.15g", argument->min,
			 argument->max);
	return reject(check, value, must);
}

static bool
check_choice(const Check *check, const char *value)
{
	const char *word = check->argument->values;
	char		must[600];
	size_t		used;

	if (word == NULL || gmf_list_has(word, '|', value))
		return true;

	used = (size_t) snprintf(must, sizeof(must), "must be one of");
	for (const char *separator = " \""; used < sizeof(must); separator = "\", \"")
	{
		size_t		length = strcspn(word, "|");
		size_t		blanks = strspn(word, " ");
		size_t		end = length;

		while (end > blanks && word[end - 1] == ' ')
			end--;
		used += (size_t) snprintf(must + used, sizeof(must) - used, "%s%.*s", separator,
								  (int) (end - blanks), word + blanks);
		if (word[length] == '\0')
			break;
		word += length + 1;
	}
	if (used < sizeof(must))
		snprintf(must + used, sizeof(must) - used, "\"");
	return reject(check, value, must);
}

static bool
check_pattern(const Check *check, const char *value)
{
	const char *pattern = check->argument->pattern;
	const char *words;
	regex_t		compiled;
	int			result;

	if (pattern == NULL)
		return true;
	if (regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) != 0)
		return gmf_error_set(check->error, GMF_INVALID,
							 "the pattern of argument \"%s\" of %s cannot be used",
							 check->argument->name, check->action->name);
	result = regexec(&compiled, value, 0, NULL, 0);
	regfree(&compiled);
	if (result == 0)
		return true;
	/* The description says in words what the pattern says in signs. */
	words = check->argument->description;
	if (!check->argument->secret)
		return gmf_error_set(check->error, GMF_INVALID,
							 "argument \"%s\" of %s must not be \"%.100s\". %s%s",
							 check->argument->name, check->action->name, value,
							 words != NULL ? "" : "It must match ",
							 words != NULL ? words : pattern);
	return gmf_error_set(check->error, GMF_INVALID, "argument \"%s\" of %s is not acceptable. %s%s",
						 check->argument->name, check->action->name,
						 words != NULL ? "" : "It must match ",
						 words != NULL ? words : pattern);
}

/* value: to be quoted, or NULL. */
static bool
reject(const Check *check, const char *value, const char *must)
{
	if (value == NULL || check->argument->secret)
		return gmf_error_set(check->error, GMF_INVALID, "argument \"%s\" of %s %s",
							 check->argument->name, check->action->name, must);
	return gmf_error_set(check->error, GMF_INVALID,
						 "argument \"%s\" of %s %s, not \"%.100s\"", check->argument->name,
						 check->action->name, must, value);
}

/* What is not UTF-8 counts byte by byte; the request refuses it later. */
static int64_t
count_characters(const char *text)
{
	size_t		left = strlen(text);
	int64_t		count = 0;

	while (left > 0)
	{
		size_t		length = gmf_utf8_sequence(text, left);

		length = length == 0 ? 1 : length;
		text += length;
		left -= length;
		count++;
	}
	return count;
}

/* -1: not an array. */
static int64_t
count_json_elements(const char *text)
{
	json_t	   *value = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	int64_t		count = json_is_array(value) ? (int64_t) json_array_size(value) : -1;

	json_decref(value);
	return count;
}

/* A request that can have a body has one, though all its members be left out. */
static bool
wants_body(const GmfAction *action)
{
	if (strcmp(action->method, "GET") == 0 || strcmp(action->method, "DELETE") == 0)
		return false;
	for (const GmfArgument *argument = action->arguments;
		 argument != NULL && argument->name != NULL; argument++)
		if (argument->location == GMF_IN_BODY)
			return true;
	return false;
}
