/*
 * drs_job_details.c
 *		Details of a task: one operation of the v5 API, whose parameter "type"
 *		says what it tells; one table for each of them.
 */
#include "drs.h"

static const GmfColumn job_details_columns[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "id",
		.description = "Task ID."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "CREATING | CREATE_FAILED | CONFIGURATION | STARTJOBING | WAITING_FOR_START | "
		"START_JOB_FAILED | FULL_TRANSFER_STARTED | FULL_TRANSFER_FAILED | "
		"FULL_TRANSFER_COMPLETE | INCRE_TRANSFER_STARTED | INCRE_TRANSFER_FAILED | "
		"RELEASE_RESOURCE_STARTED | RELEASE_RESOURCE_FAILED | RELEASE_RESOURCE_COMPLETE | "
		"CHANGE_JOB_STARTED | CHANGE_JOB_FAILED",
		.description = "Task status; there are more than the ones named."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the task was created."},
	{.name = "master_job_id", .type = GMF_TEXT, .path = "master_job_id",
		.description = "ID of the task of the master node, in a task of several."},
	{.name = "base_info_name", .type = GMF_TEXT, .path = "base_info.name",
		.description = "Task name."},
	{.name = "base_info_job_type", .type = GMF_TEXT, .path = "base_info.job_type",
		.values = "migration | sync | cloudDataGuard",
		.description = "Scenario: migration, sync (synchronization), cloudDataGuard (disaster "
		"recovery)."},
	{.name = "base_info_multi_write", .type = GMF_BOOLEAN, .path = "base_info.multi_write",
		.description = "Whether disaster recovery is dual-active."},
	{.name = "base_info_engine_type", .type = GMF_TEXT, .path = "base_info.engine_type",
		.description = "Replication link, for example oracle-to-gaussdbv5."},
	{.name = "base_info_job_direction", .type = GMF_TEXT, .path = "base_info.job_direction",
		.values = "up | down | non-dbs",
		.description = "Direction: up (to the cloud), down (out of the cloud), non-dbs (neither "
		"end is a cloud database)."},
	{.name = "base_info_task_type", .type = GMF_TEXT, .path = "base_info.task_type",
		.values = "FULL_TRANS | FULL_INCR_TRANS | INCR_TRANS",
		.description = "Phases: FULL_TRANS (full), FULL_INCR_TRANS (full and incremental), "
		"INCR_TRANS (incremental)."},
	{.name = "base_info_net_type", .type = GMF_TEXT, .path = "base_info.net_type",
		.values = "eip | vpc | vpn",
		.description = "Network: eip (public), vpc, vpn (VPN or Direct Connect)."},
	{.name = "base_info_charging_mode", .type = GMF_TEXT, .path = "base_info.charging_mode",
		.values = "period | on_demand",
		.description = "Billing mode: period (yearly/monthly), on_demand (pay-per-use)."},
	{.name = "base_info_enterprise_project_id", .type = GMF_TEXT,
		.path = "base_info.enterprise_project_id",
		.description = "ID of the enterprise project."},
	{.name = "base_info_description", .type = GMF_TEXT, .path = "base_info.description",
		.description = "Description of the task."},
	{.name = "base_info_start_time", .type = GMF_TIMESTAMPTZ, .path = "base_info.start_time",
		.description = "When the task is to start."},
	{.name = "base_info_expired_days", .type = GMF_INTEGER, .path = "base_info.expired_days",
		.unit = "days",
		.description = "Number of days after which a task in trouble is ended."},
	{.name = "base_info_tags", .type = GMF_JSONB, .path = "base_info.tags",
		.description = "Tags: objects with key and value."},
	{.name = "base_info_is_open_fast_clean", .type = GMF_BOOLEAN,
		.path = "base_info.is_open_fast_clean",
		.description = "Whether binlogs of MySQL or MariaDB are cleared fast."},
	{.name = "source_endpoint", .type = GMF_JSONB, .path = "source_endpoint",
		.description = "Source databases: objects with db_type, endpoint_type, endpoint and so "
		"on."},
	{.name = "target_endpoint", .type = GMF_JSONB, .path = "target_endpoint",
		.description = "Target databases: objects with db_type, endpoint_type, endpoint and so "
		"on."},
	{.name = "alarm_notify_alarm_to_user", .type = GMF_BOOLEAN,
		.path = "alarm_notify.alarm_to_user",
		.description = "Whether the user is told of trouble."},
	{.name = "alarm_notify_topic_urn", .type = GMF_TEXT, .path = "alarm_notify.topic_urn",
		.description = "URN of the SMN topic."},
	{.name = "alarm_notify_delay_time", .type = GMF_BIGINT, .path = "alarm_notify.delay_time",
		.unit = "s",
		.description = "Delay from which on the user is told."},
	{.name = "alarm_notify_rpo_delay", .type = GMF_BIGINT, .path = "alarm_notify.rpo_delay",
		.unit = "s",
		.description = "RPO delay from which on the user is told."},
	{.name = "alarm_notify_rto_delay", .type = GMF_BIGINT, .path = "alarm_notify.rto_delay",
		.unit = "s",
		.description = "RTO delay from which on the user is told."},
	{.name = "speed_limit", .type = GMF_JSONB, .path = "speed_limit",
		.description = "Limits of the speed: objects with begin, end (UTC) and speed (MB/s)."},
	{.name = "user_migration_is_migrate_user", .type = GMF_BOOLEAN,
		.path = "user_migration.is_migrate_user",
		.description = "Whether users are migrated."},
	{.name = "user_migration_is_set_password", .type = GMF_BOOLEAN,
		.path = "user_migration.is_set_password",
		.description = "Whether all users get one password."},
	{.name = "user_migration_password", .type = GMF_TEXT, .path = "user_migration.password",
		.description = "The one password of all users."},
	{.name = "user_migration_user_list", .type = GMF_JSONB, .path = "user_migration.user_list",
		.description = "Users to migrate: objects with id, account, is_set_password and "
		"password."},
	{.name = "user_migration_role_list", .type = GMF_JSONB, .path = "user_migration.role_list",
		.description = "Roles to migrate: objects with role."},
	{.name = "policy_config_filter_ddl_policy", .type = GMF_TEXT,
		.path = "policy_config.filter_ddl_policy",
		.description = "DDL that is filtered out."},
	{.name = "policy_config_conflict_policy", .type = GMF_TEXT,
		.path = "policy_config.conflict_policy", .values = "ignore | stop | overwrite",
		.description = "What happens at a conflict in the incremental phase."},
	{.name = "policy_config_index_trans", .type = GMF_BOOLEAN, .path = "policy_config.index_trans",
		.description = "Whether all indexes are synchronized, not only the unique ones."},
	{.name = "policy_config_ddl_trans", .type = GMF_BOOLEAN, .path = "policy_config.ddl_trans",
		.description = "Whether DDL is synchronized in the incremental phase."},
	{.name = "policy_config_data_sync_topology_type", .type = GMF_TEXT,
		.path = "policy_config.data_sync_topology_type", .values = "one2one | one2many | many2one",
		.description = "Topology of the synchronization."},
	{.name = "policy_config_support_ddl_info", .type = GMF_TEXT,
		.path = "policy_config.support_ddl_info",
		.description = "DDL that is synchronized, joined with commas."},
	{.name = "policy_config_sync_type_policy", .type = GMF_TEXT,
		.path = "policy_config.sync_type_policy",
		.description = "What is synchronized: supportAllType (everything), tableData, "
		"tableStructure, constraintData."},
	{.name = "policy_config_increment_read_mode", .type = GMF_TEXT,
		.path = "policy_config.increment_read_mode", .values = "logminer | xstream",
		.description = "How Oracle is read in the incremental phase."},
	{.name = "policy_config_dml_types", .type = GMF_TEXT, .path = "policy_config.dml_types",
		.description = "DML that is synchronized."},
	{.name = "policy_config_is_create_table_with_index", .type = GMF_BOOLEAN,
		.path = "policy_config.is_create_table_with_index",
		.description = "Whether indexes are made together with their tables."},
	{.name = "db_param_common", .type = GMF_JSONB, .path = "db_param.common",
		.description = "Common parameters: objects with key and target_value."},
	{.name = "db_param_performance", .type = GMF_JSONB, .path = "db_param.performance",
		.description = "Performance parameters: objects with key and target_value."},
	{.name = "tuning_params_full_sync", .type = GMF_JSONB, .path = "tuning_params.full_sync",
		.description = "Tuning of the full phase: objects with param_name, param_value and "
		"availability."},
	{.name = "tuning_params_incre_capture", .type = GMF_JSONB,
		.path = "tuning_params.incre_capture",
		.description = "Tuning of the incremental capture: objects like those of the full phase."},
	{.name = "tuning_params_incre_apply", .type = GMF_JSONB, .path = "tuning_params.incre_apply",
		.description = "Tuning of the incremental apply: objects like those of the full phase."},
	{.name = "tuning_params_incre_relay", .type = GMF_JSONB, .path = "tuning_params.incre_relay",
		.description = "Tuning of the incremental log reading: objects like those of the full "
		"phase."},
	{.name = "period_order_period_type", .type = GMF_INTEGER, .path = "period_order.period_type",
		.values = "2 | 3",
		.description = "Unit of the subscription: 2 (month), 3 (year)."},
	{.name = "period_order_period_num", .type = GMF_INTEGER, .path = "period_order.period_num",
		.description = "Length of the subscription."},
	{.name = "period_order_is_auto_renew", .type = GMF_INTEGER,
		.path = "period_order.is_auto_renew", .values = "0 | 1",
		.description = "Whether it renews itself: 0 (no), 1 (yes)."},
	{.name = "node_info_spec_node_type", .type = GMF_TEXT, .path = "node_info.spec.node_type",
		.values = "micro | small | medium | high",
		.description = "Size of the replication instance."},
	{.name = "node_info_vpc_vpc_id", .type = GMF_TEXT, .path = "node_info.vpc.vpc_id",
		.description = "ID of the VPC of the replication instance."},
	{.name = "node_info_vpc_subnet_id", .type = GMF_TEXT, .path = "node_info.vpc.subnet_id",
		.description = "ID of the subnet of the replication instance."},
	{.name = "node_info_vpc_custom_node_ip", .type = GMF_TEXT,
		.path = "node_info.vpc.custom_node_ip",
		.description = "IP addresses of the replication instance, joined with commas."},
	{.name = "node_info_vpc_security_group_id", .type = GMF_TEXT,
		.path = "node_info.vpc.security_group_id",
		.description = "ID of the security group of the replication instance."},
	{.name = "node_info_base_info_instance_type", .type = GMF_TEXT,
		.path = "node_info.base_info.instance_type", .values = "single | ha",
		.description = "Single node, or primary and standby (ha)."},
	{.name = "node_info_base_info_arch", .type = GMF_TEXT, .path = "node_info.base_info.arch",
		.values = "x86 | arm",
		.description = "CPU architecture."},
	{.name = "node_info_base_info_availability_zone", .type = GMF_TEXT,
		.path = "node_info.base_info.availability_zone",
		.description = "Availability zones, joined with commas."},
	{.name = "node_info_base_info_status", .type = GMF_TEXT, .path = "node_info.base_info.status",
		.description = "Status of the replication instance."},
	{.name = "node_info_base_info_role", .type = GMF_TEXT, .path = "node_info.base_info.role",
		.description = "Primary or standby role."},
	{.name = "instance_features", .type = GMF_JSONB, .path = "instance_features",
		.description = "Features of the task: an object of names and values."},
	{.name = "task_version", .type = GMF_TEXT, .path = "task_version",
		.description = "Version of the task."},
	{.name = "connection_management_driver_management_driver_name", .type = GMF_TEXT,
		.path = "connection_management.driver_management.driver_name",
		.description = "Driver that is used."},
	{.name = "public_ip_list", .type = GMF_JSONB, .path = "public_ip_list",
		.description = "Elastic IP addresses: objects with id, public_ip and type."},
	{.name = "bind_public_ip_state", .type = GMF_TEXT, .path = "bind_public_ip_state",
		.values = "SUCCESS | FAILED",
		.description = "Whether the elastic IP address was bound."},
	{.name = "children", .type = GMF_JSONB, .path = "children",
		.description = "Subtasks whose elastic IP address could not be bound: objects with id "
		"and name."},
	{.name = "job_kernel_direction", .type = GMF_TEXT, .path = "job_kernel_direction",
		.values = "up | down",
		.description = "Direction in which disaster recovery copies; the opposite of the "
		"direction during a switchover."},
	{0}
};

