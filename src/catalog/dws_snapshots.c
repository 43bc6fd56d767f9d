/*
 * dws_snapshots.c
 *		Chapter 5.2 of the GaussDB(DWS) reference: snapshots and restoration.
 */
#include "dws.h"

static const GmfColumn snapshots_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Snapshot ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Snapshot name."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the snapshot."},
	{.name = "started", .type = GMF_TIMESTAMPTZ, .path = "started",
		.description = "When the snapshot was begun."},
	{.name = "finished", .type = GMF_TIMESTAMPTZ, .path = "finished",
		.description = "When the snapshot was completed."},
	{.name = "size", .type = GMF_DOUBLE, .path = "size", .unit = "GB",
		.description = "Size of the snapshot."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "CREATING | AVAILABLE | UNAVAILABLE",
		.description = "Snapshot status."},
	{.name = "type", .type = GMF_TEXT, .path = "type", .values = "MANUAL | AUTOMATED",
		.description = "Manual or automated snapshot."},
	{.name = "cluster_id", .type = GMF_TEXT, .path = "cluster_id",
		.description = "ID of the cluster of which it was made."},
	{.name = "updated", .type = GMF_TIMESTAMPTZ, .path = "updated",
		.description = "When the snapshot was changed last."},
	{.name = "cluster_name", .type = GMF_TEXT, .path = "cluster_name",
		.description = "Name of the cluster."},
	{.name = "cluster_status", .type = GMF_TEXT, .path = "cluster_status",
		.description = "Status of the cluster."},
	{.name = "cluster_task_status", .type = GMF_TEXT, .path = "cluster_task_status",
		.description = "Task of the cluster."},
	{.name = "datastore_type", .type = GMF_TEXT, .path = "datastore.type",
		.description = "Type of the cluster, for example dws or hybrid."},
	{.name = "datastore_version", .type = GMF_TEXT, .path = "datastore.version",
		.description = "Version of the cluster."},
	{.name = "db_user", .type = GMF_TEXT, .path = "db_user",
		.description = "Database user."},
	{.name = "progress", .type = GMF_TEXT, .path = "progress",
		.description = "Progress."},
	{.name = "bak_expected_start_time", .type = GMF_TIMESTAMPTZ, .path = "bak_expected_start_time",
		.description = "When the snapshot was to begin."},
	{.name = "bak_keep_day", .type = GMF_INTEGER, .path = "bak_keep_day", .unit = "days",
		.description = "How long the snapshot is kept."},
	{.name = "bak_period", .type = GMF_TEXT, .path = "bak_period",
		.description = "Policy that made the snapshot."},
	{.name = "backup_level", .type = GMF_TEXT, .path = "backup_level",
		.description = "What it is of: cluster, schema or table."},
	{.name = "backup_device", .type = GMF_TEXT, .path = "backup_device",
		.description = "Where it is stored: OBS or NBU."},
	{.name = "backup_key", .type = GMF_TEXT, .path = "backup_key",
		.description = "Key of the snapshot, by which others name it."},
	{.name = "prior_backup_key", .type = GMF_TEXT, .path = "prior_backup_key",
		.description = "Key of the snapshot before an incremental one; FULL for a full one."},
	{.name = "base_backup_key", .type = GMF_TEXT, .path = "base_backup_key",
		.description = "Key of the full snapshot that it belongs to."},
	{.name = "base_backup_name", .type = GMF_TEXT, .path = "base_backup_name",
		.description = "Name of the full snapshot that it belongs to."},
	{.name = "total_backup_size", .type = GMF_BIGINT, .path = "total_backup_size",
		.description = "Size of the snapshot with those that it needs; no unit is named."},
	{.name = "guest_agent_version", .type = GMF_TEXT, .path = "guest_agent_version",
		.description = "Version of the agent."},
	{.name = "support_inplace_restore", .type = GMF_BOOLEAN, .path = "support_inplace_restore",
		.description = "Whether it can be restored to its own cluster."},
	{.name = "fine_grained_backup", .type = GMF_BOOLEAN, .path = "fine_grained_backup",
		.description = "Whether it is of schemas or tables only."},
	{.name = "fine_grained_backup_detail_database", .type = GMF_TEXT,
		.path = "fine_grained_backup_detail.database",
		.description = "Database, where it is of schemas or tables only."},
	{.name = "fine_grained_backup_detail_schema_list", .type = GMF_TEXT_ARRAY,
		.path = "fine_grained_backup_detail.schema_list",
		.description = "Schemas, where it is of schemas only."},
	{.name = "fine_grained_backup_detail_table_list", .type = GMF_TEXT_ARRAY,
		.path = "fine_grained_backup_detail.table_list",
		.description = "Tables, where it is of tables only."},
	{.name = "support_fine_grained_cross_version_restore", .type = GMF_BOOLEAN,
		.path = "support_fine_grained_cross_version_restore",
		.description = "Whether parts of it can be restored to a cluster of another version."},
	{.name = "support_fine_grained_asymmetric_restore", .type = GMF_BOOLEAN,
		.path = "support_fine_grained_asymmetric_restore",
		.description = "Whether parts of it can be restored to a cluster of another shape."},
	{0}
};

