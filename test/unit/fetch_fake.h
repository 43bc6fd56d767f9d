/*
 * fetch_fake.h
 *		A session without a network, for the unit tests of fetching.
 *
 * An exchange ends when the test lets it, in the order that the test chooses;
 * what was asked is written down as it would go on the wire.  The server behind it
 * is a function of the test.
 */
#ifndef FETCH_FAKE_H
#define FETCH_FAKE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gmf_fetch.h"

/* Text that grows. */
typedef struct Text
{
	char	   *bytes;
	size_t		length;
} Text;

typedef enum FakeOrder
{
	OLDEST_FIRST = 0,
	NEWEST_FIRST,
	ANY_ORDER
} FakeOrder;

struct GmfExchange
{
	GmfExchange *next;
	GmfSession *session;
	GmfRequest *request;
	char	   *path;			/* as sent; the project is "p" */
	char	   *query;
	int			number;			/* 0 for the first one of the session */
	bool		done;
	int			status;
	int			attempts;
	Text		body;			/* of the answer */
	GmfError	error;
};

struct GmfSession
{
	void		(*serve) (GmfExchange *exchange);
	FakeOrder	order;
	int			max_connections;
	bool		eager;			/* some exchanges end in gmf_session_step already */
	GmfExchange *exchanges;		/* begun and not freed, oldest first */
	int			begun;
	int			alive;
	int			most_alive;
	Text		log;			/* a line for each request */
};

static inline void __attribute__((format(printf, 2, 3)))
text_add(Text *text, const char *format,...)
{
	va_list		args;
	int			length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	text->bytes = realloc(text->bytes, text->length + (size_t) length + 1);
	assert_non_null(text->bytes);
	va_start(args, format);
	vsnprintf(text->bytes + text->length, (size_t) length + 1, format, args);
	va_end(args);
	text->length += (size_t) length;
}

static inline void
text_free(Text *text)
{
	free(text->bytes);
	text->bytes = NULL;
	text->length = 0;
}

static inline const char *
text_of(const Text *text)
{
	return text->bytes == NULL ? "" : text->bytes;
}

/* ---- what the server sees of a request ---- */

/* A parameter of the query, or of the top of the body; NULL when it is not there. */
static inline const char *
asked(const GmfExchange *exchange, const char *name, char value[64])
{
	const char *body = gmf_request_body(exchange->request);
	char		search[80];
	const char *found;

	snprintf(search, sizeof(search), "&%s=", name);
	found = strstr(exchange->query, search);
	if (found == NULL && strncmp(exchange->query, search + 1, strlen(search) - 1) == 0)
		found = exchange->query - 1;
	if (found == NULL && body != NULL)
	{
		snprintf(search, sizeof(search), "\"%s\":", name);
		found = strstr(body, search);
	}
	if (found == NULL)
		return NULL;
	found += strlen(search);
	snprintf(value, 64, "%.*s", (int) strcspn(found, "&,}"), found);
	return value;
}

static inline long
asked_number(const GmfExchange *exchange, const char *name, long otherwise)
{
	char		value[64];

	return asked(exchange, name, value) == NULL ? otherwise : strtol(value, NULL, 10);
}

static inline void
refuse(GmfExchange *exchange, GmfErrorKind kind, int status, const char *code)
{
	exchange->status = status;
	gmf_error_set(&exchange->error, kind, "refused by the test");
	exchange->error.http_status = status;
	snprintf(exchange->error.code, sizeof(exchange->error.code), "%s", code);
}

/* ---- how the test lets things happen ---- */

static inline int
in_flight(const GmfSession *session)
{
	int			n = 0;

	for (const GmfExchange *x = session->exchanges; x != NULL; x = x->next)
		n += !x->done;
	return n;
}

static inline void
finish_exchange(GmfExchange *exchange)
{
	exchange->status = 200;
	exchange->session->serve(exchange);
	exchange->done = true;
}

