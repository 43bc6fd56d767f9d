/*
 * fetch_detail.c
 *		Rows that wait for their detail.
 *
 * Some columns are told only when an object is asked for by its key.  Rows of
 * the list that lack such a column are read ahead, as many as the window
 * has pages; each of them asks for its detail at once and is delivered, in the
 * list's order, when the detail is there.  What the list tells is kept; the detail
 * fills in the rest.
 */
#include "fetch_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct DetailRow
{
	struct DetailRow *next;
	GmfExchange *exchange;		/* NULL: the row is complete */
	GmfAnswer  *answer;
	bool		left_out;		/* its detail was refused, which is tolerated */
	GmfValue	values[];		/* of the list, raw included; their texts follow */
} DetailRow;

struct GmfDetails
{
	GmfShape   *shape;
	GmfValue   *cells;			/* of the detail just read */
	GmfValue   *row;			/* of the list's row just read */
	GmfBinding *bindings;		/* room for the keys of a detail */
	char	  **keys;
	DetailRow  *first;
	DetailRow  *last;
	DetailRow  *current;		/* handed up by the last call */
	int			waiting;
	GmfFetchState list_state;	/* of the list behind the rows that wait */
	GmfError	list_error;
};

static bool asks_for(const GmfParameter *parameter);
static void read_ahead(GmfFetch *fetch);
static bool queue_row(GmfFetch *fetch, GmfStream *stream, GmfError *error);
static bool lacks_detail(const GmfFetch *fetch, const GmfValue *row);
static bool left_out(const GmfFetch *fetch, const GmfValue *row, int i);
static DetailRow *copy_row(const GmfFetch *fetch, const GmfValue *row);
static bool ask_detail(GmfFetch *fetch, DetailRow *row, GmfError *error);
static bool usable(const GmfValue *value);
static void say_which_row(const GmfFetch *fetch, const DetailRow *row, GmfError *error);
static bool add_detail(GmfFetch *fetch, DetailRow *row, GmfError *error);
static bool take_refusal(GmfFetch *fetch, DetailRow *row, GmfError *error);
static void free_row(DetailRow *row);

bool
gmf_details_needed(const GmfFetchSpec *spec, const bool *shown)
{
	const GmfColumn *column = spec->resource->columns;

	for (int i = 0; spec->detail != NULL && column[i].name != NULL; i++)
		if (shown[i] && column[i].only == GMF_GET)
			return true;
	return false;
}

/* Mark the columns that a detail is asked with. */
void
gmf_details_read(const GmfFetchSpec *spec, bool *read)
{
	const GmfParameter *parameter = spec->detail->parameters;

	for (; parameter != NULL && parameter->name != NULL; parameter++)
		if (asks_for(parameter))
		{
			int			column = gmf_column_index(spec->resource, parameter->column);

			if (column >= 0)
				read[column] = true;
		}
}

bool
gmf_details_open(GmfFetch *fetch, GmfError *error)
{
	GmfDetails *details = fetch->details = calloc(1, sizeof(*details));
	const GmfParameter *parameter = fetch->spec.detail->parameters;
	int			nparameters = 0;

	if (details == NULL)
		return gmf_no_memory(error);
	while (parameter != NULL && parameter[nparameters].name != NULL)
		nparameters++;
	details->list_state = GMF_FETCH_WAIT;
	details->cells = calloc(fetch->ncolumns + 1, sizeof(GmfValue));
	details->row = calloc(fetch->ncolumns + 1, sizeof(GmfValue));
	details->bindings = calloc(nparameters + 1, sizeof(GmfBinding));
	details->keys = calloc(nparameters + 1, sizeof(char *));
	if (details->cells == NULL || details->row == NULL || details->bindings == NULL ||
		details->keys == NULL)
		return gmf_no_memory(error);
	details->shape = gmf_row_shape(fetch->spec.resource, fetch->spec.detail, fetch->shown,
								   error);
	return details->shape != NULL;
}

