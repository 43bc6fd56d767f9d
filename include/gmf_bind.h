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
	const char **values;		/* GMF_QUAL_ANY: any number; else one */
	int			nvalues;
	bool		unwritable;		/* there is a value besides that has no text */
} GmfCondition;

/* What a column shows that is not in the answer, as the request says. */
typedef struct GmfShown
{
	int			column;
	const char *const *wires;	/* the value that a row was asked for, as it was sent ... */
	const char *const *texts;	/* ... and as gmf_write_datum gives it */
	int			n;				/* 0: NULL, as the request carried no value of it */
} GmfShown;

/* What comes of binding, beside the spec. */
typedef struct GmfBound
{
	int			unsaid;			/* a column of which the API must be told something that it
								 * cannot be told: nothing must be asked; -1: none */
	const char *why;			/* a sentence for people, or NULL */
	bool	   *sent;			/* [nconditions]: does the request carry the condition? */
	GmfShown   *shown;
	int			nshown;
} GmfBound;

/*
 * The condition that a qual and its value (not NULL) make, in the current memory context.
 * False when no value can fulfil it: an array of nothing but NULLs.
 */
extern bool gmf_condition_make(GmfQualKind kind, int column, Datum value, Oid type,
							   GmfCondition *condition);

/*
 * Fill route, bindings and parent of a spec, in the current memory context.  disabled: the
 * GmfOptimisations that the plan does without.  False when nothing is to be asked: no row can
 * satisfy the conditions, or bound->unsaid names a column.
 */
extern bool gmf_bind(const GmfAccess *access, const GmfCondition *conditions, int nconditions,
					 int disabled, GmfFetchSpec *spec, GmfBound *bound);

#endif							/* GMF_BIND_H */
