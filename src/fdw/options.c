/*
 * options.c
 *		Options of servers, user mappings, foreign tables and columns.
 *
 * One table says which options there are (but for the endpoints of services, of which
 * the catalog knows), where each may stand and what its value must look like; the
 * validator, its hints and the readers below all go by it.  Values are checked when
 * they are set, so that a query meets none that cannot work.
 */
#include "postgres.h"

#include <ctype.h>
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
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/rel.h"
#include "utils/varlena.h"

#include "gmf_answer.h"
#include "gmf_compat.h"
#include "gmf_options.h"
#include "gmf_module.h"
#include "gmf_rights.h"
#include "gmf_shown.h"
#include "gmf_values.h"

typedef enum OptionForm
{
	FORM_TEXT,					/* not empty, no control characters */
	FORM_SECRET,				/* the same, and never shown */
	FORM_HOST_PART,				/* letters, digits, hyphens, dots */
	FORM_URL,
	FORM_PROXY,
	FORM_PROXY_USER,			/* no colon */
	FORM_FILE,
	FORM_BOOLEAN,
	FORM_INTEGER,
	FORM_NUMBER,
	FORM_BYTES,
	FORM_WORD,					/* one of Option.words */
	FORM_RESOURCE,				/* service.table of the catalog */
	FORM_LABEL,					/* one label of a host name */
	FORM_ID,					/* letters, digits, hyphens, underscores */
	FORM_ZONE,					/* a name of pg_timezone_names */
	FORM_PATH,					/* of a request: /v1/{project_id}/things */
	FORM_ITEMS,					/* place of rows in an answer */
	FORM_PLACE					/* place of a value in an answer */
} OptionForm;

typedef struct Option
{
	const char *name;
	Oid			catalog;		/* where it may stand */
	OptionForm	form;
	double		min,
				max;
	const char *words;			/* joined with "|" */
} Option;

/* Where http does without TLS: see gmf_check_url. */
typedef struct Plain
{
	bool		allow_http;
	const char *proxy;
} Plain;

/* A proxy may be reached by http: what goes through it to https is still encrypted. */
static const Plain anywhere = {true, NULL};

