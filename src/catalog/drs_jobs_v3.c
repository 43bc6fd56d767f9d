/*
 * drs_jobs_v3.c
 *		Tasks of the v3 API, which answers for many tasks in one request.
 */
#include "drs.h"

static const GmfColumn jobs_v3_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Task ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Task name."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "CREATING | CREATE_FAILED | CONFIGURATION | STARTJOBING | WAITING_FOR_START | "
		"START_JOB_FAILED | FULL_TRANSFER_STARTED | FULL_TRANSFER_FAILED | "
		"FULL_TRANSFER_COMPLETE | INCRE_TRANSFER_STARTED | INCRE_TRANSFER_FAILED | "
		"RELEASE_RESOURCE_STARTED | RELEASE_RESOURCE_FAILED | RELEASE_RESOURCE_COMPLETE | "
		"CHANGE_JOB_STARTED | CHANGE_JOB_FAILED",
		.description = "Task status; there are more than the ones named."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the task was created."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the task."},
	{.name = "engine_type", .type = GMF_TEXT, .path = "engine_type",
		.description = "Replication link, for example oracle-to-gaussdbv5."},
	{.name = "net_type", .type = GMF_TEXT, .path = "net_type", .values = "eip | vpc | vpn",
		.description = "Network: eip (public), vpc, vpn (VPN or Direct Connect)."},
	{.name = "billing_tag", .type = GMF_BOOLEAN, .path = "billing_tag",
		.description = "Whether the task is billed."},
	{.name = "job_direction", .type = GMF_TEXT, .path = "job_direction",
		.values = "up | down | non-dbs",
		.description = "Direction: up (to the cloud), down (out of the cloud), non-dbs (neither "
		"end is a cloud database)."},
	{.name = "db_use_type", .type = GMF_TEXT, .path = "db_use_type",
		.values = "migration | sync | cloudDataGuard",
		.description = "Scenario: migration, sync (synchronization), cloudDataGuard (disaster "
		"recovery)."},
	{.name = "task_type", .type = GMF_TEXT, .path = "task_type",
		.values = "FULL_TRANS | FULL_INCR_TRANS | INCR_TRANS",
		.description = "Phases: FULL_TRANS (full), FULL_INCR_TRANS (full and incremental), "
		"INCR_TRANS (incremental)."},
	{.name = "children", .type = GMF_JSONB, .path = "children",
		.description = "Subtasks: objects like the task."},
	{.name = "node_new_framework", .type = GMF_BOOLEAN, .path = "node_newFramework",
		.description = "Whether the new framework is used (spelt node_newFramework in the API)."},
	{.name = "job_action_available_actions", .type = GMF_TEXT_ARRAY,
		.path = "job_action.available_actions",
		.description = "Commands that can be run on the task now."},
	{.name = "job_action_unavailable_actions", .type = GMF_TEXT_ARRAY,
		.path = "job_action.unavailable_actions",
		.description = "Commands that cannot be run on the task now."},
	{.name = "job_action_current_action", .type = GMF_TEXT, .path = "job_action.current_action",
		.description = "Command that is being run."},
	{.name = "enterprise_project_id", .type = GMF_TEXT,
		.description = "Filter only: ID of the enterprise project."},
	{.name = "tags", .type = GMF_JSONB,
		.description = "Filter only: tags, an object of keys and values."},
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "Filter only: ID of a database instance at either end."},
	{.name = "instance_ip", .type = GMF_TEXT,
		.description = "Filter only: IP address of a database instance at either end."},
	{0}
};

