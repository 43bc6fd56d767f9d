/*
 * test_session.c
 *		What goes on the wire, kept connections, limits, waiting and stopping, against a
 *		scripted server.  Failures are in test_exchange.c, credentials in
 *		test_credentials.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>

#include "scripted_server.h"
#include "session_fixture.h"

/* ---- what is sent ---- */

static void
sends_what_the_request_says(void **state)
{
	Server	   *server = server_start(always_ok, NULL);
	GmfConfig	config = default_config(server);
	char		url[80];
	GmfSession *session;
	GmfExchange *exchange;
	GmfRequest *request = gmf_request_new("gaussdb", "PUT", "/v3/{project_id}/x/{id}", true);
	GmfError	error;
	const Received *received = &server->received[0];
	char		host[40];

	(void) state;
	snprintf(url, sizeof(url), "%s/gate%%20way/", server->url);
	config.endpoint = url;
	config.project_id = "p1";
	config.language = "zh-cn";
	config.user_agent = "unit/1";
	session = gmf_session_open(&config, &error);
	assert_non_null(session);
	put(request, GMF_IN_PATH, "id", "a/../b?c#d e");
	put(request, GMF_IN_QUERY, "q", "x&y=z");
	put(request, GMF_IN_QUERY, "a", "");
	put(request, GMF_IN_HEADER, "X-Extra", "some value");
	put(request, GMF_IN_BODY, "outer.inner", "text");
	exchange = gmf_exchange_begin(session, request);
	finish(session, exchange);
	assert_null(gmf_exchange_error(exchange));

	assert_int_equal(server->nreceived, 1);
	assert_string_equal(received->method, "PUT");
	assert_string_equal(received->target,
						"/gate%20way/v3/p1/x/a%2F..%2Fb%3Fc%23d%20e?a=&q=x%26y%3Dz");
	assert_string_equal(received->body, "{\"outer\":{\"inner\":\"text\"}}");
	snprintf(host, sizeof(host), "127.0.0.1:%d", server->port);
	assert_true(received_header(received, "Host", host));
	assert_true(received_header(received, "Content-Type", "application/json"));
	assert_true(received_header(received, "X-Extra", "some value"));
	assert_true(received_header(received, "X-Language", "zh-cn"));
	assert_true(received_header(received, "User-Agent", "unit/1"));
	assert_true(received_header(received, "Accept-Encoding", NULL));
	assert_false(received_header(received, "Expect", NULL));
	gmf_exchange_free(exchange);
	gmf_session_close(session);
	server_stop(server);
}

static void
sends_each_method_with_its_body(void **state)
{
	static const struct
	{
		const char *method;
		bool		body;
		const char *length;		/* NULL: no such header */
	}			cases[] = {
		{"GET", false, NULL}, {"POST", false, "0"}, {"PUT", false, "0"},
		{"DELETE", false, NULL}, {"POST", true, "9"}, {"PUT", true, "9"},
		{"DELETE", true, "9"}, {"PATCH", true, "9"}, {"GET", false, NULL},
	};
	Server	   *server = server_start(always_ok, NULL);
	GmfSession *session = open_session(server, NULL);

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		GmfRequest *request = gmf_request_new("gaussdb", cases[i].method, "/x", true);
		GmfExchange *exchange;
		const Received *received = &server->received[i];

		if (cases[i].body)
			put(request, GMF_IN_BODY, "a", "b");
		exchange = gmf_exchange_begin(session, request);
		finish(session, exchange);
		assert_null(gmf_exchange_error(exchange));
		assert_string_equal(received->method, cases[i].method);
		assert_string_equal(received->body, cases[i].body ? "{\"a\":\"b\"}" : "");
		assert_int_equal(received_header(received, "Content-Length", cases[i].length),
						 cases[i].length != NULL);
		assert_true(received_header(received, "Content-Type", "application/json"));
		gmf_exchange_free(exchange);
	}
	gmf_session_close(session);
	server_stop(server);
}

static void
keeps_its_connection(void **state)
{
	Server	   *server = server_start(always_ok, NULL);
	GmfSession *session = open_session(server, NULL);
	GmfCounters counters;

	(void) state;
	for (int i = 0; i < 5; i++)
	{
		GmfExchange *exchange = begin(session, "GET", "/v3/things");

		finish(session, exchange);
		assert_null(gmf_exchange_error(exchange));
		assert_int_equal(gmf_exchange_attempts(exchange), 1);
		gmf_exchange_free(exchange);
	}
	gmf_session_counters(session, &counters);
	assert_int_equal(server->naccepted, 1);
	assert_int_equal(server->nreceived, 5);
	assert_int_equal(counters.connections, 1);
	assert_int_equal(counters.requests, 5);
	assert_int_equal(counters.retries, 0);
	assert_int_equal(counters.bytes_received, 10);
	gmf_session_close(session);
	server_stop(server);
}

