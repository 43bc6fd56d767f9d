/*
 * bind.c
 *		From conditions whose values are known to what is asked of the API.
 *
 * Conditions on one column are put together first: equalities intersect (and a
 * contradiction shows before anything is asked), bounds tighten.  Then each
 * parameter of the route takes what it can say to the API; what it cannot say
 * stays with PostgreSQL.  On a column that is not in the answer nothing can stay with
 * PostgreSQL: what cannot be said to the API is reported.
 */
#include "postgres.h"

#include "miscadmin.h"
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
	const char **texts;			/* sorted */
	int			n;
	bool		bound;			/* an equality says that these are all */
} Values;

/* What is being bound. */
typedef struct Binder
{
	const GmfAccess *access;
	const GmfCondition *conditions;
	int			nconditions;
	bool		may_filter;		/* with parameters that a request can do without */
	GmfFetchSpec *spec;
	GmfBound   *bound;
	const GmfParameter **sent_by;	/* [nconditions]: the parameter that carries it */
	const char **why;			/* [nconditions]: of those that could not be sent */
	GmfWire    *wires;			/* of the bindings that are bounds */
	bool		fanned_out;
} Binder;

static bool take_elements(Datum array, Oid element, GmfCondition *condition);
static bool has_contradiction(const Binder *binder);
static int	count_parameters(const GmfRoute *route);
static bool bind_parameter(Binder *binder, const GmfParameter *parameter);
static bool bind_column(Binder *binder, const GmfParameter *parameter, int column);
static bool bind_values(Binder *binder, const GmfParameter *parameter, int column,
						const Values *values);
static void bind_bound_or_pattern(Binder *binder, const GmfParameter *parameter, int column);
static Values equal_values(const Binder *binder, int column);
static void intersect(Values *values, const GmfCondition *condition);
static bool is_equality(const GmfCondition *condition);
static bool is_worth_fan_out(const GmfAccess *access, const GmfParameter *parameter, int n);
static bool is_tighter(const GmfParameter *parameter, const GmfWire *candidate,
					   const GmfWire *best);
static bool is_covered(const GmfParameter *parameter, const GmfWire *wire, const GmfWire *best);
static GmfBinding *add_binding(Binder *binder, const GmfParameter *parameter,
							   const char **values, int nvalues);
static void add_shown(Binder *binder, int column, const char **wires, const char **texts, int n);
static bool drop_empty_ranges(Binder *binder);
static bool is_hidden_binding(const Binder *binder, const GmfBinding *binding);
static void drop_binding(Binder *binder, const GmfParameter *parameter);
static const GmfBinding *find_binding(const Binder *binder, const GmfParameter *parameter);
static bool everything_is_said(Binder *binder);
static bool is_said(const Binder *binder, const GmfCondition *condition);
static bool needs_value(const Binder *binder, int column);
static bool bind_parent(Binder *binder, int disabled);

bool
gmf_condition_make(GmfQualKind kind, int column, Datum value, Oid type,
				   GmfCondition *condition)
{
	GmfInput	input;

	memset(condition, 0, sizeof(*condition));
	condition->kind = kind;
	condition->column = column;
	if (kind == GMF_QUAL_ANY)
		return take_elements(value, get_element_type(type), condition);

	/* About an infinite time there is nothing to say to the API. */
	condition->values = (const char **) palloc(sizeof(char *));
	if (gmf_write_datum(value, type, &input))
		condition->values[condition->nvalues++] = input.text;
	else
		condition->unwritable = true;
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
	{
		CHECK_FOR_INTERRUPTS();
		if (nulls[i])
			continue;
		if (gmf_write_datum(values[i], element, &input))
			condition->values[condition->nvalues++] = input.text;
		else
			condition->unwritable = true;
	}
	return condition->nvalues > 0 || condition->unwritable;
}

