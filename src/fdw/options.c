/*
 * options.c
 *		Options of servers, user mappings, foreign tables and columns.
 *
 * One table says which options there are, where each may stand and what its
 * value must look like; the validator, its hints and the readers below all go by
 * it.  Values are checked when they are set, so that a query meets none that
 * cannot work.
 */
#include "postgres.h"

#include <math.h>

#include "access/reloptions.h"
#include "access/table.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_foreign_server.h"
#include "catalog/pg_foreign_table.h"
#include "catalog/pg_type.h"
#include "catalog/pg_user_mapping.h"
#include "commands/defrem.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/rel.h"
#include "utils/varlena.h"

#include "gmf_options.h"
#include "gmf_module.h"

typedef enum OptionForm
{
	FORM_TEXT,					/* not empty, no control characters */
	FORM_SECRET,				/* the same, and never shown */
	FORM_HOST_PART,				/* letters, digits, hyphens, dots */
	FORM_URL,
	FORM_PROXY,
	FORM_FILE,
	FORM_BOOLEAN,
	FORM_INTEGER,
	FORM_NUMBER,
	FORM_BYTES,
	FORM_LANGUAGE,
	FORM_RESOURCE
} OptionForm;

typedef struct Option
{
	const char *name;
	Oid			catalog;		/* where it may stand */
	OptionForm	form;
	double		min,
				max;
} Option;

static const Option options[] = {
	{"region", ForeignServerRelationId, FORM_HOST_PART, 0, 0},
	{"project_id", ForeignServerRelationId, FORM_TEXT, 0, 0},
	{"project_name", ForeignServerRelationId, FORM_TEXT, 0, 0},
	{"domain_suffix", ForeignServerRelationId, FORM_HOST_PART, 0, 0},
	{"endpoint", ForeignServerRelationId, FORM_URL, 0, 0},
	{"gaussdb_endpoint", ForeignServerRelationId, FORM_URL, 0, 0},
	{"iam_endpoint", ForeignServerRelationId, FORM_URL, 0, 0},
	{"dws_endpoint", ForeignServerRelationId, FORM_URL, 0, 0},
	{"drs_endpoint", ForeignServerRelationId, FORM_URL, 0, 0},
	{"roma_endpoint", ForeignServerRelationId, FORM_URL, 0, 0},
	{"apig_endpoint", ForeignServerRelationId, FORM_URL, 0, 0},
	{"bcs_endpoint", ForeignServerRelationId, FORM_URL, 0, 0},
	{"connect_timeout", ForeignServerRelationId, FORM_INTEGER, 1, 3600},
	{"request_timeout", ForeignServerRelationId, FORM_INTEGER, 1, 86400},
	{"max_retries", ForeignServerRelationId, FORM_INTEGER, 0, 100},
	{"max_connections", ForeignServerRelationId, FORM_INTEGER, 1, 256},
	{"requests_per_second", ForeignServerRelationId, FORM_NUMBER, 0, 1e6},
	{"max_response_size", ForeignServerRelationId, FORM_BYTES, 1024, 1024.0 * 1024 * 1024},
	{"ca_file", ForeignServerRelationId, FORM_FILE, 0, 0},
	{"proxy", ForeignServerRelationId, FORM_PROXY, 0, 0},
	{"language", ForeignServerRelationId, FORM_LANGUAGE, 0, 0},
	{"allow_http", ForeignServerRelationId, FORM_BOOLEAN, 0, 0},
	{"page_size", ForeignServerRelationId, FORM_INTEGER, 1, 10000},
	{"cache_ttl", ForeignServerRelationId, FORM_INTEGER, 0, 86400},
	{"fdw_startup_cost", ForeignServerRelationId, FORM_NUMBER, 0, 1e12},
	{"fdw_tuple_cost", ForeignServerRelationId, FORM_NUMBER, 0, 1e12},
	{"access_key", UserMappingRelationId, FORM_TEXT, 0, 0},
	{"secret_key", UserMappingRelationId, FORM_SECRET, 0, 0},
	{"security_token", UserMappingRelationId, FORM_SECRET, 0, 0},
	{"token", UserMappingRelationId, FORM_SECRET, 0, 0},
	{"user_name", UserMappingRelationId, FORM_TEXT, 0, 0},
	{"password", UserMappingRelationId, FORM_SECRET, 0, 0},
	{"domain_name", UserMappingRelationId, FORM_TEXT, 0, 0},
	{"resource", ForeignTableRelationId, FORM_RESOURCE, 0, 0},
	{"page_size", ForeignTableRelationId, FORM_INTEGER, 1, 10000},
	{"cache_ttl", ForeignTableRelationId, FORM_INTEGER, 0, 86400},
	{"fdw_startup_cost", ForeignTableRelationId, FORM_NUMBER, 0, 1e12},
	{"fdw_tuple_cost", ForeignTableRelationId, FORM_NUMBER, 0, 1e12},
	{"rows", ForeignTableRelationId, FORM_INTEGER, 1, 1e9},
	{"name", AttributeRelationId, FORM_TEXT, 0, 0},
	{NULL, InvalidOid, FORM_TEXT, 0, 0}
};

