/*
 * refused.c
 *		Objects that a tolerant scan left out (option on_error).
 *
 * Each is a WARNING, and a row of gaussdb_mgmt_refused() until the next statement that
 * scans a table, so that a report can say what it lacks.
 */
#include "postgres.h"

#include "access/xact.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "gmf_compat.h"
#include "gmf_refused.h"
#include "gmf_shown.h"

/* More are warned of, but not remembered. */
#define MOST_REMEMBERED 10000

typedef struct Refused
{
	struct Refused *next;
	const char *server;
	const char *table;
	const char *object;
	const char *code;
	const char *message;
	const char *request_id;
	int			http_status;
} Refused;

static MemoryContext context = NULL;	/* of all that are remembered */
static Refused *first = NULL;
static Refused **last = &first;
static int	nremembered = 0;
static TimestampTz statement = 0;	/* that they are of */

static void report(const GmfTable *table, const GmfError *error);
static void remember(const GmfTable *table, const GmfError *error);
static Datum text_or_null(const char *text, bool *isnull);

PG_FUNCTION_INFO_V1(gaussdb_mgmt_refused);

/* gaussdb_mgmt_refused(): what the last statement left out. */
Datum
gaussdb_mgmt_refused(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (const Refused *refused = first; refused != NULL; refused = refused->next)
	{
		Datum		values[7];
		bool		nulls[7] = {false};

		values[0] = CStringGetTextDatum(refused->server);
		values[1] = CStringGetTextDatum(refused->table);
		values[2] = text_or_null(refused->object, &nulls[2]);
		values[3] = text_or_null(refused->code, &nulls[3]);
		values[4] = CStringGetTextDatum(refused->message);
		values[5] = Int32GetDatum(refused->http_status);
		values[6] = text_or_null(refused->request_id, &nulls[6]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

void
gmf_refused_begin(void)
{
	if (statement == GetCurrentStatementStartTimestamp() || first == NULL)
		return;
	first = NULL;
	last = &first;
	nremembered = 0;
	MemoryContextReset(context);
}

void
gmf_refused_take(GmfFetch *fetch, const GmfTable *table)
{
	GmfError	error;

	while (gmf_fetch_refused(fetch, &error))
	{
		remember(table, &error);
		report(table, &error);
	}
}

static void
report(const GmfTable *table, const GmfError *error)
{
	const char *code = gmf_shown_utf8(error->code);

	ereport(WARNING,
			(errmsg("foreign table \"%s\" lacks what belongs to %s: %s%s%s%s", table->name,
					error->about[0] != '\0' ? gmf_shown_utf8(error->about) : "an object",
					gmf_shown_utf8(error->message), code[0] ? " (" : "", code,
					code[0] ? ")" : ""),
			 errdetail("HTTP %d at \"%s\", request id %s, server \"%s\".", error->http_status,
					   gmf_shown_utf8(error->operation), gmf_shown_utf8(error->request_id),
					   table->server->servername),
			 errhint("SELECT * FROM gaussdb_mgmt_refused() lists what this statement left out; "
					 "the option \"on_error\" decides.")));
}

static void
remember(const GmfTable *table, const GmfError *error)
{
	MemoryContext old;
	Refused    *refused;

	statement = GetCurrentStatementStartTimestamp();
	if (nremembered >= MOST_REMEMBERED)
		return;
	if (context == NULL)
		context = AllocSetContextCreate(TopMemoryContext, "gaussdb_mgmt_fdw refused objects",
										ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	refused = (Refused *) palloc0(sizeof(Refused));
	refused->server = pstrdup(table->server->servername);
	refused->table = pstrdup(table->name);
	refused->object = pstrdup(gmf_shown_utf8(error->about));
	refused->code = pstrdup(gmf_shown_utf8(error->code));
	refused->message = pstrdup(gmf_shown_utf8(error->message));
	refused->request_id = pstrdup(gmf_shown_utf8(error->request_id));
	refused->http_status = error->http_status;
	*last = refused;
	last = &refused->next;
	nremembered++;
	MemoryContextSwitchTo(old);
}

static Datum
text_or_null(const char *text, bool *isnull)
{
	*isnull = text[0] == '\0';
	return *isnull ? (Datum) 0 : CStringGetTextDatum(text);
}
