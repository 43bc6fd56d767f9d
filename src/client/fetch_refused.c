/*
 * fetch_refused.c
 *		Objects that the API refuses while others are read.
 *
 * One frozen instance must not make a table of a whole fleet unreadable.  A fetch that is
 * told to be tolerant leaves such an object out and remembers why, until the caller takes
 * that note of it.
 */
#include "fetch_internal.h"

#include <stdlib.h>

struct GmfRefusal
{
	GmfRefusal *next;
	GmfError	error;
};

/*
 * Does the error speak of the one object that was asked for?  One of the network, the
 * credential, the whole service or the answer does not.
 */
bool
gmf_refusal_is_tolerated(const GmfFetch *fetch, const GmfError *error)
{
	if (!fetch->spec.tolerant || error->http_status == 0)
		return false;
	return error->kind == GMF_REJECTED || error->kind == GMF_CONFLICT ||
		(error->kind == GMF_FORBIDDEN && error->code[0] != '\0');
}

/* Keep a copy.  False when memory is out. */
bool
gmf_refusal_keep(GmfFetch *fetch, const GmfError *error)
{
	GmfRefusal *refusal = calloc(1, sizeof(*refusal));
	GmfRefusal **link = &fetch->refusals;

	if (refusal == NULL)
		return false;
	refusal->error = *error;
	while (*link != NULL)
		link = &(*link)->next;
	*link = refusal;
	fetch->counters.refused++;
	return true;
}

bool
gmf_fetch_refused(GmfFetch *fetch, GmfError *error)
{
	GmfRefusal *refusal = fetch->refusals;
	GmfFetch   *parent = gmf_keys_parent(fetch->keys);

	if (refusal == NULL)
		return parent != NULL && gmf_fetch_refused(parent, error);
	*error = refusal->error;
	fetch->refusals = refusal->next;
	free(refusal);
	return true;
}

void
gmf_refusals_free(GmfFetch *fetch)
{
	while (fetch->refusals != NULL)
	{
		GmfRefusal *refusal = fetch->refusals;

		fetch->refusals = refusal->next;
		free(refusal);
	}
}
