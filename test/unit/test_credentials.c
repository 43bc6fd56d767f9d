/*
 * test_credentials.c
 *		Signatures on the wire, tokens and their renewal, the id of the project,
 *		against a scripted server that is IAM as well.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "gmf_sign.h"
#include "scripted_server.h"
#include "session_fixture.h"

#define OK_JSON(length, body) \
	"HTTP/1.1 200 OK\r\nContent-Length: " length "\r\n\r\n" body
#define USER		.credential = GMF_PASSWORD, .user_name = "someone", \
	.password = "pass\"word", .domain_name = "company"

/* What the cloud of a test does. */
typedef struct Cloud
{
	int			tokens;			/* given */
	int			valid_from;		/* tokens before this one are refused */
	const char *token_members;	/* of "token" in the body */
	const char *token_answer;	/* instead of a token */
	const char *projects;		/* body */
	const char *projects_answer;	/* instead of the list */
	const char *own_projects;	/* body of /v3/auth/projects; NULL: 403 */
	int			refuse_projects;	/* so many times with 401 */
	int			delay_ms;		/* of IAM */
	int			refusal_delay_ms;	/* of every other request that is refused */
	char		text[2][1000];
	int			next_text;
} Cloud;

static int
count(const Server *server, const char *method, const char *target)
{
	int			found = 0;

	for (int i = 0; i < server->nreceived; i++)
		if (strcmp(server->received[i].method, method) == 0 &&
			strncmp(server->received[i].target, target, strlen(target)) == 0)
			found++;
	return found;
}

static char *
cloud_text(Cloud *cloud)
{
	return cloud->text[cloud->next_text++ % 2];
}

static void
give_token(Cloud *cloud, Reply *reply)
{
	char		body[400];
	char	   *text = cloud_text(cloud);

	reply->delay_ms = cloud->delay_ms;
	if (cloud->token_answer != NULL)
	{
		reply->text = cloud->token_answer;
		return;
	}
	snprintf(body, sizeof(body), "{\"token\":{%s}}",
			 cloud->token_members == NULL ? "" : cloud->token_members);
	snprintf(text, sizeof(cloud->text[0]), "HTTP/1.1 201 Created\r\nx-subject-token: token-%d\r\n"
			 "Content-Length: %zu\r\n\r\n%s", ++cloud->tokens, strlen(body), body);
	reply->text = text;
}

static void
give_projects(Cloud *cloud, Reply *reply)
{
	char	   *text = cloud_text(cloud);

	reply->delay_ms = cloud->delay_ms;
	if (cloud->refuse_projects-- > 0)
		reply->text = "HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n";
	else if (cloud->projects_answer != NULL)
		reply->text = cloud->projects_answer;
	else
	{
		snprintf(text, sizeof(cloud->text[0]), "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%s",
				 strlen(cloud->projects), cloud->projects);
		reply->text = text;
	}
}

static void
give_own_projects(Cloud *cloud, Reply *reply)
{
	char	   *text = cloud_text(cloud);

	reply->text = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n";
	if (cloud->own_projects == NULL)
		return;
	snprintf(text, sizeof(cloud->text[0]), "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%s",
			 strlen(cloud->own_projects), cloud->own_projects);
	reply->text = text;
}

static void
cloud_answer(Server *server, const Received *received, Reply *reply)
{
	Cloud	   *cloud = server->arg;
	char		token[40];

	if (strncmp(received->target, "/v3/auth/tokens", 15) == 0)
	{
		give_token(cloud, reply);
		return;
	}
	if (strncmp(received->target, "/v3/projects", 12) == 0)
	{
		give_projects(cloud, reply);
		return;
	}
	if (strncmp(received->target, "/v3/auth/projects", 17) == 0)
	{
		give_own_projects(cloud, reply);
		return;
	}
	reply->text = OK_JSON("2", "{}");
	if (cloud->tokens == 0)
		return;
	reply->text = "HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n";
	reply->delay_ms = received->number % 2 * cloud->refusal_delay_ms;
	for (int i = cloud->valid_from; i <= cloud->tokens; i++)
	{
		snprintf(token, sizeof(token), "token-%d", i);
		if (received_header(received, "X-Auth-Token", token))
		{
			reply->text = OK_JSON("2", "{}");
			reply->delay_ms = 0;
		}
	}
}

