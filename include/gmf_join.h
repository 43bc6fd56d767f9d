/*
 * gmf_join.h
 *		Joins in flight: reading ahead on the outer side of a nested loop.
 *
 * A nested loop over a table that is asked by key would make one request after
 * another.  The node "Read Ahead" stands between the loop and its outer side:
 * it takes a few outer rows in advance and lets the inner scan ask for their
 * keys, so that the answers are on their way, or there, when the loop comes to
 * them.  The loop itself, and so every kind of join that it can do, stays
 * PostgreSQL's.
 */
#ifndef GMF_JOIN_H
#define GMF_JOIN_H

#include "postgres.h"

#include "nodes/execnodes.h"

/* Install the planner hook and register the node. */
extern void gmf_join_init(void);

/* An inner scan begins: the node that reads ahead for it gets to know it. */
extern void gmf_join_attach(ForeignScanState *inner);

#endif							/* GMF_JOIN_H */
