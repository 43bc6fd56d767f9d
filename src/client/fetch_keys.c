/*
 * fetch_keys.c
 *		The combinations of values that a fetch asks for, one after another.
 *
 * Rows of the parent come first, then the values of the query (and of domains
 * that are walked through), the last parameter varying fastest.
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

struct GmfKeySource
{
	Axis	   *axes;
	int			naxes;
	bool		over;
	GmfBinding *bindings;		/* room to put a combination together */
	const char **batch_values;

	GmfParent  *parent;			/* NULL: no key comes from a parent */
	GmfParentLink *links;
	int			nlinks;
	int			batch;			/* rows of the parent in one combination */
	int			group;			/* first rows that are being combined; 0: none yet */
};

static bool add_axes(GmfKeySource *keys, const GmfFetchSpec *spec, GmfError *error);
static bool find_source(GmfKeySource *keys, const GmfFetchSpec *spec,
						const GmfParameter *parameter, GmfError *error);
static bool add_domain(GmfKeySource *keys, const GmfParameter *parameter, GmfError *error);
static int	parent_column(const GmfFetchSpec *spec, const char *column);
static void add_comparisons(GmfKeySource *keys, const GmfFetchSpec *spec);
static bool open_parent(GmfKeySource *keys, GmfSession *session, const GmfFetchSpec *spec,
						int window, GmfError *error);
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
		keys->links = calloc(nparameters + spec->nbindings + 1, sizeof(GmfParentLink));
		keys->bindings = calloc(nparameters + spec->nbindings + 1, sizeof(GmfBinding));
	}
	if (keys == NULL || keys->axes == NULL || keys->links == NULL || keys->bindings == NULL)
	{
		gmf_no_memory(error);
		gmf_keys_close(keys);
		return NULL;
	}
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

/* Let the parent work, and keep what it has, up to the capacity. */
void
gmf_keys_ahead(GmfKeySource *keys)
{
	if (keys->parent != NULL)
		gmf_parent_read(keys->parent, keys->parent->capacity);
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

GmfFetch *
gmf_keys_parent(const GmfKeySource *keys)
{
	return keys->parent == NULL ? NULL : keys->parent->fetch;
}

void
gmf_keys_close(GmfKeySource *keys)
{
	if (keys == NULL)
		return;
	gmf_parent_close(keys->parent);
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
		keys->links[keys->nlinks++] = (GmfParentLink) {
			.parent_column = column, .parameter = parameter
		};
		return true;
	}
	if (parameter->fallback != NULL)
		return true;
	if (parameter->domain != NULL)
		return add_domain(keys, parameter, error);
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
			keys->links[keys->nlinks++] = (GmfParentLink) {.parent_column = column, .axis = i};
	}
}

/* Take the keys from the rows of the parent. */
static bool
open_parent(GmfKeySource *keys, GmfSession *session, const GmfFetchSpec *spec, int window,
			GmfError *error)
{
	keys->batch = 1;
	if (keys->nlinks == 1 && keys->links[0].parameter->batch > 0)
		keys->batch = keys->links[0].parameter->batch;
	keys->batch_values = calloc(keys->batch, sizeof(char *));
	if (keys->batch_values == NULL)
		return gmf_no_memory(error);
	keys->parent = gmf_parent_open(session, spec, keys->links, keys->nlinks,
								   window > keys->batch ? window : keys->batch,
								   window + keys->batch, error);
	return keys->parent != NULL;
}

/* Is there a row of the parent to combine (or a batch of them)?  If not, *state says why. */
static bool
group_is_ready(GmfKeySource *keys, GmfFetchState *state, GmfError *error)
{
	GmfParent  *parent = keys->parent;

	if (parent == NULL || keys->group > 0)
		return true;
	*state = gmf_parent_read(parent, keys->batch);
	if (parent->count < keys->batch && (*state == GMF_FETCH_WAIT || parent->count == 0))
	{
		if (*state == GMF_FETCH_FAILED)
			*error = parent->error;
		return false;
	}
	keys->group = parent->count < keys->batch ? parent->count : keys->batch;
	return true;
}

/* Does the parent's row belong to the current values of the axes? */
static bool
group_agrees(const GmfKeySource *keys)
{
	for (int i = 0; keys->group > 0 && i < keys->nlinks; i++)
	{
		const GmfParentLink *link = &keys->links[i];
		const Axis *axis = &keys->axes[link->axis];
		const char *value = keys->parent->first->values[i];

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
		bindings[n].values = &keys->parent->first->values[i];
		bindings[n++].nvalues = 1;
	}
	if (keys->group > 1)		/* then there is one link, to the batch */
	{
		const GmfKeyRow *row = keys->parent->first;

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
		gmf_parent_drop_row(keys->parent);
}

/* Values of the axis that go in one request. */
static int
axis_step(const Axis *axis)
{
	return axis->parameter->batch > 0 ? axis->parameter->batch : 1;
}
