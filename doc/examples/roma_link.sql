-- How many devices has each product?
SELECT p.name, c.device_count
  FROM roma.products p
  JOIN roma.product_device_counts c ON c.instance_id = p.instance_id AND c.product_id = p.id
 ORDER BY c.device_count DESC, p.name
 LIMIT 5;

-- Which devices are offline?
SELECT device_name, product_product_name, online_status
  FROM roma.devices
 WHERE instance_id = :'roma_instance' AND online_status <> 1
 ORDER BY device_name
 LIMIT 5;

-- Which groups of devices has an application, and who made them?
SELECT g.name, d.created_user_user_name
  FROM roma.device_groups g
  JOIN roma.device_group_details d ON d.instance_id = g.instance_id AND d.id = g.id
 WHERE g.instance_id = :'roma_instance' AND g.app_id = :'roma_app'
 ORDER BY g.name;

-- How is a device made?
SELECT device_name, product_product_name
  FROM roma.products p,
       roma_create_device('beijing4', p.instance_id, device_name => 'meter-001', node_id => 'meter001',
         app_id => p.app_id, product_product_id => p.id)
 WHERE p.instance_id = :'roma_instance'
 LIMIT 1;

-- How is a product deleted that has no devices?
SELECT p.name, roma_delete_product('beijing4', p.instance_id, p.id)
  FROM roma.products p
  JOIN roma.product_device_counts c ON c.instance_id = p.instance_id AND c.product_id = p.id
 WHERE p.instance_id = :'roma_instance' AND c.device_count = 0
 LIMIT 1;

-- How is a group of devices deleted?
SELECT g.name, roma_delete_device_group('beijing4', g.instance_id, g.id)
  FROM roma.device_groups g
 WHERE g.instance_id = :'roma_instance' AND g.app_id = :'roma_app'
 LIMIT 1;
