/*
 * answer.c
 *		Rows of one answer.
 *
 * A body is read twice.  gmf_answer_open reads all of it and checks every byte,
 * so that no row is handed out of an answer that turns out to be cut off or
 * broken later, finds what is asked for at the top, and counts the rows.
 * gmf_answer_next then steps from row to row, by quotes and brackets, and stops
 * only at the names that the shape looks for.
 *
 * Where a name stands twice in an object, the last one counts, as it does for jsonb
 * and for jansson; only where members are rows, each of them is one.
 */
#include <stdlib.h>
#include <string.h>

#include "answer_internal.h"
#include "gmf_convert.h"

/*
 * One step of the way to the rows, while it is gone: the place that the step leads
 * to, and which of its items is the current one.
 */
typedef struct Level
{
	GmfStepKind kind;			/* never plain: what it turned out to be */
	GmfReader	reader;			/* behind the current item */
	bool		begun;			/* GMF_STEP_WHOLE: its one item was read */
	GmfSlice	name;			/* of the current item, GMF_STEP_MEMBERS */
	GmfSlice   *found;			/* by node of the tree that the item was read with;
								 * found[0] is the item */
} Level;

struct GmfAnswer
{
	const GmfShape *shape;
	const char *body;
	const GmfRowPath *rows;		/* the alternative that is present */
	GmfSlice   *top;			/* by node of shape->top */
	GmfSlice   *slices;			/* memory of all "found", and of top */
	Level	   *levels;			/* one for each step */
	int			depth;			/* levels that are entered; 0: at the end */
	bool		has_row;
	int64_t		count;
	int64_t		total;
	json_t	  **decoded;		/* texts of the current row */
	int			ndecoded;
};

static bool reserve(GmfAnswer *answer);
static bool read_top(GmfAnswer *answer, const char *body, size_t length, GmfError *error);
static void choose_rows(GmfAnswer *answer);
static bool count_rows(GmfAnswer *answer, GmfError *error);
static int64_t read_total(GmfAnswer *answer);
static GmfMore told_by(const GmfMorePlace *place, GmfSlice slice);
static bool enter_level(GmfAnswer *answer, int level, const GmfSlice *found, GmfError *error);
static GmfValueKind kind_around(const GmfTree *tree, int node, const GmfSlice *found);
static bool misplaced_rows(const GmfStep *step, GmfError *error);
static int	next_row(GmfAnswer *answer, bool slicing, GmfError *error);
static int	next_item(Level *level, const GmfTree *tree);
static bool take_node(const GmfTree *tree, int node, GmfReader *reader, GmfSlice *found);
static int	find_child(const GmfTree *tree, int parent, GmfSlice name);
static void forget_node(const GmfTree *tree, int node, GmfSlice *found);
static GmfSlice find_path(const GmfAnswer *answer, const GmfPath *path);
static GmfSlice find_alternative(const GmfAnswer *answer, const GmfAlternative *alternative);
static void drop_decoded(GmfAnswer *answer);
static int	reading_failed(const char *body, const GmfReader *reader, GmfError *error);
static int	no_memory(GmfError *error);

static const GmfSlice nothing = {NULL, NULL};

GmfAnswer *
gmf_answer_open(const GmfShape *shape, const char *body, size_t length, GmfError *error)
{
	GmfAnswer  *answer = calloc(1, sizeof(*answer));

	if (answer == NULL)
	{
		no_memory(error);
		return NULL;
	}
	answer->shape = shape;
	answer->body = body;
	if (!reserve(answer))
		no_memory(error);
	else if (read_top(answer, body, length, error))
	{
		choose_rows(answer);
		answer->total = read_total(answer);
		if (count_rows(answer, error))
			return answer;
	}
	gmf_answer_free(answer);
	return NULL;
}

int
gmf_answer_next(GmfAnswer *answer, GmfValue *values, GmfError *error)
{
	const GmfShape *shape = answer->shape;
	int			more;

	drop_decoded(answer);
	more = next_row(answer, true, error);
	answer->has_row = more > 0;
	if (more <= 0)
		return more;

	for (int i = 0; i < shape->npaths; i++)
	{
		GmfSlice	slice = find_path(answer, &shape->paths[i]);

		if (!gmf_slice_value(slice, &values[i], &answer->decoded[answer->ndecoded]))
			return no_memory(error);
		if (answer->decoded[answer->ndecoded] != NULL)
			answer->ndecoded++;
	}
	return 1;
}

