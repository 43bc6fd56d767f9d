#!/usr/bin/env bash
# versions.sh
#	Builds and tests with each version of PostgreSQL that Debian has.
#
#	sudo bash scripts/versions.sh [--roots DIRECTORY] [--committed] [SUITE...]
#
# Without arguments: bookworm (PostgreSQL 15), trixie (17), forky (18).  Each suite
# is installed as a minimal root (scripts/bare.sh), with the compiler and the
# libraries of that suite; there scripts/test.sh builds, with warnings as errors,
# and runs the steps named in the environment by STEPS (symbols unit regress tap); it
# heeds REGRESS and TAP.  --roots: the roots are made there, or found there, and
# stay, which spares the next run the installation.  --committed: the last commit,
# not the files as they are.
#
# The last lines tell for each suite the versions and what passed; the logs are in
# build/versions/.  Needs root and the package debootstrap.

[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
set -Eeuo pipefail
shopt -s inherit_errexit

root=$(cd "$(dirname "$0")/.." && pwd -P)
steps=${STEPS:-symbols unit regress tap}
logs=$root/build/versions
roots=
files=--uncommitted
suites=()
temporary=

main() {
  local suite failed=0

  while [ $# -gt 0 ]; do
    case "$1" in
      --roots) roots=$(realpath -m "$2"); shift ;;
      --committed) files= ;;
      -*) die "unknown option $1" ;;
      *) suites+=("$1") ;;
    esac
    shift
  done
  [ ${#suites[@]} -gt 0 ] || suites=(bookworm trixie forky)
  [ "$(id -u)" = 0 ] || die 'this needs root: chroot and debootstrap do'
  mkdir -p "$logs"
  if [ -z "$roots" ]; then
    temporary=$(mktemp -d "${TMPDIR:-/tmp}/gmf-versions.XXXXXX")
    roots=$temporary
    trap 'rm -rf --one-file-system "$temporary"' EXIT
  fi
  for suite in "${suites[@]}"; do
    run_suite "$suite" || failed=1
  done
  for suite in "${suites[@]}"; do
    tell "$suite"
  done
  return "$failed"
}

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

run_suite() {
  local suite=$1 status=0 begun=$SECONDS

  bash "$root/scripts/bare.sh" --suite "$suite" --root "$roots/$suite" $files \
    "env WERROR=-Werror ${REGRESS:+REGRESS='$REGRESS'} ${TAP:+TAP='$TAP'} bash scripts/test.sh $steps" \
    2>&1 | tee "$logs/$suite.log" || status=$?
  echo "$((SECONDS - begun)) seconds" >>"$logs/$suite.log"
  rm -rf "${logs:?}/$suite"
  cp -r "$roots/$suite/srv/gaussdb_mgmt_fdw/build/test-logs" "$logs/$suite" 2>/dev/null || true
  [ -z "$temporary" ] || rm -rf --one-file-system "${roots:?}/$suite"
  return "$status"
}

# "trixie: PostgreSQL 17.6 (…), gcc …, curl …: 140 passed, 0 failed"
tell() {
  local log=$logs/$1.log

  printf '%s: %s: %s, %s\n' "$1" \
    "$(sed -n 's/^    \(PostgreSQL .*\)/\1/p' "$log" | head -n 1)" \
    "$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1 || true)" "$(tail -n 1 "$log")"
}

main "$@"
