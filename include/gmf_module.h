/*
 * gmf_module.h
 *		The module: its entry points and its settings.
 */
#ifndef GMF_MODULE_H
#define GMF_MODULE_H

#include "postgres.h"

#include "fmgr.h"

/* GMF_VERSION comes from the control file, through the Makefile. */
#define GMF_USER_AGENT "gaussdb_mgmt_fdw/" GMF_VERSION

/* gaussdb_mgmt_fdw.dry_run, gaussdb_mgmt_fdw.log_actions */
extern bool gmf_dry_run;
extern bool gmf_log_actions;

extern PGDLLEXPORT Datum gaussdb_mgmt_fdw_handler(PG_FUNCTION_ARGS);

#endif							/* GMF_MODULE_H */
