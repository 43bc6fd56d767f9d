/*
 * answer_shape.c
 *		Making paths ready: from their text to trees of names.
 *
 * All paths that begin at the same object share one tree, so that one walk over
 * the object finds all of their values.  The form of paths is told in
 * gmf_catalog.h.  Beyond what is told there, the rows of an answer that is an array or
 * a map as a whole are at "[]" or "{}", and "$" and "^" alone are the whole answer and
 * the whole enclosing item.
 */
#include <stdlib.h>
#include <string.h>

#include "answer_internal.h"

/* What a shape is put together with. */
typedef struct Builder
{
	GmfShape   *shape;
	GmfError   *error;
	int			nalternatives;	/* used so far */
	int			nsteps;
} Builder;

/* Names that nobody else looks for cost next to nothing. */
const GmfMorePlace gmf_more_places[GMF_MORE_PLACES] = {
	{"truncated", true}, {"is_truncated", true}, {"isTruncated", true}, {"has_more", true},
	{"hasMore", true}, {"has_next", true}, {"hasNext", true}, {"next", false},
	{"links.next", false}, {"_links.next", false}, {"next_marker", false},
	{"nextMarker", false}, {"page_info.next_marker", false}, {NULL, false}
};

#define LINKS "_links"

static bool reserve(GmfShape *shape, const char *items, const char *total,
					const char *const *paths, int npaths);
static bool reserve_tree(GmfTree *tree, int nnodes);
static bool add_paths(Builder *builder, const char *items, const char *total,
					  const char *const *paths);
static bool add_more(Builder *builder, char *free_text);
static bool add_path(Builder *builder, GmfSlice path, GmfPlace base, GmfPath *result);
static bool add_alternative(Builder *builder, GmfSlice text, GmfPlace base);
static GmfTree *tree_of(GmfShape *shape, GmfPlace place);
static bool add_row_path(Builder *builder, GmfSlice text);
static bool add_step(Builder *builder, GmfRowPath *rows, GmfSlice names, GmfStepKind kind);
static int	add_names(GmfTree *tree, GmfSlice names);
static int	add_child(GmfTree *tree, int parent, GmfSlice name);
static unsigned hash_name(int parent, const char *name, size_t length);
static bool next_part(GmfSlice *rest, char separator, GmfSlice *part);
static bool slice_is(GmfSlice slice, const char *text);
static bool pass_prefix(GmfSlice *slice, const char *prefix);
static bool pass_suffix(GmfSlice *slice, const char *suffix);
static GmfSlice keep_text(char **free_text, const char *text);
static bool unquote(GmfSlice *name);
static bool names_a_place(GmfSlice names);
static bool too_deep(GmfSlice text);
static bool refuse_place(Builder *builder, GmfSlice text);
static bool refuse_depth(Builder *builder);
static bool malformed_path(Builder *builder, GmfSlice text);

GmfShape *
gmf_shape_new(const char *items, const char *total, const char *const *paths, int npaths,
			  GmfError *error)
{
	GmfShape   *shape = calloc(1, sizeof(*shape));
	Builder		builder = {.shape = shape, .error = error};

	if (shape == NULL || !reserve(shape, items, total, paths, npaths))
		gmf_error_set(error, GMF_NO_MEMORY, "out of memory");
	else if (add_paths(&builder, items, total, paths))
		return shape;
	gmf_shape_free(shape);
	return NULL;
}

void
gmf_shape_free(GmfShape *shape)
{
	if (shape == NULL)
		return;
	free(shape->top.nodes);
	free(shape->top.table);
	free(shape->middle.nodes);
	free(shape->middle.table);
	free(shape->item.nodes);
	free(shape->item.table);
	free(shape->paths);
	free(shape->more);
	free(shape->rows);
	free(shape->text);
	free(shape->alternatives);
	free(shape->steps);
	free(shape);
}

bool
gmf_check_path(const char *items, const char *path, GmfError *error)
{
	GmfShape   *shape = gmf_shape_new(items, NULL, &path, 1, error);
	bool		has_members = false;
	bool		found = false;

	if (shape == NULL)
		return false;
	for (int r = 0; r < shape->nrows; r++)
		for (int s = 0; s < shape->rows[r].nsteps; s++)
			has_members |= shape->rows[r].steps[s].kind == GMF_STEP_MEMBERS;
	for (int i = 0; i < shape->paths[0].nalternatives; i++)
	{
		switch (shape->paths[0].alternatives[i].place)
		{
			case GMF_AT_ITEM:
			case GMF_AT_TOP:
				found = true;
				break;
			case GMF_AT_ENCLOSING:
				found |= shape->max_steps > 1;
				break;
			case GMF_AT_KEY:
			case GMF_AT_VALUE:
				found |= has_members;
				break;
		}
	}
	gmf_shape_free(shape);
	if (found)
		return true;
	return gmf_error_set(error, GMF_INVALID,
						 "nothing is ever at \"%s\": %s at \"%s\"", path, path[0] == '^' ?
						 "no item encloses the rows" : "the rows are not members of an object",
						 items);
}