GmfValue
gmf_answer_item(const GmfAnswer *answer)
{
	GmfSlice	item = nothing;
	GmfValue	value;

	if (answer->has_row)
		item = answer->levels[answer->depth - 1].found[0];
	value.kind = gmf_slice_kind(item);
	if (value.kind == GMF_STRING)
		value.kind = GMF_OBJECT;	/* its text is not decoded */
	value.text = item.start;
	value.length = (size_t) (item.end - item.start);
	return value;
}

int64_t
gmf_answer_total(const GmfAnswer *answer)
{
	return answer->total;
}

bool
gmf_answer_has_rows(const GmfAnswer *answer)
{
	const GmfTree *tree = &answer->shape->top;
	int			node = answer->rows->steps[0].node;
	GmfValueKind top = gmf_slice_kind(answer->top[0]);

	if (node == 0 || top == GMF_NULL)
		return top != GMF_NULL;
	if (answer->shape->may_lack_rows)
		return true;
	if (answer->top[node].start != NULL)
		return true;
	while (answer->top[node].start == NULL)
		node = tree->nodes[node].parent;
	return node != 0 && gmf_slice_kind(answer->top[node]) == GMF_NULL;
}

void
gmf_answer_members(const GmfAnswer *answer, char *names, size_t size)
{
	GmfSlice	top = answer->top[0];
	GmfReader	reader;
	GmfSlice	name;
	size_t		used = 0;

	names[0] = '\0';
	gmf_reader_init(&reader, top.start, top.end, true);
	if (gmf_slice_kind(top) != GMF_OBJECT || !gmf_reader_enter(&reader))
		return;
	while (gmf_reader_member(&reader, &name) > 0 && gmf_reader_value(&reader))
	{
		size_t		length = (size_t) (name.end - name.start);

		if (used + length + 8 >= size)
		{
			stpcpy(names + used, used > 0 ? ", ..." : "...");
			return;
		}
		if (used > 0)
			used = (size_t) (stpcpy(names + used, ", ") - names);
		memcpy(names + used, name.start, length);
		used += length;
		names[used] = '\0';
	}
}

GmfMore
gmf_answer_more(const GmfAnswer *answer, const char **place)
{
	GmfMore		more = GMF_MORE_UNKNOWN;
	const char *found = NULL;

	for (int i = 0; answer->shape->more != NULL && i < GMF_MORE_PLACES; i++)
	{
		int			node = answer->shape->more[i];
		GmfMore		told = node == 0 ? GMF_MORE_UNKNOWN :
			told_by(&gmf_more_places[i], answer->top[node]);

		if (told > more)
		{
			more = told;
			found = gmf_more_places[i].name != NULL ? gmf_more_places[i].name :
				answer->shape->top.nodes[node].name.start;
		}
	}
	if (place != NULL)
		*place = found;
	return more;
}

int64_t
gmf_answer_count(const GmfAnswer *answer)
{
	return answer->count;
}

void
gmf_answer_free(GmfAnswer *answer)
{
	if (answer == NULL)
		return;
	if (answer->decoded != NULL)
		drop_decoded(answer);
	free(answer->decoded);
	free(answer->slices);
	free(answer->levels);
	free(answer);
}

int
gmf_array_next(const GmfValue *array, size_t *position, GmfValue *element,
			   char **scratch, GmfError *error)
{
	GmfReader	reader;
	GmfSlice	slice;
	json_t	   *decoded;
	int			more;

	if (array->kind != GMF_ARRAY || array->length == 0 || array->text[0] != '[')
	{
		gmf_error_set(error, GMF_MALFORMED, "a value that should be an array is not one");
		return -1;
	}
	gmf_reader_init(&reader, array->text + *position, array->text + array->length, false);
	if (*position > 0)
		reader.depth = 1;
	else
		gmf_reader_enter(&reader);

	more = gmf_reader_element(&reader);
	slice.start = reader.next;
	if (more < 0 || !(more > 0 ? gmf_reader_value(&reader) : gmf_reader_finish(&reader)))
		return reading_failed(array->text, &reader, error);
	if (more == 0)
		return 0;
	slice.end = reader.next;
	*position = (size_t) (reader.next - array->text);

	if (!gmf_slice_value(slice, element, &decoded))
		return no_memory(error);
	if (decoded != NULL)
	{
		char	   *copy = realloc(*scratch, element->length + 1);

		if (copy != NULL)
		{
			memcpy(copy, element->text, element->length);
			*scratch = copy;
		}
		element->text = copy;
		json_decref(decoded);
		return copy != NULL ? 1 : no_memory(error);
	}
	return 1;
}

