/*
 * gmf_session.h
 *		One user of one server: connections, credentials, requests on their way.
 *
 * All network traffic of the product goes through a session.  It owns its
 * connections (kept from request to request), the token or the signing keys,
 * the project id, the limits on rate and concurrency, and counters.  Nothing is
 * global: two sessions do not know of each other.
 *
 * Nothing here blocks except gmf_session_wait, and that waits only through the
 * callback that the owner gives.  Between calls nothing happens; a call of
 * gmf_session_step does whatever can be done at once.
 */
#ifndef GMF_SESSION_H
#define GMF_SESSION_H

#include <stdint.h>

#include "gmf_error.h"
#include "gmf_request.h"

#ifdef __cplusplus
extern "C"
{
#endif

typedef struct GmfSession GmfSession;
typedef struct GmfExchange GmfExchange;

typedef enum GmfCredentialKind
{
	GMF_NO_CREDENTIAL = 0,
	GMF_ACCESS_KEY,				/* access_key, secret_key, perhaps security_token */
	GMF_TOKEN,					/* token */
	GMF_PASSWORD				/* user_name, password, domain_name */
} GmfCredentialKind;

typedef struct GmfEndpoint
{
	const char *service;		/* NULL ends the list */
	const char *url;
} GmfEndpoint;

/* Everything that a session is told.  Copied by gmf_session_open. */
typedef struct GmfConfig
{
	const char *server_name;	/* for messages */
	const char *region;
	const char *project_id;		/* NULL: resolved through IAM by project_name */
	const char *project_name;	/* NULL: the region's default project, which has its
								 * name */
	const char *endpoint;		/* one base URL for every service, or NULL */
	const GmfEndpoint *endpoints;	/* of single services, or NULL */
	const char *domain_suffix;
	int			connect_timeout;	/* seconds */
	int			request_timeout;	/* seconds, for one attempt */
	int			max_retries;
	int			max_connections;	/* requests in flight */
	double		requests_per_second;	/* 0: no limit */
	int64_t		max_response_size;	/* bytes, after decompression */
	const char *ca_file;		/* for the proxy's certificate, too */
	const char *proxy;
	const char *proxy_user;		/* NULL: the proxy gets no credential */
	const char *proxy_password;
	const char *language;		/* X-Language, or NULL */
	bool		allow_http;
	bool		refuse_local;	/* no connection to an address of this host (loopback, of an
								 * interface) or of its link (169.254/16 and the like),
								 * whatever name leads there */
	const char *user_agent;

	GmfCredentialKind credential;
	const char *access_key;
	const char *secret_key;
	const char *security_token;
	const char *token;
	const char *user_name;
	const char *password;
	const char *domain_name;
	bool		name_user;		/* errors may name user and domain: whoever reads them may
								 * know them */
} GmfConfig;

/*
 * Waits until fd is readable, or until the owner wants to stop.  Returns true to
 * go on, false to stop.  It may return true early.
 */
typedef bool (*GmfWait) (void *arg, int fd);

/* Since the session was opened. */
typedef struct GmfCounters
{
	int64_t		requests;		/* sent, retries included, IAM included */
	int64_t		retries;
	int64_t		connections;	/* opened */
	int64_t		bytes_received; /* bodies, after decompression */
	int64_t		wait_us;		/* spent in gmf_session_wait, microseconds */
} GmfCounters;

/*
 * NULL on failure (GMF_INVALID: a setting that cannot work; GMF_NO_MEMORY;
 * GMF_NO_DESCRIPTOR).  Makes no request.
 */
extern GmfSession *gmf_session_open(const GmfConfig *config, GmfError *error);

/* How many descriptors a session with so many connections holds at most. */
extern int	gmf_session_descriptors(int max_connections);

/* Ends everything that is on its way.  Exchanges must be freed before. */
extern void gmf_session_close(GmfSession *session);

extern void gmf_session_set_wait(GmfSession *session, GmfWait wait, void *arg);

/*
 * A descriptor that is readable whenever gmf_session_step has something to do:
 * data, a time-out, a retry that is due.  It stays the same for the life of the session.
 */
extern int	gmf_session_fd(const GmfSession *session);

/* Do what can be done without waiting. */
extern void gmf_session_step(GmfSession *session);

/*
 * How many exchanges have come to their end.  Who waits for the descriptor, and has not
 * looked at his exchanges since the number changed, would wait in vain: a step
 * for somebody else has taken the event.
 */
extern uint64_t gmf_session_finished(const GmfSession *session);

/* Makes the descriptor readable until the next step. */
extern void gmf_session_make_ready(GmfSession *session);

/*
 * gmf_session_step, and if no exchange came to its end by it, wait once and step
 * again.  False: the callback asked to stop; everything stays on its way and
 * the caller may come back.
 */
extern bool gmf_session_wait(GmfSession *session);

extern void gmf_session_counters(const GmfSession *session, GmfCounters *counters);

/* How many exchanges can be in flight at once, as configured. */
extern int	gmf_session_max_connections(const GmfSession *session);

extern const char *gmf_session_server_name(const GmfSession *session);

/*
 * Base URL of a service as the configuration has it ("https://host"), malloc'ed, owned
 * by the caller.  NULL: unknown without a region, error is filled.
 */
extern char *gmf_config_base_url(const GmfConfig *config, const char *service,
								 GmfError *error);

/*
 * Is it a URL that requests may be sent to: https, or http where allow_http is set, or where
 * the host is a loopback address and the proxy (NULL: none) has one, too; no
 * credentials, query or fragment in it?  False with the reason in error.
 */
extern bool gmf_check_url(const char *url, bool allow_http, const char *proxy,
						  GmfError *error);

/*
 * Can the file serve as GmfConfig.ca_file: is it a regular file that can be read and holds a
 * certificate in PEM format?  Reads it, never waits.  False with the reason in error.
 */
extern bool gmf_check_ca_file(const char *path, GmfError *error);

/*
 * Is it an id that can be a segment of a path and the value of a header whatever a server makes
 * of it: 1 to 64 letters, digits, hyphens and underscores?
 */
extern bool gmf_is_plain_id(const char *id);

/*
 * Begin an exchange.  It waits its turn (concurrency, rate), for the token and
 * for the project id, is retried as the request allows, and ends with an answer or an
 * error.  The exchange takes over the request, also when it fails to begin
 * (NULL: no memory).
 */
extern GmfExchange *gmf_exchange_begin(GmfSession *session, GmfRequest *request);

/*
 * The same, but an answer that is not older than max_age microseconds may come from the
 * session's cache, and the answer is kept there.  An action empties the cache.
 */
extern GmfExchange *gmf_exchange_begin_cached(GmfSession *session, GmfRequest *request,
											  int64_t max_age);

/* Did the answer come from the cache? */
extern bool gmf_exchange_cached(const GmfExchange *exchange);

extern bool gmf_exchange_done(const GmfExchange *exchange);

/*
 * The error that it ended with, or NULL when the answer is 2xx.  Owned by the
 * exchange.
 */
extern const GmfError *gmf_exchange_error(const GmfExchange *exchange);

extern int	gmf_exchange_status(const GmfExchange *exchange);

/*
 * The body (a NUL follows it), owned by the exchange.  Also there for an error that came
 * with an answer.
 */
extern char *gmf_exchange_body(const GmfExchange *exchange, size_t *length);

/* Bytes of the answer that it holds, as far as they have come. */
extern size_t gmf_exchange_held(const GmfExchange *exchange);

/* All response headers as sent, "Name: value\r\n" one after another; owned by the exchange. */
extern const char *gmf_exchange_headers(const GmfExchange *exchange);

/* The request id that the answer bears, into a field of size bytes; untouched when it has none. */
extern void gmf_exchange_request_id(const GmfExchange *exchange, char *field, int size);

/*
 * Make an error of an exchange that ended with an answer, because of what that holds: takes
 * kind, maybe_done, code and message, and the request id where the headers had none.
 */
extern void gmf_exchange_refuse(GmfExchange *exchange, const GmfError *error);

/*
 * Complete an error about an answer, which the one who read it found, with what was asked
 * and what came back.
 */
extern void gmf_exchange_say_where(const GmfExchange *exchange, GmfError *error);

extern GmfRequest *gmf_exchange_request(const GmfExchange *exchange);

/* Attempts so far. */
extern int	gmf_exchange_attempts(const GmfExchange *exchange);

/* Has any of it gone out?  For an exchange that is given up before it is done. */
extern bool gmf_exchange_sent(const GmfExchange *exchange);

/* Ends it at once if it is still on its way. */
extern void gmf_exchange_free(GmfExchange *exchange);

#ifdef __cplusplus
}
#endif

#endif							/* GMF_SESSION_H */
