/*
 * test_convert.c
 *		Numbers, booleans and times in all their forms.
 */
#define _GNU_SOURCE				/* timegm */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gmf_convert.h"

#define SECOND INT64_C(1000000)
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* The text in memory of exactly its size, for the sanitizer. */
static char *
exact_copy(const char *text)
{
	size_t		length = strlen(text);
	char	   *copy = malloc(length > 0 ? length : 1);

	assert_non_null(copy);
	memcpy(copy, text, length);
	return copy;
}

static bool
read_time(const char *text, int64_t *time)
{
	char	   *copy = exact_copy(text);
	bool		result = gmf_read_time(copy, strlen(text), time);

	free(copy);
	return result;
}

static bool
read_integer(const char *text, int64_t *number)
{
	char	   *copy = exact_copy(text);
	bool		result = gmf_read_integer(copy, strlen(text), number);

	free(copy);
	return result;
}

static bool
read_double(const char *text, double *number)
{
	char	   *copy = exact_copy(text);
	bool		result = gmf_read_double(copy, strlen(text), number);

	free(copy);
	return result;
}

static bool
read_boolean(const char *text, bool *value)
{
	char	   *copy = exact_copy(text);
	bool		result = gmf_read_boolean(copy, strlen(text), value);

	free(copy);
	return result;
}

/* ---- times ---- */

static void
times(void **state)
{
	static const struct
	{
		const char *text;
		int64_t		microseconds;
	}			cases[] =
	{
		{"2021-01-15 01:46:40 UTC", 1610675200 * SECOND},
		{"2021-01-15 01:46:40 (UTC)", 1610675200 * SECOND},
		{"2021-01-15 01:46:40", 1610675200 * SECOND},
		{"2021-01-15T01:46:40", 1610675200 * SECOND},
		{"2021-01-15 01:46:40 GMT", 1610675200 * SECOND},
		{"2021-01-15 01:46:40 utc", 1610675200 * SECOND},
		{"2021-01-15T01:46:40Z", 1610675200 * SECOND},
		{"2021-01-15t01:46:40z", 1610675200 * SECOND},
		{"  2021-01-15 \t 01:46:40 \n", 1610675200 * SECOND},
		{"2022-05-09T16:01:10+0800", 1652083270 * SECOND},
		{"2022-05-09T16:01:10+08:00", 1652083270 * SECOND},
		{"2022-05-09T16:01:10+08", 1652083270 * SECOND},
		{"2022-05-09 16:01:10 +0800", 1652083270 * SECOND},
		{"2022-05-09T16:01:10-0330", 1652124670 * SECOND},
		{"2022-05-09T16:01:10Z+0800", 1652083270 * SECOND},
		{"2022-05-09T16:01Z", 1652112060 * SECOND},
		{"2022-05-09 16:01", 1652112060 * SECOND},
		{"2022-05-09 16:01+0800", 1652083260 * SECOND},
		{"2022-05-09T16:01:10-00:00", 1652112070 * SECOND},
		{"2020-09-20 00:00:00 +0000 +0000", 1600560000 * SECOND},
		{"2020-09-20 08:00:00 +0800 +08", 1600560000 * SECOND},
		{"2020-09-20 00:00:00 +0000 UTC", 1600560000 * SECOND},
		{"2022-08-09T09:26:44.000+08:00", 1660008404 * SECOND},
		{"2022-08-09T01:26:44.5Z", 1660008404 * SECOND + 500000},
		{"2022-08-09T01:26:44.123456Z", 1660008404 * SECOND + 123456},
		{"2022-08-09T01:26:44.123456789Z", 1660008404 * SECOND + 123456},
		{"2022-08-09T01:26:44.000001", 1660008404 * SECOND + 1},
		{"2022-08-09T01:26:44.9999999999999999999999999", 1660008404 * SECOND + 999999},
		{"2022-05-09", 1652054400 * SECOND},
		{"1652112070000", 1652112070 * SECOND},
		{"1652112070123", 1652112070 * SECOND + 123000},
		{" 1652112070123 ", 1652112070 * SECOND + 123000},
		{"1652112070", 1652112070 * SECOND},
		{"165211207", 165211207 * SECOND},
		{"16521120700", 16521120700 * SECOND},
		{"165211207000", 165211207 * SECOND},
		{"16521120700000", 16521120700 * SECOND},
		{"000000000", 0},
		{"1970-01-01", 0},
		{"1969-12-31T23:59:59.999999", -1},
		{"1969-12-31", -86400 * SECOND},
		{"2000-02-29", 951782400 * SECOND},
		{"2024-02-29", 1709164800 * SECOND},
		{"2016-12-31T23:59:60Z", 1483228800 * SECOND},
		{"0001-01-01", INT64_C(-62135596800) * SECOND},
		{"0001-01-01T08:00:00+0800", INT64_C(-62135596800) * SECOND},
		{"9999-12-31T23:59:59.999999Z", INT64_C(253402300800) * SECOND - 1},
	};

	(void) state;
	for (size_t i = 0; i < LENGTH(cases); i++)
	{
		int64_t		time = 42;

		if (!read_time(cases[i].text, &time) || time != cases[i].microseconds)
			fail_msg("\"%s\" is read as %lld", cases[i].text, (long long) time);
	}
}

