/*
 * fetch_link.c
 *		Pages that are named by a link: a URL in the answer.
 *
 * Only the query of it is followed: which host and which path are asked is for the user to
 * say, not for a service.
 */
#include "fetch_internal.h"

#include <stdlib.h>
#include <string.h>

static bool find_url(const GmfValue *value, GmfAnswer **holder, GmfShape **shape, GmfValue *url,
					 GmfError *error);

/*
 * The query of a link, allocated; NULL where there is no link.  The value is a URL, an object
 * with its "href", or an array of such objects of which one has "next" as its "rel".  False with
 * an error, also for a link that has no query: that would be the first page again.
 */
bool
gmf_link_query(const GmfValue *value, char **query, GmfError *error)
{
	GmfAnswer  *holder = NULL;
	GmfShape   *shape = NULL;
	GmfValue	url;
	const char *begin = NULL;
	const char *end;
	bool		done = find_url(value, &holder, &shape, &url, error);

	*query = NULL;
	if (done && url.length > 0)
	{
		begin = memchr(url.text, '?', url.length);
		end = memchr(url.text, '#', url.length);
		if (end == NULL)
			end = url.text + url.length;
		if (begin == NULL || begin + 1 >= end || memchr(begin, '\0', (size_t) (end - begin)))
			done = gmf_error_set(error, GMF_MALFORMED,
								 "the link to the next page has no query that could be followed");
		else if ((*query = strndup(begin + 1, (size_t) (end - begin) - 1)) == NULL)
			done = gmf_no_memory(error);
	}
	gmf_answer_free(holder);
	gmf_shape_free(shape);
	return done;
}

/* The text of *url lives as long as the holder; its length is 0 where there is none. */
static bool
find_url(const GmfValue *value, GmfAnswer **holder, GmfShape **shape, GmfValue *url,
		 GmfError *error)
{
	static const char *const paths[] = {"href", "rel"};
	GmfValue	values[2];
	int			got;

	*url = (GmfValue) {GMF_ABSENT, NULL, 0};
	if (value->kind == GMF_STRING)
		*url = *value;
	if (value->kind != GMF_OBJECT && value->kind != GMF_ARRAY)
		return true;
	*shape = gmf_shape_new(value->kind == GMF_ARRAY ? "[]" : "", NULL, paths, 2, error);
	if (*shape != NULL)
		*holder = gmf_answer_open(*shape, value->text, value->length, error);
	if (*holder == NULL)
		return false;
	while ((got = gmf_answer_next(*holder, values, error)) > 0)
	{
		if (values[0].kind != GMF_STRING ||
			(value->kind == GMF_ARRAY && (values[1].kind != GMF_STRING ||
										  values[1].length != 4 ||
										  memcmp(values[1].text, "next", 4) != 0)))
			continue;
		*url = values[0];
		return true;
	}
	return got == 0;
}
