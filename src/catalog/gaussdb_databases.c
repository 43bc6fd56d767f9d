/*
 * gaussdb_databases.c
 *		Chapter 4.9 of the GaussDB reference: databases, their users and schemas.
 *
 * The offset of these lists counts pages.
 */
#include "catalog_internal.h"

/* Letters, digits and underscores, no digit first, and not beginning with pg. */
#define IDENTIFIER_PATTERN "^(p|p[A-Za-fh-z0-9_][A-Za-z0-9_]*|[A-Za-oq-z_][A-Za-z0-9_]*)$"

static const GmfParameter instance_key[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfParentKey of_instance[] = {
	{"instance_id", "id"},
	{0}
};

static const GmfParentKey of_database[] = {
	{"instance_id", "instance_id"},
	{"db_name", "name"},
	{0}
};

static const GmfColumn databases_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Database name."},
	{.name = "owner", .type = GMF_TEXT, .path = "owner",
		.description = "User that owns the database."},
	{.name = "character_set", .type = GMF_TEXT, .path = "character_set",
		.description = "Character set."},
	{.name = "collate_set", .type = GMF_TEXT, .path = "collate_set",
		.description = "Collation."},
	{.name = "size", .type = GMF_DOUBLE, .path = "size",
		.description = "Size; the reference does not say in which unit, bytes by its example."},
	{.name = "datctype", .type = GMF_TEXT, .path = "datctype",
		.description = "Character classification, for example en_US.UTF-8."},
	{.name = "compatibility_type", .type = GMF_TEXT, .path = "compatibility_type",
		.description = "Compatibility of the database, for example GaussDB or M."},
	{0}
};

static const GmfRoute databases_routes[] = {
	{
		.operation_id = "ListDatabases",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/databases",
		.items = "databases",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_PAGE, GMF_IN_QUERY, "limit", "offset", 10, 100, 0},
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfColumn database_users_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "User name."},
	{.name = "attributes_rolsuper", .type = GMF_BOOLEAN,
		.path = "attribute.rolsuper|attributes.rolsuper",
		.description = "Whether the user has the rights of an administrator."},
	{.name = "attributes_rolinherit", .type = GMF_BOOLEAN,
		.path = "attribute.rolinherit|attributes.rolinherit",
		.description = "Whether the user has the rights of the roles that it belongs to."},
	{.name = "attributes_rolcreaterole", .type = GMF_BOOLEAN,
		.path = "attribute.rolcreaterole|attributes.rolcreatorole|attributes.rolcreaterole",
		.description = "Whether the user can create users. The reference spells it "
		"rolcreatorole."},
	{.name = "attributes_rolcreatedb", .type = GMF_BOOLEAN,
		.path = "attribute.rolcreatedb|attributes.rolcreatedb",
		.description = "Whether the user can create databases."},
	{.name = "attributes_rolcanlogin", .type = GMF_BOOLEAN,
		.path = "attribute.rolcanlogin|attributes.rolcanlogin",
		.description = "Whether the user can log in."},
	{.name = "attributes_rolconnlimit", .type = GMF_INTEGER,
		.path = "attribute.rolconnlimit|attributes.rolconlimit|attributes.rolconnlimit",
		.description = "How many connections the user may have; -1 is no limit. The reference "
		"spells it rolconlimit."},
	{.name = "attributes_rolreplication", .type = GMF_BOOLEAN,
		.path = "attribute.rolreplication|attributes.rolreplication",
		.description = "Whether the user is a replication role."},
	{.name = "attributes_rolbypassrls", .type = GMF_BOOLEAN,
		.path = "attribute.rolbypassrls|attributes.rolbypassrls",
		.description = "Whether row-level security does not apply to the user."},
	{.name = "attributes_rolpassworddeadline", .type = GMF_TEXT,
		.path = "attribute.rolpassworddeadline",
		.description = "When the password of the user expires, as the service writes it."},
	{.name = "memberof", .type = GMF_TEXT, .path = "memberof",
		.description = "Roles of the user, as the text of an array: it can be cast to text[]."},
	{.name = "lock_status", .type = GMF_BOOLEAN, .path = "lock_status",
		.description = "Whether the user is locked."},
	{0}
};

static const GmfRoute database_users_routes[] = {
	{
		.operation_id = "ListDbUsers",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/db-users",
		.items = "users",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_PAGE, GMF_IN_QUERY, "limit", "offset", 10, 100, 0},
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfColumn schemas_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "db_name", .type = GMF_TEXT,
		.description = "Database name."},
	{.name = "schema_name", .type = GMF_TEXT, .path = "schema_name",
		.description = "Schema name."},
	{.name = "owner", .type = GMF_TEXT, .path = "owner",
		.description = "User that owns the schema."},
	{0}
};

static const GmfParameter schemas_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "db_name", .location = GMF_IN_QUERY, .column = "db_name", .match = GMF_MATCH_KEY,
		.required = true, .refused = "postgres|template0|template1"},
	{0}
};

