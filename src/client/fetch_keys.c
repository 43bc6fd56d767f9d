/*
 * fetch_keys.c
 *		The combinations of values that a fetch asks for, one after another.
 *
 * Rows of the parent come first, then the values of the query (and of domains
 * that are walked through), the last parameter varying fastest.  The parent is
 * a fetch of its own on the same session; it is kept a few keys ahead and is
 * never waited for here.
 */
#include "fetch_internal.h"

#include <stdlib.h>
#include <string.h>

/* A parameter with the values that it takes in turn. */
typedef struct Axis
{
	const GmfParameter *parameter;
	const char *const *values;
	int			nvalues;
	int			at;				/* first value of the current combination */
	char	   *domain;			/* texts and values of a domain are ours */
	const char **domain_values;
} Axis;

/*
 * A column of the parent that is a key of ours.  It gives the value of a
 * parameter, or, where the query gives that too, it must agree with the axis.
 */
typedef struct Link
{
	int			parent_column;
	const GmfParameter *parameter;	/* NULL: it is compared */
	int			axis;
} Link;

typedef struct KeyRow
{
	struct KeyRow *next;
	int			holders;		/* the queue, and keys->last */
	const char *values[];		/* for each link; NULL: nothing to compare with. The
								 * texts follow */
} KeyRow;

struct GmfKeySource
{
	Axis	   *axes;
	int			naxes;
	bool		over;
	GmfBinding *bindings;		/* room to put a combination together */
	const char **batch_values;

	GmfFetch   *parent;			/* NULL: no key comes from a parent */
	GmfValue   *parent_values;
	GmfFetchState parent_state;
	GmfError	parent_error;
	Link	   *links;
	int			nlinks;
	int			batch;			/* rows of the parent in one combination */

	KeyRow	   *first;			/* keys read ahead */
	KeyRow	   *tail;
	KeyRow	   *last;			/* the one read last: the same again is skipped */
	int			count;
	int			capacity;
	int			group;			/* rows at "first" that are being combined; 0: none yet */
};

static bool add_axes(GmfKeySource *keys, const GmfFetchSpec *spec, GmfError *error);
static bool find_source(GmfKeySource *keys, const GmfFetchSpec *spec,
						const GmfParameter *parameter, GmfError *error);
static bool add_domain(GmfKeySource *keys, const GmfParameter *parameter, GmfError *error);
static int	parent_column(const GmfFetchSpec *spec, const char *column);
static void add_comparisons(GmfKeySource *keys, const GmfFetchSpec *spec);
static bool open_parent(GmfKeySource *keys, GmfSession *session, const GmfFetchSpec *spec,
						int window, GmfError *error);
static bool queue_row(GmfKeySource *keys, GmfError *error);
static bool key_text(const GmfValue *value);
static bool same_row(const GmfKeySource *keys, const KeyRow *a, const KeyRow *b);
static void release_row(KeyRow *row);
static bool group_is_ready(GmfKeySource *keys, GmfFetchState *state, GmfError *error);
static bool group_agrees(const GmfKeySource *keys);
static GmfCombination *combine(const GmfKeySource *keys);
static void advance(GmfKeySource *keys);
static int	axis_step(const Axis *axis);

GmfKeySource *
gmf_keys_open(GmfSession *session, const GmfFetchSpec *spec, int window, GmfError *error)
{
	GmfKeySource *keys = calloc(1, sizeof(*keys));
	const GmfParameter *parameter = spec->route->parameters;
	int			nparameters = 0;

	while (parameter != NULL && parameter[nparameters].name != NULL)
		nparameters++;
	if (keys != NULL)
	{
		keys->axes = calloc(nparameters + spec->nbindings + 1, sizeof(Axis));
		keys->links = calloc(nparameters + spec->nbindings + 1, sizeof(Link));
		keys->bindings = calloc(nparameters + spec->nbindings + 1, sizeof(GmfBinding));
	}
	if (keys == NULL || keys->axes == NULL || keys->links == NULL || keys->bindings == NULL)
	{
		gmf_no_memory(error);
		gmf_keys_close(keys);
		return NULL;
	}
	keys->parent_state = GMF_FETCH_END;
	if (!add_axes(keys, spec, error) ||
		(!keys->over && keys->nlinks > 0 &&
		 !open_parent(keys, session, spec, window, error)))
	{
		gmf_keys_close(keys);
		return NULL;
	}
	return keys;
}

