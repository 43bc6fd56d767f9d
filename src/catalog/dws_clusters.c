/*
 * dws_clusters.c
 *		Chapter 5.1 of the GaussDB(DWS) reference: clusters and node types.
 */
#include "dws.h"

/*
 * The list takes no filter and is not paged. The columns from private_ip on
 * are in the details of a cluster only.
 */
static const GmfColumn clusters_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Cluster ID."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "CREATING | AVAILABLE | UNAVAILABLE | CREATION FAILED",
		.description = "Cluster status. CREATION FAILED has a blank."},
	{.name = "sub_status", .type = GMF_TEXT, .path = "sub_status",
		.values = "NORMAL | READONLY | REDISTRIBUTING | REDISTRIBUTION-FAILURE | UNBALANCED | "
		"DEGRADED",
		.description = "Sub-status while the status is AVAILABLE. Several states are joined "
		"with \" | \" (UNBALANCED | READONLY)."},
	{.name = "task_status", .type = GMF_TEXT, .path = "task_status",
		.values = "RESTORING | SNAPSHOTTING | GROWING | REBOOTING | SETTING_CONFIGURATION | "
		"CONFIGURING_EXT_DATASOURCE | DELETING_EXT_DATASOURCE | REBOOT_FAILURE | RESIZE_FAILURE",
		.description = "Management task of the cluster; null while none runs."},
	{.name = "action_progress", .type = GMF_JSONB, .path = "action_progress",
		.description = "Progress of the running task, an object of its name and a percentage: "
		"{\"SNAPSHOTTING\": \"16%\"}."},
	{.name = "node_type", .type = GMF_TEXT, .path = "node_type",
		.description = "Node type, as node_types.spec_name."},
	{.name = "subnet_id", .type = GMF_TEXT, .path = "subnet_id",
		.description = "Subnet ID."},
	{.name = "security_group_id", .type = GMF_TEXT, .path = "security_group_id",
		.description = "Security group ID."},
	{.name = "number_of_node", .type = GMF_INTEGER, .path = "number_of_node",
		.description = "Number of nodes."},
	{.name = "availability_zone", .type = GMF_TEXT, .path = "availability_zone",
		.description = "Availability zone."},
	{.name = "port", .type = GMF_INTEGER, .path = "port",
		.description = "Service port."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Cluster name."},
	{.name = "version", .type = GMF_TEXT, .path = "version",
		.description = "Version of the data warehouse."},
	{.name = "vpc_id", .type = GMF_TEXT, .path = "vpc_id",
		.description = "VPC ID."},
	{.name = "user_name", .type = GMF_TEXT, .path = "user_name",
		.description = "Name of the cluster administrator."},
	{.name = "public_ip_public_bind_type", .type = GMF_TEXT, .path = "public_ip.public_bind_type",
		.values = "auto_assign | not_use | bind_existing",
		.description = "How the public IP address is bound."},
	{.name = "public_ip_eip_id", .type = GMF_TEXT, .path = "public_ip.eip_id",
		.description = "ID of the elastic IP address."},
	{.name = "public_ip_ip_type", .type = GMF_TEXT, .path = "public_ip.ip_type",
		.description = "Type of the elastic IP address."},
	{.name = "public_ip_eip_address", .type = GMF_TEXT, .path = "public_ip.eip_address",
		.description = "The elastic IP address itself."},
	{.name = "public_ip_band_width", .type = GMF_INTEGER, .path = "public_ip.band_width",
		.description = "Bandwidth of the elastic IP address."},
	{.name = "public_ip_status", .type = GMF_TEXT, .path = "public_ip.status",
		.description = "Status of the elastic IP address."},
	{.name = "public_ip_error_message", .type = GMF_TEXT, .path = "public_ip.error_message",
		.description = "Error of the elastic IP address."},
	{.name = "public_endpoints", .type = GMF_JSONB, .path = "public_endpoints",
		.description = "Public addresses: objects with public_connect_info (address and port) "
		"and jdbc_url."},
	{.name = "endpoints", .type = GMF_JSONB, .path = "endpoints",
		.description = "Private addresses: objects with connect_info (address and port) and "
		"jdbc_url."},
	{.name = "updated", .type = GMF_TIMESTAMPTZ, .path = "updated",
		.description = "When the cluster was changed last."},
	{.name = "created", .type = GMF_TIMESTAMPTZ, .path = "created",
		.description = "When the cluster was created."},
	{.name = "tags", .type = GMF_JSONB, .path = "tags",
		.description = "Tags: objects with key and value. The list may hold a single object "
		"instead of an array."},
	{.name = "recent_event", .type = GMF_INTEGER, .path = "recent_event",
		.description = "Number of events."},
	{.name = "failed_reasons_error_code", .type = GMF_TEXT, .path = "failed_reasons.error_code",
		.description = "Error code of the failure; null while the cluster is normal."},
	{.name = "failed_reasons_error_msg", .type = GMF_TEXT, .path = "failed_reasons.error_msg",
		.description = "Error message of the failure."},
	{.name = "enterprise_project_id", .type = GMF_TEXT, .path = "enterprise_project_id",
		.description = "ID of the enterprise project; 0 is the default one."},
	{.name = "nodes", .type = GMF_JSONB, .path = "nodes",
		.description = "Nodes: objects with id, status (a number, 200 is available) and name."},
	{.name = "private_ip", .type = GMF_TEXT_ARRAY, .path = "private_ip", .only = GMF_GET,
		.description = "Private IP addresses."},
	{.name = "maintain_window_day", .type = GMF_TEXT, .path = "maintain_window.day",
		.only = GMF_GET, .values = "Mon | Tue | Wed | Thu | Fri | Sat | Sun",
		.description = "Day of the weekly maintenance."},
	{.name = "maintain_window_start_time", .type = GMF_TEXT, .path = "maintain_window.start_time",
		.only = GMF_GET,
		.description = "When the maintenance window begins, UTC: HH:mm."},
	{.name = "maintain_window_end_time", .type = GMF_TEXT, .path = "maintain_window.end_time",
		.only = GMF_GET,
		.description = "When the maintenance window ends, UTC: HH:mm; earlier than its begin "
		"when it spans midnight."},
	{.name = "resize_info_target_node_num", .type = GMF_INTEGER,
		.path = "resize_info.target_node_num", .only = GMF_GET,
		.description = "Number of nodes after the scale-out."},
	{.name = "resize_info_origin_node_num", .type = GMF_INTEGER,
		.path = "resize_info.origin_node_num", .only = GMF_GET,
		.description = "Number of nodes before the scale-out."},
	{.name = "resize_info_resize_status", .type = GMF_TEXT, .path = "resize_info.resize_status",
		.only = GMF_GET, .values = "GROWING | RESIZE_FAILURE",
		.description = "Status of the scale-out."},
	{.name = "resize_info_start_time", .type = GMF_TIMESTAMPTZ, .path = "resize_info.start_time",
		.only = GMF_GET,
		.description = "When the scale-out began."},
	{.name = "parameter_group_id", .type = GMF_TEXT, .path = "parameter_group.id", .only = GMF_GET,
		.description = "ID of the parameter group."},
	{.name = "parameter_group_name", .type = GMF_TEXT, .path = "parameter_group.name",
		.only = GMF_GET,
		.description = "Name of the parameter group."},
	{.name = "parameter_group_status", .type = GMF_TEXT, .path = "parameter_group.status",
		.only = GMF_GET, .values = "In-Sync | Applying | Pending-Reboot | Sync-Failure",
		.description = "Status of the cluster parameters."},
	{.name = "node_type_id", .type = GMF_TEXT, .path = "node_type_id", .only = GMF_GET,
		.description = "ID of the node type."},
	{.name = "order_id", .type = GMF_TEXT, .path = "order_id", .only = GMF_GET,
		.description = "Order ID of a cluster that is paid for by year or month."},
	{.name = "elb_public_ip", .type = GMF_TEXT, .path = "elb.public_ip", .only = GMF_GET,
		.description = "Public IP address of the load balancer."},
	{.name = "elb_private_ip", .type = GMF_TEXT, .path = "elb.private_ip", .only = GMF_GET,
		.description = "Private IP address of the load balancer."},
	{.name = "elb_private_endpoint", .type = GMF_TEXT,
		.path = "elb.private_endpoint", .only = GMF_GET,
		.description = "Private address of the load balancer, with its port."},
	{.name = "elb_name", .type = GMF_TEXT, .path = "elb.name", .only = GMF_GET,
		.description = "Name of the load balancer."},
	{.name = "elb_id", .type = GMF_TEXT, .path = "elb.id", .only = GMF_GET,
		.description = "ID of the load balancer."},
	{.name = "elb_vpc_id", .type = GMF_TEXT, .path = "elb.vpc_id", .only = GMF_GET,
		.description = "VPC of the load balancer."},
	{.name = "elb_private_ip_v6", .type = GMF_TEXT, .path = "elb.private_ip_v6", .only = GMF_GET,
		.description = "Private IPv6 address of the load balancer."},
	{.name = "cluster_description_info", .type = GMF_TEXT,
		.path = "cluster_description_info", .only = GMF_GET,
		.description = "Description of the cluster."},
	{.name = "cluster_timezone", .type = GMF_TEXT, .path = "cluster_timezone", .only = GMF_GET,
		.description = "Time zone of the cluster."},
	{.name = "datastore_type", .type = GMF_TEXT, .path = "datastore_type", .only = GMF_GET,
		.description = "Type of the cluster, for example dws or hybrid."},
	{0}
};

