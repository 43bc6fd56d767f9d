/*
 * fetch_stream.c
 *		The pages of one combination of values, one after another.
 *
 * The first page comes alone.  What it tells (a total, a page that is full)
 * decides what can be asked ahead; what a later page tells is believed over
 * what was told before.  The API is not trusted: it may cap a page below the
 * size asked for, tell a wrong total, ignore the position, or shift its rows.
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

/* What a page will bring when neither the query nor the API says. */
#define GUESSED_ROWS 100

static bool is_paged(const GmfFetch *fetch);
static bool by_page(const GmfFetch *fetch);
static bool total_is_known(const GmfStream *stream);
static GmfPage **first_untaken(GmfStream *stream);
static int64_t rows_to_ask(const GmfFetch *fetch, GmfStream *stream, int64_t needed);
static int64_t first_size_by_page(const GmfFetch *fetch, int64_t needed);
static int64_t boundary(const GmfFetch *fetch, const GmfStream *stream, int64_t position);
static GmfExchange *begin_page(GmfFetch *fetch, GmfStream *stream, int64_t asked);
static void take_page(GmfFetch *fetch, GmfStream *stream, GmfPage **link);
static void take_refusal(GmfFetch *fetch, GmfStream *stream, const GmfError *refusal);
static bool split_batch(GmfFetch *fetch, GmfStream *stream, GmfError *error);
static bool more_follows(GmfFetch *fetch, GmfStream *stream, const GmfPage *page);
static bool go_on(GmfFetch *fetch, GmfStream *stream, GmfPage **link);
static void end_stream(GmfFetch *fetch, GmfStream *stream);
static void fail_stream(GmfFetch *fetch, GmfStream *stream, const GmfError *error);
static void drop_pages(GmfFetch *fetch, GmfStream *stream, GmfPage **link);
static int64_t expected_of_page(const GmfFetch *fetch, const GmfStream *stream,
								const GmfPage *page);
static int64_t expected_unpaged(const GmfFetch *fetch, const GmfStream *stream);
static int64_t rows_of_other_streams(const GmfFetch *fetch);
static bool note_row(const GmfFetch *fetch, GmfStream *stream, const GmfPage *page,
					 bool *again);
static bool leave_page(GmfFetch *fetch, GmfStream *stream, GmfError *error);

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
	if (is_paged(fetch))
		stream->from = stream->next_position = fetch->spec.skip_rows;
	if (!gmf_row_bound(fetch, stream, error))
	{
		gmf_stream_free(fetch, stream);
		return NULL;
	}
	return stream;
}

/* Is there a page to ask for, by what is known? */
bool
gmf_stream_wants_page(GmfStream *stream)
{
	if (stream->ended)
		return false;
	if (*first_untaken(stream) == NULL)
		return true;
	if (stream->rows == 0)
		return false;			/* the first page tells how to go on */
	return !total_is_known(stream) || stream->next_position < stream->total;
}

/*
 * Ask for the next page.  The query can still use so many rows as "needed" says;
 * 0: not known.
 */
void
gmf_stream_ask(GmfFetch *fetch, GmfStream *stream, int64_t needed)
{
	int64_t		asked = is_paged(fetch) ? rows_to_ask(fetch, stream, needed) : 0;
	GmfExchange *exchange = begin_page(fetch, stream, asked);
	GmfPage   **link = &stream->pages;

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
		fail_stream(fetch, stream, &error);
		return;
	}
	(*link)->exchange = exchange;
	(*link)->position = stream->next_position;
	(*link)->asked = asked;
	stream->next_position += asked;
	stream->npages++;
	fetch->npages++;
}

/* Is there an answer that was not looked at? */
bool
gmf_stream_arrived(GmfStream *stream)
{
	const GmfPage *page = *first_untaken(stream);

	return page != NULL && gmf_exchange_done(page->exchange);
}

/* Look at what has arrived, in order. */
void
gmf_stream_take(GmfFetch *fetch, GmfStream *stream)
{
	while (gmf_stream_arrived(stream))
		take_page(fetch, stream, first_untaken(stream));
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
		int64_t		position = page->position + page->read;
		bool		again;

		if (got < 0)
			gmf_say_where(fetch->spec.route, page->exchange, error);
		if (got < 0 || (got == 0 && !leave_page(fetch, stream, error)))
			return GMF_FETCH_FAILED;
		if (got == 0)
			continue;
		page->read++;
		if (!note_row(fetch, stream, page, &again))
		{
			gmf_no_memory(error);
			return GMF_FETCH_FAILED;
		}
		if (position < stream->from)
			continue;
		stream->from = position + 1;
		if (!again)
			return GMF_FETCH_ROW;
	}
	if (page != NULL || !stream->ended)
		return GMF_FETCH_WAIT;
	if (stream->error.kind == GMF_OK)
		return GMF_FETCH_END;
	*error = stream->error;
	return GMF_FETCH_FAILED;
}

