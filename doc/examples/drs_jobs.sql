-- Which migrations and synchronisations have failed, and what can be done with them?
SELECT name, job_type, status, job_action_available_actions
  FROM drs.jobs
 WHERE status LIKE '%FAILED'
 ORDER BY name;

-- Which migrations to GaussDB are running?
SELECT name, engine_type, status, create_time
  FROM drs.jobs
 WHERE job_type = 'migration' AND engine_type = 'mysql-to-gaussdbv5'
 ORDER BY create_time;

-- How is a synchronisation from Oracle made? It can be configured when it has been created.
SELECT job_name, job_status
  FROM drs_create_job('beijing4', base_info_name => 'DRS-ledger-new', base_info_job_type => 'sync',
         base_info_engine_type => 'oracle-to-gaussdbv5', base_info_job_direction => 'up',
         base_info_task_type => 'FULL_INCR_TRANS', base_info_net_type => 'eip',
         source_endpoint => '[{"db_type": "oracle", "endpoint_type": "offline", "endpoint_role": "so",
                               "endpoint": {"endpoint_name": "oracle", "ip": "10.154.217.239", "db_port": "1521",
                                            "db_user": "APP", "db_name": "serviceName.orcl", "db_password": "Manual-2030"},
                               "ssl": {"ssl_link": false}}]',
         target_endpoint => '[{"db_type": "gaussdbv5", "endpoint_type": "cloud", "endpoint_role": "ta",
                               "endpoint": {"endpoint_name": "cloud_gaussdbv5",
                                            "instance_id": "c2c7579bc09c490b9d8009db715aeb0ain14",
                                            "db_user": "root", "db_password": "Manual-2030"}}]',
         node_info_spec_node_type => 'high', base_info_charging_mode => 'on_demand',
         node_info_vpc_vpc_id => :'vpc', node_info_vpc_subnet_id => :'subnet',
         node_info_vpc_security_group_id => :'security_group');

-- How is a task given the tables that it shall copy?
SELECT status
  FROM drs_update_job('beijing4', :'drs_job', 'db_object',
         '{"db_object": {"object_scope": "table", "target_root_db": {"db_name": "ledger", "db_encoding": "utf8"},
           "object_info": {"APP": {"name": "APP", "all": true}}}}');

-- How is a task checked before its start?
SELECT name, status, query_id
  FROM drs_execute_job_action('beijing4', :'drs_job', 'precheck', '{"precheck_mode": "forStartJob"}');

-- How are all tasks that have failed on the way started anew?
SELECT a.id, a.status, a.error_msg
  FROM (SELECT jsonb_agg(jsonb_build_object('job_id', id, 'action_name', 'restart')) AS jobs
          FROM drs.jobs
         WHERE status LIKE '%TRANSFER_FAILED') failed,
       drs_execute_job_actions('beijing4', failed.jobs) a;
