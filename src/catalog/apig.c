/*
 * apig.c
 *		API Gateway: its chapter.
 */
#include "apig.h"

static const GmfChapter *const chapters[] = {
	&gmf_apig_instances,
	NULL
};

const GmfService gmf_apig = {
	.name = "apig",
	.host = "apig",
	.title = "API Gateway",
	.chapters = chapters
};
