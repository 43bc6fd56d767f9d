#!/usr/bin/env bash
# stress.sh
#	Many sessions at once, for minutes: scans and actions, some cancelled, some ended
#	by force.  A target of its own; scripts/test.sh does not run it.
#
#	bash scripts/stress.sh [SECONDS [SESSIONS]]		180 seconds, 50 sessions

[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
source "$(dirname "$0")/lib.sh"

main() {
  prepare_all
  say 'Emulator: 60 instances, 5 ms for each answer'
  start_emulator --fleet 60 --latency 5 --job-seconds 1
  say 'Private PostgreSQL'
  start_cluster
  quietly "$work/logs/createdb.log" as_user "$bin/createdb" stress
  as_user "$bin/psql" -X -q -d stress -v ON_ERROR_STOP=1 -v endpoint="$emulator_url" <<'SQL'
CREATE EXTENSION gaussdb_mgmt_fdw;
CREATE SERVER cloud FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-north-4', project_id '0483b6b16e954cb88930a360d2c4e663', endpoint :'endpoint', max_connections '4');
CREATE SERVER east FOREIGN DATA WRAPPER gaussdb_mgmt_fdw
  OPTIONS (region 'cn-east-3', project_id '0549b4a43100d4f32f51c01c2fe4acdb', endpoint :'endpoint', max_connections '4');
CREATE USER MAPPING FOR CURRENT_USER SERVER cloud OPTIONS (token 'emulator-static-token');
CREATE USER MAPPING FOR CURRENT_USER SERVER east OPTIONS (token 'emulator-static-token');
CREATE SCHEMA cloud;
IMPORT FOREIGN SCHEMA gaussdb FROM SERVER cloud INTO cloud;
CREATE TABLE asset AS SELECT id AS instance_id, row_number() OVER (ORDER BY id) AS n FROM cloud.instances;
ANALYZE asset;
CREATE TABLE all_regions (id text, name text);
CREATE FOREIGN TABLE r1 () INHERITS (all_regions) SERVER cloud OPTIONS (resource 'gaussdb.instances');
CREATE FOREIGN TABLE r2 () INHERITS (all_regions) SERVER east OPTIONS (resource 'gaussdb.instances');
SQL
  say "${2:-50} sessions for ${1:-180} seconds"
  as_user env PGDATABASE=stress "$python" "$tree/test/stress/stress.py" "$bin/psql" "$emulator_url" \
    "$work/home/server.log" "${1:-180}" "${2:-50}"
}

main "$@"