/* How the name matches is not documented: LOOSE holds under every reading. */
static const GmfParameter jobs_v3_list_parameters[] = {
	{.name = "db_use_type", .location = GMF_IN_BODY, .column = "db_use_type",
		.match = GMF_MATCH_EXACT, .required = true, .domain = "migration|sync|cloudDataGuard"},
	{.name = "name", .location = GMF_IN_BODY, .column = "name", .also = "id",
		.match = GMF_MATCH_LOOSE},
	{.name = "engine_type", .location = GMF_IN_BODY, .column = "engine_type",
		.match = GMF_MATCH_LOOSE},
	{.name = "net_type", .location = GMF_IN_BODY, .column = "net_type", .match = GMF_MATCH_LOOSE},
	{.name = "status", .location = GMF_IN_BODY, .column = "status", .match = GMF_MATCH_EXACT,
		.domain = "CREATING|CREATE_FAILED|CONFIGURATION|STARTJOBING|WAITING_FOR_START|"
		"START_JOB_FAILED|PAUSING|FULL_TRANSFER_STARTED|FULL_TRANSFER_FAILED|"
		"FULL_TRANSFER_COMPLETE|INCRE_TRANSFER_STARTED|INCRE_TRANSFER_FAILED|"
		"RELEASE_RESOURCE_STARTED|RELEASE_RESOURCE_FAILED|RELEASE_RESOURCE_COMPLETE|"
		"REBUILD_NODE_STARTED|REBUILD_NODE_FAILED|CHANGE_JOB_STARTED|CHANGE_JOB_FAILED|DELETED|"
		"CHILD_TRANSFER_STARTING|CHILD_TRANSFER_STARTED|CHILD_TRANSFER_COMPLETE|"
		"CHILD_TRANSFER_FAILED|RELEASE_CHILD_TRANSFER_STARTED|RELEASE_CHILD_TRANSFER_COMPLETE|"
		"NODE_UPGRADE_START|NODE_UPGRADE_COMPLETE|NODE_UPGRADE_FAILED"},
	{.name = "enterprise_project_id", .location = GMF_IN_BODY, .column = "enterprise_project_id",
		.match = GMF_MATCH_EXACT},
	{.name = "tags", .location = GMF_IN_BODY, .column = "tags", .match = GMF_MATCH_EXACT,
		.type = GMF_JSONB},
	{.name = "instance_ids", .location = GMF_IN_BODY, .column = "instance_id",
		.match = GMF_MATCH_KEY, .batch = 1},
	{.name = "instance_ip", .location = GMF_IN_BODY, .column = "instance_ip",
		.match = GMF_MATCH_EXACT},
	{0}
};

static const GmfRoute jobs_v3_routes[] = {
	{
		.operation_id = "ShowJobList",
		.role = GMF_LIST,
		.method = "POST",
		.path = "/v3/{project_id}/jobs",
		.items = "jobs",
		.total = "total_record",
		.paging = {GMF_PAGED_BY_PAGE, GMF_IN_BODY, "per_page", "cur_page", 0, 0, 1},
		.parameters = jobs_v3_list_parameters
	},
	{0}
};

static const GmfColumn job_statuses_v3_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Task ID."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "CREATING | CREATE_FAILED | CONFIGURATION | STARTJOBING | WAITING_FOR_START | "
		"START_JOB_FAILED | FULL_TRANSFER_STARTED | FULL_TRANSFER_FAILED | "
		"FULL_TRANSFER_COMPLETE | INCRE_TRANSFER_STARTED | INCRE_TRANSFER_FAILED | "
		"RELEASE_RESOURCE_STARTED | RELEASE_RESOURCE_FAILED | RELEASE_RESOURCE_COMPLETE | "
		"CHANGE_JOB_STARTED | CHANGE_JOB_FAILED",
		.description = "Task status; there are more than the ones named."},
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code",
		.description = "Error code."},
	{.name = "error_message", .type = GMF_TEXT, .path = "error_message",
		.description = "Error message."},
	{0}
};

static const GmfParameter job_statuses_v3_list_parameters[] = {
	{.name = "jobs", .location = GMF_IN_BODY, .column = "id", .match = GMF_MATCH_KEY,
		.required = true, .batch = 100},
	{0}
};

static const GmfRoute job_statuses_v3_routes[] = {
	{
		.operation_id = "BatchListJobStatus",
		.role = GMF_LIST,
		.method = "POST",
		.path = "/v3/{project_id}/jobs/batch-status",
		.items = "results",
		.total = "count",
		.paging = {GMF_PAGED_BY_PAGE, GMF_IN_BODY,
		"page_req.per_page", "page_req.cur_page", 5, 100, 1},
		.parameters = job_statuses_v3_list_parameters,
		.not_found = GMF_DRS_NO_JOB_V3
	},
	{0}
};

