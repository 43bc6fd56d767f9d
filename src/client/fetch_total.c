/*
 * fetch_total.c
 *		The number of all rows, as the API tells it with a page of one row.
 */
#include "fetch_internal.h"

static bool begin_total(GmfFetch *fetch, GmfError *error);
static bool read_total(GmfFetch *fetch, GmfError *error);

GmfFetchState
gmf_fetch_total(GmfFetch *fetch, int64_t *total, GmfError *error)
{
	bool		done = fetch->state == GMF_FETCH_ROW;

	if (fetch->state == GMF_FETCH_FAILED)
	{
		*error = fetch->error;
		return GMF_FETCH_FAILED;
	}
	if (!done && fetch->total_exchange == NULL)
	{
		if (!begin_total(fetch, &fetch->error))
			fetch->state = GMF_FETCH_FAILED;
		else if (fetch->total_exchange == NULL)
			fetch->state = GMF_FETCH_ROW;
		else
			gmf_session_step(fetch->session);
	}
	if (fetch->total_exchange != NULL && gmf_exchange_done(fetch->total_exchange))
	{
		fetch->state = read_total(fetch, &fetch->error) ? GMF_FETCH_ROW : GMF_FETCH_FAILED;
		gmf_exchange_free(fetch->total_exchange);
		fetch->total_exchange = NULL;
	}
	if (fetch->state == GMF_FETCH_ROW)
		*total = fetch->total;
	else if (fetch->state == GMF_FETCH_FAILED)
		*error = fetch->error;
	return fetch->state;
}

/* Ask for one row, for the total that comes with it.  No exchange: it is known. */
static bool
begin_total(GmfFetch *fetch, GmfError *error)
{
	const GmfRoute *route = fetch->spec.route;
	GmfCombination *combination;
	GmfRequest *request;
	bool		impossible;
	GmfFetchState state;

	if (route->records != NULL)
	{
		fetch->total = -1;		/* what it tells is not the number of rows */
		return true;
	}
	if (route->total == NULL || !gmf_keys_single(fetch->keys))
		return gmf_error_set(error, GMF_INVALID, "%s %s cannot tell the number of rows",
							 route->method, route->path);
	state = gmf_keys_next(fetch->keys, &combination, error);
	if (state == GMF_FETCH_FAILED)
		return false;
	if (state != GMF_FETCH_ROW)
		return true;			/* no combination, no rows */

	fetch->total_of_key = combination->named;
	request = gmf_fetch_request(fetch->spec.resource, route, combination->bindings,
								combination->nbindings, &impossible, error);
	gmf_combination_free(combination);
	if (request == NULL && impossible)
	{
		gmf_error_clear(error);
		return true;
	}
	if (request != NULL && route->paging.kind != GMF_UNPAGED &&
		!gmf_fetch_put_page(request, &route->paging, 1, route->paging.first, NULL, error))
	{
		gmf_request_free(request);
		request = NULL;
	}
	if (request != NULL)
		fetch->total_exchange = gmf_fetch_begin(fetch, request, error);
	return fetch->total_exchange != NULL;
}

static bool
read_total(GmfFetch *fetch, GmfError *error)
{
	const GmfError *refusal = gmf_exchange_error(fetch->total_exchange);
	GmfAnswer  *answer;
	const char *body;
	size_t		length = 0;

	gmf_fetch_count(fetch, fetch->total_exchange);
	if (refusal != NULL)
	{
		*error = *refusal;
		return fetch->total_of_key && gmf_route_not_found(fetch->spec.route, refusal);
	}
	body = gmf_exchange_body(fetch->total_exchange, &length);
	answer = gmf_answer_open(fetch->shape, body == NULL ? "" : body, length, error);
	if (answer == NULL)
	{
		gmf_exchange_say_where(fetch->total_exchange, error);
		return false;
	}
	fetch->total = gmf_answer_total(answer);
	if (!gmf_answer_is_good(fetch, fetch->spec.route, answer, fetch->total_exchange, error))
	{
		gmf_answer_free(answer);
		fetch->total = 0;
		return fetch->total_of_key && gmf_route_not_found(fetch->spec.route, error);
	}
	gmf_answer_free(answer);
	return true;
}
