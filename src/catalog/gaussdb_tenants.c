/*
 * gaussdb_tenants.c
 *		Chapter 4.10 of the GaussDB reference: tenants (pluggable databases) of an
 *		instance.
 *
 * An instance whose edition knows no tenants (DBS.06014011) has none.
 */
#include "catalog_internal.h"

/* Letters, digits and underscores, no digit first, and not beginning with pg. */
#define IDENTIFIER_PATTERN "^(p|p[A-Za-fh-z0-9_][A-Za-z0-9_]*|[A-Za-oq-z_][A-Za-z0-9_]*)$"

#define NO_TENANTS GMF_NO_INSTANCE "|DBS.06014011"

static const GmfParameter instance_key[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfParentKey of_instance[] = {
	{"instance_id", "id"},
	{0}
};

static const GmfParameter tenant_key[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "pdb_id", .location = GMF_IN_PATH, .column = "pdb_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfParentKey of_tenant[] = {
	{"instance_id", "instance_id"},
	{"pdb_id", "id"},
	{0}
};

static const GmfColumn tenants_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "id", .type = GMF_TEXT, .path = "id", .max_length = 64,
		.description = "Tenant ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Tenant name."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "normal",
		.description = "Status; the reference names no values."},
	{.name = "cpu", .type = GMF_INTEGER, .path = "cpu",
		.description = "Virtual CPUs."},
	{.name = "mem", .type = GMF_INTEGER, .path = "mem", .unit = "GB",
		.description = "Memory."},
	{.name = "disk", .type = GMF_DOUBLE, .path = "disk", .unit = "GB",
		.description = "Storage space."},
	{.name = "nodes", .type = GMF_JSONB, .path = "nodes",
		.description = "Nodes of the tenant: id, name, role, status, availability_zone, data_ip, "
		"management_ip, private_ip, component_names of each."},
	{.name = "oid", .type = GMF_INTEGER, .path = "oid",
		.description = "Logical ID of the tenant, 1 to 4095."},
	{.name = "created", .type = GMF_TIMESTAMPTZ, .path = "created",
		.description = "When the tenant was created."},
	{.name = "updated", .type = GMF_TIMESTAMPTZ, .path = "updated",
		.description = "When the tenant was changed last."},
	{.name = "is_cdb", .type = GMF_BOOLEAN, .path = "is_cdb",
		.description = "Whether the tenant is one of the system."},
	{.name = "az_code", .type = GMF_TEXT, .path = "az_code",
		.description = "Availability zone."},
	{.name = "config_id", .type = GMF_TEXT, .path = "config_id",
		.description = "ID of the parameter template."},
	{0}
};

/* How id and name match is not documented; a whole one matches under every reading. */
static const GmfParameter tenants_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "id", .location = GMF_IN_BODY, .column = "id", .match = GMF_MATCH_LOOSE},
	{.name = "name", .location = GMF_IN_BODY, .column = "name", .match = GMF_MATCH_LOOSE},
	{0}
};

static const GmfRoute tenants_routes[] = {
	{
		.operation_id = "ListPdbs",
		.role = GMF_LIST,
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/pdb-info",
		.items = "pdb_infos",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_PAGE, GMF_IN_BODY, "limit", "offset", 10, 100, 0},
		.parameters = tenants_list_parameters,
		.not_found = NO_TENANTS
	},
	{0}
};

