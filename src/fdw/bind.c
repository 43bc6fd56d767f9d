/*
 * bind.c
 *		From conditions whose values are known to what is asked of the API.
 *
 * Conditions on one column are put together first: equalities intersect (and a
 * contradiction shows before anything is asked), bounds tighten.  Then each
 * parameter of the route takes what it can say to the API; what it cannot say
 * stays with PostgreSQL.
 */
#include "postgres.h"

#include "utils/array.h"
#include "utils/lsyscache.h"

#include "gmf_bind.h"
#include "gmf_module.h"
#include "gmf_values.h"

/*
 * One more request for each value of a filter that is not a key is only worth while as
 * long as the whole list is not cheaper; a list of unknown length counts as
 * this many pages.
 */
#define UNKNOWN_LIST_PAGES 10

typedef struct Values
{
	const char **texts;
	int			n;
	bool		bound;			/* an equality says that these are all */
} Values;

static bool take_elements(Datum array, Oid element, GmfCondition *condition);
static bool bind_parameter(const GmfAccess *access, const GmfParameter *parameter,
						   const GmfCondition *conditions, int nconditions,
						   GmfFetchSpec *spec, bool *fanned_out);
static bool bind_column(const GmfAccess *access, const GmfParameter *parameter, int column,
						const GmfCondition *conditions, int nconditions, GmfFetchSpec *spec,
						bool *fanned_out);
static Values equal_values(const GmfCondition *conditions, int nconditions, int column);
static void intersect(Values *values, const GmfCondition *condition);
static Values send_all(const GmfResource *resource, const GmfColumn *column,
					   const GmfParameter *parameter, const Values *values, bool *all_sent);
static bool is_worth_fan_out(const GmfAccess *access, const GmfParameter *parameter, int n);
static char *single_value(const GmfAccess *access, const GmfParameter *parameter, int column,
						  const GmfCondition *conditions, int nconditions);
static bool is_tighter(GmfMatch match, const char *candidate, const char *best,
							const char *candidate_wire, const char *best_wire);
static void add_binding(GmfFetchSpec *spec, const GmfParameter *parameter, const char **values,
						int nvalues);
static void drop_empty_ranges(GmfFetchSpec *spec);
static bool bind_parent(const GmfAccess *access, const GmfCondition *conditions,
						int nconditions, GmfFetchSpec *spec);

bool
gmf_condition_make(GmfQualKind kind, int column, Datum value, Oid type,
				   GmfCondition *condition)
{
	GmfInput	input;

	condition->kind = kind;
	condition->column = column;
	condition->value = value;
	condition->nvalues = 0;
	if (kind == GMF_QUAL_ANY)
		return take_elements(value, get_element_type(type), condition);

	/* About an infinite time there is nothing to say to the API: no value. */
	condition->values = (const char **) palloc(sizeof(char *));
	if (gmf_write_datum(value, type, &input))
		condition->values[condition->nvalues++] = input.text;
	else
		condition->kind = GMF_QUAL_LIKE;
	return true;
}

/* NULLs in the array are equal to nothing. */
static bool
take_elements(Datum array, Oid element, GmfCondition *condition)
{
	GmfInput	input;
	Datum	   *values;
	bool	   *nulls;
	int			n;
	int16		length;
	bool		byvalue;
	char		align;

	get_typlenbyvalalign(element, &length, &byvalue, &align);
	deconstruct_array(DatumGetArrayTypeP(array), element, length, byvalue, align,
					  &values, &nulls, &n);
	condition->values = (const char **) palloc(Max(n, 1) * sizeof(char *));
	for (int i = 0; i < n; i++)
		if (!nulls[i] && gmf_write_datum(values[i], element, &input))
			condition->values[condition->nvalues++] = input.text;
	return condition->nvalues > 0;
}

bool
gmf_bind(const GmfAccess *access, const GmfCondition *conditions, int nconditions,
		 GmfFetchSpec *spec)
{
	const GmfParameter *parameter = access->route->parameters;
	bool		fanned_out = false;
	int			nparameters = 0;

	for (int i = 0; i < nconditions; i++)
	{
		Values		values = equal_values(conditions, nconditions, conditions[i].column);

		if (values.bound && values.n == 0)
			return false;
	}
	while (parameter != NULL && parameter[nparameters].name != NULL)
		nparameters++;
	spec->resource = access->resource;
	spec->route = access->route;
	spec->detail = access->detail;
	spec->bindings = (GmfBinding *) palloc0((nparameters + 1) * sizeof(GmfBinding));
	spec->nbindings = 0;
	for (int i = 0; i < nparameters; i++)
		if (!bind_parameter(access, &parameter[i], conditions, nconditions, spec, &fanned_out))
			return false;
	drop_empty_ranges(spec);
	return access->parent == NULL || bind_parent(access, conditions, nconditions, spec);
}

