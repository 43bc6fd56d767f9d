/*
 * modify.c
 *		INSERT, UPDATE and DELETE, which no table of ours takes.
 *
 * What the cloud holds is changed by functions.  The error names those of the chapter
 * of the reference that the table belongs to.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "parser/parsetree.h"
#include "utils/lsyscache.h"

#include "gmf_compat.h"
#include "gmf_modify.h"
#include "gmf_options.h"

/* So many are named; introspection has the others. */
#define MOST_NAMES 6

static const char *verb_of(CmdType operation);
static const GmfChapter *chapter_of(const GmfTable *table);
static char *functions_of(const GmfChapter *chapter);

List *
gmf_plan_foreign_modify(PlannerInfo *root, ModifyTable *plan, Index result_relation,
						int subplan_index)
{
	Oid			relid = planner_rt_fetch(result_relation, root)->relid;
	const GmfTable *table = gmf_table_open(relid);
	char	   *functions = functions_of(chapter_of(table));

	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("cannot %s foreign table \"%s\"", verb_of(plan->operation), table->name),
			 errdetail("What the cloud holds is changed by functions."),
			 functions[0] == '\0'
			 ? errhint("SELECT * FROM gaussdb_mgmt_actions() lists them; gaussdb_mgmt_request() "
					   "sends any other request.")
			 : errhint("Functions for it are %s. SELECT * FROM gaussdb_mgmt_actions() describes "
					   "them.", functions)));
	return NIL;
}

static const char *
verb_of(CmdType operation)
{
	switch (operation)
	{
		case CMD_INSERT:
			return "insert into";
		case CMD_UPDATE:
			return "update";
		case CMD_DELETE:
			return "delete from";
		default:
			return "change";
	}
}

/* NULL for a table of its own, unless it adds columns to one of the catalog. */
static const GmfChapter *
chapter_of(const GmfTable *table)
{
	const GmfChapter *const *chapter = table->service->chapters;

	for (; chapter != NULL && *chapter != NULL; chapter++)
		for (const GmfResource *resource = (*chapter)->resources;
			 resource != NULL && resource->name != NULL; resource++)
			if (strcmp(resource->name, table->resource->name) == 0)
				return *chapter;
	return NULL;
}

/* "gaussdb_create_backup, gaussdb_delete_backup and 3 others" */
static char *
functions_of(const GmfChapter *chapter)
{
	StringInfoData text;
	int			n = 0;

	initStringInfo(&text);
	for (const GmfAction *action = chapter == NULL ? NULL : chapter->actions;
		 action != NULL && action->name != NULL; action++)
	{
		if (action->reads_only)
			continue;
		if (n < MOST_NAMES)
			appendStringInfo(&text, "%s%s", n > 0 ? ", " : "", action->name);
		n++;
	}
	if (n > MOST_NAMES)
		appendStringInfo(&text, " and %d others", n - MOST_NAMES);
	return text.data;
}
