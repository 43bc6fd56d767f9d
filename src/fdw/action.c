/*
 * action.c
 *		Functions that carry out an action.
 *
 * Every such SQL function is gaussdb_mgmt_action: it finds its catalog entry by
 * the name of the function that it was called as, and its arguments by their
 * names.  What the client floor holds is let go by a callback of a memory
 * context, however the call ends.
 *
 * An action is not part of the transaction: what was done in the cloud is not undone
 * by ROLLBACK.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"
#include "utils/tuplestore.h"

#include "gmf_action.h"
#include "gmf_audit.h"
#include "gmf_call.h"
#include "gmf_compat.h"
#include "gmf_module.h"
#include "gmf_options.h"
#include "gmf_secret.h"
#include "gmf_shown.h"
#include "gmf_signature.h"
#include "gmf_values.h"

/* What is known of the function, once per FmgrInfo. */
typedef struct Function
{
	GmfSignature *signature;
	const GmfAction *action;
	const char *service_title;
	int			ninputs;		/* arguments of the action that have a name */
	int		   *position_of;	/* [ninputs] position of each among fcinfo's arguments */
} Function;

/* One call: what must be freed when it ends. */
typedef struct Call
{
	MemoryContextCallback callback;
	const Function *function;
	ForeignServer *server;
	GmfConnection *connection;
	GmfRequest *request;
	GmfAudit   *audit;			/* of what changes something, from before it is sent */
	GmfExchange *exchange;
	GmfShape   *shape;
	GmfAnswer  *answer;
	bool		rehearsal;		/* nothing is sent */
	bool		has_secret;		/* one may stand in the statement */
} Call;

static Function *get_function(FmgrInfo *flinfo);
static bool takes_secret(const GmfAction *action);
static void map_arguments(Function *function, MemoryContext context);
static bool has_right_types(const Function *function);
static bool returns_results(const GmfSignature *signature, const GmfAction *action);
static void begin_call(FunctionCallInfo fcinfo, const Function *function, Call *call,
					   MemoryContext context);
static void end_call(void *arg);
static GmfInput *read_inputs(FunctionCallInfo fcinfo, Call *call);
static void refuse_null(const GmfAction *action, int i);
static void resolve_secrets(Call *call, GmfInput *inputs);
static void refuse_argument(const GmfError *error) gmf_noreturn;
static void run(Call *call);
static void call_context(void *arg);
static char *job_of(Call *call);
static bool open_answer(Call *call, GmfError *error);
static Datum read_result(FunctionCallInfo fcinfo, Call *call);
static Datum read_scalar(FunctionCallInfo fcinfo, Call *call, Oid type);
static void read_row(Call *call, TupleDesc desc, const GmfValue *values, Datum *datums,
					 bool *nulls);
static void read_rows(FunctionCallInfo fcinfo, Call *call);
static bool next_result(Call *call, GmfValue *values);
static int	count_results(const GmfAction *action);
static void fail(const Call *call, const GmfError *error) gmf_noreturn;

PG_FUNCTION_INFO_V1(gaussdb_mgmt_action);

Datum
gaussdb_mgmt_action(PG_FUNCTION_ARGS)
{
	Function   *function = get_function(fcinfo->flinfo);
	const GmfAction *action = function->action;
	MemoryContext old = CurrentMemoryContext;
	MemoryContext context;
	ErrorContextCallback errors;
	Call	   *call;
	Datum		result = (Datum) 0;

	context = AllocSetContextCreate(CurrentMemoryContext, "gaussdb_mgmt_fdw action",
									ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(context);
	call = (Call *) palloc0(sizeof(Call));
	/* Before anything can fail: the statement may have a secret in it. */
	call->has_secret = takes_secret(action);
	errors.callback = call_context;
	errors.arg = call;
	errors.previous = error_context_stack;
	error_context_stack = &errors;
	if (!action->reads_only)
		PreventCommandIfReadOnly(psprintf("%s()", action->name));
	MemoryContextSwitchTo(old);
	if (action->items != NULL)
		InitMaterializedSRF(fcinfo, 0);
	MemoryContextSwitchTo(context);
	begin_call(fcinfo, function, call, context);
	if (call->rehearsal)
	{
		gmf_tell_dry_run(call->request, call->server);
		fcinfo->isnull = true;
	}
	else
	{
		run(call);
		MemoryContextSwitchTo(old);
		result = read_result(fcinfo, call);
	}
	error_context_stack = errors.previous;
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	return result;
}

ForeignServer *
gmf_action_server(const char *name)
{
	ForeignServer *server = GetForeignServerByName(name, false);
	AclResult	allowed = gmf_server_aclcheck(server->serverid, GetUserId(), ACL_USAGE);

	if (allowed != ACLCHECK_OK)
		aclcheck_error(allowed, OBJECT_FOREIGN_SERVER, server->servername);
	gmf_check_server(server);
	return server;
}

/*
 * What a function with SECURITY DEFINER does is its owner's promise to its callers, who may
 * set dry_run as they like: if an action in it did nothing then, and the function went on as
 * if it had, it would break it without a word.  So there a rehearsal counts that the function
 * itself has asked for, or one of the server or the database as a whole.
 */
bool
gmf_is_rehearsal(const char *function)
{
	const struct config_generic *setting;
	Oid			userid;
	int			context;

	if (!gmf_dry_run)
		return false;
	GetUserIdAndSecContext(&userid, &context);
	setting = gmf_setting("gaussdb_mgmt_fdw.dry_run");
	if ((context & SECURITY_LOCAL_USERID_CHANGE) == 0 || setting == NULL ||
		setting->source <= PGC_S_DATABASE ||
		(setting->source >= PGC_S_INTERACTIVE && setting->srole == userid))
		return true;
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("%s is not rehearsed with the rights of another role", function),
			 errdetail("gaussdb_mgmt_fdw.dry_run was set outside of the function that calls it "
					   "with the rights of \"%s\". Nothing was sent.",
					   GetUserNameFromId(userid, false)),
			 errhint("RESET gaussdb_mgmt_fdw.dry_run, or let the function set it.")));
}