static const GmfParentKey of_job[] = {
	{"id", "id"},
	{0}
};

static const GmfColumn job_details_v3_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Task ID."},
	{.name = "parent_id", .type = GMF_TEXT, .path = "parent_id",
		.description = "ID of the task above."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Task name."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "CREATING | CREATE_FAILED | CONFIGURATION | STARTJOBING | WAITING_FOR_START | "
		"START_JOB_FAILED | FULL_TRANSFER_STARTED | FULL_TRANSFER_FAILED | "
		"FULL_TRANSFER_COMPLETE | INCRE_TRANSFER_STARTED | INCRE_TRANSFER_FAILED | "
		"RELEASE_RESOURCE_STARTED | RELEASE_RESOURCE_FAILED | RELEASE_RESOURCE_COMPLETE | "
		"CHANGE_JOB_STARTED | CHANGE_JOB_FAILED",
		.description = "Task status; there are more than the ones named."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the task."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the task was created."},
	{.name = "task_type", .type = GMF_TEXT, .path = "task_type",
		.values = "FULL_TRANS | FULL_INCR_TRANS | INCR_TRANS",
		.description = "Phases: FULL_TRANS (full), FULL_INCR_TRANS (full and incremental), "
		"INCR_TRANS (incremental)."},
	{.name = "source_endpoint", .type = GMF_JSONB, .path = "source_endpoint",
		.description = "Source database: an object with db_type, ip, db_port, db_user, inst_id "
		"and so on."},
	{.name = "dmq_endpoint", .type = GMF_JSONB, .path = "dmq_endpoint",
		.description = "Message queue: an object like the source database."},
	{.name = "source_sharding", .type = GMF_JSONB, .path = "source_sharding",
		.description = "Shards of the source: objects like the source database."},
	{.name = "target_endpoint", .type = GMF_JSONB, .path = "target_endpoint",
		.description = "Target database: an object like the source database."},
	{.name = "net_type", .type = GMF_TEXT, .path = "net_type", .values = "eip | vpc | vpn",
		.description = "Network: eip (public), vpc, vpn (VPN or Direct Connect)."},
	{.name = "failed_reason", .type = GMF_TEXT, .path = "failed_reason",
		.description = "Why the task failed."},
	{.name = "inst_info_engine_type", .type = GMF_TEXT, .path = "inst_info.engine_type",
		.description = "Engine type."},
	{.name = "inst_info_inst_type", .type = GMF_TEXT, .path = "inst_info.inst_type",
		.values = "common | high | ultrahigh",
		.description = "Instance type."},
	{.name = "inst_info_ip", .type = GMF_TEXT, .path = "inst_info.ip",
		.description = "Private IP address of the replication instance."},
	{.name = "inst_info_public_ip", .type = GMF_TEXT, .path = "inst_info.public_ip",
		.description = "Public IP address of the replication instance."},
	{.name = "inst_info_start_time", .type = GMF_TIMESTAMPTZ, .path = "inst_info.start_time",
		.description = "Scheduled start time of the replication instance's task."},
	{.name = "inst_info_status", .type = GMF_TEXT, .path = "inst_info.status",
		.description = "Status of the replication instance."},
	{.name = "inst_info_volume_size", .type = GMF_INTEGER, .path = "inst_info.volume_size",
		.description = "Disk size of the replication instance (GB)."},
	{.name = "actual_start_time", .type = GMF_TIMESTAMPTZ, .path = "actual_start_time",
		.description = "When the task was started."},
	{.name = "full_transfer_complete_time", .type = GMF_TIMESTAMPTZ,
		.path = "full_transfer_complete_time",
		.description = "When the full phase ended."},
	{.name = "update_time", .type = GMF_TIMESTAMPTZ, .path = "update_time",
		.description = "When the task was changed last."},
	{.name = "job_direction", .type = GMF_TEXT, .path = "job_direction",
		.values = "up | down | non-dbs",
		.description = "Direction: up (to the cloud), down (out of the cloud), non-dbs (neither "
		"end is a cloud database)."},
	{.name = "db_use_type", .type = GMF_TEXT, .path = "db_use_type",
		.values = "migration | sync | cloudDataGuard",
		.description = "Scenario: migration, sync (synchronization), cloudDataGuard (disaster "
		"recovery)."},
	{.name = "need_restart", .type = GMF_BOOLEAN, .path = "need_restart",
		.description = "Whether a restart is needed."},
	{.name = "is_target_readonly", .type = GMF_BOOLEAN, .path = "is_target_readonly",
		.description = "Whether the target instance is restricted to read-only."},
	{.name = "conflict_policy", .type = GMF_TEXT, .path = "conflict_policy",
		.values = "stop | overwrite | ignore",
		.description = "What happens at a conflict."},
	{.name = "filter_ddl_policy", .type = GMF_TEXT, .path = "filter_ddl_policy",
		.description = "DDL that is filtered out."},
	{.name = "speed_limit", .type = GMF_JSONB, .path = "speed_limit",
		.description = "Limits of the speed: objects with their periods."},
	{.name = "schema_type", .type = GMF_TEXT, .path = "schema_type",
		.values = "Replication | Tungsten | PGBaseBackup",
		.description = "Way of migration: Replication, Tungsten (logs are parsed), PGBaseBackup."},
	{.name = "node_num", .type = GMF_INTEGER, .path = "node_num",
		.description = "Number of nodes."},
	{.name = "object_switch", .type = GMF_BOOLEAN, .path = "object_switch",
		.description = "Object selection switch."},
	{.name = "master_job_id", .type = GMF_TEXT, .path = "master_job_id",
		.description = "Master task ID."},
	{.name = "full_mode", .type = GMF_TEXT, .path = "full_mode",
		.description = "Full snapshot mode."},
	{.name = "struct_trans", .type = GMF_BOOLEAN, .path = "struct_trans",
		.description = "Whether structures are migrated."},
	{.name = "index_trans", .type = GMF_BOOLEAN, .path = "index_trans",
		.description = "Whether indexes are migrated."},
	{.name = "replace_definer", .type = GMF_BOOLEAN, .path = "replace_definer",
		.description = "Whether the definer is replaced by the user of the target database."},
	{.name = "migrate_user", .type = GMF_BOOLEAN, .path = "migrate_user",
		.description = "Whether to migrate users."},
	{.name = "sync_database", .type = GMF_BOOLEAN, .path = "sync_database",
		.description = "Whether the synchronization is at database level."},
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code",
		.description = "Error code."},
	{.name = "error_message", .type = GMF_TEXT, .path = "error_message",
		.description = "Error message."},
	{.name = "target_root_db_db_name", .type = GMF_TEXT, .path = "target_root_db.db_name",
		.description = "Database name."},
	{.name = "target_root_db_db_encoding", .type = GMF_TEXT, .path = "target_root_db.db_encoding",
		.description = "Encoding."},
	{.name = "az_code", .type = GMF_TEXT, .path = "az_code",
		.description = "AZ of the node."},
	{.name = "vpc_id", .type = GMF_TEXT, .path = "vpc_id",
		.description = "VPC of the node."},
	{.name = "subnet_id", .type = GMF_TEXT, .path = "subnet_id",
		.description = "Subnet of the node."},
	{.name = "security_group_id", .type = GMF_TEXT, .path = "security_group_id",
		.description = "Security group of the node."},
	{.name = "multi_write", .type = GMF_BOOLEAN, .path = "multi_write",
		.description = "Whether this is a multi-active DR task; true for dual-active DR."},
	{.name = "support_ip_v6", .type = GMF_BOOLEAN, .path = "support_ip_v6",
		.description = "Whether IPv6 is supported."},
	{.name = "inherit_id", .type = GMF_TEXT, .path = "inherit_id",
		.description = "ID of the inherited task; used by the Oracle to MRS Kafka link."},
	{.name = "gtid", .type = GMF_TEXT, .path = "gtid",
		.description = "GTID set of the breakpoint."},
	{.name = "alarm_notify_subscriptions", .type = GMF_JSONB, .path = "alarm_notify.subscriptions",
		.description = "Whom to tell: objects with protocol and endpoints."},
	{.name = "alarm_notify_topic_name", .type = GMF_TEXT, .path = "alarm_notify.topic_name",
		.description = "Topic name."},
	{.name = "alarm_notify_delay_time", .type = GMF_BIGINT, .path = "alarm_notify.delay_time",
		.description = "Delay after which subscribers are notified."},
	{.name = "alarm_notify_rto_delay", .type = GMF_BIGINT, .path = "alarm_notify.rto_delay",
		.description = "RTO delay."},
	{.name = "alarm_notify_rpo_delay", .type = GMF_BIGINT, .path = "alarm_notify.rpo_delay",
		.description = "RPO delay."},
	{.name = "alarm_notify_alarm_to_user", .type = GMF_BOOLEAN,
		.path = "alarm_notify.alarm_to_user",
		.description = "Whether to notify the user of abnormality alarms."},
	{.name = "incre_start_position", .type = GMF_TEXT, .path = "incre_start_position",
		.description = "Start position of the incremental task."},
	{.name = "is_multi_az", .type = GMF_BOOLEAN, .path = "is_multi_az",
		.description = "Whether the task spans availability zones."},
	{.name = "az_name", .type = GMF_TEXT, .path = "az_name",
		.description = "Name of the AZ of the node."},
	{.name = "master_az", .type = GMF_TEXT, .path = "master_az",
		.description = "AZ of the primary of a primary/standby task."},
	{.name = "slave_az", .type = GMF_TEXT, .path = "slave_az",
		.description = "AZ of the standby of a primary/standby task."},
	{.name = "node_role", .type = GMF_TEXT, .path = "node_role",
		.description = "Role of the node of the task."},
	{.name = "period_order_status", .type = GMF_TEXT, .path = "period_order.status",
		.values = "INITIALIZATION | AWAITING_AUDIT | AWAITING_REFUND | PROCESSING | CANCELED | "
		"COMPLETED | AWAITING_PAID | AWAITING_APPROVE | UNORDERED | FROZEN_CAN_RENEW | "
		"FROZEN_CAN_UNSUBSCRIBE | FROZEN_POLICE | FROZEN_CAN_RENEW_FREE | FROZEN_CAN_FREE | "
		"LOCK_RESOURCE",
		.description = "Order status."},
	{.name = "period_order_order_id", .type = GMF_TEXT, .path = "period_order.order_id",
		.description = "Order ID."},
	{.name = "period_order_charging_mode", .type = GMF_INTEGER,
		.path = "period_order.charging_mode",
		.description = "Billing mode."},
	{.name = "period_order_period_type", .type = GMF_INTEGER, .path = "period_order.period_type",
		.description = "Type of the subscription period."},
	{.name = "period_order_period_num", .type = GMF_INTEGER, .path = "period_order.period_num",
		.description = "Number of subscription periods."},
	{.name = "period_order_is_auto_renew", .type = GMF_INTEGER,
		.path = "period_order.is_auto_renew",
		.description = "Whether to renew automatically."},
	{.name = "period_order_eff_time", .type = GMF_TEXT, .path = "period_order.eff_time",
		.description = "Time from which the resource is valid (creation time of the resource)."},
	{.name = "period_order_exp_time", .type = GMF_TEXT, .path = "period_order.exp_time",
		.description = "Expiry time."},
	{.name = "object_infos", .type = GMF_JSONB, .path = "object_infos",
		.description = "Objects that are synchronized."},
	{.name = "original_job_direction", .type = GMF_TEXT, .path = "original_job_direction",
		.values = "up | down | non-dbs",
		.description = "Direction in which the task was made."},
	{.name = "data_transformation", .type = GMF_JSONB, .path = "data_transformation",
		.description = "Processing of the data."},
	{.name = "tags", .type = GMF_JSONB, .path = "tags",
		.description = "Tags: objects with key and value."},
	{.name = "public_ip_list", .type = GMF_JSONB, .path = "public_ip_list",
		.description = "Elastic IP addresses: objects with id, public_ip and type."},
	{.name = "bind_public_ip_state", .type = GMF_TEXT, .path = "bind_public_ip_state",
		.description = "Whether the elastic IP address was bound."},
	{.name = "children", .type = GMF_JSONB, .path = "children",
		.description = "Subtasks whose elastic IP address could not be bound: objects with id "
		"and name."},
	{.name = "is_open_fast_clean", .type = GMF_BOOLEAN, .path = "is_open_fast_clean",
		.description = "Whether to enable fast binlog clearing of RDS for MySQL/MariaDB."},
	{.name = "job_kernel_direction", .type = GMF_TEXT, .path = "job_kernel_direction",
		.values = "up | down",
		.description = "Direction in which disaster recovery copies; the opposite of the "
		"direction during a switchover."},
	{0}
};

