/*
 * transport.c
 *		libcurl's multi interface on an epoll descriptor and a timer.
 *
 * libcurl says which sockets it wants to be told of and when it wants to be
 * called; both end up in one descriptor that the owner of the session can wait for
 * together with whatever else it waits for.  Everything about HTTP that is the same for all
 * requests is set here; what a result means is decided in exchange_outcome.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <openssl/ssl.h>

#include "session_internal.h"

#define MAX_HEADER_BYTES	(64 * 1024)

/* Of a request, without its body.  libcurl makes no more than twice as much. */
#define MAX_HEAD_BYTES		(512 * 1024)
#define RECEIVE_BUFFER		(128L * 1024)
#define EVENTS_AT_ONCE		64

/* Kept beside those of requests in flight: those of IAM and the fresh ones of actions. */
#define MORE_CONNECTIONS	8

/* epoll, timer, and the pair by which libcurl wakes its own wait. */
#define OWN_DESCRIPTORS		4

static bool init_curl(void);
static void init_curl_once(void);
static bool is_openssl(void);
static CURLcode keep_keys(CURL *easy, void *context, void *arg);
static void set_constant_options(CURL *easy, const GmfConfig *config);
static bool set_request_options(GmfExchange *exchange, const GmfBase *base, const char *path,
								const char *query);
static bool set_method(GmfExchange *exchange);
static bool make_headers(GmfExchange *exchange, const GmfBase *base, const char *path,
						 const char *query);
static bool check_size(GmfExchange *exchange);
static bool add_line(struct curl_slist **headers, const char *line);
static CURL *take_handle(GmfSession *session);
static void keep_handle(GmfSession *session, CURL *easy);
static int	watch_socket(CURL *easy, curl_socket_t socket, int what, void *arg,
						 void *socket_arg);
static int	watch_timer(CURLM *multi, long timeout_ms, void *arg);
static curl_socket_t open_remote_socket(void *arg, curlsocktype purpose,
										struct curl_sockaddr *address);
static bool is_local(const struct sockaddr *address);
static bool is_local_v4(struct in_addr v4);
static bool is_local_v6(const struct in6_addr *v6);
static bool is_of_an_interface(int family, const void *bytes, size_t size);
static int	prepare_socket(void *arg, curl_socket_t socket, curlsocktype purpose);
static int	before_sending(void *arg, char *remote_ip, char *local_ip, int remote_port,
						   int local_port);
static size_t receive_header(char *data, size_t size, size_t count, void *arg);
static size_t receive_body(char *data, size_t size, size_t count, void *arg);
static void collect_results(GmfSession *session);
static void block_signals(sigset_t *before);
static void unblock_signals(const sigset_t *before);

int
gmf_session_descriptors(int max_connections)
{
	return OWN_DESCRIPTORS + MORE_CONNECTIONS + max_connections;
}

