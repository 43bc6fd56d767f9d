/*
 * fetch_stream.c
 *		The pages of one combination of values, one after another.
 *
 * The first page comes alone.  What it tells (a total, a page that is full)
 * decides what can be asked ahead; what a later page tells is believed over
 * what was told before (see fetch_page.c).
 *
 * A list that counts in pages is cut with one page size all the way.  When the
 * size has to change, the list is read on from a boundary of the new size; rows
 * that come again by that lie before stream->from and are dropped.
 */
#include "fetch_internal.h"

#include <stdlib.h>
#include <string.h>

/*
 * Rows without a key may well be equal, so a page of them is taken for a
 * repetition only when it has this many.
 */
#define SAME_PAGE_ROWS 10

/* So many times in a row also a short page is no coincidence; nor is a circle of them. */
#define SAME_PAGES 3
#define SAME_CYCLES 30

/* What a page will bring when neither the query nor the API says. */
#define GUESSED_ROWS 100

static int64_t rows_to_ask(const GmfFetch *fetch, GmfStream *stream, int64_t needed);
static int64_t first_size_by_page(const GmfFetch *fetch, int64_t needed);
static GmfExchange *begin_page(GmfFetch *fetch, GmfStream *stream, int64_t asked);
static int64_t expected_of_page(const GmfFetch *fetch, const GmfStream *stream,
								const GmfPage *page);
static int64_t expected_unpaged(const GmfFetch *fetch, const GmfStream *stream);
static int64_t rows_of_other_streams(const GmfFetch *fetch);
static bool note_row(const GmfFetch *fetch, GmfStream *stream, const GmfPage *page,
					 bool *again);
static bool leave_page(GmfFetch *fetch, GmfStream *stream, GmfError *error);
static bool goes_in_circles(const GmfFetch *fetch, GmfStream *stream, const GmfPage *page);

/* Takes over the combination, also when it fails. */
GmfStream *
gmf_stream_new(GmfFetch *fetch, GmfCombination *combination, GmfError *error)
{
	GmfStream  *stream = calloc(1, sizeof(*stream));

	if (stream == NULL)
	{
		gmf_no_memory(error);
		gmf_combination_free(combination);
		return NULL;
	}
	stream->combination = combination;
	stream->total = -1;
	stream->size = fetch->page_size;
	stream->by_number = fetch->spec.route->paging.kind == GMF_PAGED_BY_PAGE;
	stream->first = fetch->spec.route->paging.first;
	stream->from = fetch->spec.skip_rows;

	/* No list is so long, and a service might not understand such a number. */
	if (gmf_rows_have_positions(fetch) && stream->from <= INT32_MAX)
		stream->next_position = stream->from;
	if (!gmf_row_bound(fetch, stream, error))
	{
		gmf_stream_free(fetch, stream);
		return NULL;
	}
	return stream;
}

/* Is there a page to ask for, by what is known? */
bool
gmf_stream_wants_page(const GmfFetch *fetch, GmfStream *stream)
{
	if (stream->ended)
		return false;
	if (*gmf_stream_untaken(stream) == NULL)
		return true;
	if (stream->records == 0 || stream->doubtful || gmf_pages_by_marker(fetch) ||
		(*gmf_stream_untaken(stream))->for_total)
		return false;			/* the page on its way tells how to go on */
	return !gmf_total_is_known(stream) || stream->next_position < stream->total;
}

/*
 * Ask for the next page.  The query can still use so many rows as "needed" says;
 * 0: not known.
 */
void
gmf_stream_ask(GmfFetch *fetch, GmfStream *stream, int64_t needed)
{
	bool		for_total = stream->asks_total;
	int64_t		asked = !for_total &&
		(gmf_pages_have_positions(fetch) || gmf_pages_by_marker(fetch)) ?
		rows_to_ask(fetch, stream, needed) : 0;
	GmfExchange *exchange = begin_page(fetch, stream, asked);
	GmfPage   **link = &stream->pages;

	stream->asks_total = false;
	if (exchange == NULL)
		return;
	while (*link != NULL)
		link = &(*link)->next;
	*link = calloc(1, sizeof(GmfPage));
	if (*link == NULL)
	{
		GmfError	error;

		gmf_exchange_free(exchange);
		gmf_no_memory(&error);
		gmf_stream_fail(fetch, stream, &error);
		return;
	}
	(*link)->exchange = exchange;
	(*link)->position = stream->next_position;
	(*link)->asked = asked;
	(*link)->for_total = for_total;
	stream->next_position += asked;
	stream->npages++;
	fetch->npages++;
}

/* Is there an answer that was not looked at? */
bool
gmf_stream_arrived(GmfStream *stream)
{
	const GmfPage *page = *gmf_stream_untaken(stream);

	return page != NULL && gmf_exchange_done(page->exchange);
}

