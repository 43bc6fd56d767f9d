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
#include "utils/lsyscache.h"
#include "utils/timestamp.h"

#include "gmf_compat.h"
#include "gmf_convert.h"
#include "gmf_module.h"
#include "gmf_quals.h"
#include "gmf_side_effects.h"
#include "gmf_values.h"

/* Longer than this nothing is sent: servers refuse long request lines. */
#define LONGEST_VALUE 2000
#define TOO_LONG "Texts of more than 2000 bytes are not sent."

/* A pattern of LIKE: the texts between its wildcards. */
typedef struct Pattern
{
	const char *start;			/* "" where it begins with a wildcard */
	const char *longest;
	int			nruns;			/* texts that are not empty */
	bool		opens;			/* begins, ends with "%" */
	bool		closes;
	bool		has_single;		/* there is a "_" */
	bool		is_literal;		/* no wildcard at all */
} Pattern;

static bool make_comparison(Index relid, const GmfTable *table, OpExpr *op, GmfQual *qual);
static bool make_any(Index relid, const GmfTable *table, ScalarArrayOpExpr *op, GmfQual *qual);
static bool make_boolean(Index relid, const GmfTable *table, Expr *clause, GmfQual *qual);
static int	find_column(Index relid, const GmfTable *table, Node *node);
static bool is_integer(Oid type);
static bool is_comparable(Oid column, Oid value);
static int	count_characters(const char *utf8);
static bool strategy_kind(Oid operator, Oid left, Oid right, GmfQualKind *kind);
static bool is_deterministic(Oid collation);
static bool is_constant_sent_whole(const Const *constant, const GmfColumn *column,
								   const GmfParameter *parameter);
static bool read_pattern(const char *pattern, Pattern *parts);
static GmfSending send_like(const GmfColumn *column, const GmfParameter *parameter,
							const char *pattern, GmfWire *wire);
static bool says_all(GmfMatch match, const Pattern *parts);
static GmfSending send_time(GmfQualKind kind, const GmfColumn *column,
							const GmfParameter *parameter, const char *text, GmfWire *wire);
static int64 granularity(GmfTimeForm form);
static int64 round_down(int64 time, int64 unit);
static GmfSending send_integer(GmfQualKind kind, const GmfColumn *column, const char *text,
							   GmfWire *wire);
static GmfSending send_text(const GmfColumn *column, const GmfParameter *parameter,
							const char *text, GmfWire *wire);
static GmfSending keep_local(GmfWire *wire, const char *why);

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
	if (!made || gmf_has_side_effects(root, (Node *) qual->value))
		return false;
	return !bms_is_member(relid, pull_varnos(root, (Node *) qual->value));
}

void
gmf_quals_relate(List *quals)
{
	ListCell   *cell;
	ListCell   *inner;

	foreach(cell, quals)
	{
		GmfQual    *qual = (GmfQual *) lfirst(cell);

		if (qual->kind == GMF_QUAL_EQUAL || qual->kind == GMF_QUAL_ANY)
			foreach(inner, quals)
			{
				GmfQual    *other = (GmfQual *) lfirst(inner);

				if (other->column == qual->column && other->kind != GMF_QUAL_EQUAL &&
					other->kind != GMF_QUAL_ANY)
					other->beside = true;
			}
	}
}

bool
gmf_qual_suits(GmfQualKind kind, const GmfColumn *column, const GmfParameter *parameter)
{
	bool		equality = kind == GMF_QUAL_EQUAL || kind == GMF_QUAL_ANY;

	/* What a filter keeps beside the equal ones nobody could tell apart. */
	if (column->path == NULL && equality)
		return parameter->match == GMF_MATCH_KEY || parameter->match == GMF_MATCH_EXACT ||
			parameter->match == GMF_MATCH_EXACT_STAR || parameter->match == GMF_MATCH_LOOSE;
	switch (parameter->match)
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
	const GmfColumn *column = &access->resource->columns[qual->column];

	for (; parameter != NULL && parameter->name != NULL; parameter++)
		if (gmf_parameter_serves(parameter, column->name) &&
			gmf_qual_suits(qual->kind, column, parameter))
			return parameter;
	return NULL;
}

