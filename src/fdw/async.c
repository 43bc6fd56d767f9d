/*
 * async.c
 *		Regions in flight: scans of several servers under one Append.
 *
 * A scan that Append drives never waits: a row that has not arrived is reported
 * as pending, and Append waits for all of its scans at once.  What it waits for
 * is the session's descriptor, of which each scan has a duplicate, as one
 * descriptor can stand in a wait set only once and two tables may be of one server.
 */
#include "postgres.h"

#include <unistd.h>

#include "executor/execAsync.h"
#include "executor/executor.h"
#include "storage/fd.h"
#include "storage/latch.h"
#include "utils/timestamp.h"

#include "gmf_async.h"
#include "gmf_module.h"
#include "gmf_progress.h"
#include "gmf_scan.h"

static void produce(AsyncRequest *request);
static int	descriptor(GmfScan *scan, EState *estate);
static void close_descriptor(void *arg);

/* Append evaluates a row of each such scan, projection included, before it needs one. */
bool
gmf_is_foreign_path_async_capable(ForeignPath *path)
{
	return gmf_may_optimise(GMF_OPTIMISE_APPENDS) && !gmf_path_has_side_effects((Path *) path);
}

void
gmf_foreign_async_request(AsyncRequest *request)
{
	produce(request);
}

void
gmf_foreign_async_configure_wait(AsyncRequest *request)
{
	ForeignScanState *node = (ForeignScanState *) request->requestee;
	GmfScan    *scan = (GmfScan *) node->fdw_state;
	AppendState *append = (AppendState *) request->requestor;
	GmfSession *session = gmf_connection_session(scan->connection);

	Assert(request->callback_pending);
	if (scan->waits_since == 0)
		scan->waits_since = GetCurrentTimestamp();
	gmf_progress_report(scan);
	/* Another scan of the same server may have received what this one waits for. */
	if (gmf_session_finished(session) != scan->finished_seen)
		gmf_session_make_ready(session);
	AddWaitEventToSet(append->as_eventset, WL_SOCKET_READABLE,
					  descriptor(scan, node->ss.ps.state), NULL, request);
}

void
gmf_foreign_async_notify(AsyncRequest *request)
{
	produce(request);
}

/*
 * A row that passes the scan's filter, the end, or the word that there is none yet.
 */
static void
produce(AsyncRequest *request)
{
	ForeignScanState *node = (ForeignScanState *) request->requestee;
	GmfScan    *scan = (GmfScan *) node->fdw_state;
	GmfSession *session = gmf_connection_session(scan->connection);
	TupleTableSlot *result;

	/* The others of the Append were waited for at the same time. */
	if (scan->waits_since != 0)
		scan->waited_us += GetCurrentTimestamp() - scan->waits_since;
	scan->waits_since = 0;
	scan->may_not_wait = true;
	gmf_session_step(session);
	scan->finished_seen = gmf_session_finished(session);
	result = request->requestee->ExecProcNodeReal(request->requestee);
	if (TupIsNull(result) && scan->is_waiting)
		ExecAsyncRequestPending(request);
	else
		ExecAsyncRequestDone(request, TupIsNull(result) ? NULL : result);
}

/* Closed with the query. */
static int
descriptor(GmfScan *scan, EState *estate)
{
	MemoryContextCallback *callback;

	if (scan->async_fd >= 0)
		return scan->async_fd;
	if (!AcquireExternalFD())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_RESOURCES),
				 errmsg("too many open files"),
				 errhint("Raise the setting max_files_per_process, or read fewer foreign "
						 "tables at once.")));
	callback = (MemoryContextCallback *) MemoryContextAllocZero(estate->es_query_cxt,
																sizeof(MemoryContextCallback));
	scan->async_fd = dup(gmf_session_fd(gmf_connection_session(scan->connection)));
	if (scan->async_fd < 0)
	{
		ReleaseExternalFD();
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not duplicate the descriptor of a session: %m")));
	}
	callback->func = close_descriptor;
	callback->arg = scan;
	MemoryContextRegisterResetCallback(estate->es_query_cxt, callback);
	return scan->async_fd;
}

static void
close_descriptor(void *arg)
{
	GmfScan    *scan = (GmfScan *) arg;

	close(scan->async_fd);
	ReleaseExternalFD();
	scan->async_fd = -1;
}
