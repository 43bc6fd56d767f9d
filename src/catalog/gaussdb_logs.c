/*
 * gaussdb_logs.c
 *		Chapter 4.8 of the GaussDB reference: logs.
 */
#include "catalog_internal.h"

static const GmfParameter instance_key[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfParentKey of_instance[] = {
	{"instance_id", "id"},
	{0}
};

static const GmfColumn slow_log_files_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "ID of the slow log."},
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "node_id", .type = GMF_TEXT, .path = "node_id",
		.description = "ID of the node."},
	{.name = "workflow_id", .type = GMF_TEXT, .path = "workflow_id",
		.description = "ID of the export."},
	{.name = "file_name", .type = GMF_TEXT, .path = "file_name",
		.description = "File name."},
	{.name = "file_size", .type = GMF_DOUBLE, .path = "file_size", .unit = "bytes",
		.description = "File size."},
	{.name = "file_link", .type = GMF_TEXT, .path = "file_link",
		.description = "Link to the file."},
	{.name = "bucket_name", .type = GMF_TEXT, .path = "bucket_name",
		.description = "Bucket that holds the file."},
	{.name = "created_at", .type = GMF_TIMESTAMPTZ, .path = "created_at",
		.description = "When the export began."},
	{.name = "updated_at", .type = GMF_TIMESTAMPTZ, .path = "updated_at",
		.description = "When the export was changed last."},
	{.name = "version", .type = GMF_TEXT, .path = "version",
		.description = "Version."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "EXPORTING | success",
		.description = "Status of the export; the reference names no values."},
	{.name = "message", .type = GMF_TEXT, .path = "message",
		.description = "Message."},
	{0}
};

static const GmfRoute slow_log_files_routes[] = {
	{
		.operation_id = "ShowSlowLogDownload",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/slow-log/download",
		.items = "list",
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "slow_log_files",
		.section = "4.8.2",
		.description = "Files with slow logs that were exported, one for each node. Exports are "
		"started with gaussdb_create_slow_log_download.",
		.columns = slow_log_files_columns,
		.routes = slow_log_files_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "id",
		.rows = 3
	},
	{0}
};

static const GmfArgument create_slow_log_download_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{0}
};

static const GmfResult create_slow_log_download_results[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "ID of the slow log."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance_id",
		.description = "ID of the instance."},
	{.name = "node_id", .type = GMF_TEXT, .path = "node_id",
		.description = "ID of the node."},
	{.name = "workflow_id", .type = GMF_TEXT, .path = "workflow_id",
		.description = "ID of the export."},
	{.name = "file_name", .type = GMF_TEXT, .path = "file_name",
		.description = "File name."},
	{.name = "file_size", .type = GMF_DOUBLE, .path = "file_size",
		.description = "File size in bytes."},
	{.name = "file_link", .type = GMF_TEXT, .path = "file_link",
		.description = "Link to the file."},
	{.name = "bucket_name", .type = GMF_TEXT, .path = "bucket_name",
		.description = "Bucket that holds the file."},
	{.name = "created_at", .type = GMF_TIMESTAMPTZ, .path = "created_at",
		.description = "When the export began."},
	{.name = "updated_at", .type = GMF_TIMESTAMPTZ, .path = "updated_at",
		.description = "When the export was changed last."},
	{.name = "version", .type = GMF_TEXT, .path = "version",
		.description = "Version."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.description = "Status of the export, for example EXPORTING or success."},
	{.name = "message", .type = GMF_TEXT, .path = "message",
		.description = "Message."},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "gaussdb",
		.name = "gaussdb_create_slow_log_download",
		.operation_id = "CreateSlowLogDownload",
		.section = "4.8.1",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/slow-log/download",
		.description = "Starts the export of the slow logs of an instance. The first call may "
		"return no rows; the table slow_log_files tells when the export is done, the table jobs "
		"does not.",
		.arguments = create_slow_log_download_arguments,
		.results = create_slow_log_download_results,
		.items = "list",
		.job = "workflow_id"
	},
	{0}
};

const GmfChapter gmf_gaussdb_logs = {
	.name = "logs",
	.title = "Logs",
	.resources = resources,
	.actions = actions
};
