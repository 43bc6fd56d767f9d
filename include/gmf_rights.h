/*
 * gmf_rights.h
 *		What a foreign table may have its readers send.
 *
 * A table is read with the credential of whoever reads it, while its owner wrote the
 * request.  So that reading never does more than the reader could know, what a table's
 * options add to the requests of the catalog is bounded by the rights of the table's
 * owner, and is sent only for readers with USAGE on the server.
 *
 * "Trusted" is a superuser, or who has the privileges of the server's owner: he could
 * as well change where all requests of the server go.
 */
#ifndef GMF_RIGHTS_H
#define GMF_RIGHTS_H

#include "postgres.h"

#include "gmf_catalog.h"
#include "gmf_options.h"

/* Is it a foreign-data wrapper of this extension? */
extern bool gmf_is_our_wrapper(Oid wrapperid);

/*
 * When options are set: ERROR where they need more than the current user could have on any
 * server.  NULL: the option is not given.  The validator does not know the server, so
 * the two below look again when the table is used.
 */
extern void gmf_rights_set_table(const char *method, const char *path,
								 const char *paging_location);
extern void gmf_rights_set_column(const char *location, const char *parameter);

/* A route that the table's options describe: ERROR where its owner may not. */
extern void gmf_rights_route(const GmfTable *table, const GmfRoute *route);

/* A parameter that a column's options add to a route: likewise. */
extern void gmf_rights_parameter(const GmfTable *table, const GmfRoute *route,
								 const GmfParameter *parameter);

/* May this user have it sent?  ERROR where not. */
extern void gmf_rights_read(const GmfTable *table, Oid userid);

#endif							/* GMF_RIGHTS_H */
