/*
 * introspection.c
 *		The catalog as SQL functions: gaussdb_mgmt_resources(),
 *		gaussdb_mgmt_columns(), gaussdb_mgmt_actions().
 */
#include "postgres.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "gmf_catalog.h"
#include "gmf_quals.h"

static void put_row(ReturnSetInfo *result, const char *const *texts, int n);
static void put_routes(ReturnSetInfo *result, const GmfResource *resource);
static void put_route(ReturnSetInfo *result, const GmfResource *resource, const GmfRoute *route,
					  const char *role);
static void put_columns(ReturnSetInfo *result, const GmfResource *resource);
static void put_column(ReturnSetInfo *result, const GmfResource *resource,
					   const GmfColumn *column);
static void put_actions(ReturnSetInfo *result, const GmfAction *actions);
static const char *column_description(const GmfColumn *column);
static void append_words(StringInfo list, char separator, const char *words);

PG_FUNCTION_INFO_V1(gaussdb_mgmt_resources);
PG_FUNCTION_INFO_V1(gaussdb_mgmt_columns);
PG_FUNCTION_INFO_V1(gaussdb_mgmt_actions);

/* One row for each operation that serves a table, and for each parent. */
Datum
gaussdb_mgmt_resources(PG_FUNCTION_ARGS)
{
	InitMaterializedSRF(fcinfo, 0);
	for (int s = 0; gmf_services[s] != NULL; s++)
		for (int i = 0; gmf_services[s]->chapters[i] != NULL; i++)
		{
			const GmfResource *resource = gmf_services[s]->chapters[i]->resources;

			for (; resource != NULL && resource->name != NULL; resource++)
				put_routes((ReturnSetInfo *) fcinfo->resultinfo, resource);
		}
	return (Datum) 0;
}

Datum
gaussdb_mgmt_columns(PG_FUNCTION_ARGS)
{
	InitMaterializedSRF(fcinfo, 0);
	for (int s = 0; gmf_services[s] != NULL; s++)
		for (int i = 0; gmf_services[s]->chapters[i] != NULL; i++)
		{
			const GmfResource *resource = gmf_services[s]->chapters[i]->resources;

			for (; resource != NULL && resource->name != NULL; resource++)
				put_columns((ReturnSetInfo *) fcinfo->resultinfo, resource);
		}
	return (Datum) 0;
}

Datum
gaussdb_mgmt_actions(PG_FUNCTION_ARGS)
{
	InitMaterializedSRF(fcinfo, 0);
	for (int s = 0; gmf_services[s] != NULL; s++)
		for (int i = 0; gmf_services[s]->chapters[i] != NULL; i++)
			put_actions((ReturnSetInfo *) fcinfo->resultinfo,
						gmf_services[s]->chapters[i]->actions);
	return (Datum) 0;
}

/* Texts become what the column's type makes of them; NULL is NULL. */
static void
put_row(ReturnSetInfo *result, const char *const *texts, int n)
{
	Datum		values[16];
	bool		nulls[16];

	if (n > 16 || n != result->setDesc->natts)
		elog(ERROR, "the function does not return what the extension declares");
	for (int i = 0; i < n; i++)
	{
		nulls[i] = texts[i] == NULL;
		values[i] = (Datum) 0;
		if (nulls[i])
			continue;
		if (TupleDescAttr(result->setDesc, i)->attbyval)
			values[i] = BoolGetDatum(strcmp(texts[i], "true") == 0);
		else
			values[i] = CStringGetTextDatum(texts[i]);
	}
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

static void
put_routes(ReturnSetInfo *result, const GmfResource *resource)
{
	const GmfRoute *route = resource->routes;

	for (; route->operation_id != NULL; route++)
		put_route(result, resource, route, gmf_role_name(route->role));
	if (resource->parent != NULL)
		put_route(result, resource,
				  gmf_find_parent(resource)->routes, "parent");
}

static void
put_route(ReturnSetInfo *result, const GmfResource *resource, const GmfRoute *route,
		  const char *role)
{
	const char *row[] = {resource->service, resource->name, route->operation_id, route->method,
		route->path, role, resource->description};

	put_row(result, row, lengthof(row));
}

static void
put_columns(ReturnSetInfo *result, const GmfResource *resource)
{
	const char *raw[] = {resource->service, resource->name, "raw", gmf_type_sql(GMF_JSONB), "@",
	NULL, NULL, "The whole item as the API sent it."};

	for (const GmfColumn *column = resource->columns; column->name != NULL; column++)
		put_column(result, resource, column);
	put_row(result, raw, lengthof(raw));
}

/* Parameters and operators of all routes, each once. */
static void
put_column(ReturnSetInfo *result, const GmfResource *resource, const GmfColumn *column)
{
	StringInfoData parameters;
	StringInfoData operators;

	initStringInfo(&parameters);
	initStringInfo(&operators);
	for (const GmfRoute *route = resource->routes; route->operation_id != NULL; route++)
	{
		const GmfParameter *parameter = route->parameters;

		for (; parameter != NULL && parameter->name != NULL; parameter++)
		{
			if (!gmf_parameter_serves(parameter, column->name) ||
				parameter->match == GMF_MATCH_NONE)
				continue;
			append_words(&parameters, ',', parameter->name);
			append_words(&operators, '|', gmf_match_operators(parameter->match,
															  column->path != NULL));
		}
	}
	{
		const char *row[] = {resource->service, resource->name, column->name,
			gmf_type_sql(column->type), column->path,
			parameters.len > 0 ? parameters.data : NULL,
			operators.len > 0 ? operators.data : NULL,
		column_description(column)};

		put_row(result, row, lengthof(row));
	}
}

static const char *
column_description(const GmfColumn *column)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfoString(&text, column->description);
	if (column->unit != NULL)
		appendStringInfo(&text, " Unit: %s.", column->unit);
	return text.data;
}

/* Add those of the words, joined with separator, that the list does not have yet. */
static void
append_words(StringInfo list, char separator, const char *words)
{
	while (*words != '\0')
	{
		const char *end = strchrnul(words, separator);
		const char *start = words + strspn(words, " ");
		const char *stop = end;
		const char *word;

		while (stop > start && stop[-1] == ' ')
			stop--;
		word = pnstrdup(start, stop - start);
		if (!gmf_list_has(list->data, separator, word))
			appendStringInfo(list, "%s%s", list->len == 0 ? ""
							 : separator == ',' ? ", " : " | ", word);
		words = *end == '\0' ? end : end + 1;
	}
}

static void
put_actions(ReturnSetInfo *result, const GmfAction *actions)
{
	for (const GmfAction *action = actions; action != NULL && action->name != NULL; action++)
	{
		const char *row[] = {action->service, action->name, action->operation_id,
			action->method, action->path, action->destructive ? "true" : "false",
		action->job != NULL ? "true" : "false", action->description};

		put_row(result, row, lengthof(row));
	}
}
