/*
 * gaussdb_parameters.c
 *		Chapter 4.5 of the GaussDB reference: parameters of instances and
 *		parameter templates.
 */
#include "catalog_internal.h"

#define TEMPLATE_NAME_PATTERN "^[A-Za-z0-9._-]*$"
#define DESCRIPTION_PATTERN "^[^\r\n>!<\"&'=]*$"

static const GmfColumn parameters_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Parameter name."},
	{.name = "value", .type = GMF_TEXT, .path = "value",
		.description = "Current value; numbers and booleans travel as strings."},
	{.name = "restart_required", .type = GMF_BOOLEAN, .path = "restart_required",
		.description = "Whether a change takes effect only with a restart."},
	{.name = "readonly", .type = GMF_BOOLEAN, .path = "readonly",
		.description = "Whether the parameter cannot be changed."},
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

static const GmfParameter instance_key[] = {
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
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfParentKey of_instance[] = {
	{"instance_id", "id"},
	{0}
};

static const GmfColumn parameter_templates_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id", .max_length = 64,
		.description = "Template ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Name of the template."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the template."},
	{.name = "datastore_version", .type = GMF_TEXT, .path = "datastore_version",
		.description = "Engine version that the template is for."},
	{.name = "datastore_name", .type = GMF_TEXT, .path = "datastore_name",
		.description = "Name of the engine."},
	{.name = "ha_mode", .type = GMF_TEXT, .path = "ha_mode",
		.description = "Deployment form that the template is for, for example combined."},
	{.name = "created", .type = GMF_TIMESTAMPTZ, .path = "created",
		.description = "When the template was created."},
	{.name = "updated", .type = GMF_TIMESTAMPTZ, .path = "updated",
		.description = "When the template was changed last."},
	{.name = "user_defined", .type = GMF_BOOLEAN, .path = "user_defined",
		.description = "Whether a user made the template; the others are the system's."},
	{0}
};

static const GmfRoute parameter_templates_routes[] = {
	{
		.operation_id = "ListParamGroupTemplates",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3.1/{project_id}/configurations",
		.items = "configurations",
		.total = "count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0}
	},
	{0}
};

static const GmfParentKey of_template[] = {
	{"config_id", "id"},
	{0}
};

