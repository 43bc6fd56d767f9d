/*
 * drs_comparisons_v3.c
 *		Comparisons of source and target in the v3 API.
 */
#include "drs.h"

static const GmfColumn compare_tasks_v3_columns[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "$.job_id",
		.description = "Task ID."},
	{.name = "compare_task_id", .type = GMF_TEXT, .path = "compare_task_id",
		.description = "ID of the comparison."},
	{.name = "compare_type", .type = GMF_TEXT, .path = "compare_type",
		.values = "lines | contents | object_comparison | object | account | random | node | mgr",
		.description = "What is compared: lines (numbers of rows), contents (values), object "
		"and object_comparison (objects), account and so on."},
	{.name = "compare_task_status", .type = GMF_TEXT, .path = "compare_task_status",
		.values = "RUNNING | WAITING_FOR_RUNNING | SUCCESSFUL | FAILED | CANCELLED | "
		"TIMEOUT_INTERRUPT | FULL_DOING | INCRE_DOING",
		.description = "Status of the comparison."},
	{.name = "create_time", .type = GMF_TIMESTAMPTZ, .path = "create_time",
		.description = "When it began."},
	{.name = "end_time", .type = GMF_TIMESTAMPTZ, .path = "end_time",
		.description = "When it ended."},
	{.name = "compare_task_list_results_error_code", .type = GMF_TEXT,
		.path = "$.compare_task_list_results.error_code",
		.description = "Error code of this result."},
	{.name = "compare_task_list_results_error_msg", .type = GMF_TEXT,
		.path = "$.compare_task_list_results.error_msg",
		.description = "Error message of this result."},
	{.name = "error_code", .type = GMF_TEXT, .path = "$.error_code",
		.description = "Error code of the whole answer."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "$.error_msg",
		.description = "Error message of the whole answer."},
	{0}
};

static const GmfParameter compare_tasks_v3_list_parameters[] = {
	{.name = "job_id", .location = GMF_IN_BODY, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute compare_tasks_v3_routes[] = {
	{
		.operation_id = "ListCompareResult",
		.role = GMF_LIST,
		.method = "POST",
		.path = "/v3/{project_id}/jobs/query-compare-result",
		.items = "compare_task_list_results.compare_task_list",
		.total = "compare_task_list_results.compare_task_list_count",
		.paging = {GMF_PAGED_BY_PAGE, GMF_IN_BODY, "per_page", "current_page", 0, 0, 1},
		.parameters = compare_tasks_v3_list_parameters,
		.not_found = GMF_DRS_NO_JOB_V3
	},
	{0}
};

static const GmfParentKey of_jobs_v3[] = {
	{"job_id", "id"},
	{0}
};

/*
 * How far the page reaches is not documented: it is told to apply to the
 * results of comparisons. The first page is asked for, with a thousand
 * entries; the counts in the answer show whether there are more.
 */
static const GmfColumn object_comparisons_v3_columns[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "$.job_id",
		.description = "Task ID."},
	{.name = "compare_task_id", .type = GMF_TEXT,
		.path = "$.object_level_compare_results.compare_task_id",
		.description = "ID of the comparison."},
	{.name = "object_type", .type = GMF_TEXT, .path = "object_type",
		.values = "DB | TABLE | VIEW | EVENT | ROUTINE | INDEX | TRIGGER",
		.description = "Kind of object; there are more than the ones named."},
	{.name = "object_compare_result", .type = GMF_TEXT, .path = "object_compare_result",
		.values = "CONSISTENT | INCONSISTENT | COMPARING | WAITING_FOR_COMPARISON | "
		"FAILED_TO_COMPARE | TARGET_DB_NOT_EXIT | CAN_NOT_COMPARE",
		.description = "Result for this kind of object; TARGET_DB_NOT_EXIT is spelt so."},
	{.name = "target_count", .type = GMF_BIGINT, .path = "target_count",
		.description = "Number in the target."},
	{.name = "source_count", .type = GMF_BIGINT, .path = "source_count",
		.description = "Number in the source."},
	{.name = "diff_count", .type = GMF_INTEGER, .path = "diff_count",
		.description = "Number by which they differ."},
	{.name = "object_level_compare_results_object_compare_details", .type = GMF_JSONB,
		.path = "$.object_level_compare_results.object_compare_details",
		.description = "Objects that were compared: an object of kinds of objects."},
	{.name = "current_page", .type = GMF_INTEGER,
		.description = "Filter only: page of the result, a thousand entries long; the first one "
		"without it."},
	{.name = "object_level_compare_results_error_code", .type = GMF_TEXT,
		.path = "$.object_level_compare_results.error_code",
		.description = "Error code of this result."},
	{.name = "object_level_compare_results_error_msg", .type = GMF_TEXT,
		.path = "$.object_level_compare_results.error_msg",
		.description = "Error message of this result."},
	{.name = "error_code", .type = GMF_TEXT, .path = "$.error_code",
		.description = "Error code of the whole answer."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "$.error_msg",
		.description = "Error message of the whole answer."},
	{0}
};

static const GmfParameter object_comparisons_v3_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_BODY, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "object_level_compare_id", .location = GMF_IN_BODY, .column = "compare_task_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "current_page", .location = GMF_IN_BODY, .column = "current_page",
		.match = GMF_MATCH_KEY, .required = true, .type = GMF_INTEGER, .fallback = "1"},
	{.name = "per_page", .location = GMF_IN_BODY, .match = GMF_MATCH_NONE, .required = true,
		.type = GMF_INTEGER, .fallback = "1000"},
	{0}
};

