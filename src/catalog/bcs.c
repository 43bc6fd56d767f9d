/*
 * bcs.c
 *		Blockchain Service: its chapter.
 */
#include "bcs.h"

static const GmfChapter *const chapters[] = {
	&gmf_bcs_instances,
	NULL
};

const GmfService gmf_bcs = {
	.name = "bcs",
	.host = "bcs",
	.title = "Blockchain Service",
	.chapters = chapters
};