static void
expect_ok(GmfSession *session, GmfExchange *exchange)
{
	finish(session, exchange);
	if (gmf_exchange_error(exchange) != NULL)
		fail_msg("%s: %s", gmf_exchange_error(exchange)->operation,
				 gmf_exchange_error(exchange)->message);
	gmf_exchange_free(exchange);
}

/* No secret in any of it. */
static void
expect_discreet(const GmfError *error)
{
	const char *const texts[] = {error->message, error->code, error->operation, error->host,
	error->request_id, error->hint};

	for (int i = 0; i < 6; i++)
	{
		assert_null(strstr(texts[i], "pass\"word"));
		assert_null(strstr(texts[i], "token-"));
		assert_null(strstr(texts[i], "SECRET"));
	}
}

/* ---- signatures and ready tokens ---- */

static const char *
header_value(const Received *received, const char *name, char *value, size_t size)
{
	char		wanted[60];
	const char *found;

	snprintf(wanted, sizeof(wanted), "\r\n%s: ", name);
	found = strcasestr(received->text, wanted);
	assert_non_null(found);
	snprintf(value, size, "%.*s", (int) strcspn(found + strlen(wanted), "\r"),
			 found + strlen(wanted));
	return value;
}

static void
signs_what_it_sends(void **state)
{
	static const char *const tokens[] = {NULL, "temporary"};
	Cloud		cloud = {0};

	(void) state;
	for (int i = 0; i < 2; i++)
	{
		Server	   *server = server_start(cloud_answer, &cloud);
		char		url[80];
		GmfConfig	config = default_config(server);
		GmfError	problem;
		GmfSession *session;
		GmfRequest *request = gmf_request_new("gaussdb", "POST", "/v3/{project_id}/x", false);
		const Received *received = &server->received[0];
		char		host[60];
		char		sent[400];
		char		date[GMF_SIGN_DATE_SIZE];
		char		sent_date[40];
		char	   *authorization;
		struct tm	utc = {0};
		GmfSignInput input = {.method = "POST", .path = "/gate/v3/p1/x", .query = "b=2%20",
			.content_type = "application/json", .body = "{\"n\":\"v\"}", .body_length = 9,
			.project_id = "p1", .access_key = "AK", .secret_key = "SECRET",
		.security_token = tokens[i]};

		snprintf(url, sizeof(url), "%s/gate", server->url);
		config.endpoint = url;
		config.credential = GMF_ACCESS_KEY;
		config.access_key = "AK";
		config.secret_key = "SECRET";
		config.security_token = tokens[i];
		config.project_id = "p1";
		session = gmf_session_open(&config, &problem);
		assert_non_null(session);
		put(request, GMF_IN_QUERY, "b", "2 ");
		put(request, GMF_IN_BODY, "n", "v");
		expect_ok(session, gmf_exchange_begin(session, request));

		assert_string_equal(received->target, "/gate/v3/p1/x?b=2%20");
		assert_string_equal(received->body, input.body);
		header_value(received, "Host", host, sizeof(host));
		input.host = host;
		header_value(received, "X-Sdk-Date", sent_date, sizeof(sent_date));
		assert_non_null(strptime(sent_date, "%Y%m%dT%H%M%SZ", &utc));
		input.now = timegm(&utc);
		assert_uint_in_range(input.now, time(NULL) - 30, time(NULL));
		assert_true(received_header(received, "X-Project-Id", "p1"));
		assert_int_equal(received_header(received, "X-Security-Token", "temporary"), i == 1);
		assert_int_equal(received_header(received, "X-Security-Token", NULL), i == 1);
		assert_false(received_header(received, "X-Auth-Token", NULL));
		assert_true(gmf_sign(&input, date, &authorization));
		assert_string_equal(header_value(received, "Authorization", sent, sizeof(sent)),
							authorization);
		free(authorization);

		/* The objects of IAM belong to no project. */
		expect_ok(session, gmf_exchange_begin(session, gmf_request_new("iam", "GET", "/v3/y",
																	   true)));
		assert_false(received_header(&server->received[1], "X-Project-Id", NULL));
		assert_true(received_header(&server->received[1], "Authorization", NULL));
		gmf_session_close(session);
		server_stop(server);
	}
}

