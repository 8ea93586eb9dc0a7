#!/usr/bin/env bash
# libtorch for the CPU (headers and two libraries, about 550 MB; a download of as much) out of the PyPI wheel `torch`,
# to compile and run PLUMED's PYTORCH_MODEL.
# usage: libtorch.sh DEST    then: DEST/include, DEST/lib
# The wheel is a build for CUDA, whose CPU half names two small libraries of CUDA; they are fetched beside it.
set -euo pipefail
pins=$(dirname "$(readlink -f "$0")")/pins/libtorch.txt
dest=${1:?usage: libtorch.sh DEST}
[ "$(uname -m)" = x86_64 ] || { echo "libtorch is fetched for x86_64 only, this machine is $(uname -m)" >&2; exit 3; }
mkdir -p "$(dirname "$dest")"
dest=$(cd "$(dirname "$dest")" && pwd)/$(basename "$dest")
new=$dest.new
rm -rf "$new"
mkdir -p "$new/wheels" "$new/lib"
fetch() { python3 -m pip -q download --no-deps --only-binary :all: --python-version 311 -d "$new/wheels" "$@"; }
fetch --implementation cp --abi cp311 --abi none --platform manylinux_2_28_x86_64 --platform manylinux_2_25_x86_64 \
  --platform manylinux2014_x86_64 --require-hashes -r "$pins"
for wheel in "$new"/wheels/*.whl; do
  python3 - "$wheel" "$new/unpacked" <<'P'
import re
import sys
import zipfile

wanted = re.compile(r"torch/include/|torch/lib/lib(torch_cpu|c10|gomp)\.so|nvidia/.*/lib(cudart|cupti)\.so")
with zipfile.ZipFile(sys.argv[1]) as wheel:
    wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if wanted.match(name)])
P
done
mv "$new/unpacked/torch/include" "$new/include"
find "$new/unpacked" -name 'lib*.so*' -exec mv {} "$new/lib/" \;
rm -rf "$new/wheels" "$new/unpacked" "$dest"
mv "$new" "$dest"
ls "$dest/lib"