/* Is there one combination at most, whatever the parent gives? */
bool
gmf_keys_single(const GmfKeySource *keys)
{
	if (keys->over)
		return true;
	for (int i = 0; i < keys->naxes; i++)
		if (keys->axes[i].nvalues > axis_step(&keys->axes[i]))
			return false;
	return keys->parent == NULL;
}

/* Let the parent work, and take what it has, up to the capacity. */
void
gmf_keys_ahead(GmfKeySource *keys)
{
	while (keys->parent != NULL && keys->count < keys->capacity &&
		   (keys->parent_state == GMF_FETCH_WAIT || keys->parent_state == GMF_FETCH_ROW))
	{
		keys->parent_state = gmf_fetch_next(keys->parent, keys->parent_values,
											&keys->parent_error);
		if (keys->parent_state == GMF_FETCH_WAIT)
			break;
		if (keys->parent_state == GMF_FETCH_ROW && !queue_row(keys, &keys->parent_error))
			keys->parent_state = GMF_FETCH_FAILED;
	}
}

/* The next combination, which the caller frees. */
GmfFetchState
gmf_keys_next(GmfKeySource *keys, GmfCombination **combination, GmfError *error)
{
	for (;;)
	{
		GmfFetchState state;

		if (keys->over)
			return GMF_FETCH_END;
		if (!group_is_ready(keys, &state, error))
			return state;
		if (group_agrees(keys))
		{
			*combination = combine(keys);
			if (*combination == NULL)
			{
				gmf_no_memory(error);
				return GMF_FETCH_FAILED;
			}
			advance(keys);
			return GMF_FETCH_ROW;
		}
		advance(keys);
	}
}

const GmfFetch *
gmf_keys_parent(const GmfKeySource *keys)
{
	return keys->parent;
}

void
gmf_keys_close(GmfKeySource *keys)
{
	if (keys == NULL)
		return;
	gmf_fetch_close(keys->parent);
	free(keys->parent_values);
	while (keys->first != NULL)
	{
		KeyRow	   *row = keys->first;

		keys->first = row->next;
		release_row(row);
	}
	if (keys->last != NULL)
		release_row(keys->last);
	for (int i = 0; keys->axes != NULL && i < keys->naxes; i++)
	{
		free(keys->axes[i].domain);
		free(keys->axes[i].domain_values);
	}
	free(keys->axes);
	free(keys->links);
	free(keys->bindings);
	free(keys->batch_values);
	free(keys);
}

/* What the query gives, and for every other required parameter its source. */
static bool
add_axes(GmfKeySource *keys, const GmfFetchSpec *spec, GmfError *error)
{
	const GmfParameter *parameter = spec->route->parameters;

	for (; parameter != NULL && parameter->name != NULL; parameter++)
		if (parameter->required &&
			gmf_find_binding(parameter, spec->bindings, spec->nbindings) == NULL &&
			!find_source(keys, spec, parameter, error))
			return false;
	for (int i = 0; i < spec->nbindings; i++)
	{
		const GmfBinding *binding = &spec->bindings[i];

		keys->axes[keys->naxes++] = (Axis) {
			.parameter = binding->parameter,
			.values = binding->values,
			.nvalues = binding->nvalues
		};
		if (binding->nvalues == 0)
			keys->over = true;
	}
	if (keys->nlinks > 0)
		add_comparisons(keys, spec);
	return true;
}

static bool
find_source(GmfKeySource *keys, const GmfFetchSpec *spec, const GmfParameter *parameter,
			GmfError *error)
{
	int			column = parent_column(spec, parameter->column);

	if (column >= 0)
	{
		keys->links[keys->nlinks++] = (Link) {
			.parent_column = column, .parameter = parameter
		};
		return true;
	}
	if (parameter->domain != NULL)
		return add_domain(keys, parameter, error);
	if (parameter->fallback != NULL)
		return true;
	return gmf_error_set(error, GMF_INVALID,
						 "table \"%s\" of service \"%s\" needs a value for \"%s\"",
						 spec->resource->name, spec->resource->service,
						 parameter->column != NULL ? parameter->column : parameter->name);
}

