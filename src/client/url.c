/*
 * url.c
 *		Where requests to a service go: base URLs, and which of them are accepted.
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session_internal.h"

#define DEFAULT_DOMAIN_SUFFIX	"myhuaweicloud.com"
#define MAX_ID					64

static CURLU *parse_url(const char *url, bool allow_http, const char *proxy, GmfError *error);
static char *url_part(CURLU *parsed, CURLUPart part);
static bool is_loopback(const char *host);
static bool proxy_is_loopback(const char *proxy);
static bool is_label_text(const char *text, const char *extra);

bool
gmf_check_url(const char *url, bool allow_http, const char *proxy, GmfError *error)
{
	CURLU	   *parsed = parse_url(url, allow_http, proxy, error);

	curl_url_cleanup(parsed);
	return parsed != NULL;
}

bool
gmf_is_plain_id(const char *id)
{
	size_t		length = strlen(id);

	return length <= MAX_ID && is_label_text(id, "_");
}

char *
gmf_config_base_url(const GmfConfig *config, const char *service, GmfError *error)
{
	const GmfEndpoint *endpoint = config->endpoints;
	const GmfService *known = gmf_find_service(service);
	const char *suffix = config->domain_suffix;
	GmfText		url = {0};
	char	   *result;

	while (endpoint != NULL && endpoint->service != NULL &&
		   strcmp(endpoint->service, service) != 0)
		endpoint++;

	if (endpoint != NULL && endpoint->service != NULL)
		gmf_text_add(&url, endpoint->url);
	else if (config->endpoint != NULL)
		gmf_text_add(&url, config->endpoint);
	else
	{
		const char *host;

		if (config->region == NULL)
		{
			gmf_error_set(error, GMF_INVALID,
						  "neither \"region\" nor \"endpoint\" is set, so the address of "
						  "service \"%s\" is not known", service);
			return NULL;
		}
		/* A service that the catalog does not know has the host that its name says. */
		host = known != NULL ? gmf_service_host(known, config->region) : service;
		if (suffix == NULL)
			suffix = DEFAULT_DOMAIN_SUFFIX;
		if (!is_label_text(host, "") || !is_label_text(config->region, "") ||
			!is_label_text(suffix, "."))
		{
			gmf_error_set(error, GMF_INVALID,
						  "service \"%s\", region \"%s\" and domain suffix \"%s\" do not make "
						  "a host name", service, config->region, suffix);
			return NULL;
		}
		gmf_text_add(&url, "https://");
		gmf_text_add(&url, host);
		gmf_text_add(&url, ".");
		gmf_text_add(&url, config->region);
		gmf_text_add(&url, ".");
		gmf_text_add(&url, suffix);
	}
	result = gmf_text_take(&url);
	if (result == NULL)
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
	return result;
}

GmfBase *
gmf_base_new(const char *service, const char *url, bool allow_http, const char *proxy,
			 GmfError *error)
{
	CURLU	   *parsed = parse_url(url, allow_http, proxy, error);
	GmfBase    *base;
	char	   *scheme;
	char	   *host;
	char	   *port;
	char	   *path;
	GmfText		origin = {0};
	GmfText		host_header = {0};

	if (parsed == NULL)
		return NULL;
	base = calloc(1, sizeof(*base));
	scheme = url_part(parsed, CURLUPART_SCHEME);
	host = url_part(parsed, CURLUPART_HOST);
	port = url_part(parsed, CURLUPART_PORT);
	path = url_part(parsed, CURLUPART_PATH);
	curl_url_cleanup(parsed);

	if (base != NULL && scheme != NULL && host != NULL && path != NULL)
	{
		bool		secure = strcmp(scheme, "https") == 0;
		size_t		path_length = strlen(path);

		gmf_text_add(&host_header, host);
		if (port != NULL && strcmp(port, secure ? "443" : "80") != 0)
		{
			gmf_text_add(&host_header, ":");
			gmf_text_add(&host_header, port);
		}
		gmf_text_add(&origin, scheme);
		gmf_text_add(&origin, "://");
		if (!host_header.failed)
			gmf_text_add(&origin, host_header.data);
		while (path_length > 0 && path[path_length - 1] == '/')
			path[--path_length] = '\0';

		base->service = strdup(service);
		base->prefix = strdup(path);
		base->host = gmf_text_take(&host_header);
		base->origin = gmf_text_take(&origin);
	}
	curl_free(scheme);
	curl_free(host);
	curl_free(port);
	curl_free(path);

	if (base == NULL || base->service == NULL || base->prefix == NULL ||
		base->host == NULL || base->origin == NULL)
	{
		gmf_base_free(base);
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
		return NULL;
	}
	return base;
}

void
gmf_base_free(GmfBase *base)
{
	if (base == NULL)
		return;
	free(base->service);
	free(base->origin);
	free(base->host);
	free(base->prefix);
	free(base);
}

