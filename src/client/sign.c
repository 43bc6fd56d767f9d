/*
 * sign.c
 *		SDK-HMAC-SHA256.
 *
 * The signature is the HMAC, under the secret key, of the algorithm's name, the date
 * and the hash of the canonical request:
 *
 *		method
 *		path, with a slash at its end
 *		query
 *		one line for each signed header, sorted by name
 *		(an empty line)
 *		names of the signed headers
 *		hash of the body
 *
 * The query is taken as it is sent: each name and value percent-encoded once.  So is the
 * path, but where its template was written in another way than the encoding makes
 * it ("a:b", "%61"): the other end decodes segments and encodes them again.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "gmf_sign.h"
#include "session_internal.h"

#define ALGORITHM	"SDK-HMAC-SHA256"
#define HASH_SIZE	32
#define HEX_SIZE	(2 * HASH_SIZE + 1)

static bool canonical_request(const GmfSignInput *input, const char *date,
							  const char *signed_headers, GmfText *text);
static void add_canonical_path(GmfText *text, const char *path);
static bool hash(const void *data, size_t length, char hex[HEX_SIZE]);
static bool hmac(const char *key, const GmfText *text, char hex[HEX_SIZE]);
static void to_hex(const unsigned char *bytes, char hex[HEX_SIZE]);

bool
gmf_sign(const GmfSignInput *input, char date[GMF_SIGN_DATE_SIZE], char **authorization)
{
	GmfText		signed_headers = {0};
	GmfText		canonical = {0};
	GmfText		to_sign = {0};
	GmfText		result = {0};
	char		digest[HEX_SIZE];
	char		signature[HEX_SIZE];
	struct tm	utc;
	bool		done = false;

	if (gmtime_r(&input->now, &utc) == NULL ||
		strftime(date, GMF_SIGN_DATE_SIZE, "%Y%m%dT%H%M%SZ", &utc) != GMF_SIGN_DATE_SIZE - 1)
		return false;

	/* These names, in this order, are what canonical_request writes the lines of. */
	if (input->content_type != NULL)
		gmf_text_add(&signed_headers, "content-type;");
	gmf_text_add(&signed_headers, "host;");
	if (input->project_id != NULL)
		gmf_text_add(&signed_headers, "x-project-id;");
	gmf_text_add(&signed_headers, "x-sdk-date");
	if (input->security_token != NULL)
		gmf_text_add(&signed_headers, ";x-security-token");

	if (!signed_headers.failed &&
		canonical_request(input, date, signed_headers.data, &canonical) &&
		hash(canonical.data, canonical.length, digest))
	{
		gmf_text_add(&to_sign, ALGORITHM "\n");
		gmf_text_add(&to_sign, date);
		gmf_text_add(&to_sign, "\n");
		gmf_text_add(&to_sign, digest);
		if (!to_sign.failed && hmac(input->secret_key, &to_sign, signature))
		{
			gmf_text_add(&result, ALGORITHM " Access=");
			gmf_text_add(&result, input->access_key);
			gmf_text_add(&result, ", SignedHeaders=");
			gmf_text_add(&result, signed_headers.data);
			gmf_text_add(&result, ", Signature=");
			gmf_text_add(&result, signature);
			*authorization = gmf_text_take(&result);
			done = *authorization != NULL;
		}
	}
	gmf_text_clear(&signed_headers);
	gmf_text_wipe(&canonical);
	gmf_text_clear(&to_sign);
	return done;
}

static bool
canonical_request(const GmfSignInput *input, const char *date, const char *signed_headers,
				  GmfText *text)
{
	const struct
	{
		const char *name;
		const char *value;
	}			headers[] = {
		{"content-type", input->content_type},
		{"host", input->host},
		{"x-project-id", input->project_id},
		{"x-sdk-date", date},
		{"x-security-token", input->security_token},
	};
	size_t		path_length = strlen(input->path);
	char		digest[HEX_SIZE];

	if (!hash(input->body == NULL ? "" : input->body,
			  input->body == NULL ? 0 : input->body_length, digest))
		return false;

	gmf_text_add(text, input->method);
	gmf_text_add(text, "\n");
	add_canonical_path(text, input->path);
	if (path_length == 0 || input->path[path_length - 1] != '/')
		gmf_text_add(text, "/");
	gmf_text_add(text, "\n");
	gmf_text_add(text, input->query);
	gmf_text_add(text, "\n");
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
	{
		if (headers[i].value == NULL)
			continue;
		gmf_text_add(text, headers[i].name);
		gmf_text_add(text, ":");
		gmf_text_add(text, headers[i].value);
		gmf_text_add(text, "\n");
	}
	gmf_text_add(text, "\n");
	gmf_text_add(text, signed_headers);
	gmf_text_add(text, "\n");
	gmf_text_add(text, digest);
	return !text->failed;
}

static void
add_canonical_path(GmfText *text, const char *path)
{
	for (; *path != '\0'; path++)
	{
		char		byte[2] = {*path, '\0'};

		if (*path == '/')
		{
			gmf_text_add(text, "/");
			continue;
		}
		if (*path == '%' && isxdigit((unsigned char) path[1]) && isxdigit((unsigned char) path[2]))
		{
			char		hex[3] = {path[1], path[2], '\0'};

			byte[0] = (char) strtol(hex, NULL, 16);
			path += 2;
		}
		gmf_text_add_encoded(text, byte);
	}
}

static bool
hash(const void *data, size_t length, char hex[HEX_SIZE])
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned int size = 0;

	if (EVP_Digest(data, length, bytes, &size, EVP_sha256(), NULL) != 1 || size != HASH_SIZE)
		return false;
	to_hex(bytes, hex);
	return true;
}

static bool
hmac(const char *key, const GmfText *text, char hex[HEX_SIZE])
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned int size = 0;

	if (HMAC(EVP_sha256(), key, (int) strlen(key), (const unsigned char *) text->data,
			 text->length, bytes, &size) == NULL || size != HASH_SIZE)
		return false;
	to_hex(bytes, hex);
	return true;
}

static void
to_hex(const unsigned char *bytes, char hex[HEX_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	for (int i = 0; i < HASH_SIZE; i++)
	{
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[2 * HASH_SIZE] = '\0';
}
