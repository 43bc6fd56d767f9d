/*
 * request.c
 *		Building one request.
 *
 * Values for path, query and headers are kept as they were given and encoded when
 * the request is written out; the body is a JSON tree (request_body.c).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gmf_convert.h"
#include "gmf_answer.h"
#include "request_internal.h"

/* A value outside the body. */
typedef struct Part
{
	GmfLocation location;
	char	   *name;
	char	   *value;
	bool		secret;
} Part;

struct GmfRequest
{
	char	   *service;
	const char *method;
	const char *path;			/* template */
	bool		idempotent;
	const char *gone;			/* see gmf_request_set_gone */
	Part	   *parts;
	int			nparts;
	json_t	   *body;			/* NULL: none */
	char	   *body_text;		/* made when it is asked for; or, without a body, what the
								 * caller wrote */
	char	  **secret_places;	/* in the body */
	int			nsecret_places;
};

static bool put_part(GmfRequest *request, GmfLocation location, const char *name,
					 const char *value, bool secret, GmfError *error);
static bool put_body(GmfRequest *request, const char *place, json_t *value, bool secret,
					 GmfError *error);
static bool check_path_value(const GmfRequest *request, const char *name, const char *value,
							 GmfError *error);
static bool check_header(const char *name, const char *value, GmfError *error);
static bool add_part(GmfRequest *request, GmfLocation location, const char *name,
					 const char *value, bool secret, GmfError *error);
static char *percent_decode(const char *text, size_t length);
static const Part *find_part(const GmfRequest *request, GmfLocation location,
							 const char *name, size_t name_length);
static bool write_path(const GmfRequest *request, const char *project_id, bool for_people,
					   GmfText *path, GmfError *error);
static bool write_query(const GmfRequest *request, bool for_people, GmfText *query);
static int	compare_parts(const void *left, const void *right);
static bool write_masked_body(const GmfRequest *request, GmfText *text);
static bool no_memory(GmfError *error);

GmfRequest *
gmf_request_new(const char *service, const char *method, const char *path, bool idempotent)
{
	GmfRequest *request = calloc(1, sizeof(*request));

	if (request == NULL)
		return NULL;
	request->service = strdup(service);
	request->method = method;
	request->path = path;
	request->idempotent = idempotent;
	if (request->service == NULL)
	{
		free(request);
		return NULL;
	}
	return request;
}

void
gmf_request_free(GmfRequest *request)
{
	if (request == NULL)
		return;
	for (int i = 0; i < request->nparts; i++)
	{
		free(request->parts[i].name);
		gmf_wipe_string(request->parts[i].value);
	}
	free(request->parts);
	for (int i = 0; i < request->nsecret_places; i++)
		free(request->secret_places[i]);
	if (request->nsecret_places > 0)
		gmf_body_wipe(request->body);
	free(request->secret_places);
	json_decref(request->body);
	gmf_wipe_string(request->body_text);
	free(request->service);
	free(request);
}

bool
gmf_request_put(GmfRequest *request, GmfLocation location, const char *name,
				GmfType type, GmfTimeForm time_form, bool secret,
				const GmfInput *input, GmfError *error)
{
	char		time[GMF_TIME_SIZE];
	bool		is_array = input->elements != NULL;
	int			count = is_array ? input->nelements : 1;

	if (input->text == NULL && !is_array)
		return true;
	if (location == GMF_IN_BODY)
	{
		json_t	   *value = gmf_body_value(name, type, time_form, input, error);

		return value != NULL && put_body(request, name, value, secret, error);
	}
	if (is_array && location != GMF_IN_QUERY)
		return gmf_error_set(error, GMF_INVALID, "\"%s\" must be a single value", name);

	/* An array in the query is its name once for each element. */
	for (int i = 0; i < count; i++)
	{
		const char *value = is_array ? input->elements[i] : input->text;

		if (value == NULL)
			return gmf_error_set(error, GMF_INVALID, "\"%s\" must not hold NULL elements",
								 name);
		if (time_form != GMF_TIME_NONE)
		{
			if (!gmf_input_time(name, value, time_form, time, error))
				return false;
			value = time;
		}
		if (!put_part(request, location, name, value, secret, error))
			return false;
	}
	return true;
}