static const GmfParameter clusters_get_parameters[] = {
	{.name = "cluster_id", .location = GMF_IN_PATH, .column = "id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute clusters_routes[] = {
	{
		.operation_id = "ListClusterDetails",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v1.0/{project_id}/clusters/{cluster_id}",
		.items = "cluster",
		.parameters = clusters_get_parameters,
		.not_found = "DWS.0001|DWS.0015|DWS.0047|DWS.3027"
	},
	{
		.operation_id = "ListClusters",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v1.0/{project_id}/clusters",
		.items = "clusters"
	},
	{0}
};

static const GmfColumn node_types_columns[] = {
	{.name = "spec_name", .type = GMF_TEXT, .path = "spec_name",
		.description = "Name of the node type: the value for node_type of dws_create_cluster."},
	{.name = "detail", .type = GMF_JSONB, .path = "detail",
		.description = "Attributes: objects with type (vCPU, mem, SSD ...), value and unit."},
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Node type ID."},
	{.name = "datastore_type", .type = GMF_TEXT, .path = "datastore_type",
		.values = "dws | hybrid",
		.description = "Product type."},
	{.name = "architecture", .type = GMF_TEXT, .path = "architecture",
		.values = "x86 | arm",
		.description = "Architecture."},
	{.name = "vcpus", .type = GMF_INTEGER, .path = "vcpus",
		.description = "Number of CPUs."},
	{.name = "ram", .type = GMF_INTEGER, .path = "ram", .unit = "GB",
		.description = "Memory."},
	{.name = "volume_type", .type = GMF_TEXT, .path = "volume.type",
		.description = "Disk type."},
	{.name = "volume_size", .type = GMF_INTEGER, .path = "volume.size",
		.description = "Disk space that can be used."},
	{.name = "elastic_volume_specs", .type = GMF_JSONB, .path = "elastic_volume_specs",
		.description = "Disks that can be chosen, of an elastic node type: objects with type, "
		"step, min_size and max_size."},
	{.name = "available_zones", .type = GMF_JSONB, .path = "available_zones|availability_zones",
		.description = "Availability zones: objects with code and status (normal, sellout, "
		"abandon)."},
	{.name = "datastores", .type = GMF_JSONB, .path = "datastores",
		.description = "Versions that the node type can run: objects with version, role "
		"(STABLE, PREVIEW) and attachments (min_cn, max_cn)."},
	{0}
};

static const GmfRoute node_types_routes[] = {
	{
		.operation_id = "ListNodeTypes",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/node-types",
		.items = "node_types"
	},
	{0}
};

static const GmfArgument create_cluster_arguments[] = {
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "cluster.name",
		.required = true, .min_length = 4, .max_length = 64,
		.pattern = "^[A-Za-z][A-Za-z0-9_-]{3,63}$",
		.description = "Cluster name, unique: 4 to 64 characters, a letter first, then letters, "
		"digits, hyphens and underscores."},
	{.name = "node_type", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "cluster.node_type",
		.required = true,
		.description = "Node type: a spec_name of node_types."},
	{.name = "number_of_node", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "cluster.number_of_node", .required = true, .has_range = true, .min = 2,
		.max = 256,
		.description = "Number of nodes, 2 to 256."},
	{.name = "vpc_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "cluster.vpc_id",
		.required = true,
		.description = "ID of the VPC."},
	{.name = "subnet_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "cluster.subnet_id",
		.required = true,
		.description = "ID of the subnet."},
	{.name = "security_group_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "cluster.security_group_id", .required = true,
		.description = "ID of the security group."},
	{.name = "user_name", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "cluster.user_name",
		.required = true, .min_length = 1, .max_length = 63, .pattern = "^[a-z_][a-z0-9_]{0,62}$",
		.description = "Name of the administrator: 1 to 63 lowercase letters, digits and "
		"underscores, no digit first, no keyword of the database."},
	{.name = "user_pwd", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "cluster.user_pwd",
		.required = true, .secret = true,
		.description = "Password of the administrator."},
	{.name = "availability_zone", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "cluster.availability_zone",
		.description = "Availability zone."},
	{.name = "port", .type = GMF_INTEGER, .location = GMF_IN_BODY, .place = "cluster.port",
		.has_range = true, .min = 8000, .max = 30000,
		.description = "Service port, 8000 to 30000; 8000 if not given."},
	{.name = "public_ip_public_bind_type", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "cluster.public_ip.public_bind_type",
		.values = "auto_assign|not_use|bind_existing",
		.description = "How a public IP address is bound; needed when eip_id is given."},
	{.name = "public_ip_eip_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "cluster.public_ip.eip_id",
		.description = "ID of the elastic IP address to bind, for bind_existing."},
	{.name = "number_of_cn", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "cluster.number_of_cn", .has_range = true, .min = 2, .max = 20,
		.description = "Number of coordinator nodes: 2 to 20, fewer than nodes; 3 if not given."},
	{.name = "enterprise_project_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "cluster.enterprise_project_id",
		.description = "ID of the enterprise project; 0, the default one, if not given."},
	{.name = "extra", .type = GMF_JSONB, .location = GMF_IN_BODY, .place = "",
		.description = "Object that is merged into the body, for members that have no argument: "
		"{\"cluster\": {...}}."},
	{0}
};