static const GmfParameter job_details_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "detail"},
	{0}
};

static const GmfRoute job_details_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job",
		.parameters = job_details_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfParentKey of_job[] = {
	{"job_id", "id"},
	{0}
};

static const GmfColumn job_overviews_columns[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "id",
		.description = "Task ID."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "CREATING | CREATE_FAILED | CONFIGURATION | STARTJOBING | WAITING_FOR_START | "
		"START_JOB_FAILED | FULL_TRANSFER_STARTED | FULL_TRANSFER_FAILED | "
		"FULL_TRANSFER_COMPLETE | INCRE_TRANSFER_STARTED | INCRE_TRANSFER_FAILED | "
		"RELEASE_RESOURCE_STARTED | RELEASE_RESOURCE_FAILED | RELEASE_RESOURCE_COMPLETE | "
		"CHANGE_JOB_STARTED | CHANGE_JOB_FAILED",
		.description = "Task status; there are more than the ones named."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the task was created."},
	{.name = "master_job_id", .type = GMF_TEXT, .path = "master_job_id",
		.description = "ID of the task of the master node, in a task of several."},
	{.name = "migration_object_progress_info_migration_object_overview", .type = GMF_JSONB,
		.path = "migration_object_progress_info.migration_object_overview",
		.description = "Progress of each kind of object, as in job_object_progress."},
	{.name = "migration_object_progress_info_create_time", .type = GMF_TIMESTAMPTZ,
		.path = "migration_object_progress_info.create_time",
		.description = "When the progress of the objects was taken."},
	{.name = "migration_object_progress_info_full_start_time", .type = GMF_TIMESTAMPTZ,
		.path = "migration_object_progress_info.full_start_time",
		.description = "When the full phase began."},
	{.name = "migration_object_progress_info_full_complete_time", .type = GMF_TIMESTAMPTZ,
		.path = "migration_object_progress_info.full_complete_time",
		.description = "When the full phase ended."},
	{.name = "migration_object_progress_info_incr_start_time", .type = GMF_TIMESTAMPTZ,
		.path = "migration_object_progress_info.incr_start_time",
		.description = "When the incremental phase began."},
	{.name = "migration_object_progress_info_end_time", .type = GMF_TIMESTAMPTZ,
		.path = "migration_object_progress_info.end_time",
		.description = "When the task ended."},
	{.name = "metrics_job_id", .type = GMF_TEXT, .path = "metrics.job_id",
		.description = "Task ID of the metrics."},
	{.name = "metrics_node_id", .type = GMF_TEXT, .path = "metrics.node_id",
		.description = "Node ID of the metrics."},
	{.name = "metrics_time_stamp", .type = GMF_TIMESTAMPTZ, .path = "metrics.time_stamp",
		.description = "When the metrics were taken."},
	{.name = "metrics_cpu_util", .type = GMF_TEXT, .path = "metrics.cpu_util",
		.description = "CPU usage."},
	{.name = "metrics_mem_util", .type = GMF_TEXT, .path = "metrics.mem_util",
		.description = "Memory usage."},
	{.name = "metrics_network_incoming_bytes_rate", .type = GMF_TEXT,
		.path = "metrics.network_incoming_bytes_rate",
		.description = "Network input throughput."},
	{.name = "metrics_network_outgoing_bytes_rate", .type = GMF_TEXT,
		.path = "metrics.network_outgoing_bytes_rate",
		.description = "Network output throughput."},
	{.name = "metrics_disk_read_bytes_rate", .type = GMF_TEXT,
		.path = "metrics.disk_read_bytes_rate",
		.description = "Disk read throughput."},
	{.name = "metrics_disk_write_bytes_rate", .type = GMF_TEXT,
		.path = "metrics.disk_write_bytes_rate",
		.description = "Disk write throughput."},
	{.name = "metrics_apply_rows_rate", .type = GMF_TEXT, .path = "metrics.apply_rows_rate",
		.description = "Rate of writes to the target database."},
	{.name = "metrics_apply_transactions_rate", .type = GMF_TEXT,
		.path = "metrics.apply_transactions_rate",
		.description = "DML transactions per second."},
	{.name = "metrics_apply_ddl_rate", .type = GMF_TEXT, .path = "metrics.apply_ddl_rate",
		.description = "DDL statements per second."},
	{.name = "metrics_apply_average_execute_time", .type = GMF_TEXT,
		.path = "metrics.apply_average_execute_time",
		.description = "Average execution time of a transaction."},
	{.name = "metrics_apply_average_commit_time", .type = GMF_TEXT,
		.path = "metrics.apply_average_commit_time",
		.description = "Average commit time of a transaction."},
	{.name = "metrics_apply_current_state", .type = GMF_TEXT,
		.path = "metrics.apply_current_state", .values = "succeed | failed | processing | waiting",
		.description = "Synchronization state."},
	{0}
};

