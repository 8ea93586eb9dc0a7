// For bash, eval "$(node programs.mjs gromacs lammps)": the path of GROMACS in $gromacs; that of LAMMPS in $lammps, and
// what its environment must be in ${environment[@]}. The ones that `latentcv doctor` tells of.
import { delimiter, dirname } from 'node:path';
import { argv, env } from 'node:process';
import { findGromacs, findLammps, findPlumed } from '../dist/src/public/plumed.js';

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

async function gromacs() {
  return `gromacs=${quoted((await findGromacs()).executable)}`;
}

async function lammps() {
  const { executable, plumed, plumedPlugin } = await findLammps();
  if (!plumed && plumedPlugin === undefined) throw new Error(`${executable} has no fix plumed`);
  const { kernel, env: ofPlumed } = await findPlumed();
  const plugins = [env.LAMMPS_PLUGIN_PATH, plumedPlugin && dirname(plumedPlugin)].filter(Boolean);
  const variables = { ...ofPlumed, PLUMED_KERNEL: kernel };
  if (plugins.length > 0) variables.LAMMPS_PLUGIN_PATH = plugins.join(delimiter);
  const assigned = Object.entries(variables).map(([name, value]) => quoted(`${name}=${value}`));
  return `lammps=${quoted(executable)} environment=(${assigned.join(' ')})`;
}

try {
  const found = { gromacs, lammps };
  for (const name of argv.slice(2)) console.log(await found[name]());
} catch (error) {
  console.error(`error: ${error.message}`);
  console.log('exit 3');
}
