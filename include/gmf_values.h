/*
 * gmf_values.h
 *		From the API's values to Datums, and from Datums to what the API is sent.
 */
#ifndef GMF_VALUES_H
#define GMF_VALUES_H

#include "postgres.h"

#include "fmgr.h"
#include "pgtime.h"

#include "gmf_answer.h"
#include "gmf_catalog.h"
#include "gmf_request.h"

/* How values of one SQL type are made; filled once, used for every row. */
typedef struct GmfDatumReader
{
	Oid			type;
	Oid			base;			/* the type, or what is below the domains over it */
	int32		typmod;			/* of that */
	void	  **domain_checks;	/* what domain_check() keeps; NULL: not a domain */
	MemoryContext context;		/* as long-lived as the reader */
	bool		keeps_blank;	/* an empty string is a value of it, not NULL */
	bool		is_json;
	FmgrInfo	input;			/* of the base type, unless it is an array */
	Oid			ioparam;
	struct GmfDatumReader *element; /* of an array's elements; NULL: not an array */
	int16		length;			/* as pg_type has it */
	bool		byvalue;
	char		align;
	const char *separator;		/* see GmfColumn.separator */
	pg_tz	   *zone;			/* see gmf_datum_reader_set_zone */
} GmfDatumReader;

/* What it needs is allocated in the current memory context, which must live as long. */
extern void gmf_datum_reader_init(GmfDatumReader *reader, Oid type, int32 typmod,
								  const char *separator);

/* The zone of times that have none.  NULL, which it is before: UTC. */
extern void gmf_datum_reader_set_zone(GmfDatumReader *reader, pg_tz *zone);

/*
 * A value as a Datum of the reader's type and modifier, in the current memory context.  Absent
 * and null are NULL; so is an empty string where the type is not a text.  Dates and times of
 * day are those that a moment has in the session's time zone.  An array takes no more
 * memory than a small multiple of the value; interrupts are served.  ERROR
 * names the value when it cannot be converted; the caller adds the column as
 * context.
 */
extern Datum gmf_read_datum(const GmfDatumReader *reader, const GmfValue *value, bool *isnull);

/*
 * A Datum as GmfInput takes it (see gmf_request.h), UTF-8, in the current memory
 * context.  type is its SQL type; times become microseconds since the Unix epoch, those
 * without a zone, and dates, as the session's time zone has them.  No other setting matters.
 * False for an infinite time, one that timestamptz cannot hold, a number that is none, or an
 * array with a NULL, which cannot be sent.
 */
extern bool gmf_write_datum(Datum datum, Oid type, GmfInput *input);

/*
 * A text of the database's encoding in UTF-8: itself, or in the current memory context.  ERROR
 * for a character that Unicode lacks.
 */
extern const char *gmf_utf8(const char *text);

/*
 * A text of gmf_write_datum as a Datum again, in the current memory context: of the type that
 * was written, of another integer type, or as timestamptz instead of another time.  False
 * for an integer that the type cannot hold.
 */
extern bool gmf_unwrite_datum(const char *text, Oid type, Datum *datum);

#endif							/* GMF_VALUES_H */