static const GmfParameter job_overviews_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "overview"},
	{0}
};

static const GmfRoute job_overviews_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job",
		.parameters = job_overviews_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_progress_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "progress", .type = GMF_TEXT, .path = "progress", .unit = "percent",
		.description = "Progress of the migration."},
	{.name = "incr_trans_delay", .type = GMF_TEXT, .path = "incr_trans_delay", .unit = "s",
		.description = "Delay of the incremental phase."},
	{.name = "incr_trans_delay_millis", .type = GMF_TEXT, .path = "incr_trans_delay_millis",
		.unit = "ms",
		.description = "Delay of the incremental phase."},
	{.name = "task_mode", .type = GMF_TEXT, .path = "task_mode",
		.description = "Phases of the task."},
	{.name = "transfer_status", .type = GMF_TEXT, .path = "transfer_status",
		.description = "Status of the migration, as that of a task."},
	{.name = "process_time", .type = GMF_TEXT, .path = "process_time",
		.description = "Time of the migration."},
	{.name = "remaining_time", .type = GMF_TEXT, .path = "remaining_time",
		.description = "Time that it will still take."},
	{.name = "progress_map", .type = GMF_JSONB, .path = "progress_map",
		.description = "Progress of the full phase: an object of kinds of objects."},
	{0}
};

