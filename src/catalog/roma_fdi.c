/*
 * roma_fdi.c
 *		Data integration (FDI): data sources, tasks and their logs.
 */
#include "roma.h"

static const GmfColumn fdi_datasources_columns[] = {
	{.name = "datasource_id", .type = GMF_TEXT, .path = "datasource_id",
		.description = "Data source ID."},
	{.name = "datasource_name", .type = GMF_TEXT, .path = "datasource_name",
		.description = "Data source name."},
	{.name = "datasource_type", .type = GMF_TEXT, .path = "datasource_type",
		.values = "DWS | MYSQL | KAFKA | API | OBS | ORACLE | POSTGRESQL | SQLSERVER | "
		"GAUSS100 | GAUSS200 | TAURUS | REDIS | MONGODB | FTP | HIVE | DB2 | CUSTOMIZED",
		.description = "Data source type; there are more than the ones named."},
	{.name = "vpc_id", .type = GMF_TEXT, .path = "vpc_id",
		.description = "ID of the VPC."},
	{.name = "app_id", .type = GMF_TEXT, .path = "app_id",
		.description = "ID of the integration application."},
	{.name = "app_name", .type = GMF_TEXT, .path = "app_name",
		.description = "Name of the integration application."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance_id",
		.description = "ID of the ROMA Connect instance."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When the data source was created."},
	{.name = "update_time", .type = GMF_TIMESTAMPTZ, .path = "update_time",
		.description = "When the data source was changed last."},
	{.name = "custom_plugin_id", .type = GMF_TEXT, .path = "custom_plugin_id",
		.description = "ID of the connector."},
	{.name = "content", .type = GMF_JSONB, .path = "content",
		.description = "Settings of the connection, which depend on the type; may hold "
		"credentials."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the data source."},
	{.name = "app_permission", .type = GMF_TEXT_ARRAY, .path = "app_permission",
		.values = "read | access | delete | modify",
		.description = "What the caller may do in the integration application."},
	{0}
};

static const GmfParameter fdi_datasources_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "datasource_type", .location = GMF_IN_QUERY, .column = "datasource_type",
		.match = GMF_MATCH_EXACT,
		.domain = "DWS|MYSQL|KAFKA|API|OBS|SAP|MRSHBASE|MRSHDFS|MRSHIVE|WEBSOCKET|SQLSERVER|"
		"ORACLE|POSTGRESQL|REDIS|MONGODB|DIS|HL7|RABBITMQ|SNMP|IBMMQ|CUSTOMIZED|ACTIVEMQ|"
		"ARTEMISMQ|FTP|HIVE|HANA|FIKAFKA|MRSKAFKA|FIHDFS|FIHIVE|GAUSS200|GAUSS100|LDAP|DB2|"
		"TAURUS"},
	{.name = "name", .location = GMF_IN_QUERY, .column = "datasource_name",
		.match = GMF_MATCH_CONTAINS},
	{.name = "app_id", .location = GMF_IN_QUERY, .column = "app_id", .match = GMF_MATCH_EXACT},
	{.name = "custom_plugin_id", .location = GMF_IN_QUERY, .column = "custom_plugin_id",
		.match = GMF_MATCH_EXACT},
	{0}
};

static const GmfRoute fdi_datasources_routes[] = {
	{
		.operation_id = "ListDatasources",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/fdi/instances/{instance_id}/datasources",
		.items = "entities",
		.total = "total",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 999, 0},
		.parameters = fdi_datasources_list_parameters
	},
	{0}
};

static const GmfParentKey of_instance[] = {
	{"instance_id", "id"},
	{0}
};

