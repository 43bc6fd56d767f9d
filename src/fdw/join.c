/*
 * join.c
 *		Joins in flight: reading ahead on the outer side of a nested loop.
 */
#include "postgres.h"

#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/extensible.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/paramassign.h"
#include "optimizer/pathnode.h"
#include "optimizer/paths.h"
#include "utils/memutils.h"
#include "utils/ruleutils.h"
#include "utils/selfuncs.h"

#include "gmf_compat.h"
#include "gmf_join.h"
#include "gmf_module.h"
#include "gmf_scan.h"
#include "gmf_side_effects.h"

/* So many keys are asked for ahead at first, and twice as many each time, as a
 * LIMIT above may end the loop after a few rows. */
#define FIRST_KEYS_AHEAD 4

/* However large the answers are: one that is read, and one that is on its way. */
#define FEWEST_KEYS_AHEAD 2

/* Rows with keys that were asked for already, which cost nothing, are read so far ahead. */
#define MOST_ROWS_AHEAD 1000

/*
 * Of two ways to do the same, whatever the estimates say.  add_path takes costs that differ by
 * one percent for equal, and of equal ones the lower.
 */
#define CERTAINLY_LESS 0.9999

/* CustomPath.custom_private and CustomScan.custom_private: lists with these members. */
typedef enum PathPrivate
{
	PATH_INNER,					/* Integer: range table index of the inner table */
	PATH_VARS					/* List of Var: what the inner scan takes from the outer
								 * side */
} PathPrivate;

typedef enum ScanPrivate
{
	SCAN_INNER,					/* Integer: as above, in the subquery's own numbering */
	SCAN_FIRST_OUTER,			/* Integer: first outer range table index, likewise */
	SCAN_PARAMS					/* IntList: the loop's parameter for each Var */
} ScanPrivate;

/* An outer row that was read ahead, and what was asked for it. */
typedef struct Ahead
{
	MinimalTuple tuple;
	GmfAsked   *asked;
	bool		is_new;			/* nobody had asked for it before */
} Ahead;

typedef struct ReadAhead
{
	CustomScanState css;		/* must come first */
	ForeignScanState *inner;	/* NULL: not known, nothing is asked ahead */
	int			inner_index;	/* range table index of the inner scan */
	List	   *key_states;		/* ExprStates of the Vars */
	List	   *params;
	Ahead	   *queue;			/* ring of MOST_ROWS_AHEAD */
	int			first;
	int			count;
	Size		bytes;			/* of the tuples in it */
	int			new_keys;		/* in the queue */
	int			most_new_keys;	/* as of now */
	bool		outer_done;
	GmfAsked   *current;		/* of the row that was given out last; NULL: none */
	int64		asked;			/* for EXPLAIN ANALYZE */
} ReadAhead;

/* All nodes of queries that run in this backend, so that inner scans find theirs. */
static List *running = NIL;

static set_join_pathlist_hook_type previous_hook = NULL;

static void add_join_paths(PlannerInfo *root, RelOptInfo *joinrel, RelOptInfo *outerrel,
						   RelOptInfo *innerrel, JoinType jointype, JoinPathExtraData *extra);
static bool is_ours(const RelOptInfo *rel);
static List *outer_paths(PlannerInfo *root, RelOptInfo *outerrel, RelOptInfo *innerrel,
						 JoinType jointype, JoinPathExtraData *extra);
static void add_join_path(PlannerInfo *root, RelOptInfo *joinrel, Path *outer, Path *inner,
						  JoinType jointype, JoinPathExtraData *extra);
static bool may_want_others(Relids required, const Path *outer, const Path *inner,
							const JoinPathExtraData *extra);
static List *find_vars(const Path *outer, List *values);
static double count_keys(PlannerInfo *root, List *vars, double rows);
static CustomPath *make_path(Path *outer, Path *inner, List *vars);
static Plan *plan_path(PlannerInfo *root, RelOptInfo *rel, CustomPath *path, List *tlist,
					   List *clauses, List *custom_plans);
static Var *find_key(const Plan *outer, const Var *var);
static Node *create_state(CustomScan *scan);
static void begin(CustomScanState *node, EState *estate, int eflags);
static List *init_keys(CustomScanState *node, List *exprs);
static void stop_running(void *arg);
static TupleTableSlot *execute(CustomScanState *node);
static TupleTableSlot *next_outer(ScanState *node);
static bool recheck(ScanState *node, TupleTableSlot *slot);
static void leave(ReadAhead *ahead, GmfAsked *asked);
static void read_ahead(ReadAhead *ahead);
static bool is_full(const ReadAhead *ahead);
static void ask_for(ReadAhead *ahead, TupleTableSlot *slot);
static void end(CustomScanState *node);
static void rescan(CustomScanState *node);
static void explain(CustomScanState *node, List *ancestors, ExplainState *es);

