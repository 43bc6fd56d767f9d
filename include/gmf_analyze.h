/*
 * gmf_analyze.h
 *		ANALYZE of foreign tables.
 */
#ifndef GMF_ANALYZE_H
#define GMF_ANALYZE_H

#include "postgres.h"

#include "foreign/fdwapi.h"

extern bool gmf_analyze_foreign_table(Relation rel, AcquireSampleRowsFunc *function,
									  BlockNumber *totalpages);

#endif							/* GMF_ANALYZE_H */
