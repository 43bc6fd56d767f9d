-- Which deleted instances can still be had back, and until when?
SELECT r.name, r.deleted_at, r.deleted_at + make_interval(days => p.retention_period_in_days) AS gone_at
  FROM cloud.recycled_instances r, cloud.recycle_policy p
 WHERE r.recycle_status = 'Active'
 ORDER BY gone_at;

-- From which backup would a deleted instance be restored?
SELECT name, recycle_backup_id, engine_version
  FROM cloud.recycled_instances
 WHERE name LIKE 'erp-%';

-- How long are deleted instances kept?
SELECT retention_period_in_days
  FROM cloud.recycle_policy;

-- How are they kept for a week?
SELECT gaussdb_set_recycle_policy('beijing4', 7);