bool
gmf_bind(const GmfAccess *access, const GmfCondition *conditions, int nconditions, int disabled,
		 GmfFetchSpec *spec, GmfBound *bound)
{
	int			nparameters = count_parameters(access->route);
	Binder		binder = {access, conditions, nconditions};

	binder.may_filter = (disabled & GMF_OPTIMISE_FILTERS) == 0;
	binder.spec = spec;
	binder.bound = bound;
	binder.sent_by = (const GmfParameter **) palloc0((nconditions + 1) * sizeof(GmfParameter *));
	binder.why = (const char **) palloc0((nconditions + 1) * sizeof(char *));
	binder.wires = (GmfWire *) palloc0((nparameters + 1) * sizeof(GmfWire));
	memset(bound, 0, sizeof(*bound));
	bound->unsaid = -1;
	bound->sent = (bool *) palloc0((nconditions + 1) * sizeof(bool));
	bound->shown = (GmfShown *) palloc0((nparameters + 1) * sizeof(GmfShown));
	spec->resource = access->resource;
	spec->route = access->route;
	spec->detail = access->detail;
	spec->bindings = (GmfBinding *) palloc0((nparameters + 1) * sizeof(GmfBinding));
	spec->nbindings = 0;

	if (has_contradiction(&binder))
		return false;
	for (int i = 0; i < nparameters; i++)
		if (!bind_parameter(&binder, &access->route->parameters[i]))
			return false;
	if (!drop_empty_ranges(&binder) || !everything_is_said(&binder))
		return false;
	return access->parent == NULL || bind_parent(&binder, disabled);
}

/* Equalities that no value fulfils. */
static bool
has_contradiction(const Binder *binder)
{
	for (int i = 0; i < binder->nconditions; i++)
	{
		const GmfCondition *condition = &binder->conditions[i];
		Values		values;

		/* A value that the API cannot be told is no contradiction where it must be told. */
		if (!is_equality(condition) ||
			(condition->unwritable && gmf_access_hides(binder->access, condition->column)))
			continue;
		values = equal_values(binder, condition->column);
		if (values.n == 0)
			return true;
	}
	return false;
}

static int
count_parameters(const GmfRoute *route)
{
	int			n = 0;

	while (route->parameters != NULL && route->parameters[n].name != NULL)
		n++;
	return n;
}

/* False when no row can satisfy what the parameter was asked. */
static bool
bind_parameter(Binder *binder, const GmfParameter *parameter)
{
	const GmfResource *resource = binder->access->resource;
	const char *columns[] = {parameter->column, parameter->also};
	int			before = binder->spec->nbindings;

	/* What the answer does not show, only the request can say. */
	if (!binder->may_filter && !parameter->required &&
		(parameter->column == NULL || gmf_find_column(resource, parameter->column)->path != NULL))
		return true;
	for (size_t i = 0; i < lengthof(columns) && binder->spec->nbindings == before; i++)
		if (columns[i] != NULL && !gmf_access_from_parent(binder->access, columns[i]) &&
			!bind_column(binder, parameter, gmf_column_index(resource, columns[i])))
			return false;
	return true;
}

static bool
bind_column(Binder *binder, const GmfParameter *parameter, int column)
{
	const GmfColumn *described = &binder->access->resource->columns[column];
	Values		values = equal_values(binder, column);

	if (values.bound && (gmf_qual_suits(GMF_QUAL_ANY, described, parameter) ||
						 (values.n == 1 && gmf_qual_suits(GMF_QUAL_EQUAL, described, parameter) &&
						  parameter->match != GMF_MATCH_FROM && parameter->match != GMF_MATCH_TO)))
		return bind_values(binder, parameter, column, &values);

	/* What its value is, decides all other conditions on a column. */
	if (!values.bound || described->path != NULL)
		bind_bound_or_pattern(binder, parameter, column);
	return true;
}

