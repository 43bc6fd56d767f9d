/*
 * test_call_answer.c
 *		Answers to actions: which of them are successes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "gmf_call.h"

/* An exchange that has ended, as far as a call looks at it */
struct GmfExchange
{
	const char *body;
	GmfError	error;
};

const GmfError *
gmf_exchange_error(const GmfExchange *exchange)
{
	return exchange->error.kind == GMF_OK ? NULL : &exchange->error;
}

char *
gmf_exchange_body(const GmfExchange *exchange, size_t *length)
{
	*length = strlen(exchange->body);
	return (char *) (uintptr_t) exchange->body;
}

void
gmf_exchange_refuse(GmfExchange *exchange, const GmfError *error)
{
	exchange->error = *error;
}

static const GmfResult job_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id"},
	{.name = "backup_id", .type = GMF_TEXT, .path = "backup.id"},
	{0}
};
static const GmfResult batch_results[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id"},
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code"},
	{0}
};
static const GmfResult error_results[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id"},
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code"},
	{0}
};
static const GmfAction starts_job = {.name = "start", .method = "POST", .results = job_results,
.job = "job_id"};
static const GmfAction batch = {.name = "batch", .method = "POST", .results = batch_results,
.items = "results"};
static const GmfAction tells_errors = {.name = "tells", .method = "POST",
.results = error_results};
static const GmfAction returns_nothing = {.name = "nothing", .method = "DELETE"};
static const GmfAction reads = {.name = "reads", .method = "POST", .results = job_results,
.reads_only = true};

static void
check(const GmfAction *action, const char *body, const char *code, const char *message)
{
	GmfExchange exchange = {.body = body};

	gmf_call_judge(action, &exchange);
	if (message == NULL)
	{
		if (exchange.error.kind != GMF_OK)
			fail_msg("%s %s: %s", action->name, body, exchange.error.message);
		return;
	}
	if (exchange.error.kind == GMF_OK || strcmp(exchange.error.code, code) != 0 ||
		strcmp(exchange.error.message, message) != 0)
		fail_msg("%s %s: \"%s\" \"%s\"", action->name, body, exchange.error.code,
				 exchange.error.message);
	assert_int_equal(exchange.error.maybe_done, !action->reads_only);
}

static void
test_successes(void **state)
{
	(void) state;
	check(&starts_job, "{\"job_id\":\"j\"}", NULL, NULL);
	check(&starts_job, "{\"job_id\":\"j\",\"error_code\":\"DWS.0000\"}", NULL, NULL);
	check(&starts_job, "{\"job_id\":null,\"backup\":{\"id\":\"b\"}}", NULL, NULL);
	check(&batch, "{\"results\":[{\"id\":\"a\",\"error_code\":\"DRS.1\"}]}", NULL, NULL);
	check(&batch, "{\"results\":[]}", NULL, NULL);
	check(&tells_errors, "{\"id\":\"a\",\"error_code\":\"DRS.1\"}", NULL, NULL);
	check(&returns_nothing, "", NULL, NULL);
	check(&returns_nothing, "{}", NULL, NULL);
	check(&returns_nothing, "{\"status\":\"restarting\"}", NULL, NULL);
	check(&returns_nothing, "{\"error_code\":\"0\",\"message\":\"ok\"}", NULL, NULL);
	check(&returns_nothing, "not JSON", NULL, NULL);
}

static void
test_failures(void **state)
{
	const char *missing = "the answer has no \"job_id\", which the operation returns";

	(void) state;
	check(&starts_job, "{}", "", missing);
	check(&starts_job, "", "", missing);
	check(&starts_job, "null", "", missing);
	check(&starts_job, "{\"job_id\":null}", "", missing);
	check(&starts_job, "{\"errCode\":\"DBS.200044\",\"externalMessage\":\"no\"}", "DBS.200044",
	"no");
	check(&starts_job, "{\"job_id\":\"j\",\"error_code\":\"DBS.1\",\"error_msg\":\"no\"}",
	"DBS.1", "no");
	check(&starts_job, "{\"code\":\"X.1\",\"message\":\"no\"}", "X.1", "no");
	check(&starts_job, "{\"error\":{\"code\":500}}", "500",
		  "the answer does not tell the reason");
	check(&reads, "{}", "", missing);
	check(&batch, "{}", "", "the answer has no \"results\", which the operation returns");
	check(&batch, "{\"error_code\":\"DRS.1\",\"error_msg\":\"no\"}", "DRS.1", "no");
	check(&returns_nothing, "{\"error_code\":\"DWS.8119\",\"error_msg\":\"no\"}", "DWS.8119", "no");
}

/* An exchange that failed keeps what it failed with. */
static void
test_failed_before(void **state)
{
	GmfExchange exchange = {.body = "{}"};

	(void) state;
	gmf_error_set(&exchange.error, GMF_BROKEN, "before");
	gmf_call_judge(&starts_job, &exchange);
	assert_string_equal(exchange.error.message, "before");
	assert_false(exchange.error.maybe_done);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_successes),
		cmocka_unit_test(test_failures),
		cmocka_unit_test(test_failed_before)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
