#!/usr/bin/env bash
# run.sh
#	Measures the extension side by side with curl, against the emulator; writes
#	bench/results.md and bench/results.svg.
#
#	bash bench/run.sh [--fleet N] [--latency MS] [--runs N] [--quick] [--only WORD]
#
#	--fleet		instances of the lists (5000)
#	--latency	of each answer, where a row of the table does not name its own (20)
#	--runs		how often each thing is measured (7)
#	--quick		three runs and a smaller fleet for memory; writes to build/ only
#	--only		rows of the table whose name contains this; writes to build/ only
#
# Nothing else should run meanwhile: the emulator, curl or a backend, and psql share
# the machine.

[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
source "$(dirname "$0")/../scripts/lib.sh"

fleet=5000
options=()
official=1

main() {
  while [ $# != 0 ]; do
    case "$1" in
      --fleet) fleet=$2; shift ;;
      --latency | --runs) options+=("$1" "$2"); shift ;;
      --only) options+=("$1" "$2"); official=; shift ;;
      --quick) options+=("$1"); official= ;;
      *) die "unknown option $1; there are --fleet, --latency, --runs, --quick and --only" ;;
    esac
    shift
  done

  prepare_all

  say "Emulator: $fleet instances in each of four projects"
  # Without compression, which curl does not ask for unless told to.
  start_emulator --fleet "$fleet" --seed 1 --compress off
  say 'Private PostgreSQL'
  start_cluster
  quietly "$work/logs/createdb.log" as_user "$bin/createdb" bench

  say 'Measuring'
  as_user "$python" bench/bench.py --url "$emulator_url" --psql "$bin/psql" --fleet "$fleet" \
    --out "$work/home" "${options[@]}" </dev/null
  keep_results
}

keep_results() {
  local to=$build_dir/build

  if [ -n "$official" ] && [ "$build_dir" = "$root" ]; then
    to=$root/bench
  fi
  cp "$work/home/results.md" "$work/home/results.svg" "$to/"
  say "Done: results.md and results.svg are in ${to#"$root"/}"
}

main "$@"