/* Ask for each of the values that rows can have, unless one of them cannot be sent. */
static bool
bind_values(Binder *binder, const GmfParameter *parameter, int column, const Values *values)
{
	const GmfResource *resource = binder->access->resource;
	const GmfColumn *described = &resource->columns[column];
	bool		is_key = resource->key != NULL && strcmp(resource->key, described->name) == 0;
	const char **wires = (const char **) palloc(Max(values->n, 1) * sizeof(char *));
	const char **texts = (const char **) palloc(Max(values->n, 1) * sizeof(char *));
	const char *why = NULL;
	int			n = 0;

	/* There is one, but it has no text: see has_contradiction. */
	if (values->n == 0)
		return true;
	for (int i = 0; i < values->n && why == NULL; i++)
	{
		GmfWire		wire = {0};
		GmfSending	sending = GMF_NO_ROW;

		CHECK_FOR_INTERRUPTS();
		/* No row has an empty key; to the API it would be no condition. */
		if (!is_key || values->texts[i][0] != '\0')
			sending = gmf_qual_send(GMF_QUAL_EQUAL, described, parameter, values->texts[i], &wire);
		if (sending == GMF_KEEP_LOCAL)
			why = wire.why;
		if (sending != GMF_SEND)
			continue;
		texts[n] = values->texts[i];
		wires[n++] = wire.text;
	}
	for (int i = 0; i < binder->nconditions; i++)
		if (binder->conditions[i].column == column && is_equality(&binder->conditions[i]))
			binder->why[i] = why;
	if (why != NULL)
		return true;
	if (n == 0)
		return false;
	if (n > 1 && !parameter->required && described->path != NULL)
	{
		if (binder->fanned_out || !is_worth_fan_out(binder->access, parameter, n))
			return true;
		binder->fanned_out = true;
	}
	add_binding(binder, parameter, wires, n);
	for (int i = 0; i < binder->nconditions; i++)
		if (binder->conditions[i].column == column && is_equality(&binder->conditions[i]))
			binder->sent_by[i] = parameter;
	add_shown(binder, column, wires, texts, n);
	return true;
}

/* What a pattern or a bound says: of several the one that leaves least. */
static void
bind_bound_or_pattern(Binder *binder, const GmfParameter *parameter, int column)
{
	const GmfColumn *described = &binder->access->resource->columns[column];
	GmfWire    *wires = (GmfWire *) palloc0((binder->nconditions + 1) * sizeof(GmfWire));
	const GmfWire *best = NULL;
	const char **texts;

	for (int i = 0; i < binder->nconditions; i++)
	{
		const GmfCondition *condition = &binder->conditions[i];
		GmfQualKind kind = is_equality(condition) ? GMF_QUAL_EQUAL : condition->kind;

		if (condition->column != column || condition->nvalues != 1 ||
			!gmf_qual_suits(kind, described, parameter))
			continue;
		gmf_qual_send(kind, described, parameter, condition->values[0], &wires[i]);
		if (described->path == NULL && !wires[i].whole)
			wires[i].text = NULL;
		binder->why[i] = wires[i].why;
		if (wires[i].text != NULL && (best == NULL || is_tighter(parameter, &wires[i], best)))
			best = &wires[i];
	}
	if (best == NULL)
		return;
	texts = (const char **) palloc(sizeof(char *));
	texts[0] = best->text;
	binder->wires[binder->spec->nbindings] = *best;
	add_binding(binder, parameter, texts, 1);
	for (int i = 0; i < binder->nconditions; i++)
	{
		if (wires[i].text == NULL)
			continue;
		if (is_covered(parameter, &wires[i], best))
			binder->sent_by[i] = parameter;
		else
			binder->why[i] = "The API can be told one such value at a time.";
	}
	add_shown(binder, column, NULL, NULL, 0);
}

