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
#include "gmf_memo.h"
#include "gmf_plan.h"
#include "gmf_rows.h"

/* ForeignScanState.fdw_state */
typedef struct GmfScan
{
	GmfPlan    *plan;
	GmfConnection *connection;
	List	   *value_states;	/* ExprStates of the quals' values, LIMIT, OFFSET */
	GmfRowReader reader;

	TimestampTz began;
	TimestampTz told_at;		/* last NOTICE of progress; 0: none */

	MemoryContext ask_context;	/* what is evaluated in order to ask */
	MemoryContext row_context;	/* one row */
	GmfMemo    *memo;
	GmfAsked   *asked;			/* where the scan stands; NULL: at its very beginning */
	int			position;		/* rows of the memo that were read */
	GmfValue   *values;			/* [ncolumns + 1] of the current row */
	bool		finished;
	int64		rows_left;		/* GMF_SCAN_LIMITED: until LIMIT; -1: no LIMIT */

	/* Under an asynchronous Append: see async.c. */
	bool		may_not_wait;	/* a row that is not there yet is not waited for */
	bool		is_waiting;		/* that happened */
	uint64		finished_seen;	/* of the session's exchanges, when it last looked */
	int			async_fd;
	TimestampTz waits_since;	/* for what is_waiting tells of; 0: not, or not yet */

	int64		waited_us;		/* for EXPLAIN ANALYZE, microseconds */
} GmfScan;

extern void gmf_begin_foreign_scan(ForeignScanState *node, int eflags);
extern TupleTableSlot *gmf_iterate_foreign_scan(ForeignScanState *node);
extern void gmf_rescan_foreign_scan(ForeignScanState *node);
extern void gmf_end_foreign_scan(ForeignScanState *node);

/*
 * Ask what the scan would ask with the current values of its parameters, without
 * reading the answer.  The caller is a reader of the result (see gmf_memo_leave).
 */
extern GmfAsked *gmf_scan_ask_ahead(ForeignScanState *node);

/* The foreign table of a scan, also of one that stands for count(*). */
extern Oid	gmf_scan_relid(ForeignScanState *node);


#endif							/* GMF_SCAN_H */
