-- cloud_inventory.sql
--	One view of what a server has in the cloud, over all services.
--
--	psql -v server=beijing4 -v schema=inventory -f views/cloud_inventory.sql
--
-- schema (inventory, unless given) is made, and gets the lists that are read and the view
-- everything: service, kind, id, name, status, region, project, created, tags, raw.  Further
-- variables: region and project, for services that do not tell them; unless given they are
-- what the server's options say.  To make it anew, drop the schema first.  Not part of the
-- extension: add lists, or leave some out, as you like.
--
-- Each branch of the view is a plain scan of one list, so that PostgreSQL waits for all of
-- them at the same time (an asynchronous Append); a join or a subquery in a branch would make
-- it wait for that one alone.  One request for each list, three for the jobs of DRS, further
-- ones where a list has more than one page.

\if :{?server}
\else
	\echo 'Which server? psql -v server=NAME -f views/cloud_inventory.sql'
	\quit
\endif
\if :{?schema}
\else
	\set schema inventory
\endif
\if :{?region}
\else
	\set region ''
\endif
\if :{?project}
\else
	\set project ''
\endif

BEGIN;

-- Functions and operators of others, in schemas of your own path, do not get into the view.
SET LOCAL search_path = pg_catalog, pg_temp;

-- As constants of the view: quoted, or NULL.
SELECT quote_nullable(coalesce(nullif(:'region', ''),
							   max(option_value) FILTER (WHERE option_name = 'region')))
		   AS region_constant,
	   quote_nullable(coalesce(nullif(:'project', ''),
							   max(option_value) FILTER (WHERE option_name = 'project_id')))
		   AS project_constant
  FROM pg_foreign_server, pg_options_to_table(srvoptions)
 WHERE srvname = :'server' \gset

CREATE SCHEMA :"schema";

IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (instances) FROM SERVER :"server" INTO :"schema";
ALTER FOREIGN TABLE :"schema".instances RENAME TO gaussdb_instances;
IMPORT FOREIGN SCHEMA dws LIMIT TO (clusters) FROM SERVER :"server" INTO :"schema";
ALTER FOREIGN TABLE :"schema".clusters RENAME TO dws_clusters;
IMPORT FOREIGN SCHEMA drs LIMIT TO (jobs) FROM SERVER :"server" INTO :"schema";
ALTER FOREIGN TABLE :"schema".jobs RENAME TO drs_jobs;
IMPORT FOREIGN SCHEMA roma LIMIT TO (instances) FROM SERVER :"server" INTO :"schema";
ALTER FOREIGN TABLE :"schema".instances RENAME TO roma_instances;
IMPORT FOREIGN SCHEMA apig LIMIT TO (instances) FROM SERVER :"server" INTO :"schema";
ALTER FOREIGN TABLE :"schema".instances RENAME TO apig_instances;
IMPORT FOREIGN SCHEMA bcs LIMIT TO (instances, blockchains) FROM SERVER :"server" INTO :"schema";
ALTER FOREIGN TABLE :"schema".instances RENAME TO bcs_instances;
ALTER FOREIGN TABLE :"schema".blockchains RENAME TO bcs_blockchains;

-- Only columns of the lists: one that "by key only" gives would cost a request for each row.
CREATE VIEW :"schema".everything AS
SELECT 'gaussdb'::text AS service,
	   'instance'::text AS kind,
	   id,
	   name,
	   status,
	   coalesce(region, :region_constant) AS region,
	   :project_constant::text AS project,
	   created,
	   tags,
	   raw
  FROM :"schema".gaussdb_instances
UNION ALL
SELECT 'dws', 'cluster', id, name, status, :region_constant::text, :project_constant::text,
	   created, tags, raw
  FROM :"schema".dws_clusters
UNION ALL
SELECT 'drs', 'job', id, name, status, :region_constant::text, :project_constant::text,
	   create_time, NULL, raw
  FROM :"schema".drs_jobs
UNION ALL
SELECT 'roma', 'instance', id, name, status, :region_constant::text,
	   coalesce(project_id, :project_constant), create_time, NULL, raw
  FROM :"schema".roma_instances
UNION ALL
SELECT 'apig', 'gateway', id, instance_name, status, :region_constant::text,
	   coalesce(project_id, :project_constant), create_time, NULL, raw
  FROM :"schema".apig_instances
UNION ALL
SELECT 'bcs', 'instance', id, name, status, :region_constant::text, :project_constant::text,
	   create_time, NULL, raw
  FROM :"schema".bcs_instances
UNION ALL
SELECT 'bcs', 'blockchain', id, name, NULL, :region_constant::text, :project_constant::text,
	   NULL, NULL, raw
  FROM :"schema".bcs_blockchains;

COMMENT ON VIEW :"schema".everything IS
	'What there is in the cloud, of all services. One request for each of seven lists, two more for the jobs of DRS; all at the same time.';

COMMIT;
