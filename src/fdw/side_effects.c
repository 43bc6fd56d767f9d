/*
 * side_effects.c
 *		What must not be evaluated before its turn.
 *
 * contain_volatile_functions() does not look into the plans of sub-selects, nor into CTEs
 * where they are referred to; this does, and at what changes or locks rows.
 */
#include "postgres.h"

#include "catalog/pg_proc.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/lsyscache.h"

#include "gmf_side_effects.h"

/* Where the walk is: in a query that is being planned, or in one below it that is not yet. */
typedef struct Place
{
	PlannerInfo *root;
	Query	   *query;			/* root->parse, or a query in it */
	const struct Place *outside;	/* NULL: query is root->parse */
} Place;

static Place top_of(PlannerInfo *root);
static bool has_effects(Node *node, Place *place);
static bool is_volatile_function(Oid function, void *context);
static bool query_has_effects(Query *query, const Place *place);
static bool table_has_effects(RangeTblEntry *rte, Place *place);
static bool cte_has_effects(const RangeTblEntry *rte, const Place *place);
static bool plan_has_effects(PlannerInfo *root, int plan_id);
static bool param_has_effects(const Param *param, PlannerInfo *root);
static bool base_rel_has_effects(PlannerInfo *root, Index relid, Relids evaluated);
static bool children_have_effects(PlannerInfo *root, Index relid);

bool
gmf_has_side_effects(PlannerInfo *root, Node *node)
{
	Place		place = top_of(root);

	return has_effects(node, &place);
}

bool
gmf_clauses_have_side_effects(PlannerInfo *root, List *clauses, Relids within)
{
	ListCell   *cell;

	foreach(cell, clauses)
	{
		RestrictInfo *info = lfirst_node(RestrictInfo, cell);

		if ((within == NULL || bms_is_subset(info->required_relids, within)) &&
			gmf_has_side_effects(root, (Node *) info))
			return true;
	}
	return false;
}

bool
gmf_relation_has_side_effects(PlannerInfo *root, RelOptInfo *rel, const PathTarget *target)
{
	int			relid = -1;

	if (gmf_has_side_effects(root, (Node *) target->exprs) ||
		gmf_has_side_effects(root, (Node *) rel->reltarget->exprs))
		return true;
	while ((relid = bms_next_member(rel->relids, relid)) >= 0)
		if (base_rel_has_effects(root, relid, rel->relids))
			return true;
	return false;
}

static Place
top_of(PlannerInfo *root)
{
	Place		place = {root, root->parse, NULL};

	return place;
}

static bool
has_effects(Node *node, Place *place)
{
	if (node == NULL)
		return false;
	if (check_functions_in_node(node, is_volatile_function, NULL))
		return true;
	switch (nodeTag(node))
	{
		case T_NextValueExpr:
			return true;
		case T_RestrictInfo:
			return has_effects((Node *) ((RestrictInfo *) node)->clause, place);
		case T_Param:
			return param_has_effects((Param *) node, place->root);
		case T_SubPlan:
			if (plan_has_effects(place->root, ((SubPlan *) node)->plan_id))
				return true;
			break;
		case T_RangeTblEntry:
			/* What is in it is visited by query_tree_walker. */
			return cte_has_effects((RangeTblEntry *) node, place);
		case T_Query:
			return query_has_effects((Query *) node, place);
		default:
			break;
	}
	return expression_tree_walker(node, has_effects, place);
}

static bool
is_volatile_function(Oid function, void *context)
{
	return func_volatile(function) == PROVOLATILE_VOLATILE;
}

/* A CTE counts where it is referred to: without that it does not run, or runs to its end. */
static bool
query_has_effects(Query *query, const Place *place)
{
	Place		inside = {place->root, query, query == place->query ? place->outside : place};

	if (query->commandType != CMD_SELECT || query->rowMarks != NIL)
		return true;
	return query_tree_walker(query, has_effects, &inside,
							 QTW_EXAMINE_RTES_BEFORE | QTW_IGNORE_CTE_SUBQUERIES);
}

/* What an entry of the range table of place->root is made of. */
static bool
table_has_effects(RangeTblEntry *rte, Place *place)
{
	return range_table_entry_walker(rte, has_effects, place,
									QTW_EXAMINE_RTES_BEFORE | QTW_IGNORE_CTE_SUBQUERIES);
}

/* A CTE is carried out row by row, as those who refer to it ask for rows. */
static bool
cte_has_effects(const RangeTblEntry *rte, const Place *place)
{
	Place		definition = *place;
	ListCell   *cell;

	if (rte->rtekind != RTE_CTE || rte->self_reference)
		return false;
	for (Index up = rte->ctelevelsup; up > 0; up--)
		definition = definition.outside != NULL ? *definition.outside
			: top_of(definition.root->parent_root);
	foreach(cell, definition.query->cteList)
	{
		CommonTableExpr *cte = lfirst_node(CommonTableExpr, cell);

		if (strcmp(cte->ctename, rte->ctename) == 0)
			return query_has_effects(castNode(Query, cte->ctequery), &definition);
	}
	return true;
}

/* A sub-select, which the planner has planned already. */
static bool
plan_has_effects(PlannerInfo *root, int plan_id)
{
	Place		place = top_of((PlannerInfo *) list_nth(root->glob->subroots, plan_id - 1));

	return query_has_effects(place.query, &place);
}

/* The result of a sub-select that is carried out when it is first looked at. */
static bool
param_has_effects(const Param *param, PlannerInfo *root)
{
	if (param->paramkind != PARAM_EXEC)
		return false;
	for (; root != NULL; root = root->parent_root)
	{
		ListCell   *cell;

		foreach(cell, root->init_plans)
		{
			SubPlan    *plan = lfirst_node(SubPlan, cell);

			if (list_member_int(plan->setParam, param->paramid))
				return plan_has_effects(root, plan->plan_id);
		}
	}
	return false;
}

/*
 * evaluated: the relations that are joined; the clauses between them are evaluated, too.
 * What has no RelOptInfo is an outer join, which counts among the relations from
 * PostgreSQL 16 on.
 */
static bool
base_rel_has_effects(PlannerInfo *root, Index relid, Relids evaluated)
{
	const RelOptInfo *rel = root->simple_rel_array[relid];
	RangeTblEntry *rte = root->simple_rte_array[relid];
	Place		place = top_of(root);

	if (rel == NULL || rte == NULL)
		return false;
	if (gmf_has_side_effects(root, (Node *) rel->reltarget->exprs) ||
		gmf_clauses_have_side_effects(root, rel->baserestrictinfo, NULL) ||
		gmf_clauses_have_side_effects(root, rel->joininfo, evaluated))
		return true;
	if (rte->rtekind == RTE_FUNCTION && !rte->lateral && rel->reloptkind == RELOPT_BASEREL)
		return false;
	return table_has_effects(rte, &place) || (rte->inh && children_have_effects(root, relid));
}

/* The branches of UNION ALL, the tables that inherit from one. */
static bool
children_have_effects(PlannerInfo *root, Index relid)
{
	ListCell   *cell;

	foreach(cell, root->append_rel_list)
	{
		AppendRelInfo *info = lfirst_node(AppendRelInfo, cell);

		if (info->parent_relid == relid &&
			base_rel_has_effects(root, info->child_relid, bms_make_singleton(info->child_relid)))
			return true;
	}
	return false;
}
