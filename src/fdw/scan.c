/*
 * scan.c
 *		Executing scans of foreign tables.
 *
 * A scan evaluates the values of its quals, asks (gmf_bind, gmf_fetch), and
 * turns the rows that come into tuples.  What was asked stands in a memo, from where a rescan
 * with the same values takes it.  Everything that the client floor holds is let go by
 * callbacks of the query's memory context, so that it does not matter how a query ends.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "executor/executor.h"
#include "nodes/nodeFuncs.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "gmf_compat.h"
#include "gmf_hidden.h"
#include "gmf_join.h"
#include "gmf_module.h"
#include "gmf_progress.h"
#include "gmf_refused.h"
#include "gmf_rights.h"
#include "gmf_scan.h"
#include "gmf_shown.h"

/* Rows: no list is longer, and no service takes a larger position. */
#define LONGEST_LIST PG_INT32_MAX

static void end_progress(void *arg);
static bool is_tolerant(ForeignScanState *node);
static bool is_worth_keeping(ForeignScanState *node, int eflags);
static GmfAsked *ask(ForeignScanState *node);
static bool bind(GmfScan *scan, GmfAsked *asked, const GmfCondition *conditions);
static int64 may_be_old(const GmfScan *scan);
static char *make_question(const GmfScan *scan, const GmfCondition *conditions, int64 skip);
static bool evaluate(ForeignScanState *node, GmfCondition **conditions);
static void evaluate_limits(ForeignScanState *node, int64 *wanted, int64 *skip);
static bool evaluate_limit(ExprState *state, ExprContext *econtext, int64 *number);
static void check_plan(const GmfScan *scan);
static void open_fetch(GmfScan *scan, GmfAsked *asked);
static void make_system_columns(TupleTableSlot *slot);
static bool next_tuple(GmfScan *scan, TupleTableSlot *slot);
static bool next_row(GmfScan *scan);
static void wait_for_rows(GmfScan *scan);
static void store_row(GmfScan *scan, TupleTableSlot *slot);
static void store_count(GmfScan *scan, TupleTableSlot *slot);
static int64 count_rows(GmfScan *scan);
static int64 ask_total(GmfScan *scan);
static void warn(const GmfScan *scan, const char *note);
static void fail(const GmfScan *scan, const GmfError *error) gmf_noreturn;

void
gmf_begin_foreign_scan(ForeignScanState *node, int eflags)
{
	ForeignScan *plan = (ForeignScan *) node->ss.ps.plan;
	EState	   *estate = node->ss.ps.state;
	GmfScan    *scan = (GmfScan *) palloc0(sizeof(GmfScan));
	MemoryContextCallback *callback;
	Relation	rel;

	node->fdw_state = scan;
	scan->async_fd = -1;
	scan->began = GetCurrentTimestamp();
	scan->plan = gmf_plan_read(plan, gmf_scan_relid(node));
	if (eflags & EXEC_FLAG_EXPLAIN_ONLY)
		return;
	gmf_refused_begin();

	gmf_rights_read(scan->plan->table, gmf_scan_user(node));
	scan->connection = gmf_connection_get(scan->plan->table->server->serverid,
										  gmf_scan_user(node), estate->es_query_cxt);
	scan->value_states = ExecInitExprList(plan->fdw_exprs, (PlanState *) node);
	scan->ask_context = AllocSetContextCreate(estate->es_query_cxt, "gaussdb_mgmt_fdw request",
											  ALLOCSET_SMALL_SIZES);
	scan->row_context = AllocSetContextCreate(estate->es_query_cxt, "gaussdb_mgmt_fdw row",
											  ALLOCSET_DEFAULT_SIZES);
	scan->memo = gmf_memo_new(estate->es_query_cxt, is_worth_keeping(node, eflags));
	scan->values = (GmfValue *) palloc0((scan->plan->table->ncolumns + 1) * sizeof(GmfValue));
	rel = table_open(scan->plan->table->relid, NoLock);
	gmf_row_reader_init(&scan->reader, scan->plan->table, RelationGetDescr(rel),
						scan->plan->used);
	table_close(rel, NoLock);
	gmf_join_attach(node);

	/* However the query ends, the view must not tell of it for ever. */
	callback = (MemoryContextCallback *) palloc0(sizeof(MemoryContextCallback));
	callback->func = end_progress;
	callback->arg = scan;
	MemoryContextRegisterResetCallback(estate->es_query_cxt, callback);
}