static void
not_times(void **state)
{
	static const char *const cases[] =
	{
		"", " ", "now", "null", "0", "-", "2021", "20210115", "12345678", "123456789012345",
		"-1652112070", "1652112070.5", "1.6e9", "165211207x", "1652112070 000",
		"2021-02-30", "2021-02-29", "1900-02-29", "2100-02-29", "2021-13-01", "2021-00-10",
		"2021-01-00", "2021-01-32", "2021-04-31", "0000-01-01", "10000-01-01", "2021-1-5",
		"2021/01/15", "2021-01-15T", "2021-01-15 ab", "2021-01-15x01:46:40", "2021-01-1501:46:40",
		"2021-01-15Z", "2021-01-15 UTC", "2021-01-15 T01:46:40",
		"2021-01-15 24:00:00", "2021-01-15 01:60:00", "2021-01-15 01:46:61", "2021-01-15 1:46:40",
		"2021-01-15 01:46.5", "2021-01-15 01:46:",
		"2021-01-15 01:46:4", "2021-01-15 01:46:40.", "2021-01-15 01:46:40.Z",
		"2021-01-15 01:46:40 CST", "2021-01-15 01:46:40 UTC+08", "2021-01-15 01:46:40ZZ",
		"2021-01-15 01:46:40 (UTC", "2021-01-15 01:46:40 ()", "2021-01-15 01:46:40+",
		"2021-01-15 01:46:40+8", "2021-01-15 01:46:40+080", "2021-01-15 01:46:40+08:",
		"2021-01-15 01:46:40+08:0", "2021-01-15 01:46:40+16:00", "2021-01-15 01:46:40+08:60",
		"2021-01-15 01:46:40+08000", "2021-01-15 01:46:40 +0000 +0800",
		"2021-01-15 01:46:40 UTC UTC UTC", "2021-01-15T01:46:40Zx", "22:00-23:00",
		"0001-01-01T00:00:00+0800", "9999-12-31T23:59:60Z", "9999-12-31T20:00:00-0800",
		"2021-01-15 01:46:40 \010UTC)", "\xef\xbc\222021-01-15",
		"2022-08-009T03:06:52+0800"
	};

	(void) state;
	for (size_t i = 0; i < LENGTH(cases); i++)
	{
		int64_t		time = 42;

		if (read_time(cases[i], &time))
			fail_msg("\"%s\" is read as %lld", cases[i], (long long) time);
		assert_int_equal(time, 42);
	}
}

static void
assert_written(int64_t microseconds, GmfTimeForm form, const char *expected)
{
	char		buffer[GMF_TIME_SIZE];

	memset(buffer, 'x', sizeof(buffer));
	assert_true(gmf_write_time(microseconds, form, buffer));
	assert_string_equal(buffer, expected);
}

static void
written_times(void **state)
{
	const int64_t time = 1652112070 * SECOND + 987654;
	char		buffer[GMF_TIME_SIZE];

	(void) state;
	assert_written(time, GMF_TIME_OFFSET, "2022-05-09T16:01:10+0000");
	assert_written(time, GMF_TIME_ZULU, "2022-05-09T16:01:10Z");
	assert_written(time, GMF_TIME_PLAIN, "2022-05-09 16:01:10");
	assert_written(time, GMF_TIME_DATE, "2022-05-09");
	assert_written(time, GMF_TIME_MILLIS, "1652112070987");

	/* cut towards the past, also before 1970 */
	assert_written(-1, GMF_TIME_ZULU, "1969-12-31T23:59:59Z");
	assert_written(-1, GMF_TIME_MILLIS, "-1");
	assert_written(-1001, GMF_TIME_MILLIS, "-2");
	assert_written(-1, GMF_TIME_DATE, "1969-12-31");

	assert_written(INT64_C(-62135596800) * SECOND, GMF_TIME_ZULU, "0001-01-01T00:00:00Z");
	assert_written(INT64_C(253402300800) * SECOND - 1, GMF_TIME_ZULU, "9999-12-31T23:59:59Z");
	assert_false(gmf_write_time(INT64_C(-62135596800) * SECOND - 1, GMF_TIME_ZULU, buffer));
	assert_false(gmf_write_time(INT64_C(253402300800) * SECOND, GMF_TIME_MILLIS, buffer));
	assert_false(gmf_write_time(INT64_MAX, GMF_TIME_DATE, buffer));
	assert_false(gmf_write_time(INT64_MIN, GMF_TIME_OFFSET, buffer));
	assert_false(gmf_write_time(INT64_MIN, GMF_TIME_MILLIS, buffer));
	assert_false(gmf_write_time(time, GMF_TIME_NONE, buffer));
	assert_string_equal(buffer, "");
}

