#pragma once

#include <cstddef>

namespace latentcv {

/**
 * Computes the collective variables and their gradients for one frame. Numbers go in and come out in
 * double, whatever the evaluator computes in. Nothing is allocated after construction.
 */
class Evaluator {
 public:
  virtual ~Evaluator() = default;

  /** Number of inputs d, and of collective variables k. */
  virtual std::size_t inputs() const = 0;
  virtual std::size_t outputs() const = 0;

  /** Whether it computes in single precision. */
  virtual bool singlePrecision() const { return false; }

  /**
   * cv [k] at x [d]; and ∂cv/∂x, row-major [k, d], unless `jacobian` is null.
   * Throws Error where ONNX Runtime reports a failure.
   */
  virtual void evaluate(const double* x, double* cv, double* jacobian) = 0;

  /** gradient [d] = Σ_k cotangents [k] · ∂cv_k/∂x, at the x of the last evaluate. */
  virtual void vectorJacobian(const double* cotangents, double* gradient) = 0;
};

}  // namespace latentcv
