"""pymbar on frames of harmonic windows: pymbar_free_energies.py FRAMES WINDOWS KAPPA SPACING (float64 of x, window after window)."""

import json
import resource
import sys
import time
from importlib.metadata import version

import numpy
import pymbar

path, windows, kappa, spacing = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
x = numpy.fromfile(path)
energies = numpy.empty((windows, len(x)))
for window in range(windows):
    energies[window] = 0.5 * kappa * (x - window * spacing) ** 2
counts = numpy.full(windows, len(x) // windows)
begin, wall = time.process_time(), time.perf_counter()
f = pymbar.MBAR(energies, counts).f_k
print(
    json.dumps(
        {
            'seconds': time.process_time() - begin,
            'wall': time.perf_counter() - wall,
            'megabytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            'f': f.tolist(),
            'version': version('pymbar'),
        }
    )
)