static const GmfColumn fdi_tasks_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "ID of the ROMA Connect instance."},
	{.name = "task_id", .type = GMF_TEXT, .path = "task_id",
		.description = "Task ID."},
	{.name = "task_name", .type = GMF_TEXT, .path = "task_name",
		.description = "Task name."},
	{.name = "task_type", .type = GMF_TEXT, .path = "task_type", .values = "REALTIME | TIMING",
		.description = "Task type."},
	{.name = "status", .type = GMF_INTEGER, .path = "status", .values = "0 | 1",
		.description = "Task status: 0 (stopped), 1 (running)."},
	{.name = "created_date", .type = GMF_TIMESTAMPTZ, .path = "created_date",
		.description = "When the task was created."},
	{.name = "version", .type = GMF_TEXT, .path = "version",
		.description = "Version of the task."},
	{.name = "last_modified_time", .type = GMF_TIMESTAMPTZ, .path = "last_modified_time",
		.description = "When the task was changed last."},
	{.name = "execute_status", .type = GMF_TEXT, .path = "execute_status",
		.values = "UNSTARTED | WAITING | RUNNING | SUCCESS | CANCELLED | ERROR",
		.description = "Status of the latest execution."},
	{.name = "source_app_id", .type = GMF_TEXT, .path = "source_app_id",
		.description = "ID of the application of the source."},
	{.name = "target_app_id", .type = GMF_TEXT, .path = "target_app_id",
		.description = "ID of the application of the target."},
	{.name = "source_instance_id", .type = GMF_TEXT, .path = "source_instance_id",
		.description = "ID of the source instance."},
	{.name = "target_instance_id", .type = GMF_TEXT, .path = "target_instance_id",
		.description = "ID of the target instance."},
	{.name = "ext_type", .type = GMF_TEXT, .path = "ext_type",
		.description = "Kind of composite task."},
	{.name = "enterprise_project_id", .type = GMF_TEXT, .path = "enterprise_project_id",
		.description = "ID of the enterprise project."},
	{.name = "task_tag", .type = GMF_TEXT, .path = "task_tag",
		.description = "Task tag."},
	{.name = "source_datasource_id", .type = GMF_TEXT,
		.description = "Filter only: ID of the source."},
	{.name = "target_datasource_id", .type = GMF_TEXT,
		.description = "Filter only: ID of the target."},
	{0}
};

static const GmfParameter fdi_tasks_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "source_datasource_id", .location = GMF_IN_QUERY, .column = "source_datasource_id",
		.match = GMF_MATCH_EXACT},
	{.name = "target_datasource_id", .location = GMF_IN_QUERY, .column = "target_datasource_id",
		.match = GMF_MATCH_EXACT},
	{.name = "task_id", .location = GMF_IN_QUERY, .column = "task_id", .match = GMF_MATCH_EXACT},
	{.name = "name", .location = GMF_IN_QUERY, .column = "task_name", .match = GMF_MATCH_CONTAINS},
	{.name = "status", .location = GMF_IN_QUERY, .column = "status", .match = GMF_MATCH_EXACT,
		.domain = "0|1"},
	{.name = "execute_status", .location = GMF_IN_QUERY, .column = "execute_status",
		.match = GMF_MATCH_EXACT, .domain = "UNSTARTED|WAITING|RUNNING|SUCCESS|CANCELLED|ERROR"},
	{.name = "source_app_id", .location = GMF_IN_QUERY, .column = "source_app_id",
		.match = GMF_MATCH_EXACT},
	{.name = "target_app_id", .location = GMF_IN_QUERY, .column = "target_app_id",
		.match = GMF_MATCH_EXACT},
	{.name = "task_tag", .location = GMF_IN_QUERY, .column = "task_tag", .match = GMF_MATCH_LOOSE},
	{0}
};

static const GmfRoute fdi_tasks_routes[] = {
	{
		.operation_id = "ListTasks",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/fdi/instances/{instance_id}/tasks",
		.items = "entities",
		.total = "total",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 999, 0},
		.parameters = fdi_tasks_list_parameters
	},
	{0}
};

