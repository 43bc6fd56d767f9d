/*
 * catalog.c
 *		Finding entries of the catalog.
 *
 * The entries themselves are in the other files of this directory, one for each
 * chapter of the reference.  Linear search is right here: a few hundred entries,
 * looked up a few times in a query.
 */
#include "catalog_internal.h"

#include <string.h>

const GmfService *const gmf_services[] = {
	&gmf_gaussdb,
	&gmf_dws,
	&gmf_drs,
	&gmf_roma,
	&gmf_apig,
	&gmf_bcs,
	&gmf_iam,
	NULL
};

const GmfService *
gmf_find_service(const char *name)
{
	for (int i = 0; gmf_services[i] != NULL; i++)
		if (strcmp(gmf_services[i]->name, name) == 0)
			return gmf_services[i];
	return NULL;
}

const char *
gmf_service_host(const GmfService *service, const char *region)
{
	const GmfHost *other = service->other_hosts;

	for (; other != NULL && other->host != NULL; other++)
		if (gmf_list_has(other->regions, '|', region))
			return other->host;
	return service->host;
}

const GmfResource *
gmf_find_resource(const char *service, const char *name)
{
	const GmfService *found = gmf_find_service(service);

	if (found == NULL)
		return NULL;
	for (int i = 0; found->chapters[i] != NULL; i++)
	{
		const GmfResource *resource = found->chapters[i]->resources;

		for (; resource != NULL && resource->name != NULL; resource++)
			if (strcmp(resource->name, name) == 0)
				return resource;
	}
	return NULL;
}

const GmfResource *
gmf_find_parent(const GmfResource *resource)
{
	const char *dot = resource->parent == NULL ? NULL : strchr(resource->parent, '.');
	char		service[64];

	if (resource->parent == NULL)
		return NULL;
	if (dot == NULL)
		return gmf_find_resource(resource->service, resource->parent);
	if ((size_t) (dot - resource->parent) >= sizeof(service))
		return NULL;
	memcpy(service, resource->parent, dot - resource->parent);
	service[dot - resource->parent] = '\0';
	return gmf_find_resource(service, dot + 1);
}

const GmfAction *
gmf_find_action(const char *function_name)
{
	for (int s = 0; gmf_services[s] != NULL; s++)
		for (int i = 0; gmf_services[s]->chapters[i] != NULL; i++)
		{
			const GmfAction *action = gmf_services[s]->chapters[i]->actions;

			for (; action != NULL && action->name != NULL; action++)
				if (strcmp(action->name, function_name) == 0)
					return action;
		}
	return NULL;
}

const GmfWaiter *
gmf_find_waiter(const char *function_name)
{
	for (int s = 0; gmf_services[s] != NULL; s++)
		for (int i = 0; gmf_services[s]->chapters[i] != NULL; i++)
		{
			const GmfWaiter *waiter = gmf_services[s]->chapters[i]->waiters;

			for (; waiter != NULL && waiter->name != NULL; waiter++)
				if (strcmp(waiter->name, function_name) == 0)
					return waiter;
		}
	return NULL;
}

const GmfColumn *
gmf_find_column(const GmfResource *resource, const char *name)
{
	int			index = gmf_column_index(resource, name);

	return index < 0 ? NULL : &resource->columns[index];
}

const GmfParameter *
gmf_find_parameter(const GmfRoute *route, const char *name)
{
	const GmfParameter *parameter = route->parameters;

	for (; parameter != NULL && parameter->name != NULL; parameter++)
		if (strcmp(parameter->name, name) == 0)
			return parameter;
	return NULL;
}

int
gmf_count_columns(const GmfResource *resource)
{
	int			n = 0;

	while (resource->columns[n].name != NULL)
		n++;
	return n;
}

int
gmf_column_index(const GmfResource *resource, const char *name)
{
	for (int i = 0; resource->columns[i].name != NULL; i++)
		if (strcmp(resource->columns[i].name, name) == 0)
			return i;
	return -1;
}

const char *
gmf_type_sql(GmfType type)
{
	switch (type)
	{
		case GMF_TEXT:
			return "text";
		case GMF_BOOLEAN:
			return "boolean";
		case GMF_INTEGER:
			return "integer";
		case GMF_BIGINT:
			return "bigint";
		case GMF_DOUBLE:
			return "double precision";
		case GMF_TIMESTAMPTZ:
			return "timestamp with time zone";
		case GMF_JSONB:
			return "jsonb";
		case GMF_TEXT_ARRAY:
			return "text[]";
		case GMF_INTEGER_ARRAY:
			return "integer[]";
	}
	return "text";
}

const char *
gmf_role_name(GmfRole role)
{
	switch (role)
	{
		case GMF_LIST:
			return "list";
		case GMF_GET:
			return "get";
		case GMF_ANY_ROLE:
			break;
	}
	return "any";
}

const char *
gmf_match_operators(GmfMatch match, bool in_answer)
{
	switch (match)
	{
		case GMF_MATCH_KEY:
		case GMF_MATCH_EXACT:
		case GMF_MATCH_LOOSE:
			return "= | IN";
		case GMF_MATCH_EXACT_STAR:
			return in_answer ? "= | IN | LIKE" : "= | IN | LIKE '%x%'";
		case GMF_MATCH_CONTAINS:
			return in_answer ? "= | IN | LIKE" : "LIKE '%x%'";
		case GMF_MATCH_PREFIX:
			return in_answer ? "= | IN | LIKE 'x%'" : "LIKE 'x%'";
		case GMF_MATCH_FROM:
			return in_answer ? ">= | > | = | BETWEEN" : ">= | >";
		case GMF_MATCH_TO:
			return in_answer ? "<= | < | = | BETWEEN" : "<= | <";
		case GMF_MATCH_NONE:
			break;
	}
	return "";
}

bool
gmf_list_has(const char *list, char separator, const char *word)
{
	size_t		length = strlen(word);

	while (list != NULL && *list != '\0')
	{
		const char *end = strchr(list, separator);
		const char *stop = end == NULL ? list + strlen(list) : end;

		while (list < stop && *list == ' ')
			list++;
		while (stop > list && stop[-1] == ' ')
			stop--;
		if ((size_t) (stop - list) == length && memcmp(list, word, length) == 0)
			return true;
		list = end == NULL ? NULL : end + 1;
	}
	return false;
}
