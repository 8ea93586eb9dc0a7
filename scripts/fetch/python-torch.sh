#!/usr/bin/env bash
# A virtual environment with PyTorch and mlcolvar, which bench:train measures against (a download of 2.2 GB, 5 GB there).
# usage: python-torch.sh DEST    then: DEST/bin/python
set -euo pipefail
dest=${1:?usage: python-torch.sh DEST}
here=$(dirname "$(readlink -f "$0")")
[ "$(uname -m)" = x86_64 ] || { echo "PyTorch is fetched for x86_64 only, this machine is $(uname -m)" >&2; exit 3; }
# pip writes the final path into its scripts, so it is made in place; setup.mjs's stamp says when it is whole
rm -rf "$dest"
python3 -m venv "$dest"
"$dest/bin/python" -m pip -q install --no-deps --no-cache-dir --only-binary :all: \
  --require-hashes -r "$here/pins/python-torch.txt"
"$dest/bin/python" - <<'P'
import torch
from mlcolvar.cvs import AutoEncoderCV
import lightning, mlcolvar
print("torch", torch.__version__, "mlcolvar", mlcolvar.__version__, "lightning", lightning.__version__)
P
