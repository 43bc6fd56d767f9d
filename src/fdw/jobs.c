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
#include "gmf_module.h"
#include "gmf_options.h"
#include "gmf_shown.h"
#include "gmf_signature.h"
#include "gmf_values.h"

/* No interval is longer: about a hundred years. */
#define MOST_DAYS 36500

/* One job that is waited for. */
typedef struct Job
{
	const char *id;				/* UTF-8 */
	bool		twin;			/* of one with the same id before it */
	bool		known;			/* a round has seen it */
	bool		seen;			/* in the last round */
	bool		ended;
	bool		has_failed;
	char	   *last_told;		/* status and progress as of the last NOTICE */
	char	   *failure;		/* what is said of one that has failed */
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
	Job		   *jobs;			/* in the order in which they were given */
	int			njobs;
	Job		  **by_id;			/* without twins, sorted */
	int			nids;
	TimestampTz deadline;
	bool		over;			/* the last round: the deadline has passed */
	long		poll_ms;
} Waiting;

static const GmfWaiter *find_kind(FmgrInfo *flinfo);
static bool has_right_types(const GmfSignature *signature, const GmfWaiter *kind);
static Datum return_one(const Waiting *waiting);
static void return_all(const Waiting *waiting, ReturnSetInfo *result);
static Waiting *begin_waiting(FunctionCallInfo fcinfo, const GmfWaiter *kind, TupleDesc desc,
							  MemoryContext context);
static void end_waiting(void *arg);
static void read_times(FunctionCallInfo fcinfo, Waiting *waiting);
static int64 read_interval(FunctionCallInfo fcinfo, int position, const char *name);
static void add_jobs(FunctionCallInfo fcinfo, Waiting *waiting);
static void add_job(Waiting *waiting, Datum datum, bool isnull);
static void sort_jobs(Waiting *waiting);
static int	compare_jobs(const void *a, const void *b);
static int	compare_ids(const char *a, size_t alength, const char *b, size_t blength);
static void wait_for_all(Waiting *waiting);
static void ask(Waiting *waiting);
static GmfFetchSpec *make_spec(Waiting *waiting);
static void take_row(Waiting *waiting, const GmfValue *values);
static void judge(Waiting *waiting, Job *job, const GmfValue *values);
static void tell(Waiting *waiting, Job *job, const GmfValue *values);
static void keep_row(Waiting *waiting, Job *job, const GmfValue *values);
static void end_unseen(Waiting *waiting);
static Job *find_job(Waiting *waiting, const GmfValue *id);
static char *text_of(Waiting *waiting, const GmfValue *values, const char *columns);
static int	count_running(const Waiting *waiting);
static void nap(Waiting *waiting);

PG_FUNCTION_INFO_V1(gaussdb_mgmt_wait);

