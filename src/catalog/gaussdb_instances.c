/*
 * gaussdb_instances.c
 *		Chapter 4.4 of the GaussDB reference: instances.
 */
#include "catalog_internal.h"

#define NAME_PATTERN "^[A-Za-z][A-Za-z0-9_-]*$"

static const GmfColumn instances_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id", .max_length = 64,
		.description = "Instance ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name", .max_length = 64,
		.description = "Instance name."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "BUILD | ACTIVE | FAILED | MODIFYING | EXPANDING | REBOOTING | UPGRADING | RESTORING | "
		"SWITCHOVER | MIGRATING | BACKING UP | UPGRADE TO BE OBSERVED | STORAGE FULL",
		.description = "Instance status. Several statuses contain blanks (BACKING UP)."},
	{.name = "private_ips", .type = GMF_TEXT_ARRAY, .path = "private_ips", .separator = " / ",
		.description = "Private IP addresses of the instance."},
	{.name = "public_ips", .type = GMF_TEXT_ARRAY, .path = "public_ips",
		.description = "Public IP addresses bound to the instance."},
	{.name = "port", .type = GMF_INTEGER, .path = "port",
		.description = "Database port."},
	{.name = "type", .type = GMF_TEXT, .path = "type",
		.values = "Enterprise | Centralization_standard",
		.description = "Deployment: distributed (Enterprise) or primary/standby."},
	{.name = "ha_consistency", .type = GMF_TEXT, .path = "ha.consistency",
		.description = "Consistency of transactions."},
	{.name = "ha_replication_mode", .type = GMF_TEXT, .path = "ha.replication_mode",
		.description = "Replication mode of the standby."},
	{.name = "replica_num", .type = GMF_INTEGER, .path = "replica_num",
		.description = "Number of replicas."},
	{.name = "region", .type = GMF_TEXT, .path = "region",
		.description = "Region of the instance."},
	{.name = "datastore_type", .type = GMF_TEXT, .path = "datastore.type",
		.description = "Database engine."},
	{.name = "datastore_version", .type = GMF_TEXT, .path = "datastore.version",
		.description = "Version of the engine."},
	{.name = "datastore_complete_version", .type = GMF_TEXT, .path = "datastore.complete_version",
		.description = "Complete version of the engine."},
	{.name = "datastore_hotfix_versions", .type = GMF_TEXT, .path = "datastore.hotfix_versions",
		.description = "Hot patches that are installed."},
	{.name = "created", .type = GMF_TIMESTAMPTZ, .path = "created",
		.description = "When the instance was created."},
	{.name = "updated", .type = GMF_TIMESTAMPTZ, .path = "updated",
		.description = "When the instance was changed last."},
	{.name = "db_user_name", .type = GMF_TEXT, .path = "db_user_name",
		.description = "Default user of the database."},
	{.name = "vpc_id", .type = GMF_TEXT, .path = "vpc_id", .max_length = 64,
		.description = "ID of the VPC."},
	{.name = "subnet_id", .type = GMF_TEXT, .path = "subnet_id", .max_length = 64,
		.description = "Network ID of the subnet."},
	{.name = "security_group_id", .type = GMF_TEXT, .path = "security_group_id",
		.description = "ID of the security group."},
	{.name = "flavor_ref", .type = GMF_TEXT, .path = "flavor_ref",
		.description = "Specification code."},
	{.name = "flavor_info_vcpu", .type = GMF_INTEGER, .path = "flavor_info.vcpu",
		.description = "Virtual CPUs of a node."},
	{.name = "flavor_info_mem", .type = GMF_INTEGER, .path = "flavor_info.mem", .unit = "GB",
		.description = "Memory of a node."},
	{.name = "volume_type", .type = GMF_TEXT, .path = "volume.type",
		.description = "Storage type."},
	{.name = "volume_size", .type = GMF_INTEGER, .path = "volume.size", .unit = "GB",
		.description = "Storage space."},
	{.name = "switch_strategy", .type = GMF_TEXT, .path = "switch_strategy",
		.description = "What counts at a switchover: Reliability or Availability."},
	{.name = "charge_info_charge_mode", .type = GMF_TEXT, .path = "charge_info.charge_mode",
		.values = "prePaid | postPaid",
		.description = "Billing mode."},
	{.name = "backup_strategy_start_time", .type = GMF_TEXT, .path = "backup_strategy.start_time",
		.description = "Daily window of the automated backup, UTC: HH:mm-HH:mm."},
	{.name = "backup_strategy_keep_days", .type = GMF_INTEGER, .path = "backup_strategy.keep_days",
		.unit = "days",
		.description = "How long automated backups are kept."},
	{.name = "maintenance_window", .type = GMF_TEXT, .path = "maintenance_window",
		.description = "Maintenance window, UTC: HH:mm-HH:mm."},
	{.name = "nodes", .type = GMF_JSONB, .path = "nodes",
		.description = "Nodes of the instance: id, name, role, status, availability_zone, "
		"private_ip, public_ip of each."},
	{.name = "disk_encryption_id", .type = GMF_TEXT, .path = "disk_encryption_id",
		.description = "Key that encrypts the disks."},
	{.name = "enterprise_project_id", .type = GMF_TEXT, .path = "enterprise_project_id",
		.description = "ID of the enterprise project; 0 is the default one."},
	{.name = "instance_mode", .type = GMF_TEXT, .path = "instance_mode",
		.description = "Edition of the instance."},
	{.name = "time_zone", .type = GMF_TEXT, .path = "time_zone",
		.description = "Time zone of the instance."},
	{.name = "tags", .type = GMF_TEXT, .path = NULL,
		.description = "Filter only: tags as key=value, joined with commas."},
	{0}
};

