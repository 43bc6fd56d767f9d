/*
 * gmf_hidden.h
 *		Columns that are not in the answer: keys that only the request carries, and
 *		filters for things that the API does not show.
 *
 * No row can be checked on such a column; the API is the only judge of conditions
 * on it.  One that is sent with a value to be equal to gives the column that value, on which
 * PostgreSQL can check others.  Anything else that it cannot be asked makes the scan fail.
 */
#ifndef GMF_HIDDEN_H
#define GMF_HIDDEN_H

#include "postgres.h"

#include "nodes/pathnodes.h"

#include "gmf_access.h"
#include "gmf_bind.h"
#include "gmf_compat.h"
#include "gmf_options.h"
#include "gmf_rows.h"

/*
 * A column about which the query says something that a scan with these clauses (of
 * RestrictInfo) and the quals made of them leaves unanswered, be it one of the clauses or one
 * that is checked elsewhere, as in a join; -1: there is none.
 */
extern int	gmf_hidden_unanswered(PlannerInfo *root, RelOptInfo *rel, const GmfTable *table,
								  const GmfAccess *access, List *clauses, List *quals);

/*
 * Fail for that, or for a value of which the API cannot be told: why says that, a
 * sentence for people, or NULL.
 */
extern void gmf_hidden_report(const GmfTable *table, int column, bool is_value,
							  const char *why) gmf_noreturn;

/* Columns of a table that show what a request carried. */
typedef struct GmfShownColumns GmfShownColumns;

/* In the current memory context; "bound" is not needed any more. */
extern GmfShownColumns *gmf_shown_new(const GmfTable *table, const GmfBound *bound);

/* gmf_row_read (see gmf_rows.h), with these columns. */
extern void gmf_shown_read(const GmfShownColumns *shown, GmfRowReader *reader,
						   const GmfValue *values, Datum *datums, bool *nulls);

#endif							/* GMF_HIDDEN_H */
