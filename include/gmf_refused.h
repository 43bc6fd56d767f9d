/*
 * gmf_refused.h
 *		Objects that a tolerant scan left out (option on_error).
 */
#ifndef GMF_REFUSED_H
#define GMF_REFUSED_H

#include "postgres.h"

#include "gmf_fetch.h"
#include "gmf_options.h"

/* A scan begins: what earlier statements left out is forgotten. */
extern void gmf_refused_begin(void);

/*
 * Take note of what the fetch has left out since the last call: a WARNING for each, and a
 * row of gaussdb_mgmt_refused().
 */
extern void gmf_refused_take(GmfFetch *fetch, const GmfTable *table);

#endif							/* GMF_REFUSED_H */
