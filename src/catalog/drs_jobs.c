/*
 * drs_jobs.c
 *		Tasks of the v5 API: migration, synchronization and disaster recovery.
 */
#include "drs.h"

static const GmfColumn jobs_columns[] = {
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
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the task."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the task was created."},
	{.name = "engine_type", .type = GMF_TEXT, .path = "engine_type",
		.description = "Replication link, for example oracle-to-gaussdbv5."},
	{.name = "net_type", .type = GMF_TEXT, .path = "net_type", .values = "eip | vpc | vpn",
		.description = "Network: eip (public), vpc, vpn (VPN or Direct Connect)."},
	{.name = "charging_mode", .type = GMF_TEXT, .path = "charging_mode",
		.values = "period | on_demand",
		.description = "Billing mode: period (yearly/monthly), on_demand (pay-per-use)."},
	{.name = "billing_tag", .type = GMF_BOOLEAN, .path = "billing_tag",
		.description = "Whether the task is billed."},
	{.name = "job_direction", .type = GMF_TEXT, .path = "job_direction",
		.values = "up | down | non-dbs",
		.description = "Direction: up (to the cloud), down (out of the cloud), non-dbs (neither "
		"end is a cloud database)."},
	{.name = "job_type", .type = GMF_TEXT, .path = "job_type",
		.values = "migration | sync | cloudDataGuard",
		.description = "Scenario: migration, sync (synchronization), cloudDataGuard (disaster "
		"recovery)."},
	{.name = "task_type", .type = GMF_TEXT, .path = "task_type",
		.values = "FULL_TRANS | FULL_INCR_TRANS | INCR_TRANS",
		.description = "Phases: FULL_TRANS (full), FULL_INCR_TRANS (full and incremental), "
		"INCR_TRANS (incremental)."},
	{.name = "enterprise_project_id", .type = GMF_TEXT, .path = "enterprise_project_id",
		.description = "ID of the enterprise project."},
	{.name = "job_mode", .type = GMF_TEXT, .path = "job_mode",
		.description = "Task mode, for example single."},
	{.name = "job_mode_role", .type = GMF_TEXT, .path = "job_mode_role",
		.values = "parent | child | master | slave",
		.description = "Place in a task of several."},
	{.name = "is_multi_az", .type = GMF_BOOLEAN, .path = "is_multi_az",
		.description = "Whether the task spans availability zones."},
	{.name = "node_role", .type = GMF_TEXT, .path = "node_role",
		.description = "Role of the node of the task."},
	{.name = "node_new_framework", .type = GMF_BOOLEAN, .path = "node_new_framework",
		.description = "Whether the new framework is used."},
	{.name = "job_action_available_actions", .type = GMF_TEXT_ARRAY,
		.path = "job_action.available_actions",
		.description = "Commands that can be run on the task now."},
	{.name = "job_action_unavailable_actions", .type = GMF_TEXT_ARRAY,
		.path = "job_action.unavailable_actions",
		.description = "Commands that cannot be run on the task now."},
	{.name = "job_action_current_action", .type = GMF_TEXT, .path = "job_action.current_action",
		.description = "Command that is being run."},
	{.name = "children", .type = GMF_JSONB, .path = "children",
		.description = "Subtasks: objects like the task."},
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "Filter only: ID of a database instance at either end."},
	{.name = "instance_ip", .type = GMF_TEXT,
		.description = "Filter only: IP address of a database instance at either end."},
	{0}
};

