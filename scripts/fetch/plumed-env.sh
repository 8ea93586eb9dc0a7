# Sourced by the scripts that make a PLUMED.

# Writes the file that puts a PLUMED into a shell's environment; it may name a further folder of programs.
# usage: write_plumed_env FILE PREFIX [FOLDER]
write_plumed_env() {
  cat > "$1" <<X
export PLUMED_PREFIX="$2"
export PLUMED_KERNEL="\$PLUMED_PREFIX/lib/libplumedKernel.so"
export PLUMED_ROOT="\$PLUMED_PREFIX/lib/plumed"
export PLUMED_INCLUDEDIR="\$PLUMED_PREFIX/include"
export PATH="\$PLUMED_PREFIX/bin:${3:+$3:}\$PATH"
export LD_LIBRARY_PATH="\$PLUMED_PREFIX/lib\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
X
}
