/*
 * gaussdb_backups.c
 *		Chapter 4.7 of the GaussDB reference: backups and restoration.
 */
#include "catalog_internal.h"

#include <limits.h>

#define NAME_PATTERN "^[A-Za-z][A-Za-z0-9_-]*$"
#define WINDOW_PATTERN "^([01][0-9]|2[0-3]):00-([01][0-9]|2[0-3]):00$"
#define TIME_ZONE_PATTERN "^UTC[+-](0[0-9]|1[0-2]):00$"

static const GmfParameter instance_key[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{0}
};

static const GmfParentKey of_instance[] = {
	{"instance_id", "id"},
	{0}
};

static const GmfParentKey of_backup[] = {
	{"backup_id", "id"},
	{0}
};

/* Of another one there are no files, and the API refuses to look for them. */
static const GmfParentKey of_completed_backup[] = {
	{"backup_id", "id", .when_column = "status", .when_value = "COMPLETED"},
	{0}
};

static const GmfColumn backup_policies_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "keep_days", .type = GMF_INTEGER, .path = "keep_days", .unit = "days",
		.description = "How long full backups are kept."},
	{.name = "start_time", .type = GMF_TEXT, .path = "start_time",
		.description = "Daily window of the full backup, UTC: HH:00-HH:00."},
	{.name = "period", .type = GMF_TEXT, .path = "period",
		.description = "Days of the week of the full backup, joined with commas; 1 is Monday."},
	{.name = "differential_period", .type = GMF_INTEGER, .path = "differential_period",
		.unit = "minutes",
		.description = "Time between differential backups."},
	{.name = "rate_limit", .type = GMF_INTEGER, .path = "rate_limit", .unit = "MB/s",
		.description = "Limit of the upload rate; 0 is none."},
	{.name = "prefetch_block", .type = GMF_INTEGER, .path = "prefetch_block", .unit = "pages",
		.description = "Pages that are read ahead for a differential backup."},
	{.name = "filesplit_size", .type = GMF_INTEGER, .path = "filesplit_size",
		.description = "Deprecated; see file_split_size."},
	{.name = "file_split_size", .type = GMF_INTEGER, .path = "file_split_size", .unit = "GB",
		.description = "Size at which backup files are split; 0 is never."},
	{.name = "enable_standby_backup", .type = GMF_BOOLEAN, .path = "enable_standby_backup",
		.description = "Whether backups are made from a standby."},
	{0}
};

static const GmfRoute backup_policies_routes[] = {
	{
		.operation_id = "ShowBackupPolicy",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/backups/policy",
		.items = "backup_policy",
		.parameters = instance_key,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfColumn backups_columns[] = {
	{.name = "id", .type = GMF_TEXT, .path = "id", .max_length = 64,
		.description = "Backup ID."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "Backup name."},
	{.name = "description", .type = GMF_TEXT, .path = "description",
		.description = "Description of the backup."},
	{.name = "begin_time", .type = GMF_TIMESTAMPTZ, .path = "begin_time",
		.description = "When the backup began."},
	{.name = "end_time", .type = GMF_TIMESTAMPTZ, .path = "end_time",
		.description = "When the backup ended."},
	{.name = "status", .type = GMF_TEXT, .path = "status",
		.values = "BUILDING | COMPLETED | FAILED",
		.description = "Backup status."},
	{.name = "size", .type = GMF_DOUBLE, .path = "size", .unit = "MB",
		.description = "Size of the backup."},
	{.name = "type", .type = GMF_TEXT, .path = "type", .values = "auto | manual",
		.description = "Automated or manual full backup."},
	{.name = "datastore_type", .type = GMF_TEXT, .path = "datastore.type",
		.description = "Database engine."},
	{.name = "datastore_version", .type = GMF_TEXT, .path = "datastore.version",
		.description = "Version of the engine."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance_id", .max_length = 64,
		.description = "ID of the instance that was backed up."},
	{0}
};

/*
 * The reference does not say to which of the two times the window applies, nor
 * whether its ends belong to it.  A lower bound on begin_time and an upper bound
 * on end_time hold under every reading, and only these two are sent.
 */
static const GmfParameter backups_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_QUERY, .column = "instance_id",
		.match = GMF_MATCH_EXACT},
	{.name = "backup_id", .location = GMF_IN_QUERY, .column = "id", .match = GMF_MATCH_EXACT},
	{.name = "backup_type", .location = GMF_IN_QUERY, .column = "type",
		.match = GMF_MATCH_EXACT, .domain = "auto|manual"},
	{.name = "begin_time", .location = GMF_IN_QUERY, .column = "begin_time",
		.match = GMF_MATCH_FROM, .time_form = GMF_TIME_OFFSET,
		.fallback = "1970-01-01T00:00:00+0000", .pair = "end_time"},
	{.name = "end_time", .location = GMF_IN_QUERY, .column = "end_time",
		.match = GMF_MATCH_TO, .time_form = GMF_TIME_OFFSET,
		.fallback = "9999-12-31T23:59:59+0000", .pair = "begin_time"},
	{0}
};

