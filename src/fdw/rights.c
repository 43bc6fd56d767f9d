/*
 * rights.c
 *		What a foreign table may have its readers send.
 *
 * Without trust a table's owner may describe what is asked with GET: a path within
 * the session's own project, parameters in path and query, and headers that choose a
 * form of the answer.  Whatever could make an action of it (a method, a body, a header
 * that a server might obey) needs trust.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_foreign_server.h"
#include "commands/defrem.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/rel.h"

#include "gmf_compat.h"
#include "gmf_module.h"
#include "gmf_rights.h"
#include "gmf_shown.h"

/* Such ids are written without hyphens: an instance's or a job's have more to them. */
#define PROJECT_ID_LENGTH 32

static bool may_be_trusted(void);
static bool owns_a_server(void);
static bool is_trusted(const GmfTable *table);
static bool is_harmless_header(const char *name);
static bool names_a_project(const char *path);
static void refuse(const GmfTable *table, const char *what, const char *why) gmf_noreturn;

bool
gmf_is_our_wrapper(Oid wrapperid)
{
	ForeignDataWrapper *wrapper = GetForeignDataWrapper(wrapperid);
	FmgrInfo	handler;

	if (!OidIsValid(wrapper->fdwhandler))
		return false;
	fmgr_info(wrapper->fdwhandler, &handler);
	return handler.fn_addr == gaussdb_mgmt_fdw_handler;
}

void
gmf_rights_set_table(const char *method, const char *path, const char *paging_location)
{
	if ((method == NULL && path == NULL && paging_location == NULL) || may_be_trusted())
		return;
	if (method != NULL && strcmp(method, "GET") != 0)
		refuse(NULL, psprintf("option \"method\" to \"%s\"", method),
			   "Such a request may carry out an action.");
	if (paging_location != NULL && strcmp(paging_location, "body") == 0)
		refuse(NULL, "option \"paging_location\" to \"body\"",
			   "A request with a body may carry out an action.");
	if (path != NULL && names_a_project(path))
		refuse(NULL, "option \"path\" to one that names a project",
			   "The project is the server's: write {project_id}.");
}

void
gmf_rights_set_column(const char *location, const char *parameter)
{
	if (location == NULL || may_be_trusted())
		return;
	if (strcmp(location, "body") == 0)
		refuse(NULL, "option \"location\" to \"body\"",
			   "A request with a body may carry out an action.");
	if (strcmp(location, "header") == 0 && parameter != NULL && !is_harmless_header(parameter))
		refuse(NULL, psprintf("option \"parameter\" to the header \"%s\"", parameter),
			   "A header may change what a request does.");
	if (strcmp(location, "path") == 0 && parameter != NULL &&
		strcmp(parameter, "project_id") == 0)
		refuse(NULL, "option \"parameter\" to \"project_id\"", "The project is the server's.");
}

void
gmf_rights_route(const GmfTable *table, const GmfRoute *route)
{
	if (strcmp(route->method, "GET") != 0 && !is_trusted(table))
		refuse(table, psprintf("asks with %s", route->method),
			   "Such a request may carry out an action.");
	if (route->paging.location == GMF_IN_BODY && !is_trusted(table))
		refuse(table, "asks with a body", "A request with a body may carry out an action.");
	if (names_a_project(route->path) && !is_trusted(table))
		refuse(table, "names a project in its path",
			   "The project is the server's: write {project_id}.");
}

void
gmf_rights_parameter(const GmfTable *table, const GmfRoute *route, const GmfParameter *parameter)
{
	if (is_trusted(table))
		return;
	if (strcmp(route->method, "GET") != 0)
		refuse(table, psprintf("adds \"%s\" to a request with %s", gmf_shown_utf8(parameter->name),
							   route->method),
			   "Such a request may carry out an action.");
	if (parameter->location == GMF_IN_BODY)
		refuse(table, psprintf("adds \"%s\" to the body", gmf_shown_utf8(parameter->name)),
			   "A request with a body may carry out an action.");
	if (parameter->location == GMF_IN_HEADER && !is_harmless_header(parameter->name))
		refuse(table, psprintf("sends the header \"%s\"", gmf_shown_utf8(parameter->name)),
			   "A header may change what a request does.");
	if (parameter->location == GMF_IN_PATH && strcmp(parameter->name, "project_id") == 0)
		refuse(table, "has a column for {project_id}", "The project is the server's.");
}

void
gmf_rights_read(const GmfTable *table, Oid userid)
{
	if (!table->asks_own ||
		gmf_server_aclcheck(table->server->serverid, userid, ACL_USAGE) == ACLCHECK_OK)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("permission denied for foreign server %s", table->server->servername),
			 errdetail("Options of foreign table \"%s\" say what is sent: reading it needs USAGE "
					   "on the server.", table->name)));
}

static bool
may_be_trusted(void)
{
	return superuser() || owns_a_server();
}

/* Of this extension. */
static bool
owns_a_server(void)
{
	Relation	servers = table_open(ForeignServerRelationId, AccessShareLock);
	SysScanDesc scan = systable_beginscan(servers, InvalidOid, false, NULL, 0, NULL);
	HeapTuple	tuple;
	bool		found = false;

	while (!found && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_foreign_server server = (Form_pg_foreign_server) GETSTRUCT(tuple);

		found = has_privs_of_role(GetUserId(), server->srvowner) &&
			gmf_is_our_wrapper(server->srvfdw);
	}
	systable_endscan(scan);
	table_close(servers, AccessShareLock);
	return found;
}

static bool
is_trusted(const GmfTable *table)
{
	return superuser_arg(table->owner) ||
		has_privs_of_role(table->owner, table->server->owner);
}

/*
 * What only chooses a form, a version or a part of the answer.  No list of harmful ones
 * would be complete: gateways believe headers about who asks, and for what.
 */
static bool
is_harmless_header(const char *name)
{
	static const char *const harmless[] = {"Accept", "Accept-Language", "Enterprise-Project-Id",
		"OpenStack-API-Version", "Prefer", "X-Enterprise-Project-Id", "X-Language",
	"X-OpenStack-Nova-API-Version"};

	for (size_t i = 0; i < lengthof(harmless); i++)
		if (pg_strcasecmp(harmless[i], name) == 0)
			return true;
	return false;
}

/* Is one of its segments written like the id of a project? */
static bool
names_a_project(const char *path)
{
	while (*path != '\0')
	{
		size_t		length = strcspn(++path, "/");

		if (length == PROJECT_ID_LENGTH && strspn(path, "0123456789abcdefABCDEF") == length)
			return true;
		path += length;
	}
	return false;
}

/* table NULL: an option is being set. */
static void
refuse(const GmfTable *table, const char *what, const char *why)
{
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 table == NULL
			 ? errmsg("permission denied to set %s", what)
			 : errmsg("foreign table \"%s\" %s, which its owner may not", table->name, what),
			 errdetail("%s", why),
			 errhint("Such a table must belong to a superuser or to the owner of the server.")));
}
