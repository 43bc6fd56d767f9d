/*
 * roma_apps.c
 *		Integration applications with their App Codes, client quotas, data
 *		sources of custom backends, and dictionaries.
 */
#include "roma.h"

static const GmfColumn apps_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "ID of the ROMA Connect instance."},
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "ID of the integration application."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Application name."},
	{.name = "remark", .type = GMF_TEXT, .path = "remark",
		.description = "Application description."},
	{.name = "roles", .type = GMF_TEXT_ARRAY, .path = "roles",
		.values = "read | access | delete | modify | admin",
		.description = "What the caller may do in the application."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the application was created."},
	{.name = "update_time", .type = GMF_TIMESTAMPTZ, .path = "update_time",
		.description = "When the application was changed last."},
	{.name = "created_user_user_id", .type = GMF_TEXT, .path = "created_user.user_id",
		.description = "ID of the user who created it."},
	{.name = "created_user_user_name", .type = GMF_TEXT, .path = "created_user.user_name",
		.description = "Name of the user who created it."},
	{.name = "last_updated_user_user_id", .type = GMF_TEXT, .path = "last_updated_user.user_id",
		.description = "ID of the user who changed it last."},
	{.name = "last_updated_user_user_name", .type = GMF_TEXT,
		.path = "last_updated_user.user_name",
		.description = "Name of the user who changed it last."},
	{.name = "owner", .type = GMF_BOOLEAN, .path = "owner",
		.description = "Whether the caller owns the application."},
	{.name = "key", .type = GMF_TEXT, .path = "key",
		.description = "Key of the application: a secret in clear text."},
	{.name = "favorite", .type = GMF_BOOLEAN, .path = "favorite",
		.description = "Whether it is a favorite of the caller."},
	{.name = "auth_role", .type = GMF_TEXT, .only = GMF_LIST,
		.description = "Filter only: applications in which the caller has this role."},
	{.name = "user_name", .type = GMF_TEXT, .only = GMF_LIST,
		.description = "Filter only: applications in which this user has a role."},
	{0}
};

static const GmfParameter apps_get_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "app_id", .location = GMF_IN_PATH, .column = "id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfParameter apps_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "favorite", .location = GMF_IN_QUERY, .column = "favorite", .match = GMF_MATCH_EXACT},
	{.name = "auth_role", .location = GMF_IN_QUERY, .column = "auth_role",
		.match = GMF_MATCH_EXACT, .domain = "read|access|delete|modify|admin"},
	{.name = "owner", .location = GMF_IN_QUERY, .column = "owner", .match = GMF_MATCH_EXACT},
	{.name = "user_name", .location = GMF_IN_QUERY, .column = "user_name",
		.match = GMF_MATCH_EXACT},
	{.name = "name", .location = GMF_IN_QUERY, .column = "name", .match = GMF_MATCH_CONTAINS},
	{0}
};

static const GmfRoute apps_routes[] = {
	{
		.operation_id = "CheckRomaAppDetails",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v2/{project_id}/instances/{instance_id}/apps/{app_id}",
		.items = "",
		.parameters = apps_get_parameters
	},
	{
		.operation_id = "ListRomaApp",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/instances/{instance_id}/apps",
		.items = "apps",
		.total = "total",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = apps_list_parameters
	},
	{0}
};

static const GmfParentKey of_instance[] = {
	{"instance_id", "id"},
	{0}
};

static const GmfColumn app_codes_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "ID of the ROMA Connect instance."},
	{.name = "app_code", .type = GMF_TEXT, .path = "app_code",
		.description = "App Code: a secret in clear text."},
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "ID of the App Code."},
	{.name = "app_id", .type = GMF_TEXT, .path = "app_id",
		.description = "ID of the application."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the App Code was created."},
	{0}
};

static const GmfParameter app_codes_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "app_id", .location = GMF_IN_PATH, .column = "app_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute app_codes_routes[] = {
	{
		.operation_id = "ListAppCodesV2",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/apic/instances/{instance_id}/apps/{app_id}/app-codes",
		.items = "app_codes",
		.total = "total",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = app_codes_list_parameters
	},
	{0}
};

