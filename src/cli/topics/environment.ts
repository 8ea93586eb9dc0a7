/** Variables of the environment that a user may set, and what each does. */
export const environmentVariables: Readonly<Record<string, string>> = {
  LATENTCV_CACHE: 'folder of what is fetched and built (default: ~/.cache/latentcv; in a clone .cache)',
  LATENTCV_SITE: 'folder of what somebody else fetched or built for all, which is only read',
  PLUMED_KERNEL:
    'libplumedKernel.so of the PLUMED to use (default: that of plumed on PATH, or of latentcv setup)',
  PLUMED_ROOT: 'where a PLUMED is, as modules set it; after PLUMED_KERNEL and PATH',
  GMX: 'the GROMACS to use, with -plumed (default: gmx on PATH, or that of latentcv setup)',
  LATENTCV_LAMMPS: 'the LAMMPS to use (default: lmp on PATH, or that of latentcv setup)',
  CHEMFILES: 'libchemfiles.so, for formats that are not read without it',
  LATENTCV_CHEMFILES_PATIENCE: 'seconds that chemfiles may take for a file that does not go on (default: 60)',
  LATENTCV_ONNXRUNTIME: 'libonnxruntime.so for the PLUMED plugin, where it finds none or another is wanted',
  LATENTCV_ADDON: 'another native addon to load',
  CXX: 'the compiler of the PLUMED plugin (default: that of PLUMED, else c++, g++ or clang++)',
  CXXFLAGS: 'its flags, such as -march=native; LDFLAGS are those of the linker',
  ORT_DISABLE_TELEMETRY: "telemetry of ONNX Runtime: 1, which is latentcv's default, keeps it off",
  DEBUG: 'if set, errors say where they came from, as with --verbose',
};
