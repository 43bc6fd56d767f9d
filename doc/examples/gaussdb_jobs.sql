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

-- How does a script wait until an instance has been restarted?
SELECT name, status, ended - created AS took
  FROM gaussdb_wait_for_job('beijing4', gaussdb_restart_instance('beijing4', :'instance'),
                            timeout => '30 minutes', poll_interval => '200 ms');

-- How does it wait for several backups, and tell what became of them?
SELECT w.instance_name, w.status, w.fail_reason
  FROM (SELECT array_agg(b.job_id) AS jobs
          FROM (SELECT id FROM cloud.instances WHERE status = 'ACTIVE' LIMIT 3) i,
               gaussdb_create_backup('beijing4', i.id, 'before-release') b) started,
       gaussdb_wait_for_jobs('beijing4', started.jobs, timeout => '1 hour', poll_interval => '200 ms') w;
