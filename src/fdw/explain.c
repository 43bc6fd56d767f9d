/*
 * explain.c
 *		What EXPLAIN says of a scan: the request, which conditions went where,
 *		how pages are fetched, and with ANALYZE what it took.
 */
#include "postgres.h"

#include "commands/explain.h"
#include "executor/instrument.h"
#include "nodes/nodeFuncs.h"
#include "utils/ruleutils.h"

#if PG_VERSION_NUM >= 180000
#include "commands/explain_format.h"
#include "commands/explain_state.h"
#endif

#include "gmf_compat.h"
#include "gmf_explain.h"
#include "gmf_scan.h"

/* The value of a qual, of LIMIT or of OFFSET. */
typedef struct Shown
{
	const char *text;			/* NULL: not sent */
	bool		is_expression;	/* not yet known: SQL, not what is sent */
} Shown;

static char *request_text(const GmfPlan *plan, List *values);
static void append_query(StringInfo text, const GmfPlan *plan, List *values);
static void append_parameter(StringInfo text, int n, const GmfParameter *parameter,
							 const char *value);
static const char *value_for(const GmfPlan *plan, const GmfParameter *parameter, List *values);
static const char *wire_value(const GmfPlan *plan, const GmfPlannedQual *qual,
							  const GmfParameter *parameter, Node *expr, const char *deparsed);
static List *condition_texts(const GmfPlan *plan, List *values, bool exact);
static const GmfParameter *parameter_of(const GmfPlan *plan, const GmfPlannedQual *qual);
static char *paging_text(const GmfPlan *plan);
static char *keys_text(const GmfAccess *access);
static char *detail_text(const GmfPlan *plan);
static List *deparse_values(ForeignScanState *node, List *ancestors, ExplainState *es);
static void explain_run(ForeignScanState *node, ExplainState *es);

void
gmf_explain_foreign_scan(ForeignScanState *node, ExplainState *es)
{
	GmfScan    *scan = (GmfScan *) node->fdw_state;
	GmfPlan    *plan = scan->plan;
	List	   *values = deparse_values(node, NIL, es);
	List	   *exact = condition_texts(plan, values, true);
	List	   *rechecked = condition_texts(plan, values, false);
	int			position = plan->nquals;

	ExplainPropertyText("Remote Request", request_text(plan, values), es);
	if (plan->access->missing != NULL)
		ExplainPropertyText("Missing Key", plan->access->missing, es);
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
	if (plan->has_limit)
		ExplainPropertyText(plan->mode == GMF_SCAN_LIMITED ? "Remote Limit" : "Rows Wanted",
							((Shown *) list_nth(values, position++))->text, es);
	if (plan->has_offset)
		ExplainPropertyText(plan->mode == GMF_SCAN_LIMITED ? "Remote Offset" : "Rows Skipped Locally",
							((Shown *) list_nth(values, position))->text, es);
	ExplainPropertyText("Paging", paging_text(plan), es);
	if (es->analyze && scan->memo != NULL)
		explain_run(node, es);
}

/* "GET /v3.1/{project_id}/instances?name=*prod": values that are not constants as SQL. */
static char *
request_text(const GmfPlan *plan, List *values)
{
	const GmfRoute *route = plan->access->route;
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "%s ", route->method);
	for (const char *p = route->path; *p != '\0'; p++)
	{
		const char *end = *p == '{' ? strchr(p, '}') : NULL;
		const GmfParameter *parameter = end == NULL ? NULL
			: gmf_find_parameter(route, pnstrdup(p + 1, end - p - 1));
		const char *value = parameter == NULL ? NULL : value_for(plan, parameter, values);

		if (value == NULL)
		{
			appendStringInfoChar(&text, *p);
			continue;
		}
		appendStringInfoString(&text, value);
		p = end;
	}
	append_query(&text, plan, values);
	return text.data;
}

