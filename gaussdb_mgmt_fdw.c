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
#include "utils/varlena.h"

#include "gmf_analyze.h"
#include "gmf_async.h"
#include "gmf_audit.h"
#include "gmf_compat.h"
#include "gmf_explain.h"
#include "gmf_import.h"
#include "gmf_join.h"
#include "gmf_modify.h"
#include "gmf_module.h"
#include "gmf_plan.h"
#include "gmf_progress.h"
#include "gmf_scan.h"

PG_MODULE_MAGIC;

bool		gmf_dry_run = false;

static char *disable_setting = NULL;
static int	disabled = 0;		/* GmfOptimisations */

/* Words of gaussdb_mgmt_fdw.disable. */
static const struct
{
	const char *word;
	GmfOptimisation optimisation;
}			optimisations[] = {
	{"filters", GMF_OPTIMISE_FILTERS},
	{"limits", GMF_OPTIMISE_LIMITS},
	{"counts", GMF_OPTIMISE_COUNTS},
	{"pages", GMF_OPTIMISE_PAGES},
	{"rescans", GMF_OPTIMISE_RESCANS},
	{"joins", GMF_OPTIMISE_JOINS},
	{"appends", GMF_OPTIMISE_APPENDS},
	{"cache", GMF_OPTIMISE_CACHE}
};

static bool check_disable(char **value, void **extra, GucSource source);
static void assign_disable(const char *value, void *extra);
static int	find_optimisation(const char *word);

PG_FUNCTION_INFO_V1(gaussdb_mgmt_fdw_handler);

extern PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
	DefineCustomBoolVariable("gaussdb_mgmt_fdw.dry_run",
							 "Actions report the request that they would send, and send nothing.",
							 NULL, &gmf_dry_run, false, PGC_USERSET, 0, NULL, NULL, NULL);
	DefineCustomStringVariable("gaussdb_mgmt_fdw.disable",
							   "Optimisations that are left out, for tests.",
							   "Any of filters, limits, counts, pages, rescans, joins, appends, "
							   "cache, separated by commas.",
							   &disable_setting, "", PGC_USERSET,
							   GUC_LIST_INPUT | GUC_NOT_IN_SAMPLE, check_disable, assign_disable,
							   NULL);
	DefineCustomIntVariable("gaussdb_mgmt_fdw.progress_interval",
							"Time between NOTICEs that tell how far a scan is.",
							"Zero, the default, turns them off.",
							&gmf_progress_interval, 0, 0, INT_MAX, PGC_USERSET, GUC_UNIT_MS,
							NULL, NULL, NULL);
	gmf_audit_init();
	MarkGUCPrefixReserved("gaussdb_mgmt_fdw");
	gmf_join_init();
	gmf_progress_init();
}

bool
gmf_may_optimise(GmfOptimisation optimisation)
{
	return (disabled & optimisation) == 0;
}

int
gmf_disabled_optimisations(void)
{
	return disabled;
}

Datum
gaussdb_mgmt_fdw_handler(PG_FUNCTION_ARGS)
{
	FdwRoutine *routine = makeNode(FdwRoutine);

	routine->GetForeignRelSize = gmf_get_foreign_rel_size;
	routine->GetForeignPaths = gmf_get_foreign_paths;
	routine->GetForeignUpperPaths = gmf_get_foreign_upper_paths;
	routine->GetForeignPlan = gmf_get_foreign_plan;

	routine->PlanForeignModify = gmf_plan_foreign_modify;

	routine->BeginForeignScan = gmf_begin_foreign_scan;
	routine->IterateForeignScan = gmf_iterate_foreign_scan;
	routine->ReScanForeignScan = gmf_rescan_foreign_scan;
	routine->EndForeignScan = gmf_end_foreign_scan;

	routine->IsForeignPathAsyncCapable = gmf_is_foreign_path_async_capable;
	routine->ForeignAsyncRequest = gmf_foreign_async_request;
	routine->ForeignAsyncConfigureWait = gmf_foreign_async_configure_wait;
	routine->ForeignAsyncNotify = gmf_foreign_async_notify;

	routine->ExplainForeignScan = gmf_explain_foreign_scan;
	routine->AnalyzeForeignTable = gmf_analyze_foreign_table;
	routine->ImportForeignSchema = gmf_import_foreign_schema;

	PG_RETURN_POINTER(routine);
}

static bool
check_disable(char **value, void **extra, GucSource source)
{
	char	   *copy = pstrdup(*value);
	List	   *words;
	ListCell   *cell;
	int		   *flags = (int *) gmf_guc_malloc(sizeof(int));

	if (flags == NULL)
		return false;
	*flags = 0;
	if (!SplitIdentifierString(copy, ',', &words))
	{
		GUC_check_errdetail("List syntax is invalid.");
		gmf_guc_free(flags);
		return false;
	}
	foreach(cell, words)
	{
		int			flag = find_optimisation((const char *) lfirst(cell));

		if (flag == 0)
		{
			GUC_check_errdetail("There is no optimisation \"%s\".", (char *) lfirst(cell));
			gmf_guc_free(flags);
			return false;
		}
		*flags |= flag;
	}
	*extra = flags;
	return true;
}

static void
assign_disable(const char *value, void *extra)
{
	disabled = *(int *) extra;
}

static int
find_optimisation(const char *word)
{
	for (size_t i = 0; i < lengthof(optimisations); i++)
		if (strcmp(optimisations[i].word, word) == 0)
			return optimisations[i].optimisation;
	return 0;
}
