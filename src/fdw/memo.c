/*
 * memo.c
 *		Answers that a scan has asked for.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "executor/executor.h"
#include "lib/ilist.h"
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
	dlist_head	open;			/* entries with a fetch */
	GmfAsked   *left;			/* the last one that was left before its end, which alone
								 * is open without a reader; NULL: none */
	GmfAsked	nothing;		/* where no row can satisfy a question; not among them */
	bool		keep;
	Size		bytes;			/* of all entries */
	int64		questions;		/* that scans came with */
	int64		added;			/* of them, or ahead of them, new ones */
	GmfFetchCounters closed;	/* of fetches that have ended */
	int64		nclosed;
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
static void close_left(GmfMemo *memo);
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
	dlist_init(&memo->open);
	memo->nothing.unsaid = -1;
	memo->nothing.is_empty = true;
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
	asked->unsaid = -1;
	asked->total = -1;
	entry = (Entry *) hash_search(memo->entries, &asked->question, HASH_ENTER, NULL);
	entry->asked = asked;
	append_asked(memo, asked);
	memo->added++;
	return asked;
}

void
gmf_memo_opened(GmfMemo *memo, GmfAsked *asked)
{
	dlist_push_tail(&memo->open, &asked->open);
	if (asked->to_skip > 0)
		memo->added++;			/* what was kept did not suffice */
	weigh(memo, asked);
	make_room(memo, asked);
}

GmfAsked *
gmf_memo_unasked(GmfMemo *memo, GmfAsked *asked)
{
	/* One that makes the scan fail is needed for that. */
	if (asked != NULL && asked->unsaid >= 0)
		return asked;
	if (asked != NULL)
		forget(memo, asked);
	return &memo->nothing;
}

void
gmf_memo_enter(GmfMemo *memo, GmfAsked *asked)
{
	asked->readers++;
	if (asked == &memo->nothing)
		return;
	if (memo->left == asked)
		memo->left = NULL;
	unlink_asked(memo, asked);
	append_asked(memo, asked);
}

void
gmf_memo_read(GmfMemo *memo, GmfAsked *asked)
{
	memo->questions++;
	/* The rows will pass, and this reader alone sees all of them. */
	if (!memo->keep && asked != &memo->nothing)
		stop_sharing(memo, asked);
}

/*
 * An entry that has discarded rows cannot be read from its beginning again.  The rows of any
 * other stay for readers to come.  Its fetch stays open only until another one is left: a
 * rescan that stops early, as for EXISTS, mostly comes back with the same question.
 */
void
gmf_memo_leave(GmfMemo *memo, GmfAsked *asked)
{
	Assert(asked->readers > 0);
	if (--asked->readers > 0 || asked == &memo->nothing)
		return;
	if (asked->dropped)
	{
		forget(memo, asked);
		return;
	}
	if (asked->fetch != NULL)
	{
		close_left(memo);
		memo->left = asked;
	}
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
	memo->nclosed++;
	dlist_delete(&asked->open);
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
gmf_memo_counters(GmfMemo *memo, GmfFetchCounters *counters)
{
	dlist_iter	iter;

	*counters = memo->closed;
	counters->total = -1;
	dlist_foreach(iter, &memo->open)
	{
		GmfFetchCounters open;

		gmf_fetch_counters(dlist_container(GmfAsked, open, iter.cur)->fetch, &open);
		counters->requests += open.requests;
		counters->cached += open.cached;
		counters->retries += open.retries;
		counters->bytes_received += open.bytes_received;
		counters->rows += open.rows;
		counters->refused += open.refused;
		counters->total = open.total;
	}
}

int64
gmf_memo_saved(const GmfMemo *memo)
{
	return Max(memo->questions - memo->added, 0);
}

/* Of an answer that has not come the others are the measure. */
bool
gmf_memo_is_full(GmfMemo *memo)
{
	Size		usual = memo->nclosed > 0 ? memo->closed.bytes_received / memo->nclosed : 0;
	Size		held = 0;
	dlist_iter	iter;

	dlist_foreach(iter, &memo->open)
	{
		GmfAsked   *asked = dlist_container(GmfAsked, open, iter.cur);

		held += asked->bytes + Max(gmf_fetch_held(asked->fetch), usual);
	}
	return held >= (Size) work_mem * 1024;
}

void
gmf_memo_close(GmfMemo *memo)
{
	dlist_mutable_iter iter;

	dlist_foreach_modify(iter, &memo->open)
		gmf_memo_close_fetch(memo, dlist_container(GmfAsked, open, iter.cur));
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

/* From now on no question finds the entry, and no rows are kept in it. */
static void
stop_sharing(GmfMemo *memo, GmfAsked *asked)
{
	if (asked->dropped)
		return;
	hash_search(memo->entries, &asked->question, HASH_REMOVE, NULL);
	asked->dropped = true;
}

/* What was left has rows for a reader to come, or is worth nothing. */
static void
close_left(GmfMemo *memo)
{
	GmfAsked   *asked = memo->left;

	memo->left = NULL;
	if (asked == NULL)
		return;
	gmf_memo_close_fetch(memo, asked);
	if (asked->nrows == 0)
		forget(memo, asked);
	else
		weigh(memo, asked);
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
	stop_sharing(memo, asked);
	weigh(memo, asked);
}

static void
forget(GmfMemo *memo, GmfAsked *asked)
{
	stop_sharing(memo, asked);
	gmf_memo_close_fetch(memo, asked);
	if (memo->left == asked)
		memo->left = NULL;
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
