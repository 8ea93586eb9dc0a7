# LAMMPS with fix plumed, whatever its environment must be.
eval "$(node "$here/../programs.mjs" lammps)"
lmp() { env "${environment[@]}" "$lammps" -screen none "$@"; }