/* False when no row can satisfy what the parameter was asked. */
static bool
bind_parameter(const GmfAccess *access, const GmfParameter *parameter,
			   const GmfCondition *conditions, int nconditions, GmfFetchSpec *spec,
			   bool *fanned_out)
{
	const char *columns[] = {parameter->column, parameter->also};
	int			before = spec->nbindings;

	/* What the answer does not show, only the request can say. */
	if (!gmf_may_optimise(GMF_OPTIMISE_FILTERS) && !parameter->required &&
		(parameter->column == NULL ||
		 gmf_find_column(access->resource, parameter->column)->path != NULL))
		return true;
	for (size_t i = 0; i < lengthof(columns) && spec->nbindings == before; i++)
		if (columns[i] != NULL && !gmf_access_from_parent(access, columns[i]) &&
			!bind_column(access, parameter, gmf_column_index(access->resource, columns[i]),
						 conditions, nconditions, spec, fanned_out))
			return false;
	return true;
}

static bool
bind_column(const GmfAccess *access, const GmfParameter *parameter, int column,
			const GmfCondition *conditions, int nconditions, GmfFetchSpec *spec,
			bool *fanned_out)
{
	Values		values = equal_values(conditions, nconditions, column);
	Values		sent;
	bool		all_sent;
	char	   *text;

	if (values.bound && (gmf_qual_suits(GMF_QUAL_ANY, parameter->match) ||
						 (values.n == 1 && gmf_qual_suits(GMF_QUAL_EQUAL, parameter->match))))
	{
		sent = send_all(access->resource, &access->resource->columns[column], parameter, &values,
						&all_sent);
		if (all_sent && sent.n == 0)
			return false;
		if (all_sent && sent.n > 1 && !parameter->required)
		{
			if (*fanned_out || !is_worth_fan_out(access, parameter, sent.n))
				return true;
			*fanned_out = true;
		}
		if (all_sent)
			add_binding(spec, parameter, sent.texts, sent.n);
		return true;
	}
	text = single_value(access, parameter, column, conditions, nconditions);
	if (text != NULL)
	{
		const char **texts = (const char **) palloc(sizeof(char *));

		texts[0] = text;
		add_binding(spec, parameter, texts, 1);
	}
	return true;
}

