/*
 * drs_comparisons.c
 *		Comparisons of source and target: the same operation with
 *		type=compare.
 */
#include "drs.h"

static const GmfColumn job_compare_tasks_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "id", .type = GMF_TEXT, .path = "id",
		.description = "ID of the comparison."},
	{.name = "type", .type = GMF_TEXT, .path = "type", .values = "object | lines | contents",
		.description = "What is compared: objects, numbers of rows (lines), or values "
		"(contents)."},
	{.name = "start_time", .type = GMF_TIMESTAMPTZ, .path = "start_time",
		.description = "When it began."},
	{.name = "end_time", .type = GMF_TIMESTAMPTZ, .path = "end_time",
		.description = "When it ended."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "RUNNING | WAITING_FOR_RUNNING | SUCCESSFUL | FAILED | CANCELLED | "
		"TIMEOUT_INTERRUPT | FULL_DOING | INCRE_DOING",
		.description = "Status of the comparison."},
	{.name = "compute_type", .type = GMF_TEXT, .path = "compute_type", .values = "db | drs",
		.description = "What does the work."},
	{.name = "export_status", .type = GMF_TEXT, .path = "export_status",
		.values = "INIT | EXPORTING | EXPORT_COMPLETE | EXPORT_COMMON_FAILED",
		.description = "Status of the export of the result."},
	{.name = "report_remain_seconds", .type = GMF_BIGINT, .path = "report_remain_seconds",
		.unit = "s",
		.description = "How long the exported result can still be had."},
	{.name = "compare_job_tag", .type = GMF_JSONB, .path = "compare_job_tag",
		.description = "Labels of the comparison."},
	{.name = "options", .type = GMF_JSONB, .path = "options",
		.description = "Options of the comparison."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "error_msg",
		.description = "Why it failed."},
	{.name = "dynamic_compare_delay", .type = GMF_BIGINT, .path = "dynamic_compare_delay",
		.description = "Delay of the comparison of data that changes."},
	{0}
};

static const GmfParameter job_compare_tasks_list_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "compare"},
	{.name = "compare_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "data_compare"},
	{.name = "query_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "list"},
	{.name = "compare_task_id", .location = GMF_IN_QUERY, .column = "id",
		.match = GMF_MATCH_EXACT},
	{0}
};

static const GmfRoute job_compare_tasks_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.compare_result.data_compare_task_list",
		.total = "job.total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = job_compare_tasks_list_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfParentKey of_job[] = {
	{"job_id", "id"},
	{0}
};

static const GmfColumn job_object_comparisons_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "type", .type = GMF_TEXT, .path = "type",
		.values = "DB | TABLE | VIEW | EVENT | ROUTINE | INDEX | TRIGGER",
		.description = "Kind of object; there are more than the ones named."},
	{.name = "source_count", .type = GMF_BIGINT, .path = "source_count",
		.description = "Number in the source."},
	{.name = "target_count", .type = GMF_BIGINT, .path = "target_count",
		.description = "Number in the target."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "CONSISTENT | INCONSISTENT | COMPARING | WAITING_FOR_COMPARISON | "
		"FAILED_TO_COMPARE | TARGET_DB_NOT_EXIST | CAN_NOT_COMPARE",
		.description = "Result for this kind of object."},
	{.name = "objects_compare_overview_info_create_time", .type = GMF_TIMESTAMPTZ,
		.path = "$.job.compare_result.objects_compare_overview_info.create_time",
		.description = "When the comparison was made."},
	{.name = "objects_compare_overview_info_start_time", .type = GMF_TIMESTAMPTZ,
		.path = "$.job.compare_result.objects_compare_overview_info.start_time",
		.description = "When the comparison began."},
	{.name = "objects_compare_overview_info_status", .type = GMF_TEXT,
		.path = "$.job.compare_result.objects_compare_overview_info.status",
		.values = "RUNNING | WAITING_FOR_RUNNING | SUCCESSFUL | FAILED | CANCELLED",
		.description = "Status of the comparison."},
	{.name = "objects_compare_overview_info_export_status", .type = GMF_TEXT,
		.path = "$.job.compare_result.objects_compare_overview_info.export_status",
		.description = "Status of the export of the result."},
	{.name = "objects_compare_overview_info_report_remain_seconds", .type = GMF_BIGINT,
		.path = "$.job.compare_result.objects_compare_overview_info.report_remain_seconds",
		.unit = "s",
		.description = "How long the exported result can still be had."},
	{.name = "objects_compare_overview_info_compare_job_id", .type = GMF_TEXT,
		.path = "$.job.compare_result.objects_compare_overview_info.compare_job_id",
		.description = "ID of the comparison."},
	{.name = "objects_compare_overview_info_error_msg", .type = GMF_TEXT,
		.path = "$.job.compare_result.objects_compare_overview_info.error_msg",
		.description = "Why the comparison failed."},
	{.name = "compare_task_id", .type = GMF_TEXT,
		.description = "Filter only: ID of the comparison."},
	{0}
};