static const Option options[] = {
	{"region", ForeignServerRelationId, FORM_HOST_PART, 0, 0},
	{"project_id", ForeignServerRelationId, FORM_ID, 0, 0, NULL},
	{"project_name", ForeignServerRelationId, FORM_TEXT, 0, 0, NULL},
	{"domain_suffix", ForeignServerRelationId, FORM_HOST_PART, 0, 0},
	{"endpoint", ForeignServerRelationId, FORM_URL, 0, 0, NULL},
	{"connect_timeout", ForeignServerRelationId, FORM_INTEGER, 1, 3600, NULL},
	{"request_timeout", ForeignServerRelationId, FORM_INTEGER, 1, 86400, NULL},
	{"max_retries", ForeignServerRelationId, FORM_INTEGER, 0, 100, NULL},
	{"max_connections", ForeignServerRelationId, FORM_INTEGER, 1, 256, NULL},
	{"requests_per_second", ForeignServerRelationId, FORM_NUMBER, 0, 1e6, NULL},
	{"max_response_size", ForeignServerRelationId, FORM_BYTES, 1024, 1024.0 * 1024 * 1024, NULL},
	{"ca_file", ForeignServerRelationId, FORM_FILE, 0, 0, NULL},
	{"proxy", ForeignServerRelationId, FORM_PROXY, 0, 0, NULL},
	{"language", ForeignServerRelationId, FORM_WORD, 0, 0, "en-us|zh-cn"},
	{"time_zone", ForeignServerRelationId, FORM_ZONE, 0, 0, NULL},
	{"allow_http", ForeignServerRelationId, FORM_BOOLEAN, 0, 0, NULL},
	{"page_size", ForeignServerRelationId, FORM_INTEGER, 1, 10000, NULL},
	{"cache_ttl", ForeignServerRelationId, FORM_INTEGER, 0, 86400, NULL},
	{"on_error", ForeignServerRelationId, FORM_WORD, 0, 0, "error|warning"},
	{"fdw_startup_cost", ForeignServerRelationId, FORM_NUMBER, 0, 1e12, NULL},
	{"fdw_tuple_cost", ForeignServerRelationId, FORM_NUMBER, 0, 1e12, NULL},
	{"access_key", UserMappingRelationId, FORM_TEXT, 0, 0, NULL},
	{"secret_key", UserMappingRelationId, FORM_SECRET, 0, 0, NULL},
	{"security_token", UserMappingRelationId, FORM_SECRET, 0, 0, NULL},
	{"token", UserMappingRelationId, FORM_SECRET, 0, 0, NULL},
	{"user_name", UserMappingRelationId, FORM_TEXT, 0, 0, NULL},
	{"password", UserMappingRelationId, FORM_SECRET, 0, 0, NULL},
	{"domain_name", UserMappingRelationId, FORM_TEXT, 0, 0, NULL},
	{"proxy_user", UserMappingRelationId, FORM_PROXY_USER, 0, 0, NULL},
	{"proxy_password", UserMappingRelationId, FORM_SECRET, 0, 0, NULL},
	{"resource", ForeignTableRelationId, FORM_RESOURCE, 0, 0, NULL},
	{"page_size", ForeignTableRelationId, FORM_INTEGER, 1, 10000, NULL},
	{"cache_ttl", ForeignTableRelationId, FORM_INTEGER, 0, 86400, NULL},
	{"on_error", ForeignTableRelationId, FORM_WORD, 0, 0, "error|warning"},
	{"fdw_startup_cost", ForeignTableRelationId, FORM_NUMBER, 0, 1e12, NULL},
	{"fdw_tuple_cost", ForeignTableRelationId, FORM_NUMBER, 0, 1e12, NULL},
	{"rows", ForeignTableRelationId, FORM_INTEGER, 1, 1e9, NULL},
	/* A table of one's own: see table.c. */
	{"service", ForeignTableRelationId, FORM_LABEL, 0, 0, NULL},
	{"method", ForeignTableRelationId, FORM_WORD, 0, 0, "GET|POST"},
	{"path", ForeignTableRelationId, FORM_PATH, 0, 0, NULL},
	{"items", ForeignTableRelationId, FORM_ITEMS, 0, 0, NULL},
	{"total", ForeignTableRelationId, FORM_PLACE, 0, 0, NULL},
	{"paging", ForeignTableRelationId, FORM_WORD, 0, 0, "records|pages|marker|none"},
	{"paging_location", ForeignTableRelationId, FORM_WORD, 0, 0, "query|body"},
	{"limit_parameter", ForeignTableRelationId, FORM_TEXT, 0, 0, NULL},
	{"offset_parameter", ForeignTableRelationId, FORM_TEXT, 0, 0, NULL},
	{"next_marker", ForeignTableRelationId, FORM_PLACE, 0, 0, NULL},
	{"next_link", ForeignTableRelationId, FORM_PLACE, 0, 0, NULL},
	{"max_limit", ForeignTableRelationId, FORM_INTEGER, 1, 100000, NULL},
	{"first_position", ForeignTableRelationId, FORM_INTEGER, 0, 1, NULL},
	{"key", ForeignTableRelationId, FORM_TEXT, 0, 0, NULL},
	{"not_found", ForeignTableRelationId, FORM_TEXT, 0, 0, NULL},
	{"parent", ForeignTableRelationId, FORM_RESOURCE, 0, 0, NULL},
	{"name", AttributeRelationId, FORM_TEXT, 0, 0, NULL},
	{"json_path", AttributeRelationId, FORM_PLACE, 0, 0, NULL},
	{"in_answer", AttributeRelationId, FORM_BOOLEAN, 0, 0, NULL},
	{"separator", AttributeRelationId, FORM_TEXT, 0, 0, NULL},
	{"max_length", AttributeRelationId, FORM_INTEGER, 1, 1000000, NULL},
	{"parameter", AttributeRelationId, FORM_TEXT, 0, 0, NULL},
	{"location", AttributeRelationId, FORM_WORD, 0, 0, "path|query|body|header"},
	{"match", AttributeRelationId, FORM_WORD, 0, 0,
	"key|exact|exact_star|loose|contains|prefix|from|to"},
	{"time_form", AttributeRelationId, FORM_WORD, 0, 0, "offset|zulu|plain|date|millis"},
	{"required", AttributeRelationId, FORM_BOOLEAN, 0, 0, NULL},
	{"batch", AttributeRelationId, FORM_INTEGER, 1, 10000, NULL},
	{"domain", AttributeRelationId, FORM_TEXT, 0, 0, NULL},
	{"fallback", AttributeRelationId, FORM_TEXT, 0, 0, NULL},
	{"parent_column", AttributeRelationId, FORM_TEXT, 0, 0, NULL},
	{NULL, InvalidOid, FORM_TEXT, 0, 0}
};

