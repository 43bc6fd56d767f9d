/*
 * quals.c
 *		WHERE clauses that a parameter of the API can help with.
 */
#include "postgres.h"

#include "access/stratnum.h"
#include "catalog/pg_operator_d.h"
#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/optimizer.h"
#include "parser/parse_coerce.h"
#include "utils/lsyscache.h"

#include "gmf_compat.h"
#include "gmf_convert.h"
#include "gmf_module.h"
#include "gmf_quals.h"
#include "gmf_values.h"

#define MICROSECONDS INT64CONST(1000000)

/* Longer than this nothing is sent: servers refuse long request lines. */
#define LONGEST_VALUE 2000

/* A pattern of LIKE: the texts between its wildcards. */
typedef struct Pattern
{
	const char *start;			/* "" where it begins with a wildcard */
	const char *longest;
	bool		is_literal;		/* no wildcard at all */
} Pattern;

static bool make_comparison(Index relid, const GmfTable *table, OpExpr *op, GmfQual *qual);
static bool make_any(Index relid, const GmfTable *table, ScalarArrayOpExpr *op, GmfQual *qual);
static bool make_boolean(Index relid, const GmfTable *table, Expr *clause, GmfQual *qual);
static int	find_column(Index relid, const GmfTable *table, Node *node);
static int	count_characters(const char *utf8);
static bool strategy_kind(Oid operator, Oid left, Oid right, GmfQualKind *kind);
static bool is_deterministic(Oid collation);
static Expr *coerce(Node *value, Oid type);
static bool read_pattern(const char *pattern, Pattern *parts);
static GmfSending send_like(const GmfParameter *parameter, const char *pattern, char **wire);
static GmfSending send_time(GmfQualKind kind, const GmfParameter *parameter, const char *text,
							char **wire);
static GmfSending send_text(const GmfColumn *column, const GmfParameter *parameter,
							const char *text, char **wire);

bool
gmf_qual_make(PlannerInfo *root, Index relid, const GmfTable *table, Expr *clause,
			  GmfQual *qual)
{
	bool		made;

	qual->clause = clause;
	if (IsA(clause, OpExpr))
		made = make_comparison(relid, table, (OpExpr *) clause, qual);
	else if (IsA(clause, ScalarArrayOpExpr))
		made = make_any(relid, table, (ScalarArrayOpExpr *) clause, qual);
	else
		made = make_boolean(relid, table, clause, qual);
	if (!made || contain_volatile_functions((Node *) qual->value))
		return false;
	return !bms_is_member(relid, pull_varnos(root, (Node *) qual->value));
}

bool
gmf_qual_suits(GmfQualKind kind, GmfMatch match)
{
	switch (match)
	{
		case GMF_MATCH_KEY:
		case GMF_MATCH_EXACT:
			return kind == GMF_QUAL_EQUAL || kind == GMF_QUAL_ANY;
		case GMF_MATCH_EXACT_STAR:
			return kind == GMF_QUAL_EQUAL || kind == GMF_QUAL_ANY || kind == GMF_QUAL_LIKE;
		case GMF_MATCH_LOOSE:
			/* Not ANY: two values could give the same row twice. */
			return kind == GMF_QUAL_EQUAL;
		case GMF_MATCH_CONTAINS:
		case GMF_MATCH_PREFIX:
			return kind == GMF_QUAL_EQUAL || kind == GMF_QUAL_LIKE;
		case GMF_MATCH_FROM:
			return kind == GMF_QUAL_FROM || kind == GMF_QUAL_EQUAL;
		case GMF_MATCH_TO:
			return kind == GMF_QUAL_TO || kind == GMF_QUAL_EQUAL;
		case GMF_MATCH_NONE:
			break;
	}
	return false;
}

bool
gmf_parameter_serves(const GmfParameter *parameter, const char *column)
{
	return (parameter->column != NULL && strcmp(parameter->column, column) == 0) ||
		(parameter->also != NULL && strcmp(parameter->also, column) == 0);
}

const GmfParameter *
gmf_qual_parameter(const GmfQual *qual, const GmfAccess *access)
{
	const GmfParameter *parameter = access->route->parameters;
	const char *column = access->resource->columns[qual->column].name;

	for (; parameter != NULL && parameter->name != NULL; parameter++)
		if (gmf_parameter_serves(parameter, column) &&
			gmf_qual_suits(qual->kind, parameter->match))
			return parameter;
	return NULL;
}

