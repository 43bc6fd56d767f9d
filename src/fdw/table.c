/*
 * table.c
 *		A foreign table, resolved: which resource it shows, and which column each
 *		attribute is.
 *
 * Most tables show a resource of the catalog.  A table of one's own is one whose
 * options say what an entry of the catalog would say; here they are made into
 * such an entry, so that everything else cannot tell the difference.  A table of
 * the catalog may have columns of its own, too.
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/rel.h"

#include "gmf_compat.h"
#include "gmf_options.h"
#include "gmf_rights.h"
#include "gmf_shown.h"
#include "gmf_values.h"

/* A word of an option and what it stands for. */
typedef struct Word
{
	const char *word;
	int			value;
} Word;

static const Word locations[] = {
	{"path", GMF_IN_PATH}, {"query", GMF_IN_QUERY}, {"body", GMF_IN_BODY},
	{"header", GMF_IN_HEADER}, {NULL, 0}
};
static const Word matches[] = {
	{"key", GMF_MATCH_KEY}, {"exact", GMF_MATCH_EXACT}, {"exact_star", GMF_MATCH_EXACT_STAR},
	{"loose", GMF_MATCH_LOOSE}, {"contains", GMF_MATCH_CONTAINS}, {"prefix", GMF_MATCH_PREFIX},
	{"from", GMF_MATCH_FROM}, {"to", GMF_MATCH_TO}, {NULL, 0}
};
static const Word time_forms[] = {
	{"offset", GMF_TIME_OFFSET}, {"zulu", GMF_TIME_ZULU}, {"plain", GMF_TIME_PLAIN},
	{"date", GMF_TIME_DATE}, {"millis", GMF_TIME_MILLIS}, {NULL, 0}
};
static const Word pagings[] = {
	{"records", GMF_PAGED_BY_RECORD}, {"pages", GMF_PAGED_BY_PAGE},
	{"marker", GMF_PAGED_BY_MARKER}, {"none", GMF_UNPAGED},
	{NULL, 0}
};

/* An entry of the catalog in the making. */
typedef struct Making
{
	GmfTable   *table;
	GmfResource *resource;
	GmfColumn  *columns;
	int			ncolumns;
	GmfParameter *parameters;
	int			nparameters;
	GmfParentKey *parent_keys;
	int			nparent_keys;
} Making;

static void find_resource(GmfTable *table, const char *name);
static void begin_own_resource(GmfTable *table, List *options, Making *making);
static void begin_copy(GmfTable *table, int nattributes, Making *making);
static GmfRoute *make_route(List *options);
static const char *counted_records(const char *items);
static void finish(Making *making);
static void map_columns(GmfTable *table, Relation rel, List *options);
static bool is_own_column(const GmfTable *table, List *options);
static void add_column(Making *making, Form_pg_attribute attribute, List *options);
static const char *member_path(const char *name);
static void check_path(const Making *making, const GmfColumn *column);
static void add_parameter(Making *making, const GmfColumn *column, List *options);
static bool is_ambiguous_time(const GmfTable *table, List *options);
static void check_placeholders(const Making *making);
static GmfType type_of_attribute(Oid type);
static int	find_word(const Word *words, const char *word, int standard);

GmfTable *
gmf_table_open(Oid relid)
{
	GmfTable   *table = (GmfTable *) palloc0(sizeof(GmfTable));
	ForeignTable *foreign = GetForeignTable(relid);
	List	   *options = foreign->options;
	List	   *standard;
	const char *text;
	Relation	rel;

	table->relid = relid;
	table->server = GetForeignServer(foreign->serverid);
	standard = table->server->options;
	table->page_size = gmf_option_integer(options, "page_size",
										  gmf_option_integer(standard, "page_size", 0));
	table->max_connections = gmf_option_integer(standard, "max_connections",
												GMF_DEFAULT_MAX_CONNECTIONS);
	table->cache_ttl = gmf_option_integer(options, "cache_ttl",
										  gmf_option_integer(standard, "cache_ttl", 0));
	text = gmf_option_text(options, "on_error");
	if (text == NULL)
		text = gmf_option_text(standard, "on_error");
	table->tolerant = text != NULL && strcmp(text, "warning") == 0;
	table->request_cost = gmf_option_number(options, "fdw_startup_cost",
											gmf_option_number(standard, "fdw_startup_cost",
															  GMF_DEFAULT_REQUEST_COST));
	table->row_cost = gmf_option_number(options, "fdw_tuple_cost",
										gmf_option_number(standard, "fdw_tuple_cost",
														  GMF_DEFAULT_ROW_COST));
	table->rows = gmf_option_integer(options, "rows", 0);

	table->zone = gmf_option_zone(standard);

	rel = table_open(relid, NoLock);
	table->name = pstrdup(RelationGetRelationName(rel));
	table->owner = rel->rd_rel->relowner;
	map_columns(table, rel, options);
	table_close(rel, NoLock);
	return table;
}

