/*
 * answer_internal.h
 *		What the files of the answer room share; nobody else includes it.
 *
 * Three layers, each in a file of its own: slice.c reads JSON text and knows
 * nothing of rows; answer_shape.c turns paths into trees of names; answer.c
 * walks a body by such trees and hands out rows.
 */
#ifndef GMF_ANSWER_INTERNAL_H
#define GMF_ANSWER_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>

#include "gmf_answer.h"

/* ---- slice.c: JSON text ------------------------------------------------ */

/*
 * A value, or a name with its quotes, where it stands in the body: [start, end).
 * All zero: there is none.
 */
typedef struct GmfSlice
{
	const char *start;
	const char *end;
} GmfSlice;

/*
 * A place in JSON text.  Unless the text is known to be valid, whatever is read
 * is checked in full, down to UTF-8 and escapes; text that was checked before is
 * stepped over several times faster.  Never looks at or behind "end" either way.
 */
typedef struct GmfReader
{
	const char *next;			/* first byte that is not read yet */
	const char *end;
	bool		checked;		/* the text is known to be valid */
	bool		fresh;			/* a container was entered, nothing of it read */
	int			depth;			/* containers entered and not left */
	const char *fault;			/* what is wrong at next; NULL: nothing so far */
} GmfReader;

/* Begin at the first value of the text. */
extern void gmf_reader_init(GmfReader *reader, const char *text, const char *end, bool checked);

/* Read the value at next.  False: fault is set. */
extern bool gmf_reader_value(GmfReader *reader);

/* Enter the object or array at next. */
extern bool gmf_reader_enter(GmfReader *reader);

/*
 * Go to the next element of the array, or to the value of the next member of
 * the object, that was entered last.  1: next is at that value, which must be
 * read before the next call; 0: there was no more, the container is left; -1:
 * fault is set.
 */
extern int	gmf_reader_element(GmfReader *reader);
extern int	gmf_reader_member(GmfReader *reader, GmfSlice *name);

/* After the last value: true if nothing follows it. */
extern bool gmf_reader_finish(GmfReader *reader);

/* By its first byte; of a value that was read. */
extern GmfValueKind gmf_slice_kind(GmfSlice slice);

/*
 * The value in the form that callers see.  Where a string has escapes, *decoded
 * becomes what holds its text, and the caller's to free; else it becomes NULL.  False:
 * no memory.
 */
extern bool gmf_slice_value(GmfSlice slice, GmfValue *value, json_t **decoded);

/* ---- answer_shape.c: paths --------------------------------------------- */

/*
 * Names that are looked for in an object, and names in the objects found there.
 * Node 0 is the object itself; a parent stands before its children.
 */
typedef struct GmfNode
{
	GmfSlice	name;
	int			parent;
	bool		inner;			/* has children */
} GmfNode;

typedef struct GmfTree
{
	GmfNode    *nodes;
	int			nnodes;
	int		   *table;			/* hash of (parent, name): a node, or 0 */
	unsigned	mask;			/* size of table - 1 */
} GmfTree;

/* Number of the child of that name, or 0 when nobody looks for it. */
extern int	gmf_tree_child(const GmfTree *tree, int parent, const char *name, size_t length);

/* Where a path begins. */
typedef enum GmfPlace
{
	GMF_AT_ITEM,
	GMF_AT_TOP,					/* $ */
	GMF_AT_ENCLOSING,			/* ^ */
	GMF_AT_KEY,					/* @key */
	GMF_AT_VALUE				/* @value */
} GmfPlace;

typedef struct GmfAlternative
{
	GmfPlace	place;
	int			node;			/* in the tree of that place */
} GmfAlternative;

typedef struct GmfPath
{
	const GmfAlternative *alternatives;
	int			nalternatives;
} GmfPath;

/* What is done with the place that the names of a step lead to. */
typedef enum GmfStepKind
{
	GMF_STEP_PLAIN,				/* a: the elements of an array, or one object */
	GMF_STEP_ELEMENTS,			/* a[] */
	GMF_STEP_MEMBERS,			/* a{} */
	GMF_STEP_WHOLE				/* "" */
} GmfStepKind;

typedef struct GmfStep
{
	GmfStepKind kind;
	int			node;			/* of top for the first step, else of middle */
	GmfSlice	text;			/* as written, for messages */
} GmfStep;

/* The way to the rows: steps[0] from the top, each other from an item of the one before. */
typedef struct GmfRowPath
{
	const GmfStep *steps;
	int			nsteps;
} GmfRowPath;

struct GmfShape
{
	GmfTree		top;			/* names looked for at the top of the answer, */
	GmfTree		middle;			/* in an item that encloses others, */
	GmfTree		item;			/* and in an item that is a row */
	GmfPath    *paths;
	int			npaths;
	GmfPath		total;			/* no alternatives: not told */
	int		   *more;			/* nodes of top that say whether the list goes on; NULL:
								 * the answer is no list */
	GmfRowPath *rows;			/* alternatives */
	int			nrows;
	int			max_steps;		/* of any alternative */
	bool		may_lack_rows;	/* their place may be missing */

	/* What the above points into. */
	char	   *text;
	GmfAlternative *alternatives;
	GmfStep    *steps;
};

/* A place that says whether a list goes on. */
typedef struct GmfMorePlace
{
	const char *name;			/* dotted; NULL: "<name of the list>_links" */
	bool		is_flag;		/* true or false; else a link or a marker */
} GmfMorePlace;

#define GMF_MORE_PLACES 14

extern const GmfMorePlace gmf_more_places[GMF_MORE_PLACES];

/* ---- answer_error.c ---- */

/* What a body that is clearly no JSON is instead, for people; NULL for any other. */
extern const char *gmf_answer_not_json(const char *body, size_t length);

/* The same as an error, with the title of the page. */
extern void gmf_describe_not_json(const char *body, size_t length, GmfError *error);

#endif							/* GMF_ANSWER_INTERNAL_H */
