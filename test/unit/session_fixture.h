/*
 * session_fixture.h
 *		Sessions with a scripted server: for test_session.c, test_exchange.c and
 *		test_credentials.c.
 */
#ifndef SESSION_FIXTURE_H
#define SESSION_FIXTURE_H

#include <string.h>

#include "gmf_session.h"
#include "scripted_server.h"

/* cmocka before version 2 has one for all integers. */
#ifndef assert_uint_in_range
#define assert_uint_in_range(value, least, most) assert_in_range(value, least, most)
#endif

static inline GmfConfig
default_config(const Server *server)
{
	return (GmfConfig) {
		.server_name = "test",
		.endpoint = server->url,
		.connect_timeout = 5,
		.request_timeout = 10,
		.max_retries = 3,
		.max_connections = 8,
		.max_response_size = 64 * 1024 * 1024,
		.user_agent = "unit test",
	};
}

/* The default settings, with those of changes (NULL: none) that are not 0. */
static inline GmfSession *
open_session(const Server *server, const GmfConfig *changes)
{
	GmfConfig	config = default_config(server);
	GmfSession *session;
	GmfError	error;

#define CHANGE(member)	if (changes->member) config.member = changes->member
	if (changes != NULL)
	{
		CHANGE(region);
		CHANGE(project_id);
		CHANGE(project_name);
		CHANGE(connect_timeout);
		CHANGE(request_timeout);
		CHANGE(max_retries);
		CHANGE(max_connections);
		CHANGE(requests_per_second);
		CHANGE(max_response_size);
		CHANGE(proxy);
		CHANGE(credential);
		CHANGE(access_key);
		CHANGE(secret_key);
		CHANGE(security_token);
		CHANGE(token);
		CHANGE(user_name);
		CHANGE(password);
		CHANGE(domain_name);
		CHANGE(name_user);
		CHANGE(proxy_user);
		CHANGE(proxy_password);
		CHANGE(ca_file);
	}
#undef CHANGE
	session = gmf_session_open(&config, &error);
	if (session == NULL)
		fail_msg("%s", error.message);
	return session;
}

static inline void
put(GmfRequest *request, GmfLocation location, const char *name, const char *value)
{
	GmfInput	input = {.text = value};
	GmfError	error;

	if (!gmf_request_put(request, location, name, GMF_TEXT, GMF_TIME_NONE, false, &input, &error))
		fail_msg("%s", error.message);
}

/* GET may be sent again, all else not. */
static inline GmfExchange *
begin(GmfSession *session, const char *method, const char *path)
{
	GmfRequest *request = gmf_request_new("gaussdb", method, path, strcmp(method, "GET") == 0);
	GmfExchange *exchange = gmf_exchange_begin(session, request);

	assert_non_null(exchange);
	return exchange;
}

static inline void
finish(GmfSession *session, GmfExchange *exchange)
{
	while (!gmf_exchange_done(exchange))
		assert_true(gmf_session_wait(session));
}

/* ---- answers ---- */

#define OK_HEAD		"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define OK_2(body)	OK_HEAD "Content-Length: 2\r\n\r\n" body
#define EMPTY(line) "HTTP/1.1 " line "\r\nContent-Length: 0\r\n\r\n"

static inline void
always_ok(Server *server, const Received *received, Reply *reply)
{
	(void) server;
	(void) received;
	reply->text = OK_2("{}");
}

/* server->arg is an array of replies, the last of which is repeated. */
typedef struct Script
{
	const Reply *replies;
	int			count;
} Script;

static inline void
scripted(Server *server, const Received *received, Reply *reply)
{
	const Script *script = server->arg;

	*reply = script->replies[received->number < script->count ? received->number :
							 script->count - 1];
}

#define SCRIPT(...) \
	(Script) {(const Reply[]) {__VA_ARGS__}, \
		sizeof((const Reply[]) {__VA_ARGS__}) / sizeof(Reply)}

/* One request against one script; the caller frees all three. */
typedef struct Run
{
	Server	   *server;
	GmfSession *session;
	GmfExchange *exchange;
} Run;

static inline Run
run(const Script *script, const char *method, const GmfConfig *changes)
{
	Run			result;

	result.server = server_start(scripted, (void *) (uintptr_t) script);
	result.session = open_session(result.server, changes);
	result.exchange = begin(result.session, method, "/v3/things");
	finish(result.session, result.exchange);
	return result;
}

static inline void
end_run(Run *run)
{
	gmf_exchange_free(run->exchange);
	gmf_session_close(run->session);
	server_stop(run->server);
}

static inline void
expect_answer(const Run *run, int status, const char *body)
{
	const GmfError *error = gmf_exchange_error(run->exchange);
	size_t		length;

	if (error != NULL)
		fail_msg("%s: %s", gmf_error_kind_name(error->kind), error->message);
	assert_int_equal(gmf_exchange_status(run->exchange), status);
	assert_string_equal(gmf_exchange_body(run->exchange, &length), body);
	assert_int_equal(length, strlen(body));
}

static inline const GmfError *
expect_error(const Run *run, GmfErrorKind kind, int requests)
{
	const GmfError *error = gmf_exchange_error(run->exchange);

	assert_non_null(error);
	assert_string_equal(gmf_error_kind_name(error->kind), gmf_error_kind_name(kind));
	assert_int_equal(run->server->nreceived, requests);
	assert_true(strlen(error->message) > 0);
	return error;
}

#endif							/* SESSION_FIXTURE_H */
