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
