#!/usr/bin/env bash
# bare.sh
#	Do the demo and the tests run on a machine that has nothing?
#
#	sudo bash scripts/bare.sh [--suite NAME] [--root DIRECTORY] [--uncommitted] [--shell] [COMMAND...]
#
# Makes a fresh minimal Debian root with git in it (debootstrap, minbase), clones
# this repository into it, and runs there, twice each, scripts/demo.sh and
# scripts/test.sh; or the given commands instead.  The root has the machine's own
# package sources and is removed at the end.  --suite: another Debian than the
# machine's.  --root: the root is made there if it is not there yet, and stays.
# --uncommitted: the files as they are, not the last commit.  --shell: a shell in
# the root at the end.
#
# Takes long (everything is installed anew); needs root and the package debootstrap.

[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
set -Eeuo pipefail
shopt -s inherit_errexit

source_tree=$(cd "$(dirname "$0")/.." && pwd -P)
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
uncommitted=
shell=
kept_root=      # --root
bare=           # the root

main() {
  while [ $# -gt 0 ]; do
    case "$1" in
      --suite) suite=$2; shift ;;
      --root) kept_root=$(realpath -m "$2"); shift ;;
      --uncommitted) uncommitted=1 ;;
      --shell) shell=1 ;;
      -*) die "unknown option $1" ;;
      *) break ;;
    esac
    shift
  done
  [ $# -gt 0 ] || set -- 'bash scripts/demo.sh' 'bash scripts/test.sh' \
    'bash scripts/demo.sh' 'bash scripts/test.sh'
  [ "$(id -u)" = 0 ] || die 'this needs root: chroot and debootstrap do'
  command -v debootstrap >/dev/null || die 'debootstrap is missing: apt-get install debootstrap'

  # All mounts are made in a mount namespace of this script's own, so that none is
  # left behind whatever happens; processes likewise.
  if [ -z "${GMF_BARE_NAMESPACE:-}" ]; then
    export GMF_BARE_NAMESPACE=1
    exec unshare --mount --pid --fork --kill-child -- bash "$0" --suite "$suite" \
      ${kept_root:+--root "$kept_root"} ${uncommitted:+--uncommitted} ${shell:+--shell} "$@"
  fi
  mount --make-rprivate /

  bare=${kept_root:-$(mktemp -d "${TMPDIR:-/tmp}/gmf-bare.XXXXXX")}
  mkdir -p "$bare"
  chmod 755 "$bare"
  trap 'leave_root' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  [ -e "$bare/etc/gmf-bare" ] || make_root
  enter_root
  clone
  run_all "$@"
}

say() {
  printf '=== %s\n' "$*"
}

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

leave_root() {
  local status=$?

  trap - EXIT
  cd /
  umount -R "$bare/proc" 2>/dev/null || true
  umount -R "$bare/dev" 2>/dev/null || true
  [ -n "$kept_root" ] || rm -rf --one-file-system "$bare"
  exit "$status"
}

# Where the machine gets its own packages of this suite from.
mirror() {
  local uri

  uri=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' | awk -v suite="$suite" '$1 == suite { print $2; exit }')
  if [ -z "$uri" ]; then
    # Not a suite that the machine uses: any Debian archive will do.
    uri=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' | awk '$1 == "Debian" { print $2; exit }')
  fi
  echo "${uri%/}"
}

