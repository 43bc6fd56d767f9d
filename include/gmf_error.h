/*
 * gmf_error.h
 *		How the client floor says that something went wrong: as a value.
 *
 * The client never jumps and never prints.  A function that can fail takes a
 * GmfError to fill and says so in its result.  All texts are UTF-8, cut to
 * fit, and free of secrets: no header, no body, no query value is ever in one.
 */
#ifndef GMF_ERROR_H
#define GMF_ERROR_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C"
{
#endif

typedef enum GmfErrorKind
{
	GMF_OK = 0,
	GMF_INTERRUPTED,			/* the wait callback asked to stop */
	GMF_NO_MEMORY,
	GMF_NO_DESCRIPTOR,			/* the process, or the system, has no more */
	GMF_INVALID,				/* a value or a setting that cannot be sent */
	GMF_UNREACHABLE,			/* no connection: name, route, refused, proxy */
	GMF_UNTRUSTED,				/* TLS: certificate or handshake */
	GMF_TIMED_OUT,
	GMF_BROKEN,					/* the connection broke after the request was begun */
	GMF_TOO_LARGE,				/* answer over max_response_size */
	GMF_MALFORMED,				/* an answer that is not what the contract says */
	GMF_REDIRECTED,				/* HTTP 3xx: never followed */
	GMF_UNAUTHENTICATED,		/* HTTP 401, or no token to be had */
	GMF_FORBIDDEN,				/* HTTP 403 */
	GMF_NOT_FOUND,				/* HTTP 404, or an error code that says so */
	GMF_CONFLICT,				/* HTTP 409 */
	GMF_THROTTLED,				/* HTTP 429 */
	GMF_REJECTED,				/* any other HTTP 4xx */
	GMF_UNAVAILABLE				/* HTTP 5xx */
} GmfErrorKind;

typedef struct GmfError
{
	GmfErrorKind kind;
	int			http_status;	/* 0: no answer */
	bool		maybe_done;		/* the request may have reached the cloud, and no answer
								 * tells what became of it */
	int			attempts;		/* times that the request was sent */
	char		service[16];	/* "gaussdb"; what was asked, which is IAM for tokens */
	char		operation[200]; /* "POST /v3/{project_id}/backups" */
	char		about[160];		/* "instance_id 5d82…", where one of many keys was asked for,
								 * or "" */
	char		code[64];		/* error_code of the API, or "" */
	char		message[1024];	/* error_msg of the API, or what happened */
	char		request_id[128];	/* as the API sent it, or "" */
	char		host[128];		/* host that was asked, or "" */
	char		hint[400];		/* what to do, where more is known than follows from the
								 * kind, or "" */
} GmfError;

/* Forget what it says. */
extern void gmf_error_clear(GmfError *error);

/*
 * Set kind and message, printf-like; keeps the other members.  Cuts at a
 * character boundary and replaces what is not valid UTF-8 or is a control
 * character.  Returns false, so that a function can end with it.
 */
extern bool gmf_error_set(GmfError *error, GmfErrorKind kind, const char *format,...)
			__attribute__((format(printf, 3, 4)));

/* Copy text of any origin into a bounded field, cleaned in the same way. */
extern void gmf_error_text(char *field, int size, const char *text, int length);

/* What an HTTP status that is no success means. */
extern GmfErrorKind gmf_status_kind(int status);

/* A word for logs and tests: "unreachable", "throttled"; never NULL. */
extern const char *gmf_error_kind_name(GmfErrorKind kind);

#ifdef __cplusplus
}
#endif

#endif							/* GMF_ERROR_H */