/* As gmf_fetch_next. */
GmfFetchState
gmf_details_next(GmfFetch *fetch, GmfValue *values, GmfError *error)
{
	GmfDetails *details = fetch->details;
	DetailRow  *row;

	do
	{
		free_row(details->current);
		details->current = NULL;
		read_ahead(fetch);
		row = details->first;
		if (row == NULL)
		{
			if (details->list_state == GMF_FETCH_FAILED)
				*error = details->list_error;
			return details->list_state;
		}
		if (row->exchange != NULL && !gmf_exchange_done(row->exchange))
			return GMF_FETCH_WAIT;

		details->first = row->next;
		details->waiting--;
		details->current = row;
		if (row->exchange != NULL && !add_detail(fetch, row, error))
			return GMF_FETCH_FAILED;
	} while (row->left_out);
	for (int i = 0; i <= fetch->ncolumns; i++)
		values[i] = fetch->shown[i] ? row->values[i] : (GmfValue) {GMF_ABSENT, NULL, 0};
	return GMF_FETCH_ROW;
}

void
gmf_details_close(GmfFetch *fetch)
{
	GmfDetails *details = fetch->details;

	if (details == NULL)
		return;
	while (details->first != NULL)
	{
		DetailRow  *row = details->first;

		details->first = row->next;
		free_row(row);
	}
	free_row(details->current);
	gmf_shape_free(details->shape);
	free(details->cells);
	free(details->row);
	free(details->bindings);
	free(details->keys);
	free(details);
}

/* A detail is asked with the keys of its row, not with filters. */
static bool
asks_for(const GmfParameter *parameter)
{
	return parameter->column != NULL &&
		(parameter->required || parameter->match == GMF_MATCH_KEY);
}

/* Read rows of the list until a window full of them waits. */
static void
read_ahead(GmfFetch *fetch)
{
	GmfDetails *details = fetch->details;
	int64_t		most = fetch->window;
	int64_t		wanted = fetch->target - fetch->counters.rows;

	if (fetch->target > 0 && wanted < most)
		most = wanted > 0 ? wanted : 1;
	while (details->waiting < most && (details->list_state == GMF_FETCH_WAIT ||
									   details->list_state == GMF_FETCH_ROW))
	{
		GmfStream  *stream;

		details->list_state = gmf_fetch_list_row(fetch, &stream, &details->list_error);
		if (details->list_state == GMF_FETCH_WAIT)
			break;
		if (details->list_state == GMF_FETCH_ROW &&
			!queue_row(fetch, stream, &details->list_error))
			details->list_state = GMF_FETCH_FAILED;
	}
}

static bool
queue_row(GmfFetch *fetch, GmfStream *stream, GmfError *error)
{
	GmfDetails *details = fetch->details;
	DetailRow  *row;

	gmf_row_fill(fetch, stream, fetch->read, details->row);
	row = copy_row(fetch, details->row);
	if (row == NULL)
		return gmf_no_memory(error);
	if (details->first == NULL)
		details->first = row;
	else
		details->last->next = row;
	details->last = row;
	details->waiting++;
	return !lacks_detail(fetch, row->values) || ask_detail(fetch, row, error);
}

static bool
lacks_detail(const GmfFetch *fetch, const GmfValue *row)
{
	for (int i = 0; i < fetch->ncolumns; i++)
		if (fetch->shown[i] && fetch->spec.resource->columns[i].only == GMF_GET &&
			left_out(fetch, row, i))
			return true;
	return false;
}

/* A null for what the details are there to give is no value either. */
static bool
left_out(const GmfFetch *fetch, const GmfValue *row, int i)
{
	return row[i].kind == GMF_ABSENT ||
		(row[i].kind == GMF_NULL && fetch->spec.resource->columns[i].only == GMF_GET);
}

/* The row and its texts in one piece: its page may be gone when it is delivered. */
static DetailRow *
copy_row(const GmfFetch *fetch, const GmfValue *row)
{
	size_t		nvalues = fetch->ncolumns + 1;
	size_t		size = sizeof(DetailRow) + nvalues * sizeof(GmfValue);
	DetailRow  *copy;
	char	   *text;

	for (size_t i = 0; i < nvalues; i++)
		size += row[i].length;
	copy = calloc(1, size);
	if (copy == NULL)
		return NULL;
	text = (char *) &copy->values[nvalues];
	for (size_t i = 0; i < nvalues; i++)
	{
		copy->values[i] = row[i];
		if (row[i].length == 0)
			continue;
		copy->values[i].text = memcpy(text, row[i].text, row[i].length);
		text += row[i].length;
	}
	return copy;
}

