/* gaussdb_mgmt_fdw--1.0.sql */

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION gaussdb_mgmt_fdw" to load this file. \quit

CREATE FUNCTION gaussdb_mgmt_fdw_handler()
RETURNS fdw_handler
LANGUAGE C STRICT
AS 'MODULE_PATHNAME';

CREATE FUNCTION gaussdb_mgmt_fdw_validator(text[], oid)
RETURNS void
LANGUAGE C STRICT
AS 'MODULE_PATHNAME';

CREATE FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  HANDLER gaussdb_mgmt_fdw_handler
  VALIDATOR gaussdb_mgmt_fdw_validator;

COMMENT ON FOREIGN DATA WRAPPER gaussdb_mgmt_fdw IS
  'cloud management APIs of GaussDB and its neighbours as tables and functions';

-- What there is: the catalog.

CREATE FUNCTION gaussdb_mgmt_resources(
  OUT service text,
  OUT table_name text,
  OUT operation_id text,
  OUT method text,
  OUT path text,
  OUT role text,
  OUT description text)
RETURNS SETOF record
LANGUAGE C STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION gaussdb_mgmt_resources() IS
  'Tables, and the operations of the API that serve them: as a list, by key (get), or by giving the keys (parent).';

CREATE FUNCTION gaussdb_mgmt_columns(
  OUT service text,
  OUT table_name text,
  OUT column_name text,
  OUT data_type text,
  OUT json_path text,
  OUT parameter text,
  OUT operators text,
  OUT description text)
RETURNS SETOF record
LANGUAGE C STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION gaussdb_mgmt_columns() IS
  'Columns of the tables: where each is in the answer, and which parameter of the API filters by it with which operators.';

CREATE FUNCTION gaussdb_mgmt_actions(
  OUT service text,
  OUT function_name text,
  OUT operation_id text,
  OUT method text,
  OUT path text,
  OUT destructive boolean,
  OUT asynchronous boolean,
  OUT description text)
RETURNS SETOF record
LANGUAGE C STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION gaussdb_mgmt_actions() IS
  'Functions that carry out an action in the cloud.';

CREATE FUNCTION gaussdb_mgmt_comment(schema regnamespace)
RETURNS integer
LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE
AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION gaussdb_mgmt_comment(regnamespace) IS
  'Comments on the foreign tables of a schema and on their columns, from the catalog. Returns the number of tables.';

-- Scans that run now, in all backends.

CREATE FUNCTION gaussdb_mgmt_progress(
  OUT pid integer,
  OUT datid oid,
  OUT usesysid oid,
  OUT server text,
  OUT table_name text,
  OUT began timestamp with time zone,
  OUT requests bigint,
  OUT retries bigint,
  OUT rows_read bigint,
  OUT rows_total bigint,
  OUT bytes_received bigint)
RETURNS SETOF record
LANGUAGE C VOLATILE STRICT PARALLEL RESTRICTED
AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION gaussdb_mgmt_progress() IS
  'Scans of foreign tables that wait for the cloud now, one for each backend; needs the module in shared_preload_libraries.';

CREATE VIEW gaussdb_mgmt_progress AS
  SELECT pid, datid, usesysid, server, table_name, began, now() - began AS running_for,
         requests, retries, rows_read, rows_total, bytes_received
    FROM gaussdb_mgmt_progress();

COMMENT ON VIEW gaussdb_mgmt_progress IS
  'Scans of foreign tables that wait for the cloud now.';

GRANT SELECT ON gaussdb_mgmt_progress TO PUBLIC;

CREATE FUNCTION gaussdb_mgmt_refused(
  OUT server text,
  OUT table_name text,
  OUT object text,
  OUT error_code text,
  OUT message text,
  OUT http_status integer,
  OUT request_id text)
RETURNS SETOF record
LANGUAGE C VOLATILE STRICT PARALLEL RESTRICTED
AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION gaussdb_mgmt_refused() IS
  'Objects that the last statement left out of foreign tables, because the API refused them (option on_error).';

-- For the planner: what changes something in the cloud is called as often as it is written.

CREATE FUNCTION gaussdb_mgmt_support(internal)
RETURNS internal
LANGUAGE C STRICT
AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION gaussdb_mgmt_support(internal) IS
  'For the planner: refuses a statement in which PostgreSQL would carry an action out more often than it is written.';

REVOKE EXECUTE ON FUNCTION gaussdb_mgmt_support(internal) FROM PUBLIC;

-- Any request at all.

CREATE FUNCTION gaussdb_mgmt_request(
  server name,
  service text,
  method text,
  path text,
  query jsonb DEFAULT NULL,
  body jsonb DEFAULT NULL,
  OUT status integer,
  OUT headers jsonb,
  OUT body_text text)
LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION gaussdb_mgmt_request(name, text, text, text, jsonb, jsonb) IS
  'Sends a request of one''s own to a service, signed like all others, and returns what the API answers, errors too. Not transactional; a GET may be retried, nothing else is.';

REVOKE EXECUTE ON FUNCTION gaussdb_mgmt_request(name, text, text, text, jsonb, jsonb) FROM PUBLIC;

-- Actions, and what waits for their end: written by "make sql" from the catalog.  Waiting only
-- asks, but it asks with the rights of the user mapping and may keep a backend for long: like
-- actions it is for those to whom it is granted.

-- begin of generated functions
--
-- GaussDB: Instances
--

