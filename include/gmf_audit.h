/*
 * gmf_audit.h
 *		What was done in the cloud, and by whom: the log line, the table, and the
 *		word to who rolls back.
 */
#ifndef GMF_AUDIT_H
#define GMF_AUDIT_H

#include "postgres.h"

#include "foreign/foreign.h"

#include "gmf_session.h"

/* gaussdb_mgmt_fdw.log_actions, gaussdb_mgmt_fdw.action_table */
extern bool gmf_log_actions;
extern char *gmf_action_table;

/*
 * An exchange has ended that was to change something: write the log line, remember it for a
 * rollback, and, if it was accepted, add it to the table.  job: an id, or NULL.  A table that
 * cannot be written to is a WARNING: the action has been carried out.
 */
extern void gmf_audit(const char *function, const ForeignServer *server,
					  const GmfExchange *exchange, const char *job);

/*
 * For an error context callback of such an exchange (NULL: not begun): whoever cancels it
 * must know that it cannot be called back, and whose answer cannot be read, that it was accepted.
 */
extern void gmf_audit_context(const char *function, const ForeignServer *server,
							  const GmfExchange *exchange);

/* When the module is loaded. */
extern void gmf_audit_init(void);

#endif							/* GMF_AUDIT_H */