static void
sends_a_ready_token(void **state)
{
	Cloud		cloud = {0};
	Server	   *server = server_start(cloud_answer, &cloud);
	GmfSession *session = open_session(server, &(GmfConfig) {.credential = GMF_TOKEN,
			.token = "given", .project_id = "p1"});

	(void) state;
	expect_ok(session, begin(session, "GET", "/v3/{project_id}/x"));
	assert_int_equal(server->nreceived, 1);
	assert_string_equal(server->received[0].target, "/v3/p1/x");
	assert_true(received_header(&server->received[0], "X-Auth-Token", "given"));
	assert_false(received_header(&server->received[0], "Authorization", NULL));
	gmf_session_close(session);
	server_stop(server);
}

/* ---- tokens for a password ---- */

static void
gets_one_token_for_all(void **state)
{
	Cloud		cloud = {.delay_ms = 30, .token_members =
	"\"issued_at\":\"2020-01-01T00:00:00.000000Z\",\"expires_at\":\"2020-01-02T00:00:00.000000Z\""};
	Server	   *server = server_start(cloud_answer, &cloud);
	GmfSession *session = open_session(server, &(GmfConfig) {USER, .project_id = "p1"});
	GmfExchange *exchanges[5];
	GmfCounters counters;

	(void) state;
	for (int i = 0; i < 5; i++)
		exchanges[i] = begin(session, "GET", "/v3/{project_id}/x");
	for (int i = 0; i < 5; i++)
		expect_ok(session, exchanges[i]);
	expect_ok(session, begin(session, "POST", "/v3/{project_id}/x"));

	assert_int_equal(server->nreceived, 7);
	assert_int_equal(cloud.tokens, 1);
	assert_string_equal(server->received[0].target, "/v3/auth/tokens?nocatalog=true");
	assert_string_equal(server->received[0].method, "POST");
	assert_string_equal(server->received[0].body,
						"{\"auth\":{\"identity\":{\"methods\":[\"password\"],"
						"\"password\":{\"user\":{\"name\":\"someone\","
						"\"password\":\"pass\\\"word\",\"domain\":{\"name\":"
						"\"company\"}}}},\"scope\":{\"project\":{\"id\":\"p1\"}}}}");
	assert_false(received_header(&server->received[0], "X-Auth-Token", NULL));
	for (int i = 1; i < 7; i++)
		assert_true(received_header(&server->received[i], "X-Auth-Token", "token-1"));
	gmf_session_counters(session, &counters);
	assert_int_equal(counters.requests, 7);
	assert_int_equal(counters.retries, 0);
	gmf_session_close(session);
	server_stop(server);
}

