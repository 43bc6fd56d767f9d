/*
 * jobs.c
 *		Waiting for the end of jobs.
 *
 * A job is a row of a table of the catalog that changes until its status says
 * that it has ended.  Waiting is asking for the rows of all jobs that have not
 * ended, many requests in flight, and sleeping in between.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "storage/latch.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "gmf_access.h"
#include "gmf_action.h"
#include "gmf_bind.h"
#include "gmf_compat.h"
#include "gmf_shown.h"
#include "gmf_values.h"

/* No interval is longer: about a hundred years. */
#define MOST_DAYS 36500

/* One job that is waited for. */
typedef struct Job
{
	const char *id;				/* UTF-8 */
	bool		seen;			/* in the last round */
	bool		ended;
	bool		has_failed;
	char	   *last_told;		/* status and progress as of the last NOTICE */
	char	   *reason;
	Datum	   *datums;			/* the final row, by attribute of the result */
	bool	   *nulls;
} Job;

typedef struct Waiting
{
	MemoryContextCallback callback;
	const GmfWaiter *kind;
	const GmfService *service;
	const GmfResource *resource;
	ForeignServer *server;
	GmfConnection *connection;
	GmfFetch   *fetch;
	MemoryContext context;		/* of the whole call */
	MemoryContext round;		/* of one round of asking */
	TupleDesc	desc;
	Job		   *jobs;
	int			njobs;
	TimestampTz deadline;
	long		poll_ms;
} Waiting;

static const GmfWaiter *find_kind(FmgrInfo *flinfo);
static Datum return_one(const Waiting *waiting);
static void return_all(const Waiting *waiting, ReturnSetInfo *result);
static Waiting *begin_waiting(FunctionCallInfo fcinfo, const GmfWaiter *kind, TupleDesc desc,
							  MemoryContext context);
static void end_waiting(void *arg);
static void read_times(FunctionCallInfo fcinfo, Waiting *waiting);
static int64 read_interval(FunctionCallInfo fcinfo, int position, const char *name);
static void add_jobs(FunctionCallInfo fcinfo, Waiting *waiting);
static void wait_for_all(Waiting *waiting);
static void ask(Waiting *waiting);
static GmfFetchSpec *make_spec(Waiting *waiting);
static void take_row(Waiting *waiting, const GmfValue *values);
static void tell(Waiting *waiting, Job *job, const GmfValue *values);
static void keep_row(Waiting *waiting, Job *job, const GmfValue *values);
static Job *find_job(Waiting *waiting, const GmfValue *id);
static char *text_of(Waiting *waiting, const GmfValue *values, const char *column);
static bool all_ended(const Waiting *waiting);
static void refuse_unknown(const Waiting *waiting);
static void give_up(const Waiting *waiting) gmf_noreturn;
static void nap(Waiting *waiting);

PG_FUNCTION_INFO_V1(gaussdb_mgmt_wait);

/*
 * f(server, id or ids, timeout, poll_interval).  One id: its final row, an ERROR when it
 * failed.  Many: their final rows, those of failed ones too.
 */
Datum
gaussdb_mgmt_wait(PG_FUNCTION_ARGS)
{
	const GmfWaiter *kind = find_kind(fcinfo->flinfo);
	MemoryContext old = CurrentMemoryContext;
	MemoryContext context;
	Waiting    *waiting;
	TupleDesc	desc;
	Datum		result = (Datum) 0;

	if (kind->many)
	{
		InitMaterializedSRF(fcinfo, 0);
		desc = ((ReturnSetInfo *) fcinfo->resultinfo)->setDesc;
	}
	else if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	context = AllocSetContextCreate(old, "gaussdb_mgmt_fdw wait", ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(context);
	waiting = begin_waiting(fcinfo, kind, desc, context);
	add_jobs(fcinfo, waiting);
	wait_for_all(waiting);
	MemoryContextSwitchTo(old);
	if (kind->many)
		return_all(waiting, (ReturnSetInfo *) fcinfo->resultinfo);
	else
		result = return_one(waiting);
	MemoryContextDelete(context);
	return result;
}

static const GmfWaiter *
find_kind(FmgrInfo *flinfo)
{
	GmfSignature *signature = gmf_signature(flinfo);
	const GmfWaiter *kind = gmf_find_waiter(signature->function_name);

	if (kind != NULL)
		return kind;
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_FUNCTION),
			 errmsg("gaussdb_mgmt_fdw has no function \"%s\" that waits",
					signature->function_name),
			 errhint("A function that waits is found by its name, which must not be changed.")));
}

