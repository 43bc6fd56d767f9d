/*
 * convert.c
 *		Numbers, booleans and times by their content.
 *
 * Nothing here depends on the locale or the time zone of the process.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE				/* strtod_l */
#endif

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gmf_convert.h"

/* Microseconds. */
#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* 0001-01-01 and 10000-01-01 */
#define FIRST_TIME (-719162 * DAY)
#define LAST_TIME (2932897 * DAY)

/* Text that is read from left to right. */
typedef struct Text
{
	const char *next;
	const char *end;
} Text;

/* A decimal number: digits times a power of ten. */
typedef struct Decimal
{
	bool		negative;
	Text		digits;			/* a point may stand among them; it does not count */
	int64_t		exponent;
} Decimal;

static bool read_epoch(Text text, int64_t *microseconds);
static bool read_date(Text *text, int64_t *days);
static bool read_clock(Text *text, int64_t *microseconds);
static bool read_zones(Text *text, int64_t *east, bool *zoneless);
static bool read_zone(Text *text, int64_t *east);
static bool read_decimal(Text text, Decimal *decimal);
static bool whole_magnitude(const Decimal *decimal, uint64_t *magnitude);
static ptrdiff_t pass_digits(Text *text);
static bool read_digits(Text *text, int count, int *value);
static bool read_char(Text *text, const char *accepted);
static bool read_word(Text *text, const char *word);
static bool pass_blanks(Text *text);
static Text trim(const char *text, size_t length);
static int64_t days_from_date(int year, int month, int day);
static void date_from_days(int64_t days, int *year, int *month, int *day);
static int	days_of_month(int year, int month);
static int64_t divide_down(int64_t dividend, int64_t divisor);

/* ---- times ---- */

bool
gmf_read_time(const char *text, size_t length, int64_t *microseconds)
{
	bool		zoneless;

	return gmf_read_local_time(text, length, microseconds, &zoneless);
}

bool
gmf_read_local_time(const char *text, size_t length, int64_t *microseconds, bool *zoneless)
{
	Text		rest = trim(text, length);
	int64_t		days;
	int64_t		clock = 0;
	int64_t		east = 0;
	int64_t		result;

	*zoneless = false;
	if (read_epoch(rest, microseconds))
		return true;
	if (!read_date(&rest, &days))
		return false;
	*zoneless = true;
	if (rest.next < rest.end)
	{
		if (!read_char(&rest, "Tt") && !pass_blanks(&rest))
			return false;
		if (!read_clock(&rest, &clock) || !read_zones(&rest, &east, zoneless) ||
			rest.next < rest.end)
			return false;
	}
	result = days * DAY + clock - east;
	if (result < FIRST_TIME || result >= LAST_TIME)
		return false;
	*microseconds = result;
	return true;
}

bool
gmf_time_is_unset(const char *text, size_t length)
{
	Text		rest = trim(text, length);
	size_t		left = rest.end - rest.next;

	return (left == 1 && rest.next[0] == '0') || (left == 2 && memcmp(rest.next, "-1", 2) == 0);
}

