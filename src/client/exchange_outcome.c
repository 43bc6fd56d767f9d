/*
 * exchange_outcome.c
 *		What became of an attempt, and what follows from it.
 *
 * Two questions decide: is the request idempotent, and did it go out?  One that changes
 * something is sent at most once; it is tried again only where the connection never
 * stood.  GmfError.maybe_done is set for it where
 *
 *	- it was begun on the wire and no whole answer came back, or
 *	- a gateway answered 502 or 504: it had passed the request on, and does not
 *	  know what became of it.
 *
 * Any other status of 300 and above is an answer: it was refused, or it failed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gmf_answer.h"
#include "session_internal.h"

#define BACKOFF_FIRST_US	INT64_C(200000)
#define BACKOFF_MOST_US		INT64_C(10000000)
#define RETRY_AFTER_MOST_S	60

static GmfOutcome judge_status(GmfExchange *exchange, int64_t *delay_us);
static GmfOutcome judge_failure(GmfExchange *exchange, CURLcode result, int64_t *delay_us);
static bool describe_limit(GmfExchange *exchange, CURLcode result);
static bool is_too_long_a_line(const GmfExchange *exchange, CURLcode result);
static bool is_out_of_descriptors(void);
static bool describe_no_connection(GmfExchange *exchange, CURLcode result);
static bool describe_no_answer(GmfExchange *exchange, CURLcode result);
static bool describe_proxy(GmfExchange *exchange, long status);
static bool is_hopeless(const char *said);
static bool was_refused_by_tls(const GmfExchange *exchange);
static const char *curl_says(const GmfExchange *exchange, CURLcode result);
static GmfOutcome try_again(GmfExchange *exchange, int64_t *delay_us);
static uint64_t next_random(uint64_t *state);

GmfOutcome
gmf_exchange_outcome(GmfExchange *exchange, CURLcode result, int64_t *delay_us)
{
	GmfError   *error = &exchange->error;
	long		status = 0;

	if (exchange->sending)
		curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
	if (status < 200)
		status = 0;				/* "100 Continue" is not an answer */
	exchange->reply.status = (int) status;
	error->http_status = (int) status;
	error->attempts = exchange->attempts;
	if (status != 0)
		gmf_exchange_request_id(exchange, exchange->error.request_id,
								sizeof(exchange->error.request_id));

	/* libcurl does not mind a connection that ends in the middle of the headers. */
	if (result == CURLE_OK && !exchange->reply.headers_complete)
		result = CURLE_GOT_NOTHING;
	if (result != CURLE_OK)
		return judge_failure(exchange, result, delay_us);
	if (status >= 200 && status < 300)
		return GMF_OUTCOME_ANSWER;
	return judge_status(exchange, delay_us);
}

static GmfOutcome
judge_status(GmfExchange *exchange, int64_t *delay_us)
{
	GmfError   *error = &exchange->error;
	GmfError	told;
	bool		idempotent = gmf_request_idempotent(exchange->request);
	int			status = exchange->reply.status;
	size_t		length;
	char	   *body = gmf_exchange_body(exchange, &length);

	gmf_error_clear(&told);
	gmf_answer_error(body, length, &told);
	error->kind = gmf_status_kind(status);
	memcpy(error->code, told.code, sizeof(error->code));
	memcpy(error->message, told.message, sizeof(error->message));

	/* The gateway does not know the API: that is a wrong endpoint, not a missing object. */
	if (error->kind == GMF_NOT_FOUND && strncmp(error->code, "APIGW.", 6) == 0)
		error->kind = GMF_REJECTED;
	if (error->request_id[0] == '\0')
		memcpy(error->request_id, told.request_id, sizeof(error->request_id));

	if (status < 300)
		gmf_error_set(error, error->kind, "%s does not answer in HTTP", error->host);
	else if (status < 400)
		gmf_error_set(error, error->kind,
					  "the server answered with status %d, a redirection; these are not followed",
					  status);
	if (status == 407)
		describe_proxy(exchange, status);
	if (status == 401)
		gmf_credentials_hint(exchange->session, exchange);
	error->maybe_done = !idempotent && (status == 502 || status == 504);

	/* Some services say with 401 that the object is gone: no other token changes that. */
	if (gmf_request_says_gone(exchange->request, error->code))
		return GMF_OUTCOME_FAILURE;
	if (status == 401 && exchange->session->config.credential == GMF_PASSWORD &&
		exchange->fetches != GMF_SUPPLY_TOKEN)
	{
		gmf_credentials_refused(exchange->session, exchange);
		if (idempotent && !exchange->renewed)
			return GMF_OUTCOME_RENEW;
	}
	if (idempotent && (status == 429 || status == 502 || status == 503 || status == 504))
		return try_again(exchange, delay_us);
	return GMF_OUTCOME_FAILURE;
}

