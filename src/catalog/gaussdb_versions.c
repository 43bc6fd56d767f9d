/*
 * gaussdb_versions.c
 *		Chapter 4.1 of the GaussDB reference: versions of the API.
 */
#include "catalog_internal.h"

static const GmfColumn api_versions_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "API version, for example v3.1."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "CURRENT | SUPPORTED | DEPRECATED",
		.description = "Status of the version."},
	{.name = "version", .type = GMF_TEXT, .path = "version",
		.description = "Sub-version; empty for v3 and v3.1."},
	{.name = "min_version", .type = GMF_TEXT, .path = "min_version",
		.description = "Lowest sub-version; empty for v3 and v3.1."},
	{.name = "updated", .type = GMF_TIMESTAMPTZ, .path = "updated",
		.description = "When the version was changed last."},
	{.name = "links", .type = GMF_JSONB, .path = "links",
		.description = "Links of the version: href and rel of each; empty for v3 and v3.1."},
	{0}
};

static const GmfParameter api_versions_get_parameters[] = {
	{.name = "version", .location = GMF_IN_PATH, .column = "id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute api_versions_routes[] = {
	{
		.operation_id = "ShowApiVersion",
		.role = GMF_GET,
		.method = "GET",
		.path = "/{version}",
		.items = "version",
		.parameters = api_versions_get_parameters
	},
	{
		.operation_id = "ListApiVersions",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/",
		.items = "versions"
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "api_versions",
		.section = "4.1.1",
		.description = "Versions of the API: any by id, or all that are supported now.",
		.columns = api_versions_columns,
		.routes = api_versions_routes,
		.rows = 2
	},
	{0}
};

const GmfChapter gmf_gaussdb_versions = {
	.name = "versions",
	.title = "API versions",
	.resources = resources
};
