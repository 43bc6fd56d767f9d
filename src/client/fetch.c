/*
 * fetch.c
 *		A fetch as a whole: what is asked next, and delivery in order.
 *
 * Work goes by pages.  The window bounds the pages in flight or in wait; all
 * but one of them may belong to streams behind the head, so that the head can
 * always go on.  Where the query said how many rows it can use, pages are asked
 * ahead only until these rows are in sight, and when they did not suffice,
 * in growing steps.
 *
 * Nothing waits here.  Every call first does what can be done without waiting
 * (pump), then looks whether the next row is there.
 */
#include "fetch_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Look after the requests in flight once in so many rows. */
#define ROWS_BETWEEN_PUMPS 32

/* Page size where neither the query nor the API tells one. */
#define DEFAULT_PAGE_SIZE 100

/*
 * The window: as many pages as can be on their way, as many that have come and wait to be
 * read, so that a slow reader does not keep the connections idle, and two that are
 * neither.
 */
#define DEFAULT_WINDOW(connections) (2 * (connections) + 2)

/* A step of reading ahead that is as good as no bound. */
#define LARGEST_STEP ((int64_t) 1 << 30)

static bool set_up(GmfFetch *fetch, const bool *columns, GmfError *error);
static const char *records_of(const GmfRoute *route);
static bool check_spec(const GmfFetch *fetch, GmfError *error);
static bool choose_columns(GmfFetch *fetch, const bool *columns, GmfError *error);
static GmfFetchState deliver(GmfFetch *fetch, GmfValue *values);
static void read_further_ahead(GmfFetch *fetch);
static GmfFetchState read_head(GmfFetch *fetch, GmfError *error);
static bool pump(GmfFetch *fetch);
static bool take_arrived(GmfFetch *fetch);
static bool has_arrived(const GmfFetch *fetch);
static void free_spent_streams(GmfFetch *fetch);
static bool ask_ahead(GmfFetch *fetch);
static bool ask_new_stream(GmfFetch *fetch);
static bool may_ask(const GmfFetch *fetch, const GmfStream *stream);
static int64_t rows_needed(const GmfFetch *fetch);
static int64_t rows_in_sight(const GmfFetch *fetch);

GmfFetch *
gmf_fetch_open(GmfSession *session, const GmfFetchSpec *spec, GmfError *error)
{
	gmf_error_clear(error);
	return gmf_fetch_open_for(session, spec, NULL, 0, error);
}

/*
 * The same for a child: these columns are handed up too, whether the spec has them
 * as used or not, and "wanted" is the hint where the spec has none.
 */
GmfFetch *
gmf_fetch_open_for(GmfSession *session, const GmfFetchSpec *spec, const bool *columns,
				   int64_t wanted, GmfError *error)
{
	GmfFetch   *fetch = calloc(1, sizeof(*fetch));

	if (fetch == NULL)
	{
		gmf_no_memory(error);
		return NULL;
	}
	fetch->session = session;
	fetch->spec = *spec;
	fetch->state = GMF_FETCH_WAIT;
	fetch->target = spec->wanted_rows > 0 ? spec->wanted_rows : wanted;
	if (fetch->target > LARGEST_STEP)
		fetch->target = 0;
	fetch->spec.wanted_rows = fetch->target;
	fetch->window = spec->window > 0 ? spec->window :
		DEFAULT_WINDOW(gmf_session_max_connections(session));
	fetch->page_size = gmf_page_size(&spec->route->paging, spec->page_size);
	if (!set_up(fetch, columns, error))
	{
		gmf_fetch_close(fetch);
		return NULL;
	}
	return fetch;
}

void
gmf_fetch_start(GmfFetch *fetch)
{
	if (fetch->state == GMF_FETCH_WAIT)
		pump(fetch);
}

GmfFetchState
gmf_fetch_next(GmfFetch *fetch, GmfValue *values, GmfError *error)
{
	if (fetch->state == GMF_FETCH_WAIT || fetch->state == GMF_FETCH_ROW)
	{
		read_further_ahead(fetch);
		if (fetch->details != NULL)
			fetch->state = gmf_details_next(fetch, values, &fetch->error);
		else
			fetch->state = deliver(fetch, values);
		if (fetch->state == GMF_FETCH_ROW)
			fetch->counters.rows++;
	}
	if (fetch->state == GMF_FETCH_FAILED)
		*error = fetch->error;
	return fetch->state;
}

/*
 * The next row of the list, in fetch->cells; *stream is the one that it belongs to.
 * WAIT only when nothing that has arrived is left to be looked at.
 */