void
gmf_tell_dry_run(const GmfRequest *request, const ForeignServer *server)
{
	char	   *text = gmf_request_describe(request, true);
	char	   *copy = text == NULL ? NULL : gmf_shown_utf8(text);

	free(text);
	ereport(NOTICE,
			(errmsg("dry run: nothing was sent to server \"%s\"", server->servername),
			 errdetail("The request would be: %s", copy == NULL ? "(out of memory)" : copy),
			 errhint("SET gaussdb_mgmt_fdw.dry_run = off carries it out.")));
}

static Function *
get_function(FmgrInfo *flinfo)
{
	Function   *function = (Function *) flinfo->fn_extra;

	if (function != NULL)
		return function;
	function = (Function *) MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(Function));
	function->signature = gmf_signature(flinfo);
	function->action = gmf_find_action(function->signature->function_name);
	if (function->action == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("gaussdb_mgmt_fdw has no action \"%s\"",
						function->signature->function_name),
				 errhint("A function of an action is found by its name, which must not be "
						 "changed. SELECT function_name FROM gaussdb_mgmt_actions() lists them.")));
	function->service_title = gmf_find_service(function->action->service)->title;
	map_arguments(function, flinfo->fn_mcxt);
	gmf_signature_check(function->signature, has_right_types(function));
	flinfo->fn_extra = function;
	return function;
}

static bool
takes_secret(const GmfAction *action)
{
	const GmfArgument *argument = action->arguments;

	for (; argument != NULL && argument->name != NULL; argument++)
		if (argument->secret)
			return true;
	return false;
}

static void
map_arguments(Function *function, MemoryContext context)
{
	const GmfArgument *argument = function->action->arguments;
	int			n = 0;

	for (; argument != NULL && argument->name != NULL; argument++)
		n += argument->name[0] != '\0';
	function->position_of = (int *) MemoryContextAlloc(context, (n + 1) * sizeof(int));
	argument = function->action->arguments;
	for (; argument != NULL && argument->name != NULL; argument++)
		if (argument->name[0] != '\0')
			function->position_of[function->ninputs++] =
				gmf_signature_find(function->signature, argument->name);
}

static bool
has_right_types(const Function *function)
{
	const GmfSignature *signature = function->signature;
	const GmfArgument *argument = function->action->arguments;
	int			i = 0;

	if (signature->ninputs != function->ninputs + 1 || signature->input_types[0] != NAMEOID)
		return false;
	for (; argument != NULL && argument->name != NULL; argument++)
	{
		if (argument->name[0] == '\0')
			continue;
		if (function->position_of[i] < 1 ||
			signature->input_types[function->position_of[i]] != gmf_type_oid(argument->type))
			return false;
		i++;
	}
	return returns_results(signature, function->action);
}

static bool
returns_results(const GmfSignature *signature, const GmfAction *action)
{
	int			nresults = count_results(action);
	int			nfound = 0;

	if (signature->returns_set != (action->items != NULL))
		return false;
	if (nresults == 0)
		return signature->result_type == VOIDOID;
	if (nresults == 1)
		return signature->result_type == gmf_type_oid(action->results[0].type);
	for (int i = 0; signature->row != NULL && i < signature->row->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(signature->row, i);

		for (int r = 0; r < nresults; r++)
			nfound += strcmp(action->results[r].name, NameStr(attribute->attname)) == 0 &&
				gmf_type_oid(action->results[r].type) == attribute->atttypid;
	}
	return signature->row != NULL && nfound == nresults && signature->row->natts == nresults;
}

