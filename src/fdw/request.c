/*
 * request.c
 *		gaussdb_mgmt_request(): a request of one's own.
 *
 * For what the catalog does not have.  It is signed like all others and goes to
 * the service's endpoint, and what the API answers is returned as it is, errors
 * too; only where no answer came is there an ERROR.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"

#include "gmf_action.h"
#include "gmf_audit.h"
#include "gmf_module.h"
#include "gmf_options.h"
#include "gmf_signature.h"
#include "gmf_values.h"

/* One call: what must be freed when it ends. */
typedef struct Asking
{
	MemoryContextCallback callback;
	char	   *service;		/* UTF-8, like everything that is sent */
	char	   *method;
	char	   *path;
	bool		has_body;
	ForeignServer *server;
	GmfConnection *connection;
	GmfRequest *request;
	GmfAudit   *audit;			/* of what changes something, from before it is sent */
	GmfExchange *exchange;
} Asking;

static void check_declaration(FmgrInfo *flinfo);
static void end_asking(void *arg);
static void asking_context(void *arg);
static bool changes_something(const Asking *asking);
static char *read_text(FunctionCallInfo fcinfo, int position, const char *name);
static void check_target(const Asking *asking);
static void build(FunctionCallInfo fcinfo, Asking *asking);
static void put_query(Asking *asking, Jsonb *query);
static void put_elements(Asking *asking, const char *name, JsonbContainer *array);
static void put(Asking *asking, const char *name, char *text);
static char *json_text(JsonbValue *value);
static Datum send_and_wait(FunctionCallInfo fcinfo, Asking *asking,
						   MemoryContext result_context);
static bool is_whole_answer(const GmfExchange *exchange);
static Datum headers_to_jsonb(const char *headers);
static Datum to_text(const char *utf8, size_t length);

PG_FUNCTION_INFO_V1(gaussdb_mgmt_request);

Datum
gaussdb_mgmt_request(PG_FUNCTION_ARGS)
{
	MemoryContext old = CurrentMemoryContext;
	MemoryContext context = AllocSetContextCreate(old, "gaussdb_mgmt_fdw request",
												  ALLOCSET_DEFAULT_SIZES);
	ErrorContextCallback errors;
	Asking	   *asking;
	bool		rehearsal;
	Datum		result = (Datum) 0;

	check_declaration(fcinfo->flinfo);
	MemoryContextSwitchTo(context);
	asking = (Asking *) palloc0(sizeof(Asking));
	asking->has_body = !PG_ARGISNULL(5);
	errors.callback = asking_context;
	errors.arg = asking;
	errors.previous = error_context_stack;
	error_context_stack = &errors;
	if (PG_ARGISNULL(0))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("argument \"server\" must not be NULL")));
	asking->service = read_text(fcinfo, 1, "service");
	asking->method = read_text(fcinfo, 2, "method");
	asking->path = read_text(fcinfo, 3, "path");
	check_target(asking);
	if (changes_something(asking))
		PreventCommandIfReadOnly("gaussdb_mgmt_request()");
	asking->server = gmf_action_server(NameStr(*PG_GETARG_NAME(0)));
	rehearsal = changes_something(asking) && gmf_is_rehearsal("gaussdb_mgmt_request");
	if (!rehearsal)
		asking->connection = gmf_connection_get(asking->server->serverid, GetUserId(), context);
	/* Callbacks run in reverse: the exchange ends before its connection is let go. */
	asking->callback.func = end_asking;
	asking->callback.arg = asking;
	MemoryContextRegisterResetCallback(context, &asking->callback);
	build(fcinfo, asking);
	if (rehearsal)
	{
		gmf_tell_dry_run(asking->request, asking->server);
		fcinfo->isnull = true;
	}
	else
		result = send_and_wait(fcinfo, asking, old);
	error_context_stack = errors.previous;
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	return result;
}

static void
check_declaration(FmgrInfo *flinfo)
{
	static const Oid inputs[] = {NAMEOID, TEXTOID, TEXTOID, TEXTOID, JSONBOID, JSONBOID};
	static const Oid results[] = {INT4OID, JSONBOID, TEXTOID};
	GmfSignature *signature = (GmfSignature *) flinfo->fn_extra;
	bool		right;

	if (signature != NULL)
		return;
	signature = gmf_signature(flinfo);
	right = gmf_signature_takes(signature, inputs, lengthof(inputs)) && !signature->returns_set &&
		signature->row != NULL && signature->row->natts == lengthof(results);
	for (int i = 0; right && i < (int) lengthof(results); i++)
		right = TupleDescAttr(signature->row, i)->atttypid == results[i];
	gmf_signature_check(signature, right);
	flinfo->fn_extra = signature;
}