static const GmfRoute object_comparisons_v3_routes[] = {
	{
		.operation_id = "ListCompareResult",
		.role = GMF_GET,
		.method = "POST",
		.path = "/v3/{project_id}/jobs/query-compare-result",
		.items = "object_level_compare_results.object_compare_overview",
		.parameters = object_comparisons_v3_get_parameters,
		.not_found = GMF_DRS_NO_JOB_V3
	},
	{0}
};

static const GmfParentKey of_object_comparison[] = {
	{"job_id", "job_id"},
	{.column = "compare_task_id", .parent_column = "compare_task_id",
		.when_column = "compare_type", .when_value = "object|object_comparison"},
	{0}
};

static const GmfColumn line_comparisons_v3_columns[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "$.job_id",
		.description = "Task ID."},
	{.name = "compare_task_id", .type = GMF_TEXT, .path = "$.line_compare_results.compare_task_id",
		.description = "ID of the comparison."},
	{.name = "source_db_name", .type = GMF_TEXT, .path = "^.source_db_name",
		.description = "Database of the source."},
	{.name = "source_table_name", .type = GMF_TEXT, .path = "source_table_name",
		.description = "Table in the source."},
	{.name = "target_table_name", .type = GMF_TEXT, .path = "target_table_name",
		.description = "Table in the target."},
	{.name = "source_row_num", .type = GMF_BIGINT, .path = "source_row_num",
		.description = "Number of rows in the source."},
	{.name = "target_row_num", .type = GMF_BIGINT, .path = "target_row_num",
		.description = "Number of rows in the target."},
	{.name = "diff_row_num", .type = GMF_BIGINT, .path = "diff_row_num",
		.description = "Number of rows by which they differ."},
	{.name = "line_compare_result", .type = GMF_TEXT, .path = "line_compare_result",
		.values = "CONSISTENT | INCONSISTENT | COMPARING | WAITING_FOR_COMPARISON | "
		"FAILED_TO_COMPARE | TARGET_DB_NOT_EXIT | CAN_NOT_COMPARE",
		.description = "Result of the comparison; TARGET_DB_NOT_EXIT is spelt so."},
	{.name = "message", .type = GMF_TEXT, .path = "message",
		.description = "What else there is to say."},
	{.name = "line_compare_detail_count", .type = GMF_INTEGER,
		.path = "^.line_compare_detail_count",
		.description = "Number of all tables of the database."},
	{.name = "line_compare_results_line_compare_overview", .type = GMF_JSONB,
		.path = "$.line_compare_results.line_compare_overview",
		.description = "Results of the databases: objects with source_db_name, target_db_name "
		"and line_compare_result."},
	{.name = "line_compare_results_line_compare_overview_count", .type = GMF_INTEGER,
		.path = "$.line_compare_results.line_compare_overview_count",
		.description = "Number of all databases."},
	{.name = "current_page", .type = GMF_INTEGER,
		.description = "Filter only: page of the result, a thousand entries long; the first one "
		"without it."},
	{.name = "line_compare_results_error_code", .type = GMF_TEXT,
		.path = "$.line_compare_results.error_code",
		.description = "Error code of this result."},
	{.name = "line_compare_results_error_msg", .type = GMF_TEXT,
		.path = "$.line_compare_results.error_msg",
		.description = "Error message of this result."},
	{.name = "error_code", .type = GMF_TEXT, .path = "$.error_code",
		.description = "Error code of the whole answer."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "$.error_msg",
		.description = "Error message of the whole answer."},
	{0}
};

