/*
 * values.c
 *		From the API's values to Datums, and from Datums to what the API is sent.
 *
 * The API's types are lenient and PostgreSQL's are not: a port may come as 8000,
 * "8000" or 8000.0, a time in five forms or as an empty string.  Where a type has
 * such a history the conversion goes by content (gmf_convert.h); everything
 * else goes through the type's own input function.
 */
#include "postgres.h"

#include <math.h>

#include "access/transam.h"
#include "access/tupmacs.h"
#include "catalog/pg_type.h"
#include "common/int.h"
#include "common/shortest_dec.h"
#include "datatype/timestamp.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "gmf_compat.h"
#include "gmf_convert.h"
#include "gmf_jsonb.h"
#include "gmf_shown.h"
#include "gmf_values.h"

/* Between PostgreSQL's epoch and Unix's, microseconds. */
#define EPOCH_DISTANCE \
	((int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * USECS_PER_DAY)

/* An array in the making: what ArrayType holds, so that an element takes no more than there. */
typedef struct Elements
{
	const GmfDatumReader *reader;	/* of one */
	int			n;
	StringInfoData data;
	StringInfoData bitmap;		/* a bit for each; used where there are NULLs */
	bool		has_nulls;
	MemoryContext scratch;		/* for what the conversion of one takes */
} Elements;

static Datum read_value(const GmfDatumReader *reader, const GmfValue *value, bool *isnull);
static Datum read_scalar(const GmfDatumReader *reader, const GmfValue *value, bool *isnull);
static bool is_no_time(const GmfDatumReader *reader, const GmfValue *value);
static Datum read_integer(const GmfDatumReader *reader, const GmfValue *value);
static Datum read_time(const GmfDatumReader *reader, const GmfValue *value);
static bool is_day(const GmfDatumReader *reader, const GmfValue *value);
static Datum time_as(const GmfDatumReader *reader, TimestampTz timestamp);
static TimestampTz time_in_zone(Timestamp local, pg_tz *zone);
static Datum read_text(const GmfValue *value);
static Datum read_by_input(const GmfDatumReader *reader, const GmfValue *value);
static bool has_control(const char *text);
static bool takes_control(Oid type);
static Datum read_array(const GmfDatumReader *reader, const GmfValue *value);
static bool hold_element(GmfValue *element, char **held);
static void add_pieces(Elements *elements, const char *separator, const GmfValue *value);
static void add_element(Elements *elements, const GmfValue *value);
static void append_datum(Elements *elements, Datum datum);
static Datum finish_array(const Elements *elements);
static bool is_blank(const GmfValue *value);
static const char *to_server(const GmfValue *value, size_t *length);
static char *to_cstring(const GmfValue *value);
static void report_value(const GmfValue *value, Oid type) gmf_noreturn;
static bool write_time(TimestampTz timestamp, int overflow, GmfInput *input);
static bool write_double(double number, GmfInput *input);
static bool write_array(Datum datum, Oid element, GmfInput *input);

void
gmf_datum_reader_init(GmfDatumReader *reader, Oid type, int32 typmod, const char *separator)
{
	Oid			element;
	Oid			input;

	memset(reader, 0, sizeof(*reader));
	reader->type = type;
	reader->typmod = typmod;
	reader->base = getBaseTypeAndTypmod(type, &reader->typmod);
	if (reader->base != type)
		reader->domain_checks = (void **) palloc0(sizeof(void *));
	reader->context = CurrentMemoryContext;
	reader->separator = separator;
	get_typlenbyvalalign(type, &reader->length, &reader->byvalue, &reader->align);
	element = get_element_type(reader->base);
	if (OidIsValid(element))
	{
		reader->element = (GmfDatumReader *) palloc(sizeof(GmfDatumReader));
		gmf_datum_reader_init(reader->element, element, reader->typmod, NULL);
		return;
	}
	getTypeInputInfo(reader->base, &input, &reader->ioparam);
	fmgr_info(input, &reader->input);
	reader->is_json = reader->base == JSONBOID || reader->base == JSONOID;
	reader->keeps_blank = reader->is_json || reader->base == TEXTOID ||
		reader->base == VARCHAROID || reader->base == BPCHAROID || reader->base == NAMEOID;
}

void
gmf_datum_reader_set_zone(GmfDatumReader *reader, pg_tz *zone)
{
	for (; reader != NULL; reader = reader->element)
		reader->zone = zone;
}

Datum
gmf_read_datum(const GmfDatumReader *reader, const GmfValue *value, bool *isnull)
{
	Datum		datum = read_value(reader, value, isnull);

	if (reader->domain_checks != NULL)
		domain_check(datum, *isnull, reader->type, reader->domain_checks, reader->context);
	return datum;
}

static Datum
read_value(const GmfDatumReader *reader, const GmfValue *value, bool *isnull)
{
	*isnull = value->kind == GMF_ABSENT || value->kind == GMF_NULL;
	if (*isnull)
		return (Datum) 0;
	return reader->element != NULL ? read_array(reader, value)
		: read_scalar(reader, value, isnull);
}

static Datum
read_scalar(const GmfDatumReader *reader, const GmfValue *value, bool *isnull)
{
	double		number;
	bool		truth;

	*isnull = (!reader->keeps_blank && is_blank(value)) || is_no_time(reader, value);
	if (*isnull)
		return (Datum) 0;
	switch (reader->base)
	{
		case INT2OID:
		case INT4OID:
		case INT8OID:
			return read_integer(reader, value);
		case FLOAT8OID:
			if (value->kind > GMF_STRING || value->kind < GMF_NUMBER ||
				!gmf_read_double(value->text, value->length, &number))
				report_value(value, reader->type);
			return Float8GetDatum(number);
		case BOOLOID:
			if (value->kind == GMF_TRUE || value->kind == GMF_FALSE)
				return BoolGetDatum(value->kind == GMF_TRUE);
			if (value->kind > GMF_STRING ||
				!gmf_read_boolean(value->text, value->length, &truth))
				report_value(value, reader->type);
			return BoolGetDatum(truth);
		case TIMESTAMPTZOID:
		case TIMESTAMPOID:
			return read_time(reader, value);
		case DATEOID:
		case TIMEOID:
		case TIMETZOID:
			return is_day(reader, value) ? read_by_input(reader, value)
				: read_time(reader, value);
		case TEXTOID:
			return read_text(value);
		default:
			return read_by_input(reader, value);
	}
}

/* 0 and the like, for what has not happened yet. */
static bool
is_no_time(const GmfDatumReader *reader, const GmfValue *value)
{
	return (reader->base == TIMESTAMPTZOID || reader->base == TIMESTAMPOID ||
			reader->base == DATEOID) &&
		(value->kind == GMF_NUMBER || value->kind == GMF_STRING) &&
		gmf_time_is_unset(value->text, value->length);
}

static Datum
read_integer(const GmfDatumReader *reader, const GmfValue *value)
{
	Oid			type = reader->base;
	int64		number;

	if ((value->kind != GMF_NUMBER && value->kind != GMF_STRING) ||
		!gmf_read_integer(value->text, value->length, &number))
		report_value(value, reader->type);
	if (type == INT8OID)
		return Int64GetDatum(number);
	if (number < (type == INT2OID ? PG_INT16_MIN : PG_INT32_MIN) ||
		number > (type == INT2OID ? PG_INT16_MAX : PG_INT32_MAX))
		report_value(value, reader->type);
	return type == INT2OID ? Int16GetDatum((int16) number) : Int32GetDatum((int32) number);
}

static Datum
read_time(const GmfDatumReader *reader, const GmfValue *value)
{
	int64		microseconds;
	bool		zoneless;
	TimestampTz timestamp;

	if ((value->kind != GMF_NUMBER && value->kind != GMF_STRING) ||
		!gmf_read_local_time(value->text, value->length, &microseconds, &zoneless))
		report_value(value, reader->type);
	timestamp = microseconds - EPOCH_DISTANCE;
	if (zoneless && reader->zone != NULL && IS_VALID_TIMESTAMP(timestamp))
		timestamp = time_in_zone(timestamp, reader->zone);
	if (!IS_VALID_TIMESTAMP(timestamp))
		report_value(value, reader->type);
	return time_as(reader, timestamp);
}

/*
 * Is it no moment, but a day or a time of day alone, or another form of these that only
 * PostgreSQL knows?  No zone changes these.
 */
static bool
is_day(const GmfDatumReader *reader, const GmfValue *value)
{
	int64		microseconds;
	bool		zoneless;

	if (!gmf_read_local_time(value->text, value->length, &microseconds, &zoneless))
		return true;
	return zoneless && memchr(value->text, ':', value->length) == NULL;
}

/* A moment as the session's time zone has it, as precise as the column is. */
static Datum
time_as(const GmfDatumReader *reader, TimestampTz timestamp)
{
	Datum		datum = TimestampTzGetDatum(timestamp);
	Datum		typmod = Int32GetDatum(reader->typmod);

	switch (reader->base)
	{
		case DATEOID:
			return DirectFunctionCall1(timestamptz_date, datum);
		case TIMEOID:
			return DirectFunctionCall2(time_scale, DirectFunctionCall1(timestamptz_time, datum),
									   typmod);
		case TIMETZOID:
			return DirectFunctionCall2(timetz_scale,
									   DirectFunctionCall1(timestamptz_timetz, datum), typmod);
		case TIMESTAMPOID:
			return DirectFunctionCall2(timestamp_scale,
									   DirectFunctionCall1(timestamptz_timestamp, datum), typmod);
		default:
			return DirectFunctionCall2(timestamptz_scale, datum, typmod);
	}
}

/* As AT TIME ZONE does it. */
static TimestampTz
time_in_zone(Timestamp local, pg_tz *zone)
{
	struct pg_tm tm;
	fsec_t		fraction;

	if (timestamp2tm(local, NULL, &tm, &fraction, NULL, NULL) != 0)
		return DT_NOEND;
	return local + (int64) DetermineTimeZoneOffset(&tm, zone) * USECS_PER_SEC;
}

static Datum
read_text(const GmfValue *value)
{
	size_t		length;
	const char *text = to_server(value, &length);

	return PointerGetDatum(cstring_to_text_with_len(text, (int) length));
}

static Datum
read_by_input(const GmfDatumReader *reader, const GmfValue *value)
{
	char	   *text;
	Datum		jsonb;

	if (reader->base == JSONBOID && gmf_read_jsonb(value, &jsonb))
		return jsonb;

	/* A string that goes into a json column is that string, not JSON in it. */
	if (value->kind == GMF_STRING && reader->is_json)
	{
		StringInfoData quoted;

		initStringInfo(&quoted);
		escape_json(&quoted, to_cstring(value));
		text = quoted.data;
	}
	else
		text = to_cstring(value);
	if (!reader->keeps_blank && has_control(text) && !takes_control(reader->base))
		report_value(value, reader->type);
	return InputFunctionCall((FmgrInfo *) &reader->input, text, reader->ioparam, reader->typmod);
}

/* The input function would show it as it is when it refuses it. */
static bool
has_control(const char *text)
{
	while (*text != '\0' && (unsigned char) *text >= ' ' && *text != 0x7f)
		text++;
	return *text != '\0';
}

/* Can values of the type have line breaks in them, or might they, as far as we know? */
static bool
takes_control(Oid type)
{
	char		category;
	bool		preferred;

	get_type_category_preferred(type, &category, &preferred);
	return category == TYPCATEGORY_STRING || category == TYPCATEGORY_COMPOSITE ||
		category == TYPCATEGORY_ENUM || type == XMLOID || type >= FirstNormalObjectId;
}

/*
 * An array of the answer; a single value is an array of one, and a string that
 * joins several values is split.
 */
static Datum
read_array(const GmfDatumReader *reader, const GmfValue *value)
{
	Elements	elements = {reader->element, 0};
	GmfValue	element;
	GmfError	error;
	size_t		position = 0;
	int			got = 0;
	char	   *decoded = NULL;
	char	   *held = NULL;
	Datum		array;

	initStringInfo(&elements.data);
	initStringInfo(&elements.bitmap);
	elements.scratch = AllocSetContextCreate(CurrentMemoryContext, "gaussdb_mgmt_fdw element",
											 ALLOCSET_SMALL_SIZES);
	gmf_error_clear(&error);
	if (value->kind != GMF_ARRAY && !is_blank(value))
		add_pieces(&elements, reader->separator, value);
	while (value->kind == GMF_ARRAY &&
		   (got = gmf_array_next(value, &position, &element, &decoded, &error)) > 0)
	{
		bool		enough = true;

		/* The conversion may jump: nothing of the C heap may be held then. */
		if (decoded != NULL)
			enough = hold_element(&element, &held);
		free(decoded);
		decoded = NULL;
		if (!enough)
			ereport(ERROR,
					(errcode(ERRCODE_OUT_OF_MEMORY),
					 errmsg("out of memory"),
					 errdetail("Failed on request of size %zu.", element.length)));
		add_pieces(&elements, reader->separator, &element);
		if (held != NULL)
			pfree(held);
		held = NULL;
	}
	free(decoded);
	if (got < 0)
		report_value(value, reader->type);
	array = finish_array(&elements);
	MemoryContextDelete(elements.scratch);
	pfree(elements.data.data);
	pfree(elements.bitmap.data);
	return array;
}

/* Its text in palloc'd memory; false where there is none.  It does not jump. */
static bool
hold_element(GmfValue *element, char **held)
{
	*held = (char *) palloc_extended(element->length + 1, MCXT_ALLOC_NO_OOM | MCXT_ALLOC_HUGE);
	if (*held == NULL)
		return false;
	memcpy(*held, element->text, element->length);
	element->text = *held;
	return true;
}

static void
add_pieces(Elements *elements, const char *separator, const GmfValue *value)
{
	const char *start = value->text;
	const char *end = value->text + value->length;
	size_t		width = separator == NULL ? 0 : strlen(separator);

	if (width == 0 || value->kind != GMF_STRING)
	{
		add_element(elements, value);
		return;
	}
	/* Nothing joined with a separator is no element. */
	for (bool more = !is_blank(value); more;)
	{
		const char *found = (const char *) memmem(start, end - start, separator, width);
		const char *stop = found != NULL ? found : end;
		GmfValue	piece = *value;

		piece.text = start;
		piece.length = stop - start;
		add_element(elements, &piece);
		more = stop < end;
		start = stop + width;
	}
}

static void
add_element(Elements *elements, const GmfValue *value)
{
	MemoryContext old;
	Datum		datum;
	bool		isnull;

	CHECK_FOR_INTERRUPTS();
	if (elements->n >= (int) MaxArraySize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("array size exceeds the maximum allowed (%d)", (int) MaxArraySize)));
	old = MemoryContextSwitchTo(elements->scratch);
	datum = gmf_read_datum(elements->reader, value, &isnull);
	if (!isnull && elements->reader->length == -1)
		datum = PointerGetDatum(PG_DETOAST_DATUM(datum));
	MemoryContextSwitchTo(old);

	if (elements->n % BITS_PER_BYTE == 0)
		appendStringInfoCharMacro(&elements->bitmap, 0);
	if (isnull)
		elements->has_nulls = true;
	else
	{
		elements->bitmap.data[elements->n / BITS_PER_BYTE] |=
			(char) (1 << elements->n % BITS_PER_BYTE);
		append_datum(elements, datum);
	}
	elements->n++;
	MemoryContextReset(elements->scratch);
}

