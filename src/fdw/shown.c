/*
 * shown.c
 *		Texts of others in messages.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "common/string.h"
#include "mb/pg_wchar.h"

#include "gmf_error.h"
#include "gmf_shown.h"

static char *to_server(char *utf8);

char *
gmf_shown(const char *text)
{
	return gmf_shown_utf8(pg_server_to_any(text, (int) strlen(text), PG_UTF8));
}

char *
gmf_shown_utf8(const char *text)
{
	size_t		size = strlen(text) + 1;
	char	   *clean = (char *) palloc(size);

	gmf_error_text(clean, (int) size, text, -1);
	return to_server(clean);
}

/*
 * With "?" for what the database's encoding cannot hold: a message must not end in another
 * error.
 */
static char *
to_server(char *utf8)
{
	int			encoding = GetDatabaseEncoding();
	int			left = (int) strlen(utf8);
	Oid			conversion;
	unsigned char *text;
	unsigned char *end;

	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII || pg_is_ascii(utf8))
		return utf8;
	conversion = FindDefaultConversionProc(PG_UTF8, encoding);
	text = (unsigned char *) palloc((Size) left * MAX_CONVERSION_GROWTH + 1);
	*text = '\0';
	for (end = text; left > 0;)
	{
		int			done = !OidIsValid(conversion) ? 0
			: pg_do_encoding_conversion_buf(conversion, PG_UTF8, encoding, (unsigned char *) utf8,
											left, end, left * MAX_CONVERSION_GROWTH + 1, true);

		end += strlen((char *) end);
		if (done < left)
		{
			*end++ = '?';
			*end = '\0';
			done += pg_utf_mblen((unsigned char *) utf8 + done);
		}
		utf8 += done;
		left -= Min(done, left);
	}
	return (char *) text;
}
