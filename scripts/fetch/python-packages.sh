#!/usr/bin/env bash
# A virtual environment with the packages of the list NAME in pins, and nothing else; the modules named are loaded once.
# Those of NAME-source, of which there are no wheels, are built by what NAME holds.
# usage: python-packages.sh DEST NAME MODULE...    then: DEST/bin/python
set -euo pipefail
usage='usage: python-packages.sh DEST NAME MODULE...'
dest=${1:?$usage}
pins=$(dirname "$(readlink -f "$0")")/pins/${2:?$usage}.txt
only=$(sed -n 's/^# only for \([^ ]*\)$/\1/p' "$pins")
[ -z "$only" ] || [ "$only" = "$(uname -m)" ] || {
  echo "these packages are fetched for $only only, this machine is $(uname -m)" >&2
  exit 3
}
# pip writes the final path into its scripts, so it is made in place; setup.mjs's stamp says when it is whole
rm -rf "$dest"
python3 -m venv "$dest"
# nothing is kept by pip: PyTorch alone is 2 GB
"$dest/bin/python" -m pip -q install --no-deps --no-cache-dir --only-binary :all: --require-hashes -r "$pins"
source=${pins%.txt}-source.txt
[ ! -e "$source" ] ||
  "$dest/bin/python" -m pip -q install --no-deps --no-cache-dir --no-build-isolation --no-binary :all: --require-hashes -r "$source"
"$dest/bin/python" - "${@:3}" <<'P'
import importlib
import sys

for name in sys.argv[1:]:
    print(name, getattr(importlib.import_module(name), '__version__', ''))
P
