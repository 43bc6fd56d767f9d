/*
 * drs_async_jobs.c
 *		Asynchronous batches of the v5 API: many tasks that are checked first
 *		and created when the batch is committed.
 */
#include "drs.h"

static const GmfColumn async_jobs_columns[] = {
	{.name = "async_job_id", .type = GMF_TEXT, .path = "async_job_id",
		.description = "ID of the batch."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "ASYNC_JOB_VALIDATING | ASYNC_JOB_VALIDATE_FAILED | "
		"AUTO_PARAM_VALIDATE_SUCCESS | COMMIT_SUCCESS",
		.description = "Status of the batch."},
	{.name = "domain_name", .type = GMF_TEXT, .path = "domain_name",
		.description = "Account that made the batch."},
	{.name = "user_name", .type = GMF_TEXT, .path = "user_name",
		.description = "User who made the batch."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the batch was made."},
	{0}
};

static const GmfParameter async_jobs_list_parameters[] = {
	{.name = "async_job_id", .location = GMF_IN_QUERY, .column = "async_job_id",
		.match = GMF_MATCH_EXACT},
	{.name = "status", .location = GMF_IN_QUERY, .column = "status", .match = GMF_MATCH_EXACT,
		.domain = "ASYNC_JOB_VALIDATING|ASYNC_JOB_VALIDATE_FAILED|AUTO_PARAM_VALIDATE_SUCCESS|"
		"COMMIT_SUCCESS"},
	{.name = "domain_name", .location = GMF_IN_QUERY, .column = "domain_name",
		.match = GMF_MATCH_LOOSE},
	{.name = "user_name", .location = GMF_IN_QUERY, .column = "user_name",
		.match = GMF_MATCH_LOOSE},
	{0}
};

static const GmfRoute async_jobs_routes[] = {
	{
		.operation_id = "ListAsyncJobs",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v5/{project_id}/batch-async-jobs",
		.items = "jobs",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = async_jobs_list_parameters
	},
	{0}
};

static const GmfColumn async_job_details_columns[] = {
	{.name = "async_job_id", .type = GMF_TEXT,
		.description = "ID of the batch."},
	{.name = "id", .type = GMF_TEXT, .path = "id",
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
	{.name = "total_count", .type = GMF_INTEGER, .path = "total_count",
		.description = "Number of items of the part that is paged, where there is one."},
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
	{.name = "logs", .type = GMF_JSONB, .path = "logs",
		.description = "Log: see job_logs."},
	{.name = "network_results", .type = GMF_JSONB, .path = "network_results",
		.description = "Connection tests: see job_network_tests."},
	{.name = "precheck_result", .type = GMF_JSONB, .path = "precheck_result",
		.description = "Pre-check: see job_prechecks."},
	{.name = "progress_info", .type = GMF_JSONB, .path = "progress_info",
		.description = "Progress: see job_progress."},
	{.name = "migration_object_progress_info", .type = GMF_JSONB,
		.path = "migration_object_progress_info",
		.description = "Progress of the objects: see job_object_progress."},
	{.name = "metrics", .type = GMF_JSONB, .path = "metrics",
		.description = "Metrics: see job_overviews."},
	{.name = "compare_result", .type = GMF_JSONB, .path = "compare_result",
		.description = "Comparisons: see job_compare_tasks."},
	{.name = "support_import_file_resp", .type = GMF_JSONB, .path = "support_import_file_resp",
		.description = "Import of objects: see job_object_imports."},
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
	{.name = "is_writable", .type = GMF_TEXT, .path = "is_writable",
		.description = "Whether the target can be written to again: see job_target_states."},
	{.name = "diagnoses", .type = GMF_JSONB, .path = "diagnoses",
		.description = "Diagnoses: see job_diagnoses."},
	{.name = "repair_progress_info", .type = GMF_JSONB, .path = "repair_progress_info",
		.description = "Repair of data: see job_repair_progress."},
	{.name = "repair_detail_info", .type = GMF_JSONB, .path = "repair_detail_info",
		.description = "Repair of data: see job_repair_details."},
	{.name = "repair_export_status", .type = GMF_TEXT, .path = "repair_export_status",
		.description = "Repair of data: see job_repair_exports."},
	{.name = "job_kernel_direction", .type = GMF_TEXT, .path = "job_kernel_direction",
		.values = "up | down",
		.description = "Direction in which disaster recovery copies; the opposite of the "
		"direction during a switchover."},
	{0}
};

static const GmfParameter async_job_details_list_parameters[] = {
	{.name = "async_job_id", .location = GMF_IN_PATH, .column = "async_job_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfRoute async_job_details_routes[] = {
	{
		.operation_id = "ListAsyncJobDetail",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v5/{project_id}/batch-async-jobs/{async_job_id}",
		.items = "jobs",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = async_job_details_list_parameters,
		/* the one code that it has for a request that it cannot answer */
		.not_found = "DRS.10000001"
	},
	{0}
};

static const GmfParentKey of_async_job[] = {
	{"async_job_id", "async_job_id"},
	{0}
};

static const GmfArgument create_jobs_async_arguments[] = {
	{.name = "jobs", .type = GMF_JSONB, .location = GMF_IN_BODY, .required = true, .secret = true,
		.description = "Array of objects with base_info, source_endpoint, target_endpoint, "
		"policy_config, db_object, node_info and, as needed, more. Holds passwords."},
	{0}
};

static const GmfResult create_jobs_async_results[] = {
	{.name = "async_job_id", .type = GMF_TEXT, .path = "job.async_job_id",
		.description = "ID of the batch."},
	{0}
};

static const GmfArgument update_async_job_arguments[] = {
	{.name = "async_job_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the batch."},
	{.name = "jobs", .type = GMF_JSONB, .location = GMF_IN_BODY, .required = true, .secret = true,
		.description = "Array of objects with type (all, network, policy, db_object, precheck "
		"...) and params, in which job_id names the task. May hold passwords."},
	{0}
};

static const GmfResult update_async_job_results[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Task ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Task name."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.description = "Result: success or failed, in any case."},
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code",
		.description = "Error code of a failure."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "error_msg",
		.description = "Error message of a failure."},
	{0}
};

static const GmfArgument commit_async_job_arguments[] = {
	{.name = "async_job_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the batch."},
	{0}
};

static const GmfResult commit_async_job_results[] = {
	{.name = "async_job_id", .type = GMF_TEXT, .path = "job.async_job_id",
		.description = "ID of the batch."},
	{.name = "status", .type = GMF_TEXT, .path = "job.status",
		.description = "Status of the batch."},
	{.name = "msg", .type = GMF_TEXT, .path = "job.msg",
		.description = "What the service says to it."},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "drs",
		.name = "async_jobs",
		.section = "Asynchronous batch tasks (v5)",
		.description = "Asynchronous batches of tasks.",
		.columns = async_jobs_columns,
		.routes = async_jobs_routes,
		.key = "async_job_id",
		.rows = 100
	},
	{
		.service = "drs",
		.name = "async_job_details",
		.section = "Asynchronous batch tasks (v5)",
		.description = "Tasks of an asynchronous batch.",
		.columns = async_job_details_columns,
		.routes = async_job_details_routes,
		.parent = "async_jobs",
		.parent_keys = of_async_job,
		.key = "id",
		.rows = 20
	},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "drs",
		.name = "drs_create_jobs_async",
		.operation_id = "BatchCreateJobsAsync",
		.section = "Asynchronous batch tasks (v5)",
		.method = "POST",
		.path = "/v5/{project_id}/jobs/batch-async-create",
		.description = "Makes a batch of tasks. They are checked first; when all are well, "
		"drs_commit_async_job creates them.",
		.arguments = create_jobs_async_arguments,
		.results = create_jobs_async_results,
		.job = "async_job_id"
	},
	{
		.service = "drs",
		.name = "drs_update_async_job",
		.operation_id = "UpdateBatchAsyncJobs",
		.section = "Asynchronous batch tasks (v5)",
		.method = "PUT",
		.path = "/v5/{project_id}/batch-async-jobs/{async_job_id}",
		.description = "Changes tasks of a batch that is not committed yet; one row for each "
		"task, failures included.",
		.arguments = update_async_job_arguments,
		.results = update_async_job_results,
		.items = "jobs",
		.destructive = true
	},
	{
		.service = "drs",
		.name = "drs_commit_async_job",
		.operation_id = "CommitAsyncJob",
		.section = "Asynchronous batch tasks (v5)",
		.method = "POST",
		.path = "/v5/{project_id}/batch-async-jobs/{async_job_id}/commit",
		.description = "Commits a batch whose checks have all been passed: its tasks are "
		"created now.",
		.arguments = commit_async_job_arguments,
		.results = commit_async_job_results,
		.job = "async_job_id"
	},
	{0}
};

const GmfChapter gmf_drs_async_jobs = {
	.name = "async_jobs",
	.title = "Asynchronous batches",
	.resources = resources,
	.actions = actions
};
