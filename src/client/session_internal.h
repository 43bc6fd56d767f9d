/*
 * session_internal.h
 *		What the files of the session, request and sign rooms share.
 *
 * A session is one event loop without a thread: an epoll descriptor that holds the
 * sockets of libcurl and one timer (transport.c).  An exchange is one request on
 * its way, from queue to answer, retries included (exchange.c).  Tokens and project
 * ids are supplies that exchanges wait for; they are fetched by exchanges that the
 * session begins for itself (credentials.c).
 */
#ifndef GMF_SESSION_INTERNAL_H
#define GMF_SESSION_INTERNAL_H

#include <curl/curl.h>
#include <stdarg.h>
#include <stdint.h>
#include <time.h>

#include "gmf_session.h"

/* ---- error.c ---- */

/*
 * Length of the UTF-8 character that text begins with, 0 where that is no valid one (or
 * there is none left).
 */
extern size_t gmf_utf8_sequence(const char *text, size_t left);

/* ---- request_text.c ---- */

/* A text that grows.  After a failure it stays as it is and "failed" tells. */
typedef struct GmfText
{
	char	   *data;			/* NUL-terminated once something was added, else NULL */
	size_t		length;
	size_t		size;
	bool		failed;			/* out of memory */
} GmfText;

extern void gmf_text_add(GmfText *text, const char *added);
extern void gmf_text_add_bytes(GmfText *text, const char *added, size_t length);
extern void gmf_text_add_encoded(GmfText *text, const char *added);
extern void gmf_text_clear(GmfText *text);

/* Make room for so many more bytes and the NUL. */
extern bool gmf_text_reserve(GmfText *text, size_t more);

/* Overwrite before freeing: for what holds a secret. */
extern void gmf_text_wipe(GmfText *text);

/* Hand over the text, "" where nothing was added; NULL and cleared if it failed. */
extern char *gmf_text_take(GmfText *text);

/* free() for a C string that holds a secret; NULL is fine. */
extern void gmf_wipe_string(char *secret);

/* ---- url.c ---- */

/* Where requests to a service go. */
typedef struct GmfBase
{
	struct GmfBase *next;
	char	   *service;
	char	   *origin;			/* "https://host:port" */
	char	   *host;			/* as in the Host header */
	char	   *prefix;			/* path before that of the API, "" or "/gateway/x" */
} GmfBase;

/* Take a URL apart that gmf_check_url accepts. */
extern GmfBase *gmf_base_new(const char *service, const char *url, bool allow_http,
							 const char *proxy, GmfError *error);
extern void gmf_base_free(GmfBase *base);

/* ---- request.c ---- */

/* "POST /v3/{project_id}/backups", for GmfError.operation. */
extern void gmf_request_operation(const GmfRequest *request, char *field, int size);

/* ---- session.c, exchange.c, transport.c, credentials.c ---- */

/* What an exchange can need before it can be sent. */
typedef enum GmfSupply
{
	GMF_SUPPLY_NONE = 0,
	GMF_SUPPLY_TOKEN,
	GMF_SUPPLY_PROJECT
} GmfSupply;

typedef enum GmfExchangeState
{
	GMF_EXCHANGE_QUEUED,		/* waits for its turn, for a supply or for its due time */
	GMF_EXCHANGE_ON_WIRE,
	GMF_EXCHANGE_DONE
} GmfExchangeState;

/* What came back in one attempt. */
typedef struct GmfReply
{
	int			status;			/* 0: none yet */
	GmfText		headers;		/* of the last header block, without the status line */
	GmfText		body;
	size_t		header_bytes;	/* of all blocks together */
	bool		headers_complete;	/* the empty line after them came */
	bool		headers_too_large;
	bool		too_large;
	bool		no_memory;
} GmfReply;

struct GmfExchange
{
	GmfExchange *next;			/* in GmfSession.exchanges, in the order of sending */
	GmfExchange *previous;
	GmfExchange *next_to_free;	/* in GmfSession.to_free */
	GmfSession *session;		/* NULL: the session was closed */
	GmfRequest *request;
	GmfSupply	fetches;		/* what the session fetches with it; NONE: it is the
								 * owner's */
	GmfExchangeState state;
	GmfSupply	waits_for;		/* while queued */
	int64_t		due;			/* while queued: not before this time */

