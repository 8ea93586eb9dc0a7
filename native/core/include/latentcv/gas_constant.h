#pragma once

namespace latentcv {

/** kJ/mol/K (CODATA 2018, exact); src/sampling/thermal.ts has the same. */
constexpr double gasConstant = 8.31446261815324e-3;

}  // namespace latentcv
