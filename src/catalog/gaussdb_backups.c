/*
 * gaussdb_backups.c
 *		Chapter 4.7 of the GaussDB reference: backups and restoration.
 */
#include "catalog_internal.h"

static const GmfColumn backups_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id", .max_length = 64,
		.description = "Backup ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Backup name."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the backup."},
	{.name = "begin_time", .type = GMF_TIMESTAMPTZ, .path = "begin_time",
		.description = "When the backup began."},
	{.name = "end_time", .type = GMF_TIMESTAMPTZ, .path = "end_time",
		.description = "When the backup ended."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "BUILDING | COMPLETED | FAILED",
		.description = "Backup status."},
	{.name = "size", .type = GMF_DOUBLE, .path = "size", .unit = "MB",
		.description = "Size of the backup."},
	{.name = "type", .type = GMF_TEXT, .path = "type", .values = "auto | manual",
		.description = "Automated or manual full backup."},
	{.name = "datastore_type", .type = GMF_TEXT, .path = "datastore.type",
		.description = "Database engine."},
	{.name = "datastore_version", .type = GMF_TEXT, .path = "datastore.version",
		.description = "Version of the engine."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance_id", .max_length = 64,
		.description = "ID of the instance that was backed up."},
	{0}
};

/*
 * The reference does not say to which of the two times the window applies, nor
 * whether its ends belong to it.  A lower bound on begin_time and an upper bound
 * on end_time hold under every reading, and only these two are sent.
 */
static const GmfParameter backups_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_QUERY, .column = "instance_id",
		.match = GMF_MATCH_EXACT},
	{.name = "backup_id", .location = GMF_IN_QUERY, .column = "id", .match = GMF_MATCH_EXACT},
	{.name = "backup_type", .location = GMF_IN_QUERY, .column = "type",
		.match = GMF_MATCH_EXACT, .domain = "auto|manual"},
	{.name = "begin_time", .location = GMF_IN_QUERY, .column = "begin_time",
		.match = GMF_MATCH_FROM, .time_form = GMF_TIME_OFFSET,
		.fallback = "1970-01-01T00:00:00+0000", .pair = "end_time"},
	{.name = "end_time", .location = GMF_IN_QUERY, .column = "end_time",
		.match = GMF_MATCH_TO, .time_form = GMF_TIME_OFFSET,
		.fallback = "9999-12-31T23:59:59+0000", .pair = "begin_time"},
	{0}
};

static const GmfRoute backups_routes[] = {
	{
		.operation_id = "ListDbBackups",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3.1/{project_id}/backups",
		.items = "backups",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = backups_list_parameters
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "backups",
		.section = "4.7.3",
		.description = "Full backups, automated and manual.",
		.columns = backups_columns,
		.routes = backups_routes,
		.key = "id",
		.rows = 10000
	},
	{0}
};

static const GmfArgument create_backup_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "ID of the instance to back up."},
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 4, .max_length = 64, .pattern = "^[A-Za-z][A-Za-z0-9_-]*$",
		.description = "Backup name: 4 to 64 characters, a letter first, then letters, digits, "
		"hyphens and underscores."},
	{.name = "description", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.max_length = 256, .pattern = "^[^>!<\"&'=]*$",
		.description = "Description: at most 256 characters, none of > ! < \" & ' =."},
	{0}
};

static const GmfResult create_backup_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id", .description = "Job ID."},
	{.name = "backup_id", .type = GMF_TEXT, .path = "backup.id", .description = "Backup ID."},
	{.name = "backup_name", .type = GMF_TEXT, .path = "backup.name",
		.description = "Backup name."},
	{.name = "backup_description", .type = GMF_TEXT, .path = "backup.description",
		.description = "Backup description."},
	{.name = "backup_begin_time", .type = GMF_TIMESTAMPTZ, .path = "backup.begin_time",
		.description = "When the backup began."},
	{.name = "backup_status", .type = GMF_TEXT, .path = "backup.status",
		.description = "Backup status."},
	{.name = "backup_type", .type = GMF_TEXT, .path = "backup.type",
		.description = "Backup type."},
	{.name = "backup_instance_id", .type = GMF_TEXT, .path = "backup.instance_id",
		.description = "ID of the instance."},
	{0}
};

static const GmfArgument delete_backup_arguments[] = {
	{.name = "backup_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the manual backup to delete."},
	{0}
};

static const GmfResult delete_backup_results[] = {
	{.name = "backup_id", .type = GMF_TEXT, .path = "backup_id", .description = "Backup ID."},
	{.name = "backup_name", .type = GMF_TEXT, .path = "backup_name",
		.description = "Backup name."},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "gaussdb",
		.name = "gaussdb_create_backup",
		.operation_id = "CreateManualBackup",
		.section = "4.7.4",
		.method = "POST",
		.path = "/v3/{project_id}/backups",
		.description = "Starts a manual full backup of an instance.",
		.arguments = create_backup_arguments,
		.results = create_backup_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_delete_backup",
		.operation_id = "DeleteManualBackup",
		.section = "4.7.6",
		.method = "DELETE",
		.path = "/v3/{project_id}/backups/{backup_id}",
		.description = "Deletes a manual backup.",
		.arguments = delete_backup_arguments,
		.results = delete_backup_results,
		.destructive = true
	},
	{0}
};

const GmfChapter gmf_gaussdb_backups = {
	.name = "backups",
	.title = "Backups and restoration",
	.resources = resources,
	.actions = actions
};