	int			attempts;		/* begun */
	bool		renewed;		/* a refused token was renewed for it */
	uint64_t	token_number;	/* of the token that the last attempt carried */

	/* the attempt that is on the wire */
	CURL	   *easy;
	struct curl_slist *headers;
	char	   *url;
	int64_t	   *rate_slot;
	bool		sending;		/* the connection stands; bytes may have gone out */
	bool		led_home;		/* to an address that GmfConfig.refuse_local excludes */
	bool		sent_twice;		/* libcurl wanted to send it again by itself */
	char		curl_message[CURL_ERROR_SIZE];

	int64_t		max_age;		/* its answer may come from the cache if it is not older,
								 * microseconds; 0: it is neither taken from there nor
								 * kept */
	char	   *cache_key;		/* NULL: not cached */
	bool		cached;			/* that happened */

	bool		ever_sent;		/* in any attempt */
	GmfReply	reply;
	char		nothing[1];		/* the body of an answer without one */
	GmfError	error;
};

/* A token of our own getting, or the one that we were given. */
typedef struct GmfToken
{
	char	   *text;			/* NULL: none */
	int64_t		renew_at;		/* INT64_MAX: only when it is refused */
	uint64_t	number;			/* counts tokens, to tell an old one from the current one */
} GmfToken;

/*
 * Requests per second, exactly: nslots requests in any window_us.  A slot holds
 * the time at which its request was sent, or says that it is about to be.
 */
#define GMF_SLOT_FREE		INT64_MIN
#define GMF_SLOT_SENDING	INT64_MAX

typedef struct GmfRate
{
	int64_t    *slots;			/* NULL: no limit */
	int			nslots;
	int64_t		window_us;
} GmfRate;

typedef struct GmfCacheEntry GmfCacheEntry;

struct GmfSession
{
	/* what it was told: copies */
	GmfConfig	config;
	GmfEndpoint *endpoints;
	GmfWait		wait;
	void	   *wait_arg;

	GmfExchange *exchanges;		/* the owner's, and the session's own that are not done */
	GmfExchange *last_exchange;
	GmfExchange *to_free;		/* of the session's own that are done */
	int			on_wire;
	int			queued;
	uint64_t	finished;		/* exchanges that came to their end */
	uint64_t	finished_seen;	/* of them, known to the last gmf_session_wait */
	int64_t		wake_at;		/* earliest time at which a queued exchange can go on */
	GmfCounters counters;
	uint64_t	random;			/* state of the generator for jitter */
	GmfRate		rate;
	GmfBase    *bases;

	/* cache.c */
	GmfCacheEntry *cache;		/* NULL: nothing was ever kept */
	size_t		cache_bytes;
	uint64_t	cache_uses;

	/* credentials.c */
	GmfToken	token;
	char	   *project_id;		/* configured or resolved, or NULL */
	GmfExchange *fetching_token;
	GmfExchange *fetching_project;

	/* transport.c */
	CURLM	   *multi;
	CURLSH	   *share;
	CURL	  **idle;			/* handles ready to be used again */
	int			nidle;
	int			epoll_fd;
	int			timer_fd;
	int64_t		curl_due;		/* when libcurl wants to be called, INT64_MAX: not */
	int64_t		timer_set;		/* what timer_fd is set to */
};

/* Microseconds of a clock that never jumps. */
extern int64_t gmf_now(void);

/* ---- session.c ---- */

/* Where requests to a service go; made at its first use. */
extern const GmfBase *gmf_session_base(GmfSession *session, const char *service,
									   GmfError *error);

/*
 * May a request be sent now?  Returns its slot; NULL: not before *when.  Sessions
 * without a limit have no slots: see GmfRate.
 */
extern int64_t *gmf_rate_take(GmfRate *rate, int64_t now, int64_t *when);

/* ---- exchange.c ---- */