static const GmfParameter job_progress_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "progress"},
	{0}
};

static const GmfRoute job_progress_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.progress_info",
		.parameters = job_progress_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_object_progress_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "type", .type = GMF_TEXT, .path = "type",
		.values = "DATABASE | SCHEMA | TABLE | COLUMN | VIEW | FUNCTION | PROCEDURE | TRIGGER",
		.description = "Kind of object; there are more than the ones named."},
	{.name = "src_count", .type = GMF_BIGINT, .path = "src_count",
		.description = "Number of objects to migrate."},
	{.name = "dst_count", .type = GMF_BIGINT, .path = "dst_count",
		.description = "Number of objects migrated."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "NOT_START | TRANSFERING | COMPLETED | FAILED | TRANSFER_WHEN_END",
		.description = "Status of this kind of object."},
	{.name = "start_time", .type = GMF_TIMESTAMPTZ, .path = "start_time",
		.description = "When it began."},
	{.name = "end_time", .type = GMF_TIMESTAMPTZ, .path = "end_time",
		.description = "When it ended."},
	{0}
};

static const GmfRoute job_object_progress_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.migration_object_progress_info.migration_object_overview",
		.parameters = job_progress_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_logs_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "level", .type = GMF_TEXT, .path = "level", .values = "Info | Warn | Error",
		.description = "Log level."},
	{.name = "message", .type = GMF_TEXT, .path = "message",
		.description = "Log message."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When it happened."},
	{0}
};

