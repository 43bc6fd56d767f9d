/*
 * fetch_check.c
 *		Answers that are no answers: an error with a status that means success, or something
 *		that has no place for the rows.
 *
 * To take these for an empty list would be a wrong answer.
 */
#include "fetch_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool check_list(const GmfAnswer *answer, const char *body, size_t length,
					   const GmfRoute *route, GmfError *error);
static bool check_object(const GmfFetch *fetch, const GmfAnswer *answer, const char *body,
						 size_t length, GmfError *error);
static bool shows_nothing(const GmfFetch *fetch, const char *body, size_t length,
						  bool *could_show, GmfError *error);
static bool say_what_is_missing(const GmfAnswer *answer, const char *missing, GmfError *error);

/*
 * Is an answer of the route what the catalog says it is?  False with an error, whose code and
 * message are those of the API where it told any; it may mean that there is no such object.
 */
bool
gmf_answer_is_good(const GmfFetch *fetch, const GmfRoute *route, const GmfAnswer *answer,
				   const GmfExchange *exchange, GmfError *error)
{
	size_t		length = 0;
	const char *body = gmf_exchange_body(exchange, &length);
	bool		good;

	if (route->items == NULL || route->items[0] == '\0')
		good = check_object(fetch, answer, body, length, error);
	else if (gmf_answer_count(answer) > 0)
		return true;
	else
		good = check_list(answer, body, length, route, error);
	if (!good)
		gmf_exchange_say_where(exchange, error);
	return good;
}

/* There are no rows.  Should there be a place for them, and is that all that is told? */
static bool
check_list(const GmfAnswer *answer, const char *body, size_t length, const GmfRoute *route,
		   GmfError *error)
{
	if (gmf_answer_has_rows(answer))
		return !gmf_answer_refusal(body, length, true, error);
	if (gmf_answer_refusal(body, length, false, error))
		return false;
	if (gmf_answer_total(answer) == 0)
		return true;			/* an empty list that was left out */
	return say_what_is_missing(answer, route->items, error);
}

/* The answer as a whole is the row: does it hold anything that the table shows? */
static bool
check_object(const GmfFetch *fetch, const GmfAnswer *answer, const char *body, size_t length,
			 GmfError *error)
{
	bool		could_show;
	size_t		blanks = strspn(body, " \t\r\n");

	if (body[blanks] != '{' && body[blanks] != 'n')
		return true;			/* an array, or a plain value */
	gmf_error_clear(error);
	if (!shows_nothing(fetch, body, length, &could_show, error))
		return error->kind == GMF_OK;
	if (gmf_answer_refusal(body, length, !could_show, error))
		return false;
	return !could_show || say_what_is_missing(answer, "", error);
}

/*
 * Has none of the columns its place in the answer?  Members that errors have, too, do not count.
 * *could_show: there are columns that have another place.
 */
static bool
shows_nothing(const GmfFetch *fetch, const char *body, size_t length, bool *could_show,
			  GmfError *error)
{
	const GmfColumn *columns = fetch->spec.resource->columns;
	const char **paths = calloc(fetch->ncolumns + 1, sizeof(*paths));
	GmfValue   *values = calloc(fetch->ncolumns + 1, sizeof(*values));
	GmfShape   *shape = NULL;
	GmfAnswer  *answer = NULL;
	bool		nothing = true;

	*could_show = false;
	if (paths == NULL || values == NULL)
		gmf_no_memory(error);
	else
	{
		for (int i = 0; i < fetch->ncolumns; i++)
			if (columns[i].path != NULL && !gmf_error_member(columns[i].path))
				paths[i] = columns[i].path;
		shape = gmf_shape_new("", NULL, paths, fetch->ncolumns, error);
	}
	if (shape != NULL)
		answer = gmf_answer_open(shape, body, length, error);
	if (answer != NULL && gmf_answer_next(answer, values, error) > 0)
		for (int i = 0; i < fetch->ncolumns; i++)
		{
			*could_show |= paths[i] != NULL;
			nothing &= values[i].kind == GMF_ABSENT;
		}
	gmf_answer_free(answer);
	gmf_shape_free(shape);
	free(paths);
	free(values);
	return nothing && error->kind == GMF_OK;
}

/* Always false. */
static bool
say_what_is_missing(const GmfAnswer *answer, const char *missing, GmfError *error)
{
	char		names[300];
	const char *has = "it has no members";

	gmf_error_clear(error);
	gmf_answer_members(answer, names, sizeof(names));
	if (names[0] != '\0')
		has = "its members are: ";
	if (missing[0] == '\0')
		return gmf_error_set(error, GMF_MALFORMED,
							 "the answer has nothing that the table shows; %s%s", has, names);
	return gmf_error_set(error, GMF_MALFORMED, "the answer has no \"%.200s\"; %s%s",
						 missing, has, names);
}
