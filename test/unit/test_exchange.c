/*
 * test_exchange.c
 *		Retries, what is never retried, and answers that are not as they should be,
 *		against a scripted server.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <ifaddrs.h>

#include "scripted_server.h"
#include "session_fixture.h"

/* ---- retries ---- */

static void
retries_what_is_unavailable(void **state)
{
	static const char *const refusals[] = {
		EMPTY("429 Too Many"), EMPTY("502 Bad"), EMPTY("503 Unavailable"), EMPTY("504 Late"),
	};

	(void) state;
	for (size_t i = 0; i < 4; i++)
	{
		Script		script = SCRIPT({.text = refusals[i]}, {.text = OK_2("{}")});
		Run			get = run(&script, "GET", NULL);
		GmfCounters counters;

		expect_answer(&get, 200, "{}");
		assert_int_equal(gmf_exchange_attempts(get.exchange), 2);
		gmf_session_counters(get.session, &counters);
		assert_int_equal(counters.retries, 1);
		assert_int_equal(counters.requests, 2);
		end_run(&get);
	}
}

static void
does_not_retry_what_is_wrong(void **state)
{
	static const struct
	{
		const char *answer;
		GmfErrorKind kind;
	}			cases[] = {
		{EMPTY("400 Bad"), GMF_REJECTED}, {EMPTY("401 Who"), GMF_UNAUTHENTICATED},
		{EMPTY("403 No"), GMF_FORBIDDEN}, {EMPTY("404 None"), GMF_NOT_FOUND},
		{EMPTY("409 Busy"), GMF_CONFLICT}, {EMPTY("500 Oops"), GMF_UNAVAILABLE},
		{EMPTY("501 What"), GMF_UNAVAILABLE},
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		Script		script = SCRIPT({.text = cases[i].answer});
		Run			get = run(&script, "GET", NULL);
		const GmfError *error = expect_error(&get, cases[i].kind, 1);

		assert_int_equal(error->http_status, atoi(cases[i].answer + 9));
		assert_int_equal(error->attempts, 1);
		assert_false(error->maybe_done);
		assert_string_equal(error->operation, "GET /v3/things");
		end_run(&get);
	}
}

static void
gives_up_after_max_retries(void **state)
{
	Script		script = SCRIPT({.text = "HTTP/1.1 503 Unavailable\r\nX-Request-Id: r-42\r\n"
		"Content-Length: 45\r\n\r\n{\"error_code\":\"DBS.1\",\"error_msg\":\"too busy\"}"});
	Run			get = run(&script, "GET", &(GmfConfig) {.max_retries = 2});
	const GmfError *error = expect_error(&get, GMF_UNAVAILABLE, 3);
	char		host[40];

	(void) state;
	snprintf(host, sizeof(host), "127.0.0.1:%d", get.server->port);
	assert_int_equal(error->attempts, 3);
	assert_string_equal(error->code, "DBS.1");
	assert_string_equal(error->message, "too busy");
	assert_string_equal(error->request_id, "r-42");
	assert_string_equal(error->host, host);
	end_run(&get);
}

static void
waits_as_long_as_the_server_asks(void **state)
{
	Script		seconds = SCRIPT({.text = "HTTP/1.1 429 Slow\r\nRetry-After: 1\r\n"
		"Content-Length: 0\r\n\r\n"}, {.text = OK_2("{}")});
	Script		too_long = SCRIPT({.text = "HTTP/1.1 429 Slow\r\nRetry-After: 61\r\n"
		"Content-Length: 0\r\n\r\n"});
	char		date[60];
	char		answer[200];
	time_t		in_two_seconds = time(NULL) + 2;
	struct tm	utc;
	Script		dated = SCRIPT({.text = answer}, {.text = OK_2("{}")});
	int64_t		waited;
	Run			get;

	(void) state;
	get = run(&seconds, "GET", NULL);
	expect_answer(&get, 200, "{}");
	waited = get.server->received[1].when - get.server->received[0].when;
	assert_uint_in_range(waited, 1000000, 1500000);
	end_run(&get);

	gmtime_r(&in_two_seconds, &utc);
	strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", &utc);
	snprintf(answer, sizeof(answer), "HTTP/1.1 503 Later\r\nRetry-After: %s\r\n"
			 "Content-Length: 0\r\n\r\n", date);
	get = run(&dated, "GET", NULL);
	expect_answer(&get, 200, "{}");
	waited = get.server->received[1].when - get.server->received[0].when;
	assert_uint_in_range(waited, 900000, 2500000);
	end_run(&get);

	get = run(&too_long, "GET", NULL);
	expect_error(&get, GMF_THROTTLED, 1);
	end_run(&get);
}