static const GmfParameter job_logs_list_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "log"},
	{.name = "log_level", .location = GMF_IN_QUERY, .column = "level", .match = GMF_MATCH_EXACT,
		.domain = "Info|Warn|Error"},
	{0}
};

static const GmfRoute job_logs_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.logs",
		.total = "job.total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = job_logs_list_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_network_tests_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "query_id", .type = GMF_TEXT,
		.description = "ID that the action returned: see drs_execute_job_action."},
	{.name = "ip", .type = GMF_TEXT, .path = "ip",
		.description = "IP address that was tested."},
	{.name = "success", .type = GMF_BOOLEAN, .path = "success",
		.description = "Whether the connection worked."},
	{.name = "result", .type = GMF_TEXT, .path = "result",
		.description = "Result of the test."},
	{.name = "status", .type = GMF_TEXT, .path = "status", .values = "success | failed",
		.description = "Result in a word."},
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code",
		.description = "Error code of a failure."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "error_msg",
		.description = "Error message of a failure."},
	{0}
};

static const GmfParameter job_network_tests_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "network"},
	{.name = "query_id", .location = GMF_IN_QUERY, .column = "query_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute job_network_tests_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.network_results",
		.parameters = job_network_tests_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_cloud_connections_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "query_id", .type = GMF_TEXT,
		.description = "ID that the action returned: see drs_execute_job_action."},
	{.name = "ip", .type = GMF_TEXT, .path = "ip",
		.description = "IP address that was tested."},
	{.name = "success", .type = GMF_BOOLEAN, .path = "success",
		.description = "Whether the connection worked."},
	{.name = "result", .type = GMF_TEXT, .path = "result",
		.description = "Result of the test."},
	{.name = "status", .type = GMF_TEXT, .path = "status", .values = "success | failed",
		.description = "Result in a word."},
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code",
		.description = "Error code of a failure."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "error_msg",
		.description = "Error message of a failure."},
	{0}
};

static const GmfParameter job_cloud_connections_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "cloud_connection"},
	{.name = "query_id", .location = GMF_IN_QUERY, .column = "query_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute job_cloud_connections_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.network_results",
		.parameters = job_cloud_connections_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_prechecks_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "query_id", .type = GMF_TEXT,
		.description = "ID that the action returned: see drs_execute_job_action."},
	{.name = "item", .type = GMF_TEXT, .path = "item",
		.description = "What was checked."},
	{.name = "result", .type = GMF_TEXT, .path = "result", .values = "PASSED | ALARM | FAILED",
		.description = "Result of this check."},
	{.name = "failed_reason", .type = GMF_TEXT, .path = "failed_reason",
		.description = "Why it failed."},
	{.name = "data", .type = GMF_TEXT, .path = "data",
		.description = "Data that failed."},
	{.name = "raw_error_msg", .type = GMF_TEXT, .path = "raw_error_msg",
		.description = "What the database said."},
	{.name = "group", .type = GMF_TEXT, .path = "group",
		.description = "Group of the check."},
	{.name = "is_support_skip", .type = GMF_BOOLEAN, .path = "is_support_skip",
		.description = "Whether it can be skipped."},
	{.name = "is_skipped", .type = GMF_BOOLEAN, .path = "is_skipped",
		.description = "Whether it was skipped."},
	{.name = "failed_sub_jobs", .type = GMF_JSONB, .path = "failed_sub_jobs",
		.description = "Subtasks that failed: objects with id, name and check_result."},
	{.name = "precheck_result_result", .type = GMF_BOOLEAN, .path = "$.job.precheck_result.result",
		.description = "Whether the pre-check as a whole was passed."},
	{.name = "precheck_result_process", .type = GMF_TEXT, .path = "$.job.precheck_result.process",
		.unit = "percent",
		.description = "Progress of the pre-check."},
	{.name = "precheck_result_total_passed_rate", .type = GMF_TEXT,
		.path = "$.job.precheck_result.total_passed_rate", .unit = "percent",
		.description = "Part of the checks that were passed."},
	{.name = "precheck_result_rds_instance_id", .type = GMF_TEXT,
		.path = "$.job.precheck_result.rds_instance_id",
		.description = "ID of the database instance."},
	{.name = "precheck_result_job_direction", .type = GMF_TEXT,
		.path = "$.job.precheck_result.job_direction",
		.description = "Direction of the task."},
	{0}
};

static const GmfParameter job_prechecks_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "precheck"},
	{.name = "query_id", .location = GMF_IN_QUERY, .column = "query_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute job_prechecks_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.precheck_result.precheck_results",
		.parameters = job_prechecks_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_object_imports_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "file_size", .type = GMF_TEXT, .path = "file_size",
		.description = "Largest file that can be imported."},
	{.name = "previous_select", .type = GMF_TEXT, .path = "previous_select",
		.description = "How objects were chosen last."},
	{0}
};

static const GmfParameter job_object_imports_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "file"},
	{0}
};

static const GmfRoute job_object_imports_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.support_import_file_resp",
		.parameters = job_object_imports_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_target_states_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "is_writable", .type = GMF_TEXT, .path = "is_writable", .values = "pending | success",
		.description = "Whether the target can be written to again (action set_writable)."},
	{0}
};

