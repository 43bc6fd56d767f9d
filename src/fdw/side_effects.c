/*
 * side_effects.c
 *		What must not be evaluated before its turn.
 */
#include "postgres.h"

#include "catalog/pg_proc.h"
#include "nodes/nodeFuncs.h"
#include "parser/parsetree.h"
#include "utils/lsyscache.h"

#include "gmf_side_effects.h"

static bool walk(Node *node, void *context);
static bool is_volatile(Oid function, void *context);
static Relids with_children(PlannerInfo *root, Relids relids);
static bool table_has_side_effects(PlannerInfo *root, Index relid, Relids within);
static bool entry_has_side_effects(PlannerInfo *root, RangeTblEntry *rte);
static bool cte_has_side_effects(PlannerInfo *root, const RangeTblEntry *rte);

bool
gmf_has_side_effects(PlannerInfo *root, Node *node)
{
	return walk(node, root);
}

bool
gmf_clauses_have_side_effects(PlannerInfo *root, List *clauses, Relids within)
{
	ListCell   *cell;

	foreach(cell, clauses)
	{
		RestrictInfo *info = lfirst_node(RestrictInfo, cell);

		if ((within == NULL || bms_is_subset(info->required_relids, within)) &&
			walk((Node *) info->clause, root))
			return true;
	}
	return false;
}

bool
gmf_relation_has_side_effects(PlannerInfo *root, RelOptInfo *rel, const PathTarget *target)
{
	Relids		relids = with_children(root, rel->relids);
	int			relid = -1;

	if (walk((Node *) target->exprs, root) || walk((Node *) rel->reltarget->exprs, root))
		return true;
	while ((relid = bms_next_member(relids, relid)) >= 0)
		if (table_has_side_effects(root, relid, rel->relids))
			return true;
	return false;
}

/* The planner has made plans of sub-selects: their queries are looked at, too. */
static bool
walk(Node *node, void *context)
{
	PlannerInfo *root = (PlannerInfo *) context;

	if (node == NULL)
		return false;
	if (IsA(node, RestrictInfo))
		return walk((Node *) ((RestrictInfo *) node)->clause, context);
	if (IsA(node, Query))
		return ((Query *) node)->commandType != CMD_SELECT ||
			query_tree_walker((Query *) node, walk, context, 0);
	if (IsA(node, NextValueExpr) || check_functions_in_node(node, is_volatile, NULL))
		return true;
	if (IsA(node, SubPlan))
	{
		PlannerInfo *subroot = (PlannerInfo *) list_nth(root->glob->subroots,
														((SubPlan *) node)->plan_id - 1);

		if (walk((Node *) subroot->parse, context))
			return true;
	}
	return expression_tree_walker(node, walk, context);
}

static bool
is_volatile(Oid function, void *context)
{
	return func_volatile(function) == PROVOLATILE_VOLATILE;
}

/* Members of appended relations are read where their parent is. */
static Relids
with_children(PlannerInfo *root, Relids relids)
{
	Relids		all = bms_copy(relids);
	bool		grown = true;

	while (grown)
	{
		ListCell   *cell;

		grown = false;
		foreach(cell, root->append_rel_list)
		{
			AppendRelInfo *info = lfirst_node(AppendRelInfo, cell);

			if (!bms_is_member(info->parent_relid, all) || bms_is_member(info->child_relid, all))
				continue;
			all = bms_add_member(all, info->child_relid);
			grown = true;
		}
	}
	return all;
}

/* Members of "relids" that are outer joins are in no range table and have no rows. */
static bool
table_has_side_effects(PlannerInfo *root, Index relid, Relids within)
{
	RelOptInfo *rel = relid < (Index) root->simple_rel_array_size
		? root->simple_rel_array[relid] : NULL;
	ListCell   *cell;

	if (rel == NULL)
		return false;
	foreach(cell, root->append_rel_list)
	{
		AppendRelInfo *info = lfirst_node(AppendRelInfo, cell);

		if (info->child_relid == relid && walk((Node *) info->translated_vars, root))
			return true;
	}
	return walk((Node *) rel->reltarget->exprs, root) ||
		gmf_clauses_have_side_effects(root, rel->baserestrictinfo, NULL) ||
		gmf_clauses_have_side_effects(root, rel->joininfo, within) ||
		entry_has_side_effects(root, planner_rt_fetch(relid, root));
}

static bool
entry_has_side_effects(PlannerInfo *root, RangeTblEntry *rte)
{
	switch (rte->rtekind)
	{
		case RTE_RELATION:
			return walk((Node *) rte->tablesample, root);
		case RTE_SUBQUERY:
			return walk((Node *) rte->subquery, root);
		case RTE_FUNCTION:
			return walk((Node *) rte->functions, root);
		case RTE_TABLEFUNC:
			return walk((Node *) rte->tablefunc, root);
		case RTE_VALUES:
			return walk((Node *) rte->values_lists, root);
		case RTE_CTE:
			return cte_has_side_effects(root, rte);
		default:
			return false;
	}
}

/* A CTE is evaluated as far as it is read; where its query is not at hand, it may be any. */
static bool
cte_has_side_effects(PlannerInfo *root, const RangeTblEntry *rte)
{
	ListCell   *cell;

	for (Index level = rte->ctelevelsup; level > 0 && root != NULL; level--)
		root = root->parent_root;
	if (root == NULL || rte->self_reference)
		return true;
	foreach(cell, root->parse->cteList)
	{
		CommonTableExpr *cte = lfirst_node(CommonTableExpr, cell);

		if (strcmp(cte->ctename, rte->ctename) == 0)
			return walk(cte->ctequery, root);
	}
	return true;
}
