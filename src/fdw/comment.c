/*
 * comment.c
 *		gaussdb_mgmt_comment(schema): the catalog's descriptions as comments on
 *		the foreign tables of a schema and their columns.
 *
 * IMPORT FOREIGN SCHEMA can create tables, but not comment on them.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/pg_class.h"
#include "catalog/pg_foreign_table.h"
#include "catalog/pg_namespace.h"
#include "commands/comment.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "gmf_compat.h"
#include "gmf_module.h"
#include "gmf_options.h"
#include "gmf_rights.h"

static List *find_tables(Oid schema);
static bool is_ours(Oid relid);
static void comment_on(Oid relid);
static char *column_comment(const GmfColumn *column);

PG_FUNCTION_INFO_V1(gaussdb_mgmt_comment);

/* Returns the number of tables. */
Datum
gaussdb_mgmt_comment(PG_FUNCTION_ARGS)
{
	int			n = 0;
	ListCell   *cell;

	foreach(cell, find_tables(PG_GETARG_OID(0)))
	{
		Oid			relid = lfirst_oid(cell);

		if (!is_ours(relid))
			continue;
		if (!gmf_owns_relation(relid, GetUserId()))
			aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_FOREIGN_TABLE, get_rel_name(relid));
		comment_on(relid);
		n++;
	}
	PG_RETURN_INT32(n);
}

static List *
find_tables(Oid schema)
{
	Relation	tables = table_open(ForeignTableRelationId, AccessShareLock);
	SysScanDesc scan = systable_beginscan(tables, InvalidOid, false, NULL, 0, NULL);
	List	   *found = NIL;
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Oid			relid = ((Form_pg_foreign_table) GETSTRUCT(tuple))->ftrelid;

		if (get_rel_namespace(relid) == schema)
			found = lappend_oid(found, relid);
	}
	systable_endscan(scan);
	table_close(tables, AccessShareLock);
	return found;
}

static bool
is_ours(Oid relid)
{
	return gmf_is_our_wrapper(GetForeignServer(GetForeignTable(relid)->serverid)->fdwid);
}

static void
comment_on(Oid relid)
{
	Relation	rel = table_open(relid, ShareUpdateExclusiveLock);
	GmfTable   *table = gmf_table_open(relid);

	CreateComments(relid, RelationRelationId, 0, table->resource->description);
	for (int i = 0; i < table->natts; i++)
	{
		int			column = table->column_of[i];

		if (column == GMF_NO_COLUMN)
			continue;
		CreateComments(relid, RelationRelationId, i + 1,
					   column == table->ncolumns ? "The whole item as the API sent it."
					   : column_comment(&table->resource->columns[column]));
	}
	table_close(rel, NoLock);
}

static char *
column_comment(const GmfColumn *column)
{
	return column->unit == NULL ? pstrdup(column->description)
		: psprintf("%s Unit: %s.", column->description, column->unit);
}
