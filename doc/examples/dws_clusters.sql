-- Which clusters are not in order?
SELECT name, status, task_status, failed_reasons_error_msg
  FROM dws.clusters
 WHERE status <> 'AVAILABLE' OR task_status LIKE '%FAILURE'
 ORDER BY name;

-- Which clusters run an old version?
SELECT name, version, number_of_node, created
  FROM dws.clusters
 WHERE version < '8'
 ORDER BY version, name;

-- Which node types can be had, and how large are they?
SELECT spec_name, detail
  FROM dws.node_types
 ORDER BY spec_name;

-- How is a cluster created, with the password from a setting?
SET manual.password = 'Manual-2030!';
SELECT dws_create_cluster('beijing4', name => 'dws-reporting', node_type => c.node_type, number_of_node => 3,
         vpc_id => c.vpc_id, subnet_id => c.subnet_id, security_group_id => c.security_group_id,
         user_name => 'dbadmin', user_pwd => 'setting:manual.password') AS cluster_id
  FROM dws.clusters c
 WHERE c.id = :'cluster';

-- How is a cluster deleted, with its last manual snapshot kept?
SELECT dws_delete_cluster('beijing4', :'cluster', keep_last_manual_snapshot => 1);

-- How is a cluster restarted, and waited for?
SELECT dws_restart_cluster('beijing4', :'cluster');
SELECT name, status, task_status
  FROM dws_wait_for_cluster('beijing4', :'cluster', timeout => '1 hour', poll_interval => '200 ms');

-- How does a cluster get three more nodes?
SELECT dws_resize_cluster('beijing4', :'cluster', 3);

-- How is the password of the administrator reset?
SET manual.password = 'Manual-2031!';
SELECT dws_reset_password('beijing4', :'cluster', 'setting:manual.password');
