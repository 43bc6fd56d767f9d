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

-- How are two tasks made as one batch?
SELECT length(drs_create_jobs_async('beijing4', jsonb_build_array(:'task'::jsonb))) > 0 AS made;

-- How is a task of a batch renamed before the batch is committed?
SELECT u.name, u.status, u.error_msg
  FROM drs_create_jobs_async('beijing4', jsonb_build_array(:'task'::jsonb)) batch,
       drs.async_job_details d,
       drs_update_async_job('beijing4', batch,
         jsonb_build_array(jsonb_build_object('type', 'all', 'params',
           :'task'::jsonb || jsonb_build_object('job_id', d.id)))) u
 WHERE d.async_job_id = batch;

-- How is a batch committed whose checks have been passed?
SELECT status, msg
  FROM drs_commit_async_job('beijing4', :'batch');