/* How the name matches is not documented: LOOSE holds under every reading. */
static const GmfParameter jobs_list_parameters[] = {
	{.name = "job_type", .location = GMF_IN_QUERY, .column = "job_type", .match = GMF_MATCH_EXACT,
		.required = true, .domain = "migration|sync|cloudDataGuard"},
	{.name = "name", .location = GMF_IN_QUERY, .column = "name", .also = "id",
		.match = GMF_MATCH_LOOSE},
	{.name = "status", .location = GMF_IN_QUERY, .column = "status", .match = GMF_MATCH_LOOSE,
		.domain = "CREATING|CREATE_FAILED|CONFIGURATION|STARTJOBING|WAITING_FOR_START|"
		"START_JOB_FAILED|FULL_TRANSFER_STARTED|FULL_TRANSFER_FAILED|FULL_TRANSFER_COMPLETE|"
		"INCRE_TRANSFER_STARTED|INCRE_TRANSFER_FAILED|RELEASE_RESOURCE_STARTED|"
		"RELEASE_RESOURCE_FAILED|RELEASE_RESOURCE_COMPLETE|CHANGE_JOB_STARTED|CHANGE_JOB_FAILED|"
		"CHILD_TRANSFER_STARTING|CHILD_TRANSFER_STARTED|CHILD_TRANSFER_COMPLETE|"
		"CHILD_TRANSFER_FAILED|RELEASE_CHILD_TRANSFER_STARTED|RELEASE_CHILD_TRANSFER_COMPLETE"},
	{.name = "engine_type", .location = GMF_IN_QUERY, .column = "engine_type",
		.match = GMF_MATCH_LOOSE},
	{.name = "net_type", .location = GMF_IN_QUERY, .column = "net_type", .match = GMF_MATCH_EXACT,
		.domain = "eip|vpc|vpn"},
	{.name = "enterprise_project_id", .location = GMF_IN_QUERY, .column = "enterprise_project_id",
		.match = GMF_MATCH_EXACT},
	{.name = "instance_ids", .location = GMF_IN_QUERY, .column = "instance_id",
		.match = GMF_MATCH_EXACT},
	{.name = "instance_ip", .location = GMF_IN_QUERY, .column = "instance_ip",
		.match = GMF_MATCH_EXACT},
	{0}
};

static const GmfRoute jobs_routes[] = {
	{
		.operation_id = "ListJobs",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v5/{project_id}/jobs",
		.items = "jobs",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = jobs_list_parameters
	},
	{0}
};