static const GmfResult create_cluster_results[] = {
	{.name = "cluster_id", .type = GMF_TEXT, .path = "cluster.id",
		.description = "ID of the new cluster."},
	{0}
};

static const GmfArgument delete_cluster_arguments[] = {
	{.name = "cluster_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the cluster to delete."},
	{.name = "keep_last_manual_snapshot", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.required = true,
		.description = "How many of the latest manual snapshots are kept; 0 keeps none."},
	{0}
};

static const GmfArgument restart_cluster_arguments[] = {
	{.name = "cluster_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the cluster to restart."},
	{.name = "", .type = GMF_JSONB, .location = GMF_IN_BODY, .place = "restart", .fallback = "{}"},
	{0}
};

static const GmfArgument resize_cluster_arguments[] = {
	{.name = "cluster_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the cluster to scale out."},
	{.name = "count", .type = GMF_INTEGER, .location = GMF_IN_BODY, .place = "scale_out.count",
		.required = true,
		.description = "Number of nodes to add."},
	{.name = "subnet_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "scale_out.subnet_id",
		.description = "Subnet of the new nodes, in the same VPC."},
	{.name = "mode", .type = GMF_TEXT, .location = GMF_IN_BODY, .values = "insert|read-only",
		.description = "insert: the cluster stays in use meanwhile; read-only, also if not "
		"given: it is out of service for a short time."},
	{.name = "auto_redistribute", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.description = "Whether data is redistributed at once; true if not given."},
	{.name = "create_node_only", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.description = "True adds idle nodes only."},
	{.name = "waiting_for_killing", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.has_range = true, .min = 30, .max = 1200,
		.description = "Seconds after which jobs that hinder are ended, 30 to 1200; needs "
		"version 8.2.1 of the agent. No limit if not given."},
	{.name = "logical_cluster_name", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "Logical cluster that the nodes are added to."},
	{.name = "redis_mode", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "redis_conf.redis_mode",
		.description = "Mode of the redistribution, for example online or offline."},
	{.name = "parallel_jobs", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "redis_conf.parallel_jobs", .has_range = true, .min = 1, .max = 200,
		.description = "Parallel jobs of the redistribution, 1 to 200; 4 if not given."},
	{0}
};

