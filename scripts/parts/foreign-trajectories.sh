#!/usr/bin/env bash
# Trajectories that other programs wrote, out of the sdist of MDAnalysisTests (57 MB, 10 s), for the tests.
# usage: foreign-trajectories.sh DEST    then: DEST/adk_oplsaa.xtc, …
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/sdist.sh"
dest=${1:?usage: foreign-trajectories.sh DEST}
dest=$(cd "$(dirname "$dest")" && pwd)/$(basename "$dest")
version=2.9.0
new=$dest.new
rm -rf "$new"
fetch_sdist MDAnalysisTests $version setuptools.build_meta "$new/.pip" foreign-trajectories
files=(adk_oplsaa.{gro,pdb,xtc,trr} {adk_dims,SiN_tric_namd,tip125_tric_C36}.dcd
  Amber/{bala.ncdf,ace_tip3p.nc,tz2.truncoct.nc} lammps/{chain_dump_1.lammpstrj,wat.lammpstrj.bz2})
data=mdanalysistests-$version/MDAnalysisTests/data
tar xzf "$new"/.pip/mdanalysistests-$version.tar.gz -C "$new" --no-same-owner --transform 's|.*/||' "${files[@]/#/$data/}"
rm -rf "$new/.pip" "$dest"
mv "$new" "$dest"