GmfFetchState
gmf_fetch_list_row(GmfFetch *fetch, GmfStream **stream, GmfError *error)
{
	if (++fetch->since_pump >= ROWS_BETWEEN_PUMPS)
		pump(fetch);
	for (;;)
	{
		GmfFetchState state = read_head(fetch, error);

		if (state == GMF_FETCH_ROW)
		{
			*stream = fetch->streams;
			fetch->taken++;
		}
		if (state != GMF_FETCH_WAIT || !pump(fetch))
			return state;
	}
}

void
gmf_fetch_counters(const GmfFetch *fetch, GmfFetchCounters *counters)
{
	const GmfFetch *parent = gmf_keys_parent(fetch->keys);

	*counters = fetch->counters;
	counters->total = -1;
	if (fetch->ended_streams == 0 && fetch->streams != NULL && fetch->streams->next == NULL &&
		parent == NULL)
		counters->total = fetch->streams->total;
	if (parent != NULL)
	{
		GmfFetchCounters others;

		gmf_fetch_counters(parent, &others);
		counters->requests += others.requests;
		counters->cached += others.cached;
		counters->retries += others.retries;
		counters->bytes_received += others.bytes_received;
		counters->refused += others.refused;
	}
}

const char *
gmf_fetch_note(const GmfFetch *fetch)
{
	const GmfFetch *parent = gmf_keys_parent(fetch->keys);

	if (fetch->note[0] != '\0')
		return fetch->note;
	return parent == NULL ? NULL : gmf_fetch_note(parent);
}

int64_t
gmf_page_size(const GmfPaging *paging, int64_t wanted)
{
	int64_t		size = wanted;

	if (paging->limit == NULL)
		return paging->default_limit;
	if (size <= 0)
		size = paging->max_limit > 0 ? paging->max_limit : paging->default_limit;
	if (size <= 0)
		size = DEFAULT_PAGE_SIZE;
	return paging->max_limit > 0 && size > paging->max_limit ? paging->max_limit : size;
}

void
gmf_fetch_close(GmfFetch *fetch)
{
	if (fetch == NULL)
		return;
	gmf_details_close(fetch);
	gmf_refusals_free(fetch);
	while (fetch->streams != NULL)
	{
		GmfStream  *stream = fetch->streams;

		fetch->streams = stream->next;
		gmf_stream_free(fetch, stream);
	}
	gmf_exchange_free(fetch->total_exchange);
	gmf_keys_close(fetch->keys);
	gmf_shape_free(fetch->shape);
	gmf_shape_free(fetch->records_shape);
	gmf_shape_free(fetch->marker_shape);
	free(fetch->cells);
	free(fetch->shown);
	free(fetch->read);
	free(fetch);
}

/* Begin an exchange and count it. */
GmfExchange *
gmf_fetch_begin(GmfFetch *fetch, GmfRequest *request, GmfError *error)
{
	GmfExchange *exchange = gmf_exchange_begin_cached(fetch->session, request,
													  fetch->spec.max_age);

	if (exchange == NULL)
		gmf_no_memory(error);
	else if (gmf_exchange_cached(exchange))
		fetch->counters.cached++;
	else
		fetch->counters.requests++;
	return exchange;
}

/* Count what an exchange cost that is over. */
void
gmf_fetch_count(GmfFetch *fetch, const GmfExchange *exchange)
{
	size_t		length = 0;
	int			attempts = gmf_exchange_attempts(exchange);

	if (gmf_exchange_cached(exchange))
		return;
	(void) gmf_exchange_body(exchange, &length);
	fetch->counters.bytes_received += length;
	if (attempts > 1)
		fetch->counters.retries += attempts - 1;
}

/* Does the error say that there is no such object? */
bool
gmf_route_not_found(const GmfRoute *route, const GmfError *error)
{
	return error->kind == GMF_NOT_FOUND ||
		(error->code[0] != '\0' && gmf_list_has(route->not_found, '|', error->code));
}

bool
gmf_no_memory(GmfError *error)
{
	gmf_error_clear(error);
	return gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
}

