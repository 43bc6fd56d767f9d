-- Which production instances are not in order, and who owns them?
SELECT a.owner, i.name, i.status
  FROM cloud.instances i
  JOIN cmdb.asset a ON a.instance_id = i.id
 WHERE i.name LIKE '%-prod-%' AND i.status <> 'ACTIVE'
 ORDER BY a.owner, i.name;

-- How many instances are there of each version and size?
SELECT datastore_version, flavor_info_vcpu AS vcpus, count(*)
  FROM cloud.instances
 GROUP BY 1, 2
 ORDER BY 1, 2;

-- What is running in the cloud that the CMDB does not know?
-- returns no rows
SELECT i.id, i.name, i.created
  FROM cloud.instances i
 WHERE NOT EXISTS (SELECT FROM cmdb.asset a WHERE a.instance_id = i.id);

-- Which instances were created in the last year, and what do they cost in vCPUs?
SELECT date_trunc('month', created)::date AS month, count(*), sum(flavor_info_vcpu) AS vcpus
  FROM cloud.instances
 WHERE created > now() - interval '1 year'
 GROUP BY 1
 ORDER BY 1;

-- On which addresses do the nodes of an instance listen?
SELECT name, role, private_ip, availability_zone
  FROM cloud.nodes
 WHERE instance_id = :'instance'
 ORDER BY name;

-- Which instances have all their nodes in one availability zone?
SELECT instance_name, min(availability_zone) AS zone, count(*) AS nodes
  FROM cloud.nodes
 GROUP BY instance_id, instance_name
HAVING count(DISTINCT availability_zone) = 1
 ORDER BY instance_name
 LIMIT 5;

-- Where are the primaries of the data nodes now, and where do they belong?
SELECT node_name, id, status, availability_zone_id, primary_availability_zone_id
  FROM cloud.components
 WHERE instance_id = :'instance' AND id LIKE 'dn%' AND role = 'master'
 ORDER BY id;

-- Which instances have primaries that are not where they belong, so that a switch-back is due?
SELECT i.name
  FROM cloud.instance_balance b
  JOIN cloud.instances i ON i.id = b.instance_id
 WHERE NOT b.balanced
 ORDER BY i.name;

-- What solution was each production instance made with?
SELECT i.name, f.solution, f.shard_num, f.replica_num
  FROM cloud.deployment_forms f
  JOIN cloud.instances i ON i.id = f.instance_id
 WHERE i.name LIKE '%-prod-%'
 ORDER BY i.name
 LIMIT 5;

-- What does the solution "triset" begin with?
SELECT solution, initial_node_num, shard_num, replica_num
  FROM cloud.solution_templates
 WHERE solution = 'triset';

-- Which instances can be reached from the internet?
SELECT i.name, p.public_ip_address, p.bandwidth_size, p.applied_at
  FROM cloud.public_ips p
  JOIN cloud.instances i ON i.id = p.instance_id
 ORDER BY i.name;

-- Where is the certificate with which clients of this instance verify the server?
SELECT download_link
  FROM cloud.ssl_certificates
 WHERE instance_id = :'instance';

-- How many more instances may be created?
SELECT type, quota - used AS free
  FROM cloud.quotas;

-- Which distributed instances could do with fewer coordinators?
SELECT i.name, count(*) AS coordinators, max(c.max_reduction_num) AS could_go
  FROM cloud.coordinators c
  JOIN cloud.instances i ON i.id = c.instance_id
 WHERE c.support_reduce
 GROUP BY i.name
 ORDER BY i.name
 LIMIT 5;

-- Which production instances will not be enlarged by themselves when their disk is full?
SELECT i.name, p.trigger_available_percent
  FROM cloud.instances i
  JOIN cloud.auto_enlarge_policies p ON p.instance_id = i.id
 WHERE i.name LIKE '%-prod-%' AND NOT p.switch_option
 ORDER BY i.name;

-- How many instances are normal, and how many are not?
SELECT status, count, total_count
  FROM cloud.instance_statistics
 ORDER BY status;

-- How many instances has each enterprise project?
SELECT e.name, count(i.id) AS instances
  FROM cloud.enterprise_projects e
  LEFT JOIN cloud.instances i ON i.enterprise_project_id = e.id
 GROUP BY e.id, e.name
 ORDER BY instances DESC, e.name
 LIMIT 5;

-- Which advanced features are switched on, and on how many instances?
SELECT name, count(*) FILTER (WHERE status = 'on') AS on, count(*) AS of
  FROM cloud.features
 GROUP BY name
 ORDER BY name;

-- How is a primary/standby instance created, in the network of another one?
-- The password comes from a setting; see the chapter on security.
BEGIN;
SELECT set_config('manual.password', 'Manual-2030!', true) IS NOT NULL AS set;
SELECT n.job_id, n.instance_name, n.instance_status
  FROM cloud.instances i,
       gaussdb_create_instance('beijing4', name => 'billing-next', password => 'setting:manual.password',
         flavor_ref => i.flavor_ref, volume_type => 'ULTRAHIGH', volume_size => 120, region => i.region,
         availability_zone => 'az1xahz,az1xahz,az1xahz', vpc_id => i.vpc_id, subnet_id => i.subnet_id,
         ha_mode => 'centralization_standard', ha_consistency => 'strong', solution => 'triset',
         security_group_id => i.security_group_id, replica_num => 3) n
 WHERE i.id = :'simple_instance';
