/*
 * gaussdb_parameters.c
 *		Chapter 4.5 of the GaussDB reference: parameters of instances and
 *		parameter templates.
 */
#include "catalog_internal.h"

static const GmfColumn parameters_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Parameter name."},
	{.name = "value", .type = GMF_TEXT, .path = "value",
		.description = "Current value; numbers and booleans travel as strings."},
	{.name = "restart_required", .type = GMF_BOOLEAN, .path = "restart_required",
		.description = "Whether a change takes effect only with a restart."},
	{.name = "value_range", .type = GMF_TEXT, .path = "value_range",
		.description = "Values that are allowed."},
	{.name = "type", .type = GMF_TEXT, .path = "type",
		.values = "string | integer | boolean | list | all | float",
		.description = "Type of the value."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "What the parameter does."},
	{.name = "datastore_version", .type = GMF_TEXT, .path = "$.datastore_version",
		.description = "Version of the engine."},
	{.name = "datastore_name", .type = GMF_TEXT, .path = "$.datastore_name",
		.description = "Name of the engine."},
	{.name = "created", .type = GMF_TIMESTAMPTZ, .path = "$.created",
		.description = "When the instance's parameter template was created."},
	{.name = "updated", .type = GMF_TIMESTAMPTZ, .path = "$.updated",
		.description = "When the instance's parameter template was changed last."},
	{0}
};

static const GmfParameter parameters_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfRoute parameters_routes[] = {
	{
		.operation_id = "ShowInstanceParamGroup",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3.1/{project_id}/instances/{instance_id}/configurations",
		.items = "configuration_parameters",
		.parameters = parameters_list_parameters
	},
	{0}
};

static const GmfParentKey of_instance[] = {
	{"instance_id", "id"},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "parameters",
		.section = "4.5.2",
		.description = "Parameters of an instance, one row for each.",
		.columns = parameters_columns,
		.routes = parameters_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.rows = 60
	},
	{0}
};

static const GmfArgument set_parameters_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "parameters", .type = GMF_JSONB, .location = GMF_IN_BODY, .place = "values",
		.required = true,
		.description = "Object of parameter names and their new values, which are strings."},
	{0}
};

static const GmfResult set_parameters_results[] = {
	{.name = "restart_required", .type = GMF_BOOLEAN, .path = "restart_required",
		.description = "Whether the change takes effect only with a restart."},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "gaussdb",
		.name = "gaussdb_set_parameters",
		.operation_id = "UpdateInstanceConfiguration",
		.section = "4.5.3",
		.method = "PUT",
		.path = "/v3/{project_id}/instances/{instance_id}/configurations",
		.description = "Changes parameters of an instance.",
		.arguments = set_parameters_arguments,
		.results = set_parameters_results,
		.destructive = true
	},
	{0}
};

const GmfChapter gmf_gaussdb_parameters = {
	.name = "parameters",
	.title = "Parameters and parameter templates",
	.resources = resources,
	.actions = actions
};
