/*
 * gmf_plan.h
 *		Planning scans of foreign tables, and what a plan tells its execution.
 */
#ifndef GMF_PLAN_H
#define GMF_PLAN_H

#include "postgres.h"

#include "foreign/fdwapi.h"
#include "nodes/pathnodes.h"
#include "nodes/plannodes.h"

#include "gmf_options.h"
#include "gmf_quals.h"

/* What the scan gives. */
typedef enum GmfScanMode
{
	GMF_SCAN_ROWS = 0,			/* rows; a Limit node above may stop it */
	GMF_SCAN_LIMITED,			/* rows from OFFSET on, at most LIMIT of them */
	GMF_SCAN_COUNT				/* one row: the number of rows */
} GmfScanMode;

/*
 * ForeignScan.fdw_private: a list with these members.  ForeignScan.fdw_exprs holds the values
 * of the quals, then LIMIT and OFFSET where there are such.
 */
typedef enum GmfPrivate
{
	GMF_PRIVATE_QUALS,			/* IntList: kind, column, exact for each qual */
	GMF_PRIVATE_USED,			/* IntList: columns that are needed, raw among them */
	GMF_PRIVATE_MODE,			/* Integer: GmfScanMode */
	GMF_PRIVATE_LIMITS,			/* IntList: 1 or 0 for LIMIT, for OFFSET */
	GMF_PRIVATE_SHARED,			/* Integer: the table stands in the query more than once */
	GMF_PRIVATE_NAMES,			/* List of String: for EXPLAIN, the column of another
								 * table that a qual's value is, or "" */
	GMF_PRIVATE_DISABLED,		/* Integer: GmfOptimisations that were turned off */
	GMF_PRIVATE_UNANSWERED		/* Integer: see GmfPlan */
} GmfPrivate;

/* The same, read back. */
typedef struct GmfPlannedQual
{
	GmfQualKind kind;
	int			column;
	bool		exact;
} GmfPlannedQual;

typedef struct GmfPlan
{
	GmfTable   *table;
	GmfAccess  *access;
	GmfScanMode mode;
	int			nquals;
	GmfPlannedQual *quals;		/* values: the first nquals of fdw_exprs */
	bool	   *used;			/* [ncolumns + 1] */
	bool		is_shared;		/* another scan of the query may ask the same */
	bool		has_limit;
	bool		has_offset;
	int			disabled;		/* GmfOptimisations that it does without */
	int			unanswered;		/* column with a condition that neither the API nor
								 * PostgreSQL can answer: the scan fails; -1: none */
} GmfPlan;

/* Read a plan for a table, in the current memory context. */
extern GmfPlan *gmf_plan_read(const ForeignScan *scan, Oid relid);

/* Rows of a page, as far as is known; INT_MAX where one answer holds all. */
extern int	gmf_page_rows(const GmfAccess *access, const GmfTable *table);

/*
 * What so many scans by a path of ours cost, each with values of its own, if their requests
 * are sent side by side.
 */
extern Cost gmf_path_cost_of_many(const Path *path, double scans);

/* List of Expr: the values that a scan by a path of ours asks with. */
extern List *gmf_path_values(const Path *path);

/* Would reading a row of it before that is needed do something that can be noticed? */
extern bool gmf_path_has_side_effects(const Path *path);

/* The callbacks of the planner. */
extern void gmf_get_foreign_rel_size(PlannerInfo *root, RelOptInfo *rel, Oid relid);
extern void gmf_get_foreign_paths(PlannerInfo *root, RelOptInfo *rel, Oid relid);
extern void gmf_get_foreign_upper_paths(PlannerInfo *root, UpperRelationKind stage,
										RelOptInfo *input_rel, RelOptInfo *output_rel,
										void *extra);
extern ForeignScan *gmf_get_foreign_plan(PlannerInfo *root, RelOptInfo *rel, Oid relid,
										 ForeignPath *path, List *tlist, List *clauses,
										 Plan *outer_plan);

#endif							/* GMF_PLAN_H */