#define DEFAULT_DOMAIN_SUFFIX "myhuaweicloud.com"
#define DEFAULT_CONNECT_TIMEOUT 10
#define DEFAULT_REQUEST_TIMEOUT 60
#define DEFAULT_MAX_RETRIES 4
#define DEFAULT_MAX_CONNECTIONS 8
/* As postgres_fdw has it for a remote query; a row is cheap beside a request. */
#define DEFAULT_REQUEST_COST 100.0
#define DEFAULT_ROW_COST 0.05
#define DEFAULT_MAX_RESPONSE_SIZE (64 * 1024 * 1024)

static const Option *find_option(const char *name, Oid catalog);
static void report_unknown(const char *name, Oid catalog);
static void check_value(const Option *option, const char *value, bool allow_http);
static void check_printable(const Option *option, const char *value);
static void check_host_part(const Option *option, const char *value);
static void check_number(const Option *option, const char *value);
static void check_bytes(const Option *option, const char *value);
static void check_url(const Option *option, const char *value, bool allow_http);
static void check_file(const Option *option);
static void check_resource(const char *value);
static void check_credential(List *given);
static int64 parse_bytes(const char *value);
static const char *get_text(List *list, const char *name);
static int	get_integer(List *list, const char *name, int standard);
static double get_number(List *list, const char *name, double standard);
static bool get_boolean(List *list, const char *name);
static const GmfEndpoint *get_endpoints(List *list);
static void set_credential(GmfConfig *config, List *list);
static void map_columns(GmfTable *table, Relation rel);
static int	column_of_attribute(GmfTable *table, Relation rel, Form_pg_attribute attribute);
static void report_resource(const char *value, const char *problem);

PG_FUNCTION_INFO_V1(gaussdb_mgmt_fdw_validator);

/*
 * Called by CREATE and ALTER with all options that the object would have.
 */
Datum
gaussdb_mgmt_fdw_validator(PG_FUNCTION_ARGS)
{
	List	   *given = untransformRelOptions(PG_GETARG_DATUM(0));
	Oid			catalog = PG_GETARG_OID(1);
	bool		allow_http = catalog == ForeignServerRelationId && get_text(given, "allow_http") != NULL;
	ListCell   *cell;

	foreach(cell, given)
	{
		DefElem    *element = (DefElem *) lfirst(cell);
		const Option *option = find_option(element->defname, catalog);

		if (option == NULL)
			report_unknown(element->defname, catalog);
		if (option->form == FORM_BOOLEAN)
			check_value(option, defGetString(element), false);
	}
	allow_http = allow_http && get_boolean(given, "allow_http");
	foreach(cell, given)
	{
		DefElem    *element = (DefElem *) lfirst(cell);

		check_value(find_option(element->defname, catalog), defGetString(element), allow_http);
	}

	if (catalog == UserMappingRelationId)
		check_credential(given);
	if (catalog == ForeignTableRelationId && get_text(given, "resource") == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_DYNAMIC_PARAMETER_VALUE_NEEDED),
				 errmsg("foreign table needs the option \"resource\""),
				 errhint("For example OPTIONS (resource 'gaussdb.instances'). "
						 "SELECT * FROM gaussdb_mgmt_resources() lists them all.")));
	PG_RETURN_VOID();
}

