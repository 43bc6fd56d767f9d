/*
 * gmf_rows.h
 *		Rows of the API as rows of a foreign table.
 */
#ifndef GMF_ROWS_H
#define GMF_ROWS_H

#include "postgres.h"

#include "access/tupdesc.h"

#include "gmf_options.h"
#include "gmf_values.h"

typedef struct GmfRowReader
{
	const GmfTable *table;
	GmfDatumReader *readers;	/* [natts] of those attributes that are read */
	bool	   *reads;			/* [natts] */
	int			attribute;		/* being converted, for the error context */
} GmfRowReader;

/* Only attributes whose column is used are read; others are NULL. */
extern void gmf_row_reader_init(GmfRowReader *reader, const GmfTable *table, TupleDesc desc,
								const bool *used);

/*
 * One row, in the current memory context: values as gmf_fetch_next gives them.  ERROR names
 * the column whose value does not fit its type.
 */
extern void gmf_row_read(GmfRowReader *reader, const GmfValue *values, Datum *datums,
						 bool *nulls);

#endif							/* GMF_ROWS_H */
