/*
 * error.c
 *		Errors as values: bounded texts that are always valid UTF-8.
 *
 * What ends up in an error comes from the network as often as from us, and is
 * handed to a database that refuses invalid text.  So every text goes through
 * gmf_error_text.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "session_internal.h"

static bool is_unseen(const char *text, size_t length);

void
gmf_error_clear(GmfError *error)
{
	memset(error, 0, sizeof(*error));
}

bool
gmf_error_set(GmfError *error, GmfErrorKind kind, const char *format,...)
{
	char		message[2 * sizeof(error->message)];
	va_list		args;

	va_start(args, format);
	if (vsnprintf(message, sizeof(message), format, args) < 0)
		message[0] = '\0';
	va_end(args);

	error->kind = kind;
	gmf_error_text(error->message, sizeof(error->message), message, -1);
	return false;
}

void
gmf_error_text(char *field, int size, const char *text, int length)
{
	size_t		left = text == NULL ? 0 : length < 0 ? strlen(text) : (size_t) length;
	size_t		used = 0;

	while (left > 0)
	{
		unsigned char first = (unsigned char) text[0];
		size_t		taken = gmf_utf8_sequence(text, left);
		bool		control = first < 0x20 || first == 0x7f || is_unseen(text, taken);
		size_t		put = taken == 0 || control ? 1 : taken;

		if (used + put >= (size_t) size)
			break;
		if (taken == 0)
			field[used] = '?';
		else if (control)
			field[used] = ' ';
		else
			memcpy(field + used, text, taken);
		used += put;
		text += taken == 0 ? 1 : taken;
		left -= taken == 0 ? 1 : taken;
	}
	field[used] = '\0';
}

/*
 * What changes how the rest is shown without being seen: control characters beyond ASCII
 * (U+0080 to U+009F), separators of lines (U+2028, U+2029), and what turns the direction
 * of writing (U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069).
 */
static bool
is_unseen(const char *text, size_t length)
{
	const unsigned char *byte = (const unsigned char *) text;

	if (length == 2)
		return byte[0] == 0xc2 && byte[1] < 0xa0;
	if (length != 3 || byte[0] != 0xe2)
		return false;
	return (byte[1] == 0x80 && (byte[2] == 0x8e || byte[2] == 0x8f ||
								(byte[2] >= 0xa8 && byte[2] <= 0xae))) ||
		(byte[1] == 0x81 && byte[2] >= 0xa6 && byte[2] <= 0xa9);
}

GmfErrorKind
gmf_status_kind(int status)
{
	switch (status)
	{
		case 401:
			return GMF_UNAUTHENTICATED;
		case 403:
			return GMF_FORBIDDEN;
		case 404:
			return GMF_NOT_FOUND;
		case 409:
			return GMF_CONFLICT;
		case 429:
			return GMF_THROTTLED;
	}
	if (status >= 500)
		return GMF_UNAVAILABLE;
	if (status >= 400)
		return GMF_REJECTED;
	return status >= 300 ? GMF_REDIRECTED : GMF_MALFORMED;
}

const char *
gmf_error_kind_name(GmfErrorKind kind)
{
	switch (kind)
	{
		case GMF_OK:
			return "ok";
		case GMF_INTERRUPTED:
			return "interrupted";
		case GMF_NO_MEMORY:
			return "no memory";
		case GMF_NO_DESCRIPTOR:
			return "no descriptor";
		case GMF_INVALID:
			return "invalid";
		case GMF_UNREACHABLE:
			return "unreachable";
		case GMF_UNTRUSTED:
			return "untrusted";
		case GMF_TIMED_OUT:
			return "timed out";
		case GMF_BROKEN:
			return "broken";
		case GMF_TOO_LARGE:
			return "too large";
		case GMF_MALFORMED:
			return "malformed";
		case GMF_REDIRECTED:
			return "redirected";
		case GMF_UNAUTHENTICATED:
			return "unauthenticated";
		case GMF_FORBIDDEN:
			return "forbidden";
		case GMF_NOT_FOUND:
			return "not found";
		case GMF_CONFLICT:
			return "conflict";
		case GMF_THROTTLED:
			return "throttled";
		case GMF_REJECTED:
			return "rejected";
		case GMF_UNAVAILABLE:
			return "unavailable";
	}
	return "unknown";
}

/*
 * RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.  The range of the
 * second byte is what excludes them.
 */
size_t
gmf_utf8_sequence(const char *text, size_t left)
{
	const unsigned char *byte = (const unsigned char *) text;
	unsigned char low = 0x80;
	unsigned char high = 0xbf;
	size_t		length;

	if (left == 0)
		return 0;
	if (byte[0] < 0x80)
		return 1;
	if (byte[0] >= 0xc2 && byte[0] <= 0xdf)
		length = 2;
	else if (byte[0] >= 0xe0 && byte[0] <= 0xef)
		length = 3;
	else if (byte[0] >= 0xf0 && byte[0] <= 0xf4)
		length = 4;
	else
		return 0;

	if (byte[0] == 0xe0)
		low = 0xa0;
	else if (byte[0] == 0xed)
		high = 0x9f;
	else if (byte[0] == 0xf0)
		low = 0x90;
	else if (byte[0] == 0xf4)
		high = 0x8f;

	if (left < length || byte[1] < low || byte[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if (byte[i] < 0x80 || byte[i] > 0xbf)
			return 0;
	return length;
}
