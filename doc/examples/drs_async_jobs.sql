-- Which batches of tasks have not passed their checks?
SELECT async_job_id, status, user_name, create_time
  FROM drs.async_jobs
 WHERE status LIKE '%FAILED'
 ORDER BY create_time DESC;

-- Which tasks are in the batches of the last days?
SELECT b.create_time::date AS day, d.base_info_name, d.status
  FROM drs.async_jobs b
  JOIN drs.async_job_details d ON d.async_job_id = b.async_job_id
 WHERE b.create_time > now() - interval '3 days'
 ORDER BY 1, 2
 LIMIT 5;