TupleTableSlot *
gmf_iterate_foreign_scan(ForeignScanState *node)
{
	GmfScan    *scan = (GmfScan *) node->fdw_state;
	TupleTableSlot *slot = node->ss.ss_ScanTupleSlot;

	ExecClearTuple(slot);
	if (scan->finished)
		return slot;
	if (scan->asked == NULL)
	{
		scan->asked = ask(node);
		scan->position = 0;
		gmf_memo_read(scan->memo, scan->asked);
	}
	if (scan->asked->unsaid >= 0)
	{
		check_plan(scan);
		gmf_hidden_report(scan->plan->table, scan->asked->unsaid, true, scan->asked->why);
	}
	if (scan->plan->mode == GMF_SCAN_COUNT)
	{
		store_count(scan, slot);
		scan->finished = true;
	}
	else if (scan->rows_left == 0 || !next_tuple(scan, slot))
		scan->finished = !scan->is_waiting;
	else if (scan->rows_left > 0)
		scan->rows_left--;
	if (!TupIsNull(slot) && ((ForeignScan *) node->ss.ps.plan)->fsSystemCol)
		make_system_columns(slot);
	return slot;
}

void
gmf_rescan_foreign_scan(ForeignScanState *node)
{
	GmfScan    *scan = (GmfScan *) node->fdw_state;

	if (scan->asked != NULL)
		gmf_memo_leave(scan->memo, scan->asked);
	scan->asked = NULL;
	scan->finished = false;
	scan->is_waiting = false;
}

void
gmf_end_foreign_scan(ForeignScanState *node)
{
	GmfScan    *scan = (GmfScan *) node->fdw_state;

	if (scan == NULL || scan->memo == NULL)
		return;
	gmf_progress_end(scan);
	gmf_memo_close(scan->memo);
}

GmfAsked *
gmf_scan_ask_ahead(ForeignScanState *node)
{
	GmfAsked   *asked = ask(node);

	if (asked->fetch != NULL)
		gmf_fetch_start(asked->fetch);
	return asked;
}

Oid
gmf_scan_relid(ForeignScanState *node)
{
	ForeignScan *plan = (ForeignScan *) node->ss.ps.plan;
	int			rtindex = plan->scan.scanrelid > 0 ? (int) plan->scan.scanrelid
		: bms_next_member(plan->fs_relids, -1);

	return exec_rt_fetch(rtindex, node->ss.ps.state)->relid;
}

static void
end_progress(void *arg)
{
	gmf_progress_end((const GmfScan *) arg);
}

/* A scan that may be read again: in a nested loop, or with other values of parameters. */
static bool
is_worth_keeping(ForeignScanState *node, int eflags)
{
	const GmfScan *scan = (const GmfScan *) node->fdw_state;

	return (scan->plan->disabled & GMF_OPTIMISE_RESCANS) == 0 &&
		((eflags & EXEC_FLAG_REWIND) != 0 || !bms_is_empty(node->ss.ps.plan->allParam));
}

/*
 * Objects that others name, a parent or a join, may be left out; not one that the query
 * asks for by itself.
 */
static bool
is_tolerant(ForeignScanState *node)
{
	const GmfPlan *plan = ((GmfScan *) node->fdw_state)->plan;

	return plan->table->tolerant &&
		(plan->access->parent != NULL || plan->access->detail != NULL ||
		 !bms_is_empty(node->ss.ps.plan->allParam));
}

/*
 * Evaluate, and take what is in the memo or ask the API.  The caller becomes a
 * reader of it.
 */
