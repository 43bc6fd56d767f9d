/*
 * gmf_scan.h
 *		Executing scans of foreign tables.
 */
#ifndef GMF_SCAN_H
#define GMF_SCAN_H

#include "postgres.h"

#include "foreign/fdwapi.h"
#include "nodes/execnodes.h"

#include "gmf_bind.h"
#include "gmf_connection.h"
#include "gmf_plan.h"
#include "gmf_values.h"

/* ForeignScanState.fdw_state */
typedef struct GmfScan
{
	GmfPlan    *plan;
	GmfConnection *connection;
	List	   *value_states;	/* ExprStates of the quals' values, LIMIT, OFFSET */
	GmfDatumReader  *readers;		/* [natts] of those attributes that are used */
	bool	   *reads;			/* [natts] */
	int			attribute;		/* being converted, for the error context */

	MemoryContext ask_context;	/* what the fetch points into: one scan or rescan */
	MemoryContext row_context;	/* one row */
	GmfFetchSpec spec;
	GmfFetch   *fetch;			/* NULL: not asked yet, or nothing to ask */
	GmfValue   *values;			/* [ncolumns + 1] of the current row */
	bool		asked;
	bool		finished;
	int64		rows_left;		/* GMF_SCAN_LIMITED: until LIMIT; -1: no LIMIT */

	/* For EXPLAIN ANALYZE: of fetches that were closed. */
	GmfFetchCounters closed;
	int64		waited_us;		/* in this scan, microseconds */
} GmfScan;

extern void gmf_begin_foreign_scan(ForeignScanState *node, int eflags);
extern TupleTableSlot *gmf_iterate_foreign_scan(ForeignScanState *node);
extern void gmf_rescan_foreign_scan(ForeignScanState *node);
extern void gmf_end_foreign_scan(ForeignScanState *node);

/* The foreign table of a scan, also of one that stands for count(*). */
extern Oid	gmf_scan_relid(ForeignScanState *node);

/* Requests and so on of the whole scan so far. */
extern void gmf_scan_counters(const GmfScan *scan, GmfFetchCounters *counters);

#endif							/* GMF_SCAN_H */