static GmfOutcome
judge_failure(GmfExchange *exchange, CURLcode result, int64_t *delay_us)
{
	GmfError   *error = &exchange->error;
	bool		idempotent = gmf_request_idempotent(exchange->request);
	int			status = exchange->reply.status;
	bool		may_retry;

	if (describe_limit(exchange, result))
		may_retry = false;
	else if (!exchange->sending)
		may_retry = describe_no_connection(exchange, result);
	else
		may_retry = describe_no_answer(exchange, result) && idempotent;

	if (exchange->sending && !idempotent)
	{
		if (error->kind == GMF_UNTRUSTED)
			return GMF_OUTCOME_FAILURE;

		/* Refused: that the rest of the answer got lost changes nothing. */
		if (status >= 300 && error->kind == GMF_BROKEN)
			return judge_status(exchange, delay_us);
		error->maybe_done = status < 300 || status == 502 || status == 504;
	}
	return may_retry ? try_again(exchange, delay_us) : GMF_OUTCOME_FAILURE;
}

/* Limits of our own that the answer went over. */
static bool
describe_limit(GmfExchange *exchange, CURLcode result)
{
	const GmfReply *reply = &exchange->reply;
	GmfError   *error = &exchange->error;

	if (reply->headers_too_large || is_too_long_a_line(exchange, result))
		gmf_error_set(error, GMF_MALFORMED, "the headers of the answer are too large");
	else if (reply->no_memory || result == CURLE_OUT_OF_MEMORY)
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
	else if (reply->too_large || result == CURLE_FILESIZE_EXCEEDED)
		gmf_error_set(error, GMF_TOO_LARGE,
					  "the answer is larger than \"max_response_size\" allows (%lld bytes)",
					  (long long) exchange->session->config.max_response_size);
	else
		return false;
	return true;
}

/* libcurl bounds the single line of a head, and some of its versions say "out of memory" then. */
static bool
is_too_long_a_line(const GmfExchange *exchange, CURLcode result)
{
#if LIBCURL_VERSION_NUM >= 0x080600
	if (result == CURLE_TOO_LARGE)
		return true;
#endif
	return result == CURLE_OUT_OF_MEMORY && exchange->sending &&
		!exchange->reply.headers_complete && !exchange->reply.no_memory;
}

/* Who lacks one, as a resolver or a TLS library that reads a file, tends to say something else. */
static bool
is_out_of_descriptors(void)
{
	int			fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd < 0 && (errno == EMFILE || errno == ENFILE);
}

