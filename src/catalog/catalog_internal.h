/*
 * catalog_internal.h
 *		What the files of the catalog know of each other: the services and
 *		their chapters.
 */
#ifndef CATALOG_INTERNAL_H
#define CATALOG_INTERNAL_H

#include "gmf_catalog.h"

extern const GmfService gmf_gaussdb;

extern const GmfChapter gmf_gaussdb_instances;
extern const GmfChapter gmf_gaussdb_parameters;
extern const GmfChapter gmf_gaussdb_backups;
extern const GmfChapter gmf_gaussdb_jobs;

#endif							/* CATALOG_INTERNAL_H */
