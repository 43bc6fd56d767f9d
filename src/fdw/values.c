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
#include "catalog/pg_type.h"
#include "common/int.h"
#include "common/shortest_dec.h"
#include "datatype/timestamp.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"

#include "gmf_compat.h"
#include "gmf_convert.h"
#include "gmf_jsonb.h"
#include "gmf_shown.h"
#include "gmf_values.h"

/* Between PostgreSQL's epoch and Unix's, microseconds. */
#define EPOCH_DISTANCE \
	((int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * USECS_PER_DAY)

static Datum read_scalar(const GmfDatumReader *reader, const GmfValue *value, bool *isnull);
static Datum read_integer(Oid type, const GmfValue *value);
static Datum read_time(const GmfDatumReader *reader, const GmfValue *value);
static TimestampTz time_in_zone(Timestamp local, pg_tz *zone);
static Datum read_text(const GmfValue *value);
static Datum read_by_input(const GmfDatumReader *reader, const GmfValue *value);
static bool has_control(const char *text);
static bool takes_control(Oid type);
static Datum read_array(const GmfDatumReader *reader, const GmfValue *value);
static void add_element(const GmfDatumReader *reader, ArrayBuildState **state,
						const GmfValue *element);
static bool is_blank(const GmfValue *value);
static const char *to_server(const GmfValue *value, size_t *length);
static char *to_cstring(const GmfValue *value);
static void report_value(const GmfValue *value, Oid type) gmf_noreturn;
static bool write_time(TimestampTz timestamp, int overflow, GmfInput *input);
static bool write_double(double number, GmfInput *input);
static char *to_utf8(char *text);
static bool write_array(Datum datum, Oid element, GmfInput *input);

void
gmf_datum_reader_init(GmfDatumReader *reader, Oid type, int32 typmod, const char *separator)
{
	Oid			base = getBaseType(type);
	Oid			input;

	memset(reader, 0, sizeof(*reader));
	reader->type = type;
	reader->typmod = typmod;
	reader->separator = separator;
	reader->element = type == base ? get_element_type(type) : InvalidOid;
	if (OidIsValid(reader->element))
	{
		get_typlenbyvalalign(reader->element, &reader->element_length,
							 &reader->element_byvalue, &reader->element_align);
		getTypeInputInfo(reader->element, &input, &reader->ioparam);
	}
	else
		getTypeInputInfo(type, &input, &reader->ioparam);
	fmgr_info(input, &reader->input);
	reader->scalar = OidIsValid(reader->element) ? reader->element : type;
	base = getBaseType(reader->scalar);
	reader->is_json = base == JSONBOID || base == JSONOID;
	reader->keeps_blank = reader->is_json || base == TEXTOID || base == VARCHAROID ||
		base == BPCHAROID || base == NAMEOID;
}

Datum
gmf_read_datum(const GmfDatumReader *reader, const GmfValue *value, bool *isnull)
{
	*isnull = false;
	if (value->kind == GMF_ABSENT || value->kind == GMF_NULL)
	{
		*isnull = true;
		return (Datum) 0;
	}
	if (OidIsValid(reader->element))
		return read_array(reader, value);
	return read_scalar(reader, value, isnull);
}

static Datum
read_scalar(const GmfDatumReader *reader, const GmfValue *value, bool *isnull)
{
	Oid			type = reader->scalar;
	double		number;
	bool		truth;

	if (value->kind == GMF_NULL ||
		(!reader->keeps_blank && is_blank(value)))
	{
		*isnull = true;
		return (Datum) 0;
	}
	switch (type)
	{
		case INT2OID:
		case INT4OID:
		case INT8OID:
			return read_integer(type, value);
		case FLOAT8OID:
			if (value->kind > GMF_STRING || value->kind < GMF_NUMBER ||
				!gmf_read_double(value->text, value->length, &number))
				report_value(value, type);
			return Float8GetDatum(number);
		case BOOLOID:
			if (value->kind == GMF_TRUE || value->kind == GMF_FALSE)
				return BoolGetDatum(value->kind == GMF_TRUE);
			if (value->kind > GMF_STRING ||
				!gmf_read_boolean(value->text, value->length, &truth))
				report_value(value, type);
			return BoolGetDatum(truth);
		case TIMESTAMPTZOID:
		case TIMESTAMPOID:
			return read_time(reader, value);
		case TEXTOID:
			return read_text(value);
		default:
			return read_by_input(reader, value);
	}
}

static Datum
read_integer(Oid type, const GmfValue *value)
{
	int64		number;

	if ((value->kind != GMF_NUMBER && value->kind != GMF_STRING) ||
		!gmf_read_integer(value->text, value->length, &number))
		report_value(value, type);
	if (type == INT8OID)
		return Int64GetDatum(number);
	if (number < (type == INT2OID ? PG_INT16_MIN : PG_INT32_MIN) ||
		number > (type == INT2OID ? PG_INT16_MAX : PG_INT32_MAX))
		report_value(value, type);
	return type == INT2OID ? Int16GetDatum((int16) number) : Int32GetDatum((int32) number);
}

static Datum
read_time(const GmfDatumReader *reader, const GmfValue *value)
{
	Oid			type = reader->scalar;
	int64		microseconds;
	bool		zoneless;
	TimestampTz timestamp;

	if ((value->kind != GMF_NUMBER && value->kind != GMF_STRING) ||
		!gmf_read_local_time(value->text, value->length, &microseconds, &zoneless))
		report_value(value, type);
	timestamp = microseconds - EPOCH_DISTANCE;
	if (zoneless && reader->zone != NULL && IS_VALID_TIMESTAMP(timestamp))
		timestamp = time_in_zone(timestamp, reader->zone);
	if (!IS_VALID_TIMESTAMP(timestamp))
		report_value(value, type);
	if (type == TIMESTAMPOID)
		return DirectFunctionCall1(timestamptz_timestamp, TimestampTzGetDatum(timestamp));
	return TimestampTzGetDatum(timestamp);
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

	if (reader->scalar == JSONBOID && gmf_read_jsonb(value, &jsonb))
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
	if (!reader->keeps_blank && has_control(text) && !takes_control(reader->scalar))
		report_value(value, reader->scalar);
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

	type = getBaseType(type);
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
	ArrayBuildState *state = initArrayResult(reader->element, CurrentMemoryContext, false);
	GmfValue	element;
	GmfError	error;
	size_t		position = 0;
	char	   *scratch = NULL;
	int			got;

	if (value->kind != GMF_ARRAY)
	{
		if (!is_blank(value))
			add_element(reader, &state, value);
		return makeArrayResult(state, CurrentMemoryContext);
	}
	gmf_error_clear(&error);
	while ((got = gmf_array_next(value, &position, &element, &scratch, &error)) > 0)
	{
		GmfValue	copy = element;

		/* The conversion may jump: nothing of the C heap may be held then. */
		copy.text = pnstrdup(element.text ? element.text : "", element.length);
		if (scratch != NULL)
			free(scratch);
		scratch = NULL;
		add_element(reader, &state, &copy);
	}
	free(scratch);
	if (got < 0)
		report_value(value, reader->type);
	return makeArrayResult(state, CurrentMemoryContext);
}

static void
add_element(const GmfDatumReader *reader, ArrayBuildState **state, const GmfValue *element)
{
	const char *start = element->text;
	const char *end = element->text + element->length;
	size_t		width = reader->separator == NULL ? 0 : strlen(reader->separator);
	/* Nothing joined with a separator is no element. */
	bool		more = width == 0 || !is_blank(element);

	while (more)
	{
		const char *stop = end;
		GmfValue	piece = *element;
		bool		isnull = false;
		Datum		datum;

		if (width > 0 && element->kind == GMF_STRING)
		{
			const char *found = (const char *) memmem(start, end - start, reader->separator, width);

			if (found != NULL)
				stop = found;
		}
		piece.text = start;
		piece.length = stop - start;
		datum = read_scalar(reader, &piece, &isnull);
		*state = accumArrayResult(*state, datum, isnull, reader->element, CurrentMemoryContext);
		more = stop < end;
		start = stop + width;
	}
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
			input->text = to_utf8(OidOutputFunctionCall(output, datum));
			return true;
	}
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

		if (nulls[i] || !gmf_write_datum(values[i], element, &one))
			return false;
		texts[i] = one.text;
	}
	input->elements = texts;
	input->nelements = n;
	return true;
}

static char *
to_utf8(char *text)
{
	return pg_server_to_any(text, strlen(text), PG_UTF8);
}
