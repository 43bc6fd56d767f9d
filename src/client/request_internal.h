/*
 * request_internal.h
 *		What request.c and request_body.c share.
 */
#ifndef GMF_REQUEST_INTERNAL_H
#define GMF_REQUEST_INTERNAL_H

#include <jansson.h>

#include "gmf_request.h"
#include "session_internal.h"

#define GMF_MASK	"********"

/*
 * The JSON value of an input; NULL with error set when it is not of the type.  name is for
 * the message; the value is not in it.
 */
extern json_t *gmf_body_value(const char *name, GmfType type, GmfTimeForm time_form,
							  const GmfInput *input, GmfError *error);

/*
 * Put a value in its place in the body, which is made if *body is NULL.  Takes over
 * the value.  The place must be one (gmf_check_body_place) or "".
 */
extern bool gmf_body_put(json_t **body, const char *place, json_t *value, GmfError *error);

/* Replace what is at a place by the mask.  False: out of memory, it may still be there. */
extern bool gmf_body_mask(json_t *body, const char *place);

/* Overwrite all strings: for a body that holds a secret and is about to be freed. */
extern void gmf_body_wipe(json_t *body);

/* Compact JSON text, members in the order in which they were put; NULL: out of memory. */
extern char *gmf_body_text(const json_t *body);

/* A point in time in decimal microseconds as the API wants it. */
extern bool gmf_input_time(const char *name, const char *text, GmfTimeForm form,
						   char *buffer, GmfError *error);

/* An empty JSON object.  jansson's json_object() must not be called: see there. */
extern json_t *gmf_body_empty(void);

#endif							/* GMF_REQUEST_INTERNAL_H */