bool
gmf_request_put_query(GmfRequest *request, const char *query, GmfError *error)
{
	bool		done = true;

	/* All of them first: a name may come more than once in it. */
	for (int pass = 0; done && pass < 2; pass++)
		for (const char *part = query; done && part != NULL; part = strchr(part, '&'))
		{
			size_t		length;
			size_t		name_length;
			char	   *name;
			char	   *value;

			part += *part == '&';
			length = strcspn(part, "&");
			name_length = strcspn(part, "=&");
			if (length == 0)
				continue;
			name = percent_decode(part, name_length);
			value = percent_decode(part + name_length + (name_length < length),
								   length - name_length - (name_length < length));
			if (name == NULL || value == NULL)
				done = gmf_error_set(error, GMF_MALFORMED,
									 "the link to the next page cannot be decoded");
			else if (pass == 0)
				gmf_request_drop_query(request, name);
			else
				done = add_part(request, GMF_IN_QUERY, name, value, false, error);
			free(name);
			free(value);
		}
	return done;
}

void
gmf_request_drop_query(GmfRequest *request, const char *name)
{
	int			kept = 0;

	for (int i = 0; i < request->nparts; i++)
	{
		Part	   *part = &request->parts[i];

		if (part->location == GMF_IN_QUERY && strcmp(part->name, name) == 0)
		{
			free(part->name);
			gmf_wipe_string(part->value);
		}
		else
			request->parts[kept++] = *part;
	}
	request->nparts = kept;
}

bool
gmf_request_put_constant(GmfRequest *request, GmfLocation location,
						 const char *name, const char *value, GmfError *error)
{
	GmfInput	input = {.text = value};

	return gmf_request_put(request, location, name,
						   location == GMF_IN_BODY ? GMF_JSONB : GMF_TEXT,
						   GMF_TIME_NONE, false, &input, error);
}

bool
gmf_request_need_body(GmfRequest *request, GmfError *error)
{
	if (request->body == NULL)
		request->body = gmf_body_empty();
	return request->body != NULL || no_memory(error);
}

bool
gmf_request_set_body(GmfRequest *request, const char *text, GmfError *error)
{
	char	   *copy;

	if (gmf_json_too_deep(text))
		return gmf_error_set(error, GMF_INVALID, "\"body\" is nested deeper than %d",
							 GMF_MAX_DEPTH);
	copy = strdup(text);
	if (copy == NULL)
		return no_memory(error);
	json_decref(request->body);
	request->body = NULL;
	gmf_wipe_string(request->body_text);
	request->body_text = copy;
	return true;
}

char *
gmf_request_describe(const GmfRequest *request, bool with_body)
{
	GmfText		text = {0};
	GmfText		query = {0};
	GmfError	ignored;
	bool		done;

	gmf_error_clear(&ignored);
	gmf_text_add(&text, request->method);
	gmf_text_add(&text, " ");
	done = write_path(request, NULL, true, &text, &ignored) && write_query(request, true, &query);
	if (done && query.length > 0)
	{
		gmf_text_add(&text, "?");
		gmf_text_add(&text, query.data);
	}
	if (done && with_body && request->body != NULL)
	{
		gmf_text_add(&text, " ");
		done = write_masked_body(request, &text);
	}
	else if (done && with_body && request->body_text != NULL)
	{
		gmf_text_add(&text, " ");
		gmf_text_add(&text, request->body_text);
	}
	gmf_text_clear(&query);
	if (!done)
	{
		gmf_text_clear(&text);
		return NULL;
	}
	return gmf_text_take(&text);
}

bool
gmf_request_target(const GmfRequest *request, const char *project_id,
				   char **path, char **query, GmfError *error)
{
	GmfText		path_text = {0};
	GmfText		query_text = {0};

	if (!write_path(request, project_id, false, &path_text, error))
	{
		gmf_text_clear(&path_text);
		return false;
	}
	if (!write_query(request, false, &query_text))
		query_text.failed = true;
	*path = gmf_text_take(&path_text);
	*query = gmf_text_take(&query_text);
	if (*path != NULL && *query != NULL)
		return true;
	free(*path);
	free(*query);
	return no_memory(error);
}