bool
gmf_transport_open(GmfSession *session, GmfError *error)
{
	struct epoll_event event = {.events = EPOLLIN};
	int			most = session->config.max_connections;

	if (!init_curl())
		return gmf_error_set(error, GMF_INVALID, "libcurl cannot be initialised");
	if (!is_openssl() && getenv("SSLKEYLOGFILE") != NULL)
		return gmf_error_set(error, GMF_INVALID,
							 "SSLKEYLOGFILE is set in the environment of the database server, and "
							 "the TLS library of libcurl would write all keys to that file");

	session->idle = calloc(most, sizeof(CURL *));
	session->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	session->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	event.data.fd = session->timer_fd;
	if (session->epoll_fd < 0 || session->timer_fd < 0 ||
		epoll_ctl(session->epoll_fd, EPOLL_CTL_ADD, session->timer_fd, &event) != 0)
		return gmf_error_set(error, errno == EMFILE || errno == ENFILE ? GMF_NO_DESCRIPTOR
							 : errno == ENOMEM ? GMF_NO_MEMORY : GMF_INVALID,
							 "cannot make a descriptor to wait for: %s", strerror(errno));

	session->multi = curl_multi_init();
	session->share = curl_share_init();
	if (session->idle == NULL || session->multi == NULL || session->share == NULL)
		return gmf_error_set(error, GMF_NO_MEMORY, "out of memory");

	curl_multi_setopt(session->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
	curl_multi_setopt(session->multi, CURLMOPT_SOCKETDATA, session);
	curl_multi_setopt(session->multi, CURLMOPT_TIMERFUNCTION, watch_timer);
	curl_multi_setopt(session->multi, CURLMOPT_TIMERDATA, session);

	curl_multi_setopt(session->multi, CURLMOPT_MAXCONNECTS, (long) most + MORE_CONNECTIONS);

	/* Without a share each handle would have TLS sessions of its own. */
	curl_share_setopt(session->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
	return true;
}

void
gmf_transport_close(GmfSession *session)
{
	sigset_t	before;

	block_signals(&before);
	for (int i = 0; i < session->nidle; i++)
		curl_easy_cleanup(session->idle[i]);
	if (session->multi != NULL)
		curl_multi_cleanup(session->multi);
	if (session->share != NULL)
		curl_share_cleanup(session->share);
	unblock_signals(&before);

	free(session->idle);
	if (session->timer_fd >= 0)
		close(session->timer_fd);
	if (session->epoll_fd >= 0)
		close(session->epoll_fd);
}

bool
gmf_transport_send(GmfExchange *exchange)
{
	GmfSession *session = exchange->session;
	const GmfBase *base = gmf_session_base(session, gmf_request_service(exchange->request),
										   &exchange->error);
	char	   *path = NULL;
	char	   *query = NULL;
	sigset_t	before;
	bool		done = false;

	if (base == NULL)
		return false;
	gmf_error_text(exchange->error.host, sizeof(exchange->error.host), base->host, -1);
	if (!gmf_request_target(exchange->request, session->project_id, &path, &query,
							&exchange->error))
		return false;

	exchange->easy = take_handle(session);
	if (exchange->easy == NULL || !make_headers(exchange, base, path, query) ||
		!set_request_options(exchange, base, path, query))
		gmf_error_set(&exchange->error, GMF_NO_MEMORY, "out of memory");
	else if (check_size(exchange))
	{
		block_signals(&before);
		done = curl_multi_add_handle(session->multi, exchange->easy) == CURLM_OK;
		unblock_signals(&before);
		if (!done)
			gmf_error_set(&exchange->error, GMF_NO_MEMORY, "libcurl takes no more requests");
	}
	free(path);
	free(query);
	if (done)
		session->on_wire++;
	else if (exchange->easy != NULL)
	{
		curl_easy_cleanup(exchange->easy);
		exchange->easy = NULL;
		gmf_headers_free(exchange->headers);
		exchange->headers = NULL;
		free(exchange->url);
		exchange->url = NULL;
	}
	return done;
}

void
gmf_transport_drop(GmfExchange *exchange)
{
	GmfSession *session = exchange->session;
	long		opened = 0;
	sigset_t	before;

	if (exchange->easy == NULL)
		return;
	if (curl_easy_getinfo(exchange->easy, CURLINFO_NUM_CONNECTS, &opened) == CURLE_OK)
		session->counters.connections += opened;

	block_signals(&before);
	curl_multi_remove_handle(session->multi, exchange->easy);
	keep_handle(session, exchange->easy);
	unblock_signals(&before);

	exchange->easy = NULL;
	session->on_wire--;
	gmf_headers_free(exchange->headers);
	exchange->headers = NULL;
	free(exchange->url);
	exchange->url = NULL;
}

void
gmf_transport_work(GmfSession *session)
{
	struct epoll_event events[EVENTS_AT_ONCE];
	int			nevents = epoll_wait(session->epoll_fd, events, EVENTS_AT_ONCE, 0);
	int			running;
	sigset_t	before;

	block_signals(&before);
	for (int i = 0; i < nevents; i++)
	{
		int			what = 0;

		if (events[i].data.fd == session->timer_fd)
		{
			uint64_t	expirations;

			if (read(session->timer_fd, &expirations, sizeof(expirations)) > 0)
				session->timer_set = INT64_MAX;
			continue;
		}
		if (events[i].events & EPOLLIN)
			what |= CURL_CSELECT_IN;
		if (events[i].events & EPOLLOUT)
			what |= CURL_CSELECT_OUT;
		if (events[i].events & (EPOLLERR | EPOLLHUP))
			what |= CURL_CSELECT_ERR;
		curl_multi_socket_action(session->multi, events[i].data.fd, what, &running);
	}
	if (gmf_transport_is_due(session))
	{
		/* libcurl sets the timer again if it wants to be called again. */
		session->curl_due = INT64_MAX;
		curl_multi_socket_action(session->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	}
	unblock_signals(&before);
	collect_results(session);
}

bool
gmf_transport_is_due(const GmfSession *session)
{
	return session->curl_due <= gmf_now();
}

void
gmf_transport_set_timer(GmfSession *session)
{
	int64_t		due = session->curl_due < session->wake_at ? session->curl_due :
		session->wake_at;
	struct itimerspec timer = {0};

	if (due == session->timer_set)
		return;
	if (due != INT64_MAX)
	{
		timer.it_value.tv_sec = due / 1000000;
		timer.it_value.tv_nsec = due % 1000000 * 1000;
		if (due <= 0)
			timer.it_value.tv_nsec = 1; /* all zero would switch it off */
	}
	timerfd_settime(session->timer_fd, TFD_TIMER_ABSTIME, &timer, NULL);
	session->timer_set = due;
}

void
gmf_transport_make_ready(GmfSession *session)
{
	struct itimerspec timer = {.it_value.tv_nsec = 1};

	timerfd_settime(session->timer_fd, TFD_TIMER_ABSTIME, &timer, NULL);
	session->timer_set = 0;
}

bool
gmf_header_add(struct curl_slist **headers, const char *name, const char *value)
{
	GmfText		line = {0};
	bool		done;

	/* To libcurl "Name:" means to leave the header out, and "Name;" that it is empty. */
	gmf_text_add(&line, name);
	gmf_text_add(&line, value[0] == '\0' ? ";" : ": ");
	gmf_text_add(&line, value);
	done = !line.failed && add_line(headers, line.data);
	gmf_text_wipe(&line);
	return done;
}

void
gmf_headers_free(struct curl_slist *headers)
{
	for (struct curl_slist *header = headers; header != NULL; header = header->next)
		explicit_bzero(header->data, strlen(header->data));
	curl_slist_free_all(headers);
}

const char *
gmf_header_find(const char *headers, const char *name, size_t *length)
{
	size_t		name_length = strlen(name);

	while (headers != NULL && *headers != '\0')
	{
		size_t		line = strcspn(headers, "\r\n");

		if (line > name_length && headers[name_length] == ':' &&
			strncasecmp(headers, name, name_length) == 0)
		{
			const char *value = headers + name_length + 1;
			const char *end = headers + line;

			while (value < end && (*value == ' ' || *value == '\t'))
				value++;
			while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
				end--;
			*length = end - value;
			return value;
		}
		headers += line;
		headers += strspn(headers, "\r\n");
	}
	return NULL;
}

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;
static CURLcode curl_state;

/* Sessions of several threads may be opened at the same time. */
static bool
init_curl(void)
{
	return pthread_once(&curl_once, init_curl_once) == 0 && curl_state == CURLE_OK;
}

static void
init_curl_once(void)
{
	curl_state = curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* Of the TLS libraries that libcurl can be built with, is it the one that we know? */
static bool
is_openssl(void)
{
	const char *version = curl_version_info(CURLVERSION_NOW)->ssl_version;

	return version != NULL && strncmp(version, "OpenSSL/", 8) == 0;
}

/*
 * libcurl: a TLS context is ready to be used.  Where SSLKEYLOGFILE is in the
 * environment, the keys of its connections would be written to that file.
 */
static CURLcode
keep_keys(CURL *easy, void *context, void *arg)
{
	(void) easy;
	(void) arg;
	SSL_CTX_set_keylog_callback((SSL_CTX *) context, NULL);
	return CURLE_OK;
}

static void
set_constant_options(CURL *easy, const GmfConfig *config)
{
	/* No signals, no files, no detours. */
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);

	/* An empty proxy, unlike none, keeps libcurl from looking into the environment. */
	curl_easy_setopt(easy, CURLOPT_PROXY, config->proxy != NULL ? config->proxy : "");
	curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
	curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	if (config->proxy_user != NULL)
	{
		curl_easy_setopt(easy, CURLOPT_PROXYUSERNAME, config->proxy_user);
		curl_easy_setopt(easy, CURLOPT_PROXYPASSWORD, config->proxy_password);
		curl_easy_setopt(easy, CURLOPT_PROXYAUTH, (long) CURLAUTH_BASIC);
	}

	/* What is for the service is not for the proxy. */
	curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long) CURLHEADER_SEPARATE);

	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(easy, CURLOPT_PROXY_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
	if (config->ca_file != NULL)
	{
		/* These authorities instead of the system's, not beside them. */
		curl_easy_setopt(easy, CURLOPT_CAINFO, config->ca_file);
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
		curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO, config->ca_file);
		curl_easy_setopt(easy, CURLOPT_PROXY_CAPATH, NULL);
	}
	if (is_openssl())
		curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, keep_keys);

	/*
	 * Not HTTP/2: libcurl reads frames for as long as they keep coming, so that a flood of
	 * them keeps it from looking at time-outs and from coming back to where a cancel
	 * is served.  On kept connections, a few requests at a time, it is no faster.
	 */
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, config->user_agent);

	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, config->connect_timeout * 1000L);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, config->request_timeout * 1000L);
	curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t) config->max_response_size);
	curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, RECEIVE_BUFFER);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, 30L);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, 10L);
	curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, prepare_socket);
	if (config->refuse_local)
		curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_remote_socket);

	/* Whoever cancels must not wait for a name server. */
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
}

