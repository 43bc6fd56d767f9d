#!/usr/bin/env bash
# symbols.sh
#	What the built library takes from outside, and what it shows.
#
#	symbols.sh LIBRARY POSTGRES CLIENT
#
# CLIENT is the client and catalog floors as an archive.
#
# The server's symbols come before those of any library in the search of the
# dynamic linker: a function that both jansson (or another of our libraries) and
# the server export is the server's, also when jansson's was meant.  json_object()
# is such a name, and calling it crashes the backend.  So the library must need no
# name that both have.  And it shows only its entry points, so that nothing else
# in the server can run into its names.  And the lower floors hold no state that is
# global: their data is constant, but for the guard of curl_global_init and its outcome.  And it is
# hardened, whatever flags PostgreSQL was built with.  Prints TAP.

set -euo pipefail

library=$1
postgres=$2
client=$3
number=0
failed=0

report() {
  number=$((number + 1))
  if [ -z "$2" ]; then
    echo "ok $number - $1"
  else
    echo "not ok $number - $1"
    printf '%s\n' "$2" | sed 's/^/#   /'
    failed=1
  fi
}

# exported FILE, needed FILE: names, sorted, without versions
exported() {
  nm -D --defined-only "$1" | awk '$2 ~ /^[TWVBDRiu]$/ { sub(/@.*/, "", $3); print $3 }' | sort -u
}

needed() {
  nm -D --undefined-only "$1" | awk '{ sub(/@.*/, "", $NF); print $NF }' | sort -u
}

# path of the shared library whose name begins so
library_path() {
  ldd "$library" | awk -v name="$1" 'index($1, name) == 1 { print $3 }'
}

temp=$(mktemp -d "${TMPDIR:-/tmp}/symbols.XXXXXX")
trap 'rm -rf "$temp"' EXIT

needed "$library" >"$temp/needed"
exported "$postgres" >"$temp/postgres"

# The test itself can only say something if these are what they should be.
report 'the server exports symbols' \
  "$(grep -qx 'json_object' "$temp/postgres" || echo 'json_object is not among those of the server')"

for name in libjansson libcurl libssl libcrypto; do
  path=$(library_path "$name")
  if [ -z "$path" ]; then
    report "$name is linked" "$library is not linked with $name"
    continue
  fi
  exported "$path" >"$temp/$name"
  report "$name exports symbols" "$([ -s "$temp/$name" ] || echo "none found in $path")"
  comm -12 "$temp/$name" "$temp/postgres" | comm -12 - "$temp/needed" >"$temp/clash"
  report "no symbol is needed that both $name and the server export" "$(cat "$temp/clash")"
done

# An entry point is what has a pg_finfo_ beside it.
exported "$library" >"$temp/shown"
sed -n 's/^pg_finfo_//p' "$temp/shown" | sort >"$temp/entries"
report 'the library has entry points' "$([ -s "$temp/entries" ] || echo 'no pg_finfo_ symbol')"
report 'nothing but entry points is exported' \
  "$(grep -vx -e 'pg_finfo_.*' -e '_PG_init' -e 'Pg_magic_func' "$temp/shown" | sort |
    comm -23 - "$temp/entries")"

# Variables that can be written to lie in .data and .bss; constants that hold
# addresses lie in .data.rel.ro.
objdump -t "$client" |
  awk '/ O / && $0 ~ /[ \t]\.(data|bss|tdata|tbss)([.][a-zA-Z_0-9.]+)?[ \t]/ && !/\.data\.rel\.ro/ { print $NF }' |
  sort -u >"$temp/variables"
report 'objects are found in the archive' "$(objdump -t "$client" | grep ' O ' >/dev/null || echo "none in $client")"
report 'the lower floors have no global variables' \
  "$(grep -vx -e curl_once -e curl_state "$temp/variables" || true)"

# What the linker leaves in the library, and the functions that the compiler calls for checks.
headers=$(readelf --wide --program-headers --dynamic "$library")
says() {
  printf '%s\n' "$headers" | grep -E "$1" >/dev/null || echo "not found: $1"
}
report 'relocations are read-only' "$(says 'GNU_RELRO')"
report '... from the start' "$(says 'BIND_NOW|FLAGS_1.*NOW')"
report 'the stack is not executable' "$(says 'GNU_STACK +0x[0-9a-f]+ 0x[0-9a-f]+ 0x[0-9a-f]+ 0x[0-9a-f]+ 0x[0-9a-f]+ RW ')"
report 'no text is written to' "$(printf '%s\n' "$headers" | grep 'TEXTREL' || true)"
report 'stacks are guarded' "$(grep -qx '__stack_chk_fail' "$temp/needed" || echo 'no __stack_chk_fail')"
report 'functions of the C library are fortified' "$(grep -q '_chk$' "$temp/needed" || echo 'no function ending in _chk')"

# What leaves no trace there: the compiler's own record, of both floors' objects.
readelf --debug-dump=info "$library" 2>/dev/null | grep -o 'DW_AT_producer .*' | grep ' -f' | grep 'GNU C' | sort -u >"$temp/producers"
case $(uname -m) in
  x86_64) flags='-fstack-protector-strong -fstack-clash-protection -fcf-protection' ;;
  *) flags='-fstack-protector-strong -fstack-clash-protection' ;;
esac
for flag in $flags; do
  report "everything is compiled with $flag" \
    "$([ -s "$temp/producers" ] || echo 'the library does not say'; grep -v -e "$flag" "$temp/producers" || true)"
done

echo "1..$number"
exit "$failed"
