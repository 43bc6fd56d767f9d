-- Which tenants are on this instance, and what do they have?
SELECT name, status, cpu, mem, disk
  FROM cloud.tenants
 WHERE instance_id = :'tenant_instance' AND NOT is_cdb
 ORDER BY name;

-- Which instances have given most of their memory to tenants?
SELECT i.name, sum(t.mem) AS tenants_gb, i.flavor_info_mem AS instance_gb
  FROM cloud.tenants t
  JOIN cloud.instances i ON i.id = t.instance_id
 WHERE NOT t.is_cdb
 GROUP BY i.id, i.name, i.flavor_info_mem
 ORDER BY tenants_gb DESC
 LIMIT 5;

-- How often do the tenants of an instance make checkpoints, in seconds?
SELECT t.name, p.value AS checkpoint_timeout
  FROM cloud.tenants t
  JOIN cloud.tenant_parameters p ON p.instance_id = t.instance_id AND p.pdb_id = t.id
 WHERE t.instance_id = :'tenant_instance' AND NOT t.is_cdb AND p.name = 'dn:checkpoint_timeout'
 ORDER BY t.name;

-- Which templates are there for tenants?
SELECT name, datastore_version, user_defined
  FROM cloud.tenant_templates
 WHERE instance_id = :'tenant_instance';

-- What is the largest tenant that still fits?
SELECT cpu, mem, remaining_disk
  FROM cloud.tenant_flavors
 WHERE instance_id = :'tenant_instance'
 ORDER BY cpu DESC, mem DESC
 LIMIT 1;

-- Which users of tenants are locked?
SELECT t.name AS tenant, u.name AS "user"
  FROM cloud.tenants t
  JOIN cloud.tenant_users u ON u.instance_id = t.instance_id AND u.pdb_id = t.id
 WHERE t.instance_id = :'tenant_instance' AND u.lock_status;

-- Who owns the schemas of a tenant?
SELECT schema_name, owner
  FROM cloud.tenant_schemas
 WHERE instance_id = :'tenant_instance' AND pdb_id = :'tenant'
 ORDER BY schema_name;

-- How is a tenant made?
SELECT gaussdb_create_tenant('beijing4', :'tenant_instance', pdb_name => 'ledger', pdb_pd_in_db => 'Manual-2030!',
         cpu => 1, mem => 4, disk => '20', configuration_id => t.id, encoding => 'UTF8') AS job_id
  FROM cloud.tenant_templates t
 WHERE t.instance_id = :'tenant_instance'
 LIMIT 1;

-- How is a tenant deleted?
SELECT gaussdb_delete_tenant('beijing4', :'tenant_instance', :'tenant') AS job_id;

-- How does a tenant get more memory?
SELECT gaussdb_resize_tenant('beijing4', :'tenant_instance', :'tenant', cpu => 4, mem => 16) AS job_id;

-- How does a tenant get twice the disk?
SELECT gaussdb_enlarge_tenant_disk('beijing4', t.instance_id, t.id, (t.disk * 2)::integer) AS job_id
  FROM cloud.tenants t
 WHERE t.instance_id = :'tenant_instance' AND t.id = :'tenant';

-- How is a parameter of a tenant set?
SELECT gaussdb_set_tenant_parameters('beijing4', :'tenant_instance', :'tenant', '{"dn:checkpoint_timeout": "600"}') AS job_id;

-- How is a user of a tenant made, with the password from a setting?
SET manual.password = 'Manual-2030!';
SELECT gaussdb_create_tenant_user('beijing4', :'tenant_instance', :'tenant', 'ledger_app', 'setting:manual.password');

-- How is a schema of a tenant made?
SELECT gaussdb_create_tenant_schemas('beijing4', :'tenant_instance', :'tenant',
         jsonb_build_array(jsonb_build_object('name', 'ledger', 'owner', :'tenant_user')));

-- How is the password of a user of a tenant reset?
SET manual.password = 'Manual-2031!';
SELECT gaussdb_reset_tenant_user_password('beijing4', :'tenant_instance', :'tenant', :'tenant_user', 'setting:manual.password');

-- How may a user of a tenant read a schema?
SELECT gaussdb_grant_tenant_privileges('beijing4', :'tenant_instance', :'tenant',
         jsonb_build_array(jsonb_build_object('name', :'tenant_user', 'readonly', true, 'schema_name', 'public')));
