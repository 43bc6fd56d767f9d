/*
 * gaussdb_engines.c
 *		Chapter 4.2 of the GaussDB reference: engine versions and specifications.
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

static const GmfColumn engine_versions_columns[] = {
	{.name = "version", .type = GMF_TEXT, .path = "@",
		.description = "Engine version."},
	{0}
};

static const GmfRoute engine_versions_routes[] = {
	{
		.operation_id = "ListDatastores",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/datastore/versions",
		.items = "versions"
	},
	{0}
};

static const GmfColumn flavors_columns[] = {
	{.name = "spec_code", .type = GMF_TEXT, .path = "spec_code",
		.description = "Specification code: the flavor_ref of other calls."},
	{.name = "vcpus", .type = GMF_INTEGER, .path = "vcpus",
		.description = "Virtual CPUs."},
	{.name = "ram", .type = GMF_DOUBLE, .path = "ram", .unit = "GB",
		.description = "Memory."},
	{.name = "version", .type = GMF_TEXT, .path = "version",
		.description = "Engine version that the specification supports."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Name of the engine."},
	{.name = "group_type", .type = GMF_TEXT, .path = "group_type",
		.values = "normal | normal2 | armFlavors",
		.description = "Performance class."},
	{.name = "availability_zone", .type = GMF_TEXT_ARRAY, .path = "availability_zone",
		.description = "Availability zones that have the specification."},
	{.name = "az_status", .type = GMF_JSONB, .path = "az_status",
		.description = "Object of availability zones and the status of the specification there: "
		"normal, unsupported or sellout."},
	{.name = "ha_mode", .type = GMF_TEXT,
		.values = "centralization_standard | enterprise",
		.description = "Filter only: specifications for this deployment form."},
	{0}
};

/* That version and spec_code match exactly is an assumption of the contract. */
static const GmfParameter flavors_list_parameters[] = {
	{.name = "version", .location = GMF_IN_QUERY, .column = "version", .match = GMF_MATCH_LOOSE},
	{.name = "spec_code", .location = GMF_IN_QUERY, .column = "spec_code",
		.match = GMF_MATCH_LOOSE},
	{.name = "ha_mode", .location = GMF_IN_QUERY, .column = "ha_mode", .match = GMF_MATCH_EXACT,
		.domain = "centralization_standard|enterprise"},
	{0}
};

static const GmfRoute flavors_routes[] = {
	{
		.operation_id = "ListDbFlavors",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3.1/{project_id}/flavors",
		.items = "flavors",
		.total = "total",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = flavors_list_parameters
	},
	{0}
};

static const GmfColumn datastores_columns[] = {
	{.name = "instance_mode", .type = GMF_TEXT, .path = "instance_mode",
		.values = "ha",
		.description = "Deployment form."},
	{.name = "supported_versions", .type = GMF_TEXT_ARRAY, .path = "supported_versions",
		.description = "Engine versions that the form supports."},
	{0}
};

static const GmfRoute datastores_routes[] = {
	{
		.operation_id = "ListGaussDbDatastores",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/datastores",
		.items = "datastores"
	},
	{0}
};

static const GmfColumn available_flavors_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "spec_code", .type = GMF_TEXT, .path = "spec_code|spec_cpde",
		.description = "Specification code: the flavor_ref of gaussdb_resize_instance. On the "
		"wire it is misspelt spec_cpde."},
	{.name = "vcpus", .type = GMF_INTEGER, .path = "vcpus",
		.description = "Virtual CPUs."},
	{.name = "ram", .type = GMF_DOUBLE, .path = "ram", .unit = "GB",
		.description = "Memory."},
	{.name = "az_status", .type = GMF_JSONB, .path = "az_status",
		.description = "Availability zones and the status of the specification there: normal, "
		"unsupported or sellout."},
	{0}
};

static const GmfRoute available_flavors_routes[] = {
	{
		.operation_id = "ListAvailableFlavors",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/available-flavors",
		.items = "flavors",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "engine_versions",
		.section = "4.2.1",
		.description = "Versions of the database engine that are supported now, one row for each.",
		.columns = engine_versions_columns,
		.routes = engine_versions_routes,
		.rows = 10
	},
	{
		.service = "gaussdb",
		.name = "flavors",
		.section = "4.2.2",
		.description = "Specifications (flavors) that instances can have.",
		.columns = flavors_columns,
		.routes = flavors_routes,
		.rows = 200
	},
	{
		.service = "gaussdb",
		.name = "datastores",
		.section = "4.2.3",
		.description = "Deployment forms of the engine and the versions that each supports.",
		.columns = datastores_columns,
		.routes = datastores_routes,
		.rows = 3
	},
	{
		.service = "gaussdb",
		.name = "available_flavors",
		.section = "4.2.4",
		.description = "Specifications to which an instance can be changed.",
		.columns = available_flavors_columns,
		.routes = available_flavors_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.rows = 20
	},
	{0}
};

const GmfChapter gmf_gaussdb_engines = {
	.name = "engines",
	.title = "Engine versions and specifications",
	.resources = resources
};
