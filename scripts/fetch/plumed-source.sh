#!/usr/bin/env bash
# PLUMED's sources, every module, out of the sdist of hillclimber (27 MB, 3 s): the version that plumed.sh fetches.
# usage: plumed-source.sh DEST
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/sdist.sh"
dest=${1:?usage: plumed-source.sh DEST}
dest=$(cd "$(dirname "$dest")" && pwd)/$(basename "$dest")
new=$dest.new
rm -rf "$new"
fetch_sdist hillclimber 0.1.8 hatchling.build "$new/.pip" plumed
tar xzf "$new/.pip/hillclimber-0.1.8.tar.gz" -C "$new" --strip-components=3 --no-same-owner \
  hillclimber-0.1.8/external/plumed2
rm -rf "$new/.pip" "$dest"
mv "$new" "$dest"
