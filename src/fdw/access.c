/*
 * access.c
 *		Which of a resource's routes serves a query.
 *
 * A route by key is taken when the query gives its keys; otherwise a list,
 * preferably one whose keys the query gives, else one whose keys the parent
 * gives.  Before all that comes a route that can answer the conditions on columns that
 * are not in the answer.
 */
#include "postgres.h"

#include "gmf_access.h"

/* What is known of the query while a route is sought. */
typedef struct Question
{
	const GmfResource *resource;
	const bool *bound;
	const bool *filtered;
	const bool *used;
} Question;

static const GmfRoute *choose_route(const Question *question, bool strict, const char **missing);
static const GmfRoute *find_route(const Question *question, GmfRole role, bool with_parent,
								  bool strict, const char **missing);
static bool answers_filters(const Question *question, const GmfRoute *route);
static bool has_parameter(const GmfRoute *route, const char *column);
static bool gives_used_columns(const Question *question, GmfRole role);
static bool is_satisfied(const Question *question, const GmfParameter *parameter,
						 bool with_parent);
static bool is_bound(const Question *question, const char *column);
static const GmfParentKey *find_parent_key(const GmfResource *resource, const char *column);
static bool needs_parent(const Question *question, const GmfRoute *route);
static GmfAccess *choose_parent(const Question *question);
static const GmfRoute *find_detail(const Question *question, const GmfRoute *route);

GmfAccess *
gmf_access_choose(const GmfResource *resource, const bool *bound, const bool *filtered,
				  const bool *used)
{
	GmfAccess  *access = (GmfAccess *) palloc0(sizeof(GmfAccess));
	Question	question = {resource, bound, filtered, used};
	const char *missing = NULL;

	access->resource = resource;
	access->route = choose_route(&question, true, &missing);
	if (access->route == NULL)
		access->route = choose_route(&question, false, &missing);
	if (access->route == NULL)
	{
		access->route = &resource->routes[0];
		access->missing = missing;
		return access;
	}
	access->detail = find_detail(&question, access->route);
	if (needs_parent(&question, access->route))
	{
		access->parent = choose_parent(&question);
		access->missing = access->parent->missing;
	}
	return access;
}

bool
gmf_access_from_parent(const GmfAccess *access, const char *column)
{
	return access->parent != NULL && find_parent_key(access->resource, column) != NULL;
}

bool
gmf_access_hides(const GmfAccess *access, int column)
{
	const GmfColumn *shown = &access->resource->columns[column];
	const GmfParameter *parameter = access->route->parameters;

	if (shown->path != NULL || gmf_access_from_parent(access, shown->name))
		return false;
	for (; parameter != NULL && parameter->name != NULL; parameter++)
		if (parameter->required && parameter->fallback == NULL && parameter->domain != NULL &&
			parameter->column != NULL && strcmp(parameter->column, shown->name) == 0)
			return false;
	return true;
}

/* strict: only a route that can answer all conditions that no row can. */
static const GmfRoute *
choose_route(const Question *question, bool strict, const char **missing)
{
	const GmfRoute *route = find_route(question, GMF_GET, false, strict, missing);

	if (route == NULL)
		route = find_route(question, GMF_LIST, false, strict, missing);
	if (route == NULL)
		route = find_route(question, GMF_LIST, true, strict, missing);
	if (route == NULL)
		route = find_route(question, GMF_GET, true, strict, missing);
	return route;
}

/* The first route of a role that can be asked; else the first thing that it misses. */
static const GmfRoute *
find_route(const Question *question, GmfRole role, bool with_parent, bool strict,
		   const char **missing)
{
	const GmfRoute *route = question->resource->routes;

	for (; route->operation_id != NULL; route++)
	{
		const GmfParameter *parameter = route->parameters;

		if (route->role != role || !gives_used_columns(question, role) ||
			(strict && !answers_filters(question, route)))
			continue;
		while (parameter != NULL && parameter->name != NULL &&
			   is_satisfied(question, parameter, with_parent))
			parameter++;
		if (parameter == NULL || parameter->name == NULL)
			return route;
		*missing = parameter->column;
	}
	return NULL;
}