#define DEFAULT_DOMAIN_SUFFIX "myhuaweicloud.com"
#define DEFAULT_CONNECT_TIMEOUT 10
#define DEFAULT_REQUEST_TIMEOUT 60
#define DEFAULT_MAX_RETRIES 4
#define DEFAULT_MAX_RESPONSE_SIZE (64 * 1024 * 1024)

static const Option *option_named(const char *name, Oid catalog);
static char *endpoint_option(const GmfService *service);
static void report_unknown(const char *name, Oid catalog) gmf_noreturn;
static void check_value(const Option *option, const char *value, const Plain *plain);
static void check_printable(const Option *option, const char *value);
static void check_host_part(const Option *option, const char *value);
static void check_number(const Option *option, const char *value);
static void check_bytes(const Option *option, const char *value);
static void check_url(const Option *option, const char *value, const Plain *plain);
static void check_file(const Option *option, const char *value);
static void check_allow_http(void);
static void check_word(const Option *option, const char *value);
static void check_resource(const char *value);
static void check_label(const Option *option, const char *value);
static void check_id(const Option *option, const char *value);
static void check_zone(const Option *option, const char *value);
static void check_path(const Option *option, const char *value);
static void check_place(const Option *option, const char *items, const char *path);
static void check_table(List *given);
static void check_column(List *given);
static void check_body_place(List *given, const char *location, const char *name);
static void check_credential(List *given);
static int64 parse_bytes(const char *value);
static const char *option_value(List *list, const char *name);
static const GmfEndpoint *get_endpoints(List *list);
static void set_credential(GmfConfig *config, List *list);
static void report_resource(const char *value, const char *problem) gmf_noreturn;

PG_FUNCTION_INFO_V1(gaussdb_mgmt_fdw_validator);

/*
 * Called by CREATE and ALTER with all options that the object would have.
 */
Datum
gaussdb_mgmt_fdw_validator(PG_FUNCTION_ARGS)
{
	List	   *given = untransformRelOptions(PG_GETARG_DATUM(0));
	Oid			catalog = PG_GETARG_OID(1);
	Plain		plain = {false, gmf_option_text(given, "proxy")};
	ListCell   *cell;

	foreach(cell, given)
	{
		DefElem    *element = (DefElem *) lfirst(cell);
		const Option *option = option_named(element->defname, catalog);

		if (option == NULL)
			report_unknown(element->defname, catalog);
		if (strcmp(option->name, "allow_http") == 0)
		{
			check_value(option, defGetString(element), &plain);
			check_allow_http();
		}
	}
	plain.allow_http = catalog == ForeignServerRelationId &&
		gmf_option_boolean(given, "allow_http", false);
	foreach(cell, given)
	{
		DefElem    *element = (DefElem *) lfirst(cell);

		check_value(option_named(element->defname, catalog), defGetString(element), &plain);
	}

	if (catalog == UserMappingRelationId)
		check_credential(given);
	if (catalog == ForeignTableRelationId)
		check_table(given);
	if (catalog == AttributeRelationId)
	{
		check_column(given);
		gmf_rights_set_column(gmf_option_text(given, "location"),
							  gmf_option_text(given, "parameter"));
	}
	PG_RETURN_VOID();
}