static void
end_asking(void *arg)
{
	Asking	   *asking = (Asking *) arg;

	gmf_audit_part(asking->exchange);
	gmf_exchange_free(asking->exchange);
	gmf_request_free(asking->request);
}

static void
asking_context(void *arg)
{
	const Asking *asking = (const Asking *) arg;

	/* A body may hold anything, and stands in the statement. */
	if (asking->has_body)
	{
		errhidestmt(true);
		errhidecontext(true);
	}
	gmf_audit_context(asking->audit);
}

/* The rules of actions hold for everything but a GET. */
static bool
changes_something(const Asking *asking)
{
	return strcmp(asking->method, "GET") != 0;
}

static char *
read_text(FunctionCallInfo fcinfo, int position, const char *name)
{
	GmfInput	input;

	if (PG_ARGISNULL(position))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("argument \"%s\" must not be NULL", name)));
	gmf_write_datum(PG_GETARG_DATUM(position), TEXTOID, &input);
	return (char *) input.text;
}

static void
check_target(const Asking *asking)
{
	const char *problem = gmf_path_problem(asking->path);

	if (asking->service[0] == '\0' ||
		strspn(asking->service, "abcdefghijklmnopqrstuvwxyz0123456789-") !=
		strlen(asking->service))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid service \"%s\"", asking->service),
				 errhint("A service is called like the first label of its host, or as in "
						 "gaussdb_mgmt_resources().")));
	if (!gmf_list_has("GET|POST|PUT|PATCH|DELETE", '|', asking->method))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid method \"%s\"", asking->method),
				 errhint("It must be one of GET, POST, PUT, PATCH, DELETE.")));
	for (const char *p = asking->path; problem == NULL && (p = strchr(p, '{')) != NULL; p++)
		if (strncmp(p, "{project_id}", 12) != 0)
			problem = "The only placeholder here is {project_id}.";
	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid path \"%s\"", asking->path),
				 errdetail("%s", problem)));
}

static void
build(FunctionCallInfo fcinfo, Asking *asking)
{
	asking->request = gmf_request_new(asking->service, asking->method, asking->path,
									  strcmp(asking->method, "GET") == 0);
	if (asking->request == NULL)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
	if (!PG_ARGISNULL(4))
		put_query(asking, PG_GETARG_JSONB_P(4));
	if (!PG_ARGISNULL(5))
	{
		Jsonb	   *body = PG_GETARG_JSONB_P(5);
		char	   *text = JsonbToCString(NULL, &body->root, VARSIZE(body));
		GmfError	error;

		gmf_error_clear(&error);
		if (!gmf_request_set_body(asking->request,
								  pg_server_to_any(text, strlen(text), PG_UTF8), &error))
			ereport(ERROR,
					(errcode(error.kind == GMF_INVALID ? ERRCODE_INVALID_PARAMETER_VALUE :
							 ERRCODE_OUT_OF_MEMORY),
					 errmsg("%s", error.message),
					 errdetail("Nothing was sent.")));
	}
}

/* {"limit": 10, "tag": ["a", "b"]} is limit=10&tag=a&tag=b. */
static void
put_query(Asking *asking, Jsonb *query)
{
	JsonbIterator *iterator = JsonbIteratorInit(&query->root);
	JsonbIteratorToken token;
	JsonbValue	value;
	char	   *name = pstrdup("");

	if (!JB_ROOT_IS_OBJECT(query))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"query\" must be a JSON object")));
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			name = pnstrdup(value.val.string.val, value.val.string.len);
		else if (token == WJB_VALUE && value.type == jbvBinary &&
				 JsonContainerIsArray(value.val.binary.data))
			put_elements(asking, name, value.val.binary.data);
		else if (token == WJB_VALUE)
			put(asking, name, json_text(&value));
	}
}

static void
put_elements(Asking *asking, const char *name, JsonbContainer *array)
{
	JsonbIterator *iterator = JsonbIteratorInit(array);
	JsonbIteratorToken token;
	JsonbValue	value;

	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
		if (token == WJB_ELEM)
			put(asking, name, json_text(&value));
}

static void
put(Asking *asking, const char *name, char *text)
{
	GmfInput	input = {NULL, NULL, 0};
	GmfError	error;

	gmf_error_clear(&error);
	input.text = pg_server_to_any(text, strlen(text), PG_UTF8);
	if (!gmf_request_put(asking->request, GMF_IN_QUERY,
						 pg_server_to_any(pstrdup(name), strlen(name), PG_UTF8), GMF_TEXT,
						 GMF_TIME_NONE, false, &input, &error))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s", error.message),
				 errdetail("Nothing was sent.")));
}

