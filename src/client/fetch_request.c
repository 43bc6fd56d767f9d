/*
 * fetch_request.c
 *		The request for one page, or for the detail of one row.
 */
#include "fetch_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool put_values(GmfRequest *request, const GmfBinding *binding, GmfError *error);
static bool put_number(GmfRequest *request, const GmfPaging *paging, const char *name,
					   int64_t number, GmfError *error);
static GmfLocation place_of(const GmfPaging *paging);
static GmfType array_of(GmfType type);

/*
 * A request to the route that carries the bindings and the fallbacks of what is
 * not bound.  Reads may be repeated, also those that are asked with POST.
 * *impossible is set when it fails because a value cannot be a segment of a path:
 * then no object has that name.
 */
GmfRequest *
gmf_fetch_request(const GmfResource *resource, const GmfRoute *route,
				  const GmfBinding *bindings, int nbindings, bool *impossible,
				  GmfError *error)
{
	const GmfParameter *parameter = route->parameters;
	GmfRequest *request = gmf_request_new(resource->service, route->method, route->path,
										  true);

	*impossible = false;
	if (request == NULL)
	{
		gmf_no_memory(error);
		return NULL;
	}
	gmf_request_set_gone(request, route->not_found);
	for (; parameter != NULL && parameter->name != NULL; parameter++)
	{
		const GmfBinding *binding = gmf_find_binding(parameter, bindings, nbindings);
		bool		done = true;

		if (binding != NULL)
			done = put_values(request, binding, error);
		else if (gmf_fallback_sent(route, parameter, bindings, nbindings))
			done = gmf_request_put_constant(request, parameter->location, parameter->name,
											parameter->fallback, error);
		if (!done)
		{
			*impossible = binding != NULL && parameter->location == GMF_IN_PATH &&
				error->kind == GMF_INVALID;
			gmf_request_free(request);
			return NULL;
		}
	}
	if (strcmp(route->method, "GET") != 0 && !gmf_request_need_body(request, error))
	{
		gmf_request_free(request);
		return NULL;
	}
	return request;
}

/*
 * Which page: its size, and its position in the API's own counting or, where pages have
 * markers, its marker (NULL: the first page), or the query of its link.
 */
bool
gmf_fetch_put_page(GmfRequest *request, const GmfPaging *paging, int64_t limit,
				   int64_t offset, const char *marker, GmfError *error)
{
	GmfInput	input = {.text = marker};

	if (paging->kind == GMF_PAGED_BY_LINK && marker != NULL &&
		!gmf_request_put_query(request, marker, error))
		return false;
	if (paging->kind == GMF_PAGED_BY_LINK && paging->limit != NULL)
		gmf_request_drop_query(request, paging->limit);
	if (paging->limit != NULL && limit > 0 &&
		!put_number(request, paging, paging->limit, limit, error))
		return false;
	if (paging->kind == GMF_PAGED_BY_LINK)
		return true;
	if (paging->kind == GMF_PAGED_BY_MARKER)
		return marker == NULL ||
			gmf_request_put(request, place_of(paging), paging->offset, GMF_TEXT, GMF_TIME_NONE,
							false, &input, error);
	return paging->offset == NULL ||
		put_number(request, paging, paging->offset, offset, error);
}

/*
 * Is the fallback of a parameter that is not bound sent?  The far end of a range
 * goes only with its other end, unless the API insists.
 */
bool
gmf_fallback_sent(const GmfRoute *route, const GmfParameter *parameter,
				  const GmfBinding *bindings, int nbindings)
{
	const GmfParameter *other;

	if (parameter->fallback == NULL)
		return false;
	if (parameter->pair == NULL || parameter->required)
		return true;
	other = gmf_find_parameter(route, parameter->pair);
	return other != NULL && gmf_find_binding(other, bindings, nbindings) != NULL;
}

const GmfBinding *
gmf_find_binding(const GmfParameter *parameter, const GmfBinding *bindings, int nbindings)
{
	for (int i = 0; i < nbindings; i++)
		if (bindings[i].parameter == parameter)
			return &bindings[i];
	return NULL;
}

/* Values are in wire form already: a time is not written again. */
static bool
put_values(GmfRequest *request, const GmfBinding *binding, GmfError *error)
{
	const GmfParameter *parameter = binding->parameter;
	GmfType		type = parameter->type == 0 ? GMF_TEXT : parameter->type;
	GmfInput	input = {0};

	if (type == GMF_TIMESTAMPTZ)
		type = GMF_TEXT;
	if (parameter->batch > 0 || type == array_of(type))
	{
		type = array_of(type);
		input.elements = binding->values;
		input.nelements = binding->nvalues;
	}
	else
		input.text = binding->values[0];
	return gmf_request_put(request, parameter->location, parameter->name, type,
						   GMF_TIME_NONE, false, &input, error);
}

static bool
put_number(GmfRequest *request, const GmfPaging *paging, const char *name, int64_t number,
		   GmfError *error)
{
	char		text[32];
	GmfInput	input = {.text = text};

	snprintf(text, sizeof(text), "%" PRId64, number);
	return gmf_request_put(request, place_of(paging), name, GMF_BIGINT, GMF_TIME_NONE, false,
						   &input, error);
}

static GmfLocation
place_of(const GmfPaging *paging)
{
	return paging->location == 0 ? GMF_IN_QUERY : paging->location;
}

/* The type of an array of such values; an array type stays as it is. */
static GmfType
array_of(GmfType type)
{
	switch (type)
	{
		case GMF_INTEGER:
		case GMF_BIGINT:
		case GMF_INTEGER_ARRAY:
			return GMF_INTEGER_ARRAY;
		default:
			return GMF_TEXT_ARRAY;
	}
}
