/*
 * exchange.c
 *		The life of an exchange: queued, on the wire, perhaps queued again, done.
 *
 * All exchanges of a session are in one list, in the order in which they are to be sent.
 * One that is to be retried keeps its place, so that it goes before all that were begun
 * later; those of the session itself stand at the head, since others wait for them.
 */
#include <stdlib.h>
#include <string.h>

#include "session_internal.h"

static GmfExchange *new_exchange(GmfSession *session, GmfRequest *request);
static void say_what_is_asked(GmfExchange *exchange);
static void link_exchange(GmfExchange *exchange, GmfExchange *before);
static void unlink_exchange(GmfSession *session, GmfExchange *exchange);
static void free_unlinked(GmfExchange *exchange);
static bool send_exchange(GmfExchange *exchange);
static void take_off_wire(GmfExchange *exchange);
static void queue_again(GmfExchange *exchange, int64_t due);
static void forget_reply(GmfReply *reply);

GmfExchange *
gmf_exchange_begin(GmfSession *session, GmfRequest *request)
{
	GmfExchange *exchange = new_exchange(session, request);

	if (exchange == NULL)
		return NULL;
	link_exchange(exchange, NULL);
	gmf_exchanges_dispatch(session);
	gmf_transport_set_timer(session);
	return exchange;
}

GmfExchange *
gmf_exchange_begin_cached(GmfSession *session, GmfRequest *request, int64_t max_age)
{
	GmfExchange *exchange;

	if (max_age <= 0)
		return gmf_exchange_begin(session, request);
	exchange = new_exchange(session, request);
	if (exchange == NULL)
		return NULL;
	exchange->max_age = max_age;
	link_exchange(exchange, NULL);
	if (gmf_cache_answers(exchange))
	{
		exchange->cached = true;
		gmf_exchange_finish(exchange);
		return exchange;
	}
	gmf_exchanges_dispatch(session);
	gmf_transport_set_timer(session);
	return exchange;
}

bool
gmf_exchange_cached(const GmfExchange *exchange)
{
	return exchange->cached;
}

GmfExchange *
gmf_exchange_begin_own(GmfSession *session, GmfRequest *request, GmfSupply fetches)
{
	GmfExchange *exchange = new_exchange(session, request);

	if (exchange == NULL)
		return NULL;
	exchange->fetches = fetches;
	link_exchange(exchange, session->exchanges);
	return exchange;
}

bool
gmf_exchange_done(const GmfExchange *exchange)
{
	return exchange->state == GMF_EXCHANGE_DONE;
}

const GmfError *
gmf_exchange_error(const GmfExchange *exchange)
{
	if (exchange->state != GMF_EXCHANGE_DONE || exchange->error.kind == GMF_OK)
		return NULL;
	return &exchange->error;
}

int
gmf_exchange_status(const GmfExchange *exchange)
{
	return exchange->reply.status;
}

char *
gmf_exchange_body(const GmfExchange *exchange, size_t *length)
{
	*length = exchange->reply.body.length;
	if (exchange->reply.body.data == NULL)
		return (char *) (uintptr_t) exchange->nothing;
	return exchange->reply.body.data;
}

size_t
gmf_exchange_held(const GmfExchange *exchange)
{
	return exchange->reply.body.length + exchange->reply.headers.length;
}

const char *
gmf_exchange_headers(const GmfExchange *exchange)
{
	return exchange->reply.headers.data == NULL ? "" : exchange->reply.headers.data;
}

GmfRequest *
gmf_exchange_request(const GmfExchange *exchange)
{
	return exchange->request;
}

int
gmf_exchange_attempts(const GmfExchange *exchange)
{
	return exchange->attempts;
}

void
gmf_exchange_say_where(const GmfExchange *exchange, GmfError *error)
{
	memcpy(error->service, exchange->error.service, sizeof(error->service));
	memcpy(error->operation, exchange->error.operation, sizeof(error->operation));
	error->http_status = exchange->reply.status;
	error->attempts = exchange->attempts;
	gmf_exchange_request_id(exchange, error->request_id, sizeof(error->request_id));
}

