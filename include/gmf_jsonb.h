/*
 * gmf_jsonb.h
 *		JSON of an answer as jsonb.
 */
#ifndef GMF_JSONB_H
#define GMF_JSONB_H

#include "postgres.h"

#include "gmf_answer.h"

/*
 * What jsonb's input function makes of an object or an array of an answer (see
 * gmf_answer.h: it was checked byte by byte), in the current memory context.  False
 * for what is left to that function: other values, escapes, other encodings than UTF-8, and
 * texts of many megabytes.
 */
extern bool gmf_read_jsonb(const GmfValue *value, Datum *jsonb);

#endif							/* GMF_JSONB_H */
