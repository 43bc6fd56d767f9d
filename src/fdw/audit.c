/*
 * audit.c
 *		What was done in the cloud, and by whom.
 *
 * An action is not part of the transaction that it was called in.  It is written to the log
 * before it is sent, and its outcome after: also where the statement is cut off in between
 * and the error is caught, as then the (sub)transaction ends.  When that is rolled back the
 * session is told what stays done; the row of the audit table goes with the transaction, as
 * any row.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/varlena.h"

#include "gmf_audit.h"
#include "gmf_compat.h"
#include "gmf_shown.h"

#define LOG_ACTIONS		"gaussdb_mgmt_fdw.log_actions"
#define ACTION_TABLE	"gaussdb_mgmt_fdw.action_table"

typedef enum Outcome
{
	NOT_SENT = 0,
	ACCEPTED,
	REFUSED,
	UNKNOWN						/* sent; no answer says what became of it */
} Outcome;

/* No argument but the target, no secret. */
struct GmfAudit
{
	GmfAudit   *next;			/* done before it */
	SubTransactionId subid;
	const GmfExchange *exchange;	/* NULL: not begun, or its outcome is known */
	Outcome		outcome;
	bool		logged;			/* the log has the first line, and lacks the second */
	const char *function;
	char	   *server;
	char	   *role;
	char	   *target;			/* method and path of the request */
	char	   *job;			/* id, or NULL */
	int			http_status;
	const char *problem;		/* kind of the error, or NULL */
	char		request_id[128];	/* of the answer, or "" */
};

static bool log_actions = false;
static char *action_table = NULL;
static const char *overridden = NULL;	/* a setting of the two, see gmf_audit_init */

static GmfAudit *audits = NULL; /* of the transaction that runs, the newest first */

static void refuse_unrecorded(const char *function);
static void try_table(const char *function);
static void try_table_context(void *arg);
static char *keep(const char *text);
static void look(GmfAudit *audit);
static void forget(GmfAudit *audit);
static void log_start(GmfAudit *audit);
static void log_outcome(GmfAudit *audit);
static void insert_row(const GmfAudit *audit);
static char *table_name(void);
static bool is_set(const char *text);
static bool check_table(char **value, void **extra, GucSource source);
static bool is_qualified(const char *value);
static bool set_by_client(const char *name);
static void on_transaction_end(XactEvent event, void *arg);
static void on_subtransaction_end(SubXactEvent event, SubTransactionId subid,
								  SubTransactionId parent, void *arg);
static void tell_undone(SubTransactionId subid);

GmfAudit *
gmf_audit_begin(const char *function, const ForeignServer *server, const GmfRequest *request)
{
	GmfAudit   *audit;
	char	   *target;

	refuse_unrecorded(function);
	if (is_set(action_table))
		try_table(function);
	target = gmf_request_describe(request, false);
	audit = (GmfAudit *) MemoryContextAllocZero(TopTransactionContext, sizeof(GmfAudit));
	audit->function = function;
	audit->server = keep(server->servername);
	audit->role = keep(GetUserNameFromId(GetUserId(), false));
	audit->target = keep(target == NULL ? "?" : gmf_shown_utf8(target));
	free(target);
	audit->subid = GetCurrentSubTransactionId();
	if (log_actions)
		log_start(audit);
	audit->next = audits;
	audits = audit;
	return audit;
}

void
gmf_audit_follow(GmfAudit *audit, const GmfExchange *exchange)
{
	audit->exchange = exchange;
}

void
gmf_audit_part(const GmfExchange *exchange)
{
	for (GmfAudit *audit = audits; exchange != NULL && audit != NULL; audit = audit->next)
		if (audit->exchange == exchange)
			look(audit);
}

GmfAudit *
gmf_audit_end(GmfAudit *audit, const char *job)
{
	look(audit);
	if (job != NULL)
		audit->job = keep(gmf_shown_utf8(job));
	log_outcome(audit);
	if (audit->outcome == ACCEPTED && is_set(action_table))
		insert_row(audit);
	if (audit->outcome != REFUSED && audit->outcome != NOT_SENT)
		return audit;
	forget(audit);
	return NULL;
}

void
gmf_audit_context(GmfAudit *audit)
{
	if (audit == NULL)
		return;
	if (audit->exchange != NULL && !gmf_exchange_done(audit->exchange))
	{
		if (gmf_exchange_sent(audit->exchange))
			errcontext("action %s on server \"%s\", which was sent and may be carried out all the "
					   "same", audit->function, audit->server);
		return;
	}
	look(audit);
	if (audit->outcome == ACCEPTED)
		errcontext("action %s on server \"%s\", which was accepted with HTTP status %d%s%s%s%s",
				   audit->function, audit->server, audit->http_status,
				   audit->job != NULL ? ", job " : "", audit->job != NULL ? audit->job : "",
				   audit->request_id[0] != '\0' ? ", request id " : "", audit->request_id);
}

