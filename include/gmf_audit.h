/*
 * gmf_audit.h
 *		What was done in the cloud, and by whom: the log line, the table, and the
 *		word to who rolls back.
 */
#ifndef GMF_AUDIT_H
#define GMF_AUDIT_H

#include "postgres.h"

#include "foreign/foreign.h"

#include "gmf_error.h"

/* gaussdb_mgmt_fdw.log_actions, gaussdb_mgmt_fdw.action_table */
extern bool gmf_log_actions;
extern char *gmf_action_table;

/* One action and its outcome: no argument but the target, no secret. */
typedef struct GmfAudit
{
	const char *function;
	const ForeignServer *server;
	const char *target;			/* method and path of the request */
	const char *job;			/* id, or NULL */
	const GmfError *error;		/* NULL: accepted */
	const char *request_id;		/* of the answer, or "" */
} GmfAudit;

/*
 * Write the log line, remember the action for a rollback, and, if it was accepted, add it
 * to the table.  A table that cannot be written to is a WARNING: the action has been
 * carried out.
 */
extern void gmf_audit(const GmfAudit *audit);

/* When the module is loaded. */
extern void gmf_audit_init(void);

#endif							/* GMF_AUDIT_H */