static const GmfParameter job_object_comparisons_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "compare"},
	{.name = "compare_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "object_compare"},
	{.name = "query_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "overview"},
	{.name = "compare_task_id", .location = GMF_IN_QUERY, .column = "compare_task_id",
		.match = GMF_MATCH_EXACT},
	{0}
};

static const GmfRoute job_object_comparisons_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.compare_result.objects_compare_overview_info.compare_results",
		.parameters = job_object_comparisons_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_object_comparison_details_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "source_db_value", .type = GMF_TEXT, .path = "source_db_value",
		.description = "Object in the source."},
	{.name = "target_db_value", .type = GMF_TEXT, .path = "target_db_value",
		.description = "Object in the target."},
	{.name = "source_db_name", .type = GMF_TEXT, .path = "source_db_name",
		.description = "Database of the source."},
	{.name = "target_db_name", .type = GMF_TEXT, .path = "target_db_name",
		.description = "Database of the target."},
	{.name = "error_message", .type = GMF_TEXT, .path = "error_message",
		.description = "Why the comparison failed."},
	{.name = "object_type", .type = GMF_TEXT, .values = "DB | TABLE | INDEX",
		.description = "Filter only: kind of object."},
	{.name = "compare_task_id", .type = GMF_TEXT,
		.description = "Filter only: ID of the comparison."},
	{0}
};

static const GmfParameter job_object_comparison_details_list_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "compare"},
	{.name = "compare_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "object_compare"},
	{.name = "query_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "detail"},
	{.name = "object_type", .location = GMF_IN_QUERY, .column = "object_type",
		.match = GMF_MATCH_EXACT, .domain = "DB|TABLE|INDEX"},
	{.name = "compare_task_id", .location = GMF_IN_QUERY, .column = "compare_task_id",
		.match = GMF_MATCH_EXACT},
	{0}
};

static const GmfRoute job_object_comparison_details_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.compare_result.objects_compare_detail_infos",
		.total = "job.total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = job_object_comparison_details_list_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_line_comparisons_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "compare_task_id", .type = GMF_TEXT,
		.description = "ID of the comparison: see job_compare_tasks."},
	{.name = "source_db_name", .type = GMF_TEXT, .path = "source_db_name",
		.description = "Database of the source."},
	{.name = "target_db_name", .type = GMF_TEXT, .path = "target_db_name",
		.description = "Database of the target."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "CONSISTENT | INCONSISTENT | COMPARING | WAITING_FOR_COMPARISON | "
		"FAILED_TO_COMPARE | TARGET_DB_NOT_EXIST | CAN_NOT_COMPARE",
		.description = "Result of the comparison."},
	{0}
};

