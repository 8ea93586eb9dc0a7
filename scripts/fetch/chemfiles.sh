#!/usr/bin/env bash
# The shared library of chemfiles, which reads trajectories, out of its PyPI wheel (4 MB, 2 s).
# usage: chemfiles.sh DEST    then: DEST/libchemfiles.so
set -euo pipefail
dest=${1:?usage: chemfiles.sh DEST}
[ "$(uname -m)" = x86_64 ] || { echo "chemfiles is fetched for x86_64 only, this machine is $(uname -m)" >&2; exit 3; }

new=$dest.new
rm -rf "$new"
mkdir -p "$new/wheel"
python3 -m pip -q download --no-deps --only-binary :all: --platform manylinux2014_x86_64 -d "$new/wheel" \
  --require-hashes -r "$(dirname "${BASH_SOURCE[0]}")/pins/chemfiles.txt"
python3 -m zipfile -e "$new"/wheel/chemfiles-*.whl "$new/wheel"
mv "$new/wheel/chemfiles/libchemfiles.so" "$new/libchemfiles.so"
rm -rf "$new/wheel" "$dest"
mv "$new" "$dest"