static char *
json_text(JsonbValue *value)
{
	switch (value->type)
	{
		case jbvNull:
			return pstrdup("");
		case jbvString:
			return pnstrdup(value->val.string.val, value->val.string.len);
		case jbvNumeric:
			return DatumGetCString(DirectFunctionCall1(numeric_out,
													   NumericGetDatum(value->val.numeric)));
		case jbvBool:
			return pstrdup(value->val.boolean ? "true" : "false");
		default:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("argument \"query\" must hold plain values, or arrays of them")));
	}
}

static Datum
send_and_wait(FunctionCallInfo fcinfo, Asking *asking, MemoryContext result_context)
{
	GmfConnection *connection = asking->connection;
	GmfRequest *request = asking->request;
	size_t		length;
	char	   *body;
	TupleDesc	desc;
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	if (changes_something(asking))
		asking->audit = gmf_audit_begin("gaussdb_mgmt_request", asking->server, request);
	asking->request = NULL;
	asking->exchange = gmf_exchange_begin(gmf_connection_session(connection), request);
	if (asking->exchange == NULL)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
	if (asking->audit != NULL)
		gmf_audit_follow(asking->audit, asking->exchange);
	while (!gmf_exchange_done(asking->exchange))
		gmf_connection_wait(connection);
	if (asking->audit != NULL)
		asking->audit = gmf_audit_end(asking->audit, NULL);
	if (!is_whole_answer(asking->exchange))
		gmf_report(gmf_exchange_error(asking->exchange), asking->service,
				   asking->server->servername);
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE || desc->natts != 3)
		elog(ERROR, "return type must be a row type");
	body = gmf_exchange_body(asking->exchange, &length);
	MemoryContextSwitchTo(result_context);
	values[0] = Int32GetDatum(gmf_exchange_status(asking->exchange));
	values[1] = headers_to_jsonb(gmf_exchange_headers(asking->exchange));
	values[2] = to_text(body == NULL ? "" : body, body == NULL ? 0 : length);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}

/* Also a refusal is an answer, unless it was cut off. */
static bool
is_whole_answer(const GmfExchange *exchange)
{
	const GmfError *error = gmf_exchange_error(exchange);

	if (error == NULL)
		return true;
	switch (error->kind)
	{
		case GMF_REDIRECTED:
		case GMF_UNAUTHENTICATED:
		case GMF_FORBIDDEN:
		case GMF_NOT_FOUND:
		case GMF_CONFLICT:
		case GMF_THROTTLED:
		case GMF_REJECTED:
		case GMF_UNAVAILABLE:
			return error->http_status != 0 && error->http_status ==
				gmf_exchange_status(exchange);
		default:
			return false;
	}
}

/* Names in lower case; of a name that comes twice the last one counts. */
static Datum
headers_to_jsonb(const char *headers)
{
	StringInfoData json;
	int			n = 0;

	initStringInfo(&json);
	appendStringInfoChar(&json, '{');
	while (headers != NULL && *headers != '\0')
	{
		const char *end = strpbrk(headers, "\r\n");
		const char *colon = strchr(headers, ':');

		if (end == NULL)
			end = headers + strlen(headers);
		if (colon != NULL && colon < end)
		{
			char	   *name = pnstrdup(headers, colon - headers);
			const char *value = colon + 1 + strspn(colon + 1, " \t");

			for (char *p = name; *p != '\0'; p++)
				*p = pg_tolower((unsigned char) *p);
			appendStringInfoString(&json, n++ > 0 ? "," : "");
			escape_json(&json, TextDatumGetCString(to_text(name, strlen(name))));
			appendStringInfoChar(&json, ':');
			escape_json(&json, TextDatumGetCString(to_text(value, Max(end - value, 0))));
		}
		headers = end + strspn(end, "\r\n");
	}
	appendStringInfoChar(&json, '}');
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(json.data));
}

/* What is not UTF-8, or cannot be in the database's encoding, is an error. */
static Datum
to_text(const char *utf8, size_t length)
{
	char	   *text = pnstrdup(utf8, length);

	if (strlen(text) != length)
		ereport(ERROR,
				(errcode(ERRCODE_UNTRANSLATABLE_CHARACTER),
				 errmsg("the API sent the character U+0000, which text cannot hold")));
	return CStringGetTextDatum(pg_any_to_server(text, length, PG_UTF8));
}