static void
append_query(StringInfo text, const GmfPlan *plan, List *values)
{
	const GmfParameter *parameter = plan->access->route->parameters;
	int			n = 0;

	for (; parameter != NULL && parameter->name != NULL; parameter++)
	{
		const char *value = value_for(plan, parameter, values);

		if (parameter->location == GMF_IN_PATH)
			continue;
		if (value == NULL && parameter->fallback != NULL && parameter->pair == NULL)
			value = parameter->fallback;
		if (value == NULL && parameter->pair != NULL &&
			value_for(plan, gmf_find_parameter(plan->access->route, parameter->pair), values))
			value = parameter->fallback;
		if (value == NULL && parameter->required && parameter->column != NULL)
			value = psprintf("{%s}", parameter->column);
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
	appendStringInfo(text, "%s%s=%s", before, parameter->name, value);
}

/* What the plan knows of a parameter's value, or NULL. */
static const char *
value_for(const GmfPlan *plan, const GmfParameter *parameter, List *values)
{
	const char *like = NULL;

	if (parameter == NULL || parameter->column == NULL ||
		gmf_access_from_parent(plan->access, parameter->column))
		return NULL;
	for (int i = 0; i < plan->nquals; i++)
	{
		const GmfPlannedQual *qual = &plan->quals[i];
		Shown	   *shown = (Shown *) list_nth(values, i);
		const char *value;

		if (!gmf_parameter_serves(parameter,
								  plan->table->resource->columns[qual->column].name) ||
			!gmf_qual_suits(qual->kind, parameter->match))
			continue;
		if (shown->text == NULL)
			continue;
		value = shown->is_expression ? psprintf("{%s}", shown->text) : shown->text;
		if (qual->kind != GMF_QUAL_LIKE)
			return value;
		like = value;
	}
	return like;
}

/* The conditions that go to the API: those that it enforces, or those checked again. */
static List *
condition_texts(const GmfPlan *plan, List *values, bool exact)
{
	static const char *const operators[] = {"", "=", "= ANY", "~~", ">=", "<="};
	List	   *texts = NIL;

	for (int i = 0; i < plan->nquals; i++)
	{
		const GmfPlannedQual *qual = &plan->quals[i];
		const char *value = ((Shown *) list_nth(values, i))->text;

		if (qual->exact != exact || value == NULL || parameter_of(plan, qual) == NULL)
			continue;
		texts = lappend(texts, psprintf("%s %s %s",
										plan->table->resource->columns[qual->column].name,
										operators[qual->kind], value));
	}
	return texts;
}

static const GmfParameter *
parameter_of(const GmfPlan *plan, const GmfPlannedQual *planned)
{
	GmfQual		qual = {planned->kind, planned->column, NULL, NULL};

	return gmf_qual_parameter(&qual, plan->access);
}

static char *
paging_text(const GmfPlan *plan)
{
	const GmfPaging *paging = &plan->access->route->paging;
	int			size = paging->max_limit > 0 ? paging->max_limit : 100;

	if (paging->kind == GMF_UNPAGED)
		return psprintf("none, up to %d requests in flight", plan->table->max_connections);
	if (plan->table->page_size > 0)
		size = Min(plan->table->page_size, size);
	return psprintf("by %s, %d rows a page, up to %d requests in flight",
					paging->kind == GMF_PAGED_BY_RECORD ? "record" : "page", size,
					plan->table->max_connections);
}

/* "instance_id from gaussdb.instances (GET /v3.1/{project_id}/instances)", parents of parents too. */
static char *
keys_text(const GmfAccess *access)
{
	StringInfoData text;
	const GmfParentKey *key = access->resource->parent_keys;

	initStringInfo(&text);
	for (int n = 0; key->column != NULL; key++, n++)
		appendStringInfo(&text, "%s%s", n > 0 ? ", " : "", key->column);
	appendStringInfo(&text, " from %s.%s (%s %s)", access->parent->resource->service,
					 access->parent->resource->name, access->parent->route->method,
					 access->parent->route->path);
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

/*
 * The values of the quals as they would be sent, where they are constants that can be;
 * otherwise the expression.
 */
static List *
deparse_values(ForeignScanState *node, List *ancestors, ExplainState *es)
{
	GmfScan    *scan = (GmfScan *) node->fdw_state;
	ForeignScan *foreign = (ForeignScan *) node->ss.ps.plan;
	List	   *context = set_deparse_context_plan(es->deparse_cxt, (Plan *) foreign, ancestors);
	List	   *names = (List *) list_nth(foreign->fdw_private, GMF_PRIVATE_NAMES);
	List	   *values = NIL;
	ListCell   *cell;
	int			i = 0;

	foreach(cell, foreign->fdw_exprs)
	{
		Node	   *expr = (Node *) lfirst(cell);
		Shown	   *shown = (Shown *) palloc(sizeof(Shown));

		shown->text = deparse_expression(expr, context, true, false);
		shown->is_expression = !IsA(expr, Const);
		if (i < scan->plan->nquals)
		{
			const GmfPlannedQual *qual = &scan->plan->quals[i];
			const GmfParameter *parameter = parameter_of(scan->plan, qual);
			const char *name = strVal(list_nth(names, i));

			if (name[0] != '\0')
				shown->text = name;
			else if (parameter != NULL)
				shown->text = wire_value(scan->plan, qual, parameter, expr, shown->text);
		}
		else if (IsA(expr, Const) && !((Const *) expr)->constisnull)
			shown->text = psprintf(INT64_FORMAT, DatumGetInt64(((Const *) expr)->constvalue));
		values = lappend(values, shown);
		i++;
	}
	return values;
}

static const char *
wire_value(const GmfPlan *plan, const GmfPlannedQual *qual, const GmfParameter *parameter,
		   Node *expr, const char *deparsed)
{
	Const	   *constant = (Const *) expr;
	GmfInput	input;
	char	   *wire;

	if (!IsA(expr, Const) || constant->constisnull || qual->kind == GMF_QUAL_ANY)
		return deparsed;
	if (!gmf_write_datum(constant->constvalue, constant->consttype, &input) ||
		gmf_qual_send(qual->kind, &plan->table->resource->columns[qual->column], parameter,
					  input.text, &wire) != GMF_SEND)
		return NULL;
	return wire;
}

static void
explain_run(ForeignScanState *node, ExplainState *es)
{
	GmfScan    *scan = (GmfScan *) node->fdw_state;
	GmfFetchCounters counters;

	gmf_memo_counters(scan->memo, &counters);
	ExplainPropertyInteger("Requests", NULL, counters.requests, es);
	ExplainPropertyInteger("Retries", NULL, counters.retries, es);
	if (gmf_memo_saved(scan->memo) > 0)
		ExplainPropertyInteger("Answered Before", NULL, gmf_memo_saved(scan->memo), es);
	ExplainPropertyInteger("Bytes Received", NULL, counters.bytes_received, es);
	if (es->timing)
		ExplainPropertyFloat("Time Waiting", "ms", scan->waited_us / 1000.0, 3, es);
}
