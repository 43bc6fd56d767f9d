/*
 * gmf_request.h
 *		Building one request: where it goes, what it carries.
 *
 * A GmfRequest is put together from a path template of the catalog and values
 * in their natural form; percent-encoding and JSON-encoding happen here and
 * nowhere else.  {project_id} stays open until the session fills it in.
 */
#ifndef GMF_REQUEST_H
#define GMF_REQUEST_H

#include "gmf_catalog.h"
#include "gmf_error.h"

#ifdef __cplusplus
extern "C"
{
#endif

typedef struct GmfRequest GmfRequest;

/*
 * A value to send.  Scalars are text: numbers in decimal, booleans "true" or
 * "false", points in time as decimal microseconds since the Unix epoch when a
 * GmfTimeForm goes with them, jsonb as JSON text.  Arrays have elements
 * instead, each of them such a text; a NULL element is refused.
 */
typedef struct GmfInput
{
	const char *text;			/* NULL: an array, or nothing at all */
	const char *const *elements;
	int			nelements;
} GmfInput;

/*
 * A request to "service" with method and path template (both must outlive it:
 * they are catalog data or the caller's).  idempotent: it may be sent again
 * after a failure.  NULL when memory is out.
 */
extern GmfRequest *gmf_request_new(const char *service, const char *method,
								   const char *path, bool idempotent);
extern void gmf_request_free(GmfRequest *request);

/*
 * Put a value in its place.
 *
 * GMF_IN_PATH: name is the placeholder.  Empty, "." and ".." are refused, as a
 * path segment cannot carry them.  GMF_IN_QUERY: appended.  GMF_IN_HEADER: a
 * value with control characters is refused.  GMF_IN_BODY: name is a place as
 * in GmfArgument.place, type says how the value is written; setting the same
 * place again replaces it.  A jsonb value whose text is not JSON is refused.
 *
 * secret: the value is masked by gmf_request_describe.
 * Returns false and fills error (GMF_INVALID, GMF_NO_MEMORY) on failure.
 */
extern bool gmf_request_put(GmfRequest *request, GmfLocation location, const char *name,
							GmfType type, GmfTimeForm time_form, bool secret,
							const GmfInput *input, GmfError *error);

/* The same for a constant of the catalog given as JSON text (GMF_IN_BODY) or as it is. */
extern bool gmf_request_put_constant(GmfRequest *request, GmfLocation location,
									 const char *name, const char *value, GmfError *error);

/*
 * Put the parameters of a query that stands in a URL: "name=value&name=value", percent-encoded.
 * They take the place of those of the same name.  False with GMF_MALFORMED where it is not such.
 */
extern bool gmf_request_put_query(GmfRequest *request, const char *query, GmfError *error);

/* Drop what was put in the query under a name. */
extern void gmf_request_drop_query(GmfRequest *request, const char *name);

/*
 * Can something be put at this place of a body?  False with GMF_INVALID where a name in it is
 * empty, or where it has more than GMF_MAX_DEPTH names (see gmf_answer.h).
 */
extern bool gmf_check_body_place(const char *place, GmfError *error);

/* Make sure that there is a body, if need be an empty object. */
extern bool gmf_request_need_body(GmfRequest *request, GmfError *error);

/*
 * The whole body as the caller wrote it, which must be JSON of any kind.  It is sent and
 * described as it is: numbers keep all their digits, and nothing in it is masked.  It
 * takes the place of what was put there before.
 */
extern bool gmf_request_set_body(GmfRequest *request, const char *text, GmfError *error);

/*
 * What the request is, for people: "POST /v3/{project_id}/backups" plus query
 * and body as they would be sent, secrets as "********".  The result is
 * malloc'ed, owned by the caller; NULL when memory is out.
 */
extern char *gmf_request_describe(const GmfRequest *request, bool with_body);

/*
 * Path and query as they go on the wire, percent-encoded (RFC 3986: everything
 * but unreserved characters), parameters sorted by name, then value, as signing wants
 * them.  project_id may be NULL when the path has no such placeholder.  Two malloc'ed
 * strings, owned by the caller; query is "" when there is none.  Fails with
 * GMF_INVALID while a placeholder is open.
 */
extern bool gmf_request_target(const GmfRequest *request, const char *project_id,
							   char **path, char **query, GmfError *error);

/* The body as JSON text (owned by the request, valid until it is changed), or NULL. */
extern const char *gmf_request_body(GmfRequest *request);

extern const char *gmf_request_service(const GmfRequest *request);
extern const char *gmf_request_method(const GmfRequest *request);
extern const char *gmf_request_path(const GmfRequest *request);
extern bool gmf_request_idempotent(const GmfRequest *request);
/*
 * Error codes, joined with "|" (NULL: none), that say that the object is gone whatever the
 * status of the answer; constant for the life of the request.
 */
extern void gmf_request_set_gone(GmfRequest *request, const char *codes);
extern bool gmf_request_says_gone(const GmfRequest *request, const char *code);

extern bool gmf_request_needs_project(const GmfRequest *request);

/* Extra headers: name and value number i; false when there are no more. */
extern bool gmf_request_header(const GmfRequest *request, int i, const char **name,
							   const char **value);

/*
 * Percent-encode text (RFC 3986: unreserved characters stay).  malloc'ed, owned
 * by the caller; NULL when memory is out.
 */
extern char *gmf_percent_encode(const char *text);

#ifdef __cplusplus
}
#endif

#endif							/* GMF_REQUEST_H */
