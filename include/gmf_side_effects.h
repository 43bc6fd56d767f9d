/*
 * gmf_side_effects.h
 *		What must not be evaluated before its turn.
 *
 * A volatile function may restart an instance or draw a number from a sequence.  Whatever
 * reads rows ahead of their consumer must not evaluate one, as the query may end before it
 * comes to that row.
 */
#ifndef GMF_SIDE_EFFECTS_H
#define GMF_SIDE_EFFECTS_H

#include "postgres.h"

#include "nodes/pathnodes.h"

/* Does evaluating the expression (a list, a Query) call a volatile function, subplans included? */
extern bool gmf_has_side_effects(PlannerInfo *root, Node *node);

/* Does one of the RestrictInfos?  within: only those of these relations; NULL: all. */
extern bool gmf_clauses_have_side_effects(PlannerInfo *root, List *clauses, Relids within);

/* Does reading a row of the relation, a join or a table, with the target? */
extern bool gmf_relation_has_side_effects(PlannerInfo *root, RelOptInfo *rel,
										  const PathTarget *target);

#endif							/* GMF_SIDE_EFFECTS_H */
