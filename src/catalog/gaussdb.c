/*
 * gaussdb.c
 *		GaussDB: its chapters in the order of the reference.
 */
#include "catalog_internal.h"

static const GmfChapter *const chapters[] = {
	&gmf_gaussdb_versions,
	&gmf_gaussdb_engines,
	&gmf_gaussdb_storage,
	&gmf_gaussdb_instances,
	&gmf_gaussdb_parameters,
	&gmf_gaussdb_upgrades,
	&gmf_gaussdb_backups,
	&gmf_gaussdb_logs,
	&gmf_gaussdb_databases,
	&gmf_gaussdb_tenants,
	&gmf_gaussdb_tags,
	&gmf_gaussdb_jobs,
	&gmf_gaussdb_recycle_bin,
	&gmf_gaussdb_historical,
	NULL
};

const GmfService gmf_gaussdb = {
	.name = "gaussdb",
	.host = "gaussdb-opengauss",
	.title = "GaussDB",
	.chapters = chapters
};
