/*
 * gmf_side_effects.h
 *		What must not be evaluated before its turn.
 *
 * A volatile function may restart an instance or draw a number from a sequence.  Whatever
 * reads rows ahead of their consumer must not evaluate one, as the query may end before it
 * comes to that row; nor may it change or lock rows.
 */
#ifndef GMF_SIDE_EFFECTS_H
#define GMF_SIDE_EFFECTS_H

#include "postgres.h"

#include "nodes/pathnodes.h"

/*
 * Does evaluating the expression (or a list, RestrictInfos among it) have side effects, those of
 * sub-selects and of CTEs included?  root: the level of the query that it belongs to.
 */
extern bool gmf_has_side_effects(PlannerInfo *root, Node *node);

/* Does one of the RestrictInfos?  within: only those of these relations; NULL: all. */
extern bool gmf_clauses_have_side_effects(PlannerInfo *root, List *clauses, Relids within);

/*
 * Does reading one more row of the relation, a join or a table, with the target?  Functions in
 * FROM that take nothing from other relations do not count: they are carried out as a whole
 * for the first row.
 */
extern bool gmf_relation_has_side_effects(PlannerInfo *root, RelOptInfo *rel,
										  const PathTarget *target);

#endif							/* GMF_SIDE_EFFECTS_H */