static const GmfParameter job_target_states_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "is_writable"},
	{0}
};

static const GmfRoute job_target_states_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job",
		.parameters = job_target_states_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_diagnoses_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "query_id", .type = GMF_TEXT,
		.description = "ID that the action returned: see drs_execute_job_action."},
	{.name = "score", .type = GMF_INTEGER, .path = "score",
		.description = "Score."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "INIT | RUNNING | SUCCESS | FAILED",
		.description = "Status of the diagnosis."},
	{.name = "progress", .type = GMF_INTEGER, .path = "progress",
		.description = "Progress."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "error_msg",
		.description = "Why the diagnosis failed."},
	{.name = "start_time", .type = GMF_TIMESTAMPTZ, .path = "start_time",
		.description = "When the diagnosis began."},
	{.name = "end_time", .type = GMF_TIMESTAMPTZ, .path = "end_time",
		.description = "When the diagnosis ended."},
	{.name = "total", .type = GMF_BIGINT, .path = "total",
		.description = "Number of checks."},
	{.name = "normal_count", .type = GMF_BIGINT, .path = "normal_count",
		.description = "Number of checks that are fine."},
	{.name = "abnormal_count", .type = GMF_BIGINT, .path = "abnormal_count",
		.description = "Number of checks that found something."},
	{.name = "alarm_count", .type = GMF_BIGINT, .path = "alarm_count",
		.description = "Number of alarms."},
	{.name = "failure_count", .type = GMF_BIGINT, .path = "failure_count",
		.description = "Number of failures."},
	{.name = "timeout_count", .type = GMF_BIGINT, .path = "timeout_count",
		.description = "Number of time-outs."},
	{.name = "diagnosis_results", .type = GMF_JSONB, .path = "diagnosis_results",
		.description = "Results: objects with item, state, result_list, suggestion_list, score "
		"and time."},
	{0}
};

static const GmfParameter job_diagnoses_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "diagnosis"},
	{.name = "query_id", .location = GMF_IN_QUERY, .column = "query_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute job_diagnoses_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.diagnoses",
		.parameters = job_diagnoses_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_diagnosis_history_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "query_id", .type = GMF_TEXT,
		.description = "ID that the action returned: see drs_execute_job_action."},
	{.name = "score", .type = GMF_INTEGER, .path = "score",
		.description = "Score."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "INIT | RUNNING | SUCCESS | FAILED",
		.description = "Status of the diagnosis."},
	{.name = "progress", .type = GMF_INTEGER, .path = "progress",
		.description = "Progress."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "error_msg",
		.description = "Why the diagnosis failed."},
	{.name = "start_time", .type = GMF_TIMESTAMPTZ, .path = "start_time",
		.description = "When the diagnosis began."},
	{.name = "end_time", .type = GMF_TIMESTAMPTZ, .path = "end_time",
		.description = "When the diagnosis ended."},
	{.name = "total", .type = GMF_BIGINT, .path = "total",
		.description = "Number of checks."},
	{.name = "normal_count", .type = GMF_BIGINT, .path = "normal_count",
		.description = "Number of checks that are fine."},
	{.name = "abnormal_count", .type = GMF_BIGINT, .path = "abnormal_count",
		.description = "Number of checks that found something."},
	{.name = "alarm_count", .type = GMF_BIGINT, .path = "alarm_count",
		.description = "Number of alarms."},
	{.name = "failure_count", .type = GMF_BIGINT, .path = "failure_count",
		.description = "Number of failures."},
	{.name = "timeout_count", .type = GMF_BIGINT, .path = "timeout_count",
		.description = "Number of time-outs."},
	{.name = "diagnosis_results", .type = GMF_JSONB, .path = "diagnosis_results",
		.description = "Results: objects with item, state, result_list, suggestion_list, score "
		"and time."},
	{0}
};

