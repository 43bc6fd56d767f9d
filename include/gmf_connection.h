/*
 * gmf_connection.h
 *		Sessions of this backend: one for each user mapping that was used.
 *
 * A session keeps its connections and its token from one query to the next.
 * When the server or the user mapping is altered, queries that are running go on
 * with the session that they have, and the next query gets a new one.
 */
#ifndef GMF_CONNECTION_H
#define GMF_CONNECTION_H

#include "postgres.h"

#include "gmf_compat.h"
#include "gmf_error.h"
#include "gmf_session.h"

typedef struct GmfConnection GmfConnection;

/*
 * The session of a user on a server, for as long as the memory context lives:
 * its reset gives it back.  ERROR when there is no user mapping, or when the options
 * do not make a session.
 */
extern GmfConnection *gmf_connection_get(Oid serverid, Oid userid, MemoryContext context);

extern GmfSession *gmf_connection_session(GmfConnection *connection);

/*
 * Wait until something happened on the session, serving interrupts: a cancelled query
 * leaves from here.
 */
extern void gmf_connection_wait(GmfConnection *connection);

/*
 * Report an error of the client floor as an ERROR.  service and server_name are for
 * people: "GaussDB", "beijing4".
 */
extern void gmf_report(const GmfError *error, const char *service_title,
					   const char *server_name) gmf_noreturn;

#endif							/* GMF_CONNECTION_H */
