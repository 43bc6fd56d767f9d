--
-- real_cloud
--
-- What the services really send, where the reference has it otherwise or not at all: members,
-- names of jobs, orders, and the codes by which a thing is gone.
--
SET timezone = 'UTC';
SET datestyle = 'ISO';
SELECT FROM emu.reset();
SELECT emu.endpoint() AS endpoint \gset
CREATE SCHEMA real_dws;
CREATE SCHEMA real_drs;
IMPORT FOREIGN SCHEMA dws FROM SERVER cloud INTO real_dws;
IMPORT FOREIGN SCHEMA drs FROM SERVER cloud INTO real_drs;
\set instance 5d825a18602349e7470cd44adaaa079cin14

-- Attributes of users: "attribute" in the spelling of the service, "attributes" in that of the
-- reference
SELECT count(*) > 3 AS some, bool_and(num_nulls(attributes_rolsuper, attributes_rolinherit,
         attributes_rolcreaterole, attributes_rolcreatedb, attributes_rolcanlogin,
         attributes_rolconnlimit, attributes_rolreplication, attributes_rolbypassrls, lock_status) = 0) AS filled,
       count(*) FILTER (WHERE lock_status) > 0 AS some_locked,
       array_agg(name) FILTER (WHERE attributes_rolcreaterole) AS creators
  FROM cloud.database_users WHERE instance_id = :'instance';
SELECT FROM emu.post('serve-example', '{"operation_id": "gaussdb.ListDbUsers", "value": {"total_count": 2, "users": [
  {"name": "old", "memberof": "{}", "attributes": {"rolsuper": false, "rolinherit": true, "rolcreatorole": true,
   "rolcreatedb": true, "rolcanlogin": true, "rolconlimit": -1, "rolreplication": false, "rolbypassrls": false}},
  {"name": "new", "memberof": "{}", "lock_status": true, "attribute": {"rolsuper": false, "rolinherit": true,
   "rolcreaterole": true, "rolcreatedb": true, "rolcanlogin": true, "rolconnlimit": 7, "rolreplication": false,
   "rolbypassrls": false, "rolpassworddeadline": "2027-01-01 00:00:00"}}]}}');
SELECT name, attributes_rolcreaterole AS creates, attributes_rolconnlimit AS connections, attributes_rolcanlogin AS login,
       attributes_rolpassworddeadline AS deadline, lock_status
  FROM cloud.database_users WHERE instance_id = :'instance' ORDER BY name;
SELECT FROM emu.reset();

-- Members that the reference does not have
SELECT name, tags, disk_usage, backup_used_space > 0 AS has_backups, datastore_target_version IS NULL AS stays
  FROM cloud.instances WHERE tag_filter = 'team=finance' ORDER BY name LIMIT 2;
SELECT count(*) FILTER (WHERE i.disk_usage BETWEEN 0 AND 1) AS fractions, count(i.tags) AS tagged,
       bool_and(i.tags IS NULL OR EXISTS (
         SELECT FROM emu.state('tags') t
          WHERE t->>'instance_id' = i.id AND i.tags @> jsonb_build_array(t - 'instance_id'))) AS as_they_are
  FROM cloud.instances i WHERE i.name LIKE 'erp%';
SELECT type, count(*), count(detail) AS details FROM cloud.components WHERE instance_id = :'instance' GROUP BY type ORDER BY type;
SELECT count(component_names) AS nodes FROM cloud.nodes WHERE instance_id = :'instance';
SELECT name, datctype, compatibility_type FROM cloud.databases WHERE instance_id = :'instance' ORDER BY name LIMIT 1;
SELECT each_expand_nodes, max_shard_count, each_shard_num FROM cloud.deployment_forms WHERE instance_id = :'instance';
SELECT name FROM cloud.parameters WHERE instance_id = :'instance' AND readonly;
SELECT engine_name, volume_size > 0 AS sized, backup_level FROM cloud.recycled_instances LIMIT 1;
SELECT spec_name, vcpus, ram, volume_type, datastores->0->>'version' AS version FROM real_dws.node_types LIMIT 1;
SELECT cluster_name, datastore_version, bak_keep_day, total_backup_size, updated > started AS changed
  FROM real_dws.snapshots LIMIT 1;
SELECT public_ip_eip_address, jsonb_array_length(nodes) AS nodes, elb_name, datastore_type
  FROM real_dws.clusters ORDER BY name LIMIT 2;

-- Names of jobs that reference and service spell differently are not sent; others are.
SELECT FROM emu.forget();
SELECT count(*) > 0 AS some FROM cloud.jobs WHERE name = 'BackupSnapshotGaussDBV5InInstance';
SELECT count(*) > 0 AS some FROM cloud.tasks WHERE name = 'RestoreGaussDBV5InInstanceToExistedInst';
SELECT count(*) FROM cloud.tasks WHERE name = 'RestoreGaussDBV5Instance';
SELECT * FROM emu.asked();
SELECT count(*) > 0 AS some FROM cloud.tasks WHERE name = 'EnlargeGaussDBV5Volume';
SELECT * FROM emu.asked();

-- The progress of a job is the same whichever way the job is found.
SELECT count(*) > 0 AS some, count(*) FILTER (WHERE l.progress IS DISTINCT FROM k.progress) AS differ
  FROM (SELECT id, progress FROM cloud.jobs OFFSET 0) l CROSS JOIN LATERAL
       (SELECT progress FROM cloud.jobs k WHERE k.id = l.id OFFSET 0) k;