static bool
set_request_options(GmfExchange *exchange, const GmfBase *base, const char *path,
					const char *query)
{
	CURL	   *easy = exchange->easy;
	GmfText		url = {0};

	gmf_text_add(&url, base->origin);
	gmf_text_add(&url, base->prefix);
	gmf_text_add(&url, path);
	if (query[0] != '\0')
	{
		gmf_text_add(&url, "?");
		gmf_text_add(&url, query);
	}
	exchange->url = gmf_text_take(&url);
	if (exchange->url == NULL)
		return false;

	exchange->curl_message[0] = '\0';
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange->curl_message);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, exchange);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, exchange);
	curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_sending);
	curl_easy_setopt(easy, CURLOPT_PREREQDATA, exchange);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, receive_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, exchange);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange);

	/*
	 * When a kept connection turns out to be dead, libcurl sends the request again on
	 * another one by itself, although the first may have reached the other end.  That must
	 * not happen to a request that changes something, so such a request never goes out on
	 * a kept connection.  (before_sending refuses a second sending all the same.)
	 */
	if (!gmf_request_idempotent(exchange->request))
		curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);

	return curl_easy_setopt(easy, CURLOPT_SHARE, exchange->session->share) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_URL, exchange->url) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange->headers) == CURLE_OK &&
		set_method(exchange);
}

