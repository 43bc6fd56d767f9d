/*
 * test_error.c
 *		Texts of errors are bounded, valid UTF-8 and free of control characters.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "gmf_error.h"
#include "session_internal.h"

static void
cleans_texts(void **state)
{
	static const struct
	{
		const char *given;
		const char *kept;
	}			cases[] = {
		{"plain", "plain"},
		{"", ""},
		{"tab\tnewline\nbell\a\x7f.", "tab newline bell  ."},
		{"Größe 数据库 🐘", "Größe 数据库 🐘"},
		{"\xc3(", "?("},
		{"\xc0\x80", "??"},				/* overlong NUL */
		{"\xe0\x80\x80", "???"},		/* overlong */
		{"\xed\xa0\x80", "???"},		/* surrogate */
		{"\xf4\x90\x80\x80", "????"},	/* over U+10FFFF */
		{"\xf8\x88\x80\x80\x80", "?????"},
		{"\xc2\x85.", " ."},			/* C1 control */
		{"a\x1b[31mb\r\nLOG:  c\x07", "a [31mb  LOG:  c "},
		{"a\xe2\x80\xa8" "b\xe2\x80\xa9" "c", "a b c"},	/* separators of lines */
		{"a\xe2\x80\xae" "b\xe2\x81\xa6" "c\xe2\x80\x8f", "a b c "},	/* direction */
		{"\xe2\x80\xa6\xe2\x81\xa5\xe2\x80\xaf", "\xe2\x80\xa6\xe2\x81\xa5\xe2\x80\xaf"},
		{"\xc2\xa0.", "\xc2\xa0."},
		{"cut \xe6\x95", "cut ??"},
		{"\xff\xfe", "??"},
	};
	char		field[64];

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		gmf_error_text(field, sizeof(field), cases[i].given, -1);
		assert_string_equal(field, cases[i].kept);
	}
	gmf_error_text(field, sizeof(field), NULL, -1);
	assert_string_equal(field, "");
	gmf_error_text(field, sizeof(field), "a\0b", 3);
	assert_string_equal(field, "a b");
	gmf_error_text(field, sizeof(field), "abc", 2);
	assert_string_equal(field, "ab");
}

static void
cuts_between_characters(void **state)
{
	char		field[8];

	(void) state;
	gmf_error_text(field, sizeof(field), "1234567890", -1);
	assert_string_equal(field, "1234567");
	gmf_error_text(field, sizeof(field), "123456ü", -1);
	assert_string_equal(field, "123456");
	gmf_error_text(field, sizeof(field), "12345ü", -1);
	assert_string_equal(field, "12345ü");
	gmf_error_text(field, sizeof(field), "1234🐘", -1);
	assert_string_equal(field, "1234");
	gmf_error_text(field, 1, "1", -1);
	assert_string_equal(field, "");
}

static void
sets_kind_and_message_only(void **state)
{
	GmfError	error;
	char		long_text[5000];

	(void) state;
	memset(&error, 'x', sizeof(error));
	gmf_error_clear(&error);
	assert_int_equal(error.kind, GMF_OK);
	assert_string_equal(error.message, "");
	assert_string_equal(error.host, "");

	strcpy(error.host, "example.com");
	error.attempts = 3;
	assert_false(gmf_error_set(&error, GMF_THROTTLED, "%d of %s", 7, "them\n"));
	assert_int_equal(error.kind, GMF_THROTTLED);
	assert_string_equal(error.message, "7 of them ");
	assert_string_equal(error.host, "example.com");
	assert_int_equal(error.attempts, 3);

	memset(long_text, 'y', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	gmf_error_set(&error, GMF_BROKEN, "%s", long_text);
	assert_int_equal(strlen(error.message), sizeof(error.message) - 1);
}

static void
has_a_word_for_each_kind(void **state)
{
	(void) state;
	for (int kind = GMF_OK; kind <= GMF_UNAVAILABLE; kind++)
	{
		assert_string_not_equal(gmf_error_kind_name((GmfErrorKind) kind), "unknown");
		for (int other = GMF_OK; other < kind; other++)
			assert_string_not_equal(gmf_error_kind_name((GmfErrorKind) kind),
									gmf_error_kind_name((GmfErrorKind) other));
	}
	assert_string_equal(gmf_error_kind_name((GmfErrorKind) 99), "unknown");
}

static void
finds_headers(void **state)
{
	static const char headers[] = "X-A: first\r\nx-long-name:  blanks around \t\r\nX-Empty:\r\n"
		"X-A: second\r\nLast: end";
	size_t		length;

	(void) state;
	assert_memory_equal(gmf_header_find(headers, "x-a", &length), "first", 5);
	assert_int_equal(length, 5);
	assert_memory_equal(gmf_header_find(headers, "X-Long-Name", &length), "blanks around", 13);
	assert_int_equal(length, 13);
	assert_non_null(gmf_header_find(headers, "X-Empty", &length));
	assert_int_equal(length, 0);
	assert_memory_equal(gmf_header_find(headers, "last", &length), "end", 3);
	assert_int_equal(length, 3);
	assert_null(gmf_header_find(headers, "X-", &length));
	assert_null(gmf_header_find(headers, "first", &length));
	assert_null(gmf_header_find(NULL, "X-A", &length));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cleans_texts),
		cmocka_unit_test(cuts_between_characters),
		cmocka_unit_test(sets_kind_and_message_only),
		cmocka_unit_test(has_a_word_for_each_kind),
		cmocka_unit_test(finds_headers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