static const CustomPathMethods path_methods = {"Read Ahead", plan_path, NULL};
static const CustomScanMethods scan_methods = {"Read Ahead", create_state};
static const CustomExecMethods exec_methods = {
	"Read Ahead", begin, execute, end, rescan, NULL, NULL, NULL, NULL, NULL, NULL, NULL, explain
};

void
gmf_join_init(void)
{
	RegisterCustomScanMethods(&scan_methods);
	previous_hook = set_join_pathlist_hook;
	set_join_pathlist_hook = add_join_paths;
}

void
gmf_join_attach(ForeignScanState *inner)
{
	ForeignScan *plan = (ForeignScan *) inner->ss.ps.plan;
	ListCell   *cell;

	foreach(cell, running)
	{
		ReadAhead  *ahead = (ReadAhead *) lfirst(cell);

		if (ahead->css.ss.ps.state == inner->ss.ps.state &&
			ahead->inner_index == (int) plan->scan.scanrelid)
			ahead->inner = inner;
	}
}

static void
add_join_paths(PlannerInfo *root, RelOptInfo *joinrel, RelOptInfo *outerrel,
			   RelOptInfo *innerrel, JoinType jointype, JoinPathExtraData *extra)
{
	List	   *outers;
	ListCell   *cell;
	ListCell   *outer;

	if (previous_hook != NULL)
		previous_hook(root, joinrel, outerrel, innerrel, jointype, extra);
	if (!enable_nestloop || !gmf_may_optimise(GMF_OPTIMISE_JOINS) || !is_ours(innerrel))
		return;
	if (jointype != JOIN_INNER && jointype != JOIN_LEFT && jointype != JOIN_SEMI &&
		jointype != JOIN_ANTI && jointype != JOIN_UNIQUE_OUTER)
		return;
	/* What is read ahead may never be needed. */
	if (gmf_relation_has_side_effects(root, outerrel, outerrel->reltarget))
		return;
	outers = outer_paths(root, outerrel, innerrel, jointype, extra);
	if (jointype == JOIN_UNIQUE_OUTER)
		jointype = JOIN_INNER;
	foreach(cell, innerrel->cheapest_parameterized_paths)
	{
		Path	   *inner = (Path *) lfirst(cell);

		if (IsA(inner, ForeignPath) && bms_overlap(PATH_REQ_OUTER(inner), outerrel->relids))
			foreach(outer, outers)
				add_join_path(root, joinrel, (Path *) lfirst(outer), inner, jointype, extra);
	}
}

static bool
is_ours(const RelOptInfo *rel)
{
	return IS_SIMPLE_REL(rel) && rel->fdwroutine != NULL &&
		rel->fdwroutine->GetForeignRelSize == gmf_get_foreign_rel_size;
}

/* Those that PostgreSQL makes nested loops of. */
static List *
outer_paths(PlannerInfo *root, RelOptInfo *outerrel, RelOptInfo *innerrel, JoinType jointype,
			JoinPathExtraData *extra)
{
	List	   *paths = NIL;
	ListCell   *cell;

	if (jointype == JOIN_UNIQUE_OUTER)
		return list_make1(create_unique_path(root, outerrel, outerrel->cheapest_total_path,
											 extra->sjinfo));
	foreach(cell, outerrel->pathlist)
		if (!bms_overlap(PATH_REQ_OUTER((Path *) lfirst(cell)), innerrel->relids))
			paths = lappend(paths, lfirst(cell));
	return paths;
}

static void
add_join_path(PlannerInfo *root, RelOptInfo *joinrel, Path *outer, Path *inner,
			  JoinType jointype, JoinPathExtraData *extra)
{
	List	   *vars = find_vars(outer, gmf_path_values(inner));
	Relids		required = calc_nestloop_required_outer(outer->parent->relids,
														PATH_REQ_OUTER(outer),
														inner->parent->relids,
														PATH_REQ_OUTER(inner));
	CustomPath *ahead;
	NestPath   *join;
	JoinCostWorkspace workspace;
	Cost		asking;
	Cost		total;

	if (vars == NIL || !may_want_others(required, outer, inner, extra))
		return;
	ahead = make_path(outer, inner, vars);
	initial_cost_nestloop(root, &workspace, jointype, (Path *) ahead, inner, extra);
	join = create_nestloop_path(root, joinrel, jointype, &workspace, extra, (Path *) ahead, inner,
								extra->restrictlist,
								build_join_pathkeys(root, joinrel, jointype, outer->pathkeys),
								required);

	/*
	 * The inner side costs what its requests cost side by side, and one for each key, not one
	 * after another and one for each row.
	 */
	asking = gmf_path_cost_of_many(inner, count_keys(root, vars, outer->rows));
	total = CERTAINLY_LESS *
		Min(join->jpath.path.total_cost,
			outer->total_cost + asking + cpu_tuple_cost * outer->rows * inner->rows);
	join->jpath.path.total_cost = Max(total, join->jpath.path.startup_cost);
	add_path(joinrel, (Path *) join);
}

