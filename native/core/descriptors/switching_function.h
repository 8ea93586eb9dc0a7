#pragma once

#include <limits>

#include "descriptors/line.h"

namespace latentcv {

/**
 * From 1 at contact to 0 far away, as the options of a line name it. With x = (r − D0)/R0, and 1 where x < 0:
 *
 *     rational R0 D0 NN MM    (1 − x^NN)/(1 − x^MM)
 *     gaussian R0 D0          exp(−x²/2)
 *     fermi R0 BETA           1/(1 + exp(BETA (r − R0)))
 *     cubic D0 DMAX           (1 − y)² (1 + 2 y), with y = (r − D0)/(DMAX − D0)
 *
 * These are PLUMED's RATIONAL, GAUSSIAN, Q (REF=R0 LAMBDA=1) and CUBIC, whose value and slope are 0 from DMAX on. Of the others one more number
 * is PLUMED's D_MAX: s is then stretched to (s(r) − s(DMAX))/(1 − s(DMAX)), and 0 beyond DMAX.
 */
class SwitchingFunction {
 public:
  /** Throws Malformed where the line names none of them. */
  explicit SwitchingFunction(const DescriptorLine& line);

  struct Result {
    double value, slope;  // slope: ds/dr
  };
  Result at(double distance) const;

  /** The same of a squared distance, with ds/dr / r for a slope, 0 where that has no value. */
  Result atSquared(double squared) const;

  /** Beyond it the value is 0: infinity where the line gives no DMAX. */
  double cutoff() const { return cutoff_; }

 private:
  enum class Form { rational, gaussian, fermi, cubic };

  void readCubic(const std::vector<double>& numbers);
  void stretch();
  Result unstretched(double distance) const;
  Result rational(double x) const;
  Result evenPowers(double squared) const;

  Form form_;
  double r0_, inverseSquare_ = 0, d0_ = 0, beta_ = 0;
  int nn_ = 0, mm_ = 0;
  bool evenPowers_ = false;  // 1/(1 + x^NN) of a squared distance
  double cutoff_ = std::numeric_limits<double>::infinity(), factor_ = 1, shift_ = 0;
};

}  // namespace latentcv