void
gmf_exchange_refuse(GmfExchange *exchange, const GmfError *error)
{
	exchange->error.kind = error->kind;
	exchange->error.maybe_done = error->maybe_done;
	memcpy(exchange->error.code, error->code, sizeof(error->code));
	memcpy(exchange->error.message, error->message, sizeof(error->message));
	if (exchange->error.request_id[0] == '\0')
		memcpy(exchange->error.request_id, error->request_id, sizeof(error->request_id));
}

bool
gmf_exchange_sent(const GmfExchange *exchange)
{
	return exchange->ever_sent;
}

void
gmf_exchange_free(GmfExchange *exchange)
{
	if (exchange == NULL)
		return;
	if (exchange->session != NULL)
	{
		if (exchange->state == GMF_EXCHANGE_ON_WIRE)
			take_off_wire(exchange);
		else if (exchange->state == GMF_EXCHANGE_QUEUED)
			exchange->session->queued--;
		unlink_exchange(exchange->session, exchange);
	}
	free_unlinked(exchange);
}

void
gmf_exchanges_dispatch(GmfSession *session)
{
	GmfExchange *first;

	gmf_exchanges_reap(session);
	do
	{
		int64_t		now = gmf_now();

		first = session->exchanges;
		session->wake_at = INT64_MAX;
		for (GmfExchange *exchange = first;
			 exchange != NULL && session->on_wire < session->config.max_connections;
			 exchange = exchange->next)
		{
			int64_t		when = exchange->due;

			if (exchange->state != GMF_EXCHANGE_QUEUED)
				continue;
			if (when <= now)
			{
				if (!gmf_credentials_ready(session, exchange))
				{
					if (exchange->error.kind != GMF_OK)
						gmf_exchange_finish(exchange);
					continue;
				}
				exchange->rate_slot = gmf_rate_take(&session->rate, now, &when);
				if (exchange->rate_slot != NULL || session->rate.slots == NULL)
				{
					if (!send_exchange(exchange))
						gmf_exchange_finish(exchange);
					continue;
				}
			}
			if (when < session->wake_at)
				session->wake_at = when;
			if (exchange->due <= now)
				break;			/* the rate holds back all the others, too */
		}
		/* An exchange of the session's own came to the head: it is the next to go. */
	} while (session->exchanges != first);
}

void
gmf_exchange_arrived(GmfExchange *exchange, CURLcode result)
{
	int64_t		delay_us = 0;
	GmfOutcome	outcome = gmf_exchange_outcome(exchange, result, &delay_us);

	take_off_wire(exchange);
	switch (outcome)
	{
		case GMF_OUTCOME_RETRY:
			exchange->session->counters.retries++;
			queue_again(exchange, gmf_now() + delay_us);
			break;
		case GMF_OUTCOME_RENEW:
			exchange->session->counters.retries++;
			exchange->renewed = true;
			queue_again(exchange, 0);
			break;
		case GMF_OUTCOME_ANSWER:
		case GMF_OUTCOME_FAILURE:
			gmf_exchange_finish(exchange);
			break;
	}
}

void
gmf_exchange_finish(GmfExchange *exchange)
{
	GmfSession *session = exchange->session;

	if (exchange->state == GMF_EXCHANGE_ON_WIRE)
		take_off_wire(exchange);
	if (exchange->state == GMF_EXCHANGE_QUEUED)
		session->queued--;
	exchange->state = GMF_EXCHANGE_DONE;
	exchange->error.attempts = exchange->attempts;
	if (exchange->fetches == GMF_SUPPLY_NONE)
	{
		session->finished++;
		if (!gmf_request_idempotent(exchange->request))
			gmf_cache_empty(session);
		else if (!exchange->cached)
			gmf_cache_keep(exchange);
		return;
	}

	/* Somebody may be walking along the list, so it is not freed here. */
	gmf_credentials_arrived(session, exchange);
	unlink_exchange(session, exchange);
	exchange->next_to_free = session->to_free;
	session->to_free = exchange;
}

