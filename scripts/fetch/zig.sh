#!/usr/bin/env bash
# Zig, whose C++ compiler links for a C library as old as RHEL 8's, and for arm64: what builds the addon that ships.
# usage: zig.sh DEST    then: DEST/ziglang/zig
set -euo pipefail
dest=${1:?usage: zig.sh DEST}
here=$(dirname "$(readlink -f "$0")")
rm -rf "$dest"
python3 -m pip -q install --no-deps --only-binary :all: --target "$dest" --require-hashes -r "$here/pins/zig.txt" || {
  echo "pip has no Zig for this machine" >&2
  exit 3
}
"$dest/ziglang/zig" version
