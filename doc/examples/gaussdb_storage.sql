-- Which instances have used more than half of their disk?
SELECT i.name, d.used, d.total, round((100 * d.used / d.total)::numeric) AS percent
  FROM cloud.disk_usage d
  JOIN cloud.instances i ON i.id = d.instance_id
 WHERE d.used > d.total * 0.5
 ORDER BY percent DESC;

-- How much storage do the systems of each owner use, in GB?
SELECT a.owner, round(sum(d.used)::numeric) AS used, round(sum(d.total)::numeric) AS total
  FROM cmdb.asset a
  JOIN cloud.disk_usage d ON d.instance_id = a.instance_id
 GROUP BY a.owner
 ORDER BY used DESC;

-- Which disk types can be had with each engine version?
SELECT version, array_agg(DISTINCT name ORDER BY name) AS disk_types
  FROM cloud.storage_types
 GROUP BY version
 ORDER BY version;