static const GmfArgument create_job_arguments[] = {
	{.name = "base_info_name", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.base_info.name", .required = true, .min_length = 4, .max_length = 50,
		.pattern = "^[A-Za-z0-9_-]+$",
		.description = "Task name: 4 to 50 letters, digits, hyphens and underscores."},
	{.name = "base_info_job_type", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.base_info.job_type", .required = true,
		.values = "migration|sync|cloudDataGuard",
		.description = "Scenario: migration, sync (synchronization) or cloudDataGuard (disaster "
		"recovery)."},
	{.name = "base_info_engine_type", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.base_info.engine_type", .required = true,
		.description = "Replication link, for example oracle-to-gaussdbv5 or "
		"redis-to-gaussredis."},
	{.name = "base_info_job_direction", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.base_info.job_direction", .required = true, .values = "up|down|non-dbs",
		.description = "Direction: up (to the cloud), down (out of the cloud) or non-dbs "
		"(neither end is a cloud database)."},
	{.name = "base_info_task_type", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.base_info.task_type", .required = true,
		.values = "FULL_TRANS|FULL_INCR_TRANS|INCR_TRANS",
		.description = "Phases: FULL_TRANS (full), FULL_INCR_TRANS (full and incremental) or "
		"INCR_TRANS (incremental)."},
	{.name = "base_info_net_type", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.base_info.net_type", .required = true, .values = "eip|vpc|vpn",
		.description = "Network: eip (public), vpc or vpn (VPN or Direct Connect)."},
	{.name = "source_endpoint", .type = GMF_JSONB, .location = GMF_IN_BODY,
		.place = "job.source_endpoint", .required = true, .secret = true,
		.description = "Source databases: objects with db_type, endpoint_type, endpoint_role, "
		"endpoint and, as needed, cloud, vpc, config, ssl and customized_dns. Holds passwords."},
	{.name = "target_endpoint", .type = GMF_JSONB, .location = GMF_IN_BODY,
		.place = "job.target_endpoint", .required = true, .secret = true,
		.description = "Target databases: objects with db_type, endpoint_type, endpoint_role, "
		"endpoint and, as needed, cloud, vpc, config, ssl and customized_dns. Holds passwords."},
	{.name = "node_info_spec_node_type", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.node_info.spec.node_type", .required = true,
		.values = "micro|small|medium|high",
		.description = "Size of the replication instance."},
	{.name = "base_info_multi_write", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.place = "job.base_info.multi_write",
		.description = "Whether disaster recovery is dual-active; needed for cloudDataGuard."},
	{.name = "base_info_charging_mode", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.base_info.charging_mode", .values = "period|on_demand",
		.description = "Billing mode: period (yearly/monthly) or on_demand (pay-per-use, the "
		"default)."},
	{.name = "base_info_enterprise_project_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.base_info.enterprise_project_id",
		.description = "ID of the enterprise project; 0, the default one, if not given."},
	{.name = "base_info_description", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.base_info.description", .max_length = 256,
		.description = "Description: at most 256 characters, none of ! < > & ' \" \\."},
	{.name = "base_info_start_time", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.base_info.start_time",
		.description = "When the task is to start, in the form that the service wants."},
	{.name = "base_info_expired_days", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.base_info.expired_days",
		.description = "Number of days after which a task in trouble is ended: 14 to 100; 14 if "
		"not given."},
	{.name = "base_info_tags", .type = GMF_JSONB, .location = GMF_IN_BODY,
		.place = "job.base_info.tags", .max_length = 10,
		.description = "Tags, at most 10: objects with key and value."},
	{.name = "base_info_is_open_fast_clean", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.place = "job.base_info.is_open_fast_clean",
		.description = "Whether binlogs of MySQL or MariaDB are cleared fast."},
	{.name = "node_info_vpc_vpc_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.node_info.vpc.vpc_id",
		.description = "ID of the VPC of the replication instance."},
	{.name = "node_info_vpc_subnet_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.node_info.vpc.subnet_id",
		.description = "ID of the subnet of the replication instance."},
	{.name = "node_info_vpc_custom_node_ip", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.node_info.vpc.custom_node_ip",
		.description = "IP addresses of the replication instance, joined with commas."},
	{.name = "node_info_vpc_security_group_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "job.node_info.vpc.security_group_id",
		.description = "ID of the security group of the replication instance."},
	{.name = "node_info_base_info", .type = GMF_JSONB, .location = GMF_IN_BODY,
		.place = "job.node_info.base_info",
		.description = "Kind of the replication instance: an object with instance_type, arch "
		"and availability_zone."},
	{.name = "period_order", .type = GMF_JSONB, .location = GMF_IN_BODY,
		.place = "job.period_order",
		.description = "Subscription, for period: an object with period_type (2 month, 3 year), "
		"period_num and is_auto_renew."},
	{.name = "public_ip_list", .type = GMF_JSONB, .location = GMF_IN_BODY,
		.place = "job.public_ip_list",
		.description = "Elastic IP addresses to bind: objects with id, public_ip and type "
		"(master or slave)."},
	{.name = "extra", .type = GMF_JSONB, .location = GMF_IN_BODY, .place = "",
		.description = "Object that is merged into the body, for members that have no argument: "
		"{\"job\": {...}}."},
	{0}
};

static const GmfResult create_job_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job.id|id",
		.description = "Task ID."},
	{.name = "job_name", .type = GMF_TEXT, .path = "job.name|name",
		.description = "Task name."},
	{.name = "job_status", .type = GMF_TEXT, .path = "job.status|status",
		.description = "Task status: CREATING."},
	{.name = "job_create_time", .type = GMF_TIMESTAMPTZ, .path = "job.create_time|create_time",
		.description = "When the task was created."},
	{.name = "job_is_clone_job", .type = GMF_BOOLEAN, .path = "job.is_clone_job|is_clone_job",
		.description = "Whether the task is a clone."},
	{0}
};

static const GmfArgument update_job_arguments[] = {
	{.name = "job_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Task ID."},
	{.name = "type", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "job.type",
		.required = true,
		.description = "What to change: name, description, re_create, expired_days, notify, "
		"endpoint, network, policy, db_object and so on."},
	{.name = "params", .type = GMF_JSONB, .location = GMF_IN_BODY, .place = "job.params",
		.required = true, .secret = true,
		.description = "New values: an object with base_info, source_endpoint, target_endpoint, "
		"alarm_notify, policy_config, db_object and so on, as type needs. May hold passwords."},
	{0}
};