/* Everything that can be refused before anything is sent. */
static void
begin_call(FunctionCallInfo fcinfo, const Function *function, Call *call, MemoryContext context)
{
	GmfError	error;

	call->function = function;
	call->callback.func = end_call;
	call->callback.arg = call;
	if (PG_ARGISNULL(0))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("argument \"server\" of %s must not be NULL", function->action->name)));
	call->server = gmf_action_server(NameStr(*PG_GETARG_NAME(0)));
	call->rehearsal = !function->action->reads_only && gmf_is_rehearsal(function->action->name);
	if (!call->rehearsal)
		call->connection = gmf_connection_get(call->server->serverid, GetUserId(), context);
	MemoryContextRegisterResetCallback(context, &call->callback);

	gmf_error_clear(&error);
	call->request = gmf_call_request(function->action, read_inputs(fcinfo, call), &error);
	if (call->request == NULL)
		refuse_argument(&error);
}

static void
end_call(void *arg)
{
	Call	   *call = (Call *) arg;

	gmf_answer_free(call->answer);
	gmf_shape_free(call->shape);
	gmf_audit_part(call->exchange);
	gmf_exchange_free(call->exchange);
	gmf_request_free(call->request);
}

static GmfInput *
read_inputs(FunctionCallInfo fcinfo, Call *call)
{
	const Function *function = call->function;
	GmfInput   *inputs = (GmfInput *) palloc0((function->ninputs + 1) * sizeof(GmfInput));

	for (int i = 0; i < function->ninputs; i++)
	{
		int			position = function->position_of[i];

		if (position < 0 || PG_ARGISNULL(position))
		{
			refuse_null(function->action, i);
			continue;
		}
		if (!gmf_write_datum(PG_GETARG_DATUM(position),
							 function->signature->input_types[position], &inputs[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("argument \"%s\" of %s holds a NULL or an infinite time",
							function->signature->input_names[position],
							function->action->name)));
	}
	resolve_secrets(call, inputs);
	return inputs;
}

/* Argument i, counting those with a name, is NULL: may it be? */
static void
refuse_null(const GmfAction *action, int i)
{
	const GmfArgument *argument = action->arguments;

	for (; argument->name != NULL; argument++)
		if (argument->name[0] != '\0' && i-- == 0)
			break;
	if (argument->required)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("argument \"%s\" of %s must not be NULL", argument->name, action->name),
				 errdetail("Nothing was sent.")));
}

static void
resolve_secrets(Call *call, GmfInput *inputs)
{
	const GmfArgument *argument = call->function->action->arguments;
	bool		has_secret = false;
	int			i = 0;

	for (; argument != NULL && argument->name != NULL; argument++)
	{
		if (argument->name[0] == '\0')
			continue;
		if (argument->secret && gmf_secret_resolve(argument, &inputs[i]))
			has_secret = true;
		i++;
	}
	call->has_secret = has_secret;
}

