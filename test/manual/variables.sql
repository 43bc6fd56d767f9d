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
\set network_test '{"endpoint": {"id": "1", "db_type": "mysql", "ip": "10.0.0.5", "db_port": "3306"}}'