static const GmfColumn tenant_parameters_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "pdb_id", .type = GMF_TEXT, .max_length = 64,
		.description = "Tenant ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Parameter name."},
	{.name = "value", .type = GMF_TEXT, .path = "value",
		.description = "Current value."},
	{.name = "restart_required", .type = GMF_BOOLEAN, .path = "restart_required",
		.description = "Whether a change takes effect only with a restart."},
	{.name = "value_range", .type = GMF_TEXT, .path = "value_range",
		.description = "Values that are allowed."},
	{.name = "type", .type = GMF_TEXT, .path = "type",
		.description = "Type of the value."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "What the parameter does."},
	{.name = "datastore_version", .type = GMF_TEXT, .path = "$.datastore_version",
		.description = "Version of the engine."},
	{.name = "datastore_name", .type = GMF_TEXT, .path = "$.datastore_name",
		.description = "Name of the engine."},
	{.name = "created", .type = GMF_TIMESTAMPTZ, .path = "$.created",
		.description = "When the tenant's parameters were created."},
	{.name = "updated", .type = GMF_TIMESTAMPTZ, .path = "$.updated",
		.description = "When the tenant's parameters were changed last."},
	{0}
};

static const GmfRoute tenant_parameters_routes[] = {
	{
		.operation_id = "ShowPdbConfiguration",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3.1/{project_id}/instances/{instance_id}/pdbs/{pdb_id}/configurations",
		.items = "configuration_parameters",
		.parameters = tenant_key,
		.not_found = NO_TENANTS
	},
	{0}
};

static const GmfColumn tenant_templates_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "id", .type = GMF_TEXT, .path = "id", .max_length = 64,
		.description = "Template ID: the configuration_id of gaussdb_create_tenant."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Name of the template."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the template."},
	{.name = "datastore_version", .type = GMF_TEXT, .path = "datastore_version",
		.description = "Engine version that the template is for."},
	{.name = "datastore_name", .type = GMF_TEXT, .path = "datastore_name",
		.values = "GaussDB",
		.description = "Name of the engine."},
	{.name = "ha_mode", .type = GMF_TEXT, .path = "ha_mode",
		.description = "Deployment form that the template is for, for example "
		"centralization_standard."},
	{.name = "created", .type = GMF_TIMESTAMPTZ, .path = "created",
		.description = "When the template was created."},
	{.name = "updated", .type = GMF_TIMESTAMPTZ, .path = "updated",
		.description = "When the template was changed last."},
	{.name = "user_defined", .type = GMF_BOOLEAN, .path = "user_defined",
		.description = "Whether a user made the template; the others are the system's."},
	{0}
};

static const GmfRoute tenant_templates_routes[] = {
	{
		.operation_id = "ListPdbConfigurationTemplates",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3.1/{project_id}/instances/{instance_id}/pdb/configurations",
		.items = "configurations",
		.total = "count",
		.parameters = instance_key,
		.not_found = NO_TENANTS
	},
	{0}
};

static const GmfColumn tenant_flavors_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "cpu", .type = GMF_INTEGER, .path = "cpu",
		.description = "Virtual CPUs."},
	{.name = "mem", .type = GMF_INTEGER, .path = "mem", .unit = "GB",
		.description = "Memory."},
	{.name = "remaining_disk", .type = GMF_INTEGER, .path = "$.remaining_disk", .unit = "GB",
		.description = "Storage space that the instance has left for tenants."},
	{0}
};

static const GmfRoute tenant_flavors_routes[] = {
	{
		.operation_id = "ListPdbFlavors",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/pdb-flavors",
		.items = "pdb_flavors",
		.parameters = instance_key,
		.not_found = NO_TENANTS
	},
	{0}
};