bool
gmf_write_time(int64_t microseconds, GmfTimeForm form, char buffer[GMF_TIME_SIZE])
{
	int64_t		days;
	unsigned	second;
	unsigned	hour;
	unsigned	minute;
	int			year;
	int			month;
	int			day;
	int			length;

	buffer[0] = '\0';
	if (microseconds < FIRST_TIME || microseconds >= LAST_TIME)
		return false;
	if (form == GMF_TIME_MILLIS)
		return snprintf(buffer, GMF_TIME_SIZE, "%" PRId64,
						divide_down(microseconds, 1000)) > 0;

	days = divide_down(microseconds, DAY);
	date_from_days(days, &year, &month, &day);
	second = (unsigned) ((microseconds - days * DAY) / SECOND);
	hour = second / 3600;
	minute = second / 60 % 60;
	second %= 60;
	switch (form)
	{
		case GMF_TIME_OFFSET:
			length = snprintf(buffer, GMF_TIME_SIZE, "%04d-%02d-%02dT%02u:%02u:%02u+0000",
							  year, month, day, hour, minute, second);
			break;
		case GMF_TIME_ZULU:
			length = snprintf(buffer, GMF_TIME_SIZE, "%04d-%02d-%02dT%02u:%02u:%02uZ",
							  year, month, day, hour, minute, second);
			break;
		case GMF_TIME_PLAIN:
			length = snprintf(buffer, GMF_TIME_SIZE, "%04d-%02d-%02d %02u:%02u:%02u",
							  year, month, day, hour, minute, second);
			break;
		case GMF_TIME_DATE:
			length = snprintf(buffer, GMF_TIME_SIZE, "%04d-%02d-%02d", year, month, day);
			break;
		default:
			return false;
	}
	return length > 0 && length < GMF_TIME_SIZE;
}

/* Decimal digits only: seconds or milliseconds, by their number. */
static bool
read_epoch(Text text, int64_t *microseconds)
{
	int64_t		number = 0;
	const char *p = text.next;
	ptrdiff_t	count = pass_digits(&text);

	if (text.next < text.end || count < 9 || count > 14)
		return false;
	for (; p < text.end; p++)
		number = number * 10 + (*p - '0');
	*microseconds = number * (count >= 12 ? 1000 : SECOND);
	return true;
}

static bool
read_date(Text *text, int64_t *days)
{
	int			year;
	int			month;
	int			day;

	if (!read_digits(text, 4, &year) || !read_char(text, "-") ||
		!read_digits(text, 2, &month) || !read_char(text, "-") ||
		!read_digits(text, 2, &day))
		return false;
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_of_month(year, month))
		return false;
	*days = days_from_date(year, month, day);
	return true;
}

/* hh:mm:ss and perhaps a fraction, of which what is below a microsecond is cut off. */
static bool
read_clock(Text *text, int64_t *microseconds)
{
	int			hour;
	int			minute;
	int			second = 0;
	bool		has_seconds;
	int64_t		unit = SECOND;

	if (!read_digits(text, 2, &hour) || !read_char(text, ":") || !read_digits(text, 2, &minute))
		return false;
	has_seconds = read_char(text, ":");
	if (has_seconds && !read_digits(text, 2, &second))
		return false;
	if (hour > 23 || minute > 59 || second > 60)	/* 60: a leap second, told as the next */
		return false;
	*microseconds = hour * HOUR + minute * MINUTE + second * SECOND;

	if (has_seconds && read_char(text, "."))
	{
		int			digit;

		if (text->next == text->end || !read_digits(text, 1, &digit))
			return false;
		do
		{
			unit /= 10;
			*microseconds += digit * unit;
		} while (read_digits(text, 1, &digit));
	}
	return true;
}

/* The zone, UTC if there is none.  Some services say it twice: "+0000 UTC". */
static bool
read_zones(Text *text, int64_t *east, bool *zoneless)
{
	int64_t		again;

	*east = 0;
	pass_blanks(text);
	if (text->next == text->end)
		return true;
	*zoneless = false;
	if (!read_zone(text, east))
		return false;
	/* Some services write a Z that means nothing before the offset that counts. */
	if (text->next < text->end && text->next[-1] == 'Z' && strchr("+-", *text->next) != NULL &&
		!read_zone(text, east))
		return false;
	return !pass_blanks(text) || (read_zone(text, &again) && again == *east);
}