/* Not one table with fdi_tasks: type and status have other values here. */
static const GmfColumn fdi_task_details_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "ID of the ROMA Connect instance."},
	{.name = "task_id", .type = GMF_TEXT, .path = "task_id",
		.description = "Task ID."},
	{.name = "task_name", .type = GMF_TEXT, .path = "task_name",
		.description = "Task name."},
	{.name = "task_type", .type = GMF_TEXT, .path = "task_type", .values = "realtime | timing",
		.description = "Task type, in lowercase here."},
	{.name = "status", .type = GMF_TEXT, .path = "status", .values = "stop | running",
		.description = "Task status."},
	{.name = "project_id", .type = GMF_TEXT, .path = "project_id",
		.description = "ID of the project."},
	{.name = "source_datasource_id", .type = GMF_TEXT, .path = "source_datasource_id",
		.description = "ID of the source."},
	{.name = "target_datasource_id", .type = GMF_TEXT, .path = "target_datasource_id",
		.description = "ID of the target."},
	{.name = "source_datasource_name", .type = GMF_TEXT, .path = "source_datasource_name",
		.description = "Name of the source."},
	{.name = "target_datasource_name", .type = GMF_TEXT, .path = "target_datasource_name",
		.description = "Name of the target."},
	{.name = "source_app_id", .type = GMF_TEXT, .path = "source_app_id",
		.description = "ID of the application of the source."},
	{.name = "target_app_id", .type = GMF_TEXT, .path = "target_app_id",
		.description = "ID of the application of the target."},
	{.name = "source_app_name", .type = GMF_TEXT, .path = "source_app_name",
		.description = "Name of the application of the source."},
	{.name = "target_app_name", .type = GMF_TEXT, .path = "target_app_name",
		.description = "Name of the application of the target."},
	{.name = "created_date", .type = GMF_TIMESTAMPTZ, .path = "created_date",
		.description = "When the task was created."},
	{.name = "last_modified_date", .type = GMF_TIMESTAMPTZ, .path = "last_modified_date",
		.description = "When the task was changed last."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the task."},
	{.name = "task_tag", .type = GMF_TEXT, .path = "task_tag",
		.description = "Task tag."},
	{.name = "task_detail", .type = GMF_TEXT, .path = "$.task_detail",
		.description = "Definition of the task, a JSON text."},
	{0}
};

static const GmfParameter fdi_task_details_get_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "task_id", .location = GMF_IN_PATH, .column = "task_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute fdi_task_details_routes[] = {
	{
		.operation_id = "ShowTask",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v2/{project_id}/fdi/instances/{instance_id}/tasks/{task_id}",
		.items = "task",
		.parameters = fdi_task_details_get_parameters
	},
	{0}
};

static const GmfParentKey of_task[] = {
	{"instance_id", "instance_id"},
	{"task_id", "task_id"},
	{0}
};

