/*
 * progress.c
 *		How far long scans are.
 *
 * Each backend has one slot in shared memory, in which it tells of the scan that
 * it is waiting in.  Nobody waits for anybody: a slot is written by its backend alone,
 * under a spinlock that is held for a copy.
 */
#include "postgres.h"

#include "catalog/pg_authid.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/shmem.h"
#include "storage/spin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "gmf_compat.h"
#include "gmf_progress.h"

/* What a backend tells. */
typedef struct Told
{
	int			pid;			/* 0: no scan */
	Oid			database;
	Oid			user;
	char		server[NAMEDATALEN];
	char		table[NAMEDATALEN];
	TimestampTz began;
	GmfFetchCounters counters;
} Told;

typedef struct Slot
{
	slock_t		mutex;
	Told		told;
} Slot;

int			gmf_progress_interval = 0;

static Slot *slots = NULL;		/* [MaxBackends]; NULL: not preloaded */
static shmem_request_hook_type previous_request_hook = NULL;
static shmem_startup_hook_type previous_startup_hook = NULL;

static void request_memory(void);
static void set_up_memory(void);
static void tell_all(const GmfScan *scan, const GmfFetchCounters *counters);
static void tell_user(GmfScan *scan, const GmfFetchCounters *counters);
static bool may_see(const Told *told);
static void put_row(ReturnSetInfo *result, const Told *told);

PG_FUNCTION_INFO_V1(gaussdb_mgmt_progress);

void
gmf_progress_init(void)
{
	if (!process_shared_preload_libraries_in_progress)
		return;
	previous_request_hook = shmem_request_hook;
	shmem_request_hook = request_memory;
	previous_startup_hook = shmem_startup_hook;
	shmem_startup_hook = set_up_memory;
}

void
gmf_progress_report(GmfScan *scan)
{
	GmfFetchCounters counters;

	if (slots == NULL && gmf_progress_interval == 0)
		return;
	gmf_memo_counters(scan->memo, &counters);
	tell_all(scan, &counters);
	if (gmf_progress_interval > 0)
		tell_user(scan, &counters);
}

void
gmf_progress_end(const GmfScan *scan)
{
	Slot	   *slot = slots == NULL ? NULL : &slots[gmf_backend_index()];

	if (slot == NULL || slot->told.began != scan->began)
		return;
	SpinLockAcquire(&slot->mutex);
	slot->told.pid = 0;
	SpinLockRelease(&slot->mutex);
}

/* One row for each backend that waits in a scan, as far as the user may see it. */
Datum
gaussdb_mgmt_progress(PG_FUNCTION_ARGS)
{
	if (slots == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("gaussdb_mgmt_fdw is not in shared_preload_libraries"),
				 errhint("Add it there and restart the server to see the scans of all backends; "
						 "gaussdb_mgmt_fdw.progress_interval reports your own without that.")));
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < MaxBackends; i++)
	{
		Told		told;

		SpinLockAcquire(&slots[i].mutex);
		told = slots[i].told;
		SpinLockRelease(&slots[i].mutex);
		if (told.pid != 0 && may_see(&told))
			put_row((ReturnSetInfo *) fcinfo->resultinfo, &told);
	}
	return (Datum) 0;
}

static void
request_memory(void)
{
	if (previous_request_hook != NULL)
		previous_request_hook();
	RequestAddinShmemSpace(mul_size(MaxBackends, sizeof(Slot)));
}

static void
set_up_memory(void)
{
	bool		found;

	if (previous_startup_hook != NULL)
		previous_startup_hook();
	slots = (Slot *) ShmemInitStruct("gaussdb_mgmt_fdw progress",
									 mul_size(MaxBackends, sizeof(Slot)), &found);
	if (found)
		return;
	memset(slots, 0, MaxBackends * sizeof(Slot));
	for (int i = 0; i < MaxBackends; i++)
		SpinLockInit(&slots[i].mutex);
}

static void
tell_all(const GmfScan *scan, const GmfFetchCounters *counters)
{
	const GmfTable *table = scan->plan->table;
	Told		told;
	Slot	   *slot;

	if (slots == NULL)
		return;
	memset(&told, 0, sizeof(told));
	told.pid = MyProcPid;
	told.database = MyDatabaseId;
	told.user = GetUserId();
	strlcpy(told.server, table->server->servername, sizeof(told.server));
	strlcpy(told.table, table->name, sizeof(told.table));
	told.began = scan->began;
	told.counters = *counters;
	slot = &slots[gmf_backend_index()];
	SpinLockAcquire(&slot->mutex);
	slot->told = told;
	SpinLockRelease(&slot->mutex);
}

static void
tell_user(GmfScan *scan, const GmfFetchCounters *counters)
{
	TimestampTz now = GetCurrentTimestamp();
	const char *name = scan->plan->table->name;
	const char *kilobytes = psprintf(INT64_FORMAT " kB", counters->bytes_received / 1024);

	if (scan->told_at == 0)
		scan->told_at = scan->began;
	if (!TimestampDifferenceExceeds(scan->told_at, now, gmf_progress_interval))
		return;
	scan->told_at = now;
	if (counters->total >= 0)
		ereport(NOTICE,
				(errmsg("%s: " INT64_FORMAT " of " INT64_FORMAT " rows, " INT64_FORMAT
						" requests, %s", name, counters->rows, counters->total,
						counters->requests, kilobytes)));
	else
		ereport(NOTICE,
				(errmsg("%s: " INT64_FORMAT " rows, " INT64_FORMAT " requests, %s", name,
						counters->rows, counters->requests, kilobytes)));
}

static bool
may_see(const Told *told)
{
	return has_privs_of_role(GetUserId(), told->user) ||
		has_privs_of_role(GetUserId(), ROLE_PG_READ_ALL_STATS);
}

static void
put_row(ReturnSetInfo *result, const Told *told)
{
	const GmfFetchCounters *counters = &told->counters;
	Datum		values[] = {
		Int32GetDatum(told->pid),
		ObjectIdGetDatum(told->database),
		ObjectIdGetDatum(told->user),
		CStringGetTextDatum(told->server),
		CStringGetTextDatum(told->table),
		TimestampTzGetDatum(told->began),
		Int64GetDatum(counters->requests),
		Int64GetDatum(counters->retries),
		Int64GetDatum(counters->rows),
		Int64GetDatum(counters->total),
		Int64GetDatum(counters->bytes_received)
	};
	bool		nulls[lengthof(values)] = {false};

	nulls[9] = counters->total < 0;
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}
