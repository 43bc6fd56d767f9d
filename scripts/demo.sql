-- demo.sql
--	What demo.sh shows.  For psql; the variable "endpoint" is the emulator's address.

\set ON_ERROR_STOP on
\pset pager off
\pset null '-'
\timing off
\set region cn-north-4
\set project 0483b6b16e954cb88930a360d2c4e663
\set access_key EMULATORACCESSKEY01
\set secret_key emulator-secret-key-0001

\echo
\echo '--- A server is a region and a project of the cloud; a user mapping holds the credentials.'
\echo '--- (The endpoint is here because the emulator stands in for the cloud.)'
\echo
\set ECHO queries
CREATE EXTENSION gaussdb_mgmt_fdw;

CREATE SERVER beijing4 FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
	OPTIONS (region :'region', project_id :'project', endpoint :'endpoint');

CREATE USER MAPPING FOR CURRENT_USER SERVER beijing4
	OPTIONS (access_key :'access_key', secret_key :'secret_key');

\set ECHO none
\echo
\echo '--- One statement makes the tables.'
\echo
\set ECHO queries
CREATE SCHEMA cloud;
IMPORT FOREIGN SCHEMA gaussdb FROM SERVER beijing4 INTO cloud;

SELECT foreign_table_name AS "table" FROM information_schema.foreign_tables
 WHERE foreign_table_schema = 'cloud' ORDER BY 1 LIMIT 8;

\set ECHO none
\echo
\echo '--- What is asked of the cloud is what the query needs: a filter and a limit go along.'
\echo
\set ECHO queries
SELECT id, name, status, datastore_version, volume_size
  FROM cloud.instances
 WHERE name LIKE '%prod%'
 LIMIT 5;

EXPLAIN (VERBOSE, COSTS OFF)
SELECT id, name, status, datastore_version, volume_size
  FROM cloud.instances
 WHERE name LIKE '%prod%'
 LIMIT 5;

\set ECHO none
\echo
\echo '--- A table of the company: who owns what.  (Filled from the emulator, so that the ids exist.)'
\echo
\set ECHO queries
CREATE SCHEMA cmdb;
CREATE TABLE cmdb.asset (instance_id text PRIMARY KEY, system text, owner text);

INSERT INTO cmdb.asset
SELECT id, split_part(name, '-', 1), (ARRAY['ada', 'grace', 'edsger'])[1 + length(name) % 3]
  FROM cloud.instances;

\set ECHO none
\echo
\echo '--- Which production instances have how old a backup, and who owns them?'
\echo
\set ECHO queries
SELECT a.owner, a.system, i.name, i.status, b.latest
  FROM cmdb.asset a
  JOIN cloud.instances i ON i.id = a.instance_id
  LEFT JOIN (SELECT instance_id, max(begin_time) AS latest
			   FROM cloud.backups
			  WHERE status = 'COMPLETED'
			  GROUP BY instance_id) b ON b.instance_id = i.id
 WHERE i.name LIKE '%prod%'
 ORDER BY b.latest NULLS FIRST
 LIMIT 6;

\set ECHO none
\echo
\echo '--- An action is a function.  It starts a job, and the job is waited for.'
\echo
SELECT i.id AS instance
  FROM cloud.instances i
 WHERE i.name LIKE '%prod%' AND i.status = 'ACTIVE'
 ORDER BY i.name LIMIT 1 \gset
\set ECHO queries
SELECT b.backup_name, b.backup_status AS at_first, j.status AS job, j.progress, j.instance_name
  FROM gaussdb_create_backup('beijing4', :'instance', 'before-release', 'made by the demo') b,
	   LATERAL gaussdb_wait_for_job('beijing4', b.job_id, interval '1 minute', interval '500 ms') j;

\set ECHO none
\echo
\echo '--- The new backup is a row of the table.'
\echo
\set ECHO queries
SELECT id, name, type, status, begin_time
  FROM cloud.backups
 WHERE instance_id = :'instance' AND begin_time > now() - interval '1 hour'
 ORDER BY begin_time DESC
 LIMIT 3;