static void
scopes_the_token(void **state)
{
	static const struct
	{
		GmfConfig	config;
		const char *scope;
		const char *target;		/* NULL: the project stays unknown */
	}			cases[] = {
		{{.project_id = "p1", .region = "r", .project_name = "n", USER},
		"\"scope\":{\"project\":{\"id\":\"p1\"}}", "/v3/p1/x"},
		{{.region = "r", .project_name = "n", USER},
			"\"scope\":{\"project\":{\"name\":\"n\",\"domain\":{\"name\":\"company\"}}}",
		"/v3/told/x"},
		{{.region = "r", USER},
			"\"scope\":{\"project\":{\"name\":\"r\",\"domain\":{\"name\":\"company\"}}}",
		"/v3/told/x"},
		{{USER}, "\"scope\":{\"domain\":{\"name\":\"company\"}}", NULL},
	};

	(void) state;
	for (int i = 0; i < 4; i++)
	{
		Cloud		cloud = {.token_members = i < 3 ? "\"project\":{\"id\":\"told\"}" : "\"a\":1"};
		Server	   *server = server_start(cloud_answer, &cloud);
		GmfSession *session = open_session(server, &cases[i].config);

		expect_ok(session, begin(session, "GET",
								 cases[i].target != NULL ? "/v3/{project_id}/x" : "/v3/x"));
		assert_int_equal(server->nreceived, 2);
		assert_non_null(strstr(server->received[0].body, cases[i].scope));
		assert_string_equal(server->received[1].target,
							cases[i].target != NULL ? cases[i].target : "/v3/x");
		gmf_session_close(session);
		server_stop(server);
	}
}

static void
renews_a_refused_token_once(void **state)
{
	Cloud		cloud = {.token_members = "\"a\":1"};
	Server	   *server = server_start(cloud_answer, &cloud);
	GmfSession *session = open_session(server, &(GmfConfig) {USER, .project_id = "p1"});
	GmfExchange *exchanges[4];
	const GmfError *error;

	(void) state;
	expect_ok(session, begin(session, "GET", "/v3/x"));

	/*
	 * The first token is refused from now on.  Four requests carry it; that the last of
	 * them are refused after it was renewed says nothing about the new one.
	 */
	cloud.valid_from = 2;
	cloud.refusal_delay_ms = 100;
	for (int i = 0; i < 4; i++)
		exchanges[i] = begin(session, "GET", "/v3/x");
	for (int i = 0; i < 4; i++)
		expect_ok(session, exchanges[i]);
	assert_int_equal(cloud.tokens, 2);
	assert_int_equal(count(server, "GET", "/v3/x"), 1 + 4 + 4);

	/* Whatever token it gets, it is refused: one renewal, then an error. */
	cloud.valid_from = 1000;
	exchanges[0] = begin(session, "GET", "/v3/x");
	finish(session, exchanges[0]);
	error = gmf_exchange_error(exchanges[0]);
	assert_non_null(error);
	assert_int_equal(error->kind, GMF_UNAUTHENTICATED);
	assert_int_equal(error->http_status, 401);
	assert_int_equal(error->attempts, 2);
	expect_discreet(error);
	gmf_exchange_free(exchanges[0]);
	assert_int_equal(cloud.tokens, 3);

	/* The next one begins anew. */
	cloud.valid_from = 4;
	expect_ok(session, begin(session, "GET", "/v3/x"));
	assert_int_equal(cloud.tokens, 4);
	gmf_session_close(session);
	server_stop(server);
}

static void
does_not_repeat_an_action_for_a_new_token(void **state)
{
	Cloud		cloud = {.token_members = "\"a\":1"};
	Server	   *server = server_start(cloud_answer, &cloud);
	GmfSession *session = open_session(server, &(GmfConfig) {USER, .project_id = "p1"});
	GmfExchange *post;

	(void) state;
	expect_ok(session, begin(session, "GET", "/v3/x"));
	cloud.valid_from = 2;
	post = begin(session, "POST", "/v3/x");
	finish(session, post);
	assert_non_null(gmf_exchange_error(post));
	assert_int_equal(gmf_exchange_error(post)->kind, GMF_UNAUTHENTICATED);
	assert_false(gmf_exchange_error(post)->maybe_done);
	assert_int_equal(count(server, "POST", "/v3/x"), 1);
	gmf_exchange_free(post);

	/* But the refused token is not used again. */
	expect_ok(session, begin(session, "POST", "/v3/x"));
	assert_int_equal(cloud.tokens, 2);
	assert_int_equal(count(server, "POST", "/v3/x"), 2);
	gmf_session_close(session);
	server_stop(server);
}

