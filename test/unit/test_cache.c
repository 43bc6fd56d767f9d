/*
 * test_cache.c
 *		Answers that a session keeps: when they are used, when not, and what
 *		empties the cache.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "scripted_server.h"
#include "session_fixture.h"

#define SECOND INT64_C(1000000)

/* As in cache.c. */
#define MOST_ENTRIES 512

/* Asks for a path, and tells whether the answer came from the cache. */
static bool
ask(GmfSession *session, const char *method, const char *path, const char *name,
	int64_t max_age, const char *expected)
{
	GmfRequest *request = gmf_request_new("gaussdb", method, path, strcmp(method, "GET") == 0);
	GmfExchange *exchange;
	bool		cached;
	size_t		length;

	if (name != NULL)
		put(request, GMF_IN_QUERY, "name", name);
	exchange = gmf_exchange_begin_cached(session, request, max_age);
	assert_non_null(exchange);
	finish(session, exchange);
	assert_string_equal(gmf_exchange_body(exchange, &length), expected);
	assert_int_equal(gmf_exchange_status(exchange), expected[0] == '\0' ? 500 : 200);
	cached = gmf_exchange_cached(exchange);
	gmf_exchange_free(exchange);
	return cached;
}

static void
answers_the_same_question(void **state)
{
	Script		script = SCRIPT({.text = OK_2("[]")}, {.text = OK_2("{}")}, {.text = OK_2("11")});
	Server	   *server = server_start(scripted, &script);
	GmfSession *session = open_session(server, NULL);
	GmfCounters counters;

	(void) state;
	assert_false(ask(session, "GET", "/v3/things", "a", 60 * SECOND, "[]"));
	assert_true(ask(session, "GET", "/v3/things", "a", 60 * SECOND, "[]"));
	/* Another value, another path, and one who does not want it, ask anew. */
	assert_false(ask(session, "GET", "/v3/things", "b", 60 * SECOND, "{}"));
	assert_false(ask(session, "GET", "/v3/thing", "a", 60 * SECOND, "11"));
	assert_false(ask(session, "GET", "/v3/things", "a", 0, "11"));
	/* The first answer is still there. */
	assert_true(ask(session, "GET", "/v3/things", "a", 60 * SECOND, "[]"));
	gmf_session_counters(session, &counters);
	assert_int_equal(counters.requests, 4);
	gmf_session_close(session);
	server_stop(server);
}

static void
forgets_what_is_old(void **state)
{
	Script		script = SCRIPT({.text = OK_2("[]")}, {.text = OK_2("{}")});
	Server	   *server = server_start(scripted, &script);
	GmfSession *session = open_session(server, NULL);

	(void) state;
	assert_false(ask(session, "GET", "/v3/things", NULL, SECOND / 50, "[]"));
	assert_true(ask(session, "GET", "/v3/things", NULL, 60 * SECOND, "[]"));
	usleep(25000);
	assert_false(ask(session, "GET", "/v3/things", NULL, SECOND / 50, "{}"));
	/* What was kept last counts. */
	assert_true(ask(session, "GET", "/v3/things", NULL, 60 * SECOND, "{}"));
	gmf_session_close(session);
	server_stop(server);
}

static void
is_emptied_by_an_action(void **state)
{
	Script		script = SCRIPT({.text = OK_2("[]")}, {.text = OK_2("{}")}, {.text = OK_2("11")});
	Server	   *server = server_start(scripted, &script);
	GmfSession *session = open_session(server, NULL);

	(void) state;
	assert_false(ask(session, "GET", "/v3/things", NULL, 60 * SECOND, "[]"));
	assert_false(ask(session, "POST", "/v3/things", NULL, 0, "{}"));
	assert_false(ask(session, "GET", "/v3/things", NULL, 60 * SECOND, "11"));
	gmf_session_close(session);
	server_stop(server);
}

static void
keeps_no_failure(void **state)
{
	Script		script = SCRIPT({.text = EMPTY("500 Oops")}, {.text = OK_2("{}")});
	Server	   *server = server_start(scripted, &script);
	GmfSession *session = open_session(server, NULL);

	(void) state;
	assert_false(ask(session, "GET", "/v3/things", NULL, 60 * SECOND, ""));
	assert_false(ask(session, "GET", "/v3/things", NULL, 60 * SECOND, "{}"));
	assert_true(ask(session, "GET", "/v3/things", NULL, 60 * SECOND, "{}"));
	gmf_session_close(session);
	server_stop(server);
}

/* More different questions than entries: the oldest answer has to go, not the newest. */
static void
is_bounded(void **state)
{
	Server	   *server = server_start(always_ok, NULL);
	GmfSession *session = open_session(server, NULL);
	char		name[16];

	(void) state;
	for (int i = 0; i <= MOST_ENTRIES; i++)
	{
		snprintf(name, sizeof(name), "n%d", i);
		assert_false(ask(session, "GET", "/v3/things", name, 60 * SECOND, "{}"));
	}
	assert_true(ask(session, "GET", "/v3/things", name, 60 * SECOND, "{}"));
	assert_true(ask(session, "GET", "/v3/things", "n1", 60 * SECOND, "{}"));
	assert_false(ask(session, "GET", "/v3/things", "n0", 60 * SECOND, "{}"));
	gmf_session_close(session);
	server_stop(server);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_the_same_question),
		cmocka_unit_test(forgets_what_is_old),
		cmocka_unit_test(is_emptied_by_an_action),
		cmocka_unit_test(keeps_no_failure),
		cmocka_unit_test(is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