static const GmfRoute job_details_v3_routes[] = {
	{
		.operation_id = "BatchListJobDetails",
		.role = GMF_LIST,
		.method = "POST",
		.path = "/v3/{project_id}/jobs/batch-detail",
		.items = "results",
		.total = "count",
		.paging = {GMF_PAGED_BY_PAGE, GMF_IN_BODY,
		"page_req.per_page", "page_req.cur_page", 5, 100, 1},
		.parameters = job_statuses_v3_list_parameters,
		.not_found = GMF_DRS_NO_JOB_V3
	},
	{0}
};

static const GmfColumn job_progress_v3_columns[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id",
		.description = "Task ID."},
	{.name = "progress", .type = GMF_TEXT, .path = "progress", .unit = "percent",
		.description = "Progress of the full phase."},
	{.name = "incre_trans_delay", .type = GMF_TEXT, .path = "incre_trans_delay", .unit = "s",
		.description = "Delay of the incremental phase."},
	{.name = "incre_trans_delay_millis", .type = GMF_TEXT, .path = "incre_trans_delay_millis",
		.unit = "ms",
		.description = "Delay of the incremental phase."},
	{.name = "task_mode", .type = GMF_TEXT, .path = "task_mode",
		.values = "FULL_TRANS | INCR_TRANS | FULL_INCR_TRANS",
		.description = "Phases of the task."},
	{.name = "transfer_status", .type = GMF_TEXT, .path = "transfer_status",
		.values = "CREATING | CREATE_FAILED | CONFIGURATION | STARTJOBING | WAITING_FOR_START | "
		"START_JOB_FAILED | FULL_TRANSFER_STARTED | FULL_TRANSFER_FAILED | "
		"FULL_TRANSFER_COMPLETE | INCRE_TRANSFER_STARTED | INCRE_TRANSFER_FAILED | "
		"RELEASE_RESOURCE_STARTED | RELEASE_RESOURCE_FAILED | RELEASE_RESOURCE_COMPLETE | "
		"CHANGE_JOB_STARTED | CHANGE_JOB_FAILED",
		.description = "Task status."},
	{.name = "process_time", .type = GMF_TIMESTAMPTZ, .path = "process_time",
		.description = "Time of the migration."},
	{.name = "remaining_time", .type = GMF_TEXT, .path = "remaining_time",
		.description = "Time that it will still take."},
	{.name = "progress_map", .type = GMF_JSONB, .path = "progress_map",
		.description = "Progress of data, structures and indexes: an object of these kinds."},
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code",
		.description = "Error code."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "error_msg",
		.description = "Error message."},
	{0}
};