static const GmfRoute backups_routes[] = {
	{
		.operation_id = "ListDbBackups",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3.1/{project_id}/backups",
		.items = "backups",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = backups_list_parameters
	},
	{0}
};

static const GmfColumn backup_files_columns[] = {
	{.name = "backup_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the backup."},
	{.name = "name", .type = GMF_TEXT, .path = "name",
		.description = "File name."},
	{.name = "size", .type = GMF_BIGINT, .path = "size", .unit = "KB",
		.description = "File size."},
	{.name = "download_link", .type = GMF_TEXT, .path = "download_link",
		.description = "Link to the file."},
	{.name = "link_expired_time", .type = GMF_TIMESTAMPTZ, .path = "link_expired_time",
		.description = "When the link expires."},
	{.name = "bucket", .type = GMF_TEXT, .path = "$.bucket",
		.description = "Bucket that holds the files."},
	{0}
};

static const GmfParameter backup_files_list_parameters[] = {
	{.name = "backup_id", .location = GMF_IN_QUERY, .column = "backup_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute backup_files_routes[] = {
	{
		.operation_id = "DownloadBackup",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/backup-files",
		.items = "files",
		.parameters = backup_files_list_parameters,
		.not_found = "DBS.201203"
	},
	{0}
};

static const GmfColumn restore_times_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "date", .type = GMF_TEXT, .max_length = 10,
		.description = "Day, UTC: yyyy-mm-dd."},
	{.name = "start_time", .type = GMF_TIMESTAMPTZ, .path = "start_time",
		.description = "Beginning of the period."},
	{.name = "end_time", .type = GMF_TIMESTAMPTZ, .path = "end_time",
		.description = "End of the period."},
	{0}
};

