/*
 * gaussdb_instances.c
 *		Chapter 4.4 of the GaussDB reference: instances, their nodes and
 *		components.
 *
 * Tables first, in the order of the reference, then functions.  An operation
 * that carries several actions (RunInstanceAction, AttachEip) is one function
 * for each of them.
 */
#include "catalog_internal.h"

#include <limits.h>

#define NAME_PATTERN "^[A-Za-z][A-Za-z0-9_-]*$"
#define WINDOW_PATTERN "^([01][0-9]|2[0-3]):00-([01][0-9]|2[0-3]):00$"
#define TIME_ZONE_PATTERN "^UTC[+-](0[0-9]|1[0-2]):00$"

/* Most of what belongs to an instance is asked for by its ID alone. */
static const GmfParameter instance_key[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfParentKey of_instance[] = {
	{"instance_id", "id"},
	{0}
};

static const GmfColumn instances_columns[] = {
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
		"private_ip, public_ip, component_names of each."},
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
	{.name = "disk_usage", .type = GMF_DOUBLE, .path = "disk_usage",
		.description = "Disk usage, a fraction from 0 to 1."},
	{.name = "backup_used_space", .type = GMF_DOUBLE, .path = "backup_used_space", .unit = "KB",
		.description = "Space that the backups take."},
	{.name = "tag_filter", .type = GMF_TEXT,
		.description = "Filter only: instances with these tags, key=value, joined with commas."},
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
	{.name = "tags", .location = GMF_IN_QUERY, .column = "tag_filter",
		.match = GMF_MATCH_EXACT},
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

static const GmfColumn nodes_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .path = "^.id", .max_length = 64,
		.description = "ID of the instance."},
	{.name = "instance_name", .type = GMF_TEXT, .path = "^.name", .max_length = 64,
		.description = "Name of the instance."},
	{.name = "id", .type = GMF_TEXT, .path = "id", .max_length = 64,
		.description = "Node ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Node name."},
	{.name = "role", .type = GMF_TEXT, .path = "role",
		.values = "master | slave",
		.description = "Primary or standby node."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "ACTIVE | FAILED",
		.description = "Node status; the reference names no values."},
	{.name = "availability_zone", .type = GMF_TEXT, .path = "availability_zone",
		.description = "Availability zone."},
	{.name = "private_ip", .type = GMF_TEXT, .path = "private_ip",
		.description = "Private IP address; of a distributed instance, coordinator nodes only "
		"have one."},
	{.name = "data_ip", .type = GMF_TEXT, .path = "data_ip",
		.description = "IP address for data of the node."},
	{.name = "public_ip", .type = GMF_TEXT, .path = "public_ip",
		.description = "Public IP address that is bound to the node."},
	{.name = "component_names", .type = GMF_TEXT, .path = "component_names",
		.description = "Components that run on the node: component ID and group ID, joined "
		"with a colon, each behind a semicolon."},
	{0}
};

static const GmfParameter nodes_list_parameters[] = {
	{.name = "id", .location = GMF_IN_QUERY, .column = "instance_id",
		.match = GMF_MATCH_EXACT_STAR},
	{.name = "name", .location = GMF_IN_QUERY, .column = "instance_name",
		.match = GMF_MATCH_EXACT_STAR},
	{0}
};

static const GmfRoute nodes_routes[] = {
	{
		.operation_id = "ListInstancesDetails",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3.1/{project_id}/instances",
		.items = "instances[].nodes[]",
		.total = "total_count",
		.records = "instances",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = nodes_list_parameters
	},
	{0}
};

static const GmfColumn components_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "node_id", .type = GMF_TEXT, .path = "^.id", .max_length = 64,
		.description = "ID of the node that the component runs on."},
	{.name = "node_name", .type = GMF_TEXT, .path = "^.name",
		.description = "Name of the node."},
	{.name = "node_status", .type = GMF_TEXT, .path = "^.status",
		.values = "normal",
		.description = "Status of the node; the reference names no values."},
	{.name = "availability_zone_id", .type = GMF_TEXT, .path = "^.availability_zone_id",
		.description = "Availability zone of the node."},
	{.name = "availability_zone_description", .type = GMF_TEXT, .path = "^.description",
		.description = "Description of the availability zone."},
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Component ID; its prefix tells the kind: cn_, dn_, cm_, gtm_, etcd_."},
	{.name = "role", .type = GMF_TEXT, .path = "role",
		.values = "master | slave",
		.description = "Whether the component is the primary one."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "Primary | Normal | Down | Standby | StateFollower | StateLeader | "
		"StateCandidate",
		.description = "Component status."},
	{.name = "distributed_id", .type = GMF_TEXT, .path = "distributed_id",
		.description = "Group: data nodes of one shard have the same one; empty for other "
		"components."},
	{.name = "type", .type = GMF_TEXT, .path = "type",
		.values = "DN | CN | GTM | CM | ETCD",
		.description = "Kind of the component."},
	{.name = "detail", .type = GMF_TEXT, .path = "detail",
		.description = "Details of the component."},
	{.name = "component_type", .type = GMF_TEXT,
		.values = "ALL | CN | DN | CM | GTM | ETCD",
		.description = "Filter only: components of this kind."},
	{.name = "primary_availability_zone_id", .type = GMF_TEXT,
		.description = "Filter only: components whose primary is in this availability zone; "
		"their replicas in other zones are returned too. ALL is any."},
	{0}
};

