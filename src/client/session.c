/*
 * session.c
 *		One user of one server: what it was told, its clock and its limits.
 */
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "session_internal.h"

/* More slots than this make no difference that could be measured. */
#define MAX_RATE_SLOTS	1000

/*
 * Not all requests take equally long to arrive, and the rate is to hold at that end, too:
 * windows are longer by one part in so many.
 */
#define RATE_MARGIN		50

static void close_exchanges(GmfSession *session);
static bool check_config(const GmfConfig *config, GmfError *error);
static bool check_credential(const GmfConfig *config, GmfError *error);
static bool check_header_text(const char *what, const char *text, GmfError *error);
static bool copy_config(GmfSession *session, const GmfConfig *config);
static bool copy_endpoints(GmfSession *session, const GmfEndpoint *endpoints);
static bool open_rate(GmfRate *rate, double per_second);
static void free_config(GmfSession *session);

/* Members of GmfConfig that are strings of the session's own; the second list is secret. */
static const size_t plain_settings[] = {
	offsetof(GmfConfig, server_name), offsetof(GmfConfig, region),
	offsetof(GmfConfig, project_id), offsetof(GmfConfig, project_name),
	offsetof(GmfConfig, endpoint), offsetof(GmfConfig, domain_suffix),
	offsetof(GmfConfig, ca_file), offsetof(GmfConfig, language),
	offsetof(GmfConfig, user_agent),
};
static const size_t secret_settings[] = {
	offsetof(GmfConfig, proxy), offsetof(GmfConfig, proxy_user),
	offsetof(GmfConfig, proxy_password), offsetof(GmfConfig, access_key),
	offsetof(GmfConfig, secret_key), offsetof(GmfConfig, security_token),
	offsetof(GmfConfig, token), offsetof(GmfConfig, user_name),
	offsetof(GmfConfig, password), offsetof(GmfConfig, domain_name),
};

#define LENGTH_OF(array)	(sizeof(array) / sizeof((array)[0]))
#define SETTING(config, offset)	((const char **) ((char *) (config) + (offset)))

GmfSession *
gmf_session_open(const GmfConfig *config, GmfError *error)
{
	GmfSession *session;

	gmf_error_clear(error);
	if (!check_config(config, error))
		return NULL;
	session = calloc(1, sizeof(*session));
	if (session == NULL)
	{
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
		return NULL;
	}
	session->epoll_fd = -1;
	session->timer_fd = -1;
	session->curl_due = INT64_MAX;
	session->timer_set = INT64_MAX;
	session->wake_at = INT64_MAX;
	if (getrandom(&session->random, sizeof(session->random), GRND_NONBLOCK) !=
		sizeof(session->random))
		session->random = (uint64_t) gmf_now() ^ (uint64_t) (uintptr_t) session;

	if (!copy_config(session, config) ||
		!open_rate(&session->rate, config->requests_per_second))
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
	else if (gmf_transport_open(session, error))
		return session;

	gmf_session_close(session);
	return NULL;
}

void
gmf_session_close(GmfSession *session)
{
	if (session == NULL)
		return;
	close_exchanges(session);
	gmf_cache_empty(session);
	gmf_transport_close(session);
	for (GmfBase *base = session->bases, *next; base != NULL; base = next)
	{
		next = base->next;
		gmf_base_free(base);
	}
	gmf_wipe_string(session->token.text);
	free(session->project_id);
	free(session->rate.slots);
	free_config(session);
	explicit_bzero(session, sizeof(*session));
	free(session);
}

void
gmf_session_set_wait(GmfSession *session, GmfWait wait, void *arg)
{
	session->wait = wait;
	session->wait_arg = arg;
}

int
gmf_session_fd(const GmfSession *session)
{
	return session->epoll_fd;
}

void
gmf_session_step(GmfSession *session)
{
	/* What is sent by a dispatch is begun at once, not at the next step. */
	do
	{
		gmf_transport_work(session);
		gmf_exchanges_dispatch(session);
	} while (gmf_transport_is_due(session));
	gmf_transport_set_timer(session);
}

uint64_t
gmf_session_finished(const GmfSession *session)
{
	return session->finished;
}

void
gmf_session_make_ready(GmfSession *session)
{
	gmf_transport_make_ready(session);
}

bool
gmf_session_wait(GmfSession *session)
{
	bool		go_on = true;

	gmf_session_step(session);
	if (session->finished == session->finished_seen && session->queued + session->on_wire > 0)
	{
		int64_t		began = gmf_now();

		if (session->wait != NULL)
			go_on = session->wait(session->wait_arg, session->epoll_fd);
		else
		{
			struct pollfd ready = {.fd = session->epoll_fd, .events = POLLIN};

			/* Whatever ends it, the caller comes back if it has to. */
			(void) poll(&ready, 1, -1);
		}
		session->counters.wait_us += gmf_now() - began;
		if (!go_on)
			return false;
		gmf_session_step(session);
	}
	session->finished_seen = session->finished;
	return true;
}

