/*
 * catalog_dump.c
 *		Prints the catalog, for programs that are not part of the library.
 *
 *	  catalog_dump --json	everything, for the coverage test and the manual
 *	  catalog_dump --sql	the CREATE FUNCTION statements of all actions and of what
 *							waits for their end, for the extension script
 *
 * Links with the files of src/catalog and with nothing else.  Ends with status 1
 * when an action cannot be written as a function (an optional argument before a
 * required one, a result whose type differs from that of the argument of the
 * same name), or a function that waits returns a column that its table has not.
 */
#include "gmf_catalog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* JSON */
static void dump_json(void);
static void json_service(const GmfService *service);
static void json_chapter(const GmfChapter *chapter);
static void json_resource(const GmfResource *resource);
static void json_column(const GmfColumn *column);
static void json_route(const GmfRoute *route);
static void json_parameter(const GmfParameter *parameter);
static void json_paging(const GmfPaging *paging);
static void json_action(const GmfAction *action);
static void json_argument(const GmfArgument *argument);
static void json_result(const GmfResult *result);
static void json_waiter(const GmfWaiter *waiter);
static void open_object(void);
static void open_member(const char *name, char bracket);
static void close_bracket(char bracket);
static void member_text(const char *name, const char *value);
static void member_bool(const char *name, bool value);
static void member_number(const char *name, double value);
static void next_value(void);
static void json_string(const char *s);

/* SQL */
static bool dump_sql(void);
static bool sql_chapter(const GmfService *service, const GmfChapter *chapter);
static bool sql_function(const GmfAction *action);
static bool sql_arguments(const GmfAction *action, int n_results);
static void sql_returns(const GmfAction *action, int n_results);
static void sql_language(bool changes_something);
static void sql_signature(const GmfAction *action);
static void sql_comment(const GmfAction *action);
static bool sql_waiter(const GmfWaiter *waiter);
static bool sql_waiter_results(const GmfWaiter *waiter);
static void sql_text(const char *s);
static void sql_identifier(const char *s);
static const GmfResult *result_named(const GmfAction *action, const char *name);
static const GmfArgument *argument_named(const GmfAction *action, const char *name);
static int	count_results(const GmfAction *action);