static const GmfParameter job_progress_v3_list_parameters[] = {
	{.name = "jobs", .location = GMF_IN_BODY, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true, .batch = 100},
	{0}
};

static const GmfRoute job_progress_v3_routes[] = {
	{
		.operation_id = "BatchListProgresses",
		.role = GMF_LIST,
		.method = "POST",
		.path = "/v3/{project_id}/jobs/batch-progress",
		.items = "results",
		.parameters = job_progress_v3_list_parameters,
		.not_found = GMF_DRS_NO_JOB_V3
	},
	{0}
};

static const GmfParentKey of_jobs_v3[] = {
	{"job_id", "id"},
	{0}
};

static const GmfArgument create_jobs_arguments[] = {
	{.name = "jobs", .type = GMF_JSONB, .location = GMF_IN_BODY, .required = true, .secret = true,
		.description = "Array of objects with name, db_use_type, engine_type, job_direction, "
		"net_type, node_type, task_type, customize_sutnet_id (spelt so: the subnet), "
		"source_endpoint, target_endpoint and, as needed, more. Holds passwords."},
	{0}
};

static const GmfResult create_jobs_results[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Task ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Task name."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.description = "Task status."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the task was created."},
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code",
		.description = "Error code of a failure."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "error_msg",
		.description = "Error message of a failure."},
	{.name = "child_ids", .type = GMF_TEXT_ARRAY, .path = "child_ids",
		.description = "IDs of the subtasks, where there are some."},
	{0}
};

