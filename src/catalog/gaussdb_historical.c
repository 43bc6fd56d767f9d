/*
 * gaussdb_historical.c
 *		Chapter 5 of the GaussDB reference: operations that newer ones of chapter 4.4
 *		have replaced.
 */
#include "catalog_internal.h"

#include <limits.h>

#define NAME_PATTERN "^[A-Za-z][A-Za-z0-9_-]*$"
#define WINDOW_PATTERN "^([01][0-9]|2[0-3]):00-([01][0-9]|2[0-3]):00$"

static const GmfColumn instances_v3_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id", .max_length = 64,
		.description = "Instance ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name", .max_length = 64,
		.description = "Instance name."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "BUILD | ACTIVE | FAILED | MODIFYING | EXPANDING | REBOOTING | UPGRADING | "
		"RESTORING | SWITCHOVER | MIGRATING | BACKING UP | UPGRADE TO BE OBSERVED | STORAGE FULL",
		.description = "Instance status. Several statuses contain blanks (BACKING UP)."},
	{.name = "private_ips", .type = GMF_TEXT_ARRAY, .path = "private_ips", .separator = " / ",
		.description = "Private IP addresses of the instance."},
	{.name = "public_ips", .type = GMF_TEXT_ARRAY, .path = "public_ips",
		.description = "Public IP addresses bound to the instance."},
	{.name = "port", .type = GMF_INTEGER, .path = "port",
		.description = "Database port."},
	{.name = "mysql_compatibility_port", .type = GMF_INTEGER, .path = "mysql_compatibility.port",
		.description = "Port of the MySQL protocol; 0 where it is off."},
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
	{.name = "datastore_target_version", .type = GMF_TEXT, .path = "datastore.target_version",
		.description = "Version to which the instance is being upgraded."},
	{.name = "datastore_hotfix_finished_times", .type = GMF_TEXT_ARRAY,
		.path = "datastore.hotfix_finished_times",
		.description = "When each of the hot patches was installed, as the service writes it."},
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
	{.name = "tags", .type = GMF_JSONB, .path = "tags",
		.description = "Tags of the instance: objects with key and value."},
	{.name = "backup_used_space", .type = GMF_DOUBLE, .path = "backup_used_space", .unit = "KB",
		.description = "Space that the backups take."},
	{0}
};

static const GmfParameter instances_v3_list_parameters[] = {
	{.name = "id", .location = GMF_IN_QUERY, .column = "id", .match = GMF_MATCH_EXACT_STAR},
	{.name = "name", .location = GMF_IN_QUERY, .column = "name", .match = GMF_MATCH_EXACT_STAR},
	{.name = "type", .location = GMF_IN_QUERY, .column = "type", .match = GMF_MATCH_EXACT,
		.domain = "Enterprise|Centralization_standard"},
	/* The reference says that case is ignored. */
	{.name = "datastore_type", .location = GMF_IN_QUERY, .column = "datastore_type",
		.match = GMF_MATCH_LOOSE, .domain = "GaussDB"},
	/* How these two match is not documented. */
	{.name = "vpc_id", .location = GMF_IN_QUERY, .column = "vpc_id", .match = GMF_MATCH_LOOSE},
	{.name = "subnet_id", .location = GMF_IN_QUERY, .column = "subnet_id",
		.match = GMF_MATCH_LOOSE},
	{0}
};

static const GmfRoute instances_v3_routes[] = {
	{
		.operation_id = "ListInstances",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances",
		.items = "instances",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = instances_v3_list_parameters
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "instances_v3",
		.section = "5.1.2",
		.description = "Database instances as the historical list gives them; the table instances "
		"replaces it.",
		.columns = instances_v3_columns,
		.routes = instances_v3_routes,
		.key = "id",
		.deprecated = true
	},
	{0}
};