/* ---- opening ---- */

static bool
reserve(GmfAnswer *answer)
{
	const GmfShape *shape = answer->shape;
	size_t		ntop = (size_t) shape->top.nnodes;
	size_t		nlevels = (size_t) shape->max_steps;
	size_t		nfound = (size_t) (shape->middle.nnodes > shape->item.nnodes ?
								   shape->middle.nnodes : shape->item.nnodes);
	GmfSlice   *free_slice;

	answer->slices = calloc(ntop + nlevels * nfound, sizeof(*answer->slices));
	answer->levels = calloc(nlevels, sizeof(*answer->levels));
	answer->decoded = calloc((size_t) shape->npaths + 1, sizeof(*answer->decoded));
	if (answer->slices == NULL || answer->levels == NULL || answer->decoded == NULL)
		return false;

	answer->top = answer->slices;
	free_slice = answer->slices + ntop;
	for (size_t i = 0; i < nlevels; i++, free_slice += nfound)
		answer->levels[i].found = free_slice;
	return true;
}

/* Check the whole body, and remember what is looked for at its top. */
static bool
read_top(GmfAnswer *answer, const char *body, size_t length, GmfError *error)
{
	GmfReader	reader;

	gmf_reader_init(&reader, body, body + length, false);
	if (reader.next == reader.end)
		return gmf_error_set(error, GMF_MALFORMED, "the answer is empty");
	if (take_node(&answer->shape->top, 0, &reader, answer->top) && gmf_reader_finish(&reader))
		return true;
	reading_failed(body, &reader, error);
	return false;
}

/* The first alternative that is present, or else the first. */
static void
choose_rows(GmfAnswer *answer)
{
	const GmfShape *shape = answer->shape;

	answer->rows = &shape->rows[0];
	for (int i = 0; i < shape->nrows; i++)
	{
		if (answer->top[shape->rows[i].steps[0].node].start != NULL)
		{
			answer->rows = &shape->rows[i];
			break;
		}
	}
}

static int64_t
read_total(GmfAnswer *answer)
{
	GmfSlice	slice = find_path(answer, &answer->shape->total);
	GmfValueKind kind = gmf_slice_kind(slice);
	int64_t		total;

	if (kind == GMF_STRING)
	{
		slice.start++;
		slice.end--;
	}
	else if (kind != GMF_NUMBER)
		return -1;
	if (!gmf_read_integer(slice.start, (size_t) (slice.end - slice.start), &total))
		return -1;
	return total >= 0 ? total : -1;
}

static GmfMore
told_by(const GmfMorePlace *place, GmfSlice slice)
{
	size_t		length = (size_t) (slice.end - slice.start);

	switch (gmf_slice_kind(slice))
	{
		case GMF_TRUE:
			return place->is_flag ? GMF_MORE_YES : GMF_MORE_UNKNOWN;
		case GMF_FALSE:
			return place->is_flag ? GMF_MORE_NO : GMF_MORE_UNKNOWN;
		case GMF_STRING:
			if (!place->is_flag)
				return length > 2 ? GMF_MORE_YES : GMF_MORE_UNKNOWN;
			return length == 6 && memcmp(slice.start, "\"true\"", 6) == 0 ? GMF_MORE_YES :
				length == 7 && memcmp(slice.start, "\"false\"", 7) == 0 ? GMF_MORE_NO :
				GMF_MORE_UNKNOWN;
		case GMF_OBJECT:		/* {"href": "..."} */
			return !place->is_flag && memmem(slice.start, length, "href", 4) != NULL ?
				GMF_MORE_YES : GMF_MORE_UNKNOWN;
		case GMF_ARRAY:			/* [{"rel": "next", "href": "..."}] */
			return place->name == NULL && memmem(slice.start, length, "\"next\"", 6) != NULL ?
				GMF_MORE_YES : GMF_MORE_UNKNOWN;
		default:
			return GMF_MORE_UNKNOWN;
	}
}