/*
 * f(server, id or ids, timeout, poll_interval).  One id: its final row, an ERROR when it
 * failed or goes on after the time-out.  Many: their last rows, whatever became of them.
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
	else if (waiting->njobs > 0)
		result = return_one(waiting);
	else
		fcinfo->isnull = true;
	MemoryContextDelete(context);
	return result;
}

static const GmfWaiter *
find_kind(FmgrInfo *flinfo)
{
	const GmfWaiter *kind = (const GmfWaiter *) flinfo->fn_extra;
	GmfSignature *signature;

	if (kind != NULL)
		return kind;
	signature = gmf_signature(flinfo);
	kind = gmf_find_waiter(signature->function_name);
	if (kind == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("gaussdb_mgmt_fdw has no function \"%s\" that waits",
						signature->function_name),
				 errhint("A function that waits is found by its name, which must not be "
						 "changed.")));
	gmf_signature_check(signature, has_right_types(signature, kind));
	flinfo->fn_extra = (void *) kind;
	return kind;
}

static bool
has_right_types(const GmfSignature *signature, const GmfWaiter *kind)
{
	const GmfResource *resource = gmf_find_resource(kind->service, kind->table);
	Oid			inputs[] = {NAMEOID, kind->many ? TEXTARRAYOID : TEXTOID, INTERVALOID, INTERVALOID};

	if (!gmf_signature_takes(signature, inputs, lengthof(inputs)) || signature->row == NULL ||
		signature->returns_set != kind->many)
		return false;
	for (int i = 0; i < signature->row->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(signature->row, i);
		const GmfColumn *column = gmf_find_column(resource, NameStr(attribute->attname));

		if (column == NULL || gmf_type_oid(column->type) != attribute->atttypid)
			return false;
	}
	return true;
}

static Datum
return_one(const Waiting *waiting)
{
	const Job  *job = &waiting->jobs[0];
	const char *noun = waiting->kind->noun;

	if (!job->ended)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("%s \"%s\" has not ended within the timeout: %s", noun,
						gmf_shown_utf8(job->id), job->last_told),
				 errdetail("Server \"%s\".", waiting->server->servername),
				 errhint("It goes on in the cloud, and can be waited for again.")));
	if (job->has_failed)
		ereport(ERROR,
				(errcode(job->seen ? ERRCODE_FDW_ERROR : ERRCODE_NO_DATA_FOUND),
				 errmsg("%s \"%s\" %s", noun, gmf_shown_utf8(job->id), job->failure),
				 errdetail("Server \"%s\".", waiting->server->servername)));
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(waiting->desc), job->datums,
											 job->nulls));
}

static void
return_all(const Waiting *waiting, ReturnSetInfo *result)
{
	int			running = count_running(waiting);

	if (running > 0)
		ereport(NOTICE,
				(errmsg("%d of %d have not ended within the timeout", running, waiting->nids),
				 errhint("They go on in the cloud, and can be waited for again.")));
	for (int i = 0; i < waiting->njobs; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!waiting->jobs[i].twin)
			tuplestore_putvalues(result->setResult, result->setDesc, waiting->jobs[i].datums,
								 waiting->jobs[i].nulls);
	}
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

/*
 * Each id once.  In a rehearsal the action that was to start a job has returned NULL: there is
 * nothing to wait for.
 */
static void
add_jobs(FunctionCallInfo fcinfo, Waiting *waiting)
{
	ArrayType  *array;
	Datum	   *datums;
	bool	   *nulls;
	int			n;

	if (PG_ARGISNULL(1) || !waiting->kind->many)
	{
		waiting->jobs = (Job *) palloc0(sizeof(Job));
		add_job(waiting, PG_ARGISNULL(1) ? (Datum) 0 : PG_GETARG_DATUM(1), PG_ARGISNULL(1));
	}
	else
	{
		array = PG_GETARG_ARRAYTYPE_P(1);
		deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &datums, &nulls, &n);
		waiting->jobs = (Job *) MemoryContextAllocExtended(waiting->context,
														   Max(n, 1) * sizeof(Job),
														   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
		for (int i = 0; i < n; i++)
			add_job(waiting, datums[i], nulls[i]);
	}
	sort_jobs(waiting);
}

static void
add_job(Waiting *waiting, Datum datum, bool isnull)
{
	GmfInput	input;

	CHECK_FOR_INTERRUPTS();
	if (isnull && gmf_dry_run)
		return;
	if (isnull)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s needs the id of each %s, not NULL", waiting->kind->name,
						waiting->kind->noun)));
	gmf_write_datum(datum, TEXTOID, &input);
	waiting->jobs[waiting->njobs++].id = input.text;
}

static void
sort_jobs(Waiting *waiting)
{
	waiting->by_id = (Job **) MemoryContextAllocExtended(waiting->context,
														 Max(waiting->njobs, 1) * sizeof(Job *),
														 MCXT_ALLOC_HUGE);
	for (int i = 0; i < waiting->njobs; i++)
		waiting->by_id[i] = &waiting->jobs[i];
	qsort(waiting->by_id, waiting->njobs, sizeof(Job *), compare_jobs);
	for (int i = 0; i < waiting->njobs; i++)
	{
		Job		   *job = waiting->by_id[i];

		CHECK_FOR_INTERRUPTS();
		job->twin = job->ended = waiting->nids > 0 &&
			strcmp(waiting->by_id[waiting->nids - 1]->id, job->id) == 0;
		if (!job->twin)
			waiting->by_id[waiting->nids++] = job;
	}
}

