/*
 * credentials.c
 *		Who we are: signatures, tokens, and the id of the project.
 *
 * A token (from user name and password) and a project id (from its name) are fetched from
 * IAM when the first exchange needs them, once for all that wait.  If that fails,
 * all of them fail with it, and the next exchange begins anew.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "gmf_convert.h"
#include "gmf_sign.h"
#include "session_internal.h"

#define IAM_SERVICE		"iam"
#define ALL_PROJECTS	"/v3/projects"
#define OWN_PROJECTS	"/v3/auth/projects"
#define RENEW_BEFORE_US	INT64_C(300000000)

static bool have_token(const GmfSession *session);
static bool fetch_token(GmfSession *session, GmfExchange *exchange);
static bool fetch_project(GmfSession *session, GmfExchange *exchange);
static GmfRequest *token_request(const GmfConfig *config, GmfError *error);
static bool begin_project(GmfSession *session, const char *path, GmfError *error);
static bool try_own_projects(GmfSession *session, const GmfExchange *exchange);
static GmfRequest *project_request(const char *path, const char *name, GmfError *error);
static const char *project_to_find(const GmfConfig *config);
static void take_token(GmfSession *session, GmfExchange *exchange);
static void take_project(GmfSession *session, GmfExchange *exchange);
static bool find_project(json_t *projects, const char *name, const json_t **found);
static bool keep_project(GmfSession *session, const json_t *id, GmfError *error);
static json_t *parse_body(const GmfExchange *exchange);
static int64_t token_lifetime(const json_t *token);
static bool json_time(const json_t *value, int64_t *microseconds);
static bool sign_attempt(GmfSession *session, GmfExchange *exchange, const GmfBase *base,
						 const char *path, const char *query, struct curl_slist **headers);

bool
gmf_credentials_ready(GmfSession *session, GmfExchange *exchange)
{
	exchange->waits_for = GMF_SUPPLY_NONE;
	if (exchange->fetches != GMF_SUPPLY_TOKEN &&
		session->config.credential == GMF_PASSWORD && !have_token(session))
		return fetch_token(session, exchange);
	if (session->project_id == NULL && gmf_request_needs_project(exchange->request))
		return fetch_project(session, exchange);
	return true;
}

void
gmf_credentials_arrived(GmfSession *session, GmfExchange *exchange)
{
	GmfError   *error = &exchange->error;

	if (exchange->fetches == GMF_SUPPLY_TOKEN)
	{
		session->fetching_token = NULL;
		if (error->kind == GMF_OK)
			take_token(session, exchange);
	}
	else
	{
		session->fetching_project = NULL;
		if (error->kind == GMF_OK)
			take_project(session, exchange);
		else if (try_own_projects(session, exchange))
			return;
	}
	if (error->kind == GMF_OK)
		return;

	/* Not found is no rows where an object was asked for; here nobody asked for one. */
	if (error->kind == GMF_NOT_FOUND)
		error->kind = GMF_REJECTED;
	error->maybe_done = false;
	for (GmfExchange *other = session->exchanges; other != NULL; other = other->next)
	{
		if (other->state != GMF_EXCHANGE_QUEUED || other->waits_for != exchange->fetches)
			continue;
		other->error = *error;
		gmf_exchange_finish(other);
		other->error.attempts = error->attempts;
	}
}

void
gmf_credentials_refused(GmfSession *session, const GmfExchange *exchange)
{
	if (exchange->token_number != session->token.number)
		return;
	gmf_wipe_string(session->token.text);
	session->token.text = NULL;
}