static const GmfRoute schemas_routes[] = {
	{
		.operation_id = "ListDatabaseSchemas",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/schemas",
		.items = "database_schemas",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_PAGE, GMF_IN_QUERY, "limit", "offset", 10, 100, 0},
		.parameters = schemas_list_parameters,
		.not_found = GMF_NO_INSTANCE "|DBS.280128"
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "databases",
		.section = "4.9.6",
		.description = "Databases of an instance.",
		.columns = databases_columns,
		.routes = databases_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "name",
		.rows = 10
	},
	{
		.service = "gaussdb",
		.name = "database_users",
		.section = "4.9.7",
		.description = "Users of the databases of an instance.",
		.columns = database_users_columns,
		.routes = database_users_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "name",
		.rows = 10
	},
	{
		.service = "gaussdb",
		.name = "schemas",
		.section = "4.9.8",
		.description = "Schemas of a database of an instance. The template databases (postgres, "
		"template0, template1) have none here.",
		.columns = schemas_columns,
		.routes = schemas_routes,
		.parent = "databases",
		.parent_keys = of_database,
		.key = "schema_name",
		.rows = 10
	},
	{0}
};

static const GmfArgument create_database_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true, .min_length = 1,
		.max_length = 63, .pattern = IDENTIFIER_PATTERN,
		.description = "Database name: 1 to 63 letters, digits and underscores, no digit first, "
		"not beginning with pg. Not a template database."},
	{.name = "character_set", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "Character set; UTF8 when it is left out."},
	{.name = "owner", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "User that owns the database; root when it is left out. Not a user of the "
		"system (rdsAdmin, rdsMetric, rdsBackup, rdsRepl)."},
	{.name = "template", .type = GMF_TEXT, .location = GMF_IN_BODY, .values = "template0",
		.description = "Template database."},
	{.name = "lc_collate", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "Collation; C when it is left out."},
	{.name = "lc_ctype", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "Character classification; C when it is left out."},
	{0}
};

static const GmfArgument create_database_user_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true, .min_length = 1,
		.max_length = 63, .pattern = IDENTIFIER_PATTERN,
		.description = "User name: 1 to 63 letters, digits and underscores, no digit first, not "
		"beginning with pg. Not a user of the system."},
	{.name = "password", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.secret = true, .min_length = 8, .max_length = 32, .pattern = "^[A-Za-z0-9~!@#%^*_=+?,-]*$",
		.description = "Password: 8 to 32 characters of at least three kinds, not the name or "
		"its reverse."},
	{.name = "is_login_only", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.description = "True: the user may only log in. Otherwise he may also create databases "
		"and users."},
	{0}
};

static const GmfArgument create_schemas_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "db_name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 1, .max_length = 63, .pattern = IDENTIFIER_PATTERN,
		.description = "Database name: 1 to 63 letters, digits and underscores, no digit first, "
		"not beginning with pg. Not a template database."},
	{.name = "schemas", .type = GMF_JSONB, .location = GMF_IN_BODY, .required = true,
		.description = "Array of 1 to 20 objects with name and owner of the schemas."},
	{0}
};

static const GmfArgument grant_privileges_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "db_name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 1, .max_length = 63, .pattern = IDENTIFIER_PATTERN,
		.description = "Database name: 1 to 63 letters, digits and underscores, no digit first, "
		"not beginning with pg. Not a template database."},
	{.name = "users", .type = GMF_JSONB, .location = GMF_IN_BODY, .required = true,
		.description = "Array of 1 to 50 objects with name, readonly (boolean) and schema_name."},
	{0}
};

static const GmfArgument reset_database_user_password_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true, .min_length = 1,
		.description = "User name; root too."},
	{.name = "password", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.secret = true, .min_length = 8, .max_length = 32,
		.pattern = "^[A-Za-z0-9~!@#%^*_=+?/,-]*$",
		.description = "New password: 8 to 32 characters of at least three kinds, not the name "
		"or its reverse."},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "gaussdb",
		.name = "gaussdb_create_database",
		.operation_id = "CreateDatabase",
		.section = "4.9.1",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/database",
		.description = "Creates a database in an instance.",
		.arguments = create_database_arguments
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_create_database_user",
		.operation_id = "CreateDbUser",
		.section = "4.9.2",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/db-user",
		.description = "Creates a database user in an instance.",
		.arguments = create_database_user_arguments
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_create_schemas",
		.operation_id = "CreateDatabaseSchemas",
		.section = "4.9.3",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/schema",
		.description = "Creates schemas in a database of an instance. When it fails, some of them "
		"may have been created.",
		.arguments = create_schemas_arguments
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_grant_privileges",
		.operation_id = "AllowDbPrivileges",
		.section = "4.9.4",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/db-privilege",
		.description = "Gives database users privileges on schemas of a database.",
		.arguments = grant_privileges_arguments
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_reset_database_user_password",
		.operation_id = "SetDbUserPwd",
		.section = "4.9.5",
		.method = "PUT",
		.path = "/v3/{project_id}/instances/{instance_id}/db-user/password",
		.description = "Resets the password of a database user.",
		.arguments = reset_database_user_password_arguments,
		.destructive = true
	},
	{0}
};

const GmfChapter gmf_gaussdb_databases = {
	.name = "databases",
	.title = "Databases and users",
	.resources = resources,
	.actions = actions
};