static const GmfParameter components_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "component_type", .location = GMF_IN_QUERY, .column = "component_type",
		.match = GMF_MATCH_EXACT, .domain = "ALL|CN|DN|CM|GTM|ETCD"},
	{.name = "availability_zone_id", .location = GMF_IN_QUERY,
		.column = "primary_availability_zone_id", .match = GMF_MATCH_EXACT},
	{0}
};

static const GmfRoute components_routes[] = {
	{
		.operation_id = "ListComponentInfos",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/components",
		.items = "nodes[].components[]",
		.total = "total_count",
		.records = "nodes",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = components_list_parameters,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfColumn instance_balance_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "balanced", .type = GMF_BOOLEAN, .path = "balanced",
		.description = "False when switchovers have left the load of the hosts unbalanced."},
	{0}
};

static const GmfRoute instance_balance_routes[] = {
	{
		.operation_id = "ShowBalanceStatus",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/balance",
		.items = "",
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfColumn deployment_forms_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "solution", .type = GMF_TEXT, .path = "solution",
		.description = "Name of the solution template, for example triset: one primary and two "
		"standbys."},
	{.name = "initial_node_num", .type = GMF_INTEGER, .path = "initial_node_num",
		.description = "Nodes at the beginning; only told for triset."},
	{.name = "shard_num", .type = GMF_INTEGER, .path = "shard_num",
		.description = "Number of shards."},
	{.name = "replica_num", .type = GMF_INTEGER, .path = "replica_num",
		.description = "Number of replicas."},
	{.name = "each_expand_nodes", .type = GMF_INTEGER, .path = "each_expand_nodes",
		.description = "Smallest number of nodes that an expansion adds."},
	{.name = "max_shard_count", .type = GMF_INTEGER, .path = "max_shard_count",
		.description = "Largest number of shards."},
	{.name = "each_shard_num", .type = GMF_INTEGER, .path = "each_shard_num",
		.description = "Number of nodes of a shard."},
	{0}
};

/*
 * The operation wants an instance or a solution, and which one wins when both
 * are given is not documented: a table for each.
 */