void
gmf_session_counters(const GmfSession *session, GmfCounters *counters)
{
	*counters = session->counters;
}

int
gmf_session_max_connections(const GmfSession *session)
{
	return session->config.max_connections;
}

const char *
gmf_session_server_name(const GmfSession *session)
{
	return session->config.server_name;
}

const GmfBase *
gmf_session_base(GmfSession *session, const char *service, GmfError *error)
{
	GmfBase    *base = session->bases;
	char	   *url;

	while (base != NULL && strcmp(base->service, service) != 0)
		base = base->next;
	if (base != NULL)
		return base;

	url = gmf_config_base_url(&session->config, service, error);
	if (url == NULL)
		return NULL;
	base = gmf_base_new(service, url, session->config.allow_http, session->config.proxy, error);
	free(url);
	if (base != NULL)
	{
		base->next = session->bases;
		session->bases = base;
	}
	return base;
}

int64_t *
gmf_rate_take(GmfRate *rate, int64_t now, int64_t *when)
{
	*when = INT64_MAX;
	for (int i = 0; i < rate->nslots; i++)
	{
		int64_t		sent = rate->slots[i];

		if (sent == GMF_SLOT_FREE || (sent != GMF_SLOT_SENDING && sent + rate->window_us <= now))
		{
			rate->slots[i] = GMF_SLOT_SENDING;
			return &rate->slots[i];
		}
		if (sent != GMF_SLOT_SENDING && sent + rate->window_us < *when)
			*when = sent + rate->window_us;
	}
	return NULL;
}

int64_t
gmf_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/*
 * The owner should have freed its exchanges; if it did not, what it still does with
 * them must be safe.
 */
static void
close_exchanges(GmfSession *session)
{
	GmfExchange *next;

	for (GmfExchange *exchange = session->exchanges; exchange != NULL; exchange = next)
	{
		next = exchange->next;
		if (exchange->fetches != GMF_SUPPLY_NONE)
			gmf_exchange_free(exchange);
		else if (exchange->state != GMF_EXCHANGE_DONE)
		{
			gmf_error_set(&exchange->error, GMF_INTERRUPTED, "the session was closed");
			exchange->error.maybe_done = exchange->ever_sent &&
				!gmf_request_idempotent(exchange->request);
			gmf_exchange_finish(exchange);
		}
	}
	gmf_exchanges_reap(session);
	for (GmfExchange *exchange = session->exchanges; exchange != NULL;
		 exchange = exchange->next)
		exchange->session = NULL;
}

/*
 * At most floor(per_second) requests in any second: that is a log of the last so many times
 * of sending.  Unlike a bucket that fills evenly it lets
 * a query that comes after a pause begin with several requests at once, and still
 * no second holds more than it should.
 */
static bool
open_rate(GmfRate *rate, double per_second)
{
	if (per_second <= 0)
		return true;
	if (per_second < 1)
	{
		rate->nslots = 1;
		rate->window_us = (int64_t) (1e6 / per_second);
	}
	else if (per_second < MAX_RATE_SLOTS)
	{
		rate->nslots = (int) per_second;
		rate->window_us = 1000000;
	}
	else
	{
		rate->nslots = MAX_RATE_SLOTS;
		rate->window_us = (int64_t) (1e6 * MAX_RATE_SLOTS / per_second);
	}
	rate->window_us += rate->window_us / RATE_MARGIN;
	rate->slots = malloc(rate->nslots * sizeof(*rate->slots));
	if (rate->slots == NULL)
		return false;
	for (int i = 0; i < rate->nslots; i++)
		rate->slots[i] = GMF_SLOT_FREE;
	return true;
}

static bool
check_config(const GmfConfig *config, GmfError *error)
{
	if (config->connect_timeout <= 0 || config->request_timeout <= 0 ||
		config->connect_timeout > INT_MAX / 1000 || config->request_timeout > INT_MAX / 1000)
		return gmf_error_set(error, GMF_INVALID,
							 "\"connect_timeout\" and \"request_timeout\" must be at least "
							 "one second");
	if (config->max_retries < 0)
		return gmf_error_set(error, GMF_INVALID, "\"max_retries\" must not be negative");
	if (config->max_connections <= 0)
		return gmf_error_set(error, GMF_INVALID, "\"max_connections\" must be at least one");
	if (config->max_response_size <= 0)
		return gmf_error_set(error, GMF_INVALID, "\"max_response_size\" must be at least one");
	if (!(config->requests_per_second >= 0) ||
		(config->requests_per_second > 0 && config->requests_per_second < 1e-6))
		return gmf_error_set(error, GMF_INVALID,
							 "\"requests_per_second\" must not be negative (0: no limit)");
	if (config->endpoint != NULL &&
		!gmf_check_url(config->endpoint, config->allow_http, config->proxy, error))
		return false;
	for (const GmfEndpoint *endpoint = config->endpoints;
		 endpoint != NULL && endpoint->service != NULL; endpoint++)
		if (!gmf_check_url(endpoint->url, config->allow_http, config->proxy, error))
			return false;
	if (config->project_id != NULL && !gmf_is_plain_id(config->project_id))
		return gmf_error_set(error, GMF_INVALID, "\"project_id\" is not an id: \"%s\"",
							 config->project_id);
	if ((config->proxy_user == NULL) != (config->proxy_password == NULL))
		return gmf_error_set(error, GMF_INVALID,
							 "\"proxy_user\" and \"proxy_password\" must be set together");
	if (config->proxy_user != NULL && strchr(config->proxy_user, ':') != NULL)
		return gmf_error_set(error, GMF_INVALID,
							 "\"proxy_user\" must not hold a colon, which ends it on the wire");
	if (config->ca_file != NULL && !gmf_check_ca_file(config->ca_file, error))
		return false;
	return check_header_text("language", config->language, error) &&
		check_header_text("user agent", config->user_agent, error) &&
		check_credential(config, error);
}