GmfConfig *
gmf_config(const ForeignServer *server, const UserMapping *user)
{
	List	   *list = server->options;
	GmfConfig  *config = (GmfConfig *) palloc0(sizeof(GmfConfig));
	const char *rate = get_text(list, "requests_per_second");
	const char *size = get_text(list, "max_response_size");

	config->server_name = server->servername;
	config->region = get_text(list, "region");
	config->project_id = get_text(list, "project_id");
	config->project_name = get_text(list, "project_name");
	config->endpoint = get_text(list, "endpoint");
	config->endpoints = get_endpoints(list);
	config->domain_suffix = get_text(list, "domain_suffix");
	if (config->domain_suffix == NULL)
		config->domain_suffix = DEFAULT_DOMAIN_SUFFIX;
	config->connect_timeout = get_integer(list, "connect_timeout", DEFAULT_CONNECT_TIMEOUT);
	config->request_timeout = get_integer(list, "request_timeout", DEFAULT_REQUEST_TIMEOUT);
	config->max_retries = get_integer(list, "max_retries", DEFAULT_MAX_RETRIES);
	config->max_connections = get_integer(list, "max_connections", DEFAULT_MAX_CONNECTIONS);
	config->requests_per_second = rate == NULL ? 0 : strtod(rate, NULL);
	config->max_response_size = size == NULL ? DEFAULT_MAX_RESPONSE_SIZE : parse_bytes(size);
	config->ca_file = get_text(list, "ca_file");
	config->proxy = get_text(list, "proxy");
	config->language = get_text(list, "language");
	config->allow_http = get_boolean(list, "allow_http");
	config->user_agent = GMF_USER_AGENT;
	set_credential(config, user->options);
	return config;
}

GmfTable *
gmf_table_open(Oid relid)
{
	GmfTable   *table = (GmfTable *) palloc0(sizeof(GmfTable));
	ForeignTable *foreign = GetForeignTable(relid);
	const char *name = get_text(foreign->options, "resource");
	Relation	rel;
	char	   *service;
	char	   *dot;

	table->relid = relid;
	table->server = GetForeignServer(foreign->serverid);
	if (name == NULL)
		report_resource("", "is missing");
	service = pstrdup(name);
	dot = strchr(service, '.');
	if (dot == NULL)
		report_resource(name, "has no service");
	*dot = '\0';
	table->service = gmf_find_service(service);
	table->resource = gmf_find_resource(service, dot + 1);
	if (table->resource == NULL)
		report_resource(name, "is not known");
	table->ncolumns = gmf_count_columns(table->resource);
	table->page_size = get_integer(foreign->options, "page_size",
								   get_integer(table->server->options, "page_size", 0));
	table->max_connections = get_integer(table->server->options, "max_connections",
										 DEFAULT_MAX_CONNECTIONS);
	table->cache_ttl = get_integer(foreign->options, "cache_ttl",
								   get_integer(table->server->options, "cache_ttl", 0));
	table->request_cost = get_number(foreign->options, "fdw_startup_cost",
									 get_number(table->server->options, "fdw_startup_cost",
												DEFAULT_REQUEST_COST));
	table->row_cost = get_number(foreign->options, "fdw_tuple_cost",
								 get_number(table->server->options, "fdw_tuple_cost",
											DEFAULT_ROW_COST));
	table->rows = get_integer(foreign->options, "rows", 0);

	rel = table_open(relid, NoLock);
	table->name = pstrdup(RelationGetRelationName(rel));
	map_columns(table, rel);
	table_close(rel, NoLock);
	return table;
}