/* Every day of 9999 years, against the C library's calendar. */
static void
all_days(void **state)
{
	const int64_t first = -719162;
	const int64_t last = 2932896;
	char		expected[GMF_TIME_SIZE];

	(void) state;
	for (int64_t day = first; day <= last; day++)
	{
		char		buffer[GMF_TIME_SIZE];
		int64_t		time;

		if (!gmf_write_time(day * 86400 * SECOND + 86399 * SECOND, GMF_TIME_DATE, buffer) ||
			!gmf_read_time(buffer, strlen(buffer), &time) || time != day * 86400 * SECOND)
			fail_msg("day %lld is written as %s", (long long) day, buffer);
		if (day % 29 == 0 || day == first || day == last)
		{
			time_t		seconds = (time_t) day * 86400;
			struct tm	tm;

			assert_non_null(gmtime_r(&seconds, &tm));
			snprintf(expected, sizeof(expected), "%04d-%02d-%02d",
					 (tm.tm_year + 1900) % 10000, tm.tm_mon + 1, tm.tm_mday);
			assert_string_equal(buffer, expected);
		}
	}
}

static void
all_forms_are_read_back(void **state)
{
	static const GmfTimeForm forms[] = {GMF_TIME_OFFSET, GMF_TIME_ZULU, GMF_TIME_PLAIN};

	(void) state;
	for (int64_t second = INT64_C(-62135596800); second < INT64_C(253402300800);
		 second += INT64_C(98765432))
	{
		for (size_t i = 0; i < LENGTH(forms); i++)
		{
			char		buffer[GMF_TIME_SIZE];
			int64_t		time;

			assert_true(gmf_write_time(second * SECOND + 999999, forms[i], buffer));
			assert_true(gmf_read_time(buffer, strlen(buffer), &time));
			assert_int_equal(time, second * SECOND);
		}
	}
}

/* ---- numbers ---- */

static void
integers(void **state)
{
	static const struct
	{
		const char *text;
		int64_t		number;
	}			cases[] =
	{
		{"120", 120}, {"120.0", 120}, {" 120 ", 120}, {"-5", -5}, {"+5", 5}, {"0", 0}, {"-0", 0},
		{"007", 7}, {"1e3", 1000}, {"1.5e1", 15}, {"1.50E+1", 15}, {"1200e-2", 12}, {"120.", 120},
		{"0.0000", 0}, {"0e999999999999999999999999", 0}, {".0", 0}, {"\t8000\r\n", 8000},
		{"\r8000\r", 8000},
		{"9223372036854775807", INT64_MAX}, {"-9223372036854775808", INT64_MIN},
		{"9223372036854775807.000", INT64_MAX}, {"922337203685477580.7e1", INT64_MAX},
		{"92233720368547758070000e-4", INT64_MAX},
		{"000000000000000000000000000000000000001", 1},
		{"1000000000000000000000000000000e-30", 1},
	};
	static const char *const wrong[] =
	{
		"", " ", ".", "-", "+", "e5", "1.5", "1e-1", "15e-2", "0.1", "abc", "12a", "1 2", "0x10",
		"1,000", "--1", "+-1", "1e", "1e+", "1e1.0", "NaN", "Infinity", "9223372036854775808",
		"-9223372036854775809", "18446744073709551616", "18446744073709551617", "1e19", "1e99999",
		"1e99999999999999999999", "1e-99999999999999999999", "10000000000000000000.0", "1_0",
		"true", "1.0.0", "\"1\""
	};

	(void) state;
	for (size_t i = 0; i < LENGTH(cases); i++)
	{
		int64_t		number = 42;

		if (!read_integer(cases[i].text, &number) || number != cases[i].number)
			fail_msg("\"%s\" is read as %lld", cases[i].text, (long long) number);
	}
	for (size_t i = 0; i < LENGTH(wrong); i++)
	{
		int64_t		number = 42;

		if (read_integer(wrong[i], &number) || number != 42)
			fail_msg("\"%s\" is read as %lld", wrong[i], (long long) number);
	}
}

