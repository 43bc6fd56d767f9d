/*
 * fuzz_convert.c
 *		The conversions against the C library and against each other.
 */
#define _GNU_SOURCE				/* timegm */
#include <jansson.h>
#include <math.h>
#include <time.h>

#include "fuzz.h"
#include "gmf_convert.h"

#define SECOND INT64_C(1000000)

static void check_time(const char *text, size_t size);
static void check_forms(int64_t microseconds);
static void check_numbers(const char *text, size_t size);
static void check_boolean(const char *text, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *text = exact_copy(data, size);

	check_time(text, size);
	check_numbers(text, size);
	check_boolean(text, size);
	if (size == sizeof(int64_t))
	{
		int64_t		microseconds;

		memcpy(&microseconds, data, sizeof(microseconds));
		check_forms(microseconds);
	}
	free(text);
	return 0;
}

/* What looks like year to second must be that moment, give or take zone and fraction. */
static void
check_time(const char *text, size_t size)
{
	int64_t		microseconds;
	struct tm	tm = {0};
	char		copy[20] = "";
	char		blank;

	if (!gmf_read_time(text, size, &microseconds))
		return;
	check_forms(microseconds);
	REQUIRE(microseconds >= INT64_C(-62135596800) * SECOND);
	REQUIRE(microseconds < INT64_C(253402300800) * SECOND);

	while (size > 0 && strchr(" \t\n\v\f\r", *text) != NULL)
	{
		text++;
		size--;
	}
	memcpy(copy, text, size < 19 ? size : 19);
	if (sscanf(copy, "%4d-%2d-%2d%c%2d:%2d:%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &blank,
			   &tm.tm_hour, &tm.tm_min, &tm.tm_sec) == 7)
	{
		int64_t		expected;

		tm.tm_year -= 1900;
		tm.tm_mon--;
		expected = (int64_t) timegm(&tm) * SECOND;
		REQUIRE(llabs(microseconds - expected) < 16 * 3600 * SECOND);
		if (size == 19 || (size == 20 && (text[19] == 'Z' || text[19] == 'z')))
			REQUIRE(microseconds == expected);
	}
}

/* What is written is what the C library writes, and is read back as the same moment. */
static void
check_forms(int64_t microseconds)
{
	static const struct
	{
		GmfTimeForm form;
		const char *format;
		int64_t		unit;
	}			forms[] =
	{
		{GMF_TIME_OFFSET, "T%H:%M:%S+0000", SECOND},
		{GMF_TIME_ZULU, "T%H:%M:%SZ", SECOND},
		{GMF_TIME_PLAIN, " %H:%M:%S", SECOND},
		{GMF_TIME_DATE, "", 86400 * SECOND}
	};
	char		buffer[GMF_TIME_SIZE];
	char		expected[80];
	char		clock[40];
	int64_t		again;
	int64_t		second = microseconds / SECOND - (microseconds % SECOND < 0);
	time_t		seconds = (time_t) second;
	struct tm	tm;

	if (!gmf_write_time(microseconds, GMF_TIME_MILLIS, buffer))
	{
		REQUIRE(microseconds < INT64_C(-62135596800) * SECOND ||
				microseconds >= INT64_C(253402300800) * SECOND);
		return;
	}
	again = strtoll(buffer, NULL, 10) * 1000;
	REQUIRE(again <= microseconds && microseconds - again < 1000);

	REQUIRE(gmtime_r(&seconds, &tm) != NULL);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
	{
		clock[0] = '\0';
		if (forms[i].format[0] != '\0')
			strftime(clock, sizeof(clock), forms[i].format, &tm);
		snprintf(expected, sizeof(expected), "%04d-%02d-%02d%s", tm.tm_year + 1900, tm.tm_mon + 1,
				 tm.tm_mday, clock);
		REQUIRE(gmf_write_time(microseconds, forms[i].form, buffer));
		REQUIRE(strcmp(buffer, expected) == 0);
		REQUIRE(gmf_read_time(buffer, strlen(buffer), &again));
		REQUIRE(again <= microseconds && microseconds - again < forms[i].unit);
	}
}

/* Every number of JSON is one here, with the same value. */
static void
check_numbers(const char *text, size_t size)
{
	/* jansson loses a zero byte that follows a number */
	size_t		json_size = memchr(text, '\0', size) == NULL ? size : 0;
	json_t	   *exact = json_loadb(text, json_size, JSON_DECODE_ANY, NULL);
	json_t	   *real = json_loadb(text, json_size, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL,
								  NULL);
	int64_t		integer = 0;
	double		number = 0;
	bool		is_integer = gmf_read_integer(text, size, &integer);
	bool		is_number = gmf_read_double(text, size, &number);

	if (json_is_real(real))
		REQUIRE(is_number && number == json_real_value(real));
	if (json_is_integer(exact))
		REQUIRE(is_integer && integer == json_integer_value(exact));
	if (json_is_real(exact) && fabs(json_real_value(exact)) < 9e15 &&
		json_real_value(exact) != floor(json_real_value(exact)))
		REQUIRE(!is_integer);
	if (is_number)
		REQUIRE(isfinite(number));
	if (is_integer && is_number)	/* one of very many digits may be no double */
		REQUIRE((double) integer == number);
	json_decref(exact);
	json_decref(real);
}

static void
check_boolean(const char *text, size_t size)
{
	bool		value;
	double		number;
	bool		accepted = gmf_read_boolean(text, size, &value);

	if (size == 4 && memcmp(text, "true", size) == 0)
		REQUIRE(accepted && value);
	else if (size == 5 && memcmp(text, "false", size) == 0)
		REQUIRE(accepted && !value);
	else if (accepted && gmf_read_double(text, size, &number))
		REQUIRE(number == (value ? 1 : 0));
}