/* The values that all equalities on a column allow, each once. */
static Values
equal_values(const Binder *binder, int column)
{
	Values		values = {NULL, 0, false};

	for (int i = 0; i < binder->nconditions; i++)
		if (binder->conditions[i].column == column && is_equality(&binder->conditions[i]))
			intersect(&values, &binder->conditions[i]);
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

static bool
is_equality(const GmfCondition *condition)
{
	return condition->kind == GMF_QUAL_EQUAL || condition->kind == GMF_QUAL_ANY;
}

static bool
is_worth_fan_out(const GmfAccess *access, const GmfParameter *parameter, int n)
{
	int			page = access->route->paging.max_limit;
	int			pages = UNKNOWN_LIST_PAGES;

	if (access->resource->rows > 0 && page > 0)
		pages = Max(access->resource->rows / page, pages);
	return n <= pages;
}

/* Of two bounds the one that leaves less; of two patterns the one that sends more. */
static bool
is_tighter(const GmfParameter *parameter, const GmfWire *candidate, const GmfWire *best)
{
	if (parameter->match == GMF_MATCH_FROM)
		return candidate->point > best->point;
	if (parameter->match == GMF_MATCH_TO)
		return candidate->point < best->point;
	return strlen(candidate->text) > strlen(best->text);
}

/* Does what is sent for another condition say what this one says? */
static bool
is_covered(const GmfParameter *parameter, const GmfWire *wire, const GmfWire *best)
{
	if (strcmp(wire->text, best->text) == 0)
		return true;
	return wire->has_point &&
		(parameter->match == GMF_MATCH_FROM || parameter->match == GMF_MATCH_TO);
}

static GmfBinding *
add_binding(Binder *binder, const GmfParameter *parameter, const char **values, int nvalues)
{
	GmfFetchSpec *spec = binder->spec;
	GmfBinding *binding = (GmfBinding *) &spec->bindings[spec->nbindings++];

	binding->parameter = parameter;
	binding->values = values;
	binding->nvalues = nvalues;
	return binding;
}

static void
add_shown(Binder *binder, int column, const char **wires, const char **texts, int n)
{
	GmfBound   *bound = binder->bound;

	if (binder->access->resource->columns[column].path != NULL)
		return;
	for (int i = 0; i < bound->nshown; i++)
		if (bound->shown[i].column == column)
			return;
	bound->shown[bound->nshown++] = (GmfShown) {column, wires, texts, n};
}

/*
 * The API refuses a range that ends before it begins.  A query may well ask for
 * one (of rows that end before they begin there are none, but that is for
 * PostgreSQL to say): such a pair is not sent.  Where the API alone could say it, there
 * is no row.
 */
static bool
drop_empty_ranges(Binder *binder)
{
	const GmfRoute *route = binder->access->route;

	for (const GmfParameter *from = route->parameters; from != NULL && from->name != NULL; from++)
		for (const GmfParameter *to = route->parameters; to->name != NULL; to++)
		{
			const GmfBinding *first = find_binding(binder, from);
			const GmfBinding *last = find_binding(binder, to);
			const GmfWire *begin;
			const GmfWire *end;
			bool		both_hidden;

			if (from->match != GMF_MATCH_FROM || to->match != GMF_MATCH_TO || first == NULL ||
				last == NULL || from->time_form != to->time_form)
				continue;
			begin = &binder->wires[first - binder->spec->bindings];
			end = &binder->wires[last - binder->spec->bindings];
			both_hidden = is_hidden_binding(binder, first) && is_hidden_binding(binder, last);
			/* Of one moment the API says that it is no range. */
			if (!begin->has_point || !end->has_point || begin->point < end->point ||
				(begin->point == end->point &&
				 (both_hidden || from->time_form == GMF_TIME_NONE)))
				continue;
			if (both_hidden)
				return false;
			drop_binding(binder, from);
			drop_binding(binder, to);
		}
	return true;
}

static bool
is_hidden_binding(const Binder *binder, const GmfBinding *binding)
{
	const GmfResource *resource = binder->access->resource;

	return gmf_find_column(resource, binding->parameter->column)->path == NULL;
}

/* Unless its column is not in the answer. */
static void
drop_binding(Binder *binder, const GmfParameter *parameter)
{
	GmfFetchSpec *spec = binder->spec;
	int			at = (int) (find_binding(binder, parameter) - spec->bindings);
	int			behind = spec->nbindings - at - 1;

	if (is_hidden_binding(binder, &spec->bindings[at]))
		return;
	memmove((GmfBinding *) &spec->bindings[at], &spec->bindings[at + 1],
			behind * sizeof(GmfBinding));
	memmove(&binder->wires[at], &binder->wires[at + 1], behind * sizeof(GmfWire));
	spec->nbindings--;
}

static const GmfBinding *
find_binding(const Binder *binder, const GmfParameter *parameter)
{
	for (int i = 0; i < binder->spec->nbindings; i++)
		if (binder->spec->bindings[i].parameter == parameter)
			return &binder->spec->bindings[i];
	return NULL;
}

/*
 * Is the API told all that only it can judge, and all without which it cannot be asked?  If
 * not, bound->unsaid names the column.
 */
static bool
everything_is_said(Binder *binder)
{
	for (int i = 0; i < binder->nconditions; i++)
		binder->bound->sent[i] = binder->sent_by[i] != NULL &&
			find_binding(binder, binder->sent_by[i]) != NULL;
	for (int i = 0; i < binder->nconditions; i++)
	{
		const GmfCondition *condition = &binder->conditions[i];

		if (is_said(binder, condition))
			continue;
		binder->bound->unsaid = condition->column;
		binder->bound->why = condition->unwritable
			? "The API cannot be told such a time." : binder->why[i];
		return false;
	}
	return true;
}

/* Either it is sent, or PostgreSQL can check it on the value that the column shows. */
static bool
is_said(const Binder *binder, const GmfCondition *condition)
{
	bool		is_hidden = gmf_access_hides(binder->access, condition->column);
	bool		is_needed = is_equality(condition) && needs_value(binder, condition->column);
	bool		is_sent = binder->bound->sent[condition - binder->conditions];

	if (!is_hidden && !is_needed)
		return true;
	if (is_equality(condition))
		return is_sent && !(is_hidden && condition->unwritable);
	for (int i = 0; i < binder->bound->nshown; i++)
		if (binder->bound->shown[i].column == condition->column && binder->bound->shown[i].n > 0)
			return true;
	return is_sent && condition->nvalues == 1;
}

/* Is there no request without a value of the column, and nothing else that gives it? */
static bool
needs_value(const Binder *binder, int column)
{
	const char *name = binder->access->resource->columns[column].name;
	const GmfParameter *parameter = binder->access->route->parameters;

	if (binder->access->missing != NULL || gmf_access_from_parent(binder->access, name))
		return false;
	for (; parameter != NULL && parameter->name != NULL; parameter++)
		if (parameter->required && parameter->fallback == NULL && parameter->domain == NULL &&
			parameter->column != NULL && strcmp(parameter->column, name) == 0 &&
			find_binding(binder, parameter) == NULL)
			return true;
	return false;
}

/* The parent is asked with the equalities on those of its keys that the query gives. */
static bool
bind_parent(Binder *binder, int disabled)
{
	const GmfAccess *access = binder->access;
	GmfFetchSpec *parent = (GmfFetchSpec *) palloc0(sizeof(GmfFetchSpec));
	const GmfResource *resource = access->parent->resource;
	GmfCondition *translated = (GmfCondition *) palloc0((binder->nconditions + 1) *
														sizeof(GmfCondition));
	GmfBound	bound;
	int			n = 0;

	for (const GmfParentKey *key = access->resource->parent_keys; key->column != NULL; key++)
	{
		int			column = gmf_column_index(access->resource, key->column);

		for (int i = 0; i < binder->nconditions; i++)
		{
			if (binder->conditions[i].column != column || n >= binder->nconditions ||
				!is_equality(&binder->conditions[i]))
				continue;
			translated[n] = binder->conditions[i];
			translated[n].column = gmf_column_index(resource, key->parent_column);
			n++;
		}
	}
	parent->used = (bool *) palloc0((gmf_count_columns(resource) + 1) * sizeof(bool));
	parent->page_size = binder->spec->page_size;
	parent->max_age = binder->spec->max_age;
	parent->window = binder->spec->window;
	parent->tolerant = binder->spec->tolerant;
	binder->spec->parent = parent;
	if (gmf_bind(access->parent, translated, n, disabled, parent, &bound))
		return true;
	for (const GmfParentKey *key = access->resource->parent_keys;
		 bound.unsaid >= 0 && key->column != NULL; key++)
		if (gmf_column_index(resource, key->parent_column) == bound.unsaid)
		{
			binder->bound->unsaid = gmf_column_index(access->resource, key->column);
			binder->bound->why = bound.why;
		}
	return false;
}
