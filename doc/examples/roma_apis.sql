-- Which APIs need no authentication?
SELECT name, req_method, req_uri
  FROM roma.apis
 WHERE auth_type = 'NONE'
 ORDER BY name
 LIMIT 5;

-- Which versions of an API were published where?
SELECT a.name, v.version_no, v.env_name, v.publish_time
  FROM roma.apis a
  JOIN roma.api_versions v ON v.instance_id = a.instance_id AND v.api_id = a.id
 WHERE a.instance_id = :'roma_instance'
 ORDER BY a.name, v.publish_time
 LIMIT 5;

-- What did an earlier version of an API look like?
SELECT d.name, d.req_method, d.req_uri, d.backend_type
  FROM roma.api_versions v
  JOIN roma.api_version_details d ON d.instance_id = v.instance_id AND d.version_id = v.version_id
 WHERE v.instance_id = :'roma_instance'
 LIMIT 3;

-- Which plug-ins are there?
SELECT plugin_name, plugin_type, plugin_scope
  FROM roma.plugins
 WHERE instance_id = :'roma_instance'
 ORDER BY plugin_name
 LIMIT 5;

-- Which APIs have a plug-in bound, and in which environment?
SELECT a.name, p.plugin_name, p.env_name
  FROM roma.apis a
  JOIN roma.api_plugins p ON p.instance_id = a.instance_id AND p.api_id = a.id
 WHERE a.instance_id = :'roma_instance'
 ORDER BY a.name, p.plugin_name
 LIMIT 5;

-- Which environments are there?
SELECT name, remark, create_time
  FROM roma.environments
 WHERE instance_id = :'roma_instance'
 ORDER BY name;

-- How is a plug-in taken off an API?
SELECT p.plugin_name,
       roma_detach_plugins('beijing4', p.instance_id, p.api_id, p.env_id, ARRAY[p.plugin_id])
  FROM roma.api_plugins p
 WHERE p.instance_id = :'roma_instance'
 LIMIT 1;