int
gmf_tree_child(const GmfTree *tree, int parent, const char *name, size_t length)
{
	unsigned	place = hash_name(parent, name, length) & tree->mask;
	int			node;

	while ((node = tree->table[place]) != 0)
	{
		const GmfNode *candidate = &tree->nodes[node];

		if (candidate->parent == parent &&
			(size_t) (candidate->name.end - candidate->name.start) == length &&
			memcmp(candidate->name.start, name, length) == 0)
			return node;
		place = (place + 1) & tree->mask;
	}
	return 0;
}

/* ---- memory: as much as the texts can need at most, at once ---- */

static bool
reserve(GmfShape *shape, const char *items, const char *total,
		const char *const *paths, int npaths)
{
	size_t		size = strlen(items) + 1 + (total != NULL ? strlen(total) + 1 : 0);
	int			nparts = 2 + 2 * GMF_MORE_PLACES;	/* texts, and separators in them */

	for (int i = 0; i < npaths; i++)
	{
		size += paths[i] != NULL ? strlen(paths[i]) + 1 : 0;
		nparts++;
	}
	for (int i = -2; i < npaths; i++)
	{
		const char *text = i == -2 ? items : i == -1 ? total : paths[i];

		for (; text != NULL && *text != '\0'; text++)
			nparts += *text == '.' || *text == '|';
	}

	shape->npaths = npaths;
	shape->paths = calloc((size_t) npaths + 1, sizeof(*shape->paths));
	shape->alternatives = calloc((size_t) nparts, sizeof(*shape->alternatives));
	shape->steps = calloc((size_t) nparts, sizeof(*shape->steps));
	shape->rows = calloc((size_t) nparts, sizeof(*shape->rows));
	shape->text = malloc(size + strlen(items) + sizeof(LINKS));
	return shape->paths != NULL && shape->alternatives != NULL && shape->steps != NULL &&
		shape->rows != NULL && shape->text != NULL &&
		reserve_tree(&shape->top, nparts) && reserve_tree(&shape->middle, nparts) &&
		reserve_tree(&shape->item, nparts);
}

static bool
reserve_tree(GmfTree *tree, int nparts)
{
	unsigned	size = 8;

	while (size < 2 * (unsigned) nparts)
		size *= 2;
	tree->mask = size - 1;
	tree->table = calloc(size, sizeof(*tree->table));
	tree->nodes = calloc((size_t) nparts + 1, sizeof(*tree->nodes));
	tree->nnodes = 1;
	return tree->table != NULL && tree->nodes != NULL;
}

/* ---- paths ---- */

static bool
add_paths(Builder *builder, const char *items, const char *total, const char *const *paths)
{
	GmfShape   *shape = builder->shape;
	char	   *free_text = shape->text;
	GmfSlice	rest = keep_text(&free_text, items);
	GmfSlice	part;

	while (next_part(&rest, '|', &part))
	{
		if (part.start == part.end && shape->nrows > 0 && rest.start == NULL)
			shape->may_lack_rows = true;
		else if (!add_row_path(builder, part))
			return false;
	}
	if (total != NULL &&
		!add_path(builder, keep_text(&free_text, total), GMF_AT_TOP, &shape->total))
		return false;
	for (int i = 0; i < shape->npaths; i++)
	{
		if (paths[i] != NULL &&
			!add_path(builder, keep_text(&free_text, paths[i]), GMF_AT_ITEM, &shape->paths[i]))
			return false;
	}
	return shape->rows[0].steps[0].kind == GMF_STEP_WHOLE || add_more(builder, free_text);
}

/* Some services have a list of links beside each list, named after it. */
static bool
add_more(Builder *builder, char *free_text)
{
	const GmfStep *step = &builder->shape->rows[0].steps[0];
	GmfTree    *top = &builder->shape->top;
	GmfSlice	name = top->nodes[step->node].name;

	builder->shape->more = calloc(GMF_MORE_PLACES, sizeof(int));
	if (builder->shape->more == NULL)
		return gmf_error_set(builder->error, GMF_NO_MEMORY, "out of memory");
	for (int i = 0; i < GMF_MORE_PLACES; i++)
	{
		const char *text = gmf_more_places[i].name;

		if (text == NULL && step->node == 0)
			continue;
		if (text == NULL)
		{
			text = free_text;
			free_text = mempcpy(free_text, name.start, (size_t) (name.end - name.start));
			free_text = stpcpy(free_text, LINKS);
			builder->shape->more[i] = add_child(top, 0, (GmfSlice) {text, free_text});
		}
		else
			builder->shape->more[i] = add_names(top, (GmfSlice) {text, text + strlen(text)});
	}
	return true;
}

