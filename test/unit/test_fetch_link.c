/*
 * test_fetch_link.c
 *		Unit tests of fetching: pages that are named by a link in the answer, of which only
 *		the query is followed.
 */
#include "fetch_fixture.h"

#define LINKED(place, limit) { \
	LIST_OF_THINGS, \
	.paging = {GMF_PAGED_BY_LINK, GMF_IN_QUERY, limit, NULL, 0, 0, 0, place} \
}

static const GmfRoute by_link = LINKED("next", "limit");
static const GmfRoute by_inner_link = LINKED("links.next", "limit");
static const GmfRoute by_list_of_links = LINKED("$.things_links", "limit");
static const GmfRoute without_limit = LINKED("next", NULL);

static void
test_forms_of_links(void **state)
{
	static const struct
	{
		const GmfRoute *route;
		const char *link;
	}			cases[] =
	{
		{&by_link, "\"next\": \"/v1/p/things?limit=20&marker=t%ld\""},
		{&by_link, "\"next\": \"?marker=t%ld\""},
		{&by_link, "\"next\": \"http://elsewhere.example:81/path?limit=20&marker=t%ld#x?y=z\""},
		{&by_link, "\"next\": \"\\/v1?&&marker=%74%ld&\""},
		{&by_link, "\"next\": {\"href\": \"?marker=t%ld\"}"},
		{&by_inner_link, "\"links\": {\"next\": \"?marker=t%ld\", \"previous\": null}"},
		{&by_list_of_links, "\"things_links\": [{\"rel\": \"self\", \"href\": \"?marker=t0\"}, "
		"{\"rel\": \"next\", \"href\": \"?marker=t%ld\"}]"}
	};

	(void) state;
	server.total = NO_TOTAL;
	server.rows = 53;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		Run			run = {.spec = {.resource = &things, .route = cases[i].route,
				.used = only_id, .page_size = 20}};

		server.link = cases[i].link;
		run_whole(&run, 1);
		assert_things(&run, 0, 53);
		assert_requests(&run,
						"GET /v1/p/things?limit=20\n"
						"GET /v1/p/things?limit=20&marker=t19\n"
						"GET /v1/p/things?limit=20&marker=t39\n");
		assert_null(gmf_fetch_note(run.fetch));
		run_close(&run);
	}
}

/* What the link says goes before what the query says; the rest of that stays. */
static void
test_filters_and_links(void **state)
{
	const char *zone[] = {"t1"};
	const char *name[] = {"a b&c"};
	const GmfBinding bindings[] = {{&list_parameters[0], zone, 1}, {&list_parameters[1], name, 1}};
	Run			run = {.spec = {.resource = &things, .route = &without_limit, .used = only_id,
			.bindings = bindings, .nbindings = 2}};

	(void) state;
	server.total = NO_TOTAL;
	server.rows = 30;
	server.cap = 20;
	server.link = "\"next\": \"?zone=%C3%A9+x&zone=y&marker=t%ld\"";
	run_whole(&run, 1);
	assert_things(&run, 0, 30);
	assert_requests(&run,
					"GET /v1/p/things?name=a%20b%26c&zone=t1\n"
					"GET /v1/p/things?marker=t19&name=a%20b%26c&zone=y&zone=%C3%A9%20x\n");
	run_close(&run);
}

static void
test_limit_and_offset(void **state)
{
	Run			run = {.most_rows = 10, .spec = {.resource = &things, .route = &by_link,
			.used = only_id, .page_size = 20, .wanted_rows = 10, .skip_rows = 15}};

	(void) state;
	server.total = NO_TOTAL;
	server.rows = 100;
	server.link = "\"next\": \"?limit=1&marker=t%ld\"";
	run_whole(&run, 1);
	assert_things(&run, 15, 25);
	assert_null(strstr(text_of(&run.session.log), "limit=1&"));
	run_close(&run);
}

static void
test_links_that_cannot_be_followed(void **state)
{
	static const struct
	{
		const char *link;
		const char *message;
	}			cases[] =
	{
		{"\"next\": \"/v1/things/page/%ld\"", "the link to the next page has no query"},
		{"\"next\": \"/v1/things?#%ld\"", "the link to the next page has no query"},
		{"\"next\": \"?marker=%%0%ld\"", "the link to the next page cannot be decoded"},
		{"\"next\": \"?marker=%%zz&%ld\"", "the link to the next page cannot be decoded"},
		{"\"next\": \"?marker=t5\", \"page\": %ld", "the same page twice"},
		{"\"next\": {\"href\": 5, \"x\": %ld}", NULL},
		{"\"next\": null, \"x\": %ld", NULL},
		{"\"next\": \"\", \"x\": %ld", NULL},
		{"\"next\": [], \"x\": %ld", NULL}
	};

	(void) state;
	server.total = NO_TOTAL;
	server.rows = 53;
	server.cap = 1;				/* "%0%ld" is a zero then */
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		Run			run = {.spec = {.resource = &things, .route = &without_limit,
				.used = only_id}};
		char		link[200] = "";

		for (const char *p = cases[i].link; *p != '\0'; p += *p == '%' && p[1] == '%' ? 2 : 1)
			strncat(link, p, 1);
		server.link = link;
		run_open(&run);
		run_on(&run, 1);
		assert_int_equal(run.state, cases[i].message == NULL ? GMF_FETCH_END : GMF_FETCH_FAILED);
		if (cases[i].message != NULL && strstr(run.error.message, cases[i].message) == NULL)
			fail_msg("%s: %s", cases[i].link, run.error.message);
		run_close(&run);
	}
}

/* The place is misspelt, and another one says that there is more; a total, too. */
static void
test_link_at_another_place(void **state)
{
	Run			run = {.spec = {.resource = &things, .route = &by_inner_link, .used = only_id,
			.page_size = 20}};

	(void) state;
	server.total = NO_TOTAL;
	server.rows = 53;
	server.link = "\"next\": \"?marker=t%ld\"";
	run_whole(&run, 1);
	assert_things(&run, 0, 20);
	assert_string_equal(gmf_fetch_note(run.fetch), "the answer holds only a part of the list: "
						"its \"next\" says that there is more");
	run_close(&run);

	run = (Run) {.spec = run.spec};
	server.total = TRUE_TOTAL;
	run_open(&run);
	run_on(&run, 1);
	assert_int_equal(run.state, GMF_FETCH_FAILED);
	assert_string_equal(run.error.message,
						"the list ended after 20 records, although the service counts 53");
	run_close(&run);
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_forms_of_links),
		TEST(test_filters_and_links),
		TEST(test_limit_and_offset),
		TEST(test_links_that_cannot_be_followed),
		TEST(test_link_at_another_place)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
