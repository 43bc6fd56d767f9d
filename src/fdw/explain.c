/*
 * explain.c
 *		What EXPLAIN says of a scan: the request, which conditions went where,
 *		how pages are fetched, and with ANALYZE what it took.
 */
#include "postgres.h"

#include "executor/instrument.h"
#include "nodes/nodeFuncs.h"
#include "utils/ruleutils.h"

#include "gmf_compat.h"
#include "gmf_explain.h"
#include "gmf_module.h"
#include "gmf_scan.h"
#include "gmf_shown.h"

/* Of more values than these only the number is shown. */
#define MOST_VALUES 4

/* What is known before the scan runs. */
typedef struct Outlook
{
	const GmfPlan *plan;
	char	  **values;			/* of the quals, LIMIT and OFFSET, as SQL */
	bool	   *is_constant;	/* [nquals] */
	int		   *condition_of;	/* [nquals]: of the constants, in "bound"; -1 */
	GmfFetchSpec spec;			/* what the constants bind */
	GmfBound	bound;
	bool		is_empty;		/* they leave no row */
} Outlook;

static Outlook *make_outlook(ForeignScanState *node, ExplainState *es);
static char **deparse_values(ForeignScanState *node, ExplainState *es);
static char *request_text(const Outlook *outlook);
static void append_others(StringInfo text, const Outlook *outlook);
static void append_parameter(StringInfo text, int n, const GmfParameter *parameter,
							 const char *value);
static char *value_of(const Outlook *outlook, const GmfParameter *parameter);
static const GmfBinding *find_binding(const Outlook *outlook, const GmfParameter *parameter);
static char *bound_text(const GmfBinding *binding);
static char *encode(const char *value);
static int	find_expression(const Outlook *outlook, const GmfParameter *parameter);
static List *condition_texts(const Outlook *outlook, bool exact);
static char *column_name(const GmfPlan *plan, int column);
static bool is_sent(const Outlook *outlook, int qual);
static const GmfParameter *parameter_of(const GmfPlan *plan, const GmfPlannedQual *qual);
static char *paging_text(const GmfPlan *plan);
static char *keys_text(const GmfAccess *access);
static char *detail_text(const GmfPlan *plan);
static void explain_limits(const Outlook *outlook, ExplainState *es);
static void explain_run(ForeignScanState *node, ExplainState *es);

void
gmf_explain_foreign_scan(ForeignScanState *node, ExplainState *es)
{
	GmfScan    *scan = (GmfScan *) node->fdw_state;
	GmfPlan    *plan = scan->plan;
	Outlook    *outlook = make_outlook(node, es);
	List	   *exact = condition_texts(outlook, true);
	List	   *rechecked = condition_texts(outlook, false);

	if (outlook->is_empty)
		ExplainPropertyText("Remote Request", "none, as no row can match", es);
	else
		ExplainPropertyText("Remote Request", request_text(outlook), es);
	if (plan->access->missing != NULL)
		ExplainPropertyText("Missing Key", gmf_shown_utf8(plan->access->missing), es);
	if (plan->unanswered >= 0 || outlook->bound.unsaid >= 0)
		ExplainPropertyText("Unanswered Column",
							column_name(plan, Max(plan->unanswered, outlook->bound.unsaid)), es);
	if (plan->access->parent != NULL)
		ExplainPropertyText("Keys From", keys_text(plan->access), es);
	if (plan->access->detail != NULL)
		ExplainPropertyText("Detail Request", detail_text(plan), es);
	if (exact != NIL)
		ExplainPropertyList("Remote Conditions", exact, es);
	if (rechecked != NIL)
		ExplainPropertyList("Remote Prefilter", rechecked, es);
	if (plan->mode == GMF_SCAN_COUNT)
		ExplainPropertyText("Remote Aggregate", "count(*) from the total of the list", es);
	explain_limits(outlook, es);
	ExplainPropertyText("Paging", paging_text(plan), es);
	if (es->analyze && scan->memo != NULL)
		explain_run(node, es);
}