static bool
set_method(GmfExchange *exchange)
{
	CURL	   *easy = exchange->easy;
	const char *method = gmf_request_method(exchange->request);
	const char *body = gmf_request_body(exchange->request);
	bool		may_lack_body = strcmp(method, "GET") == 0 || strcmp(method, "DELETE") == 0;

	/* A POST or PUT without a body says so: Content-Length: 0. */
	if (body == NULL && !may_lack_body)
		body = "";
	if (body != NULL)
	{
		curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) strlen(body));
		if (curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body) != CURLE_OK)
			return false;
	}
	return curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method) == CURLE_OK;
}

static bool
make_headers(GmfExchange *exchange, const GmfBase *base, const char *path, const char *query)
{
	const GmfConfig *config = &exchange->session->config;
	struct curl_slist **headers = &exchange->headers;
	const char *name;
	const char *value;
	bool		language = config->language != NULL;

	/*
	 * Host is what libcurl would send anyway; given here, it cannot differ from what is
	 * signed.  Expect would cost a round trip.
	 */
	if (!gmf_header_add(headers, "Host", base->host) ||
		!gmf_header_add(headers, "Content-Type", "application/json") ||
		!gmf_header_add(headers, "Accept", "application/json") ||
		!add_line(headers, "Expect:"))
		return false;

	for (int i = 0; gmf_request_header(exchange->request, i, &name, &value); i++)
	{
		if (!gmf_header_add(headers, name, value))
			return false;
		if (strcasecmp(name, "X-Language") == 0)
			language = false;
	}
	if (language && !gmf_header_add(headers, "X-Language", config->language))
		return false;
	return gmf_credentials_headers(exchange->session, exchange, base, path, query, headers);
}