static void
ignores_proxies_of_the_environment(void **state)
{
	Server	   *server = server_start(always_ok, NULL);
	Server	   *proxy = server_start(always_ok, NULL);
	GmfSession *session;
	GmfExchange *exchange;

	(void) state;
	setenv("http_proxy", proxy->url, 1);
	session = open_session(server, NULL);
	exchange = begin(session, "GET", "/v3/things");
	finish(session, exchange);
	assert_null(gmf_exchange_error(exchange));
	assert_int_equal(server->nreceived, 1);
	assert_int_equal(proxy->nreceived, 0);
	gmf_exchange_free(exchange);
	gmf_session_close(session);
	unsetenv("http_proxy");

	session = open_session(server, &(GmfConfig) {.proxy = proxy->url});
	exchange = begin(session, "GET", "/v3/things");
	finish(session, exchange);
	assert_null(gmf_exchange_error(exchange));
	assert_int_equal(server->nreceived, 1);
	assert_int_equal(proxy->nreceived, 1);
	gmf_exchange_free(exchange);
	gmf_session_close(session);
	server_stop(server);
	server_stop(proxy);
}

/* ---- limits ---- */

static void
slow_ok(Server *server, const Received *received, Reply *reply)
{
	(void) received;
	reply->text = OK_2("{}");
	reply->delay_ms = *(int *) server->arg;
}

static void
holds_the_number_of_connections(void **state)
{
	int			delay_ms = 30;
	Server	   *server = server_start(slow_ok, &delay_ms);
	GmfSession *session = open_session(server, &(GmfConfig) {.max_connections = 3});
	GmfExchange *exchanges[12];
	char		path[12][20];
	char		target[40];

	(void) state;
	assert_int_equal(gmf_session_max_connections(session), 3);
	for (int i = 0; i < 12; i++)
	{
		snprintf(path[i], sizeof(path[i]), "/v3/%d", i);
		exchanges[i] = begin(session, "GET", path[i]);
	}
	for (int i = 0; i < 12; i++)
	{
		finish(session, exchanges[i]);
		assert_null(gmf_exchange_error(exchanges[i]));
	}
	assert_int_equal(server->most_in_flight, 3);
	assert_int_equal(server->naccepted, 3);

	/* First come, first served: the first three together, then the others. */
	for (int i = 0; i < 12; i++)
	{
		bool		found = false;

		snprintf(target, sizeof(target), "/v3/%d", i);
		for (int j = i / 3 * 3; j < i / 3 * 3 + 3; j++)
			if (strcmp(server->received[j].target, target) == 0)
				found = true;
		assert_true(found);
		gmf_exchange_free(exchanges[i]);
	}
	gmf_session_close(session);
	server_stop(server);
}

static void
holds_the_rate(void **state)
{
	Server	   *server = server_start(always_ok, NULL);
	GmfSession *session = open_session(server, &(GmfConfig) {.requests_per_second = 10,
			.max_connections = 16});
	GmfExchange *exchanges[25];
	int64_t		elapsed;

	(void) state;
	for (int i = 0; i < 25; i++)
		exchanges[i] = begin(session, "GET", "/v3/things");
	for (int i = 0; i < 25; i++)
	{
		finish(session, exchanges[i]);
		assert_null(gmf_exchange_error(exchanges[i]));
		gmf_exchange_free(exchanges[i]);
	}
	assert_int_equal(server->nreceived, 25);
	for (int i = 10; i < 25; i++)
		assert_true(server->received[i].when - server->received[i - 10].when > 990000);

	/* Not slower than it has to be. */
	elapsed = server->received[24].when - server->received[0].when;
	assert_uint_in_range(elapsed, 1990000, 2600000);
	gmf_session_close(session);
	server_stop(server);
}

static void
holds_a_rate_below_one(void **state)
{
	Server	   *server = server_start(always_ok, NULL);
	GmfSession *session = open_session(server, &(GmfConfig) {.requests_per_second = 0.8});
	GmfExchange *first = begin(session, "GET", "/v3/things");
	GmfExchange *second = begin(session, "GET", "/v3/things");

	(void) state;
	finish(session, first);
	finish(session, second);
	assert_uint_in_range(server->received[1].when - server->received[0].when, 1240000, 1500000);
	gmf_exchange_free(first);
	gmf_exchange_free(second);
	gmf_session_close(session);
	server_stop(server);
}