/* Ask what the execution will ask, as far as the values are known. */
static Outlook *
make_outlook(ForeignScanState *node, ExplainState *es)
{
	ForeignScan *foreign = (ForeignScan *) node->ss.ps.plan;
	const GmfPlan *plan = ((GmfScan *) node->fdw_state)->plan;
	Outlook    *outlook = (Outlook *) palloc0(sizeof(Outlook));
	GmfCondition *conditions = (GmfCondition *) palloc0((plan->nquals + 1) * sizeof(GmfCondition));
	int			n = 0;

	outlook->plan = plan;
	outlook->values = deparse_values(node, es);
	outlook->is_constant = (bool *) palloc0((plan->nquals + 1) * sizeof(bool));
	outlook->condition_of = (int *) palloc((plan->nquals + 1) * sizeof(int));
	for (int i = 0; i < plan->nquals; i++)
	{
		Const	   *constant = (Const *) list_nth(foreign->fdw_exprs, i);

		outlook->condition_of[i] = -1;
		if (!IsA(constant, Const))
			continue;
		outlook->is_constant[i] = true;
		if (constant->constisnull ||
			!gmf_condition_make(plan->quals[i].kind, plan->quals[i].column,
								constant->constvalue, constant->consttype, &conditions[n]))
			outlook->is_empty = true;
		else
			outlook->condition_of[i] = n++;
	}
	if (!gmf_bind(plan->access, conditions, n, plan->disabled, &outlook->spec, &outlook->bound) &&
		outlook->bound.unsaid < 0)
		outlook->is_empty = true;
	return outlook;
}

/* "GET /v3.1/{project_id}/instances?name=*prod"; what is not yet known is SQL in braces. */
static char *
request_text(const Outlook *outlook)
{
	const GmfRoute *route = outlook->plan->access->route;
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "%s ", route->method);
	for (const char *p = route->path; *p != '\0'; p++)
	{
		const char *end = *p == '{' ? strchr(p, '}') : NULL;
		const GmfParameter *parameter = end == NULL ? NULL
			: gmf_find_parameter(route, pnstrdup(p + 1, end - p - 1));
		char	   *value = parameter == NULL ? NULL : value_of(outlook, parameter);

		if (value == NULL)
		{
			appendStringInfoChar(&text, *p);
			continue;
		}
		appendStringInfoString(&text, value);
		p = end;
	}
	append_others(&text, outlook);
	return text.data;
}

/* Parameters that are not part of the path. */
static void
append_others(StringInfo text, const Outlook *outlook)
{
	const GmfRoute *route = outlook->plan->access->route;
	const GmfParameter *parameter = route->parameters;
	int			n = 0;

	for (; parameter != NULL && parameter->name != NULL; parameter++)
	{
		const char *value = value_of(outlook, parameter);

		if (parameter->location == GMF_IN_PATH)
			continue;
		if (value == NULL && parameter->fallback != NULL &&
			(parameter->pair == NULL ||
			 value_of(outlook, gmf_find_parameter(route, parameter->pair)) != NULL))
			value = encode(parameter->fallback);
		if (value == NULL && parameter->required && parameter->domain != NULL)
			value = psprintf("{each of %s}", gmf_shown_utf8(parameter->domain));
		if (value == NULL && parameter->required && parameter->column != NULL)
			value = psprintf("{%s}", gmf_shown_utf8(parameter->column));
		if (value != NULL)
			append_parameter(text, n++, parameter, value);
	}
}

static void
append_parameter(StringInfo text, int n, const GmfParameter *parameter, const char *value)
{
	const char *before = n == 0 ? "?" : "&";

	if (parameter->location == GMF_IN_BODY)
		before = n == 0 ? " body " : ", body ";
	else if (parameter->location == GMF_IN_HEADER)
		before = n == 0 ? " header " : ", header ";
	appendStringInfo(text, "%s%s=%s", before, gmf_shown_utf8(parameter->name), value);
}

/* What the parameter will carry: a value, an expression, or NULL for nothing. */
static char *
value_of(const Outlook *outlook, const GmfParameter *parameter)
{
	const GmfBinding *binding = find_binding(outlook, parameter);
	int			expression = find_expression(outlook, parameter);

	if (binding != NULL)
		return bound_text(binding);
	if (expression < 0)
		return NULL;
	return psprintf(outlook->plan->quals[expression].kind == GMF_QUAL_ANY ? "{each of %s}"
					: "{%s}", outlook->values[expression]);
}

static const GmfBinding *
find_binding(const Outlook *outlook, const GmfParameter *parameter)
{
	for (int i = 0; i < outlook->spec.nbindings; i++)
		if (outlook->spec.bindings[i].parameter == parameter)
			return &outlook->spec.bindings[i];
	return NULL;
}