static void
retries_broken_connections(void **state)
{
	static const Reply breaks[] = {
		{.reset = true},
		{.close = true},
		{.text = "HTTP/1.1 200 OK\r\nContent-Le", .close = true},
		{.text = OK_HEAD "Content-Length: 100\r\n\r\n{\"a\":", .close = true},
		{.text = OK_HEAD "Content-Length: 100\r\n\r\n{\"a\":", .reset = true},
		{.text = OK_HEAD "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n", .close = true},
		{.text = OK_HEAD "Transfer-Encoding: chunked\r\n\r\nzz\r\n", .close = true},
	};

	(void) state;
	for (size_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++)
	{
		Script		script = SCRIPT(breaks[i], {.text = OK_2("{}")});
		Script		always = SCRIPT(breaks[i]);
		Run			result = run(&script, "GET", NULL);
		const GmfError *error;

		expect_answer(&result, 200, "{}");
		assert_int_equal(result.server->nreceived, 2);
		end_run(&result);

		result = run(&always, "GET", &(GmfConfig) {.max_retries = 1});
		error = expect_error(&result, GMF_BROKEN, 2);
		assert_false(error->maybe_done);
		end_run(&result);

		/* The same for a request that changes something: once, and nobody knows. */
		result = run(&script, "POST", NULL);
		error = expect_error(&result, GMF_BROKEN, 1);
		assert_true(error->maybe_done);
		assert_int_equal(error->attempts, 1);
		assert_true(gmf_exchange_sent(result.exchange));
		end_run(&result);
	}
}

static void
never_repeats_what_changes_something(void **state)
{
	static const struct
	{
		const char *answer;
		GmfErrorKind kind;
		bool		maybe_done;
	}			cases[] = {
		{EMPTY("429 Slow"), GMF_THROTTLED, false},
		{EMPTY("500 Oops"), GMF_UNAVAILABLE, false},
		{EMPTY("503 No"), GMF_UNAVAILABLE, false},
		{EMPTY("502 Bad"), GMF_UNAVAILABLE, true},
		{EMPTY("504 Late"), GMF_UNAVAILABLE, true},
		{EMPTY("409 Busy"), GMF_CONFLICT, false},
	};
	Script		cut = SCRIPT({.text = "HTTP/1.1 409 Busy\r\nContent-Length: 100\r\n\r\n{\"er",
		.close = true});
	Run			post;

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		Script		script = SCRIPT({.text = cases[i].answer});
		const GmfError *error;

		post = run(&script, "POST", NULL);
		error = expect_error(&post, cases[i].kind, 1);
		assert_int_equal(error->maybe_done, cases[i].maybe_done);
		end_run(&post);
	}

	/* Refused is refused, although the explanation got lost. */
	post = run(&cut, "DELETE", NULL);
	assert_false(expect_error(&post, GMF_CONFLICT, 1)->maybe_done);
	end_run(&post);
}

/* The server closes each connection once it is idle, without having announced it. */
static void
close_after_each(Server *server, const Received *received, Reply *reply)
{
	(void) server;
	(void) received;
	reply->text = OK_2("{}");
	reply->close = true;
}

static void
sends_a_post_once_whatever_the_connection(void **state)
{
	Server	   *server = server_start(close_after_each, NULL);
	GmfSession *session = open_session(server, NULL);

	(void) state;
	for (int i = 0; i < 20; i++)
	{
		GmfExchange *get = begin(session, "GET", "/v3/things");
		GmfExchange *post;

		finish(session, get);
		assert_null(gmf_exchange_error(get));
		post = begin(session, "POST", "/v3/things");
		finish(session, post);
		assert_null(gmf_exchange_error(post));
		assert_int_equal(gmf_exchange_attempts(post), 1);
		gmf_exchange_free(get);
		gmf_exchange_free(post);
	}
	assert_int_equal(server->nreceived, 40);
	gmf_session_close(session);
	server_stop(server);
}

/*
 * The answer to the first GET keeps the connection; when the next request comes along it, it
 * is hung up without an answer.  What goes along a fresh one is answered.
 */
static void
hang_up_kept_connections(Server *server, const Received *received, Reply *reply)
{
	bool		kept = false;

	for (int i = 0; i < received->number; i++)
		if (server->received[i].connection == received->connection)
			kept = true;
	reply->text = kept ? NULL : OK_2("{}");
	reply->close = kept;
}

