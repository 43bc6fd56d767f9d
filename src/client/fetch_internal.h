/*
 * fetch_internal.h
 *		What the files of the fetch room share.
 *
 *	  fetch.c			the fetch as a whole: which page is asked next, delivery
 *	  fetch_keys.c		combinations of values, taken from the query and the parent
 *	  fetch_parent.c	keys from the rows of the parent
 *	  fetch_combination.c	one combination
 *	  fetch_stream.c	the pages of one combination, one after another
 *	  fetch_page.c		what a page that has come means for its stream
 *	  fetch_end.c		lists that end before their total
 *	  fetch_check.c		answers that are none
 *	  fetch_link.c		pages that are named by a link
 *	  fetch_request.c	the request for one page or one detail
 *	  fetch_row.c		from the values of an item to the values of a row
 *	  fetch_detail.c	rows that wait for their detail
 *	  fetch_refused.c	objects that the API refuses while others are read
 *	  fetch_seen.c		rows that are sent twice
 *	  fetch_total.c		the number of rows alone
 *	  fetch_held.c		bytes that wait to be read
 *
 * A stream is what one combination of values gives: a first page and those
 * that follow it.  A fetch has a list of streams, in the order of delivery; the
 * first of them is the head.
 *
 * Pages are cut by records, which are the rows except where GmfRoute.records
 * says otherwise.  Positions count records from 0, whatever the API counts.
 */
#ifndef GMF_FETCH_INTERNAL_H
#define GMF_FETCH_INTERNAL_H

#include "gmf_fetch.h"

/* One combination: a value, or the values of a batch, for each parameter. */
typedef struct GmfCombination
{
	GmfBinding *bindings;		/* their texts live as long as the combination */
	int			nbindings;
	bool		named;			/* it names an object, which may not exist */
} GmfCombination;

typedef struct GmfPage
{
	struct GmfPage *next;
	GmfExchange *exchange;
	GmfAnswer  *answer;			/* NULL until the page is taken */
	int64_t		position;		/* of its first record */
	int64_t		asked;			/* records; 0: as many as the API likes */
	int64_t		count;			/* records that came */
	int64_t		rows;			/* in these: the same, unless the route says otherwise */
	int64_t		read;			/* rows read so far */
	GmfMore		more;			/* what the answer says of the list's end */
	bool		for_total;		/* asked for again, for the total alone */
} GmfPage;

/* The identity of a row: a hash of its key, wide enough to be taken for it. */
typedef unsigned __int128 GmfIdentity;

typedef struct GmfIdentities
{
	GmfIdentity *ids;
	size_t		count;
	size_t		size;
} GmfIdentities;

/* A set of any number of identities: a hash table, zero where nothing is. */
typedef struct GmfIdentitySet
{
	GmfIdentity *slots;
	size_t		count;
	size_t		size;			/* a power of two, or 0 */
} GmfIdentitySet;

/*
 * Brent's search for a cycle: one thing of a sequence is remembered, at steps that are powers
 * of two, and each later one is compared with it.
 */
typedef struct GmfCycle
{
	GmfIdentity saved;
	int64_t		next_save;		/* in so many steps; 0: nothing is saved yet */
	int64_t		power;
	int64_t		steps;			/* since what is saved was saved, or came again */
	int64_t		length;			/* of the cycle, when it came again last */
	int			again;			/* times in a row that it came at that distance */
} GmfCycle;

typedef struct GmfSeen
{
	GmfIdentities current;		/* of the page that is being read */
	GmfIdentities before[2];	/* of the two pages before it, sorted */
} GmfSeen;

