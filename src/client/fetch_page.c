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

/* So many empty pages, each with a marker of the next one, are no list any more. */
#define MOST_EMPTY_PAGES 100

static void open_page(const GmfFetch *fetch, GmfPage *page, int64_t *total, GmfError *error);
static void take_rows(GmfFetch *fetch, GmfStream *stream, GmfPage **link, bool more);
static void take_nothing(GmfFetch *fetch, GmfStream *stream, GmfPage **link, bool more);
static void count_page(GmfStream *stream, const GmfPage *page);
static void take_refusal(GmfFetch *fetch, GmfStream *stream, const GmfError *refusal);
static bool split_batch(GmfFetch *fetch, GmfStream *stream, GmfError *error);
static bool follow_marker(GmfFetch *fetch, GmfStream *stream, GmfPage *page, GmfError *error);
static bool marker_tells_end(const GmfFetch *fetch);
static bool read_marker(const GmfFetch *fetch, const GmfPage *page, char **marker,
						GmfError *error);
static bool more_follows(const GmfFetch *fetch, GmfStream *stream, const GmfPage *page);
static bool all_keys_came(const GmfFetch *fetch, const GmfStream *stream, int64_t records);
static bool go_on(GmfFetch *fetch, GmfStream *stream, GmfPage **link);
static void note_rest(GmfFetch *fetch, const GmfStream *stream, const GmfPage *page);

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
	gmf_error_clear(&error);
	if (gmf_exchange_status(page->exchange) != 204)
		open_page(fetch, page, &total, &error);
	if (page->answer != NULL && error.kind == GMF_OK &&
		!gmf_answer_is_good(fetch, fetch->spec.route, page->answer, page->exchange, &error))
	{
		gmf_pages_drop(fetch, stream, link);
		take_refusal(fetch, stream, &error);
		return;
	}
	if (total >= 0)
		stream->total = total;
	if (error.kind == GMF_OK && page->answer != NULL && !page->for_total &&
		gmf_pages_by_marker(fetch))
		more = follow_marker(fetch, stream, page, &error);
	if (error.kind != GMF_OK)
	{
		gmf_exchange_say_where(page->exchange, &error);
		gmf_pages_drop(fetch, stream, link);
		gmf_stream_fail(fetch, stream, &error);
	}
	else if (page->for_total)
		gmf_list_judge_total(fetch, stream, link);
	else if (page->count == 0)
		take_nothing(fetch, stream, link, more);
	else
		take_rows(fetch, stream, link, more);
}

/* The page has records. */
static void
take_rows(GmfFetch *fetch, GmfStream *stream, GmfPage **link, bool more)
{
	GmfPage    *page = *link;
	GmfError	error;

	stream->empty_pages = 0;
	if (page->more == GMF_MORE_YES)
		stream->says_more = true;
	if (gmf_pages_by_marker(fetch))
	{
		count_page(stream, page);
		if (!more && page->more == GMF_MORE_YES)
			note_rest(fetch, stream, page);
		if (!more && (all_keys_came(fetch, stream, stream->records) ||
					  !gmf_list_ended_early(fetch, stream, stream->records)))
			gmf_stream_end(fetch, stream);
		return;
	}
	if (!gmf_pages_have_positions(fetch))
	{
		note_rest(fetch, stream, page);
		count_page(stream, page);
		gmf_stream_end(fetch, stream);
		return;
	}
	more = more_follows(fetch, stream, page);
	gmf_error_clear(&error);
	switch (gmf_list_compare(fetch, stream, page, &error))
	{
		case GMF_PAGE_GOOD:
			if (more && go_on(fetch, stream, link))
				return;
			count_page(stream, page);
			break;
		case GMF_PAGE_ASK_AGAIN:
			gmf_pages_drop(fetch, stream, link);
			return;
		case GMF_PAGE_SUPERFLUOUS:
			gmf_pages_drop(fetch, stream, link);
			break;
		case GMF_PAGE_BAD:
			gmf_pages_drop(fetch, stream, link);
			gmf_stream_fail(fetch, stream, &error);
			return;
	}
	gmf_stream_end(fetch, stream);
}

/*
 * The page is empty.  That is the end of a list, unless the page names the next one, or there
 * should be more by the total.
 */
