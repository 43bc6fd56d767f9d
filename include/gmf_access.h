/*
 * gmf_access.h
 *		Which of a resource's routes serves a query.
 *
 * The answer follows from the columns that are compared for equality and
 * from the columns that are used, and from nothing else: planner, EXPLAIN and
 * executor ask the same question and get the same answer.
 */
#ifndef GMF_ACCESS_H
#define GMF_ACCESS_H

#include "postgres.h"

#include "gmf_catalog.h"

typedef struct GmfAccess
{
	const GmfResource *resource;
	const GmfRoute *route;
	const GmfRoute *detail;		/* asked row by row for columns that the list leaves
								 * out, or NULL */
	struct GmfAccess *parent;	/* gives the keys that the query does not, or NULL */
	const char *missing;		/* a column that the query must compare with =, as
								 * nothing else gives it; NULL when the route works */
} GmfAccess;

/*
 * bound[i]: column i is compared for equality; filtered[i]: a condition that could be sent
 * is on column i; used[i]: column i is needed (each has an entry for each column of the
 * resource).  In the current memory context.
 */
extern GmfAccess *gmf_access_choose(const GmfResource *resource, const bool *bound,
									const bool *filtered, const bool *used);

/* Does the parent of this access give the column? */
extern bool gmf_access_from_parent(const GmfAccess *access, const char *column);

/*
 * Is the column in nothing that comes back: not in the answer, not a key that the parent
 * gives, not one of a domain that is walked through?  Then the API is the only judge of
 * conditions on it.
 */
extern bool gmf_access_hides(const GmfAccess *access, int column);

#endif							/* GMF_ACCESS_H */
