"""MDTraj: `iterload` and its vectorised geometry, which computes in single precision."""

import mdtraj

from problem import Reader

# 100 (the default), 500 and 2000 at once are slower
frames_at_once = 1000


class MdtrajReader(Reader):
    def __init__(self, problem):
        super().__init__(problem)
        self.topology = mdtraj.load_pdb(problem.structure).topology

    def batches(self, kind, atoms, path):
        compute = {"distance": mdtraj.compute_distances, "torsion": mdtraj.compute_dihedrals}[kind]
        for part in mdtraj.iterload(path, top=self.topology, chunk=frames_at_once):
            yield compute(part, atoms, periodic=True, opt=True)