/* Words for the enumerations. */
static const char *location_name(GmfLocation location);
static const char *match_name(GmfMatch match);
static const char *time_form_name(GmfTimeForm form);
static const char *paging_name(GmfPagingKind kind);

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--json") == 0)
		dump_json();
	else if (argc == 2 && strcmp(argv[1], "--sql") == 0)
	{
		if (!dump_sql())
			return EXIT_FAILURE;
	}
	else
	{
		fprintf(stderr, "usage: %s --json | --sql\n", argv[0]);
		return 2;
	}

	if (fflush(stdout) != 0 || ferror(stdout))
	{
		perror("standard output");
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

/*
 * JSON: objects of members in the order of the structures.  Members that are not
 * set (NULL, 0, false) are left out.
 */
static int	depth;
static bool first_in_bracket;

static void
dump_json(void)
{
	open_object();
	open_member("services", '[');
	for (int i = 0; gmf_services[i] != NULL; i++)
		json_service(gmf_services[i]);
	close_bracket(']');
	close_bracket('}');
	putchar('\n');
}

static void
json_service(const GmfService *service)
{
	open_object();
	member_text("name", service->name);
	member_text("host", service->host);
	open_member("other_hosts", '[');
	for (const GmfHost *other = service->other_hosts; other != NULL && other->host != NULL;
		 other++)
	{
		open_object();
		member_text("host", other->host);
		member_text("regions", other->regions);
		close_bracket('}');
	}
	close_bracket(']');
	member_text("title", service->title);
	open_member("chapters", '[');
	for (int i = 0; service->chapters[i] != NULL; i++)
		json_chapter(service->chapters[i]);
	close_bracket(']');
	close_bracket('}');
}

static void
json_chapter(const GmfChapter *chapter)
{
	const GmfResource *resource = chapter->resources;
	const GmfAction *action = chapter->actions;
	const GmfWaiter *waiter = chapter->waiters;

	open_object();
	member_text("name", chapter->name);
	member_text("title", chapter->title);
	open_member("resources", '[');
	for (; resource != NULL && resource->name != NULL; resource++)
		json_resource(resource);
	close_bracket(']');
	open_member("actions", '[');
	for (; action != NULL && action->name != NULL; action++)
		json_action(action);
	close_bracket(']');
	open_member("waiters", '[');
	for (; waiter != NULL && waiter->name != NULL; waiter++)
		json_waiter(waiter);
	close_bracket(']');
	close_bracket('}');
}

static void
json_resource(const GmfResource *resource)
{
	const GmfParentKey *key = resource->parent_keys;

	open_object();
	member_text("service", resource->service);
	member_text("name", resource->name);
	member_text("section", resource->section);
	member_text("description", resource->description);
	member_text("parent", resource->parent);
	if (key != NULL)
	{
		open_member("parent_keys", '[');
		for (; key->column != NULL; key++)
		{
			open_object();
			member_text("column", key->column);
			member_text("parent_column", key->parent_column);
			member_text("when_column", key->when_column);
			member_text("when_value", key->when_value);
			close_bracket('}');
		}
		close_bracket(']');
	}
	member_text("key", resource->key);
	member_bool("deprecated", resource->deprecated);
	member_number("rows", resource->rows);
	open_member("columns", '[');
	for (const GmfColumn *column = resource->columns; column->name != NULL; column++)
		json_column(column);
	close_bracket(']');
	open_member("routes", '[');
	for (const GmfRoute *route = resource->routes; route->operation_id != NULL; route++)
		json_route(route);
	close_bracket(']');
	close_bracket('}');
}

static void
json_column(const GmfColumn *column)
{
	open_object();
	member_text("name", column->name);
	member_text("type", gmf_type_sql(column->type));
	member_text("path", column->path);
	member_text("description", column->description);
	member_text("unit", column->unit);
	if (column->only != GMF_ANY_ROLE)
		member_text("only", gmf_role_name(column->only));
	member_number("max_length", column->max_length);
	member_text("separator", column->separator);
	member_text("values", column->values);
	close_bracket('}');
}

static void
json_route(const GmfRoute *route)
{
	const GmfParameter *parameter = route->parameters;

	open_object();
	member_text("operation_id", route->operation_id);
	member_text("role", gmf_role_name(route->role));
	member_text("method", route->method);
	member_text("path", route->path);
	member_text("items", route->items);
	member_text("total", route->total);
	member_text("records", route->records);
	if (route->paging.kind != GMF_UNPAGED)
		json_paging(&route->paging);
	open_member("parameters", '[');
	for (; parameter != NULL && parameter->name != NULL; parameter++)
		json_parameter(parameter);
	close_bracket(']');
	member_text("not_found", route->not_found);
	close_bracket('}');
}

static void
json_parameter(const GmfParameter *parameter)
{
	open_object();
	member_text("name", parameter->name);
	member_text("location", location_name(parameter->location));
	member_text("column", parameter->column);
	member_text("also", parameter->also);
	member_text("match", match_name(parameter->match));
	member_text("operators", gmf_match_operators(parameter->match, true));
	member_bool("required", parameter->required);
	if (parameter->time_form != GMF_TIME_NONE)
		member_text("time_form", time_form_name(parameter->time_form));
	if (parameter->type != 0)
		member_text("type", gmf_type_sql(parameter->type));
	member_number("batch", parameter->batch);
	member_text("fallback", parameter->fallback);
	member_text("pair", parameter->pair);
	member_text("domain", parameter->domain);
	member_text("refused", parameter->refused);
	close_bracket('}');
}

static void
json_paging(const GmfPaging *paging)
{
	open_member("paging", '{');
	member_text("kind", paging_name(paging->kind));
	member_text("location", location_name(paging->location));
	member_text("limit", paging->limit);
	member_text("offset", paging->offset);
	member_number("default_limit", paging->default_limit);
	member_number("max_limit", paging->max_limit);
	member_number("first", paging->first);
	member_text("marker", paging->marker);
	close_bracket('}');
}

static void
json_action(const GmfAction *action)
{
	const GmfArgument *argument = action->arguments;
	const GmfResult *result = action->results;

	open_object();
	member_text("service", action->service);
	member_text("name", action->name);
	member_text("operation_id", action->operation_id);
	member_text("section", action->section);
	member_text("method", action->method);
	member_text("path", action->path);
	member_text("description", action->description);
	open_member("arguments", '[');
	for (; argument != NULL && argument->name != NULL; argument++)
		json_argument(argument);
	close_bracket(']');
	open_member("results", '[');
	for (; result != NULL && result->name != NULL; result++)
		json_result(result);
	close_bracket(']');
	member_text("items", action->items);
	member_bool("destructive", action->destructive);
	member_bool("reads_only", action->reads_only);
	member_text("job", action->job);
	close_bracket('}');
}

static void
json_argument(const GmfArgument *argument)
{
	open_object();
	member_text("name", argument->name);
	if (argument->type != 0)
		member_text("type", gmf_type_sql(argument->type));
	member_text("location", location_name(argument->location));
	member_text("place", argument->place != NULL ? argument->place : argument->name);
	member_bool("required", argument->required);
	member_bool("secret", argument->secret);
	if (argument->time_form != GMF_TIME_NONE)
		member_text("time_form", time_form_name(argument->time_form));
	member_number("min_length", argument->min_length);
	member_number("max_length", argument->max_length);
	member_text("pattern", argument->pattern);
	if (argument->has_range)
	{
		open_member("range", '{');
		member_number("min", argument->min);
		member_number("max", argument->max);
		close_bracket('}');
	}
	member_text("values", argument->values);
	member_text("fallback", argument->fallback);
	member_text("description", argument->description);
	close_bracket('}');
}

static void
json_result(const GmfResult *result)
{
	open_object();
	member_text("name", result->name);
	member_text("type", gmf_type_sql(result->type));
	member_text("path", result->path);
	member_text("description", result->description);
	close_bracket('}');
}

static void
json_waiter(const GmfWaiter *waiter)
{
	open_object();
	member_text("service", waiter->service);
	member_text("name", waiter->name);
	member_text("table", waiter->table);
	member_text("description", waiter->description);
	member_text("noun", waiter->noun);
	member_bool("many", waiter->many);
	member_text("timeout", waiter->timeout);
	member_text("key", waiter->key);
	member_text("type", waiter->type);
	member_text("about", waiter->about);
	member_text("status", waiter->status);
	member_text("progress", waiter->progress);
	member_text("reason", waiter->reason);
	member_text("going_on", waiter->going_on);
	member_text("done", waiter->done);
	member_text("failed", waiter->failed);
	member_text("task", waiter->task);
	member_text("tasks_going_on", waiter->tasks_going_on);
	member_text("failed_tasks", waiter->failed_tasks);
	member_text("results", waiter->results);
	close_bracket('}');
}

static void
open_object(void)
{
	next_value();
	putchar('{');
	depth++;
	first_in_bracket = true;
}

static void
open_member(const char *name, char bracket)
{
	next_value();
	json_string(name);
	printf(": %c", bracket);
	depth++;
	first_in_bracket = true;
}

static void
close_bracket(char bracket)
{
	depth--;
	if (!first_in_bracket)
		printf("\n%*s", depth, "");
	putchar(bracket);
	first_in_bracket = false;
}

static void
member_text(const char *name, const char *value)
{
	if (value == NULL)
		return;
	next_value();
	json_string(name);
	fputs(": ", stdout);
	json_string(value);
}

static void
member_bool(const char *name, bool value)
{
	if (!value)
		return;
	next_value();
	json_string(name);
	fputs(": true", stdout);
}

static void
member_number(const char *name, double value)
{
	if (value == 0)
		return;
	next_value();
	json_string(name);
	printf(": %.15g", value);
}

static void
next_value(void)
{
	if (depth > 0)
		printf("%s\n%*s", first_in_bracket ? "" : ",", depth, "");
	first_in_bracket = false;
}

static void
json_string(const char *s)
{
	putchar('"');
	for (; *s != '\0'; s++)
	{
		if (*s == '"' || *s == '\\')
			printf("\\%c", *s);
		else if ((unsigned char) *s < 0x20)
			printf("\\u%04x", (unsigned int) *s);
		else
			putchar(*s);
	}
	putchar('"');
}

/*
 * SQL: one function after another, with its comment and without the right that
 * everybody has on a new function.
 */
static bool
dump_sql(void)
{
	bool		good = true;

	for (int s = 0; gmf_services[s] != NULL; s++)
		for (int i = 0; gmf_services[s]->chapters[i] != NULL; i++)
			good &= sql_chapter(gmf_services[s], gmf_services[s]->chapters[i]);
	return good;
}

static bool
sql_chapter(const GmfService *service, const GmfChapter *chapter)
{
	const GmfAction *action = chapter->actions;
	const GmfWaiter *waiter = chapter->waiters;
	bool		good = true;

	if ((action == NULL || action->name == NULL) && waiter == NULL)
		return true;
	printf("--\n-- %s: %s\n--\n\n", service->title, chapter->title);
	for (; action != NULL && action->name != NULL; action++)
		good &= sql_function(action);
	for (; waiter != NULL && waiter->name != NULL; waiter++)
		good &= sql_waiter(waiter);
	return good;
}

static bool
sql_function(const GmfAction *action)
{
	int			n_results = count_results(action);
	bool		good;

	printf("CREATE FUNCTION %s(server name", action->name);
	good = sql_arguments(action, n_results);
	puts(")");
	sql_returns(action, n_results);
	sql_language(!action->reads_only);
	puts("\tAS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';");

	fputs("COMMENT ON FUNCTION ", stdout);
	sql_signature(action);
	fputs(" IS\n\t", stdout);
	sql_comment(action);
	puts(";");

	fputs("REVOKE EXECUTE ON FUNCTION ", stdout);
	sql_signature(action);
	puts("\n\tFROM PUBLIC;\n");
	return good;
}

/*
 * The arguments behind the server, and the results where there are several: a
 * result that is called like an argument becomes INOUT at the argument's place.
 */
static bool
sql_arguments(const GmfAction *action, int n_results)
{
	const GmfArgument *argument = action->arguments;
	const GmfResult *result = action->results;
	bool		optional_seen = false;
	bool		good = true;

	for (; argument != NULL && argument->name != NULL; argument++)
	{
		const GmfResult *same = n_results > 1 ? result_named(action, argument->name) : NULL;

		if (argument->name[0] == '\0')
			continue;
		if (same != NULL && same->type != argument->type)
		{
			fprintf(stderr, "%s: argument and result \"%s\" differ in type\n",
					action->name, argument->name);
			good = false;
		}
		if (argument->required && optional_seen)
		{
			fprintf(stderr, "%s: required argument \"%s\" follows an optional one\n",
					action->name, argument->name);
			good = false;
		}
		optional_seen |= !argument->required;

		fputs(same != NULL ? ",\n\tINOUT " : ",\n\t", stdout);
		sql_identifier(argument->name);
		printf(" %s%s", gmf_type_sql(argument->type),
			   argument->required ? "" : " DEFAULT NULL");
	}

	for (; n_results > 1 && result != NULL && result->name != NULL; result++)
	{
		if (argument_named(action, result->name) != NULL)
			continue;
		fputs(",\n\tOUT ", stdout);
		sql_identifier(result->name);
		printf(" %s", gmf_type_sql(result->type));
	}
	return good;
}

static void
sql_returns(const GmfAction *action, int n_results)
{
	const char *set = action->items != NULL ? "SETOF " : "";

	if (n_results == 0)
		puts("\tRETURNS void");
	else
		printf("\tRETURNS %s%s\n", set,
			   n_results == 1 ? gmf_type_sql(action->results[0].type) : "record");
}

/* What changes something has the support function that sees to it that it is called once. */
static void
sql_language(bool changes_something)
{
	printf("\tLANGUAGE C VOLATILE PARALLEL UNSAFE%s\n",
		   changes_something ? " SUPPORT gaussdb_mgmt_support" : "");
}

/* The function as COMMENT and REVOKE name it: by the types that go in. */
static void
sql_signature(const GmfAction *action)
{
	const GmfArgument *argument = action->arguments;

	printf("%s(name", action->name);
	for (; argument != NULL && argument->name != NULL; argument++)
		if (argument->name[0] != '\0')
			printf(", %s", gmf_type_sql(argument->type));
	putchar(')');
}

static void
sql_comment(const GmfAction *action)
{
	putchar('\'');
	sql_text(action->description);
	if (action->destructive)
		sql_text(" Destructive.");
	if (action->job != NULL)
	{
		sql_text(" Asynchronous: returns ");
		sql_text(action->job);
		sql_text(".");
	}
	sql_text(action->reads_only ? " Changes nothing." : " Not transactional.");
	putchar('\'');
}

static bool
sql_waiter(const GmfWaiter *waiter)
{
	const char *id_type = waiter->many ? "text[]" : "text";
	bool		good;

	printf("CREATE FUNCTION %s(server name,\n\t%s_id%s %s,\n\ttimeout interval DEFAULT '%s',\n"
		   "\tpoll_interval interval DEFAULT '5 seconds'",
		   waiter->name, waiter->noun, waiter->many ? "s" : "", id_type, waiter->timeout);
	good = sql_waiter_results(waiter);
	printf(")\n\tRETURNS %srecord\n", waiter->many ? "SETOF " : "");
	sql_language(false);
	puts("\tAS 'MODULE_PATHNAME', 'gaussdb_mgmt_wait';");
	printf("COMMENT ON FUNCTION %s(name, %s, interval, interval) IS\n\t'", waiter->name, id_type);
	sql_text(waiter->description);
	puts("';");
	printf("REVOKE EXECUTE ON FUNCTION %s(name, %s, interval, interval)\n\tFROM PUBLIC;\n\n",
		   waiter->name, id_type);
	return good;
}

static bool
sql_waiter_results(const GmfWaiter *waiter)
{
	const GmfResource *resource = gmf_find_resource(waiter->service, waiter->table);
	const char *end;

	for (const char *name = waiter->results; name != NULL; name = end == NULL ? NULL : end + 1)
	{
		const GmfColumn *column = resource == NULL ? NULL : resource->columns;
		size_t		length;

		end = strchr(name, '|');
		length = end == NULL ? strlen(name) : (size_t) (end - name);
		while (column != NULL && column->name != NULL &&
			   (strlen(column->name) != length || strncmp(column->name, name, length) != 0))
			column++;
		if (column == NULL || column->name == NULL)
		{
			fprintf(stderr, "%s: there is no column \"%.*s\"\n", waiter->name, (int) length, name);
			return false;
		}
		fputs(",\n\tOUT ", stdout);
		sql_identifier(column->name);
		printf(" %s", gmf_type_sql(column->type));
	}
	return true;
}

/* The inside of a string constant. */
static void
sql_text(const char *s)
{
	for (; *s != '\0'; s++)
	{
		if (*s == '\'')
			putchar('\'');
		putchar(*s);
	}
}

/* Quoted only where PostgreSQL's grammar would take the word for its own. */
static void
sql_identifier(const char *s)
{
	static const char keywords[] =
		"all|analyse|analyze|and|any|array|as|asc|asymmetric|between|bigint|bit|boolean|both|"
		"case|cast|char|character|check|coalesce|collate|column|constraint|create|"
		"current_catalog|current_date|current_role|current_time|current_timestamp|current_user|"
		"dec|decimal|default|deferrable|desc|distinct|do|else|end|except|exists|extract|false|"
		"fetch|float|for|foreign|from|grant|greatest|group|grouping|having|in|initially|inout|"
		"int|integer|intersect|interval|into|json_array|json_arrayagg|json_exists|json_object|"
		"json_objectagg|json_query|json_scalar|json_serialize|json_table|json_value|lateral|"
		"leading|least|limit|localtime|localtimestamp|merge_action|national|nchar|none|"
		"normalize|not|null|nullif|numeric|offset|on|only|or|order|out|overlay|placing|"
		"position|precision|primary|real|references|returning|row|select|session_user|setof|"
		"smallint|some|substring|symmetric|system_user|table|then|time|timestamp|to|trailing|"
		"treat|trim|true|union|unique|user|using|values|varchar|variadic|when|where|window|"
		"with|xmlattributes|xmlconcat|xmlelement|xmlexists|xmlforest|xmlnamespaces|xmlparse|"
		"xmlpi|xmlroot|xmlserialize|xmltable";

	printf(gmf_list_has(keywords, '|', s) ? "\"%s\"" : "%s", s);
}

static const GmfResult *
result_named(const GmfAction *action, const char *name)
{
	const GmfResult *result = action->results;

	for (; result != NULL && result->name != NULL; result++)
		if (strcmp(result->name, name) == 0)
			return result;
	return NULL;
}

static const GmfArgument *
argument_named(const GmfAction *action, const char *name)
{
	const GmfArgument *argument = action->arguments;

	for (; argument != NULL && argument->name != NULL; argument++)
		if (strcmp(argument->name, name) == 0)
			return argument;
	return NULL;
}

static int
count_results(const GmfAction *action)
{
	int			n = 0;

	while (action->results != NULL && action->results[n].name != NULL)
		n++;
	return n;
}

static const char *
location_name(GmfLocation location)
{
	switch (location)
	{
		case GMF_IN_PATH:
			return "path";
		case GMF_IN_QUERY:
			return "query";
		case GMF_IN_BODY:
			return "body";
		case GMF_IN_HEADER:
			return "header";
	}
	return "none";
}

static const char *
match_name(GmfMatch match)
{
	switch (match)
	{
		case GMF_MATCH_KEY:
			return "key";
		case GMF_MATCH_EXACT:
			return "exact";
		case GMF_MATCH_EXACT_STAR:
			return "exact_star";
		case GMF_MATCH_LOOSE:
			return "loose";
		case GMF_MATCH_CONTAINS:
			return "contains";
		case GMF_MATCH_PREFIX:
			return "prefix";
		case GMF_MATCH_FROM:
			return "from";
		case GMF_MATCH_TO:
			return "to";
		case GMF_MATCH_NONE:
			return "none";
	}
	return "unset";
}

static const char *
time_form_name(GmfTimeForm form)
{
	switch (form)
	{
		case GMF_TIME_OFFSET:
			return "offset";
		case GMF_TIME_ZULU:
			return "zulu";
		case GMF_TIME_PLAIN:
			return "plain";
		case GMF_TIME_DATE:
			return "date";
		case GMF_TIME_MILLIS:
			return "millis";
		case GMF_TIME_NONE:
			break;
	}
	return "none";
}

static const char *
paging_name(GmfPagingKind kind)
{
	switch (kind)
	{
		case GMF_PAGED_BY_RECORD:
			return "record";
		case GMF_PAGED_BY_PAGE:
			return "page";
		case GMF_PAGED_BY_LINK:
			return "link";
		case GMF_PAGED_BY_MARKER:
			return "marker";
		case GMF_UNPAGED:
			break;
	}
	return "none";
}
