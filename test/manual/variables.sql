-- variables.sql
--	The psql variables that the examples name, so that their ids exist.

SELECT id AS instance, vpc_id AS vpc, subnet_id AS subnet, security_group_id AS security_group
  FROM cloud.instances WHERE name = 'billing-prod-0002' \gset
SELECT id AS other_instance FROM cloud.instances WHERE name = 'shipping-prod-0008' \gset
SELECT id AS simple_instance FROM cloud.instances WHERE name = 'payroll-dev-0006' \gset
SELECT id AS node, split_part(name, '_', 1) AS node_name FROM cloud.nodes
 WHERE instance_id = :'instance' ORDER BY name LIMIT 1 \gset
SELECT id AS template FROM cloud.parameter_templates WHERE name = 'erp.template_0' \gset
SELECT id AS backup FROM cloud.backups WHERE instance_id = :'instance' AND status = 'COMPLETED' LIMIT 1 \gset
SELECT id AS manual_backup FROM cloud.backups WHERE type = 'manual' AND status = 'COMPLETED' LIMIT 1 \gset
SELECT instance_id AS tenant_instance, id AS tenant FROM cloud.tenants WHERE NOT is_cdb AND status = 'normal' LIMIT 1 \gset
SELECT name AS tenant_user FROM cloud.tenant_users
 WHERE instance_id = :'tenant_instance' AND pdb_id = :'tenant' AND name <> 'root' LIMIT 1 \gset
SELECT name AS database FROM cloud.databases WHERE instance_id = :'instance' AND name <> 'postgres' LIMIT 1 \gset
SELECT name AS database_user FROM cloud.database_users WHERE instance_id = :'instance' AND name <> 'root' LIMIT 1 \gset
SELECT job_id AS ended_job FROM cloud.tasks WHERE status = 'Completed' LIMIT 1 \gset
SELECT instance_id AS tagged_instance, key AS tag FROM cloud.instance_tags LIMIT 1 \gset
SELECT id AS cluster FROM dws.clusters WHERE status = 'AVAILABLE' AND task_status IS NULL LIMIT 1 \gset
SELECT id AS snapshot FROM dws.snapshots WHERE status = 'AVAILABLE' LIMIT 1 \gset
SELECT id AS drs_job FROM drs.jobs WHERE name = 'DRS-orders-0003' \gset
SELECT i.id AS roma_instance, a.id AS roma_app
  FROM roma.instances i JOIN roma.apps a ON a.instance_id = i.id WHERE i.name = 'roma-prod-01' LIMIT 1 \gset
SELECT id AS roma_dictionary FROM roma.dictionaries WHERE instance_id = :'roma_instance' LIMIT 1 \gset
SELECT id AS object_comparison FROM drs.job_compare_tasks WHERE job_id = :'drs_job' AND type = 'object' LIMIT 1 \gset
SELECT id AS line_comparison FROM drs.job_compare_tasks WHERE job_id = :'drs_job' AND type = 'lines' LIMIT 1 \gset
SELECT id AS content_comparison FROM drs.job_compare_tasks WHERE job_id = :'drs_job' AND type = 'contents' LIMIT 1 \gset
SELECT compare_task_id AS object_comparison_v3 FROM drs.compare_tasks_v3 WHERE job_id = :'drs_job' AND compare_type LIKE 'object%' LIMIT 1 \gset
SELECT compare_task_id AS line_comparison_v3 FROM drs.compare_tasks_v3 WHERE job_id = :'drs_job' AND compare_type = 'lines' LIMIT 1 \gset
SELECT compare_task_id AS content_comparison_v3 FROM drs.compare_tasks_v3 WHERE job_id = :'drs_job' AND compare_type = 'contents' LIMIT 1 \gset
SELECT async_job_id AS batch FROM drs.async_jobs WHERE status = 'AUTO_PARAM_VALIDATE_SUCCESS' LIMIT 1 \gset
\set task '{"base_info": {"name": "DRS-1234", "job_type": "sync", "engine_type": "oracle-to-gaussdbv5", "job_direction": "up", "task_type": "FULL_INCR_TRANS", "net_type": "eip", "charging_mode": "on_demand", "enterprise_project_id": "0", "description": "", "expired_days": "14", "tags": [{"key": "test", "value": "test"}]}, "source_endpoint": [{"db_type": "oracle", "endpoint_type": "offline", "endpoint_role": "so", "endpoint": {"endpoint_name": "oracle", "ip": "10.154.217.239", "db_port": "1521", "db_user": "ORACLE_USER", "db_name": "serviceName.orcl", "db_password": "******"}, "ssl": {"ssl_link": false}}], "target_endpoint": [{"db_type": "gaussdbv5", "endpoint_type": "cloud", "endpoint_role": "ta", "endpoint": {"endpoint_name": "cloud_gaussdbv5", "instance_id": "c2c7579bc09c490b9d8009db715aeb0ain14", "db_user": "root", "db_password": "******"}, "cloud": {"region": "cn-north-4", "project_id": "9dc8c0f3f74c4dbb23c29cf0318ee561", "az_code": "cn-north-4a,cn-north-4g,cn-north-4c"}, "vpc": {"vpc_id": "2cb5d364-ae63-4fbb-85b7-7d59f4a88f8f", "subnet_id": "2cb54324-ae63-4fbb-85b7-7d59f4a88f8f", "security_group_id": "039a3s89-665a-43e2-9b4f-bda7d9ee148d"}}], "alarm_notify": {"alarm_to_user": true, "topic_urn": "urn:smn:cn-north-4:f2c2468c3ee7410c862a461ca073d2f2:test", "delay_time": 60}, "speed_limit": [{"begin": "16:00", "end": "15:59", "speed": "10"}], "policy_config": {"ddl_trans": false}, "db_object": {"object_scope": "table", "target_root_db": {"db_name": "target_db_name", "db_encoding": "utf8"}, "object_info": {"source_db1": {"name": "source_db1", "all": false, "tables": {"source_tb1": {"type": "table", "name": "source_tb1", "all": true}, "source_tb2": {"type": "table", "name": "source_tb2", "all": true}}}}}, "node_info": {"spec": {"node_type": "medium"}}}'