static const GmfArgument reset_password_arguments[] = {
	{.name = "cluster_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the cluster."},
	{.name = "new_password", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.secret = true, .min_length = 8, .max_length = 32,
		.description = "New password: 8 to 32 characters of at least three kinds (lowercase, "
		"uppercase, digits, special characters), not a former one."},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "dws",
		.name = "clusters",
		.section = "5.1.2",
		.description = "Data warehouse clusters; the columns that only the detail call gives "
		"are fetched when they are used.",
		.columns = clusters_columns,
		.routes = clusters_routes,
		.key = "id",
		.rows = 100
	},
	{
		.service = "dws",
		.name = "node_types",
		.section = "5.1.4",
		.description = "Node types that clusters can be made of.",
		.columns = node_types_columns,
		.routes = node_types_routes,
		.rows = 30
	},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "dws",
		.name = "dws_create_cluster",
		.operation_id = "CreateCluster",
		.section = "5.1.1",
		.method = "POST",
		.path = "/v1.0/{project_id}/clusters",
		.description = "Creates a cluster; it takes 10 to 15 minutes. Wait with "
		"dws_wait_for_cluster.",
		.arguments = create_cluster_arguments,
		.results = create_cluster_results
	},
	{
		.service = "dws",
		.name = "dws_delete_cluster",
		.operation_id = "DeleteCluster",
		.section = "5.1.5",
		.method = "DELETE",
		.path = "/v1.0/{project_id}/clusters/{cluster_id}",
		.description = "Deletes a cluster with its data. The answer means that the request is "
		"accepted; the cluster is gone when clusters shows it no more.",
		.arguments = delete_cluster_arguments,
		.destructive = true
	},
	{
		.service = "dws",
		.name = "dws_restart_cluster",
		.operation_id = "RestartCluster",
		.section = "5.1.6",
		.method = "POST",
		.path = "/v1.0/{project_id}/clusters/{cluster_id}/restart",
		.description = "Restarts a cluster; its task_status is REBOOTING meanwhile.",
		.arguments = restart_cluster_arguments,
		.destructive = true
	},
	{
		.service = "dws",
		.name = "dws_resize_cluster",
		.operation_id = "ResizeCluster",
		.section = "5.1.7",
		.method = "POST",
		.path = "/v1.0/{project_id}/clusters/{cluster_id}/resize",
		.description = "Adds nodes to a cluster; its task_status is GROWING meanwhile.",
		.arguments = resize_cluster_arguments
	},
	{
		.service = "dws",
		.name = "dws_reset_password",
		.operation_id = "ResetPassword",
		.section = "5.1.8",
		.method = "POST",
		.path = "/v1.0/{project_id}/clusters/{cluster_id}/reset-password",
		.description = "Sets a new password for the administrator of a cluster.",
		.arguments = reset_password_arguments,
		.destructive = true
	},
	{0}
};

