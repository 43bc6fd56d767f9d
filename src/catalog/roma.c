/*
 * roma.c
 *		ROMA Connect: its parts in the order in which one depends on the other.
 */
#include "roma.h"

static const GmfChapter *const chapters[] = {
	&gmf_roma_instances,
	&gmf_roma_apps,
	&gmf_roma_link,
	&gmf_roma_fdi,
	&gmf_roma_apis,
	NULL
};

const GmfService gmf_roma = {
	.name = "roma",
	.host = "roma",
	.title = "ROMA Connect",
	.chapters = chapters
};
