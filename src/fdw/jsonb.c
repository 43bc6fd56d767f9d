/*
 * jsonb.c
 *		JSON of an answer as jsonb.
 *
 * A list read with all its columns is several kilobytes of JSON in each row, and most
 * of the time for it went into PostgreSQL's lexer, which copies every name and
 * every string.  Here nothing is checked again and no string is copied before the
 * jsonb itself is written.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "gmf_jsonb.h"

/* The longest string of jsonb.  Its other limits are looked at where it is written. */
#define MAX_LENGTH JENTRY_OFFLENMASK

/* Longer numbers than this are copied to memory of their own. */
#define USUAL_DIGITS 64

typedef struct Reader
{
	const char *next;			/* always before the end of a container: its closing
								 * bracket ends every loop */
	JsonbParseState *state;
} Reader;

static JsonbValue *push_object(Reader *reader);
static JsonbValue *push_array(Reader *reader);
static void push_value(Reader *reader, JsonbIteratorToken token);
static void push_string(Reader *reader, JsonbIteratorToken token);
static Datum read_number(Reader *reader);
static char pass_blanks(Reader *reader);

bool
gmf_read_jsonb(const GmfValue *value, Datum *jsonb)
{
	Reader		reader = {value->text, NULL};

	if ((value->kind != GMF_OBJECT && value->kind != GMF_ARRAY) ||
		value->length > MAX_LENGTH || GetDatabaseEncoding() != PG_UTF8 ||
		memchr(value->text, '\\', value->length) != NULL)
		return false;
	if (*value->text == '{')
		*jsonb = JsonbPGetDatum(JsonbValueToJsonb(push_object(&reader)));
	else if (*value->text == '[')
		*jsonb = JsonbPGetDatum(JsonbValueToJsonb(push_array(&reader)));
	else
		return false;			/* a list of plain values: the item itself */
	return true;
}

static JsonbValue *
push_object(Reader *reader)
{
	check_stack_depth();
	pushJsonbValue(&reader->state, WJB_BEGIN_OBJECT, NULL);
	reader->next++;
	while (pass_blanks(reader) != '}')
	{
		CHECK_FOR_INTERRUPTS();
		if (*reader->next == ',')
		{
			reader->next++;
			pass_blanks(reader);
		}
		push_string(reader, WJB_KEY);
		pass_blanks(reader);
		reader->next++;			/* the colon */
		pass_blanks(reader);
		push_value(reader, WJB_VALUE);
	}
	reader->next++;
	return pushJsonbValue(&reader->state, WJB_END_OBJECT, NULL);
}

static JsonbValue *
push_array(Reader *reader)
{
	check_stack_depth();
	pushJsonbValue(&reader->state, WJB_BEGIN_ARRAY, NULL);
	reader->next++;
	while (pass_blanks(reader) != ']')
	{
		CHECK_FOR_INTERRUPTS();
		if (*reader->next == ',')
		{
			reader->next++;
			pass_blanks(reader);
		}
		push_value(reader, WJB_ELEM);
	}
	reader->next++;
	return pushJsonbValue(&reader->state, WJB_END_ARRAY, NULL);
}

/* The value at which the reader stands, as a member or an element. */
static void
push_value(Reader *reader, JsonbIteratorToken token)
{
	JsonbValue	value;

	switch (*reader->next)
	{
		case '{':
			push_object(reader);
			return;
		case '[':
			push_array(reader);
			return;
		case '"':
			push_string(reader, token);
			return;
		case 't':
		case 'f':
			value.type = jbvBool;
			value.val.boolean = *reader->next == 't';
			reader->next += value.val.boolean ? strlen("true") : strlen("false");
			break;
		case 'n':
			value.type = jbvNull;
			reader->next += strlen("null");
			break;
		default:
			value.type = jbvNumeric;
			value.val.numeric = DatumGetNumeric(read_number(reader));
			break;
	}
	pushJsonbValue(&reader->state, token, &value);
}

/* Its bytes stay where they are until the jsonb is written. */
static void
push_string(Reader *reader, JsonbIteratorToken token)
{
	const char *start = reader->next + 1;
	const char *end = start;
	JsonbValue	value;

	while (*end != '"')
		end++;
	value.type = jbvString;
	value.val.string.val = (char *) start;
	value.val.string.len = (int) (end - start);
	reader->next = end + 1;
	pushJsonbValue(&reader->state, token, &value);
}

static Datum
read_number(Reader *reader)
{
	size_t		length = strspn(reader->next, "+-.0123456789Ee");
	char		usual[USUAL_DIGITS + 1];
	char	   *text = length <= USUAL_DIGITS ? usual : (char *) palloc(length + 1);

	memcpy(text, reader->next, length);
	text[length] = '\0';
	reader->next += length;
	return DirectFunctionCall3(numeric_in, CStringGetDatum(text), ObjectIdGetDatum(InvalidOid),
							   Int32GetDatum(-1));
}

/* Returns what follows them. */
static char
pass_blanks(Reader *reader)
{
	while (*reader->next == ' ' || *reader->next == '\n' || *reader->next == '\r' ||
		   *reader->next == '\t')
		reader->next++;
	return *reader->next;
}