COMMIT;

-- How does one add a coordinator in each of two zones, and wait for it?
SELECT w.status, w.instance_name
  FROM gaussdb_add_coordinators('beijing4', :'instance', ARRAY['az1xahz', 'az2xahz']) a,
       gaussdb_wait_for_job('beijing4', a.job_id, poll_interval => '200 ms') w;

-- How does one add three shards?
-- An instance that is paid for by year or month has an order_id in the place of the job_id.
SELECT job_id, order_id FROM gaussdb_add_shards('beijing4', :'instance', 3);

-- How is the disk of every instance that is over 80 percent enlarged by a fifth?
-- Sizes go in steps of 40 GB for each shard.
SET gaussdb_mgmt_fdw.dry_run = on;
SELECT i.name, gaussdb_enlarge_volume('beijing4', i.id, i.volume_size + 40 * f.shard_num)
  FROM cloud.instances i
  JOIN cloud.deployment_forms f ON f.instance_id = i.id
 WHERE i.disk_usage > 0.8 AND i.status = 'ACTIVE';
RESET gaussdb_mgmt_fdw.dry_run;

-- How is an instance deleted? The recycle bin keeps it for some days.
SELECT job_id FROM gaussdb_delete_instance('beijing4', :'simple_instance');

-- How is the password of the administrator set from a setting?
SET manual.password = 'Manual-2030!';
SELECT gaussdb_reset_password('beijing4', :'instance', 'setting:manual.password');

-- How is an instance renamed?
SELECT gaussdb_rename_instance('beijing4', :'instance', 'billing-prod-main') AS job_id;

-- How are the test instances of one system restarted?
SELECT i.name, gaussdb_restart_instance('beijing4', i.id) AS job_id
  FROM cloud.instances i
  JOIN cmdb.asset a ON a.instance_id = i.id
 WHERE a.system = 'orders' AND i.name LIKE '%-test-%' AND i.status = 'ACTIVE';

-- How is a shard switched over to its standby in another zone?
SELECT gaussdb_switch_shards('beijing4', :'instance',
         jsonb_build_array(jsonb_build_object('node_id', c.node_id, 'component_id', c.id))) AS job_id
  FROM cloud.components c
 WHERE c.instance_id = :'instance' AND c.id LIKE 'dn%' AND c.role = 'slave'
 LIMIT 1;

-- How is an instance given the next larger flavor?
SELECT job_id
  FROM gaussdb_resize_instance('beijing4', :'simple_instance',
         (SELECT f.spec_code
            FROM cloud.available_flavors f
            JOIN cloud.instances i ON i.id = f.instance_id
           WHERE i.id = :'simple_instance' AND f.ram > i.flavor_info_mem
           ORDER BY f.ram, f.vcpus
           LIMIT 1));

-- Is this password too weak for the service?
SELECT gaussdb_check_weak_password('beijing4', 'Password_123') AS is_weak;

-- How is a public address bound to a node?
SELECT gaussdb_bind_public_ip('beijing4', :'instance', :'node',
         public_ip => '10.154.0.7', public_ip_id => '3f9a1f0e-2b6c-4d0a-9a34-0d6b8a1c7e55') AS job_id;

-- Which public addresses would be given up if no test instance were to be reached from the internet?
SELECT i.name, p.public_ip_address,
       gaussdb_unbind_public_ip('beijing4', i.id, n.id, p.public_ip_address, p.public_ip_id) AS job_id
  FROM cloud.public_ips p
  JOIN cloud.instances i ON i.id = p.instance_id
  JOIN cloud.nodes n ON n.instance_id = i.id AND n.private_ip = p.private_ip_address
 WHERE i.name LIKE '%-test-%' AND i.status = 'ACTIVE';

-- How is one node stopped?
SELECT gaussdb_stop_instance('beijing4', :'instance', ARRAY[:'node']) AS job_id;

-- How is it stopped for five minutes' work, and started again?
SELECT s.status AS stopped
  FROM gaussdb_stop_instance('beijing4', :'instance', ARRAY[:'node']) job_id,
       gaussdb_wait_for_job('beijing4', job_id, poll_interval => '200 ms') s;
SELECT s.status AS started
  FROM gaussdb_start_instance('beijing4', :'instance', ARRAY[:'node']) job_id,
       gaussdb_wait_for_job('beijing4', job_id, poll_interval => '200 ms') s;

-- What would be asked to turn a log replica of a zone into a full one?
SET gaussdb_mgmt_fdw.dry_run = on;
SELECT job_id FROM gaussdb_switch_logger_replica('beijing4', :'instance', 'az3xahz');
RESET gaussdb_mgmt_fdw.dry_run;

-- What would be asked to turn a full replica into a log replica?
SET gaussdb_mgmt_fdw.dry_run = on;
SELECT job_id FROM gaussdb_switch_replica('beijing4', :'instance');
RESET gaussdb_mgmt_fdw.dry_run;

-- How is an advanced feature switched on?
SELECT gaussdb_set_features('beijing4', f.instance_id, jsonb_build_object(f.name, 'on')) AS job_id
  FROM cloud.features f
 WHERE f.instance_id = :'instance' AND f.status = 'off'
 LIMIT 1;