static const GmfParameter restore_times_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_PATH, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "date", .location = GMF_IN_QUERY, .column = "date", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute restore_times_routes[] = {
	{
		.operation_id = "ListRestoreTimes",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instances/{instance_id}/restore-time",
		.items = "restore_time",
		.parameters = restore_times_list_parameters,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfParentKey of_source_instance[] = {
	{"source_instance_id", "id"},
	{0}
};

static const GmfColumn restorable_instances_columns[] = {
	{.name = "source_instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance whose backups are to be restored."},
	{.name = "backup_id", .type = GMF_TEXT, .max_length = 64,
		.description = "Filter only: instances that fit this backup."},
	{.name = "restore_time", .type = GMF_TIMESTAMPTZ,
		.description = "Filter only: instances that fit the source as it was at this time; "
		"without backup_id."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance_id", .max_length = 64,
		.description = "ID of the instance."},
	{.name = "instance_name", .type = GMF_TEXT, .path = "instance_name",
		.description = "Name of the instance."},
	{.name = "volume_type", .type = GMF_TEXT, .path = "volume_type",
		.description = "Disk type, for example ULTRAHIGH."},
	{.name = "data_volume_size", .type = GMF_DOUBLE, .path = "data_volume_size", .unit = "GB",
		.description = "Storage space."},
	{.name = "version", .type = GMF_TEXT, .path = "version",
		.description = "Version of the instance; the service sends a number, in which 1.30 is "
		"1.3."},
	{.name = "mode", .type = GMF_TEXT, .path = "mode",
		.values = "Ha | Independent",
		.description = "Deployment form."},
	{.name = "instance_mode", .type = GMF_TEXT, .path = "instance_mode",
		.values = "enterprise | standard | basic",
		.description = "Edition of the instance."},
	{0}
};

static const GmfParameter restorable_instances_list_parameters[] = {
	{.name = "source_instance_id", .location = GMF_IN_QUERY, .column = "source_instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "backup_id", .location = GMF_IN_QUERY, .column = "backup_id",
		.match = GMF_MATCH_EXACT},
	{.name = "restore_time", .location = GMF_IN_QUERY, .column = "restore_time",
		.match = GMF_MATCH_EXACT, .time_form = GMF_TIME_MILLIS},
	{0}
};

static const GmfRoute restorable_instances_routes[] = {
	{
		.operation_id = "ListRestorableInstances",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/restorable-instances",
		.items = "instances",
		.total = "total_count",
		.paging = {GMF_PAGED_BY_RECORD, GMF_IN_QUERY, "limit", "offset", 100, 100, 0},
		.parameters = restorable_instances_list_parameters,
		.not_found = GMF_NO_INSTANCE "|DBS.201203"
	},
	{0}
};

static const GmfColumn instance_snapshots_columns[] = {
	{.name = "backup_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the backup."},
	{.name = "cluster_mode", .type = GMF_TEXT, .path = "cluster_mode",
		.values = "Ha | Independent",
		.description = "Deployment form."},
	{.name = "instance_mode", .type = GMF_TEXT, .path = "instance_mode",
		.values = "basic | standard | enterprise",
		.description = "Edition of the instance."},
	{.name = "data_volume_size", .type = GMF_DOUBLE, .path = "data_volume_size", .unit = "GB",
		.description = "Storage space."},
	{.name = "solution", .type = GMF_TEXT, .path = "solution",
		.values = "triset | hws",
		.description = "Solution template; may be empty."},
	{.name = "node_num", .type = GMF_INTEGER, .path = "node_num",
		.description = "Number of nodes."},
	{.name = "coordinator_num", .type = GMF_INTEGER, .path = "coordinator_num",
		.description = "Number of coordinator nodes."},
	{.name = "sharding_num", .type = GMF_INTEGER, .path = "sharding_num",
		.description = "Number of shards."},
	{.name = "replica_num", .type = GMF_INTEGER, .path = "replica_num",
		.description = "Number of replicas."},
	{.name = "engine_version", .type = GMF_TEXT, .path = "engine_version",
		.description = "Version of the engine."},
	{0}
};

/*
 * The operation wants either a backup, or an instance and a time; which wins
 * when all are given is not documented: a table for each.
 */
static const GmfParameter instance_snapshots_list_parameters[] = {
	{.name = "backup_id", .location = GMF_IN_QUERY, .column = "backup_id", .match = GMF_MATCH_KEY,
		.required = true},
	{0}
};

static const GmfRoute instance_snapshots_routes[] = {
	{
		.operation_id = "ShowInstanceSnapshot",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instance-snapshot",
		.items = "",
		.parameters = instance_snapshots_list_parameters,
		.not_found = "DBS.201203"
	},
	{0}
};

static const GmfColumn instance_snapshots_by_time_columns[] = {
	{.name = "instance_id", .type = GMF_TEXT, .max_length = 64,
		.description = "ID of the instance."},
	{.name = "restore_time", .type = GMF_TIMESTAMPTZ,
		.description = "Point in time."},
	{.name = "cluster_mode", .type = GMF_TEXT, .path = "cluster_mode",
		.values = "Ha | Independent",
		.description = "Deployment form."},
	{.name = "instance_mode", .type = GMF_TEXT, .path = "instance_mode",
		.values = "basic | standard | enterprise",
		.description = "Edition of the instance."},
	{.name = "data_volume_size", .type = GMF_DOUBLE, .path = "data_volume_size", .unit = "GB",
		.description = "Storage space."},
	{.name = "solution", .type = GMF_TEXT, .path = "solution",
		.values = "triset | hws",
		.description = "Solution template; may be empty."},
	{.name = "node_num", .type = GMF_INTEGER, .path = "node_num",
		.description = "Number of nodes."},
	{.name = "coordinator_num", .type = GMF_INTEGER, .path = "coordinator_num",
		.description = "Number of coordinator nodes."},
	{.name = "sharding_num", .type = GMF_INTEGER, .path = "sharding_num",
		.description = "Number of shards."},
	{.name = "replica_num", .type = GMF_INTEGER, .path = "replica_num",
		.description = "Number of replicas."},
	{.name = "engine_version", .type = GMF_TEXT, .path = "engine_version",
		.description = "Version of the engine."},
	{0}
};

static const GmfParameter instance_snapshots_by_time_list_parameters[] = {
	{.name = "instance_id", .location = GMF_IN_QUERY, .column = "instance_id",
		.match = GMF_MATCH_KEY, .required = true},
	{.name = "restore_time", .location = GMF_IN_QUERY, .column = "restore_time",
		.match = GMF_MATCH_KEY, .required = true, .time_form = GMF_TIME_MILLIS},
	{0}
};

static const GmfRoute instance_snapshots_by_time_routes[] = {
	{
		.operation_id = "ShowInstanceSnapshot",
		.role = GMF_LIST,
		.method = "GET",
		.path = "/v3/{project_id}/instance-snapshot",
		.items = "",
		.parameters = instance_snapshots_by_time_list_parameters,
		.not_found = GMF_NO_INSTANCE
	},
	{0}
};

static const GmfResource resources[] = {
	{
		.service = "gaussdb",
		.name = "backup_policies",
		.section = "4.7.2",
		.description = "Automated backup policies, one row for each instance.",
		.columns = backup_policies_columns,
		.routes = backup_policies_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.rows = 1
	},
	{
		.service = "gaussdb",
		.name = "backups",
		.section = "4.7.3",
		.description = "Full backups, automated and manual.",
		.columns = backups_columns,
		.routes = backups_routes,
		.key = "id",
		.rows = 10000
	},
	{
		.service = "gaussdb",
		.name = "backup_files",
		.section = "4.7.5",
		.description = "Files of a backup, with links to download them that expire.",
		.columns = backup_files_columns,
		.routes = backup_files_routes,
		.parent = "backups",
		.parent_keys = of_completed_backup,
		.rows = 5
	},
	{
		.service = "gaussdb",
		.name = "restore_times",
		.section = "4.7.7",
		.description = "Periods of a day to which an instance can be restored. The day must be "
		"given.",
		.columns = restore_times_columns,
		.routes = restore_times_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.rows = 3
	},
	{
		.service = "gaussdb",
		.name = "restorable_instances",
		.section = "4.7.9",
		.description = "Instances to which the backups of an instance can be restored.",
		.columns = restorable_instances_columns,
		.routes = restorable_instances_routes,
		.parent = "instances",
		.parent_keys = of_source_instance,
		.key = "instance_id",
		.rows = 100
	},
	{
		.service = "gaussdb",
		.name = "instance_snapshots",
		.section = "4.7.10",
		.description = "What an instance looked like when a backup of it was made, one row for "
		"each backup.",
		.columns = instance_snapshots_columns,
		.routes = instance_snapshots_routes,
		.parent = "backups",
		.parent_keys = of_backup,
		.rows = 1
	},
	{
		.service = "gaussdb",
		.name = "instance_snapshots_by_time",
		.section = "4.7.10",
		.description = "What an instance looked like at a point in time. The time must be given.",
		.columns = instance_snapshots_by_time_columns,
		.routes = instance_snapshots_by_time_routes,
		.parent = "instances",
		.parent_keys = of_instance,
		.rows = 1
	},
	{0}
};

/* The object around the whole body is not part of the names. */
static const GmfArgument set_backup_policy_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "Instance ID."},
	{.name = "keep_days", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "backup_policy.keep_days", .required = true, .has_range = true, .min = 1,
		.max = 732,
		.description = "Days to keep backups."},
	{.name = "start_time", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "backup_policy.start_time", .required = true, .min_length = 11, .max_length = 11,
		.pattern = WINDOW_PATTERN,
		.description = "Daily window of the backup, UTC, one whole hour: HH:00-HH:00."},
	{.name = "period", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "backup_policy.period",
		.required = true, .pattern = "^[1-7](,[1-7])*$",
		.description = "Days of the week of the full backup, joined with commas; 1 is Monday."},
	{.name = "differential_period", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "backup_policy.differential_period", .required = true,
		.values = "15|30|60|180|360|720|1440",
		.description = "Minutes between differential backups."},
	{.name = "rate_limit", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "backup_policy.rate_limit", .has_range = true, .min = 0, .max = 1024,
		.description = "Limit of the upload rate in MB/s; 0 is none."},
	{.name = "prefetch_block", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "backup_policy.prefetch_block", .has_range = true, .min = 1, .max = 8192,
		.description = "Pages to read ahead for a differential backup."},
	{.name = "file_split_size", .type = GMF_INTEGER, .location = GMF_IN_BODY,
		.place = "backup_policy.file_split_size", .has_range = true, .min = 0, .max = 1024,
		.description = "Size in GB at which backup files are split, a multiple of 4; 0 is never."},
	{.name = "enable_standby_backup", .type = GMF_BOOLEAN, .location = GMF_IN_BODY,
		.place = "backup_policy.enable_standby_backup",
		.description = "Whether to make backups from a standby; not for single nodes or before "
		"version 3.100.0."},
	{0}
};

