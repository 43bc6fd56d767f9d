/*
 * gmf_answer.h
 *		Decoding one answer: from the bytes of a body to the values of its rows.
 *
 * An answer is sliced, not built into a tree.  Opening it checks every byte, so
 * that no row comes out of an answer that is broken further on; reading rows then
 * finds the values that are asked for and steps over everything else; jansson
 * decodes what needs decoding.  A value that is an object, an array or a number
 * is handed up as the text that the API sent, so that nothing is lost or
 * reformatted on the way.  Where an object has a name twice, the last one counts
 * (but "a{}" gives a row for each).
 */
#ifndef GMF_ANSWER_H
#define GMF_ANSWER_H

#include <stdint.h>
#include <stddef.h>

#include "gmf_error.h"

#ifdef __cplusplus
extern "C"
{
#endif

/*
 * Containers within containers, and names in a place: deeper ones are refused.  This floor
 * cannot ask how much of the stack is left, so this bounds every recursion over what a user
 * or a server can nest.  PostgreSQL's jsonb and jansson take more.
 */
#define GMF_MAX_DEPTH 200

typedef enum GmfValueKind
{
	GMF_ABSENT = 0,				/* the place does not exist */
	GMF_NULL,
	GMF_TRUE,
	GMF_FALSE,
	GMF_NUMBER,					/* text: the number as sent */
	GMF_STRING,					/* text: decoded, UTF-8; may hold U+0000 only if the API
								 * sent one */
	GMF_OBJECT,					/* text: JSON */
	GMF_ARRAY					/* text: JSON */
} GmfValueKind;

typedef struct GmfValue
{
	GmfValueKind kind;
	const char *text;			/* not NUL-terminated */
	size_t		length;
} GmfValue;

/* Paths made ready (see gmf_catalog.h for their form); constant once made. */
typedef struct GmfShape GmfShape;

/*
 * items as in GmfRoute.items, total a path or NULL, and the paths of npaths
 * values of a row; a NULL path gives an absent value.  NULL with error set
 * when a path is not well-formed (GMF_INVALID) or memory is out.
 */
extern GmfShape *gmf_shape_new(const char *items, const char *total,
							   const char *const *paths, int npaths, GmfError *error);
extern void gmf_shape_free(GmfShape *shape);

/*
 * Can a value of a row ever be at this path, where the rows are at these items?  "^.x" needs
 * items within items, "@key" and "@value" a step "a{}".  False with GMF_INVALID, also where
 * either is not well-formed.
 */
extern bool gmf_check_path(const char *items, const char *path, GmfError *error);

/*
 * Are containers nested deeper than GMF_MAX_DEPTH in a JSON text?  To be asked before a
 * library reads a text of a user; says nothing of whether it is JSON.
 */
extern bool gmf_json_too_deep(const char *text);

typedef struct GmfAnswer GmfAnswer;

/*
 * Make a body ready to be read row by row.  The body must stay as it is until
 * the answer is freed.  NULL with GMF_MALFORMED where it is not JSON, is cut
 * off, is nested deeper than 200, or where the rows are not where they should
 * be (a missing or null place of the rows is no rows, not an error; an object
 * where an array is named is an error).
 */
extern GmfAnswer *gmf_answer_open(const GmfShape *shape, const char *body, size_t length,
								  GmfError *error);

/*
 * The next row: fills values[npaths].  1: a row; 0: no more; -1: error is
 * set.  Texts live until the next call or until the answer is freed.
 */
extern int	gmf_answer_next(GmfAnswer *answer, GmfValue *values, GmfError *error);

/*
 * The whole current item as sent: JSON text.  A string keeps its quotes and escapes, and
 * so is told as GMF_OBJECT, the kind whose text is JSON.  Absent before the first row and
 * after the last.  Lives as long as the body.
 */
extern GmfValue gmf_answer_item(const GmfAnswer *answer);

/*
 * Is the place of the rows in the answer?  There are no rows at a place that is null, or below
 * one; one that is missing makes the answer another one than was expected, unless the items
 * end with "|".  An answer that is null has no places.
 */
extern bool gmf_answer_has_rows(const GmfAnswer *answer);

/* The names of the members of the answer, for people: "a", "b".  Empty: it has none. */
extern void gmf_answer_members(const GmfAnswer *answer, char *names, size_t size);

/* Number of all rows that the answer tells, or -1 when it does not (or lies below zero). */
extern int64_t gmf_answer_total(const GmfAnswer *answer);

/*
 * Does the answer say, beside its rows, whether the list goes on?  By what services use for it:
 * "truncated", "has_more" and the like, and a link or marker of the next page.  That such a
 * link is missing or null says nothing: there are services that never fill it in.  *place,
 * unless NULL, becomes the name of what says so, or NULL.
 */
typedef enum GmfMore
{
	GMF_MORE_UNKNOWN = 0,
	GMF_MORE_NO,
	GMF_MORE_YES
} GmfMore;

extern GmfMore gmf_answer_more(const GmfAnswer *answer, const char **place);

/* Number of rows in this answer (counted without decoding them). */
extern int64_t gmf_answer_count(const GmfAnswer *answer);

extern void gmf_answer_free(GmfAnswer *answer);

/*
 * Walk an array value: *position starts at 0.  Returns 1 with the next element,
 * 0 at the end, -1 with error set.  Strings are decoded into *scratch, which the
 * caller frees with free() at the end (start with NULL) and which the next call reuses.
 */
extern int	gmf_array_next(const GmfValue *array, size_t *position, GmfValue *element,
						   char **scratch, GmfError *error);

/*
 * Take code, message and request id out of the body of a refused request, in all forms that
 * are met: {error_code, error_msg}, {error: {code, message}}, {errCode, externalMessage},
 * {code, message}, {badRequest: {...}}, errors[], results[], the same in base64, the title of a
 * page of HTML, XML, plain text.  Only where there is nothing of the kind does the message say
 * what the body is instead.  A request id that the error has already is kept.
 */
extern void gmf_answer_error(const char *body, size_t length, GmfError *error);

/*
 * Does the body of an answer whose status means success carry an error all the same?  Then error
 * has its code, message and request id, and a kind that the code suggests (GMF_REJECTED where
 * it suggests none).  A code of zeros, or 200, means success.  surely: only by
 * members at the top that are used for nothing else; the rest of the answer is as it should be.
 */
extern bool gmf_answer_refusal(const char *body, size_t length, bool surely, GmfError *error);

/* Is the path (its first alternative) one of those at which errors are looked for? */
extern bool gmf_error_member(const char *path);

#ifdef __cplusplus
}
#endif

#endif							/* GMF_ANSWER_H */