static const GmfParameter job_diagnosis_history_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "diagnosis_history"},
	{.name = "query_id", .location = GMF_IN_QUERY, .column = "query_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute job_diagnosis_history_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.diagnoses",
		.parameters = job_diagnosis_history_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_repair_progress_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "query_id", .type = GMF_TEXT,
		.description = "ID that the action returned: see drs_execute_job_action."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "FAILED | SUCCEEDED | FINISHED | SUCCESS",
		.description = "Status of the repair."},
	{.name = "progress", .type = GMF_TEXT, .path = "progress", .unit = "percent",
		.description = "Progress of the repair."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "error_msg",
		.description = "Error message."},
	{.name = "count", .type = GMF_BIGINT, .path = "count",
		.description = "Number of tables."},
	{.name = "repair_progress_details_query_id", .type = GMF_TEXT,
		.path = "repair_progress_details.query_id",
		.description = "ID of the comparison."},
	{.name = "repair_progress_details_db_name", .type = GMF_TEXT,
		.path = "repair_progress_details.db_name",
		.description = "Database."},
	{.name = "repair_progress_details_schema_name", .type = GMF_TEXT,
		.path = "repair_progress_details.schema_name",
		.description = "Schema."},
	{.name = "repair_progress_details_table_name", .type = GMF_TEXT,
		.path = "repair_progress_details.table_name",
		.description = "Table."},
	{.name = "repair_progress_details_total_row_count", .type = GMF_BIGINT,
		.path = "repair_progress_details.total_row_count",
		.description = "Total number of rows."},
	{.name = "repair_progress_details_complete_row_count", .type = GMF_BIGINT,
		.path = "repair_progress_details.complete_row_count",
		.description = "Number of rows completed."},
	{.name = "repair_progress_details_filter_row_count", .type = GMF_BIGINT,
		.path = "repair_progress_details.filter_row_count",
		.description = "Number of rows filtered out."},
	{.name = "repair_progress_details_repaired_row_count", .type = GMF_BIGINT,
		.path = "repair_progress_details.repaired_row_count",
		.description = "Number of rows repaired."},
	{.name = "repair_progress_details_failed_row_count", .type = GMF_BIGINT,
		.path = "repair_progress_details.failed_row_count",
		.description = "Number of rows that failed."},
	{.name = "repair_progress_details_repair_status", .type = GMF_INTEGER,
		.path = "repair_progress_details.repair_status",
		.description = "Status of the repair, as a number."},
	{.name = "repair_progress_details_start_time", .type = GMF_TIMESTAMPTZ,
		.path = "repair_progress_details.start_time",
		.description = "When the repair of the table began."},
	{.name = "repair_progress_details_update_time", .type = GMF_TIMESTAMPTZ,
		.path = "repair_progress_details.update_time",
		.description = "When this was told last."},
	{0}
};

static const GmfParameter job_repair_progress_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "repair_progress"},
	{.name = "query_id", .location = GMF_IN_QUERY, .column = "query_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute job_repair_progress_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.repair_progress_info",
		.parameters = job_repair_progress_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_repair_details_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "query_id", .type = GMF_TEXT,
		.description = "ID that the action returned: see drs_execute_job_action."},
	{.name = "source_meta", .type = GMF_TEXT, .path = "source_meta",
		.description = "Values that identify the row in the source."},
	{.name = "target_meta", .type = GMF_TEXT, .path = "target_meta",
		.description = "Values that identify the row in the target."},
	{.name = "repair_sql_state", .type = GMF_INTEGER, .path = "repair_sql_state",
		.description = "Status of the statement."},
	{.name = "repair_sql_info", .type = GMF_TEXT, .path = "repair_sql_info",
		.description = "Statement that repairs the row."},
	{.name = "repair_detail_info_count", .type = GMF_BIGINT,
		.path = "$.job.repair_detail_info.count",
		.description = "Number of all rows that are repaired."},
	{0}
};

static const GmfParameter job_repair_details_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "repair_detail"},
	{.name = "query_id", .location = GMF_IN_QUERY, .column = "query_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute job_repair_details_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.repair_detail_info.repair_details",
		.parameters = job_repair_details_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_object_support_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "is_full_trans_support_object", .type = GMF_BOOLEAN,
		.path = "is_full_trans_support_object",
		.description = "Whether full tasks support object selection."},
	{.name = "is_incre_trans_support_object", .type = GMF_BOOLEAN,
		.path = "is_incre_trans_support_object",
		.description = "Whether incremental tasks support object selection."},
	{.name = "is_full_incre_trans_support_object", .type = GMF_BOOLEAN,
		.path = "is_full_incre_trans_support_object",
		.description = "Whether full + incremental tasks support object selection."},
	{.name = "support_object_import_engine", .type = GMF_TEXT_ARRAY,
		.path = "support_object_import_engine",
		.description = "Replication links whose objects can be imported."},
	{.name = "is_support_column_mapping", .type = GMF_BOOLEAN, .path = "is_support_column_mapping",
		.description = "Whether column mapping is supported."},
	{.name = "is_database_support_search", .type = GMF_BOOLEAN,
		.path = "is_database_support_search",
		.description = "Whether databases can be searched."},
	{.name = "is_schema_support_search", .type = GMF_BOOLEAN, .path = "is_schema_support_search",
		.description = "Whether schemas can be searched."},
	{.name = "is_table_support_search", .type = GMF_BOOLEAN, .path = "is_table_support_search",
		.description = "Whether tables can be searched."},
	{.name = "file_size", .type = GMF_DOUBLE, .path = "file_size", .unit = "MB",
		.description = "Largest file that can be imported."},
	{.name = "previous_select", .type = GMF_TEXT, .path = "previous_select",
		.description = "How objects were chosen last: srcImportObject (by import), or empty."},
	{.name = "import_level", .type = GMF_TEXT, .path = "import_level",
		.values = "table | database",
		.description = "What is imported."},
	{.name = "is_import_column", .type = GMF_BOOLEAN, .path = "is_import_cloumn",
		.description = "Whether columns were chosen by import last (misspelt is_import_cloumn "
		"in the API)."},
	{.name = "import_mapping_type", .type = GMF_TEXT, .path = "import_mapping_type",
		.values = "table_mapping | topic_mapping",
		.description = "Mapping scenario of the file import."},
	{.name = "is_import_unique_key", .type = GMF_BOOLEAN, .path = "is_import_unique_key",
		.description = "Whether unique key information is imported."},
	{0}
};