/* The values that all equalities on a column allow, each once. */
static Values
equal_values(const GmfCondition *conditions, int nconditions, int column)
{
	Values		values = {NULL, 0, false};

	for (int i = 0; i < nconditions; i++)
		if (conditions[i].column == column &&
			(conditions[i].kind == GMF_QUAL_EQUAL || conditions[i].kind == GMF_QUAL_ANY))
			intersect(&values, &conditions[i]);
	return values;
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static void
intersect(Values *values, const GmfCondition *condition)
{
	const char **sorted = (const char **) palloc(Max(condition->nvalues, 1) * sizeof(char *));
	const char **kept = (const char **) palloc(Max(condition->nvalues, 1) * sizeof(char *));
	int			n = 0;

	memcpy(sorted, condition->values, condition->nvalues * sizeof(char *));
	qsort(sorted, condition->nvalues, sizeof(char *), compare_texts);
	for (int i = 0; i < condition->nvalues; i++)
	{
		if (i > 0 && strcmp(sorted[i], sorted[i - 1]) == 0)
			continue;
		if (values->bound && bsearch(&sorted[i], values->texts, values->n, sizeof(char *),
									 compare_texts) == NULL)
			continue;
		kept[n++] = sorted[i];
	}
	values->texts = kept;
	values->n = n;
	values->bound = true;
}

/* Wire texts of the values that rows can have; all_sent is false where the API cannot be asked. */
static Values
send_all(const GmfResource *resource, const GmfColumn *column, const GmfParameter *parameter,
		 const Values *values, bool *all_sent)
{
	Values		sent = {NULL, 0, true};
	bool		is_key = resource->key != NULL && strcmp(resource->key, column->name) == 0;

	sent.texts = (const char **) palloc(Max(values->n, 1) * sizeof(char *));
	*all_sent = true;
	for (int i = 0; i < values->n; i++)
	{
		char	   *wire;

		/* No row has an empty key; to the API it would be no condition. */
		if (is_key && values->texts[i][0] == '\0')
			continue;
		switch (gmf_qual_send(GMF_QUAL_EQUAL, column, parameter, values->texts[i], &wire))
		{
			case GMF_SEND:
				sent.texts[sent.n++] = wire;
				break;
			case GMF_KEEP_LOCAL:
				*all_sent = false;
				break;
			case GMF_NO_ROW:
				break;
		}
	}
	return sent;
}

static bool
is_worth_fan_out(const GmfAccess *access, const GmfParameter *parameter, int n)
{
	const GmfColumn *column = gmf_find_column(access->resource, parameter->column);
	int			page = access->route->paging.max_limit;
	int			pages = UNKNOWN_LIST_PAGES;

	/* What the answer does not show, only the request can say. */
	if (column->path == NULL)
		return true;
	if (access->resource->rows > 0 && page > 0)
		pages = Max(access->resource->rows / page, pages);
	return n <= pages;
}

/* What a pattern, a bound, or nothing says; NULL for nothing. */
static char *
single_value(const GmfAccess *access, const GmfParameter *parameter, int column,
			 const GmfCondition *conditions, int nconditions)
{
	char	   *best = NULL;
	const char *best_text = NULL;

	for (int i = 0; i < nconditions; i++)
	{
		const GmfCondition *condition = &conditions[i];
		char	   *wire;

		if (condition->column != column || condition->nvalues != 1 ||
			condition->kind == GMF_QUAL_ANY || !gmf_qual_suits(condition->kind, parameter->match))
			continue;
		if (gmf_qual_send(condition->kind, &access->resource->columns[column], parameter,
						  condition->values[0], &wire) != GMF_SEND)
			continue;
		if (best != NULL && !is_tighter(parameter->match, condition->values[0], best_text, wire,
										best))
			continue;
		best = wire;
		best_text = condition->values[0];
	}
	return best;
}

/*
 * Of two bounds (microseconds) the one that leaves less; of two patterns the one that
 * sends more.
 */
static bool
is_tighter(GmfMatch match, const char *candidate, const char *best, const char *candidate_wire,
		   const char *best_wire)
{
	if (match == GMF_MATCH_FROM)
		return strtoll(candidate, NULL, 10) > strtoll(best, NULL, 10);
	if (match == GMF_MATCH_TO)
		return strtoll(candidate, NULL, 10) < strtoll(best, NULL, 10);
	return strlen(candidate_wire) > strlen(best_wire);
}

static void
add_binding(GmfFetchSpec *spec, const GmfParameter *parameter, const char **values, int nvalues)
{
	GmfBinding *binding = (GmfBinding *) &spec->bindings[spec->nbindings++];

	binding->parameter = parameter;
	binding->values = values;
	binding->nvalues = nvalues;
}

/*
 * The API refuses a range that ends before it begins.  A query may well ask for
 * one (of rows that end before they begin there are none, but that is for
 * PostgreSQL to say): such a pair is not sent.
 */
static void
drop_empty_ranges(GmfFetchSpec *spec)
{
	GmfBinding *bindings = (GmfBinding *) spec->bindings;
	int			from = -1;
	int			to = -1;
	int			kept = 0;

	for (int i = 0; i < spec->nbindings; i++)
	{
		if (bindings[i].parameter->match == GMF_MATCH_FROM)
			from = i;
		if (bindings[i].parameter->match == GMF_MATCH_TO)
			to = i;
	}
	if (from < 0 || to < 0 ||
		bindings[from].parameter->time_form != bindings[to].parameter->time_form)
		return;
	if (strlen(bindings[from].values[0]) < strlen(bindings[to].values[0]) ||
		(strlen(bindings[from].values[0]) == strlen(bindings[to].values[0]) &&
		 strcmp(bindings[from].values[0], bindings[to].values[0]) < 0))
		return;
	for (int i = 0; i < spec->nbindings; i++)
		if (i != from && i != to)
			bindings[kept++] = bindings[i];
	spec->nbindings = kept;
}

/* The parent is asked with the equalities on those of its keys that the query gives. */
static bool
bind_parent(const GmfAccess *access, const GmfCondition *conditions, int nconditions,
			GmfFetchSpec *spec)
{
	GmfFetchSpec *parent = (GmfFetchSpec *) palloc0(sizeof(GmfFetchSpec));
	const GmfResource *resource = access->parent->resource;
	GmfCondition *translated = (GmfCondition *) palloc0((nconditions + 1) * sizeof(GmfCondition));
	int			n = 0;

	for (const GmfParentKey *key = access->resource->parent_keys; key->column != NULL; key++)
	{
		int			column = gmf_column_index(access->resource, key->column);

		for (int i = 0; i < nconditions; i++)
		{
			if (conditions[i].column != column || n >= nconditions ||
				(conditions[i].kind != GMF_QUAL_EQUAL && conditions[i].kind != GMF_QUAL_ANY))
				continue;
			translated[n] = conditions[i];
			translated[n].column = gmf_column_index(resource, key->parent_column);
			n++;
		}
	}
	parent->used = (bool *) palloc0((gmf_count_columns(resource) + 1) * sizeof(bool));
	parent->page_size = spec->page_size;
	parent->max_age = spec->max_age;
	parent->window = spec->window;
	spec->parent = parent;
	return gmf_bind(access->parent, translated, n, parent);
}