typedef struct GmfStream
{
	struct GmfStream *next;
	GmfCombination *combination;
	GmfValue   *bound;			/* for each column: what is shown when the item has
								 * nothing */

	GmfPage    *pages;			/* in flight or waiting to be read, in order */
	int			npages;
	bool		begun;			/* the first page was asked for */
	bool		ended;			/* no more pages are needed */
	GmfError	error;			/* what it ended with, if kind is not GMF_OK: told after
								 * the rows of the pages before */

	bool		by_number;		/* its positions count pages, not records */
	int64_t		first;			/* position of its first record or page */
	bool		counts_pages;	/* although the catalog says records */
	GmfIdentities head;			/* rows of the first page as they came, until the second
								 * page is compared with them */
	bool		head_is_full;	/* it had as many records as were asked for */
	int64_t		size;			/* records to ask for at most; 0: not known */
	char	   *marker;			/* of the next page to ask for; NULL: the first one */
	GmfCycle	markers;
	int			empty_pages;	/* that came one after another */
	int64_t		next_position;	/* of the next page to ask for */
	int64_t		reached;		/* end of what was taken without a gap */
	int64_t		from;			/* rows before this one are not delivered (again) */
	int64_t		total;			/* as last told, -1: not known */
	GmfCycle	page_cycle;
	int64_t		taken_pages;	/* that had records */
	bool		says_more;		/* an answer said that the list goes on */
	bool		total_is_wrong; /* more records came than it said */
	bool		total_is_fresh; /* it was asked for again, as the list seemed to be over */
	bool		asks_total;		/* ... and is to be */
	int64_t		doubt_position; /* where the list seemed to be over */
	bool		size_is_fixed;	/* the API has its own idea of a page */
	bool		doubtful;		/* the last page was short: there may be no more */
	int64_t		largest;		/* the most records that came in one page */
	int64_t		records;		/* that came */
	int64_t		rows;			/* that came */
	int64_t		rows_read;
	int64_t		read_to;		/* end of the pages that were read */
	int64_t		repeated;		/* of them, on the pages before already */

	GmfSeen		seen;
} GmfStream;

/*
 * A column of the parent that is a key of ours.  It gives the value of a
 * parameter, or, where the query gives that too, it must agree with what the query
 * gives.
 */
typedef struct GmfParentLink
{
	int			parent_column;
	const GmfParameter *parameter;	/* NULL: it is compared */
	int			axis;			/* ... with this axis of the key source */
} GmfParentLink;

/* Rows of the parent count only where this column has one of these values. */
typedef struct GmfParentChoice
{
	int			parent_column;
	const char *values;
} GmfParentChoice;

/* The keys in one row of the parent. */
typedef struct GmfKeyRow
{
	struct GmfKeyRow *next;
	const char *values[];		/* for each link; NULL: nothing to compare with. The
								 * texts follow */
} GmfKeyRow;

typedef struct GmfParent
{
	GmfFetch   *fetch;
	GmfValue   *values;			/* of the row just read */
	GmfFetchState state;
	GmfError	error;
	const GmfParentLink *links;
	int			nlinks;
	GmfParentChoice *choices;
	int			nchoices;

	GmfKeyRow  *first;			/* rows read ahead */
	GmfKeyRow  *tail;
	GmfIdentitySet known;		/* all keys that came: the same again are skipped */
	int			count;
	int			capacity;
} GmfParent;

typedef struct GmfKeySource GmfKeySource;
typedef struct GmfDetails GmfDetails;
typedef struct GmfRefusal GmfRefusal;

struct GmfFetch
{
	GmfSession *session;
	GmfFetchSpec spec;
	int			ncolumns;		/* of the resource, without raw */
	bool	   *shown;			/* columns that are handed up; one more for raw */
	bool	   *read;			/* these, and what we need ourselves */
	int			key_column;		/* its place, -1: rows have no identity */
	GmfShape   *shape;			/* of a page */
	GmfShape   *records_shape;	/* of its records; NULL: they are the rows */
	GmfShape   *marker_shape;	/* of the marker in its records; NULL: pages have none */
	GmfValue   *cells;			/* of the row just read */
	int64_t		page_size;		/* 0: the API takes none and tells none */
	int			window;

	GmfKeySource *keys;
	bool		keys_ended;
	GmfError	keys_error;		/* kind is GMF_OK unless the keys ended with it */
	GmfStream  *streams;
	int			npages;			/* of all streams */
	GmfDetails *details;		/* NULL: rows have none */
	GmfRefusal *refusals;		/* that the caller has not taken yet */

