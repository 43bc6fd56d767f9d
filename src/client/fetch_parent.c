/*
 * fetch_parent.c
 *		Keys from the rows of the parent.
 *
 * The parent is a fetch of its own on the same session.  It is kept some keys
 * ahead of their use and is never waited for.  Keys that came before are not
 * asked for again: nothing says that what gives them is unique in the parent.
 */
#include "fetch_internal.h"

#include <stdlib.h>
#include <string.h>

static bool add_choices(GmfParent *parent, const GmfFetchSpec *spec, GmfError *error);
static bool open_fetch(GmfParent *parent, GmfSession *session, const GmfFetchSpec *spec,
					   int useful, GmfError *error);
static bool queue_row(GmfParent *parent, GmfError *error);
static GmfKeyRow *copy_keys(const GmfParent *parent);
static bool row_counts(const GmfParent *parent, const GmfKeyRow *row);
static bool key_text(const GmfValue *value);

/*
 * The links must outlive it.  Holds at most "capacity" rows; "useful" of them make
 * as many requests as can be in flight.
 */
GmfParent *
gmf_parent_open(GmfSession *session, const GmfFetchSpec *spec, const GmfParentLink *links,
				int nlinks, int useful, int capacity, GmfError *error)
{
	GmfParent  *parent = calloc(1, sizeof(*parent));

	if (parent == NULL)
	{
		gmf_no_memory(error);
		return NULL;
	}
	parent->state = GMF_FETCH_WAIT;
	parent->links = links;
	parent->nlinks = nlinks;
	parent->capacity = capacity;
	if (!add_choices(parent, spec, error) ||
		!open_fetch(parent, session, spec, useful, error))
	{
		gmf_parent_close(parent);
		return NULL;
	}
	return parent;
}

/*
 * Let the parent work until so many rows are there, which is ROW.  WAIT: later;
 * END: there will not be so many; FAILED: neither, for parent->error.
 */
GmfFetchState
gmf_parent_read(GmfParent *parent, int count)
{
	while (parent->count < count && (parent->state == GMF_FETCH_WAIT ||
									 parent->state == GMF_FETCH_ROW))
	{
		parent->state = gmf_fetch_next(parent->fetch, parent->values, &parent->error);
		if (parent->state == GMF_FETCH_WAIT)
			break;
		if (parent->state == GMF_FETCH_ROW && !queue_row(parent, &parent->error))
			parent->state = GMF_FETCH_FAILED;
	}
	return parent->count >= count ? GMF_FETCH_ROW : parent->state;
}

/* The first row is done with. */
void
gmf_parent_drop_row(GmfParent *parent)
{
	GmfKeyRow  *row = parent->first;

	parent->first = row->next;
	parent->count--;
	free(row);
}

void
gmf_parent_close(GmfParent *parent)
{
	if (parent == NULL)
		return;
	gmf_fetch_close(parent->fetch);
	while (parent->first != NULL)
		gmf_parent_drop_row(parent);
	free(parent->known.slots);
	free(parent->choices);
	free(parent->values);
	free(parent);
}

static bool
add_choices(GmfParent *parent, const GmfFetchSpec *spec, GmfError *error)
{
	const GmfParentKey *key = spec->resource->parent_keys;
	int			nkeys = 0;

	while (key[nkeys].column != NULL)
		nkeys++;
	parent->choices = calloc(nkeys, sizeof(GmfParentChoice));
	if (parent->choices == NULL)
		return gmf_no_memory(error);
	for (; key->column != NULL; key++)
	{
		int			column = key->when_column == NULL ? -1 :
			gmf_column_index(spec->parent->resource, key->when_column);

		if (column >= 0)
			parent->choices[parent->nchoices++] = (GmfParentChoice) {column, key->when_value};
	}
	return true;
}

static bool
open_fetch(GmfParent *parent, GmfSession *session, const GmfFetchSpec *spec, int useful,
		   GmfError *error)
{
	int			ncolumns = gmf_count_columns(spec->parent->resource);
	int64_t		wanted = spec->wanted_rows;
	bool	   *columns = calloc(ncolumns, sizeof(bool));

	parent->values = calloc(ncolumns + 1, sizeof(GmfValue));
	if (parent->values == NULL || columns == NULL)
	{
		free(columns);
		return gmf_no_memory(error);
	}
	for (int i = 0; i < parent->nlinks; i++)
		columns[parent->links[i].parent_column] = true;
	for (int i = 0; i < parent->nchoices; i++)
		columns[parent->choices[i].parent_column] = true;

	/* for a small result a small page of keys will do */
	if (wanted > 0 && wanted < useful)
		wanted = useful;
	parent->fetch = gmf_fetch_open_for(session, spec->parent, columns, wanted, error);
	free(columns);
	return parent->fetch != NULL;
}

/* Keep the keys of the parent's row, unless it does not count or they came before. */
static bool
queue_row(GmfParent *parent, GmfError *error)
{
	GmfKeyRow  *row = copy_keys(parent);
	bool		is_new = false;

	if (row == NULL)
		return gmf_no_memory(error);
	if (row_counts(parent, row) &&
		!gmf_set_add(&parent->known, gmf_identity_of_texts(row->values, parent->nlinks), &is_new))
	{
		free(row);
		return gmf_no_memory(error);
	}
	if (!is_new)
	{
		free(row);
		return true;
	}
	if (parent->first == NULL)
		parent->first = row;
	else
		parent->tail->next = row;
	parent->tail = row;
	parent->count++;
	return true;
}

static GmfKeyRow *
copy_keys(const GmfParent *parent)
{
	size_t		size = sizeof(GmfKeyRow) + parent->nlinks * sizeof(char *);
	GmfKeyRow  *row;
	char	   *text;

	for (int i = 0; i < parent->nlinks; i++)
		size += parent->values[parent->links[i].parent_column].length + 1;
	row = calloc(1, size);
	if (row == NULL)
		return NULL;
	text = (char *) &row->values[parent->nlinks];
	for (int i = 0; i < parent->nlinks; i++)
	{
		const GmfValue *value = &parent->values[parent->links[i].parent_column];

		if (!key_text(value))
			continue;
		row->values[i] = memcpy(text, value->text, value->length);
		text += value->length + 1;
	}
	return row;
}

/* Has the row all keys, does the API take them, and is it one of those to be asked for? */
static bool
row_counts(const GmfParent *parent, const GmfKeyRow *row)
{
	for (int i = 0; i < parent->nlinks; i++)
	{
		const GmfParameter *parameter = parent->links[i].parameter;

		if (parameter != NULL &&
			(row->values[i] == NULL ||
			 gmf_list_has(parameter->refused, '|', row->values[i])))
			return false;
	}
	for (int i = 0; i < parent->nchoices; i++)
	{
		const GmfValue *value = &parent->values[parent->choices[i].parent_column];
		char		word[64];

		if (!key_text(value) || value->length >= sizeof(word))
			return false;
		memcpy(word, value->text, value->length);
		word[value->length] = '\0';
		if (!gmf_list_has(parent->choices[i].values, '|', word))
			return false;
	}
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