/* Microseconds east of UTC. */
static bool
read_zone(Text *text, int64_t *east)
{
	static const char *const names[] = {"z", "utc", "gmt", "(utc)", "(gmt)", NULL};
	int			hours;
	int			minutes = 0;
	bool		west;
	bool		colon;

	*east = 0;
	for (int i = 0; names[i] != NULL; i++)
	{
		if (read_word(text, names[i]))
			return true;
	}

	west = text->next < text->end && *text->next == '-';
	if (!read_char(text, "+-") || !read_digits(text, 2, &hours))
		return false;
	colon = read_char(text, ":");
	if (!read_digits(text, 2, &minutes) && colon)
		return false;
	if (hours > 15 || minutes > 59)
		return false;
	*east = hours * HOUR + minutes * MINUTE;
	if (west)
		*east = -*east;
	return true;
}

/* ---- numbers ---- */

bool
gmf_read_integer(const char *text, size_t length, int64_t *number)
{
	Decimal		decimal;
	uint64_t	magnitude;

	if (!read_decimal(trim(text, length), &decimal) || !whole_magnitude(&decimal, &magnitude))
		return false;
	if (magnitude > (uint64_t) INT64_MAX + (decimal.negative ? 1 : 0))
		return false;
	*number = (int64_t) (decimal.negative ? -magnitude : magnitude);
	return true;
}

bool
gmf_read_double(const char *text, size_t length, double *number)
{
	Text		number_text = trim(text, length);
	size_t		size = (size_t) (number_text.end - number_text.next) + 1;
	Decimal		decimal;
	char		buffer[64];
	char	   *copy = buffer;
	locale_t	plain;
	double		result = HUGE_VAL;

	if (!read_decimal(number_text, &decimal))
		return false;
	if (size > sizeof(buffer))
		copy = malloc(size);
	plain = newlocale(LC_ALL_MASK, "C", (locale_t) 0);
	if (copy != NULL && plain != (locale_t) 0)
	{
		memcpy(copy, number_text.next, size - 1);
		copy[size - 1] = '\0';
		result = strtod_l(copy, NULL, plain);
	}
	if (plain != (locale_t) 0)
		freelocale(plain);
	if (copy != buffer)
		free(copy);
	if (!isfinite(result))
		return false;
	*number = result;
	return true;
}

/* Sign, digits with or without a point, exponent; at least one digit. */
static bool
read_decimal(Text text, Decimal *decimal)
{
	ptrdiff_t	count;
	ptrdiff_t	decimals = 0;

	decimal->negative = text.next < text.end && *text.next == '-';
	decimal->exponent = 0;
	read_char(&text, "+-");
	decimal->digits.next = text.next;
	count = pass_digits(&text);
	if (read_char(&text, "."))
		decimals = pass_digits(&text);
	decimal->digits.end = text.next;
	if (count + decimals == 0)
		return false;

	if (read_char(&text, "eE"))
	{
		bool		negative = text.next < text.end && *text.next == '-';
		int			digit;

		read_char(&text, "+-");
		if (text.next == text.end)
			return false;
		while (read_digits(&text, 1, &digit))
		{
			if (decimal->exponent < INT64_MAX / 100)
				decimal->exponent = decimal->exponent * 10 + digit;
		}
		if (negative)
			decimal->exponent = -decimal->exponent;
	}
	decimal->exponent -= decimals;
	return text.next == text.end;
}

/* False when it is not whole or does not fit. */
static bool
whole_magnitude(const Decimal *decimal, uint64_t *magnitude)
{
	int64_t		exponent = decimal->exponent;
	int64_t		zeros = 0;		/* read, but perhaps at the end */

	*magnitude = 0;
	for (const char *p = decimal->digits.next; p < decimal->digits.end; p++)
	{
		if (*p == '.')
			continue;
		zeros++;
		if (*p == '0')
			continue;
		for (; zeros > 0 && *magnitude > 0; zeros--)
		{
			if (__builtin_mul_overflow(*magnitude, 10, magnitude))
				return false;
		}
		zeros = 0;
		if (__builtin_add_overflow(*magnitude, (uint64_t) (*p - '0'), magnitude))
			return false;
	}
	if (*magnitude == 0)
		return true;

	for (exponent += zeros; exponent > 0; exponent--)
	{
		if (__builtin_mul_overflow(*magnitude, 10, magnitude))
			return false;
	}
	return exponent == 0;
}