GmfConfig *
gmf_config(const ForeignServer *server, const UserMapping *user)
{
	List	   *list = server->options;
	GmfConfig  *config = (GmfConfig *) palloc0(sizeof(GmfConfig));
	const char *rate = gmf_option_text(list, "requests_per_second");
	const char *size = gmf_option_text(list, "max_response_size");

	config->server_name = gmf_utf8(server->servername);
	config->region = gmf_option_text(list, "region");
	config->project_id = gmf_option_text(list, "project_id");
	config->project_name = gmf_option_text(list, "project_name");
	config->endpoint = gmf_option_text(list, "endpoint");
	config->endpoints = get_endpoints(list);
	config->domain_suffix = gmf_option_text(list, "domain_suffix");
	if (config->domain_suffix == NULL)
		config->domain_suffix = DEFAULT_DOMAIN_SUFFIX;
	config->connect_timeout = gmf_option_integer(list, "connect_timeout", DEFAULT_CONNECT_TIMEOUT);
	config->request_timeout = gmf_option_integer(list, "request_timeout", DEFAULT_REQUEST_TIMEOUT);
	config->max_retries = gmf_option_integer(list, "max_retries", DEFAULT_MAX_RETRIES);
	config->max_connections = gmf_option_integer(list, "max_connections",
												 GMF_DEFAULT_MAX_CONNECTIONS);
	config->requests_per_second = rate == NULL ? 0 : strtod(rate, NULL);
	config->max_response_size = size == NULL ? DEFAULT_MAX_RESPONSE_SIZE : parse_bytes(size);
	/* The names of files are bytes. */
	config->ca_file = option_value(list, "ca_file");
	config->proxy = gmf_option_text(list, "proxy");
	config->language = gmf_option_text(list, "language");
	config->allow_http = gmf_option_boolean(list, "allow_http", false);
	config->refuse_local = !superuser_arg(server->owner);
	config->user_agent = GMF_USER_AGENT;
	set_credential(config, user->options);
	/* Who reads by the mapping for PUBLIC may not see what is in it. */
	config->name_user = OidIsValid(user->userid);
	return config;
}

void
gmf_check_server(const ForeignServer *server)
{
	if (gmf_is_our_wrapper(server->fdwid))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_WRONG_OBJECT_TYPE),
			 errmsg("server \"%s\" is not a server of gaussdb_mgmt_fdw", server->servername),
			 errdetail("It belongs to the foreign-data wrapper \"%s\".",
					   GetForeignDataWrapper(server->fdwid)->fdwname)));
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

/*
 * A path is written as in the API's reference, or percent-encoded as it is sent.  It
 * cannot leave the service's endpoint: it begins with a slash, has no segment of dots,
 * not even once it is decoded, and what stands for its placeholders is encoded.
 */
const char *
gmf_path_problem(const char *path)
{
	StringInfoData decoded;

	if (path[0] != '/' || path[1] == '/')
		return "It must begin with one slash.";
	initStringInfo(&decoded);
	for (const char *p = path; *p != '\0'; p++)
	{
		int			byte = (unsigned char) *p;

		if (byte <= ' ' || byte >= 0x7f || strchr("?#\\\"<>^`|", byte))
			return "It must not contain blanks, backslashes, characters that a URL would encode, "
				"or any of ? #. Percent-encode them.";
		if (byte == '%')
		{
			if (!isxdigit((unsigned char) p[1]) || !isxdigit((unsigned char) p[2]))
				return "A percent sign must be followed by two hexadecimal digits.";
			byte = (int) strtol(pnstrdup(p + 1, 2), NULL, 16);
			if (byte < ' ' || byte == 0x7f)
				return "It must not contain control characters.";
			p += 2;
		}
		/* Some servers take a backslash for a slash, and cut segments at a semicolon. */
		appendStringInfoChar(&decoded, byte == '\\' ? '/' : (char) byte);
	}
	for (const char *p = decoded.data; (p = strstr(p, "/.")) != NULL; p++)
	{
		const char *end = p + strspn(p + 1, ".") + 1;

		if (end - p <= 3 && strchr("/;", *end) != NULL)
			return "It must not contain . or .. as a segment.";
	}
	for (const char *p = path; *p != '\0'; p++)
	{
		size_t		length = *p == '{' ? strcspn(p + 1, "{}/") : 0;

		if (*p == '}' || (*p == '{' && (length == 0 || p[length + 1] != '}')))
			return "A placeholder is a name in braces: {project_id}.";
		p += length > 0 ? length + 1 : 0;
	}
	return NULL;
}