void
gmf_check_server(const ForeignServer *server)
{
	ForeignDataWrapper *wrapper = GetForeignDataWrapper(server->fdwid);
	FmgrInfo	handler;

	if (OidIsValid(wrapper->fdwhandler))
	{
		fmgr_info(wrapper->fdwhandler, &handler);
		if (handler.fn_addr == gaussdb_mgmt_fdw_handler)
			return;
	}
	ereport(ERROR,
			(errcode(ERRCODE_WRONG_OBJECT_TYPE),
			 errmsg("server \"%s\" is not a server of gaussdb_mgmt_fdw", server->servername),
			 errdetail("It belongs to the foreign-data wrapper \"%s\".", wrapper->fdwname)));
}

Oid
gmf_type_oid(GmfType type)
{
	switch (type)
	{
		case GMF_TEXT:
			return TEXTOID;
		case GMF_BOOLEAN:
			return BOOLOID;
		case GMF_INTEGER:
			return INT4OID;
		case GMF_BIGINT:
			return INT8OID;
		case GMF_DOUBLE:
			return FLOAT8OID;
		case GMF_TIMESTAMPTZ:
			return TIMESTAMPTZOID;
		case GMF_JSONB:
			return JSONBOID;
		case GMF_TEXT_ARRAY:
			return TEXTARRAYOID;
		case GMF_INTEGER_ARRAY:
			return INT4ARRAYOID;
	}
	return TEXTOID;
}

static const Option *
find_option(const char *name, Oid catalog)
{
	for (const Option *option = options; option->name != NULL; option++)
		if (option->catalog == catalog && strcmp(option->name, name) == 0)
			return option;
	return NULL;
}

static void
report_unknown(const char *name, Oid catalog)
{
	StringInfoData valid;

	initStringInfo(&valid);
	for (const Option *option = options; option->name != NULL; option++)
		if (option->catalog == catalog)
			appendStringInfo(&valid, "%s%s", valid.len > 0 ? ", " : "", option->name);
	ereport(ERROR,
			(errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
			 errmsg("invalid option \"%s\"", name),
			 valid.len > 0
			 ? errhint("Valid options in this context are: %s.", valid.data)
			 : errhint("There are no valid options in this context.")));
}

static void
check_value(const Option *option, const char *value, bool allow_http)
{
	bool		boolean;

	check_printable(option, value);
	switch (option->form)
	{
		case FORM_TEXT:
		case FORM_SECRET:
			break;
		case FORM_HOST_PART:
			check_host_part(option, value);
			break;
		case FORM_URL:
			check_url(option, value, allow_http);
			break;
		case FORM_PROXY:
			check_url(option, value, true);
			break;
		case FORM_FILE:
			check_file(option);
			break;
		case FORM_BOOLEAN:
			if (!parse_bool(value, &boolean))
				ereport(ERROR,
						(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
						 errmsg("option \"%s\" must be true or false, not \"%s\"",
								option->name, value)));
			break;
		case FORM_INTEGER:
		case FORM_NUMBER:
			check_number(option, value);
			break;
		case FORM_BYTES:
			check_bytes(option, value);
			break;
		case FORM_LANGUAGE:
			if (strcmp(value, "en-us") != 0 && strcmp(value, "zh-cn") != 0)
				ereport(ERROR,
						(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
						 errmsg("option \"%s\" must be \"en-us\" or \"zh-cn\", not \"%s\"",
								option->name, value)));
			break;
		case FORM_RESOURCE:
			check_resource(value);
			break;
	}
}

/*
 * An empty value never means anything, and a control character could break out
 * of a header.
 */
static void
check_printable(const Option *option, const char *value)
{
	if (*value == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("option \"%s\" must not be empty", option->name),
				 errhint("Leave it out, or DROP it, to have its default.")));
	for (const char *p = value; *p != '\0'; p++)
		if ((unsigned char) *p < ' ' || *p == 0x7f)
			ereport(ERROR,
					(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
					 errmsg("option \"%s\" must not contain control characters", option->name),
					 errdetail("There is one at position %d.", (int) (p - value) + 1)));
}

/* It becomes part of a host name, which no other character may enter. */
static void
check_host_part(const Option *option, const char *value)
{
	if (strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.")
		!= strlen(value) || value[0] == '.' || value[0] == '-')
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("option \"%s\" must be part of a host name, not \"%s\"",
						option->name, value),
				 errdetail("Letters, digits, hyphens and dots are allowed.")));
}

