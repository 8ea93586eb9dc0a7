"""What stands in a problem's folder (problem.ts), and what readers in one process have in common."""

import json
from pathlib import Path

import numpy

from answer_commands import peak_megabytes
from stopwatch import Stopwatch

files = {"frames": "frames.xtc", "long": "frames-long.xtc", "few": "frames-few.xtc", "fewest": "frames-fewest.xtc"}


class Problem:
    def __init__(self, folder):
        self.folder = Path(folder)
        about = json.loads((self.folder / "problem.json").read_text())
        self.cases = {one["name"]: (one["kind"], numpy.array(one["atoms"])) for one in about["cases"]}
        self.structure = str(self.folder / "system.pdb")

    def file(self, name):
        return str(self.folder / files[name])


class Reader:
    """`batches(kind, atoms, path)` yields values [frames, descriptors] in nm or rad, in a reader's fastest sensible way."""

    def __init__(self, problem):
        self.problem = problem

    def values(self, case, frames):
        batches = self.batches(*self.problem.cases[case], self.problem.file("frames"))
        values = []
        for batch in batches:
            values.extend(batch.astype(float).tolist())
            if len(values) >= frames:
                return {"values": values[:frames]}

    def read(self, case, file):
        watch = Stopwatch()
        frames = sum(len(batch) for batch in self.batches(*self.problem.cases[case], self.problem.file(file)))
        return {"frames": frames, **watch.seconds()}

    def memory(self):
        return {"peakMegabytes": peak_megabytes()}
