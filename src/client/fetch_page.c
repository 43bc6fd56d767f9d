/*
 * fetch_page.c
 *		What a page that has come means for its stream.
 *
 * The API is not trusted: it may cap a page below the size asked for, tell a
 * wrong total, ignore the position, or shift its rows.
 */
#include "fetch_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void open_page(const GmfFetch *fetch, GmfPage *page, int64_t *total, GmfError *error);
static void count_page(GmfFetch *fetch, GmfStream *stream, const GmfPage *page);
static void take_refusal(GmfFetch *fetch, GmfStream *stream, const GmfError *refusal);
static bool split_batch(GmfFetch *fetch, GmfStream *stream, GmfError *error);
static bool follow_marker(GmfFetch *fetch, GmfStream *stream, const GmfPage *page,
						  GmfError *error);
static bool read_marker(const GmfFetch *fetch, const GmfPage *page, char **marker,
						GmfError *error);
static bool more_follows(GmfFetch *fetch, GmfStream *stream, const GmfPage *page);
static bool go_on(GmfFetch *fetch, GmfStream *stream, GmfPage **link);

/* The page at *link has come. */
void
gmf_page_take(GmfFetch *fetch, GmfStream *stream, GmfPage **link)
{
	GmfPage    *page = *link;
	const GmfError *refusal = gmf_exchange_error(page->exchange);
	GmfError	error;
	int64_t		total = -1;
	bool		more = false;

	gmf_fetch_count(fetch, page->exchange);
	if (refusal != NULL)
	{
		take_refusal(fetch, stream, refusal);
		return;
	}
	if (gmf_exchange_status(page->exchange) == 204)
	{
		gmf_stream_end(fetch, stream);
		return;
	}
	gmf_error_clear(&error);
	open_page(fetch, page, &total, &error);
	if (total >= 0)
		stream->total = total;
	if (page->count > 0 && gmf_pages_by_marker(fetch))
		more = follow_marker(fetch, stream, page, &error);
	if (page->count < 0 || error.kind != GMF_OK)
	{
		gmf_exchange_say_where(page->exchange, &error);
		gmf_pages_drop(fetch, stream, link);
		gmf_stream_fail(fetch, stream, &error);
		return;
	}
	if (page->count == 0)
		gmf_pages_drop(fetch, stream, link);
	else if (gmf_pages_have_positions(fetch) && more_follows(fetch, stream, page) &&
			 go_on(fetch, stream, link))
		return;
	else
		count_page(fetch, stream, page);
	if (!more)
		gmf_stream_end(fetch, stream);
}

/* Make the page ready to be read.  Its number of records is -1 if that fails. */
static void
open_page(const GmfFetch *fetch, GmfPage *page, int64_t *total, GmfError *error)
{
	size_t		length = 0;
	const char *body = gmf_exchange_body(page->exchange, &length);

	page->count = -1;
	if (body == NULL)
		body = "";
	page->answer = gmf_answer_open(fetch->shape, body, length, error);
	if (page->answer == NULL)
		return;
	*total = gmf_answer_total(page->answer);
	page->rows = page->count = gmf_answer_count(page->answer);
	if (fetch->records_shape != NULL)
	{
		GmfAnswer  *records = gmf_answer_open(fetch->records_shape, body, length, error);

		page->count = records == NULL ? -1 : gmf_answer_count(records);
		gmf_answer_free(records);
	}
}

/* The page will be delivered. */
static void
count_page(GmfFetch *fetch, GmfStream *stream, const GmfPage *page)
{
	stream->records += page->count;
	stream->rows += page->rows;
	if (page->count > stream->largest)
		stream->largest = page->count;
	if (page->count > fetch->largest_page)
		fetch->largest_page = page->count;
}

/*
 * A key that does not exist has no rows.  Where several were asked for at once,
 * the others may exist: ask for them by halves.
 */
static void
take_refusal(GmfFetch *fetch, GmfStream *stream, const GmfError *refusal)
{
	GmfError	error = *refusal;
	bool		is_object = stream->records == 0 && stream->combination->named;
	bool		is_gone = is_object && gmf_route_not_found(fetch->spec.route, refusal);
	bool		is_tolerated = is_object && !is_gone && gmf_refusal_is_tolerated(fetch, refusal);

	if (is_tolerated && !gmf_combination_is_batch(stream->combination))
	{
		gmf_say_which_key(stream->combination, &error);
		is_tolerated = gmf_refusal_keep(fetch, &error);
	}
	if ((!is_gone && !is_tolerated) || !split_batch(fetch, stream, &error))
		gmf_stream_fail(fetch, stream, &error);
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
		gmf_stream_end(fetch, stream);
		return true;
	}
	other = gmf_stream_new(fetch, half, error);
	if (other == NULL)
		return false;
	other->next = stream->next;
	stream->next = other;
	gmf_pages_drop(fetch, stream, &stream->pages);
	stream->begun = false;
	stream->next_position = 0;
	free(stream->marker);
	stream->marker = NULL;
	free(stream->bound);
	return gmf_row_bound(fetch, stream, error);
}

/*
 * Pages that have markers: does another follow?  Then its marker is remembered.  A
 * marker that is part of the answer says so; that of a record says nothing of the end.
 */
static bool
follow_marker(GmfFetch *fetch, GmfStream *stream, const GmfPage *page, GmfError *error)
{
	bool		tells_end = strncmp(fetch->spec.route->paging.marker, "$.", 2) == 0;
	char	   *marker;

	if (!tells_end && !more_follows(fetch, stream, page))
		return false;
	if (!read_marker(fetch, page, &marker, error) || marker == NULL)
		return false;
	if (stream->marker != NULL && strcmp(stream->marker, marker) == 0)
	{
		free(marker);
		return gmf_error_set(error, GMF_MALFORMED,
							 "the service returned the same page twice; it ignores the marker "
							 "that is asked for");
	}
	free(stream->marker);
	stream->marker = marker;
	stream->next_position = page->position + page->count;
	return true;
}

