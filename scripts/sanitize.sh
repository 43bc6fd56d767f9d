#!/usr/bin/env bash
# sanitize.sh
#	The extension inside a server, watched for errors of memory.
#
#	bash scripts/sanitize.sh [--server DIRECTORY] [asan | valgrind]...
#
# For both a PostgreSQL is built with assertions on, which overwrites freed memory and
# looks for writes past the end of what palloc gave; its source is Debian's package,
# from the machine's own package sources.
#
# asan: the extension is built with AddressSanitizer and UndefinedBehaviorSanitizer; all
# regression tests, or those that REGRESS names.  valgrind: the whole server runs under
# memcheck, which here knows palloc's memory too; the tests in which most ends in
# errors (VALGRIND_REGRESS).  Without arguments both.
#
# The last line is "N passed, N failed"; what was found is printed before it, and the
# logs are kept in build/sanitize/.  --server: the PostgreSQL is built there, or found
# there, and stays.

[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
source "$(dirname "$0")/lib.sh"

server=
steps=()
logs=$root/build/sanitize
passed=0
failed=0

main() {
  local step

  while [ $# -gt 0 ]; do
    case "$1" in
      --server) server=$(realpath -m "$2"); shift ;;
      asan | valgrind) steps+=("$1") ;;
      *) die "unknown argument $1" ;;
    esac
    shift
  done
  [ ${#steps[@]} -gt 0 ] || steps=(asan valgrind)
  exec </dev/null
  mkdir -p "$logs"
  need_server
  for step in "${steps[@]}"; do
    run_step "$step"
  done
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
}

# In a shell of its own, which clears up after itself; see test.sh.
run_step() {
  local good bad

  echo '0 1' >"$logs/$1.count"
  set -m
  (
    set +m
    "step_$1"
  ) &
  step_pid=$!
  set +m
  wait "$step_pid" || true
  step_pid=
  read -r good bad <"$logs/$1.count"
  passed=$((passed + good))
  failed=$((failed + bad))
}

# --- the steps, each in a shell and a directory of its own ------------------------------

step_asan() {
  say 'AddressSanitizer and UndefinedBehaviorSanitizer'
  PG_CONFIG=$server/bin/pg_config
  prepare asan SANITIZE=yes
  # The server itself leaks when it ends.  A report ends the backend, and so the test.
  wrap_server "env LD_PRELOAD='$(gcc -print-file-name=libasan.so):$(gcc -print-file-name=libubsan.so)'" \
    "ASAN_OPTIONS=detect_leaks=0:abort_on_error=1:disable_coredump=1:log_path=$work/reports/asan" \
    "UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1:log_path=$work/reports/ubsan"
  watch_regress asan
}

step_valgrind() {
  say 'valgrind'
  PG_CONFIG=$server/bin/pg_config
  prepare valgrind
  wrap_server valgrind --quiet --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=none \
    "--suppressions=$server/valgrind.supp" --num-callers=30 --fullpath-after= \
    --error-markers=VALGRINDERROR-BEGIN,VALGRINDERROR-END "--log-file=$work/reports/valgrind.%p"
  REGRESS=${VALGRIND_REGRESS:-setup errors lifecycle audit requests actions}
  watch_regress valgrind
}

# prepare NAME VARIABLE...: packages, and a server with the extension, built with these
# variables of make
prepare() {
  local name=$1

  shift
  make_work
  [ "$name" != valgrind ] || packages=(valgrind)
  prepare_packages "${packages[@]}"
  copy_tree
  fresh_build=yes
  make_variables=("$@")
  prepare_build
  build
  stage_server
  mkdir "$work/reports"
  give_to_user "$work/reports"
}

packages=()

# wrap_server WORD...: the server is started by a program that puts these words before it
wrap_server() {
  server_program=$work/watched-postgres
  printf '#!/bin/sh\nexec %s %s "$@"\n' "$*" "$bin/postgres" >"$server_program"
  chmod 755 "$server_program"
}

watch_regress() {
  local name=$1 log=$work/logs/regress.log status=0 good bad reports

  (run_regress) >"$log" 2>&1 || status=$?
  good=$(grep -cE '^(ok |(test|    ) .* \.\.\. ok)' "$log" || true)
  bad=$(grep -cE '^(not ok |(test|    ) .* \.\.\. (FAILED|failed))' "$log" || true)
  [ "$status" = 0 ] || [ "$bad" != 0 ] || bad=1
  [ "$bad" = 0 ] || tail -n 30 "$log"
  reports=$(count_reports)
  note "$good tests passed, $bad failed, $reports reports"
  echo "$good $((bad + reports))" >"$logs/$name.count"
  rm -rf "${logs:?}/$name"
  mkdir "$logs/$name"
  cp -r "$work/logs" "$work/reports" "$logs/$name/"
  cp "$work/home/server.log" "$logs/$name/"
  [ ! -d "$tree/results" ] || cp -r "$tree/results" "$logs/$name/"
}

# Of sanitizers and valgrind: all that there are, and of leaks those with a function of ours.
# Of the server: its end, failed assertions, and what its memory manager and resource owners
# complain of.
count_reports() {
  local found

  found=$("$python" - "$work/reports" "$work/home/server.log" <<'PYTHON'
import pathlib
import re
import sys

reports, log = map(pathlib.Path, sys.argv[1:])
found = []
OURS = re.compile(r'gaussdb_mgmt_fdw|/src/(client|fdw|catalog)/')
for path in sorted(reports.iterdir()):
    text = path.read_text(errors='replace')
    if path.name.startswith('valgrind'):
        found += [part for part in re.findall(r'VALGRINDERROR-BEGIN.*?VALGRINDERROR-END', text, re.S)
                  if 'definitely lost' not in part or OURS.search(part)]
    elif text.strip():
        found.append(text)
bad = re.compile(r'runtime error:|AddressSanitizer:|TRAP:|PANIC|server process \(PID|detected write past chunk|problem in alloc set|'
                 r'reference leak|leaked|not closed|ERROR:  (could not find|.*invalid pointer)')
found += [line for line in log.read_text(errors='replace').splitlines() if bad.search(line)]
for text in found[:20]:
    print(text.strip()[:4000], '\n', file=sys.stderr)
print(len(found))
PYTHON
)
  echo "$found"
}

# --- a PostgreSQL that looks after its memory --------------------------------------------

need_server() {
  make_work
  if [ -z "$server" ]; then
    server=$work/server-with-assertions
  fi
  if [ ! -f "$server/valgrind.supp" ]; then
    say 'Building a PostgreSQL with assertions'
    need_packages gcc libc6-dev make bzip2 valgrind libicu-dev pkg-config perl
    build_server
  fi
}

# From Debian's source of the version that the machine's suite has.
build_server() {
  local options version

  mkdir -p "$work/source/lists/partial" "$server"
  apt-get indextargets --format '$(ORIGIN) $(RELEASE) $(REPO_URI)' | sort -u |
    awk '$1 == "Debian" && $2 !~ /-/ { print "deb-src " $3 " " $2 " main" }' >"$work/source/list"
  options=(-o "Dir::Etc::sourcelist=$work/source/list" -o Dir::Etc::sourceparts=-
    -o "Dir::State::lists=$work/source/lists" -o "APT::Sandbox::User=$(id -un)")
  version=$(server_package_version)
  quietly "$work/logs/source-update.log" apt-get "${options[@]}" update
  (cd "$work/source" && quietly "$work/logs/source.log" \
    apt-get "${options[@]}" source --download-only "postgresql-$version")
  tar -C "$work/source" -xf "$work/source"/postgresql-*.orig.tar.*
  (
    cd "$work/source"/postgresql-*/
    quietly "$work/logs/configure.log" ./configure --prefix="$server" --enable-cassert --enable-debug \
      --with-icu --without-readline --without-zlib CFLAGS='-O1 -g -fno-omit-frame-pointer' CPPFLAGS=-DUSE_VALGRIND
    quietly "$work/logs/make.log" make -j "$(nproc)" all
    quietly "$work/logs/make-install.log" make install
    cp src/tools/valgrind.supp "$server/"
  )
  note "$("$server/bin/postgres" --version)"
}

main "$@"