static void
uses_a_fresh_connection_for_a_post(void **state)
{
	Server	   *server = server_start(hang_up_kept_connections, NULL);
	GmfSession *session = open_session(server, &(GmfConfig) {.max_retries = 1});
	GmfExchange *get = begin(session, "GET", "/v3/things");
	GmfExchange *post;

	(void) state;
	finish(session, get);
	gmf_exchange_free(get);
	post = begin(session, "POST", "/v3/things");
	finish(session, post);
	assert_null(gmf_exchange_error(post));
	assert_int_equal(server->nreceived, 2);
	assert_int_equal(server->naccepted, 2);
	gmf_exchange_free(post);

	/* A GET may go along the kept one, and is simply sent again. */
	get = begin(session, "GET", "/v3/things");
	finish(session, get);
	assert_null(gmf_exchange_error(get));
	assert_true(server->nreceived > 3);
	gmf_exchange_free(get);
	gmf_session_close(session);
	server_stop(server);
}

static void
retries_what_never_left(void **state)
{
	Server	   *server = server_start(always_ok, NULL);
	GmfConfig	config = default_config(server);
	GmfError	problem;
	GmfSession *session;
	const char *const methods[] = {"GET", "POST"};
	const GmfError *error;
	GmfCounters counters;

	/* Nobody listens there any more. */
	(void) state;
	config.endpoint = strdup(server->url);
	config.max_retries = 2;

	/* What never left does not count against the rate either. */
	config.requests_per_second = 1;
	server_stop(server);
	session = gmf_session_open(&config, &problem);
	for (int i = 0; i < 2; i++)
	{
		GmfExchange *exchange = begin(session, methods[i], "/v3/things");

		finish(session, exchange);
		error = gmf_exchange_error(exchange);
		assert_non_null(error);
		assert_int_equal(error->kind, GMF_UNREACHABLE);
		assert_int_equal(error->attempts, 3);
		assert_int_equal(error->http_status, 0);
		assert_false(error->maybe_done);
		assert_false(gmf_exchange_sent(exchange));
		gmf_exchange_free(exchange);
	}
	gmf_session_counters(session, &counters);
	assert_int_equal(counters.requests, 0);
	assert_int_equal(counters.retries, 4);
	gmf_session_close(session);
	free((char *) (uintptr_t) config.endpoint);
}

/* A server that is a listening socket and nothing else: TLS gets no answer. */
static void
times_out_while_connecting(void **state)
{
	Script		script = SCRIPT({.delay_ms = 60000});
	Server	   *server = server_start(scripted, &script);
	GmfConfig	config = default_config(server);
	char		url[80];
	GmfError	problem;
	GmfSession *session;
	GmfExchange *exchange;
	const GmfError *error;

	(void) state;
	snprintf(url, sizeof(url), "https://127.0.0.1:%d", server->port);
	config.endpoint = url;
	config.connect_timeout = 1;
	config.max_retries = 0;
	session = gmf_session_open(&config, &problem);
	exchange = begin(session, "POST", "/v3/things");
	finish(session, exchange);
	error = gmf_exchange_error(exchange);
	assert_non_null(error);
	assert_int_equal(error->kind, GMF_TIMED_OUT);
	assert_false(error->maybe_done);
	gmf_exchange_free(exchange);
	gmf_session_close(session);
	server_stop(server);
}

static void
times_out_while_waiting(void **state)
{
	Script		silent = SCRIPT({.text = OK_2("{}"), .delay_ms = 5000});
	GmfConfig	changes = {.request_timeout = 1};
	const GmfError *error;
	Run			result;

	(void) state;
	result = run(&silent, "GET", &changes);
	error = expect_error(&result, GMF_TIMED_OUT, 1);
	assert_false(error->maybe_done);
	end_run(&result);

	result = run(&silent, "POST", &changes);
	error = expect_error(&result, GMF_TIMED_OUT, 1);
	assert_true(error->maybe_done);
	end_run(&result);
}

/* ---- answers that are not as they should be ---- */

/* Whatever the endpoint is called: the scripted server is on a loopback address. */
static void
expect_not_home(const Server *server, const char *host)
{
	GmfConfig	config = default_config(server);
	char		url[120];
	GmfSession *session;
	GmfExchange *exchange;
	GmfError	error;

	snprintf(url, sizeof(url), "http://%s:%d", host, server->port);
	config.endpoint = url;
	config.allow_http = true;
	config.refuse_local = true;
	session = gmf_session_open(&config, &error);
	assert_non_null(session);
	exchange = begin(session, "GET", "/v3/things");
	finish(session, exchange);
	assert_non_null(gmf_exchange_error(exchange));
	print_message("%s: %s\n", host, gmf_exchange_error(exchange)->message);
	assert_int_equal(gmf_exchange_error(exchange)->kind, GMF_FORBIDDEN);
	assert_int_equal(gmf_exchange_attempts(exchange), 1);
	gmf_exchange_free(exchange);
	gmf_session_close(session);
}