static void
take_nothing(GmfFetch *fetch, GmfStream *stream, GmfPage **link, bool more)
{
	GmfPage    *page = *link;
	int64_t		position = gmf_pages_by_marker(fetch) ? stream->records : page->position;
	GmfError	error;

	if (more && ++stream->empty_pages > MOST_EMPTY_PAGES)
	{
		gmf_error_clear(&error);
		gmf_error_set(&error, GMF_MALFORMED,
					  "the service returned %d empty pages, one after another, each of which "
					  "names the next one", stream->empty_pages);
		gmf_exchange_say_where(page->exchange, &error);
		gmf_pages_drop(fetch, stream, link);
		gmf_stream_fail(fetch, stream, &error);
		return;
	}
	if (!more)
		note_rest(fetch, stream, page);
	gmf_pages_drop(fetch, stream, link);
	if (more)
		return;
	if ((gmf_pages_have_positions(fetch) || gmf_pages_by_marker(fetch)) &&
		gmf_list_ended_early(fetch, stream, position))
		return;
	gmf_stream_end(fetch, stream);
}

/* Make the page ready to be read.  Where that fails, error is set. */
static void
open_page(const GmfFetch *fetch, GmfPage *page, int64_t *total, GmfError *error)
{
	size_t		length = 0;
	const char *body = gmf_exchange_body(page->exchange, &length);
	GmfAnswer  *records;

	if (body == NULL)
		body = "";
	page->answer = gmf_answer_open(fetch->shape, body, length, error);
	if (page->answer == NULL)
		return;
	*total = gmf_answer_total(page->answer);
	page->more = gmf_answer_more(page->answer, NULL);
	page->rows = page->count = gmf_answer_count(page->answer);
	if (fetch->records_shape == NULL)
		return;
	records = gmf_answer_open(fetch->records_shape, body, length, error);
	if (records != NULL)
		page->count = gmf_answer_count(records);
	gmf_answer_free(records);
}

/* The page will be delivered. */
static void
count_page(GmfStream *stream, const GmfPage *page)
{
	stream->taken_pages++;
	stream->records += page->count;
	stream->rows += page->rows;
	if (page->count > stream->largest)
		stream->largest = page->count;
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
	stream->markers = (GmfCycle) {0};
	free(stream->bound);
	return gmf_row_bound(fetch, stream, error);
}

/*
 * Pages that have markers: does another follow?  Then its marker is remembered.  A
 * marker that is part of the answer says so; that of a record says nothing of the end, which
 * a total tells or an empty page.
 */
static bool
follow_marker(GmfFetch *fetch, GmfStream *stream, GmfPage *page, GmfError *error)
{
	char	   *marker;

	if (!marker_tells_end(fetch) && (page->count == 0 || !more_follows(fetch, stream, page)))
		return false;
	if (!read_marker(fetch, page, &marker, error))
		return false;
	if (marker == NULL && marker_tells_end(fetch))
		return false;
	if (marker == NULL)
		return gmf_error_set(error, GMF_MALFORMED,
							 "the last record of the page has no marker at \"%s\", so that the "
							 "next page cannot be asked for", fetch->spec.route->paging.marker);
	if (stream->marker != NULL && strcmp(stream->marker, marker) == 0 && page->count > 0 &&
		page->count != page->asked && !gmf_total_is_known(stream) && !gmf_pages_by_link(fetch))
	{
		gmf_note_ignored(fetch, "marker");
		page->count = 0;		/* it came before */
		free(marker);
		return false;
	}
	free(stream->marker);
	stream->marker = marker;
	if (gmf_cycle_step(&stream->markers, gmf_identity(marker, strlen(marker))))
		return gmf_error_set(error, GMF_MALFORMED, stream->markers.length == 1 ?
							 "the service returned the same page twice; it ignores the marker "
							 "that is asked for" :
							 "the pages of the list go round in a circle: the same marker came "
							 "twice");
	stream->next_position = page->position + page->count;
	return true;
}

/* Is it the answer that names the next page, or its last record? */
static bool
marker_tells_end(const GmfFetch *fetch)
{
	return gmf_pages_by_link(fetch) || fetch->spec.route->paging.marker[0] == '$';
}

/*
 * *marker: in the last record, or in the answer; of a link the query.  NULL when there is none.
 */
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
		if (gmf_pages_by_link(fetch))
		{
			if (!gmf_link_query(&value, marker, error))
			{
				gmf_answer_free(answer);
				return false;
			}
			continue;
		}
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

/*
 * Does the list go on behind this page, which has records?  A page that is not full says
 * nothing: services cap their pages below the documented maximum.  So it is the last one only
 * if the total says so, or the answer; otherwise the end is where an empty page comes.
 */
