/*
 * slice.c
 *		Reading JSON text in place: no tree, no copy.
 *
 * Text from the network is checked completely while it is read: what is accepted
 * here is what jansson accepts (but for depth, and for numbers beyond a double,
 * which are valid JSON).  Text that was checked once is stepped over by looking at
 * quotes and brackets only.
 */
#include <string.h>

#include "answer_internal.h"

/* Eight bytes at a time, the first one lowest. */
#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))
#define WORD_SIZE ((ptrdiff_t) sizeof(uint64_t))

static bool check_value(GmfReader *reader);
static bool check_container(GmfReader *reader, bool object);
static bool check_string(GmfReader *reader, bool is_name);
static const char *check_escape(GmfReader *reader, const char *p, bool is_name);
static const char *check_utf8(GmfReader *reader, const char *p);
static bool check_number(GmfReader *reader);
static bool check_word(GmfReader *reader, const char *word, size_t length);
static const char *skip_value(const char *p, const char *end);
static const char *skip_container(const char *p, const char *end);
static const char *skip_string(const char *p, const char *end);
static const char *skip_scalar(const char *p, const char *end);
static int	go_on(GmfReader *reader, char closing);
static bool fail(GmfReader *reader, const char *p, const char *fault);
static bool cut_off(GmfReader *reader);

/* ---- small things that are used for every token ---- */

