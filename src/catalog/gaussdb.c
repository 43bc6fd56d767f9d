/*
 * gaussdb.c
 *		GaussDB: its chapters in the order of the reference.
 */
#include "catalog_internal.h"

static const GmfChapter *const chapters[] = {
	&gmf_gaussdb_instances,
	&gmf_gaussdb_parameters,
	&gmf_gaussdb_backups,
	&gmf_gaussdb_jobs,
	NULL
};

const GmfService gmf_gaussdb = {
	.name = "gaussdb",
	.host = "gaussdb-opengauss",
	.title = "GaussDB",
	.chapters = chapters
};
