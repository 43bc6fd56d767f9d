-- Which production instances could be upgraded, and to what?
SELECT i.name, u.source_version, u.upgrade_candidate_versions
  FROM cloud.instances i
  JOIN cloud.upgrade_candidates u ON u.instance_id = i.id
 WHERE i.name LIKE '%-prod-%' AND u.upgrade_candidate_versions <> '{}'
 ORDER BY i.name;

-- Which instances wait for a hotfix?
SELECT i.name, u.hotfix_upgrade_candidate_versions
  FROM cloud.upgrade_candidates u
  JOIN cloud.instances i ON i.id = u.instance_id
 WHERE cardinality(u.hotfix_upgrade_candidate_versions) > 0
 ORDER BY i.name;

-- How is an instance upgraded in place to the newest version offered?
SELECT u.job_id
  FROM cloud.upgrade_candidates c,
       gaussdb_upgrade_instance('beijing4', c.instance_id, upgrade_type => 'inplace',
         upgrade_action => 'upgradeAutoCommit',
         target_version => c.upgrade_candidate_versions[cardinality(c.upgrade_candidate_versions)]) u
 WHERE c.instance_id = :'instance';
