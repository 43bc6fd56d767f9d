/*
 * gmf_action.h
 *		Carrying out actions from SQL functions.
 */
#ifndef GMF_ACTION_H
#define GMF_ACTION_H

#include "postgres.h"

#include "foreign/foreign.h"

#include "gmf_connection.h"

/*
 * The server of that name, for a function: one of this extension, on which the current
 * user has USAGE.
 */
extern ForeignServer *gmf_action_server(const char *name);

/* The NOTICE of a dry run: what would be sent. */
extern void gmf_tell_dry_run(const GmfRequest *request, const ForeignServer *server);

/*
 * Is this call, which would change something, a rehearsal (gaussdb_mgmt_fdw.dry_run)?  ERROR
 * where the caller of a function with SECURITY DEFINER would have it do nothing.
 */
extern bool gmf_is_rehearsal(const char *function);

#endif							/* GMF_ACTION_H */