bool
gmf_qual_is_exact(const GmfQual *qual, const GmfAccess *access, int disabled)
{
	const GmfColumn *column = &access->resource->columns[qual->column];
	const GmfParameter *parameter = gmf_qual_parameter(qual, access);
	bool		is_hidden = gmf_access_hides(access, qual->column);

	if (parameter == NULL || parameter->also != NULL ||
		gmf_access_from_parent(access, column->name) ||
		(!is_hidden && (disabled & GMF_OPTIMISE_FILTERS) != 0))
		return false;
	if (qual->kind != GMF_QUAL_EQUAL)
		return qual->kind != GMF_QUAL_ANY && gmf_qual_is_answered(qual, access);
	if (!is_hidden && parameter->match != GMF_MATCH_KEY && parameter->match != GMF_MATCH_EXACT &&
		parameter->match != GMF_MATCH_EXACT_STAR)
		return false;
	return IsA(qual->value, Const) &&
		is_constant_sent_whole((Const *) qual->value, column, parameter);
}

bool
gmf_qual_is_answered(const GmfQual *qual, const GmfAccess *access)
{
	return gmf_access_hides(access, qual->column) && !qual->beside &&
		gmf_qual_parameter(qual, access) != NULL;
}

GmfSending
gmf_qual_send(GmfQualKind kind, const GmfColumn *column, const GmfParameter *parameter,
			  const char *text, GmfWire *wire)
{
	memset(wire, 0, sizeof(*wire));
	if (kind == GMF_QUAL_LIKE)
		return send_like(column, parameter, text, wire);
	if (column->type == GMF_TIMESTAMPTZ)
		return send_time(kind, column, parameter, text, wire);
	if (column->type == GMF_INTEGER || column->type == GMF_BIGINT)
	{
		GmfSending	sending = send_integer(kind, column, text, wire);

		if (sending != GMF_SEND)
			return sending;
	}
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
	type = exprType(left);
	if (operator == OID_TEXT_LIKE_OP)
		qual->kind = GMF_QUAL_LIKE;
	else if (!is_comparable(type, exprType(right)) ||
			 !strategy_kind(operator, type, exprType(right), &qual->kind))
		return false;

	/* In which order the API has texts and the like is not known. */
	if ((qual->kind == GMF_QUAL_FROM || qual->kind == GMF_QUAL_TO) &&
		!is_integer(type) && type != FLOAT8OID && type != TIMESTAMPTZOID)
		return false;
	qual->value = (Expr *) right;
	return true;
}