static void
refuses_to_go_home(void **state)
{
	Server	   *server = server_start(always_ok, NULL);
	const char *const names[] = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "127.1.2.3"};
	struct ifaddrs *all;

	(void) state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		expect_not_home(server, names[i]);

	/* Nor to any other address that this host has. */
	assert_int_equal(getifaddrs(&all), 0);
	for (const struct ifaddrs *one = all; one != NULL; one = one->ifa_next)
	{
		char		text[INET6_ADDRSTRLEN];
		char		host[INET6_ADDRSTRLEN + 20];

		if (one->ifa_addr != NULL && one->ifa_addr->sa_family == AF_INET)
		{
			inet_ntop(AF_INET, &((struct sockaddr_in *) (void *) one->ifa_addr)->sin_addr, text,
					  sizeof(text));
			expect_not_home(server, text);
			snprintf(host, sizeof(host), "[::ffff:%s]", text);
			expect_not_home(server, host);
		}
		else if (one->ifa_addr != NULL && one->ifa_addr->sa_family == AF_INET6)
		{
			inet_ntop(AF_INET6, &((struct sockaddr_in6 *) (void *) one->ifa_addr)->sin6_addr,
					  text, sizeof(text));
			snprintf(host, sizeof(host), "[%s]", text);
			expect_not_home(server, host);
		}
	}
	freeifaddrs(all);
	assert_int_equal(server->nreceived, 0);
	server_stop(server);
}

static void
follows_no_redirect(void **state)
{
	Server	   *other = server_start(always_ok, NULL);
	char		answer[200];
	Script		script = SCRIPT({.text = answer});
	Run			get;

	(void) state;
	snprintf(answer, sizeof(answer), "HTTP/1.1 302 Found\r\nLocation: %s/secret?token=abc\r\n"
			 "Content-Length: 0\r\n\r\n", other->url);
	get = run(&script, "GET", NULL);
	assert_null(strstr(expect_error(&get, GMF_REDIRECTED, 1)->message, "abc"));
	assert_int_equal(other->naccepted, 0);
	end_run(&get);
	server_stop(other);
}

