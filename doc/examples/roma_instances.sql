-- Which instances are not running, and why?
SELECT name, status, error_code, error_msg
  FROM roma.instances
 WHERE status <> 'RUNNING'
 ORDER BY name;

-- How full are the message queues?
SELECT name, engine, used_storage_space, storage_space
  FROM roma.mqs_instances
 ORDER BY name;

-- Where does the gateway of each instance listen?
SELECT instance_name, ingress_ip, status
  FROM roma.apic_instances
 ORDER BY instance_name;