static void
doubles(void **state)
{
	static const struct
	{
		const char *text;
		double		number;
	}			cases[] =
	{
		{"0", 0.0}, {"1.5", 1.5}, {" -2.25 ", -2.25}, {"1e3", 1000.0}, {"+0.1", 0.1},
		{".5", 0.5}, {"5.", 5.0}, {"1E-7", 1e-7},
		{"123456789012345678901234567890", 1.2345678901234568e29},
		{"1.7976931348623157e308", DBL_MAX}, {"5e-324", 4.9406564584124654e-324},
		{"1e-400", 0.0},
		{"0.100000000000000005551115123125782702118158340454101562500000000000000000001", 0.1},
	};
	static const char *const wrong[] =
	{
		"", " ", ".", "-", "1e", "NaN", "nan", "Infinity", "inf", "-inf", "1e400", "-1e309",
		"0x1p3", "1,5", "1.5x", "1 .5", "--1", "1.2.3", "1e1e1"
	};

	(void) state;
	for (size_t i = 0; i < LENGTH(cases); i++)
	{
		double		number = 42;

		if (!read_double(cases[i].text, &number) || number != cases[i].number)
			fail_msg("\"%s\" is read as %.17g", cases[i].text, number);
	}
	for (size_t i = 0; i < LENGTH(wrong); i++)
	{
		double		number = 42;

		if (read_double(wrong[i], &number) || number != 42)
			fail_msg("\"%s\" is read as %.17g", wrong[i], number);
	}
}

/* In a locale with a decimal comma, where the machine has one. */
static void
no_locale(void **state)
{
	static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "ru_RU.UTF-8"};
	double		number = 0;
	bool		comma = false;

	(void) state;
	for (size_t i = 0; i < LENGTH(names) && !comma; i++)
		comma = setlocale(LC_ALL, names[i]) != NULL;
	assert_true(read_double("1234.5", &number));
	assert_true(number == 1234.5);
	assert_false(read_double("1234,5", &number));
	setlocale(LC_ALL, "C");
	if (!comma)
		skip();
}

static void
booleans(void **state)
{
	static const struct
	{
		const char *text;
		bool		value;
	}			cases[] =
	{
		{"true", true}, {"TRUE", true}, {"True", true}, {"1", true}, {"yes", true}, {"On", true},
		{" true ", true}, {"false", false}, {"FALSE", false}, {"0", false}, {"No", false},
		{"oFF", false}
	};
	static const char *const wrong[] =
	{
		"", " ", "t", "f", "y", "n", "2", "-1", "01", "1.0", "tru", "truee", "true false", "null",
		"enabled", "of", "o", "\021"
	};

	(void) state;
	for (size_t i = 0; i < LENGTH(cases); i++)
	{
		bool		value = !cases[i].value;

		if (!read_boolean(cases[i].text, &value) || value != cases[i].value)
			fail_msg("\"%s\" is read as %d", cases[i].text, value);
	}
	for (size_t i = 0; i < LENGTH(wrong); i++)
	{
		bool		value;

		if (read_boolean(wrong[i], &value))
			fail_msg("\"%s\" is read as %d", wrong[i], value);
	}
}

static void
says_which_times_have_no_zone(void **state)
{
	static const struct
	{
		const char *text;
		bool		zoneless;
	}			cases[] = {
		{"2024-07-02 10:00:00", true}, {"2024-07-02T10:00:00.25", true}, {"2024-07-02", true},
		{" 2024-07-02 10:00:00 ", true}, {"2024-07-02 10:00:00 UTC", false},
		{"2024-07-02T10:00:00Z", false}, {"2024-07-02T10:00:00+0000", false},
		{"2024-07-02T10:00:00+08:00", false}, {"1719914400000", false}, {"1719914400", false},
	};

	(void) state;
	for (size_t i = 0; i < LENGTH(cases); i++)
	{
		int64_t		time;
		bool		zoneless = !cases[i].zoneless;

		if (!gmf_read_local_time(cases[i].text, strlen(cases[i].text), &time, &zoneless) ||
			zoneless != cases[i].zoneless)
			fail_msg("\"%s\"", cases[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] =
	{
		cmocka_unit_test(times),
		cmocka_unit_test(not_times),
		cmocka_unit_test(says_which_times_have_no_zone),
		cmocka_unit_test(written_times),
		cmocka_unit_test(all_days),
		cmocka_unit_test(all_forms_are_read_back),
		cmocka_unit_test(integers),
		cmocka_unit_test(doubles),
		cmocka_unit_test(no_locale),
		cmocka_unit_test(booleans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