/* Walk through "a|b|c". */
static bool
add_domain(GmfKeySource *keys, const GmfParameter *parameter, GmfError *error)
{
	Axis	   *axis = &keys->axes[keys->naxes++];
	int			most = 1;
	char	   *rest;

	for (const char *c = parameter->domain; *c != '\0'; c++)
		most += *c == '|';
	axis->parameter = parameter;
	axis->domain = strdup(parameter->domain);
	axis->domain_values = calloc(most, sizeof(char *));
	if (axis->domain == NULL || axis->domain_values == NULL)
		return gmf_no_memory(error);
	for (char *word = strtok_r(axis->domain, "|", &rest); word != NULL;
		 word = strtok_r(NULL, "|", &rest))
	{
		char	   *end = word + strlen(word);

		word += strspn(word, " ");
		while (end > word && end[-1] == ' ')
			*--end = '\0';
		axis->domain_values[axis->nvalues++] = word;
	}
	axis->values = axis->domain_values;
	return true;
}

/* The parent's column that gives our column, or -1. */
static int
parent_column(const GmfFetchSpec *spec, const char *column)
{
	const GmfParentKey *key = spec->resource->parent_keys;

	if (spec->parent == NULL || column == NULL)
		return -1;
	for (; key != NULL && key->column != NULL; key++)
		if (strcmp(key->column, column) == 0)
			return gmf_column_index(spec->parent->resource, key->parent_column);
	return -1;
}

/*
 * A tenant belongs to one instance: where the query names the instances and the
 * parent the tenants, only those that belong together are combined.
 */
static void
add_comparisons(GmfKeySource *keys, const GmfFetchSpec *spec)
{
	for (int i = 0; i < keys->naxes; i++)
	{
		const GmfParameter *parameter = keys->axes[i].parameter;
		int			column = parent_column(spec, parameter->column);

		if (column >= 0 && parameter->match == GMF_MATCH_KEY && parameter->batch == 0)
			keys->links[keys->nlinks++] = (Link) {.parent_column = column, .axis = i};
	}
}

static bool
open_parent(GmfKeySource *keys, GmfSession *session, const GmfFetchSpec *spec, int window,
			GmfError *error)
{
	int64_t		wanted = spec->wanted_rows;
	int			ncolumns = gmf_count_columns(spec->parent->resource);
	bool	   *columns;

	if (keys->nlinks == 1 && keys->links[0].parameter->batch > 0)
		keys->batch = keys->links[0].parameter->batch;
	else
		keys->batch = 1;
	keys->capacity = window + keys->batch;
	keys->parent_state = GMF_FETCH_WAIT;
	keys->parent_values = calloc(ncolumns + 1, sizeof(GmfValue));
	keys->batch_values = calloc(keys->batch, sizeof(char *));
	columns = calloc(ncolumns, sizeof(bool));
	if (keys->parent_values == NULL || keys->batch_values == NULL || columns == NULL)
	{
		free(columns);
		return gmf_no_memory(error);
	}
	for (int i = 0; i < keys->nlinks; i++)
		columns[keys->links[i].parent_column] = true;

	/* a small page of keys is enough for a small result, if it has a window's worth */
	if (wanted > 0 && wanted < window)
		wanted = window;
	keys->parent = gmf_fetch_open_for(session, spec->parent, columns, wanted, error);
	free(columns);
	return keys->parent != NULL;
}

/* Keep the keys of the parent's row, unless it has none or they just came. */
static bool
queue_row(GmfKeySource *keys, GmfError *error)
{
	size_t		size = sizeof(KeyRow) + keys->nlinks * sizeof(char *);
	KeyRow	   *row;
	char	   *text;

	for (int i = 0; i < keys->nlinks; i++)
	{
		const GmfValue *value = &keys->parent_values[keys->links[i].parent_column];

		if (key_text(value))
			size += value->length + 1;
		else if (keys->links[i].parameter != NULL)
			return true;
	}
	row = calloc(1, size);
	if (row == NULL)
		return gmf_no_memory(error);
	text = (char *) &row->values[keys->nlinks];
	for (int i = 0; i < keys->nlinks; i++)
	{
		const GmfValue *value = &keys->parent_values[keys->links[i].parent_column];

		if (!key_text(value))
			continue;
		row->values[i] = memcpy(text, value->text, value->length);
		text += value->length + 1;
	}
	row->holders = 1;
	if (keys->last != NULL && same_row(keys, keys->last, row))
	{
		release_row(row);
		return true;
	}
	if (keys->last != NULL)
		release_row(keys->last);
	keys->last = row;
	row->holders++;
	if (keys->first == NULL)
		keys->first = row;
	else
		keys->tail->next = row;
	keys->tail = row;
	keys->count++;
	return true;
}