void
gmf_exchanges_reap(GmfSession *session)
{
	while (session->to_free != NULL)
	{
		GmfExchange *exchange = session->to_free;

		session->to_free = exchange->next_to_free;
		free_unlinked(exchange);
	}
}

static GmfExchange *
new_exchange(GmfSession *session, GmfRequest *request)
{
	GmfExchange *exchange = calloc(1, sizeof(*exchange));

	if (exchange == NULL)
	{
		gmf_request_free(request);
		return NULL;
	}
	exchange->session = session;
	exchange->request = request;
	exchange->state = GMF_EXCHANGE_QUEUED;
	say_what_is_asked(exchange);
	session->queued++;
	return exchange;
}

/* For whatever error it may end with. */
static void
say_what_is_asked(GmfExchange *exchange)
{
	const char *service = gmf_request_service(exchange->request);

	gmf_error_text(exchange->error.service, sizeof(exchange->error.service), service,
				   (int) strlen(service));
	gmf_request_operation(exchange->request, exchange->error.operation,
						  sizeof(exchange->error.operation));
}

/* Before another one, or at the end. */
static void
link_exchange(GmfExchange *exchange, GmfExchange *before)
{
	GmfSession *session = exchange->session;

	exchange->next = before;
	exchange->previous = before != NULL ? before->previous : session->last_exchange;
	if (exchange->previous != NULL)
		exchange->previous->next = exchange;
	else
		session->exchanges = exchange;
	if (before != NULL)
		before->previous = exchange;
	else
		session->last_exchange = exchange;
}

static void
unlink_exchange(GmfSession *session, GmfExchange *exchange)
{
	if (session->exchanges == exchange)
		session->exchanges = exchange->next;
	else
		exchange->previous->next = exchange->next;
	if (session->last_exchange == exchange)
		session->last_exchange = exchange->previous;
	else
		exchange->next->previous = exchange->previous;
}

static void
free_unlinked(GmfExchange *exchange)
{
	forget_reply(&exchange->reply);
	gmf_request_free(exchange->request);
	free(exchange->cache_key);
	explicit_bzero(exchange, sizeof(*exchange));
	free(exchange);
}

/* False with an error in the exchange, which is still queued. */
static bool
send_exchange(GmfExchange *exchange)
{
	GmfSession *session = exchange->session;

	forget_reply(&exchange->reply);
	exchange->sending = false;
	exchange->sent_twice = false;
	exchange->led_home = false;
	exchange->token_number = session->token.number;
	if (!gmf_transport_send(exchange))
	{
		if (exchange->rate_slot != NULL)
			*exchange->rate_slot = GMF_SLOT_FREE;
		exchange->rate_slot = NULL;
		return false;
	}
	exchange->attempts++;
	exchange->state = GMF_EXCHANGE_ON_WIRE;
	session->queued--;
	return true;
}

/* It stays in the state "on the wire", for the caller to say what is next. */
static void
take_off_wire(GmfExchange *exchange)
{
	gmf_transport_drop(exchange);
	if (exchange->rate_slot != NULL && *exchange->rate_slot == GMF_SLOT_SENDING)
		*exchange->rate_slot = GMF_SLOT_FREE;
	exchange->rate_slot = NULL;
}

static void
queue_again(GmfExchange *exchange, int64_t due)
{
	gmf_error_clear(&exchange->error);
	say_what_is_asked(exchange);
	exchange->state = GMF_EXCHANGE_QUEUED;
	exchange->due = due;
	exchange->session->queued++;
}

/* Bodies are the users' data, headers may hold a token. */
static void
forget_reply(GmfReply *reply)
{
	gmf_text_wipe(&reply->headers);
	gmf_text_clear(&reply->body);
	memset(reply, 0, sizeof(*reply));
}