static const GmfColumn fdi_monitor_logs_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT,
		.description = "ID of the ROMA Connect instance."},
	{.name = "task_id", .type = GMF_TEXT,
		.description = "ID of the task."},
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "ID of the execution."},
	{.name = "start_time", .type = GMF_TIMESTAMPTZ, .path = "start_time",
		.description = "When the execution was started."},
	{.name = "dispatch_time", .type = GMF_TIMESTAMPTZ, .path = "dispatch_time",
		.description = "When the execution was planned for."},
	{.name = "end_time", .type = GMF_TIMESTAMPTZ, .path = "end_time",
		.description = "When writing ended."},
	{.name = "execute_status", .type = GMF_TEXT, .path = "execute_status",
		.values = "UNSTARTED | WAITING | RUNNING | SUCCESS | CANCELLED | ERROR",
		.description = "Status of the execution."},
	{.name = "position", .type = GMF_TEXT, .path = "position",
		.values = "ADAPTER | READER | WRITER",
		.description = "Stage that the execution has reached."},
	{.name = "position_status", .type = GMF_TEXT, .path = "position_status",
		.values = "NORMAL | NODE_END | RUNTIME_CANCEL | TASK_END | RUNTIME_ERR | INTERNAL_ERR",
		.description = "Status of the stage."},
	{.name = "status", .type = GMF_INTEGER, .path = "status",
		.description = "Detailed status: 100 to 499 of the reader, 500 to 899 of the writer, "
		"others from 900; 16 (cancelled by force), 99 (started)."},
	{.name = "dirty_data_count", .type = GMF_BIGINT, .path = "dirty_data_count",
		.description = "Number of records in error."},
	{.name = "data_count", .type = GMF_BIGINT, .path = "data_count",
		.description = "Number of records that were carried over."},
	{.name = "data_size", .type = GMF_DOUBLE, .path = "data_size",
		.description = "Size of the data carried over, in data_size_unit."},
	{.name = "data_size_unit", .type = GMF_TEXT, .path = "data_size_unit",
		.description = "Unit of data_size, for example B."},
	{.name = "spend_time", .type = GMF_BIGINT, .path = "spend_time", .unit = "ms",
		.description = "Duration of the execution."},
	{.name = "read_spend_time", .type = GMF_BIGINT, .path = "read_spend_time", .unit = "ms",
		.description = "Duration of reading; scheduled tasks only."},
	{.name = "write_spend_time", .type = GMF_BIGINT, .path = "write_spend_time", .unit = "ms",
		.description = "Duration of writing; scheduled tasks only."},
	{.name = "remarks", .type = GMF_TEXT, .path = "remarks",
		.description = "Result in short."},
	{.name = "detail_logs", .type = GMF_JSONB, .path = "detail_logs",
		.description = "Steps: objects with stage, position, status, data_count, "
		"step_begin_time, step_end_time and so on."},
	{0}
};

/*
 * Whether the period is that of the planned time or of the start is not
 * documented. A lower bound on the planned time and an upper bound on the
 * start hold under both readings, as nothing starts before its time.
 */
static const GmfParameter fdi_monitor_logs_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "task_id", .location = GMF_IN_PATH, .column = "task_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "begin_time", .location = GMF_IN_QUERY, .column = "dispatch_time",
		.match = GMF_MATCH_FROM, .time_form = GMF_TIME_MILLIS},
	{.name = "end_time", .location = GMF_IN_QUERY, .column = "start_time", .match = GMF_MATCH_TO,
		.time_form = GMF_TIME_MILLIS},
	{0}
};

static const GmfRoute fdi_monitor_logs_routes[] = {
	{
		.operation_id = "ListMonitorLog",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v2/{project_id}/fdi/instances/{instance_id}/tasks/{task_id}/monitor-logs",
		.items = "entities",
		.total = "total",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 999, 1},
		.parameters = fdi_monitor_logs_list_parameters
	},
	{0}
};

static const GmfArgument install_multi_tasks_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the ROMA Connect instance."},
	{.name = "source_datasource_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .min_length = 1,
		.max_length = 64,
		.description = "ID of the source."},
	{.name = "target_datasource_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .min_length = 1,
		.max_length = 64,
		.description = "ID of the target."},
	{.name = "task_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .min_length = 3,
		.max_length = 50,
		.description = "Task ID; assigned if not given."},
	{.name = "auto_mapping", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.description = "Whether mappings are made by themselves."},
	{.name = "ext_info_server_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "ext_info.server_id", .min_length = 1, .max_length = 20,
		.description = "Server ID of MySQL."},
	{0}
};