static bool
set_up(GmfFetch *fetch, const bool *columns, GmfError *error)
{
	static const char *const no_paths[] = {NULL};
	const GmfRoute *route = fetch->spec.route;

	if (!check_spec(fetch, error) || !choose_columns(fetch, columns, error))
		return false;
	fetch->shape = gmf_row_shape(fetch->spec.resource, fetch->spec.route, fetch->read,
								 error);
	if (fetch->shape == NULL)
		return false;
	if (route->records != NULL && route->paging.kind != GMF_UNPAGED)
	{
		fetch->records_shape = gmf_shape_new(route->records, NULL, no_paths, 0, error);
		if (fetch->records_shape == NULL)
			return false;
	}
	if (route->paging.kind == GMF_PAGED_BY_MARKER || route->paging.kind == GMF_PAGED_BY_LINK)
	{
		/* in the answer as a whole, or in its last record */
		bool		in_answer = route->paging.kind == GMF_PAGED_BY_LINK ||
			route->paging.marker[0] == '$';

		fetch->marker_shape = gmf_shape_new(in_answer ? "" : records_of(route), NULL,
											&route->paging.marker, 1, error);
		if (fetch->marker_shape == NULL)
			return false;
	}
	if (gmf_details_needed(&fetch->spec, fetch->shown) && !gmf_details_open(fetch, error))
		return false;
	fetch->keys = gmf_keys_open(fetch->session, &fetch->spec, fetch->window, error);
	if (fetch->keys == NULL)
		return false;
	if (fetch->spec.skip_rows > 0 && !gmf_keys_single(fetch->keys))
		return gmf_error_set(error, GMF_INVALID,
							 "rows can be skipped only with one value for each key");
	return true;
}

/* The place of what is cut into pages. */
static const char *
records_of(const GmfRoute *route)
{
	if (route->records != NULL)
		return route->records;
	return route->items == NULL ? "" : route->items;
}

static bool
check_spec(const GmfFetch *fetch, GmfError *error)
{
	const GmfFetchSpec *spec = &fetch->spec;

	for (int i = 0; i < spec->nbindings; i++)
	{
		const GmfParameter *parameter = spec->route->parameters;

		while (parameter != NULL && parameter->name != NULL &&
			   parameter != spec->bindings[i].parameter)
			parameter++;
		if (parameter == NULL || parameter->name == NULL)
			return gmf_error_set(error, GMF_INVALID,
								 "parameter \"%s\" does not belong to %s %s",
								 spec->bindings[i].parameter->name, spec->route->method,
								 spec->route->path);
	}
	return true;
}

/* Which columns are handed up, which ones are read, and which one tells rows apart. */
static bool
choose_columns(GmfFetch *fetch, const bool *columns, GmfError *error)
{
	const GmfFetchSpec *spec = &fetch->spec;
	const GmfResource *resource = spec->resource;

	fetch->ncolumns = gmf_count_columns(resource);
	fetch->cells = calloc(fetch->ncolumns + 1, sizeof(GmfValue));
	fetch->shown = calloc(fetch->ncolumns + 1, sizeof(bool));
	fetch->read = calloc(fetch->ncolumns + 1, sizeof(bool));
	if (fetch->cells == NULL || fetch->shown == NULL || fetch->read == NULL)
		return gmf_no_memory(error);
	if (spec->used != NULL)
		memcpy(fetch->shown, spec->used, (fetch->ncolumns + 1) * sizeof(bool));
	for (int i = 0; columns != NULL && i < fetch->ncolumns; i++)
		fetch->shown[i] |= columns[i];
	memcpy(fetch->read, fetch->shown, (fetch->ncolumns + 1) * sizeof(bool));
	if (gmf_details_needed(spec, fetch->shown))
		gmf_details_read(spec, fetch->read);

	fetch->key_column = resource->key == NULL ? -1 : gmf_column_index(resource, resource->key);
	if (fetch->key_column >= 0 && resource->columns[fetch->key_column].path == NULL)
		fetch->key_column = -1;
	if (fetch->key_column >= 0 && spec->route->paging.kind != GMF_UNPAGED)
		fetch->read[fetch->key_column] = true;
	return true;
}

static GmfFetchState
deliver(GmfFetch *fetch, GmfValue *values)
{
	GmfStream  *stream;
	GmfFetchState state = gmf_fetch_list_row(fetch, &stream, &fetch->error);

	if (state == GMF_FETCH_ROW)
		gmf_row_fill(fetch, stream, fetch->shown, values);
	return state;
}

/* The query wants more rows than it said: each time twice as many more as before. */
static void
read_further_ahead(GmfFetch *fetch)
{
	if (fetch->target == 0 || fetch->counters.rows < fetch->target)
		return;
	fetch->step = 2 * (fetch->step == 0 ? fetch->target : fetch->step);
	if (fetch->step > LARGEST_STEP)
		fetch->target = 0;
	else
		fetch->target += fetch->step;
}

/* The next row of the first stream that has one. */
static GmfFetchState
read_head(GmfFetch *fetch, GmfError *error)
{
	GmfStream  *head;

	while ((head = fetch->streams) != NULL)
	{
		GmfFetchState state = gmf_stream_read(fetch, head, error);

		if (state != GMF_FETCH_END)
			return state;
		fetch->streams = head->next;
		gmf_stream_free(fetch, head);
	}
	if (!fetch->keys_ended)
		return GMF_FETCH_WAIT;
	if (fetch->keys_error.kind == GMF_OK)
		return GMF_FETCH_END;
	*error = fetch->keys_error;
	return GMF_FETCH_FAILED;
}