/* *marker: in the last record, or in the answer; NULL when there is none. */
static bool
read_marker(const GmfFetch *fetch, const GmfPage *page, char **marker, GmfError *error)
{
	size_t		length = 0;
	const char *body = gmf_exchange_body(page->exchange, &length);
	GmfAnswer  *answer = gmf_answer_open(fetch->marker_shape, body, length, error);
	GmfValue	value;
	int			got;

	*marker = NULL;
	if (answer == NULL)
		return false;
	while ((got = gmf_answer_next(answer, &value, error)) > 0)
	{
		free(*marker);
		*marker = NULL;
		if ((value.kind != GMF_STRING && value.kind != GMF_NUMBER) || value.length == 0)
			continue;
		*marker = strndup(value.text, value.length);
		if (*marker == NULL)
		{
			gmf_answer_free(answer);
			return gmf_no_memory(error);
		}
	}
	gmf_answer_free(answer);
	if (got < 0)
	{
		free(*marker);
		*marker = NULL;
	}
	return got == 0;
}

/* Does the list go on behind this page, which has rows? */
static bool
more_follows(GmfFetch *fetch, GmfStream *stream, const GmfPage *page)
{
	const GmfPaging *paging = &fetch->spec.route->paging;
	int64_t		end = page->position + page->count;

	if (gmf_total_is_known(stream) && end <= stream->total)
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
		if (gmf_pages_by_number(fetch) && page->position > 0 && !was_fixed)
		{
			int64_t		known = stream->reached;

			if (gmf_rows_have_positions(fetch) && stream->from > known)
				known = stream->from;
			gmf_pages_drop(fetch, stream, link);
			stream->next_position = gmf_page_boundary(fetch, stream, known);
			return true;
		}
	}
	else if (page->count < page->asked && gmf_pages_by_number(fetch))
		end = page->position + page->asked; /* a page with gaps */
	if (end <= stream->reached && !(resized && !was_fixed))
		return false;

	stream->doubtful = page->count < page->asked && !(resized && gmf_total_is_known(stream));
	count_page(fetch, stream, page);
	if (end > stream->reached)
		stream->reached = end;
	if (page->next == NULL || page->next->position > stream->reached)
	{
		gmf_pages_drop(fetch, stream, &page->next);
		stream->next_position = gmf_page_boundary(fetch, stream, stream->reached);
	}
	else if (stream->next_position < stream->reached)
		stream->next_position = gmf_page_boundary(fetch, stream, stream->reached);
	return true;
}

/* Nothing more is needed; what was asked ahead is given up. */
void
gmf_stream_end(GmfFetch *fetch, GmfStream *stream)
{
	gmf_pages_drop(fetch, stream, gmf_stream_untaken(stream));
	stream->ended = true;
	fetch->ended_streams++;
	fetch->ended_rows += stream->rows;
}

void
gmf_stream_fail(GmfFetch *fetch, GmfStream *stream, const GmfError *error)
{
	gmf_stream_end(fetch, stream);
	stream->error = *error;
	gmf_say_which_key(stream->combination, &stream->error);
}

/* Of many keys one was at fault: its name and value, as far as there is room. */
void
gmf_say_which_key(const GmfCombination *combination, GmfError *error)
{
	char		text[sizeof(error->about)];
	size_t		used = 0;

	for (int i = 0; i < combination->nbindings && used < sizeof(text); i++)
	{
		const GmfBinding *binding = &combination->bindings[i];

		if (binding->parameter->column == NULL || binding->nvalues != 1 ||
			(binding->parameter->match != GMF_MATCH_KEY &&
			 binding->parameter->location != GMF_IN_PATH))
			continue;
		used += snprintf(text + used, sizeof(text) - used, "%s%s %s", used > 0 ? ", " : "",
						 binding->parameter->column, binding->values[0]);
	}
	if (used > 0)
		gmf_error_text(error->about, sizeof(error->about), text, (int) strlen(text));
}

/* Free the page at *link and all that follow it. */
void
gmf_pages_drop(GmfFetch *fetch, GmfStream *stream, GmfPage **link)
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

bool
gmf_pages_have_positions(const GmfFetch *fetch)
{
	const GmfPaging *paging = &fetch->spec.route->paging;

	return paging->kind != GMF_UNPAGED && paging->kind != GMF_PAGED_BY_MARKER &&
		paging->offset != NULL;
}

/* If not, rows can be counted only from the beginning. */
bool
gmf_rows_have_positions(const GmfFetch *fetch)
{
	return gmf_pages_have_positions(fetch) && fetch->records_shape == NULL;
}

bool
gmf_pages_by_number(const GmfFetch *fetch)
{
	return fetch->spec.route->paging.kind == GMF_PAGED_BY_PAGE;
}

/* Each page says where the next one begins, so they come one after another. */
bool
gmf_pages_by_marker(const GmfFetch *fetch)
{
	return fetch->marker_shape != NULL;
}

bool
gmf_total_is_known(const GmfStream *stream)
{
	return stream->total >= 0 && !stream->total_is_wrong;
}

/* Where the page begins that holds the position. */
int64_t
gmf_page_boundary(const GmfFetch *fetch, const GmfStream *stream, int64_t position)
{
	if (!gmf_pages_by_number(fetch))
		return position;
	return stream->size > 0 ? position - position % stream->size : 0;
}