static const GmfResult install_multi_tasks_results[] = {
	{.name = "ext_info_server_id", .type = GMF_TEXT, .path = "ext_info.server_id",
		.description = "MySQL server ID."},
	{.name = "task_id", .type = GMF_TEXT, .path = "task_id",
		.description = "Task ID."},
	{.name = "source_datasource_id", .type = GMF_TEXT, .path = "source_datasource_id",
		.description = "ID of the source data source."},
	{.name = "target_datasource_id", .type = GMF_TEXT, .path = "target_datasource_id",
		.description = "ID of the target data source."},
	{.name = "source_group", .type = GMF_TEXT, .path = "source_group",
		.description = "Source group."},
	{.name = "target_group", .type = GMF_TEXT, .path = "target_group",
		.description = "Target group."},
	{.name = "source_ds_id", .type = GMF_TEXT, .path = "source_ds_id",
		.description = "ID of the source data source."},
	{.name = "target_ds_id", .type = GMF_TEXT, .path = "target_ds_id",
		.description = "ID of the target data source."},
	{.name = "source_instance_id", .type = GMF_TEXT, .path = "source_instance_id",
		.description = "Source instance ID."},
	{.name = "target_instance_id", .type = GMF_TEXT, .path = "target_instance_id",
		.description = "Target instance ID."},
	{.name = "source_app_id", .type = GMF_TEXT, .path = "source_app_id",
		.description = "ID of the integration application of the source data source."},
	{.name = "target_app_id", .type = GMF_TEXT, .path = "target_app_id",
		.description = "ID of the integration application of the target data source."},
	{.name = "source_datasource_name", .type = GMF_TEXT, .path = "source_datasource_name",
		.description = "Name of the source data source."},
	{.name = "target_datasource_name", .type = GMF_TEXT, .path = "target_datasource_name",
		.description = "Name of the target data source."},
	{.name = "source_datasource_type", .type = GMF_TEXT, .path = "source_datasource_type",
		.description = "Type of the source data source."},
	{.name = "target_datasource_type", .type = GMF_TEXT, .path = "target_datasource_type",
		.description = "Type of the target data source."},
	{.name = "mappings", .type = GMF_JSONB, .path = "mappings",
		.description = "First ten mappings: objects with source_table, target_table, "
		"source_columns, target_columns, mapping and so on."},
	{.name = "mappings_total_count", .type = GMF_INTEGER, .path = "mappings_total_count",
		.description = "Number of all mappings."},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "roma",
		.name = "fdi_datasources",
		.section = "FDI data source management",
		.description = "Data sources of FDI.",
		.columns = fdi_datasources_columns,
		.routes = fdi_datasources_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "datasource_id"
	},
	{
		.service = "roma",
		.name = "fdi_tasks",
		.section = "FDI task management",
		.description = "Tasks of FDI, ordinary and composite.",
		.columns = fdi_tasks_columns,
		.routes = fdi_tasks_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.key = "task_id"
	},
	{
		.service = "roma",
		.name = "fdi_task_details",
		.section = "FDI task management",
		.description = "A task of FDI with its sources, targets and definition.",
		.columns = fdi_task_details_columns,
		.routes = fdi_task_details_routes,
		.parent = "fdi_tasks",
		.parent_keys = of_task
	},
	{
		.service = "roma",
		.name = "fdi_monitor_logs",
		.section = "FDI task management",
		.description = "Executions of a task of FDI, each with its steps.",
		.columns = fdi_monitor_logs_columns,
		.routes = fdi_monitor_logs_routes,
		.parent = "fdi_tasks",
		.parent_keys = of_task,
		.key = "id"
	},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "roma",
		.name = "roma_install_multi_tasks",
		.operation_id = "InstallMultiTasks",
		.section = "FDI task management",
		.method = "POST",
		.path = "/v2/{project_id}/fdi/instances/{instance_id}/multi-tasks/init",
		.description = "Initializes a composite task for a source and a target; gives its ID "
		"and the first ten mappings.",
		.arguments = install_multi_tasks_arguments,
		.results = install_multi_tasks_results,
		.items = "[]"
	},
	{0}
};

const GmfChapter gmf_roma_fdi = {
	.name = "fdi",
	.title = "FDI: data integration",
	.resources = resources,
	.actions = actions
};