static inline void
pass_blanks(GmfReader *reader)
{
	const char *p = reader->next;

	while (p < reader->end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
		p++;
	reader->next = p;
}

static inline uint64_t
load_word(const char *p)
{
	uint64_t	word;

	memcpy(&word, p, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/*
 * The high bit of each byte of the word that is zero.  Bytes above the lowest
 * marked one may be marked wrongly, so only the lowest counts.
 */
static inline uint64_t
mark_zeros(uint64_t word)
{
	return (word - EACH_BYTE(0x01)) & ~word & EACH_BYTE(0x80);
}

static inline int
lowest_marked(uint64_t marks)
{
	return __builtin_ctzll(marks) >> 3;
}

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ---- the reader ---- */

void
gmf_reader_init(GmfReader *reader, const char *text, const char *end, bool checked)
{
	memset(reader, 0, sizeof(*reader));
	reader->next = text;
	reader->end = end;
	reader->checked = checked;
	pass_blanks(reader);
}

bool
gmf_reader_value(GmfReader *reader)
{
	if (!reader->checked)
		return check_value(reader);
	reader->next = skip_value(reader->next, reader->end);
	return true;
}

bool
gmf_reader_enter(GmfReader *reader)
{
	if (reader->depth >= GMF_MAX_DEPTH)
		return fail(reader, reader->next, "nested deeper than 200");
	reader->depth++;
	reader->next++;
	reader->fresh = true;
	return true;
}

int
gmf_reader_element(GmfReader *reader)
{
	return go_on(reader, ']');
}

int
gmf_reader_member(GmfReader *reader, GmfSlice *name)
{
	int			more = go_on(reader, '}');

	if (more <= 0)
		return more;
	if (*reader->next != '"')
	{
		fail(reader, reader->next, "no name of a member");
		return -1;
	}
	name->start = reader->next;
	if (reader->checked)
		reader->next = skip_string(reader->next, reader->end);
	else if (!check_string(reader, true))
		return -1;
	name->end = reader->next;

	pass_blanks(reader);
	if (reader->next < reader->end && *reader->next == ':')
	{
		reader->next++;
		pass_blanks(reader);
		if (reader->next < reader->end)
			return 1;
	}
	if (reader->next < reader->end)
		fail(reader, reader->next, "no colon after a name");
	else
		cut_off(reader);
	return -1;
}

bool
gmf_reader_finish(GmfReader *reader)
{
	pass_blanks(reader);
	if (reader->next < reader->end)
		return fail(reader, reader->next, "something after the end");
	return true;
}

/*
 * Behind a value of the container that was entered last, or at its beginning: 1 at the
 * next thing in it, 0 behind its closing bracket.
 */
static int
go_on(GmfReader *reader, char closing)
{
	pass_blanks(reader);
	if (reader->next < reader->end && *reader->next == closing)
	{
		reader->next++;
		reader->depth--;
		reader->fresh = false;
		return 0;
	}
	if (reader->next < reader->end && !reader->fresh)
	{
		if (*reader->next != ',')
		{
			fail(reader, reader->next, "no comma or closing bracket after a value");
			return -1;
		}
		reader->next++;
		pass_blanks(reader);
	}
	if (reader->next == reader->end)
	{
		cut_off(reader);
		return -1;
	}
	reader->fresh = false;
	return 1;
}

static bool
fail(GmfReader *reader, const char *p, const char *fault)
{
	reader->next = p;
	reader->fault = fault;
	return false;
}

static bool
cut_off(GmfReader *reader)
{
	return fail(reader, reader->end, "cut off");
}

bool
gmf_json_too_deep(const char *text)
{
	const char *end = text + strlen(text);
	int			depth = 0;

	while (text < end)
	{
		if (*text == '"')
		{
			text = skip_string(text, end);
			continue;
		}
		if (*text == '{' || *text == '[')
			depth++;
		else if (*text == '}' || *text == ']')
			depth--;
		if (depth > GMF_MAX_DEPTH)
			return true;
		text++;
	}
	return false;
}

/* ---- values ---- */

GmfValueKind
gmf_slice_kind(GmfSlice slice)
{
	if (slice.start == NULL)
		return GMF_ABSENT;
	switch (*slice.start)
	{
		case '"':
			return GMF_STRING;
		case '{':
			return GMF_OBJECT;
		case '[':
			return GMF_ARRAY;
		case 't':
			return GMF_TRUE;
		case 'f':
			return GMF_FALSE;
		case 'n':
			return GMF_NULL;
		default:
			return GMF_NUMBER;
	}
}

bool
gmf_slice_value(GmfSlice slice, GmfValue *value, json_t **decoded)
{
	size_t		length = (size_t) (slice.end - slice.start);

	*decoded = NULL;
	value->kind = gmf_slice_kind(slice);
	value->text = slice.start;
	value->length = length;
	if (value->kind != GMF_STRING)
		return true;

	value->text++;
	value->length -= 2;
	if (memchr(value->text, '\\', value->length) == NULL)
		return true;

	*decoded = json_loadb(slice.start, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	if (*decoded == NULL)
		return false;
	value->text = json_string_value(*decoded);
	value->length = json_string_length(*decoded);
	return true;
}

/* ---- checking ---- */

static bool
check_value(GmfReader *reader)
{
	if (reader->next == reader->end)
		return cut_off(reader);
	switch (*reader->next)
	{
		case '"':
			return check_string(reader, false);
		case '{':
			return check_container(reader, true);
		case '[':
			return check_container(reader, false);
		case 't':
			return check_word(reader, "true", 4);
		case 'f':
			return check_word(reader, "false", 5);
		case 'n':
			return check_word(reader, "null", 4);
		default:
			return check_number(reader);
	}
}

static bool
check_container(GmfReader *reader, bool object)
{
	GmfSlice	name;
	int			more;

	if (!gmf_reader_enter(reader))
		return false;
	for (;;)
	{
		more = object ? gmf_reader_member(reader, &name) : gmf_reader_element(reader);
		if (more <= 0)
			return more == 0;
		if (!check_value(reader))
			return false;
	}
}

/*
 * A string, from its opening quote.  The name of a member must not hold U+0000, which
 * neither jansson nor jsonb can represent there.
 */
static bool
check_string(GmfReader *reader, bool is_name)
{
	const char *p = reader->next + 1;
	const char *end = reader->end;

	while (p != NULL)
	{
		/* most bytes stand for themselves: ASCII, no quote, no backslash */
		while (end - p >= WORD_SIZE)
		{
			uint64_t	word = load_word(p);
			uint64_t	marks = mark_zeros(word ^ EACH_BYTE('"')) |
				mark_zeros(word ^ EACH_BYTE('\\')) |
				((word - EACH_BYTE(0x20)) & EACH_BYTE(0x80)) | (word & EACH_BYTE(0x80));

			if (marks != 0)
			{
				p += lowest_marked(marks);
				break;
			}
			p += WORD_SIZE;
		}
		if (p == end)
			return cut_off(reader);

		if (*p == '"')
		{
			reader->next = p + 1;
			return true;
		}
		if (*p == '\\')
			p = check_escape(reader, p, is_name);
		else if ((unsigned char) *p >= 0x80)
			p = check_utf8(reader, p);
		else if ((unsigned char) *p < 0x20)
			return fail(reader, p, "a control character in a string");
		else
			p++;
	}
	return false;
}

/* The code unit of \uXXXX at p, or -1. */
static int
code_unit(const char *p, const char *end)
{
	int			unit = 0;

	if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++)
	{
		char		c = p[i];

		if (is_digit(c))
			unit = unit * 16 + (c - '0');
		else if (c >= 'a' && c <= 'f')
			unit = unit * 16 + (c - 'a' + 10);
		else if (c >= 'A' && c <= 'F')
			unit = unit * 16 + (c - 'A' + 10);
		else
			return -1;
	}
	return unit;
}

/* One escape, or a pair of surrogates; returns what follows, or NULL. */
static const char *
check_escape(GmfReader *reader, const char *p, bool is_name)
{
	int			unit;
	int			second;

	if (reader->end - p < 2)
	{
		cut_off(reader);
		return NULL;
	}
	if (p[1] != 'u')
	{
		if (p[1] != '\0' && strchr("\"\\/bfnrt", p[1]) != NULL)
			return p + 2;
		fail(reader, p, "an unknown escape");
		return NULL;
	}

	unit = code_unit(p, reader->end);
	if (unit >= 0xD800 && unit <= 0xDBFF)
	{
		second = code_unit(p + 6, reader->end);
		if (second >= 0xDC00 && second <= 0xDFFF)
			return p + 12;
	}
	else if (unit >= 0 && (unit < 0xDC00 || unit > 0xDFFF) && !(is_name && unit == 0))
		return p + 6;
	fail(reader, p, "a bad \\u escape");
	return NULL;
}

/* Characters beyond ASCII, as many as there are; returns what follows, or NULL. */
static const char *
check_utf8(GmfReader *reader, const char *p)
{
	const char *end = reader->end;

	while (p < end && (unsigned char) *p >= 0x80)
	{
		unsigned char first = (unsigned char) *p;
		unsigned char low = 0x80;	/* bounds of the second byte */
		unsigned char high = 0xBF;
		int			more;

		if (first >= 0xC2 && first <= 0xDF)
			more = 1;
		else if (first >= 0xE0 && first <= 0xEF)
			more = 2;
		else if (first >= 0xF0 && first <= 0xF4)
			more = 3;
		else
			more = 0;

		/* no detours, no surrogates, nothing beyond U+10FFFF */
		if (first == 0xE0)
			low = 0xA0;
		else if (first == 0xED)
			high = 0x9F;
		else if (first == 0xF0)
			low = 0x90;
		else if (first == 0xF4)
			high = 0x8F;

		if (more == 0 || end - p <= more ||
			(unsigned char) p[1] < low || (unsigned char) p[1] > high ||
			(more > 1 && ((unsigned char) p[2] & 0xC0) != 0x80) ||
			(more > 2 && ((unsigned char) p[3] & 0xC0) != 0x80))
		{
			fail(reader, p, "invalid UTF-8");
			return NULL;
		}
		p += 1 + more;
	}
	return p;
}

static const char *
pass_digits(const char *p, const char *end)
{
	while (p < end && is_digit(*p))
		p++;
	return p;
}

static bool
check_number(GmfReader *reader)
{
	const char *end = reader->end;
	const char *p = reader->next;
	const char *digits;

	if (*p == '-')
		p++;
	digits = p;
	p = pass_digits(p, end);
	if (p == digits || (*digits == '0' && p - digits > 1))
		return fail(reader, reader->next, "not a value");

	if (p < end && *p == '.')
	{
		digits = ++p;
		p = pass_digits(p, end);
		if (p == digits)
			return fail(reader, p, "a bad number");
	}
	if (p < end && (*p == 'e' || *p == 'E'))
	{
		p++;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		digits = p;
		p = pass_digits(p, end);
		if (p == digits)
			return fail(reader, p, "a bad number");
	}
	reader->next = p;
	return true;
}

static bool
check_word(GmfReader *reader, const char *word, size_t length)
{
	if ((size_t) (reader->end - reader->next) < length)
		return fail(reader, reader->next, "not a value");
	if (memcmp(reader->next, word, length) != 0)
		return fail(reader, reader->next, "not a value");
	reader->next += length;
	return true;
}

/* ---- stepping over what was checked ---- */

static const char *
skip_value(const char *p, const char *end)
{
	if (p == end)
		return end;
	switch (*p)
	{
		case '"':
			return skip_string(p, end);
		case '{':
		case '[':
			return skip_container(p, end);
		default:
			return skip_scalar(p, end);
	}
}

static const char *
skip_container(const char *p, const char *end)
{
	int			depth = 0;

	while (p < end)
	{
		switch (*p)
		{
			case '"':
				p = skip_string(p, end);
				break;
			case '{':
			case '[':
				depth++;
				p++;
				break;
			case '}':
			case ']':
				p++;
				if (--depth == 0)
					return p;
				break;
			default:
				p++;
				break;
		}
	}
	return end;
}

/* From the opening quote to behind the closing one. */
static const char *
skip_string(const char *p, const char *end)
{
	p++;
	for (;;)
	{
		while (end - p >= WORD_SIZE)
		{
			uint64_t	word = load_word(p);
			uint64_t	marks = mark_zeros(word ^ EACH_BYTE('"')) |
				mark_zeros(word ^ EACH_BYTE('\\'));

			if (marks != 0)
			{
				p += lowest_marked(marks);
				break;
			}
			p += WORD_SIZE;
		}
		if (p >= end)
			return end;
		if (*p == '"')
			return p + 1;
		if (*p == '\\')
			p++;
		p++;
	}
}

static const char *
skip_scalar(const char *p, const char *end)
{
	while (p < end && *p != ',' && *p != '}' && *p != ']' && (unsigned char) *p > ' ')
		p++;
	return p;
}
