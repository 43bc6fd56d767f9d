-- What does the old instance list say of an instance?
SELECT name, status, datastore_version
  FROM cloud.instances_v3
 WHERE id = :'instance';

-- How are instances counted with the old list, for comparison?
SELECT (SELECT count(*) FROM cloud.instances_v3) AS old, (SELECT count(*) FROM cloud.instances) AS new;

-- What would the old way to create an instance ask?
SET gaussdb_mgmt_fdw.dry_run = on;
SELECT n.job_id
  FROM cloud.instances i,
       gaussdb_create_instance_v3('beijing4', name => 'billing-old', password => 'Manual-2030!',
         flavor_ref => i.flavor_ref, volume_type => 'ULTRAHIGH', volume_size => 480, region => i.region,
         availability_zone => 'az1xahz', vpc_id => i.vpc_id, subnet_id => i.subnet_id,
         security_group_id => i.security_group_id, ha_mode => 'enterprise', ha_consistency => 'strong',
         sharding_num => 3, coordinator_num => 2) n
 WHERE i.id = :'instance';
RESET gaussdb_mgmt_fdw.dry_run;

-- What would the old way to resize one ask?
SET gaussdb_mgmt_fdw.dry_run = on;
SELECT job_id FROM gaussdb_resize_instance_v3('beijing4', :'simple_instance', 'gaussdb.opengauss.ee.dn.m6.8xlarge.8.ha');
RESET gaussdb_mgmt_fdw.dry_run;