/*
 * Like postgres_fdw's, a generated column is read from where the data is.  But other than a table
 * of a database, an item of the API has no column only because the table says so.
 */
void
gmf_table_check_column(const GmfTable *table, int attribute)
{
	const char *name = table->name_of[attribute];

	if (table->column_of[attribute] != GMF_NO_COLUMN || !OidIsValid(table->type_of[attribute]))
		return;
	if (table->is_computed[attribute])
		ereport(ERROR,
				(errcode(ERRCODE_FDW_COLUMN_NAME_NOT_FOUND),
				 errmsg("generated column \"%s\" of foreign table \"%s\" has no value",
						name, table->name),
				 errdetail("PostgreSQL does not compute generated columns of foreign tables, and "
						   "the API has no such column."),
				 errhint("Compute it in a view over the table, or say with the column option "
						 "\"json_path\" where the API has it.")));
	ereport(ERROR,
			(errcode(ERRCODE_FDW_COLUMN_NAME_NOT_FOUND),
			 errmsg("column \"%s\" of foreign table \"%s\" is not a column of %s.%s",
					name, table->name, table->resource->service, table->resource->name),
			 errhint("SELECT column_name FROM gaussdb_mgmt_columns() WHERE service = '%s' "
					 "AND table_name = '%s' lists them; the column option \"name\" maps "
					 "one that is called otherwise, \"json_path\" adds one that the API has.",
					 table->resource->service, table->resource->name)));
}

static void
find_resource(GmfTable *table, const char *name)
{
	const char *dot = strchr(name, '.');
	const char *service = dot == NULL ? name : pnstrdup(name, dot - name);

	table->service = gmf_find_service(service);
	table->resource = dot == NULL ? NULL : gmf_find_resource(service, dot + 1);
	if (table->resource == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_TABLE_NOT_FOUND),
				 errmsg("foreign table \"%s\" shows \"%s\", which is not a resource",
						table->name, gmf_shown_utf8(name)),
				 errhint("SELECT service, table_name FROM gaussdb_mgmt_resources() lists them.")));
}

/*
 * Each attribute is a column of the resource, one of the table's own, or raw.
 */
static void
map_columns(GmfTable *table, Relation rel, List *options)
{
	TupleDesc	desc = RelationGetDescr(rel);
	const char *name = gmf_option_text(options, "resource");
	List	  **column_options = (List **) palloc0(Max(desc->natts, 1) * sizeof(List *));
	Making		making = {0};

	if (name != NULL)
		find_resource(table, name);
	else
		begin_own_resource(table, options, &making);
	table->natts = desc->natts;
	table->column_of = (int *) palloc(Max(desc->natts, 1) * sizeof(int));
	table->type_of = (Oid *) palloc(Max(desc->natts, 1) * sizeof(Oid));
	table->name_of = (char **) palloc(Max(desc->natts, 1) * sizeof(char *));
	table->is_computed = (bool *) palloc0(Max(desc->natts, 1) * sizeof(bool));
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(desc, i);

		table->type_of[i] = attribute->atttypid;
		table->name_of[i] = pstrdup(NameStr(attribute->attname));
		table->column_of[i] = GMF_NO_COLUMN;
		if (attribute->attisdropped)
			continue;
		column_options[i] = GetForeignColumnOptions(table->relid, attribute->attnum);
		table->is_computed[i] = attribute->attgenerated != '\0' &&
			gmf_option_text(column_options[i], "name") == NULL &&
			gmf_option_text(column_options[i], "json_path") == NULL;
		if (name == NULL && table->is_computed[i])
			continue;
		if (name != NULL && !is_own_column(table, column_options[i]))
			continue;
		if (gmf_option_text(column_options[i], "name") == NULL &&
			strcmp(table->name_of[i], "raw") == 0)
			continue;
		if (making.resource == NULL)
			begin_copy(table, desc->natts, &making);
		else if (making.columns == NULL)
			making.columns = (GmfColumn *) palloc0((desc->natts + 1) * sizeof(GmfColumn));
		add_column(&making, attribute, column_options[i]);
	}
	if (making.resource != NULL)
		finish(&making);

	table->ncolumns = gmf_count_columns(table->resource);
	for (int i = 0; i < desc->natts; i++)
	{
		const char *column = gmf_option_text(column_options[i], "name");

		if (TupleDescAttr(desc, i)->attisdropped || (name == NULL && table->is_computed[i]))
			continue;
		if (column == NULL)
			column = gmf_utf8(table->name_of[i]);
		table->column_of[i] = strcmp(column, "raw") == 0 ? table->ncolumns
			: gmf_column_index(table->resource, column);
	}
}

