#!/usr/bin/env bash
# Trajectories that other programs wrote, out of the sdist of MDAnalysisTests (57 MB, 10 s): some of them, for the tests, or
# with --all every file in its folder, which compare:mdanalysis reads with latentcv and with MDAnalysis.
# usage: foreign-trajectories.sh DEST [--all]    then: DEST/adk_oplsaa.xtc, …; with --all also DEST/Amber/bala.ncdf, …
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/sdist.sh"
dest=${1:?usage: foreign-trajectories.sh DEST}
dest=$(cd "$(dirname "$dest")" && pwd)/$(basename "$dest")
version=2.9.0
new=$dest.new
rm -rf "$new"
fetch_sdist MDAnalysisTests $version setuptools.build_meta "$new/.pip" foreign-trajectories
data=mdanalysistests-$version/MDAnalysisTests/data
if [ "${2:-}" = --all ]; then
  which=(--strip-components=3 "$data")
else
  files=(adk_oplsaa.{gro,pdb,xtc,trr} {adk_dims,SiN_tric_namd,tip125_tric_C36}.dcd
    Amber/{bala.ncdf,ace_tip3p.nc,tz2.truncoct.nc} lammps/{chain_dump_1.lammpstrj,wat.lammpstrj.bz2})
  which=(--transform 's|.*/||' "${files[@]/#/$data/}")
fi
tar xzf "$new"/.pip/mdanalysistests-$version.tar.gz -C "$new" --no-same-owner "${which[@]}"
rm -rf "$new/.pip" "$dest"
mv "$new" "$dest"