/* Go all the way once, so that rows in the wrong place are found now; then begin again. */
static bool
count_rows(GmfAnswer *answer, GmfError *error)
{
	int			more;

	if (!enter_level(answer, 0, answer->top, error))
		return false;
	while ((more = next_row(answer, false, error)) > 0)
		answer->count++;
	return more == 0 && enter_level(answer, 0, answer->top, error);
}

/* ---- from row to row ---- */

/*
 * Enter the place that a step leads to, among what was found in the item of the level
 * above; where there is nothing, stay on that level.  False: something else is there.
 */
static bool
enter_level(GmfAnswer *answer, int level, const GmfSlice *found, GmfError *error)
{
	const GmfTree *tree = level == 0 ? &answer->shape->top : &answer->shape->middle;
	const GmfStep *step = &answer->rows->steps[level];
	Level	   *entered = &answer->levels[level];
	GmfSlice	place = found[step->node];
	GmfValueKind kind = gmf_slice_kind(place);

	if (kind == GMF_ABSENT)
	{
		kind = kind_around(tree, step->node, found);
		return kind == GMF_OBJECT || kind == GMF_NULL || misplaced_rows(step, error);
	}
	if (step->kind == GMF_STEP_WHOLE || (step->kind == GMF_STEP_PLAIN && kind == GMF_OBJECT))
		entered->kind = GMF_STEP_WHOLE;
	else if (kind == GMF_NULL)
		return true;
	else if (step->kind == GMF_STEP_MEMBERS && kind == GMF_OBJECT)
		entered->kind = GMF_STEP_MEMBERS;
	else if (step->kind != GMF_STEP_MEMBERS && kind == GMF_ARRAY)
		entered->kind = GMF_STEP_ELEMENTS;
	else
		return misplaced_rows(step, error);

	gmf_reader_init(&entered->reader, place.start, place.end, true);
	if (entered->kind != GMF_STEP_WHOLE)
		gmf_reader_enter(&entered->reader);
	entered->begun = false;
	answer->depth = level + 1;
	return true;
}

/* What is at the nearest place above an absent one. */
static GmfValueKind
kind_around(const GmfTree *tree, int node, const GmfSlice *found)
{
	while (found[node].start == NULL)
		node = tree->nodes[node].parent;
	return gmf_slice_kind(found[node]);
}

/* Always false. */
static bool
misplaced_rows(const GmfStep *step, GmfError *error)
{
	static const char *const wanted[] =
	{
		[GMF_STEP_PLAIN] = "an array or an object",
		[GMF_STEP_ELEMENTS] = "an array",
		[GMF_STEP_MEMBERS] = "an object",
	};

	if (step->node == 0)
		gmf_error_set(error, GMF_MALFORMED, "the answer is not %s", wanted[step->kind]);
	else
		gmf_error_set(error, GMF_MALFORMED, "the answer does not have %s at \"%.*s\"",
					  wanted[step->kind], (int) (step->text.end - step->text.start),
					  step->text.start);
	return false;
}

/* Go to the next row; "slicing": find the values in it as well.  1, 0, or -1. */
static int
next_row(GmfAnswer *answer, bool slicing, GmfError *error)
{
	const GmfShape *shape = answer->shape;

	while (answer->depth > 0)
	{
		Level	   *level = &answer->levels[answer->depth - 1];
		bool		last = answer->depth == answer->rows->nsteps;
		int			more = next_item(level, !last ? &shape->middle :
									 slicing ? &shape->item : NULL);

		if (more < 0)
			return reading_failed(answer->body, &level->reader, error);
		if (more == 0)
			answer->depth--;
		else if (last)
			return 1;
		else if (!enter_level(answer, answer->depth, level->found, error))
			return -1;
	}
	return 0;
}

