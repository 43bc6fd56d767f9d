/*
 * gmf_module.h
 *		The module: its entry points and its settings.
 */
#ifndef GMF_MODULE_H
#define GMF_MODULE_H

#include "postgres.h"

#include "fmgr.h"

/* GMF_VERSION comes from the control file, through the Makefile. */
#define GMF_USER_AGENT "gaussdb_mgmt_fdw/" GMF_VERSION

/* gaussdb_mgmt_fdw.dry_run */
extern bool gmf_dry_run;

/*
 * What can be turned off for tests, by naming it in gaussdb_mgmt_fdw.disable.  Results must be
 * the same with and without.  The setting is read while planning and nowhere else: a plan
 * tells its execution what it does without.
 */
typedef enum GmfOptimisation
{
	GMF_OPTIMISE_FILTERS = 1 << 0,	/* filters that are not keys are sent */
	GMF_OPTIMISE_LIMITS = 1 << 1,	/* LIMIT and OFFSET */
	GMF_OPTIMISE_COUNTS = 1 << 2,	/* count(*) */
	GMF_OPTIMISE_PAGES = 1 << 3,	/* several requests in flight in one scan */
	GMF_OPTIMISE_RESCANS = 1 << 4,	/* rows are kept for rescans */
	GMF_OPTIMISE_JOINS = 1 << 5,	/* reading ahead in nested loops */
	GMF_OPTIMISE_APPENDS = 1 << 6,	/* several scans of an Append at once */
	GMF_OPTIMISE_CACHE = 1 << 7		/* cache_ttl */
} GmfOptimisation;

extern bool gmf_may_optimise(GmfOptimisation optimisation);

/* All GmfOptimisations that are turned off, as bits. */
extern int	gmf_disabled_optimisations(void);

extern PGDLLEXPORT Datum gaussdb_mgmt_fdw_handler(PG_FUNCTION_ARGS);

#endif							/* GMF_MODULE_H */