/* ---- waiting and stopping ---- */

typedef struct Patience
{
	int			ms;
	int			calls;
} Patience;

/* Waits so long at most, then says stop. */
static bool
impatient(void *arg, int fd)
{
	Patience   *patience = arg;
	struct pollfd ready = {.fd = fd, .events = POLLIN};

	patience->calls++;
	return poll(&ready, 1, patience->ms) > 0;
}

static void
stops_and_goes_on(void **state)
{
	int			delay_ms = 400;
	Server	   *server = server_start(slow_ok, &delay_ms);
	GmfSession *session = open_session(server, NULL);
	Patience	patience = {.ms = 50};
	GmfExchange *exchange = begin(session, "GET", "/v3/things");
	int64_t		began = server_now();
	GmfCounters counters;
	bool		stopped = false;

	(void) state;
	gmf_session_set_wait(session, impatient, &patience);
	while (!stopped)
		stopped = !gmf_session_wait(session);
	assert_uint_in_range(server_now() - began, 40000, 150000);
	assert_false(gmf_exchange_done(exchange));
	assert_null(gmf_exchange_error(exchange));
	assert_true(gmf_exchange_sent(exchange));

	/* It is still on its way. */
	patience.ms = 5000;
	finish(session, exchange);
	assert_null(gmf_exchange_error(exchange));
	assert_int_equal(gmf_exchange_attempts(exchange), 1);
	assert_int_equal(server->nreceived, 1);
	gmf_session_counters(session, &counters);
	assert_uint_in_range(counters.wait_us, 350000, 600000);
	gmf_exchange_free(exchange);
	gmf_session_close(session);
	server_stop(server);
}

static void
frees_what_is_on_its_way(void **state)
{
	int			delay_ms = 3000;
	Server	   *server = server_start(slow_ok, &delay_ms);
	GmfSession *session = open_session(server, &(GmfConfig) {.max_connections = 2});
	GmfExchange *exchanges[5];
	GmfExchange *late;
	int64_t		began = server_now();

	(void) state;
	for (int i = 0; i < 5; i++)
		exchanges[i] = begin(session, "GET", "/v3/things");
	for (int i = 0; i < 20; i++)
	{
		gmf_session_step(session);
		usleep(2000);
	}
	assert_int_equal(server->nreceived, 2);
	for (int i = 0; i < 5; i++)
	{
		assert_false(gmf_exchange_done(exchanges[i]));
		gmf_exchange_free(exchanges[i]);
	}
	assert_true(server_now() - began < 500000);

	/* The session works on. */
	delay_ms = 0;
	late = begin(session, "GET", "/v3/things");
	finish(session, late);
	assert_null(gmf_exchange_error(late));
	gmf_exchange_free(late);
	gmf_session_close(session);
	server_stop(server);
}

/* The descriptor says when there is something to do: an answer, a retry that is due. */
static void
tells_by_its_descriptor(void **state)
{
	Script		script = SCRIPT({.text = "HTTP/1.1 503 Later\r\nRetry-After: 1\r\n"
		"Content-Length: 0\r\n\r\n"}, {.text = OK_2("{}"), .delay_ms = 100});
	Server	   *server = server_start(scripted, &script);
	GmfSession *session = open_session(server, NULL);
	GmfExchange *exchange = begin(session, "GET", "/v3/things");
	struct pollfd ready = {.fd = gmf_session_fd(session), .events = POLLIN};
	int			steps = 0;

	(void) state;
	while (!gmf_exchange_done(exchange))
	{
		assert_int_equal(poll(&ready, 1, 3000), 1);
		gmf_session_step(session);
		assert_true(++steps < 50);
	}
	assert_null(gmf_exchange_error(exchange));
	gmf_exchange_free(exchange);

	/* Nothing on its way, nothing to do: it is silent, and waiting returns at once. */
	for (int i = 0; i < 10 && poll(&ready, 1, 20) > 0; i++)
		gmf_session_step(session);
	assert_int_equal(poll(&ready, 1, 50), 0);
	assert_true(gmf_session_wait(session));
	assert_true(gmf_session_wait(session));
	gmf_session_close(session);
	server_stop(server);
}