static const GmfParameter job_object_support_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute job_object_support_routes[] = {
	{
		.operation_id = "ShowSupportObjectType",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}/object/support",
		.items = "",
		.parameters = job_object_support_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "drs",
		.name = "job_details",
		.section = "Task management (v5)",
		.description = "A task with its databases, policies and replication instance.",
		.columns = job_details_columns,
		.routes = job_details_routes,
		.parent = "jobs",
		.parent_keys = of_job
	},
	{
		.service = "drs",
		.name = "job_overviews",
		.section = "Task management (v5)",
		.description = "A task in short, with its metrics.",
		.columns = job_overviews_columns,
		.routes = job_overviews_routes,
		.parent = "jobs",
		.parent_keys = of_job
	},
	{
		.service = "drs",
		.name = "job_progress",
		.section = "Task management (v5)",
		.description = "How far a task is.",
		.columns = job_progress_columns,
		.routes = job_progress_routes,
		.parent = "jobs",
		.parent_keys = of_job
	},
	{
		.service = "drs",
		.name = "job_object_progress",
		.section = "Task management (v5)",
		.description = "How far a task is with each kind of object.",
		.columns = job_object_progress_columns,
		.routes = job_object_progress_routes,
		.parent = "jobs",
		.parent_keys = of_job,
		.rows = 10
	},
	{
		.service = "drs",
		.name = "job_logs",
		.section = "Task management (v5)",
		.description = "Log of a task.",
		.columns = job_logs_columns,
		.routes = job_logs_routes,
		.parent = "jobs",
		.parent_keys = of_job,
		.rows = 100
	},
	{
		.service = "drs",
		.name = "job_network_tests",
		.section = "Task management (v5)",
		.description = "Results of a connection test (action network).",
		.columns = job_network_tests_columns,
		.routes = job_network_tests_routes,
		.parent = "jobs",
		.parent_keys = of_job,
		.rows = 5
	},
	{
		.service = "drs",
		.name = "job_cloud_connections",
		.section = "Task management (v5)",
		.description = "Results of a connection test to another cloud (action cloud_connection).",
		.columns = job_cloud_connections_columns,
		.routes = job_cloud_connections_routes,
		.parent = "jobs",
		.parent_keys = of_job,
		.rows = 5
	},
	{
		.service = "drs",
		.name = "job_prechecks",
		.section = "Task management (v5)",
		.description = "Results of a pre-check (action precheck), one row for each check.",
		.columns = job_prechecks_columns,
		.routes = job_prechecks_routes,
		.parent = "jobs",
		.parent_keys = of_job,
		.rows = 30
	},
	{
		.service = "drs",
		.name = "job_object_imports",
		.section = "Task management (v5)",
		.description = "Whether, and how, the objects of a task can be imported from a file.",
		.columns = job_object_imports_columns,
		.routes = job_object_imports_routes,
		.parent = "jobs",
		.parent_keys = of_job
	},
	{
		.service = "drs",
		.name = "job_target_states",
		.section = "Task management (v5)",
		.description = "Whether the read-only state of the target of a task has been lifted.",
		.columns = job_target_states_columns,
		.routes = job_target_states_routes,
		.parent = "jobs",
		.parent_keys = of_job
	},
	{
		.service = "drs",
		.name = "job_diagnoses",
		.section = "Task management (v5)",
		.description = "Result of a diagnosis (action diagnosis).",
		.columns = job_diagnoses_columns,
		.routes = job_diagnoses_routes,
		.parent = "jobs",
		.parent_keys = of_job,
		.rows = 5
	},
	{
		.service = "drs",
		.name = "job_diagnosis_history",
		.section = "Task management (v5)",
		.description = "Results of former diagnoses.",
		.columns = job_diagnosis_history_columns,
		.routes = job_diagnosis_history_routes,
		.parent = "jobs",
		.parent_keys = of_job,
		.rows = 10
	},
	{
		.service = "drs",
		.name = "job_repair_progress",
		.section = "Task management (v5)",
		.description = "How far a repair of data is (action start_repair).",
		.columns = job_repair_progress_columns,
		.routes = job_repair_progress_routes,
		.parent = "jobs",
		.parent_keys = of_job
	},
	{
		.service = "drs",
		.name = "job_repair_details",
		.section = "Task management (v5)",
		.description = "Statements that repair data (action start_repair).",
		.columns = job_repair_details_columns,
		.routes = job_repair_details_routes,
		.parent = "jobs",
		.parent_keys = of_job,
		.rows = 100
	},
	{
		.service = "drs",
		.name = "job_object_support",
		.section = "Object selection (v5)",
		.description = "What can be chosen and mapped in a task.",
		.columns = job_object_support_columns,
		.routes = job_object_support_routes,
		.parent = "jobs",
		.parent_keys = of_job
	},
	{0}
};

const GmfChapter gmf_drs_job_details = {
	.name = "job_details",
	.title = "Details of tasks",
	.resources = resources
};
