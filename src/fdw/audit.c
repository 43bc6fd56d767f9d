/*
 * audit.c
 *		What was done in the cloud, and by whom.
 *
 * An action is not part of the transaction that it was called in.  When that is
 * rolled back the session is told what stays done; the log line was written
 * before, and the row of the audit table goes with the transaction, as any row.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#include "gmf_audit.h"
#include "gmf_compat.h"
#include "gmf_shown.h"

/* One action and its outcome: no argument but the target, no secret. */
typedef struct GmfAudit
{
	const char *function;
	const ForeignServer *server;
	const char *target;			/* method and path of the request */
	const char *job;			/* id, or NULL */
	const GmfError *error;		/* NULL: accepted */
	char		request_id[128];	/* of the answer, or "" */
} GmfAudit;

/* An action that may have been carried out in the transaction that is running. */
typedef struct Done
{
	struct Done *next;			/* done before it */
	SubTransactionId subid;
	char		text[1];		/* "gaussdb_restart_instance on server …" */
} Done;

bool		gmf_log_actions = false;
char	   *gmf_action_table = NULL;

static Done *done = NULL;		/* the newest first */

static const char *target_of(const GmfExchange *exchange);
static void log_action(const GmfAudit *audit);
static const char *outcome(const GmfAudit *audit);
static void remember(const GmfAudit *audit);
static void add_row(const GmfAudit *audit);
static void insert_row(const GmfAudit *audit);
static void on_transaction_end(XactEvent event, void *arg);
static void on_subtransaction_end(SubXactEvent event, SubTransactionId subid,
								  SubTransactionId parent, void *arg);
static void tell_undone(SubTransactionId subid);

void
gmf_audit(const char *function, const ForeignServer *server, const GmfExchange *exchange,
		  const char *job)
{
	GmfAudit	audit = {function, server, target_of(exchange), job,
	gmf_exchange_error(exchange), ""};

	gmf_exchange_request_id(exchange, audit.request_id, sizeof(audit.request_id));
	if (gmf_log_actions)
		log_action(&audit);
	if (audit.error == NULL || audit.error->maybe_done)
		remember(&audit);
	if (audit.error == NULL && gmf_action_table != NULL && gmf_action_table[0] != '\0')
		add_row(&audit);
}

void
gmf_audit_context(const char *function, const ForeignServer *server,
				  const GmfExchange *exchange)
{
	if (exchange == NULL)
		return;
	if (!gmf_exchange_done(exchange) && gmf_exchange_sent(exchange))
		errcontext("action %s on server \"%s\", which was sent and may be carried out all the same",
				   function, server->servername);
	if (gmf_exchange_done(exchange) && gmf_exchange_error(exchange) == NULL)
		errcontext("action %s on server \"%s\", which was accepted with HTTP status %d",
				   function, server->servername, gmf_exchange_status(exchange));
}

void
gmf_audit_init(void)
{
	RegisterXactCallback(on_transaction_end, NULL);
	RegisterSubXactCallback(on_subtransaction_end, NULL);
}

/* The path of the request names what it is about. */
static const char *
target_of(const GmfExchange *exchange)
{
	char	   *text = gmf_request_describe(gmf_exchange_request(exchange), false);
	char	   *copy = pstrdup(text == NULL ? "?" : text);

	free(text);
	return copy;
}

static void
log_action(const GmfAudit *audit)
{
	ereport(LOG,
			(errmsg("action %s by \"%s\" on server \"%s\", target %s: %s%s%s",
					audit->function, GetUserNameFromId(GetUserId(), true),
					audit->server->servername, audit->target, outcome(audit),
					audit->job != NULL ? ", job " : "",
					audit->job != NULL ? gmf_shown(audit->job) : ""),
			 audit->error == NULL
			 ? errdetail("Request id %s.", audit->request_id)
			 : errdetail("HTTP %d, %s, request id %s.", audit->error->http_status,
						 gmf_error_kind_name(audit->error->kind), audit->error->request_id),
			 errhidestmt(true), errhidecontext(true)));
}

