/*
 * gaussdb_upgrades.c
 *		Chapter 4.6 of the GaussDB reference: upgrades of the engine.
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

static const GmfColumn upgrade_candidates_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "source_version", .type = GMF_TEXT, .path = "source_version",
		.description = "Version of the instance."},
	{.name = "target_version", .type = GMF_TEXT, .path = "target_version",
		.description = "Version that an upgrade under observation leads to."},
	{.name = "upgrade_candidate_versions", .type = GMF_TEXT_ARRAY,
		.path = "upgrade_candidate_versions",
		.description = "Versions to which the instance can be upgraded; none during an upgrade "
		"under observation."},
	{.name = "hotfix_upgrade_candidate_versions", .type = GMF_TEXT_ARRAY,
		.path = "hotfix_upgrade_candidate_versions",
		.description = "Hot patches that can be installed."},
	{.name = "hotfix_rollback_candidate_versions", .type = GMF_TEXT_ARRAY,
		.path = "hotfix_rollback_candidate_versions",
		.description = "Hot patches that can be rolled back."},
	{.name = "hotfix_upgrade_infos", .type = GMF_JSONB, .path = "hotfix_upgrade_infos",
		.description = "Hot patches that can be installed: version, common_patch (common or "
		"certain), backup_sensitive and descripition of each."},
	{.name = "hotfix_rollback_infos", .type = GMF_JSONB, .path = "hotfix_rollback_infos",
		.description = "Hot patches that can be rolled back, with the same members."},
	{.name = "rollback_enabled", .type = GMF_BOOLEAN, .path = "rollback_enabled",
		.description = "Whether the upgrade can be rolled back."},
	{.name = "upgrade_type_list", .type = GMF_JSONB, .path = "upgrade_type_list",
		.description = "Upgrade types: upgrade_type (grey, inplace, hotfix), enable, "
		"upgrade_action_list and is_parallel_upgrade of each."},
	{.name = "roll_upgrade_progress_upgraded_dn_group_numbers", .type = GMF_INTEGER,
		.path = "roll_upgrade_progress.upgraded_dn_group_numbers",
		.description = "Number of shards that are upgraded; independent deployment only."},
	{.name = "roll_upgrade_progress_total_dn_group_numbers", .type = GMF_INTEGER,
		.path = "roll_upgrade_progress.total_dn_group_numbers",
		.description = "Number of shards; independent deployment only."},
	{.name = "roll_upgrade_progress_not_fully_upgraded_az", .type = GMF_TEXT,
		.path = "roll_upgrade_progress.not_fully_upgraded_az",
		.description = "Availability zones that are not fully upgraded, joined with commas."},
	{.name = "roll_upgrade_progress_already_upgraded_az", .type = GMF_TEXT,
		.path = "roll_upgrade_progress.already_upgraded_az",
		.description = "Availability zones that are upgraded, joined with commas."},
	{.name = "roll_upgrade_progress_az_description_map", .type = GMF_JSONB,
		.path = "roll_upgrade_progress.az_description_map",
		.description = "Object of availability zones and their descriptions."},
	{0}
};

static const GmfRoute upgrade_candidates_routes[] = {
	{
		.operation_id = "ShowUpgradeCandidateVersionsDetails",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3.1/{project_id}/instances/{instance_id}/db-upgrade/candidate-versions",
		.items = "",
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "upgrade_candidates",
		.section = "4.6.1",
		.description = "To what an instance can be upgraded, and how far an upgrade has come, one "
		"row for each instance.",
		.columns = upgrade_candidates_columns,
		.routes = upgrade_candidates_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.rows = 1
	},
	{0}
};

static const GmfArgument upgrade_instance_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "upgrade_type", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.values = "inplace|grey|hotfix",
		.description = "Upgrade type."},
	{.name = "upgrade_action", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.values = "upgradeAutoCommit|upgrade|commit|rollback",
		.description = "What to do; needed for grey and hotfix."},
	{.name = "target_version", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "Version to upgrade to; see the table upgrade_candidates."},
	{.name = "upgrade_shard_num", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.description = "Number of shards to upgrade, in a gray upgrade under observation of a "
		"distributed instance."},
	{.name = "upgrade_az", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "Availability zones to upgrade, joined with commas, in a gray upgrade "
		"under observation."},
	{0}
};

static const GmfResult upgrade_instance_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id",
		.description = "Job ID; null where there is an order."},
	{.name = "order_id", .type = GMF_TEXT, .path = "order_id",
		.description = "Order ID, where the instance is paid for by year or month."},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "gaussdb",
		.name = "gaussdb_upgrade_instance",
		.operation_id = "UpgradeInstanceVersion",
		.section = "4.6.2",
		.method = "PUT",
		.path = "/v3.1/{project_id}/instances/{instance_id}/db-upgrade",
		.description = "Upgrades the engine of an instance, or commits or rolls back an upgrade. "
		"Service is interrupted: for 30 minutes in place, for about 10 seconds for each primary "
		"in a gray upgrade.",
		.arguments = upgrade_instance_arguments,
		.results = upgrade_instance_results,
		.destructive = true,
		.job = "job_id"
	},
	{0}
};

const GmfChapter gmf_gaussdb_upgrades = {
	.name = "upgrades",
	.title = "Upgrades",
	.resources = resources,
	.actions = actions
};
