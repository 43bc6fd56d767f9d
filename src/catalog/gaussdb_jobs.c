/*
 * gaussdb_jobs.c
 *		Chapter 4.12 of the GaussDB reference: jobs and tasks.
 */
#include "catalog_internal.h"

/*
 * Names that the list is asked for. Reference and service spell those of backups and of
 * restorations to an existing instance differently: these are never sent.
 */
#define TASK_NAMES \
	"CreateGaussDBV5Instance|CloneGaussDBV5NewInstance|DeleteGaussDBV5Instance|" \
	"EnlargeGaussDBV5Volume|ResizeGaussDBV5Flavor|GaussDBV5ExpandClusterCN|" \
	"GaussDBV5ExpandClusterDN"

/*
 * One table over two operations: a job by id, and the task center's list, which
 * names the same things differently and reaches back one month.  The reference's
 * list has no times; where the service sends none, they are asked for by id.
 */
static const GmfColumn jobs_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id|job_id", .max_length = 64,
		.description = "Job ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Job type, for example CreateGaussDBV5Instance."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "Running | Completed | Failed",
		.description = "Job status."},
	{.name = "created", .type = GMF_TIMESTAMPTZ, .path = "created|created_at", .only = GMF_GET,
		.description = "When the job was created."},
	{.name = "ended", .type = GMF_TIMESTAMPTZ, .path = "ended|ended_at", .only = GMF_GET,
		.description = "When the job ended."},
	{.name = "progress", .type = GMF_TEXT, .path = "progress|process", .only = GMF_GET,
		.unit = "percent",
		.description = "Progress, where the service tells it."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance.id|instance_info.instance_id",
		.description = "ID of the instance."},
	{.name = "instance_name", .type = GMF_TEXT,
		.path = "instance.name|instance_info.instance_name",
		.description = "Name of the instance."},
	{.name = "fail_reason", .type = GMF_TEXT, .path = "fail_reason",
		.description = "Why the job failed."},
	{0}
};