static void
check_number(const Option *option, const char *value)
{
	char	   *end;
	double		number = strtod(value, &end);
	bool		whole = option->form == FORM_INTEGER;

	if (*end != '\0' || end == value || isnan(number) || (whole && number != floor(number)))
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("option \"%s\" must be %s, not \"%s\"", option->name,
						whole ? "a whole number" : "a number", value)));
	if (number < option->min || number > option->max)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("option \"%s\" must be between %.10g and %.10g, not %s", option->name,
						option->min, option->max, value)));
}

static void
check_bytes(const Option *option, const char *value)
{
	int64		bytes = parse_bytes(value);

	if (bytes < (int64) option->min || bytes > (int64) option->max)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("option \"%s\" must be between 1kB and 1GB, not \"%s\"",
						option->name, value),
				 errhint("Valid units are \"B\", \"kB\", \"MB\" and \"GB\".")));
}

/* -1 when it is not a size. */
static int64
parse_bytes(const char *value)
{
	int			bytes;

	if (!parse_int(value, &bytes, GUC_UNIT_BYTE, NULL))
		return -1;
	return bytes;
}

static void
check_url(const Option *option, const char *value, bool allow_http)
{
	GmfError	error;

	gmf_error_clear(&error);
	if (!gmf_check_url(value, allow_http, &error))
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("option \"%s\" holds an %s", option->name, error.message)));
}

/*
 * The server process would read the file with its own rights.
 */
static void
check_file(const Option *option)
{
	if (!superuser() && !has_privs_of_role(GetUserId(), ROLE_PG_READ_SERVER_FILES))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to set option \"%s\"", option->name),
				 errdetail("It names a file of the database server: only superusers and roles "
						   "with privileges of pg_read_server_files may set it.")));
}

static void
check_resource(const char *value)
{
	const char *dot = strchr(value, '.');

	if (dot == NULL || gmf_find_service(pnstrdup(value, dot - value)) == NULL)
		report_resource(value, "does not begin with a service");
	if (gmf_find_resource(pnstrdup(value, dot - value), dot + 1) == NULL)
		report_resource(value, "is not known");
}

static void
report_resource(const char *value, const char *problem)
{
	StringInfoData services;

	initStringInfo(&services);
	for (int i = 0; gmf_services[i] != NULL; i++)
		appendStringInfo(&services, "%s%s", i > 0 ? ", " : "", gmf_services[i]->name);
	ereport(ERROR,
			(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
			 errmsg("resource \"%s\" %s", value, problem),
			 errdetail("A resource is written service.table; the services are: %s.",
					   services.data),
			 errhint("SELECT service, table_name FROM gaussdb_mgmt_resources() lists them all.")));
}

/* Exactly one whole set. */
static void
check_credential(List *given)
{
	bool		key = get_text(given, "access_key") != NULL;
	bool		secret = get_text(given, "secret_key") != NULL;
	bool		security = get_text(given, "security_token") != NULL;
	bool		token = get_text(given, "token") != NULL;
	bool		user = get_text(given, "user_name") != NULL;
	bool		password = get_text(given, "password") != NULL;
	bool		domain = get_text(given, "domain_name") != NULL;
	int			sets = (key || secret || security) + token + (user || password || domain);
	const char *missing = NULL;

	if (sets > 1)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
				 errmsg("user mapping has more than one kind of credential"),
				 errhint("Give access_key and secret_key (with security_token if they are "
						 "temporary), or token, or user_name, password and domain_name.")));
	if (sets == 0)
		missing = "access_key";
	else if (key || secret || security)
		missing = !key ? "access_key" : !secret ? "secret_key" : NULL;
	else if (!token)
		missing = !user ? "user_name" : !password ? "password" : !domain ? "domain_name" : NULL;
	if (missing != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_DYNAMIC_PARAMETER_VALUE_NEEDED),
				 sets == 0 ? errmsg("user mapping has no credential")
				 : errmsg("user mapping lacks the option \"%s\"", missing),
				 errhint("Give access_key and secret_key (with security_token if they are "
						 "temporary), or token, or user_name, password and domain_name.")));
}