static const GmfParameter job_line_comparisons_list_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "compare"},
	{.name = "compare_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "line_compare"},
	{.name = "query_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "overview"},
	{.name = "compare_task_id", .location = GMF_IN_QUERY, .column = "compare_task_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfRoute job_line_comparisons_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.compare_result.line_compare_overview_infos",
		.total = "job.total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = job_line_comparisons_list_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfParentKey of_line_comparison[] = {
	{"job_id", "job_id"},
	{.column = "compare_task_id", .parent_column = "id", .when_column = "type",
		.when_value = "lines"},
	{0}
};

static const GmfColumn job_line_comparison_details_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "compare_task_id", .type = GMF_TEXT,
		.description = "ID of the comparison: see job_compare_tasks."},
	{.name = "source_db_name", .type = GMF_TEXT,
		.description = "Database of the source."},
	{.name = "target_db_name", .type = GMF_TEXT,
		.description = "Database of the target."},
	{.name = "source_table_name", .type = GMF_TEXT, .path = "source_table_name",
		.description = "Table in the source."},
	{.name = "source_row_num", .type = GMF_BIGINT, .path = "source_row_num",
		.description = "Number of rows in the source."},
	{.name = "target_table_name", .type = GMF_TEXT, .path = "target_table_name",
		.description = "Table in the target."},
	{.name = "target_row_num", .type = GMF_BIGINT, .path = "target_row_num",
		.description = "Number of rows in the target."},
	{.name = "difference_row_num", .type = GMF_BIGINT, .path = "difference_row_num",
		.description = "Number of rows by which they differ."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "CONSISTENT | INCONSISTENT | COMPARING | WAITING_FOR_COMPARISON | "
		"FAILED_TO_COMPARE | TARGET_DB_NOT_EXIST | CAN_NOT_COMPARE",
		.description = "Result of the comparison."},
	{.name = "message", .type = GMF_TEXT, .path = "message",
		.description = "What else there is to say."},
	{0}
};

static const GmfParameter job_line_comparison_details_list_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "compare"},
	{.name = "compare_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "line_compare"},
	{.name = "query_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "detail"},
	{.name = "compare_task_id", .location = GMF_IN_QUERY, .column = "compare_task_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "source_db_name", .location = GMF_IN_QUERY, .column = "source_db_name",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "target_db_name", .location = GMF_IN_QUERY, .column = "target_db_name",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfRoute job_line_comparison_details_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.compare_result.line_compare_detail_infos",
		.total = "job.total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = job_line_comparison_details_list_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfParentKey of_job_line_comparison[] = {
	{"job_id", "job_id"},
	{"compare_task_id", "compare_task_id"},
	{"source_db_name", "source_db_name"},
	{"target_db_name", "target_db_name"},
	{0}
};

static const GmfColumn job_content_comparisons_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "compare_task_id", .type = GMF_TEXT,
		.description = "ID of the comparison: see job_compare_tasks."},
	{.name = "source_db", .type = GMF_TEXT, .path = "source_db",
		.description = "Database of the source."},
	{.name = "target_db", .type = GMF_TEXT, .path = "target_db",
		.description = "Database of the target."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "CONSISTENT | INCONSISTENT | COMPARING | WAITING_FOR_COMPARISON | "
		"FAILED_TO_COMPARE | TARGET_DB_NOT_EXIST | CAN_NOT_COMPARE | WAIT_FOR_COMPARE | CANCELED",
		.description = "Result of the comparison."},
	{.name = "compare_result", .type = GMF_BOOLEAN, .path = "compare_result",
		.description = "Whether the values agree."},
	{0}
};

static const GmfParameter job_content_comparisons_list_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "compare"},
	{.name = "compare_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "content_compare"},
	{.name = "query_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "overview"},
	{.name = "compare_task_id", .location = GMF_IN_QUERY, .column = "compare_task_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfRoute job_content_comparisons_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.compare_result.content_compare_overview_infos",
		.total = "job.total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = job_content_comparisons_list_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfParentKey of_content_comparison[] = {
	{"job_id", "job_id"},
	{.column = "compare_task_id", .parent_column = "id", .when_column = "type",
		.when_value = "contents"},
	{0}
};

static const GmfColumn job_content_comparison_details_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "compare_task_id", .type = GMF_TEXT,
		.description = "ID of the comparison: see job_compare_tasks."},
	{.name = "compare_detail_type", .type = GMF_TEXT, .values = "compare | uncompare",
		.description = "Tables that were compared, or that could not be."},
	{.name = "source_db", .type = GMF_TEXT, .path = "source_db",
		.description = "Database of the source."},
	{.name = "target_db", .type = GMF_TEXT, .path = "target_db",
		.description = "Database of the target."},
	{.name = "source_table_name", .type = GMF_TEXT, .path = "source_table_name",
		.description = "Table in the source."},
	{.name = "target_table_name", .type = GMF_TEXT, .path = "target_table_name",
		.description = "Table in the target."},
	{.name = "source_row_num", .type = GMF_BIGINT, .path = "source_row_num",
		.description = "Number of rows in the source."},
	{.name = "target_row_num", .type = GMF_BIGINT, .path = "target_row_num",
		.description = "Number of rows in the target."},
	{.name = "difference_row_num", .type = GMF_BIGINT, .path = "difference_row_num",
		.description = "Number of rows by which they differ."},
	{.name = "line_compare_result", .type = GMF_BOOLEAN, .path = "line_compare_result",
		.description = "Whether the numbers of rows agree."},
	{.name = "content_compare_result", .type = GMF_BOOLEAN, .path = "content_compare_result",
		.description = "Whether the values agree."},
	{.name = "message", .type = GMF_TEXT, .path = "message",
		.description = "What else there is to say."},
	{0}
};

