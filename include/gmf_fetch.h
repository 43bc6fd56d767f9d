/*
 * gmf_fetch.h
 *		Rows of a resource: pages, keys, parents and details, many requests in
 *		flight, delivered in order.
 *
 * A fetch turns a GmfFetchSpec into rows.  It asks for pages ahead of their use,
 * for several keys at once, for the keys themselves from the parent list
 * when the query gives none, and for the detail of a row where a column
 * needs it.  What is buffered is bounded by a window of a few pages and does not
 * grow with the number of rows.  Rows come in the order in which one request after
 * another would give them.
 */
#ifndef GMF_FETCH_H
#define GMF_FETCH_H

#include "gmf_answer.h"
#include "gmf_catalog.h"
#include "gmf_session.h"

#ifdef __cplusplus
extern "C"
{
#endif

/*
 * A parameter of the route and what to send for it, in wire form.  More than one
 * value: one after another (or so many in one request, where the parameter
 * has a batch).  Several parameters with several values: every
 * combination.  Values must be distinct.
 */
typedef struct GmfBinding
{
	const GmfParameter *parameter;
	const char *const *values;
	int			nvalues;
} GmfBinding;

typedef struct GmfFetchSpec
{
	const GmfResource *resource;
	const GmfRoute *route;
	const GmfBinding *bindings;
	int			nbindings;

	/*
	 * Where the values of those required parameters come from that no binding
	 * gives: the rows of the parent, as resource->parent_keys says.  NULL when
	 * every required parameter is bound.
	 */
	const struct GmfFetchSpec *parent;

	/*
	 * Asked for a row when one of the used columns with only == GMF_GET is absent from
	 * the list's item.  NULL: never.  Its parameters are filled from the row's columns.
	 */
	const GmfRoute *detail;

	/*
	 * used[i]: column i of the resource is wanted; used[number of columns]: raw
	 * is.  Key columns that a detail or a child needs are read anyway.
	 */
	const bool *used;

	int			page_size;		/* 0: the largest that the API allows */
	int64_t		wanted_rows;	/* the query can still use so many rows; 0: not known. A
								 * hint for the size of the first pages and for how far
								 * to read ahead, never a limit */
	int64_t		skip_rows;		/* begin after so many rows. Only where the route pages
								 * and there is one combination of values */
	int64_t		max_age;		/* answers may be so old, and come from the session's
								 * cache: microseconds; 0: they are neither taken from
								 * there nor kept */
	bool		tolerant;		/* leave out an object that the API refuses, and go on; see
								 * gmf_fetch_refused */
	int			window;			/* pages that may be in flight or waiting to be used;
								 * 0: from the session's max_connections */
} GmfFetchSpec;

typedef struct GmfFetch GmfFetch;

typedef enum GmfFetchState
{
	GMF_FETCH_ROW,				/* a row is there */
	GMF_FETCH_WAIT,				/* not yet: gmf_session_wait, and call again */
	GMF_FETCH_END,
	GMF_FETCH_FAILED			/* error is filled */
} GmfFetchState;

typedef struct GmfFetchCounters
{
	int64_t		requests;		/* begun for this fetch, parents and details included */
	int64_t		cached;			/* answered by the session's cache instead */
	int64_t		retries;
	int64_t		bytes_received;
	int64_t		rows;			/* delivered */
	int64_t		refused;		/* objects that were left out */
	int64_t		total;			/* of one list, as it tells; -1: not known, or several */
} GmfFetchCounters;

/* Everything in the spec must outlive the fetch.  NULL with error on failure. */
extern GmfFetch *gmf_fetch_open(GmfSession *session, const GmfFetchSpec *spec,
								GmfError *error);

/* Send the first requests, without reading what they give. */
extern void gmf_fetch_start(GmfFetch *fetch);

/*
 * The next row, without waiting.  values has one entry for each column of the
 * resource plus one for raw; those that are not used are absent.  Texts live until the
 * next call.  A key of the query that does not exist gives no row; so does
 * one of the parent's.
 */
extern GmfFetchState gmf_fetch_next(GmfFetch *fetch, GmfValue *values, GmfError *error);

/*
 * Why an object was left out, each once: true, and error is filled, while there is one that was
 * not taken yet.  Look after each gmf_fetch_next of a tolerant fetch.
 */
extern bool gmf_fetch_refused(GmfFetch *fetch, GmfError *error);

/*
 * Number of all rows as the API tells it, by one request of one row: for a spec with
 * one combination of values whose route has a total.  WAIT, ROW (*total is
 * set; -1 when the answer had none) or FAILED.  Use instead of gmf_fetch_next.
 */
extern GmfFetchState gmf_fetch_total(GmfFetch *fetch, int64_t *total, GmfError *error);

/*
 * What the user must know of an answer although it is no error, as a sentence that begins with a
 * small letter, in ASCII: a list that goes on in a way that the fetch does not follow.  NULL:
 * nothing.  Known at the end of the fetch; lives as long as it.
 */
extern const char *gmf_fetch_note(const GmfFetch *fetch);

extern void gmf_fetch_counters(const GmfFetch *fetch, GmfFetchCounters *counters);

/* Bytes that it has received, and nobody has read to their end. */
extern size_t gmf_fetch_held(const GmfFetch *fetch);

/* Ends what is on its way. */
extern void gmf_fetch_close(GmfFetch *fetch);

/*
 * Rows that a page is asked for with: so many as wanted (0: not said), but no more than the
 * API gives.  0: the API takes no size and does not tell its own.
 */
extern int64_t gmf_page_size(const GmfPaging *paging, int64_t wanted);

#ifdef __cplusplus
}
#endif

#endif							/* GMF_FETCH_H */