static const GmfParameter deployment_forms_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_QUERY, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfRoute deployment_forms_routes[] = {
	{
		.operation_id = "ShowDeploymentForm",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/deployment-form",
		.items = "",
		.parameters = deployment_forms_list_parameters,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfColumn solution_templates_columns[] = {
	{.name = "solution", .type = GMF_TEXT,
		.values = "triset",
		.description = "Name of the solution template."},
	{.name = "initial_node_num", .type = GMF_INTEGER, .path = "initial_node_num",
		.description = "Nodes at the beginning; only told for triset."},
	{.name = "shard_num", .type = GMF_INTEGER, .path = "shard_num",
		.description = "Number of shards."},
	{.name = "replica_num", .type = GMF_INTEGER, .path = "replica_num",
		.description = "Number of replicas."},
	{.name = "each_expand_nodes", .type = GMF_INTEGER, .path = "each_expand_nodes",
		.description = "Smallest number of nodes that an expansion adds."},
	{.name = "max_shard_count", .type = GMF_INTEGER, .path = "max_shard_count",
		.description = "Largest number of shards."},
	{.name = "each_shard_num", .type = GMF_INTEGER, .path = "each_shard_num",
		.description = "Number of nodes of a shard."},
	{0}
};

static const GmfParameter solution_templates_list_parameters[] = {
	{.name = "solution", .location = GMF_IN_QUERY, .column = "solution", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute solution_templates_routes[] = {
	{
		.operation_id = "ShowDeploymentForm",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/deployment-form",
		.items = "",
		.parameters = solution_templates_list_parameters
	},
	{0}
};

static const GmfColumn public_ips_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "public_ip_id", .type = GMF_TEXT, .path = "public_ip_id", .max_length = 64,
		.description = "ID of the public IP address."},
	{.name = "public_ip_address", .type = GMF_TEXT, .path = "public_ip_address|public_ip_addresses",
		.description = "The public IP address itself."},
	{.name = "public_ip_type", .type = GMF_TEXT, .path = "public_ip_type",
		.description = "Type of the public IP address, for example 5_g-vm."},
	{.name = "private_ip_address", .type = GMF_TEXT, .path = "private_ip_address",
		.description = "Private IP address that it is bound to."},
	{.name = "port_id", .type = GMF_TEXT, .path = "port_id",
		.description = "ID of the network port."},
	{.name = "bandwidth_id", .type = GMF_TEXT, .path = "bandwidth_id",
		.description = "ID of the bandwidth."},
	{.name = "bandwidth_name", .type = GMF_TEXT, .path = "bandwidth_name",
		.description = "Name of the bandwidth."},
	{.name = "bandwidth_share_type", .type = GMF_TEXT, .path = "bandwidth_share_type",
		.description = "How the bandwidth is shared, for example PER."},
	{.name = "bandwidth_size", .type = GMF_INTEGER, .path = "bandwidth_size",
		.description = "Size of the bandwidth; the reference does not say in which unit."},
	{.name = "applied_at", .type = GMF_TIMESTAMPTZ, .path = "applied_at",
		.description = "When the binding was changed last."},
	{0}
};

static const GmfRoute public_ips_routes[] = {
	{
		.operation_id = "ListBindedEips",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/public-ips",
		.items = "public_ips",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 50, 50, 0},
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfColumn ssl_certificates_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "download_link", .type = GMF_TEXT, .path = "download_link",
		.description = "Link to a zip archive with the certificate."},
	{0}
};

static const GmfRoute ssl_certificates_routes[] = {
	{
		.operation_id = "ShowSslCertDownloadLink",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/ssl-cert/download-link",
		.items = "",
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfColumn quotas_columns[] = {
	{.name = "type", .type = GMF_TEXT, .path = "type",
		.values = "instance",
		.description = "What is counted."},
	{.name = "used", .type = GMF_INTEGER, .path = "used",
		.description = "How many there are."},
	{.name = "quota", .type = GMF_INTEGER, .path = "quota",
		.description = "How many there may be."},
	{0}
};

static const GmfParameter quotas_list_parameters[] = {
	{.name = "type", .location = GMF_IN_QUERY, .column = "type", .match = GMF_MATCH_EXACT,
		.domain = "instance"},
	{0}
};

static const GmfRoute quotas_routes[] = {
	{
		.operation_id = "ShowProjectQuotas",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/project-quotas",
		.items = "quotas.resources",
		.parameters = quotas_list_parameters
	},
	{0}
};

static const GmfColumn coordinators_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "id", .type = GMF_TEXT, .path = "id", .max_length = 64,
		.description = "Node ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Node name."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "normal | abnormal | creating | createfail",
		.description = "Node status."},
	{.name = "availability_zone", .type = GMF_TEXT, .path = "availability_zone",
		.description = "Availability zone."},
	{.name = "support_reduce", .type = GMF_BOOLEAN, .path = "support_reduce",
		.description = "Whether the node may be removed."},
	{.name = "max_reduction_num", .type = GMF_INTEGER, .path = "$.max_reduction_num",
		.description = "Number of coordinator nodes of the instance that may be removed at once."},
	{0}
};

static const GmfRoute coordinators_routes[] = {
	{
		.operation_id = "ListCnInfosBeforeReduce",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/coordinators",
		.items = "nodes",
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfColumn auto_enlarge_policies_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "switch_option", .type = GMF_BOOLEAN, .path = "switch_option",
		.description = "Whether the storage grows by itself."},
	{.name = "limit_volume_size", .type = GMF_INTEGER, .path = "limit_volume_size",
		.description = "Size up to which it grows by itself."},
	{.name = "min_volume_size", .type = GMF_INTEGER, .path = "min_volume_size",
		.description = "Smallest size that it can grow to."},
	{.name = "max_volume_size", .type = GMF_INTEGER, .path = "max_volume_size",
		.description = "Largest size that the storage can have."},
	{.name = "trigger_available_percent", .type = GMF_INTEGER, .path = "trigger_available_percent",
		.unit = "percent",
		.description = "Free space that makes it grow."},
	{.name = "percents", .type = GMF_INTEGER_ARRAY, .path = "percents", .unit = "percent",
		.description = "Set of percentages of free space."},
	{.name = "step_size", .type = GMF_INTEGER, .path = "step_size",
		.description = "Step of growth, where it is a fixed size."},
	{.name = "step_percent", .type = GMF_INTEGER, .path = "step_percent", .unit = "percent",
		.description = "Step of growth, where it is a percentage."},
	{0}
};

static const GmfRoute auto_enlarge_policies_routes[] = {
	{
		.operation_id = "SearchAutoEnlargePolicy",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/auto-enlarge-policy",
		.items = "",
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfColumn instance_statistics_columns[] = {
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "normal | abnormal | creating | createfail",
		.description = "Status in the words of this list."},
	{.name = "count", .type = GMF_INTEGER, .path = "count",
		.description = "Number of instances with this status."},
	{.name = "total_count", .type = GMF_INTEGER, .path = "$.total_count",
		.description = "Number of all instances."},
	{0}
};

/* The only path without a project: the scope is that of the credentials. */
static const GmfRoute instance_statistics_routes[] = {
	{
		.operation_id = "ShowInstancesStatistics",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/instances-statistics",
		.items = "instances_statistics"
	},
	{0}
};

static const GmfColumn enterprise_projects_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "ID of the enterprise project."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Name of the enterprise project."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the enterprise project."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "1 | 2",
		.description = "Status: 1 is enabled, 2 is disabled."},
	{.name = "created_at", .type = GMF_TIMESTAMPTZ, .path = "created_at",
		.description = "When the enterprise project was created."},
	{.name = "updated_at", .type = GMF_TIMESTAMPTZ, .path = "updated_at",
		.description = "When the enterprise project was changed last."},
	{0}
};

