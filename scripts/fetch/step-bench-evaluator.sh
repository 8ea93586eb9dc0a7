#!/usr/bin/env bash
# The evaluator as an action of PLUMED without input, for `npm run bench:step`.
# usage: step-bench-evaluator.sh CORE PLUMED DEST    (CORE: liblatentcv_core.a, compiled with bench/native)
set -euo pipefail
core=${1:?} plumed=${2:?} dest=${3:?}
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$dest"
"${CXX:-c++}" -std=c++17 -O3 -fPIC -shared "$root/bench/step/programs/evaluator_only.cpp" "$core" \
  -o "$dest/libEvaluatorOnly.so" -I"$root/native/core/include" -isystem "$plumed/include/plumed" \
  -Wl,--exclude-libs,ALL -L"$plumed/lib" -lplumedKernel -Wl,-rpath,"$plumed/lib" -ldl
