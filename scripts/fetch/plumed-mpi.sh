#!/usr/bin/env bash
# PLUMED with MPI, from the sources of plumed-source.sh and MPICH's wheel, for tests of domain decomposition (about
# 8 CPU minutes, once): compiled at -O0, with the modules that those tests use.
# usage: plumed-mpi.sh SOURCE DEST [JOBS]    then: . DEST/env.sh; mpirun -n 2 plumed driver …
# The build goes on where it was interrupted: its folder is kept until PLUMED is installed.
set -euo pipefail
. "$(dirname "$0")/plumed-env.sh"
source=${1:?usage: plumed-mpi.sh SOURCE DEST [JOBS]}
dest=${2:?usage: plumed-mpi.sh SOURCE DEST [JOBS]}
jobs=${3:-2}
dest=$(cd "$(dirname "$dest")" && pwd)/$(basename "$dest")
build=$dest.build

rm -rf "$dest"
python3 -m venv "$dest/mpi"
"$dest/mpi/bin/python" -m pip -q --disable-pip-version-check install --no-deps --only-binary :all: \
  --require-hashes -r "$(dirname "$0")/pins/mpich.txt"
if [ ! -e "$build/configured" ]; then
  rm -rf "$build"
  cp -r "$source" "$build"
  modules=none:+bias:+cltools:+colvar:+function:+generic:+molfile:+setup:+vatom:+xdrfile
  (cd "$build" && ./configure --prefix="$dest" --enable-mpi --disable-doc --disable-gsl --disable-static-archive \
    --disable-static-patch --enable-modules=$modules \
    CXX="$dest/mpi/bin/mpicxx" CC="$dest/mpi/bin/mpicc" CXXFLAGS=-O0 CFLAGS=-O0)
  # without MPI, configure goes on and says so in its log alone
  grep -q -- -D__PLUMED_HAS_MPI "$build/Makefile.conf"
  touch "$build/configured"
fi
nice -n 10 make -C "$build" -j"$jobs"
make -C "$build" install
write_plumed_env "$dest/env.sh" "$dest" "$dest/mpi/bin"
. "$dest/env.sh"
mpirun -n 2 plumed info --long-version
rm -rf "$build"