static const GmfArgument update_jobs_arguments[] = {
	{.name = "jobs", .type = GMF_JSONB, .location = GMF_IN_BODY, .required = true, .secret = true,
		.description = "Array of objects with job_id and what is to change: name, description, "
		"alarm_notify, tags, or the databases. May hold passwords."},
	{0}
};

static const GmfResult update_jobs_results[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Task ID."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.description = "Result: success or failed, in any case."},
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code",
		.description = "Error code of a failure."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "error_msg",
		.description = "Error message of a failure."},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "drs",
		.name = "jobs_v3",
		.section = "Task queries (v3)",
		.description = "Tasks of the v3 API. Without a db_use_type there is one list for each "
		"of the three.",
		.columns = jobs_v3_columns,
		.routes = jobs_v3_routes,
		.key = "id"
	},
	{
		.service = "drs",
		.name = "job_statuses_v3",
		.section = "Task queries (v3)",
		.description = "Status of tasks, a hundred with one request.",
		.columns = job_statuses_v3_columns,
		.routes = job_statuses_v3_routes,
		.parent = "jobs_v3",
		.parent_keys = of_job,
		.key = "id"
	},
	{
		.service = "drs",
		.name = "job_details_v3",
		.section = "Task queries (v3)",
		.description = "Details of tasks, a hundred with one request.",
		.columns = job_details_v3_columns,
		.routes = job_details_v3_routes,
		.parent = "jobs_v3",
		.parent_keys = of_job,
		.key = "id"
	},
	{
		.service = "drs",
		.name = "job_progress_v3",
		.section = "Task queries (v3)",
		.description = "Progress of tasks, a hundred with one request.",
		.columns = job_progress_v3_columns,
		.routes = job_progress_v3_routes,
		.parent = "jobs_v3",
		.parent_keys = of_jobs_v3,
		.key = "job_id"
	},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "drs",
		.name = "drs_create_jobs",
		.operation_id = "BatchCreateJobs",
		.section = "Batch task management (v3)",
		.method = "POST",
		.path = "/v3/{project_id}/jobs/batch-creation",
		.description = "Creates tasks; one row for each, failures included.",
		.arguments = create_jobs_arguments,
		.results = create_jobs_results,
		.items = "results",
		.job = "id"
	},
	{
		.service = "drs",
		.name = "drs_update_jobs",
		.operation_id = "BatchUpdateJob",
		.section = "Batch task management (v3)",
		.method = "PUT",
		.path = "/v3/{project_id}/jobs/batch-modification",
		.description = "Changes tasks; one row for each, failures included.",
		.arguments = update_jobs_arguments,
		.results = update_jobs_results,
		.items = "results",
		.destructive = true
	},
	{0}
};

const GmfChapter gmf_drs_jobs_v3 = {
	.name = "jobs_v3",
	.title = "Tasks (v3)",
	.resources = resources,
	.actions = actions
};