static bool
more_follows(const GmfFetch *fetch, GmfStream *stream, const GmfPage *page)
{
	int64_t		end = gmf_pages_by_marker(fetch) ? stream->records + page->count :
		page->position + page->count;

	if (all_keys_came(fetch, stream, stream->records + page->count))
		return false;
	if (page->more == GMF_MORE_YES)
		return true;
	if (gmf_total_is_known(stream) && end <= stream->total)
		return end < stream->total;
	if (stream->total >= 0)
		stream->total_is_wrong = true;
	/* once its pages have named the next one, the last one is the one that does not */
	return page->more != GMF_MORE_NO && !stream->says_more;
}

/* Where rows are asked for by what identifies them, there are no more than were asked for. */
static bool
all_keys_came(const GmfFetch *fetch, const GmfStream *stream, int64_t records)
{
	const GmfCombination *combination = stream->combination;
	const char *key = fetch->spec.resource->key;

	if (key == NULL || fetch->records_shape != NULL)
		return false;
	for (int i = 0; i < combination->nbindings; i++)
	{
		const GmfBinding *binding = &combination->bindings[i];

		if (binding->parameter->column != NULL && binding->parameter->also == NULL &&
			strcmp(binding->parameter->column, key) == 0 &&
			(binding->parameter->match == GMF_MATCH_KEY ||
			 binding->parameter->match == GMF_MATCH_EXACT) &&
			records >= binding->nvalues)
			return true;
	}
	return false;
}

/* A list that is not paged, or is over, and yet has more rows: the user must know. */
static void
note_rest(GmfFetch *fetch, const GmfStream *stream, const GmfPage *page)
{
	const char *place = NULL;

	if (fetch->note[0] != '\0' || page->answer == NULL)
		return;
	if (gmf_answer_more(page->answer, &place) == GMF_MORE_YES)
		snprintf(fetch->note, sizeof(fetch->note),
				 "the answer holds only a part of the list: its \"%.60s\" says that there is more",
				 place);
	else if (!gmf_pages_have_positions(fetch) && !gmf_pages_by_marker(fetch) &&
			 fetch->records_shape == NULL && stream->total > page->count)
		snprintf(fetch->note, sizeof(fetch->note),
				 "the answer holds only %lld of the %lld rows that the service counts",
				 (long long) page->count, (long long) stream->total);
	for (char *c = fetch->note; *c != '\0'; c++)
		if ((unsigned char) *c >= 0x80)
			*c = '?';
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
		if (stream->by_number && page->position > 0 && !was_fixed)
		{
			int64_t		known = stream->reached;

			if (gmf_rows_have_positions(fetch) && stream->from > known)
				known = stream->from;
			gmf_pages_drop(fetch, stream, link);
			stream->next_position = gmf_page_boundary(stream, known);
			return true;
		}
	}
	else if (page->count < page->asked && stream->by_number)
		end = page->position + page->asked; /* a page with gaps */
	if (end <= stream->reached && !(resized && !was_fixed))
		return false;

	stream->doubtful = page->count < page->asked && !(resized && gmf_total_is_known(stream));
	count_page(stream, page);
	if (end > stream->reached)
		stream->reached = end;
	if (page->next == NULL || page->next->position > stream->reached)
	{
		gmf_pages_drop(fetch, stream, &page->next);
		stream->next_position = gmf_page_boundary(stream, stream->reached);
	}
	else if (stream->next_position < stream->reached)
		stream->next_position = gmf_page_boundary(stream, stream->reached);
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

	return (paging->kind == GMF_PAGED_BY_RECORD || paging->kind == GMF_PAGED_BY_PAGE) &&
		paging->offset != NULL;
}

/* If not, rows can be counted only from the beginning. */
bool
gmf_rows_have_positions(const GmfFetch *fetch)
{
	return gmf_pages_have_positions(fetch) && fetch->records_shape == NULL;
}

/* Each page says where the next one begins, so they come one after another. */
bool
gmf_pages_by_marker(const GmfFetch *fetch)
{
	return fetch->marker_shape != NULL;
}

/* The same, but what it says is a URL. */
bool
gmf_pages_by_link(const GmfFetch *fetch)
{
	return fetch->spec.route->paging.kind == GMF_PAGED_BY_LINK;
}

bool
gmf_total_is_known(const GmfStream *stream)
{
	return stream->total >= 0 && !stream->total_is_wrong;
}

/* Where the page begins that holds the position. */
int64_t
gmf_page_boundary(const GmfStream *stream, int64_t position)
{
	if (!stream->by_number)
		return position;
	return stream->size > 0 ? position - position % stream->size : 0;
}
