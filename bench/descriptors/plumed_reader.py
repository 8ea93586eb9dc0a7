"""`plumed driver`, which has one way to give values: PRINT. One vector of descriptors is the fastest way to have many."""

import os
import subprocess

import numpy

names = {"distance": "DISTANCE", "torsion": "TORSION"}


class PlumedReader:
    """It reads few frames: what they take more than fewer ones, so that its start does not count."""

    def __init__(self, problem):
        self.problem = problem
        self.peak = 0

    def values(self, case, frames):
        self.run(case, "fewest")
        printed = numpy.loadtxt(self.problem.folder / "COLVAR", max_rows=frames)
        return {"values": printed[:, 1:].tolist()}

    def read(self, case, file):
        fewest, few = self.run(case, "fewest"), self.run(case, "few")
        return {key: few[key] - fewest[key] for key in few}

    def memory(self):
        return {"peakMegabytes": self.peak}

    def run(self, case, file):
        colvar = self.problem.folder / "COLVAR"
        colvar.unlink(missing_ok=True)
        (self.problem.folder / "plumed.dat").write_text(plumed_input(*self.problem.cases[case]))
        command = [os.environ["LATENTCV_BENCH_PLUMED"], "--no-mpi", "driver", "--plumed", "plumed.dat"]
        command += ["--ixtc", self.problem.file(file)]
        used = run(command, self.problem.folder)
        self.peak = max(self.peak, used.pop("megabytes"))
        with open(colvar) as lines:
            return {"frames": sum(not line.startswith("#") for line in lines), **used}


def plumed_input(kind, atoms):
    vector = " ".join(f"ATOMS{i + 1}=" + ",".join(str(atom + 1) for atom in one) for i, one in enumerate(atoms))
    return f"d: {names[kind]} {vector}\nPRINT ARG=d FILE=COLVAR FMT=%.7f\n"


def run(command, folder):
    """Runs a command; its time on the wall, its CPU time and its memory."""
    import time

    began = time.perf_counter()
    with open(folder / "driver.log", "w") as log:
        child = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise RuntimeError((folder / "driver.log").read_text()[-2000:])
    wall = time.perf_counter() - began
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss * 1024 / 1e6}