/* A row whose keys do not make a request stays as it is. */
static bool
ask_detail(GmfFetch *fetch, DetailRow *row, GmfError *error)
{
	const GmfRoute *route = fetch->spec.detail;
	const GmfParameter *parameter = route->parameters;
	GmfBinding *bindings = fetch->details->bindings;
	char	  **keys = fetch->details->keys;
	GmfRequest *request = NULL;
	int			n = 0;
	bool		possible = true;
	bool		impossible;

	gmf_error_clear(error);
	for (; possible && parameter != NULL && parameter->name != NULL; parameter++)
	{
		int			column = parameter->column == NULL ? -1 :
			gmf_column_index(fetch->spec.resource, parameter->column);

		if (asks_for(parameter) && column >= 0 && usable(&row->values[column]))
		{
			keys[n] = strndup(row->values[column].text, row->values[column].length);
			if (keys[n] == NULL)
				possible = gmf_no_memory(error);
			bindings[n] = (GmfBinding) {parameter, (const char *const *) &keys[n], 1};
			n++;
		}
		else if (parameter->required && parameter->fallback == NULL)
			possible = false;
	}
	if (possible)
		request = gmf_fetch_request(fetch->spec.resource, route, bindings, n, &impossible,
									error);
	if (request != NULL)
		row->exchange = gmf_fetch_begin(fetch, request, error);
	else if (possible && impossible)
		gmf_error_clear(error);
	while (n > 0)
		free(keys[--n]);
	return error->kind == GMF_OK;
}

/* Can the value be sent as a key? */
static bool
usable(const GmfValue *value)
{
	return (value->kind == GMF_STRING || value->kind == GMF_NUMBER) &&
		value->length > 0 && memchr(value->text, '\0', value->length) == NULL;
}

/* As gmf_say_which_key. */
static void
say_which_row(const GmfFetch *fetch, const DetailRow *row, GmfError *error)
{
	const GmfValue *key = fetch->key_column < 0 ? NULL : &row->values[fetch->key_column];
	char		text[sizeof(error->about)];

	if (key == NULL || !usable(key))
		return;
	snprintf(text, sizeof(text), "%s %.*s", fetch->spec.resource->columns[fetch->key_column].name,
			 (int) key->length, key->text);
	gmf_error_text(error->about, sizeof(error->about), text, (int) strlen(text));
}

/* The detail has come.  An object that is gone by now is shown as the list had it. */
static bool
add_detail(GmfFetch *fetch, DetailRow *row, GmfError *error)
{
	const GmfError *refusal = gmf_exchange_error(row->exchange);
	GmfValue   *cells = fetch->details->cells;
	const char *body;
	size_t		length = 0;
	int			got = -1;

	gmf_fetch_count(fetch, row->exchange);
	if (refusal != NULL)
	{
		*error = *refusal;
		return take_refusal(fetch, row, error);
	}
	gmf_error_clear(error);
	body = gmf_exchange_body(row->exchange, &length);
	row->answer = gmf_answer_open(fetch->details->shape, body == NULL ? "" : body, length,
								  error);
	if (row->answer != NULL &&
		!gmf_answer_is_good(fetch, fetch->spec.detail, row->answer, row->exchange, error))
		return take_refusal(fetch, row, error);
	if (row->answer != NULL)
		got = gmf_answer_next(row->answer, cells, error);
	if (got < 0)
	{
		gmf_exchange_say_where(row->exchange, error);
		return false;
	}
	if (got == 0)
		return true;
	for (int i = 0; i < fetch->ncolumns; i++)
		if (left_out(fetch, row->values, i))
			row->values[i] = cells[i];
	row->values[fetch->ncolumns] = gmf_answer_item(row->answer);
	return true;
}

/* The detail is refused: is the object gone, or to be left out, or is that an error? */
static bool
take_refusal(GmfFetch *fetch, DetailRow *row, GmfError *error)
{
	if (gmf_route_not_found(fetch->spec.detail, error))
		return true;
	if (!gmf_refusal_is_tolerated(fetch, error))
		return false;
	say_which_row(fetch, row, error);
	row->left_out = true;
	return gmf_refusal_keep(fetch, error) || gmf_no_memory(error);
}

static void
free_row(DetailRow *row)
{
	if (row == NULL)
		return;
	gmf_answer_free(row->answer);
	gmf_exchange_free(row->exchange);
	free(row);
}
