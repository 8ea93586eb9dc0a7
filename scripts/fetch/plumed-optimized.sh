#!/usr/bin/env bash
# PLUMED compiled at -O3 from the sources of plumed-source.sh, for timings (about 15 CPU minutes, once).
# usage: plumed-optimized.sh SOURCE DEST [JOBS]    then: . DEST/env.sh
# The build goes on where it was interrupted: its folder is kept until PLUMED is installed.
set -euo pipefail
. "$(dirname "$0")/plumed-env.sh"
source=${1:?usage: plumed-optimized.sh SOURCE DEST [JOBS]}
dest=${2:?usage: plumed-optimized.sh SOURCE DEST [JOBS]}
jobs=${3:-2}
dest=$(cd "$(dirname "$dest")" && pwd)/$(basename "$dest")
build=$dest.build

if [ ! -e "$build/configured" ]; then
  rm -rf "$build"
  cp -r "$source" "$build"
  # no -march: a PLUMED for users is compiled for any x86-64 too. ISDB is a fifth of the work and none of ours; Q6, beside which
  # bench:step --crystal times, is of symfunc and adjmat.
  (cd "$build" && ./configure --prefix="$dest" --disable-mpi --disable-doc --disable-gsl --disable-static-archive \
    --disable-static-patch --enable-modules=reset:-isdb:+annfunc:+opes:+symfunc:+adjmat CXXFLAGS=-O3 CFLAGS=-O3)
  touch "$build/configured"
fi
nice -n 10 make -C "$build" -j"$jobs"
rm -rf "$dest"
make -C "$build" install
write_plumed_env "$dest/env.sh" "$dest"
. "$dest/env.sh"
plumed --no-mpi info --long-version
rm -rf "$build"