static const GmfParameter job_content_comparison_details_list_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "compare"},
	{.name = "compare_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "content_compare"},
	{.name = "query_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "detail"},
	{.name = "compare_task_id", .location = GMF_IN_QUERY, .column = "compare_task_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "compare_detail_type", .location = GMF_IN_QUERY, .column = "compare_detail_type",
		.match = GMF_MATCH_KEY, .required = true, .domain = "compare|uncompare"},
	{.name = "source_db_name", .location = GMF_IN_QUERY, .column = "source_db",
		.match = GMF_MATCH_LOOSE},
	{.name = "target_db_name", .location = GMF_IN_QUERY, .column = "target_db",
		.match = GMF_MATCH_LOOSE},
	{0}
};

static const GmfRoute job_content_comparison_details_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.compare_result.content_compare_detail_infos",
		.total = "job.total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = job_content_comparison_details_list_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfColumn job_content_differences_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "compare_task_id", .type = GMF_TEXT,
		.description = "ID of the comparison: see job_compare_tasks."},
	{.name = "source_db_name", .type = GMF_TEXT,
		.description = "Database of the source."},
	{.name = "target_db_name", .type = GMF_TEXT,
		.description = "Database of the target."},
	{.name = "source_key_value", .type = GMF_TEXT_ARRAY, .path = "source_key_value",
		.description = "Key of the row in the source."},
	{.name = "target_key_value", .type = GMF_TEXT_ARRAY, .path = "target_key_value",
		.description = "Key of the row in the target."},
	{.name = "source_select_sql", .type = GMF_TEXT, .path = "source_select_sql",
		.description = "Query that finds the row in the source."},
	{.name = "target_select_sql", .type = GMF_TEXT, .path = "target_select_sql",
		.description = "Query that finds the row in the target."},
	{.name = "content_diff_detail_info_count", .type = GMF_BIGINT,
		.path = "$.job.compare_result.content_diff_detail_info.count",
		.description = "Number of all differences."},
	{.name = "content_diff_detail_info_target_meta_is_null", .type = GMF_BIGINT,
		.path = "$.job.compare_result.content_diff_detail_info.target_meta_is_null",
		.description = "Number of rows that are in the source only."},
	{.name = "content_diff_detail_info_source_meta_is_null", .type = GMF_BIGINT,
		.path = "$.job.compare_result.content_diff_detail_info.source_meta_is_null",
		.description = "Number of rows that are in the target only."},
	{.name = "content_diff_detail_info_source_target_meta_not_null", .type = GMF_BIGINT,
		.path = "$.job.compare_result.content_diff_detail_info.source_target_meta_not_null",
		.description = "Number of rows that are in both and differ."},
	{0}
};

