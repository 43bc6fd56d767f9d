/*
 * fetch_end.c
 *		Lists that end before their total.
 *
 * An empty page ends a list, although the total promises more: then rows are missing, unless
 * they were deleted meanwhile.  So the total is asked for once more.  If it still
 * promises more, the service may count its positions otherwise than the catalog says, in pages
 * where that says records; that is tried.  What cannot be cleared up is an error.
 *
 * The other way round, pages that are asked for by their number overlap in all rows but one,
 * which shows with the second page.
 */
#include "fetch_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rows without a key may be equal by chance; so many in a row are not. */
#define ENOUGH_ROWS 10

static bool count_pages(GmfFetch *fetch, GmfStream *stream);
static void end_in_doubt(GmfFetch *fetch, GmfStream *stream);
static GmfVerdict compare_pages(GmfFetch *fetch, GmfStream *stream, const GmfIdentities *ids,
								GmfError *error);
static void say_doubt(const GmfFetch *fetch, const GmfStream *stream, GmfError *error);
static bool read_identities(const GmfFetch *fetch, const GmfPage *page, GmfIdentities *ids,
							GmfError *error);
static bool have_common(const GmfIdentities *some, const GmfIdentities *others);
static bool begins_with(const GmfIdentities *ids, size_t from, const GmfIdentities *others);

/*
 * There are no records at the position.  False: that is the end, as far as is known.  True:
 * there should be some, and the stream goes on or has failed.
 */
bool
gmf_list_ended_early(GmfFetch *fetch, GmfStream *stream, int64_t position)
{
	if (!gmf_total_is_known(stream) || stream->total <= position)
		return false;
	stream->doubt_position = position;
	if (stream->total_is_fresh)
		end_in_doubt(fetch, stream);
	else
		stream->asks_total = true;
	return true;
}

/*
 * All pages are read.  A few rows that came again come of a list that changes; most of them
 * come of pages that overlap, between which others are missing.
 */
bool
gmf_list_is_whole(const GmfFetch *fetch, const GmfStream *stream, GmfError *error)
{
	int64_t		different = stream->rows_read - stream->repeated;

	if (stream->repeated <= different || !gmf_total_is_known(stream) ||
		fetch->records_shape != NULL || different >= stream->total)
		return true;
	say_doubt(fetch, stream, error);
	return gmf_error_set(error, GMF_MALFORMED,
						 "the pages of the list overlap: there are %lld different rows in them, "
						 "although the service counts %lld",
						 (long long) different, (long long) stream->total);
}

/* The page that was asked for the total alone has come. */
void
gmf_list_judge_total(GmfFetch *fetch, GmfStream *stream, GmfPage **link)
{
	stream->total_is_fresh = true;
	gmf_pages_drop(fetch, stream, link);
	if (stream->total <= stream->doubt_position)
		gmf_stream_end(fetch, stream);	/* the list has become shorter */
	else
		end_in_doubt(fetch, stream);
}

/*
 * Compare the second page with the first one, whose rows may show that positions are counted
 * otherwise, or not at all.
 */
GmfVerdict
gmf_list_compare(GmfFetch *fetch, GmfStream *stream, const GmfPage *page, GmfError *error)
{
	GmfIdentities ids = {0};
	GmfVerdict	verdict = GMF_PAGE_BAD;

	if (fetch->records_shape != NULL || stream->taken_pages > 1)
		return GMF_PAGE_GOOD;
	if (stream->taken_pages == 0)
	{
		stream->head_is_full = page->count == page->asked;
		return read_identities(fetch, page, &stream->head, error) ? GMF_PAGE_GOOD : GMF_PAGE_BAD;
	}
	if (stream->head.count == 0 || page->position != stream->reached)
		return GMF_PAGE_GOOD;
	if (read_identities(fetch, page, &ids, error))
		verdict = compare_pages(fetch, stream, &ids, error);
	if (verdict == GMF_PAGE_ASK_AGAIN)
		stream->next_position = page->position;
	else
		stream->head.count = 0;
	free(ids.ids);
	return verdict;
}

