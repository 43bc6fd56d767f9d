/*
 * gaussdb_tags.c
 *		Chapter 4.11 of the GaussDB reference: tags.
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

static const GmfColumn instance_tags_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "key", .type = GMF_TEXT, .path = "key",
		.description = "Tag key."},
	{.name = "value", .type = GMF_TEXT_ARRAY, .path = "value",
		.description = "Tag values; the property is a list under a singular name."},
	{0}
};

static const GmfRoute instance_tags_routes[] = {
	{
		.operation_id = "ListInstanceTags",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/tags",
		.items = "tags",
		.total = "total_count",
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfColumn project_tags_columns[] = {
	{.name = "key", .type = GMF_TEXT, .path = "key",
		.description = "Tag key."},
	{.name = "value", .type = GMF_TEXT_ARRAY, .path = "value",
		.description = "Tag values; the property is a list under a singular name."},
	{0}
};

static const GmfRoute project_tags_routes[] = {
	{
		.operation_id = "ListProjectTags",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/tags",
		.items = "tags"
	},
	{0}
};

static const GmfColumn predefined_tags_columns[] = {
	{.name = "key", .type = GMF_TEXT, .path = "key",
		.description = "Tag key."},
	{.name = "values", .type = GMF_TEXT_ARRAY, .path = "values",
		.description = "Tag values."},
	{0}
};

static const GmfRoute predefined_tags_routes[] = {
	{
		.operation_id = "ListPredefinedTags",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/predefined-tags",
		.items = "tags"
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "instance_tags",
		.section = "4.11.1",
		.description = "Tags of an instance.",
		.columns = instance_tags_columns,
		.routes = instance_tags_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "key",
		.rows = 5
	},
	{
		.service = "gaussdb",
		.name = "project_tags",
		.section = "4.11.2",
		.description = "Tags of all instances of the project.",
		.columns = project_tags_columns,
		.routes = project_tags_routes,
		.rows = 50
	},
	{
		.service = "gaussdb",
		.name = "predefined_tags",
		.section = "4.11.3",
		.description = "Tags that are predefined for the account.",
		.columns = predefined_tags_columns,
		.routes = predefined_tags_routes,
		.rows = 50
	},
	{0}
};

static const GmfArgument add_instance_tags_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "tags", .type = GMF_JSONB, .location = GMF_IN_BODY, .required = true,
		.description = "Array of objects with key (1 to 36 characters) and value (at most 43): "
		"letters, digits, Chinese characters, and _ - . @."},
	{0}
};

static const GmfResult add_instance_tags_results[] = {
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance_id",
		.description = "Instance ID."},
	{.name = "instance_name", .type = GMF_TEXT, .path = "instance_name",
		.description = "Instance name."},
	{0}
};

static const GmfArgument delete_instance_tag_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "key", .type = GMF_TEXT, .location = GMF_IN_QUERY, .required = true,
		.description = "Key of the tag."},
	{0}
};

static const GmfResult delete_instance_tag_results[] = {
	{.name = "result", .type = GMF_TEXT, .path = "result",
		.description = "Result, for example succeed."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance_id",
		.description = "Instance ID."},
	{.name = "instance_name", .type = GMF_TEXT, .path = "instance_name",
		.description = "Instance name."},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "gaussdb",
		.name = "gaussdb_add_instance_tags",
		.operation_id = "AddInstanceTags",
		.section = "4.11.4",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/tags",
		.description = "Adds tags to an instance.",
		.arguments = add_instance_tags_arguments,
		.results = add_instance_tags_results
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_delete_instance_tag",
		.operation_id = "DeleteInstanceTag",
		.section = "4.11.5",
		.method = "DELETE",
		.path = "/v3/{project_id}/instances/{instance_id}/tag",
		.description = "Deletes a tag of an instance.",
		.arguments = delete_instance_tag_arguments,
		.results = delete_instance_tag_results,
		.destructive = true
	},
	{0}
};

const GmfChapter gmf_gaussdb_tags = {
	.name = "tags",
	.title = "Tags",
	.resources = resources,
	.actions = actions
};