/* How a keyword matches is not documented; a whole name is a keyword of itself. */
static const GmfParameter enterprise_projects_list_parameters[] = {
	{.name = "name_keyword", .location = GMF_IN_QUERY, .column = "name", .match = GMF_MATCH_LOOSE},
	{0}
};

static const GmfRoute enterprise_projects_routes[] = {
	{
		.operation_id = "ListEnterpriseProjects",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/enterprise-projects",
		.items = "enterprise_projects",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 1000, 0},
		.parameters = enterprise_projects_list_parameters
	},
	{0}
};

static const GmfColumn features_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Feature, for example ledger, ilm or security: a key of "
		"gaussdb_set_features."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "true | false | on | off",
		.description = "Whether the feature is on; both spellings occur."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the feature, in Chinese."},
	{.name = "type", .type = GMF_TEXT, .path = "type",
		.values = "integer | string | boolean",
		.description = "Type of the value."},
	{.name = "value", .type = GMF_TEXT, .path = "value",
		.description = "Value of the feature."},
	{.name = "range", .type = GMF_TEXT, .path = "range",
		.description = "Values that are allowed, for example on|off."},
	{.name = "range_description", .type = GMF_TEXT, .path = "range_description",
		.description = "What the allowed values mean."},
	{0}
};

static const GmfRoute features_routes[] = {
	{
		.operation_id = "ListFeatures",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/advance-features",
		.items = "features",
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
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
	{
		.service = "gaussdb",
		.name = "nodes",
		.section = "4.4.4",
		.description = "Nodes of the instances, one row for each, taken from the list of "
		"instances.",
		.columns = nodes_columns,
		.routes = nodes_routes,
		.key = "id",
		.rows = 3000
	},
	{
		.service = "gaussdb",
		.name = "components",
		.section = "4.4.9",
		.description = "Components of an instance (coordinators, data nodes, cluster managers …), "
		"one row for each. Gives the node_id and component_id of gaussdb_switch_shards.",
		.columns = components_columns,
		.routes = components_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.rows = 20
	},
	{
		.service = "gaussdb",
		.name = "instance_balance",
		.section = "4.4.11",
		.description = "Whether the primaries of an instance are spread evenly over its hosts, "
		"one row for each instance.",
		.columns = instance_balance_columns,
		.routes = instance_balance_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.rows = 1
	},
	{
		.service = "gaussdb",
		.name = "deployment_forms",
		.section = "4.4.12",
		.description = "Replicas, shards and nodes of the deployment form that an instance has, "
		"one row for each instance.",
		.columns = deployment_forms_columns,
		.routes = deployment_forms_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.rows = 1
	},
	{
		.service = "gaussdb",
		.name = "solution_templates",
		.section = "4.4.12",
		.description = "Replicas, shards and nodes that a solution template stands for. The name "
		"of the solution must be given.",
		.columns = solution_templates_columns,
		.routes = solution_templates_routes,
		.rows = 1
	},
	{
		.service = "gaussdb",
		.name = "public_ips",
		.section = "4.4.13",
		.description = "Elastic public IP addresses that are bound to an instance.",
		.columns = public_ips_columns,
		.routes = public_ips_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "public_ip_id",
		.rows = 3
	},
	{
		.service = "gaussdb",
		.name = "ssl_certificates",
		.section = "4.4.16",
		.description = "Download links of the SSL certificates, one row for each instance.",
		.columns = ssl_certificates_columns,
		.routes = ssl_certificates_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.rows = 1
	},
	{
		.service = "gaussdb",
		.name = "quotas",
		.section = "4.4.17",
		.description = "How many instances the project has and may have.",
		.columns = quotas_columns,
		.routes = quotas_routes,
		.rows = 1
	},
	{
		.service = "gaussdb",
		.name = "coordinators",
		.section = "4.4.20",
		.description = "Coordinator nodes of a distributed instance, and whether each may be "
		"removed.",
		.columns = coordinators_columns,
		.routes = coordinators_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "id",
		.rows = 3
	},
	{
		.service = "gaussdb",
		.name = "auto_enlarge_policies",
		.section = "4.4.21",
		.description = "When and how the storage of an instance grows by itself, one row for each "
		"instance. The reference names no units.",
		.columns = auto_enlarge_policies_columns,
		.routes = auto_enlarge_policies_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.rows = 1
	},
	{
		.service = "gaussdb",
		.name = "instance_statistics",
		.section = "4.4.22",
		.description = "Number of instances by status.",
		.columns = instance_statistics_columns,
		.routes = instance_statistics_routes,
		.rows = 4
	},
	{
		.service = "gaussdb",
		.name = "enterprise_projects",
		.section = "4.4.23",
		.description = "Enterprise projects.",
		.columns = enterprise_projects_columns,
		.routes = enterprise_projects_routes,
		.key = "id",
		.rows = 50
	},
	{
		.service = "gaussdb",
		.name = "features",
		.section = "4.4.26",
		.description = "Advanced features of an instance.",
		.columns = features_columns,
		.routes = features_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "name",
		.rows = 4
	},
	{0}
};

/* Actions that need nothing but the instance, and those that answer with a job only. */
static const GmfArgument instance_argument[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{0}
};

static const GmfResult job_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id",
		.description = "Job ID."},
	{0}
};

