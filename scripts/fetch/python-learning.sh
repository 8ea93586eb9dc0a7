#!/usr/bin/env bash
# A virtual environment with scikit-learn, which bench:perovskites measures against (a download of 60 MB).
# usage: python-learning.sh DEST    then: DEST/bin/python
set -euo pipefail
dest=${1:?usage: python-learning.sh DEST}
here=$(dirname "$(readlink -f "$0")")
# pip writes the final path into its scripts, so it is made in place; setup.mjs's stamp says when it is whole
rm -rf "$dest"
python3 -m venv "$dest"
"$dest/bin/python" -m pip -q install --no-deps --no-cache-dir --only-binary :all: \
  --require-hashes -r "$here/pins/python-learning.txt"
"$dest/bin/python" -c 'import sklearn, numpy; print("scikit-learn", sklearn.__version__, "numpy", numpy.__version__)'
