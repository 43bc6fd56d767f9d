/*
 * gmf_secret.h
 *		Secret arguments of actions: where their value comes from, and keeping
 *		them out of the log.
 *
 * A statement with a password in it can end up in the server log.  So a secret
 * argument may name the place of its value instead: 'setting:NAME' is the value
 * of a setting of the session, 'file:PATH' the content of a file of the database
 * server, without the newline at its end.  'literal:' before a value keeps
 * one that begins so.
 */
#ifndef GMF_SECRET_H
#define GMF_SECRET_H

#include "postgres.h"

#include "gmf_catalog.h"
#include "gmf_request.h"

/*
 * Replace an input that names the place of its value by the value, in the current memory
 * context.  True: the value itself stood in the statement.
 */
extern bool gmf_secret_resolve(const GmfArgument *argument, GmfInput *input);

#endif							/* GMF_SECRET_H */
