-- Which slow-log files have been made for an instance, and where are they?
-- returns no rows
SELECT file_name, file_size, status, file_link
  FROM cloud.slow_log_files
 WHERE instance_id = :'instance';

-- How is the slow log of an instance collected for download, one file for each node?
-- The first call starts it and is answered with nothing.
SELECT count(*) AS files FROM gaussdb_create_slow_log_download('beijing4', :'instance');
SELECT node_id, status, file_name
  FROM cloud.slow_log_files
 WHERE instance_id = :'instance';