static const GmfParameter template_key[] = {
	{.name = "config_id", .location = GMF_IN_PATH, .column = "config_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfColumn template_parameters_columns[] = {
	{.name = "config_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the template."},
	{.name = "template_name", .type = GMF_TEXT, .path = "$.name",
		.description = "Name of the template."},
	{.name = "template_description", .type = GMF_TEXT, .path = "$.description",
		.description = "Description of the template."},
	{.name = "engine_version", .type = GMF_TEXT, .path = "$.engine_version",
		.description = "Engine version that the template is for."},
	{.name = "instance_mode", .type = GMF_TEXT, .path = "$.instance_mode",
		.values = "ha",
		.description = "Deployment form that the template is for."},
	{.name = "created_at", .type = GMF_TIMESTAMPTZ, .path = "$.created_at",
		.description = "When the template was created."},
	{.name = "updated_at", .type = GMF_TIMESTAMPTZ, .path = "$.updated_at",
		.description = "When the template was changed last."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Parameter name."},
	{.name = "value", .type = GMF_TEXT, .path = "value",
		.description = "Value; numbers and booleans travel as strings."},
	{.name = "need_restart", .type = GMF_BOOLEAN, .path = "need_restart",
		.description = "Whether a change takes effect only with a restart."},
	{.name = "readonly", .type = GMF_BOOLEAN, .path = "readonly",
		.description = "Whether the parameter cannot be changed."},
	{.name = "value_range", .type = GMF_TEXT, .path = "value_range",
		.description = "Values that are allowed."},
	{.name = "data_type", .type = GMF_TEXT, .path = "data_type",
		.values = "string | integer | boolean | list | float",
		.description = "Type of the value."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "What the parameter does."},
	{0}
};

static const GmfRoute template_parameters_routes[] = {
	{
		.operation_id = "ShowConfigurationDetail",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/configurations/{config_id}",
		.items = "configuration_parameters",
		.parameters = template_key,
		.not_found = "DBS.200057"
	},
	{0}
};

static const GmfColumn template_differences_columns[] = {
	{.name = "source_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the first template."},
	{.name = "target_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the second template."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Parameter name."},
	{.name = "source_value", .type = GMF_TEXT, .path = "source_value",
		.description = "Value in the first template."},
	{.name = "target_value", .type = GMF_TEXT, .path = "target_value",
		.description = "Value in the second template."},
	{0}
};

static const GmfParameter template_differences_list_parameters[] = {
	{.name = "source_id", .location = GMF_IN_BODY, .column = "source_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "target_id", .location = GMF_IN_BODY, .column = "target_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute template_differences_routes[] = {
	{
		.operation_id = "ListConfigurationsDiff",
		.role = GMF_LIST,
		.method = "POST",
		.path = "/v3/{project_id}/configurations/comparison",
		.items = "differences",
		.parameters = template_differences_list_parameters,
		.not_found = "DBS.200057"
	},
	{0}
};

static const GmfColumn template_applicable_instances_columns[] = {
	{.name = "config_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the template."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance_id", .max_length = 64,
		.description = "ID of the instance."},
	{.name = "instance_name", .type = GMF_TEXT, .path = "instance_name",
		.description = "Name of the instance."},
	{0}
};

static const GmfRoute template_applicable_instances_routes[] = {
	{
		.operation_id = "ListApplicableInstances",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/configurations/{config_id}/applicable-instances",
		.items = "instances",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = template_key,
		.not_found = "DBS.200057"
	},
	{0}
};

static const GmfColumn template_applied_histories_columns[] = {
	{.name = "config_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the template."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance_id", .max_length = 64,
		.description = "ID of the instance."},
	{.name = "instance_name", .type = GMF_TEXT, .path = "instance_name",
		.description = "Name of the instance."},
	{.name = "apply_result", .type = GMF_TEXT, .path = "apply_result",
		.values = "SUCCESS | FAILED | APPLYING",
		.description = "Result."},
	{.name = "applied_at", .type = GMF_TIMESTAMPTZ, .path = "applied_at",
		.description = "When the template was applied."},
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code",
		.description = "Error code, where it failed."},
	{0}
};

static const GmfRoute template_applied_histories_routes[] = {
	{
		.operation_id = "ListAppliedHistories",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/configurations/{config_id}/applied-histories",
		.items = "histories",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = template_key,
		.not_found = "DBS.200057"
	},
	{0}
};

static const GmfColumn template_histories_columns[] = {
	{.name = "config_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the template."},
	{.name = "parameter_name", .type = GMF_TEXT, .path = "parameter_name",
		.description = "Parameter name."},
	{.name = "old_value", .type = GMF_TEXT, .path = "old_value",
		.description = "Value before the change."},
	{.name = "new_value", .type = GMF_TEXT, .path = "new_value",
		.description = "Value after the change."},
	{.name = "update_result", .type = GMF_TEXT, .path = "update_result",
		.values = "SUCCESS | FAILED",
		.description = "Result."},
	{.name = "updated_at", .type = GMF_TIMESTAMPTZ, .path = "updated_at",
		.description = "When the change was made."},
	{0}
};

static const GmfRoute template_histories_routes[] = {
	{
		.operation_id = "ListHistoryOperations",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/configurations/{config_id}/histories",
		.items = "histories",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = template_key,
		.not_found = "DBS.200057"
	},
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
	{
		.service = "gaussdb",
		.name = "parameter_templates",
		.section = "4.5.1",
		.description = "Parameter templates, those of the system and those of users.",
		.columns = parameter_templates_columns,
		.routes = parameter_templates_routes,
		.key = "id",
		.rows = 50
	},
	{
		.service = "gaussdb",
		.name = "template_parameters",
		.section = "4.5.6",
		.description = "Parameters of a parameter template, one row for each.",
		.columns = template_parameters_columns,
		.routes = template_parameters_routes,
		.parent = "parameter_templates",
		.parent_keys = of_template,
		.rows = 60
	},
	{
		.service = "gaussdb",
		.name = "template_differences",
		.section = "4.5.9",
		.description = "Parameters whose values differ between two parameter templates. Both must "
		"be given.",
		.columns = template_differences_columns,
		.routes = template_differences_routes,
		.rows = 20
	},
	{
		.service = "gaussdb",
		.name = "template_applicable_instances",
		.section = "4.5.10",
		.description = "Instances to which a parameter template can be applied.",
		.columns = template_applicable_instances_columns,
		.routes = template_applicable_instances_routes,
		.parent = "parameter_templates",
		.parent_keys = of_template,
		.key = "instance_id",
		.rows = 100
	},
	{
		.service = "gaussdb",
		.name = "template_applied_histories",
		.section = "4.5.13",
		.description = "When a parameter template was applied to which instances, and how that "
		"ended.",
		.columns = template_applied_histories_columns,
		.routes = template_applied_histories_routes,
		.parent = "parameter_templates",
		.parent_keys = of_template,
		.rows = 50
	},
	{
		.service = "gaussdb",
		.name = "template_histories",
		.section = "4.5.14",
		.description = "Changes of parameters in a parameter template.",
		.columns = template_histories_columns,
		.routes = template_histories_routes,
		.parent = "parameter_templates",
		.parent_keys = of_template,
		.rows = 50
	},
	{0}
};

static const GmfArgument set_parameters_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "parameters", .type = GMF_JSONB, .text_members = true,
		.location = GMF_IN_BODY, .place = "values",
		.required = true,
		.description = "Object of parameter names and their new values, which are strings."},
	{0}
};

static const GmfResult set_parameters_results[] = {
	{.name = "restart_required", .type = GMF_BOOLEAN, .path = "restart_required",
		.description = "Whether the change takes effect only with a restart."},
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id",
		.description = "ID of the job that changes the parameters."},
	{0}
};

static const GmfArgument template_argument[] = {
	{.name = "config_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Template ID."},
	{0}
};

static const GmfArgument create_parameter_template_arguments[] = {
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true, .min_length = 1,
		.max_length = 64, .pattern = TEMPLATE_NAME_PATTERN,
		.description = "Name of the template: 1 to 64 characters: letters, digits, hyphens, "
		"underscores and periods."},
	{.name = "datastore_engine_version", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "datastore.engine_version", .required = true,
		.description = "Engine version that the template is for."},
	{.name = "datastore_instance_mode", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "datastore.instance_mode", .required = true, .values = "ha",
		.description = "Deployment form that the template is for: ha is primary/standby."},
	{.name = "description", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.pattern = DESCRIPTION_PATTERN,
		.description = "Description, cut off after 256 characters; none of > ! < \" & ' = and no "
		"line break."},
	{.name = "parameter_values", .type = GMF_JSONB, .text_members = true,
		.location = GMF_IN_BODY,
		.description = "Object of parameter names and their values, which are strings; the "
		"others get their defaults."},
	{0}
};

