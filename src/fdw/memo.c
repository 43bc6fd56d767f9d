/*
 * memo.c
 *		Answers that a scan has asked for.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "gmf_memo.h"

/* What the hash table holds: the key must come first. */
typedef struct Entry
{
	char	   *question;
	GmfAsked   *asked;
} Entry;

struct GmfMemo
{
	MemoryContext context;
	HTAB	   *entries;
	GmfAsked   *oldest;			/* all entries, by the time of their last use */
	GmfAsked   *newest;
	bool		keep;
	Size		bytes;			/* of all entries */
	int64		questions;		/* that scans came with */
	int64		added;			/* of them, or ahead of them, new ones */
	GmfFetchCounters closed;	/* of fetches that have ended */
};

/* What an open fetch holds beside what it has received: streams, pages, exchanges. */
#define BYTES_OF_FETCH 24576

static uint32 hash_question(const void *key, Size size);
static int	compare_questions(const void *a, const void *b, Size size);
static void unlink_asked(GmfMemo *memo, GmfAsked *asked);
static void append_asked(GmfMemo *memo, GmfAsked *asked);
static void make_room(GmfMemo *memo, GmfAsked *growing);
static void weigh(GmfMemo *memo, GmfAsked *asked);
static void stop_sharing(GmfMemo *memo, GmfAsked *asked);
static void drop_rows(GmfMemo *memo, GmfAsked *asked);
static void forget(GmfMemo *memo, GmfAsked *asked);
static void on_reset(void *arg);

GmfMemo *
gmf_memo_new(MemoryContext context, bool keep)
{
	GmfMemo    *memo = (GmfMemo *) MemoryContextAllocZero(context, sizeof(GmfMemo));
	HASHCTL		control;

	memset(&control, 0, sizeof(control));
	control.keysize = sizeof(char *);
	control.entrysize = sizeof(Entry);
	control.hash = hash_question;
	control.match = compare_questions;
	control.hcxt = context;
	memo->context = context;
	memo->keep = keep;
	memo->entries = hash_create("gaussdb_mgmt_fdw answers", 64, &control,
								HASH_ELEM | HASH_FUNCTION | HASH_COMPARE | HASH_CONTEXT);
	return memo;
}

GmfAsked *
gmf_memo_find(GmfMemo *memo, const char *question)
{
	Entry	   *entry = (Entry *) hash_search(memo->entries, &question, HASH_FIND, NULL);

	return entry == NULL ? NULL : entry->asked;
}

GmfAsked *
gmf_memo_add(GmfMemo *memo, const char *question)
{
	MemoryContext context = AllocSetContextCreate(memo->context, "gaussdb_mgmt_fdw answer",
												  ALLOCSET_SMALL_SIZES);
	GmfAsked   *asked = (GmfAsked *) MemoryContextAllocZero(context, sizeof(GmfAsked));
	Entry	   *entry;

	asked->context = context;
	asked->callback.func = on_reset;
	asked->callback.arg = asked;
	MemoryContextRegisterResetCallback(context, &asked->callback);
	asked->question = MemoryContextStrdup(context, question);
	asked->dropped = !memo->keep;
	asked->total = -1;
	if (memo->keep)
	{
		entry = (Entry *) hash_search(memo->entries, &asked->question, HASH_ENTER, NULL);
		entry->asked = asked;
	}
	append_asked(memo, asked);
	memo->added++;
	return asked;
}

void
gmf_memo_opened(GmfMemo *memo, GmfAsked *asked)
{
	if (asked->is_empty)
	{
		stop_sharing(memo, asked);
		asked->dropped = true;
	}
	weigh(memo, asked);
	make_room(memo, asked);
}

void
gmf_memo_enter(GmfMemo *memo, GmfAsked *asked)
{
	asked->readers++;
	unlink_asked(memo, asked);
	append_asked(memo, asked);
}

/*
 * What its last reader has left is closed.  An entry that has discarded rows cannot be
 * read from its beginning again, and one of which nothing was read is worth nothing; the
 * rows of any other stay for readers to come.
 */
void
gmf_memo_leave(GmfMemo *memo, GmfAsked *asked)
{
	Assert(asked->readers > 0);
	if (--asked->readers > 0)
		return;
	if (asked->dropped || (!asked->complete && asked->nrows == 0))
	{
		forget(memo, asked);
		return;
	}
	gmf_memo_close_fetch(memo, asked);
	weigh(memo, asked);
	make_room(memo, NULL);
}

void
gmf_memo_keep(GmfMemo *memo, GmfAsked *asked, TupleTableSlot *slot)
{
	MemoryContext old;

	if (asked->dropped)
		return;
	old = MemoryContextSwitchTo(asked->context);
	if (asked->nrows >= asked->maxrows)
	{
		asked->maxrows = Max(2 * asked->maxrows, 16);
		asked->rows = asked->rows == NULL
			? (MinimalTuple *) palloc(asked->maxrows * sizeof(MinimalTuple))
			: (MinimalTuple *) repalloc_huge(asked->rows, asked->maxrows * sizeof(MinimalTuple));
	}
	asked->rows[asked->nrows++] = ExecCopySlotMinimalTuple(slot);
	MemoryContextSwitchTo(old);
	weigh(memo, asked);
	make_room(memo, asked);
}

