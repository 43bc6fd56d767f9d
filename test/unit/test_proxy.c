/*
 * test_proxy.c
 *		Proxies that ask for a credential or make no connection, and what they get to
 *		see, against a scripted server that is the proxy.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "scripted_server.h"
#include "session_fixture.h"

/* A session that reaches url by the proxy that the server is. */
static GmfSession *
open_by_proxy(const Server *server, const char *url, const char *user, const char *password)
{
	GmfConfig	config = default_config(server);
	GmfSession *session;
	GmfError	error;

	config.endpoint = url;
	config.proxy = server->url;
	config.proxy_user = user;
	config.proxy_password = password;
	config.credential = GMF_TOKEN;
	config.token = "token-of-the-service";
	session = gmf_session_open(&config, &error);
	if (session == NULL)
		fail_msg("%s", error.message);
	return session;
}

static void
says_what_the_proxy_said(void **state)
{
	static const struct
	{
		const char *url;
		const char *answer;
		const char *user;
		const char *said;
		int			requests;	/* with three retries */
	}			cases[] = {
		{"https://cloud.example", EMPTY("407 Who"), NULL, "set \"proxy_user\"", 1},
		{"https://cloud.example", EMPTY("407 Who"), "user", "did not accept \"proxy_user\"", 1},
		{"https://cloud.example", EMPTY("401 Who"), "user", "did not accept \"proxy_user\"", 1},
		{"https://cloud.example", EMPTY("403 No"), NULL, "HTTP status 403", 1},
		{"https://cloud.example", EMPTY("400 Bad"), NULL, "HTTP status 400", 1},
		{"https://cloud.example", EMPTY("302 There"), NULL, "HTTP status 302", 1},
		{"https://cloud.example", EMPTY("502 Bad"), NULL, "HTTP status 502", 4},
		{"https://cloud.example", EMPTY("503 Later"), NULL, "HTTP status 503", 4},
		{"http://localhost:1", EMPTY("407 Who"), NULL, "set \"proxy_user\"", 1},
		{"http://localhost:1", EMPTY("407 Who"), "user", "did not accept \"proxy_user\"", 1},
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (int action = 0; action < 2; action++)
		{
			Script		script = SCRIPT({.text = cases[i].answer});
			Server	   *server = server_start(scripted, &script);
			GmfSession *session = open_by_proxy(server, cases[i].url, cases[i].user,
												cases[i].user == NULL ? NULL : "PASSWORD");
			GmfExchange *exchange = begin(session, action ? "POST" : "GET", "/v3/things");
			bool		tunnel = strncmp(cases[i].url, "https", 5) == 0;
			const GmfError *error;

			finish(session, exchange);
			error = gmf_exchange_error(exchange);
			assert_non_null(error);
			print_message("%s\n", error->message);
			assert_int_equal(error->kind, GMF_UNREACHABLE);
			assert_non_null(strstr(error->message, cases[i].said));
			assert_null(strstr(error->message, "PASSWORD"));
			assert_false(error->maybe_done);
			assert_int_equal(gmf_exchange_sent(exchange), !tunnel);

			/* Also an action may be tried again where no connection stood. */
			assert_int_equal(server->nreceived, cases[i].requests);
			for (int j = 0; tunnel && j < server->nreceived; j++)
			{
				assert_string_equal(server->received[j].method, "CONNECT");
				assert_null(strstr(server->received[j].text, "token-of-the-service"));
				assert_int_equal(received_header(&server->received[j], "Proxy-Authorization",
												 "Basic dXNlcjpQQVNTV09SRA=="),
								 cases[i].user != NULL);
			}
			gmf_exchange_free(exchange);
			gmf_session_close(session);
			server_stop(server);
		}
}

/* Without TLS the proxy sees the request, and takes its own header out. */
static void
sends_the_credential(void **state)
{
	Script		script = SCRIPT({.text = OK_2("{}")});
	Server	   *server = server_start(scripted, &script);
	GmfSession *session = open_by_proxy(server, "http://localhost:1", "us er", "p:\xc3\xbc");
	GmfExchange *exchange = begin(session, "GET", "/v3/things");

	(void) state;
	finish(session, exchange);
	assert_null(gmf_exchange_error(exchange));
	assert_int_equal(server->nreceived, 1);
	assert_true(received_header(&server->received[0], "Proxy-Authorization",
								"Basic dXMgZXI6cDrDvA=="));
	gmf_exchange_free(exchange);
	gmf_session_close(session);
	server_stop(server);
}

static void
wants_the_whole_credential(void **state)
{
	static const struct
	{
		const char *user;
		const char *password;
	}			cases[] = {{"user", NULL}, {NULL, "password"}, {"us:er", "password"}};
	Server	   *server = server_start(always_ok, NULL);

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		GmfConfig	config = default_config(server);
		GmfError	error;

		config.proxy = server->url;
		config.proxy_user = cases[i].user;
		config.proxy_password = cases[i].password;
		assert_null(gmf_session_open(&config, &error));
		assert_int_equal(error.kind, GMF_INVALID);
	}
	server_stop(server);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_the_proxy_said),
		cmocka_unit_test(sends_the_credential),
		cmocka_unit_test(wants_the_whole_credential),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