static void
survives_a_close_with_exchanges(void **state)
{
	int			delay_ms = 3000;
	Server	   *server = server_start(slow_ok, &delay_ms);
	GmfSession *session = open_session(server, &(GmfConfig) {.max_connections = 1});
	GmfExchange *post = begin(session, "POST", "/v3/things");
	GmfExchange *queued = begin(session, "POST", "/v3/things");

	(void) state;
	for (int i = 0; i < 20; i++)
	{
		gmf_session_step(session);
		usleep(2000);
	}
	gmf_session_close(session);
	assert_true(gmf_exchange_done(post));
	assert_int_equal(gmf_exchange_error(post)->kind, GMF_INTERRUPTED);
	assert_true(gmf_exchange_error(post)->maybe_done);
	assert_false(gmf_exchange_error(queued)->maybe_done);
	gmf_exchange_free(post);
	gmf_exchange_free(queued);
	server_stop(server);
}

/* The owner's signal handlers are for the owner's thread. */
static void
leaves_signals_alone(void **state)
{
	Server	   *server = server_start(always_ok, NULL);
	struct sigaction before[32];
	sigset_t	mask;
	sigset_t	mask_after;
	GmfSession *session;
	GmfExchange *exchange;

	(void) state;
	for (int i = 1; i < 32; i++)
		sigaction(i, NULL, &before[i]);
	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR1);
	pthread_sigmask(SIG_SETMASK, &mask, NULL);
	session = open_session(server, NULL);
	exchange = begin(session, "GET", "/v3/things");
	finish(session, exchange);
	gmf_exchange_free(exchange);
	gmf_session_close(session);
	pthread_sigmask(SIG_SETMASK, NULL, &mask_after);
	for (int i = 1; i < 32; i++)
	{
		struct sigaction after;

		sigaction(i, NULL, &after);
		assert_true(after.sa_handler == before[i].sa_handler);
		assert_int_equal(sigismember(&mask_after, i), i == SIGUSR1);
	}
	server_stop(server);
}

static void
refuses_settings_that_cannot_work(void **state)
{
	const GmfConfig good = {.endpoint = "https://x.example.com", .connect_timeout = 1,
		.request_timeout = 1, .max_connections = 1, .max_response_size = 1, .server_name = "s"};
	GmfConfig	bad[14];
	GmfSession *session;
	GmfError	error;
	const int	count = sizeof(bad) / sizeof(bad[0]);

	(void) state;
	session = gmf_session_open(&good, &error);
	assert_non_null(session);
	assert_string_equal(gmf_session_server_name(session), "s");
	gmf_session_close(session);

	for (int i = 0; i < count; i++)
		bad[i] = good;
	bad[0].connect_timeout = 0;
	bad[1].request_timeout = -1;
	bad[2].max_connections = 0;
	bad[3].max_response_size = 0;
	bad[4].max_retries = -1;
	bad[5].requests_per_second = -1;
	bad[6].endpoint = "http://x.example.com";
	bad[7].endpoints = (const GmfEndpoint[]) {{"iam", "ftp://x.example.com"}, {NULL, NULL}};
	bad[8].credential = GMF_ACCESS_KEY;
	bad[8].access_key = "only half";
	bad[9].credential = GMF_TOKEN;
	bad[10].credential = GMF_PASSWORD;
	bad[10].user_name = "u";
	bad[11].credential = GMF_TOKEN;
	bad[11].token = "evil\r\nX-Injected: yes";
	bad[12].language = "zh\ncn";
	bad[13].project_id = "p\r\nX-Injected: yes";
	for (int i = 0; i < count; i++)
	{
		session = gmf_session_open(&bad[i], &error);
		assert_null(session);
		assert_int_equal(error.kind, GMF_INVALID);
		assert_null(strstr(error.message, "evil"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sends_what_the_request_says),
		cmocka_unit_test(sends_each_method_with_its_body),
		cmocka_unit_test(keeps_its_connection),
		cmocka_unit_test(ignores_proxies_of_the_environment),
		cmocka_unit_test(holds_the_number_of_connections),
		cmocka_unit_test(holds_the_rate),
		cmocka_unit_test(holds_a_rate_below_one),
		cmocka_unit_test(stops_and_goes_on),
		cmocka_unit_test(frees_what_is_on_its_way),
		cmocka_unit_test(tells_by_its_descriptor),
		cmocka_unit_test(survives_a_close_with_exchanges),
		cmocka_unit_test(leaves_signals_alone),
		cmocka_unit_test(refuses_settings_that_cannot_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
