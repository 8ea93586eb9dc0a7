# Writes the files beside this one: the same frames by MDTraj and GROMACS (and LAMMPS), and what they hold.
# Needs mdtraj (1.11) and scipy; run once, the files are kept. usage: make.py GMX LMP
import pathlib
import struct
import subprocess
import sys

import mdtraj
import numpy
from scipy.io import netcdf_file

here = pathlib.Path(__file__).parent
atoms, frames, spacing = 12, 4, 2.0
random = numpy.random.default_rng(3)
start = random.uniform(0.1, 1.4, (atoms, 3))
positions = (start + numpy.cumsum(random.normal(0, 0.05, (frames, atoms, 3)), axis=0)).astype(numpy.float32)
times = spacing * numpy.arange(frames)
box = numpy.tile(numpy.array([[1.8, 0, 0], [0.3, 1.7, 0], [-0.2, 0.4, 1.6]], dtype=numpy.float32), (frames, 1, 1))

topology = mdtraj.Topology()
chain = topology.add_chain()
for i in range(atoms):
    if i % 4 == 0:
        residue = topology.add_residue("GLY", chain)
    topology.add_atom(["N", "CA", "C", "O"][i % 4], mdtraj.element.carbon, residue)
trajectory = mdtraj.Trajectory(positions, topology, time=times)
trajectory.unitcell_vectors = box
for ending in ("xtc", "trr", "dcd", "nc", "xyz", "gro", "pdb", "lammpstrj"):
    trajectory.save(str(here / f"mdtraj.{ending}"))

trajectory.save_gro(str(here / "mdtraj-5.gro"), precision=5)

# nm; then the box vectors as rows
lines = [f"{atoms} {frames} {spacing}"]
for k in range(frames):
    lines += [" ".join(f"{value:.9g}" for value in row) for row in [*positions[k], *box[k]]]
(here / "expected.txt").write_text("\n".join(lines) + "\n")

gmx, lmp = sys.argv[1:3]
for ending in ("xtc", "trr", "gro", "pdb"):
    command = [gmx, "-quiet", "trjconv", "-f", "mdtraj.trr", "-s", "mdtraj.gro", "-o", f"gromacs.{ending}"]
    subprocess.run(command, cwd=here, input=b"0\n", check=True, stderr=subprocess.DEVNULL)

# a box with its corner elsewhere, coordinates in every form, atoms in the order that LAMMPS has them in
commands = ["units real", "atom_style atomic", "atom_modify map yes sort 1 0.5", "boundary p p p"]
commands += ["region box prism 1 19 2 19 3 19 3 -2 4 units box", "create_box 1 box", "mass 1 12"]
for position in positions[0]:
    commands.append("create_atoms 1 single " + " ".join(f"{10 * value:.9g}" for value in position) + " remap yes units box")
commands += ["pair_style zero 8", "pair_coeff * *", "velocity all create 300 7", "fix move all nve", "timestep 1"]
commands += [
    "dump scaled all custom 2 lammps-scaled.lammpstrj id type xs ys zs ix iy iz",
    "dump unwrapped all custom 2 lammps-unwrapped.lammpstrj id type element xu yu zu",
    "dump plain all custom 2 lammps-plain.lammpstrj id type x y z ix iy iz",
    "dump_modify scaled time yes units yes format float %20.12g",
    "dump_modify unwrapped sort id format float %20.12g",
    "dump_modify plain format float %20.12g",
    "run 6",
]
(here / "lammps.in").write_text("\n".join(commands) + "\n")
subprocess.run([lmp, "-in", "lammps.in", "-log", "none", "-screen", "none"], cwd=here, check=True)
(here / "lammps.in").unlink()


def record(bytes_, big, wide):
    marker = struct.pack((">" if big else "<") + ("q" if wide else "i"), len(bytes_))
    return marker + bytes_ + marker


def dcd(name, big=False, wide=False, fixed=()):
    """As CHARMM describes the format: 84 bytes of control, title, atoms, the free ones, frames."""
    order = ">" if big else "<"
    control = [frames, 100, 50, 50 * frames] + [0] * 4 + [len(fixed)]
    head = b"CORD" + struct.pack(order + "9i", *control) + struct.pack(order + "f", 0.5)
    head += struct.pack(order + "10i", 1, *[0] * 8, 24)
    out = record(head, big, wide) + record(struct.pack(order + "i", 1) + b"title".ljust(80), big, wide)
    out += record(struct.pack(order + "i", atoms), big, wide)
    free = [i for i in range(atoms) if i not in fixed]
    if fixed:
        out += record(struct.pack(f"{order}{len(free)}i", *[i + 1 for i in free]), big, wide)
    for k in range(frames):
        out += record(struct.pack(order + "6d", 18, 90, 17, 90, 90, 16), big, wide)
        for axis in range(3):
            chosen = positions[k][:, axis] if k == 0 or not fixed else positions[k][free, axis]
            out += record((10 * chosen).astype(order + "f4").tobytes(), big, wide)
    (here / name).write_bytes(out)


dcd("big-endian.dcd", big=True)
dcd("wide-markers.dcd", wide=True)
dcd("fixed-atoms.dcd", fixed=(1, 5, 6))

with netcdf_file(str(here / "scipy.nc"), "w", version=1) as file:
    file.Conventions, file.ConventionVersion = "AMBER", "1.0"
    for name, length in (("frame", None), ("spatial", 3), ("atom", atoms)):
        file.createDimension(name, length)
    coordinates = file.createVariable("coordinates", "f8", ("frame", "atom", "spatial"))
    coordinates[:] = 10 * positions
