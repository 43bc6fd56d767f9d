/*
 * request_text.c
 *		A text that grows, and percent-encoding into it.
 */
#include <stdlib.h>
#include <string.h>

#include "session_internal.h"

bool
gmf_text_reserve(GmfText *text, size_t more)
{
	size_t		needed = text->length + more + 1;
	size_t		size = text->size;
	char	   *data;

	if (text->failed)
		return false;
	if (more > SIZE_MAX / 2 - text->length)
	{
		text->failed = true;
		return false;
	}
	if (text->data != NULL && needed <= size)
		return true;

	/*
	 * Grown by hand, not by realloc: a text that gets wiped must not leave parts of
	 * itself behind.
	 */
	size = size < 64 ? 64 : size * 2;
	if (size < needed)
		size = needed;
	data = malloc(size);
	if (data == NULL)
	{
		text->failed = true;
		return false;
	}
	if (text->length > 0)
	{
		memcpy(data, text->data, text->length);
		explicit_bzero(text->data, text->length);
	}
	data[text->length] = '\0';
	free(text->data);
	text->data = data;
	text->size = size;
	return true;
}

void
gmf_text_add_bytes(GmfText *text, const char *added, size_t length)
{
	if (!gmf_text_reserve(text, length))
		return;
	memcpy(text->data + text->length, added, length);
	text->length += length;
	text->data[text->length] = '\0';
}

void
gmf_text_add(GmfText *text, const char *added)
{
	gmf_text_add_bytes(text, added, strlen(added));
}

void
gmf_text_add_encoded(GmfText *text, const char *added)
{
	static const char unreserved[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	static const char digits[] = "0123456789ABCDEF";

	while (*added != '\0')
	{
		size_t		plain = strspn(added, unreserved);

		gmf_text_add_bytes(text, added, plain);
		added += plain;
		if (*added != '\0')
		{
			unsigned char byte = (unsigned char) *added++;
			char		encoded[3] = {'%', digits[byte >> 4], digits[byte & 15]};

			gmf_text_add_bytes(text, encoded, sizeof(encoded));
		}
	}
}

void
gmf_text_clear(GmfText *text)
{
	free(text->data);
	memset(text, 0, sizeof(*text));
}

void
gmf_text_wipe(GmfText *text)
{
	if (text->data != NULL)
		explicit_bzero(text->data, text->size);
	gmf_text_clear(text);
}

char *
gmf_text_take(GmfText *text)
{
	char	   *data;

	gmf_text_reserve(text, 0);
	if (text->failed)
	{
		gmf_text_wipe(text);
		return NULL;
	}
	data = text->data;
	memset(text, 0, sizeof(*text));
	return data;
}

void
gmf_wipe_string(char *secret)
{
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

char *
gmf_percent_encode(const char *plain)
{
	GmfText		text = {0};

	gmf_text_add_encoded(&text, plain);
	return gmf_text_take(&text);
}