/* The connection never stood; true: worth another try. */
static bool
describe_no_connection(GmfExchange *exchange, CURLcode result)
{
	const GmfConfig *config = &exchange->session->config;
	GmfError   *error = &exchange->error;
	long		connect = 0;
	long		number = 0;

	curl_easy_getinfo(exchange->easy, CURLINFO_HTTP_CONNECTCODE, &connect);
	if (connect >= 300)
		return describe_proxy(exchange, connect);
	curl_easy_getinfo(exchange->easy, CURLINFO_OS_ERRNO, &number);
	if (number == EMFILE || number == ENFILE || is_out_of_descriptors())
		return gmf_error_set(error, GMF_NO_DESCRIPTOR, "no connection to %s: too many open files",
							 error->host);
	switch (result)
	{
		case CURLE_OPERATION_TIMEDOUT:
			gmf_error_set(error, GMF_TIMED_OUT, "no connection to %s within %d seconds",
						  error->host,
						  config->connect_timeout < config->request_timeout ?
						  config->connect_timeout : config->request_timeout);
			return true;
		case CURLE_SSL_CONNECT_ERROR:
			gmf_error_set(error, GMF_UNTRUSTED, "no TLS connection to %s: %s", error->host,
						  curl_says(exchange, result));
			return !is_hopeless(curl_says(exchange, result));
		case CURLE_PEER_FAILED_VERIFICATION:
		case CURLE_SSL_CACERT_BADFILE:
		case CURLE_SSL_CERTPROBLEM:
		case CURLE_SSL_CIPHER:
		case CURLE_SSL_CRL_BADFILE:
		case CURLE_SSL_ISSUER_ERROR:
		case CURLE_SSL_INVALIDCERTSTATUS:
			gmf_error_set(error, GMF_UNTRUSTED, "the identity of %s cannot be verified: %s",
						  error->host, curl_says(exchange, result));
			return false;
		case CURLE_URL_MALFORMAT:
		case CURLE_UNSUPPORTED_PROTOCOL:
			gmf_error_set(error, GMF_INVALID, "libcurl refuses the request: %s",
						  curl_says(exchange, result));
			return false;
		default:
			if (exchange->led_home)
			{
				gmf_error_set(error, GMF_FORBIDDEN,
							  "%s leads to this host or to its link, where the server's owner may "
							  "not go", error->host);
				return false;
			}
			gmf_error_set(error, GMF_UNREACHABLE, "no connection to %s: %s", error->host,
						  curl_says(exchange, result));
			return true;
	}
}

/* The proxy answers, and makes no connection; true: worth another try. */
static bool
describe_proxy(GmfExchange *exchange, long status)
{
	const GmfConfig *config = &exchange->session->config;
	GmfError   *error = &exchange->error;
	bool		unknown = status == 407 || status == 401;	/* of tinyproxy, where it is wrong */

	if (unknown && config->proxy_user == NULL)
		gmf_error_set(error, GMF_UNREACHABLE,
					  "the proxy asks for a credential (HTTP status %ld): set \"proxy_user\" and "
					  "\"proxy_password\" in the user mapping", status);
	else if (unknown)
		gmf_error_set(error, GMF_UNREACHABLE,
					  "the proxy did not accept \"proxy_user\" and \"proxy_password\" of the user "
					  "mapping (HTTP status %ld)", status);
	else
		gmf_error_set(error, GMF_UNREACHABLE,
					  "the proxy makes no connection to %s (HTTP status %ld)", error->host, status);
	return status >= 500 && status != 501 && status != 505;
}

/*
 * What libcurl says of a TLS handshake: an error of the TLS library is a difference that the
 * next attempt has as well, unless it is that the other end hung up.
 */
static bool
is_hopeless(const char *said)
{
	return strstr(said, ":SSL routines:") != NULL && strstr(said, "unexpected eof") == NULL;
}

/*
 * With TLS 1.3 the other end may find out after the handshake, when a request has been sent
 * already, that it does not want us.  It has not read the request then.
 */
static bool
was_refused_by_tls(const GmfExchange *exchange)
{
	static const char *const alerts[] = {"certificate required", "bad certificate",
		"unsupported certificate", "certificate revoked", "certificate expired",
	"certificate unknown", "unknown ca", "handshake failure", "access denied"};
	const char *alert = strstr(exchange->curl_message, " alert ");

	if (exchange->reply.status != 0 || alert == NULL ||
		strstr(exchange->curl_message, ":SSL routines:") == NULL)
		return false;
	for (size_t i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++)
		if (strstr(alert, alerts[i]) != NULL)
			return true;
	return false;
}