void
gmf_credentials_hint(const GmfSession *session, GmfExchange *exchange)
{
	const GmfConfig *config = &session->config;
	const char *project = config->project_id != NULL ? config->project_id :
		project_to_find(config);
	char		text[2 * sizeof(exchange->error.hint)] = "";
	char		whose[sizeof(exchange->error.hint)] = "";

	if (config->name_user && config->credential == GMF_PASSWORD)
		snprintf(whose, sizeof(whose), " (here \"%s\" and \"%s\")", config->user_name,
				 config->domain_name);
	if (config->credential == GMF_TOKEN)
		snprintf(text, sizeof(text),
				 "The token of the user mapping has expired or was revoked, or it is not for "
				 "project \"%s\".", project == NULL ? "" : project);
	else if (config->credential == GMF_PASSWORD)
		snprintf(text, sizeof(text),
				 "Check \"user_name\" and \"domain_name\"%s and the password of the user mapping, "
				 "and whether the user may use project \"%s\".", whose,
				 project == NULL ? "" : project);
	gmf_error_text(exchange->error.hint, sizeof(exchange->error.hint), text, -1);
}

bool
gmf_credentials_headers(GmfSession *session, GmfExchange *exchange, const GmfBase *base,
						const char *path, const char *query, struct curl_slist **headers)
{
	switch (session->config.credential)
	{
		case GMF_ACCESS_KEY:
			return sign_attempt(session, exchange, base, path, query, headers);
		case GMF_TOKEN:
			return gmf_header_add(headers, "X-Auth-Token", session->config.token);
		case GMF_PASSWORD:
			return exchange->fetches == GMF_SUPPLY_TOKEN ||
				gmf_header_add(headers, "X-Auth-Token", session->token.text);
		case GMF_NO_CREDENTIAL:
			break;
	}
	return true;
}

static bool
have_token(const GmfSession *session)
{
	return session->token.text != NULL && gmf_now() < session->token.renew_at;
}

/* Always false: the exchange has to wait, or has an error. */
static bool
fetch_token(GmfSession *session, GmfExchange *exchange)
{
	exchange->waits_for = GMF_SUPPLY_TOKEN;
	if (session->fetching_token == NULL)
	{
		GmfRequest *request = token_request(&session->config, &exchange->error);

		if (request == NULL)
			return false;
		session->fetching_token = gmf_exchange_begin_own(session, request, GMF_SUPPLY_TOKEN);
		if (session->fetching_token == NULL)
			gmf_error_set(&exchange->error, GMF_NO_MEMORY, "out of memory");
	}
	return false;
}

static bool
fetch_project(GmfSession *session, GmfExchange *exchange)
{
	const char *name = project_to_find(&session->config);

	exchange->waits_for = GMF_SUPPLY_PROJECT;
	if (name == NULL)
		return gmf_error_set(&exchange->error, GMF_INVALID,
							 "the project is not known: set \"project_id\", \"project_name\" or "
							 "\"region\"");
	if (session->fetching_project == NULL)
		begin_project(session, ALL_PROJECTS, &exchange->error);
	return false;
}

static bool
begin_project(GmfSession *session, const char *path, GmfError *error)
{
	GmfRequest *request = project_request(path, project_to_find(&session->config), error);

	if (request == NULL)
		return false;
	session->fetching_project = gmf_exchange_begin_own(session, request, GMF_SUPPLY_PROJECT);
	return session->fetching_project != NULL ||
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
}

/* Who may not list the projects of his domain may ask for those that he has a role in. */
static bool
try_own_projects(GmfSession *session, const GmfExchange *exchange)
{
	GmfError	ignored;

	return (exchange->error.kind == GMF_FORBIDDEN || exchange->error.kind == GMF_NOT_FOUND) &&
		exchange->error.http_status != 0 &&
		strcmp(gmf_request_path(exchange->request), ALL_PROJECTS) == 0 &&
		begin_project(session, OWN_PROJECTS, &ignored);
}