static bool
check_credential(const GmfConfig *config, GmfError *error)
{
	switch (config->credential)
	{
		case GMF_NO_CREDENTIAL:
			return true;
		case GMF_ACCESS_KEY:
			if (config->access_key == NULL || config->secret_key == NULL)
				return gmf_error_set(error, GMF_INVALID,
									 "\"access_key\" and \"secret_key\" must be set together");
			break;
		case GMF_TOKEN:
			if (config->token == NULL)
				return gmf_error_set(error, GMF_INVALID, "\"token\" is not set");
			break;
		case GMF_PASSWORD:
			if (config->user_name == NULL || config->password == NULL ||
				config->domain_name == NULL)
				return gmf_error_set(error, GMF_INVALID,
									 "\"user_name\", \"password\" and \"domain_name\" must be "
									 "set together");
			break;
	}
	return check_header_text("access_key", config->access_key, error) &&
		check_header_text("security_token", config->security_token, error) &&
		check_header_text("token", config->token, error);
}

static bool
check_header_text(const char *what, const char *text, GmfError *error)
{
	for (; text != NULL && *text != '\0'; text++)
		if ((unsigned char) *text < 0x20 || *text == 0x7f)
			return gmf_error_set(error, GMF_INVALID,
								 "\"%s\" must not hold control characters: it is sent in a "
								 "header", what);
	return true;
}

static bool
copy_config(GmfSession *session, const GmfConfig *config)
{
	const struct
	{
		const size_t *settings;
		size_t		count;
	}			lists[] = {
		{plain_settings, LENGTH_OF(plain_settings)},
		{secret_settings, LENGTH_OF(secret_settings)},
	};
	bool		done = true;

	session->config = *config;
	session->config.endpoints = NULL;
	for (size_t l = 0; l < LENGTH_OF(lists); l++)
		for (size_t i = 0; i < lists[l].count; i++)
		{
			const char **setting = SETTING(&session->config, lists[l].settings[i]);

			if (*setting == NULL)
				continue;
			*setting = strdup(*setting);
			if (*setting == NULL)
				done = false;
		}
	if (done && session->config.project_id != NULL)
	{
		session->project_id = strdup(session->config.project_id);
		done = session->project_id != NULL;
	}
	return done && (config->endpoints == NULL || copy_endpoints(session, config->endpoints));
}

static bool
copy_endpoints(GmfSession *session, const GmfEndpoint *endpoints)
{
	int			count = 0;

	while (endpoints[count].service != NULL)
		count++;
	session->endpoints = calloc(count + 1, sizeof(*session->endpoints));
	session->config.endpoints = session->endpoints;
	if (session->endpoints == NULL)
		return false;
	for (int i = 0; i < count; i++)
	{
		session->endpoints[i].url = strdup(endpoints[i].url);
		session->endpoints[i].service = strdup(endpoints[i].service);
		if (session->endpoints[i].url == NULL || session->endpoints[i].service == NULL)
		{
			free((void *) (uintptr_t) session->endpoints[i].url);
			free((void *) (uintptr_t) session->endpoints[i].service);
			session->endpoints[i].service = NULL;
			return false;
		}
	}
	return true;
}

static void
free_config(GmfSession *session)
{
	for (size_t i = 0; i < LENGTH_OF(plain_settings); i++)
		free((void *) (uintptr_t) *SETTING(&session->config, plain_settings[i]));
	for (size_t i = 0; i < LENGTH_OF(secret_settings); i++)
		gmf_wipe_string((char *) (uintptr_t) *SETTING(&session->config, secret_settings[i]));
	for (GmfEndpoint *endpoint = session->endpoints;
		 endpoint != NULL && endpoint->service != NULL; endpoint++)
	{
		free((void *) (uintptr_t) endpoint->service);
		free((void *) (uintptr_t) endpoint->url);
	}
	free(session->endpoints);
}