/* The request was begun; true: worth another try if it changes nothing. */
static bool
describe_no_answer(GmfExchange *exchange, CURLcode result)
{
	GmfError   *error = &exchange->error;
	bool		begun = exchange->reply.status != 0;

	switch (result)
	{
		case CURLE_OPERATION_TIMEDOUT:
			gmf_error_set(error, GMF_TIMED_OUT, "no %sanswer from %s within %d seconds",
						  begun ? "complete " : "", error->host,
						  exchange->session->config.request_timeout);
			return false;
		case CURLE_UNSUPPORTED_PROTOCOL:
		case CURLE_WEIRD_SERVER_REPLY:
		case CURLE_BAD_CONTENT_ENCODING:
			gmf_error_set(error, GMF_MALFORMED, "%s does not answer in HTTP: %s", error->host,
						  curl_says(exchange, result));
			return false;
		default:
			if (was_refused_by_tls(exchange))
			{
				gmf_error_set(error, GMF_UNTRUSTED, "no TLS connection to %s: %s", error->host,
							  curl_says(exchange, result));
				return false;
			}
			if (exchange->sent_twice)
				gmf_error_set(error, GMF_BROKEN,
							  "the connection to %s broke before an answer came", error->host);
			else if (begun && result == CURLE_GOT_NOTHING)
				gmf_error_set(error, GMF_BROKEN,
							  "the connection to %s broke within the head of the answer",
							  error->host);
			else
				gmf_error_set(error, GMF_BROKEN, "the connection to %s broke %s: %s",
							  error->host, begun ? "within the answer" :
							  "before an answer came", curl_says(exchange, result));
			return true;
	}
}

/* libcurl's words: about hosts, ports and TLS, never about what was sent. */
static const char *
curl_says(const GmfExchange *exchange, CURLcode result)
{
	return exchange->curl_message[0] != '\0' ? exchange->curl_message :
		curl_easy_strerror(result);
}

void
gmf_exchange_request_id(const GmfExchange *exchange, char *field, int size)
{
	static const char *const names[] = {"X-Request-Id", "X-Openstack-Request-Id",
	"X-Compute-Request-Id", "X-IAM-Trace-Id", "X-Trace-Id"};
	const char *value = NULL;
	size_t		length = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && value == NULL; i++)
		value = gmf_header_find(exchange->reply.headers.data, names[i], &length);
	if (value != NULL)
		gmf_error_text(field, size, value, (int) length);
}

/*
 * Exponential, with full jitter, so that many sessions that were thrown out together do not
 * come back together.  What the server asks for counts where it is longer; where it is
 * too long, the user is better told than kept waiting.
 */
static GmfOutcome
try_again(GmfExchange *exchange, int64_t *delay_us)
{
	GmfSession *session = exchange->session;
	int64_t		most = BACKOFF_FIRST_US;
	curl_off_t	asked = 0;

	if (exchange->attempts > session->config.max_retries)
		return GMF_OUTCOME_FAILURE;
	if (exchange->reply.status != 0)
		curl_easy_getinfo(exchange->easy, CURLINFO_RETRY_AFTER, &asked);
	if (asked > RETRY_AFTER_MOST_S)
		return GMF_OUTCOME_FAILURE;

	for (int i = 1; i < exchange->attempts && most < BACKOFF_MOST_US; i++)
		most *= 2;
	if (most > BACKOFF_MOST_US)
		most = BACKOFF_MOST_US;
	*delay_us = (int64_t) (next_random(&session->random) % (uint64_t) (most + 1));
	if (asked > 0 && asked * 1000000 > *delay_us)
		*delay_us = asked * 1000000;
	return GMF_OUTCOME_RETRY;
}

/* splitmix64 */
static uint64_t
next_random(uint64_t *state)
{
	uint64_t	z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}
