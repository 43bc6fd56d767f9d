-- gaussdb_daily.sql
--	Views for the questions of every day, over an imported schema of GaussDB.
--
--	psql -v cloud=cloud -v daily=daily -f views/gaussdb_daily.sql
--
-- cloud is the schema that IMPORT FOREIGN SCHEMA gaussdb was imported into, daily the one that
-- the views go to; it is made if it is not there.  Not part of the extension: change them, or
-- drop them, as you like.
--
-- A condition on instance_id or id of a view goes down to the requests.  Which requests a view makes is
-- said with it; "per instance" requests run max_connections at a time.

\if :{?cloud}
\else
	\set cloud cloud
\endif
\if :{?daily}
\else
	\set daily daily
\endif

BEGIN;

-- Functions and operators of others, in schemas of your own path, do not get into the views.
SET LOCAL search_path = pg_catalog, pg_temp;

CREATE SCHEMA IF NOT EXISTS :"daily";

-- Two lists.
CREATE OR REPLACE VIEW :"daily".backup_age AS
SELECT i.id AS instance_id,
	   i.name AS instance_name,
	   i.status,
	   b.latest AS latest_backup,
	   now() - b.latest AS age
  FROM :"cloud".instances i
  LEFT JOIN (SELECT instance_id, max(begin_time) AS latest
			   FROM :"cloud".backups
			  WHERE status = 'COMPLETED'
			  GROUP BY instance_id) b ON b.instance_id = i.id;

COMMENT ON VIEW :"daily".backup_age IS
	'When each instance was last backed up as a whole; NULL where it never was. Two lists.';

-- One list, and one request per instance.
CREATE OR REPLACE VIEW :"daily".disk_usage AS
SELECT i.id AS instance_id,
	   i.name AS instance_name,
	   d.used AS used_gb,
	   d.total AS total_gb,
	   round((100 * d.used / nullif(d.total, 0))::numeric, 1) AS percent,
	   coalesce(p.switch_option, false) AS enlarges_itself,
	   p.limit_volume_size AS up_to_gb
  FROM :"cloud".instances i
  JOIN :"cloud".disk_usage d ON d.instance_id = i.id
  LEFT JOIN :"cloud".auto_enlarge_policies p ON p.instance_id = i.id;

COMMENT ON VIEW :"daily".disk_usage IS
	'How full the disk of each instance is, and whether it is enlarged automatically. Two requests per instance.';

-- The template that was applied last is what an instance is measured by.  One request per
-- instance, and two per template of one's own.
CREATE OR REPLACE VIEW :"daily".parameter_drift AS
SELECT a.instance_id,
	   a.instance_name,
	   a.template_name,
	   p.name AS parameter,
	   t.value AS template_value,
	   p.value AS instance_value,
	   p.restart_required
  FROM (SELECT DISTINCT ON (h.instance_id)
			   h.instance_id, h.instance_name, h.config_id, c.name AS template_name
		  FROM :"cloud".parameter_templates c
		  JOIN :"cloud".template_applied_histories h ON h.config_id = c.id
		 WHERE c.user_defined AND h.apply_result = 'SUCCESS'
		 ORDER BY h.instance_id, h.applied_at DESC) a
  JOIN :"cloud".template_parameters t ON t.config_id = a.config_id
  JOIN :"cloud".parameters p ON p.instance_id = a.instance_id AND p.name = t.name
 WHERE p.value IS DISTINCT FROM t.value;

COMMENT ON VIEW :"daily".parameter_drift IS
	'Parameters whose value differs from the template that was last applied to the instance. One request per instance, two per template.';

-- One list of the last day's jobs.
CREATE OR REPLACE VIEW :"daily".failed_jobs AS
SELECT id, name, instance_id, instance_name, created, fail_reason
  FROM :"cloud".jobs
 WHERE status = 'Failed' AND created > now() - interval '1 day';

COMMENT ON VIEW :"daily".failed_jobs IS
	'Jobs of the last 24 hours that failed. One list.';

-- One list, and one request per instance.
CREATE OR REPLACE VIEW :"daily".upgradable AS
SELECT i.id AS instance_id,
	   i.name AS instance_name,
	   u.source_version,
	   u.upgrade_candidate_versions AS versions,
	   u.hotfix_upgrade_candidate_versions AS hotfixes
  FROM :"cloud".instances i
  JOIN :"cloud".upgrade_candidates u ON u.instance_id = i.id
 WHERE cardinality(u.upgrade_candidate_versions) > 0
	OR cardinality(u.hotfix_upgrade_candidate_versions) > 0;

COMMENT ON VIEW :"daily".upgradable IS
	'Instances for which another engine version or a hotfix is offered. One request per instance.';

-- The list of instances names bound addresses, so that only instances that have one are asked.
CREATE OR REPLACE VIEW :"daily".public_addresses AS
SELECT i.id AS instance_id,
	   i.name AS instance_name,
	   p.public_ip_address,
	   p.private_ip_address,
	   p.bandwidth_size AS bandwidth,
	   p.applied_at
  FROM :"cloud".instances i
  JOIN :"cloud".public_ips p ON p.instance_id = i.id
 WHERE cardinality(i.public_ips) > 0;

COMMENT ON VIEW :"daily".public_addresses IS
	'Public addresses that are bound to instances. One list, and one request for each instance that has one.';

-- What is predefined is what is demanded.
CREATE OR REPLACE VIEW :"daily".tag_violations AS
SELECT i.id AS instance_id,
	   i.name AS instance_name,
	   d.key,
	   t.value[1] AS value,
	   CASE WHEN t.key IS NULL THEN 'missing' ELSE 'not among the predefined values' END AS problem
  FROM :"cloud".instances i
 CROSS JOIN :"cloud".predefined_tags d
  LEFT JOIN :"cloud".instance_tags t ON t.instance_id = i.id AND t.key = d.key
 WHERE t.key IS NULL
	OR (cardinality(d."values") > 0 AND NOT t.value && d."values");

COMMENT ON VIEW :"daily".tag_violations IS
	'Instances that lack a predefined tag, or have another value than the predefined ones. One request per instance.';

COMMIT;