static const GmfParameter line_comparisons_v3_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_BODY, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "line_compare_id", .location = GMF_IN_BODY, .column = "compare_task_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "current_page", .location = GMF_IN_BODY, .column = "current_page",
		.match = GMF_MATCH_KEY, .required = true, .type = GMF_INTEGER, .fallback = "1"},
	{.name = "per_page", .location = GMF_IN_BODY, .match = GMF_MATCH_NONE, .required = true,
		.type = GMF_INTEGER, .fallback = "1000"},
	{0}
};

static const GmfRoute line_comparisons_v3_routes[] = {
	{
		.operation_id = "ListCompareResult",
		.role = GMF_GET,
		.method = "POST",
		.path = "/v3/{project_id}/jobs/query-compare-result",
		.items = "line_compare_results.line_compare_details[].line_compare_detail[]",
		.parameters = line_comparisons_v3_get_parameters,
		.not_found = GMF_DRS_NO_JOB_V3
	},
	{0}
};

static const GmfParentKey of_line_comparison[] = {
	{"job_id", "job_id"},
	{.column = "compare_task_id", .parent_column = "compare_task_id",
		.when_column = "compare_type", .when_value = "lines"},
	{0}
};

static const GmfColumn content_comparisons_v3_columns[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "$.job_id",
		.description = "Task ID."},
	{.name = "compare_task_id", .type = GMF_TEXT,
		.path = "$.content_compare_results.compare_task_id",
		.description = "ID of the comparison."},
	{.name = "source_db_name", .type = GMF_TEXT, .path = "source_db_name|^.source_db_name",
		.description = "Database of the source."},
	{.name = "target_db_name", .type = GMF_TEXT, .path = "target_db_name",
		.description = "Database of the target."},
	{.name = "source_table_name", .type = GMF_TEXT, .path = "source_table_name",
		.description = "Table in the source."},
	{.name = "target_table_name", .type = GMF_TEXT, .path = "target_table_name",
		.description = "Table in the target."},
	{.name = "source_row_num", .type = GMF_BIGINT, .path = "source_row_num",
		.description = "Number of rows in the source."},
	{.name = "target_row_num", .type = GMF_BIGINT, .path = "target_row_num",
		.description = "Number of rows in the target."},
	{.name = "diff_row_num", .type = GMF_BIGINT, .path = "diff_row_num",
		.description = "Number of rows by which they differ."},
	{.name = "line_compare_result", .type = GMF_TEXT, .path = "line_compare_result",
		.values = "CONSISTENT | INCONSISTENT | COMPARING | WAITING_FOR_COMPARISON | "
		"FAILED_TO_COMPARE | TARGET_DB_NOT_EXIT | CAN_NOT_COMPARE",
		.description = "Whether the numbers of rows agree."},
	{.name = "content_compare_result", .type = GMF_TEXT, .path = "content_compare_result",
		.values = "CONSISTENT | INCONSISTENT | COMPARING | WAITING_FOR_COMPARISON | "
		"FAILED_TO_COMPARE | TARGET_DB_NOT_EXIT | CAN_NOT_COMPARE",
		.description = "Whether the values agree."},
	{.name = "message", .type = GMF_TEXT, .path = "message",
		.description = "What else there is to say."},
	{.name = "content_compare_detail_count", .type = GMF_INTEGER,
		.path = "^.content_compare_detail_count",
		.description = "Number of all tables of the database that were compared."},
	{.name = "content_uncompare_detail", .type = GMF_JSONB, .path = "^.content_uncompare_detail",
		.description = "Tables of the database that cannot be compared: objects like the row."},
	{.name = "content_uncompare_detail_count", .type = GMF_INTEGER,
		.path = "^.content_uncompare_detail_count",
		.description = "Number of all tables of the database that cannot be compared."},
	{.name = "content_compare_results_content_compare_overview", .type = GMF_JSONB,
		.path = "$.content_compare_results.content_compare_overview",
		.description = "Results of the databases: objects with source_db_name, target_db_name "
		"and content_compare_result."},
	{.name = "content_compare_results_content_compare_overview_count", .type = GMF_INTEGER,
		.path = "$.content_compare_results.content_compare_overview_count",
		.description = "Number of all databases."},
	{.name = "content_compare_results_content_compare_diffs", .type = GMF_JSONB,
		.path = "$.content_compare_results.content_compare_diffs",
		.description = "Differences: objects with source_db_name, source_table_name and "
		"content_compare_diff."},
	{.name = "current_page", .type = GMF_INTEGER,
		.description = "Filter only: page of the result, a thousand entries long; the first one "
		"without it."},
	{.name = "content_compare_results_error_code", .type = GMF_TEXT,
		.path = "$.content_compare_results.error_code",
		.description = "Error code of this result."},
	{.name = "content_compare_results_error_msg", .type = GMF_TEXT,
		.path = "$.content_compare_results.error_msg",
		.description = "Error message of this result."},
	{.name = "error_code", .type = GMF_TEXT, .path = "$.error_code",
		.description = "Error code of the whole answer."},
	{.name = "error_msg", .type = GMF_TEXT, .path = "$.error_msg",
		.description = "Error message of the whole answer."},
	{0}
};

