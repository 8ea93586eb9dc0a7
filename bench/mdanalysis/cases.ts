import { readdirSync } from 'node:fs';
import { relative, join } from 'node:path';

/** Files of a case: one alone, or a topology and its trajectory. */
export type Case = readonly [string] | readonly [string, string];

/** Not frames and no structures: tables, inputs of programs, scripts, pages. (Hidden files are MDAnalysis' own notes.) */
const others = /\.(py|pyc|npy|xvg|edr|dat|txt|dssp|md|mdp|itp|inp|fasta|xml|json|xvg\.bz2|xml\.bz2)$/;

/** Trajectories, each with the topologies that belong to it. */
const trajectories: Record<string, readonly string[]> = {
  'adk_dims.dcd': ['adk.psf', 'adk_open.pdb', 'adk_closed.pdb', 'adk_open.crd', 'adk_notop.psf'],
  'adk_dims2.dcd': ['adk.psf', 'adk_open.pdb', 'adk_closed.dms'],
  'adk_gbis_tmd-fast1_NAMD.dcd': ['adk_closed_NAMD.psf'],
  'tip125_tric_C36.dcd': ['tip125_tric_C36.psf'],
  'SiN_tric_namd.dcd': ['SiN_tric_namd.psf'],
  'watdyn.dcd': ['watdyn.psf'],
  'empty.dcd': ['adk.psf'],
  'adk_oplsaa.xtc': ['adk_oplsaa.gro', 'adk_oplsaa.pdb', 'adk_oplsaa.tpr'],
  'adk_oplsaa.trr': ['adk_oplsaa.gro', 'adk_oplsaa.pdb', 'adk_oplsaa.tpr'],
  'cobrotoxin.xtc': ['cobrotoxin.pdb', 'cobrotoxin.tpr'],
  'cobrotoxin.trr': ['cobrotoxin.pdb', 'cobrotoxin.tpr'],
  'cobrotoxin.h5md': ['cobrotoxin.pdb', 'cobrotoxin.tpr'],
  'aux_edr.xtc': ['aux_edr.tpr'],
  'analysis/YiiP_lipids.xtc': ['analysis/YiiP_lipids.gro.gz'],
  'argon_npt_compressed.tng': ['argon_npt_compressed.gro.gz'],
  'argon_npt_compressed_uneven.tng': ['argon_npt_compressed.gro.gz'],
  'argon_npt_compressed_vels_forces.tng': ['argon_npt_compressed.gro.gz'],
  'surface.trr': ['surface.pdb.bz2'],
  '2r9r-1b.xyz': ['2r9r-1b.psf'],
  '2r9r-1b.xyz.bz2': ['2r9r-1b.psf'],
  'trzfile.trz': ['trz_psf.psf'],
  'lammps/datatest.trz': ['lammps/datatest.data'],
  'lammps/ifabp_apo_100mM.dcd': ['lammps/ifabp_apo_100mM.data.bz2'],
  'lammps/albite_triclinic.dump': ['lammps/albite_triclinic.data'],
  'lammps/image_vf.lammpstrj': ['lammps/image_vf.data'],
  'lammps/additional_columns.lammpstrj': ['lammps/additional_columns.data'],
  'lammps/chain_dump_1.lammpstrj': ['lammps/chain_initial.data'],
  'lammps/chain_dump_2.lammpstrj': ['lammps/chain_initial.data'],
  'Amber/ache.mdcrd': ['Amber/ache.prmtop'],
  'Amber/ache.mdcrd.bz2': ['Amber/ache.prmtop'],
  'Amber/bala.ncdf': ['Amber/bala.prmtop'],
  'Amber/bala.trj': ['Amber/bala.prmtop'],
  'Amber/posfor.ncdf': ['Amber/posfor.top'],
  'Amber/cpptraj_traj.nc': ['Amber/cpptraj_traj.prmtop'],
  'Amber/capped-ala.mdcrd.bz2': ['Amber/capped-ala.prmtop'],
  'Amber/anti_md1.mdcrd.bz2': ['Amber/anti.top'],
  'Amber/tz2.truncoct.nc': ['Amber/tz2.truncoct.parm7.bz2'],
  'Amber/ace_tip3p.nc': ['Amber/ace_tip3p.parm7'],
  'Amber/ace_mbondi3.nc': ['Amber/ace_mbondi3.parm7'],
  'Amber/parmed_ala2_solv.rst7': ['Amber/parmed_ala2_solv.parm7'],
  'gromos11/gromos11_traj_solv.trc.gz': ['gromos11/gromos11_traj_solv.pdb.gz'],
  'gromos11/gromos11_traj_vac_1.trc.gz': ['gromos11/gromos11_traj_vac.pdb.gz'],
  'gromos11/gromos11_traj_vac_2.trc.gz': ['gromos11/gromos11_traj_vac.pdb.gz'],
  'coordinates/test.xtc': ['coordinates/test_topology.pdb', 'coordinates/test.gro'],
  'coordinates/test.trr': ['coordinates/test_topology.pdb', 'coordinates/test.gro'],
  'coordinates/test.dcd': ['coordinates/test_topology.pdb'],
  'coordinates/test.xyz': ['coordinates/test_topology.pdb'],
  'coordinates/test.xyz.bz2': ['coordinates/test_topology.pdb'],
  'coordinates/test.gro.bz2': ['coordinates/test_topology.pdb'],
  'coordinates/test.h5md': ['coordinates/test_topology.pdb'],
  'coordinates/test.tng': ['coordinates/test_topology.pdb'],
};

/** Every file of the folder that may be one of frames or a structure, alone; then the pairs. */
export function casesIn(folder: string): Case[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !others.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  const pairs = Object.entries(trajectories).flatMap(([trajectory, topologies]) =>
    topologies.map((topology): Case => [topology, trajectory]),
  );
  return [...files.map((file): Case => [file]), ...pairs];
}

/** `adk.psf + adk_dims.dcd` */
export const nameOf = (files: Case): string => files.join(' + ');