static const GmfArgument create_instance_v3_arguments[] = {
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true, .min_length = 4,
		.max_length = 64, .pattern = NAME_PATTERN,
		.description = "Instance name: 4 to 64 characters, a letter first, then letters, digits, "
		"hyphens and underscores."},
	{.name = "password", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.secret = true, .min_length = 8, .max_length = 32,
		.description = "Password of the database user root: 8 to 32 characters of at least three "
		"kinds."},
	{.name = "flavor_ref", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 1,
		.description = "Specification code: spec_code of the table flavors."},
	{.name = "volume_type", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "volume.type",
		.required = true,
		.description = "Disk type, for example ULTRAHIGH."},
	{.name = "volume_size", .type = GMF_INTEGER, .location = GMF_IN_BODY, .place = "volume.size",
		.required = true, .has_range = true, .min = 40, .max = INT_MAX,
		.description = "Storage space in GB: from 40 GB to 16 TB for each shard, a multiple of 4 "
		"GB for each shard."},
	{.name = "region", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true, .min_length = 1,
		.description = "Region of the instance."},
	{.name = "availability_zone", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 1,
		.description = "Availability zones, joined with commas: the same one three times, or "
		"three different ones."},
	{.name = "vpc_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "ID of the VPC."},
	{.name = "subnet_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "Network ID of the subnet."},
	{.name = "security_group_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "ID of the security group."},
	{.name = "ha_mode", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "ha.mode",
		.required = true, .values = "enterprise|centralization_standard",
		.description = "Deployment form: enterprise is distributed, centralization_standard is "
		"primary/standby."},
	{.name = "ha_consistency", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "ha.consistency",
		.required = true, .values = "strong|eventual",
		.description = "Consistency of transactions."},
	{.name = "", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "datastore.type",
		.fallback = "\"GaussDB\""},
	{.name = "", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "ha.replication_mode",
		.fallback = "\"sync\""},
	{.name = "datastore_version", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "datastore.version",
		.description = "Engine version; the latest one when it is left out."},
	{.name = "configuration_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "ID of the parameter template; the default one when it is left out."},
	{.name = "port", .type = GMF_TEXT, .location = GMF_IN_BODY, .pattern = "^[0-9]{4,5}$",
		.description = "Database port, 1024 to 39998; 8000 when it is left out. A few ports are "
		"reserved."},
	{.name = "backup_strategy_start_time", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "backup_strategy.start_time", .pattern = WINDOW_PATTERN,
		.description = "Daily window of the automated backup, UTC, one whole hour: HH:00-HH:00."},
	{.name = "backup_strategy_keep_days", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "backup_strategy.keep_days", .has_range = true, .min = 0, .max = 732,
		.description = "Days to keep automated backups."},
	{.name = "charge_info_charge_mode", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "charge_info.charge_mode",
		.description = "Billing mode, for example postPaid."},
	{.name = "sharding_num", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.description = "Number of shards, distributed instances only."},
	{.name = "coordinator_num", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.description = "Number of coordinator nodes, distributed instances only; at most twice "
		"the number of shards."},
	{.name = "extra", .type = GMF_JSONB, .location = GMF_IN_BODY, .place = "",
		.description = "Object that is merged into the body of the request: members that have no "
		"argument."},
	{0}
};

static const GmfResult create_instance_v3_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id",
		.description = "Job ID."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance.id",
		.description = "Instance ID."},
	{.name = "instance_name", .type = GMF_TEXT, .path = "instance.name",
		.description = "Instance name."},
	{.name = "instance_status", .type = GMF_TEXT, .path = "instance.status",
		.description = "Instance status."},
	{.name = "instance_datastore_type", .type = GMF_TEXT, .path = "instance.datastore.type",
		.description = "Database engine."},
	{.name = "instance_datastore_version", .type = GMF_TEXT, .path = "instance.datastore.version",
		.description = "Version of the engine."},
	{.name = "instance_ha_mode", .type = GMF_TEXT, .path = "instance.ha.mode",
		.description = "Deployment form."},
	{.name = "instance_ha_replication_mode", .type = GMF_TEXT,
		.path = "instance.ha.replication_mode",
		.description = "Replication mode of the standby."},
	{.name = "instance_ha_consistency", .type = GMF_TEXT, .path = "instance.ha.consistency",
		.description = "Consistency of transactions."},
	{.name = "instance_replica_num", .type = GMF_INTEGER, .path = "instance.replica_num",
		.description = "Number of replicas."},
	{.name = "instance_port", .type = GMF_INTEGER, .path = "instance.port",
		.description = "Database port."},
	{.name = "instance_backup_strategy_start_time", .type = GMF_TEXT,
		.path = "instance.backup_strategy.start_time",
		.description = "Daily window of the automated backup."},
	{.name = "instance_backup_strategy_keep_days", .type = GMF_INTEGER,
		.path = "instance.backup_strategy.keep_days",
		.description = "Days that automated backups are kept."},
	{.name = "instance_flavor_ref", .type = GMF_TEXT, .path = "instance.flavor_ref",
		.description = "Specification code."},
	{.name = "instance_volume_type", .type = GMF_TEXT, .path = "instance.volume.type",
		.description = "Disk type."},
	{.name = "instance_volume_size", .type = GMF_INTEGER, .path = "instance.volume.size",
		.description = "Storage space in GB."},
	{.name = "instance_region", .type = GMF_TEXT, .path = "instance.region",
		.description = "Region of the instance."},
	{.name = "instance_availability_zone", .type = GMF_TEXT, .path = "instance.availability_zone",
		.description = "Availability zones, joined with commas."},
	{.name = "instance_vpc_id", .type = GMF_TEXT, .path = "instance.vpc_id",
		.description = "ID of the VPC."},
	{.name = "instance_subnet_id", .type = GMF_TEXT, .path = "instance.subnet_id",
		.description = "Network ID of the subnet."},
	{.name = "instance_security_group_id", .type = GMF_TEXT, .path = "instance.security_group_id",
		.description = "ID of the security group."},
	{.name = "instance_charge_info_charge_mode", .type = GMF_TEXT,
		.path = "instance.charge_info.charge_mode",
		.description = "Billing mode."},
	{0}
};

static const GmfArgument resize_instance_v3_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "flavor_ref", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "Specification code: spec_code of the table available_flavors."},
	{.name = "is_auto_pay", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.description = "Instances by year or month: true pays at once, otherwise the order is "
		"paid by hand."},
	{.name = "cn_concurrent_resize_num", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.description = "How many coordinator nodes are changed at the same time."},
	{.name = "dn_concurrent_resize_num", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.description = "How many data nodes are changed at the same time."},
	{0}
};

static const GmfResult resize_instance_v3_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id",
		.description = "Job ID."},
	{.name = "order_id", .type = GMF_TEXT, .path = "order_id",
		.description = "Order ID, where the instance is paid for by year or month."},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "gaussdb",
		.name = "gaussdb_create_instance_v3",
		.operation_id = "CreateRestoreInstanceOrCreateInstance",
		.section = "5.1.1",
		.method = "POST",
		.path = "/v3/{project_id}/instances",
		.description = "Creates an instance the historical way; gaussdb_create_instance replaces "
		"it.",
		.arguments = create_instance_v3_arguments,
		.results = create_instance_v3_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_resize_instance_v3",
		.operation_id = "ResizeInstanceFlavor",
		.section = "5.1.3",
		.method = "PUT",
		.path = "/v3/{project_id}/instance/{instance_id}/flavor",
		.description = "Changes an instance to a larger specification the historical way; "
		"gaussdb_resize_instance replaces it.",
		.arguments = resize_instance_v3_arguments,
		.results = resize_instance_v3_results,
		.destructive = true,
		.job = "job_id"
	},
	{0}
};

const GmfChapter gmf_gaussdb_historical = {
	.name = "historical",
	.title = "Historical operations",
	.resources = resources,
	.actions = actions
};