const char *
gmf_request_body(GmfRequest *request)
{
	if (request->body != NULL && request->body_text == NULL)
		request->body_text = gmf_body_text(request->body);
	return request->body_text;
}

const char *
gmf_request_service(const GmfRequest *request)
{
	return request->service;
}

const char *
gmf_request_method(const GmfRequest *request)
{
	return request->method;
}

const char *
gmf_request_path(const GmfRequest *request)
{
	return request->path;
}

bool
gmf_request_idempotent(const GmfRequest *request)
{
	return request->idempotent;
}

void
gmf_request_set_gone(GmfRequest *request, const char *codes)
{
	request->gone = codes;
}

bool
gmf_request_says_gone(const GmfRequest *request, const char *code)
{
	return code[0] != '\0' && gmf_list_has(request->gone, '|', code);
}

bool
gmf_request_needs_project(const GmfRequest *request)
{
	return strstr(request->path, "{project_id}") != NULL &&
		find_part(request, GMF_IN_PATH, "project_id", strlen("project_id")) == NULL;
}

bool
gmf_request_header(const GmfRequest *request, int i, const char **name, const char **value)
{
	for (int p = 0; p < request->nparts; p++)
		if (request->parts[p].location == GMF_IN_HEADER && i-- == 0)
		{
			*name = request->parts[p].name;
			*value = request->parts[p].value;
			return true;
		}
	return false;
}

void
gmf_request_operation(const GmfRequest *request, char *field, int size)
{
	char		text[512];

	snprintf(text, sizeof(text), "%s %s", request->method, request->path);
	gmf_error_text(field, size, text, -1);
}

static bool
put_part(GmfRequest *request, GmfLocation location, const char *name, const char *value,
		 bool secret, GmfError *error)
{
	switch (location)
	{
		case GMF_IN_PATH:
			return check_path_value(request, name, value, error) &&
				add_part(request, location, name, value, secret, error);
		case GMF_IN_HEADER:
			return check_header(name, value, error) &&
				add_part(request, location, name, value, secret, error);
		case GMF_IN_QUERY:
			return add_part(request, location, name, value, secret, error);
		case GMF_IN_BODY:
			break;
	}
	return gmf_error_set(error, GMF_INVALID, "\"%s\" has no place in the request", name);
}

static bool
put_body(GmfRequest *request, const char *place, json_t *value, bool secret, GmfError *error)
{
	gmf_wipe_string(request->body_text);
	request->body_text = NULL;

	/* Masking goes by these places. */
	if (place[0] != '\0' && !gmf_check_body_place(place, error))
	{
		if (secret)
			gmf_body_wipe(value);
		json_decref(value);
		return false;
	}

	/* Noted first: from then on the body counts as secret, whatever else fails. */
	if (secret)
	{
		char	  **places = realloc(request->secret_places,
									 (request->nsecret_places + 1) * sizeof(char *));
		char	   *copy = strdup(place);

		if (places != NULL)
			request->secret_places = places;
		if (places == NULL || copy == NULL)
		{
			free(copy);
			gmf_body_wipe(value);
			json_decref(value);
			return no_memory(error);
		}
		request->secret_places[request->nsecret_places++] = copy;
	}
	return gmf_body_put(&request->body, place, value, error);
}

static bool
check_path_value(const GmfRequest *request, const char *name, const char *value,
				 GmfError *error)
{
	size_t		length = strlen(name);
	const char *found = request->path;

	while ((found = strchr(found, '{')) != NULL)
	{
		if (strncmp(found + 1, name, length) == 0 && found[length + 1] == '}')
			break;
		found++;
	}
	if (found == NULL)
		return gmf_error_set(error, GMF_INVALID, "there is no {%s} in the path %s", name,
							 request->path);

	/* Percent-encoding does not help: servers take "%2E%2E" for "..". */
	if (value[0] == '\0' || strcmp(value, ".") == 0 || strcmp(value, "..") == 0)
		return gmf_error_set(error, GMF_INVALID,
							 "\"%s\" must not be \"%s\": it is a segment of the path of %s",
							 name, value, request->path);
	return true;
}