static const GmfResult job_and_order_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id",
		.description = "Job ID."},
	{.name = "order_id", .type = GMF_TEXT, .path = "order_id",
		.description = "Order ID, where the instance is paid for by year or month."},
	{0}
};

/* An instance that is paid for by year or month has an order in the place of the job. */
static const GmfResult job_or_order_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id",
		.description = "Job ID; null where there is an order."},
	{.name = "order_id", .type = GMF_TEXT, .path = "order_id",
		.description = "Order ID, where the instance is paid for by year or month."},
	{0}
};

static const GmfArgument create_instance_arguments[] = {
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
		.required = true, .values = "ULTRAHIGH|ESSD",
		.description = "Disk type: ULTRAHIGH (SSD) or ESSD (extreme SSD)."},
	{.name = "volume_size", .type = GMF_INTEGER, .location = GMF_IN_BODY, .place = "volume.size",
		.required = true, .has_range = true, .min = 40, .max = INT_MAX,
		.description = "Storage space in GB: from 40 GB to 16 TB for each shard, a multiple of 4 "
		"GB for each shard."},
	{.name = "region", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true, .min_length = 1,
		.description = "Region of the instance."},
	{.name = "availability_zone", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 1,
		.description = "Availability zones, joined with commas: the same one three times, or "
		"three different ones; two for the solution double."},
	{.name = "vpc_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "ID of the VPC."},
	{.name = "subnet_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "Network ID of the subnet."},
	{.name = "ha_mode", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "ha.mode",
		.required = true, .values = "enterprise|combined|centralization_standard",
		.description = "Deployment form: enterprise and combined are distributed, "
		"centralization_standard is primary/standby."},
	{.name = "ha_consistency", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "ha.consistency",
		.required = true, .values = "strong|eventual",
		.description = "Consistency of transactions."},
	{.name = "", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "datastore.type",
		.fallback = "\"GaussDB\""},
	{.name = "", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "ha.replication_mode",
		.fallback = "\"sync\""},
	{.name = "solution", .type = GMF_TEXT, .location = GMF_IN_BODY, .values = "triset|double|hcs2",
		.description = "Solution: triset or double for primary/standby instances, hcs2 for the "
		"combined form. The reference calls it mandatory but has none for the form enterprise."},
	{.name = "datastore_version", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "datastore.version",
		.description = "Engine version; the latest one when it is left out."},
	{.name = "ha_consistency_protocol", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "ha.consistency_protocol", .values = "quorum|paxos",
		.description = "Consistency protocol of the replicas; quorum when it is left out."},
	{.name = "security_group_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "ID of the security group."},
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
	{.name = "disk_encryption_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "ID of the key that encrypts the disks."},
	{.name = "charge_info_charge_mode", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "charge_info.charge_mode", .values = "postPaid|prePaid",
		.description = "Billing mode."},
	{.name = "charge_info_period_type", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "charge_info.period_type", .values = "month|year",
		.description = "Unit of the subscription, with prePaid."},
	{.name = "charge_info_period_num", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "charge_info.period_num", .has_range = true, .min = 1, .max = 9,
		.description = "Length of the subscription, with prePaid: 1 to 9 months or 1 to 3 years."},
	{.name = "charge_info_is_auto_renew", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.place = "charge_info.is_auto_renew",
		.description = "Whether the subscription is renewed by itself."},
	{.name = "charge_info_is_auto_pay", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.place = "charge_info.is_auto_pay",
		.description = "Whether the account is charged by itself."},
	{.name = "time_zone", .type = GMF_TEXT, .location = GMF_IN_BODY, .pattern = TIME_ZONE_PATTERN,
		.description = "Time zone, whole hours: UTC-12:00 to UTC+12:00."},
	{.name = "sharding_num", .type = GMF_INTEGER, .location = GMF_IN_BODY, .has_range = true,
		.min = 1, .max = INT_MAX,
		.description = "Number of shards, distributed instances only."},
	{.name = "coordinator_num", .type = GMF_INTEGER, .location = GMF_IN_BODY, .has_range = true,
		.min = 1, .max = INT_MAX,
		.description = "Number of coordinator nodes, distributed instances only; at most twice "
		"the number of shards."},
	{.name = "replica_num", .type = GMF_INTEGER, .location = GMF_IN_BODY, .values = "3",
		.description = "Number of replicas: 3."},
	{.name = "enable_force_switch", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.description = "Whether a standby is promoted by force when the primary fails, at the "
		"risk of losing data."},
	{.name = "os_type", .type = GMF_TEXT, .location = GMF_IN_BODY, .values = "Euler|Hce",
		.description = "Operating system."},
	{.name = "master_az", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "Availability zone of the primary; needed with the solution double."},
	{.name = "enable_single_float_ip", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.description = "Whether a primary/standby instance has a single floating IP address."},
	{.name = "enterprise_project_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "ID of the enterprise project."},
	{.name = "extra", .type = GMF_JSONB, .location = GMF_IN_BODY, .place = "",
		.description = "Object that is merged into the body of the request: members that have no "
		"argument."},
	{0}
};

static const GmfResult create_instance_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id",
		.description = "Job ID."},
	{.name = "order_id", .type = GMF_TEXT, .path = "order_id",
		.description = "Order ID, where the instance is paid for by year or month."},
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
	{.name = "instance_ha_consistency_protocol", .type = GMF_TEXT,
		.path = "instance.ha.consistency_protocol",
		.description = "Consistency protocol of the replicas."},
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
	{.name = "instance_enterprise_project_id", .type = GMF_TEXT,
		.path = "instance.enterprise_project_id",
		.description = "ID of the enterprise project."},
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
	{.name = "instance_charge_info_period_type", .type = GMF_TEXT,
		.path = "instance.charge_info.period_type",
		.description = "Unit of the subscription."},
	{.name = "instance_charge_info_period_num", .type = GMF_INTEGER,
		.path = "instance.charge_info.period_num",
		.description = "Length of the subscription."},
	{.name = "instance_charge_info_is_auto_renew", .type = GMF_BOOLEAN,
		.path = "instance.charge_info.is_auto_renew",
		.description = "Whether the subscription is renewed by itself."},
	{.name = "instance_charge_info_is_auto_pay", .type = GMF_BOOLEAN,
		.path = "instance.charge_info.is_auto_pay",
		.description = "Whether the account is charged by itself."},
	{0}
};

static const GmfArgument add_coordinators_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "az_code", .type = GMF_TEXT_ARRAY, .location = GMF_IN_BODY,
		.place = "expand_cluster.coordinators[].az_code", .required = true, .min_length = 1,
		.description = "Availability zones of the new coordinator nodes, one element for each "
		"node."},
	{.name = "is_auto_pay", .type = GMF_TEXT, .location = GMF_IN_BODY, .values = "true|false",
		.description = "Instances by year or month: true pays at once, otherwise the order is "
		"paid by hand."},
	{0}
};