/*
 * Where the library is loaded by the first call, the connection may have set a setting at its
 * start that only superusers may: PostgreSQL takes it for the time being and drops it
 * now, and with it what its configuration says.
 */
void
gmf_audit_init(void)
{
	bool		log_was_set = set_by_client(LOG_ACTIONS);
	bool		table_was_set = set_by_client(ACTION_TABLE);

	DefineCustomBoolVariable(LOG_ACTIONS, "Writes each action to the server log.", NULL,
							 &log_actions, false, PGC_SUSET, 0, NULL, NULL, NULL);
	DefineCustomStringVariable(ACTION_TABLE,
							   "Table that each action that was accepted is added to.",
							   "It is named with its schema, and needs the columns at, role, "
							   "server, function, target, job_id and request_id.",
							   &action_table, "", PGC_SUSET, 0, check_table, NULL, NULL);
	if (log_was_set && !set_by_client(LOG_ACTIONS))
		overridden = LOG_ACTIONS;
	if (table_was_set && !set_by_client(ACTION_TABLE))
		overridden = ACTION_TABLE;
	RegisterXactCallback(on_transaction_end, NULL);
	RegisterSubXactCallback(on_subtransaction_end, NULL);
}

static void
refuse_unrecorded(const char *function)
{
	if (overridden != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("%s is not carried out, because it might leave no record", function),
				 errdetail("This connection set \"%s\" when it began, which only superusers may. "
						   "The library was not loaded then, and what the configuration says of "
						   "it is not known any more. Nothing was sent.", overridden),
				 errhint("Connect without setting it. With the library in "
						 "shared_preload_libraries, such a connection is refused.")));
}

/*
 * What can be found out about the table before anything is done: is it there, does it have the
 * columns, may this role insert?  Its lock is waited for now, too.
 */
static void
try_table(const char *function)
{
	ErrorContextCallback errors;

	errors.callback = try_table_context;
	errors.arg = (void *) function;
	errors.previous = error_context_stack;
	error_context_stack = &errors;
	insert_row(NULL);
	error_context_stack = errors.previous;
}

static void
try_table_context(void *arg)
{
	errcontext("action %s, which was not sent: it must be recorded in the table that \"%s\" names, "
			   "with the columns at, role, server, function, target, job_id and request_id",
			   (const char *) arg, ACTION_TABLE);
}

static char *
keep(const char *text)
{
	return MemoryContextStrdup(TopTransactionContext, text);
}

/* What has become of it, as far as the exchange knows.  Also called where memory is freed. */
static void
look(GmfAudit *audit)
{
	const GmfExchange *exchange = audit->exchange;
	const GmfError *error;

	if (exchange == NULL)
		return;
	error = gmf_exchange_error(exchange);
	if (gmf_exchange_done(exchange) && error == NULL)
		audit->outcome = ACCEPTED;
	else if (!gmf_exchange_sent(exchange))
		audit->outcome = NOT_SENT;
	else if (!gmf_exchange_done(exchange) || error->maybe_done)
		audit->outcome = UNKNOWN;
	else
		audit->outcome = REFUSED;
	if (gmf_exchange_done(exchange))
	{
		audit->http_status = error == NULL ? gmf_exchange_status(exchange) : error->http_status;
		audit->problem = error == NULL ? NULL : gmf_error_kind_name(error->kind);
		if (error == NULL)
			gmf_exchange_request_id(exchange, audit->request_id, sizeof(audit->request_id));
		else
			strlcpy(audit->request_id, error->request_id, sizeof(audit->request_id));
		/* It is UTF-8, and nothing can be converted here; the cloud's own are ASCII. */
		for (char *p = audit->request_id; *p != '\0'; p++)
			if (IS_HIGHBIT_SET(*p))
				*p = '?';
	}
	audit->exchange = NULL;
}

/* There is nothing to remember. */
static void
forget(GmfAudit *audit)
{
	GmfAudit  **link = &audits;

	while (*link != audit)
		link = &(*link)->next;
	*link = audit->next;
	pfree(audit->server);
	pfree(audit->role);
	pfree(audit->target);
	pfree(audit);
}

static void
log_start(GmfAudit *audit)
{
	audit->logged = true;
	ereport(LOG,
			(errmsg("action %s by \"%s\" on server \"%s\", target %s: is sent", audit->function,
					audit->role, audit->server, audit->target),
			 errhidestmt(true), errhidecontext(true)));
}

