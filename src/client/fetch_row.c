/*
 * fetch_row.c
 *		From the values of an item to the values of a row.
 *
 * What an item does not hold may be known from the request: the value of a key
 * that the answer belongs to, or of a filter that the answer does not repeat.
 */
#include "fetch_internal.h"

#include <stdlib.h>
#include <string.h>

static const GmfParameter *source_of(const GmfFetch *fetch, const GmfColumn *column,
									 const GmfStream *stream);
static GmfValue constant_value(const GmfParameter *parameter);

/*
 * The shape of the route's answers, reading the columns in "read".  Where objects may be gone,
 * one more value says so: see gmf_row_is_gone.
 */
GmfShape *
gmf_row_shape(const GmfResource *resource, const GmfRoute *route, const bool *read,
			  GmfError *error)
{
	int			ncolumns = gmf_count_columns(resource);
	const char **paths = calloc(ncolumns + 1, sizeof(*paths));
	GmfShape   *shape;

	if (paths == NULL)
	{
		gmf_no_memory(error);
		return NULL;
	}
	for (int i = 0; i < ncolumns; i++)
		paths[i] = read[i] ? resource->columns[i].path : NULL;
	paths[ncolumns] = route->not_found == NULL ? NULL : "error_code";
	shape = gmf_shape_new(route->items == NULL ? "" : route->items, route->total, paths,
						  ncolumns + 1, error);
	free(paths);
	return shape;
}

/* Find out once for a stream what its request tells about the columns. */
bool
gmf_row_bound(const GmfFetch *fetch, GmfStream *stream, GmfError *error)
{
	const GmfCombination *combination = stream->combination;

	stream->bound = calloc(fetch->ncolumns + 1, sizeof(GmfValue));
	if (stream->bound == NULL)
		return gmf_no_memory(error);
	for (int i = 0; i < fetch->ncolumns; i++)
	{
		const GmfColumn *column = &fetch->spec.resource->columns[i];
		const GmfParameter *parameter = source_of(fetch, column, stream);
		const GmfBinding *binding;

		if (parameter == NULL)
			continue;
		binding = gmf_find_binding(parameter, combination->bindings,
								   combination->nbindings);
		if (binding == NULL)
			stream->bound[i] = constant_value(parameter);
		else if (binding->nvalues == 1)
			stream->bound[i] = (GmfValue) {
				GMF_STRING, binding->values[0], strlen(binding->values[0])
			};
	}
	return true;
}

/*
 * Asked for several objects at once, some services give a row for each, also for one that does
 * not exist: with nothing in it but the error.
 */
bool
gmf_row_is_gone(const GmfFetch *fetch, const GmfStream *stream)
{
	const GmfValue *code = &fetch->cells[fetch->ncolumns];
	char		word[64];

	if (fetch->spec.route->not_found == NULL || !stream->combination->named ||
		code->kind != GMF_STRING || code->length == 0 || code->length >= sizeof(word))
		return false;
	memcpy(word, code->text, code->length);
	word[code->length] = '\0';
	return gmf_list_has(fetch->spec.route->not_found, '|', word);
}

/* The row that is in fetch->cells, as far as the columns are asked for. */
void
gmf_row_fill(const GmfFetch *fetch, const GmfStream *stream, const bool *columns,
			 GmfValue *values)
{
	const GmfValue absent = {GMF_ABSENT, NULL, 0};

	for (int i = 0; i < fetch->ncolumns; i++)
	{
		if (!columns[i])
			values[i] = absent;
		else if (fetch->cells[i].kind == GMF_ABSENT)
			values[i] = stream->bound[i];
		else
			values[i] = fetch->cells[i];
	}
	values[fetch->ncolumns] = columns[fetch->ncolumns] ?
		gmf_answer_item(stream->pages->answer) : absent;
}

/*
 * The parameter whose value stands in for the column: a key, and where the
 * column is never in the answer, any parameter that the request carries.
 */
static const GmfParameter *
source_of(const GmfFetch *fetch, const GmfColumn *column, const GmfStream *stream)
{
	const GmfRoute *route = fetch->spec.route;
	const GmfBinding *bindings = stream->combination->bindings;
	int			nbindings = stream->combination->nbindings;
	const GmfParameter *parameter = route->parameters;
	const GmfParameter *filter = NULL;
	const GmfParameter *constant = NULL;

	for (; parameter != NULL && parameter->name != NULL; parameter++)
	{
		if (parameter->column == NULL || strcmp(parameter->column, column->name) != 0 ||
			parameter->also != NULL)
			continue;			/* one that may have been asked for another column tells nothing */
		if (gmf_find_binding(parameter, bindings, nbindings) != NULL)
		{
			if (parameter->match == GMF_MATCH_KEY)
				return parameter;
			if (filter == NULL)
				filter = parameter;
		}
		else if (constant == NULL &&
				 gmf_fallback_sent(route, parameter, bindings, nbindings))
			constant = parameter;
	}
	if (column->path != NULL)
		return NULL;
	return filter != NULL ? filter : constant;
}

/* A fallback as a value: one for a body is JSON text, of which scalars can be shown. */
static GmfValue
constant_value(const GmfParameter *parameter)
{
	const char *text = parameter->fallback;
	size_t		length = strlen(text);

	if (parameter->location == GMF_IN_BODY)
	{
		if (length >= 2 && text[0] == '"' && strchr(text, '\\') == NULL)
		{
			text++;
			length -= 2;
		}
		else if (strchr("\"[{n", text[0]) != NULL)
			return (GmfValue) {GMF_ABSENT, NULL, 0};
	}
	return (GmfValue) {GMF_STRING, text, length};
}