static const GmfParentKey of_app[] = {
	{"instance_id", "instance_id"},
	{"app_id", "id"},
	{0}
};

static const GmfColumn app_quotas_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "ID of the ROMA Connect instance."},
	{.name = "app_quota_id", .type = GMF_TEXT, .path = "app_quota_id",
		.description = "Quota ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Quota name."},
	{.name = "call_limits", .type = GMF_INTEGER, .path = "call_limits",
		.description = "Largest number of calls in a period."},
	{.name = "time_unit", .type = GMF_TEXT, .path = "time_unit",
		.values = "SECOND | MINUTE | HOURE | DAY",
		.description = "Unit of the period; an hour is spelt HOURE."},
	{.name = "time_interval", .type = GMF_INTEGER, .path = "time_interval",
		.description = "Length of the period, in time_unit."},
	{.name = "remark", .type = GMF_TEXT, .path = "remark",
		.description = "Description."},
	{.name = "reset_time", .type = GMF_TIMESTAMPTZ, .path = "reset_time",
		.description = "When the quota is reset first; without it the period begins with the "
		"first call."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the quota was created."},
	{.name = "bound_app_num", .type = GMF_INTEGER, .path = "bound_app_num",
		.description = "Number of applications that it is bound to."},
	{0}
};

static const GmfParameter app_quotas_get_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "app_quota_id", .location = GMF_IN_PATH, .column = "app_quota_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfParameter app_quotas_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "name", .location = GMF_IN_QUERY, .column = "name", .match = GMF_MATCH_CONTAINS},
	{0}
};

static const GmfRoute app_quotas_routes[] = {
	{
		.operation_id = "ShowAppQuota",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v2/{project_id}/apic/instances/{instance_id}/app-quotas/{app_quota_id}",
		.items = "",
		.parameters = app_quotas_get_parameters
	},
	{
		.operation_id = "ListAppQuotas",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/apic/instances/{instance_id}/app-quotas",
		.items = "quotas",
		.total = "total",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = app_quotas_list_parameters
	},
	{0}
};

static const GmfColumn custom_backend_datasources_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "ID of the ROMA Connect instance."},
	{.name = "app_id", .type = GMF_TEXT,
		.description = "ID of the integration application."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Data source name."},
	{.name = "type", .type = GMF_TEXT, .path = "type",
		.values = "oracle | mysql | mongodb | redis | postgresql | hive | mssql | sqlserver | "
		"dws | gauss100 | zenith | hana | clickhouse | mrshive",
		.description = "Data source type."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the data source."},
	{.name = "url", .type = GMF_TEXT, .path = "url",
		.description = "Connection string of the data source."},
	{.name = "user", .type = GMF_TEXT, .path = "user",
		.description = "User name."},
	{.name = "password", .type = GMF_TEXT, .path = "password",
		.description = "Password; never returned."},
	{.name = "remotepath", .type = GMF_TEXT, .path = "remotepath",
		.description = "Path for FTP uploads; not used yet."},
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Data source ID."},
	{.name = "status", .type = GMF_TEXT, .path = "status", .values = "old | new",
		.description = "Kind of data source: old, or new (of ROMA)."},
	{.name = "created_time", .type = GMF_TIMESTAMPTZ, .path = "created_time",
		.description = "When the data source was created."},
	{.name = "modified_time", .type = GMF_TIMESTAMPTZ, .path = "modified_time",
		.description = "When the data source was changed last."},
	{0}
};

static const GmfParameter custom_backend_datasources_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "app_id", .location = GMF_IN_QUERY, .column = "app_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "name", .location = GMF_IN_QUERY, .column = "name", .match = GMF_MATCH_LOOSE},
	{0}
};

static const GmfRoute custom_backend_datasources_routes[] = {
	{
		.operation_id = "ListLiveDataDataSourcesV2",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/apic/instances/{instance_id}/data-sources",
		.items = "data_sources",
		.total = "total",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = custom_backend_datasources_list_parameters
	},
	{0}
};