static Datum
return_one(const Waiting *waiting)
{
	const Job  *job = &waiting->jobs[0];

	if (job->has_failed)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_ERROR),
				 errmsg("%s \"%s\" failed: %s", waiting->kind->noun, gmf_shown_utf8(job->id),
						job->reason),
				 errdetail("Server \"%s\".", waiting->server->servername)));
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(waiting->desc), job->datums,
											 job->nulls));
}

static void
return_all(const Waiting *waiting, ReturnSetInfo *result)
{
	for (int i = 0; i < waiting->njobs; i++)
		tuplestore_putvalues(result->setResult, result->setDesc, waiting->jobs[i].datums,
							 waiting->jobs[i].nulls);
}

static Waiting *
begin_waiting(FunctionCallInfo fcinfo, const GmfWaiter *kind, TupleDesc desc,
			  MemoryContext context)
{
	Waiting    *waiting = (Waiting *) palloc0(sizeof(Waiting));

	waiting->kind = kind;
	waiting->service = gmf_find_service(kind->service);
	waiting->resource = gmf_find_resource(kind->service, kind->table);
	waiting->desc = desc;
	waiting->context = context;
	waiting->round = AllocSetContextCreate(context, "gaussdb_mgmt_fdw round",
										   ALLOCSET_DEFAULT_SIZES);
	if (PG_ARGISNULL(0))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("argument \"server\" must not be NULL")));
	waiting->server = gmf_action_server(NameStr(*PG_GETARG_NAME(0)));
	read_times(fcinfo, waiting);
	waiting->connection = gmf_connection_get(waiting->server->serverid, GetUserId(), context);
	waiting->callback.func = end_waiting;
	waiting->callback.arg = waiting;
	MemoryContextRegisterResetCallback(context, &waiting->callback);
	return waiting;
}

static void
end_waiting(void *arg)
{
	Waiting    *waiting = (Waiting *) arg;

	if (waiting->fetch != NULL)
		gmf_fetch_close(waiting->fetch);
	waiting->fetch = NULL;
}

static void
read_times(FunctionCallInfo fcinfo, Waiting *waiting)
{
	int64		timeout = read_interval(fcinfo, 2, "timeout");
	int64		poll = read_interval(fcinfo, 3, "poll_interval");

	if (poll < 0)
		poll = 5 * USECS_PER_SEC;
	if (poll < 10000 || poll > USECS_PER_DAY)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"poll_interval\" must be between 10 milliseconds and a day")));
	waiting->poll_ms = (long) (poll / 1000);
	waiting->deadline = timeout < 0 ? PG_INT64_MAX : GetCurrentTimestamp() + timeout;
}

/* Microseconds; -1 for NULL. */
static int64
read_interval(FunctionCallInfo fcinfo, int position, const char *name)
{
	Interval   *interval;
	int64		microseconds;

	if (PG_ARGISNULL(position))
		return -1;
	interval = PG_GETARG_INTERVAL_P(position);
	if (fabs((double) interval->day) + fabs((double) interval->month) * DAYS_PER_MONTH > MOST_DAYS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" must be at most %d days", name, MOST_DAYS)));
	microseconds = interval->time + interval->day * USECS_PER_DAY +
		interval->month * (int64) DAYS_PER_MONTH * USECS_PER_DAY;
	if (microseconds < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" must not be negative", name)));
	return microseconds;
}

/* Each id once, in the order in which they were given. */
static void
add_jobs(FunctionCallInfo fcinfo, Waiting *waiting)
{
	GmfInput	input = {NULL, NULL, 0};
	int			n;

	if (PG_ARGISNULL(1) ||
		!gmf_write_datum(PG_GETARG_DATUM(1), waiting->kind->many ? TEXTARRAYOID : TEXTOID, &input))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s needs the id of each %s, not NULL", waiting->kind->name,
						waiting->kind->noun)));
	n = input.text != NULL ? 1 : input.nelements;
	waiting->jobs = (Job *) palloc0((n + 1) * sizeof(Job));
	for (int i = 0; i < n; i++)
	{
		const char *id = input.text != NULL ? input.text : input.elements[i];
		GmfValue	value = {GMF_STRING, id, strlen(id)};

		if (find_job(waiting, &value) == NULL)
			waiting->jobs[waiting->njobs++].id = pstrdup(id);
	}
}

