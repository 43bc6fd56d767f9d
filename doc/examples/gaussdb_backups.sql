-- Which production instances have had no good backup since yesterday?
SELECT i.name, i.status
  FROM cloud.instances i
 WHERE i.name LIKE '%-prod-%'
   AND NOT EXISTS (SELECT FROM cloud.backups b
                    WHERE b.instance_id = i.id AND b.status = 'COMPLETED'
                      AND b.begin_time > now() - interval '1 day')
 ORDER BY i.name;

-- How long do backups take, and how large are they?
SELECT i.name, max(b.end_time - b.begin_time) AS longest, round(max(b.size)::numeric) AS largest_mb
  FROM cloud.backups b
  JOIN cloud.instances i ON i.id = b.instance_id
 WHERE b.begin_time > now() - interval '30 days'
 GROUP BY i.name
 ORDER BY largest_mb DESC
 LIMIT 5;

-- Which manual backups of the last months are forgotten, and how much space do they take?
SELECT name, begin_time::date AS day, size
  FROM cloud.backups
 WHERE type = 'manual' AND begin_time < now() - interval '3 days'
 ORDER BY begin_time;

-- Which instances keep their backups for less than a week?
SELECT i.name, p.keep_days, p.start_time, p.period
  FROM cloud.backup_policies p
  JOIN cloud.instances i ON i.id = p.instance_id
 WHERE p.keep_days < 7
 ORDER BY p.keep_days, i.name;

-- From where can the files of a backup be downloaded?
SELECT name, size, link_expired_time
  FROM cloud.backup_files
 WHERE backup_id = :'manual_backup'
 LIMIT 3;

-- To which times of today can this instance be restored?
SELECT start_time, end_time
  FROM cloud.restore_times
 WHERE instance_id = :'instance' AND date = (now() AT TIME ZONE 'UTC')::date::text;

-- Into which instances could this backup be restored?
SELECT instance_name, data_volume_size, version
  FROM cloud.restorable_instances
 WHERE source_instance_id = :'instance' AND backup_id = :'backup'
 ORDER BY instance_name
 LIMIT 5;

-- What did the instance look like when the backup was made?
SELECT cluster_mode, data_volume_size, sharding_num, coordinator_num, engine_version
  FROM cloud.instance_snapshots
 WHERE backup_id = :'backup';

-- What did it look like an hour ago?
SELECT cluster_mode, data_volume_size, sharding_num, coordinator_num, engine_version
  FROM cloud.instance_snapshots_by_time
 WHERE instance_id = :'instance' AND restore_time = date_trunc('second', now()) - interval '1 hour';

-- How do all production instances get the same backup policy?
SELECT i.name,
       gaussdb_set_backup_policy('beijing4', i.id, keep_days => 14, start_time => '17:00-18:00',
         period => '1,2,3,4,5,6,7', differential_period => '30')
  FROM cloud.instances i
 WHERE i.name LIKE '%-prod-%' AND i.status = 'ACTIVE';

-- How is every instance of billing backed up, and waited for?
SELECT w.instance_name, w.status, w.ended - w.created AS took
  FROM (SELECT array_agg(b.job_id) AS jobs
          FROM cmdb.asset a,
               gaussdb_create_backup('beijing4', a.instance_id, 'before-release') b
         WHERE a.system = 'billing') started,
       gaussdb_wait_for_jobs('beijing4', started.jobs, poll_interval => '200 ms') w;

-- How are manual backups older than a week deleted?
SELECT b.name, d.backup_id IS NOT NULL AS deleted
  FROM cloud.backups b,
       gaussdb_delete_backup('beijing4', b.id) d
 WHERE b.type = 'manual' AND b.status = 'COMPLETED' AND b.begin_time < now() - interval '7 days';

-- How is a backup restored into a new instance?
SET manual.password = 'Manual-2030!';
SELECT r.job_id, r.instance_name
  FROM cloud.instances i,
       gaussdb_restore_to_new_instance('beijing4', name => 'billing-restored',
         password => 'setting:manual.password', restore_point_instance_id => i.id,
         restore_point_backup_id => :'backup', flavor_ref => i.flavor_ref, volume_type => 'ULTRAHIGH',
         volume_size => i.volume_size, availability_zone => 'az1xahz,az1xahz,az1xahz',
         vpc_id => i.vpc_id, subnet_id => i.subnet_id, security_group_id => i.security_group_id) r
 WHERE i.id = :'instance';
