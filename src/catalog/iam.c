/*
 * iam.c
 *		Identity and Access Management.  Its operation that issues tokens is no
 *		table and no function: the session uses it by itself.
 */
#include "catalog_internal.h"

static const GmfChapter *const chapters[] = {
	&gmf_iam_projects,
	NULL
};

const GmfService gmf_iam = {
	.name = "iam",
	.host = "iam",
	.title = "Identity and Access Management",
	.chapters = chapters
};