/*
 * Clusters have no jobs: their rows say what is being done.  The tasks beyond those of the
 * reference are in the models of the service's SDKs; what is not among them, such as
 * WAITING_REDISTRIBUTION, REDISTRIBUTION_PAUSED and ORDER_PENDING, waits for somebody.
 */
static const GmfWaiter waiters[] = {
	{
		.service = "dws",
		.name = "dws_wait_for_cluster",
		.table = "clusters",
		.description = "Waits until a cluster is ready and no task runs on it, with a NOTICE at "
			"each change, and returns its row. A failed creation, restart or resize is an error, "
			"and so is any state that is not known to go on, and a cluster that is still busy "
			"after the timeout. timeout NULL waits without end.",
		.noun = "cluster",
		.timeout = "2 hours",
		.key = "id",
		.type = "name",
		.status = "status",
		.progress = "action_progress",
		.reason = "failed_reasons_error_msg",
		.going_on = "CREATING|DELETING",
		.done = "AVAILABLE|UNAVAILABLE|ACTIVE",
		.failed = "CREATION FAILED|CREATE_FAILED|FAILED|DELETE_FAILED",
		.task = "task_status",
		.tasks_going_on = "CREATING|UNFREEZING|FREEZING|RESTORING|SNAPSHOTTING|REPAIRING|GROWING|"
			"REBOOTING|SETTING_CONFIGURATION|CONFIGURING_EXT_DATASOURCE|"
			"DELETING_EXT_DATASOURCE|ADD_CN_ING|DEL_CN_ING|CREATING_NODE|DELETING_NODE|"
			"REDISTRIBUTING|ELB_BINDING|ELB_UNBINDING|ELB_SWITCHING|NETWORK_CONFIGURING|"
			"DISK_EXPANDING|ACTIVE_STANDY_SWITCHOVER|CLUSTER_SHRINKING|SHRINK_CHECKING|"
			"FLAVOR_RESIZING|MANAGE_IP_BINDING|FINE_GRAINED_RESTORING|DR_RECOVERING",
		.failed_tasks = "REBOOT_FAILURE|RESIZE_FAILURE|CREATE_NODE_FAILED|DELETE_NODE_FAILED|"
			"REDISTRIBUTE_FAILURE|ELB_BIND_FAILED|ELB_UNBIND_FAILED|ELB_SWITCHING_FAILED|"
			"NETWORK_CONFIG_FAILED|DISK_EXPAND_FAILED|ACTIVE_STANDY_SWITCHOVER_FAILURE|"
			"CLUSTER_SHRINK_FAILED|SHRINK_CHECK_FAILED|FLAVOR_RESIZING_FAILED|"
			"MANAGE_IP_BIND_FAILED",
		.results = "id|name|status|sub_status|task_status|version|number_of_node|updated"
	},
	{0}
};

const GmfChapter gmf_dws_clusters = {
	.name = "clusters",
	.title = "Clusters",
	.resources = resources,
	.actions = actions,
	.waiters = waiters
};
