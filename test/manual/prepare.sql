-- prepare.sql
--	What the examples of the manual stand on.  For psql; the variable "endpoint"
--	is the emulator's address.
--
-- The same is told to the reader at the top of doc/cookbook.md.

CREATE EXTENSION gaussdb_mgmt_fdw;

CREATE SERVER beijing4 FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
	OPTIONS (region 'cn-north-4', project_id '0483b6b16e954cb88930a360d2c4e663', endpoint :'endpoint');
CREATE USER MAPPING FOR CURRENT_USER SERVER beijing4
	OPTIONS (access_key 'EMULATORACCESSKEY01', secret_key 'emulator-secret-key-0001');

CREATE SERVER shanghai1 FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
	OPTIONS (region 'cn-east-3', project_id '0549b4a43100d4f32f51c01c2fe4acdb', endpoint :'endpoint');
CREATE USER MAPPING FOR CURRENT_USER SERVER shanghai1
	OPTIONS (access_key 'EMULATORACCESSKEY01', secret_key 'emulator-secret-key-0001');

CREATE SCHEMA cloud;
IMPORT FOREIGN SCHEMA gaussdb FROM SERVER beijing4 INTO cloud;
CREATE SCHEMA dws;
IMPORT FOREIGN SCHEMA dws FROM SERVER beijing4 INTO dws;
CREATE SCHEMA drs;
IMPORT FOREIGN SCHEMA drs FROM SERVER beijing4 INTO drs;
CREATE SCHEMA roma;
IMPORT FOREIGN SCHEMA roma FROM SERVER beijing4 INTO roma;
CREATE SCHEMA apig;
IMPORT FOREIGN SCHEMA apig FROM SERVER beijing4 INTO apig;
CREATE SCHEMA bcs;
IMPORT FOREIGN SCHEMA bcs FROM SERVER beijing4 INTO bcs;
CREATE SCHEMA iam;
IMPORT FOREIGN SCHEMA iam FROM SERVER beijing4 INTO iam;

CREATE SCHEMA shanghai;
IMPORT FOREIGN SCHEMA gaussdb LIMIT TO (instances, backups) FROM SERVER shanghai1 INTO shanghai;

-- A table of the company: who owns which system.
CREATE SCHEMA cmdb;
CREATE TABLE cmdb.asset (instance_id text PRIMARY KEY, system text, owner text);
INSERT INTO cmdb.asset
SELECT id, split_part(name, '-', 1), (ARRAY['ada', 'grace', 'edsger'])[1 + length(name) % 3]
  FROM cloud.instances;
