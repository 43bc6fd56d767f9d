/*
 * gmf_modify.h
 *		INSERT, UPDATE and DELETE, which no table of ours takes.
 */
#ifndef GMF_MODIFY_H
#define GMF_MODIFY_H

#include "postgres.h"

#include "nodes/pathnodes.h"
#include "nodes/plannodes.h"

/* The planner's callback: always fails, and names the functions that change such things. */
extern List *gmf_plan_foreign_modify(PlannerInfo *root, ModifyTable *plan, Index result_relation,
									 int subplan_index);

#endif							/* GMF_MODIFY_H */