static bool
make_any(Index relid, const GmfTable *table, ScalarArrayOpExpr *op, GmfQual *qual)
{
	Node	   *column = (Node *) linitial(op->args);
	Node	   *array = (Node *) lsecond(op->args);
	Oid			element = get_element_type(exprType(array));

	qual->column = find_column(relid, table, column);
	if (qual->column < 0 || !op->useOr || !is_deterministic(op->inputcollid))
		return false;
	if (!is_comparable(exprType(column), element) ||
		!strategy_kind(op->opno, exprType(column), element, &qual->kind) ||
		qual->kind != GMF_QUAL_EQUAL)
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
 * catalog's, or an integer where that is a wider one; -1 for anything else, raw among it.
 */
static int
find_column(Index relid, const GmfTable *table, Node *node)
{
	Var		   *var = (Var *) node;
	int			column;
	Oid			type;

	if (!IsA(node, Var) || (Index) var->varno != relid || var->varlevelsup != 0 ||
		var->varattno <= 0)
		return -1;
	column = table->column_of[var->varattno - 1];
	if (column < 0 || column >= table->ncolumns)
		return -1;
	type = gmf_type_oid(table->resource->columns[column].type);
	if (type != var->vartype && (!is_integer(type) || !is_integer(var->vartype) ||
								 get_typlen(var->vartype) > get_typlen(type)))
		return -1;
	/* What is rounded for the column is not what the API compares. */
	if (type == TIMESTAMPTZOID && var->vartypmod >= 0 && var->vartypmod < MAX_TIMESTAMP_PRECISION)
		return -1;
	return column;
}

static bool
is_integer(Oid type)
{
	return type == INT2OID || type == INT4OID || type == INT8OID;
}

/* Values of these types can be written so that they mean the same for the column. */
static bool
is_comparable(Oid column, Oid value)
{
	if (column == value)
		return true;
	if (column == TIMESTAMPTZOID)
		return value == DATEOID || value == TIMESTAMPOID;
	return is_integer(column) && is_integer(value);
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

		if (one->oplefttype != left || one->oprighttype != right)
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
 * What a constant says must not depend on a setting that may change before the plan runs (a
 * date depends on the time zone), and the API must compare what the column is: it
 * knows days, decimal fractions and JSON otherwise than PostgreSQL.
 */
static bool
is_constant_sent_whole(const Const *constant, const GmfColumn *column,
					   const GmfParameter *parameter)
{
	GmfInput	input;
	GmfWire		wire;

	if (constant->constisnull || column->type == GMF_DOUBLE || column->type == GMF_JSONB ||
		parameter->time_form == GMF_TIME_DATE)
		return false;
	if (column->type == GMF_TIMESTAMPTZ && constant->consttype != TIMESTAMPTZOID)
		return false;
	return gmf_write_datum(constant->constvalue, constant->consttype, &input) &&
		gmf_qual_send(GMF_QUAL_EQUAL, column, parameter, input.text, &wire) == GMF_SEND &&
		wire.whole;
}

/* False for a pattern that ends in an escape. */
static bool
read_pattern(const char *pattern, Pattern *parts)
{
	char	   *out = (char *) palloc(strlen(pattern) + 1);
	char	   *run = out;

	memset(parts, 0, sizeof(*parts));
	parts->start = run;
	parts->longest = "";
	parts->opens = *pattern == '%';
	parts->is_literal = true;
	for (;; pattern++)
	{
		bool		is_wildcard = *pattern == '%' || *pattern == '_';

		if (is_wildcard || *pattern == '\0')
		{
			*out++ = '\0';
			if (strlen(run) > strlen(parts->longest))
				parts->longest = run;
			parts->nruns += *run != '\0';
			if (!is_wildcard)
				return true;
			parts->has_single |= *pattern == '_';
			parts->closes = pattern[1] == '\0' && *pattern == '%';
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
send_like(const GmfColumn *column, const GmfParameter *parameter, const char *pattern,
		  GmfWire *wire)
{
	Pattern		parts;
	const char *text;
	bool		star = parameter->match == GMF_MATCH_EXACT_STAR;

	if (!read_pattern(pattern, &parts))
		return keep_local(wire, "The pattern ends with an escape.");
	text = parameter->match == GMF_MATCH_PREFIX ? parts.start : parts.longest;
	if (*text == '\0')
		return keep_local(wire, "The API cannot be told such a pattern.");
	if (strlen(text) > LONGEST_VALUE)
		return keep_local(wire, TOO_LONG);
	if (star && strchr(text, '*') != NULL)
		return keep_local(wire, "To the API an asterisk is a wildcard.");
	wire->text = psprintf("%s%s", star && !parts.is_literal ? "*" : "", text);
	wire->whole = says_all(parameter->match, &parts);
	if (!wire->whole)
		wire->why = "The API cannot be told such a pattern.";
	return GMF_SEND;
}

/* Does the text that is sent mean what the pattern means? */
static bool
says_all(GmfMatch match, const Pattern *parts)
{
	if (parts->has_single || parts->nruns != 1)
		return false;
	if (match == GMF_MATCH_PREFIX)
		return !parts->opens && parts->closes;
	return (match == GMF_MATCH_EXACT_STAR && parts->is_literal) ||
		(parts->opens && parts->closes);
}

/*
 * Bounds are widened by more than a second: the API counts in whole seconds and
 * does not say whether its bounds belong to the range; by a day where it is told days.
 * Where the API alone judges, they are what the query says, to the precision
 * that the API can be told.  Other times are sent only if nothing of them is lost.
 */
static GmfSending
send_time(GmfQualKind kind, const GmfColumn *column, const GmfParameter *parameter,
		  const char *text, GmfWire *wire)
{
	int64		time = strtoll(text, NULL, 10);
	int64		unit = granularity(parameter->time_form);
	bool		lossless = time == round_down(time, unit);
	bool		is_bound = parameter->match == GMF_MATCH_FROM || parameter->match == GMF_MATCH_TO;

	if (!lossless && (!is_bound || (column->path == NULL && unit == USECS_PER_DAY)))
		return keep_local(wire, unit == USECS_PER_DAY ?
						  "The API is told days, which begin at midnight UTC." :
						  "The API is told times without such a fraction of a second.");
	wire->whole = true;
	/* Far from what the API can be told, and from what int64 can hold. */
	time = Min(Max(time, PG_INT64_MIN / 2), PG_INT64_MAX / 2);
	if (column->path == NULL)
		time += parameter->match == GMF_MATCH_TO && !lossless ? unit : 0;
	else if (parameter->match == GMF_MATCH_FROM)
		time -= USECS_PER_SEC;
	else if (parameter->match == GMF_MATCH_TO)
		time += Max(2 * USECS_PER_SEC, unit);
	wire->has_point = true;
	wire->point = round_down(time, unit);
	wire->text = (char *) palloc(GMF_TIME_SIZE);
	if (!gmf_write_time(wire->point, parameter->time_form, wire->text))
		return keep_local(wire, "The API can be told times of the years 1 to 9999.");
	return GMF_SEND;
}

/* Microseconds. */
static int64
granularity(GmfTimeForm form)
{
	if (form == GMF_TIME_DATE)
		return USECS_PER_DAY;
	return form == GMF_TIME_MILLIS ? 1000 : USECS_PER_SEC;
}

static int64
round_down(int64 time, int64 unit)
{
	return time - (time % unit + unit) % unit;
}

/* The value may be of a wider type than the column. */
static GmfSending
send_integer(GmfQualKind kind, const GmfColumn *column, const char *text, GmfWire *wire)
{
	wire->has_point = true;
	wire->point = strtoll(text, NULL, 10);
	if (column->type == GMF_BIGINT ||
		(wire->point >= PG_INT32_MIN && wire->point <= PG_INT32_MAX))
		return GMF_SEND;
	if (kind == GMF_QUAL_EQUAL || kind == GMF_QUAL_ANY)
		return GMF_NO_ROW;
	return keep_local(wire, "The column has numbers of four bytes.");
}

static GmfSending
send_text(const GmfColumn *column, const GmfParameter *parameter, const char *text,
		  GmfWire *wire)
{
	bool		identity = parameter->match == GMF_MATCH_KEY;

	if (column->max_length > 0 && count_characters(text) > column->max_length)
		return GMF_NO_ROW;
	if (parameter->location == GMF_IN_PATH &&
		(strcmp(text, ".") == 0 || strcmp(text, "..") == 0))
		return GMF_NO_ROW;
	/* An empty value is no value to the API, and no object has an empty id. */
	if (*text == '\0' || strlen(text) > LONGEST_VALUE)
		return identity ? GMF_NO_ROW
			: keep_local(wire, *text == '\0' ? "To the API an empty text is no value."
						 : TOO_LONG);
	if (parameter->match == GMF_MATCH_EXACT_STAR && *text == '*')
		return keep_local(wire, "To the API an asterisk is a wildcard.");
	if (gmf_list_has(parameter->refused, '|', text))
		return parameter->required ? GMF_NO_ROW : keep_local(wire, "The API refuses it.");
	/* Rows that could have another value are out of reach where the API alone judges. */
	if (parameter->domain != NULL && !gmf_list_has(parameter->domain, '|', text))
		return identity || column->path == NULL ? GMF_NO_ROW
			: keep_local(wire, "It is not among the values that the API takes.");
	wire->text = pstrdup(text);
	wire->whole = true;
	return GMF_SEND;
}

static GmfSending
keep_local(GmfWire *wire, const char *why)
{
	wire->text = NULL;
	wire->whole = false;
	wire->why = why;
	return GMF_KEEP_LOCAL;
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