static bool
add_path(Builder *builder, GmfSlice path, GmfPlace base, GmfPath *result)
{
	GmfSlice	part;

	result->alternatives = &builder->shape->alternatives[builder->nalternatives];
	while (next_part(&path, '|', &part))
	{
		if (!add_alternative(builder, part, base))
			return false;
		result->nalternatives++;
	}
	return true;
}

/* One path; base is where it begins unless it says otherwise. */
static bool
add_alternative(Builder *builder, GmfSlice text, GmfPlace base)
{
	static const struct
	{
		const char *text;
		GmfPlace	place;
	}			words[] =
	{
		{"@", GMF_AT_ITEM}, {"@key", GMF_AT_KEY}, {"@value", GMF_AT_VALUE},
		{"$", GMF_AT_TOP}, {"^", GMF_AT_ENCLOSING}, {NULL, 0}
	};
	GmfAlternative *result = &builder->shape->alternatives[builder->nalternatives++];
	int			word = 0;

	if (too_deep(text))
		return refuse_depth(builder);
	while (words[word].text != NULL && !slice_is(text, words[word].text))
		word++;
	if (words[word].text != NULL)
		result->place = words[word].place;
	else
	{
		GmfSlice	names = text;

		result->place = base;
		if (pass_prefix(&names, "$."))
			result->place = GMF_AT_TOP;
		else if (pass_prefix(&names, "^."))
			result->place = GMF_AT_ENCLOSING;
		if (names_a_place(names))
			return refuse_place(builder, text);
		result->node = add_names(tree_of(builder->shape, result->place), names);
		if (result->node == 0)
			return malformed_path(builder, text);
	}
	if (base == GMF_AT_TOP && result->place != GMF_AT_TOP)
		return malformed_path(builder, text);
	return true;
}

static GmfTree *
tree_of(GmfShape *shape, GmfPlace place)
{
	switch (place)
	{
		case GMF_AT_TOP:
			return &shape->top;
		case GMF_AT_ENCLOSING:
			return &shape->middle;
		default:
			return &shape->item;
	}
}

/* The way to the rows: names joined with dots, and [] or {} behind some of them. */
static bool
add_row_path(Builder *builder, GmfSlice text)
{
	GmfShape   *shape = builder->shape;
	GmfRowPath *rows = &shape->rows[shape->nrows++];
	GmfSlice	rest = text;
	GmfSlice	names;
	GmfSlice	part;

	if (too_deep(text))
		return refuse_depth(builder);
	rows->steps = &shape->steps[builder->nsteps];
	pass_prefix(&rest, "$.");
	names = rest;
	while (next_part(&rest, '.', &part))
	{
		GmfStepKind kind = GMF_STEP_PLAIN;

		names.end = part.end;
		if (pass_suffix(&names, "[]"))
			kind = GMF_STEP_ELEMENTS;
		else if (pass_suffix(&names, "{}"))
			kind = GMF_STEP_MEMBERS;
		else if (rest.start != NULL)
			continue;
		else if (text.start == text.end && *text.end == '\0' && shape->nrows == 1)
			kind = GMF_STEP_WHOLE;	/* nothing else, and no alternatives */

		if (!add_step(builder, rows, names, kind))
			return malformed_path(builder, text);
		names = rest;
	}
	if (rows->nsteps > shape->max_steps)
		shape->max_steps = rows->nsteps;
	return true;
}

static bool
add_step(Builder *builder, GmfRowPath *rows, GmfSlice names, GmfStepKind kind)
{
	GmfStep    *step = &builder->shape->steps[builder->nsteps++];
	bool		first = rows->nsteps++ == 0;

	step->kind = kind;
	step->text = names;
	if (names.start == names.end)
		return first && kind != GMF_STEP_PLAIN; /* the answer as a whole */
	step->node = add_names(first ? &builder->shape->top : &builder->shape->middle, names);
	return step->node != 0;
}

/* ---- trees ---- */

/* Names joined with dots; the node of the last one, or 0 if they are not such. */
static int
add_names(GmfTree *tree, GmfSlice names)
{
	GmfSlice	name;
	int			node = 0;

	while (next_part(&names, '.', &name))
	{
		if (name.start == name.end)
			return 0;
		if (*name.start == '"')
		{
			if (!unquote(&name))
				return 0;
		}
		else
		{
			for (const char *p = name.start; p < name.end; p++)
			{
				if (strchr("[]{}", *p) != NULL)
					return 0;
			}
		}
		node = add_child(tree, node, name);
	}
	return node;
}