/* As arrays hold it: each begins where its type is aligned, counted from the first. */
static void
append_datum(Elements *elements, Datum datum)
{
	const GmfDatumReader *reader = elements->reader;
	StringInfo	data = &elements->data;
	int			start = data->len;
	int			end = (int) att_addlength_datum(start, reader->length, datum);
	int			next = (int) att_align_nominal(end, reader->align);

	enlargeStringInfo(data, next - start);
	if (reader->byvalue)
		store_att_byval(data->data + start, datum, reader->length);
	else
		memcpy(data->data + start, DatumGetPointer(datum), end - start);
	memset(data->data + end, 0, next - end);
	data->len = next;
}

static Datum
finish_array(const Elements *elements)
{
	const GmfDatumReader *reader = elements->reader;
	bool		has_nulls = elements->has_nulls;
	Size		overhead = has_nulls ? ARR_OVERHEAD_WITHNULLS(1, elements->n)
		: ARR_OVERHEAD_NONULLS(1);
	Size		size = overhead + elements->data.len;
	ArrayType  *array;
	bits8	   *bitmap;

	if (elements->n == 0)
		return PointerGetDatum(construct_empty_array(reader->type));
	if (!AllocSizeIsValid(size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("array size exceeds the maximum allowed (%d)", (int) MaxAllocSize)));
	array = (ArrayType *) palloc0(size);
	SET_VARSIZE(array, size);
	array->ndim = 1;
	array->dataoffset = has_nulls ? (int32) overhead : 0;
	array->elemtype = reader->type;
	ARR_DIMS(array)[0] = elements->n;
	ARR_LBOUND(array)[0] = 1;
	bitmap = ARR_NULLBITMAP(array);
	if (bitmap != NULL)
		memcpy(bitmap, elements->bitmap.data, elements->bitmap.len);
	memcpy(ARR_DATA_PTR(array), elements->data.data, elements->data.len);
	return PointerGetDatum(array);
}