void
gmf_memo_close_fetch(GmfMemo *memo, GmfAsked *asked)
{
	GmfFetchCounters counters;

	if (asked->fetch == NULL)
		return;
	gmf_fetch_counters(asked->fetch, &counters);
	memo->closed.requests += counters.requests;
	memo->closed.cached += counters.cached;
	memo->closed.retries += counters.retries;
	memo->closed.bytes_received += counters.bytes_received;
	memo->closed.rows += counters.rows;
	memo->closed.refused += counters.refused;
	gmf_fetch_close(asked->fetch);
	asked->fetch = NULL;
}

void
gmf_memo_complete(GmfMemo *memo, GmfAsked *asked)
{
	gmf_memo_close_fetch(memo, asked);
	asked->complete = true;
	weigh(memo, asked);
}

void
gmf_memo_counters(const GmfMemo *memo, GmfFetchCounters *counters)
{
	*counters = memo->closed;
	counters->total = -1;
	for (GmfAsked *asked = memo->oldest; asked != NULL; asked = asked->newer)
	{
		GmfFetchCounters open;

		if (asked->fetch == NULL)
			continue;
		gmf_fetch_counters(asked->fetch, &open);
		counters->requests += open.requests;
		counters->cached += open.cached;
		counters->retries += open.retries;
		counters->bytes_received += open.bytes_received;
		counters->rows += open.rows;
		counters->refused += open.refused;
		counters->total = open.total;
	}
}

void
gmf_memo_question(GmfMemo *memo)
{
	memo->questions++;
}

int64
gmf_memo_saved(const GmfMemo *memo)
{
	return Max(memo->questions - memo->added, 0);
}

void
gmf_memo_close(GmfMemo *memo)
{
	for (GmfAsked *asked = memo->oldest; asked != NULL; asked = asked->newer)
		gmf_memo_close_fetch(memo, asked);
}

static uint32
hash_question(const void *key, Size size)
{
	const char *question = *(const char *const *) key;

	return hash_bytes((const unsigned char *) question, (int) strlen(question));
}

static int
compare_questions(const void *a, const void *b, Size size)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static void
unlink_asked(GmfMemo *memo, GmfAsked *asked)
{
	if (asked->older != NULL)
		asked->older->newer = asked->newer;
	else
		memo->oldest = asked->newer;
	if (asked->newer != NULL)
		asked->newer->older = asked->older;
	else
		memo->newest = asked->older;
}

static void
append_asked(GmfMemo *memo, GmfAsked *asked)
{
	asked->older = memo->newest;
	asked->newer = NULL;
	if (memo->newest != NULL)
		memo->newest->newer = asked;
	else
		memo->oldest = asked;
	memo->newest = asked;
}

/* What the entry holds now. */
static void
weigh(GmfMemo *memo, GmfAsked *asked)
{
	Size		bytes = MemoryContextMemAllocated(asked->context, true) + sizeof(Entry) +
		(asked->fetch != NULL ? BYTES_OF_FETCH : 0);

	memo->bytes += bytes - asked->bytes;
	asked->bytes = bytes;
}

/*
 * Forget what nobody reads, the oldest first; if that is not enough, no longer keep the
 * rows of the entry that is growing (NULL: none is).
 */
static void
make_room(GmfMemo *memo, GmfAsked *growing)
{
	Size		limit = (Size) work_mem * 1024;
	GmfAsked   *asked = memo->oldest;

	while (memo->bytes > limit && asked != NULL)
	{
		GmfAsked   *newer = asked->newer;

		if (asked->readers == 0 && asked != growing)
			forget(memo, asked);
		asked = newer;
	}
	if (memo->bytes > limit && growing != NULL && growing->nrows > 0)
		drop_rows(memo, growing);
}

/* From now on no question finds the entry. */
static void
stop_sharing(GmfMemo *memo, GmfAsked *asked)
{
	Entry	   *entry = (Entry *) hash_search(memo->entries, &asked->question, HASH_FIND, NULL);

	if (entry != NULL && entry->asked == asked)
		hash_search(memo->entries, &asked->question, HASH_REMOVE, NULL);
}

/*
 * The scan has passed them.  Whoever was to come after it looks its question up again, and
 * asks again.
 */
static void
drop_rows(GmfMemo *memo, GmfAsked *asked)
{
	for (int i = 0; i < asked->nrows; i++)
		pfree(asked->rows[i]);
	pfree(asked->rows);
	asked->rows = NULL;
	asked->nrows = 0;
	asked->maxrows = 0;
	asked->dropped = true;
	stop_sharing(memo, asked);
	weigh(memo, asked);
}

static void
forget(GmfMemo *memo, GmfAsked *asked)
{
	stop_sharing(memo, asked);
	gmf_memo_close_fetch(memo, asked);
	memo->bytes -= asked->bytes;
	unlink_asked(memo, asked);
	MemoryContextDelete(asked->context);
}

/*
 * A context is reset after its children, so each answer has to look after its own
 * fetch.
 */
static void
on_reset(void *arg)
{
	GmfAsked   *asked = (GmfAsked *) arg;

	gmf_fetch_close(asked->fetch);
	asked->fetch = NULL;
}