/* The next item of a level, read with a tree, or only passed when that is NULL. */
static int
next_item(Level *level, const GmfTree *tree)
{
	GmfReader  *reader = &level->reader;
	int			more;

	switch (level->kind)
	{
		case GMF_STEP_ELEMENTS:
			more = gmf_reader_element(reader);
			break;
		case GMF_STEP_MEMBERS:
			more = gmf_reader_member(reader, &level->name);
			break;
		default:
			more = level->begun ? 0 : 1;
			level->begun = true;
			break;
	}
	if (more <= 0)
		return more;
	if (tree == NULL)
		return gmf_reader_value(reader) ? 1 : -1;
	memset(level->found, 0, (size_t) tree->nnodes * sizeof(*level->found));
	return take_node(tree, 0, reader, level->found) ? 1 : -1;
}

/* ---- looking for names ---- */

/*
 * Read the value at which the reader stands, as that of a node, and remember where it
 * and those below it are.  False when the reader fails, or memory is out if it has no
 * fault.
 */
static bool
take_node(const GmfTree *tree, int node, GmfReader *reader, GmfSlice *found)
{
	GmfSlice	name;
	int			more = 0;
	bool		taken = true;

	found[node].start = reader->next;
	if (!tree->nodes[node].inner || reader->next == reader->end || *reader->next != '{')
		taken = gmf_reader_value(reader);
	else
	{
		taken = gmf_reader_enter(reader);
		while (taken && (more = gmf_reader_member(reader, &name)) > 0)
		{
			int			child = find_child(tree, node, name);

			if (child > 0 && found[child].start != NULL)
				forget_node(tree, child, found);
			taken = child > 0 ? take_node(tree, child, reader, found) :
				child == 0 && gmf_reader_value(reader);
		}
	}
	found[node].end = reader->next;
	return taken && more == 0;
}

/* The node for a name as it stands in the body; 0: nobody looks for it; -1: no memory. */
static int
find_child(const GmfTree *tree, int parent, GmfSlice name)
{
	GmfValue	text;
	json_t	   *decoded;
	int			child;

	if (!gmf_slice_value(name, &text, &decoded))
		return -1;
	child = gmf_tree_child(tree, parent, text.text, text.length);
	json_decref(decoded);
	return child;
}

/* A name comes again: what it stood for before is gone, with all that is below it. */
static void
forget_node(const GmfTree *tree, int node, GmfSlice *found)
{
	found[node] = nothing;
	for (int i = node + 1; i < tree->nnodes; i++)
	{
		if (found[tree->nodes[i].parent].start == NULL)
			found[i] = nothing;
	}
}

static GmfSlice
find_path(const GmfAnswer *answer, const GmfPath *path)
{
	for (int i = 0; i < path->nalternatives; i++)
	{
		GmfSlice	slice = find_alternative(answer, &path->alternatives[i]);

		if (slice.start != NULL)
			return slice;
	}
	return nothing;
}

static GmfSlice
find_alternative(const GmfAnswer *answer, const GmfAlternative *alternative)
{
	int			level = answer->depth - 1;

	switch (alternative->place)
	{
		case GMF_AT_TOP:
			return answer->top[alternative->node];
		case GMF_AT_ITEM:
			return answer->levels[level].found[alternative->node];
		case GMF_AT_ENCLOSING:
			return level > 0 ? answer->levels[level - 1].found[alternative->node] : nothing;
		case GMF_AT_KEY:
		case GMF_AT_VALUE:
			break;
	}

	/* of the nearest map around the row, or the row itself */
	while (level >= 0 && answer->levels[level].kind != GMF_STEP_MEMBERS)
		level--;
	if (level < 0)
		return nothing;
	return alternative->place == GMF_AT_KEY ? answer->levels[level].name :
		answer->levels[level].found[0];
}

/* ---- the rest ---- */

static void
drop_decoded(GmfAnswer *answer)
{
	while (answer->ndecoded > 0)
		json_decref(answer->decoded[--answer->ndecoded]);
}

/* Always -1. */
static int
reading_failed(const char *body, const GmfReader *reader, GmfError *error)
{
	const char *other = gmf_answer_not_json(body, (size_t) (reader->end - body));

	if (reader->fault == NULL)
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
	else if (other != NULL)
		gmf_describe_not_json(body, (size_t) (reader->end - body), error);
	else
		gmf_error_set(error, GMF_MALFORMED, "the answer is not valid JSON: %s at byte %zu",
					  reader->fault, (size_t) (reader->next - body));
	return -1;
}

static int
no_memory(GmfError *error)
{
	gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
	return -1;
}
