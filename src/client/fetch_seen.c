/*
 * fetch_seen.c
 *		Rows that are sent twice, and sets of identities.
 *
 * A list that is cut by offset shifts when rows come or go while it is read:
 * the last rows of a page come again at the beginning of the next one.  The
 * identities of the two pages before the current one are enough to notice
 * that, and their number does not grow with the list.
 */
#include "fetch_internal.h"

#include <stdlib.h>

#define HASH_OF_NOTHING \
	(((GmfIdentity) 0x6c62272e07bb0142 << 64) | 0x62b821756295c58d)
#include <string.h>

#define FIRST_SIZE 64			/* of a set */

static GmfIdentity add_text(GmfIdentity hash, const char *text, size_t length);
static bool grow(GmfIdentitySet *set);
static GmfIdentity *find_slot(const GmfIdentitySet *set, GmfIdentity id);
static int	compare_identities(const void *a, const void *b);

/*
 * FNV-1a over 128 bits.  Two different texts have the same hash about once in
 * 2^64 texts; the identities of three pages are compared with each other.
 */
GmfIdentity
gmf_identity(const char *text, size_t length)
{
	return add_text(HASH_OF_NOTHING, text, length);
}

/* Of some texts, NULL among them, in this order. */
GmfIdentity
gmf_identity_of_texts(const char *const *texts, int count)
{
	GmfIdentity hash = HASH_OF_NOTHING;

	for (int i = 0; i < count; i++)
	{
		hash = add_text(hash, texts[i] != NULL ? "+" : "-", 1);
		if (texts[i] != NULL)
			hash = add_text(hash, texts[i], strlen(texts[i]) + 1);	/* with its end */
	}
	return hash;
}

static GmfIdentity
add_text(GmfIdentity hash, const char *text, size_t length)
{
	const GmfIdentity prime = ((GmfIdentity) 1 << 88) | 0x13b;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char) text[i]) * prime;
	return hash;
}

/* *is_new: it was not in the set before.  False when memory is out. */
bool
gmf_set_add(GmfIdentitySet *set, GmfIdentity id, bool *is_new)
{
	GmfIdentity *slot;

	*is_new = false;
	if (id == 0)
		id = 1;					/* zero marks what is free */
	if (2 * set->count >= set->size && !grow(set))
		return false;
	slot = find_slot(set, id);
	if (*slot == id)
		return true;
	*slot = id;
	set->count++;
	*is_new = true;
	return true;
}

static bool
grow(GmfIdentitySet *set)
{
	GmfIdentitySet larger = {.count = set->count};

	larger.size = set->size == 0 ? FIRST_SIZE : 2 * set->size;
	larger.slots = calloc(larger.size, sizeof(GmfIdentity));
	if (larger.slots == NULL)
		return false;
	for (size_t i = 0; i < set->size; i++)
		if (set->slots[i] != 0)
			*find_slot(&larger, set->slots[i]) = set->slots[i];
	free(set->slots);
	*set = larger;
	return true;
}

/* Where it is, or is to be put: half of the slots are free at least. */
static GmfIdentity *
find_slot(const GmfIdentitySet *set, GmfIdentity id)
{
	size_t		mask = set->size - 1;
	size_t		i = (size_t) (id ^ id >> 64) & mask;

	while (set->slots[i] != 0 && set->slots[i] != id)
		i = (i + 1) & mask;
	return &set->slots[i];
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
	return gmf_identities_add(&seen->current, id);
}

/* The current page is over. */
void
gmf_seen_turn(GmfSeen *seen)
{
	GmfIdentities oldest = seen->before[1];

	if (seen->current.count > 0)
		qsort(seen->current.ids, seen->current.count, sizeof(GmfIdentity),
			  compare_identities);

	seen->before[1] = seen->before[0];
	seen->before[0] = seen->current;
	seen->current = oldest;
	seen->current.count = 0;
}

/* False when memory is out. */
bool
gmf_identities_add(GmfIdentities *list, GmfIdentity id)
{
	if (list->count == list->size)
	{
		size_t		size = list->size == 0 ? 128 : list->size * 2;
		GmfIdentity *ids = realloc(list->ids, size * sizeof(*ids));

		if (ids == NULL)
			return false;
		list->ids = ids;
		list->size = size;
	}
	list->ids[list->count++] = id;
	return true;
}

/*
 * The next of the sequence.  True when it was there before: cycle->again says how often it
 * came at the same distance.  In a sequence that goes round in a circle that happens within
 * some three rounds; what came before need not be kept.
 */
bool
gmf_cycle_step(GmfCycle *cycle, GmfIdentity id)
{
	bool		same = cycle->next_save > 0 && id == cycle->saved;

	cycle->steps++;
	if (same)
	{
		cycle->again = cycle->steps == cycle->length ? cycle->again + 1 : 1;
		cycle->length = cycle->steps;
		cycle->steps = 0;
	}
	if (cycle->next_save == 0 || --cycle->next_save == 0)
	{
		cycle->power = cycle->power == 0 ? 1 : 2 * cycle->power;
		cycle->next_save = cycle->power;
		cycle->saved = id;
		cycle->steps = 0;
	}
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
