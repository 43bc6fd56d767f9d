-- Which comparisons have failed, and of which task?
SELECT j.name, c.type, c.status, c.error_msg
  FROM drs.jobs j
  JOIN drs.job_compare_tasks c ON c.job_id = j.id
 WHERE c.status = 'FAILED'
 ORDER BY j.name, c.type
 LIMIT 5;

-- Which kinds of objects differ in number between source and target?
SELECT j.name, o.type, o.source_count, o.target_count
  FROM drs.jobs j
  JOIN drs.job_object_comparisons o ON o.job_id = j.id
 WHERE o.source_count <> o.target_count
 ORDER BY j.name, o.type
 LIMIT 5;

-- Which single objects are missing in the target?
SELECT object_type, source_db_value, target_db_value
  FROM drs.job_object_comparison_details
 WHERE job_id = :'drs_job'
 LIMIT 5;

-- In which databases do the numbers of rows differ?
SELECT source_db_name, target_db_name, status
  FROM drs.job_line_comparisons
 WHERE job_id = :'drs_job' AND compare_task_id = :'line_comparison';

-- In which tables?
SELECT source_table_name, source_row_num, target_row_num
  FROM drs.job_line_comparison_details
 WHERE job_id = :'drs_job' AND compare_task_id = :'line_comparison'
   AND source_db_name = 'app' AND target_db_name = 'app' AND difference_row_num <> 0;

-- Whose contents differ?
SELECT source_db, target_db, status, compare_result
  FROM drs.job_content_comparisons
 WHERE job_id = :'drs_job' AND compare_task_id = :'content_comparison';

-- Which tables have contents that differ, and in how many rows?
SELECT compare_detail_type, source_table_name, difference_row_num
  FROM drs.job_content_comparison_details
 WHERE job_id = :'drs_job' AND compare_task_id = :'content_comparison'
 LIMIT 5;

-- Which rows are they?
SELECT source_key_value, target_key_value
  FROM drs.job_content_differences
 WHERE job_id = :'drs_job' AND compare_task_id = :'content_comparison'
   AND source_db_name = 'app' AND target_db_name = 'app'
 LIMIT 5;

-- Has the script that repairs them been exported?
SELECT repair_export_status
  FROM drs.job_repair_exports
 WHERE job_id = :'drs_job' AND compare_task_id = :'content_comparison';