static int
add_child(GmfTree *tree, int parent, GmfSlice name)
{
	size_t		length = (size_t) (name.end - name.start);
	int			node = gmf_tree_child(tree, parent, name.start, length);
	unsigned	place = hash_name(parent, name.start, length) & tree->mask;

	if (node != 0)
		return node;
	node = tree->nnodes++;
	tree->nodes[node].name = name;
	tree->nodes[node].parent = parent;
	tree->nodes[parent].inner = true;
	while (tree->table[place] != 0)
		place = (place + 1) & tree->mask;
	tree->table[place] = node;
	return node;
}

/* Names of one object differ in length or at their ends nearly always. */
static unsigned
hash_name(int parent, const char *name, size_t length)
{
	unsigned	hash = (unsigned) parent * 0x9E3779B1u + (unsigned) length;

	if (length > 0)
		hash += (unsigned char) name[0] * 5u + (unsigned char) name[length / 2] * 37u +
			(unsigned char) name[length - 1] * 131u;
	return hash ^ (hash >> 7);
}

/* ---- text ---- */

/*
 * Cut the next part off the rest; false when the last one was cut off before.  Within a name in
 * quotes nothing separates.
 */
static bool
next_part(GmfSlice *rest, char separator, GmfSlice *part)
{
	const char *p = rest->start;
	bool		quoted = false;

	if (p == NULL)
		return false;
	*part = *rest;
	for (; p < rest->end; p++)
	{
		if (quoted)
			quoted = *p != '"';
		else if (*p == separator)
			break;
		else if (*p == '"')		/* the first of a name, or the second of two */
			quoted = p == part->start || strchr(".|\"", p[-1]) != NULL;
	}
	if (p < rest->end)
	{
		part->end = p;
		rest->start = p + 1;
	}
	else
		rest->start = NULL;
	return true;
}

/* A name in quotes becomes what they hold; the text is ours.  False: it does not end with one. */
static bool
unquote(GmfSlice *name)
{
	char	   *to = (char *) (uintptr_t) name->start;
	const char *p = name->start + 1;

	while (p < name->end && (*p != '"' || (p + 1 < name->end && p[1] == '"')))
		p += *p == '"' ? 2 : 1;
	if (p + 1 != name->end)
		return false;
	for (p = name->start + 1; p + 1 < name->end; p++)
	{
		p += *p == '"';
		*to++ = *p;
	}
	name->end = to;
	return true;
}

/* Is one of the names a word that stands for a place by itself? */
static bool
names_a_place(GmfSlice names)
{
	GmfSlice	name;

	while (next_part(&names, '.', &name))
		if (slice_is(name, "@") || slice_is(name, "@key") || slice_is(name, "@value"))
			return true;
	return false;
}

static bool
slice_is(GmfSlice slice, const char *text)
{
	size_t		length = strlen(text);

	return (size_t) (slice.end - slice.start) == length &&
		memcmp(slice.start, text, length) == 0;
}

static bool
pass_prefix(GmfSlice *slice, const char *prefix)
{
	size_t		length = strlen(prefix);

	if ((size_t) (slice->end - slice->start) < length ||
		memcmp(slice->start, prefix, length) != 0)
		return false;
	slice->start += length;
	return true;
}

static bool
pass_suffix(GmfSlice *slice, const char *suffix)
{
	size_t		length = strlen(suffix);

	if ((size_t) (slice->end - slice->start) < length ||
		memcmp(slice->end - length, suffix, length) != 0)
		return false;
	slice->end -= length;
	return true;
}

/* The shape's own copy of a text. */
static GmfSlice
keep_text(char **free_text, const char *text)
{
	size_t		length = strlen(text);
	GmfSlice	kept = {*free_text, *free_text + length};

	memcpy(*free_text, text, length + 1);
	*free_text += length + 1;
	return kept;
}

/* No answer that is accepted is nested so deep. */
static bool
too_deep(GmfSlice text)
{
	int			names = 1;

	for (const char *p = text.start; p < text.end; p++)
		names += *p == '.';
	return names > GMF_MAX_DEPTH;
}

static bool
refuse_place(Builder *builder, GmfSlice text)
{
	return gmf_error_set(builder->error, GMF_INVALID,
						 "nothing is ever at \"%.*s\": @, @key and @value stand alone, and the "
						 "members of @value are those of the row; a member that is called so is "
						 "written in quotes", (int) (text.end - text.start), text.start);
}

static bool
refuse_depth(Builder *builder)
{
	return gmf_error_set(builder->error, GMF_INVALID,
						 "the path of a place in an answer must not have more than %d names",
						 GMF_MAX_DEPTH);
}

static bool
malformed_path(Builder *builder, GmfSlice text)
{
	return gmf_error_set(builder->error, GMF_INVALID,
						 "\"%.*s\" is not the path of a place in an answer",
						 (int) (text.end - text.start), text.start);
}
