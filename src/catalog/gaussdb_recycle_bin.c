/*
 * gaussdb_recycle_bin.c
 *		Chapter 4.13 of the GaussDB reference: the recycle bin.
 */
#include "catalog_internal.h"

static const GmfColumn recycle_policy_columns[] = {
	{.name = "retention_period_in_days", .type = GMF_INTEGER, .path = "retention_period_in_days",
		.unit = "days",
		.description = "How long deleted instances are kept."},
	{0}
};

static const GmfRoute recycle_policy_routes[] = {
	{
		.operation_id = "ShowRecyclePolicy",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/recycle-policy",
		.items = ""
	},
	{0}
};

static const GmfColumn recycled_instances_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id", .max_length = 64,
		.description = "Instance ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name", .max_length = 64,
		.description = "Instance name."},
	{.name = "ha_mode", .type = GMF_TEXT, .path = "ha_mode",
		.values = "Ha | Independent",
		.description = "Deployment form."},
	{.name = "engine_version", .type = GMF_TEXT, .path = "engine_version",
		.description = "Version of the engine."},
	{.name = "pay_model", .type = GMF_TEXT, .path = "pay_model",
		.values = "0 | 1",
		.description = "Billing mode: 0 is by use, 1 by year or month."},
	{.name = "created_at", .type = GMF_TIMESTAMPTZ, .path = "created_at",
		.description = "When the instance was created."},
	{.name = "deleted_at", .type = GMF_TIMESTAMPTZ, .path = "deleted_at",
		.description = "When the instance was deleted."},
	{.name = "volume_type", .type = GMF_TEXT, .path = "volume_type",
		.values = "high | ultrahigh | essd | localssd",
		.description = "Disk type."},
	{.name = "data_vip", .type = GMF_TEXT_ARRAY, .path = "data_vip", .separator = " / ",
		.description = "Virtual IP addresses of the instance."},
	{.name = "enterprise_project_id", .type = GMF_TEXT, .path = "enterprise_project_id",
		.description = "ID of the enterprise project; 0 is the default one."},
	{.name = "recycle_backup_id", .type = GMF_TEXT, .path = "recycle_backup_id",
		.description = "ID of the backup that was made when the instance was deleted."},
	{.name = "recycle_status", .type = GMF_TEXT, .path = "recycle_status|recycle_statuses",
		.values = "Running | Active",
		.description = "Status of that backup."},
	{.name = "mode", .type = GMF_TEXT, .path = "mode",
		.values = "basic | standard | enterprise",
		.description = "Edition of the instance."},
	{.name = "engine_name", .type = GMF_TEXT, .path = "engine_name",
		.description = "Engine name."},
	{.name = "volume_size", .type = GMF_DOUBLE, .path = "volume_size", .unit = "GB",
		.description = "Storage space."},
	{.name = "enterprise_project_name", .type = GMF_TEXT, .path = "enterprise_project_name",
		.description = "Name of the enterprise project."},
	{.name = "backup_level", .type = GMF_TEXT, .path = "backup_level",
		.description = "Level of the backup."},
	{0}
};

/* Whether the name matches exactly is not documented. */
static const GmfParameter recycled_instances_list_parameters[] = {
	{.name = "instance_name", .location = GMF_IN_QUERY, .column = "name", .match = GMF_MATCH_LOOSE},
	{0}
};

static const GmfRoute recycled_instances_routes[] = {
	{
		.operation_id = "ListRecycleInstances",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/recycle-instances",
		.items = "instances",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 50, 50, 0},
		.parameters = recycled_instances_list_parameters
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "recycle_policy",
		.section = "4.13.2",
		.description = "How long deleted instances are kept: one row.",
		.columns = recycle_policy_columns,
		.routes = recycle_policy_routes,
		.rows = 1
	},
	{
		.service = "gaussdb",
		.name = "recycled_instances",
		.section = "4.13.3",
		.description = "Deleted instances that are still in the recycle bin.",
		.columns = recycled_instances_columns,
		.routes = recycled_instances_routes,
		.key = "id",
		.rows = 50
	},
	{0}
};

static const GmfArgument set_recycle_policy_arguments[] = {
	{.name = "retention_period_in_days", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "recycle_policy.retention_period_in_days", .required = true, .has_range = true,
		.min = 1, .max = 7,
		.description = "Days to keep deleted instances."},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "gaussdb",
		.name = "gaussdb_set_recycle_policy",
		.operation_id = "SetRecyclePolicy",
		.section = "4.13.1",
		.method = "PUT",
		.path = "/v3/{project_id}/recycle-policy",
		.description = "Sets how long deleted instances are kept in the recycle bin.",
		.arguments = set_recycle_policy_arguments
	},
	{0}
};

const GmfChapter gmf_gaussdb_recycle_bin = {
	.name = "recycle_bin",
	.title = "Recycle bin",
	.resources = resources,
	.actions = actions
};
