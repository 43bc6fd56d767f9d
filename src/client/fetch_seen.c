/*
 * fetch_seen.c
 *		Rows that are sent twice.
 *
 * A list that is cut by offset shifts when rows come or go while it is read:
 * the last rows of a page come again at the beginning of the next one.  The
 * identities of the two pages before the current one are enough to notice
 * that, and their number does not grow with the list.
 */
#include "fetch_internal.h"

#include <stdlib.h>
#include <string.h>

static int	compare_identities(const void *a, const void *b);

/*
 * FNV-1a over 128 bits.  Two different texts have the same hash about once in
 * 2^64 texts; the identities of three pages are compared with each other.
 */
GmfIdentity
gmf_identity(const char *text, size_t length)
{
	const GmfIdentity prime = ((GmfIdentity) 1 << 88) | 0x13b;
	GmfIdentity hash = ((GmfIdentity) 0x6c62272e07bb0142 << 64) | 0x62b821756295c58d;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char) text[i]) * prime;
	return hash;
}

bool
gmf_seen_before(const GmfSeen *seen, GmfIdentity id)
{
	for (int i = 0; i < 2; i++)
	{
		const GmfIdentities *page = &seen->before[i];

		if (page->count > 0 &&
			bsearch(&id, page->ids, page->count, sizeof(id), compare_identities) != NULL)
			return true;
	}
	return false;
}

/* A row of the current page.  False when memory is out. */
bool
gmf_seen_note(GmfSeen *seen, GmfIdentity id)
{
	GmfIdentities *page = &seen->current;

	if (page->count == page->size)
	{
		size_t		size = page->size == 0 ? 128 : page->size * 2;
		GmfIdentity *ids = realloc(page->ids, size * sizeof(*ids));

		if (ids == NULL)
			return false;
		page->ids = ids;
		page->size = size;
	}
	page->ids[page->count++] = id;
	return true;
}

/* The current page is over.  True when it held exactly the rows of the page before. */
bool
gmf_seen_turn(GmfSeen *seen)
{
	GmfIdentities oldest = seen->before[1];
	bool		same;

	if (seen->current.count > 0)
		qsort(seen->current.ids, seen->current.count, sizeof(GmfIdentity),
			  compare_identities);
	same = seen->current.count > 0 && seen->current.count == seen->before[0].count &&
		memcmp(seen->current.ids, seen->before[0].ids,
			   seen->current.count * sizeof(GmfIdentity)) == 0;

	seen->before[1] = seen->before[0];
	seen->before[0] = seen->current;
	seen->current = oldest;
	seen->current.count = 0;
	return same;
}

void
gmf_seen_free(GmfSeen *seen)
{
	free(seen->current.ids);
	free(seen->before[0].ids);
	free(seen->before[1].ids);
}

static int
compare_identities(const void *a, const void *b)
{
	GmfIdentity x = *(const GmfIdentity *) a;
	GmfIdentity y = *(const GmfIdentity *) b;

	return x < y ? -1 : x > y;
}