	int64_t		target;			/* read ahead until so many rows; 0: no bound */
	int64_t		step;			/* what the target grew by last; 0: it never did */
	int64_t		taken;			/* rows read from the streams */
	int64_t		ended_streams;	/* and what they gave, to guess what others will give */
	int64_t		ended_rows;
	int			since_pump;		/* rows */

	GmfExchange *total_exchange;	/* gmf_fetch_total */
	bool		total_of_key;	/* of an object that may not exist */
	int64_t		total;
	GmfFetchState state;		/* END, FAILED: for ever */
	GmfError	error;
	char		note[256];		/* see gmf_fetch_note */
	GmfFetchCounters counters;	/* without the parent's */
};

/* fetch.c */
extern GmfFetch *gmf_fetch_open_for(GmfSession *session, const GmfFetchSpec *spec,
									const bool *columns, int64_t wanted,
									GmfError *error);
extern GmfExchange *gmf_fetch_begin(GmfFetch *fetch, GmfRequest *request, GmfError *error);
extern void gmf_fetch_count(GmfFetch *fetch, const GmfExchange *exchange);
extern GmfFetchState gmf_fetch_list_row(GmfFetch *fetch, GmfStream **stream,
										GmfError *error);
extern bool gmf_route_not_found(const GmfRoute *route, const GmfError *error);
extern bool gmf_no_memory(GmfError *error);

/* fetch_keys.c */
extern GmfKeySource *gmf_keys_open(GmfSession *session, const GmfFetchSpec *spec,
								   int window, GmfError *error);
extern bool gmf_keys_single(const GmfKeySource *keys);
extern void gmf_keys_ahead(GmfKeySource *keys);
extern GmfFetchState gmf_keys_next(GmfKeySource *keys, GmfCombination **combination,
								   GmfError *error);
extern GmfFetch *gmf_keys_parent(const GmfKeySource *keys);
extern void gmf_keys_close(GmfKeySource *keys);

/* fetch_parent.c */
extern GmfParent *gmf_parent_open(GmfSession *session, const GmfFetchSpec *spec,
								  const GmfParentLink *links, int nlinks, int useful,
								  int capacity, GmfError *error);
extern GmfFetchState gmf_parent_read(GmfParent *parent, int count);
extern void gmf_parent_drop_row(GmfParent *parent);
extern void gmf_parent_close(GmfParent *parent);

/* fetch_combination.c */
extern GmfCombination *gmf_combination_new(const GmfBinding *bindings, int nbindings);
extern bool gmf_combination_is_batch(const GmfCombination *combination);
extern bool gmf_combination_split(GmfCombination *combination, GmfCombination **half);
extern void gmf_combination_free(GmfCombination *combination);

/* fetch_stream.c */
extern GmfStream *gmf_stream_new(GmfFetch *fetch, GmfCombination *combination,
								 GmfError *error);
extern bool gmf_stream_wants_page(const GmfFetch *fetch, GmfStream *stream);
extern void gmf_stream_ask(GmfFetch *fetch, GmfStream *stream, int64_t needed);
extern GmfPage **gmf_stream_untaken(GmfStream *stream);
extern bool gmf_stream_arrived(GmfStream *stream);
extern void gmf_stream_take(GmfFetch *fetch, GmfStream *stream);
extern int64_t gmf_stream_expected(const GmfFetch *fetch, const GmfStream *stream);
extern GmfFetchState gmf_stream_read(GmfFetch *fetch, GmfStream *stream, GmfError *error);
extern void gmf_stream_free(GmfFetch *fetch, GmfStream *stream);

/* fetch_page.c */
extern void gmf_page_take(GmfFetch *fetch, GmfStream *stream, GmfPage **link);
extern bool gmf_pages_have_positions(const GmfFetch *fetch);
extern bool gmf_rows_have_positions(const GmfFetch *fetch);
extern bool gmf_pages_by_marker(const GmfFetch *fetch);
extern bool gmf_pages_by_link(const GmfFetch *fetch);
extern bool gmf_total_is_known(const GmfStream *stream);
extern int64_t gmf_page_boundary(const GmfStream *stream, int64_t position);
extern void gmf_stream_end(GmfFetch *fetch, GmfStream *stream);
extern void gmf_say_which_key(const GmfCombination *combination, GmfError *error);
extern void gmf_stream_fail(GmfFetch *fetch, GmfStream *stream, const GmfError *error);
extern void gmf_pages_drop(GmfFetch *fetch, GmfStream *stream, GmfPage **link);

