/*
 * gaussdb_mgmt_fdw.c
 *		The module: what PostgreSQL sees first.
 *
 * A foreign-data wrapper over the management APIs of GaussDB and its
 * neighbours.  Here are the module's magic, its settings and its handler; what
 * they lead to is in src/fdw.
 */
#include "postgres.h"

#include "fmgr.h"
#include "foreign/fdwapi.h"
#include "nodes/nodes.h"
#include "utils/guc.h"

#include "gmf_explain.h"
#include "gmf_import.h"
#include "gmf_module.h"
#include "gmf_plan.h"
#include "gmf_scan.h"

PG_MODULE_MAGIC;

bool		gmf_dry_run = false;
bool		gmf_log_actions = false;

PG_FUNCTION_INFO_V1(gaussdb_mgmt_fdw_handler);

extern PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
	DefineCustomBoolVariable("gaussdb_mgmt_fdw.dry_run",
							 "Actions report the request that they would send, and send nothing.",
							 NULL, &gmf_dry_run, false, PGC_USERSET, 0, NULL, NULL, NULL);
	DefineCustomBoolVariable("gaussdb_mgmt_fdw.log_actions",
							 "Writes each action to the server log.",
							 NULL, &gmf_log_actions, false, PGC_SUSET, 0, NULL, NULL, NULL);
	MarkGUCPrefixReserved("gaussdb_mgmt_fdw");
}

Datum
gaussdb_mgmt_fdw_handler(PG_FUNCTION_ARGS)
{
	FdwRoutine *routine = makeNode(FdwRoutine);

	routine->GetForeignRelSize = gmf_get_foreign_rel_size;
	routine->GetForeignPaths = gmf_get_foreign_paths;
	routine->GetForeignUpperPaths = gmf_get_foreign_upper_paths;
	routine->GetForeignPlan = gmf_get_foreign_plan;

	routine->BeginForeignScan = gmf_begin_foreign_scan;
	routine->IterateForeignScan = gmf_iterate_foreign_scan;
	routine->ReScanForeignScan = gmf_rescan_foreign_scan;
	routine->EndForeignScan = gmf_end_foreign_scan;

	routine->ExplainForeignScan = gmf_explain_foreign_scan;
	routine->ImportForeignSchema = gmf_import_foreign_schema;

	PG_RETURN_POINTER(routine);
}