void
gmf_stream_free(GmfFetch *fetch, GmfStream *stream)
{
	drop_pages(fetch, stream, &stream->pages);
	gmf_combination_free(stream->combination);
	gmf_seen_free(&stream->seen);
	free(stream->bound);
	free(stream);
}

static bool
is_paged(const GmfFetch *fetch)
{
	const GmfPaging *paging = &fetch->spec.route->paging;

	return paging->kind != GMF_UNPAGED && paging->offset != NULL;
}

static bool
by_page(const GmfFetch *fetch)
{
	return fetch->spec.route->paging.kind == GMF_PAGED_BY_PAGE;
}

static bool
total_is_known(const GmfStream *stream)
{
	return stream->total >= 0 && !stream->total_is_wrong;
}

/* The link to the first page that was not looked at yet. */
static GmfPage **
first_untaken(GmfStream *stream)
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

	if (!by_page(fetch))
		return smaller ? needed : stream->size;
	if (!stream->begun && smaller)
		stream->size = first_size_by_page(fetch, needed);
	else if (stream->begun && !stream->size_is_fixed)
		stream->size = fetch->page_size;	/* it was small, and did not suffice */
	stream->next_position = boundary(fetch, stream, stream->next_position);
	return stream->size;
}

/* The smallest page that holds all needed rows, which begin after those to skip. */
static int64_t
first_size_by_page(const GmfFetch *fetch, int64_t needed)
{
	int64_t		size = needed;

	while (size < fetch->page_size && fetch->spec.skip_rows % size + needed > size)
		size++;
	return size;
}

/* Where the page begins that holds the position. */
static int64_t
boundary(const GmfFetch *fetch, const GmfStream *stream, int64_t position)
{
	if (!by_page(fetch))
		return position;
	return stream->size > 0 ? position - position % stream->size : 0;
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
	GmfExchange *exchange = NULL;
	GmfRequest *request;
	GmfError	error;
	bool		impossible;

	if (by_page(fetch))
		offset = asked > 0 ? offset / asked : 0;
	if (limit == 0 || limit > fetch->page_size)
		limit = fetch->page_size;
	stream->begun = true;
	gmf_error_clear(&error);
	request = gmf_fetch_request(fetch->spec.resource, route, combination->bindings,
								combination->nbindings, &impossible, &error);
	if (request == NULL && impossible)
	{
		end_stream(fetch, stream);
		return NULL;
	}
	if (request != NULL && paging->kind != GMF_UNPAGED &&
		!gmf_fetch_put_page(request, paging, limit, paging->first + offset, &error))
	{
		gmf_request_free(request);
		request = NULL;
	}
	if (request != NULL)
		exchange = gmf_fetch_begin(fetch, request, &error);
	if (exchange == NULL)
		fail_stream(fetch, stream, &error);
	return exchange;
}

/* The page at *link has come. */
static void
take_page(GmfFetch *fetch, GmfStream *stream, GmfPage **link)
{
	GmfPage    *page = *link;
	const GmfError *refusal = gmf_exchange_error(page->exchange);
	GmfError	error;
	const char *body;
	size_t		length = 0;
	int64_t		total;

	gmf_fetch_count(fetch, page->exchange);
	if (refusal != NULL)
	{
		take_refusal(fetch, stream, refusal);
		return;
	}
	gmf_error_clear(&error);
	body = gmf_exchange_body(page->exchange, &length);
	if (length == 0 && gmf_exchange_status(page->exchange) == 204)
	{
		end_stream(fetch, stream);
		return;
	}
	page->answer = gmf_answer_open(fetch->shape, body == NULL ? "" : body, length, &error);
	if (page->answer == NULL)
	{
		gmf_say_where(fetch->spec.route, page->exchange, &error);
		fail_stream(fetch, stream, &error);
		return;
	}
	page->count = gmf_answer_count(page->answer);
	total = gmf_answer_total(page->answer);
	if (total >= 0)
		stream->total = total;
	if (page->count == 0)
		drop_pages(fetch, stream, link);
	else if (is_paged(fetch) && more_follows(fetch, stream, page) &&
			 go_on(fetch, stream, link))
		return;
	else
		stream->rows += page->count;
	end_stream(fetch, stream);
}

/*
 * A key that does not exist has no rows.  Where several were asked for at once,
 * the others may exist: ask for them by halves.
 */
static void
take_refusal(GmfFetch *fetch, GmfStream *stream, const GmfError *refusal)
{
	GmfError	error = *refusal;
	bool		first = stream->rows == 0;

	if (!first || !stream->combination->named ||
		!gmf_route_not_found(fetch->spec.route, refusal))
		fail_stream(fetch, stream, &error);
	else if (!split_batch(fetch, stream, &error))
		fail_stream(fetch, stream, &error);
}