static const GmfColumn tenant_users_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "pdb_id", .type = GMF_TEXT, .max_length = 64,
		.description = "Tenant ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "User name."},
	{.name = "attributes_rolsuper", .type = GMF_BOOLEAN,
		.path = "attribute.rolsuper|attributes.rolsuper",
		.description = "Whether the user has the rights of an administrator."},
	{.name = "attributes_rolinherit", .type = GMF_BOOLEAN,
		.path = "attribute.rolinherit|attributes.rolinherit",
		.description = "Whether the user has the rights of the roles that it belongs to."},
	{.name = "attributes_rolcreaterole", .type = GMF_BOOLEAN,
		.path = "attribute.rolcreatorole|attribute.rolcreaterole|attributes.rolcreatorole|"
		"attributes.rolcreaterole",
		.description = "Whether the user can create users. On the wire it is misspelt "
		"rolcreatorole."},
	{.name = "attributes_rolcreatedb", .type = GMF_BOOLEAN,
		.path = "attribute.rolcreatedb|attributes.rolcreatedb",
		.description = "Whether the user can create databases and schemas."},
	{.name = "attributes_rolcanlogin", .type = GMF_BOOLEAN,
		.path = "attribute.rolcanlogin|attributes.rolcanlogin",
		.description = "Whether the user can log in."},
	{.name = "attributes_rolconnlimit", .type = GMF_INTEGER,
		.path = "attribute.rolconlimit|attribute.rolconnlimit|attributes.rolconlimit|"
		"attributes.rolconnlimit",
		.description = "How many connections the user may have; -1 is no limit. On the wire it "
		"is misspelt rolconlimit."},
	{.name = "attributes_rolreplication", .type = GMF_BOOLEAN,
		.path = "attribute.rolreplication|attributes.rolreplication",
		.description = "Whether the user is a replication role."},
	{.name = "attributes_rolbypassrls", .type = GMF_BOOLEAN,
		.path = "attribute.rolbypassrls|attributes.rolbypassrls",
		.description = "Whether row-level security does not apply to the user."},
	{.name = "memberof", .type = GMF_TEXT, .path = "memberof",
		.description = "Roles of the user, as the text of an array: it can be cast to text[]."},
	{.name = "lock_status", .type = GMF_BOOLEAN, .path = "lock_status",
		.description = "Whether the user is locked."},
	{0}
};

/*
 * The reference defines the offset of this list and of the next one in records,
 * while its example reads as pages.
 */
static const GmfRoute tenant_users_routes[] = {
	{
		.operation_id = "ListPdbDbUsers",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/pdbs/{pdb_id}/db-users",
		.items = "users",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 10, 100, 0},
		.parameters = tenant_key,
		.not_found = NO_TENANTS
	},
	{0}
};

static const GmfColumn tenant_schemas_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "pdb_id", .type = GMF_TEXT, .max_length = 64,
		.description = "Tenant ID."},
	{.name = "schema_name", .type = GMF_TEXT, .path = "schema_name",
		.description = "Schema name."},
	{.name = "owner", .type = GMF_TEXT, .path = "owner",
		.description = "User that owns the schema."},
	{0}
};

static const GmfRoute tenant_schemas_routes[] = {
	{
		.operation_id = "ListPdbDatabaseSchemas",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/pdbs/{pdb_id}/schemas",
		.items = "database_schemas",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 10, 100, 0},
		.parameters = tenant_key,
		.not_found = NO_TENANTS
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "tenants",
		.section = "4.10.5",
		.description = "Tenants of an instance.",
		.columns = tenants_columns,
		.routes = tenants_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "id",
		.rows = 10
	},
	{
		.service = "gaussdb",
		.name = "tenant_parameters",
		.section = "4.10.7",
		.description = "Parameters of a tenant, one row for each.",
		.columns = tenant_parameters_columns,
		.routes = tenant_parameters_routes,
		.parent = "tenants",
		.parent_keys = of_tenant,
		.rows = 60
	},
	{
		.service = "gaussdb",
		.name = "tenant_templates",
		.section = "4.10.8",
		.description = "Parameter templates that suit the tenants of an instance.",
		.columns = tenant_templates_columns,
		.routes = tenant_templates_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "id",
		.rows = 10
	},
	{
		.service = "gaussdb",
		.name = "tenant_flavors",
		.section = "4.10.9",
		.description = "Specifications that tenants of an instance can have.",
		.columns = tenant_flavors_columns,
		.routes = tenant_flavors_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.rows = 10
	},
	{
		.service = "gaussdb",
		.name = "tenant_users",
		.section = "4.10.12",
		.description = "Database users of a tenant.",
		.columns = tenant_users_columns,
		.routes = tenant_users_routes,
		.parent = "tenants",
		.parent_keys = of_tenant,
		.key = "name",
		.rows = 10
	},
	{
		.service = "gaussdb",
		.name = "tenant_schemas",
		.section = "4.10.13",
		.description = "Database schemas of a tenant.",
		.columns = tenant_schemas_columns,
		.routes = tenant_schemas_routes,
		.parent = "tenants",
		.parent_keys = of_tenant,
		.key = "schema_name",
		.rows = 10
	},
	{0}
};

