-- Which clusters have no snapshot at all?
SELECT c.name
  FROM dws.clusters c
 WHERE NOT EXISTS (SELECT FROM dws.snapshots s WHERE s.cluster_id = c.id)
 ORDER BY c.name;

-- How much space do manual snapshots take, by cluster?
SELECT c.name, count(*) AS snapshots, sum(s.size) AS size
  FROM dws.snapshots s
  JOIN dws.clusters c ON c.id = s.cluster_id
 WHERE s.type = 'MANUAL'
 GROUP BY c.name
 ORDER BY size DESC;

-- How is a snapshot made?
SELECT dws_create_snapshot('beijing4', :'cluster', 'before_release', 'made by hand') AS snapshot_id;

-- How are manual snapshots that are older than a day deleted?
SELECT s.name, dws_delete_snapshot('beijing4', s.id)
  FROM dws.snapshots s
 WHERE s.type = 'MANUAL' AND s.status = 'AVAILABLE' AND s.finished < now() - interval '1 day';

-- How is a snapshot restored into a new cluster?
SELECT dws_restore_cluster('beijing4', :'snapshot', 'dws-restored') AS cluster_id;
