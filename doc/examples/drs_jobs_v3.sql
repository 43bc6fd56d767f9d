-- Which tasks does the older API list, and in which state are they?
SELECT j.name, j.db_use_type, s.status
  FROM drs.jobs_v3 j
  JOIN drs.job_statuses_v3 s ON s.id = j.id
 ORDER BY j.name
 LIMIT 5;

-- What does it tell of the source of a task?
SELECT name, status, inst_info_engine_type, inst_info_ip
  FROM drs.job_details_v3
 WHERE id = :'drs_job';

-- How much time is left?
SELECT j.name, p.progress, p.remaining_time
  FROM drs.jobs_v3 j
  JOIN drs.job_progress_v3 p ON p.job_id = j.id
 WHERE j.db_use_type = 'migration'
 ORDER BY j.name;

-- How is a task renamed?
SELECT id, status
  FROM drs_update_jobs('beijing4', jsonb_build_array(jsonb_build_object('job_id', :'drs_job', 'name', 'DRS-renamed')));

-- How is a migration made by the older API?
SELECT name, status, error_msg
  FROM drs_create_jobs('beijing4', jsonb_build_array(jsonb_build_object('name', 'DRS-ledger', 'node_type', 'high',
         'engine_type', 'mysql', 'net_type', 'eip', 'job_direction', 'up', 'db_use_type', 'migration',
         'task_type', 'FULL_INCR_TRANS', 'customize_sutnet_id', :'subnet',
         'source_endpoint', '{"db_type": "mysql"}'::jsonb,
         'target_endpoint', '{"region": "cn-north-4", "db_type": "mysql", "inst_id": "e05a3679efe241d8b5dee80b17c1a863in01"}'::jsonb,
         'is_target_readonly', false, 'bind_eip', true)));