/* Of a column that is not in the answer only a parameter of the route can say something. */
static bool
answers_filters(const Question *question, const GmfRoute *route)
{
	const GmfColumn *columns = question->resource->columns;

	for (int i = 0; columns[i].name != NULL; i++)
		if (question->filtered[i] && columns[i].path == NULL &&
			!has_parameter(route, columns[i].name))
			return false;
	return true;
}

static bool
has_parameter(const GmfRoute *route, const char *column)
{
	const GmfParameter *parameter = route->parameters;

	for (; parameter != NULL && parameter->name != NULL; parameter++)
		if (parameter->column != NULL && strcmp(parameter->column, column) == 0)
			return true;
	return false;
}

/* A route by key is no use where a column comes from the list alone. */
static bool
gives_used_columns(const Question *question, GmfRole role)
{
	bool		has_list = false;

	if (role == GMF_LIST)
		return true;
	for (const GmfRoute *route = question->resource->routes; route->operation_id != NULL; route++)
		has_list = has_list || route->role == GMF_LIST;
	for (int i = 0; has_list && question->resource->columns[i].name != NULL; i++)
		if (question->used[i] && question->resource->columns[i].only == GMF_LIST)
			return false;
	return true;
}

static bool
is_satisfied(const Question *question, const GmfParameter *parameter, bool with_parent)
{
	if (!parameter->required || parameter->fallback != NULL || parameter->domain != NULL)
		return true;
	if (parameter->column == NULL || is_bound(question, parameter->column))
		return true;
	return with_parent && question->resource->parent != NULL &&
		find_parent_key(question->resource, parameter->column) != NULL;
}

static bool
is_bound(const Question *question, const char *column)
{
	int			index = gmf_column_index(question->resource, column);

	return index >= 0 && question->bound[index];
}

static const GmfParentKey *
find_parent_key(const GmfResource *resource, const char *column)
{
	const GmfParentKey *key = resource->parent_keys;

	for (; key != NULL && key->column != NULL; key++)
		if (strcmp(key->column, column) == 0)
			return key;
	return NULL;
}

static bool
needs_parent(const Question *question, const GmfRoute *route)
{
	const GmfParameter *parameter = route->parameters;

	for (; parameter != NULL && parameter->name != NULL; parameter++)
		if (!is_satisfied(question, parameter, false))
			return true;
	return false;
}

/* The parent is asked with those of its keys that the query gives. */
static GmfAccess *
choose_parent(const Question *question)
{
	const GmfResource *parent = gmf_find_parent(question->resource);
	int			ncolumns = gmf_count_columns(parent);
	bool	   *bound = (bool *) palloc0((ncolumns + 1) * sizeof(bool));
	bool	   *filtered = (bool *) palloc0((ncolumns + 1) * sizeof(bool));
	bool	   *used = (bool *) palloc0((ncolumns + 1) * sizeof(bool));
	const GmfParentKey *key = question->resource->parent_keys;

	for (; key->column != NULL; key++)
	{
		int			index = gmf_column_index(parent, key->parent_column);

		used[index] = true;
		if (key->when_column != NULL)
			used[gmf_column_index(parent, key->when_column)] = true;
		bound[index] = is_bound(question, key->column);
	}
	return gmf_access_choose(parent, bound, filtered, used);
}

static const GmfRoute *
find_detail(const Question *question, const GmfRoute *route)
{
	const GmfColumn *column = question->resource->columns;
	bool		wanted = false;

	if (route->role != GMF_LIST)
		return NULL;
	for (int i = 0; column[i].name != NULL; i++)
		wanted = wanted || (question->used[i] && column[i].only == GMF_GET);
	if (!wanted)
		return NULL;
	for (route = question->resource->routes; route->operation_id != NULL; route++)
		if (route->role == GMF_GET)
			return route;
	return NULL;
}
