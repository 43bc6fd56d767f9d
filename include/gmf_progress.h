/*
 * gmf_progress.h
 *		How far long scans are: NOTICEs for the one who waits, a view for all.
 *
 * The view needs shared memory, and so the module in shared_preload_libraries.
 */
#ifndef GMF_PROGRESS_H
#define GMF_PROGRESS_H

#include "postgres.h"

#include "gmf_scan.h"

/* gaussdb_mgmt_fdw.progress_interval: milliseconds between NOTICEs; 0: none */
extern int	gmf_progress_interval;

/* When the module is loaded. */
extern void gmf_progress_init(void);

/* A scan has waited, and goes on. */
extern void gmf_progress_report(GmfScan *scan);

/* A scan has ended. */
extern void gmf_progress_end(const GmfScan *scan);

#endif							/* GMF_PROGRESS_H */
