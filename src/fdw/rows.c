/*
 * rows.c
 *		Rows of the API as rows of a foreign table.
 */
#include "postgres.h"

#include "gmf_rows.h"

static void column_context(void *arg);

void
gmf_row_reader_init(GmfRowReader *reader, const GmfTable *table, TupleDesc desc,
					const bool *used)
{
	reader->table = table;
	reader->readers = (GmfDatumReader *) palloc0(Max(table->natts, 1) * sizeof(GmfDatumReader));
	reader->reads = (bool *) palloc0(Max(table->natts, 1) * sizeof(bool));
	for (int i = 0; i < table->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(desc, i);
		int			column = table->column_of[i];

		if (column == GMF_NO_COLUMN || !used[column])
			continue;
		reader->reads[i] = true;
		gmf_datum_reader_init(&reader->readers[i], attribute->atttypid, attribute->atttypmod,
							  column < table->ncolumns
							  ? table->resource->columns[column].separator : NULL);
		gmf_datum_reader_set_zone(&reader->readers[i], table->zone);
	}
}

void
gmf_row_read(GmfRowReader *reader, const GmfValue *values, Datum *datums, bool *nulls)
{
	ErrorContextCallback context;

	context.callback = column_context;
	context.arg = reader;
	context.previous = error_context_stack;
	error_context_stack = &context;
	for (int i = 0; i < reader->table->natts; i++)
	{
		reader->attribute = i;
		nulls[i] = true;
		datums[i] = (Datum) 0;
		if (reader->reads[i])
			datums[i] = gmf_read_datum(&reader->readers[i],
									   &values[reader->table->column_of[i]], &nulls[i]);
	}
	error_context_stack = context.previous;
}

static void
column_context(void *arg)
{
	GmfRowReader *reader = (GmfRowReader *) arg;

	errcontext("column \"%s\" of foreign table \"%s\"",
			   reader->table->name_of[reader->attribute], reader->table->name);
}
