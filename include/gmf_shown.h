/*
 * gmf_shown.h
 *		Texts of others in messages.
 *
 * What the cloud sends may hold escape sequences of terminals and line breaks, by which
 * a message would look like something else, on the screen or in the log.  Errors of
 * the client floor are clean; whatever else of the cloud comes into a message goes
 * through one of these.
 */
#ifndef GMF_SHOWN_H
#define GMF_SHOWN_H

#include "postgres.h"

/*
 * A text, NUL-terminated, with blanks in place of control characters and the like: in the
 * database's encoding, or in UTF-8.  The result is in the database's encoding and in the
 * current memory context; a character that the encoding lacks becomes a question mark.
 */
extern char *gmf_shown(const char *text);
extern char *gmf_shown_utf8(const char *text);

#endif							/* GMF_SHOWN_H */
