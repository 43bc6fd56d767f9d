/*
 * bcs_instances.c
 *		Blockchain Service: instances of Huawei Cloud Chain, and services of
 *		Hyperledger Fabric.
 */
#include "bcs.h"

static const GmfColumn instances_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Instance ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Instance name."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "Available | Unavailable | Exception | Unpaid | Creating | Deleting | "
		"Upgrading | OrgCreating | OrgDeleting",
		.description = "Instance status."},
	{.name = "edition", .type = GMF_TEXT, .path = "edition",
		.values = "Professional | Enterprise | Platinum",
		.description = "Edition of the instance."},
	{.name = "kind", .type = GMF_TEXT, .path = "kind", .values = "HuaweiCloudChain | Besu",
		.description = "Kind of the instance."},
	{.name = "data_management", .type = GMF_TEXT, .path = "data_management", .values = "Cloud",
		.description = "Where the data is managed."},
	{.name = "chain_engine_version", .type = GMF_TEXT, .path = "chain_engine_version",
		.description = "Version of the chain engine."},
	{.name = "orgs", .type = GMF_JSONB, .path = "orgs",
		.description = "Organizations: objects with name, status and is_consensus."},
	{.name = "chains", .type = GMF_JSONB, .path = "chains",
		.description = "Chains, an array of one: objects with chain_id, consensus, "
		"sign_algorithm, contract_num, block_num and transaction_num."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the instance was created."},
	{.name = "update_time", .type = GMF_TIMESTAMPTZ, .path = "update_time",
		.description = "When the instance was changed last."},
	{.name = "enterprise_project_id", .type = GMF_TEXT, .path = "enterprise_project_id",
		.description = "ID of the enterprise project."},
	{.name = "enterprise_project_name", .type = GMF_TEXT, .path = "enterprise_project_name",
		.description = "Name of the enterprise project."},
	{0}
};

static const GmfParameter instances_get_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute instances_routes[] = {
	{
		.operation_id = "ShowInstance",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v2/{project_id}/huaweicloudchain/instances/{instance_id}",
		.items = "",
		.parameters = instances_get_parameters
	},
	{
		.operation_id = "ListInstances",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/huaweicloudchain/instances",
		.items = "instances",
		.total = "count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 100, 0}
	},
	{0}
};

static const GmfColumn blockchains_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Service ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Service name."},
	{0}
};

static const GmfRoute blockchains_routes[] = {
	{
		.operation_id = "ListBlockchains",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/blockchains",
		.items = "blockchains"
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "bcs",
		.name = "instances",
		.section = "Huawei Cloud Chain instance management",
		.description = "Instances of Huawei Cloud Chain with their organizations and their chain.",
		.columns = instances_columns,
		.routes = instances_routes,
		.key = "id",
		.rows = 50
	},
	{
		.service = "bcs",
		.name = "blockchains",
		.section = "Enhanced Hyperledger Fabric service management",
		.description = "Blockchain services of the Enhanced Hyperledger Fabric kind, in brief.",
		.columns = blockchains_columns,
		.routes = blockchains_routes,
		.rows = 50
	},
	{0}
};

const GmfChapter gmf_bcs_instances = {
	.name = "instances",
	.title = "Blockchain instances",
	.resources = resources
};