CREATE FUNCTION gaussdb_create_instance(server name,
	name text,
	password text,
	flavor_ref text,
	volume_type text,
	volume_size integer,
	region text,
	availability_zone text,
	vpc_id text,
	subnet_id text,
	ha_mode text,
	ha_consistency text,
	solution text DEFAULT NULL,
	datastore_version text DEFAULT NULL,
	ha_consistency_protocol text DEFAULT NULL,
	security_group_id text DEFAULT NULL,
	configuration_id text DEFAULT NULL,
	port text DEFAULT NULL,
	backup_strategy_start_time text DEFAULT NULL,
	backup_strategy_keep_days integer DEFAULT NULL,
	disk_encryption_id text DEFAULT NULL,
	charge_info_charge_mode text DEFAULT NULL,
	charge_info_period_type text DEFAULT NULL,
	charge_info_period_num integer DEFAULT NULL,
	charge_info_is_auto_renew boolean DEFAULT NULL,
	charge_info_is_auto_pay boolean DEFAULT NULL,
	time_zone text DEFAULT NULL,
	sharding_num integer DEFAULT NULL,
	coordinator_num integer DEFAULT NULL,
	replica_num integer DEFAULT NULL,
	enable_force_switch boolean DEFAULT NULL,
	os_type text DEFAULT NULL,
	master_az text DEFAULT NULL,
	enable_single_float_ip boolean DEFAULT NULL,
	enterprise_project_id text DEFAULT NULL,
	extra jsonb DEFAULT NULL,
	OUT job_id text,
	OUT order_id text,
	OUT instance_id text,
	OUT instance_name text,
	OUT instance_status text,
	OUT instance_datastore_type text,
	OUT instance_datastore_version text,
	OUT instance_ha_mode text,
	OUT instance_ha_replication_mode text,
	OUT instance_ha_consistency text,
	OUT instance_ha_consistency_protocol text,
	OUT instance_replica_num integer,
	OUT instance_port integer,
	OUT instance_backup_strategy_start_time text,
	OUT instance_backup_strategy_keep_days integer,
	OUT instance_enterprise_project_id text,
	OUT instance_flavor_ref text,
	OUT instance_volume_type text,
	OUT instance_volume_size integer,
	OUT instance_region text,
	OUT instance_availability_zone text,
	OUT instance_vpc_id text,
	OUT instance_subnet_id text,
	OUT instance_security_group_id text,
	OUT instance_charge_info_charge_mode text,
	OUT instance_charge_info_period_type text,
	OUT instance_charge_info_period_num integer,
	OUT instance_charge_info_is_auto_renew boolean,
	OUT instance_charge_info_is_auto_pay boolean)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_create_instance(name, text, text, text, text, integer, text, text, text, text, text, text, text, text, text, text, text, text, text, integer, text, text, text, integer, boolean, boolean, text, integer, integer, integer, boolean, text, text, boolean, text, jsonb) IS
	'Creates an instance. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_create_instance(name, text, text, text, text, integer, text, text, text, text, text, text, text, text, text, text, text, text, text, integer, text, text, text, integer, boolean, boolean, text, integer, integer, integer, boolean, text, text, boolean, text, jsonb)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_add_coordinators(server name,
	instance_id text,
	az_code text[],
	is_auto_pay text DEFAULT NULL,
	OUT job_id text,
	OUT order_id text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_add_coordinators(name, text, text[], text) IS
	'Adds coordinator nodes to a distributed instance. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_add_coordinators(name, text, text[], text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_add_shards(server name,
	instance_id text,
	count integer,
	is_auto_pay text DEFAULT NULL,
	OUT job_id text,
	OUT order_id text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_add_shards(name, text, integer, text) IS
	'Adds shards of data nodes to a distributed instance. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_add_shards(name, text, integer, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_enlarge_volume(server name,
	instance_id text,
	size integer,
	is_auto_pay text DEFAULT NULL,
	OUT job_id text,
	OUT order_id text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_enlarge_volume(name, text, integer, text) IS
	'Enlarges the storage space of an instance. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_enlarge_volume(name, text, integer, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_delete_instance(server name,
	instance_id text,
	OUT job_id text,
	OUT order_id text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_delete_instance(name, text) IS
	'Deletes an instance. The recycle bin keeps it for some days. Destructive. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_delete_instance(name, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_reset_password(server name,
	instance_id text,
	password text)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_reset_password(name, text, text) IS
	'Resets the password of the database user root. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_reset_password(name, text, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_rename_instance(server name,
	instance_id text,
	name text)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_rename_instance(name, text, text) IS
	'Changes the name of an instance. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_rename_instance(name, text, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_restart_instance(server name,
	instance_id text)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_restart_instance(name, text) IS
	'Restarts an instance. Destructive. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_restart_instance(name, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_switch_shards(server name,
	instance_id text,
	shards jsonb)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_switch_shards(name, text, jsonb) IS
	'Promotes standby data nodes to primaries, at most one of each shard. Destructive. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_switch_shards(name, text, jsonb)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_resize_instance(server name,
	instance_id text,
	flavor_ref text,
	is_auto_pay boolean DEFAULT NULL,
	cn_concurrent_resize_num integer DEFAULT NULL,
	dn_concurrent_resize_num integer DEFAULT NULL,
	OUT job_id text,
	OUT order_id text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_resize_instance(name, text, text, boolean, integer, integer) IS
	'Changes an instance to a larger specification. Service is interrupted for a short time. Destructive. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_resize_instance(name, text, text, boolean, integer, integer)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_check_weak_password(server name,
	password text)
	RETURNS boolean
	LANGUAGE C VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_check_weak_password(name, text) IS
	'Tells whether a database password is weak: true when it is. Changes nothing.';
REVOKE EXECUTE ON FUNCTION gaussdb_check_weak_password(name, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_bind_public_ip(server name,
	instance_id text,
	node_id text,
	public_ip text,
	public_ip_id text)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_bind_public_ip(name, text, text, text, text) IS
	'Binds an elastic public IP address to a node of an instance. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_bind_public_ip(name, text, text, text, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_unbind_public_ip(server name,
	instance_id text,
	node_id text,
	public_ip text,
	public_ip_id text)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_unbind_public_ip(name, text, text, text, text) IS
	'Unbinds an elastic public IP address from a node of an instance. Destructive. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_unbind_public_ip(name, text, text, text, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_start_instance(server name,
	instance_id text,
	node_ids text[])
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_start_instance(name, text, text[]) IS
	'Starts nodes of an instance, or all of it. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_start_instance(name, text, text[])
	FROM PUBLIC;