static const Option *
option_named(const char *name, Oid catalog)
{
	for (const Option *option = options; option->name != NULL; option++)
		if (option->catalog == catalog && strcmp(option->name, name) == 0)
			return option;
	if (catalog != ForeignServerRelationId)
		return NULL;
	for (int i = 0; gmf_services[i] != NULL; i++)
	{
		Option	   *endpoint = (Option *) palloc0(sizeof(Option));

		endpoint->name = endpoint_option(gmf_services[i]);
		endpoint->catalog = catalog;
		endpoint->form = FORM_URL;
		if (strcmp(endpoint->name, name) == 0)
			return endpoint;
	}
	return NULL;
}

/* Each service has an option for its base URL, which wins over "endpoint". */
static char *
endpoint_option(const GmfService *service)
{
	return psprintf("%s_endpoint", service->name);
}

static void
report_unknown(const char *name, Oid catalog)
{
	StringInfoData valid;

	initStringInfo(&valid);
	for (const Option *option = options; option->name != NULL; option++)
		if (option->catalog == catalog)
			appendStringInfo(&valid, "%s%s", valid.len > 0 ? ", " : "", option->name);
	for (int i = 0; catalog == ForeignServerRelationId && gmf_services[i] != NULL; i++)
		appendStringInfo(&valid, ", %s", endpoint_option(gmf_services[i]));
	ereport(ERROR,
			(errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
			 errmsg("invalid option \"%s\"", name),
			 valid.len > 0
			 ? errhint("Valid options in this context are: %s.", valid.data)
			 : errhint("There are no valid options in this context.")));
}

static void
check_value(const Option *option, const char *value, const Plain *plain)
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
			check_url(option, value, plain);
			break;
		case FORM_PROXY:
			check_url(option, value, &anywhere);
			break;
		case FORM_PROXY_USER:
			if (strchr(value, ':') != NULL)
				ereport(ERROR,
						(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
						 errmsg("option \"%s\" must not contain a colon", option->name)));
			break;
		case FORM_FILE:
			check_file(option, value);
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
		case FORM_WORD:
			check_word(option, value);
			break;
		case FORM_RESOURCE:
			check_resource(value);
			break;
		case FORM_LABEL:
			check_label(option, value);
			break;
		case FORM_ID:
			check_id(option, value);
			break;
		case FORM_ZONE:
			check_zone(option, value);
			break;
		case FORM_PATH:
			check_path(option, value);
			break;
		case FORM_ITEMS:
			check_place(option, gmf_utf8(value), NULL);
			break;
		case FORM_PLACE:
			check_place(option, "", gmf_utf8(value));
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
check_url(const Option *option, const char *value, const Plain *plain)
{
	GmfError	error;

	gmf_error_clear(&error);
	if (!gmf_check_url(gmf_utf8(value), plain->allow_http, plain->proxy, &error))
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("option \"%s\" holds an %s", option->name,
						gmf_shown_utf8(error.message))));
}

/*
 * The server process reads the file with its own rights, and what it says of it tells
 * whether it is there.
 */
static void
check_file(const Option *option, const char *value)
{
	GmfError	error;

	gmf_error_clear(&error);
	if (!superuser() && !has_privs_of_role(GetUserId(), ROLE_PG_READ_SERVER_FILES))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to set option \"%s\"", option->name),
				 errdetail("It names a file of the database server: only superusers and roles "
						   "with privileges of pg_read_server_files may set it.")));
	if (!gmf_check_ca_file(value, &error))
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("%s", gmf_shown_utf8(error.message)),
				 errhint("The file is one of the database server, which reads it as the user that "
						 "it runs as.")));
}

/* Without TLS nobody is told apart from anybody else. */
static void
check_allow_http(void)
{
	if (!superuser())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied to set option \"allow_http\""),
				 errdetail("It gives up encryption and the proof of who answers: only superusers "
						   "may set it.")));
}