/* Look at what has arrived, in order. */
void
gmf_stream_take(GmfFetch *fetch, GmfStream *stream)
{
	while (gmf_stream_arrived(stream))
		gmf_page_take(fetch, stream, gmf_stream_untaken(stream));
}

/* Rows that the pages in flight and in wait will give, every row counted. */
int64_t
gmf_stream_expected(const GmfFetch *fetch, const GmfStream *stream)
{
	int64_t		rows = 0;

	for (const GmfPage *page = stream->pages; page != NULL; page = page->next)
		rows += expected_of_page(fetch, stream, page);
	return rows;
}

/* The next row into fetch->cells.  END: the stream has no more. */
GmfFetchState
gmf_stream_read(GmfFetch *fetch, GmfStream *stream, GmfError *error)
{
	GmfPage    *page;

	while ((page = stream->pages) != NULL && page->answer != NULL)
	{
		int			got = gmf_answer_next(page->answer, fetch->cells, error);
		int64_t		position = gmf_rows_have_positions(fetch) ?
			page->position + page->read : stream->rows_read;
		bool		again;

		if (got < 0)
			gmf_exchange_say_where(page->exchange, error);
		if (got < 0 || (got == 0 && !leave_page(fetch, stream, error)))
			return GMF_FETCH_FAILED;
		if (got == 0)
			continue;
		page->read++;
		stream->rows_read++;
		if (!note_row(fetch, stream, page, &again))
		{
			gmf_no_memory(error);
			return GMF_FETCH_FAILED;
		}
		if (position < stream->from || gmf_row_is_gone(fetch, stream))
			continue;
		stream->from = position + 1;
		if (!again)
			return GMF_FETCH_ROW;
		stream->repeated++;
	}
	if (page != NULL || !stream->ended)
		return GMF_FETCH_WAIT;
	if (stream->error.kind == GMF_OK && gmf_list_is_whole(fetch, stream, &stream->error))
		return GMF_FETCH_END;
	*error = stream->error;
	return GMF_FETCH_FAILED;
}

void
gmf_stream_free(GmfFetch *fetch, GmfStream *stream)
{
	gmf_pages_drop(fetch, stream, &stream->pages);
	gmf_combination_free(stream->combination);
	gmf_seen_free(&stream->seen);
	free(stream->head.ids);
	free(stream->bound);
	free(stream->marker);
	free(stream);
}

/* The link to the first page that was not looked at yet. */
GmfPage **
gmf_stream_untaken(GmfStream *stream)
{
	GmfPage   **link = &stream->pages;

	while (*link != NULL && (*link)->answer != NULL)
		link = &(*link)->next;
	return link;
}

/* The size of the next page; moves next_position to where such a page begins. */
static int64_t
rows_to_ask(const GmfFetch *fetch, GmfStream *stream, int64_t needed)
{
	bool		smaller = needed > 0 && needed < stream->size &&
		fetch->spec.route->paging.limit != NULL;

	if (!stream->by_number)
		return smaller ? needed : stream->size;
	if (!stream->begun && smaller && gmf_rows_have_positions(fetch))
		stream->size = first_size_by_page(fetch, needed);
	else if (stream->begun && !stream->size_is_fixed)
		stream->size = fetch->page_size;	/* it was small, and did not suffice */
	stream->next_position = gmf_page_boundary(stream, stream->next_position);
	return stream->size;
}

/* The smallest page that holds all rows that are needed, behind those to skip. */
static int64_t
first_size_by_page(const GmfFetch *fetch, int64_t needed)
{
	int64_t		size = needed;

	while (size < fetch->page_size && fetch->spec.skip_rows % size + needed > size)
		size++;
	return size;
}

/* NULL when there is nothing to ask: the stream knows why then. */
static GmfExchange *
begin_page(GmfFetch *fetch, GmfStream *stream, int64_t asked)
{
	const GmfRoute *route = fetch->spec.route;
	const GmfPaging *paging = &route->paging;
	const GmfCombination *combination = stream->combination;
	int64_t		offset = stream->next_position;
	int64_t		limit = asked;
	const char *marker = stream->marker;
	GmfExchange *exchange = NULL;
	GmfRequest *request;
	GmfError	error;
	bool		impossible;

	if (stream->by_number)
		offset = asked > 0 ? offset / asked : 0;
	if (stream->asks_total)
	{
		limit = 1;
		offset = 0;
		marker = NULL;
	}
	if (limit == 0 || limit > fetch->page_size)
		limit = fetch->page_size;
	stream->begun = true;
	gmf_error_clear(&error);
	request = gmf_fetch_request(fetch->spec.resource, route, combination->bindings,
								combination->nbindings, &impossible, &error);
	if (request == NULL && impossible)
	{
		gmf_stream_end(fetch, stream);
		return NULL;
	}
	if (request != NULL && paging->kind != GMF_UNPAGED &&
		!gmf_fetch_put_page(request, paging, limit, stream->first + offset, marker, &error))
	{
		gmf_request_free(request);
		request = NULL;
	}
	if (request != NULL)
		exchange = gmf_fetch_begin(fetch, request, &error);
	if (exchange == NULL)
		gmf_stream_fail(fetch, stream, &error);
	return exchange;
}