static const GmfColumn dictionaries_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "ID of the ROMA Connect instance."},
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Dictionary ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Dictionary name."},
	{.name = "remark", .type = GMF_TEXT, .path = "remark",
		.description = "Description of the dictionary."},
	{.name = "code", .type = GMF_TEXT, .path = "code",
		.description = "Dictionary code."},
	{.name = "extend_one", .type = GMF_TEXT, .path = "extend_one",
		.description = "First extension field."},
	{.name = "extend_two", .type = GMF_TEXT, .path = "extend_two",
		.description = "Second extension field."},
	{.name = "parent_code", .type = GMF_TEXT, .path = "parent_code",
		.description = "Code of the dictionary above; empty at the top."},
	{.name = "type", .type = GMF_TEXT, .path = "type", .values = "system | user",
		.description = "Who made it: the system, or a user."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the dictionary was created."},
	{.name = "update_time", .type = GMF_TIMESTAMPTZ, .path = "update_time",
		.description = "When the dictionary was changed last."},
	{0}
};

static const GmfParameter dictionaries_get_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "dict_id", .location = GMF_IN_PATH, .column = "id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfParameter dictionaries_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "code", .location = GMF_IN_QUERY, .column = "code", .match = GMF_MATCH_CONTAINS},
	{.name = "name", .location = GMF_IN_QUERY, .column = "name", .match = GMF_MATCH_CONTAINS},
	{0}
};

static const GmfRoute dictionaries_routes[] = {
	{
		.operation_id = "CheckDictionary",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v2/{project_id}/instances/{instance_id}/dictionaries/{dict_id}",
		.items = "",
		.parameters = dictionaries_get_parameters
	},
	{
		.operation_id = "ListDictionary",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/instances/{instance_id}/dictionaries",
		.items = "dictionaries",
		.total = "total",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = dictionaries_list_parameters
	},
	{0}
};

static const GmfColumn dictionary_children_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "ID of the ROMA Connect instance."},
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Dictionary ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Dictionary name."},
	{.name = "remark", .type = GMF_TEXT, .path = "remark",
		.description = "Description of the dictionary."},
	{.name = "code", .type = GMF_TEXT, .path = "code",
		.description = "Dictionary code."},
	{.name = "extend_one", .type = GMF_TEXT, .path = "extend_one",
		.description = "First extension field."},
	{.name = "extend_two", .type = GMF_TEXT, .path = "extend_two",
		.description = "Second extension field."},
	{.name = "parent_code", .type = GMF_TEXT, .path = "parent_code",
		.description = "Code of the dictionary above."},
	{.name = "type", .type = GMF_TEXT, .path = "type", .values = "system | user",
		.description = "Who made it: the system, or a user."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the dictionary was created."},
	{.name = "update_time", .type = GMF_TIMESTAMPTZ, .path = "update_time",
		.description = "When the dictionary was changed last."},
	{0}
};

static const GmfParameter dictionary_children_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "parent_code", .location = GMF_IN_QUERY, .column = "parent_code",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "code", .location = GMF_IN_QUERY, .column = "code", .match = GMF_MATCH_CONTAINS},
	{.name = "name", .location = GMF_IN_QUERY, .column = "name", .match = GMF_MATCH_CONTAINS},
	{0}
};

static const GmfRoute dictionary_children_routes[] = {
	{
		.operation_id = "ListDictionary",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/instances/{instance_id}/dictionaries",
		.items = "dictionaries",
		.total = "total",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = dictionary_children_list_parameters
	},
	{0}
};

static const GmfParentKey of_dictionarie[] = {
	{"instance_id", "instance_id"},
	{"parent_code", "code"},
	{0}
};

static const GmfArgument create_app_code_auto_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the ROMA Connect instance."},
	{.name = "app_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the application."},
	{0}
};

static const GmfResult create_app_code_auto_results[] = {
	{.name = "app_code", .type = GMF_TEXT, .path = "app_code",
		.description = "App Code: a secret in clear text."},
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "ID of the App Code."},
	{.name = "app_id", .type = GMF_TEXT, .path = "app_id",
		.description = "ID of the application."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the App Code was created."},
	{0}
};

