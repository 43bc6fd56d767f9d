/*
 * test_descriptors.c
 *		File descriptors: none left is an error of its own, whoever lacks one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <sys/resource.h>

#include "session_fixture.h"

static int
open_descriptors(void)
{
	DIR		   *directory = opendir("/proc/self/fd");
	int			count = -3;		/* ".", "..", and that of the directory */

	assert_non_null(directory);
	while (readdir(directory) != NULL)
		count++;
	closedir(directory);
	return count;
}

/* Leaves the process one descriptor fewer than the next one would need. */
static rlim_t
limit_descriptors(void)
{
	struct rlimit limit;
	rlim_t		before;
	int			next = dup(0);

	assert_true(next > 0);
	close(next);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	before = limit.rlim_cur;
	limit.rlim_cur = next;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	return before;
}

static void
unlimit_descriptors(rlim_t before)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = before;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

static void
the_process_has_none(void **state)
{
	Server	   *server = server_start(always_ok, NULL);
	GmfConfig	config = default_config(server);
	int			before = open_descriptors();
	GmfExchange *exchange;
	GmfSession *session;
	rlim_t		limit;
	GmfError	error;

	(void) state;
	limit = limit_descriptors();
	session = gmf_session_open(&config, &error);
	unlimit_descriptors(limit);
	assert_null(session);
	assert_int_equal(error.kind, GMF_NO_DESCRIPTOR);

	session = gmf_session_open(&config, &error);
	assert_non_null(session);
	exchange = begin(session, "GET", "/v3/things");
	limit = limit_descriptors();
	finish(session, exchange);
	unlimit_descriptors(limit);
	assert_non_null(gmf_exchange_error(exchange));
	assert_int_equal(gmf_exchange_error(exchange)->kind, GMF_NO_DESCRIPTOR);
	assert_int_equal(gmf_exchange_attempts(exchange), 1);
	gmf_exchange_free(exchange);
	gmf_session_close(session);
	assert_int_equal(open_descriptors(), before);
	server_stop(server);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_process_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
