#pragma once

namespace latentcv {

/**
 * Outputs [n, 1] that a file may have beside its collective variables, each given where it is asked for: how far the
 * members of an ensemble disagree; the probability q to reach one state before another; and the bias in kJ/mol
 * that draws a run to where q is steep. They become components of these names in PLUMED.
 */
constexpr const char* sideOutputNames[] = {"uncertainty", "committor", "kolmogorov"};

}  // namespace latentcv