static GmfVerdict
compare_pages(GmfFetch *fetch, GmfStream *stream, const GmfIdentities *ids, GmfError *error)
{
	const GmfIdentities *head = &stream->head;
	bool		same = ids->count == head->count && begins_with(ids, 0, head);
	bool		untried = stream->first == fetch->spec.route->paging.first;
	bool		telling = head->count >= ENOUGH_ROWS || stream->counts_pages ||
		(fetch->key_column >= 0 && head->count > 1);

	if (stream->by_number && same && telling && untried)
	{
		stream->first++;		/* the first page again: that is the number it has */
		return GMF_PAGE_ASK_AGAIN;
	}
	if (stream->by_number && !stream->counts_pages && untried && head->count >= ENOUGH_ROWS &&
		begins_with(head, 1, ids))
	{
		stream->by_number = false;	/* the same but for its first row: that counts rows */
		return GMF_PAGE_ASK_AGAIN;
	}
	if (stream->counts_pages && have_common(head, ids))
	{
		say_doubt(fetch, stream, error);	/* it does not count pages after all */
		return GMF_PAGE_BAD;
	}
	if (same && !stream->head_is_full && !gmf_total_is_known(stream))
	{
		gmf_note_ignored(fetch, "position");
		return GMF_PAGE_SUPERFLUOUS;
	}
	return GMF_PAGE_GOOD;
}

/*
 * The first page was not as large as was asked for, and comes again.  Most likely the service
 * does not page at all, and this is all that it has.
 */
void
gmf_note_ignored(GmfFetch *fetch, const char *what)
{
	snprintf(fetch->note, sizeof(fetch->note),
			 "the service returned the same page twice; it ignores the %s that is asked for, so "
			 "that rows are missing if it has more of them", what);
}

/* The total promises more than there is.  Another way to count, or an error. */
static void
end_in_doubt(GmfFetch *fetch, GmfStream *stream)
{
	GmfError	error;

	if (count_pages(fetch, stream))
		return;
	say_doubt(fetch, stream, &error);
	gmf_stream_fail(fetch, stream, &error);
}

static void
say_doubt(const GmfFetch *fetch, const GmfStream *stream, GmfError *error)
{
	const GmfRoute *route = fetch->spec.route;

	gmf_error_clear(error);
	gmf_error_set(error, GMF_MALFORMED,
				  "the list ended after %lld records, although the service counts %lld",
				  (long long) stream->doubt_position, (long long) stream->total);
	gmf_error_text(error->service, sizeof(error->service), fetch->spec.resource->service, -1);
	snprintf(error->operation, sizeof(error->operation), "%s %.180s", route->method, route->path);
}

/*
 * Go on with positions that count pages.  Only behind the first page: what later pages held
 * is not known then.  False: that was tried, or makes no sense.
 */
static bool
count_pages(GmfFetch *fetch, GmfStream *stream)
{
	if (stream->counts_pages || stream->by_number || !gmf_rows_have_positions(fetch) ||
		stream->size <= 0 || stream->taken_pages > 1 ||
		(stream->taken_pages == 1 && fetch->spec.skip_rows > 0))
		return false;
	stream->by_number = true;
	stream->counts_pages = true;
	if (stream->taken_pages == 1)
		stream->size = stream->records;
	stream->size_is_fixed = true;
	stream->doubtful = true;
	stream->reached = stream->next_position = stream->taken_pages == 1 ? stream->records : 0;
	return true;
}

/* The identities of the rows of a page, in their order. */
static bool
read_identities(const GmfFetch *fetch, const GmfPage *page, GmfIdentities *ids, GmfError *error)
{
	size_t		length = 0;
	const char *body = gmf_exchange_body(page->exchange, &length);
	GmfAnswer  *answer = gmf_answer_open(fetch->shape, body, length, error);
	GmfValue   *values = calloc(fetch->ncolumns + 1, sizeof(GmfValue));
	int			got = -1;

	if (values == NULL)
		gmf_no_memory(error);
	while (answer != NULL && values != NULL && (got = gmf_answer_next(answer, values, error)) > 0)
	{
		GmfValue	text = fetch->key_column >= 0 ? values[fetch->key_column] :
			gmf_answer_item(answer);

		if (!gmf_identities_add(ids, gmf_identity(text.text, text.length)))
		{
			gmf_no_memory(error);
			got = -1;
			break;
		}
	}
	gmf_answer_free(answer);
	free(values);
	return got == 0;
}

/* Are the first of the others those from a place of the list to its end? */
static bool
begins_with(const GmfIdentities *ids, size_t from, const GmfIdentities *others)
{
	return ids->count >= from && others->count >= ids->count - from &&
		memcmp(ids->ids + from, others->ids, (ids->count - from) * sizeof(GmfIdentity)) == 0;
}

static bool
have_common(const GmfIdentities *some, const GmfIdentities *others)
{
	for (size_t i = 0; i < some->count; i++)
		for (size_t j = 0; j < others->count; j++)
			if (some->ids[i] == others->ids[j])
				return true;
	return false;
}
