#!/usr/bin/env bash
# test.sh
#	Installs what is missing, builds, and runs every test.
#
#	bash scripts/test.sh [STEP...]
#
# Without arguments all steps run, in the order below.  The last line of the
# output is "N passed, N failed".  What a step printed, and the results of the
# regression tests, are kept in build/test-logs/.  In the environment: REGRESS,
# names of regression tests, and TAP, names of files in test/tap, choose among
# those; FUZZ_SECONDS is how long each fuzzer runs (20).

[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
source "$(dirname "$0")/lib.sh"

steps=(walls symbols unit catalog emulator regress tap fuzz manual)
[ $# = 0 ] || steps=("$@")

passed=0
failed=0

main() {
  local step packages=()

  exec </dev/null
  for step in "${steps[@]}"; do
    declare -F "step_$step" >/dev/null || die "there is no step $step"
  done
  make_work
  ! chosen unit || packages+=(libcmocka-dev)
  ! chosen fuzz || packages+=(clang libclang-rt-dev)
  ! chosen tap manual || packages+=(libipc-run-perl perl)
  # pg_cron of the PostgreSQL that is used
  ! chosen tap || packages+=(openssl postgresql-N-cron)
  prepare_packages "${packages[@]}"
  copy_tree
  prepare_build
  if chosen symbols regress tap manual; then
    build
  fi
  if chosen regress tap manual; then
    stage_server
  fi
  for step in "${steps[@]}"; do
    run_step "$step"
  done
  keep_logs
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
}

# chosen STEP...: is one of them to run?
chosen() {
  local step

  for step in "$@"; do
    [[ " ${steps[*]} " != *" $step "* ]] || return 0
  done
  return 1
}

# --- the steps: each prints TAP, or a last line "N passed, N failed" --------------

step_walls() {
  "$python" "$root/test/walls.py" --self-test
  "$python" "$root/test/walls.py"
}

step_symbols() {
  run_make libgmf_client.a >/dev/null
  bash "$root/test/symbols.sh" "$build_dir/gaussdb_mgmt_fdw.so" "$("$PG_CONFIG" --bindir)/postgres" \
    "$build_dir/build/client/libgmf_client.a"
}

step_unit() {
  CMOCKA_MESSAGE_OUTPUT=TAP run_make unit-asan
}

step_catalog() {
  local status=0

  run_make check-sql || status=$?
  dump_catalog
  (cd "$root" && "$python" test/contract/coverage_test.py "$work/catalog.json") || status=$?
  (cd "$root" && "$python" test/contract/coverage.py "$work/catalog.json") || status=$?
  "$python" "$root/test/contract/services_test.py" || status=$?
  return "$status"
}

step_emulator() {
  as_user "$python" test/run_unittest.py test/emulator
}

step_regress() {
  run_regress
}

step_tap() {
  prove_in tap $(cd "$tree/test/tap" && ls ${TAP:-*.pl})
}

# prove_in DIRECTORY FILE...: tests in test/DIRECTORY that make clusters of their own
prove_in() {
  local pgxs home=$work/home/$1

  pgxs=$(dirname "$(dirname "$("$PG_CONFIG" --pgxs)")")
  as_user mkdir -p "$home"
  as_user env PATH="$bin:$PATH" PG_REGRESS="$pgxs/test/regress/pg_regress" GMF_SOURCE="$tree" \
    TESTDATADIR="$home/tmp_check" TESTLOGDIR="$home/tmp_check/log" TESTDIR="$home" \
    bash -c 'cd "test/$0" && prove --verbose --merge -I "$1" -I ../tap -I . "${@:2}"' \
    "$1" "$pgxs/test/perl" "${@:2}"
}

step_fuzz() {
  run_make fuzz FUZZ_SECONDS="${FUZZ_SECONDS:-20}"
}

# The pages against the catalog, and every example against the emulator.
step_manual() {
  local status=0

  dump_catalog
  (cd "$root" && "$python" doc/generate.py --check "$work/catalog.json") || status=$?
  prove_in manual run_examples.pl || status=$?
  return "$status"
}

dump_catalog() {
  run_make catalog_dump >/dev/null
  "$build_dir/build/tools/catalog_dump" --json >"$work/catalog.json"
}

# --- counting ----------------------------------------------------------------------

# Runs one step and adds what it counted.
run_step() {
  local name=$1 log=$work/logs/$1.log begun=$SECONDS status=0 good=0 bad=0 skipped=0

  say "Tests: $name"
  # In a shell and a process group of its own: an error ends the step alone, and
  # a signal to this script ends all that the step has started.
  set -m
  (
    set +m
    "step_$name"
  ) >"$log" 2>&1 &
  step_pid=$!
  set +m
  wait "$step_pid" || status=$?
  step_pid=
  stop_clusters
  stop_emulator
  read -r good bad skipped < <(tally "$log")
  if [ "$bad" = 0 ] && [ "$status" != 0 ]; then
    bad=1
    note "the step ended with status $status"
  fi
  if [ "$good" = 0 ] && [ "$bad" = 0 ] && ! grep -q '^1\.\.0 # SKIP' "$log"; then
    bad=1
    note 'the step ran no tests'
  fi
  passed=$((passed + good))
  failed=$((failed + bad))
  note "$good passed, $bad failed, $skipped skipped, $((SECONDS - begun)) seconds"
  [ "$bad" = 0 ] || show_failures "$name" "$log"
}

# show_failures STEP LOG: what failed, with what it said; the end of the log where that
# is not to be seen
show_failures() {
  local shown=$work/logs/$1.failures

  awk '
    /^not ok/ || /^(test|    ) .* \.\.\. (FAILED|failed)/ || /^\[  FAILED/ || /^ERROR: AddressSanitizer/ { print; said = 25; next }
    said > 0 && /^ *#/ { print; said--; next }
    /^[-+@ ]/ && diff { print; diff--; next }
    /^diff / { print; diff = 60; next }
    { said = 0 }' "$2" | head -n 200 >"$shown"
  if [ -s "$shown" ]; then
    cat "$shown"
    echo "    ... all of it is in build/test-logs/$1.log"
  else
    echo "    ... the end of build/test-logs/$1.log:"
    tail -n 60 "$2"
  fi
}

# Counts TAP at the left margin (subtests are indented), pg_regress's own form
# before version 16, and the sum of a program that counts for itself.
tally() {
  awk '
    /^(not )?ok .*# (SKIP|TODO)/ || /^(not )?ok .*# skip/ { skipped++; next }
    /^ok( |$)/ { good++; next }
    /^not ok( |$)/ { bad++; next }
    /^(test|    ) .* \.\.\. ok( |$)/ { good++; next }
    /^(test|    ) .* \.\.\. (FAILED|failed)/ { bad++; next }
    /^[0-9]+ passed, [0-9]+ failed/ { good += $1; bad += $3 }
    END { print good + 0, bad + 0, skipped + 0 }' "$1"
}

keep_logs() {
  rm -rf "$build_dir/build/test-logs"
  cp -r "$work/logs" "$build_dir/build/test-logs"
  if [ -d "$tree/results" ]; then
    cp -r "$tree/results" "$tree/regression.diffs" "$build_dir/build/test-logs/" 2>/dev/null || true
  fi
  if [ -d "$work/home/tap/tmp_check/log" ]; then
    cp -r "$work/home/tap/tmp_check/log" "$build_dir/build/test-logs/tap-files"
  fi
}

main