static bool
check_header(const char *name, const char *value, GmfError *error)
{
	/*
	 * What the session sends itself, what frames the message, and what servers and
	 * gateways take for the method, the address or the sender of a request.
	 */
	static const char ours[] =
		"Authorization|Connection|Content-Encoding|Content-Length|Content-Type|Cookie|Expect|"
		"Forwarded|Host|Keep-Alive|TE|Trailer|Transfer-Encoding|Upgrade|User-Agent|Via|"
		"X-Auth-Token|X-Domain-Id|X-Original-URI|X-Original-URL|X-Project-Id|X-Real-IP|"
		"X-Rewrite-URL|X-Sdk-Content-Sha256|X-Sdk-Date|X-Security-Token|X-Service-Token";
	static const char token[] =
		"!#$%&'*+-.^_`|~0123456789"
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t		length = strlen(name);

	if (length == 0 || strspn(name, token) != length)
		return gmf_error_set(error, GMF_INVALID, "\"%s\" is not the name of a header", name);
	for (const char *word = ours; word != NULL; word = strchr(word, '|'))
	{
		if (*word == '|')
			word++;
		if (strcspn(word, "|") == length && strncasecmp(word, name, length) == 0)
			return gmf_error_set(error, GMF_INVALID, "the header \"%s\" cannot be set", name);
	}
	/* X-HTTP-Method-Override and its like, X-Forwarded-Host, Proxy-Authorization */
	if (strcasestr(name, "method") != NULL || strncasecmp(name, "X-Forwarded-", 12) == 0 ||
		strncasecmp(name, "Proxy-", 6) == 0)
		return gmf_error_set(error, GMF_INVALID, "the header \"%s\" cannot be set", name);
	for (; *value != '\0'; value++)
		if ((unsigned char) *value < 0x20 || *value == 0x7f)
			return gmf_error_set(error, GMF_INVALID,
								 "\"%s\" must not hold control characters: it is sent as a "
								 "header", name);
	return true;
}

/* In the query a name may come more than once; elsewhere the last value counts. */
static bool
add_part(GmfRequest *request, GmfLocation location, const char *name, const char *value,
		 bool secret, GmfError *error)
{
	const Part *found = location == GMF_IN_QUERY ? NULL :
		find_part(request, location, name, strlen(name));
	char	   *copy = strdup(value);
	Part	   *part;

	if (copy == NULL)
		return no_memory(error);
	if (found != NULL)
	{
		part = &request->parts[found - request->parts];
		gmf_wipe_string(part->value);
		part->value = copy;
		part->secret = secret;
		return true;
	}

	part = realloc(request->parts, (request->nparts + 1) * sizeof(*part));
	if (part != NULL)
	{
		request->parts = part;
		part += request->nparts;
		part->location = location;
		part->name = strdup(name);
		part->value = copy;
		part->secret = secret;
		if (part->name != NULL)
		{
			request->nparts++;
			return true;
		}
	}
	gmf_wipe_string(copy);
	return no_memory(error);
}

/* Allocated; NULL where it is not encoded well, holds a zero, or memory is out. */
static char *
percent_decode(const char *text, size_t length)
{
	static const char digits[] = "0123456789ABCDEF0123456789abcdef";
	char	   *plain = malloc(length + 1);
	size_t		used = 0;

	for (size_t i = 0; plain != NULL && i < length; i++)
	{
		const char *high = NULL;
		const char *low = NULL;

		plain[used++] = text[i] == '+' ? ' ' : text[i];
		if (text[i] != '%')
			continue;
		if (i + 2 < length && text[i + 1] != '\0' && text[i + 2] != '\0')
		{
			high = strchr(digits, text[i + 1]);
			low = strchr(digits, text[i + 2]);
		}
		if (high != NULL && low != NULL)
			plain[used - 1] = (char) ((high - digits) % 16 * 16 + (low - digits) % 16);
		if (high == NULL || low == NULL || plain[used - 1] == '\0')
		{
			free(plain);
			return NULL;
		}
		i += 2;
	}
	if (plain != NULL)
		plain[used] = '\0';
	return plain;
}