static void
begin_own_resource(GmfTable *table, List *options, Making *making)
{
	GmfService *service = (GmfService *) palloc0(sizeof(GmfService));
	const char *name = gmf_option_text(options, "service");

	making->table = table;
	making->resource = (GmfResource *) palloc0(sizeof(GmfResource));
	making->resource->service = name;
	making->resource->name = gmf_utf8(table->name);
	making->resource->description = "A table of its own.";
	making->resource->routes = make_route(options);
	table->asks_own = true;
	gmf_rights_route(table, making->resource->routes);
	making->resource->parent = gmf_option_text(options, "parent");
	making->resource->key = gmf_option_text(options, "key");
	table->service = gmf_find_service(name);
	if (table->service != NULL)
		return;
	service->name = name;
	service->host = name;
	service->title = name;
	table->service = service;
}

/* Of a resource of the catalog, so that columns can be added to it. */
static void
begin_copy(GmfTable *table, int nattributes, Making *making)
{
	const GmfResource *original = table->resource;
	GmfRoute   *routes;
	int			nroutes = 0;

	while (original->routes[nroutes].operation_id != NULL)
		nroutes++;
	making->table = table;
	making->resource = (GmfResource *) palloc(sizeof(GmfResource));
	memcpy(making->resource, original, sizeof(GmfResource));
	making->ncolumns = gmf_count_columns(original);
	making->columns = (GmfColumn *) palloc0((making->ncolumns + nattributes + 1) *
											sizeof(GmfColumn));
	memcpy(making->columns, original->columns, making->ncolumns * sizeof(GmfColumn));
	routes = (GmfRoute *) palloc0((nroutes + 1) * sizeof(GmfRoute));
	memcpy(routes, original->routes, nroutes * sizeof(GmfRoute));
	making->resource->routes = routes;
}

static GmfRoute *
make_route(List *options)
{
	GmfRoute   *route = (GmfRoute *) palloc0(2 * sizeof(GmfRoute));
	const char *text;

	route->operation_id = "";
	route->role = GMF_LIST;
	text = gmf_option_text(options, "method");
	route->method = text == NULL ? "GET" : text;
	route->path = gmf_option_text(options, "path");
	text = gmf_option_text(options, "items");
	route->items = text == NULL ? "" : text;
	route->records = counted_records(route->items);
	route->total = gmf_option_text(options, "total");
	route->not_found = gmf_option_text(options, "not_found");
	route->paging.kind = (GmfPagingKind) find_word(pagings, gmf_option_text(options, "paging"),
												   GMF_UNPAGED);
	route->paging.location =
		(GmfLocation) find_word(locations, gmf_option_text(options, "paging_location"),
								GMF_IN_QUERY);
	text = gmf_option_text(options, "limit_parameter");
	route->paging.limit = text == NULL ? "limit" : text;
	text = gmf_option_text(options, "offset_parameter");
	if (text == NULL)
		text = route->paging.kind == GMF_PAGED_BY_MARKER ? "marker" : "offset";
	route->paging.offset = text;
	text = gmf_option_text(options, "next_marker");
	route->paging.marker = text == NULL ? "id" : text;
	if (gmf_option_text(options, "next_link") != NULL)
	{
		route->paging.kind = GMF_PAGED_BY_LINK;
		route->paging.marker = gmf_option_text(options, "next_link");
		route->paging.limit = gmf_option_text(options, "limit_parameter");
		route->paging.offset = NULL;
	}
	route->paging.max_limit = gmf_option_integer(options, "max_limit", 0);
	route->paging.first = gmf_option_integer(options, "first_position", 0);
	return route;
}

/*
 * Paging and total count the outermost list.  Where the rows are further down
 * ("servers[].addresses{}"), that is not the number of rows.  NULL: it is.
 */
