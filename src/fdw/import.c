/*
 * import.c
 *		IMPORT FOREIGN SCHEMA: one CREATE FOREIGN TABLE for each table of a
 *		service.
 */
#include "postgres.h"

#include "foreign/fdwapi.h"
#include "lib/stringinfo.h"
#include "nodes/parsenodes.h"
#include "utils/builtins.h"

#include "gmf_import.h"
#include "gmf_options.h"

static const GmfService *find_service(const char *name);
static void check_table_list(const ImportForeignSchemaStmt *statement, const GmfService *service);
static bool is_wanted(const ImportForeignSchemaStmt *statement, const char *table);
static char *create_statement(const ImportForeignSchemaStmt *statement,
							  const GmfResource *resource);

List *
gmf_import_foreign_schema(ImportForeignSchemaStmt *statement, Oid serverid)
{
	const GmfService *service = find_service(statement->remote_schema);
	List	   *commands = NIL;

	if (statement->options != NIL)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
				 errmsg("invalid option \"%s\"",
						((DefElem *) linitial(statement->options))->defname),
				 errhint("There are no valid options in this context.")));
	check_table_list(statement, service);
	for (int i = 0; service->chapters[i] != NULL; i++)
	{
		const GmfResource *resource = service->chapters[i]->resources;

		for (; resource != NULL && resource->name != NULL; resource++)
			if (is_wanted(statement, resource->name))
				commands = lappend(commands, create_statement(statement, resource));
	}
	return commands;
}

static const GmfService *
find_service(const char *name)
{
	const GmfService *service = gmf_find_service(name);
	StringInfoData names;

	if (service != NULL)
		return service;
	initStringInfo(&names);
	for (int i = 0; gmf_services[i] != NULL; i++)
		appendStringInfo(&names, "%s%s", i > 0 ? ", " : "", gmf_services[i]->name);
	ereport(ERROR,
			(errcode(ERRCODE_FDW_SCHEMA_NOT_FOUND),
			 errmsg("there is no remote schema \"%s\"", name),
			 errhint("The remote schemas are: %s.", names.data)));
}

/* A name in LIMIT TO that is no table would otherwise go unnoticed. */
static void
check_table_list(const ImportForeignSchemaStmt *statement, const GmfService *service)
{
	ListCell   *cell;

	if (statement->list_type != FDW_IMPORT_SCHEMA_LIMIT_TO)
		return;
	foreach(cell, statement->table_list)
	{
		const char *name = ((RangeVar *) lfirst(cell))->relname;

		if (gmf_find_resource(service->name, name) == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_FDW_TABLE_NOT_FOUND),
					 errmsg("remote schema \"%s\" has no table \"%s\"", service->name, name),
					 errhint("SELECT DISTINCT table_name FROM gaussdb_mgmt_resources() "
							 "WHERE service = '%s' lists them.", service->name)));
	}
}

static bool
is_wanted(const ImportForeignSchemaStmt *statement, const char *table)
{
	ListCell   *cell;
	bool		named = false;

	foreach(cell, statement->table_list)
		named = named || strcmp(((RangeVar *) lfirst(cell))->relname, table) == 0;
	switch (statement->list_type)
	{
		case FDW_IMPORT_SCHEMA_LIMIT_TO:
			return named;
		case FDW_IMPORT_SCHEMA_EXCEPT:
			return !named;
		case FDW_IMPORT_SCHEMA_ALL:
			break;
	}
	return true;
}

static char *
create_statement(const ImportForeignSchemaStmt *statement, const GmfResource *resource)
{
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfo(&sql, "CREATE FOREIGN TABLE %s (\n", quote_identifier(resource->name));
	for (const GmfColumn *column = resource->columns; column->name != NULL; column++)
		appendStringInfo(&sql, "\t%s %s,\n", quote_identifier(column->name),
						 gmf_type_sql(column->type));
	appendStringInfo(&sql, "\traw jsonb\n) SERVER %s\nOPTIONS (resource %s)",
					 quote_identifier(statement->server_name),
					 quote_literal_cstr(psprintf("%s.%s", resource->service, resource->name)));
	return sql.data;
}