/* The second half of a batch becomes a stream behind this one, which starts again. */
static bool
split_batch(GmfFetch *fetch, GmfStream *stream, GmfError *error)
{
	GmfCombination *half;
	GmfStream  *other;

	if (!gmf_combination_split(stream->combination, &half))
		return gmf_no_memory(error);
	if (half == NULL)
	{
		end_stream(fetch, stream);
		return true;
	}
	other = gmf_stream_new(fetch, half, error);
	if (other == NULL)
		return false;
	other->next = stream->next;
	stream->next = other;
	drop_pages(fetch, stream, &stream->pages);
	stream->begun = false;
	stream->next_position = 0;
	free(stream->bound);
	return gmf_row_bound(fetch, stream, error);
}

/* Does the list go on behind this page, which has rows? */
static bool
more_follows(GmfFetch *fetch, GmfStream *stream, const GmfPage *page)
{
	const GmfPaging *paging = &fetch->spec.route->paging;
	int64_t		end = page->position + page->count;

	if (total_is_known(stream) && end <= stream->total)
		return end < stream->total;
	if (stream->total >= 0)
		stream->total_is_wrong = true;
	if (page->count >= page->asked)
		return true;

	/*
	 * A short page is the last one, unless the API has a maximum that nobody
	 * knows.  It cannot be below what came in one page before.
	 */
	return stream->total < 0 && paging->max_limit == 0 &&
		page->asked > paging->default_limit && page->count >= fetch->largest_page;
}

/*
 * Find where to go on behind a page.  False when there is nothing new: the API
 * turns in circles.
 */
static bool
go_on(GmfFetch *fetch, GmfStream *stream, GmfPage **link)
{
	GmfPage    *page = *link;
	int64_t		end = page->position + page->count;
	bool		resized = page->count > page->asked ||
		(page->count < page->asked && stream->largest < page->asked);
	bool		was_fixed = stream->size_is_fixed;

	if (resized)
	{
		/* its size is not ours: a position in pages meant other rows than we thought */
		stream->size = page->count;
		stream->size_is_fixed = true;
		if (by_page(fetch) && page->position > 0 && !was_fixed)
		{
			int64_t		known = stream->reached > stream->from ? stream->reached : stream->from;

			drop_pages(fetch, stream, link);
			stream->next_position = boundary(fetch, stream, known);
			return true;
		}
	}
	else if (page->count < page->asked && by_page(fetch))
		end = page->position + page->asked; /* a page with gaps */
	if (end <= stream->reached && !(resized && !was_fixed))
		return false;

	if (page->count > stream->largest)
		stream->largest = page->count;
	if (page->count > fetch->largest_page)
		fetch->largest_page = page->count;
	if (end > stream->reached)
		stream->reached = end;
	stream->rows += page->count;
	if (page->next == NULL || page->next->position > stream->reached)
	{
		drop_pages(fetch, stream, &page->next);
		stream->next_position = boundary(fetch, stream, stream->reached);
	}
	else if (stream->next_position < stream->reached)
		stream->next_position = boundary(fetch, stream, stream->reached);
	return true;
}

/* Nothing more is needed; what was asked ahead is given up. */
static void
end_stream(GmfFetch *fetch, GmfStream *stream)
{
	drop_pages(fetch, stream, first_untaken(stream));
	stream->ended = true;
	fetch->ended_streams++;
	fetch->ended_rows += stream->rows;
}

static void
fail_stream(GmfFetch *fetch, GmfStream *stream, const GmfError *error)
{
	end_stream(fetch, stream);
	stream->error = *error;
}

/* Free the page at *link and all that follow it. */
static void
drop_pages(GmfFetch *fetch, GmfStream *stream, GmfPage **link)
{
	while (*link != NULL)
	{
		GmfPage    *page = *link;

		*link = page->next;
		gmf_answer_free(page->answer);
		gmf_exchange_free(page->exchange);
		free(page);
		stream->npages--;
		fetch->npages--;
	}
}

static int64_t
expected_of_page(const GmfFetch *fetch, const GmfStream *stream, const GmfPage *page)
{
	int64_t		begin = page->position + page->read;
	int64_t		rows = page->count - page->read;

	if (page->answer == NULL)
	{
		if (!is_paged(fetch))
			return expected_unpaged(fetch, stream);
		rows = page->asked > 0 ? page->asked : GUESSED_ROWS;
		if (stream->rows == 0 && fetch->ended_streams > 0 &&
			rows_of_other_streams(fetch) < rows)
			rows = rows_of_other_streams(fetch);
		if (total_is_known(stream) && stream->total - page->position < rows)
			rows = stream->total - page->position;
	}
	if (stream->from > begin)
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
	int64_t		enough = fetch->key_column >= 0 ? 1 : SAME_PAGE_ROWS;

	if (gmf_seen_turn(&stream->seen) && page->count >= page->asked &&
		page->count >= enough && stream->seen.before[0].count == (size_t) page->count)
	{
		gmf_error_clear(error);
		gmf_error_set(error, GMF_MALFORMED,
					  "the service returned the same page twice; it ignores the position "
					  "that is asked for");
		gmf_say_where(fetch->spec.route, page->exchange, error);
		return false;
	}
	stream->pages = page->next;
	page->next = NULL;
	drop_pages(fetch, stream, &page);
	return true;
}