/* Once, also when it fails. */
static void
log_outcome(GmfAudit *audit)
{
	static const char *const words[] = {
		[NOT_SENT] = "not sent",
		[ACCEPTED] = "accepted",
		[REFUSED] = "refused",
		[UNKNOWN] = "unknown, may have been carried out"
	};

	if (!audit->logged)
		return;
	audit->logged = false;
	ereport(LOG,
			(errmsg("action %s by \"%s\" on server \"%s\", target %s: %s%s%s", audit->function,
					audit->role, audit->server, audit->target, words[audit->outcome],
					audit->job != NULL ? ", job " : "", audit->job != NULL ? audit->job : ""),
			 audit->http_status == 0 && audit->problem == NULL
			 ? errdetail("The statement ended before an answer came.")
			 : audit->problem == NULL
			 ? errdetail("Request id %s.", audit->request_id)
			 : audit->http_status == 0
			 ? errdetail("The request was %s.", audit->problem)
			 : errdetail("HTTP %d, %s, request id %s.", audit->http_status, audit->problem,
						 audit->request_id),
			 errhidestmt(true), errhidecontext(true)));
}

/* NULL: insert nothing, but fail as if. */
static void
insert_row(const GmfAudit *audit)
{
	static Oid	types[] = {TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, BOOLOID};
	const char *texts[6] = {NULL};
	Datum		values[lengthof(types)];
	char		nulls[lengthof(types)];
	char	   *command = psprintf("INSERT INTO %s (at, role, server, function, target, job_id, "
								   "request_id) SELECT pg_catalog.clock_timestamp(), $1, $2, $3, "
								   "$4, $5, $6 WHERE $7", table_name());

	if (audit != NULL)
	{
		texts[0] = audit->role;
		texts[1] = audit->server;
		texts[2] = audit->function;
		texts[3] = audit->target;
		texts[4] = audit->job;
		texts[5] = audit->request_id;
	}
	for (size_t i = 0; i < lengthof(texts); i++)
	{
		nulls[i] = texts[i] == NULL ? 'n' : ' ';
		values[i] = texts[i] == NULL ? (Datum) 0 : CStringGetTextDatum(texts[i]);
	}
	nulls[lengthof(texts)] = ' ';
	values[lengthof(texts)] = BoolGetDatum(audit != NULL);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	SPI_execute_with_args(command, lengthof(types), types, values, nulls, false, 0);
	SPI_finish();
}

/* Without a schema it would be whatever the caller's search_path finds. */
static char *
table_name(void)
{
	if (!is_qualified(action_table))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_NAME),
				 errmsg("\"%s\" must be a table with its schema, not \"%s\"", ACTION_TABLE,
						action_table)));
	return NameListToQuotedString(gmf_qualified_name(action_table));
}

static bool
is_set(const char *text)
{
	return text != NULL && text[0] != '\0';
}

/*
 * What a configuration has is taken, and then no action is carried out: PostgreSQL would
 * else go on without a table.
 */
static bool
check_table(char **value, void **extra, GucSource source)
{
	bool		set_now = source == PGC_S_TEST || source == PGC_S_INTERACTIVE ||
		source == PGC_S_SESSION;

	if (!set_now || !is_set(*value) || is_qualified(*value))
		return true;
	GUC_check_errdetail("It must be a table with its schema: \"schema.table\".");
	return false;
}

static bool
is_qualified(const char *value)
{
	List	   *names;

	return SplitIdentifierString(pstrdup(value), '.', &names) && list_length(names) == 2;
}

/* Does the value that RESET goes back to come from the start of the connection? */
static bool
set_by_client(const char *name)
{
	const struct config_generic *setting = gmf_setting(name);

	return setting != NULL && setting->reset_source == PGC_S_CLIENT;
}

static void
on_transaction_end(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_ABORT || event == XACT_EVENT_PARALLEL_ABORT)
		tell_undone(InvalidSubTransactionId);
	if (event == XACT_EVENT_ABORT || event == XACT_EVENT_COMMIT || event == XACT_EVENT_PREPARE ||
		event == XACT_EVENT_PARALLEL_ABORT || event == XACT_EVENT_PARALLEL_COMMIT)
		audits = NULL;
}

static void
on_subtransaction_end(SubXactEvent event, SubTransactionId subid, SubTransactionId parent,
					  void *arg)
{
	if (event == SUBXACT_EVENT_ABORT_SUB)
		tell_undone(subid);
	if (event == SUBXACT_EVENT_COMMIT_SUB)
		for (GmfAudit *audit = audits; audit != NULL && audit->subid == subid; audit = audit->next)
			audit->subid = parent;
}

/*
 * All of the transaction, or those of one subtransaction; each is told once, also when
 * telling fails.  One that is still under way has been cut off.
 */
static void
tell_undone(SubTransactionId subid)
{
	while (audits != NULL && (subid == InvalidSubTransactionId || audits->subid == subid))
	{
		GmfAudit   *audit = audits;

		audits = audit->next;
		look(audit);
		log_outcome(audit);
		if (audit->outcome == ACCEPTED || audit->outcome == UNKNOWN)
			ereport(WARNING,
					(errmsg("%s on server \"%s\" (%s) was sent in the transaction that is rolled "
							"back, and is not undone by that", audit->function, audit->server,
							audit->target),
					 errhidestmt(true), errhidecontext(true)));
	}
}