static const GmfArgument create_backup_arguments[] = {
	{.name = "instance_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "ID of the instance to back up."},
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 4, .max_length = 64, .pattern = NAME_PATTERN,
		.description = "Backup name: 4 to 64 characters, a letter first, then letters, digits, "
		"hyphens and underscores."},
	{.name = "description", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.max_length = 256, .pattern = "^[^>!<\"&'=]*$",
		.description = "Description: at most 256 characters, none of > ! < \" & ' =."},
	{0}
};

static const GmfResult create_backup_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id", .description = "Job ID."},
	{.name = "backup_id", .type = GMF_TEXT, .path = "backup.id", .description = "Backup ID."},
	{.name = "backup_name", .type = GMF_TEXT, .path = "backup.name",
		.description = "Backup name."},
	{.name = "backup_description", .type = GMF_TEXT, .path = "backup.description",
		.description = "Backup description."},
	{.name = "backup_begin_time", .type = GMF_TIMESTAMPTZ, .path = "backup.begin_time",
		.description = "When the backup began."},
	{.name = "backup_status", .type = GMF_TEXT, .path = "backup.status",
		.description = "Backup status."},
	{.name = "backup_type", .type = GMF_TEXT, .path = "backup.type",
		.description = "Backup type."},
	{.name = "backup_instance_id", .type = GMF_TEXT, .path = "backup.instance_id",
		.description = "ID of the instance."},
	{0}
};