/* Begin an exchange of the session's own, before all others. */
extern GmfExchange *gmf_exchange_begin_own(GmfSession *session, GmfRequest *request,
										   GmfSupply fetches);

/* Send what can be sent. */
extern void gmf_exchanges_dispatch(GmfSession *session);

/* The attempt on the wire is over: retry it, renew the token, or end the exchange. */
extern void gmf_exchange_arrived(GmfExchange *exchange, CURLcode result);

/* End it with the error that it holds (GMF_OK: with an answer). */
extern void gmf_exchange_finish(GmfExchange *exchange);

/* Free those of the session's own that are done. */
extern void gmf_exchanges_reap(GmfSession *session);

/* ---- exchange_outcome.c ---- */

typedef enum GmfOutcome
{
	GMF_OUTCOME_ANSWER,
	GMF_OUTCOME_RETRY,
	GMF_OUTCOME_RENEW,			/* the token was refused: get another and send again */
	GMF_OUTCOME_FAILURE
} GmfOutcome;

/*
 * What became of the attempt that has just ended: fills exchange->error, and for a retry
 * *delay_us.
 */
extern GmfOutcome gmf_exchange_outcome(GmfExchange *exchange, CURLcode result,
									   int64_t *delay_us);

/* ---- cache.c ---- */

/* Fill the reply from the cache, if there is an answer that is young enough. */
extern bool gmf_cache_answers(GmfExchange *exchange);

/* Keep the answer of an exchange that asked for it. */
extern void gmf_cache_keep(GmfExchange *exchange);

extern void gmf_cache_empty(GmfSession *session);

/* ---- credentials.c ---- */

/*
 * Has the session all that the exchange needs to be sent?  If not, it is being
 * fetched, and exchange->waits_for tells what.  False with an error in the exchange when
 * that cannot even be begun.
 */
extern bool gmf_credentials_ready(GmfSession *session, GmfExchange *exchange);

/* An exchange of the session's own has ended: take what it brought. */
extern void gmf_credentials_arrived(GmfSession *session, GmfExchange *exchange);

/*
 * The exchange was answered with 401: forget the token that it carried, if it is still the
 * current one.
 */
extern void gmf_credentials_refused(GmfSession *session, const GmfExchange *exchange);

/*
 * The exchange was answered with 401: what to look at, into its error.  For signatures that
 * is what follows from the kind of error.
 */
extern void gmf_credentials_hint(const GmfSession *session, GmfExchange *exchange);

/* The headers that authenticate an attempt, appended to *headers. */
extern bool gmf_credentials_headers(GmfSession *session, GmfExchange *exchange,
									const GmfBase *base, const char *path, const char *query,
									struct curl_slist **headers);

/* ---- transport.c ---- */

extern bool gmf_transport_open(GmfSession *session, GmfError *error);
extern void gmf_transport_close(GmfSession *session);

/* Put an attempt on the wire.  False with an error in the exchange. */
extern bool gmf_transport_send(GmfExchange *exchange);

/* Take it off the wire, whether it has ended or not. */
extern void gmf_transport_drop(GmfExchange *exchange);

/* Let libcurl work; what has ended goes through gmf_exchange_arrived. */
extern void gmf_transport_work(GmfSession *session);

/* Is libcurl waiting to be called at once? */
extern bool gmf_transport_is_due(const GmfSession *session);

/* Make the descriptor readable at the time when something is due next. */
extern void gmf_transport_set_timer(GmfSession *session);

/* Make it readable now, until the next gmf_transport_work. */
extern void gmf_transport_make_ready(GmfSession *session);

/* "Name: value" for a request; false when memory is out. */
extern bool gmf_header_add(struct curl_slist **headers, const char *name, const char *value);

/* Free headers, overwriting them first. */
extern void gmf_headers_free(struct curl_slist *headers);

/*
 * Find the value of a response header in "Name: value\r\n" lines; NULL if it is not
 * there.  Not NUL-terminated.
 */
extern const char *gmf_header_find(const char *headers, const char *name, size_t *length);

#endif							/* GMF_SESSION_INTERNAL_H */