static int64_t
expected_of_page(const GmfFetch *fetch, const GmfStream *stream, const GmfPage *page)
{
	int64_t		begin = page->position + page->read;
	int64_t		rows = page->rows - page->read;

	if (page->for_total)
		return 0;
	if (page->answer == NULL)
	{
		if (!gmf_pages_have_positions(fetch) && !gmf_pages_by_marker(fetch))
			return expected_unpaged(fetch, stream);
		rows = page->asked > 0 ? page->asked : GUESSED_ROWS;
		if (stream->records == 0 && fetch->ended_streams > 0 &&
			rows_of_other_streams(fetch) < rows)
			rows = rows_of_other_streams(fetch);
		if (gmf_total_is_known(stream) && stream->total - page->position < rows)
			rows = stream->total - page->position;
	}
	if (gmf_rows_have_positions(fetch) && stream->from > begin)
		rows -= stream->from - begin;
	return rows > 0 ? rows : 0;
}

/* One row for each key of a route by key; a list is like the lists before. */
static int64_t
expected_unpaged(const GmfFetch *fetch, const GmfStream *stream)
{
	const GmfCombination *combination = stream->combination;
	int64_t		rows = 1;

	if (fetch->spec.route->role != GMF_GET)
		return fetch->ended_streams > 0 ? rows_of_other_streams(fetch) : fetch->target;
	for (int i = 0; i < combination->nbindings; i++)
		if (combination->bindings[i].parameter->batch > 0)
			rows *= combination->bindings[i].nvalues;
	return rows;
}

static int64_t
rows_of_other_streams(const GmfFetch *fetch)
{
	int64_t		rows = (fetch->ended_rows + fetch->ended_streams - 1) / fetch->ended_streams;

	return rows > 0 ? rows : 1;
}

/*
 * Remember the row just read.  *again: it came on one of the two pages before.
 * The only page of a stream has nothing to be compared with.
 */
static bool
note_row(const GmfFetch *fetch, GmfStream *stream, const GmfPage *page, bool *again)
{
	GmfValue	text;
	GmfIdentity id;

	*again = false;
	if (stream->ended && page->next == NULL && stream->seen.before[0].count == 0)
		return true;
	if (fetch->key_column >= 0)
		text = fetch->cells[fetch->key_column];
	else
		text = gmf_answer_item(page->answer);
	if (text.kind == GMF_ABSENT || text.kind == GMF_NULL)
		return true;
	id = gmf_identity(text.text, text.length);
	*again = fetch->key_column >= 0 && gmf_seen_before(&stream->seen, id);
	return gmf_seen_note(&stream->seen, id);
}

/* All rows of the first page are read. */
static bool
leave_page(GmfFetch *fetch, GmfStream *stream, GmfError *error)
{
	GmfPage    *page = stream->pages;
	bool		wanted_again = page->position < stream->read_to;	/* in another size */

	if (page->position + page->count > stream->read_to)
		stream->read_to = page->position + page->count;
	gmf_seen_turn(&stream->seen);
	if (!wanted_again && goes_in_circles(fetch, stream, page))
	{
		gmf_error_clear(error);
		gmf_error_set(error, GMF_MALFORMED, stream->page_cycle.length == 1 ?
					  "the service returned the same page twice; it ignores the position "
					  "that is asked for" :
					  "the pages of the list go round in a circle: the same page came again");
		gmf_exchange_say_where(page->exchange, error);
		return false;
	}
	stream->pages = page->next;
	page->next = NULL;
	gmf_pages_drop(fetch, stream, &page);
	return true;
}

/*
 * Did the page come before?  One with several rows, or with keys, does not come twice by
 * chance; others may, unless it goes on and on.
 */
static bool
goes_in_circles(const GmfFetch *fetch, GmfStream *stream, const GmfPage *page)
{
	const GmfIdentities *rows = &stream->seen.before[0];
	size_t		length = 0;
	const char *body = gmf_exchange_body(page->exchange, &length);
	GmfIdentity id;

	if (page->rows > 0 && rows->count != (size_t) page->rows)
		return false;			/* the only page, or rows without a key */
	id = page->rows > 0 ?
		gmf_identity((const char *) rows->ids, rows->count * sizeof(GmfIdentity)) :
		gmf_identity(body, length);
	return gmf_cycle_step(&stream->page_cycle, id) &&
		((fetch->key_column >= 0 && page->rows > 0) || page->rows >= SAME_PAGE_ROWS ||
		 stream->page_cycle.again >= (stream->page_cycle.length == 1 ? SAME_PAGES :
									  SAME_CYCLES));
}