/* One exchange ends.  False when none is on its way. */
static inline bool
finish_one(GmfSession *session)
{
	int			n = in_flight(session);
	int			chosen = 0;

	if (n == 0)
		return false;
	if (session->order == NEWEST_FIRST)
		chosen = n - 1;
	else if (session->order == ANY_ORDER)
		chosen = rand() % n;
	for (GmfExchange *x = session->exchanges; x != NULL; x = x->next)
		if (!x->done && chosen-- == 0)
		{
			finish_exchange(x);
			return true;
		}
	return false;
}

static inline void
session_free(GmfSession *session)
{
	assert_null(session->exchanges);
	assert_int_equal(session->alive, 0);
	text_free(&session->log);
}

/* ---- gmf_session.h, as far as fetching uses it ---- */

GmfExchange *
gmf_exchange_begin_cached(GmfSession *session, GmfRequest *request, int64_t max_age)
{
	(void) max_age;
	return gmf_exchange_begin(session, request);
}

bool
gmf_exchange_cached(const GmfExchange *exchange)
{
	(void) exchange;
	return false;
}

void
gmf_exchange_request_id(const GmfExchange *exchange, char *field, int size)
{
	(void) exchange;
	snprintf(field, size, "%s", "fake-request-id");
}

void
gmf_exchange_say_where(const GmfExchange *exchange, GmfError *error)
{
	snprintf(error->operation, sizeof(error->operation), "%s %s",
			 gmf_request_method(exchange->request), gmf_request_path(exchange->request));
	error->http_status = exchange->status;
	error->attempts = exchange->attempts;
	gmf_exchange_request_id(exchange, error->request_id, sizeof(error->request_id));
}

int
gmf_session_max_connections(const GmfSession *session)
{
	return session->max_connections > 0 ? session->max_connections : 8;
}

void
gmf_session_step(GmfSession *session)
{
	if (session->eager && rand() % 3 == 0)
		finish_one(session);
}

GmfExchange *
gmf_exchange_begin(GmfSession *session, GmfRequest *request)
{
	GmfExchange *exchange = calloc(1, sizeof(*exchange));
	GmfExchange **link = &session->exchanges;
	const char *body = gmf_request_body(request);
	GmfError	error;

	assert_non_null(exchange);
	gmf_error_clear(&error);
	exchange->session = session;
	exchange->request = request;
	exchange->number = session->begun++;
	exchange->attempts = 1;
	assert_true(gmf_request_target(request, "p", &exchange->path, &exchange->query, &error));
	assert_true(gmf_request_idempotent(request));
	while (*link != NULL)
		link = &(*link)->next;
	*link = exchange;
	if (++session->alive > session->most_alive)
		session->most_alive = session->alive;
	text_add(&session->log, "%s %s%s%s%s%s\n", gmf_request_method(request), exchange->path,
			 exchange->query[0] == '\0' ? "" : "?", exchange->query,
			 body == NULL ? "" : " ", body == NULL ? "" : body);
	return exchange;
}

bool
gmf_exchange_done(const GmfExchange *exchange)
{
	return exchange->done;
}

const GmfError *
gmf_exchange_error(const GmfExchange *exchange)
{
	assert_true(exchange->done);
	return exchange->error.kind == GMF_OK ? NULL : &exchange->error;
}

int
gmf_exchange_status(const GmfExchange *exchange)
{
	return exchange->status;
}

char *
gmf_exchange_body(const GmfExchange *exchange, size_t *length)
{
	assert_true(exchange->done);
	*length = exchange->body.length;
	return exchange->body.bytes;
}

int
gmf_exchange_attempts(const GmfExchange *exchange)
{
	return exchange->attempts;
}

void
gmf_exchange_free(GmfExchange *exchange)
{
	GmfExchange **link;

	if (exchange == NULL)
		return;
	link = &exchange->session->exchanges;
	while (*link != exchange)
		link = &(*link)->next;
	*link = exchange->next;
	exchange->session->alive--;
	gmf_request_free(exchange->request);
	free(exchange->path);
	free(exchange->query);
	text_free(&exchange->body);
	free(exchange);
}

#endif							/* FETCH_FAKE_H */
