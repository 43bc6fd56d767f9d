/*
 * shown.c
 *		Texts of others in messages.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "gmf_error.h"
#include "gmf_shown.h"

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
	return pg_any_to_server(clean, (int) strlen(clean), PG_UTF8);
}