static const GmfArgument delete_backup_arguments[] = {
	{.name = "backup_id", .type = GMF_TEXT, .location = GMF_IN_PATH, .required = true,
		.description = "ID of the manual backup to delete."},
	{0}
};

static const GmfResult delete_backup_results[] = {
	{.name = "backup_id", .type = GMF_TEXT, .path = "backup_id", .description = "Backup ID."},
	{.name = "backup_name", .type = GMF_TEXT, .path = "backup_name",
		.description = "Backup name."},
	{0}
};

static const GmfArgument restore_to_new_instance_arguments[] = {
	{.name = "name", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true, .min_length = 4,
		.max_length = 64, .pattern = NAME_PATTERN,
		.description = "Name of the new instance: 4 to 64 characters, a letter first, then "
		"letters, digits, hyphens and underscores."},
	{.name = "password", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.secret = true, .min_length = 8, .max_length = 32, .pattern = "^[A-Za-z0-9~!@#%^*_+=?,-]*$",
		.description = "Password of the database user root: 8 to 32 characters of at least three "
		"kinds."},
	{.name = "restore_point_instance_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "restore_point.instance_id", .required = true,
		.description = "ID of the source instance."},
	{.name = "flavor_ref", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 1,
		.description = "Specification code: spec_code of the table flavors."},
	{.name = "volume_type", .type = GMF_TEXT, .location = GMF_IN_BODY, .place = "volume.type",
		.required = true, .values = "ULTRAHIGH|ESSD",
		.description = "Disk type: ULTRAHIGH (SSD) or ESSD (extreme SSD)."},
	{.name = "volume_size", .type = GMF_INTEGER, .location = GMF_IN_BODY, .place = "volume.size",
		.required = true, .has_range = true, .min = 40, .max = INT_MAX,
		.description = "Storage space in GB: from 40 GB to 16 TB for each shard, a multiple of 4 "
		"GB for each shard."},
	{.name = "availability_zone", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.min_length = 1,
		.description = "Availability zones, joined with commas: the same one three times, or "
		"three different ones."},
	{.name = "vpc_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "ID of the VPC."},
	{.name = "subnet_id", .type = GMF_TEXT, .location = GMF_IN_BODY, .required = true,
		.description = "Network ID of the subnet."},
	{.name = "restore_point_backup_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "restore_point.backup_id",
		.description = "ID of the backup to restore. The reference calls it optional, but names "
		"no other way."},
	{.name = "security_group_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "ID of the security group."},
	{.name = "configuration_id", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.description = "ID of the parameter template; the default one when it is left out."},
	{.name = "port", .type = GMF_TEXT, .location = GMF_IN_BODY, .pattern = "^[0-9]{4,5}$",
		.description = "Database port, 1024 to 39998; 8000 when it is left out. A few ports are "
		"reserved."},
	{.name = "time_zone", .type = GMF_TEXT, .location = GMF_IN_BODY, .pattern = TIME_ZONE_PATTERN,
		.description = "Time zone, whole hours: UTC-12:00 to UTC+12:00."},
	{.name = "charge_info_charge_mode", .type = GMF_TEXT, .location = GMF_IN_BODY,
		.place = "charge_info.charge_mode", .values = "postPaid",
		.description = "Billing mode: postPaid."},
	{.name = "backup_strategy", .type = GMF_JSONB, .location = GMF_IN_BODY,
		.description = "Object with the automated backup policy; the reference does not say what "
		"is in it."},
	{.name = "extra", .type = GMF_JSONB, .location = GMF_IN_BODY, .place = "",
		.description = "Object that is merged into the body of the request: members that have no "
		"argument."},
	{0}
};

static const GmfResult restore_to_new_instance_results[] = {
	{.name = "job_id", .type = GMF_TEXT, .path = "job_id",
		.description = "Job ID."},
	{.name = "instance_id", .type = GMF_TEXT, .path = "instance.id",
		.description = "ID of the new instance."},
	{.name = "instance_name", .type = GMF_TEXT, .path = "instance.name",
		.description = "Name of the new instance."},
	{.name = "instance_status", .type = GMF_TEXT, .path = "instance.status",
		.description = "Instance status."},
	{.name = "instance_datastore_type", .type = GMF_TEXT, .path = "instance.datastore.type",
		.description = "Database engine."},
	{.name = "instance_datastore_version", .type = GMF_TEXT, .path = "instance.datastore.version",
		.description = "Version of the engine."},
	{.name = "instance_ha_mode", .type = GMF_TEXT, .path = "instance.ha.mode",
		.description = "Deployment form."},
	{.name = "instance_ha_replication_mode", .type = GMF_TEXT,
		.path = "instance.ha.replication_mode",
		.description = "Replication mode of the standby."},
	{.name = "instance_ha_consistency", .type = GMF_TEXT, .path = "instance.ha.consistency",
		.description = "Consistency of transactions."},
	{.name = "instance_port", .type = GMF_INTEGER, .path = "instance.port",
		.description = "Database port."},
	{.name = "instance_volume_type", .type = GMF_TEXT, .path = "instance.volume.type",
		.description = "Disk type."},
	{.name = "instance_volume_size", .type = GMF_INTEGER, .path = "instance.volume.size",
		.description = "Storage space in GB."},
	{.name = "instance_backup_strategy_start_time", .type = GMF_TEXT,
		.path = "instance.backup_strategy.start_time",
		.description = "Deprecated."},
	{.name = "instance_backup_strategy_keep_days", .type = GMF_INTEGER,
		.path = "instance.backup_strategy.keep_days",
		.description = "Deprecated."},
	{.name = "instance_replica_num", .type = GMF_INTEGER, .path = "instance.replica_num",
		.description = "Number of replicas."},
	{.name = "instance_region", .type = GMF_TEXT, .path = "instance.region",
		.description = "Region of the instance."},
	{.name = "instance_flavor_ref", .type = GMF_TEXT, .path = "instance.flavor_ref",
		.description = "Specification code."},
	{.name = "instance_availability_zone", .type = GMF_TEXT, .path = "instance.availability_zone",
		.description = "Availability zones, joined with commas."},
	{.name = "instance_vpc_id", .type = GMF_TEXT, .path = "instance.vpc_id",
		.description = "ID of the VPC."},
	{.name = "instance_subnet_id", .type = GMF_TEXT, .path = "instance.subnet_id",
		.description = "ID of the subnet."},
	{.name = "instance_security_group_id", .type = GMF_TEXT, .path = "instance.security_group_id",
		.description = "ID of the security group."},
	{.name = "instance_charge_info_charge_mode", .type = GMF_TEXT,
		.path = "instance.charge_info.charge_mode",
		.description = "Billing mode."},
	{.name = "instance_enable_parallel_restore", .type = GMF_BOOLEAN,
		.path = "instance.enable_parallel_restore",
		.description = "Whether backups are restored in parallel."},
	{0}
};

static const GmfAction actions[] = {
	{
		.service = "gaussdb",
		.name = "gaussdb_set_backup_policy",
		.operation_id = "SetBackupPolicy",
		.section = "4.7.1",
		.method = "PUT",
		.path = "/v3/{project_id}/instances/{instance_id}/backups/policy",
		.description = "Replaces the automated backup policy of an instance.",
		.arguments = set_backup_policy_arguments,
		.destructive = true
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_create_backup",
		.operation_id = "CreateManualBackup",
		.section = "4.7.4",
		.method = "POST",
		.path = "/v3/{project_id}/backups",
		.description = "Starts a manual full backup of an instance.",
		.arguments = create_backup_arguments,
		.results = create_backup_results,
		.job = "job_id"
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_delete_backup",
		.operation_id = "DeleteManualBackup",
		.section = "4.7.6",
		.method = "DELETE",
		.path = "/v3/{project_id}/backups/{backup_id}",
		.description = "Deletes a manual backup.",
		.arguments = delete_backup_arguments,
		.results = delete_backup_results,
		.destructive = true
	},
	{
		.service = "gaussdb",
		.name = "gaussdb_restore_to_new_instance",
		.operation_id = "CreateRestoreInstanceOrCreateInstance",
		.section = "4.7.8",
		.method = "POST",
		.path = "/v3/{project_id}/instances",
		.description = "Creates an instance from a backup. It must have the version and the type "
		"of the source, and at least its specification and storage space.",
		.arguments = restore_to_new_instance_arguments,
		.results = restore_to_new_instance_results,
		.job = "job_id"
	},
	{0}
};

const GmfChapter gmf_gaussdb_backups = {
	.name = "backups",
	.title = "Backups and restoration",
	.resources = resources,
	.actions = actions
};