static const char *
outcome(const GmfAudit *audit)
{
	if (audit->error == NULL)
		return "accepted";
	return audit->error->maybe_done ? "unknown, may have been carried out" : "refused";
}

static void
remember(const GmfAudit *audit)
{
	const char *text = psprintf("%s on server \"%s\" (%s)", audit->function,
								audit->server->servername, audit->target);
	Done	   *entry = (Done *) MemoryContextAllocZero(TopTransactionContext,
													   sizeof(Done) + strlen(text));

	strlcpy(entry->text, text, strlen(text) + 1);
	entry->subid = GetCurrentSubTransactionId();
	entry->next = done;
	done = entry;
}

/* In a subtransaction, so that a failure does not take the action's result away. */
static void
add_row(const GmfAudit *audit)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;

	BeginInternalSubTransaction("gaussdb_mgmt_fdw audit");
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		insert_row(audit);
		ReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(context);
		CurrentResourceOwner = owner;
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(context);
		CurrentResourceOwner = owner;
		ereport(WARNING,
				(errmsg("the action was carried out, but could not be added to \"%s\"",
						gmf_action_table),
				 errdetail("%s", error->message),
				 errhint("The table that gaussdb_mgmt_fdw.action_table names needs the columns "
						 "at, role, server, function, target, job_id and request_id, and whoever "
						 "calls actions needs INSERT on it.")));
	}
	PG_END_TRY();
}

static void
insert_row(const GmfAudit *audit)
{
	static Oid	types[] = {TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID};
	const char *texts[] = {GetUserNameFromId(GetUserId(), false), audit->server->servername,
		audit->function, audit->target, audit->job, audit->request_id};
	Datum		values[lengthof(texts)];
	char		nulls[lengthof(texts)];
	List	   *names = gmf_qualified_name(gmf_action_table);
	char	   *command = psprintf("INSERT INTO %s (at, role, server, function, target, job_id, "
								   "request_id) VALUES (pg_catalog.clock_timestamp(), $1, $2, $3, "
								   "$4, $5, $6)", NameListToQuotedString(names));

	for (size_t i = 0; i < lengthof(texts); i++)
	{
		nulls[i] = texts[i] == NULL ? 'n' : ' ';
		values[i] = texts[i] == NULL ? (Datum) 0 : CStringGetTextDatum(texts[i]);
	}
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	SPI_execute_with_args(command, lengthof(types), types, values, nulls, false, 0);
	SPI_finish();
}

static void
on_transaction_end(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_ABORT || event == XACT_EVENT_PARALLEL_ABORT)
		tell_undone(InvalidSubTransactionId);
	if (event == XACT_EVENT_ABORT || event == XACT_EVENT_COMMIT || event == XACT_EVENT_PREPARE ||
		event == XACT_EVENT_PARALLEL_ABORT || event == XACT_EVENT_PARALLEL_COMMIT)
		done = NULL;
}

static void
on_subtransaction_end(SubXactEvent event, SubTransactionId subid, SubTransactionId parent,
					  void *arg)
{
	if (event == SUBXACT_EVENT_ABORT_SUB)
		tell_undone(subid);
	if (event == SUBXACT_EVENT_COMMIT_SUB)
		for (Done *entry = done; entry != NULL && entry->subid == subid; entry = entry->next)
			entry->subid = parent;
}

/*
 * All of the transaction, or those of one subtransaction; each is told once, also when
 * telling fails.
 */
static void
tell_undone(SubTransactionId subid)
{
	while (done != NULL && (subid == InvalidSubTransactionId || done->subid == subid))
	{
		const char *text = done->text;

		done = done->next;
		ereport(WARNING,
				(errmsg("%s was sent in the transaction that is rolled back, and is not undone by "
						"that", text),
				 errhidestmt(true), errhidecontext(true)));
	}
}
