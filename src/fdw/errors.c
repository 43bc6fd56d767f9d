/*
 * errors.c
 *		Errors of the client floor as PostgreSQL reports them: what happened, to
 *		what, and what to do.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "gmf_catalog.h"
#include "gmf_connection.h"
#include "gmf_shown.h"

/* How an error of each kind is told. */
typedef struct Telling
{
	GmfErrorKind kind;
	int			sqlstate;
	const char *verb;			/* 'GaussDB <verb> "POST /v3/…"' */
	const char *hint;
} Telling;

static const Telling tellings[] = {
	{GMF_INTERRUPTED, ERRCODE_QUERY_CANCELED, "was interrupted at", NULL},
	{GMF_NO_MEMORY, ERRCODE_OUT_OF_MEMORY, "has no memory for", NULL},
	{GMF_NO_DESCRIPTOR, ERRCODE_INSUFFICIENT_RESOURCES, "has no descriptor for",
	"Raise the limit on open files of the database server, or lower \"max_connections\"."},
	{GMF_INVALID, ERRCODE_INVALID_PARAMETER_VALUE, "cannot be asked", NULL},
	{GMF_UNREACHABLE, ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION,
		"could not be reached for",
	"Check the server options \"region\", \"endpoint\" and \"proxy\", and the network."},
	{GMF_UNTRUSTED, ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION,
		"was not trusted for",
	"The certificate must be valid for the host; the server option \"ca_file\" names the "
	"authority that signed it."},
	{GMF_TIMED_OUT, ERRCODE_FDW_UNABLE_TO_ESTABLISH_CONNECTION, "did not answer in time to",
	"The server options \"connect_timeout\" and \"request_timeout\" say how long to wait."},
	{GMF_BROKEN, ERRCODE_CONNECTION_FAILURE, "broke off the answer to", NULL},
	{GMF_TOO_LARGE, ERRCODE_PROGRAM_LIMIT_EXCEEDED, "sent too large an answer to",
	"Raise the server option \"max_response_size\", or lower \"page_size\"."},
	{GMF_MALFORMED, ERRCODE_FDW_INVALID_DATA_TYPE, "sent an answer that cannot be used to", NULL},
	{GMF_REDIRECTED, ERRCODE_FDW_REPLY_HANDLE, "redirected",
	"Redirects are not followed. Check the server option \"endpoint\"."},
	{GMF_UNAUTHENTICATED, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
		"did not accept the credential for",
	"Check the user mapping, and the clock of the database server."},
	{GMF_FORBIDDEN, ERRCODE_INSUFFICIENT_PRIVILEGE, "does not permit",
	"The user of the user mapping lacks a permission in IAM."},
	{GMF_NOT_FOUND, ERRCODE_NO_DATA_FOUND, "did not find the object of", NULL},
	{GMF_CONFLICT, ERRCODE_OBJECT_IN_USE, "refused",
	"Wait for the running job: SELECT * FROM jobs WHERE instance_id = '…'."},
	{GMF_THROTTLED, ERRCODE_CONFIGURATION_LIMIT_EXCEEDED, "throttled",
	"The server option \"requests_per_second\" keeps below the limit."},
	{GMF_REJECTED, ERRCODE_FDW_ERROR, "refused", NULL},
	{GMF_UNAVAILABLE, ERRCODE_CONNECTION_FAILURE, "failed at", NULL},
	{GMF_OK, ERRCODE_INTERNAL_ERROR, "failed at", NULL}
};

static const Telling *find_telling(GmfErrorKind kind);
static char *detail(const GmfError *error, const char *server_name);

void
gmf_report(const GmfError *error, const char *service_title, const char *server_name)
{
	const Telling *telling = find_telling(error->kind);
	const char *message = gmf_shown_utf8(error->message);
	const char *code = gmf_shown_utf8(error->code);
	const GmfService *asked = gmf_find_service(error->service);

	/* A table's request may have failed over a token or a project, at IAM. */
	if (asked != NULL)
		service_title = asked->title;
	if (error->operation[0] == '\0')
		ereport(ERROR,
				(errcode(telling->sqlstate),
				 errmsg("%s", message),
				 errdetail("%s", detail(error, server_name)),
				 telling->hint ? errhint("%s", telling->hint) : 0));
	ereport(ERROR,
			(errcode(telling->sqlstate),
			 errmsg("%s %s \"%s\": %s%s%s%s", service_title, telling->verb,
					gmf_shown_utf8(error->operation), message,
					code[0] ? " (" : "", code, code[0] ? ")" : ""),
			 errdetail("%s", detail(error, server_name)),
			 error->maybe_done
			 ? errhint("The action may have been carried out. Look before you repeat it.")
			 : error->hint[0] != '\0' ? errhint("%s", gmf_shown_utf8(error->hint))
			 : error->kind == GMF_FORBIDDEN && error->http_status == 0
			 ? errhint("Only a server that is owned by a superuser may lead there.")
			 : telling->hint ? errhint("%s", telling->hint) : 0));
}

static const Telling *
find_telling(GmfErrorKind kind)
{
	const Telling *telling = tellings;

	while (telling->kind != GMF_OK && telling->kind != kind)
		telling++;
	return telling;
}

static char *
detail(const GmfError *error, const char *server_name)
{
	StringInfoData text;

	initStringInfo(&text);
	if (error->http_status != 0)
		appendStringInfo(&text, "HTTP %d, ", error->http_status);
	if (error->request_id[0] != '\0')
		appendStringInfo(&text, "request id %s, ", gmf_shown_utf8(error->request_id));
	if (error->about[0] != '\0')
		appendStringInfo(&text, "%s, ", gmf_shown_utf8(error->about));
	if (error->attempts > 1)
		appendStringInfo(&text, "%d attempts, ", error->attempts);
	if (error->host[0] != '\0' && error->http_status == 0)
		appendStringInfo(&text, "host \"%s\", ", gmf_shown_utf8(error->host));
	appendStringInfo(&text, "server \"%s\".", server_name);
	text.data[0] = pg_toupper((unsigned char) text.data[0]);
	return text.data;
}