static char *
bound_text(const GmfBinding *binding)
{
	StringInfoData text;

	if (binding->nvalues == 1)
		return encode(binding->values[0]);
	initStringInfo(&text);
	appendStringInfoString(&text, "{each of ");
	for (int i = 0; i < Min(binding->nvalues, MOST_VALUES); i++)
		appendStringInfo(&text, "%s%s", i > 0 ? ", " : "", encode(binding->values[i]));
	if (binding->nvalues > MOST_VALUES)
		appendStringInfo(&text, " and %d more", binding->nvalues - MOST_VALUES);
	appendStringInfoChar(&text, '}');
	return text.data;
}

/* As on the wire, but for the asterisk and the colon, which are easier to read so. */
static char *
encode(const char *value)
{
	char	   *encoded = gmf_percent_encode(value);
	char	   *text;
	char	   *out;

	if (encoded == NULL)
		return pstrdup("(out of memory)");
	text = pstrdup(encoded);
	free(encoded);
	out = text;
	for (const char *in = text; *in != '\0'; in++)
	{
		bool		star = strncmp(in, "%2A", 3) == 0;
		bool		colon = strncmp(in, "%3A", 3) == 0;

		*out++ = star ? '*' : colon ? ':' : *in;
		in += star || colon ? 2 : 0;
	}
	*out = '\0';
	return text;
}

/* A qual on the parameter whose value is not known yet; -1 for none. */
static int
find_expression(const Outlook *outlook, const GmfParameter *parameter)
{
	const GmfPlan *plan = outlook->plan;
	const char *names[] = {parameter->column, parameter->also};

	if (parameter->column == NULL || gmf_access_from_parent(plan->access, parameter->column) ||
		(!parameter->required && (plan->disabled & GMF_OPTIMISE_FILTERS) != 0 &&
		 gmf_find_column(plan->table->resource, parameter->column)->path != NULL))
		return -1;
	/* One parameter may serve two columns: the first of them goes before, as in gmf_bind. */
	for (size_t c = 0; c < lengthof(names); c++)
		for (int i = 0; names[c] != NULL && i < plan->nquals; i++)
		{
			const GmfColumn *column = &plan->table->resource->columns[plan->quals[i].column];

			if (!outlook->is_constant[i] && strcmp(names[c], column->name) == 0 &&
				gmf_qual_suits(plan->quals[i].kind, column, parameter))
				return i;
		}
	return -1;
}

/* The conditions that go to the API: those that it enforces, or those checked again. */
static List *
condition_texts(const Outlook *outlook, bool exact)
{
	static const char *const operators[] = {"", "=", "= ANY", "~~", ">=", "<="};
	const GmfPlan *plan = outlook->plan;
	List	   *texts = NIL;

	for (int i = 0; i < plan->nquals; i++)
	{
		const GmfPlannedQual *qual = &plan->quals[i];

		if (qual->exact == exact && is_sent(outlook, i))
			texts = lappend(texts,
							psprintf(qual->kind == GMF_QUAL_ANY ? "%s %s (%s)" : "%s %s %s",
									 column_name(plan, qual->column),
									 operators[qual->kind], outlook->values[i]));
	}
	return texts;
}

/* In the database's encoding. */
static char *
column_name(const GmfPlan *plan, int column)
{
	return gmf_shown_utf8(plan->table->resource->columns[column].name);
}

static bool
is_sent(const Outlook *outlook, int qual)
{
	const GmfPlannedQual *quals = outlook->plan->quals;
	const GmfParameter *parameter = parameter_of(outlook->plan, &quals[qual]);
	int			chosen;

	if (parameter == NULL || outlook->is_empty)
		return false;
	if (outlook->is_constant[qual])
		return outlook->bound.sent[outlook->condition_of[qual]];
	chosen = find_expression(outlook, parameter);
	return chosen >= 0 && quals[chosen].column == quals[qual].column;
}

static const GmfParameter *
parameter_of(const GmfPlan *plan, const GmfPlannedQual *planned)
{
	GmfQual		qual = {planned->kind, planned->column, NULL, NULL};

	return gmf_qual_parameter(&qual, plan->access);
}

static void
explain_limits(const Outlook *outlook, ExplainState *es)
{
	bool		remote = outlook->plan->mode == GMF_SCAN_LIMITED;
	int			position = outlook->plan->nquals;

	if (outlook->plan->has_limit)
		ExplainPropertyText(remote ? "Remote Limit" : "Rows Wanted",
							outlook->values[position++], es);
	if (outlook->plan->has_offset)
		ExplainPropertyText(remote ? "Remote Offset" : "Rows Skipped Locally",
							outlook->values[position], es);
}

