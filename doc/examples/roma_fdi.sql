-- Which data sources are there, by type?
SELECT datasource_type, count(*)
  FROM roma.fdi_datasources
 GROUP BY datasource_type
 ORDER BY datasource_type;

-- Which tasks did not run well?
SELECT t.task_name, t.execute_status, t.last_modified_time
  FROM roma.fdi_tasks t
 WHERE t.instance_id = :'roma_instance'
 ORDER BY t.last_modified_time DESC
 LIMIT 5;

-- From where to where does a task copy?
SELECT task_name, source_datasource_name, target_datasource_name
  FROM roma.fdi_task_details
 WHERE instance_id = :'roma_instance'
 ORDER BY task_name
 LIMIT 3;

-- How much did the runs of each task copy?
SELECT t.task_name, count(*) AS runs, sum(l.data_count) AS records
  FROM roma.fdi_tasks t
  JOIN roma.fdi_monitor_logs l ON l.instance_id = t.instance_id AND l.task_id = t.task_id
 WHERE t.instance_id = :'roma_instance'
 GROUP BY t.task_name
 ORDER BY t.task_name
 LIMIT 5;

-- How is a composite task begun?
SELECT task_id IS NOT NULL AS made, mappings_total_count
  FROM (SELECT min(datasource_id) AS source, max(datasource_id) AS target
          FROM roma.fdi_datasources
         WHERE instance_id = :'roma_instance') d,
       roma_install_multi_tasks('beijing4', :'roma_instance', source_datasource_id => d.source,
         target_datasource_id => d.target, auto_mapping => true);