static void
check_word(const Option *option, const char *value)
{
	if (!gmf_list_has(option->words, '|', value))
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("option \"%s\" must not be \"%s\"", option->name, value),
				 errhint("It must be one of: %s.", option->words)));
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
check_label(const Option *option, const char *value)
{
	check_host_part(option, value);
	if (strchr(value, '.') != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("option \"%s\" must be one label of a host name, not \"%s\"",
						option->name, value)));
}

/* It becomes a segment of paths, and a header. */
static void
check_id(const Option *option, const char *value)
{
	if (!gmf_is_plain_id(value))
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("option \"%s\" must be an id, not \"%s\"", option->name, value),
				 errdetail("Up to 64 letters, digits, hyphens and underscores are allowed.")));
}

/*
 * Other than SET does, no POSIX specification is taken: "UTC+8" would be eight hours west, and a
 * misspelt name with a digit in it would be a zone.
 */
static void
check_zone(const Option *option, const char *value)
{
	pg_tzenum  *all = pg_tzenumerate_start();
	pg_tz	   *zone;
	bool		found = false;

	while (!found && (zone = pg_tzenumerate_next(all)) != NULL)
		found = pg_strcasecmp(pg_get_timezone_name(zone), value) == 0 &&
			pg_tz_acceptable(zone);
	pg_tzenumerate_end(all);
	if (!found)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("option \"%s\" must be the name of a time zone, not \"%s\"",
						option->name, value),
				 errhint("SELECT name FROM pg_timezone_names lists them.")));
}

static void
check_path(const Option *option, const char *value)
{
	const char *problem = gmf_path_problem(value);

	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("invalid path \"%s\" in option \"%s\"", value, option->name),
				 errdetail("%s", problem)));
}

static void
check_place(const Option *option, const char *items, const char *path)
{
	GmfError	error;
	GmfShape   *shape;

	gmf_error_clear(&error);
	shape = gmf_shape_new(items, NULL, &path, path != NULL ? 1 : 0, &error);
	if (shape == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("invalid place in option \"%s\"", option->name),
				 errdetail("%s", gmf_shown_utf8(error.message))));
	gmf_shape_free(shape);
}

/* A table is one of the catalog, or one of its own. */
static void
check_table(List *given)
{
	static const char *const own[] = {"service", "method", "path", "items", "total", "paging",
		"paging_location", "limit_parameter", "offset_parameter", "next_marker", "next_link",
	"max_limit", "first_position", "key", "not_found", "parent"};
	static const char *const other[] = {"paging", "paging_location", "offset_parameter",
		"next_marker", "first_position"};
	bool		resource = gmf_option_text(given, "resource") != NULL;

	for (size_t i = 0; resource && i < lengthof(own); i++)
		if (gmf_option_text(given, own[i]) != NULL)
			ereport(ERROR,
					(errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
					 errmsg("options \"resource\" and \"%s\" exclude each other", own[i]),
					 errdetail("A table shows a resource of the catalog, or an endpoint that its "
							   "own options describe.")));
	gmf_rights_set_table(gmf_option_text(given, "method"), gmf_option_text(given, "path"),
						 gmf_option_text(given, "paging_location"));
	if (!resource && (gmf_option_text(given, "service") == NULL ||
					  gmf_option_text(given, "path") == NULL))
		ereport(ERROR,
				(errcode(ERRCODE_FDW_DYNAMIC_PARAMETER_VALUE_NEEDED),
				 errmsg("foreign table needs the option \"resource\", or \"service\" and \"path\""),
				 errhint("For example OPTIONS (resource 'gaussdb.instances'). "
						 "SELECT * FROM gaussdb_mgmt_resources() lists them all.")));
	for (size_t i = 0; gmf_option_text(given, "next_link") != NULL && i < lengthof(other); i++)
		if (gmf_option_text(given, other[i]) != NULL)
			ereport(ERROR,
					(errcode(ERRCODE_FDW_INVALID_OPTION_NAME),
					 errmsg("options \"next_link\" and \"%s\" exclude each other", other[i]),
					 errdetail("The link names the next page by itself.")));
	check_body_place(given, "paging_location", "limit_parameter");
	check_body_place(given, "paging_location", "offset_parameter");
}