bool
gmf_qual_is_exact(const GmfQual *qual, const GmfAccess *access)
{
	const GmfColumn *column = &access->resource->columns[qual->column];
	const GmfParameter *parameter = gmf_qual_parameter(qual, access);
	GmfInput	input;
	char	   *wire;
	Const	   *constant;

	if (!gmf_may_optimise(GMF_OPTIMISE_FILTERS) ||
		qual->kind != GMF_QUAL_EQUAL || parameter == NULL || !IsA(qual->value, Const) ||
		parameter->also != NULL || gmf_access_from_parent(access, column->name))
		return false;
	if (parameter->match != GMF_MATCH_KEY && parameter->match != GMF_MATCH_EXACT &&
		parameter->match != GMF_MATCH_EXACT_STAR)
		return false;
	constant = (Const *) qual->value;
	return !constant->constisnull &&
		gmf_write_datum(constant->constvalue, constant->consttype, &input) &&
		gmf_qual_send(qual->kind, column, parameter, input.text, &wire) == GMF_SEND;
}

GmfSending
gmf_qual_send(GmfQualKind kind, const GmfColumn *column, const GmfParameter *parameter,
			  const char *text, char **wire)
{
	if (kind == GMF_QUAL_LIKE)
		return send_like(parameter, text, wire);
	if (column->type == GMF_TIMESTAMPTZ)
		return send_time(kind, parameter, text, wire);
	return send_text(column, parameter, text, wire);
}

static bool
make_comparison(Index relid, const GmfTable *table, OpExpr *op, GmfQual *qual)
{
	Node	   *left;
	Node	   *right;
	Oid			operator = op->opno;
	Oid			type;

	if (list_length(op->args) != 2 || !is_deterministic(op->inputcollid))
		return false;
	left = (Node *) linitial(op->args);
	right = (Node *) lsecond(op->args);
	qual->column = find_column(relid, table, left);
	if (qual->column < 0)
	{
		Node	   *swap = left;

		left = right;
		right = swap;
		operator = get_commutator(operator);
		qual->column = find_column(relid, table, left);
		if (qual->column < 0 || !OidIsValid(operator))
			return false;
	}
	type = gmf_type_oid(table->resource->columns[qual->column].type);
	if (operator == OID_TEXT_LIKE_OP)
		qual->kind = GMF_QUAL_LIKE;
	else if (!strategy_kind(operator, type, exprType(right), &qual->kind))
		return false;
	qual->value = coerce(right, type);
	return qual->value != NULL;
}

static bool
make_any(Index relid, const GmfTable *table, ScalarArrayOpExpr *op, GmfQual *qual)
{
	Node	   *array = (Node *) lsecond(op->args);
	Oid			type;

	qual->column = find_column(relid, table, (Node *) linitial(op->args));
	if (qual->column < 0 || !op->useOr || !is_deterministic(op->inputcollid))
		return false;
	type = gmf_type_oid(table->resource->columns[qual->column].type);
	if (get_element_type(exprType(array)) != type ||
		!strategy_kind(op->opno, type, type, &qual->kind) || qual->kind != GMF_QUAL_EQUAL)
		return false;
	qual->kind = GMF_QUAL_ANY;
	qual->value = (Expr *) array;
	return true;
}

/* A boolean column stands for itself. */
static bool
make_boolean(Index relid, const GmfTable *table, Expr *clause, GmfQual *qual)
{
	bool		negated = is_notclause(clause);
	Node	   *argument = negated ? (Node *) get_notclausearg(clause) : (Node *) clause;

	qual->column = find_column(relid, table, argument);
	if (qual->column < 0 || table->resource->columns[qual->column].type != GMF_BOOLEAN)
		return false;
	qual->kind = GMF_QUAL_EQUAL;
	qual->value = (Expr *) makeBoolConst(!negated, false);
	return true;
}

/*
 * The column that a bare Var of the relation shows, where its declared type is the
 * catalog's; -1 for anything else, raw among it.
 */
static int
find_column(Index relid, const GmfTable *table, Node *node)
{
	Var		   *var = (Var *) node;
	int			column;

	if (!IsA(node, Var) || (Index) var->varno != relid || var->varlevelsup != 0 ||
		var->varattno <= 0)
		return -1;
	column = table->column_of[var->varattno - 1];
	if (column < 0 || column >= table->ncolumns ||
		gmf_type_oid(table->resource->columns[column].type) != var->vartype)
		return -1;
	return column;
}

/*
 * What an operator of the type's btree family means; text pattern operators and
 * the like do not count.
 */
static bool
strategy_kind(Oid operator, Oid left, Oid right, GmfQualKind *kind)
{
	List	   *meanings = gmf_op_meanings(operator);
	ListCell   *cell;

	foreach(cell, meanings)
	{
		GmfOpMeaning *one = (GmfOpMeaning *) lfirst(cell);

		if (one->oplefttype != left || (left != TIMESTAMPTZOID && one->oprighttype != left))
			continue;
		switch (gmf_op_strategy(one))
		{
			case BTEqualStrategyNumber:
				*kind = GMF_QUAL_EQUAL;
				return true;
			case BTGreaterEqualStrategyNumber:
			case BTGreaterStrategyNumber:
				*kind = GMF_QUAL_FROM;
				return true;
			case BTLessEqualStrategyNumber:
			case BTLessStrategyNumber:
				*kind = GMF_QUAL_TO;
				return true;
		}
	}
	return false;
}

