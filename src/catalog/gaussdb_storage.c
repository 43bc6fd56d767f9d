/*
 * gaussdb_storage.c
 *		Chapter 4.3 of the GaussDB reference: storage.
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

static const GmfParentKey of_engine_version[] = {
	{"version", "version"},
	{0}
};

static const GmfColumn disk_usage_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "used", .type = GMF_DOUBLE, .path = "used", .unit = "GB",
		.description = "Storage space in use."},
	{.name = "total", .type = GMF_DOUBLE, .path = "total", .unit = "GB",
		.description = "Storage space that there is at most."},
	{0}
};

static const GmfRoute disk_usage_routes[] = {
	{
		.operation_id = "ShowInstanceDisk",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/volume-usage",
		.items = "",
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfColumn storage_types_columns[] = {
	{.name = "version", .type = GMF_TEXT,
		.description = "Engine version."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.values = "ULTRAHIGH | ESSD",
		.description = "Disk type."},
	{.name = "az_status", .type = GMF_JSONB, .path = "az_status",
		.description = "Object of availability zones and the status of the disk type there: "
		"normal, unsupported or sellout."},
	{.name = "support_compute_group_type", .type = GMF_TEXT_ARRAY,
		.path = "support_compute_group_type",
		.values = "normal | normal2 | armFlavors",
		.description = "Performance classes that the disk type supports."},
	{.name = "ha_mode", .type = GMF_TEXT,
		.values = "enterprise | centralization_standard",
		.description = "Filter only: disk types for this deployment form."},
	{0}
};

static const GmfParameter storage_types_list_parameters[] = {
	{.name = "version", .location = GMF_IN_QUERY, .column = "version", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "ha_mode", .location = GMF_IN_QUERY, .column = "ha_mode", .match = GMF_MATCH_EXACT,
		.domain = "enterprise|centralization_standard"},
	{0}
};

static const GmfRoute storage_types_routes[] = {
	{
		.operation_id = "ListStorageTypes",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/storage-type",
		.items = "storage_type",
		.parameters = storage_types_list_parameters
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "disk_usage",
		.section = "4.3.1",
		.description = "Storage space that an instance uses and has, one row for each instance.",
		.columns = disk_usage_columns,
		.routes = disk_usage_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.rows = 1
	},
	{
		.service = "gaussdb",
		.name = "storage_types",
		.section = "4.3.2",
		.description = "Disk types that an engine version offers.",
		.columns = storage_types_columns,
		.routes = storage_types_routes,
		.parent = "engine_versions",
		.parent_keys = of_engine_version,
		.rows = 3
	},
	{0}
};

const GmfChapter gmf_gaussdb_storage = {
	.name = "storage",
	.title = "Storage",
	.resources = resources
};
