-- What is going on at this moment?
SELECT instance_name, name, status, created
  FROM cloud.jobs
 WHERE status = 'Running'
 ORDER BY created;

-- What has failed in the last month, and why?
SELECT instance_name, name, fail_reason, created
  FROM cloud.jobs
 WHERE status = 'Failed' AND created > now() - interval '30 days'
 ORDER BY created DESC;

-- How long do jobs of each kind take?
SELECT name, count(*), avg(ended_at - created_at) AS average
  FROM cloud.tasks
 WHERE status = 'Completed'
 GROUP BY name
 ORDER BY name;

-- How is an old job taken off the list?
SELECT gaussdb_delete_job('beijing4', :'ended_job');
