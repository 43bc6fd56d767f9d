/*
 * answer_error.c
 *		What a request was refused for, in whatever form the answer tells it.
 *
 * Services, gateways, proxies and web servers all have their own form, and some send an error
 * with a status that means success.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <openssl/evp.h>

#include "answer_internal.h"
#include "gmf_convert.h"

/*
 * Where the code, the message and the request id may be, the surest places first.  Each is
 * taken from the first place that holds a text or a number; they need not go together.
 */
static const char *const codes[] = {
	"error_code", "errCode", "errorCode", "error.error_code", "error.code", "err_code",
	"code", "status", NULL
};
static const char *const messages[] = {
	"error_msg", "externalMessage", "errorMsg", "error_message", "errorMessage",
	"error.error_msg", "error.message", "error.msg", "err_msg",
	"message", "detail", "msg", "title", "error", "description", NULL
};
static const char *const request_ids[] = {
	"request_id", "requestId", "error.request_id", NULL
};

/* So many of them are used for nothing but errors. */
#define SURE_CODES 6
#define SURE_MESSAGES 9

enum
{
	CODES = sizeof(codes) / sizeof(codes[0]) - 1,
	MESSAGES = sizeof(messages) / sizeof(messages[0]) - 1,
	REQUEST_IDS = sizeof(request_ids) / sizeof(request_ids[0]) - 1
};

/* Where such an object may be: at the top, one of several, or in one that has its name. */
static const struct
{
	const char *items;
	bool		sure_only;		/* the objects there may be other things */
	bool		of_success;		/* looked at where the status says that all went well */
}			places[] =
{
	{"", false, true},
	{"errors[]", false, true},
	{"results[]", true, true},
	{"[]", true, false},
	{"{}", false, false}
};

#define PLACES (sizeof(places) / sizeof(places[0]))

static bool look_everywhere(const char *body, size_t length, bool of_success, GmfError *error,
							GmfError *reason);
static void look(const char *items, bool sure_only, const char *body, size_t length,
				 GmfError *error, GmfError *reason);
static int	add_paths(const char **paths, const char *const *names, int count);
static void take(GmfValue value, char *field, size_t size);
static bool means_success(const char *code);
static char *decode(const char *body, size_t *length);
static bool describe_page(const char *body, size_t length, GmfError *error);
static bool describe_text(const char *body, size_t length, GmfError *error);
static bool take_element(const char *body, size_t length, const char *name, char *field,
						 size_t size);
static void unescape(char *text);
static size_t pass_blanks(const char *body, size_t length);

void
gmf_answer_error(const char *body, size_t length, GmfError *error)
{
	size_t		plain_length = length;
	char	   *plain = decode(body, &plain_length);
	const char *text = plain == NULL ? body : plain;
	const char *other;
	GmfError	reason;

	gmf_error_clear(&reason);
	error->code[0] = '\0';
	error->message[0] = '\0';
	if (!look_everywhere(text, plain_length, false, error, &reason) &&
		!describe_page(text, plain_length, error) && !describe_text(text, plain_length, error))
	{
		other = gmf_answer_not_json(text, plain_length);
		gmf_error_text(error->message, sizeof(error->message), other != NULL ? other :
					   reason.kind != GMF_OK ? reason.message :
					   "the answer does not tell the reason", -1);
	}
	free(plain);
}

bool
gmf_answer_refusal(const char *body, size_t length, bool surely, GmfError *error)
{
	GmfError	ignored;
	int64_t		number;

	gmf_error_clear(error);
	gmf_error_clear(&ignored);
	if (surely)
		look("", true, body, length, error, &ignored);
	else
		look_everywhere(body, length, true, error, &ignored);
	if (means_success(error->code) || (surely && error->code[0] == '\0') ||
		(error->code[0] == '\0' && error->message[0] == '\0'))
	{
		gmf_error_clear(error);
		return false;
	}
	error->kind = GMF_REJECTED;
	if (gmf_read_integer(error->code, strlen(error->code), &number) && number >= 400 &&
		number < 600)
		error->kind = gmf_status_kind((int) number);
	if (error->message[0] == '\0')
		gmf_error_text(error->message, sizeof(error->message),
					   "the answer does not tell the reason", -1);
	return true;
}

