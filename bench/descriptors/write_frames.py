"""Frames of a chain that moves about in a box smaller than itself, as XTC files of precision 1000, and its structure.

usage: python write_frames.py FOLDER ATOMS then pairs NAME FRAMES: the files begin with the same frames
"""

import sys
from pathlib import Path

import mdtraj
import numpy

box = 4.0
bond, angle = 0.15, numpy.radians(111)
# each atom about its place, nm, and how much of a displacement is left in the next frame
spread, memory = 0.02, 0.9
at_once = 1000


def chain(atoms, random):
    places = numpy.zeros((atoms, 3))
    step = numpy.array([1.0, 0.0, 0.0])
    for atom in range(1, atoms):
        aside = numpy.cross(step, random.standard_normal(3))
        aside /= numpy.linalg.norm(aside)
        step = -numpy.cos(angle) * step + numpy.sin(angle) * aside
        places[atom] = places[atom - 1] + bond * step
    return places.astype(numpy.float32)


def frames_of(places, random):
    """Parts of `at_once` frames without end."""
    shift = numpy.zeros_like(places)
    fresh = numpy.float32(spread * numpy.sqrt(1 - memory**2))
    while True:
        noise = fresh * random.standard_normal((at_once, *places.shape), numpy.float32)
        part = numpy.empty_like(noise)
        for frame in range(at_once):
            shift = numpy.float32(memory) * shift + noise[frame]
            part[frame] = places + shift
        yield part


def write_structure(path, places):
    topology = mdtraj.Topology()
    strand = topology.add_chain()
    for atom in range(len(places)):
        if atom % 10 == 0:
            residue = topology.add_residue("CHN", strand)
        topology.add_atom(f"C{atom % 10}", mdtraj.element.carbon, residue)
    lengths, angles = numpy.full((1, 3), box), numpy.full((1, 3), 90.0)
    mdtraj.Trajectory(places[None], topology, unitcell_lengths=lengths, unitcell_angles=angles).save_pdb(path)


def write_frames(path, count, places, random):
    with mdtraj.formats.XTCTrajectoryFile(path, "w") as file:
        for done, part in zip(range(0, count, at_once), frames_of(places, random)):
            part = part[: count - done]
            steps = numpy.arange(done, done + len(part), dtype=numpy.int32)
            boxes = numpy.tile(box * numpy.eye(3, dtype=numpy.float32), (len(part), 1, 1))
            file.write(part, time=steps.astype(numpy.float32), step=steps, box=boxes)


def main(folder, atoms, *wanted):
    places = chain(int(atoms), numpy.random.default_rng(1))
    write_structure(str(Path(folder) / "system.pdb"), places)
    for name, count in zip(wanted[::2], wanted[1::2]):
        write_frames(str(Path(folder) / name), int(count), places, numpy.random.default_rng(2))


main(*sys.argv[1:])