static void
bounds_the_answer(void **state)
{
	static const char chunk[] = "400\r\n";
	char		chunked[200 + 8 * 1100];
	char		huge_head[70000];
	Script		announced = SCRIPT({.text = OK_HEAD "Content-Length: 1025\r\n\r\n{"});
	Script		exact = SCRIPT({.text = OK_HEAD "Content-Length: 4\r\n\r\n[12]"});
	Script		unannounced = SCRIPT({.text = chunked, .close = true});
	Script		headers = SCRIPT({.text = huge_head, .close = true});
	Run			result;

	(void) state;
	result = run(&announced, "GET", &(GmfConfig) {.max_response_size = 1024});
	expect_error(&result, GMF_TOO_LARGE, 1);
	end_run(&result);

	result = run(&exact, "GET", &(GmfConfig) {.max_response_size = 4});
	expect_answer(&result, 200, "[12]");
	end_run(&result);
	result = run(&exact, "GET", &(GmfConfig) {.max_response_size = 3});
	expect_error(&result, GMF_TOO_LARGE, 1);
	end_run(&result);

	strcpy(chunked, OK_HEAD "Transfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < 8; i++)
	{
		strcat(chunked, chunk);
		memset(chunked + strlen(chunked) + 1024, 0, 1);
		memset(chunked + strlen(chunked), ' ', 1024);
		strcat(chunked, "\r\n");
	}
	strcat(chunked, "0\r\n\r\n");
	result = run(&unannounced, "GET", &(GmfConfig) {.max_response_size = 8 * 1024 - 1});
	expect_error(&result, GMF_TOO_LARGE, 1);
	end_run(&result);
	result = run(&unannounced, "GET", &(GmfConfig) {.max_response_size = 8 * 1024});
	assert_null(gmf_exchange_error(result.exchange));
	end_run(&result);

	strcpy(huge_head, "HTTP/1.1 200 OK\r\n");
	for (int i = 0; i < 68; i++)
	{
		size_t		end = strlen(huge_head);

		end += (size_t) sprintf(huge_head + end, "X-%d: ", i);
		memset(huge_head + end, 'x', 990);
		strcpy(huge_head + end + 990, "\r\n");
	}
	strcat(huge_head, "Content-Length: 0\r\n\r\n");
	result = run(&headers, "GET", NULL);
	expect_error(&result, GMF_MALFORMED, 1);
	end_run(&result);

	result = run(&announced, "POST", &(GmfConfig) {.max_response_size = 1024});
	assert_true(expect_error(&result, GMF_TOO_LARGE, 1)->maybe_done);
	end_run(&result);
}

/* "[", 99,998 blanks and "]" */
#define PLAIN_LENGTH	100000
static const unsigned char packed[] = {
	0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1, 0x41, 0x11, 0x00, 0x00,
	0x0c, 0x02, 0xa0, 0x2a, 0xeb, 0xe5, 0xad, 0x7f, 0x0d, 0x6b, 0xf8, 0x00, 0x72, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xc0, 0xa8, 0x2f,
	0xbe, 0xde, 0x6d, 0x95, 0xa0, 0x86, 0x01, 0x00,
};

static void
unpacks_and_bounds_what_is_packed(void **state)
{
	char	   *plain = malloc(PLAIN_LENGTH + 1);
	char		answer[400];
	size_t		head;
	Script		script;
	Run			result;

	(void) state;
	memset(plain, ' ', PLAIN_LENGTH);
	plain[0] = '[';
	plain[PLAIN_LENGTH - 1] = ']';
	plain[PLAIN_LENGTH] = '\0';
	head = (size_t) sprintf(answer, OK_HEAD "Content-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
							sizeof(packed));
	memcpy(answer + head, packed, sizeof(packed));
	script = SCRIPT({.text = answer, .length = head + sizeof(packed)});

	result = run(&script, "GET", NULL);
	expect_answer(&result, 200, plain);
	assert_true(received_header(&result.server->received[0], "Accept-Encoding", NULL));
	end_run(&result);
	result = run(&script, "GET", &(GmfConfig) {.max_response_size = PLAIN_LENGTH - 1});
	expect_error(&result, GMF_TOO_LARGE, 1);
	end_run(&result);

	/* Not what it says that it is. */
	script = SCRIPT({.text = OK_HEAD "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"});
	result = run(&script, "GET", NULL);
	expect_error(&result, GMF_MALFORMED, 1);
	end_run(&result);
	free(plain);
}

static void
refuses_what_is_not_http(void **state)
{
	Script		script = SCRIPT({.text = "SSH-2.0-OpenSSH_9.2\r\n", .close = true});
	Run			get = run(&script, "GET", NULL);

	(void) state;
	expect_error(&get, GMF_MALFORMED, 1);
	end_run(&get);
}

static void
shows_headers_and_body(void **state)
{
	Script		script = SCRIPT({.text = "HTTP/1.1 100 Continue\r\nX-Not: this\r\n\r\n"
		"HTTP/1.1 201 Created\r\nX-Request-Id: abc\r\nContent-Length: 3\r\n\r\nabc"});
	Script		none = SCRIPT({.text = "HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n"});
	Run			post = run(&script, "POST", NULL);

	(void) state;
	expect_answer(&post, 201, "abc");
	assert_string_equal(gmf_exchange_headers(post.exchange),
						"X-Request-Id: abc\r\nContent-Length: 3\r\n");
	end_run(&post);

	post = run(&none, "POST", NULL);
	expect_answer(&post, 204, "");
	end_run(&post);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(retries_what_is_unavailable),
		cmocka_unit_test(does_not_retry_what_is_wrong),
		cmocka_unit_test(gives_up_after_max_retries),
		cmocka_unit_test(waits_as_long_as_the_server_asks),
		cmocka_unit_test(retries_broken_connections),
		cmocka_unit_test(never_repeats_what_changes_something),
		cmocka_unit_test(sends_a_post_once_whatever_the_connection),
		cmocka_unit_test(uses_a_fresh_connection_for_a_post),
		cmocka_unit_test(retries_what_never_left),
		cmocka_unit_test(times_out_while_connecting),
		cmocka_unit_test(times_out_while_waiting),
		cmocka_unit_test(refuses_to_go_home),
		cmocka_unit_test(follows_no_redirect),
		cmocka_unit_test(bounds_the_answer),
		cmocka_unit_test(unpacks_and_bounds_what_is_packed),
		cmocka_unit_test(refuses_what_is_not_http),
		cmocka_unit_test(shows_headers_and_body),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
