-- Which gateways are open to the internet, and at which address?
SELECT instance_name, status, eip_address
  FROM apig.instances
 WHERE eip_address <> ''
 ORDER BY instance_name
 LIMIT 5;

-- Which edition and version has each gateway?
SELECT instance_name, spec, instance_version, create_time
  FROM apig.instances
 WHERE status = 'Running'
 ORDER BY instance_name
 LIMIT 5;