static bool
is_deterministic(Oid collation)
{
	return !OidIsValid(collation) || get_collation_isdeterministic(collation);
}

/*
 * The value as the column's type: a date or a timestamp beside a timestamptz is
 * what PostgreSQL's own operator takes it for.
 */
static Expr *
coerce(Node *value, Oid type)
{
	if (exprType(value) == type)
		return (Expr *) value;
	return (Expr *) coerce_to_target_type(NULL, value, exprType(value), type, -1,
										  COERCION_IMPLICIT, COERCE_IMPLICIT_CAST, -1);
}

/* False for a pattern that ends in an escape. */
static bool
read_pattern(const char *pattern, Pattern *parts)
{
	char	   *out = (char *) palloc(strlen(pattern) + 1);
	char	   *run = out;

	parts->start = run;
	parts->longest = "";
	parts->is_literal = true;
	for (;; pattern++)
	{
		bool		is_wildcard = *pattern == '%' || *pattern == '_';

		if (is_wildcard || *pattern == '\0')
		{
			*out++ = '\0';
			if (strlen(run) > strlen(parts->longest))
				parts->longest = run;
			if (!is_wildcard)
				return true;
			parts->is_literal = false;
			run = out;
			continue;
		}
		if (*pattern == '\\' && *++pattern == '\0')
			return false;
		*out++ = *pattern;
	}
}

/*
 * What matches holds every text between wildcards, so the longest is asked for, or the
 * one at the start.  The API's own wildcard must not get into it, and an empty text
 * asks for nothing.
 */
static GmfSending
send_like(const GmfParameter *parameter, const char *pattern, char **wire)
{
	Pattern		parts;
	const char *text;

	if (!read_pattern(pattern, &parts))
		return GMF_KEEP_LOCAL;
	text = parameter->match == GMF_MATCH_PREFIX ? parts.start : parts.longest;
	if (*text == '\0' || strlen(text) > LONGEST_VALUE)
		return GMF_KEEP_LOCAL;
	switch (parameter->match)
	{
		case GMF_MATCH_EXACT_STAR:
			if (strchr(text, '*') != NULL)
				return GMF_KEEP_LOCAL;
			*wire = psprintf("%s%s", parts.is_literal ? "" : "*", text);
			return GMF_SEND;
		case GMF_MATCH_CONTAINS:
		case GMF_MATCH_PREFIX:
			*wire = pstrdup(text);
			return GMF_SEND;
		default:
			return GMF_KEEP_LOCAL;
	}
}

/*
 * Bounds are widened by more than a second: the API counts in whole seconds and
 * does not say whether its bounds belong to the range.
 */
static GmfSending
send_time(GmfQualKind kind, const GmfParameter *parameter, const char *text, char **wire)
{
	int64		microseconds = strtoll(text, NULL, 10);

	if (parameter->match == GMF_MATCH_FROM)
		microseconds -= MICROSECONDS;
	else if (parameter->match == GMF_MATCH_TO)
		microseconds += 2 * MICROSECONDS;
	*wire = (char *) palloc(GMF_TIME_SIZE);
	return gmf_write_time(microseconds, parameter->time_form, *wire) ? GMF_SEND : GMF_KEEP_LOCAL;
}

static GmfSending
send_text(const GmfColumn *column, const GmfParameter *parameter, const char *text, char **wire)
{
	bool		identity = parameter->match == GMF_MATCH_KEY;

	if (column->max_length > 0 && count_characters(text) > column->max_length)
		return GMF_NO_ROW;
	if (parameter->location == GMF_IN_PATH &&
		(strcmp(text, ".") == 0 || strcmp(text, "..") == 0))
		return GMF_NO_ROW;
	/* An empty value is no value to the API, and no object has an empty id. */
	if (*text == '\0' || strlen(text) > LONGEST_VALUE)
		return identity ? GMF_NO_ROW : GMF_KEEP_LOCAL;
	if (parameter->match == GMF_MATCH_EXACT_STAR && *text == '*')
		return GMF_KEEP_LOCAL;
	if (gmf_list_has(parameter->refused, '|', text))
		return parameter->required ? GMF_NO_ROW : GMF_KEEP_LOCAL;
	if (parameter->domain != NULL && !gmf_list_has(parameter->domain, '|', text))
		return identity ? GMF_NO_ROW : GMF_KEEP_LOCAL;
	*wire = pstrdup(text);
	return GMF_SEND;
}

static int
count_characters(const char *utf8)
{
	int			n = 0;

	for (; *utf8 != '\0'; utf8++)
		if ((*utf8 & 0xc0) != 0x80)
			n++;
	return n;
}
