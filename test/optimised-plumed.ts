// Imported by tests that simulate for long: they run in a stable PLUMED that was compiled with optimisation where the check has one
// (LATENTCV_OPTIMISED_PLUMED, its kernel); the set-up's own, compiled without, takes 3.7 times as long.
const { PLUMED_KERNEL, LATENTCV_OPTIMISED_PLUMED } = process.env;
if (!PLUMED_KERNEL && LATENTCV_OPTIMISED_PLUMED) process.env.PLUMED_KERNEL = LATENTCV_OPTIMISED_PLUMED;