static GmfAsked *
ask(ForeignScanState *node)
{
	GmfScan    *scan = (GmfScan *) node->fdw_state;
	MemoryContext old;
	GmfCondition *conditions = NULL;
	GmfAsked   *asked = NULL;
	char	   *question = NULL;
	int64		wanted = 0;
	int64		skip = 0;

	MemoryContextReset(scan->ask_context);
	old = MemoryContextSwitchTo(scan->ask_context);
	evaluate_limits(node, &wanted, &skip);
	if (!evaluate(node, &conditions) || skip > LONGEST_LIST)
		asked = gmf_memo_unasked(scan->memo, NULL);
	else
	{
		question = make_question(scan, conditions, skip);
		asked = gmf_memo_find(scan->memo, question);
	}
	if (asked == NULL)
	{
		asked = gmf_memo_add(scan->memo, question);
		asked->spec.wanted_rows = wanted;
		asked->spec.skip_rows = skip;
		asked->spec.tolerant = is_tolerant(node);
		if (!bind(scan, asked, conditions))
			asked = gmf_memo_unasked(scan->memo, asked);
		else
			open_fetch(scan, asked);
	}
	gmf_memo_enter(scan->memo, asked);
	MemoryContextSwitchTo(old);
	return asked;
}

/* What is to be asked; false: nothing. */
static bool
bind(GmfScan *scan, GmfAsked *asked, const GmfCondition *conditions)
{
	const GmfPlan *plan = scan->plan;
	MemoryContext old = MemoryContextSwitchTo(asked->context);
	GmfBound	bound;

	asked->spec.used = plan->used;
	asked->spec.page_size = plan->table->page_size;
	asked->spec.max_age = may_be_old(scan);
	asked->spec.window = (plan->disabled & GMF_OPTIMISE_PAGES) == 0 ? 0 : 1;
	asked->is_empty = !gmf_bind(plan->access, conditions, plan->nquals, plan->disabled,
								&asked->spec, &bound);
	if (asked->is_empty)
	{
		asked->unsaid = bound.unsaid;
		asked->why = bound.why;
	}
	else
		asked->shown = gmf_shown_new(plan->table, &bound);
	MemoryContextSwitchTo(old);
	return !asked->is_empty;
}

/*
 * How old an answer may be, in microseconds: as the options say, and where the table stands
 * in the query more than once, as old as the scan.
 */
static int64
may_be_old(const GmfScan *scan)
{
	int64		age = 0;

	if ((scan->plan->disabled & GMF_OPTIMISE_CACHE) != 0)
		return 0;
	if (scan->plan->is_shared)
		age = GetCurrentTimestamp() - scan->began + 1;
	return Max(age, scan->plan->table->cache_ttl * USECS_PER_SEC);
}

/* The values of all conditions, each with its length, so that no two questions look alike. */
static char *
make_question(const GmfScan *scan, const GmfCondition *conditions, int64 skip)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, INT64_FORMAT ";", skip);
	for (int i = 0; i < scan->plan->nquals; i++)
	{
		appendStringInfo(&text, "%d%s:", conditions[i].nvalues,
						 conditions[i].unwritable ? "!" : "");
		for (int v = 0; v < conditions[i].nvalues; v++)
			appendStringInfo(&text, "%zu:%s,", strlen(conditions[i].values[v]),
							 conditions[i].values[v]);
	}
	return text.data;
}

/* Some plans cannot be executed; EXPLAIN shows them all the same. */
static void
check_plan(const GmfScan *scan)
{
	const char *missing = scan->plan->access->missing;

	if (missing != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_UNABLE_TO_CREATE_EXECUTION),
				 errmsg("foreign table \"%s\" cannot be read without a value for its column \"%s\"",
						scan->plan->table->name, gmf_shown_utf8(missing)),
				 errhint("Add a condition such as WHERE %s = …, or join on it.",
						 gmf_shown_utf8(missing))));
	if (scan->plan->unanswered >= 0)
		gmf_hidden_report(scan->plan->table, scan->plan->unanswered, false, NULL);
}

static void
open_fetch(GmfScan *scan, GmfAsked *asked)
{
	GmfError	error;

	check_plan(scan);
	gmf_error_clear(&error);
	asked->fetch = gmf_fetch_open(gmf_connection_session(scan->connection), &asked->spec, &error);
	if (asked->fetch == NULL)
		fail(scan, &error);
	gmf_memo_opened(scan->memo, asked);
}