static void
renews_a_token_before_it_expires(void **state)
{
	/* It lives for two seconds: used for one of them. */
	Cloud		cloud = {.token_members =
	"\"issued_at\":\"2020-01-01T00:00:00.000000Z\",\"expires_at\":\"2020-01-01T00:00:02.000000Z\""};
	Server	   *server = server_start(cloud_answer, &cloud);
	GmfSession *session = open_session(server, &(GmfConfig) {USER, .project_id = "p1"});

	(void) state;
	expect_ok(session, begin(session, "GET", "/v3/x"));
	expect_ok(session, begin(session, "GET", "/v3/x"));
	assert_int_equal(cloud.tokens, 1);
	usleep(1100000);
	expect_ok(session, begin(session, "GET", "/v3/x"));
	assert_int_equal(cloud.tokens, 2);
	assert_int_equal(server->nreceived, 5);
	assert_true(received_header(&server->received[4], "X-Auth-Token", "token-2"));
	gmf_session_close(session);
	server_stop(server);
}

/* By our clock it expired years ago; by IAM's it has a day to go. */
static void
trusts_the_clock_of_iam(void **state)
{
	Cloud		with = {.token_members =
	"\"issued_at\":\"2020-01-01T00:00:00.000000Z\",\"expires_at\":\"2020-01-02T00:00:00.000000Z\""};
	Cloud		without = {.token_members = "\"expires_at\":\"2020-01-02T00:00:00.000000Z\""};
	Cloud	   *const clouds[] = {&with, &without};

	(void) state;
	for (int i = 0; i < 2; i++)
	{
		Server	   *server = server_start(cloud_answer, clouds[i]);
		GmfSession *session = open_session(server, &(GmfConfig) {USER, .project_id = "p1"});

		for (int j = 0; j < 3; j++)
			expect_ok(session, begin(session, "GET", "/v3/x"));
		assert_int_equal(clouds[i]->tokens, 1);
		gmf_session_close(session);
		server_stop(server);
	}
}

static void
reports_that_there_is_no_token(void **state)
{
	static const struct
	{
		const char *answer;
		GmfErrorKind kind;
		int			requests;	/* for the token */
	}			cases[] = {
		{"HTTP/1.1 401 Who\r\nContent-Length: 69\r\n\r\n"
			"{\"error\":{\"code\":401,\"message\":\"The username or password is wrong.\"}}",
			GMF_UNAUTHENTICATED, 1},
		{"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", GMF_REJECTED, 1},
		{"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}", GMF_MALFORMED, 1},
		{"HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n", GMF_UNAVAILABLE, 4},
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		Cloud		cloud = {.token_answer = cases[i].answer, .delay_ms = 20};
		Server	   *server = server_start(cloud_answer, &cloud);
		GmfSession *session = open_session(server, &(GmfConfig) {USER, .project_id = "p1"});
		GmfExchange *both[2] = {begin(session, "GET", "/v3/x"), begin(session, "POST", "/v3/x")};

		for (int j = 0; j < 2; j++)
		{
			const GmfError *error;

			finish(session, both[j]);
			error = gmf_exchange_error(both[j]);
			assert_non_null(error);
			assert_string_equal(gmf_error_kind_name(error->kind),
								gmf_error_kind_name(cases[i].kind));
			assert_string_equal(error->operation, "POST /v3/auth/tokens");
			assert_false(error->maybe_done);
			assert_false(gmf_exchange_sent(both[j]));
			expect_discreet(error);
			gmf_exchange_free(both[j]);
		}
		assert_int_equal(server->nreceived, cases[i].requests);

		/* IAM is well again, and so is the session. */
		cloud.token_answer = NULL;
		expect_ok(session, begin(session, "GET", "/v3/x"));
		gmf_session_close(session);
		server_stop(server);
	}
}

/* ---- the project ---- */

#define PROJECTS \
	"{\"projects\":[{\"id\":\"wrong\",\"name\":\"r 1x\"},{\"name\":\"r 1\",\"id\":\"right\"}]}"