static void
wait_for_all(Waiting *waiting)
{
	while (!all_ended(waiting))
	{
		ask(waiting);
		refuse_unknown(waiting);
		if (all_ended(waiting))
			return;
		if (GetCurrentTimestamp() >= waiting->deadline)
			give_up(waiting);
		nap(waiting);
	}
}

/* One round: the rows of all jobs that have not ended. */
static void
ask(Waiting *waiting)
{
	GmfValue   *values;
	GmfError	error;
	GmfFetchState state;
	GmfFetchSpec *spec;

	MemoryContextReset(waiting->round);
	MemoryContextSwitchTo(waiting->round);
	for (int i = 0; i < waiting->njobs; i++)
		waiting->jobs[i].seen = waiting->jobs[i].ended;
	values = (GmfValue *) palloc0((gmf_count_columns(waiting->resource) + 1) * sizeof(GmfValue));
	gmf_error_clear(&error);
	spec = make_spec(waiting);
	if (spec != NULL)
	{
		waiting->fetch = gmf_fetch_open(gmf_connection_session(waiting->connection), spec, &error);
		if (waiting->fetch == NULL)
			gmf_report(&error, waiting->service->title, waiting->server->servername);
		while ((state = gmf_fetch_next(waiting->fetch, values, &error)) != GMF_FETCH_END)
		{
			if (state == GMF_FETCH_FAILED)
				gmf_report(&error, waiting->service->title, waiting->server->servername);
			if (state == GMF_FETCH_ROW)
				take_row(waiting, values);
			else
				gmf_connection_wait(waiting->connection);
		}
		end_waiting(waiting);
	}
	MemoryContextSwitchTo(waiting->context);
}

/* NULL when no job can have any of the ids. */
static GmfFetchSpec *
make_spec(Waiting *waiting)
{
	int			ncolumns = gmf_count_columns(waiting->resource);
	GmfFetchSpec *spec = (GmfFetchSpec *) palloc0(sizeof(GmfFetchSpec));
	bool	   *bound = (bool *) palloc0((ncolumns + 1) * sizeof(bool));
	bool	   *used = (bool *) palloc0((ncolumns + 1) * sizeof(bool));
	GmfCondition condition = {0};
	GmfBound	bound_to;

	condition.kind = GMF_QUAL_ANY;
	condition.column = gmf_column_index(waiting->resource, waiting->kind->key);
	condition.values = (const char **) palloc((waiting->njobs + 1) * sizeof(char *));
	condition.nvalues = 0;
	for (int i = 0; i < waiting->njobs; i++)
		if (!waiting->jobs[i].ended)
			condition.values[condition.nvalues++] = waiting->jobs[i].id;
	bound[condition.column] = true;
	memset(used, true, ncolumns * sizeof(bool));
	spec->used = used;
	return gmf_bind(gmf_access_choose(waiting->resource, bound, bound, used), &condition, 1, 0,
					spec, &bound_to) ? spec : NULL;
}

static void
take_row(Waiting *waiting, const GmfValue *values)
{
	const GmfWaiter *kind = waiting->kind;
	Job		   *job = find_job(waiting, &values[gmf_column_index(waiting->resource, kind->key)]);
	char	   *status = text_of(waiting, values, kind->status);
	char	   *task = kind->task == NULL ? pstrdup("") : text_of(waiting, values, kind->task);

	if (job == NULL || job->ended)
		return;
	job->seen = true;
	tell(waiting, job, values);
	job->has_failed = gmf_list_has(kind->failed, '|', status) ||
		(task[0] != '\0' && gmf_list_has(kind->failed_tasks, '|', task));
	job->ended = job->has_failed || (task[0] == '\0' && gmf_list_has(kind->done, '|', status));
	if (job->ended)
		keep_row(waiting, job, values);
}

