/*
 * secret.c
 *		Secret arguments of actions.
 */
#include "postgres.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catalog/pg_authid.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "storage/fd.h"
#include "utils/acl.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/jsonb.h"

#include "gmf_secret.h"

/* No password, certificate or key is longer. */
#define LONGEST_FILE (64 * 1024)

static char *plain_text(const GmfArgument *argument, const char *text);
static char *read_setting(const GmfArgument *argument, const char *name);
static char *read_file(const GmfArgument *argument, const char *path);
static const char *after(const char *text, const char *prefix);

bool
gmf_secret_resolve(const GmfArgument *argument, GmfInput *input)
{
	const char *text = input->text == NULL ? NULL : plain_text(argument, input->text);
	const char *place;

	if (text == NULL)
		return input->text != NULL || input->nelements > 0;
	if ((place = after(text, "setting:")) != NULL)
		input->text = read_setting(argument, place);
	else if ((place = after(text, "file:")) != NULL)
		input->text = read_file(argument, place);
	else
	{
		if ((place = after(text, "literal:")) != NULL && argument->type == GMF_TEXT)
			input->text = place;
		return true;
	}
	return false;
}

/* Of a jsonb argument only a string can name a place; NULL for other JSON. */
static char *
plain_text(const GmfArgument *argument, const char *text)
{
	Jsonb	   *json;
	JsonbValue	value;

	if (argument->type != GMF_JSONB)
		return pstrdup(text);
	json = DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(text)));
	if (!JB_ROOT_IS_SCALAR(json) || !JsonbExtractScalar(&json->root, &value) ||
		value.type != jbvString)
		return NULL;
	return pnstrdup(value.val.string.val, value.val.string.len);
}

static char *
read_setting(const GmfArgument *argument, const char *name)
{
	const char *value = GetConfigOption(name, true, true);

	if (value == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("argument \"%s\" names the setting \"%s\", which is not set",
						argument->name, name),
				 errhint("Set it with SET LOCAL or set_config() in the same transaction, or "
						 "begin the value with \"literal:\" if it is the value itself.")));
	return pg_server_to_any(pstrdup(value), strlen(value), PG_UTF8);
}

static char *
read_file(const GmfArgument *argument, const char *path)
{
	int			file;
	struct stat status;
	char	   *text;
	ssize_t		length;

	if (!has_privs_of_role(GetUserId(), ROLE_PG_READ_SERVER_FILES))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to read the file that argument \"%s\" names",
						argument->name),
				 errdetail("Only roles with privileges of pg_read_server_files may name a file "
						   "of the database server.")));
	/* Opening a FIFO waits for a writer, which no interrupt would end. */
	file = OpenTransientFile(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	if (file < 0 || fstat(file, &status) != 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not read the file that argument \"%s\" names: %m",
						argument->name)));
	if (!S_ISREG(status.st_mode) || status.st_size > LONGEST_FILE)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("the file that argument \"%s\" names is not a file of at most 64 kB",
						argument->name)));
	text = (char *) palloc(LONGEST_FILE + 1);
	length = read(file, text, LONGEST_FILE);
	if (length < 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not read the file that argument \"%s\" names: %m",
						argument->name)));
	CloseTransientFile(file);
	if (length > 0 && text[length - 1] == '\n')
		length--;
	text[length] = '\0';
	if ((ssize_t) strlen(text) != length || !pg_verify_mbstr(PG_UTF8, text, (int) length, true))
		ereport(ERROR,
				(errcode(ERRCODE_CHARACTER_NOT_IN_REPERTOIRE),
				 errmsg("the file that argument \"%s\" names is not UTF-8 text",
						argument->name)));
	return text;
}

static const char *
after(const char *text, const char *prefix)
{
	size_t		length = strlen(prefix);

	return strncmp(text, prefix, length) == 0 ? text + length : NULL;
}