/*
 * A loop that takes values from relations outside of it goes inside of another loop.  It
 * is worth having in the same cases in which PostgreSQL takes such a loop for worth having: in
 * a star, where the inner side takes values from both, and where nothing else can be done.
 */
static bool
may_want_others(Relids required, const Path *outer, const Path *inner,
				const JoinPathExtraData *extra)
{
	Relids		wanted = PATH_REQ_OUTER(inner);

	if (bms_is_empty(required))
		return true;
	if (!bms_is_empty(inner->parent->lateral_relids))
		return false;
	return bms_overlap(required, extra->param_source_rels) ||
		(bms_overlap(wanted, outer->parent->relids) &&
		 bms_nonempty_difference(wanted, outer->parent->relids));
}

/*
 * The columns of the outer side that the values are made of; NIL where one is made of
 * something else than columns.
 */
static List *
find_vars(const Path *outer, List *values)
{
	List	   *vars = NIL;
	ListCell   *cell;

	foreach(cell, pull_var_clause((Node *) values, PVC_INCLUDE_PLACEHOLDERS))
	{
		Var		   *var = (Var *) lfirst(cell);

		if (!IsA(var, Var))
			return NIL;
		if (bms_is_member(var->varno, outer->parent->relids))
			vars = list_append_unique(vars, var);
	}
	return vars;
}

/* Of so many rows; where nothing is known of the columns, all are different. */
static double
count_keys(PlannerInfo *root, List *vars, double rows)
{
	EstimationInfo info;
	double		keys;

	rows = Max(rows, 1);
	if (!gmf_may_optimise(GMF_OPTIMISE_RESCANS))
		return rows;
	keys = estimate_num_groups(root, vars, rows, NULL, &info);
	return (info.flags & SELFLAG_USED_DEFAULT) != 0 ? rows : Max(keys, 1);
}

static CustomPath *
make_path(Path *outer, Path *inner, List *vars)
{
	CustomPath *path = makeNode(CustomPath);

	path->path.pathtype = T_CustomScan;
	path->path.parent = outer->parent;
	path->path.pathtarget = outer->pathtarget;
	path->path.rows = outer->rows;
	gmf_copy_disabled(&path->path, outer);
	path->path.startup_cost = outer->startup_cost;
	path->path.total_cost = outer->total_cost;
	path->path.pathkeys = outer->pathkeys;
	path->flags = CUSTOMPATH_SUPPORT_PROJECTION;
	path->custom_paths = list_make1(outer);
	path->custom_private = list_make2(makeInteger(inner->parent->relid), vars);
	path->methods = &path_methods;
	return path;
}

/*
 * The loop's parameters are assigned here, before the inner plan is made: when
 * that comes to the same columns it finds the same parameters.
 */
static Plan *
plan_path(PlannerInfo *root, RelOptInfo *rel, CustomPath *path, List *tlist, List *clauses,
		  List *custom_plans)
{
	CustomScan *scan = makeNode(CustomScan);
	Plan	   *outer = (Plan *) linitial(custom_plans);
	List	   *params = NIL;
	ListCell   *cell;

	foreach(cell, (List *) list_nth(path->custom_private, PATH_VARS))
	{
		Var		   *var = lfirst_node(Var, cell);

		params = lappend_int(params, replace_nestloop_param_var(root, var)->paramid);
		scan->custom_exprs = lappend(scan->custom_exprs, find_key(outer, var));
	}
	scan->scan.plan.targetlist = tlist;
	scan->flags = path->flags;
	scan->custom_plans = custom_plans;
	scan->custom_scan_tlist = (List *) copyObject(outer->targetlist);
	scan->custom_private = list_make3(list_nth(path->custom_private, PATH_INNER),
									  makeInteger(bms_next_member(rel->relids, -1)), params);
	scan->methods = &scan_methods;
	return &scan->scan.plan;
}

