/*
 * gmf_quals.h
 *		WHERE clauses that a parameter of the API can help with.
 *
 * A qual is a comparison of one column with a value that is known before the
 * scan begins.  Whether it can be sent depends on the route's parameters;
 * whether its value can be sent may be known only at execution.  Sending is
 * always an optimisation: what is sent must keep at least every row that the
 * clause keeps.
 */
#ifndef GMF_QUALS_H
#define GMF_QUALS_H

#include "postgres.h"

#include "nodes/pathnodes.h"

#include "gmf_access.h"
#include "gmf_options.h"
#include "gmf_request.h"

typedef enum GmfQualKind
{
	GMF_QUAL_EQUAL = 1,			/* column = value */
	GMF_QUAL_ANY,				/* column = ANY (array) */
	GMF_QUAL_LIKE,				/* column LIKE pattern */
	GMF_QUAL_FROM,				/* column >= value, column > value */
	GMF_QUAL_TO					/* column <= value, column < value */
} GmfQualKind;

typedef struct GmfQual
{
	GmfQualKind kind;
	int			column;			/* of the resource */
	Expr	   *value;			/* of a type that the column's is compared with, or an
								 * array of such */
	Expr	   *clause;			/* the whole clause */
	bool		beside;			/* not an equality, and there is one on the column */
} GmfQual;

/* What becomes of a value. */
typedef enum GmfSending
{
	GMF_SEND,					/* wire text is there */
	GMF_KEEP_LOCAL,				/* the API cannot be asked for it: PostgreSQL filters */
	GMF_NO_ROW					/* no row can have it */
} GmfSending;

/* A value in the form in which it goes to the API. */
typedef struct GmfWire
{
	char	   *text;			/* NULL unless it is sent */
	bool		whole;			/* it says what the condition says, no more and no less */
	bool		has_point;		/* of a bound: the number or the time (microseconds) */
	int64		point;			/* that text says */
	const char *why;			/* not sent, or not the whole: what the API cannot be told */
} GmfWire;

/*
 * Is the clause of the form above, over a column of relation relid whose declared type is the
 * catalog's, or a narrower integer?  Other relations' columns may be in the value.
 */
extern bool gmf_qual_make(PlannerInfo *root, Index relid, const GmfTable *table,
						  Expr *clause, GmfQual *qual);

/* Find out which of the quals stand beside an equality on their column. */
extern void gmf_quals_relate(List *quals);

/*
 * Can the parameter be asked such a qual on the column?  Where the column is in the answer
 * the API need only keep all rows that fulfil it; else it must judge it.
 */
extern bool gmf_qual_suits(GmfQualKind kind, const GmfColumn *column,
						   const GmfParameter *parameter);

/*
 * A value of a qual (as gmf_write_datum gives it) as it is sent, in the current memory
 * context.
 */
extern GmfSending gmf_qual_send(GmfQualKind kind, const GmfColumn *column,
								const GmfParameter *parameter, const char *text, GmfWire *wire);

/*
 * Does the API keep exactly the rows that the clause keeps, so that it can be left to
 * count or to skip them?  Only for an access without doubt: a constant that can be sent, for
 * a key or a parameter documented to match exactly; or a bound or a pattern of which the API
 * is the only judge.  disabled: the GmfOptimisations that the plan does without.
 */
extern bool gmf_qual_is_exact(const GmfQual *qual, const GmfAccess *access, int disabled);

/*
 * Is the clause the API's alone to judge, and can it?  Its column is not in the answer; it
 * is sent, or the scan fails.
 */
extern bool gmf_qual_is_answered(const GmfQual *qual, const GmfAccess *access);

/* Can a condition on the column go to the parameter? */
extern bool gmf_parameter_serves(const GmfParameter *parameter, const char *column);

/* The parameter of the route that a qual goes to, or NULL. */
extern const GmfParameter *gmf_qual_parameter(const GmfQual *qual, const GmfAccess *access);

#endif							/* GMF_QUALS_H */
