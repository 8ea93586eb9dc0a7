import { packageVersion } from '../support/index.js';

/** What `latentcv` alone says: what it is, how to begin and where to read on. */
export const start = (): string => `latentcv ${packageVersion()}
Learns collective variables (CVs) from molecular dynamics, for biased runs in PLUMED.

  Learn a CV from frames:
    latentcv train COLVAR --columns 'd_*' -o model.onnx
  Add it, and a bias on it, to a PLUMED input:
    latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 40 -o biased.dat
  The free energy of the biased run, with its error:
    latentcv fes COLVAR --cv cv.node-0 --temperature 300

  latentcv quickstart     does a whole job, on alanine dipeptide
  latentcv doctor         looks for PLUMED, GROMACS and others, and says how to get them
  latentcv --help         lists all commands; latentcv train --help tells of one
  latentcv help TOPIC     tells of units, files, methods, clusters, …; latentcv help help lists them
`;
