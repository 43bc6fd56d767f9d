/*
 * fuzz_request.c
 *		Whatever values a request is built from: what goes on the wire decodes to them,
 *		and nothing gets out of its place.
 *
 * The input is a list of instructions, each a byte that says what to do and a value that ends
 * with a NUL.
 */
#include <jansson.h>
#include <strings.h>

#include "fuzz.h"
#include "gmf_request.h"
#include "gmf_session.h"
#include "gmf_sign.h"

#define MAX_PUT		64
#define SECRET		"a secret that is shown nowhere"

/* What was put, to compare with. */
typedef struct Model
{
	const char *segment;		/* value of {id}, or NULL */
	const char *query[MAX_PUT][2];
	int			nquery;
	const char *body[MAX_PUT];	/* values at "b.<i>" */
	int			nbody;
} Model;

static const char *const query_names[] = {"a", "a b", "limit", "\xc3\xbc", "x=y&z", ""};

static GmfInput
text_input(const char *text)
{
	GmfInput	input = {.text = text};

	return input;
}

/* Decode one percent-encoded text; only what must be encoded is, and all of that. */
static char *
decode(const char *text, size_t length)
{
	static const char unreserved[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	char	   *decoded = malloc(length + 1);
	size_t		used = 0;

	REQUIRE(decoded != NULL);
	for (size_t i = 0; i < length; i++)
	{
		if (text[i] == '%')
		{
			unsigned int byte;

			REQUIRE(i + 2 < length);
			REQUIRE(sscanf(text + i + 1, "%2X", &byte) == 1);
			REQUIRE(byte != 0 && strchr(unreserved, (int) byte) == NULL);
			decoded[used++] = (char) byte;
			i += 2;
		}
		else
		{
			REQUIRE(strchr(unreserved, text[i]) != NULL);
			decoded[used++] = text[i];
		}
	}
	decoded[used] = '\0';
	return decoded;
}

static void
check_decoded(const char *text, size_t length, const char *expected)
{
	char	   *decoded = decode(text, length);

	REQUIRE(strcmp(decoded, expected) == 0);
	free(decoded);
}

/* Every parameter comes once, in order; none was made up. */
static void
check_query(const char *query, Model *model)
{
	int			found = 0;
	const char *last_name = NULL;
	const char *last_value = NULL;

	while (*query != '\0')
	{
		size_t		length = strcspn(query, "&");
		size_t		name_length = strcspn(query, "=");
		char	   *name;
		char	   *value;
		int			i;

		REQUIRE(name_length < length);
		name = decode(query, name_length);
		value = decode(query + name_length + 1, length - name_length - 1);
		for (i = 0; i < model->nquery; i++)
			if (model->query[i][0] != NULL && strcmp(model->query[i][0], name) == 0 &&
				strcmp(model->query[i][1], value) == 0)
				break;
		REQUIRE(i < model->nquery);
		if (last_name != NULL)
			REQUIRE(strcmp(last_name, name) < 0 ||
				  (strcmp(last_name, name) == 0 && strcmp(last_value, value) <= 0));
		last_name = model->query[i][0];
		last_value = model->query[i][1];
		model->query[i][0] = NULL;
		found++;
		free(name);
		free(value);
		query += length;
		if (*query == '&')
			query++;
	}
	REQUIRE(found == model->nquery);
}

static void
check_body(GmfRequest *request, const Model *model)
{
	const char *text = gmf_request_body(request);
	json_t	   *body;

	if (text == NULL)
		return;
	body = json_loads(text, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	REQUIRE(json_is_object(body));
	for (int i = 0; i < model->nbody; i++)
	{
		char		name[16];
		const char *value;

		snprintf(name, sizeof(name), "%d", i);
		value = json_string_value(json_object_get(json_object_get(body, "b"), name));
		REQUIRE(value != NULL && strcmp(value, model->body[i]) == 0);
	}
	json_decref(body);
}

static void
check_signature(const char *path, const char *query, const char *body)
{
	GmfSignInput input = {.method = "POST", .host = "h", .path = path, .query = query,
		.body = body, .body_length = body == NULL ? 0 : strlen(body), .access_key = "A",
	.secret_key = "B", .now = 1};
	char		date[GMF_SIGN_DATE_SIZE];
	char	   *authorization;

	REQUIRE(gmf_sign(&input, date, &authorization));
	REQUIRE(strlen(strstr(authorization, "Signature=")) == 10 + 64);
	free(authorization);
}

static void
carry_out(GmfRequest *request, int what, const char *value, Model *model)
{
	static const GmfType types[] = {GMF_TEXT, GMF_BOOLEAN, GMF_INTEGER, GMF_BIGINT, GMF_DOUBLE,
	GMF_TIMESTAMPTZ, GMF_JSONB, GMF_TEXT_ARRAY, GMF_INTEGER_ARRAY};
	const char *const elements[] = {value, "x", value};
	GmfInput	input = text_input(value);
	GmfInput	array = {.elements = elements, .nelements = 1 + what % 3};
	GmfError	error;
	char		place[16];

	switch (what % 8)
	{
		case 0:
			if (gmf_request_put(request, GMF_IN_PATH, "id", GMF_TEXT, GMF_TIME_NONE, false,
								&input, &error))
				model->segment = value;
			else
				REQUIRE(value[0] == '\0' || strcmp(value, ".") == 0 || strcmp(value, "..") == 0);
			break;
		case 1:
			if (model->nquery < MAX_PUT)
			{
				const char *name = query_names[what / 8 % 6];

				REQUIRE(gmf_request_put(request, GMF_IN_QUERY, name, GMF_TEXT, GMF_TIME_NONE,
									  false, &input, &error));
				model->query[model->nquery][0] = name;
				model->query[model->nquery++][1] = value;
			}
			break;
		case 2:
			snprintf(place, sizeof(place), "b.%d", model->nbody);
			if (model->nbody < MAX_PUT &&
				gmf_request_put(request, GMF_IN_BODY, place, GMF_TEXT, GMF_TIME_NONE, false,
								&input, &error))
				model->body[model->nbody++] = value;
			break;
		case 3:
			(void) gmf_request_put(request, GMF_IN_BODY, "typed", types[what / 8 % 9],
								   (GmfTimeForm) (what / 72 % 4), false, &input, &error);
			break;
		case 4:
			(void) gmf_request_put(request, GMF_IN_BODY, "c.list[].x", types[what / 8 % 9],
								   GMF_TIME_NONE, false, &array, &error);
			break;
		case 5:
			/* A place as an attacker of the catalog might write it, away from "b". */
			if (strncmp(value, "b", 1) != 0)
				(void) gmf_request_put(request, GMF_IN_BODY, value, GMF_TEXT, GMF_TIME_NONE,
									   false, &input, &error);
			break;
		case 6:
			if (gmf_request_put(request, GMF_IN_HEADER, "X-Fuzz", GMF_TEXT, GMF_TIME_NONE,
								false, &input, &error))
				REQUIRE(strpbrk(value, "\r\n") == NULL);
			(void) gmf_request_put(request, GMF_IN_HEADER, value, GMF_TEXT, GMF_TIME_NONE,
								   false, &input, &error);
			break;
		case 7:
			if (gmf_check_url(value, false, NULL, &error))
				REQUIRE(strncasecmp(value, "https://", 8) == 0 ||
					  strncasecmp(value, "http://", 7) == 0);
			break;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	GmfRequest *request = gmf_request_new("gaussdb", "POST", "/v3/{id}/tail", false);
	GmfInput	secret = text_input(SECRET);
	Model		model = {0};
	GmfError	error;
	char	   *copy = malloc(size + 1);
	char	   *path;
	char	   *query;
	char	   *description;

	REQUIRE(request != NULL && copy != NULL);
	if (size > 0)
		memcpy(copy, data, size);
	copy[size] = '\0';
	for (size_t at = 0; at + 1 < size; at += strlen(copy + at) + 1)
	{
		int			what = (unsigned char) copy[at++];

		carry_out(request, what, copy + at, &model);
	}
	REQUIRE(gmf_request_put(request, GMF_IN_BODY, "secret.key", GMF_TEXT, GMF_TIME_NONE, true,
						  &secret, &error));

	if (gmf_request_target(request, NULL, &path, &query, &error))
	{
		size_t		length = strlen(path);

		REQUIRE(model.segment != NULL);
		REQUIRE(strncmp(path, "/v3/", 4) == 0);
		REQUIRE(length > 9 && strcmp(path + length - 5, "/tail") == 0);
		REQUIRE(memchr(path + 4, '/', length - 9) == NULL);
		check_decoded(path + 4, length - 9, model.segment);
		check_query(query, &model);
		check_signature(path, query, gmf_request_body(request));
		free(path);
		free(query);
	}
	else
		REQUIRE(model.segment == NULL && error.kind == GMF_INVALID);
	check_body(request, &model);
	description = gmf_request_describe(request, true);
	REQUIRE(description != NULL);
	REQUIRE(strstr(description, SECRET) == NULL ||
		  memmem(data, size, SECRET, strlen(SECRET)) != NULL);
	free(description);
	gmf_request_free(request);
	free(copy);
	return 0;
}
