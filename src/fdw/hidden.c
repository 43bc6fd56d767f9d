/*
 * hidden.c
 *		Columns that are not in the answer.
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "optimizer/optimizer.h"
#include "optimizer/paths.h"
#include "optimizer/restrictinfo.h"
#include "utils/builtins.h"

#include "gmf_compat.h"
#include "gmf_hidden.h"
#include "gmf_quals.h"
#include "gmf_values.h"

/* An attribute of a relation. */
typedef struct Attribute
{
	Index		relid;
	AttrNumber	number;
	int			column;
} Attribute;

/* A value that was sent, and what the column shows for it. */
typedef struct Shown
{
	const char *wire;
	Datum		datum;
} Shown;

/* Of one attribute. */
typedef struct ShownColumn
{
	int			attribute;		/* attnum - 1 */
	int			column;
	Shown	   *values;			/* sorted by wire */
	int			n;				/* 0: NULL */
} ShownColumn;

struct GmfShownColumns
{
	ShownColumn *columns;
	int			n;
};

static bool is_bound(List *quals, const GmfAccess *access, int column);
static bool has_unanswered(PlannerInfo *root, RelOptInfo *rel, const GmfAccess *access,
						   List *clauses, List *quals, Attribute *attribute);
static bool is_in(Node *expression, const Attribute *attribute);
static bool is_answered(List *quals, const GmfAccess *access, const RestrictInfo *info,
						int column);
static bool member_is_in(PlannerInfo *root, RelOptInfo *rel, EquivalenceClass *ec,
						 EquivalenceMember *em, void *arg);
static const char *name_of(const GmfTable *table, int column);
static void append_answers(StringInfo text, const GmfRoute *route, const GmfColumn *column,
						   const char *name);
static bool can_show(const GmfTable *table, int attribute);
static int	compare_shown(const void *a, const void *b);
static const Shown *find_shown(const ShownColumn *column, const GmfValue *value);

int
gmf_hidden_unanswered(PlannerInfo *root, RelOptInfo *rel, const GmfTable *table,
					  const GmfAccess *access, List *clauses, List *quals)
{
	for (int i = 0; i < table->natts; i++)
	{
		Attribute	attribute = {rel->relid, i + 1, table->column_of[i]};

		if (attribute.column == GMF_NO_COLUMN || attribute.column >= table->ncolumns ||
			!gmf_access_hides(access, attribute.column) ||
			is_bound(quals, access, attribute.column))
			continue;
		if (has_unanswered(root, rel, access, clauses, quals, &attribute))
			return attribute.column;
	}
	return -1;
}

/* Does the request say what its value is?  Then whatever is asked of it can be checked. */
static bool
is_bound(List *quals, const GmfAccess *access, int column)
{
	ListCell   *cell;

	foreach(cell, quals)
	{
		GmfQual    *qual = (GmfQual *) lfirst(cell);

		if (qual->column == column &&
			(qual->kind == GMF_QUAL_EQUAL || qual->kind == GMF_QUAL_ANY) &&
			gmf_qual_parameter(qual, access) != NULL)
			return true;
	}
	return false;
}

static bool
has_unanswered(PlannerInfo *root, RelOptInfo *rel, const GmfAccess *access, List *clauses,
			   List *quals, Attribute *attribute)
{
	ListCell   *cell;

	foreach(cell, clauses)
	{
		RestrictInfo *info = lfirst_node(RestrictInfo, cell);

		if (is_in((Node *) info->clause, attribute) &&
			!is_answered(quals, access, info, attribute->column))
			return true;
	}
	foreach(cell, rel->joininfo)
	{
		RestrictInfo *info = lfirst_node(RestrictInfo, cell);

		if (is_in((Node *) info->clause, attribute) && !list_member_ptr(clauses, info))
			return true;
	}
	return rel->has_eclass_joins &&
		generate_implied_equalities_for_column(root, rel, member_is_in, attribute, NULL) != NIL;
}

static bool
is_in(Node *expression, const Attribute *attribute)
{
	Bitmapset  *attributes = NULL;

	pull_varattnos(expression, attribute->relid, &attributes);
	return bms_is_member(attribute->number - FirstLowInvalidHeapAttributeNumber, attributes);
}

static bool
is_answered(List *quals, const GmfAccess *access, const RestrictInfo *info, int column)
{
	ListCell   *cell;

	foreach(cell, quals)
	{
		GmfQual    *qual = (GmfQual *) lfirst(cell);

		if (qual->clause == info->clause && qual->column == column)
			return gmf_qual_is_answered(qual, access);
	}
	return false;
}

static bool
member_is_in(PlannerInfo *root, RelOptInfo *rel, EquivalenceClass *ec, EquivalenceMember *em,
			 void *arg)
{
	return is_in((Node *) em->em_expr, (const Attribute *) arg);
}

void
gmf_hidden_report(const GmfTable *table, int column, bool is_value, const char *why)
{
	const GmfColumn *described = &table->resource->columns[column];
	const GmfRoute *route = table->resource->routes;
	const char *name = name_of(table, column);
	StringInfoData answers;

	if (is_value)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_UNABLE_TO_CREATE_EXECUTION),
				 errmsg("foreign table \"%s\" cannot be read with such a value for its column "
						"\"%s\"",
						table->name, name),
				 why == NULL ? 0 : errdetail("%s", why),
				 described->path == NULL
				 ? errhint("Use a value that the API can be told: the column is not in the answer, "
						   "so that PostgreSQL cannot check rows instead.")
				 : errhint("Use a value that the API can be told: it cannot be asked without "
						   "one.")));
	initStringInfo(&answers);
	for (; route->operation_id != NULL; route++)
		append_answers(&answers, route, described, name);
	ereport(ERROR,
			(errcode(ERRCODE_FDW_UNABLE_TO_CREATE_EXECUTION),
			 errmsg("foreign table \"%s\" cannot be read with such a condition on its column "
					"\"%s\"",
					table->name, name),
			 errdetail("The column is not in the answer: no condition on it can be checked "
					   "unless the API answers it."),
			 answers.len == 0
			 ? errhint("There is no condition on it that the API answers.")
			 : errhint("The API answers %s.", answers.data)));
}

