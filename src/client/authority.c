/*
 * authority.c
 *		The file of certificates of authorities that a session trusts.
 *
 * libcurl opens it when it makes a connection, and says little of what is wrong
 * with it.  So it is looked at before, in a way that cannot block.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "session_internal.h"

/* Bundles of all authorities of the world have some hundred kilobytes. */
#define LONGEST_FILE (8 * 1024 * 1024)

static bool read_file(int fd, GmfText *text, const char **problem);
static bool holds_certificate(const GmfText *text);
static int	no_password(char *buffer, int size, int for_writing, void *arg);

bool
gmf_check_ca_file(const char *path, GmfError *error)
{
	/* Opening a FIFO would wait for a writer. */
	int			fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	const char *problem = NULL;
	GmfText		text = {0};

	if (fd < 0)
		problem = strerror(errno);
	else if (read_file(fd, &text, &problem) && !holds_certificate(&text))
		problem = "it holds no certificate in PEM format";
	if (fd >= 0)
		close(fd);
	gmf_text_clear(&text);
	return problem == NULL ||
		gmf_error_set(error, GMF_INVALID, "file \"%s\" cannot be used as \"ca_file\": %s", path,
					  problem);
}

static bool
read_file(int fd, GmfText *text, const char **problem)
{
	struct stat status;
	char		buffer[8192];
	ssize_t		got;

	if (fstat(fd, &status) != 0)
		*problem = strerror(errno);
	else if (!S_ISREG(status.st_mode))
		*problem = "it is not a regular file";
	else
	{
		while ((got = read(fd, buffer, sizeof(buffer))) > 0 && text->length <= LONGEST_FILE)
			gmf_text_add_bytes(text, buffer, (size_t) got);
		if (got < 0)
			*problem = strerror(errno);
		else if (text->failed)
			*problem = "out of memory";
		else if (text->length > LONGEST_FILE)
			*problem = "it is larger than 8 MB";
	}
	return *problem == NULL;
}

static bool
holds_certificate(const GmfText *text)
{
	BIO		   *bio = text->length == 0 ? NULL : BIO_new_mem_buf(text->data, (int) text->length);
	X509	   *certificate = bio == NULL ? NULL : PEM_read_bio_X509(bio, NULL, no_password, NULL);
	bool		found = certificate != NULL;

	X509_free(certificate);
	BIO_free(bio);
	/* The queue of errors is the thread's, and somebody else's, too. */
	ERR_clear_error();
	return found;
}

/* Nobody is asked for one at the terminal. */
static int
no_password(char *buffer, int size, int for_writing, void *arg)
{
	(void) buffer;
	(void) size;
	(void) for_writing;
	(void) arg;
	return -1;
}