static void
refuse_argument(const GmfError *error)
{
	ereport(ERROR,
			(errcode(error->kind == GMF_NO_MEMORY ? ERRCODE_OUT_OF_MEMORY
					 : ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s", error->message),
			 errdetail("Nothing was sent.")));
}

static void
run(Call *call)
{
	GmfSession *session = gmf_connection_session(call->connection);
	GmfRequest *request = call->request;

	if (!call->function->action->reads_only)
		call->audit = gmf_audit_begin(call->function->action->name, call->server, request);
	call->request = NULL;
	call->exchange = gmf_exchange_begin(session, request);
	if (call->exchange == NULL)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
	if (call->audit != NULL)
		gmf_audit_follow(call->audit, call->exchange);
	while (!gmf_exchange_done(call->exchange))
		gmf_connection_wait(call->connection);
	gmf_call_judge(call->function->action, call->exchange);
	if (call->audit != NULL)
		call->audit = gmf_audit_end(call->audit, job_of(call));
	if (gmf_exchange_error(call->exchange) != NULL)
		fail(call, gmf_exchange_error(call->exchange));
}

/*
 * Whoever cancels a call that is on its way must know that it cannot be called back.  A
 * statement with a secret in it is not written to the log, nor is the context, in which
 * languages quote it.
 */
static void
call_context(void *arg)
{
	const Call *call = (const Call *) arg;

	if (call->has_secret)
	{
		errhidestmt(true);
		errhidecontext(true);
	}
	gmf_audit_context(call->audit);
}

/*
 * The job that the answer names, in UTF-8, or NULL.  What cannot be read is an error later, when
 * the action has been recorded.
 */
static char *
job_of(Call *call)
{
	const GmfAction *action = call->function->action;
	GmfValue   *values = (GmfValue *) palloc0((count_results(action) + 1) * sizeof(GmfValue));
	GmfError	error;
	char		job[128];

	if (gmf_exchange_error(call->exchange) != NULL || action->job == NULL ||
		action->items != NULL || !open_answer(call, &error) ||
		gmf_answer_next(call->answer, values, &error) <= 0)
		return NULL;
	for (int i = 0; action->results[i].name != NULL; i++)
	{
		if (strcmp(action->results[i].name, action->job) != 0 || values[i].text == NULL)
			continue;
		gmf_error_text(job, sizeof(job), values[i].text, (int) values[i].length);
		return pstrdup(job);
	}
	return NULL;
}

static Datum
read_result(FunctionCallInfo fcinfo, Call *call)
{
	const GmfAction *action = call->function->action;
	GmfError	error;
	TupleDesc	desc;
	Oid			type;
	Datum	   *datums;
	bool	   *nulls;
	GmfValue   *values;

	if (count_results(action) == 0)
		return (Datum) 0;
	if (!open_answer(call, &error))
	{
		gmf_exchange_say_where(call->exchange, &error);
		fail(call, &error);
	}
	if (action->items != NULL)
	{
		read_rows(fcinfo, call);
		return (Datum) 0;
	}
	if (get_call_result_type(fcinfo, &type, &desc) != TYPEFUNC_COMPOSITE)
		return read_scalar(fcinfo, call, type);
	values = (GmfValue *) palloc0(count_results(action) * sizeof(GmfValue));
	datums = (Datum *) palloc0(desc->natts * sizeof(Datum));
	nulls = (bool *) palloc0(desc->natts * sizeof(bool));
	next_result(call, values);
	read_row(call, desc, values, datums, nulls);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), datums, nulls));
}

/* From its beginning, also if it was read before.  No body is an answer without members. */
static bool
open_answer(Call *call, GmfError *error)
{
	size_t		length;
	char	   *body = gmf_exchange_body(call->exchange, &length);

	gmf_error_clear(error);
	gmf_answer_free(call->answer);
	call->answer = NULL;
	if (call->shape == NULL)
		call->shape = gmf_call_shape(call->function->action, error);
	if (call->shape != NULL)
		call->answer = gmf_answer_open(call->shape, length == 0 ? "{}" : body,
									   length == 0 ? 2 : length, error);
	return call->answer != NULL;
}

static Datum
read_scalar(FunctionCallInfo fcinfo, Call *call, Oid type)
{
	GmfDatumReader	reader;
	GmfValue	value = {GMF_ABSENT, NULL, 0};

	next_result(call, &value);
	gmf_datum_reader_init(&reader, type, -1, NULL);
	reader.zone = gmf_option_zone(call->server->options);
	return gmf_read_datum(&reader, &value, &fcinfo->isnull);
}

/* Results go to the column of their name. */
static void
read_row(Call *call, TupleDesc desc, const GmfValue *values, Datum *datums, bool *nulls)
{
	const GmfResult *results = call->function->action->results;

	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(desc, i);
		GmfDatumReader	reader;

		nulls[i] = true;
		for (int r = 0; results[r].name != NULL; r++)
		{
			if (strcmp(results[r].name, NameStr(attribute->attname)) != 0)
				continue;
			gmf_datum_reader_init(&reader, attribute->atttypid, attribute->atttypmod, NULL);
			reader.zone = gmf_option_zone(call->server->options);
			datums[i] = gmf_read_datum(&reader, &values[r], &nulls[i]);
		}
	}
}

static void
read_rows(FunctionCallInfo fcinfo, Call *call)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	GmfValue   *values = (GmfValue *) palloc0(count_results(call->function->action) *
											  sizeof(GmfValue));
	Datum	   *datums = (Datum *) palloc0(result->setDesc->natts * sizeof(Datum));
	bool	   *nulls = (bool *) palloc0(result->setDesc->natts * sizeof(bool));

	while (next_result(call, values))
	{
		read_row(call, result->setDesc, values, datums, nulls);
		tuplestore_putvalues(result->setResult, result->setDesc, datums, nulls);
	}
}

static bool
next_result(Call *call, GmfValue *values)
{
	GmfError	error;
	int			got;

	gmf_error_clear(&error);
	got = gmf_answer_next(call->answer, values, &error);
	if (got < 0)
	{
		gmf_exchange_say_where(call->exchange, &error);
		fail(call, &error);
	}
	return got > 0;
}

static int
count_results(const GmfAction *action)
{
	int			n = 0;

	while (action->results != NULL && action->results[n].name != NULL)
		n++;
	return n;
}

static void
fail(const Call *call, const GmfError *error)
{
	gmf_report(error, call->function->service_title, call->server->servername);
}
