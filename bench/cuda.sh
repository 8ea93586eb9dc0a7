#!/usr/bin/env bash
# Tries the network on a CUDA device: the regression tests with DEVICE=cuda, and timings beside the CPU's.
# usage: bench/cuda.sh [LIBRARY]
# LIBRARY: libonnxruntime.so of an ONNX Runtime for GPUs, which finds CUDA and cuDNN (LD_LIBRARY_PATH). Without it,
# PyPI's onnxruntime-gpu with NVIDIA's own packages is installed in .cache/onnxruntime-gpu (some gigabytes).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
version=1.30.0

command -v nvidia-smi >/dev/null || { echo "expected NVIDIA's driver (nvidia-smi) but it is not on this machine" >&2; exit 3; }
nvidia-smi --query-gpu=name,driver_version --format=csv,noheader

node scripts/setup.mjs --for pesmd

if [ $# -gt 0 ]; then
  library=$1
else
  place=${LATENTCV_CACHE:-.cache}/onnxruntime-gpu
  if [ ! -x "$place/bin/python" ] || ! "$place/bin/python" -c "import onnxruntime" 2>/dev/null; then
    rm -rf "$place"
    python3 -m venv "$place"
    "$place/bin/python" -m pip -q install "onnxruntime-gpu[cuda,cudnn]==$version"
  fi
  packages=$("$place/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  library=$packages/onnxruntime/capi/libonnxruntime.so.$version
  # where NVIDIA's packages put their libraries, in whichever layout
  folders=$(find "$packages/nvidia" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)
  export LD_LIBRARY_PATH=$folders${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
fi
export LATENTCV_ONNXRUNTIME=$library
exec node bench/cuda.mjs cuda
