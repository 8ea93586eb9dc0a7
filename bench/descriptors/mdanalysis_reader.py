"""MDAnalysis: its compiled functions of a frame's positions. It keeps the places of a file's frames beside the file."""

import warnings

import MDAnalysis
from MDAnalysis.lib.distances import calc_bonds, calc_dihedrals
import numpy

from problem import Reader

warnings.filterwarnings("ignore")
angstrom = 0.1


class MdanalysisReader(Reader):
    def batches(self, kind, atoms, path):
        compute, unit = {"distance": (calc_bonds, angstrom), "torsion": (calc_dihedrals, 1.0)}[kind]
        places = [numpy.ascontiguousarray(column) for column in atoms.T]
        for frame in MDAnalysis.Universe(self.problem.structure, path).trajectory:
            positions = frame.positions
            values = compute(*(positions[place] for place in places), box=frame.dimensions)
            yield (values * unit)[None]
