# Writes the HDF5 files beside this one, of the frames of make.py: by MDAnalysis (Å, fs) and MDTraj (nm, ps).
# Needs MDAnalysis (2.11), mdtraj (1.11), h5py and tables; run once, the files are kept. usage: make_hdf5.py
import pathlib

import MDAnalysis
import mdtraj

here = pathlib.Path(__file__).parent
frames, structure = str(here / "mdtraj.trr"), str(here / "mdtraj.gro")

universe = MDAnalysis.Universe(structure, frames, refresh_offsets=True)
units = {"lengthunit": "Angstrom", "timeunit": "fs"}
with MDAnalysis.Writer(str(here / "mdanalysis.h5md"), n_atoms=len(universe.atoms), velocities=False, forces=False, **units) as writer:
    for _ in universe.trajectory:
        writer.write(universe)

mdtraj.load(frames, top=structure).save_hdf5(str(here / "mdtraj.h5"))
for rest in here.glob(".mdtraj.trr_offsets*"):
    rest.unlink()
