-- Which comparisons does the older API know of a task?
SELECT compare_type, compare_task_status, create_time
  FROM drs.compare_tasks_v3
 WHERE job_id = :'drs_job'
 ORDER BY create_time DESC
 LIMIT 5;

-- How many comparisons of each kind are there?
SELECT compare_type, count(*)
  FROM drs.compare_tasks_v3
 GROUP BY compare_type
 ORDER BY compare_type;

-- Which kinds of objects differ in number?
SELECT object_type, source_count, target_count, diff_count
  FROM drs.object_comparisons_v3
 WHERE job_id = :'drs_job' AND compare_task_id = :'object_comparison_v3';

-- In which tables does the number of rows differ?
SELECT source_db_name, source_table_name, diff_row_num
  FROM drs.line_comparisons_v3
 WHERE job_id = :'drs_job' AND compare_task_id = :'line_comparison_v3';

-- In which tables do the contents differ?
SELECT source_db_name, source_table_name, content_compare_result
  FROM drs.content_comparisons_v3
 WHERE job_id = :'drs_job' AND compare_task_id = :'content_comparison_v3';

-- How far is a comparison of contents?
SELECT source_db, status, compare_num, compare_end_num
  FROM drs.content_comparison_overviews_v3
 WHERE job_id = :'drs_job' AND compare_job_id = :'content_comparison_v3';

-- What did it find, table by table?
SELECT type, source_table_name, difference_row_num, message
  FROM drs.content_comparison_details_v3
 WHERE job_id = :'drs_job' AND compare_job_id = :'content_comparison_v3'
 LIMIT 5;
