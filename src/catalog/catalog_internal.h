/*
 * catalog_internal.h
 *		What the files of the catalog know of each other: the services, and the
 *		chapters of GaussDB and IAM. Those of the other services are in headers of
 *		their own.
 */
#ifndef CATALOG_INTERNAL_H
#define CATALOG_INTERNAL_H

#include "gmf_catalog.h"

/*
 * Codes with which GaussDB says, with another status than 404, that an instance is gone: the one
 * that the reference has for it, and the one that its lists of databases and of logs have.
 */
#define GMF_NO_INSTANCE "DBS.280404|DBS.200823"

extern const GmfService gmf_gaussdb;
extern const GmfService gmf_dws;
extern const GmfService gmf_drs;
extern const GmfService gmf_roma;
extern const GmfService gmf_apig;
extern const GmfService gmf_bcs;
extern const GmfService gmf_iam;

extern const GmfChapter gmf_gaussdb_versions;
extern const GmfChapter gmf_gaussdb_engines;
extern const GmfChapter gmf_gaussdb_storage;
extern const GmfChapter gmf_gaussdb_instances;
extern const GmfChapter gmf_gaussdb_parameters;
extern const GmfChapter gmf_gaussdb_upgrades;
extern const GmfChapter gmf_gaussdb_backups;
extern const GmfChapter gmf_gaussdb_logs;
extern const GmfChapter gmf_gaussdb_databases;
extern const GmfChapter gmf_gaussdb_tenants;
extern const GmfChapter gmf_gaussdb_tags;
extern const GmfChapter gmf_gaussdb_jobs;
extern const GmfChapter gmf_gaussdb_recycle_bin;
extern const GmfChapter gmf_gaussdb_historical;

extern const GmfChapter gmf_iam_projects;

#endif							/* CATALOG_INTERNAL_H */