/* Servers take some ten kilobytes; libcurl would call too much a lack of memory. */
static bool
check_size(GmfExchange *exchange)
{
	size_t		size = strlen(exchange->url);

	for (const struct curl_slist *header = exchange->headers; header != NULL;
		 header = header->next)
		size += strlen(header->data) + 2;
	if (size <= MAX_HEAD_BYTES)
		return true;
	return gmf_error_set(&exchange->error, GMF_INVALID,
						 "the request is too large: its address and headers have %zu bytes, and "
						 "more than %d are not sent", size, MAX_HEAD_BYTES);
}

static bool
add_line(struct curl_slist **headers, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*headers, line);

	if (longer == NULL)
		return false;
	*headers = longer;
	return true;
}

static CURL *
take_handle(GmfSession *session)
{
	CURL	   *easy = session->nidle > 0 ? session->idle[--session->nidle] : curl_easy_init();

	if (easy != NULL)
		set_constant_options(easy, &session->config);
	return easy;
}

/* Connections belong to the multi handle: forgetting all settings does not close them. */
static void
keep_handle(GmfSession *session, CURL *easy)
{
	if (session->nidle >= session->config.max_connections)
	{
		curl_easy_cleanup(easy);
		return;
	}
	curl_easy_reset(easy);
	session->idle[session->nidle++] = easy;
}

/* libcurl: a socket is to be watched, or no longer. */
static int
watch_socket(CURL *easy, curl_socket_t socket, int what, void *arg, void *socket_arg)
{
	GmfSession *session = arg;
	struct epoll_event event = {.data.fd = socket};

	(void) easy;
	(void) socket_arg;
	if (what == CURL_POLL_REMOVE)
	{
		/* It may be closed already, and gone from there by that. */
		(void) epoll_ctl(session->epoll_fd, EPOLL_CTL_DEL, socket, &event);
		return 0;
	}
	if (what & CURL_POLL_IN)
		event.events |= EPOLLIN;
	if (what & CURL_POLL_OUT)
		event.events |= EPOLLOUT;
	if (epoll_ctl(session->epoll_fd, EPOLL_CTL_MOD, socket, &event) == 0)
		return 0;
	return epoll_ctl(session->epoll_fd, EPOLL_CTL_ADD, socket, &event);
}

/* libcurl: when it wants to be called. */
static int
watch_timer(CURLM *multi, long timeout_ms, void *arg)
{
	GmfSession *session = arg;

	(void) multi;
	session->curl_due = timeout_ms < 0 ? INT64_MAX : gmf_now() + timeout_ms * 1000;
	return 0;
}

/*
 * The address is looked at when it is known for sure, after the name was resolved: a name
 * can lead anywhere.
 */
