#!/usr/bin/env bash
# ONNX Runtime's CUDA provider, for CUDA 13, out of the PyPI wheel `onnxruntime-gpu` (a download of 247 MB, 272 MB there).
# usage: cuda.sh DEST    then: DEST/libonnxruntime_providers_cuda.so
set -euo pipefail
dest=${1:?usage: cuda.sh DEST}
[ "$(uname -m)" = x86_64 ] || { echo "the CUDA provider is fetched for x86_64 only, this machine is $(uname -m)" >&2; exit 3; }

new=$dest.new
rm -rf "$new"
mkdir -p "$new/wheel"
python3 -m pip -q download --no-deps --only-binary :all: --python-version 311 --implementation cp --abi cp311 \
  --platform manylinux_2_28_x86_64 -d "$new/wheel" \
  --require-hashes -r "$(dirname "${BASH_SOURCE[0]}")/pins/cuda.txt"
python3 - "$new" <<'P'
import glob
import os
import shutil
import sys
import zipfile

(wheel,) = glob.glob(os.path.join(sys.argv[1], "wheel", "*.whl"))
with zipfile.ZipFile(wheel) as archive:
    for name in ("libonnxruntime_providers_cuda.so", "libonnxruntime_providers_shared.so"):
        with archive.open("onnxruntime/capi/" + name) as packed, open(os.path.join(sys.argv[1], name), "wb") as file:
            shutil.copyfileobj(packed, file)
P
rm -rf "$new/wheel" "$dest"
mv "$new" "$dest"
