// For bash, eval "$(node programs.mjs)": the path of LAMMPS in $lammps, what its environment must be in ${environment[@]}.
import { delimiter, dirname } from 'node:path';
import { findLammps, findPlumed } from '../../dist/src/plumed/index.js';

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

try {
  const { executable, plumed, plumedPlugin } = await findLammps();
  if (!plumed && plumedPlugin === undefined) throw new Error(`${executable} has no fix plumed`);
  const { kernel, env } = await findPlumed();
  const plugins = [process.env.LAMMPS_PLUGIN_PATH, plumedPlugin && dirname(plumedPlugin)].filter(Boolean);
  const variables = { ...env, PLUMED_KERNEL: kernel };
  if (plugins.length > 0) variables.LAMMPS_PLUGIN_PATH = plugins.join(delimiter);
  const assigned = Object.entries(variables).map(([name, value]) => quoted(`${name}=${value}`));
  console.log(`lammps=${quoted(executable)} environment=(${assigned.join(' ')})`);
} catch (error) {
  console.error(`error: ${error.message}`);
  console.log('exit 3');
}