static const GmfParameter snapshots_get_parameters[] = {
	{.name = "snapshot_id", .location = GMF_IN_PATH, .column = "id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute snapshots_routes[] = {
	{
		.operation_id = "ListSnapshotDetails",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v1.0/{project_id}/snapshots/{snapshot_id}",
		.items = "snapshot",
		.parameters = snapshots_get_parameters,
		.not_found = "DWS.0001|DWS.5149"
	},
	{
		.operation_id = "ListSnapshots",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v1.0/{project_id}/snapshots",
		.items = "snapshots"
	},
	{0}
};

static const GmfArgument create_snapshot_arguments[] = {
	{.name = "cluster_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "snapshot.cluster_id", .required = true,
		.description = "ID of the cluster."},
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "snapshot.name",
		.required = true, .min_length = 4, .max_length = 64,
		.pattern = "^[A-Za-z][A-Za-z0-9_-]{3,63}$",
		.description = "Snapshot name, unique, case ignored: 4 to 64 characters, a letter "
		"first, then letters, digits, hyphens and underscores."},
	{.name = "description", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "snapshot.description", .max_length = 256, .pattern = "^[^!<>'=&\"]*$",
		.description = "Description: at most 256 characters, none of ! < > ' = & \"."},
	{0}
};

static const GmfResult create_snapshot_results[] = {
	{.name = "snapshot_id", .type = GMF_TEXT, .path = "snapshot.id",
		.description = "ID of the new snapshot."},
	{0}
};

static const GmfArgument delete_snapshot_arguments[] = {
	{.name = "snapshot_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the manual snapshot to delete."},
	{0}
};

static const GmfArgument restore_cluster_arguments[] = {
	{.name = "snapshot_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the snapshot to restore."},
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "restore.name",
		.required = true, .min_length = 4, .max_length = 64,
		.pattern = "^[A-Za-z][A-Za-z0-9_-]{3,63}$",
		.description = "Name of the new cluster, unique: 4 to 64 characters, a letter first, "
		"then letters, digits, hyphens and underscores."},
	{.name = "subnet_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "restore.subnet_id",
		.description = "ID of the subnet; that of the original cluster if not given."},
	{.name = "security_group_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "restore.security_group_id",
		.description = "ID of the security group; that of the original cluster if not given."},
	{.name = "vpc_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "restore.vpc_id",
		.description = "ID of the VPC; that of the original cluster if not given."},
	{.name = "availability_zone", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "restore.availability_zone",
		.description = "Availability zone; that of the original cluster if not given."},
	{.name = "port", .type = GMF_INTEGER, .location = GMF_IN_BODY, .place = "restore.port",
		.has_range = true, .min = 8000, .max = 30000,
		.description = "Service port, 8000 to 30000; 8000 if not given, whatever the original "
		"cluster has."},
	{.name = "public_ip_public_bind_type", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "restore.public_ip.public_bind_type",
		.values = "auto_assign|not_use|bind_existing",
		.description = "How a public IP address is bound; needed when eip_id is given."},
	{.name = "public_ip_eip_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "restore.public_ip.eip_id",
		.description = "ID of the elastic IP address to bind, for bind_existing."},
	{.name = "enterprise_project_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "restore.enterprise_project_id",
		.description = "ID of the enterprise project; 0, the default one, if not given."},
	{.name = "number_of_cn", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "restore.number_of_cn", .has_range = true, .min = 2, .max = 20,
		.description = "Number of coordinator nodes: 2 to 20, no more than nodes; 3 if not given."},
	{.name = "ipv6_enable", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.place = "restore.ipv6_enable",
		.description = "Whether the cluster also has IPv6 addresses."},
	{0}
};

static const GmfResult restore_cluster_results[] = {
	{.name = "cluster_id", .type = GMF_TEXT, .path = "cluster.id",
		.description = "ID of the new cluster."},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "dws",
		.name = "snapshots",
		.section = "5.2.2",
		.description = "Snapshots of all clusters, manual and automated.",
		.columns = snapshots_columns,
		.routes = snapshots_routes,
		.key = "id"
	},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "dws",
		.name = "dws_create_snapshot",
		.operation_id = "CreateSnapshot",
		.section = "5.2.1",
		.method = "POST",
		.path = "/v1.0/{project_id}/snapshots",
		.description = "Starts a full snapshot of a cluster; its status is CREATING until it is "
		"AVAILABLE.",
		.arguments = create_snapshot_arguments,
		.results = create_snapshot_results
	},
	{
		.service = "dws",
		.name = "dws_delete_snapshot",
		.operation_id = "DeleteSnapshot",
		.section = "5.2.4",
		.method = "DELETE",
		.path = "/v1.0/{project_id}/snapshots/{snapshot_id}",
		.description = "Deletes a manual snapshot. The answer means that the request is accepted.",
		.arguments = delete_snapshot_arguments,
		.destructive = true
	},
	{
		.service = "dws",
		.name = "dws_restore_cluster",
		.operation_id = "RestoreCluster",
		.section = "5.2.5",
		.method = "POST",
		.path = "/v1.0/{project_id}/snapshots/{snapshot_id}/actions",
		.description = "Restores a snapshot to a new cluster of the same specification; the "
		"original cluster is left alone.",
		.arguments = restore_cluster_arguments,
		.results = restore_cluster_results
	},
	{0}
};

const GmfChapter gmf_dws_snapshots = {
	.name = "snapshots",
	.title = "Snapshots",
	.resources = resources,
	.actions = actions
};