static GmfRequest *
token_request(const GmfConfig *config, GmfError *error)
{
	const char *project = project_to_find(config);
	const struct
	{
		const char *place;
		const char *value;		/* NULL: left out */
		bool		secret;
	}			members[] = {
		{"auth.identity.password.user.name", config->user_name, true},
		{"auth.identity.password.user.password", config->password, true},
		{"auth.identity.password.user.domain.name", config->domain_name, false},
		{"auth.scope.project.id", config->project_id, false},
		/* A name is one within a domain. */
		{"auth.scope.project.name", config->project_id == NULL ? project : NULL, false},
		{"auth.scope.project.domain.name",
			config->project_id == NULL && project != NULL ? config->domain_name : NULL, false},
		{"auth.scope.domain.name",
			config->project_id == NULL && project == NULL ? config->domain_name : NULL, false},
	};
	GmfRequest *request = gmf_request_new(IAM_SERVICE, "POST", "/v3/auth/tokens", true);
	bool		done;

	if (request == NULL)
	{
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
		return NULL;
	}
	/* The list of all services that exist is not needed, and long. */
	done = gmf_request_put_constant(request, GMF_IN_QUERY, "nocatalog", "true", error) &&
		gmf_request_put_constant(request, GMF_IN_BODY, "auth.identity.methods",
								 "[\"password\"]", error);
	for (size_t i = 0; done && i < sizeof(members) / sizeof(members[0]); i++)
	{
		GmfInput	input = {.text = members[i].value};

		done = gmf_request_put(request, GMF_IN_BODY, members[i].place, GMF_TEXT,
							   GMF_TIME_NONE, members[i].secret, &input, error);
	}
	if (done)
		return request;
	gmf_request_free(request);
	return NULL;
}

static GmfRequest *
project_request(const char *path, const char *name, GmfError *error)
{
	GmfRequest *request = gmf_request_new(IAM_SERVICE, "GET", path, true);

	if (request == NULL)
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
	else if (strcmp(path, ALL_PROJECTS) == 0 &&
			 !gmf_request_put_constant(request, GMF_IN_QUERY, "name", name, error))
	{
		gmf_request_free(request);
		request = NULL;
	}
	return request;
}

/* The default project of a region has its name. */
static const char *
project_to_find(const GmfConfig *config)
{
	return config->project_name != NULL ? config->project_name : config->region;
}

static void
take_token(GmfSession *session, GmfExchange *exchange)
{
	size_t		length = 0;
	const char *text = gmf_header_find(exchange->reply.headers.data, "X-Subject-Token",
									   &length);
	char	   *copy = NULL;
	json_t	   *body;
	const json_t *token;
	const json_t *project;
	int64_t		lifetime;

	if (text == NULL || length == 0)
	{
		gmf_error_set(&exchange->error, GMF_MALFORMED, "IAM answered without a token");
		return;
	}
	copy = strndup(text, length);
	body = parse_body(exchange);
	token = json_object_get(body, "token");
	project = json_object_get(json_object_get(token, "project"), "id");
	lifetime = token_lifetime(token);

	gmf_wipe_string(session->token.text);
	session->token.text = copy;
	session->token.number++;
	session->token.renew_at = INT64_MAX;
	if (lifetime > 0)
	{
		/* A token that does not live long is used for half of its life at least. */
		int64_t		before = lifetime < 2 * RENEW_BEFORE_US ? lifetime / 2 : RENEW_BEFORE_US;

		session->token.renew_at = gmf_now() + lifetime - before;
	}
	if (copy == NULL)
		gmf_error_set(&exchange->error, GMF_NO_MEMORY, "out of memory");
	else if (session->project_id == NULL && project != NULL)
	{
		/* If it is not usable, it is asked for when it is needed. */
		GmfError	ignored;

		(void) keep_project(session, project, &ignored);
	}
	json_decref(body);
}

static void
take_project(GmfSession *session, GmfExchange *exchange)
{
	const char *name = project_to_find(&session->config);
	json_t	   *body = parse_body(exchange);
	json_t	   *projects = json_object_get(body, "projects");
	const json_t *found = NULL;

	if (!json_is_array(projects))
		gmf_error_set(&exchange->error, GMF_MALFORMED,
					  "the answer of IAM is not a list of projects");
	else if (!find_project(projects, name, &found))
		gmf_error_set(&exchange->error, GMF_REJECTED,
					  "there is more than one project named \"%s\" that this user can see; set "
					  "\"project_id\"", name);
	else if (found == NULL)
		gmf_error_set(&exchange->error, GMF_REJECTED,
					  "there is no project named \"%s\" that this user can see; set "
					  "\"project_id\" or \"project_name\"", name);
	else
		keep_project(session, found, &exchange->error);
	json_decref(body);
}