/* The column as the outer side gives it: outer joins may have left other marks on it there. */
static Var *
find_key(const Plan *outer, const Var *var)
{
	ListCell   *cell;

	foreach(cell, outer->targetlist)
	{
		Var		   *column = (Var *) lfirst_node(TargetEntry, cell)->expr;

		if (IsA(column, Var) && column->varno == var->varno && column->varattno == var->varattno)
			return (Var *) copyObject(column);
	}
	elog(ERROR, "the outer side of a join lacks column %d of relation %d", var->varattno,
		 (int) var->varno);
}

static Node *
create_state(CustomScan *scan)
{
	ReadAhead  *ahead = (ReadAhead *) newNode(sizeof(ReadAhead), T_CustomScanState);

	ahead->css.methods = &exec_methods;
	return (Node *) ahead;
}

static void
begin(CustomScanState *node, EState *estate, int eflags)
{
	ReadAhead  *ahead = (ReadAhead *) node;
	CustomScan *scan = (CustomScan *) node->ss.ps.plan;
	int			first = intVal(list_nth(scan->custom_private, SCAN_FIRST_OUTER));
	int			shift = bms_next_member(scan->custom_relids, -1) - first;
	MemoryContextCallback *callback;
	MemoryContext old;

	node->custom_ps = list_make1(ExecInitNode((Plan *) linitial(scan->custom_plans), estate,
											  eflags));
	if (eflags & EXEC_FLAG_EXPLAIN_ONLY)
		return;
	ahead->key_states = init_keys(node, scan->custom_exprs);
	ahead->params = (List *) list_nth(scan->custom_private, SCAN_PARAMS);
	ahead->inner_index = intVal(list_nth(scan->custom_private, SCAN_INNER)) + shift;
	ahead->queue = (Ahead *) palloc0(MOST_ROWS_AHEAD * sizeof(Ahead));
	ahead->most_new_keys = FIRST_KEYS_AHEAD;

	callback = (MemoryContextCallback *) palloc0(sizeof(MemoryContextCallback));
	callback->func = stop_running;
	callback->arg = ahead;
	MemoryContextRegisterResetCallback(estate->es_query_cxt, callback);
	old = MemoryContextSwitchTo(TopMemoryContext);
	running = lappend(running, ahead);
	MemoryContextSwitchTo(old);
}

/* The keys are read from the outer side's rows as they come, in slots of any kind. */
static List *
init_keys(CustomScanState *node, List *exprs)
{
	PlanState  *state = &node->ss.ps;
	bool		is_set = state->scanopsset;
	bool		is_fixed = state->scanopsfixed;
	List	   *keys;

	state->scanopsset = true;
	state->scanopsfixed = false;
	keys = ExecInitExprList(exprs, state);
	state->scanopsset = is_set;
	state->scanopsfixed = is_fixed;
	return keys;
}

static void
stop_running(void *arg)
{
	running = list_delete_ptr(running, arg);
}

static TupleTableSlot *
execute(CustomScanState *node)
{
	return ExecScan(&node->ss, next_outer, recheck);
}

/*
 * The outer row whose turn it is; those behind it are read, and asked for, first.  Its answer
 * stays until the next row is wanted, as the inner scan comes to it only now.
 */
static TupleTableSlot *
next_outer(ScanState *node)
{
	ReadAhead  *ahead = (ReadAhead *) node;
	TupleTableSlot *slot = node->ss_ScanTupleSlot;
	Ahead	   *next;

	leave(ahead, ahead->current);
	ahead->current = NULL;
	read_ahead(ahead);
	if (ahead->count == 0)
		return ExecClearTuple(slot);
	next = &ahead->queue[ahead->first];
	ahead->first = (ahead->first + 1) % MOST_ROWS_AHEAD;
	ahead->count--;
	ahead->new_keys -= next->is_new;
	ahead->bytes -= next->tuple->t_len;
	ahead->current = next->asked;
	ExecForceStoreMinimalTuple(next->tuple, slot, true);
	return slot;
}

static void
leave(ReadAhead *ahead, GmfAsked *asked)
{
	if (asked != NULL)
		gmf_memo_leave(((GmfScan *) ahead->inner->fdw_state)->memo, asked);
}

/*
 * A row that was updated by another transaction before it could be locked is checked
 * again by a copy of the plan, whose scans give that row and nothing else: so the
 * outer side is asked, and nothing is read ahead.
 */
static bool
recheck(ScanState *node, TupleTableSlot *slot)
{
	CustomScanState *css = (CustomScanState *) node;
	TupleTableSlot *outer = ExecProcNode((PlanState *) linitial(css->custom_ps));

	if (TupIsNull(outer))
		return false;
	ExecCopySlot(slot, outer);
	return true;
}