static const GmfParameter content_comparisons_v3_get_parameters[] = {
	{.name = "job_id", .location = GMF_IN_BODY, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "content_compare_id", .location = GMF_IN_BODY, .column = "compare_task_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "current_page", .location = GMF_IN_BODY, .column = "current_page",
		.match = GMF_MATCH_KEY, .required = true, .type = GMF_INTEGER, .fallback = "1"},
	{.name = "per_page", .location = GMF_IN_BODY, .match = GMF_MATCH_NONE, .required = true,
		.type = GMF_INTEGER, .fallback = "1000"},
	{0}
};

static const GmfRoute content_comparisons_v3_routes[] = {
	{
		.operation_id = "ListCompareResult",
		.role = GMF_GET,
		.method = "POST",
		.path = "/v3/{project_id}/jobs/query-compare-result",
		.items = "content_compare_results.content_compare_details[].content_compare_detail[]",
		.parameters = content_comparisons_v3_get_parameters,
		.not_found = GMF_DRS_NO_JOB_V3
	},
	{0}
};

static const GmfParentKey of_content_comparison[] = {
	{"job_id", "job_id"},
	{.column = "compare_task_id", .parent_column = "compare_task_id",
		.when_column = "compare_type", .when_value = "contents"},
	{0}
};

static const GmfColumn content_comparison_overviews_v3_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "compare_job_id", .type = GMF_TEXT,
		.description = "ID of the comparison: compare_task_id of compare_tasks_v3."},
	{.name = "source_db", .type = GMF_TEXT, .path = "source_db",
		.description = "Database of the source."},
	{.name = "target_db", .type = GMF_TEXT, .path = "target_db",
		.description = "Database of the target."},
	{.name = "status", .type = GMF_INTEGER, .path = "status",
		.description = "Result as a number: 0 (inconsistent), 2 (consistent), 3 (no such table "
		"in the target), 4 (failed) and so on."},
	{.name = "compare_num", .type = GMF_INTEGER, .path = "compare_num",
		.description = "Number of tables."},
	{.name = "compare_end_num", .type = GMF_INTEGER, .path = "compare_end_num",
		.description = "Number of tables that are done."},
	{.name = "data_inconsistent_num", .type = GMF_INTEGER, .path = "data_inconsistent_num",
		.description = "Number of tables that differ."},
	{.name = "uncomparable_num", .type = GMF_INTEGER, .path = "uncomparable_num",
		.description = "Number of tables that cannot be compared."},
	{0}
};

static const GmfParameter content_comparison_overviews_v3_list_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "compare_job_id", .location = GMF_IN_PATH, .column = "compare_job_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfRoute content_comparison_overviews_v3_routes[] = {
	{
		.operation_id = "ListContentCompareOverview",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/jobs/{job_id}/compare/{compare_job_id}/content-overview",
		.items = "content_compare_result_infos",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 0, 1000, 0},
		.parameters = content_comparison_overviews_v3_list_parameters,
		.not_found = GMF_DRS_NO_JOB_V3
	},
	{0}
};

static const GmfParentKey of_content_job[] = {
	{"job_id", "job_id"},
	{.column = "compare_job_id", .parent_column = "compare_task_id", .when_column = "compare_type",
		.when_value = "contents"},
	{0}
};