static const GmfParameter job_content_differences_list_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "compare"},
	{.name = "compare_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "content_compare"},
	{.name = "query_type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "diff"},
	{.name = "compare_task_id", .location = GMF_IN_QUERY, .column = "compare_task_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "source_db_name", .location = GMF_IN_QUERY, .column = "source_db_name",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "target_db_name", .location = GMF_IN_QUERY, .column = "target_db_name",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfRoute job_content_differences_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job.compare_result.content_diff_detail_info.contents_infos",
		.total = "job.total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 0, 0},
		.parameters = job_content_differences_list_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfParentKey of_job_content_comparison[] = {
	{"job_id", "job_id"},
	{"compare_task_id", "compare_task_id"},
	{"source_db_name", "source_db"},
	{"target_db_name", "target_db"},
	{0}
};

static const GmfColumn job_repair_exports_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "compare_task_id", .type = GMF_TEXT,
		.description = "ID of the comparison: see job_compare_tasks."},
	{.name = "repair_export_status", .type = GMF_TEXT, .path = "repair_export_status",
		.values = "INIT | EXPORTING | EXPORT_COMPLETE | EXPORT_COMMON_FAILED",
		.description = "Status of the export of the statements that repair data."},
	{0}
};

static const GmfParameter job_repair_exports_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "type", .location = GMF_IN_QUERY, .match = GMF_MATCH_NONE, .required = true,
		.fallback = "repair_export_status"},
	{.name = "compare_task_id", .location = GMF_IN_QUERY, .column = "compare_task_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfRoute job_repair_exports_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v5/{project_id}/jobs/{job_id}",
		.items = "job",
		.parameters = job_repair_exports_get_parameters,
		.not_found = "DRS.10000010"
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "drs",
		.name = "job_compare_tasks",
		.section = "Task management (v5)",
		.description = "Comparisons of source and target of a task.",
		.columns = job_compare_tasks_columns,
		.routes = job_compare_tasks_routes,
		.parent = "jobs",
		.parent_keys = of_job,
		.key = "id",
		.rows = 20
	},
	{
		.service = "drs",
		.name = "job_object_comparisons",
		.section = "Task management (v5)",
		.description = "Result of the comparison of objects, one row for each kind.",
		.columns = job_object_comparisons_columns,
		.routes = job_object_comparisons_routes,
		.parent = "jobs",
		.parent_keys = of_job,
		.rows = 10
	},
	{
		.service = "drs",
		.name = "job_object_comparison_details",
		.section = "Task management (v5)",
		.description = "Objects that were compared, one row for each.",
		.columns = job_object_comparison_details_columns,
		.routes = job_object_comparison_details_routes,
		.parent = "jobs",
		.parent_keys = of_job
	},
	{
		.service = "drs",
		.name = "job_line_comparisons",
		.section = "Task management (v5)",
		.description = "Results of comparisons of row numbers, one row for each database.",
		.columns = job_line_comparisons_columns,
		.routes = job_line_comparisons_routes,
		.parent = "job_compare_tasks",
		.parent_keys = of_line_comparison
	},
	{
		.service = "drs",
		.name = "job_line_comparison_details",
		.section = "Task management (v5)",
		.description = "Results of comparisons of row numbers, one row for each table.",
		.columns = job_line_comparison_details_columns,
		.routes = job_line_comparison_details_routes,
		.parent = "job_line_comparisons",
		.parent_keys = of_job_line_comparison
	},
	{
		.service = "drs",
		.name = "job_content_comparisons",
		.section = "Task management (v5)",
		.description = "Results of comparisons of values, one row for each database.",
		.columns = job_content_comparisons_columns,
		.routes = job_content_comparisons_routes,
		.parent = "job_compare_tasks",
		.parent_keys = of_content_comparison
	},
	{
		.service = "drs",
		.name = "job_content_comparison_details",
		.section = "Task management (v5)",
		.description = "Results of comparisons of values, one row for each table.",
		.columns = job_content_comparison_details_columns,
		.routes = job_content_comparison_details_routes,
		.parent = "job_compare_tasks",
		.parent_keys = of_content_comparison
	},
	{
		.service = "drs",
		.name = "job_content_differences",
		.section = "Task management (v5)",
		.description = "Rows whose values differ between source and target.",
		.columns = job_content_differences_columns,
		.routes = job_content_differences_routes,
		.parent = "job_content_comparisons",
		.parent_keys = of_job_content_comparison
	},
	{
		.service = "drs",
		.name = "job_repair_exports",
		.section = "Task management (v5)",
		.description = "Status of the export of the statements that repair what a comparison of "
		"values found.",
		.columns = job_repair_exports_columns,
		.routes = job_repair_exports_routes,
		.parent = "job_compare_tasks",
		.parent_keys = of_content_comparison
	},
	{0}
};

const GmfChapter gmf_drs_comparisons = {
	.name = "comparisons",
	.title = "Comparisons of data",
	.resources = resources
};
