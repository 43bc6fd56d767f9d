-- How far is each synchronisation behind its source, in milliseconds?
SELECT j.name, p.progress, p.incr_trans_delay_millis
  FROM drs.jobs j
  JOIN drs.job_progress p ON p.job_id = j.id
 WHERE j.job_type = 'sync'
 ORDER BY j.name;

-- What is written in the details of a task?
SELECT base_info_name, base_info_engine_type, base_info_net_type, status
  FROM drs.job_details
 WHERE job_id = :'drs_job';

-- When did the full transfer of a task begin?
SELECT status, migration_object_progress_info_full_start_time AS full_start
  FROM drs.job_overviews
 WHERE job_id = :'drs_job';

-- Which kinds of objects has a task copied, and how many of them?
SELECT job_id, type, src_count, dst_count, status
  FROM drs.job_object_progress
 WHERE src_count <> dst_count OR status IS NOT NULL
 ORDER BY job_id, type
 LIMIT 5;

-- What are the last errors in the log of a task?
SELECT create_time, message
  FROM drs.job_logs
 WHERE job_id = :'drs_job' AND level <> 'info'
 ORDER BY create_time DESC
 LIMIT 3;

-- Is the target of each task writable now?
SELECT j.name, s.is_writable
  FROM drs.jobs j
  JOIN drs.job_target_states s ON s.job_id = j.id
 WHERE j.job_type = 'cloudDataGuard'
 ORDER BY j.name;

-- Was a file of objects imported into a task?
SELECT job_id, file_size, previous_select
  FROM drs.job_object_imports
 WHERE job_id = :'drs_job';

-- What can be chosen in a task, tables or columns?
SELECT is_full_trans_support_object, is_support_column_mapping, is_import_column
  FROM drs.job_object_support
 WHERE job_id = :'drs_job';

-- What did the check before the start find?
-- The action starts it and names it by a query_id.
SELECT p.item, p.result, p.failed_reason
  FROM drs_execute_job_action('beijing4', :'drs_job', 'precheck', '{"precheck_mode": "forStartJob"}') a
  JOIN drs.job_prechecks p ON p.job_id = :'drs_job' AND p.query_id = a.query_id
 ORDER BY p.item
 LIMIT 3;

-- Does the replication instance reach the source and the target?
SELECT n.ip, n.success, n.status
  FROM drs_execute_job_action('beijing4', :'drs_job', 'network') a
  JOIN drs.job_network_tests n ON n.job_id = :'drs_job' AND n.query_id = a.query_id;

-- Does it reach another cloud, for recording and replaying?
SELECT n.ip, n.success, n.status
  FROM drs_execute_job_action('beijing4', :'drs_job', 'cloud_connection') a
  JOIN drs.job_cloud_connections n ON n.job_id = :'drs_job' AND n.query_id = a.query_id;

-- How healthy is a task, and what is not in order?
SELECT d.score, d.status, d.normal_count, d.abnormal_count
  FROM drs_execute_job_action('beijing4', :'drs_job', 'diagnosis') a
  JOIN drs.job_diagnoses d ON d.job_id = :'drs_job' AND d.query_id = a.query_id;

-- What did an earlier diagnosis say?
SELECT h.score, h.status, h.start_time
  FROM drs_execute_job_action('beijing4', :'drs_job', 'diagnosis') a
  JOIN drs.job_diagnosis_history h ON h.job_id = :'drs_job' AND h.query_id = a.query_id;

-- How far is the repair of rows that differ?
SELECT r.status, r.progress
  FROM drs_execute_job_action('beijing4', :'drs_job', 'start_repair') a
  JOIN drs.job_repair_progress r ON r.job_id = :'drs_job' AND r.query_id = a.query_id;

-- What would it execute?
SELECT r.repair_sql_state, r.repair_sql_info
  FROM drs_execute_job_action('beijing4', :'drs_job', 'start_repair') a
  JOIN drs.job_repair_details r ON r.job_id = :'drs_job' AND r.query_id = a.query_id
 LIMIT 3;