static const char *
get_text(List *list, const char *name)
{
	ListCell   *cell;

	foreach(cell, list)
	{
		DefElem    *element = (DefElem *) lfirst(cell);

		if (strcmp(element->defname, name) == 0)
			return defGetString(element);
	}
	return NULL;
}

static int
get_integer(List *list, const char *name, int standard)
{
	const char *value = get_text(list, name);

	return value == NULL ? standard : (int) strtod(value, NULL);
}

static double
get_number(List *list, const char *name, double standard)
{
	const char *value = get_text(list, name);

	return value == NULL ? standard : strtod(value, NULL);
}

static bool
get_boolean(List *list, const char *name)
{
	const char *value = get_text(list, name);
	bool		result = false;

	return value != NULL && parse_bool(value, &result) && result;
}

/* The options <service>_endpoint that are set. */
static const GmfEndpoint *
get_endpoints(List *list)
{
	int			n = 0;
	GmfEndpoint *endpoints;

	while (gmf_services[n] != NULL)
		n++;
	endpoints = (GmfEndpoint *) palloc0((n + 1) * sizeof(GmfEndpoint));
	n = 0;
	for (int i = 0; gmf_services[i] != NULL; i++)
	{
		const char *url = get_text(list, psprintf("%s_endpoint", gmf_services[i]->name));

		if (url == NULL)
			continue;
		endpoints[n].service = gmf_services[i]->name;
		endpoints[n].url = url;
		n++;
	}
	return endpoints;
}

static void
set_credential(GmfConfig *config, List *list)
{
	config->access_key = get_text(list, "access_key");
	config->secret_key = get_text(list, "secret_key");
	config->security_token = get_text(list, "security_token");
	config->token = get_text(list, "token");
	config->user_name = get_text(list, "user_name");
	config->password = get_text(list, "password");
	config->domain_name = get_text(list, "domain_name");
	if (config->access_key != NULL)
		config->credential = GMF_ACCESS_KEY;
	else if (config->token != NULL)
		config->credential = GMF_TOKEN;
	else if (config->user_name != NULL)
		config->credential = GMF_PASSWORD;
}

static void
map_columns(GmfTable *table, Relation rel)
{
	TupleDesc	desc = RelationGetDescr(rel);

	table->natts = desc->natts;
	table->column_of = (int *) palloc(Max(desc->natts, 1) * sizeof(int));
	table->type_of = (Oid *) palloc(Max(desc->natts, 1) * sizeof(Oid));
	table->name_of = (char **) palloc(Max(desc->natts, 1) * sizeof(char *));
	table->attribute_of = (int *) palloc0((table->ncolumns + 1) * sizeof(int));
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(desc, i);

		table->type_of[i] = attribute->atttypid;
		table->name_of[i] = pstrdup(NameStr(attribute->attname));
		if (attribute->attisdropped)
		{
			table->column_of[i] = GMF_NO_COLUMN;
			continue;
		}
		table->column_of[i] = column_of_attribute(table, rel, attribute);
		table->attribute_of[table->column_of[i]] = attribute->attnum;
	}
}

static int
column_of_attribute(GmfTable *table, Relation rel, Form_pg_attribute attribute)
{
	const char *name = get_text(GetForeignColumnOptions(table->relid, attribute->attnum), "name");
	int			column;

	if (name == NULL)
		name = NameStr(attribute->attname);
	if (strcmp(name, "raw") == 0)
		return table->ncolumns;
	column = gmf_column_index(table->resource, name);
	if (column < 0)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_COLUMN_NAME_NOT_FOUND),
				 errmsg("column \"%s\" of foreign table \"%s\" is not a column of %s.%s",
						NameStr(attribute->attname), RelationGetRelationName(rel),
						table->resource->service, table->resource->name),
				 errhint("SELECT column_name FROM gaussdb_mgmt_columns() WHERE service = '%s' "
						 "AND table_name = '%s' lists them; the column option \"name\" maps "
						 "one that is called otherwise.",
						 table->resource->service, table->resource->name)));
	return column;
}