CREATE FUNCTION gaussdb_stop_instance(server name,
	instance_id text,
	node_ids text[])
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_stop_instance(name, text, text[]) IS
	'Stops nodes of an instance, or all of it. Destructive. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_stop_instance(name, text, text[])
	FROM PUBLIC;

CREATE FUNCTION gaussdb_switch_logger_replica(server name,
	instance_id text,
	availability_zone text,
	is_auto_pay boolean DEFAULT NULL,
	OUT job_id text,
	OUT order_id text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_switch_logger_replica(name, text, text, boolean) IS
	'Turns one standby of each shard of a distributed instance into a log replica. Destructive. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_switch_logger_replica(name, text, text, boolean)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_switch_replica(server name,
	instance_id text,
	is_auto_pay boolean DEFAULT NULL,
	OUT job_id text,
	OUT order_id text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_switch_replica(name, text, boolean) IS
	'Turns the log replica of each shard of a distributed instance into a standby again. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_switch_replica(name, text, boolean)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_set_features(server name,
	instance_id text,
	params jsonb)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_set_features(name, text, jsonb) IS
	'Changes advanced features of an instance. Destructive. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_set_features(name, text, jsonb)
	FROM PUBLIC;

--
-- GaussDB: Parameters and parameter templates
--

CREATE FUNCTION gaussdb_set_parameters(server name,
	instance_id text,
	parameters jsonb,
	OUT restart_required boolean,
	OUT job_id text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_set_parameters(name, text, jsonb) IS
	'Changes parameters of an instance. Destructive. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_set_parameters(name, text, jsonb)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_create_parameter_template(server name,
	INOUT name text,
	datastore_engine_version text,
	datastore_instance_mode text,
	description text DEFAULT NULL,
	parameter_values jsonb DEFAULT NULL,
	OUT id text,
	OUT created_at timestamp with time zone)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_create_parameter_template(name, text, text, text, text, jsonb) IS
	'Creates a parameter template. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_create_parameter_template(name, text, text, text, text, jsonb)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_delete_parameter_template(server name,
	config_id text)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_delete_parameter_template(name, text) IS
	'Deletes a parameter template. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_delete_parameter_template(name, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_copy_parameter_template(server name,
	config_id text,
	name text,
	description text DEFAULT NULL)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_copy_parameter_template(name, text, text, text) IS
	'Makes a parameter template that is a copy of another one, and returns its ID. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_copy_parameter_template(name, text, text, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_reset_parameter_template(server name,
	config_id text)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_reset_parameter_template(name, text) IS
	'Sets all parameters of a user''s parameter template back to their defaults. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_reset_parameter_template(name, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_check_parameter_template_name(server name,
	name text)
	RETURNS boolean
	LANGUAGE C VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_check_parameter_template_name(name, text) IS
	'Tells whether there is a parameter template with a name: true when there is. Changes nothing.';
