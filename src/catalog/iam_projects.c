/*
 * iam_projects.c
 *		Identity and Access Management: projects.
 */
#include "catalog_internal.h"

static const GmfColumn projects_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Project ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Project name; the default project of a region is called like the region."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the project."},
	{.name = "domain_id", .type = GMF_TEXT, .path = "domain_id",
		.description = "ID of the account that the project belongs to."},
	{.name = "parent_id", .type = GMF_TEXT, .path = "parent_id",
		.description = "ID of the parent of the project."},
	{.name = "is_domain", .type = GMF_BOOLEAN, .path = "is_domain",
		.description = "Whether the project is an account."},
	{.name = "enabled", .type = GMF_BOOLEAN, .path = "enabled",
		.description = "Whether the project is enabled."},
	{.name = "links_self", .type = GMF_TEXT, .path = "links.self",
		.description = "Address of the project."},
	{.name = "links_next", .type = GMF_TEXT, .path = "links.next",
		.description = "Address of the next page; not used."},
	{.name = "links_previous", .type = GMF_TEXT, .path = "links.previous",
		.description = "Address of the previous page; not used."},
	{.name = "list_links", .type = GMF_JSONB, .path = "$.links",
		.description = "Addresses of the list: self, next and previous."},
	{0}
};

static const GmfRoute projects_routes[] = {
	{
		.operation_id = "KeystoneListProjects",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/projects",
		.items = "projects"
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "iam",
		.name = "projects",
		.section = "6.4",
		.description = "Projects that the credentials can see; the ID of one is the project_id of "
		"a server.",
		.columns = projects_columns,
		.routes = projects_routes,
		.key = "id",
		.rows = 30
	},
	{0}
};

const GmfChapter gmf_iam_projects = {
	.name = "projects",
	.title = "Projects",
	.resources = resources
};
