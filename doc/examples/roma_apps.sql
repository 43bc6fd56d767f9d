-- Which applications has each instance?
SELECT i.name AS instance, a.name, a.owner
  FROM roma.instances i
  JOIN roma.apps a ON a.instance_id = i.id
 ORDER BY 1, 2
 LIMIT 5;

-- Which applications have no App Code?
SELECT count(*) AS applications, count(*) FILTER (WHERE c.id IS NULL) AS without_code
  FROM roma.apps a
  LEFT JOIN roma.app_codes c ON c.instance_id = a.instance_id AND c.app_id = a.id;

-- Which quotas allow more than 500 calls?
SELECT name, call_limits, time_interval, time_unit
  FROM roma.app_quotas
 WHERE call_limits > 500
 ORDER BY call_limits DESC, name
 LIMIT 5;

-- Which data sources of custom backends are there, by type?
SELECT type, count(*)
  FROM roma.custom_backend_datasources
 GROUP BY type
 ORDER BY type;

-- Which dictionaries are there, and what is below them?
SELECT d.name, c.name AS child
  FROM roma.dictionaries d
  LEFT JOIN roma.dictionary_children c ON c.instance_id = d.instance_id AND c.parent_code = d.code
 ORDER BY 1, 2
 LIMIT 5;

-- How does an application get a new App Code?
SELECT length(app_code) > 0 AS made
  FROM roma_create_app_code_auto('beijing4', :'roma_instance', :'roma_app');

-- How is a dictionary described?
SELECT name, remark
  FROM roma_update_dictionary('beijing4', :'roma_instance', :'roma_dictionary', remark => 'kept by the platform team');