static void
check_column(List *given)
{
	const char *fallback = gmf_option_text(given, "fallback");

	check_body_place(given, "location", "parameter");
	if (fallback != NULL && gmf_json_too_deep(fallback))
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("option \"%s\" must not be nested deeper than %d", "fallback",
						GMF_MAX_DEPTH)));
}

/* In a body, the name of a parameter is a place. */
static void
check_body_place(List *given, const char *location, const char *name)
{
	const char *where = gmf_option_text(given, location);
	const char *place = gmf_option_text(given, name);
	GmfError	error;

	if (where == NULL || strcmp(where, "body") != 0 || place == NULL)
		return;
	gmf_error_clear(&error);
	if (!gmf_check_body_place(place, &error))
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("invalid place in option \"%s\"", name),
				 errdetail("%s", error.message)));
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
	bool		key = gmf_option_text(given, "access_key") != NULL;
	bool		secret = gmf_option_text(given, "secret_key") != NULL;
	bool		security = gmf_option_text(given, "security_token") != NULL;
	bool		token = gmf_option_text(given, "token") != NULL;
	bool		user = gmf_option_text(given, "user_name") != NULL;
	bool		password = gmf_option_text(given, "password") != NULL;
	bool		domain = gmf_option_text(given, "domain_name") != NULL;
	int			sets = (key || secret || security) + token + (user || password || domain);
	const char *missing = NULL;

	/* Beside the credential for the cloud, one for the proxy. */
	if ((gmf_option_text(given, "proxy_user") == NULL) !=
		(gmf_option_text(given, "proxy_password") == NULL))
		ereport(ERROR,
				(errcode(ERRCODE_FDW_DYNAMIC_PARAMETER_VALUE_NEEDED),
				 errmsg("user mapping lacks the option \"%s\"",
						gmf_option_text(given, "proxy_user") == NULL ? "proxy_user"
						: "proxy_password"),
				 errhint("Give proxy_user and proxy_password together, or neither.")));
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

const char *
gmf_option_text(List *list, const char *name)
{
	const char *value = option_value(list, name);

	return value == NULL ? NULL : gmf_utf8(value);
}

/* As it was given. */
static const char *
option_value(List *list, const char *name)
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

int
gmf_option_integer(List *list, const char *name, int standard)
{
	const char *value = gmf_option_text(list, name);

	return value == NULL ? standard : (int) strtod(value, NULL);
}

double
gmf_option_number(List *list, const char *name, double standard)
{
	const char *value = gmf_option_text(list, name);

	return value == NULL ? standard : strtod(value, NULL);
}

bool
gmf_option_boolean(List *list, const char *name, bool standard)
{
	const char *value = gmf_option_text(list, name);
	bool		result;

	return value != NULL && parse_bool(value, &result) ? result : standard;
}

pg_tz *
gmf_option_zone(List *list)
{
	const char *name = gmf_option_text(list, "time_zone");
	pg_tz	   *zone = name == NULL ? NULL : pg_tzset(name);

	if (name != NULL && zone == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE),
				 errmsg("option \"time_zone\" names the time zone \"%s\", which is not known",
						name)));
	return name == NULL || pg_strcasecmp(name, "UTC") == 0 ? NULL : zone;
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
		const char *url = gmf_option_text(list, endpoint_option(gmf_services[i]));

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
	config->access_key = gmf_option_text(list, "access_key");
	config->secret_key = gmf_option_text(list, "secret_key");
	config->security_token = gmf_option_text(list, "security_token");
	config->token = gmf_option_text(list, "token");
	config->user_name = gmf_option_text(list, "user_name");
	config->password = gmf_option_text(list, "password");
	config->domain_name = gmf_option_text(list, "domain_name");
	config->proxy_user = gmf_option_text(list, "proxy_user");
	config->proxy_password = gmf_option_text(list, "proxy_password");
	if (config->access_key != NULL)
		config->credential = GMF_ACCESS_KEY;
	else if (config->token != NULL)
		config->credential = GMF_TOKEN;
	else if (config->user_name != NULL)
		config->credential = GMF_PASSWORD;
}