/* As the user knows it. */
static const char *
name_of(const GmfTable *table, int column)
{
	for (int i = 0; i < table->natts; i++)
		if (table->column_of[i] == column)
			return table->name_of[i];
	return table->resource->columns[column].name;
}

/* "start_time >= … and start_time > …" */
static void
append_answers(StringInfo text, const GmfRoute *route, const GmfColumn *column, const char *name)
{
	static const struct
	{
		GmfQualKind kind;
		GmfMatch	match;		/* 0: any */
		const char *form;
	}			forms[] = {
		{GMF_QUAL_EQUAL, 0, "%s = …"},
		{GMF_QUAL_ANY, 0, "%s = ANY (…)"},
		{GMF_QUAL_LIKE, GMF_MATCH_EXACT_STAR, "%s LIKE '%%…%%'"},
		{GMF_QUAL_LIKE, GMF_MATCH_CONTAINS, "%s LIKE '%%…%%'"},
		{GMF_QUAL_LIKE, GMF_MATCH_PREFIX, "%s LIKE '…%%'"},
		{GMF_QUAL_FROM, 0, "%s >= …"},
		{GMF_QUAL_FROM, 0, "%s > …"},
		{GMF_QUAL_TO, 0, "%s <= …"},
		{GMF_QUAL_TO, 0, "%s < …"}
	};

	for (const GmfParameter *parameter = route->parameters;
		 parameter != NULL && parameter->name != NULL; parameter++)
		for (size_t i = 0; i < lengthof(forms); i++)
		{
			char	   *form;

			if (!gmf_parameter_serves(parameter, column->name) ||
				!gmf_qual_suits(forms[i].kind, column, parameter) ||
				(forms[i].match != 0 && forms[i].match != parameter->match))
				continue;
			form = psprintf(forms[i].form, quote_identifier(name));
			if (strstr(text->data, form) == NULL)
				appendStringInfo(text, "%s%s", text->len > 0 ? ", " : "", form);
		}
}

GmfShownColumns *
gmf_shown_new(const GmfTable *table, const GmfBound *bound)
{
	GmfShownColumns *shown = (GmfShownColumns *) palloc0(sizeof(GmfShownColumns));

	shown->columns = (ShownColumn *) palloc0((table->natts + 1) * sizeof(ShownColumn));
	for (int s = 0; s < bound->nshown; s++)
		for (int i = 0; i < table->natts; i++)
		{
			const GmfShown *source = &bound->shown[s];
			ShownColumn *column = &shown->columns[shown->n];

			if (table->column_of[i] != source->column ||
				(source->n > 0 && !can_show(table, i)))
				continue;
			shown->n++;
			column->attribute = i;
			column->column = source->column;
			column->values = (Shown *) palloc((source->n + 1) * sizeof(Shown));
			for (int v = 0; v < source->n; v++)
			{
				Shown	   *value = &column->values[column->n];

				CHECK_FOR_INTERRUPTS();
				value->wire = source->wires[v];
				if (gmf_unwrite_datum(source->texts[v], table->type_of[i], &value->datum))
					column->n++;
			}
			qsort(column->values, column->n, sizeof(Shown), compare_shown);
		}
	return shown;
}

/* Values are of the catalog's type, or of another integer type (see gmf_qual_make). */
static bool
can_show(const GmfTable *table, int attribute)
{
	Oid			type = gmf_type_oid(table->resource->columns[table->column_of[attribute]].type);
	Oid			declared = table->type_of[attribute];

	return type == declared || ((type == INT4OID || type == INT8OID) &&
								(declared == INT2OID || declared == INT4OID ||
								 declared == INT8OID));
}

static int
compare_shown(const void *a, const void *b)
{
	return strcmp(((const Shown *) a)->wire, ((const Shown *) b)->wire);
}

/*
 * What the fetch gives for such a column is the text that its request carried: it stands
 * for a value of the query, and is not read as one of the API.
 */
void
gmf_shown_read(const GmfShownColumns *shown, GmfRowReader *reader, const GmfValue *values,
			   Datum *datums, bool *nulls)
{
	bool	   *reads = reader->reads;

	if (shown->n == 0)
	{
		gmf_row_read(reader, values, datums, nulls);
		return;
	}
	reader->reads = (bool *) palloc(reader->table->natts * sizeof(bool));
	memcpy(reader->reads, reads, reader->table->natts * sizeof(bool));
	for (int i = 0; i < shown->n; i++)
		reader->reads[shown->columns[i].attribute] = false;
	gmf_row_read(reader, values, datums, nulls);
	reader->reads = reads;
	for (int i = 0; i < shown->n; i++)
	{
		const ShownColumn *column = &shown->columns[i];
		const Shown *found = find_shown(column, &values[column->column]);

		if (found == NULL || !reads[column->attribute])
			continue;
		datums[column->attribute] = found->datum;
		nulls[column->attribute] = false;
	}
}

static const Shown *
find_shown(const ShownColumn *column, const GmfValue *value)
{
	Shown		key = {0};

	if (value->kind == GMF_ABSENT || value->kind == GMF_NULL || column->n == 0)
		return NULL;
	key.wire = pnstrdup(value->text, value->length);
	return (const Shown *) bsearch(&key, column->values, column->n, sizeof(Shown), compare_shown);
}