REVOKE EXECUTE ON FUNCTION gaussdb_check_parameter_template_name(name, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_apply_parameter_template(server name,
	config_id text,
	instance_ids text[])
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_apply_parameter_template(name, text, text[]) IS
	'Applies a parameter template to instances. Destructive. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_apply_parameter_template(name, text, text[])
	FROM PUBLIC;

--
-- GaussDB: Upgrades
--

CREATE FUNCTION gaussdb_upgrade_instance(server name,
	instance_id text,
	upgrade_type text,
	upgrade_action text DEFAULT NULL,
	target_version text DEFAULT NULL,
	upgrade_shard_num integer DEFAULT NULL,
	upgrade_az text DEFAULT NULL,
	OUT job_id text,
	OUT order_id text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_upgrade_instance(name, text, text, text, text, integer, text) IS
	'Upgrades the engine of an instance, or commits or rolls back an upgrade. Service is interrupted: for 30 minutes in place, for about 10 seconds for each primary in a gray upgrade. Destructive. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_upgrade_instance(name, text, text, text, text, integer, text)
	FROM PUBLIC;

--
-- GaussDB: Backups and restoration
--

CREATE FUNCTION gaussdb_set_backup_policy(server name,
	instance_id text,
	keep_days integer,
	start_time text,
	period text,
	differential_period text,
	rate_limit integer DEFAULT NULL,
	prefetch_block integer DEFAULT NULL,
	file_split_size integer DEFAULT NULL,
	enable_standby_backup boolean DEFAULT NULL)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_set_backup_policy(name, text, integer, text, text, text, integer, integer, integer, boolean) IS
	'Replaces the automated backup policy of an instance. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_set_backup_policy(name, text, integer, text, text, text, integer, integer, integer, boolean)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_create_backup(server name,
	instance_id text,
	name text,
	description text DEFAULT NULL,
	OUT job_id text,
	OUT backup_id text,
	OUT backup_name text,
	OUT backup_description text,
	OUT backup_begin_time timestamp with time zone,
	OUT backup_status text,
	OUT backup_type text,
	OUT backup_instance_id text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_create_backup(name, text, text, text) IS
	'Starts a manual full backup of an instance. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_create_backup(name, text, text, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_delete_backup(server name,
	INOUT backup_id text,
	OUT backup_name text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_delete_backup(name, text) IS
	'Deletes a manual backup. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_delete_backup(name, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_restore_to_new_instance(server name,
	name text,
	password text,
	restore_point_instance_id text,
	flavor_ref text,
	volume_type text,
	volume_size integer,
	availability_zone text,
	vpc_id text,
	subnet_id text,
	restore_point_backup_id text DEFAULT NULL,
	security_group_id text DEFAULT NULL,
	configuration_id text DEFAULT NULL,
	port text DEFAULT NULL,
	time_zone text DEFAULT NULL,
	charge_info_charge_mode text DEFAULT NULL,
	backup_strategy jsonb DEFAULT NULL,
	extra jsonb DEFAULT NULL,
	OUT job_id text,
	OUT instance_id text,
	OUT instance_name text,
	OUT instance_status text,
	OUT instance_datastore_type text,
	OUT instance_datastore_version text,
	OUT instance_ha_mode text,
	OUT instance_ha_replication_mode text,
	OUT instance_ha_consistency text,
	OUT instance_port integer,
	OUT instance_volume_type text,
	OUT instance_volume_size integer,
	OUT instance_backup_strategy_start_time text,
	OUT instance_backup_strategy_keep_days integer,
	OUT instance_replica_num integer,
	OUT instance_region text,
	OUT instance_flavor_ref text,
	OUT instance_availability_zone text,
	OUT instance_vpc_id text,
	OUT instance_subnet_id text,
	OUT instance_security_group_id text,
	OUT instance_charge_info_charge_mode text,
	OUT instance_enable_parallel_restore boolean)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_restore_to_new_instance(name, text, text, text, text, text, integer, text, text, text, text, text, text, text, text, text, jsonb, jsonb) IS
	'Creates an instance from a backup. It must have the version and the type of the source, and at least its specification and storage space. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_restore_to_new_instance(name, text, text, text, text, text, integer, text, text, text, text, text, text, text, text, text, jsonb, jsonb)
	FROM PUBLIC;

--
-- GaussDB: Logs
--

CREATE FUNCTION gaussdb_create_slow_log_download(server name,
	INOUT instance_id text,
	OUT id text,
	OUT node_id text,
	OUT workflow_id text,
	OUT file_name text,
	OUT file_size double precision,
	OUT file_link text,
	OUT bucket_name text,
	OUT created_at timestamp with time zone,
	OUT updated_at timestamp with time zone,
	OUT version text,
	OUT status text,
	OUT message text)
	RETURNS SETOF record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_create_slow_log_download(name, text) IS
	'Starts the export of the slow logs of an instance. The first call may return no rows; the table slow_log_files tells when the export is done, the table jobs does not. Asynchronous: returns workflow_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_create_slow_log_download(name, text)
	FROM PUBLIC;

--
-- GaussDB: Databases and users
--

CREATE FUNCTION gaussdb_create_database(server name,
	instance_id text,
	name text,
	character_set text DEFAULT NULL,
	owner text DEFAULT NULL,
	template text DEFAULT NULL,
	lc_collate text DEFAULT NULL,
	lc_ctype text DEFAULT NULL)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_create_database(name, text, text, text, text, text, text, text) IS
	'Creates a database in an instance. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_create_database(name, text, text, text, text, text, text, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_create_database_user(server name,
	instance_id text,
	name text,
	password text,
	is_login_only boolean DEFAULT NULL)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_create_database_user(name, text, text, text, boolean) IS
	'Creates a database user in an instance. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_create_database_user(name, text, text, text, boolean)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_create_schemas(server name,
	instance_id text,
	db_name text,
	schemas jsonb)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_create_schemas(name, text, text, jsonb) IS
	'Creates schemas in a database of an instance. When it fails, some of them may have been created. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_create_schemas(name, text, text, jsonb)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_grant_privileges(server name,
	instance_id text,
	db_name text,
	users jsonb)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_grant_privileges(name, text, text, jsonb) IS
	'Gives database users privileges on schemas of a database. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_grant_privileges(name, text, text, jsonb)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_reset_database_user_password(server name,
	instance_id text,
	name text,
	password text)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_reset_database_user_password(name, text, text, text) IS
	'Resets the password of a database user. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_reset_database_user_password(name, text, text, text)
	FROM PUBLIC;

--
-- GaussDB: Tenants
--

CREATE FUNCTION gaussdb_create_tenant(server name,
	instance_id text,
	pdb_name text,
	pdb_pd_in_db text,
	cpu integer,
	mem integer,
	disk text,
	configuration_id text,
	encoding text DEFAULT NULL,
	lc_collate text DEFAULT NULL,
	lc_ctype text DEFAULT NULL)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_create_tenant(name, text, text, text, integer, integer, text, text, text, text, text) IS
	'Creates a tenant in an instance. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_create_tenant(name, text, text, text, integer, integer, text, text, text, text, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_delete_tenant(server name,
	instance_id text,
	pdb_id text)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_delete_tenant(name, text, text) IS
	'Deletes a tenant of an instance. Destructive. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_delete_tenant(name, text, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_resize_tenant(server name,
	instance_id text,
	pdb_id text,
	cpu integer,
	mem integer)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_resize_tenant(name, text, text, integer, integer) IS
	'Changes the virtual CPUs and the memory of a tenant. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_resize_tenant(name, text, text, integer, integer)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_enlarge_tenant_disk(server name,
	instance_id text,
	pdb_id text,
	disk integer)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_enlarge_tenant_disk(name, text, text, integer) IS
	'Enlarges the storage space of a tenant. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_enlarge_tenant_disk(name, text, text, integer)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_set_tenant_parameters(server name,
	instance_id text,
	pdb_id text,
	parameters jsonb)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_set_tenant_parameters(name, text, text, jsonb) IS
	'Changes parameters of a tenant. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_set_tenant_parameters(name, text, text, jsonb)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_create_tenant_user(server name,
	instance_id text,
	pdb_id text,
	name text,
	password text,
	is_login_only boolean DEFAULT NULL)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_create_tenant_user(name, text, text, text, text, boolean) IS
	'Creates a database user in a tenant. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_create_tenant_user(name, text, text, text, text, boolean)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_create_tenant_schemas(server name,
	instance_id text,
	pdb_id text,
	schemas jsonb)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_create_tenant_schemas(name, text, text, jsonb) IS
	'Creates schemas in a tenant. When it fails, some of them may have been created. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_create_tenant_schemas(name, text, text, jsonb)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_reset_tenant_user_password(server name,
	instance_id text,
	pdb_id text,
	name text,
	password text)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_reset_tenant_user_password(name, text, text, text, text) IS
	'Resets the password of a database user of a tenant. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_reset_tenant_user_password(name, text, text, text, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_grant_tenant_privileges(server name,
	instance_id text,
	pdb_id text,
	users jsonb)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_grant_tenant_privileges(name, text, text, jsonb) IS
	'Gives database users of a tenant privileges on its schemas. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_grant_tenant_privileges(name, text, text, jsonb)
	FROM PUBLIC;