/* False: there are several of that name, in different domains. */
static bool
find_project(json_t *projects, const char *name, const json_t **found)
{
	json_t	   *project;
	size_t		i;

	json_array_foreach(projects, i, project)
	{
		const char *its_name = json_string_value(json_object_get(project, "name"));
		const json_t *id = json_object_get(project, "id");

		if (its_name == NULL || strcmp(its_name, name) != 0)
			continue;
		if (*found != NULL && !json_equal(*found, id))
			return false;
		*found = id;
	}
	return true;
}

/* The id goes into paths and headers. */
static bool
keep_project(GmfSession *session, const json_t *id, GmfError *error)
{
	const char *text = json_string_value(id);

	if (text == NULL)
		return gmf_error_set(error, GMF_MALFORMED, "IAM gave a project without an id");
	if (strlen(text) != json_string_length(id) || !gmf_is_plain_id(text))
		return gmf_error_set(error, GMF_MALFORMED,
							 "IAM gave a project with \"%s\" as its id, which is none", text);

	session->project_id = strdup(text);
	return session->project_id != NULL ||
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
}

/* NULL if it is not JSON. */
static json_t *
parse_body(const GmfExchange *exchange)
{
	size_t		length;
	const char *body = gmf_exchange_body(exchange, &length);

	return json_loadb(body, length, 0, NULL);
}

/*
 * By IAM's own clock where it says when the token was made: ours may be wrong.
 * In microseconds; not above 0: not known, the token is good until it is refused.
 */
static int64_t
token_lifetime(const json_t *token)
{
	int64_t		expires;
	int64_t		issued;

	if (!json_time(json_object_get(token, "expires_at"), &expires))
		return 0;
	if (!json_time(json_object_get(token, "issued_at"), &issued))
		issued = (int64_t) time(NULL) * 1000000;
	return expires - issued;
}

static bool
json_time(const json_t *value, int64_t *microseconds)
{
	return json_is_string(value) &&
		gmf_read_time(json_string_value(value), json_string_length(value), microseconds);
}

/*
 * As Huawei's SDKs do, the project goes along in a header; not to IAM, whose
 * objects belong to no project.
 */
static bool
sign_attempt(GmfSession *session, GmfExchange *exchange, const GmfBase *base,
			 const char *path, const char *query, struct curl_slist **headers)
{
	const GmfConfig *config = &session->config;
	const char *body = gmf_request_body(exchange->request);
	GmfText		whole_path = {0};
	char		date[GMF_SIGN_DATE_SIZE];
	char	   *authorization = NULL;
	bool		done = false;
	GmfSignInput input = {
		.method = gmf_request_method(exchange->request),
		.host = base->host,
		.query = query,
		.content_type = "application/json",
		.body = body,
		.body_length = body == NULL ? 0 : strlen(body),
		.project_id = strcmp(base->service, IAM_SERVICE) == 0 ? NULL : session->project_id,
		.access_key = config->access_key,
		.secret_key = config->secret_key,
		.security_token = config->security_token,
		.now = time(NULL),
	};

	gmf_text_add(&whole_path, base->prefix);
	gmf_text_add(&whole_path, path);
	input.path = whole_path.data;
	if (!whole_path.failed && gmf_sign(&input, date, &authorization))
		done = gmf_header_add(headers, "X-Sdk-Date", date) &&
			(input.project_id == NULL ||
			 gmf_header_add(headers, "X-Project-Id", input.project_id)) &&
			(input.security_token == NULL ||
			 gmf_header_add(headers, "X-Security-Token", input.security_token)) &&
			gmf_header_add(headers, "Authorization", authorization);
	gmf_wipe_string(authorization);
	gmf_text_clear(&whole_path);
	return done;
}