static const GmfParameter instances_list_parameters[] = {
	{.name = "id", .location = GMF_IN_QUERY, .column = "id", .match = GMF_MATCH_EXACT_STAR},
	{.name = "name", .location = GMF_IN_QUERY, .column = "name", .match = GMF_MATCH_EXACT_STAR},
	{.name = "type", .location = GMF_IN_QUERY, .column = "type", .match = GMF_MATCH_EXACT,
		.domain = "Enterprise|Centralization_standard"},
	/* The reference says that case is ignored. */
	{.name = "datastore_type", .location = GMF_IN_QUERY, .column = "datastore_type",
		.match = GMF_MATCH_LOOSE, .domain = "GaussDB"},
	{.name = "vpc_id", .location = GMF_IN_QUERY, .column = "vpc_id", .match = GMF_MATCH_EXACT},
	{.name = "subnet_id", .location = GMF_IN_QUERY, .column = "subnet_id",
		.match = GMF_MATCH_EXACT},
	{.name = "tags", .location = GMF_IN_QUERY, .column = "tags", .match = GMF_MATCH_EXACT},
	{0}
};

static const GmfRoute instances_routes[] = {
	{
		.operation_id = "ListInstancesDetails",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3.1/{project_id}/instances",
		.items = "instances",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = instances_list_parameters
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "instances",
		.section = "4.4.4",
		.description = "Database instances with all their details.",
		.columns = instances_columns,
		.routes = instances_routes,
		.key = "id"
	},
	{0}
};

static const GmfArgument rename_instance_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 4, .max_length = 64, .pattern = NAME_PATTERN,
		.description = "New name: 4 to 64 characters, a letter first, then letters, digits, "
		"hyphens and underscores."},
	{0}
};

static const GmfArgument restart_instance_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{0}
};

static const GmfResult job_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id", .description = "Job ID."},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "gaussdb",
		.name = "gaussdb_rename_instance",
		.operation_id = "UpdateInstanceName",
		.section = "4.4.6",
		.method = "PUT",
		.path = "/v3/{project_id}/instances/{instance_id}/name",
		.description = "Changes the name of an instance.",
		.arguments = rename_instance_arguments,
		.results = job_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_restart_instance",
		.operation_id = "RestartInstance",
		.section = "4.4.7",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/restart",
		.description = "Restarts an instance.",
		.arguments = restart_instance_arguments,
		.results = job_results,
		.destructive = true,
		.job = "job_id"
	},
	{0}
};

const GmfChapter gmf_gaussdb_instances = {
	.name = "instances",
	.title = "Instances",
	.resources = resources,
	.actions = actions
};