static const char *
counted_records(const char *items)
{
	const char *bracket = items;
	bool		quoted = false;

	for (; *bracket != '\0' && (quoted || strchr("[{", *bracket) == NULL); bracket++)
		quoted ^= *bracket == '"';
	if (*bracket == '\0' || bracket[2] == '\0' || strcmp(bracket + 2, "|") == 0)
		return NULL;
	return pnstrdup(items, bracket - items + (bracket == items || *bracket == '{' ? 2 : 0));
}

static void
finish(Making *making)
{
	GmfRoute   *route = (GmfRoute *) making->resource->routes;

	making->resource->columns = making->columns == NULL
		? (GmfColumn *) palloc0(sizeof(GmfColumn)) : making->columns;
	if (making->parameters != NULL)
	{
		/* Columns of one's own narrow the list, not the access by key. */
		while (route->role != GMF_LIST && route[1].operation_id != NULL)
			route++;
		route->parameters = making->parameters;
	}
	if (making->parent_keys != NULL)
		making->resource->parent_keys = making->parent_keys;
	check_placeholders(making);
	making->table->resource = making->resource;
}

/* One that the catalog does not have. */
static bool
is_own_column(const GmfTable *table, List *options)
{
	static const char *const own[] = {"json_path", "parameter", "in_answer", "location", "match",
	"parent_column"};

	for (size_t i = 0; i < lengthof(own); i++)
		if (gmf_option_text(options, own[i]) != NULL)
			return true;
	return false;
}

static void
add_column(Making *making, Form_pg_attribute attribute, List *options)
{
	GmfColumn  *column = &making->columns[making->ncolumns];
	const char *name = gmf_option_text(options, "name");
	const char *path = gmf_option_text(options, "json_path");
	const char *parent_column = gmf_option_text(options, "parent_column");
	bool		in_path = find_word(locations, gmf_option_text(options, "location"), 0) ==
		GMF_IN_PATH;

	column->name = pstrdup(name != NULL ? name : gmf_utf8(NameStr(attribute->attname)));
	for (int i = 0; i < making->ncolumns; i++)
		if (strcmp(making->columns[i].name, column->name) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
					 errmsg("column \"%s\" of foreign table \"%s\" describes a column that there "
							"is already",
							gmf_shown_utf8(column->name), making->table->name),
					 errhint("Drop its options \"json_path\", \"parameter\" and so on, or call it "
							 "otherwise.")));
	column->type = type_of_attribute(attribute->atttypid);
	column->description = "A column of its own.";
	if (gmf_option_boolean(options, "in_answer", !in_path))
		column->path = path != NULL ? path : member_path(column->name);
	if (path != NULL)
		check_path(making, column);
	column->separator = gmf_option_text(options, "separator");
	column->max_length = gmf_option_integer(options, "max_length", 0);
	making->ncolumns++;
	add_parameter(making, column, options);
	if (parent_column == NULL)
		return;
	if (making->parent_keys == NULL)
		making->parent_keys = (GmfParentKey *) palloc0((making->table->natts + 1) *
													   sizeof(GmfParentKey));
	making->parent_keys[making->nparent_keys].column = column->name;
	making->parent_keys[making->nparent_keys].parent_column = parent_column;
	making->nparent_keys++;
	making->table->asks_own = true;
}

/* The member of that name, whatever is in the name. */
static const char *
member_path(const char *name)
{
	StringInfoData path;

	if (name[0] != '"' && strpbrk(name, ".|[]{}") == NULL)
		return name;
	initStringInfo(&path);
	appendStringInfoChar(&path, '"');
	for (; *name != '\0'; name++)
	{
		if (*name == '"')
			appendStringInfoChar(&path, '"');
		appendStringInfoChar(&path, *name);
	}
	appendStringInfoChar(&path, '"');
	return path.data;
}

/* A place where nothing can ever be is a mistake, which would show as NULLs. */
static void
check_path(const Making *making, const GmfColumn *column)
{
	const GmfRoute *route = making->resource->routes;
	GmfError	error;

	while (route->role != GMF_LIST && route[1].operation_id != NULL)
		route++;
	gmf_error_clear(&error);
	if (column->path != NULL &&
		!gmf_check_path(route->items == NULL ? "" : route->items, column->path, &error))
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("invalid option \"json_path\" of column \"%s\" of foreign table \"%s\"",
						gmf_shown_utf8(column->name), making->table->name),
				 errdetail("%s", gmf_shown_utf8(error.message))));
}