static bool
is_blank(const GmfValue *value)
{
	if (value->kind != GMF_STRING)
		return false;
	for (size_t i = 0; i < value->length; i++)
		if (value->text[i] != ' ')
			return false;
	return true;
}

/* In the database's encoding; perhaps the value's own bytes, without an end. */
static const char *
to_server(const GmfValue *value, size_t *length)
{
	const char *text;

	if (value->kind == GMF_TRUE || value->kind == GMF_FALSE)
	{
		text = value->kind == GMF_TRUE ? "true" : "false";
		*length = strlen(text);
		return text;
	}
	if (memchr(value->text, '\0', value->length) != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNTRANSLATABLE_CHARACTER),
				 errmsg("the API sent a string with the character U+0000, which text cannot "
						"hold")));
	text = pg_any_to_server(value->text, (int) value->length, PG_UTF8);
	*length = text == value->text ? value->length : strlen(text);
	return text;
}

/* The same with an end. */
static char *
to_cstring(const GmfValue *value)
{
	size_t		length;
	const char *text = to_server(value, &length);
	char	   *copy = (char *) palloc(length + 1);

	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

static void
report_value(const GmfValue *value, Oid type)
{
	int			shown = (int) Min(value->length, 100);

	shown = pg_encoding_mbcliplen(PG_UTF8, value->text, (int) Min(value->length, 10000), shown);
	ereport(ERROR,
			(errcode(ERRCODE_FDW_INVALID_DATA_TYPE),
			 errmsg("the API sent \"%s\", which is not of type %s",
					gmf_shown_utf8(pnstrdup(value->text, shown)),
					format_type_be(type)),
			 errhint("The column \"raw\" shows the item as the API sent it; a table may leave "
					 "the column out, or declare it as text.")));
}

bool
gmf_write_datum(Datum datum, Oid type, GmfInput *input)
{
	Oid			element = get_element_type(type);
	Oid			output;
	bool		varlena;
	TimestampTz timestamp;
	int			overflow = 0;

	memset(input, 0, sizeof(*input));
	if (OidIsValid(element))
		return write_array(datum, element, input);
	switch (type)
	{
		case BOOLOID:
			input->text = DatumGetBool(datum) ? "true" : "false";
			return true;
		case TIMESTAMPTZOID:
			return write_time(DatumGetTimestampTz(datum), 0, input);
		case TIMESTAMPOID:
			timestamp = timestamp2timestamptz_opt_overflow(DatumGetTimestamp(datum), &overflow);
			return write_time(timestamp, overflow, input);
		case DATEOID:
			timestamp = date2timestamptz_opt_overflow(DatumGetDateADT(datum), &overflow);
			return write_time(timestamp, overflow, input);
		case FLOAT8OID:
			return write_double(DatumGetFloat8(datum), input);
		default:
			getTypeOutputInfo(type, &output, &varlena);
			input->text = gmf_utf8(OidOutputFunctionCall(output, datum));
			return true;
	}
}

const char *
gmf_utf8(const char *text)
{
	return pg_server_to_any(text, (int) strlen(text), PG_UTF8);
}

bool
gmf_unwrite_datum(const char *text, Oid type, Datum *datum)
{
	int64		number;
	Oid			input;
	Oid			ioparam;

	switch (type)
	{
		case INT2OID:
		case INT4OID:
		case INT8OID:
			number = strtoll(text, NULL, 10);
			*datum = type == INT8OID ? Int64GetDatum(number)
				: type == INT4OID ? Int32GetDatum((int32) number) : Int16GetDatum((int16) number);
			return type == INT8OID ||
				(type == INT4OID ? number == (int32) number : number == (int16) number);
		case TIMESTAMPTZOID:
			*datum = TimestampTzGetDatum(strtoll(text, NULL, 10) - EPOCH_DISTANCE);
			return true;
		default:
			getTypeInputInfo(type, &input, &ioparam);
			*datum = OidInputFunctionCall(input, pg_any_to_server(text, strlen(text), PG_UTF8),
										  ioparam, -1);
			return true;
	}
}

static bool
write_time(TimestampTz timestamp, int overflow, GmfInput *input)
{
	int64		microseconds;

	if (overflow != 0 || TIMESTAMP_NOT_FINITE(timestamp) ||
		pg_add_s64_overflow(timestamp, EPOCH_DISTANCE, &microseconds))
		return false;
	input->text = psprintf(INT64_FORMAT, microseconds);
	return true;
}

/* The shortest text that is this number and no other, whatever extra_float_digits is. */
static bool
write_double(double number, GmfInput *input)
{
	char		text[DOUBLE_SHORTEST_DECIMAL_LEN];

	if (!isfinite(number))
		return false;
	/* Zero has two signs, and is one number. */
	double_to_shortest_decimal_buf(number == 0 ? 0 : number, text);
	input->text = pstrdup(text);
	return true;
}

static bool
write_array(Datum datum, Oid element, GmfInput *input)
{
	int16		length;
	bool		byvalue;
	char		align;
	Datum	   *values;
	bool	   *nulls;
	const char **texts;
	int			n;

	get_typlenbyvalalign(element, &length, &byvalue, &align);
	deconstruct_array(DatumGetArrayTypeP(datum), element, length, byvalue, align,
					  &values, &nulls, &n);
	texts = (const char **) palloc(Max(n, 1) * sizeof(char *));
	for (int i = 0; i < n; i++)
	{
		GmfInput	one;

		CHECK_FOR_INTERRUPTS();
		if (nulls[i] || !gmf_write_datum(values[i], element, &one))
			return false;
		texts[i] = one.text;
	}
	input->elements = texts;
	input->nelements = n;
	return true;
}