bool
gmf_error_member(const char *path)
{
	size_t		length = strcspn(path, "|");
	const char *const *lists[] = {codes, messages, request_ids};

	for (size_t i = 0; i < 3; i++)
		for (const char *const *name = lists[i]; *name != NULL; name++)
			if (strlen(*name) == length && memcmp(*name, path, length) == 0)
				return true;
	return false;
}

/* False when there is no message anywhere. */
static bool
look_everywhere(const char *body, size_t length, bool of_success, GmfError *error,
				GmfError *reason)
{
	for (size_t i = 0; i < PLACES && error->message[0] == '\0'; i++)
	{
		GmfError	ignored;

		if (of_success && !places[i].of_success)
			continue;
		gmf_error_clear(&ignored);
		look(places[i].items, places[i].sure_only, body, length, error,
			 i == 0 ? reason : &ignored);
	}
	return error->message[0] != '\0';
}

/* Look for code and message in each of the objects. */
static void
look(const char *items, bool sure_only, const char *body, size_t length, GmfError *error,
	 GmfError *reason)
{
	const char *paths[CODES + MESSAGES + REQUEST_IDS];
	GmfValue	values[CODES + MESSAGES + REQUEST_IDS];
	int			ncodes = sure_only ? SURE_CODES : CODES;
	int			nmessages = sure_only ? SURE_MESSAGES : MESSAGES;
	int			npaths = add_paths(paths, codes, ncodes);
	GmfShape   *shape;
	GmfAnswer  *answer = NULL;

	npaths += add_paths(paths + npaths, messages, nmessages);
	npaths += add_paths(paths + npaths, request_ids, REQUEST_IDS);
	shape = gmf_shape_new(items, NULL, paths, npaths, reason);
	if (shape != NULL)
		answer = gmf_answer_open(shape, body, length, reason);
	while (answer != NULL && error->message[0] == '\0' &&
		   gmf_answer_next(answer, values, reason) > 0)
	{
		for (int i = 0; i < npaths; i++)
		{
			if (i < ncodes)
				take(values[i], error->code, sizeof(error->code));
			else if (i < ncodes + nmessages)
				take(values[i], error->message, sizeof(error->message));
			else
				take(values[i], error->request_id, sizeof(error->request_id));
		}
	}
	gmf_answer_free(answer);
	gmf_shape_free(shape);
}

static int
add_paths(const char **paths, const char *const *names, int count)
{
	memcpy(paths, names, (size_t) count * sizeof(*paths));
	return count;
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

/* "0", "200", "success", and zeros behind the name of the service */
static bool
means_success(const char *code)
{
	const char *dot = strrchr(code, '.');
	const char *number = dot == NULL ? code : dot + 1;

	if (strcasecmp(code, "success") == 0 || strcasecmp(code, "ok") == 0)
		return true;
	if (number[0] != '\0' && strspn(number, "0") == strlen(number))
		return true;
	return strlen(code) == 3 && code[0] == '2' && strspn(code, "0123456789") == 3;
}

/* A body that is base64 of an object, or a string of JSON that is.  Allocated; NULL: it is not. */
static char *
decode(const char *body, size_t *length)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
	size_t		start = pass_blanks(body, *length);
	size_t		end = *length;
	char	   *plain;
	int			got;

	while (end > start && memchr(" \t\r\n\"", body[end - 1], 5) != NULL)
		end--;
	if (start < end && body[start] == '"')
		start++;
	if (end - start < 8 || (end - start) % 4 != 0 || end - start > 1024 * 1024)
		return NULL;
	for (size_t i = start; i < end; i++)
		if (body[i] == '\0' || strchr(digits, body[i]) == NULL)
			return NULL;
	plain = malloc(end - start);
	if (plain == NULL)
		return NULL;
	got = EVP_DecodeBlock((unsigned char *) plain, (const unsigned char *) body + start,
						  (int) (end - start));
	while (got > 0 && plain[got - 1] == '\0')
		got--;					/* for each "=" it gives a zero */
	if (got > 0 && plain[0] == '{')
	{
		*length = (size_t) got;
		return plain;
	}
	free(plain);
	return NULL;
}

/* What a page of HTML has as its title, or an error in XML as its text. */
static bool
describe_page(const char *body, size_t length, GmfError *error)
{
	size_t		start = pass_blanks(body, length);

	if (start == length || body[start] != '<')
		return false;
	take_element(body, length, "code", error->code, sizeof(error->code));
	if (error->request_id[0] == '\0')
		take_element(body, length, "requestid", error->request_id, sizeof(error->request_id));
	return take_element(body, length, "message", error->message, sizeof(error->message)) ||
		take_element(body, length, "title", error->message, sizeof(error->message)) ||
		take_element(body, length, "h1", error->message, sizeof(error->message));
}

