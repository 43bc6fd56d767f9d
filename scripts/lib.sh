# lib.sh
#	What the scripts share: packages, the build, a private PostgreSQL, the emulator.
#
# Sourced, not run.  Everything that is started or written lies below $work, a
# fresh directory, or in the source tree's build/; leaving the script by any way
# stops the one and removes the other.  No existing cluster is looked at, started
# or stopped, and nothing is installed into the server's directories: the private
# PostgreSQL runs from a copy (see stage_server).

set -Eeuo pipefail
shopt -s inherit_errexit

# The unprivileged user must be able to read what root writes.
umask 022

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# C.UTF-8 is there on every Debian, the caller's locale perhaps not.
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 TZ=UTC

# Debian's own, which sees Debian's packages.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
unset PGHOST PGHOSTADDR PGPORT PGUSER PGDATABASE PGPASSWORD PGSERVICE PGOPTIONS PGDATA \
  PGAPPNAME PGCLIENTENCODING PGSSLMODE MAKEFLAGS MAKELEVEL

work=           # everything temporary
tree=           # copy of the source tree that the unprivileged user can read
prefix=         # copy of PostgreSQL with the extension in it
bin=            # its programs
socket=         # directory of the private cluster's socket
emulator_url=   # http://127.0.0.1:PORT
step_pid=       # process group of what runs now, see run_step of test.sh
apt_dropin=     # our drop-in and its directory, while they are there
apt_dropin_directory=
keep=           # not empty: leave everything as it is at the end
server_program= # what starts the server, if not postgres itself
make_variables=()
fresh_build=    # not empty: build in a copy, not in the tree

# --- saying -----------------------------------------------------------------

say() {
  printf '==> %s\n' "$*"
}

note() {
  printf '    %s\n' "$*"
}

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# quietly LOG COMMAND...: runs it; shows the end of what it printed if it fails
quietly() {
  local log=$1
  shift
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 60 "$log" >&2
    die "this failed: $*"
  fi
}

# --- who --------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# PostgreSQL does not run as root: then the user of Debian's package runs it.
choose_user() {
  user=$(id -un)
  if [ "$(id -u)" = 0 ]; then
    user=postgres
    getent passwd "$user" >/dev/null || user=nobody
  fi
}

# as_user COMMAND...: as the unprivileged user, in the copy of the tree
as_user() {
  (become_user "$@")
}

# The same in place of the shell that runs it: become_user COMMAND... &
become_user() {
  cd "${tree:-$work}"
  if [ "$(id -u)" = 0 ]; then
    exec setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups \
      env HOME="$work/home" USER="$user" LOGNAME="$user" "$@"
  fi
  exec env HOME="$work/home" "$@"
}

give_to_user() {
  if [ "$(id -u)" = 0 ]; then
    chown -R "$user:$(id -gn "$user")" "$@"
  fi
}

# --- packages ---------------------------------------------------------------

installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# need_packages NAME...: installs those that are missing
need_packages() {
  local package missing=()

  if ! command -v apt-get >/dev/null; then
    note 'not a Debian system: taking for granted that what is needed is installed'
    return
  fi
  for package in "$@"; do
    installed "$package" || missing+=("$package")
  done
  if [ ${#missing[@]} = 0 ]; then
    note 'all packages are there'
    return
  fi
  note "installing ${missing[*]}"
  if [ "$(id -u)" != 0 ] && ! sudo -v 2>/dev/null; then
    die "these packages are missing, and $(id -un) may not install them (no sudo): ${missing[*]}"
  fi
  no_main_cluster
  quietly "$work/apt-update.log" as_root apt-get update
  say_how_much "${missing[@]}"
  quietly "$work/apt-install.log" as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "${missing[@]}"
  remove_dropin
}

# say_how_much NAME...: what apt is about to fetch for them
say_how_much() {
  apt-get install -qq --print-uris -y --no-install-recommends "$@" 2>/dev/null |
    awk '{ n++; bytes += $3 }
      END { if (n) printf "    %d packages, %.0f MB to fetch: this may take minutes\n", n, bytes / 1e6 }'
}

# Debian's package of the server makes a cluster "main" and starts it where none
# is.  It is told not to, for as long as the installation takes.
no_main_cluster() {
  local directory=/etc/postgresql-common/createcluster.d

  apt_dropin=$directory/zz-gaussdb-mgmt-fdw.conf
  if [ ! -d "$directory" ]; then
    apt_dropin_directory=$directory
    as_root mkdir -p "$directory"
  fi
  echo 'create_main_cluster = false' | as_root tee "$apt_dropin" >/dev/null
}

remove_dropin() {
  if [ -n "$apt_dropin" ]; then
    as_root rm -f "$apt_dropin"
    [ -z "$apt_dropin_directory" ] || as_root rmdir --ignore-fail-on-non-empty "$apt_dropin_directory"
    apt_dropin=
    apt_dropin_directory=
  fi
}

# The newest PostgreSQL that is installed whole, with its server and its headers, or
# else the newest that can be installed.  PG_CONFIG overrides.
find_postgres() {
  local config

  pg_packages=()
  if [ -n "${PG_CONFIG:-}" ]; then
    use_pg_config "$PG_CONFIG"
    return
  fi
  for config in $(ls -d /usr/lib/postgresql/*/bin/pg_config 2>/dev/null | sort -t / -k 5 -rn); do
    if is_whole "$config"; then
      PG_CONFIG=$config
      return
    fi
  done
  if command -v apt-cache >/dev/null; then
    local version
    version=$(server_package_version)
    if [ -z "$version" ]; then
      quietly "$work/apt-update.log" as_root apt-get update
      version=$(server_package_version)
    fi
    [ -n "$version" ] || die 'no package postgresql-server-dev-NN is known to apt'
    pg_packages=("postgresql-$version" "postgresql-server-dev-$version")
    PG_CONFIG=/usr/lib/postgresql/$version/bin/pg_config
  else
    PG_CONFIG=$(command -v pg_config) || die 'pg_config is not in PATH; set PG_CONFIG'
  fi
}

# is_whole CONFIG: pgxs.mk comes with the client already, the headers with the
# development package
is_whole() {
  local bindir

  bindir=$("$1" --bindir)
  [ -x "$bindir/postgres" ] && [ -f "$("$1" --pgxs)" ] &&
    [ -f "$("$1" --includedir-server)/postgres.h" ]
}

# use_pg_config NAME: the caller's own choice, a path or a program in PATH.  Debian's
# /usr/bin/pg_config is a script that speaks for that of one version.
use_pg_config() {
  local config

  config=$(command -v "$1") || die "PG_CONFIG=$1 is not a program"
  PG_CONFIG=$("$config" --bindir)/pg_config
  [ -x "$PG_CONFIG" ] || PG_CONFIG=$(realpath "$config")
  if ! is_whole "$PG_CONFIG" && [[ $PG_CONFIG == /usr/lib/postgresql/* ]]; then
    pg_packages=("postgresql-$(major_of "$PG_CONFIG")" "postgresql-server-dev-$(major_of "$PG_CONFIG")")
  fi
}

# major_of CONFIG: 15
major_of() {
  sed -n 's|^/usr/lib/postgresql/\([0-9]*\)/.*|\1|p' <<<"$1"
}

server_package_version() {
  apt-cache pkgnames postgresql-server-dev- |
    sed -n 's/^postgresql-server-dev-\([0-9][0-9]*\)$/\1/p' | sort -n | tail -n 1
}

# prepare_packages NAME...: what everything needs, PostgreSQL, and these; postgresql-N-… is
# of the PostgreSQL that is used
prepare_packages() {
  local major

  say 'Packages'
  find_postgres
  major=$(major_of "$PG_CONFIG")
  set -- "${@//postgresql-N-/postgresql-${major:-N}-}"
  need_packages gcc libc6-dev make pkg-config binutils libcurl4-openssl-dev libjansson-dev \
    libssl-dev curl python3 python3-aiohttp python3-uvloop python3-jsonschema "${pg_packages[@]}" "$@"
  choose_user
  [ -x "$PG_CONFIG" ] || die "$PG_CONFIG is not there"
  note "$("$PG_CONFIG" --version), $(gcc --version | head -n 1), $(curl --version | cut -d ' ' -f 1-2 | head -n 1)"
}

# --- the place to work in -----------------------------------------------------

make_work() {
  local place

  # A socket's path has room for 107 characters, and the server runs from here.
  for place in "${TMPDIR:-/tmp}" /tmp /var/tmp; do
    work=$(mktemp -d "$place/gmf.XXXXXX" 2>/dev/null) || continue
    [ ${#work} -gt 70 ] || ! runs_programs "$work" || break
    rmdir "$work"
    work=
  done
  [ -n "$work" ] || die "neither ${TMPDIR:-/tmp} nor /tmp nor /var/tmp can hold programs that run (mounted noexec, or not writable?); set TMPDIR to a directory that can"
  chmod 755 "$work"
  mkdir "$work/home" "$work/socket" "$work/logs"
  socket=$work/socket
  trap leave EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

# runs_programs DIRECTORY: is it not mounted noexec?
runs_programs() {
  local program=$1/program status=0

  printf '#!/bin/sh\n' >"$program"
  chmod +x "$program"
  "$program" 2>/dev/null || status=$?
  rm -f "$program"
  return "$status"
}

leave() {
  local status=$?

  trap - EXIT INT TERM HUP
  set +e
  remove_dropin
  if [ -n "$step_pid" ]; then
    kill -TERM -- "-$step_pid" 2>/dev/null
    wait "$step_pid" 2>/dev/null
  fi
  if [ -z "$keep" ] || [ "$status" != 0 ]; then
    stop_emulator
    stop_clusters
    cd /
    rm -rf "$work"
  fi
  exit "$status"
}

# Who runs the tests may not be able to read the tree where it is.
copy_tree() {
  mkdir -p "$work/tree"
  tar -C "$root" --exclude=./.git --exclude=./build --exclude='*.so' --exclude=node_modules \
    --exclude=./results -cf - . | tar -C "$work/tree" --no-same-owner -xf -
  tree=$work/tree
  give_to_user "$tree" "$work/home" "$work/socket"
  chmod 700 "$socket"
}

# All that a server with the extension needs.
prepare_all() {
  make_work
  prepare_packages
  copy_tree
  prepare_build
  build
  stage_server
}

# --- building -----------------------------------------------------------------

# Where to build: in the tree, or in a copy if it cannot be written to.
prepare_build() {
  build_dir=$root
  if [ ! -w "$root" ] || [ -n "$fresh_build" ]; then
    [ -w "$root" ] || note "$root cannot be written to: building in a copy"
    mkdir "$work/build-tree"
    tar -C "$root" --exclude=./.git ${fresh_build:+--exclude=./build} --exclude='*.so' -cf - . | tar -C "$work/build-tree" --no-same-owner -xf -
    build_dir=$work/build-tree
  fi
  mkdir -p "$build_dir/build"
}

build() {
  say 'Build'
  quietly "$work/logs/build.log" run_make all
  note "$(grep -c '^  CC ' "$work/logs/build.log" || true) files compiled, no warnings"
}

# run_make GOAL...: against the PostgreSQL that was found.  Two scripts that run at
# once in one tree build one after the other.
run_make() {
  flock "$build_dir/build" make -C "$build_dir" -j "$(nproc)" PG_CONFIG="$PG_CONFIG" \
    "${make_variables[@]}" "$@"
}

# A PostgreSQL to try the extension in, without writing to the installed one: its
# programs find their directories from where they lie, so a copy of the programs
# beside links to all the rest is an installation of its own.
stage_server() {
  local bindir sharedir libdir

  bindir=$("$PG_CONFIG" --bindir)
  sharedir=$("$PG_CONFIG" --sharedir)
  libdir=$("$PG_CONFIG" --pkglibdir)
  prefix=$work/server
  bin=$prefix$bindir
  mkdir -p "$bin" "$prefix$sharedir" "$prefix$libdir"
  cp -L "$bindir"/* "$bin/"
  cp -as "$sharedir/." "$prefix$sharedir/"
  cp -as "$libdir/." "$prefix$libdir/"
  quietly "$work/logs/install.log" run_make install DESTDIR="$prefix"
  [ "$("$bin/pg_config" --pkglibdir)" = "$prefix$libdir" ] ||
    die "a copy of $bindir does not find its own directories; install PostgreSQL from Debian's packages"
}

# --- the emulator ---------------------------------------------------------------

# start_emulator OPTION...: in the background, on a port of its own choice.  It
# knows two services that the extension does not, for tests and the manual.
start_emulator() {
  local port_file=$work/home/emulator.port tries=0 pid contract

  for contract in "${tree:-$root}"/test/contract/*.openapi.json; do
    set -- "$@" --contract "$contract"
  done

  # In a session of its own: it outlives this script if it is to be kept.
  become_user setsid "$python" -m emulator --port 0 --port-file "$port_file" "$@" \
    >"$work/logs/emulator.log" 2>&1 </dev/null &
  pid=$!
  echo "$pid" >"$work/emulator.pid"
  until [ -s "$port_file" ]; do
    kill -0 "$pid" 2>/dev/null || {
      cat "$work/logs/emulator.log" >&2
      die 'the emulator did not start'
    }
    [ $((tries += 1)) -le 300 ] || die 'the emulator is not ready after 30 seconds'
    sleep 0.1
  done
  emulator_url=http://127.0.0.1:$(cat "$port_file")
}

stop_emulator() {
  local pid tries=0

  if [ -s "$work/emulator.pid" ]; then
    pid=$(cat "$work/emulator.pid")
    rm -f "$work/emulator.pid" "$work/home/emulator.port"
    kill "$pid" 2>/dev/null || return 0
    while kill -0 "$pid" 2>/dev/null && [ $((tries += 1)) -le 50 ]; do
      sleep 0.1
    done
    kill -9 "$pid" 2>/dev/null || true
  fi
}

# --- the cluster ------------------------------------------------------------------

# Its own data directory, reached through a socket in a directory that only its
# user can enter; it listens to no network.
start_cluster() {
  quietly "$work/logs/initdb.log" as_user "$bin/initdb" -D "$work/home/data" -U postgres \
    --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync
  as_user tee -a "$work/home/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$socket'
fsync = off
max_connections = 100
log_line_prefix = '%m [%p] %a '
log_statement = none
timezone = 'UTC'
CONF
  quietly "$work/logs/start.log" as_user "$bin/pg_ctl" -w -t 300 -D "$work/home/data" \
    -l "$work/home/server.log" ${server_program:+-p "$server_program"} start
  export PGHOST=$socket PGPORT=5432 PGUSER=postgres
}

# run_regress: the regression tests, or those that REGRESS names, with a cluster and an
# emulator of their own
run_regress() {
  local status=0 name

  # A test without expected output fails, and does not keep the others from running.
  for name in "$tree"/sql/*.sql; do
    as_user touch -a "$tree/expected/$(basename "$name" .sql).out"
  done
  # Always the same fleet, of the same days: the expected output can tell of it.
  start_emulator --fleet 100 --seed 1 --epoch 1735689600 --job-seconds 1
  start_cluster
  as_user env GMF_EMULATOR="$emulator_url" PATH="$bin:$PATH" \
    make --no-print-directory installcheck PG_CONFIG="$bin/pg_config" \
    ${REGRESS:+REGRESS="$REGRESS"} || status=$?
  cat "$tree/regression.diffs" 2>/dev/null || true
  stop_clusters
  stop_emulator
  return "$status"
}

# All that run from below $work, those of tests that were cut off included.
stop_clusters() {
  local pid_file data

  while read -r pid_file; do
    data=${pid_file%/*}
    as_user "$bin/pg_ctl" -w -m fast -D "$data" stop >/dev/null 2>&1 ||
      as_user "$bin/pg_ctl" -w -m immediate -D "$data" stop >/dev/null 2>&1 || true
  done < <(find "$work/home" -name postmaster.pid 2>/dev/null)
}