/* What the API can be told about the column. */
static void
add_parameter(Making *making, const GmfColumn *column, List *options)
{
	const char *location = gmf_option_text(options, "location");
	const char *name = gmf_option_text(options, "parameter");
	const GmfRoute *route = making->resource->routes;
	GmfParameter *parameter;
	int			n = 0;

	if (name == NULL && location == NULL && gmf_option_text(options, "match") == NULL)
		return;
	if (is_ambiguous_time(making->table, options))
		return;
	while (route->role != GMF_LIST && route[1].operation_id != NULL)
		route++;
	if (making->parameters == NULL)
	{
		while (route->parameters != NULL && route->parameters[n].name != NULL)
			n++;
		making->parameters = (GmfParameter *) palloc0((n + making->table->natts + 1) *
													  sizeof(GmfParameter));
		if (n > 0)
			memcpy(making->parameters, route->parameters, n * sizeof(GmfParameter));
		making->nparameters = n;
	}
	parameter = &making->parameters[making->nparameters++];
	parameter->name = name != NULL ? name : column->name;
	parameter->column = column->name;
	parameter->location = (GmfLocation) find_word(locations, location, GMF_IN_QUERY);
	parameter->match =
		(GmfMatch) find_word(matches, gmf_option_text(options, "match"),
							 parameter->location == GMF_IN_PATH ? GMF_MATCH_KEY : GMF_MATCH_LOOSE);
	parameter->required = gmf_option_boolean(options, "required",
											 parameter->location == GMF_IN_PATH);
	parameter->time_form = (GmfTimeForm) find_word(time_forms,
												   gmf_option_text(options, "time_form"),
												   column->type == GMF_TIMESTAMPTZ
												   ? GMF_TIME_ZULU : GMF_TIME_NONE);
	parameter->type = column->type;
	/* Of several values in one request nobody knows which one a row came for. */
	parameter->batch = Min(gmf_option_integer(options, "batch", 0),
						   column->path == NULL ? 1 : INT_MAX);
	parameter->domain = gmf_option_text(options, "domain");
	parameter->fallback = gmf_option_text(options, "fallback");
	making->table->asks_own = true;
	gmf_rights_parameter(making->table, route, parameter);
}

/*
 * A time that would be sent without a zone, where these are not UTC: hours that come twice in
 * autumn are not in the order of time, so that a bound would cut off rows.
 */
static bool
is_ambiguous_time(const GmfTable *table, List *options)
{
	int			form = find_word(time_forms, gmf_option_text(options, "time_form"), GMF_TIME_NONE);

	return table->zone != NULL && (form == GMF_TIME_PLAIN || form == GMF_TIME_DATE) &&
		!gmf_option_boolean(options, "required", false) &&
		gmf_option_text(options, "fallback") == NULL;
}

/* Every placeholder needs a column that gives its value. */
static void
check_placeholders(const Making *making)
{
	const char *path = making->resource->routes->path;

	for (const char *open = strchr(path, '{'); open != NULL; open = strchr(open + 1, '{'))
	{
		char	   *name = pnstrdup(open + 1, strchr(open, '}') - open - 1);
		bool		found = strcmp(name, "project_id") == 0;
		const GmfParameter *parameter = making->resource->routes->parameters;

		for (; parameter != NULL && parameter->name != NULL; parameter++)
			found = found || (parameter->location == GMF_IN_PATH &&
							  strcmp(parameter->name, name) == 0);
		if (!found)
			ereport(ERROR,
					(errcode(ERRCODE_FDW_DYNAMIC_PARAMETER_VALUE_NEEDED),
					 errmsg("foreign table \"%s\" has no column for {%s} of its path",
							making->table->name, name),
					 errhint("Give a column the option location 'path', and parameter '%s' if it "
							 "has another name.", name)));
	}
}

static GmfType
type_of_attribute(Oid type)
{
	switch (type)
	{
		case BOOLOID:
			return GMF_BOOLEAN;
		case INT2OID:
		case INT4OID:
			return GMF_INTEGER;
		case INT8OID:
			return GMF_BIGINT;
		case FLOAT8OID:
			return GMF_DOUBLE;
		case TIMESTAMPTZOID:
			return GMF_TIMESTAMPTZ;
		case JSONBOID:
			return GMF_JSONB;
		case TEXTARRAYOID:
			return GMF_TEXT_ARRAY;
		case INT4ARRAYOID:
			return GMF_INTEGER_ARRAY;
		default:
			return GMF_TEXT;
	}
}

static int
find_word(const Word *words, const char *word, int standard)
{
	for (; word != NULL && words->word != NULL; words++)
		if (strcmp(words->word, word) == 0)
			return words->value;
	return standard;
}
