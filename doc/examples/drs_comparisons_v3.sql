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
