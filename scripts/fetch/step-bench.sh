#!/usr/bin/env bash
# The programs of `npm run bench:step`, against the optimised PLUMED: the timers, a function that does nothing, and
# PLUMED's own PYTORCH_MODEL as a plugin, from the sources of the same PLUMED.
# usage: step-bench.sh PLUMED_SOURCE PLUMED LIBTORCH DEST
set -euo pipefail
source=$(cd "${1:?}" && pwd) plumed=$(cd "${2:?}" && pwd) libtorch=$(cd "${3:?}" && pwd) dest=${4:?}
here=$(cd "$(dirname "$0")/../../bench/step/programs" && pwd)
# the compiler that made this PLUMED's kernel
compiler=${CXX:-c++}
rm -rf "$dest"
mkdir -p "$dest"

kernel=(-L"$plumed/lib" -lplumedKernel -Wl,-rpath,"$plumed/lib")
# PyTorch's headers of this version are C++20
torch=(-std=c++20 -isystem "$libtorch/include" -isystem "$libtorch/include/torch/csrc/api/include")
torch_libraries=(-L"$libtorch/lib" -Wl,--no-as-needed -ltorch_cpu -lc10 -Wl,-rpath,"$libtorch/lib"
  -Wl,-rpath-link,"$libtorch/lib")

for program in step_timer own_cost; do
  "$compiler" -std=c++17 -O2 "$here/$program.cpp" -o "$dest/$program" -isystem "$plumed/include" -ldl
done
for action in do_nothing:DoNothing request_atoms:RequestAtoms; do
  "$compiler" -std=c++17 -O3 -fPIC -shared "$here/${action%:*}.cpp" -o "$dest/lib${action#*:}.so" \
    -isystem "$plumed/include/plumed" "${kernel[@]}"
done
"$compiler" "${torch[@]}" -O1 "$here/write_torchscript.cpp" -o "$dest/write_torchscript" "${torch_libraries[@]}"
# -O3 as the kernel; its own #ifdef asks for the definition
"$compiler" "${torch[@]}" -O3 -fPIC -shared -fopenmp -D__PLUMED_HAS_LIBTORCH=1 "$source"/src/pytorch/PytorchModel.cpp \
  -o "$dest/libPytorchModel.so" -isystem "$plumed/include/plumed" "${kernel[@]}" "${torch_libraries[@]}"