static char *
paging_text(const GmfPlan *plan)
{
	const GmfPaging *paging = &plan->access->route->paging;
	int			size = gmf_page_rows(plan->access, plan->table);

	if (paging->kind == GMF_UNPAGED)
		return psprintf("none, up to %d requests in flight", plan->table->max_connections);
	if (paging->kind == GMF_PAGED_BY_LINK && paging->limit == NULL)
		return psprintf("by link, one page after another");
	if (paging->kind == GMF_PAGED_BY_LINK)
		return psprintf("by link, %d rows a page, one page after another", size);
	if (paging->kind == GMF_PAGED_BY_MARKER)
		return psprintf("by marker, %d rows a page, one page after another", size);
	return psprintf("by %s, %d rows a page, up to %d requests in flight",
					paging->kind == GMF_PAGED_BY_RECORD ? "record" : "page", size,
					plan->table->max_connections);
}

/* "instance_id from gaussdb.instances (GET /v3.1/{project_id}/instances)", and its parents. */
static char *
keys_text(const GmfAccess *access)
{
	StringInfoData text;
	const GmfParentKey *key = access->resource->parent_keys;

	initStringInfo(&text);
	for (int n = 0; key->column != NULL; key++, n++)
		appendStringInfo(&text, "%s%s", n > 0 ? ", " : "",
						 gmf_shown_utf8(key->column));
	appendStringInfo(&text, " from %s.%s (%s %s)", access->parent->resource->service,
					 access->parent->resource->name, access->parent->route->method,
					 access->parent->route->path);
	for (key = access->resource->parent_keys; key->column != NULL; key++)
		if (key->when_column != NULL)
			appendStringInfo(&text, " where %s is one of %s", key->when_column, key->when_value);
	if (access->parent->parent != NULL)
		appendStringInfo(&text, ", %s", keys_text(access->parent));
	return text.data;
}

static char *
detail_text(const GmfPlan *plan)
{
	const GmfColumn *columns = plan->table->resource->columns;
	StringInfoData text;
	int			n = 0;

	initStringInfo(&text);
	appendStringInfo(&text, "%s %s for", plan->access->detail->method,
					 plan->access->detail->path);
	for (int i = 0; columns[i].name != NULL; i++)
		if (plan->used[i] && columns[i].only == GMF_GET)
			appendStringInfo(&text, "%s %s", n++ > 0 ? "," : "", columns[i].name);
	appendStringInfoString(&text, " where the list leaves them out");
	return text.data;
}

/* The values of the quals, LIMIT and OFFSET as SQL. */
static char **
deparse_values(ForeignScanState *node, ExplainState *es)
{
	ForeignScan *foreign = (ForeignScan *) node->ss.ps.plan;
	List	   *context = set_deparse_context_plan(es->deparse_cxt, (Plan *) foreign, NIL);
	List	   *names = (List *) list_nth(foreign->fdw_private, GMF_PRIVATE_NAMES);
	char	  **values = (char **) palloc0((list_length(foreign->fdw_exprs) + 1) * sizeof(char *));
	ListCell   *cell;
	int			i = 0;

	foreach(cell, foreign->fdw_exprs)
	{
		Const	   *constant = (Const *) lfirst(cell);
		bool		is_qual = i < list_length(names);

		if (is_qual && strVal(list_nth(names, i))[0] != '\0')
			values[i] = strVal(list_nth(names, i));
		else if (!is_qual && IsA(constant, Const) && !constant->constisnull)
			values[i] = psprintf(INT64_FORMAT, DatumGetInt64(constant->constvalue));
		else
			values[i] = deparse_expression((Node *) constant, context, true, false);
		i++;
	}
	return values;
}

static void
explain_run(ForeignScanState *node, ExplainState *es)
{
	GmfScan    *scan = (GmfScan *) node->fdw_state;
	GmfFetchCounters counters;

	gmf_memo_counters(scan->memo, &counters);
	ExplainPropertyInteger("Requests", NULL, counters.requests, es);
	ExplainPropertyInteger("Retries", NULL, counters.retries, es);
	if (counters.refused > 0)
		ExplainPropertyInteger("Objects Refused", NULL, counters.refused, es);
	if (counters.cached > 0)
		ExplainPropertyInteger("Answered From Cache", NULL, counters.cached, es);
	if (gmf_memo_saved(scan->memo) > 0)
		ExplainPropertyInteger("Answered Before", NULL, gmf_memo_saved(scan->memo), es);
	ExplainPropertyInteger("Bytes Received", NULL, counters.bytes_received, es);
	if (es->timing)
		ExplainPropertyFloat("Time Waiting", "ms", scan->waited_us / 1000.0, 3, es);
}
