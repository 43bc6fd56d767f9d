/*
 * gmf_audit.h
 *		What was done in the cloud, and by whom: the lines of the log, the table, and the
 *		word to who rolls back.
 */
#ifndef GMF_AUDIT_H
#define GMF_AUDIT_H

#include "postgres.h"

#include "foreign/foreign.h"

#include "gmf_session.h"

/*
 * One action that changes something, from before it is sent.  Lives until the end of the
 * transaction, unless it turns out that nothing was done.
 */
typedef struct GmfAudit GmfAudit;

/*
 * An action is about to be sent: see to it that its record can be kept, and write the first
 * line of the log.  ERROR, before anything is sent, where the settings of the record were
 * set by whoever is to be recorded, or where the table cannot be written to.  function must
 * live as long as the transaction.
 */
extern GmfAudit *gmf_audit_begin(const char *function, const ForeignServer *server,
								 const GmfRequest *request);

/* This exchange carries it; whatever becomes of it, it is asked for the outcome. */
extern void gmf_audit_follow(GmfAudit *audit, const GmfExchange *exchange);

/* Before an exchange is freed whose action may not have ended: no error, no allocation. */
extern void gmf_audit_part(const GmfExchange *exchange);

/*
 * The exchange has ended: write the second line of the log, remember it for a rollback,
 * and, if it was accepted, add it to the table.  job: an id in UTF-8, or NULL.  The ERROR of a
 * table that cannot be written to has the context below.  Returns the audit, or NULL where
 * there is nothing to remember of it and it is gone.
 */
extern GmfAudit *gmf_audit_end(GmfAudit *audit, const char *job);

/*
 * For the error context callback of the call (NULL: not begun): whoever cancels it must know
 * that it cannot be called back, and who does not get its result, that it was accepted.
 */
extern void gmf_audit_context(GmfAudit *audit);

/* When the module is loaded: its settings, and what it has to hear of. */
extern void gmf_audit_init(void);

#endif							/* GMF_AUDIT_H */