static curl_socket_t
open_remote_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	GmfExchange *exchange = arg;

	(void) purpose;
	if (is_local(&address->addr))
	{
		exchange->led_home = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static bool
is_local(const struct sockaddr *address)
{
	struct in_addr v4;

	if (address->sa_family == AF_INET6)
	{
		const struct in6_addr *v6 =
			&((const struct sockaddr_in6 *) (const void *) address)->sin6_addr;

		if (!IN6_IS_ADDR_V4MAPPED(v6))
			return is_local_v6(v6);
		memcpy(&v4, &v6->s6_addr[12], sizeof(v4));
		return is_local_v4(v4);
	}
	return address->sa_family != AF_INET ||
		is_local_v4(((const struct sockaddr_in *) (const void *) address)->sin_addr);
}

static bool
is_local_v4(struct in_addr v4)
{
	uint32_t	number = ntohl(v4.s_addr);

	return number >> 24 == 0 || number >> 24 == 127 || number >> 16 == 0xa9fe ||
		is_of_an_interface(AF_INET, &v4, sizeof(v4));
}

static bool
is_local_v6(const struct in6_addr *v6)
{
	return IN6_IS_ADDR_LOOPBACK(v6) || IN6_IS_ADDR_LINKLOCAL(v6) ||
		IN6_IS_ADDR_UNSPECIFIED(v6) || is_of_an_interface(AF_INET6, v6, sizeof(*v6));
}

/* Looked up each time: addresses come and go.  Where that fails, nothing is let through. */
static bool
is_of_an_interface(int family, const void *bytes, size_t size)
{
	struct ifaddrs *all;
	bool		found = false;

	if (getifaddrs(&all) != 0)
		return true;
	for (const struct ifaddrs *one = all; one != NULL && !found; one = one->ifa_next)
	{
		const void *own;

		if (one->ifa_addr == NULL || one->ifa_addr->sa_family != family)
			continue;
		if (family == AF_INET6)
			own = &((const struct sockaddr_in6 *) (const void *) one->ifa_addr)->sin6_addr;
		else
			own = &((const struct sockaddr_in *) (const void *) one->ifa_addr)->sin_addr;
		found = memcmp(own, bytes, size) == 0;
	}
	freeifaddrs(all);
	return found;
}

/* A program that the owner starts must not inherit connections. */
static int
prepare_socket(void *arg, curl_socket_t socket, curlsocktype purpose)
{
	(void) arg;
	(void) purpose;
	(void) fcntl(socket, F_SETFD, FD_CLOEXEC);
	return CURL_SOCKOPT_OK;
}

/* libcurl: the connection stands, and the next thing is the first byte of the request. */
static int
before_sending(void *arg, char *remote_ip, char *local_ip, int remote_port, int local_port)
{
	GmfExchange *exchange = arg;

	(void) remote_ip;
	(void) local_ip;
	(void) remote_port;
	(void) local_port;
	if (exchange->sending && !gmf_request_idempotent(exchange->request))
	{
		exchange->sent_twice = true;
		return CURL_PREREQFUNC_ABORT;
	}
	exchange->sending = true;
	exchange->ever_sent = true;
	exchange->session->counters.requests++;
	if (exchange->rate_slot != NULL)
		*exchange->rate_slot = gmf_now();
	return CURL_PREREQFUNC_OK;
}

static size_t
receive_header(char *data, size_t size, size_t count, void *arg)
{
	GmfExchange *exchange = arg;
	GmfReply   *reply = &exchange->reply;
	size_t		length = size * count;

	reply->header_bytes += length;
	if (reply->header_bytes > MAX_HEADER_BYTES)
	{
		reply->headers_too_large = true;
		return 0;
	}
	/* Each block begins with a status line; of "100 Continue" nothing is kept. */
	if (length >= 5 && memcmp(data, "HTTP/", 5) == 0)
	{
		gmf_text_clear(&reply->headers);
		reply->headers_complete = false;
	}
	else if (data[0] == '\r' || data[0] == '\n')
		reply->headers_complete = true;
	else
		gmf_text_add_bytes(&reply->headers, data, length);
	if (reply->headers.failed)
	{
		reply->no_memory = true;
		return 0;
	}
	return length;
}

static size_t
receive_body(char *data, size_t size, size_t count, void *arg)
{
	GmfExchange *exchange = arg;
	GmfReply   *reply = &exchange->reply;
	size_t		length = size * count;
	size_t		most = (size_t) exchange->session->config.max_response_size;
	curl_off_t	announced = -1;

	if (length > most - reply->body.length)
	{
		reply->too_large = true;
		return 0;
	}
	if (reply->body.data == NULL &&
		curl_easy_getinfo(exchange->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T,
						  &announced) == CURLE_OK &&
		announced > (curl_off_t) length && announced <= (curl_off_t) most)
		gmf_text_reserve(&reply->body, (size_t) announced);
	gmf_text_add_bytes(&reply->body, data, length);
	if (reply->body.failed)
	{
		reply->no_memory = true;
		return 0;
	}
	exchange->session->counters.bytes_received += (int64_t) length;
	return length;
}

static void
collect_results(GmfSession *session)
{
	CURLMsg    *message;
	int			left;

	while ((message = curl_multi_info_read(session->multi, &left)) != NULL)
	{
		CURLcode	result = message->data.result;
		char	   *exchange = NULL;

		if (message->msg == CURLMSG_DONE &&
			curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange) == CURLE_OK)
			gmf_exchange_arrived((GmfExchange *) (void *) exchange, result);
	}
}

/*
 * libcurl resolves names in threads, and threads are born with the signal mask of the
 * one that starts them.  The owner's signal handlers are made for the owner's thread
 * alone, so nothing may be delivered to one of those.
 */
static void
block_signals(sigset_t *before)
{
	sigset_t	all;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, before);
}

static void
unblock_signals(const sigset_t *before)
{
	pthread_sigmask(SIG_SETMASK, before, NULL);
}