static void
read_ahead(ReadAhead *ahead)
{
	PlanState  *outer = (PlanState *) linitial(ahead->css.custom_ps);
	int			most = FIRST_KEYS_AHEAD;

	if (ahead->inner != NULL)
		most = 2 * ((GmfScan *) ahead->inner->fdw_state)->plan->table->max_connections;
	while (!ahead->outer_done && ahead->count < MOST_ROWS_AHEAD &&
		   (ahead->count == 0 || (ahead->new_keys < Min(ahead->most_new_keys, most) &&
								  ahead->bytes < (Size) work_mem * 1024 &&
								  (ahead->new_keys < FEWEST_KEYS_AHEAD || !is_full(ahead)))))
	{
		TupleTableSlot *slot = ExecProcNode(outer);

		if (TupIsNull(slot))
			ahead->outer_done = true;
		else
			ask_for(ahead, slot);
	}
	if (ahead->most_new_keys < most)
		ahead->most_new_keys *= 2;
}

static bool
is_full(const ReadAhead *ahead)
{
	return ahead->inner != NULL &&
		gmf_memo_is_full(((GmfScan *) ahead->inner->fdw_state)->memo);
}

/*
 * Set the loop's parameters as the loop will set them when it comes to this row, and let
 * the inner scan ask.
 */
static void
ask_for(ReadAhead *ahead, TupleTableSlot *slot)
{
	ExprContext *econtext = ahead->css.ss.ps.ps_ExprContext;
	Ahead	   *next = &ahead->queue[(ahead->first + ahead->count) % MOST_ROWS_AHEAD];
	MemoryContext old;
	ListCell   *cell;
	ListCell   *param;

	next->asked = NULL;
	next->is_new = false;
	if (ahead->inner != NULL)
	{
		ResetExprContext(econtext);
		econtext->ecxt_scantuple = slot;
		forboth(cell, ahead->key_states, param, ahead->params)
		{
			ParamExecData *data = &econtext->ecxt_param_exec_vals[lfirst_int(param)];

			data->value = ExecEvalExprSwitchContext((ExprState *) lfirst(cell), econtext,
													&data->isnull);
			data->execPlan = NULL;
		}
		next->asked = gmf_scan_ask_ahead(ahead->inner);
		next->is_new = next->asked->readers == 1 && !next->asked->complete &&
			!next->asked->is_empty;
		ahead->asked += next->is_new;
	}
	old = MemoryContextSwitchTo(ahead->css.ss.ps.state->es_query_cxt);
	next->tuple = ExecCopySlotMinimalTuple(slot);
	MemoryContextSwitchTo(old);
	ahead->new_keys += next->is_new;
	ahead->bytes += next->tuple->t_len;
	ahead->count++;
}

static void
end(CustomScanState *node)
{
	ExecEndNode((PlanState *) linitial(node->custom_ps));
}

static void
rescan(CustomScanState *node)
{
	ReadAhead  *ahead = (ReadAhead *) node;

	leave(ahead, ahead->current);
	ahead->current = NULL;
	for (; ahead->count > 0; ahead->count--)
	{
		Ahead	   *next = &ahead->queue[ahead->first];

		leave(ahead, next->asked);
		pfree(next->tuple);
		ahead->first = (ahead->first + 1) % MOST_ROWS_AHEAD;
	}
	ahead->bytes = 0;
	ahead->new_keys = 0;
	ahead->most_new_keys = FIRST_KEYS_AHEAD;
	ahead->outer_done = false;
	if (node->ss.ps.chgParam != NULL)
		UpdateChangedParamSet((PlanState *) linitial(node->custom_ps), node->ss.ps.chgParam);
	ExecReScan((PlanState *) linitial(node->custom_ps));
}

static void
explain(CustomScanState *node, List *ancestors, ExplainState *es)
{
	ReadAhead  *ahead = (ReadAhead *) node;
	CustomScan *scan = (CustomScan *) node->ss.ps.plan;
	List	   *context = set_deparse_context_plan(es->deparse_cxt, (Plan *) scan, ancestors);
	List	   *keys = NIL;
	ListCell   *cell;

	foreach(cell, scan->custom_exprs)
		keys = lappend(keys, deparse_expression((Node *) lfirst(cell), context, true, false));
	ExplainPropertyList("Keys", keys, es);
	if (es->analyze)
		ExplainPropertyInteger("Keys Asked Ahead", NULL, ahead->asked, es);
}
