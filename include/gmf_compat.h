/*
 * gmf_compat.h
 *		Where PostgreSQL versions differ, this is the one place that knows.
 */
#ifndef GMF_COMPAT_H
#define GMF_COMPAT_H

#include "postgres.h"

#include "catalog/pg_am_d.h"
#include "catalog/pg_class.h"
#include "catalog/pg_foreign_server.h"
#include "executor/executor.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "nodes/execnodes.h"
#include "optimizer/cost.h"
#include "optimizer/pathnode.h"
#include "storage/latch.h"
#include "utils/acl.h"
#include "utils/guc.h"
#include "utils/guc_tables.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/selfuncs.h"
#include "utils/wait_event.h"

#if PG_VERSION_NUM >= 180000
#include "access/amapi.h"
#include "commands/explain_format.h"
#include "commands/explain_state.h"
#else
#include "commands/explain.h"
#endif

#if PG_VERSION_NUM >= 170000
#include "storage/procnumber.h"
#else
#include "storage/backendid.h"
#endif

#if PG_VERSION_NUM < 150000
#error "gaussdb_mgmt_fdw needs PostgreSQL 15 or later"
#endif

/* PostgreSQL's own name for it changed in 18, and its place. */
#define gmf_noreturn __attribute__((noreturn))

/* A set to wait for, as long as the backend lives. */
static inline WaitEventSet *
gmf_wait_event_set(int nevents)
{
#if PG_VERSION_NUM >= 170000
	return CreateWaitEventSet(NULL, nevents);
#else
	return CreateWaitEventSet(TopMemoryContext, nevents);
#endif
}

/* The wait event that pg_stat_activity shows while the cloud is asked. */
static inline uint32
gmf_wait_event(void)
{
#if PG_VERSION_NUM >= 170000
	static uint32 event = 0;

	if (event == 0)
		event = WaitEventExtensionNew("GaussdbMgmtRequest");
	return event;
#else
	return PG_WAIT_EXTENSION;
#endif
}

static inline AclResult
gmf_server_aclcheck(Oid serverid, Oid userid, AclMode mode)
{
#if PG_VERSION_NUM >= 160000
	return object_aclcheck(ForeignServerRelationId, serverid, userid, mode);
#else
	return pg_foreign_server_aclcheck(serverid, userid, mode);
#endif
}

static inline bool
gmf_owns_relation(Oid relid, Oid userid)
{
#if PG_VERSION_NUM >= 160000
	return object_ownercheck(RelationRelationId, relid, userid);
#else
	return pg_class_ownercheck(relid, userid);
#endif
}

/* This backend's place in an array of MaxBackends. */
static inline int
gmf_backend_index(void)
{
#if PG_VERSION_NUM >= 170000
	return MyProcNumber;
#else
	return MyBackendId - 1;
#endif
}

/* Memory for the "extra" of a setting's check hook. */
static inline void *
gmf_guc_malloc(Size size)
{
#if PG_VERSION_NUM >= 160000
	return guc_malloc(LOG, size);
#else
	return malloc(size);
#endif
}

static inline void
gmf_guc_free(void *memory)
{
#if PG_VERSION_NUM >= 160000
	guc_free(memory);
#else
	free(memory);
#endif
}

/* A setting, or a placeholder for one whose library is not loaded; NULL: neither. */
static inline const struct config_generic *
gmf_setting(const char *name)
{
#if PG_VERSION_NUM >= 160000
	return find_option(name, false, true, 0);
#else
	struct config_generic **settings = get_guc_variables();

	for (int i = 0; i < GetNumConfigOptions(); i++)
		if (pg_strcasecmp(settings[i]->name, name) == 0)
			return settings[i];
	return NULL;
#endif
}