static const GmfArgument add_shards_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "count", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "expand_cluster.shard.count", .required = true, .has_range = true, .min = 1,
		.max = INT_MAX,
		.description = "Number of shards to add."},
	{.name = "is_auto_pay", .type = GMF_TEXT, .location = GMF_IN_BODY, .values = "true|false",
		.description = "Instances by year or month: true pays at once, otherwise the order is "
		"paid by hand."},
	{0}
};

static const GmfArgument enlarge_volume_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "size", .type = GMF_INTEGER, .location = GMF_IN_BODY, .place = "enlarge_volume.size",
		.required = true, .has_range = true, .min = 40, .max = INT_MAX,
		.description = "New storage space in GB: a multiple of 4 GB for each shard."},
	{.name = "is_auto_pay", .type = GMF_TEXT, .location = GMF_IN_BODY, .values = "true|false",
		.description = "Instances by year or month: true pays at once, otherwise the order is "
		"paid by hand."},
	{0}
};

static const GmfArgument reset_password_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "password", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.secret = true, .min_length = 8, .max_length = 32,
		.description = "New password: 8 to 32 characters of at least three kinds, not a weak one."},
	{0}
};

static const GmfArgument rename_instance_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true, .min_length = 4,
		.max_length = 64, .pattern = NAME_PATTERN,
		.description = "New name: 4 to 64 characters, a letter first, then letters, digits, "
		"hyphens and underscores."},
	{0}
};

