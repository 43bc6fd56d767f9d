/*
 * dws.c
 *		GaussDB(DWS), the data warehouse: its chapters in the order of the reference.
 */
#include "dws.h"

static const GmfChapter *const chapters[] = {
	&gmf_dws_clusters,
	&gmf_dws_snapshots,
	NULL
};

const GmfService gmf_dws = {
	.name = "dws",
	.host = "dws",
	.title = "GaussDB(DWS)",
	.chapters = chapters
};
