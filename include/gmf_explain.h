/*
 * gmf_explain.h
 *		What EXPLAIN says of a scan.
 */
#ifndef GMF_EXPLAIN_H
#define GMF_EXPLAIN_H

#include "postgres.h"

#include "nodes/execnodes.h"

#include "gmf_compat.h"

extern void gmf_explain_foreign_scan(ForeignScanState *node, ExplainState *es);

#endif							/* GMF_EXPLAIN_H */