static const GmfColumn content_comparison_details_v3_columns[] = {
	{.name = "job_id", .type = GMF_TEXT,
		.description = "Task ID."},
	{.name = "compare_job_id", .type = GMF_TEXT,
		.description = "ID of the comparison: compare_task_id of compare_tasks_v3."},
	{.name = "type", .type = GMF_TEXT, .values = "compare | unCompare",
		.description = "Tables that were compared, or that cannot be."},
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
	{.name = "compare_line_config_filter", .type = GMF_TEXT, .path = "compare_line_config_filter",
		.description = "Condition by which rows were chosen."},
	{.name = "status", .type = GMF_INTEGER, .path = "status",
		.description = "Status of the comparison: 1 (comparing), 2 (completed), 3 (waiting), 4 "
		"(cancelled)."},
	{.name = "complete_shard_count", .type = GMF_INTEGER, .path = "complete_shard_count",
		.description = "Number of parts that are done."},
	{.name = "total_shard_count", .type = GMF_INTEGER, .path = "total_shard_count",
		.description = "Number of parts."},
	{.name = "progress", .type = GMF_DOUBLE, .path = "progress",
		.description = "Progress of the comparison."},
	{0}
};

static const GmfParameter content_comparison_details_v3_list_parameters[] = {
	{.name = "job_id", .location = GMF_IN_PATH, .column = "job_id", .match = GMF_MATCH_KEY,
		.required = true},
	{.name = "compare_job_id", .location = GMF_IN_PATH, .column = "compare_job_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "type", .location = GMF_IN_QUERY, .column = "type", .match = GMF_MATCH_KEY,
		.required = true, .domain = "compare|unCompare"},
	{.name = "db_name", .location = GMF_IN_QUERY, .column = "source_db", .match = GMF_MATCH_EXACT},
	{.name = "target_db_name", .location = GMF_IN_QUERY, .column = "target_db",
		.match = GMF_MATCH_EXACT},
	{0}
};

static const GmfRoute content_comparison_details_v3_routes[] = {
	{
		.operation_id = "ListContentCompareDetail",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/jobs/{job_id}/compare/{compare_job_id}/content-detail",
		.items = "content_compare_result_infos",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 1000, 1000, 0},
		.parameters = content_comparison_details_v3_list_parameters,
		.not_found = GMF_DRS_NO_JOB_V3
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "drs",
		.name = "compare_tasks_v3",
		.section = "Data comparison (v3)",
		.description = "Comparisons of source and target of a task.",
		.columns = compare_tasks_v3_columns,
		.routes = compare_tasks_v3_routes,
		.parent = "jobs_v3",
		.parent_keys = of_jobs_v3,
		.key = "compare_task_id",
		.rows = 20
	},
	{
		.service = "drs",
		.name = "object_comparisons_v3",
		.section = "Data comparison (v3)",
		.description = "Results of comparisons of objects, one row for each kind.",
		.columns = object_comparisons_v3_columns,
		.routes = object_comparisons_v3_routes,
		.parent = "compare_tasks_v3",
		.parent_keys = of_object_comparison,
		.rows = 10
	},
	{
		.service = "drs",
		.name = "line_comparisons_v3",
		.section = "Data comparison (v3)",
		.description = "Results of comparisons of row numbers, one row for each table.",
		.columns = line_comparisons_v3_columns,
		.routes = line_comparisons_v3_routes,
		.parent = "compare_tasks_v3",
		.parent_keys = of_line_comparison,
		.rows = 100
	},
	{
		.service = "drs",
		.name = "content_comparisons_v3",
		.section = "Data comparison (v3)",
		.description = "Results of comparisons of values, one row for each table, with the "
		"differences.",
		.columns = content_comparisons_v3_columns,
		.routes = content_comparisons_v3_routes,
		.parent = "compare_tasks_v3",
		.parent_keys = of_content_comparison,
		.rows = 100
	},
	{
		.service = "drs",
		.name = "content_comparison_overviews_v3",
		.section = "Data comparison (v3)",
		.description = "Results of comparisons of values, one row for each database.",
		.columns = content_comparison_overviews_v3_columns,
		.routes = content_comparison_overviews_v3_routes,
		.parent = "compare_tasks_v3",
		.parent_keys = of_content_job,
		.rows = 100
	},
	{
		.service = "drs",
		.name = "content_comparison_details_v3",
		.section = "Data comparison (v3)",
		.description = "Results of comparisons of values, one row for each table.",
		.columns = content_comparison_details_v3_columns,
		.routes = content_comparison_details_v3_routes,
		.parent = "compare_tasks_v3",
		.parent_keys = of_content_job
	},
	{0}
};

const GmfChapter gmf_drs_comparisons_v3 = {
	.name = "comparisons_v3",
	.title = "Comparisons of data (v3)",
	.resources = resources
};
