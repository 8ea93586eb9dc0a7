"""What MDAnalysis reads of files: names, box, times, and distances, angles and torsions of spread atoms, in nm and rad.

usage: python mdanalysis_frames.py FOLDER FRAMES < CASES > RESULTS    a case, and its result, a line of JSON each
"""

import faulthandler
import json
import multiprocessing
import os
import sys
import warnings

import MDAnalysis
import numpy

warnings.filterwarnings("ignore")
nanometre = 0.1
# formats whose times MDAnalysis takes from the file; of others it makes some up
telling = {"XTC", "TRR", "DCD", "NCDF", "TNG", "TRZ"}
kinds = ["distance"] * 4 + ["angle"] * 3 + ["torsion"] * 3
atoms_of = {"distance": 2, "angle": 3, "torsion": 4}
# nm: what positions in single precision may be off, and what tells images apart
single = 2e-6
near = 1e-4


def spread_atoms(count):
    """Kinds, and atoms from 0, of up to ten descriptors; read-case.ts gets them from here."""
    state = 12345
    chosen = []
    for kind in kinds:
        atoms = []
        if count < atoms_of[kind]:
            continue
        while len(atoms) < atoms_of[kind]:
            state = (1103515245 * state + 12345) % 2**31
            atom = (state >> 8) % count
            if atom not in atoms:
                atoms.append(atom)
        chosen.append((kind, atoms))
    return chosen


class Images:
    """Differences to nearest images, by search among neighbours of the rounded one."""

    def __init__(self, box):
        self.box = box
        steps = [-2, -1, 0, 1, 2]
        grid = numpy.array(numpy.meshgrid(steps, steps, steps)).reshape(3, -1).T
        self.shifts = None if box is None else grid @ box

    def nearest(self, difference):
        """The vector, and whether another image is as near."""
        if self.box is None:
            return difference, False
        difference = difference - numpy.round(difference @ numpy.linalg.inv(self.box)) @ self.box
        images = difference + self.shifts
        lengths = numpy.linalg.norm(images, axis=1)
        first, second = numpy.argsort(lengths)[:2]
        return images[first], bool(lengths[second] - lengths[first] < near)


def angle_between(a, b):
    return float(numpy.arctan2(numpy.linalg.norm(numpy.cross(a, b)), a @ b))


def value_of(kind, atoms, positions, images):
    """Value, and by how much single precision may change it; null where it is not determined."""
    sides = [images.nearest(positions[j] - positions[i]) for i, j in zip(atoms, atoms[1:])]
    vectors = [vector for vector, _ in sides]
    lengths = [float(numpy.linalg.norm(vector)) for vector in vectors]
    error = single * (1 + float(numpy.abs(positions[atoms]).max()))
    if any(tie for _, tie in sides) or not numpy.isfinite(error):
        return None, None
    if kind == "distance":
        return lengths[0], error
    if min(lengths) < near:
        return None, None
    if kind == "angle":
        return angle_between(-vectors[0], vectors[1]), 10 * error / min(lengths) + 1e-6
    a, b, c = vectors
    m, n = numpy.cross(a, b), numpy.cross(b, c)
    lean = min(numpy.linalg.norm(m) / lengths[0], numpy.linalg.norm(n) / lengths[2]) / lengths[1]
    if lean < 0.02:
        return None, None
    torsion = numpy.arctan2(lengths[1] * (a @ n), m @ n)
    return float(torsion), 10 * error / min(lengths) / lean + 1e-6


def texts_of(universe, attribute):
    """Of each atom; null where there are none. A guess is none."""
    values = getattr(universe.atoms, attribute, None)
    return None if values is None else [str(value).strip() for value in values]


def box_of(timestep):
    if timestep.dimensions is None or not numpy.any(timestep.dimensions[:3]):
        return None
    return timestep.triclinic_dimensions.astype(float) * nanometre


def read(paths, most):
    universe = MDAnalysis.Universe(*paths, to_guess=())
    count = len(universe.atoms)
    chosen = spread_atoms(count)
    trajectory = universe.trajectory
    values, errors, times, box, format = [], [], [], None, getattr(trajectory, "format", "")
    format = format[0] if isinstance(format, (list, tuple)) else format
    for frame, timestep in enumerate(trajectory):
        if frame == most:
            break
        images = Images(box_of(timestep))
        if frame == 0 and images.box is not None:
            box = images.box.ravel().tolist()
        positions = timestep.positions.astype(float) * nanometre
        found = [value_of(kind, atoms, positions, images) for kind, atoms in chosen]
        values.append([value for value, _ in found])
        errors.append([error for _, error in found])
        times.append(float(timestep.time))
    resids = texts_of(universe, "resids")
    return {
        "format": format,
        "atoms": count,
        "frames": len(trajectory),
        "descriptors": chosen,
        "values": values,
        "errors": errors,
        "times": times if format in telling else None,
        "box": box,
        "names": texts_of(universe, "names"),
        "residueNames": texts_of(universe, "resnames"),
        "residueIds": resids,
    }


def answer(pipe, paths, most):
    faulthandler.enable()
    try:
        pipe.send(read(paths, most))
    except BaseException as error:
        pipe.send({"refused": f"{type(error).__name__}: {error}".splitlines()[0]})


def in_process(paths, most):
    """A file that MDAnalysis crashes or hangs on is one that it does not read."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=answer, args=(there, paths, most))
    process.start()
    there.close()
    try:
        result = here.recv() if here.poll(120) else {"refused": "it hangs"}
    except EOFError:
        result = {"refused": "it crashes"}
    process.kill()
    process.join()
    return result


def main():
    folder, most = sys.argv[1], int(sys.argv[2])
    multiprocessing.set_start_method("fork")
    for line in sys.stdin:
        case = json.loads(line)
        result = in_process([os.path.join(folder, path) for path in case], most)
        print(json.dumps({"case": case, **result}), flush=True)


main()
