#!/usr/bin/env bash
# A virtual environment with MDTraj and MDAnalysis, which bench:descriptors measures against (a download of 130 MB).
# usage: python-trajectories.sh DEST    then: DEST/bin/python
set -euo pipefail
dest=${1:?usage: python-trajectories.sh DEST}
here=$(dirname "$(readlink -f "$0")")
# pip writes the final path into its scripts, so it is made in place; setup.mjs's stamp says when it is whole
rm -rf "$dest"
python3 -m venv "$dest"
"$dest/bin/python" -m pip -q install --no-deps --no-cache-dir --only-binary :all: \
  --require-hashes -r "$here/pins/python-trajectories.txt"
"$dest/bin/python" -c 'import mdtraj, MDAnalysis; print("MDTraj", mdtraj.__version__, "MDAnalysis", MDAnalysis.__version__)'
