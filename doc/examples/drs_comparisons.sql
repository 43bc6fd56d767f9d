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
