#!/usr/bin/env bash
# demo.sh
#	From a clone to a query: installs what is missing, builds, starts a private
#	PostgreSQL and the emulator, does what a user would do first, and stops them.
#
#	bash scripts/demo.sh			leaves nothing running
#	bash scripts/demo.sh --keep		leaves both up and says how to get in
#	bash scripts/demo.sh --stop DIRECTORY	stops what --keep left up

[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
source "$(dirname "$0")/lib.sh"

main() {
  case "${1:-}" in
    '') ;;
    --keep) keep=asked ;;
    --stop) stop_kept "${2:-}" ;;
    *) die "unknown option $1; there are --keep and --stop DIRECTORY" ;;
  esac

  prepare_all

  say 'Emulator of the management API: 120 instances, jobs of 2 seconds, 20 ms for each answer'
  start_emulator --fleet 120 --latency 20 --job-seconds 2
  say 'Private PostgreSQL'
  start_cluster
  quietly "$work/logs/createdb.log" as_user "$bin/createdb" demo
  note "in $work, reached by a socket only; no other cluster is touched"

  say 'Demo'
  if ! as_user "$bin/psql" -X -q -d demo -v endpoint="$emulator_url" <"$root/scripts/demo.sql" 2>&1; then
    tail -n 20 "$work/home/server.log" >&2
    die 'the demo did not come to its end'
  fi
  say 'Done'
  if [ -n "$keep" ]; then
    tell_kept
  fi
}

tell_kept() {
  echo "$bin" >"$work/kept"
  note 'PostgreSQL and the emulator stay up. To look around:'
  note
  note "  psql -h $socket -U postgres demo"
  note
  note 'To stop both and remove their files:'
  note
  note "  bash $(realpath --relative-to="$PWD" "$root" 2>/dev/null || echo "$root")/scripts/demo.sh --stop $work"
}

stop_kept() {
  [ -n "$1" ] && [ -f "$1/kept" ] || die "${1:-nothing} is not a directory that demo.sh --keep named"
  work=$(cd "$1" && pwd -P)
  bin=$(cat "$work/kept")
  [[ "$bin" == "$work"/* ]] || die "$work/kept is not what demo.sh wrote"
  choose_user
  stop_emulator
  stop_clusters
  rm -rf "$work"
  say "stopped, and $work is removed"
  exit 0
}

main "$@"
