/*
 * answer_error.c
 *		What a request was refused for, in whatever form the answer tells it.
 */
#include <string.h>

#include "answer_internal.h"

/*
 * Where the code and the message are.  Each is taken from the first place that holds a
 * text or a number; they need not come from the same line.
 */
static const struct
{
	const char *code;
	const char *message;
}			forms[] =
{
	{"error_code", "error_msg"},	/* the services, and the gateway before them */
	{"error.error_code", "error.error_msg"},
	{"error.code", "error.message"},	/* IAM */
	{"errCode", "externalMessage"},
	{"errorCode", "errorMsg"},
	{"code", "message"},
	{"code", "detail"},			/* OpenStack, in errors[] */
	{"code", "title"},
	{"code", "error_message"},
	{"status", "error"},		/* web frameworks that answer in a service's place */
};

enum
{
	FORMS = sizeof(forms) / sizeof(forms[0]),
	REQUEST_ID = 2 * FORMS,		/* values: code and message by turns, then this */
	VALUES
};

static bool look(const char *items, const char *body, size_t length, GmfError *error,
				 GmfError *reason);
static void take(GmfValue value, char *field, size_t size);
static const char *describe(const char *body, size_t length, const GmfError *reason);

void
gmf_answer_error(const char *body, size_t length, GmfError *error)
{
	GmfError	reason;
	GmfError	ignored;

	gmf_error_clear(&reason);
	error->code[0] = '\0';
	error->message[0] = '\0';

	/* or in a list, or wrapped once more, in an object that has the name of the error */
	if (!look("", body, length, error, &reason) &&
		!look("results", body, length, error, &ignored) &&
		!look("errors", body, length, error, &ignored) &&
		!look("{}", body, length, error, &ignored))
		gmf_error_text(error->message, sizeof(error->message),
					   describe(body, length, &reason), -1);
}

/* Look for code and message in each row.  False when there is no message in any. */
static bool
look(const char *items, const char *body, size_t length, GmfError *error, GmfError *reason)
{
	const char *paths[VALUES];
	GmfValue	values[VALUES];
	GmfShape   *shape;
	GmfAnswer  *answer = NULL;

	for (int i = 0; i < FORMS; i++)
	{
		paths[2 * i] = forms[i].code;
		paths[2 * i + 1] = forms[i].message;
	}
	paths[REQUEST_ID] = "request_id";

	shape = gmf_shape_new(items, NULL, paths, VALUES, reason);
	if (shape != NULL)
		answer = gmf_answer_open(shape, body, length, reason);
	while (answer != NULL && error->message[0] == '\0' &&
		   gmf_answer_next(answer, values, reason) > 0)
	{
		for (int i = 0; i < FORMS; i++)
		{
			take(values[2 * i], error->code, sizeof(error->code));
			take(values[2 * i + 1], error->message, sizeof(error->message));
		}
		take(values[REQUEST_ID], error->request_id, sizeof(error->request_id));
	}
	gmf_answer_free(answer);
	gmf_shape_free(shape);
	return error->message[0] != '\0';
}

/* Fill the field, unless it says something already. */
static void
take(GmfValue value, char *field, size_t size)
{
	/* a text that is longer than the field is cut by gmf_error_text */
	size_t		length = value.length < 4 * size ? value.length : 4 * size;

	if (field[0] == '\0' && (value.kind == GMF_STRING || value.kind == GMF_NUMBER))
		gmf_error_text(field, (int) size, value.text, (int) length);
}

const char *
gmf_answer_not_json(const char *body, size_t length)
{
	size_t		blanks = 0;

	while (blanks < length && memchr(" \t\r\n", body[blanks], 4) != NULL)
		blanks++;
	if (blanks == length)
		return "the answer is empty";
	if (body[blanks] == '<')
		return "the answer is not JSON but a page (HTML or XML)";
	return NULL;
}

/* What to say about an answer that has no message. */
static const char *
describe(const char *body, size_t length, const GmfError *reason)
{
	const char *other = gmf_answer_not_json(body, length);

	if (other != NULL)
		return other;
	if (reason->kind != GMF_OK)
		return reason->message;
	return "the answer does not tell the reason";
}
