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

/* A place for an answer; key is NULL while it is free. */
struct GmfCacheEntry
{
	char	   *key;
	char	   *body;
	size_t		length;
	int			status;
	int64_t		kept_at;
	uint64_t	used;			/* number of its last use: the smallest is the oldest */
};

static char *make_key(const GmfRequest *request);
static GmfCacheEntry *find(const GmfSession *session, const char *key);
static GmfCacheEntry *free_place(GmfSession *session, size_t length);
static GmfCacheEntry *oldest(const GmfSession *session);
static void drop(GmfSession *session, GmfCacheEntry *entry);

bool
gmf_cache_answers(GmfExchange *exchange)
{
	GmfSession *session = exchange->session;
	GmfCacheEntry *entry;

	exchange->cache_key = make_key(exchange->request);
	entry = find(session, exchange->cache_key);
	if (entry == NULL || gmf_now() - entry->kept_at > exchange->max_age)
		return false;
	gmf_text_add_bytes(&exchange->reply.body, entry->body, entry->length);
	if (exchange->reply.body.failed)
	{
		gmf_text_clear(&exchange->reply.body);
		return false;
	}
	exchange->reply.status = entry->status;
	entry->used = ++session->cache_uses;
	return true;
}

void
gmf_cache_keep(GmfExchange *exchange)
{
	GmfSession *session = exchange->session;
	size_t		length = exchange->reply.body.length;
	GmfCacheEntry *entry;
	char	   *body;

	if (exchange->cache_key == NULL || exchange->error.kind != GMF_OK || length > LARGEST_BODY)
		return;
	entry = find(session, exchange->cache_key);
	if (entry != NULL)
		drop(session, entry);
	entry = free_place(session, length);
	body = malloc(length + 1);
	if (entry == NULL || body == NULL)
	{
		free(body);
		return;
	}
	if (length > 0)
		memcpy(body, exchange->reply.body.data, length);
	entry->key = exchange->cache_key;
	exchange->cache_key = NULL;
	entry->body = body;
	entry->length = length;
	entry->status = exchange->reply.status;
	entry->kept_at = gmf_now();
	entry->used = ++session->cache_uses;
	session->cache_bytes += length;
}

void
gmf_cache_empty(GmfSession *session)
{
	for (int i = 0; session->cache != NULL && i < MOST_ENTRIES; i++)
		if (session->cache[i].key != NULL)
			drop(session, &session->cache[i]);
	free(session->cache);
	session->cache = NULL;
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
	for (int i = 0; key != NULL && session->cache != NULL && i < MOST_ENTRIES; i++)
		if (session->cache[i].key != NULL && strcmp(session->cache[i].key, key) == 0)
			return &session->cache[i];
	return NULL;
}

/* The oldest answers make room.  NULL when memory is out. */
static GmfCacheEntry *
free_place(GmfSession *session, size_t length)
{
	if (session->cache == NULL)
		session->cache = calloc(MOST_ENTRIES, sizeof(GmfCacheEntry));
	if (session->cache == NULL)
		return NULL;
	for (;;)
	{
		GmfCacheEntry *old = oldest(session);
		GmfCacheEntry *place = NULL;

		for (int i = 0; i < MOST_ENTRIES && place == NULL; i++)
			if (session->cache[i].key == NULL)
				place = &session->cache[i];
		if (old == NULL || (place != NULL && session->cache_bytes + length <= MOST_BYTES))
			return place;
		drop(session, old);
	}
}

/* Of those that are taken. */
static GmfCacheEntry *
oldest(const GmfSession *session)
{
	GmfCacheEntry *found = NULL;

	for (int i = 0; i < MOST_ENTRIES; i++)
		if (session->cache[i].key != NULL &&
			(found == NULL || session->cache[i].used < found->used))
			found = &session->cache[i];
	return found;
}

static void
drop(GmfSession *session, GmfCacheEntry *entry)
{
	session->cache_bytes -= entry->length;
	free(entry->key);
	free(entry->body);
	memset(entry, 0, sizeof(*entry));
}