/* fetch_link.c */
extern bool gmf_link_query(const GmfValue *value, char **query, GmfError *error);

/* fetch_check.c */
extern bool gmf_answer_is_good(const GmfFetch *fetch, const GmfRoute *route,
							   const GmfAnswer *answer, const GmfExchange *exchange,
							   GmfError *error);

/* fetch_end.c */
typedef enum GmfVerdict
{
	GMF_PAGE_GOOD,
	GMF_PAGE_ASK_AGAIN,			/* it is not the page that was meant */
	GMF_PAGE_SUPERFLUOUS,		/* it came before, and the list is over */
	GMF_PAGE_BAD				/* error is set */
} GmfVerdict;

extern bool gmf_list_ended_early(GmfFetch *fetch, GmfStream *stream, int64_t position);
extern GmfVerdict gmf_list_compare(GmfFetch *fetch, GmfStream *stream, const GmfPage *page,
								   GmfError *error);
extern void gmf_note_ignored(GmfFetch *fetch, const char *what);
extern bool gmf_list_is_whole(const GmfFetch *fetch, const GmfStream *stream, GmfError *error);
extern void gmf_list_judge_total(GmfFetch *fetch, GmfStream *stream, GmfPage **link);

/* fetch_request.c */
extern GmfRequest *gmf_fetch_request(const GmfResource *resource, const GmfRoute *route,
									 const GmfBinding *bindings, int nbindings,
									 bool *impossible, GmfError *error);
extern bool gmf_fetch_put_page(GmfRequest *request, const GmfPaging *paging, int64_t limit,
							   int64_t offset, const char *marker, GmfError *error);
extern bool gmf_fallback_sent(const GmfRoute *route, const GmfParameter *parameter,
							  const GmfBinding *bindings, int nbindings);
extern const GmfBinding *gmf_find_binding(const GmfParameter *parameter,
										  const GmfBinding *bindings, int nbindings);

/* fetch_row.c */
extern GmfShape *gmf_row_shape(const GmfResource *resource, const GmfRoute *route,
							   const bool *read, GmfError *error);
extern bool gmf_row_bound(const GmfFetch *fetch, GmfStream *stream, GmfError *error);
extern bool gmf_row_is_gone(const GmfFetch *fetch, const GmfStream *stream);
extern void gmf_row_fill(const GmfFetch *fetch, const GmfStream *stream, const bool *columns,
						 GmfValue *values);

/* fetch_detail.c */
extern bool gmf_details_needed(const GmfFetchSpec *spec, const bool *shown);
extern bool gmf_details_open(GmfFetch *fetch, GmfError *error);
extern void gmf_details_read(const GmfFetchSpec *spec, bool *read);
extern GmfFetchState gmf_details_next(GmfFetch *fetch, GmfValue *values, GmfError *error);
extern void gmf_details_close(GmfFetch *fetch);

/* fetch_refused.c */
extern bool gmf_refusal_is_tolerated(const GmfFetch *fetch, const GmfError *error);
extern bool gmf_refusal_keep(GmfFetch *fetch, const GmfError *error);
extern void gmf_refusals_free(GmfFetch *fetch);

/* fetch_seen.c */
extern GmfIdentity gmf_identity(const char *text, size_t length);
extern bool gmf_seen_before(const GmfSeen *seen, GmfIdentity id);
extern bool gmf_seen_note(GmfSeen *seen, GmfIdentity id);
extern void gmf_seen_turn(GmfSeen *seen);
extern void gmf_seen_free(GmfSeen *seen);
extern GmfIdentity gmf_identity_of_texts(const char *const *texts, int count);
extern bool gmf_set_add(GmfIdentitySet *set, GmfIdentity id, bool *is_new);
extern bool gmf_identities_add(GmfIdentities *list, GmfIdentity id);
extern bool gmf_cycle_step(GmfCycle *cycle, GmfIdentity id);

#endif							/* GMF_FETCH_INTERNAL_H */