static const GmfResult job_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id",
		.description = "Job ID."},
	{0}
};

static const GmfArgument create_tenant_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "pdb_name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 1, .max_length = 63, .pattern = IDENTIFIER_PATTERN,
		.description = "Tenant name: 1 to 63 letters, digits and underscores, no digit first, "
		"not beginning with pg. Not a template database."},
	{.name = "pdb_pd_in_db", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.secret = true, .min_length = 8, .max_length = 32,
		.description = "Password of the tenant's user root: 8 to 32 characters of at least three "
		"kinds, not the name or its reverse."},
	{.name = "cpu", .type = GMF_INTEGER, .location = GMF_IN_BODY, .required = true,
		.description = "Virtual CPUs, as in the table tenant_flavors."},
	{.name = "mem", .type = GMF_INTEGER, .location = GMF_IN_BODY, .required = true,
		.description = "Memory in GB, as in the table tenant_flavors."},
	{.name = "disk", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "Storage space in GB."},
	{.name = "configuration_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "ID of the parameter template, from the table tenant_templates."},
	{.name = "encoding", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.values = "UTF8|SQL_ASCII|GBK|Latin1|GB18030|EUC_TW|EUC_KR|EUC_CN|EUC_JP",
		.description = "Character encoding; UTF8 when it is left out."},
	{.name = "lc_collate", .type = GMF_TEXT, .location = GMF_IN_BODY, .values = "C",
		.description = "Collation: C."},
	{.name = "lc_ctype", .type = GMF_TEXT, .location = GMF_IN_BODY, .values = "C",
		.description = "Character classification: C."},
	{0}
};

static const GmfArgument delete_tenant_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "pdb_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "Tenant ID."},
	{0}
};

static const GmfArgument resize_tenant_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "pdb_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "Tenant ID."},
	{.name = "cpu", .type = GMF_INTEGER, .location = GMF_IN_BODY, .required = true,
		.description = "New number of virtual CPUs, as in the table tenant_flavors."},
	{.name = "mem", .type = GMF_INTEGER, .location = GMF_IN_BODY, .required = true,
		.description = "New memory in GB, as in the table tenant_flavors."},
	{0}
};

static const GmfArgument enlarge_tenant_disk_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "pdb_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "Tenant ID."},
	{.name = "disk", .type = GMF_INTEGER, .location = GMF_IN_BODY, .required = true,
		.description = "Storage space in GB. The reference calls it the new size, its example "
		"the growth."},
	{0}
};

static const GmfArgument set_tenant_parameters_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "pdb_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Tenant ID."},
	{.name = "parameters", .type = GMF_JSONB, .text_members = true,
		.location = GMF_IN_BODY, .place = "values",
		.required = true,
		.description = "Object of parameter names (with the component in front, as "
		"dn:audit_system_object) and their new values, which are strings."},
	{0}
};

static const GmfArgument create_tenant_user_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "pdb_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Tenant ID."},
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true, .min_length = 1,
		.max_length = 63, .pattern = IDENTIFIER_PATTERN,
		.description = "User name: 1 to 63 letters, digits and underscores, no digit first, not "
		"beginning with pg. Not a user of the system."},
	{.name = "password", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.secret = true, .min_length = 8, .max_length = 32,
		.description = "Password: 8 to 32 characters of at least three kinds, not the name or "
		"its reverse."},
	{.name = "is_login_only", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.description = "Whether the user may do nothing but log in."},
	{0}
};

