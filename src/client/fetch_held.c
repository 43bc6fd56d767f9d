/*
 * fetch_held.c
 *		What a fetch holds of answers that were not read yet.
 */
#include "fetch_internal.h"

size_t
gmf_fetch_held(const GmfFetch *fetch)
{
	const GmfFetch *parent = gmf_keys_parent(fetch->keys);
	size_t		held = parent == NULL ? 0 : gmf_fetch_held(parent);

	for (const GmfStream *stream = fetch->streams; stream != NULL; stream = stream->next)
		for (const GmfPage *page = stream->pages; page != NULL; page = page->next)
			held += gmf_exchange_held(page->exchange);
	return held;
}