-- Instances that are paid for by year or month are changed by an order.
SELECT i.charge_info_charge_mode AS mode, e.job_id IS NOT NULL AS job, e.order_id IS NOT NULL AS "order"
  FROM (SELECT DISTINCT ON (charge_info_charge_mode) * FROM cloud.instances
         WHERE status = 'ACTIVE' AND type = 'Enterprise' ORDER BY charge_info_charge_mode, name) i,
       gaussdb_enlarge_volume('cloud', i.id, i.volume_size + 120, is_auto_pay => 'true') e;
SELECT body FROM emu.requests() WHERE method = 'POST';
SELECT FROM emu.reset();

-- Options that the SDK has
SELECT dws_resize_cluster('cloud', id, 3, mode => 'insert', auto_redistribute => false, parallel_jobs => 8)
  FROM real_dws.clusters ORDER BY name LIMIT 1;
SELECT body FROM emu.requests() WHERE method = 'POST';
SELECT FROM emu.reset();

-- Below "job" by the reference, at the top by the service
PREPARE create_job AS SELECT job_id, job_name, job_status
  FROM drs_create_job('cloud', 'DRS-x', 'sync', 'oracle-to-gaussdbv5', 'up', 'FULL_INCR_TRANS', 'eip', '[{}]', '[{}]', 'high');
SELECT FROM emu.config('{"refuse_violations": false}');
SELECT FROM emu.post('serve-example', '{"operation_id": "drs.CreateJob", "value": {"id": "j1", "name": "DRS-x", "status": "CREATING"}}');
EXECUTE create_job;
SELECT FROM emu.post('serve-example', '{"operation_id": "drs.CreateJob", "value": {"job": {"id": "j2", "name": "DRS-x", "status": "CREATING"}}}');
EXECUTE create_job;
SELECT FROM emu.reset();

-- What is gone has no rows, however the service says it: the code, with the status that it has.
CREATE FUNCTION gone(code text, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  n bigint;
BEGIN
  PERFORM emu.fault(jsonb_build_array(jsonb_build_object('effect',
    jsonb_build_object('refuse', code, 'error', 'error_code', 'status',
                       CASE code WHEN 'DWS.0015' THEN 403 WHEN 'DWS.0047' THEN 401 WHEN 'DWS.3027' THEN 404 ELSE 400 END))));
  EXECUTE 'SELECT count(*) FROM ' || query INTO n;
  RETURN n || ' rows';
EXCEPTION WHEN OTHERS THEN
  RETURN sqlerrm;
END
$$;
SELECT code, "table", gone(code, format('%s WHERE %I = %L', "table", key, 'aaaaaaaa-0000-4000-8000-000000000001'))
  FROM (VALUES ('real_dws.clusters', 'id', '{DWS.0001,DWS.0015,DWS.0047,DWS.3027}'::text[]),
               ('real_dws.snapshots', 'id', '{DWS.0001,DWS.5149}'),
               ('real_drs.job_statuses_v3', 'id', '{DRS.M00289,DRS.M05004}'),
               ('real_drs.job_details_v3', 'id', '{DRS.M00289,DRS.M05004}'),
               ('real_drs.job_progress_v3', 'job_id', '{DRS.M00289,DRS.M05004}'),
               ('real_drs.compare_tasks_v3', 'job_id', '{DRS.10000010,DRS.M00202,DRS.M00289}'),
               ('real_drs.async_job_details', 'async_job_id', '{DRS.10000001}'),
               ('cloud.databases', 'instance_id', '{DBS.200823,DBS.280404}'),
               ('cloud.parameters', 'instance_id', '{DBS.200823,DBS.280404}')) t ("table", key, codes),
       unnest(codes) code;
-- A code that says something else is an error.
SELECT gone('DWS.9999', 'real_dws.clusters WHERE id = ''aaaaaaaa-0000-4000-8000-000000000001''');
SELECT FROM emu.no_faults();
-- Unknown keys, as the emulator refuses them, with a known one beside them
SELECT min(id) AS cluster FROM real_dws.clusters \gset
SELECT min(id) AS snapshot FROM real_dws.snapshots \gset
SELECT count(*) FROM real_dws.clusters WHERE id IN ('no-id', 'aaaaaaaa-0000-4000-8000-000000000001', :'cluster');
SELECT count(*) FROM real_dws.snapshots WHERE id IN ('no-id', 'aaaaaaaa-0000-4000-8000-000000000001', :'snapshot');
SELECT (SELECT count(*) FROM real_drs.compare_tasks_v3 WHERE job_id = 'none') AS compare_tasks,
       (SELECT count(*) FROM real_drs.object_comparisons_v3 WHERE job_id = 'none' AND compare_task_id = 'x') AS objects,
       (SELECT count(*) FROM real_drs.line_comparisons_v3 WHERE job_id = 'none' AND compare_task_id = 'x') AS lines,
       (SELECT count(*) FROM real_drs.content_comparisons_v3 WHERE job_id = 'none' AND compare_task_id = 'x') AS contents,
       (SELECT count(*) FROM real_drs.content_comparison_overviews_v3 WHERE job_id = 'none' AND compare_job_id = 'x') AS overviews,
       (SELECT count(*) FROM real_drs.content_comparison_details_v3 WHERE job_id = 'none' AND compare_job_id = 'x') AS details,
       (SELECT count(*) FROM real_drs.async_job_details WHERE async_job_id = 'none') AS batches;

DEALLOCATE create_job;
DROP FUNCTION gone(text, text);
SET client_min_messages = warning;
DROP SCHEMA real_dws, real_drs CASCADE;