static const GmfParameter jobs_get_parameters[] = {
	{.name = "id", .location = GMF_IN_QUERY, .column = "id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

/*
 * Which time the bounds apply to is not documented: a lower bound on the
 * beginning and an upper bound on the end hold under every reading.
 */
static const GmfParameter tasks_list_parameters[] = {
	{.name = "status", .location = GMF_IN_QUERY, .column = "status", .match = GMF_MATCH_EXACT,
		.domain = "Running|Completed|Failed"},
	{.name = "name", .location = GMF_IN_QUERY, .column = "name", .match = GMF_MATCH_EXACT,
		.domain = TASK_NAMES},
	{.name = "start_time", .location = GMF_IN_QUERY, .column = "created",
		.match = GMF_MATCH_FROM, .time_form = GMF_TIME_MILLIS},
	{.name = "end_time", .location = GMF_IN_QUERY, .column = "ended",
		.match = GMF_MATCH_TO, .time_form = GMF_TIME_MILLIS},
	{0}
};

static const GmfRoute jobs_routes[] = {
	{
		.operation_id = "ShowJobDetail",
		.role = GMF_GET,
		.method = "GET",
		.path = "/v3/{project_id}/jobs",
		.items = "job",
		.parameters = jobs_get_parameters,
		.not_found = "DBS.200543"
	},
	{
		.operation_id = "ListTasks",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/tasks",
		.items = "tasks",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = tasks_list_parameters
	},
	{0}
};

/*
 * The list of the task center alone, in its own words.  Its time range applies to
 * a time that the reference does not name and may not be in the answer: here it
 * is a column of its own.
 */
static const GmfColumn tasks_columns[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id", .max_length = 64,
		.description = "Job ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Job type, for example CreateGaussDBV5Instance."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "Running | Completed | Failed",
		.description = "Job status."},
	{.name = "process", .type = GMF_TEXT, .path = "process", .unit = "percent",
		.description = "Progress, where the service tells it."},
	{.name = "fail_reason", .type = GMF_TEXT, .path = "fail_reason",
		.description = "Why the job failed."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance_info.instance_id", .max_length = 64,
		.description = "ID of the instance."},
	{.name = "instance_name", .type = GMF_TEXT, .path = "instance_info.instance_name",
		.description = "Name of the instance."},
	{.name = "instance_status", .type = GMF_TEXT, .path = "instance_info.instance_status",
		.description = "Status of the instance, for example creating or deleted."},
	{.name = "created_at", .type = GMF_TIMESTAMPTZ, .path = "created_at",
		.description = "When the job was created, where the service tells it."},
	{.name = "ended_at", .type = GMF_TIMESTAMPTZ, .path = "ended_at",
		.description = "When the job ended, where the service tells it."},
	{.name = "start_time", .type = GMF_TIMESTAMPTZ,
		.description = "Filter only, as a lower bound: jobs from this time on."},
	{.name = "end_time", .type = GMF_TIMESTAMPTZ,
		.description = "Filter only, as an upper bound: jobs up to this time."},
	{0}
};

static const GmfParameter tasks_center_parameters[] = {
	{.name = "status", .location = GMF_IN_QUERY, .column = "status", .match = GMF_MATCH_EXACT,
		.domain = "Running|Completed|Failed"},
	{.name = "name", .location = GMF_IN_QUERY, .column = "name", .match = GMF_MATCH_EXACT,
		.domain = TASK_NAMES},
	{.name = "start_time", .location = GMF_IN_QUERY, .column = "start_time",
		.match = GMF_MATCH_FROM, .time_form = GMF_TIME_MILLIS},
	{.name = "end_time", .location = GMF_IN_QUERY, .column = "end_time", .match = GMF_MATCH_TO,
		.time_form = GMF_TIME_MILLIS},
	{0}
};

static const GmfRoute tasks_routes[] = {
	{
		.operation_id = "ListTasks",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/tasks",
		.items = "tasks",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = tasks_center_parameters
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "jobs",
		.section = "4.12.1",
		.description = "Asynchronous jobs: any by id, those of the last month as a list.",
		.columns = jobs_columns,
		.routes = jobs_routes,
		.key = "id"
	},
	{
		.service = "gaussdb",
		.name = "tasks",
		.section = "4.12.2",
		.description = "Jobs of the last month, as the task center lists them.",
		.columns = tasks_columns,
		.routes = tasks_routes,
		.key = "job_id"
	},
	{0}
};

static const GmfArgument delete_job_arguments[] = {
	{.name = "job_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Job ID."},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "gaussdb",
		.name = "gaussdb_delete_job",
		.operation_id = "DeleteJob",
		.section = "4.12.3",
		.method = "DELETE",
		.path = "/v3/{project_id}/jobs/{job_id}",
		.description = "Deletes the record of a job from the task center.",
		.arguments = delete_job_arguments,
		.destructive = true
	},
	{0}
};

#define JOB \
	.service = "gaussdb", .table = "jobs", .noun = "job", .timeout = "2 hours", .key = "id", \
	.type = "name", .about = "instance_name|instance_id", .status = "status", \
	.progress = "progress", .reason = "fail_reason", \
	.going_on = "Running", .done = "Completed", .failed = "Failed", \
	.results = "id|name|status|created|ended|progress|instance_id|instance_name|fail_reason"

static const GmfWaiter waiters[] = {
	{
		JOB,
		.name = "gaussdb_wait_for_job",
		.description = "Waits until a job has ended, with a NOTICE at each change, and returns its "
			"final row. A failed job is an error, and so is one that goes on after the timeout. "
			"timeout NULL waits without end."
	},
	{
		JOB,
		.name = "gaussdb_wait_for_jobs",
		.many = true,
		.description = "Waits until all of the jobs have ended, asking for many at once, and "
			"returns their last rows: those of failed jobs too, and of such as go on after the "
			"timeout. timeout NULL waits without end."
	},
	{0}
};

const GmfChapter gmf_gaussdb_jobs = {
	.name = "jobs",
	.title = "Jobs",
	.resources = resources,
	.actions = actions,
	.waiters = waiters
};