static const GmfArgument switch_shards_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "shards", .type = GMF_JSONB, .location = GMF_IN_BODY, .required = true,
		.description = "Array of objects with node_id and component_id of the standby data "
		"nodes, as in the table components."},
	{0}
};

static const GmfArgument resize_instance_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "flavor_ref", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 1,
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

static const GmfArgument check_weak_password_arguments[] = {
	{.name = "password", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.secret = true,
		.description = "Password to check."},
	{0}
};

static const GmfResult check_weak_password_results[] = {
	{.name = "is_weak_password", .type = GMF_BOOLEAN, .path = "is_weak_password",
		.description = "Whether the password is weak."},
	{0}
};

static const GmfArgument bind_public_ip_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "node_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Node ID."},
	{.name = "public_ip", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "The public IP address."},
	{.name = "public_ip_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "ID of the public IP address."},
	{.name = "", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "action",
		.fallback = "\"BIND\""},
	{0}
};

static const GmfArgument unbind_public_ip_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "node_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Node ID."},
	{.name = "public_ip", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "The public IP address."},
	{.name = "public_ip_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "ID of the public IP address."},
	{.name = "", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "action",
		.fallback = "\"UNBIND\""},
	{0}
};

static const GmfArgument start_instance_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "node_ids", .type = GMF_TEXT_ARRAY, .location = GMF_IN_BODY, .required = true,
		.description = "IDs of the nodes to start; an empty array starts the whole instance."},
	{0}
};

static const GmfArgument stop_instance_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "node_ids", .type = GMF_TEXT_ARRAY, .location = GMF_IN_BODY, .required = true,
		.description = "IDs of the nodes to stop; an empty array stops the whole instance."},
	{0}
};

static const GmfArgument switch_logger_replica_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "availability_zone", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "Availability zone whose replica becomes a log replica."},
	{.name = "is_auto_pay", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.description = "Whether the account is charged by itself."},
	{0}
};

static const GmfArgument switch_replica_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "is_auto_pay", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.description = "Whether the account is charged by itself."},
	{0}
};