static const Part *
find_part(const GmfRequest *request, GmfLocation location, const char *name,
		  size_t name_length)
{
	for (int i = 0; i < request->nparts; i++)
	{
		const Part *part = &request->parts[i];

		if (part->location == location && strlen(part->name) == name_length &&
			(location == GMF_IN_HEADER ? strncasecmp(part->name, name, name_length) :
			 memcmp(part->name, name, name_length)) == 0)
			return part;
	}
	return NULL;
}

/* For people, placeholders may stay open and secrets are masked. */
static bool
write_path(const GmfRequest *request, const char *project_id, bool for_people, GmfText *path,
		   GmfError *error)
{
	const char *rest = request->path;

	while (*rest != '\0')
	{
		size_t		plain = strcspn(rest, "{");
		size_t		length;
		const Part *part;

		gmf_text_add_bytes(path, rest, plain);
		rest += plain;
		if (*rest == '\0')
			break;

		length = strcspn(rest, "}");
		part = find_part(request, GMF_IN_PATH, rest + 1, length - 1);
		if (part != NULL && for_people && part->secret)
			gmf_text_add(path, GMF_MASK);
		else if (part != NULL)
			gmf_text_add_encoded(path, part->value);
		else if (project_id != NULL && length == strlen("{project_id") &&
				 memcmp(rest, "{project_id", length) == 0)
			gmf_text_add_encoded(path, project_id);
		else if (for_people)
			gmf_text_add_bytes(path, rest, length + (rest[length] == '}'));
		else
			return gmf_error_set(error, GMF_INVALID, "{%.*s} in the path %s has no value",
								 (int) (length - 1), rest + 1, request->path);
		rest += length + (rest[length] == '}');
	}
	return !path->failed || no_memory(error);
}

static bool
write_query(const GmfRequest *request, bool for_people, GmfText *query)
{
	const Part **sorted = calloc(request->nparts + 1, sizeof(*sorted));
	int			count = 0;

	if (sorted == NULL)
		return false;
	for (int i = 0; i < request->nparts; i++)
		if (request->parts[i].location == GMF_IN_QUERY)
			sorted[count++] = &request->parts[i];
	qsort(sorted, count, sizeof(*sorted), compare_parts);

	for (int i = 0; i < count; i++)
	{
		if (i > 0)
			gmf_text_add(query, "&");
		gmf_text_add_encoded(query, sorted[i]->name);
		gmf_text_add(query, "=");
		if (for_people && sorted[i]->secret)
			gmf_text_add(query, GMF_MASK);
		else
			gmf_text_add_encoded(query, sorted[i]->value);
	}
	free(sorted);
	return !query->failed;
}

/* As signing wants it: by the plain name, then by the plain value. */
static int
compare_parts(const void *left, const void *right)
{
	const Part *l = *(const Part *const *) left;
	const Part *r = *(const Part *const *) right;
	int			order = strcmp(l->name, r->name);

	return order != 0 ? order : strcmp(l->value, r->value);
}

static bool
write_masked_body(const GmfRequest *request, GmfText *text)
{
	json_t	   *copy = json_deep_copy(request->body);
	bool		done = copy != NULL;
	char	   *body = NULL;

	for (int i = 0; done && i < request->nsecret_places; i++)
		done = gmf_body_mask(copy, request->secret_places[i]);
	if (done)
		body = gmf_body_text(copy);
	if (body != NULL)
		gmf_text_add(text, body);
	free(body);
	if (request->nsecret_places > 0)
		gmf_body_wipe(copy);
	json_decref(copy);
	return body != NULL;
}

static bool
no_memory(GmfError *error)
{
	return gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
}