/* By id, and those of one id as they were given. */
static int
compare_jobs(const void *a, const void *b)
{
	const Job  *left = *(Job *const *) a;
	const Job  *right = *(Job *const *) b;
	int			order = compare_ids(left->id, strlen(left->id), right->id, strlen(right->id));

	return order != 0 ? order : left < right ? -1 : left > right;
}

static int
compare_ids(const char *a, size_t alength, const char *b, size_t blength)
{
	int			order = memcmp(a, b, Min(alength, blength));

	return order != 0 ? order : alength < blength ? -1 : alength > blength;
}

/* At the deadline all are asked for once more: their last states are what is returned. */
static void
wait_for_all(Waiting *waiting)
{
	while (count_running(waiting) > 0)
	{
		waiting->over = GetCurrentTimestamp() >= waiting->deadline;
		ask(waiting);
		end_unseen(waiting);
		if (count_running(waiting) == 0 || waiting->over)
			return;
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
		waiting->jobs[i].seen = waiting->jobs[i].seen && waiting->jobs[i].ended;
	values = (GmfValue *) palloc0((gmf_count_columns(waiting->resource) + 1) * sizeof(GmfValue));
	gmf_error_clear(&error);
	spec = make_spec(waiting);
	if (spec != NULL)
	{
		/* Of the round, whose memory the fetch uses. */
		MemoryContextRegisterResetCallback(waiting->round, &waiting->callback);
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
	Job		   *job = find_job(waiting,
							   &values[gmf_column_index(waiting->resource, waiting->kind->key)]);

	if (job == NULL || job->ended)
		return;
	job->known = job->seen = true;
	tell(waiting, job, values);
	judge(waiting, job, values);
	if (job->ended || waiting->over)
		keep_row(waiting, job, values);
}

/* What is not known to go on has ended. */
static void
judge(Waiting *waiting, Job *job, const GmfValue *values)
{
	const GmfWaiter *kind = waiting->kind;
	char	   *status = text_of(waiting, values, kind->status);
	char	   *task = kind->task == NULL ? pstrdup("") : text_of(waiting, values, kind->task);
	char	   *reason = text_of(waiting, values, kind->reason);
	bool		at_rest = gmf_list_has(kind->done, '|', status);
	bool		has_task = task[0] != '\0';
	MemoryContext old;

	if ((at_rest || gmf_list_has(kind->going_on, '|', status)) &&
		(!has_task || gmf_list_has(kind->tasks_going_on, '|', task)))
	{
		job->ended = at_rest && !has_task;
		return;
	}
	job->ended = true;
	job->has_failed = true;
	old = MemoryContextSwitchTo(waiting->context);
	if (gmf_list_has(kind->failed, '|', status) || gmf_list_has(kind->failed_tasks, '|', task))
		job->failure = psprintf("failed: %s", reason[0] != '\0' ? reason : job->last_told);
	else
		job->failure = psprintf("is in the state \"%s%s%s\", which is not known to go on%s%s",
								status, has_task ? ", " : "", task,
								reason[0] != '\0' ? ": " : "", reason);
	MemoryContextSwitchTo(old);
}

/* A NOTICE whenever status or progress has changed. */
static void
tell(Waiting *waiting, Job *job, const GmfValue *values)
{
	const GmfWaiter *kind = waiting->kind;
	char	   *progress = text_of(waiting, values, kind->progress);
	char	   *task = kind->task == NULL ? pstrdup("") : text_of(waiting, values, kind->task);
	char	   *about = kind->about == NULL ? pstrdup("") : text_of(waiting, values, kind->about);
	char	   *now = psprintf("%s%s%s%s%s", text_of(waiting, values, kind->status),
							   task[0] ? ", " : "", task, progress[0] ? ", " : "", progress);

	if (progress[0] != '\0' && strspn(progress, "0123456789.") == strlen(progress))
		now = psprintf("%s %%", now);
	if (job->last_told != NULL && strcmp(job->last_told, now) == 0)
		return;
	job->last_told = MemoryContextStrdup(waiting->context, now);
	ereport(NOTICE,
			(errmsg("%s \"%s\" (%s%s%s): %s", kind->noun, gmf_shown_utf8(job->id),
					text_of(waiting, values, kind->type), about[0] ? " of " : "", about, now)));
}

static void
keep_row(Waiting *waiting, Job *job, const GmfValue *values)
{
	MemoryContextSwitchTo(waiting->context);
	job->datums = (Datum *) palloc0(waiting->desc->natts * sizeof(Datum));
	job->nulls = (bool *) palloc0(waiting->desc->natts * sizeof(bool));
	for (int i = 0; i < waiting->desc->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(waiting->desc, i);
		int			column = gmf_column_index(waiting->resource, NameStr(attribute->attname));
		GmfDatumReader	reader;

		gmf_datum_reader_init(&reader, attribute->atttypid, attribute->atttypmod, NULL);
		reader.zone = gmf_option_zone(waiting->server->options);
		job->datums[i] = gmf_read_datum(&reader, &values[column], &job->nulls[i]);
	}
	MemoryContextSwitchTo(waiting->round);
}

/*
 * There is no such job, or no more.  An id that the first round does not find is an error;
 * one that vanishes later is an end, of which there is only the id.
 */
static void
end_unseen(Waiting *waiting)
{
	int			key = gmf_column_index(waiting->resource, waiting->kind->key);

	for (int i = 0; i < waiting->njobs; i++)
	{
		Job		   *job = &waiting->jobs[i];
		GmfValue   *values;

		CHECK_FOR_INTERRUPTS();
		if (job->seen || job->ended)
			continue;
		if (!job->known)
			ereport(ERROR,
					(errcode(ERRCODE_NO_DATA_FOUND),
					 errmsg("there is no %s \"%s\"", waiting->kind->noun,
							gmf_shown_utf8(job->id)),
					 errdetail("Server \"%s\".", waiting->server->servername)));
		job->ended = job->has_failed = true;
		job->failure = pstrdup("is gone");
		if (waiting->kind->many)
			ereport(NOTICE,
					(errmsg("%s \"%s\" is gone", waiting->kind->noun, gmf_shown_utf8(job->id))));
		values = (GmfValue *) palloc0((gmf_count_columns(waiting->resource) + 1) *
									  sizeof(GmfValue));
		values[key].kind = GMF_STRING;
		values[key].text = job->id;
		values[key].length = strlen(job->id);
		keep_row(waiting, job, values);
		MemoryContextSwitchTo(waiting->context);
	}
}

static Job *
find_job(Waiting *waiting, const GmfValue *id)
{
	int			low = 0;
	int			high = waiting->nids;

	while (low < high)
	{
		int			middle = (low + high) / 2;
		Job		   *job = waiting->by_id[middle];
		int			order = compare_ids(id->text, id->length, job->id, strlen(job->id));

		if (order == 0)
			return job;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* Of the first of these columns that has one, in the database's encoding; "" for none. */
static char *
text_of(Waiting *waiting, const GmfValue *values, const char *columns)
{
	while (columns != NULL)
	{
		const char *end = strchr(columns, '|');
		char	   *name = end == NULL ? pstrdup(columns) : pnstrdup(columns, end - columns);
		const GmfValue *value = &values[gmf_column_index(waiting->resource, name)];

		/* Not by way of a Datum: a message must not end in an error of the encoding. */
		if (value->kind != GMF_ABSENT && value->kind != GMF_NULL && value->length > 0)
			return gmf_shown_utf8(pnstrdup(value->text, value->length));
		columns = end == NULL ? NULL : end + 1;
	}
	return pstrdup("");
}

static int
count_running(const Waiting *waiting)
{
	int			running = 0;

	for (int i = 0; i < waiting->njobs; i++)
		running += !waiting->jobs[i].ended;
	return running;
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