make_root() {
  local from script

  [ -z "$(ls -A "$bare")" ] || die "$bare is neither empty nor a root that this script made"
  from=$(mirror)
  [ -n "$from" ] || die "apt knows no source of $suite"
  say "debootstrap $suite"
  # debootstrap need not have heard of a suite that is younger than itself.
  script=/usr/share/debootstrap/scripts/$suite
  [ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid
  debootstrap --variant=minbase --include=git,ca-certificates "$suite" "$bare" "$from" "$script" \
    >"$bare.log" 2>&1 || { tail -n 30 "$bare.log" >&2; rm -f "$bare.log"; die 'debootstrap failed'; }
  rm -f "$bare.log"

  # Sources, proxies, keys and certificates are the machine's.
  rm -f "$bare/etc/apt/sources.list"
  cp -rL /etc/apt/. "$bare/etc/apt/"
  rm -f "$bare"/etc/apt/sources.list.d/*.disabled*
  if [ "$suite" != "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" ]; then
    rm -f "$bare"/etc/apt/sources.list.d/*
    echo "deb $from $suite main" >"$bare/etc/apt/sources.list"
  else
    cp -rL /usr/share/keyrings/. "$bare/usr/share/keyrings/"
  fi
  mkdir -p "$bare/usr/local/share/ca-certificates"
  cp -rL /usr/local/share/ca-certificates/. "$bare/usr/local/share/ca-certificates/" 2>/dev/null || true
  touch "$bare/etc/gmf-bare"
}

enter_root() {
  cp -L /etc/resolv.conf /etc/hosts "$bare/etc/"
  mount -t proc proc "$bare/proc"
  devices
  chroot "$bare" update-ca-certificates >/dev/null 2>&1 || true
}

# The few devices that programs take for granted, and no others.
devices() {
  local name

  mount -t tmpfs -o mode=755 tmpfs "$bare/dev"
  for name in null zero full random urandom tty; do
    touch "$bare/dev/$name"
    mount --bind "/dev/$name" "$bare/dev/$name"
  done
  ln -s /proc/self/fd "$bare/dev/fd"
  ln -s /proc/self/fd/0 "$bare/dev/stdin"
  ln -s /proc/self/fd/1 "$bare/dev/stdout"
  ln -s /proc/self/fd/2 "$bare/dev/stderr"
  mkdir "$bare/dev/shm"
  mount -t tmpfs -o mode=1777 tmpfs "$bare/dev/shm"
}

clone() {
  local place=$bare/srv/gaussdb_mgmt_fdw

  if [ -n "$uncommitted" ]; then
    say 'copying the files as they are'
    rm -rf "$place"
    mkdir -p "$place"
    tar -C "$source_tree" --exclude=./.git --exclude=./build --exclude='*.so' --exclude=node_modules -cf - . |
      tar -C "$place" --no-same-owner -xf -
  else
    say 'cloning'
    rm -rf "$place"
    git -c safe.directory='*' clone --quiet --no-local "$source_tree" "$place"
  fi
}

run_all() {
  local command failed=0 status

  for command in "$@"; do
    say "$command"
    status=0
    in_root "cd /srv/gaussdb_mgmt_fdw && $command" </dev/null || status=$?
    say "$command: status $status"
    [ "$status" = 0 ] || failed=1
    look_for_leftovers || failed=1
  done
  if [ -n "$shell" ]; then
    in_root 'cd /srv/gaussdb_mgmt_fdw && exec bash -i' || true
  fi
  [ "$failed" = 0 ] || die 'not all went well'
  say 'all went well'
}

# With nothing of the caller's environment but the way to the packages.
in_root() {
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM="${TERM:-dumb}" \
    ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
    ${no_proxy:+no_proxy="$no_proxy"} chroot "$bare" bash -c "$1"
}

# Nothing may be left of what ran: no process in the root, no temporary file, no cluster.
look_for_leftovers() {
  local pid found=0

  for pid in /proc/[0-9]*; do
    if [ "$(readlink "$pid/root" 2>/dev/null)" = "$bare" ]; then
      echo "still running: $(tr '\0' ' ' <"$pid/cmdline")"
      found=1
    fi
  done
  if ls -d "$bare"/tmp/* >/dev/null 2>&1; then
    ls -d "$bare"/tmp/*
    found=1
  fi
  if [ -d "$bare/etc/postgresql" ] && [ -n "$(find "$bare/etc/postgresql" -name postgresql.conf)" ]; then
    echo 'a cluster was made'
    found=1
  fi
  [ ! -d "$bare/etc/postgresql-common/createcluster.d" ] ||
    [ -z "$(ls "$bare/etc/postgresql-common/createcluster.d")" ] ||
    { echo 'createcluster.d is not as it was'; found=1; }
  return "$found"
}

main "$@"
