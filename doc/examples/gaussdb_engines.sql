-- Which engine versions are offered, and how many instances use each?
SELECT v.version, count(i.id) AS instances
  FROM cloud.engine_versions v
  LEFT JOIN cloud.instances i ON i.datastore_version = v.version
 GROUP BY v.version
 ORDER BY v.version;

-- What is the smallest flavor with 128 GB of memory, and where is it sold?
SELECT spec_code, vcpus, ram, availability_zone
  FROM cloud.flavors
 WHERE ram >= 128
 ORDER BY ram, vcpus
 LIMIT 3;

-- Which versions belong to each edition?
SELECT instance_mode, unnest(supported_versions) AS version
  FROM cloud.datastores
 ORDER BY 1, 2;

-- To which larger flavors could this instance be resized?
SELECT f.spec_code, f.vcpus, f.ram
  FROM cloud.available_flavors f
  JOIN cloud.instances i ON i.id = f.instance_id
 WHERE i.id = :'simple_instance' AND f.ram > i.flavor_info_mem
 ORDER BY f.ram, f.vcpus;