static void
finds_the_project_once(void **state)
{
	static const GmfConfig configs[] = {
		{.credential = GMF_ACCESS_KEY, .access_key = "AK", .secret_key = "SECRET",
		.region = "r 1"},
		{.credential = GMF_TOKEN, .token = "given", .region = "x", .project_name = "r 1"},
		{.region = "r 1", USER},
	};

	(void) state;
	for (int i = 0; i < 3; i++)
	{
		Cloud		cloud = {.projects = PROJECTS, .delay_ms = 20};
		Server	   *server = server_start(cloud_answer, &cloud);
		GmfSession *session = open_session(server, &configs[i]);
		GmfExchange *exchanges[4];

		/* This one needs no project and does not wait for it. */
		expect_ok(session, begin(session, "GET", "/v3/none"));
		assert_int_equal(count(server, "GET", "/v3/projects"), 0);
		for (int j = 0; j < 4; j++)
			exchanges[j] = begin(session, "GET", "/v3/{project_id}/x");
		for (int j = 0; j < 4; j++)
			expect_ok(session, exchanges[j]);
		expect_ok(session, begin(session, "GET", "/v3/{project_id}/x"));
		assert_int_equal(count(server, "GET", "/v3/projects?name=r%201"), 1);
		assert_int_equal(count(server, "GET", "/v3/right/x"), 5);
		for (int j = 0; j < server->nreceived; j++)
			assert_int_equal(received_header(&server->received[j], "X-Project-Id", "right"),
							 i == 0 && strncmp(server->received[j].target, "/v3/right", 9) == 0);
		gmf_session_close(session);
		server_stop(server);
	}
}

