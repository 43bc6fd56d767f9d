/*
 * analyze.c
 *		ANALYZE of foreign tables: how many rows there are, and what a few of
 *		them look like.
 *
 * The number comes from the total that the list tells, the sample from its first
 * pages: the whole list is not read.  A table whose rows belong to keys has no
 * list of its own and is left out; its option "rows" can say how many there are.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "gmf_access.h"
#include "gmf_analyze.h"
#include "gmf_bind.h"
#include "gmf_connection.h"
#include "gmf_rights.h"
#include "gmf_rows.h"

/* A sample of the first rows says no more when it is larger. */
#define MOST_SAMPLE_ROWS 300

typedef struct Sampling
{
	MemoryContextCallback callback;
	GmfTable   *table;
	GmfConnection *connection;
	GmfFetchSpec spec;
	GmfFetch   *fetch;
	GmfValue   *values;
} Sampling;

static GmfAccess *whole_list(const GmfTable *table, bool **used);
static int	acquire_sample(Relation rel, int elevel, HeapTuple *rows, int targrows,
						   double *totalrows, double *totaldeadrows);
static void open_fetch(Sampling *sampling);
static void close_fetch(void *arg);
static int64 read_total(Sampling *sampling);
static bool next_row(Sampling *sampling);
static void fail(const Sampling *sampling, const GmfError *error) gmf_noreturn;

bool
gmf_analyze_foreign_table(Relation rel, AcquireSampleRowsFunc *function, BlockNumber *totalpages)
{
	bool	   *used;
	GmfAccess  *access = whole_list(gmf_table_open(RelationGetRelid(rel)), &used);

	if (access->missing != NULL || access->parent != NULL)
		return false;
	*function = acquire_sample;
	*totalpages = 1;
	return true;
}

/* How the table is read when nothing is asked of it. */
static GmfAccess *
whole_list(const GmfTable *table, bool **used)
{
	bool	   *bound = (bool *) palloc0((table->ncolumns + 1) * sizeof(bool));

	*used = (bool *) palloc((table->ncolumns + 1) * sizeof(bool));
	memset(*used, true, (table->ncolumns + 1) * sizeof(bool));
	return gmf_access_choose(table->resource, bound, bound, *used);
}

static int
acquire_sample(Relation rel, int elevel, HeapTuple *rows, int targrows, double *totalrows,
			   double *totaldeadrows)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "gaussdb_mgmt_fdw analyze",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	Sampling   *sampling = (Sampling *) palloc0(sizeof(Sampling));
	TupleDesc	desc = RelationGetDescr(rel);
	Datum	   *datums = (Datum *) palloc(Max(desc->natts, 1) * sizeof(Datum));
	bool	   *nulls = (bool *) palloc(Max(desc->natts, 1) * sizeof(bool));
	GmfRowReader reader;
	GmfBound	bound;
	bool	   *used;
	int			n = 0;
	int64		total;

	sampling->table = gmf_table_open(RelationGetRelid(rel));
	gmf_bind(whole_list(sampling->table, &used), NULL, 0, 0, &sampling->spec, &bound);
	sampling->spec.used = used;
	sampling->spec.page_size = sampling->table->page_size;
	sampling->values = (GmfValue *) palloc0((sampling->table->ncolumns + 1) * sizeof(GmfValue));
	gmf_row_reader_init(&reader, sampling->table, desc, used);
	gmf_rights_read(sampling->table, GetUserId());
	sampling->connection = gmf_connection_get(sampling->table->server->serverid, GetUserId(),
											  context);
	sampling->callback.func = close_fetch;
	sampling->callback.arg = sampling;
	MemoryContextRegisterResetCallback(context, &sampling->callback);

	total = read_total(sampling);
	targrows = Min(targrows, MOST_SAMPLE_ROWS);
	sampling->spec.wanted_rows = targrows;
	open_fetch(sampling);
	while (n < targrows && next_row(sampling))
	{
		gmf_row_read(&reader, sampling->values, datums, nulls);
		MemoryContextSwitchTo(old);
		rows[n++] = heap_form_tuple(desc, datums, nulls);
		MemoryContextSwitchTo(context);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	*totalrows = Max((double) total, n);
	*totaldeadrows = 0;
	ereport(elevel,
			(errmsg("\"%s\": %.0f rows as the API tells, %d rows in sample",
					RelationGetRelationName(rel), *totalrows, n)));
	return n;
}

static void
open_fetch(Sampling *sampling)
{
	GmfError	error;

	close_fetch(sampling);
	gmf_error_clear(&error);
	sampling->fetch = gmf_fetch_open(gmf_connection_session(sampling->connection),
									 &sampling->spec, &error);
	if (sampling->fetch == NULL)
		fail(sampling, &error);
}

static void
close_fetch(void *arg)
{
	Sampling   *sampling = (Sampling *) arg;

	gmf_fetch_close(sampling->fetch);
	sampling->fetch = NULL;
}

/* -1 where the list does not tell. */
static int64
read_total(Sampling *sampling)
{
	const GmfRoute *route = sampling->spec.route;
	int64		total = -1;
	GmfFetchState state;
	GmfError	error;

	if (route->total == NULL || route->paging.kind == GMF_UNPAGED || route->records != NULL)
		return -1;
	gmf_error_clear(&error);
	open_fetch(sampling);
	while ((state = gmf_fetch_total(sampling->fetch, &total, &error)) == GMF_FETCH_WAIT)
		gmf_connection_wait(sampling->connection);
	if (state == GMF_FETCH_FAILED)
		fail(sampling, &error);
	return total;
}

static bool
next_row(Sampling *sampling)
{
	GmfFetchState state;
	GmfError	error;

	gmf_error_clear(&error);
	while ((state = gmf_fetch_next(sampling->fetch, sampling->values, &error)) == GMF_FETCH_WAIT)
		gmf_connection_wait(sampling->connection);
	if (state == GMF_FETCH_FAILED)
		fail(sampling, &error);
	return state == GMF_FETCH_ROW;
}

static void
fail(const Sampling *sampling, const GmfError *error)
{
	gmf_report(error, sampling->table->service->title, sampling->table->server->servername);
}