static const GmfResult update_job_results[] = {
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code",
		.description = "Error code of a failure."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "error_msg",
		.description = "Error message of a failure."},
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Task ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Task name."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.description = "Result: success or failed, in any case."},
	{0}
};

static const GmfArgument execute_job_action_arguments[] = {
	{.name = "job_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Task ID."},
	{.name = "action_name", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "job.action_name",
		.required = true,
		.values = "network|precheck|start|stop|restart|reset|terminate|skip_precheck|"
		"create_compare|cancel_compare|column_limit|reload_parameters|bind_eip|unbind_eip|"
		"set_writable|cloud_connection|set_readonly|diagnosis|start_repair|stop_repair",
		.description = "Action: stop pauses the task, restart retries it, terminate ends it."},
	{.name = "action_params", .type = GMF_JSONB, .location = GMF_IN_BODY,
		.place = "job.action_params", .secret = true,
		.description = "Parameters of the action: an object with endpoints, precheck_mode, "
		"compare_task_param, repair_info and so on. May hold passwords."},
	{0}
};

static const GmfResult execute_job_action_results[] = {
	{.name = "error_code", .type = GMF_TEXT, .path = "error_code",
		.description = "Error code of a failure."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "error_msg",
		.description = "Error message of a failure."},
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "Task ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Task name."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.description = "Result: success or failed, in any case."},
	{.name = "query_id", .type = GMF_TEXT, .path = "query_id",
		.description = "ID with which the result is asked for, where the action goes on in the "
		"background."},
	{0}
};

static const GmfArgument execute_job_actions_arguments[] = {
	{.name = "jobs", .type = GMF_JSONB, .location = GMF_IN_BODY, .required = true, .secret = true,
		.description = "Array of objects with job_id, action_name and, as needed, "
		"action_params. May hold passwords."},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "drs",
		.name = "jobs",
		.section = "Task management (v5)",
		.description = "Tasks of the v5 API. Without a job_type there is one list for each of "
		"the three.",
		.columns = jobs_columns,
		.routes = jobs_routes,
		.key = "id"
	},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "drs",
		.name = "drs_create_job",
		.operation_id = "CreateJob",
		.section = "Task management (v5)",
		.method = "POST",
		.path = "/v5/{project_id}/jobs",
		.description = "Creates a task; its status is CREATING until it can be configured.",
		.arguments = create_job_arguments,
		.results = create_job_results,
		.job = "job_id"
	},
	{
		.service = "drs",
		.name = "drs_update_job",
		.operation_id = "UpdateJob",
		.section = "Task management (v5)",
		.method = "PUT",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.description = "Changes one thing of a task, which type names; what is given in params "
		"replaces what was there.",
		.arguments = update_job_arguments,
		.results = update_job_results,
		.destructive = true
	},
	{
		.service = "drs",
		.name = "drs_execute_job_action",
		.operation_id = "ExecuteJobAction",
		.section = "Task actions (v5)",
		.method = "POST",
		.path = "/v5/{project_id}/jobs/{job_id}/action",
		.description = "Runs an action on a task. Actions that take time give a query_id, for "
		"tables such as job_prechecks and job_network_tests.",
		.arguments = execute_job_action_arguments,
		.results = execute_job_action_results,
		.destructive = true,
		.job = "query_id"
	},
	{
		.service = "drs",
		.name = "drs_execute_job_actions",
		.operation_id = "BatchExecuteJobActions",
		.section = "Task actions (v5)",
		.method = "POST",
		.path = "/v5/{project_id}/jobs/action",
		.description = "Runs an action on each of several tasks; one row for each, failures "
		"included.",
		.arguments = execute_job_actions_arguments,
		.results = execute_job_action_results,
		.items = "jobs",
		.destructive = true,
		.job = "query_id"
	},
	{0}
};

const GmfChapter gmf_drs_jobs = {
	.name = "jobs",
	.title = "Tasks",
	.resources = resources,
	.actions = actions
};
