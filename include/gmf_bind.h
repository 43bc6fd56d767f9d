/*
 * gmf_bind.h
 *		From conditions whose values are known to what is asked of the API.
 */
#ifndef GMF_BIND_H
#define GMF_BIND_H

#include "postgres.h"

#include "gmf_access.h"
#include "gmf_fetch.h"
#include "gmf_quals.h"

/* A qual whose value has been evaluated: texts as gmf_write_datum gives them. */
typedef struct GmfCondition
{
	GmfQualKind kind;
	int			column;
	Datum		value;			/* as it was evaluated */
	const char **values;		/* GMF_QUAL_ANY: any number; else one */
	int			nvalues;
} GmfCondition;

/*
 * The condition that a qual and its value (not NULL) make, in the current memory context.
 * False when no value can fulfil it: an array of nothing but NULLs.
 */
extern bool gmf_condition_make(GmfQualKind kind, int column, Datum value, Oid type,
							   GmfCondition *condition);

/*
 * Fill route, bindings and parent of a spec, in the current memory context.  False when no row
 * can satisfy the conditions: nothing need be asked.
 */
extern bool gmf_bind(const GmfAccess *access, const GmfCondition *conditions, int nconditions,
					 GmfFetchSpec *spec);

#endif							/* GMF_BIND_H */