/*
 * Do all that can be done now.  True when that was anything.  The parent steps
 * the session too, so look for what arrived meanwhile before leaving.
 */
static bool
pump(GmfFetch *fetch)
{
	bool		moved = false;
	bool		again;

	fetch->since_pump = 0;
	do
	{
		gmf_session_step(fetch->session);
		again = take_arrived(fetch);
		free_spent_streams(fetch);
		again |= ask_ahead(fetch);
		moved |= again;
	} while (again || has_arrived(fetch));
	return moved;
}

static bool
take_arrived(GmfFetch *fetch)
{
	bool		taken = false;

	for (GmfStream *stream = fetch->streams; stream != NULL; stream = stream->next)
		if (gmf_stream_arrived(stream))
		{
			gmf_stream_take(fetch, stream);
			taken = true;
		}
	return taken;
}

static bool
has_arrived(const GmfFetch *fetch)
{
	for (GmfStream *stream = fetch->streams; stream != NULL; stream = stream->next)
		if (gmf_stream_arrived(stream))
			return true;
	return false;
}

/* Streams that turned out to have no rows do not wait for their turn. */
static void
free_spent_streams(GmfFetch *fetch)
{
	GmfStream **link = &fetch->streams;

	while (*link != NULL)
	{
		GmfStream  *stream = *link;

		if (stream->ended && stream->pages == NULL && stream->error.kind == GMF_OK)
		{
			*link = stream->next;
			gmf_stream_free(fetch, stream);
		}
		else
			link = &stream->next;
	}
}

/* Ask for pages while the window has room, in the order in which they are needed. */
static bool
ask_ahead(GmfFetch *fetch)
{
	bool		asked = false;

	for (GmfStream *stream = fetch->streams; stream != NULL; stream = stream->next)
	{
		while (gmf_stream_wants_page(fetch, stream) && may_ask(fetch, stream))
		{
			gmf_stream_ask(fetch, stream, rows_needed(fetch));
			asked = true;
		}
		if (stream->error.kind != GMF_OK)
			return asked;		/* nothing behind it will be delivered */
	}
	if (!fetch->keys_ended && fetch->target == 0)
		gmf_keys_ahead(fetch->keys);
	while (!fetch->keys_ended && may_ask(fetch, NULL) && ask_new_stream(fetch))
		asked = true;
	return asked;
}

/* Begin with the next combination.  False when the parent has none yet. */
static bool
ask_new_stream(GmfFetch *fetch)
{
	GmfCombination *combination;
	GmfStream **link = &fetch->streams;
	GmfStream  *stream = NULL;
	GmfFetchState state = gmf_keys_next(fetch->keys, &combination, &fetch->keys_error);

	if (state == GMF_FETCH_WAIT)
		return false;
	if (state == GMF_FETCH_ROW)
		stream = gmf_stream_new(fetch, combination, &fetch->keys_error);
	if (stream == NULL)
	{
		fetch->keys_ended = true;
		return true;
	}
	while (*link != NULL)
		link = &(*link)->next;
	*link = stream;
	gmf_stream_ask(fetch, stream, rows_needed(fetch));
	if (stream->error.kind != GMF_OK)
		fetch->keys_ended = true;	/* nothing behind it will be delivered */
	else if (stream->ended)
	{
		*link = NULL;
		gmf_stream_free(fetch, stream);
	}
	return true;
}

/*
 * May the stream (NULL: a new one, behind all others) ask for a page?  The head
 * always has room when it has no page, because the others leave one free.
 */
static bool
may_ask(const GmfFetch *fetch, const GmfStream *stream)
{
	const GmfStream *head = fetch->streams;

	if (stream == head)
	{
		if (head == NULL || head->npages == 0)
			return true;
	}
	else if (fetch->npages - head->npages >= fetch->window - 1)
		return false;
	if (fetch->npages >= fetch->window)
		return false;
	return fetch->target == 0 || rows_in_sight(fetch) < fetch->target;
}

/* Rows that the next page should bring; 0: as many as it can. */
static int64_t
rows_needed(const GmfFetch *fetch)
{
	int64_t		needed = fetch->target - rows_in_sight(fetch);

	if (fetch->target == 0)
		return 0;
	if (fetch->step > 0)
		return fetch->step;
	return needed > 0 ? needed : 1;
}

static int64_t
rows_in_sight(const GmfFetch *fetch)
{
	int64_t		rows = fetch->taken;

	for (const GmfStream *stream = fetch->streams; stream != NULL; stream = stream->next)
		rows += gmf_stream_expected(fetch, stream);
	return rows;
}
