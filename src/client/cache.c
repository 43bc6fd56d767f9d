/*
 * cache.c
 *		Answers that a session keeps for a while, for those who ask again.
 *
 * Only answers to requests that were begun with an age that they may have are
 * kept, only good ones, and only so many.  An action that goes through the session
 * empties the cache: what it changed is not known here.
 */
#include <stdlib.h>
#include <string.h>

#include "session_internal.h"

#define MOST_BYTES			((size_t) 16 * 1024 * 1024)
#define MOST_ENTRIES		512
#define LARGEST_BODY		((size_t) 4 * 1024 * 1024)

struct GmfCacheEntry
{
	GmfCacheEntry *older;
	GmfCacheEntry *newer;
	char	   *key;
	char	   *body;
	size_t		length;
	int			status;
	int64_t		kept_at;
};

static char *make_key(const GmfRequest *request);
static GmfCacheEntry *find(const GmfSession *session, const char *key);
static void unlink_entry(GmfSession *session, GmfCacheEntry *entry);
static void append_entry(GmfSession *session, GmfCacheEntry *entry);
static void drop(GmfSession *session, GmfCacheEntry *entry);

bool
gmf_cache_answers(GmfExchange *exchange)
{
	GmfSession *session = exchange->session;
	char	   *key = make_key(exchange->request);
	GmfCacheEntry *entry = key == NULL ? NULL : find(session, key);

	exchange->cache_key = key;
	if (entry == NULL || gmf_now() - entry->kept_at > exchange->max_age)
		return false;
	gmf_text_add_bytes(&exchange->reply.body, entry->body, entry->length);
	if (exchange->reply.body.failed)
	{
		gmf_text_clear(&exchange->reply.body);
		return false;
	}
	exchange->reply.status = entry->status;
	unlink_entry(session, entry);
	append_entry(session, entry);
	return true;
}

void
gmf_cache_keep(GmfExchange *exchange)
{
	GmfSession *session = exchange->session;
	GmfCacheEntry *entry;

	if (exchange->cache_key == NULL || exchange->error.kind != GMF_OK ||
		exchange->reply.body.length > LARGEST_BODY)
		return;
	entry = find(session, exchange->cache_key);
	if (entry != NULL)
		drop(session, entry);
	entry = calloc(1, sizeof(*entry));
	if (entry == NULL)
		return;
	entry->length = exchange->reply.body.length;
	entry->body = malloc(entry->length + 1);
	if (entry->body == NULL)
	{
		free(entry);
		return;
	}
	if (entry->length > 0)
		memcpy(entry->body, exchange->reply.body.data, entry->length);
	entry->key = exchange->cache_key;
	exchange->cache_key = NULL;
	entry->status = exchange->reply.status;
	entry->kept_at = gmf_now();
	append_entry(session, entry);
	session->cache_bytes += entry->length;
	session->cache_entries++;
	while (session->cache_bytes > MOST_BYTES || session->cache_entries > MOST_ENTRIES)
		drop(session, session->cache_oldest);
}

void
gmf_cache_empty(GmfSession *session)
{
	while (session->cache_oldest != NULL)
		drop(session, session->cache_oldest);
}

/* What is asked, whole: service, method, path with its values, query, body. NULL: no memory. */
static char *
make_key(const GmfRequest *request)
{
	GmfText		key = {0};
	GmfError	error;
	char	   *path = NULL;
	char	   *query = NULL;
	const char *body = gmf_request_body((GmfRequest *) (uintptr_t) request);

	gmf_error_clear(&error);
	if (!gmf_request_target(request, "{project_id}", &path, &query, &error))
		return NULL;
	gmf_text_add(&key, gmf_request_service(request));
	gmf_text_add(&key, " ");
	gmf_text_add(&key, gmf_request_method(request));
	gmf_text_add(&key, " ");
	gmf_text_add(&key, path);
	gmf_text_add(&key, "?");
	gmf_text_add(&key, query);
	gmf_text_add(&key, " ");
	gmf_text_add(&key, body == NULL ? "" : body);
	free(path);
	free(query);
	return gmf_text_take(&key);
}

static GmfCacheEntry *
find(const GmfSession *session, const char *key)
{
	GmfCacheEntry *entry = session->cache_newest;

	while (entry != NULL && strcmp(entry->key, key) != 0)
		entry = entry->older;
	return entry;
}

static void
unlink_entry(GmfSession *session, GmfCacheEntry *entry)
{
	if (entry->older != NULL)
		entry->older->newer = entry->newer;
	else
		session->cache_oldest = entry->newer;
	if (entry->newer != NULL)
		entry->newer->older = entry->older;
	else
		session->cache_newest = entry->older;
}

static void
append_entry(GmfSession *session, GmfCacheEntry *entry)
{
	entry->older = session->cache_newest;
	entry->newer = NULL;
	if (session->cache_newest != NULL)
		session->cache_newest->newer = entry;
	else
		session->cache_oldest = entry;
	session->cache_newest = entry;
}

static void
drop(GmfSession *session, GmfCacheEntry *entry)
{
	unlink_entry(session, entry);
	session->cache_bytes -= entry->length;
	session->cache_entries--;
	free(entry->key);
	free(entry->body);
	free(entry);
}
