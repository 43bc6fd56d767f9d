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

static const GmfHost other_hosts[] = {
	{"gaussdb", "af-north-1|ap-southeast-5|cn-east-2|cn-east-4|cn-east-5|cn-north-12|me-east-1|"
	"tr-west-1"},
	{0}
};

const GmfService gmf_gaussdb = {
	.name = "gaussdb",
	.host = "gaussdb-opengauss",
	.other_hosts = other_hosts,
	.title = "GaussDB",
	.chapters = chapters
};
