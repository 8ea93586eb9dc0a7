#pragma once

#include "descriptors/line.h"

namespace latentcv {

/**
 * From 1 at contact to 0 far away, as the options of a line name it. With x = (r − D0)/R0, and 1 where x < 0:
 *
 *     rational R0 D0 NN MM    (1 − x^NN)/(1 − x^MM)
 *     gaussian R0 D0          exp(−x²/2)
 *     fermi R0 BETA           1/(1 + exp(BETA (r − R0)))
 *
 * These are PLUMED's RATIONAL, GAUSSIAN and Q (REF=R0 LAMBDA=1) without D_MAX.
 */
class SwitchingFunction {
 public:
  /** Throws Malformed where the line names none of them. */
  explicit SwitchingFunction(const DescriptorLine& line);

  struct Result {
    double value, slope;  // slope: ds/dr
  };
  Result at(double distance) const;

 private:
  enum class Form { rational, gaussian, fermi };

  Result rational(double x) const;

  Form form_;
  double r0_, d0_ = 0, beta_ = 0;
  int nn_ = 0, mm_ = 0;
};

}  // namespace latentcv