static const GmfArgument update_dictionary_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the ROMA Connect instance."},
	{.name = "dict_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the dictionary."},
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "Name, unique in the instance."},
	{.name = "remark", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "Description."},
	{.name = "order", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.description = "Place in the order: small ones come first."},
	{.name = "extend_one", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "First extension field."},
	{.name = "extend_two", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "Second extension field."},
	{0}
};

static const GmfResult update_dictionary_results[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Dictionary ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Dictionary name."},
	{.name = "remark", .type = GMF_TEXT, .path = "remark",
		.description = "Description of the dictionary."},
	{.name = "code", .type = GMF_TEXT, .path = "code",
		.description = "Dictionary code."},
	{.name = "extend_one", .type = GMF_TEXT, .path = "extend_one",
		.description = "First extension field."},
	{.name = "extend_two", .type = GMF_TEXT, .path = "extend_two",
		.description = "Second extension field."},
	{.name = "parent_code", .type = GMF_TEXT, .path = "parent_code",
		.description = "Code of the dictionary above; empty at the top."},
	{.name = "type", .type = GMF_TEXT, .path = "type",
		.description = "Who made it: the system, or a user."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the dictionary was created."},
	{.name = "update_time", .type = GMF_TIMESTAMPTZ, .path = "update_time",
		.description = "When the dictionary was changed last."},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "roma",
		.name = "apps",
		.section = "Application management",
		.description = "Integration applications in which the caller has a role.",
		.columns = apps_columns,
		.routes = apps_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "id",
		.rows = 100
	},
	{
		.service = "roma",
		.name = "app_codes",
		.section = "APIC app codes",
		.description = "App Codes of an application, with which its callers are recognised.",
		.columns = app_codes_columns,
		.routes = app_codes_routes,
		.parent = "apps",
		.parent_keys = of_app,
		.key = "id",
		.rows = 5
	},
	{
		.service = "roma",
		.name = "app_quotas",
		.section = "APIC client quotas",
		.description = "Client quotas: how often applications may call in a period.",
		.columns = app_quotas_columns,
		.routes = app_quotas_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "app_quota_id",
		.rows = 50
	},
	{
		.service = "roma",
		.name = "custom_backend_datasources",
		.section = "APIC custom backend",
		.description = "Data sources that the custom backends of an integration application can "
		"use.",
		.columns = custom_backend_datasources_columns,
		.routes = custom_backend_datasources_routes,
		.parent = "apps",
		.parent_keys = of_app,
		.key = "id",
		.rows = 20
	},
	{
		.service = "roma",
		.name = "dictionaries",
		.section = "Dictionary management",
		.description = "Dictionaries: any by id, those at the top as a list.",
		.columns = dictionaries_columns,
		.routes = dictionaries_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "id",
		.rows = 50
	},
	{
		.service = "roma",
		.name = "dictionary_children",
		.section = "Dictionary management",
		.description = "Dictionaries below another one: those of every dictionary at the top, "
		"or of the one that is asked for.",
		.columns = dictionary_children_columns,
		.routes = dictionary_children_routes,
		.parent = "dictionaries",
		.parent_keys = of_dictionarie,
		.key = "id",
		.rows = 50
	},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "roma",
		.name = "roma_create_app_code_auto",
		.operation_id = "CreateAppCodeAutoV2",
		.section = "APIC app codes",
		.method = "PUT",
		.path = "/v2/{project_id}/apic/instances/{instance_id}/apps/{app_id}/app-codes",
		.description = "Makes an App Code with a random value for an application.",
		.arguments = create_app_code_auto_arguments,
		.results = create_app_code_auto_results
	},
	{
		.service = "roma",
		.name = "roma_update_dictionary",
		.operation_id = "UpdateDictionary",
		.section = "Dictionary management",
		.method = "PUT",
		.path = "/v2/{project_id}/instances/{instance_id}/dictionaries/{dict_id}",
		.description = "Changes name, description, order and extension fields of a dictionary.",
		.arguments = update_dictionary_arguments,
		.results = update_dictionary_results,
		.destructive = true
	},
	{0}
};

const GmfChapter gmf_roma_apps = {
	.name = "apps",
	.title = "Applications",
	.resources = resources,
	.actions = actions
};