static const GmfResult create_parameter_template_results[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Template ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Name of the template."},
	{.name = "created_at", .type = GMF_TIMESTAMPTZ, .path = "created_at",
		.description = "When the template was created."},
	{0}
};

static const GmfArgument copy_parameter_template_arguments[] = {
	{.name = "config_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the template to copy."},
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true, .min_length = 1,
		.max_length = 64, .pattern = TEMPLATE_NAME_PATTERN,
		.description = "Name of the copy: 1 to 64 characters: letters, digits, hyphens, "
		"underscores and periods."},
	{.name = "description", .type = GMF_TEXT, .location = GMF_IN_BODY, .max_length = 256,
		.pattern = DESCRIPTION_PATTERN,
		.description = "Description: at most 256 characters, none of > ! < \" & ' = and no line "
		"break."},
	{0}
};

static const GmfResult copy_parameter_template_results[] = {
	{.name = "config_id", .type = GMF_TEXT, .path = "config_id",
		.description = "ID of the copy."},
	{0}
};

static const GmfArgument check_parameter_template_name_arguments[] = {
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_QUERY, .required = true, .min_length = 1,
		.max_length = 64, .pattern = TEMPLATE_NAME_PATTERN,
		.description = "Name of the template, in the right case."},
	{0}
};

static const GmfResult check_parameter_template_name_results[] = {
	{.name = "exist", .type = GMF_BOOLEAN, .path = "exist",
		.description = "Whether there is such a template."},
	{0}
};

static const GmfArgument apply_parameter_template_arguments[] = {
	{.name = "config_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Template ID."},
	{.name = "instance_ids", .type = GMF_TEXT_ARRAY, .location = GMF_IN_BODY, .required = true,
		.description = "IDs of the instances."},
	{0}
};

static const GmfResult apply_parameter_template_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id",
		.description = "Job ID."},
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
		.destructive = true,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_create_parameter_template",
		.operation_id = "CreateConfigurationTemplate",
		.section = "4.5.4",
		.method = "POST",
		.path = "/v3/{project_id}/configurations",
		.description = "Creates a parameter template.",
		.arguments = create_parameter_template_arguments,
		.results = create_parameter_template_results
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_delete_parameter_template",
		.operation_id = "DeleteConfiguration",
		.section = "4.5.5",
		.method = "DELETE",
		.path = "/v3/{project_id}/configurations/{config_id}",
		.description = "Deletes a parameter template.",
		.arguments = template_argument,
		.destructive = true
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_copy_parameter_template",
		.operation_id = "CopyConfiguration",
		.section = "4.5.7",
		.method = "POST",
		.path = "/v3/{project_id}/configurations/{config_id}/copy",
		.description = "Makes a parameter template that is a copy of another one, and returns its "
		"ID.",
		.arguments = copy_parameter_template_arguments,
		.results = copy_parameter_template_results
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_reset_parameter_template",
		.operation_id = "ResetConfiguration",
		.section = "4.5.8",
		.method = "POST",
		.path = "/v3/{project_id}/configurations/{config_id}/reset",
		.description = "Sets all parameters of a user's parameter template back to their defaults.",
		.arguments = template_argument,
		.destructive = true
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_check_parameter_template_name",
		.operation_id = "ValidateParaGroupName",
		.section = "4.5.11",
		.method = "GET",
		.path = "/v3/{project_id}/configurations/name-validation",
		.description = "Tells whether there is a parameter template with a name: true when there "
		"is.",
		.arguments = check_parameter_template_name_arguments,
		.results = check_parameter_template_name_results,
		.reads_only = true
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_apply_parameter_template",
		.operation_id = "SwitchConfiguration",
		.section = "4.5.12",
		.method = "PUT",
		.path = "/v3/{project_id}/configurations/{config_id}/apply",
		.description = "Applies a parameter template to instances.",
		.arguments = apply_parameter_template_arguments,
		.results = apply_parameter_template_results,
		.destructive = true,
		.job = "job_id"
	},
	{0}
};

const GmfChapter gmf_gaussdb_parameters = {
	.name = "parameters",
	.title = "Parameters and parameter templates",
	.resources = resources,
	.actions = actions
};