/* False when a value is NULL or an array is empty: no comparison with it is true. */
static bool
evaluate(ForeignScanState *node, GmfCondition **conditions)
{
	GmfScan    *scan = (GmfScan *) node->fdw_state;
	ForeignScan *plan = (ForeignScan *) node->ss.ps.plan;
	ExprContext *econtext = node->ss.ps.ps_ExprContext;

	*conditions = (GmfCondition *) palloc0((scan->plan->nquals + 1) * sizeof(GmfCondition));
	for (int i = 0; i < scan->plan->nquals; i++)
	{
		ExprState  *state = (ExprState *) list_nth(scan->value_states, i);
		bool		isnull;
		Datum		value = ExecEvalExpr(state, econtext, &isnull);

		if (isnull || !gmf_condition_make(scan->plan->quals[i].kind, scan->plan->quals[i].column,
										  value, exprType((Node *) list_nth(plan->fdw_exprs, i)),
										  &(*conditions)[i]))
			return false;
	}
	return true;
}

static void
evaluate_limits(ForeignScanState *node, int64 *wanted, int64 *skip)
{
	GmfScan    *scan = (GmfScan *) node->fdw_state;
	ExprContext *econtext = node->ss.ps.ps_ExprContext;
	int			position = scan->plan->nquals;
	int64		limit = 0;
	int64		offset = 0;
	bool		limited = false;

	if (scan->plan->has_limit)
		limited = evaluate_limit((ExprState *) list_nth(scan->value_states, position++),
								 econtext, &limit);
	if (scan->plan->has_offset)
		evaluate_limit((ExprState *) list_nth(scan->value_states, position), econtext, &offset);
	scan->rows_left = -1;
	if (scan->plan->mode == GMF_SCAN_LIMITED)
	{
		/* There is no Limit node above that would complain. */
		if (limit < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_ROW_COUNT_IN_LIMIT_CLAUSE),
					 errmsg("LIMIT must not be negative")));
		if (offset < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE),
					 errmsg("OFFSET must not be negative")));
		if (limited)
			scan->rows_left = limit;
		*skip = offset;
		*wanted = limit;
	}
	else if (limited && limit == 0)
		scan->rows_left = 0;
	else if (limit > 0 && limit <= LONGEST_LIST && offset >= 0 && offset <= LONGEST_LIST)
		*wanted = limit + offset;
	if (*wanted > LONGEST_LIST)
		*wanted = 0;
}

/* False for NULL, which means that there is no limit. */
static bool
evaluate_limit(ExprState *state, ExprContext *econtext, int64 *number)
{
	bool		isnull;
	Datum		value = ExecEvalExpr(state, econtext, &isnull);

	if (!isnull)
		*number = DatumGetInt64(value);
	return !isnull;
}

/*
 * xmin and the like belong to the header of a tuple, which a row of the cloud does not have:
 * they are what they are for a row of postgres_fdw.
 */
static void
make_system_columns(TupleTableSlot *slot)
{
	HeapTuple	tuple = ExecFetchSlotHeapTuple(slot, true, NULL);

	HeapTupleHeaderSetXmin(tuple->t_data, InvalidTransactionId);
	HeapTupleHeaderSetXmax(tuple->t_data, InvalidTransactionId);
	HeapTupleHeaderSetCmin(tuple->t_data, InvalidTransactionId);
}

/* From the memo as long as it has rows, then from the fetch. */
static bool
next_tuple(GmfScan *scan, TupleTableSlot *slot)
{
	GmfAsked   *asked = scan->asked;

	if (scan->position < asked->nrows)
	{
		ExecForceStoreMinimalTuple(asked->rows[scan->position++], slot, false);
		return true;
	}
	if (asked->complete || asked->is_empty)
		return false;
	if (asked->fetch == NULL)
	{
		asked->to_skip = asked->nrows;
		open_fetch(scan, asked);
	}
	for (; asked->to_skip > 0; asked->to_skip--)
		if (!next_row(scan))
			return false;
	if (!next_row(scan))
		return false;
	store_row(scan, slot);
	gmf_memo_keep(scan->memo, asked, slot);
	scan->position = asked->nrows;
	return true;
}