static const GmfArgument set_features_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "params", .type = GMF_JSONB, .text_members = true,
		.location = GMF_IN_BODY, .required = true,
		.description = "Object of feature names and their new values, which are strings, as in "
		"the table features."},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "gaussdb",
		.name = "gaussdb_create_instance",
		.operation_id = "CreateDbInstance",
		.section = "4.4.1",
		.method = "POST",
		.path = "/v3.1/{project_id}/instances",
		.description = "Creates an instance.",
		.arguments = create_instance_arguments,
		.results = create_instance_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_add_coordinators",
		.operation_id = "RunInstanceAction",
		.section = "4.4.2",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/action",
		.description = "Adds coordinator nodes to a distributed instance.",
		.arguments = add_coordinators_arguments,
		.results = job_or_order_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_add_shards",
		.operation_id = "RunInstanceAction",
		.section = "4.4.2",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/action",
		.description = "Adds shards of data nodes to a distributed instance.",
		.arguments = add_shards_arguments,
		.results = job_or_order_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_enlarge_volume",
		.operation_id = "RunInstanceAction",
		.section = "4.4.2",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/action",
		.description = "Enlarges the storage space of an instance.",
		.arguments = enlarge_volume_arguments,
		.results = job_or_order_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_delete_instance",
		.operation_id = "DeleteInstance",
		.section = "4.4.3",
		.method = "DELETE",
		.path = "/v3/{project_id}/instances/{instance_id}",
		.description = "Deletes an instance. The recycle bin keeps it for some days.",
		.arguments = instance_argument,
		.results = job_or_order_results,
		.destructive = true,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_reset_password",
		.operation_id = "ResetPwd",
		.section = "4.4.5",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/password",
		.description = "Resets the password of the database user root.",
		.arguments = reset_password_arguments,
		.destructive = true
	},
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
		.arguments = instance_argument,
		.results = job_results,
		.destructive = true,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_switch_shards",
		.operation_id = "SwitchShard",
		.section = "4.4.8",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/switch-shard",
		.description = "Promotes standby data nodes to primaries, at most one of each shard.",
		.arguments = switch_shards_arguments,
		.results = job_results,
		.destructive = true,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_resize_instance",
		.operation_id = "ResizeInstancesFlavor",
		.section = "4.4.10",
		.method = "PUT",
		.path = "/v3/{project_id}/instances/{instance_id}/flavor",
		.description = "Changes an instance to a larger specification. Service is interrupted for "
		"a short time.",
		.arguments = resize_instance_arguments,
		.results = job_or_order_results,
		.destructive = true,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_check_weak_password",
		.operation_id = "ValidateWeakPassword",
		.section = "4.4.14",
		.method = "POST",
		.path = "/v3/{project_id}/weak-password-verification",
		.description = "Tells whether a database password is weak: true when it is.",
		.arguments = check_weak_password_arguments,
		.results = check_weak_password_results,
		.reads_only = true
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_bind_public_ip",
		.operation_id = "AttachEip",
		.section = "4.4.15",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/nodes/{node_id}/public-ip",
		.description = "Binds an elastic public IP address to a node of an instance.",
		.arguments = bind_public_ip_arguments,
		.results = job_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_unbind_public_ip",
		.operation_id = "AttachEip",
		.section = "4.4.15",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/nodes/{node_id}/public-ip",
		.description = "Unbinds an elastic public IP address from a node of an instance.",
		.arguments = unbind_public_ip_arguments,
		.results = job_results,
		.destructive = true,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_start_instance",
		.operation_id = "StartInstance",
		.section = "4.4.18",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/db-startup",
		.description = "Starts nodes of an instance, or all of it.",
		.arguments = start_instance_arguments,
		.results = job_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_stop_instance",
		.operation_id = "StopInstance",
		.section = "4.4.19",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/db-stop",
		.description = "Stops nodes of an instance, or all of it.",
		.arguments = stop_instance_arguments,
		.results = job_results,
		.destructive = true,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_switch_logger_replica",
		.operation_id = "SwitchLoggerReplica",
		.section = "4.4.24",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/switch-logger-replica",
		.description = "Turns one standby of each shard of a distributed instance into a log "
		"replica.",
		.arguments = switch_logger_replica_arguments,
		.results = job_and_order_results,
		.destructive = true,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_switch_replica",
		.operation_id = "SwitchReplica",
		.section = "4.4.25",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/switch-replica",
		.description = "Turns the log replica of each shard of a distributed instance into a "
		"standby again.",
		.arguments = switch_replica_arguments,
		.results = job_and_order_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_set_features",
		.operation_id = "UpdateFeatures",
		.section = "4.4.27",
		.method = "POST",
		.path = "/v3/{project_id}/instances/{instance_id}/advance-features",
		.description = "Changes advanced features of an instance.",
		.arguments = set_features_arguments,
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
