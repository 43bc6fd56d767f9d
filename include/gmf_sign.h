/*
 * gmf_sign.h
 *		SDK-HMAC-SHA256: the signature of a request made with access key and
 *		secret key.
 *
 * A pure function of its arguments; what it follows is the signing algorithm of
 * Huawei's SDK core, against which test/vectors proves it.
 */
#ifndef GMF_SIGN_H
#define GMF_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#ifdef __cplusplus
extern "C"
{
#endif

typedef struct GmfSignInput
{
	const char *method;
	const char *host;			/* as in the Host header: with a port if it is not the
								 * default one */
	const char *path;			/* percent-encoded, as sent */
	const char *query;			/* percent-encoded and sorted, as sent; "" for none */
	const char *content_type;	/* NULL: not sent */
	const char *body;			/* NULL: none */
	size_t		body_length;
	const char *project_id;		/* X-Project-Id, or NULL */
	const char *access_key;
	const char *secret_key;
	const char *security_token; /* NULL: a permanent key */
	time_t		now;
} GmfSignInput;

#define GMF_SIGN_DATE_SIZE 17	/* 20210115T014640Z and the end */

/*
 * Fills date with the value of X-Sdk-Date and *authorization with the value of
 * Authorization (malloc'ed, owned by the caller).  False when memory is out or
 * libcrypto fails; nothing is allocated then.
 */
extern bool gmf_sign(const GmfSignInput *input, char date[GMF_SIGN_DATE_SIZE],
					 char **authorization);

#ifdef __cplusplus
}
#endif

#endif							/* GMF_SIGN_H */
