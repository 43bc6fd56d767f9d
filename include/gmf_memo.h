/*
 * gmf_memo.h
 *		Answers that a scan has asked for: rows by what was asked, so that the
 *		same thing is asked once in a query, and may be asked before it is needed.
 *
 * A nested loop asks a scan for one key after another; the memo keeps what
 * came, and lets the keys to come be asked ahead.  All that it holds, questions and open
 * fetches included, is bounded by work_mem, but for what is being read or will be next.
 */
#ifndef GMF_MEMO_H
#define GMF_MEMO_H

#include "postgres.h"

#include "access/htup.h"
#include "executor/tuptable.h"
#include "lib/ilist.h"

#include "gmf_fetch.h"

typedef struct GmfMemo GmfMemo;

/* One question and its answer, as far as it is known. */
typedef struct GmfAsked
{
	char	   *question;		/* key of the memo */
	MemoryContext context;		/* of everything that belongs to it */
	MemoryContextCallback callback;
	GmfFetchSpec spec;
	struct GmfShownColumns *shown;	/* columns that the answer leaves out */
	int			unsaid;			/* see GmfBound; the scan fails when it gets here */
	const char *why;
	bool		is_empty;		/* no row can satisfy it: nothing to fetch */
	GmfFetch   *fetch;			/* NULL: not begun, at its end, or left */
	dlist_node	open;			/* among the entries that have one */
	int			to_skip;		/* rows of a fetch that was opened again, which are kept */
	bool		complete;		/* rows are all there are */
	int64		total;			/* of an entry that was asked for its number of rows; -1: not yet */
	bool		dropped;		/* rows are not kept, and no question finds the entry */
	Size		bytes;			/* that it was last found to hold */
	MinimalTuple *rows;
	int			nrows;
	int			maxrows;
	int			readers;		/* scans that stand in it, and tuples read ahead that
								 * will */
	struct GmfAsked *older;
	struct GmfAsked *newer;
} GmfAsked;

/* In "context", whose reset ends every fetch.  keep: rows are kept for later. */
extern GmfMemo *gmf_memo_new(MemoryContext context, bool keep);

/* The entry for a question, NULL when it has not been asked (or was forgotten). */
extern GmfAsked *gmf_memo_find(GmfMemo *memo, const char *question);

/* A new entry; the caller fills spec and fetch.  question is copied. */
extern GmfAsked *gmf_memo_add(GmfMemo *memo, const char *question);

/* Its fetch was opened, perhaps again. */
extern void gmf_memo_opened(GmfMemo *memo, GmfAsked *asked);

/*
 * There is nothing to fetch (is_empty), asked is NULL or a new entry: the entry to use
 * instead of it, which is one for all such questions.
 */
extern GmfAsked *gmf_memo_unasked(GmfMemo *memo, GmfAsked *asked);

/*
 * A reader comes and goes.  What has no readers may be forgotten to make room, and its fetch
 * may be closed: a later reader that needs more than the rows kept must open it again.
 */
extern void gmf_memo_enter(GmfMemo *memo, GmfAsked *asked);
extern void gmf_memo_leave(GmfMemo *memo, GmfAsked *asked);

/* The reader is the scan, which begins with the first row. */
extern void gmf_memo_read(GmfMemo *memo, GmfAsked *asked);

/* Keep a row that was read from the entry's fetch, if rows are kept. */
extern void gmf_memo_keep(GmfMemo *memo, GmfAsked *asked, TupleTableSlot *slot);

/* Count what the entry's fetch has cost and close it. */
extern void gmf_memo_close_fetch(GmfMemo *memo, GmfAsked *asked);

/* The same for a fetch that came to its end. */
extern void gmf_memo_complete(GmfMemo *memo, GmfAsked *asked);

/* Counters of all fetches of the memo, closed ones too. */
extern void gmf_memo_counters(GmfMemo *memo, GmfFetchCounters *counters);

/* Questions that were answered by what others had asked. */
extern int64 gmf_memo_saved(const GmfMemo *memo);

/*
 * Will the answers that are on their way hold as much as may be held?  Then nothing more
 * should be asked ahead.
 */
extern bool gmf_memo_is_full(GmfMemo *memo);

/* End all fetches. */
extern void gmf_memo_close(GmfMemo *memo);

#endif							/* GMF_MEMO_H */
