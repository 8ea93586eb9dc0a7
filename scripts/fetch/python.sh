#!/usr/bin/env bash
# A virtual environment with what the tests check against.
# usage: python.sh DEST    then: DEST/bin/python
set -euo pipefail
dest=${1:?usage: python.sh DEST}
here=$(dirname "$(readlink -f "$0")")
# pip writes the final path into its scripts, so it is made in place; setup.mjs's stamp says when it is whole
rm -rf "$dest"
python3 -m venv "$dest"
"$dest/bin/python" -m pip -q install --no-deps --only-binary :all: --require-hashes -r "$here/pins/python.txt"
"$dest/bin/python" -c 'import onnx, onnxruntime, numpy; print("onnx", onnx.__version__, "onnxruntime", onnxruntime.__version__)'