static const GmfArgument create_tenant_schemas_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "pdb_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Tenant ID."},
	{.name = "schemas", .type = GMF_JSONB, .location = GMF_IN_BODY, .required = true,
		.description = "Array of at most 20 objects with name and owner of the schemas."},
	{0}
};

static const GmfArgument reset_tenant_user_password_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "pdb_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Tenant ID."},
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "User name; root too."},
	{.name = "password", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.secret = true, .min_length = 8, .max_length = 32,
		.description = "New password: 8 to 32 characters of at least three kinds, not the name "
		"or its reverse."},
	{0}
};

static const GmfArgument grant_tenant_privileges_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "pdb_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Tenant ID."},
	{.name = "users", .type = GMF_JSONB, .location = GMF_IN_BODY, .required = true,
		.description = "Array of at most 50 objects with name, readonly (boolean) and "
		"schema_name."},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "gaussdb",
		.name = "gaussdb_create_tenant",
		.operation_id = "CreatePdb",
		.section = "4.10.1",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/pdb",
		.description = "Creates a tenant in an instance.",
		.arguments = create_tenant_arguments,
		.results = job_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_delete_tenant",
		.operation_id = "DeletePdb",
		.section = "4.10.2",
		.method = "DELETE",
		.path = "/v3/{project_id}/instances/{instance_id}/pdb",
		.description = "Deletes a tenant of an instance.",
		.arguments = delete_tenant_arguments,
		.results = job_results,
		.destructive = true,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_resize_tenant",
		.operation_id = "UpdatePdb",
		.section = "4.10.3",
		.method = "PUT",
		.path = "/v3/{project_id}/instances/{instance_id}/pdb",
		.description = "Changes the virtual CPUs and the memory of a tenant.",
		.arguments = resize_tenant_arguments,
		.results = job_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_enlarge_tenant_disk",
		.operation_id = "UpdatePdb",
		.section = "4.10.4",
		.method = "PUT",
		.path = "/v3/{project_id}/instances/{instance_id}/pdb",
		.description = "Enlarges the storage space of a tenant.",
		.arguments = enlarge_tenant_disk_arguments,
		.results = job_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_set_tenant_parameters",
		.operation_id = "UpdatePdbConfiguration",
		.section = "4.10.6",
		.method = "PUT",
		.path = "/v3/{project_id}/instances/{instance_id}/pdbs/{pdb_id}/configurations",
		.description = "Changes parameters of a tenant.",
		.arguments = set_tenant_parameters_arguments,
		.results = job_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_create_tenant_user",
		.operation_id = "CreatePdbDbUser",
		.section = "4.10.10",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/pdbs/{pdb_id}/db-user",
		.description = "Creates a database user in a tenant.",
		.arguments = create_tenant_user_arguments
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_create_tenant_schemas",
		.operation_id = "CreatePdbDatabaseSchemas",
		.section = "4.10.11",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/pdbs/{pdb_id}/schema",
		.description = "Creates schemas in a tenant. When it fails, some of them may have been "
		"created.",
		.arguments = create_tenant_schemas_arguments
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_reset_tenant_user_password",
		.operation_id = "SetPdbDbUserPwd",
		.section = "4.10.14",
		.method = "PUT",
		.path = "/v3/{project_id}/instances/{instance_id}/pdbs/{pdb_id}/db-user/password",
		.description = "Resets the password of a database user of a tenant.",
		.arguments = reset_tenant_user_password_arguments,
		.destructive = true
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_grant_tenant_privileges",
		.operation_id = "AllowPdbDbPrivileges",
		.section = "4.10.15",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/pdbs/{pdb_id}/db-privilege",
		.description = "Gives database users of a tenant privileges on its schemas.",
		.arguments = grant_tenant_privileges_arguments
	},
	{0}
};

const GmfChapter gmf_gaussdb_tenants = {
	.name = "tenants",
	.title = "Tenants",
	.resources = resources,
	.actions = actions
};