static bool
next_row(GmfScan *scan)
{
	GmfError	error;

	gmf_error_clear(&error);
	scan->is_waiting = false;
	for (;;)
	{
		GmfFetchState state = gmf_fetch_next(scan->asked->fetch, scan->values, &error);

		if (scan->asked->spec.tolerant)
			gmf_refused_take(scan->asked->fetch, scan->plan->table);
		switch (state)
		{
			case GMF_FETCH_ROW:
				return true;
			case GMF_FETCH_END:
				warn(scan, gmf_fetch_note(scan->asked->fetch));
				gmf_memo_complete(scan->memo, scan->asked);
				return false;
			case GMF_FETCH_FAILED:
				fail(scan, &error);
			case GMF_FETCH_WAIT:
				if (scan->may_not_wait)
				{
					scan->is_waiting = true;
					return false;
				}
				wait_for_rows(scan);
		}
	}
}

static void
wait_for_rows(GmfScan *scan)
{
	GmfSession *session = gmf_connection_session(scan->connection);
	GmfCounters before;
	GmfCounters after;

	gmf_session_counters(session, &before);
	gmf_connection_wait(scan->connection);
	gmf_session_counters(session, &after);
	scan->waited_us += after.wait_us - before.wait_us;
	gmf_progress_report(scan);
}

static void
store_row(GmfScan *scan, TupleTableSlot *slot)
{
	MemoryContext old;

	MemoryContextReset(scan->row_context);
	old = MemoryContextSwitchTo(scan->row_context);
	gmf_shown_read(scan->asked->shown, &scan->reader, scan->values, slot->tts_values,
				   slot->tts_isnull);
	MemoryContextSwitchTo(old);
	ExecStoreVirtualTuple(slot);
}

/* The one row of count(*). */
static void
store_count(GmfScan *scan, TupleTableSlot *slot)
{
	int64		total = count_rows(scan);

	for (int i = 0; i < slot->tts_tupleDescriptor->natts; i++)
	{
		slot->tts_values[i] = Int64GetDatum(total);
		slot->tts_isnull[i] = false;
	}
	ExecStoreVirtualTuple(slot);
}

/*
 * The total of the list; where the service leaves it out after all, the number of its
 * rows.  The memo keeps it for a rescan with the same question.
 */
static int64
count_rows(GmfScan *scan)
{
	GmfAsked   *asked = scan->asked;
	int64		total;

	if (asked->is_empty)
		return 0;
	if (asked->total >= 0)
		return asked->total;
	total = ask_total(scan);
	if (total < 0)
	{
		gmf_memo_close_fetch(scan->memo, asked);
		open_fetch(scan, asked);
		for (total = 0; next_row(scan); total++)
			;
	}
	gmf_memo_complete(scan->memo, asked);
	asked->total = total;
	return total;
}

/* The number of rows as the list reports it; -1 where it does not. */
static int64
ask_total(GmfScan *scan)
{
	int64		total = -1;
	GmfFetchState state;
	GmfError	error;

	gmf_error_clear(&error);
	while ((state = gmf_fetch_total(scan->asked->fetch, &total, &error)) == GMF_FETCH_WAIT)
		wait_for_rows(scan);
	if (state == GMF_FETCH_FAILED)
		fail(scan, &error);
	return total;
}

/* Rows may be missing, and nobody would know. */
static void
warn(const GmfScan *scan, const char *note)
{
	if (note == NULL)
		return;
	ereport(WARNING,
			(errcode(ERRCODE_WARNING),
			 errmsg("foreign table \"%s\": %s", scan->plan->table->name, note),
			 errhint("Rows may be missing. For a table of your own, the option \"paging\" says how "
					 "to go on reading.")));
}

static void
fail(const GmfScan *scan, const GmfError *error)
{
	gmf_report(error, scan->plan->table->service->title,
			   scan->plan->table->server->servername);
}