/*
 * A URL is quoted in a message only once it is known to hold no credentials.
 */
static CURLU *
parse_url(const char *url, bool allow_http, const char *proxy, GmfError *error)
{
	CURLU	   *parsed = curl_url();
	char	   *scheme = NULL;
	char	   *host = NULL;
	char	   *user = NULL;
	CURLUcode	code;
	const char *colon = strchr(url, ':');
	const char *problem = NULL;

	if (parsed == NULL)
	{
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
		return NULL;
	}

	/* libcurl repairs what it can; what is signed must be what was written. */
	for (const char *c = url; *c != '\0' && problem == NULL; c++)
		if (*c <= ' ' || *c > '~' || strchr("\"<>\\^`{|}", *c) != NULL)
			problem = "a URL consists of printable ASCII characters, others percent-encoded "
				"(a host name in its xn-- form)";
	if (problem == NULL &&
		(colon == NULL || strncmp(colon, "://", 3) != 0 || colon[3] == '/'))
		problem = "this is not a URL with a host";
	if (problem == NULL && strpbrk(url, "?#") != NULL)
		problem = "a base URL must not have a query or a fragment";
	if (problem == NULL)
	{
		code = curl_url_set(parsed, CURLUPART_URL, url, CURLU_PATH_AS_IS);
		if (code == CURLUE_OUT_OF_MEMORY)
		{
			curl_url_cleanup(parsed);
			gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
			return NULL;
		}
		if (code != CURLUE_OK)
			problem = code == CURLUE_BAD_SCHEME || code == CURLUE_UNSUPPORTED_SCHEME ?
				"a base URL begins with https:// (or http://)" : "this is not a URL";
	}
	if (problem == NULL)
	{
		scheme = url_part(parsed, CURLUPART_SCHEME);
		host = url_part(parsed, CURLUPART_HOST);
		user = url_part(parsed, CURLUPART_USER);
		if (scheme == NULL || host == NULL || host[0] == '\0')
			problem = "this is not a URL with a host";
		else if (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0)
			problem = "a base URL begins with https:// (or http://)";
		else if (user != NULL || strchr(url, '@') != NULL)
			problem = "a URL must not hold a user name or a password";
		else if (strcmp(scheme, "http") == 0 && !allow_http && !is_loopback(host))
			problem = "http is accepted for loopback addresses only: use https, or set "
				"\"allow_http\"";
		else if (strcmp(scheme, "http") == 0 && !allow_http && !proxy_is_loopback(proxy))
			problem = "http is accepted for loopback addresses only, and not by a proxy on another "
				"host: use https, or set \"allow_http\"";
		curl_free(scheme);
		curl_free(host);
		curl_free(user);
	}
	if (problem == NULL)
		return parsed;

	curl_url_cleanup(parsed);
	if (strchr(url, '@') != NULL)
		gmf_error_set(error, GMF_INVALID, "invalid URL: %s", problem);
	else
		gmf_error_set(error, GMF_INVALID, "invalid URL \"%s\": %s", url, problem);
	return NULL;
}

/* NULL where there is no such part; the caller frees it with curl_free. */
static char *
url_part(CURLU *parsed, CURLUPart part)
{
	char	   *text = NULL;

	if (curl_url_get(parsed, part, &text, 0) != CURLUE_OK)
		return NULL;
	return text;
}

static bool
is_loopback(const char *host)
{
	struct in_addr v4;
	struct in6_addr v6;
	char		bare[INET6_ADDRSTRLEN];
	size_t		length = strlen(host);

	if (strcasecmp(host, "localhost") == 0)
		return true;
	if (inet_pton(AF_INET, host, &v4) == 1)
		return (ntohl(v4.s_addr) >> 24) == 127;
	if (host[0] == '[' && length > 2 && length - 2 < sizeof(bare))
	{
		memcpy(bare, host + 1, length - 2);
		bare[length - 2] = '\0';
		return inet_pton(AF_INET6, bare, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
	}
	return false;
}

/* Does what is meant for this host stay here?  Without a proxy it does. */
static bool
proxy_is_loopback(const char *proxy)
{
	CURLU	   *parsed;
	char	   *host;
	bool		result;

	if (proxy == NULL)
		return true;
	parsed = curl_url();
	if (parsed == NULL)
		return false;
	host = curl_url_set(parsed, CURLUPART_URL, proxy, 0) == CURLUE_OK ?
		url_part(parsed, CURLUPART_HOST) : NULL;
	result = host != NULL && is_loopback(host);
	curl_free(host);
	curl_url_cleanup(parsed);
	return result;
}

/* Letters, digits, hyphens and the extra characters only, and not nothing. */
static bool
is_label_text(const char *text, const char *extra)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++)
		if (strchr(allowed, *text) == NULL && strchr(extra, *text) == NULL)
			return false;
	return true;
}