/* A NOTICE whenever status or progress has changed. */
static void
tell(Waiting *waiting, Job *job, const GmfValue *values)
{
	char	   *progress = text_of(waiting, values, waiting->kind->progress);
	char	   *task = waiting->kind->task == NULL ? pstrdup("")
		: text_of(waiting, values, waiting->kind->task);
	char	   *now = psprintf("%s%s%s%s%s", text_of(waiting, values, waiting->kind->status),
							   task[0] ? ", " : "", task, progress[0] ? ", " : "", progress);

	if (progress[0] != '\0' && strspn(progress, "0123456789.") == strlen(progress))
		now = psprintf("%s %%", now);
	if (job->last_told != NULL && strcmp(job->last_told, now) == 0)
		return;
	job->last_told = MemoryContextStrdup(waiting->context, now);
	ereport(NOTICE,
			(errmsg("%s \"%s\" (%s): %s", waiting->kind->noun, gmf_shown_utf8(job->id),
					text_of(waiting, values, waiting->kind->type), now)));
}

static void
keep_row(Waiting *waiting, Job *job, const GmfValue *values)
{
	MemoryContextSwitchTo(waiting->context);
	job->reason = text_of(waiting, values, waiting->kind->reason);
	if (job->reason[0] == '\0')
		job->reason = pstrdup("no reason given");
	job->datums = (Datum *) palloc0(waiting->desc->natts * sizeof(Datum));
	job->nulls = (bool *) palloc0(waiting->desc->natts * sizeof(bool));
	for (int i = 0; i < waiting->desc->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(waiting->desc, i);
		int			column = gmf_column_index(waiting->resource, NameStr(attribute->attname));
		GmfDatumReader	reader;

		job->nulls[i] = true;
		if (column < 0)
			continue;
		gmf_datum_reader_init(&reader, attribute->atttypid, attribute->atttypmod, NULL);
		reader.zone = gmf_option_zone(waiting->server->options);
		job->datums[i] = gmf_read_datum(&reader, &values[column], &job->nulls[i]);
	}
	MemoryContextSwitchTo(waiting->round);
}

static Job *
find_job(Waiting *waiting, const GmfValue *id)
{
	for (int i = 0; i < waiting->njobs; i++)
		if (strlen(waiting->jobs[i].id) == id->length &&
			memcmp(waiting->jobs[i].id, id->text, id->length) == 0)
			return &waiting->jobs[i];
	return NULL;
}

/* In the database's encoding, for messages; "" for NULL. */
static char *
text_of(Waiting *waiting, const GmfValue *values, const char *column)
{
	GmfDatumReader	reader;
	bool		isnull;
	Datum		datum;

	gmf_datum_reader_init(&reader, TEXTOID, -1, NULL);
	datum = gmf_read_datum(&reader, &values[gmf_column_index(waiting->resource, column)], &isnull);
	return isnull ? pstrdup("") : gmf_shown(TextDatumGetCString(datum));
}

static bool
all_ended(const Waiting *waiting)
{
	for (int i = 0; i < waiting->njobs; i++)
		if (!waiting->jobs[i].ended)
			return false;
	return true;
}

static void
refuse_unknown(const Waiting *waiting)
{
	for (int i = 0; i < waiting->njobs; i++)
		if (!waiting->jobs[i].seen)
			ereport(ERROR,
					(errcode(ERRCODE_NO_DATA_FOUND),
					 errmsg("there is no %s \"%s\"", waiting->kind->noun,
							gmf_shown_utf8(waiting->jobs[i].id)),
					 errdetail("Server \"%s\".", waiting->server->servername)));
}

static void
give_up(const Waiting *waiting)
{
	int			i = 0;

	while (waiting->jobs[i].ended)
		i++;
	ereport(ERROR,
			(errcode(ERRCODE_QUERY_CANCELED),
			 errmsg("%s \"%s\" has not ended within the timeout: %s", waiting->kind->noun,
					gmf_shown_utf8(waiting->jobs[i].id), waiting->jobs[i].last_told),
			 errhint("It goes on in the cloud, and can be waited for again.")));
}

static void
nap(Waiting *waiting)
{
	int64		left = (waiting->deadline - GetCurrentTimestamp()) / 1000;
	TimestampTz until;
	long		rest = (long) Max(Min((int64) waiting->poll_ms, left + 1), 1);

	until = GetCurrentTimestamp() + rest * INT64CONST(1000);
	while (rest > 0)
	{
		WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, rest,
				  gmf_wait_event());
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
		rest = (long) ((until - GetCurrentTimestamp() + 999) / 1000);
	}
}