/* Can the value be sent as a key? */
static bool
key_text(const GmfValue *value)
{
	switch (value->kind)
	{
		case GMF_STRING:
		case GMF_NUMBER:
			return value->length > 0 && memchr(value->text, '\0', value->length) == NULL;
		default:
			return false;
	}
}

static bool
same_row(const GmfKeySource *keys, const KeyRow *a, const KeyRow *b)
{
	for (int i = 0; i < keys->nlinks; i++)
	{
		if ((a->values[i] == NULL) != (b->values[i] == NULL))
			return false;
		if (a->values[i] != NULL && strcmp(a->values[i], b->values[i]) != 0)
			return false;
	}
	return true;
}

static void
release_row(KeyRow *row)
{
	if (--row->holders == 0)
		free(row);
}

/* Is there a row of the parent to combine (or a batch of them)?  If not, *state says why. */
static bool
group_is_ready(GmfKeySource *keys, GmfFetchState *state, GmfError *error)
{
	bool		more;

	if (keys->parent == NULL || keys->group > 0)
		return true;
	if (keys->count < keys->batch)
		gmf_keys_ahead(keys);
	more = keys->parent_state == GMF_FETCH_WAIT || keys->parent_state == GMF_FETCH_ROW;
	if (keys->count < keys->batch && (more || keys->count == 0))
	{
		*state = more ? GMF_FETCH_WAIT : keys->parent_state;
		if (*state == GMF_FETCH_FAILED)
			*error = keys->parent_error;
		return false;
	}
	keys->group = keys->count < keys->batch ? keys->count : keys->batch;
	return true;
}

/* Does the parent's row belong to the current values of the axes? */
static bool
group_agrees(const GmfKeySource *keys)
{
	for (int i = 0; keys->group > 0 && i < keys->nlinks; i++)
	{
		const Link *link = &keys->links[i];
		const Axis *axis = &keys->axes[link->axis];
		const char *value = keys->first->values[i];

		if (link->parameter == NULL && value != NULL &&
			strcmp(value, axis->values[axis->at]) != 0)
			return false;
	}
	return true;
}

static GmfCombination *
combine(const GmfKeySource *keys)
{
	GmfBinding *bindings = keys->bindings;
	int			n = 0;

	for (int i = 0; keys->group > 0 && i < keys->nlinks; i++)
	{
		if (keys->links[i].parameter == NULL)
			continue;
		bindings[n].parameter = keys->links[i].parameter;
		bindings[n].values = &keys->first->values[i];
		bindings[n++].nvalues = 1;
	}
	if (keys->group > 1)		/* then there is one link, to the batch */
	{
		const KeyRow *row = keys->first;

		for (int i = 0; i < keys->group; i++, row = row->next)
			keys->batch_values[i] = row->values[0];
		bindings[0].values = keys->batch_values;
		bindings[0].nvalues = keys->group;
	}
	for (int i = 0; i < keys->naxes; i++)
	{
		const Axis *axis = &keys->axes[i];
		int			left = axis->nvalues - axis->at;

		bindings[n].parameter = axis->parameter;
		bindings[n].values = axis->values + axis->at;
		bindings[n++].nvalues = left < axis_step(axis) ? left : axis_step(axis);
	}
	return gmf_combination_new(bindings, n);
}

/* To the next values of the axes; when they have been through, to the next row. */
static void
advance(GmfKeySource *keys)
{
	for (int i = keys->naxes - 1; i >= 0; i--)
	{
		Axis	   *axis = &keys->axes[i];

		axis->at += axis_step(axis);
		if (axis->at < axis->nvalues)
			return;
		axis->at = 0;
	}
	keys->over = keys->parent == NULL;
	for (; keys->group > 0; keys->group--)
	{
		KeyRow	   *row = keys->first;

		keys->first = row->next;
		keys->count--;
		release_row(row);
	}
}

/* Values of the axis that go in one request. */
static int
axis_step(const Axis *axis)
{
	return axis->parameter->batch > 0 ? axis->parameter->batch : 1;
}