--
-- GaussDB: Tags
--

CREATE FUNCTION gaussdb_add_instance_tags(server name,
	INOUT instance_id text,
	tags jsonb,
	OUT instance_name text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_add_instance_tags(name, text, jsonb) IS
	'Adds tags to an instance. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_add_instance_tags(name, text, jsonb)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_delete_instance_tag(server name,
	INOUT instance_id text,
	key text,
	OUT result text,
	OUT instance_name text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_delete_instance_tag(name, text, text) IS
	'Deletes a tag of an instance. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_delete_instance_tag(name, text, text)
	FROM PUBLIC;

--
-- GaussDB: Jobs
--

CREATE FUNCTION gaussdb_delete_job(server name,
	job_id text)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_delete_job(name, text) IS
	'Deletes the record of a job from the task center. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_delete_job(name, text)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_wait_for_job(server name,
	job_id text,
	timeout interval DEFAULT '2 hours',
	poll_interval interval DEFAULT '5 seconds',
	OUT id text,
	OUT name text,
	OUT status text,
	OUT created timestamp with time zone,
	OUT ended timestamp with time zone,
	OUT progress text,
	OUT instance_id text,
	OUT instance_name text,
	OUT fail_reason text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_wait';
COMMENT ON FUNCTION gaussdb_wait_for_job(name, text, interval, interval) IS
	'Waits until a job has ended, with a NOTICE at each change, and returns its final row. A failed job is an error, and so is one that goes on after the timeout. timeout NULL waits without end.';
REVOKE EXECUTE ON FUNCTION gaussdb_wait_for_job(name, text, interval, interval)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_wait_for_jobs(server name,
	job_ids text[],
	timeout interval DEFAULT '2 hours',
	poll_interval interval DEFAULT '5 seconds',
	OUT id text,
	OUT name text,
	OUT status text,
	OUT created timestamp with time zone,
	OUT ended timestamp with time zone,
	OUT progress text,
	OUT instance_id text,
	OUT instance_name text,
	OUT fail_reason text)
	RETURNS SETOF record
	LANGUAGE C VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_wait';
COMMENT ON FUNCTION gaussdb_wait_for_jobs(name, text[], interval, interval) IS
	'Waits until all of the jobs have ended, asking for many at once, and returns their last rows: those of failed jobs too, and of such as go on after the timeout. timeout NULL waits without end.';
REVOKE EXECUTE ON FUNCTION gaussdb_wait_for_jobs(name, text[], interval, interval)
	FROM PUBLIC;

--
-- GaussDB: Recycle bin
--

CREATE FUNCTION gaussdb_set_recycle_policy(server name,
	retention_period_in_days integer)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_set_recycle_policy(name, integer) IS
	'Sets how long deleted instances are kept in the recycle bin. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_set_recycle_policy(name, integer)
	FROM PUBLIC;

--
-- GaussDB: Historical operations
--

CREATE FUNCTION gaussdb_create_instance_v3(server name,
	name text,
	password text,
	flavor_ref text,
	volume_type text,
	volume_size integer,
	region text,
	availability_zone text,
	vpc_id text,
	subnet_id text,
	security_group_id text,
	ha_mode text,
	ha_consistency text,
	datastore_version text DEFAULT NULL,
	configuration_id text DEFAULT NULL,
	port text DEFAULT NULL,
	backup_strategy_start_time text DEFAULT NULL,
	backup_strategy_keep_days integer DEFAULT NULL,
	charge_info_charge_mode text DEFAULT NULL,
	sharding_num integer DEFAULT NULL,
	coordinator_num integer DEFAULT NULL,
	extra jsonb DEFAULT NULL,
	OUT job_id text,
	OUT instance_id text,
	OUT instance_name text,
	OUT instance_status text,
	OUT instance_datastore_type text,
	OUT instance_datastore_version text,
	OUT instance_ha_mode text,
	OUT instance_ha_replication_mode text,
	OUT instance_ha_consistency text,
	OUT instance_replica_num integer,
	OUT instance_port integer,
	OUT instance_backup_strategy_start_time text,
	OUT instance_backup_strategy_keep_days integer,
	OUT instance_flavor_ref text,
	OUT instance_volume_type text,
	OUT instance_volume_size integer,
	OUT instance_region text,
	OUT instance_availability_zone text,
	OUT instance_vpc_id text,
	OUT instance_subnet_id text,
	OUT instance_security_group_id text,
	OUT instance_charge_info_charge_mode text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_create_instance_v3(name, text, text, text, text, integer, text, text, text, text, text, text, text, text, text, text, text, integer, text, integer, integer, jsonb) IS
	'Creates an instance the historical way; gaussdb_create_instance replaces it. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_create_instance_v3(name, text, text, text, text, integer, text, text, text, text, text, text, text, text, text, text, text, integer, text, integer, integer, jsonb)
	FROM PUBLIC;

CREATE FUNCTION gaussdb_resize_instance_v3(server name,
	instance_id text,
	flavor_ref text,
	is_auto_pay boolean DEFAULT NULL,
	cn_concurrent_resize_num integer DEFAULT NULL,
	dn_concurrent_resize_num integer DEFAULT NULL,
	OUT job_id text,
	OUT order_id text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION gaussdb_resize_instance_v3(name, text, text, boolean, integer, integer) IS
	'Changes an instance to a larger specification the historical way; gaussdb_resize_instance replaces it. Destructive. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION gaussdb_resize_instance_v3(name, text, text, boolean, integer, integer)
	FROM PUBLIC;

--
-- GaussDB(DWS): Clusters
--

CREATE FUNCTION dws_create_cluster(server name,
	name text,
	node_type text,
	number_of_node integer,
	vpc_id text,
	subnet_id text,
	security_group_id text,
	user_name text,
	user_pwd text,
	availability_zone text DEFAULT NULL,
	port integer DEFAULT NULL,
	public_ip_public_bind_type text DEFAULT NULL,
	public_ip_eip_id text DEFAULT NULL,
	number_of_cn integer DEFAULT NULL,
	enterprise_project_id text DEFAULT NULL,
	extra jsonb DEFAULT NULL)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION dws_create_cluster(name, text, text, integer, text, text, text, text, text, text, integer, text, text, integer, text, jsonb) IS
	'Creates a cluster; it takes 10 to 15 minutes. Wait with dws_wait_for_cluster. Not transactional.';
REVOKE EXECUTE ON FUNCTION dws_create_cluster(name, text, text, integer, text, text, text, text, text, text, integer, text, text, integer, text, jsonb)
	FROM PUBLIC;

CREATE FUNCTION dws_delete_cluster(server name,
	cluster_id text,
	keep_last_manual_snapshot integer)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION dws_delete_cluster(name, text, integer) IS
	'Deletes a cluster with its data. The answer means that the request is accepted; the cluster is gone when clusters shows it no more. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION dws_delete_cluster(name, text, integer)
	FROM PUBLIC;

CREATE FUNCTION dws_restart_cluster(server name,
	cluster_id text)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION dws_restart_cluster(name, text) IS
	'Restarts a cluster; its task_status is REBOOTING meanwhile. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION dws_restart_cluster(name, text)
	FROM PUBLIC;

CREATE FUNCTION dws_resize_cluster(server name,
	cluster_id text,
	count integer,
	subnet_id text DEFAULT NULL,
	mode text DEFAULT NULL,
	auto_redistribute boolean DEFAULT NULL,
	create_node_only boolean DEFAULT NULL,
	waiting_for_killing integer DEFAULT NULL,
	logical_cluster_name text DEFAULT NULL,
	redis_mode text DEFAULT NULL,
	parallel_jobs integer DEFAULT NULL)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION dws_resize_cluster(name, text, integer, text, text, boolean, boolean, integer, text, text, integer) IS
	'Adds nodes to a cluster; its task_status is GROWING meanwhile. Not transactional.';
REVOKE EXECUTE ON FUNCTION dws_resize_cluster(name, text, integer, text, text, boolean, boolean, integer, text, text, integer)
	FROM PUBLIC;

CREATE FUNCTION dws_reset_password(server name,
	cluster_id text,
	new_password text)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION dws_reset_password(name, text, text) IS
	'Sets a new password for the administrator of a cluster. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION dws_reset_password(name, text, text)
	FROM PUBLIC;

CREATE FUNCTION dws_wait_for_cluster(server name,
	cluster_id text,
	timeout interval DEFAULT '2 hours',
	poll_interval interval DEFAULT '5 seconds',
	OUT id text,
	OUT name text,
	OUT status text,
	OUT sub_status text,
	OUT task_status text,
	OUT version text,
	OUT number_of_node integer,
	OUT updated timestamp with time zone)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_wait';
COMMENT ON FUNCTION dws_wait_for_cluster(name, text, interval, interval) IS
	'Waits until a cluster is ready and no task runs on it, with a NOTICE at each change, and returns its row. A failed creation, restart or resize is an error, and so is any state that is not known to go on, and a cluster that is still busy after the timeout. timeout NULL waits without end.';
REVOKE EXECUTE ON FUNCTION dws_wait_for_cluster(name, text, interval, interval)
	FROM PUBLIC;

--
-- GaussDB(DWS): Snapshots
--

CREATE FUNCTION dws_create_snapshot(server name,
	cluster_id text,
	name text,
	description text DEFAULT NULL)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION dws_create_snapshot(name, text, text, text) IS
	'Starts a full snapshot of a cluster; its status is CREATING until it is AVAILABLE. Not transactional.';
REVOKE EXECUTE ON FUNCTION dws_create_snapshot(name, text, text, text)
	FROM PUBLIC;

CREATE FUNCTION dws_delete_snapshot(server name,
	snapshot_id text)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION dws_delete_snapshot(name, text) IS
	'Deletes a manual snapshot. The answer means that the request is accepted. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION dws_delete_snapshot(name, text)
	FROM PUBLIC;

CREATE FUNCTION dws_restore_cluster(server name,
	snapshot_id text,
	name text,
	subnet_id text DEFAULT NULL,
	security_group_id text DEFAULT NULL,
	vpc_id text DEFAULT NULL,
	availability_zone text DEFAULT NULL,
	port integer DEFAULT NULL,
	public_ip_public_bind_type text DEFAULT NULL,
	public_ip_eip_id text DEFAULT NULL,
	enterprise_project_id text DEFAULT NULL,
	number_of_cn integer DEFAULT NULL,
	ipv6_enable boolean DEFAULT NULL)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION dws_restore_cluster(name, text, text, text, text, text, text, integer, text, text, text, integer, boolean) IS
	'Restores a snapshot to a new cluster of the same specification; the original cluster is left alone. Not transactional.';
REVOKE EXECUTE ON FUNCTION dws_restore_cluster(name, text, text, text, text, text, text, integer, text, text, text, integer, boolean)
	FROM PUBLIC;

--
-- Data Replication Service: Tasks
--

CREATE FUNCTION drs_create_job(server name,
	base_info_name text,
	base_info_job_type text,
	base_info_engine_type text,
	base_info_job_direction text,
	base_info_task_type text,
	base_info_net_type text,
	source_endpoint jsonb,
	target_endpoint jsonb,
	node_info_spec_node_type text,
	base_info_multi_write boolean DEFAULT NULL,
	base_info_charging_mode text DEFAULT NULL,
	base_info_enterprise_project_id text DEFAULT NULL,
	base_info_description text DEFAULT NULL,
	base_info_start_time text DEFAULT NULL,
	base_info_expired_days text DEFAULT NULL,
	base_info_tags jsonb DEFAULT NULL,
	base_info_is_open_fast_clean boolean DEFAULT NULL,
	node_info_vpc_vpc_id text DEFAULT NULL,
	node_info_vpc_subnet_id text DEFAULT NULL,
	node_info_vpc_custom_node_ip text DEFAULT NULL,
	node_info_vpc_security_group_id text DEFAULT NULL,
	node_info_base_info jsonb DEFAULT NULL,
	period_order jsonb DEFAULT NULL,
	public_ip_list jsonb DEFAULT NULL,
	extra jsonb DEFAULT NULL,
	OUT job_id text,
	OUT job_name text,
	OUT job_status text,
	OUT job_create_time timestamp with time zone,
	OUT job_is_clone_job boolean)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION drs_create_job(name, text, text, text, text, text, text, jsonb, jsonb, text, boolean, text, text, text, text, text, jsonb, boolean, text, text, text, text, jsonb, jsonb, jsonb, jsonb) IS
	'Creates a task; its status is CREATING until it can be configured. Asynchronous: returns job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION drs_create_job(name, text, text, text, text, text, text, jsonb, jsonb, text, boolean, text, text, text, text, text, jsonb, boolean, text, text, text, text, jsonb, jsonb, jsonb, jsonb)
	FROM PUBLIC;

CREATE FUNCTION drs_update_job(server name,
	job_id text,
	type text,
	params jsonb,
	OUT error_code text,
	OUT error_msg text,
	OUT id text,
	OUT name text,
	OUT status text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION drs_update_job(name, text, text, jsonb) IS
	'Changes one thing of a task, which type names; what is given in params replaces what was there. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION drs_update_job(name, text, text, jsonb)
	FROM PUBLIC;

CREATE FUNCTION drs_execute_job_action(server name,
	job_id text,
	action_name text,
	action_params jsonb DEFAULT NULL,
	OUT error_code text,
	OUT error_msg text,
	OUT id text,
	OUT name text,
	OUT status text,
	OUT query_id text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION drs_execute_job_action(name, text, text, jsonb) IS
	'Runs an action on a task. Actions that take time give a query_id, for tables such as job_prechecks and job_network_tests. Destructive. Asynchronous: returns query_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION drs_execute_job_action(name, text, text, jsonb)
	FROM PUBLIC;

CREATE FUNCTION drs_execute_job_actions(server name,
	jobs jsonb,
	OUT error_code text,
	OUT error_msg text,
	OUT id text,
	OUT name text,
	OUT status text,
	OUT query_id text)
	RETURNS SETOF record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION drs_execute_job_actions(name, jsonb) IS
	'Runs an action on each of several tasks; one row for each, failures included. Destructive. Asynchronous: returns query_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION drs_execute_job_actions(name, jsonb)
	FROM PUBLIC;

--
-- Data Replication Service: Asynchronous batches
--

CREATE FUNCTION drs_create_jobs_async(server name,
	jobs jsonb)
	RETURNS text
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION drs_create_jobs_async(name, jsonb) IS
	'Makes a batch of tasks. They are checked first; when all are well, drs_commit_async_job creates them. Asynchronous: returns async_job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION drs_create_jobs_async(name, jsonb)
	FROM PUBLIC;

CREATE FUNCTION drs_update_async_job(server name,
	async_job_id text,
	jobs jsonb,
	OUT id text,
	OUT name text,
	OUT status text,
	OUT error_code text,
	OUT error_msg text)
	RETURNS SETOF record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION drs_update_async_job(name, text, jsonb) IS
	'Changes tasks of a batch that is not committed yet; one row for each task, failures included. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION drs_update_async_job(name, text, jsonb)
	FROM PUBLIC;

CREATE FUNCTION drs_commit_async_job(server name,
	INOUT async_job_id text,
	OUT status text,
	OUT msg text)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION drs_commit_async_job(name, text) IS
	'Commits a batch whose checks have all been passed: its tasks are created now. Asynchronous: returns async_job_id. Not transactional.';
REVOKE EXECUTE ON FUNCTION drs_commit_async_job(name, text)
	FROM PUBLIC;

--
-- Data Replication Service: Tasks (v3)
--

CREATE FUNCTION drs_create_jobs(server name,
	jobs jsonb,
	OUT id text,
	OUT name text,
	OUT status text,
	OUT create_time timestamp with time zone,
	OUT error_code text,
	OUT error_msg text,
	OUT child_ids text[])
	RETURNS SETOF record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION drs_create_jobs(name, jsonb) IS
	'Creates tasks; one row for each, failures included. Asynchronous: returns id. Not transactional.';
REVOKE EXECUTE ON FUNCTION drs_create_jobs(name, jsonb)
	FROM PUBLIC;

CREATE FUNCTION drs_update_jobs(server name,
	jobs jsonb,
	OUT id text,
	OUT status text,
	OUT error_code text,
	OUT error_msg text)
	RETURNS SETOF record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION drs_update_jobs(name, jsonb) IS
	'Changes tasks; one row for each, failures included. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION drs_update_jobs(name, jsonb)
	FROM PUBLIC;

--
-- ROMA Connect: Applications
--

CREATE FUNCTION roma_create_app_code_auto(server name,
	instance_id text,
	INOUT app_id text,
	OUT app_code text,
	OUT id text,
	OUT create_time timestamp with time zone)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION roma_create_app_code_auto(name, text, text) IS
	'Makes an App Code with a random value for an application. Not transactional.';
REVOKE EXECUTE ON FUNCTION roma_create_app_code_auto(name, text, text)
	FROM PUBLIC;

CREATE FUNCTION roma_update_dictionary(server name,
	instance_id text,
	dict_id text,
	INOUT name text DEFAULT NULL,
	INOUT remark text DEFAULT NULL,
	"order" integer DEFAULT NULL,
	INOUT extend_one text DEFAULT NULL,
	INOUT extend_two text DEFAULT NULL,
	OUT id text,
	OUT code text,
	OUT parent_code text,
	OUT type text,
	OUT create_time timestamp with time zone,
	OUT update_time timestamp with time zone)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION roma_update_dictionary(name, text, text, text, text, integer, text, text) IS
	'Changes name, description, order and extension fields of a dictionary. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION roma_update_dictionary(name, text, text, text, text, integer, text, text)
	FROM PUBLIC;

--
-- ROMA Connect: LINK: products and devices
--

CREATE FUNCTION roma_delete_product(server name,
	instance_id text,
	product_id bigint)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION roma_delete_product(name, text, bigint) IS
	'Deletes a product of LINK. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION roma_delete_product(name, text, bigint)
	FROM PUBLIC;

CREATE FUNCTION roma_create_device(server name,
	INOUT instance_id text,
	INOUT device_name text,
	INOUT node_id text,
	INOUT app_id text,
	INOUT parent_device_id bigint DEFAULT NULL,
	INOUT product_product_id bigint DEFAULT NULL,
	INOUT product_product_name text DEFAULT NULL,
	INOUT product_manufacturer_id text DEFAULT NULL,
	INOUT product_model text DEFAULT NULL,
	INOUT product_protocol_type integer DEFAULT NULL,
	INOUT product_product_type integer DEFAULT NULL,
	password text DEFAULT NULL,
	user_name text DEFAULT NULL,
	INOUT status integer DEFAULT NULL,
	INOUT description text DEFAULT NULL,
	INOUT tags text[] DEFAULT NULL,
	OUT permissions text[],
	OUT id bigint,
	OUT device_id bigint,
	OUT parent_device_name text,
	OUT client_id text,
	OUT app_name text,
	OUT online_status integer,
	OUT authentication_user_name text,
	OUT authentication_password text,
	OUT created_user_user_id text,
	OUT created_user_user_name text,
	OUT last_updated_user_user_id text,
	OUT last_updated_user_user_name text,
	OUT created_datetime timestamp with time zone,
	OUT last_updated_datetime timestamp with time zone,
	OUT connect_address text,
	OUT ssl_connect_address text,
	OUT ipv6_connect_address text,
	OUT ipv6_ssl_connect_address text,
	OUT node_type integer,
	OUT device_type integer)
	RETURNS record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION roma_create_device(name, text, text, text, text, bigint, bigint, text, text, text, integer, integer, text, text, integer, text, text[]) IS
	'Creates a device. The product is given by its ID, or by manufacturer ID and model. Not transactional.';
REVOKE EXECUTE ON FUNCTION roma_create_device(name, text, text, text, text, bigint, bigint, text, text, text, integer, integer, text, text, integer, text, text[])
	FROM PUBLIC;

CREATE FUNCTION roma_delete_device_group(server name,
	instance_id text,
	group_id bigint)
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION roma_delete_device_group(name, text, bigint) IS
	'Deletes a device group of LINK. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION roma_delete_device_group(name, text, bigint)
	FROM PUBLIC;

--
-- ROMA Connect: FDI: data integration
--

CREATE FUNCTION roma_install_multi_tasks(server name,
	instance_id text,
	INOUT source_datasource_id text DEFAULT NULL,
	INOUT target_datasource_id text DEFAULT NULL,
	INOUT task_id text DEFAULT NULL,
	auto_mapping boolean DEFAULT NULL,
	INOUT ext_info_server_id text DEFAULT NULL,
	OUT source_group text,
	OUT target_group text,
	OUT source_ds_id text,
	OUT target_ds_id text,
	OUT source_instance_id text,
	OUT target_instance_id text,
	OUT source_app_id text,
	OUT target_app_id text,
	OUT source_datasource_name text,
	OUT target_datasource_name text,
	OUT source_datasource_type text,
	OUT target_datasource_type text,
	OUT mappings jsonb,
	OUT mappings_total_count integer)
	RETURNS SETOF record
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION roma_install_multi_tasks(name, text, text, text, text, boolean, text) IS
	'Initializes a composite task for a source and a target; gives its ID and the first ten mappings. Not transactional.';
REVOKE EXECUTE ON FUNCTION roma_install_multi_tasks(name, text, text, text, text, boolean, text)
	FROM PUBLIC;

--
-- ROMA Connect: APIC: APIs
--

CREATE FUNCTION roma_detach_plugins(server name,
	instance_id text,
	api_id text,
	env_id text,
	plugin_ids text[])
	RETURNS void
	LANGUAGE C VOLATILE PARALLEL UNSAFE SUPPORT gaussdb_mgmt_support
	AS 'MODULE_PATHNAME', 'gaussdb_mgmt_action';
COMMENT ON FUNCTION roma_detach_plugins(name, text, text, text, text[]) IS
	'Unbinds plug-ins from an API in an environment; takes effect at once. Destructive. Not transactional.';
REVOKE EXECUTE ON FUNCTION roma_detach_plugins(name, text, text, text, text[])
	FROM PUBLIC;

-- end of generated functions