static void
reports_that_there_is_no_project(void **state)
{
	static const struct
	{
		Cloud		cloud;
		GmfErrorKind kind;
		bool		asks_for_own;
	}			cases[] = {
		{{.projects = "{\"projects\":[]}"}, GMF_REJECTED},
		{{.projects = "{\"projects\":[{\"name\":\"other\",\"id\":\"x\"}]}"}, GMF_REJECTED},
		{{.projects = "{\"projects\":[{\"name\":\"r 1\",\"id\":17}]}"}, GMF_MALFORMED},
		{{.projects = "{\"projects\":[{\"name\":\"r 1\",\"id\":\"a\\r\\nX-Evil: b\"}]}"},
		GMF_MALFORMED},
		/* It would be a segment of paths that leads elsewhere. */
		{{.projects = "{\"projects\":[{\"name\":\"r 1\",\"id\":\"..\"}]}"}, GMF_MALFORMED},
		{{.projects = "{\"projects\":[{\"name\":\"r 1\",\"id\":\"a/b\"}]}"}, GMF_MALFORMED},
		{{.projects = "{\"projects\":[{\"name\":\"r 1\",\"id\":\"..;\"}]}"}, GMF_MALFORMED},
		{{.projects = "{\"projects\":[{\"name\":\"r 1\",\"id\":\"a\\u0000b\"}]}"}, GMF_MALFORMED},
		{{.projects = "{\"projects\":\"none\"}"}, GMF_MALFORMED},
		{{.projects = "<html>"}, GMF_MALFORMED},
		/* A name is one within a domain. */
		{{.projects = "{\"projects\":[{\"name\":\"r 1\",\"id\":\"a\"},"
		"{\"name\":\"r 1\",\"id\":\"b\"}]}"}, GMF_REJECTED},
		{{.projects_answer = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"}, GMF_FORBIDDEN, true},
		{{.projects_answer = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n",
		.own_projects = "{\"projects\":[{\"name\":\"other\",\"id\":\"x\"}]}"}, GMF_REJECTED, true},
		{{.projects_answer = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n",
		.own_projects = "{\"projects\":[{\"name\":\"r 1\",\"id\":\"../x\"}]}"},
		GMF_MALFORMED, true},

		/* Not found must not look like an object that is not there. */
		{{.projects_answer = "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"}, GMF_FORBIDDEN, true},
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		Cloud		cloud = cases[i].cloud;
		Server	   *server = server_start(cloud_answer, &cloud);
		GmfSession *session = open_session(server, &(GmfConfig) {.credential = GMF_ACCESS_KEY,
				.access_key = "AK", .secret_key = "SECRET", .region = "r 1"});
		GmfExchange *exchange = begin(session, "GET", "/v3/{project_id}/x");
		const GmfError *error;

		finish(session, exchange);
		error = gmf_exchange_error(exchange);
		assert_non_null(error);
		assert_string_equal(gmf_error_kind_name(error->kind), gmf_error_kind_name(cases[i].kind));
		assert_string_equal(error->operation, cases[i].asks_for_own ? "GET /v3/auth/projects" :
							"GET /v3/projects");
		gmf_exchange_free(exchange);
		assert_int_equal(server->nreceived, cases[i].asks_for_own ? 2 : 1);

		cloud.projects = PROJECTS;
		cloud.projects_answer = NULL;
		expect_ok(session, begin(session, "GET", "/v3/{project_id}/x"));
		assert_string_equal(server->received[cases[i].asks_for_own ? 3 : 2].target,
							"/v3/right/x");
		gmf_session_close(session);
		server_stop(server);
	}
}

/* Who may not list the projects of the domain has some of his own. */
static void
finds_its_own_projects(void **state)
{
	Cloud		cloud = {.projects_answer = "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n",
	.own_projects = PROJECTS};
	Server	   *server = server_start(cloud_answer, &cloud);
	GmfSession *session = open_session(server, &(GmfConfig) {.credential = GMF_ACCESS_KEY,
			.access_key = "AK", .secret_key = "SECRET", .region = "r 1", .max_connections = 1});
	GmfExchange *exchanges[3];

	(void) state;
	for (int i = 0; i < 3; i++)
		exchanges[i] = begin(session, i == 1 ? "POST" : "GET", "/v3/{project_id}/x");
	for (int i = 0; i < 3; i++)
		expect_ok(session, exchanges[i]);
	assert_int_equal(server->nreceived, 5);
	assert_string_equal(server->received[0].target, "/v3/projects?name=r%201");
	assert_string_equal(server->received[1].target, "/v3/auth/projects");
	for (int i = 2; i < 5; i++)
		assert_string_equal(server->received[i].target, "/v3/right/x");
	gmf_session_close(session);
	server_stop(server);
}

/* What to look at: for signatures the clock (which the kind says), else who and where. */
static void
hints_at_what_was_refused(void **state)
{
	static const struct
	{
		GmfConfig	config;
		const char *named[3];	/* in the hint */
		const char *not_named;
	}			cases[] = {
		{{.project_id = "p1", .credential = GMF_ACCESS_KEY, .access_key = "AK",
		.secret_key = "SECRET"}, {NULL}, "AK"},
		{{.project_id = "p1", .credential = GMF_TOKEN, .token = "token-0"}, {"token", "\"p1\""},
		"clock"},
		{{.project_name = "n", .name_user = true, USER}, {"\"someone\"", "\"company\"", "\"n\""},
		"clock"},
		/* By the mapping for PUBLIC: nobody may see who it is. */
		{{.project_name = "n", USER}, {"user_name", "domain_name", "\"n\""}, "someone"},
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		Cloud		cloud = {.tokens = 1, .valid_from = 1000,
		.token_answer = "HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n"};
		Server	   *server = server_start(cloud_answer, &cloud);
		GmfSession *session = open_session(server, &cases[i].config);
		GmfExchange *exchange = begin(session, "GET", "/v3/x");
		const GmfError *error;

		finish(session, exchange);
		error = gmf_exchange_error(exchange);
		assert_non_null(error);
		assert_int_equal(error->kind, GMF_UNAUTHENTICATED);
		for (int j = 0; j < 3 && cases[i].named[j] != NULL; j++)
			if (strstr(error->hint, cases[i].named[j]) == NULL)
				fail_msg("\"%s\" does not name %s", error->hint, cases[i].named[j]);
		assert_null(strstr(error->hint, cases[i].not_named));
		assert_int_equal(error->hint[0] == '\0', cases[i].named[0] == NULL);
		expect_discreet(error);
		gmf_exchange_free(exchange);
		gmf_session_close(session);
		server_stop(server);
	}
}

static bool
must_not_wait(void *arg, int fd)
{
	(void) arg;
	(void) fd;
	fail_msg("there is something to look at already");
	return false;
}

static void
needs_a_name_to_find_the_project(void **state)
{
	Cloud		cloud = {.projects = PROJECTS, .delay_ms = 1000};
	Server	   *server = server_start(cloud_answer, &cloud);
	GmfSession *session = open_session(server, &(GmfConfig) {.credential = GMF_TOKEN,
			.token = "given"});
	GmfExchange *slow = gmf_exchange_begin(session, gmf_request_new("iam", "GET", "/v3/projects",
																	true));
	GmfExchange *exchange = begin(session, "GET", "/v3/{project_id}/x");

	(void) state;
	assert_true(gmf_exchange_done(exchange));
	assert_int_equal(gmf_exchange_error(exchange)->kind, GMF_INVALID);
	assert_string_equal(gmf_exchange_error(exchange)->operation, "GET /v3/{project_id}/x");
	gmf_exchange_free(exchange);

	/* It ended at once; who waits for any to end does not wait for the others. */
	gmf_session_set_wait(session, must_not_wait, NULL);
	assert_true(gmf_session_wait(session));
	assert_false(gmf_exchange_done(slow));
	gmf_exchange_free(slow);
	gmf_session_close(session);
	server_stop(server);
}

/* A token that is refused while the project is asked for is renewed there, too. */
static void
renews_the_token_for_the_project(void **state)
{
	Cloud		cloud = {.projects = PROJECTS, .refuse_projects = 1};
	Server	   *server = server_start(cloud_answer, &cloud);
	GmfSession *session = open_session(server, &(GmfConfig) {USER, .region = "r 1",
			.max_connections = 1});

	(void) state;
	expect_ok(session, begin(session, "GET", "/v3/{project_id}/x"));
	assert_int_equal(cloud.tokens, 2);
	assert_int_equal(count(server, "GET", "/v3/projects"), 2);
	assert_true(received_header(&server->received[server->nreceived - 1], "X-Auth-Token",
								"token-2"));
	gmf_session_close(session);
	server_stop(server);
}

static void
closes_while_iam_is_asked(void **state)
{
	Cloud		cloud = {.delay_ms = 3000};
	Server	   *server = server_start(cloud_answer, &cloud);
	GmfSession *session = open_session(server, &(GmfConfig) {USER, .project_id = "p1"});
	GmfExchange *exchange = begin(session, "GET", "/v3/x");

	(void) state;
	for (int i = 0; i < 20; i++)
	{
		gmf_session_step(session);
		usleep(2000);
	}
	assert_int_equal(server->nreceived, 1);
	assert_false(gmf_exchange_done(exchange));
	gmf_exchange_free(exchange);
	gmf_session_close(session);
	server_stop(server);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs_what_it_sends),
		cmocka_unit_test(sends_a_ready_token),
		cmocka_unit_test(gets_one_token_for_all),
		cmocka_unit_test(scopes_the_token),
		cmocka_unit_test(renews_a_refused_token_once),
		cmocka_unit_test(does_not_repeat_an_action_for_a_new_token),
		cmocka_unit_test(renews_a_token_before_it_expires),
		cmocka_unit_test(trusts_the_clock_of_iam),
		cmocka_unit_test(reports_that_there_is_no_token),
		cmocka_unit_test(finds_the_project_once),
		cmocka_unit_test(reports_that_there_is_no_project),
		cmocka_unit_test(finds_its_own_projects),
		cmocka_unit_test(hints_at_what_was_refused),
		cmocka_unit_test(needs_a_name_to_find_the_project),
		cmocka_unit_test(renews_the_token_for_the_project),
		cmocka_unit_test(closes_while_iam_is_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