/* The role whose user mapping a scan uses. */
static inline Oid
gmf_scan_user(ForeignScanState *node)
{
#if PG_VERSION_NUM >= 160000
	ForeignScan *plan = (ForeignScan *) node->ss.ps.plan;

	return OidIsValid(plan->checkAsUser) ? plan->checkAsUser : GetUserId();
#else
	ForeignScan *plan = (ForeignScan *) node->ss.ps.plan;
	int			rtindex = plan->scan.scanrelid > 0 ? (int) plan->scan.scanrelid
		: bms_next_member(plan->fs_relids, -1);
	RangeTblEntry *rte = exec_rt_fetch(rtindex, node->ss.ps.state);

	return OidIsValid(rte->checkAsUser) ? rte->checkAsUser : GetUserId();
#endif
}

/* What costs disable_cost is to be avoided more than anything that is turned off. */
#define GMF_DISABLED_NODES(total_cost) ((total_cost) >= disable_cost ? 2 : 0)

static inline ForeignPath *
gmf_foreign_path(PlannerInfo *root, RelOptInfo *rel, double rows, Cost startup_cost,
				 Cost total_cost, Relids required_outer, List *fdw_private)
{
#if PG_VERSION_NUM >= 180000
	return create_foreignscan_path(root, rel, NULL, rows, GMF_DISABLED_NODES(total_cost),
								   startup_cost, total_cost, NIL, required_outer, NULL, NIL,
								   fdw_private);
#elif PG_VERSION_NUM >= 170000
	return create_foreignscan_path(root, rel, NULL, rows, startup_cost, total_cost, NIL,
								   required_outer, NULL, NIL, fdw_private);
#else
	return create_foreignscan_path(root, rel, NULL, rows, startup_cost, total_cost, NIL,
								   required_outer, NULL, fdw_private);
#endif
}

/* A path made of another one is no less disabled. */
static inline void
gmf_copy_disabled(Path *path, const Path *from)
{
#if PG_VERSION_NUM >= 180000
	path->disabled_nodes = from->disabled_nodes;
#endif
}

static inline ForeignPath *
gmf_foreign_upper_path(PlannerInfo *root, RelOptInfo *rel, PathTarget *target, double rows,
					   Cost startup_cost, Cost total_cost, List *fdw_private)
{
#if PG_VERSION_NUM >= 180000
	return create_foreign_upper_path(root, rel, target, rows, 0, startup_cost, total_cost, NIL,
									 NULL, NIL, fdw_private);
#elif PG_VERSION_NUM >= 170000
	return create_foreign_upper_path(root, rel, target, rows, startup_cost, total_cost, NIL, NULL,
									 NIL, fdw_private);
#else
	return create_foreign_upper_path(root, rel, target, rows, startup_cost, total_cost, NIL, NULL,
									 fdw_private);
#endif
}

/* What an operator means in the families of ordering indexes, as a strategy of btree. */
#if PG_VERSION_NUM >= 180000
typedef OpIndexInterpretation GmfOpMeaning;

#define gmf_op_meanings(operator) get_op_index_interpretation(operator)
#define gmf_op_strategy(meaning) IndexAmTranslateCompareType((meaning)->cmptype, BTREE_AM_OID, \
															 InvalidOid, true)
#else
typedef OpBtreeInterpretation GmfOpMeaning;

#define gmf_op_meanings(operator) get_op_btree_interpretation(operator)
#define gmf_op_strategy(meaning) ((meaning)->strategy)
#endif

/* "schema.table" as a list of names. */
static inline List *
gmf_qualified_name(const char *text)
{
#if PG_VERSION_NUM >= 160000
	return stringToQualifiedNameList(text, NULL);
#else
	return stringToQualifiedNameList(text);
#endif
}

static inline double
gmf_array_length(PlannerInfo *root, Expr *array)
{
#if PG_VERSION_NUM >= 170000
	return estimate_array_length(root, (Node *) array);
#else
	return estimate_array_length((Node *) array);
#endif
}

#endif							/* GMF_COMPAT_H */