/* Plain text, and a JSON string. */
static bool
describe_text(const char *body, size_t length, GmfError *error)
{
	size_t		start = pass_blanks(body, length);
	GmfReader	reader;
	GmfValue	value;
	json_t	   *decoded = NULL;

	if (start == length || memchr("<{[", body[start], 3) != NULL)
		return false;
	gmf_reader_init(&reader, body, body + length, false);
	if (gmf_reader_value(&reader) && gmf_reader_finish(&reader) && body[start] != '"')
		return false;			/* a number or a word tells nothing */
	for (size_t i = start; i < length && i < 4096; i++)
		if ((unsigned char) body[i] < 0x20 && memchr("\t\r\n", body[i], 3) == NULL)
			return false;
	value.kind = GMF_STRING;
	value.text = body + start;
	value.length = length - start;
	if (body[start] == '"' && reader.fault == NULL &&
		!gmf_slice_value((GmfSlice) {body + start, reader.next}, &value, &decoded))
		return false;
	while (value.length > 0 && memchr(" \t\r\n", value.text[value.length - 1], 4) != NULL)
		value.length--;
	take(value, error->message, sizeof(error->message));
	json_decref(decoded);
	return error->message[0] != '\0';
}

/* The text of the first element of that name (small letters), on one line. */
static bool
take_element(const char *body, size_t length, const char *name, char *field, size_t size)
{
	size_t		name_length = strlen(name);
	const char *end = body + length;
	const char *found = body;
	const char *stop = NULL;
	char		text[512];
	size_t		used = 0;

	if (field[0] != '\0')
		return true;
	for (;; found++)
	{
		found = memchr(found, '<', (size_t) (end - found));
		if (found == NULL || (size_t) (end - found) < name_length + 2)
			return false;
		if (strncasecmp(found + 1, name, name_length) == 0 &&
			memchr("> \t\r\n", found[name_length + 1], 5) != NULL)
			break;
	}
	found = memchr(found, '>', (size_t) (end - found));
	if (found != NULL)
		stop = memchr(found, '<', (size_t) (end - found));
	if (stop == NULL)
		return false;
	for (found++; found < stop && used < sizeof(text) - 1; found++)
		if (memchr(" \t\r\n", *found, 4) == NULL)
			text[used++] = *found;
		else if (used > 0 && text[used - 1] != ' ')
			text[used++] = ' ';
	while (used > 0 && text[used - 1] == ' ')
		used--;
	text[used] = '\0';
	unescape(text);
	gmf_error_text(field, (int) size, text, -1);
	return field[0] != '\0';
}

/* The five that every page may have. */
static void
unescape(char *text)
{
	static const struct
	{
		const char *name;
		char		character;
	}			entities[] =
	{
		{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&amp;", '&'}
	};
	char	   *to = text;

	while (*text != '\0')
	{
		size_t		i = 0;

		while (i < 5 && strncmp(text, entities[i].name, strlen(entities[i].name)) != 0)
			i++;
		*to++ = i < 5 ? entities[i].character : *text;
		text += i < 5 ? strlen(entities[i].name) : 1;
	}
	*to = '\0';
}

/* Their number at the beginning. */
static size_t
pass_blanks(const char *body, size_t length)
{
	size_t		blanks = 0;

	while (blanks < length && memchr(" \t\r\n", body[blanks], 4) != NULL)
		blanks++;
	return blanks;
}

const char *
gmf_answer_not_json(const char *body, size_t length)
{
	size_t		blanks = pass_blanks(body, length);

	if (blanks == length)
		return "the answer is empty";
	if (body[blanks] == '<')
		return "the answer is not JSON but a page (HTML or XML)";
	return NULL;
}

void
gmf_describe_not_json(const char *body, size_t length, GmfError *error)
{
	GmfError	page;

	gmf_error_clear(&page);
	if (describe_page(body, length, &page))
		gmf_error_set(error, GMF_MALFORMED, "%s: \"%s\"", gmf_answer_not_json(body, length),
					  page.message);
	else
		gmf_error_set(error, GMF_MALFORMED, "%s", gmf_answer_not_json(body, length));
}
