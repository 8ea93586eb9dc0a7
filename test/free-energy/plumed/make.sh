#!/bin/sh
# What PLUMED 2.10.1 itself makes of COLVAR, the references of ../plumed.test.ts.
# COLVAR: 1000 frames of ../double-well.ts, seed 2026, and an angle by von Mises' distribution, κ = 1.5, about π,
# that weighs nothing. PLUMED needs the modules function, generic, bias, gridtools (all are in a default build).
set -e
cd "$(dirname "$0")"
rm -f bins.dat smooth.dat round.dat both.dat fes.dat
"${PLUMED:-plumed}" driver --noatoms --plumed plumed.dat
