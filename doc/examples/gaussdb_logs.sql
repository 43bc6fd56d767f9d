-- Which slow-log files have been made for an instance, and where are they?
-- returns no rows
SELECT file_name, file_size, status, file_link
  FROM cloud.slow_log_files
 WHERE instance_id = :'instance';

-- How is the slow log of an instance collected for download?
SELECT node_id, status, file_name
  FROM gaussdb_create_slow_log_download('beijing4', :'instance');

-- How does one collect it and see the files?
SELECT count(*) AS nodes FROM gaussdb_create_slow_log_download('beijing4', :'instance');
SELECT file_name, status, file_size
  FROM cloud.slow_log_files
 WHERE instance_id = :'instance';