/* ---- booleans ---- */

bool
gmf_read_boolean(const char *text, size_t length, bool *value)
{
	static const struct
	{
		const char *word;
		bool		value;
	}			words[] =
	{
		{"true", true}, {"false", false}, {"1", true}, {"0", false},
		{"yes", true}, {"no", false}, {"on", true}, {"off", false}
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
	{
		Text		rest = trim(text, length);

		if (read_word(&rest, words[i].word) && rest.next == rest.end)
		{
			*value = words[i].value;
			return true;
		}
	}
	return false;
}

/* ---- text ---- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Their number. */
static ptrdiff_t
pass_digits(Text *text)
{
	const char *before = text->next;

	while (text->next < text->end && is_digit(*text->next))
		text->next++;
	return text->next - before;
}

/* So many digits, or nothing. */
static bool
read_digits(Text *text, int count, int *value)
{
	int			number = 0;

	if (text->end - text->next < count)
		return false;
	for (int i = 0; i < count; i++)
	{
		if (!is_digit(text->next[i]))
			return false;
		number = number * 10 + (text->next[i] - '0');
	}
	text->next += count;
	*value = number;
	return true;
}

/* One of the accepted characters, or nothing. */
static bool
read_char(Text *text, const char *accepted)
{
	if (text->next == text->end || *text->next == '\0' ||
		strchr(accepted, *text->next) == NULL)
		return false;
	text->next++;
	return true;
}

/* The word, given in small letters, in any case; or nothing. */
static bool
read_word(Text *text, const char *word)
{
	const char *p = text->next;

	for (; *word != '\0'; word++, p++)
	{
		if (p == text->end)
			return false;
		if (*p != *word && !(*p >= 'A' && *p <= 'Z' && *p - 'A' + 'a' == *word))
			return false;
	}
	text->next = p;
	return true;
}

/* True if there were any. */
static bool
pass_blanks(Text *text)
{
	const char *before = text->next;

	while (text->next < text->end && is_blank(*text->next))
		text->next++;
	return text->next > before;
}

static Text
trim(const char *text, size_t length)
{
	Text		trimmed = {text, text + length};

	pass_blanks(&trimmed);
	while (trimmed.end > trimmed.next && is_blank(trimmed.end[-1]))
		trimmed.end--;
	return trimmed;
}

/* ---- the calendar ---- */

/* Days before the first of March of a year: leap days are at the end of such years. */
static int64_t
days_before_march(int64_t year)
{
	return 365 * year + divide_down(year, 4) - divide_down(year, 100) + divide_down(year, 400);
}

/* Days before a month in a year that begins in March (0). */
static int
days_before_month(int month)
{
	return (153 * month + 2) / 5;
}

/* Since 1970-01-01, Gregorian. */
static int64_t
days_from_date(int year, int month, int day)
{
	int			march_year = month > 2 ? year : year - 1;
	int			march_month = month > 2 ? month - 3 : month + 9;

	return days_before_march(march_year) + days_before_month(march_month) + day - 1 -
		(days_before_march(1969) + days_before_month(10));
}

static void
date_from_days(int64_t days, int *year, int *month, int *day)
{
	int			march_month = 11;

	days += days_before_march(1969) + days_before_month(10);
	*year = (int) divide_down(days * 400, 146097) + 1;	/* at most one too late */
	while (days_before_march(*year) > days)
		(*year)--;
	days -= days_before_march(*year);

	while (days_before_month(march_month) > days)
		march_month--;
	*day = (int) days - days_before_month(march_month) + 1;
	*month = march_month < 10 ? march_month + 3 : march_month - 9;
	if (*month < 3)
		(*year)++;
}

static int
days_of_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool		leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static int64_t
divide_down(int64_t dividend, int64_t divisor)
{
	return dividend / divisor - (dividend % divisor < 0 ? 1 : 0);
}
