#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "latentcv/box.h"

namespace latentcv {

/** Consecutive descriptors of one kind (or of the three axes of one), evaluated together. */
class DescriptorBlock {
 public:
  virtual ~DescriptorBlock() = default;
  virtual std::size_t count() const = 0;

  /** values [count] from positions [atoms, 3]; keeps what pullBack needs. */
  virtual void evaluate(const double* positions, const Box& box, double* values) = 0;

  /**
   * Adds Σ weights [count] · ∂value/∂position to gradient [atoms, 3] and the same sum over the box to
   * boxGradient [3, 3], at the positions of the last evaluate. ∂/∂box is PLUMED's: minus the outer
   * product of each difference vector with the force along it.
   */
  virtual void pullBack(const double* weights, double* gradient, double* boxGradient) const = 0;
};

class Points;

/**
 * The model's inputs as functions of atoms: one line of `latentcv.descriptors` per input, such as
 * `distance 0 4`, atoms counted from 0 in the list that `latentcv.atoms` gives, and behind them the points of
 * `latentcv.descriptors.points` (docs/architecture.md lists the kinds). Lengths are in the unit of the positions given, angles in radians.
 */
class Descriptors {
 public:
  /**
   * `references` and `points` are the lines of `latentcv.descriptors.references` and `.points`. Throws Error
   * naming the line that is unknown, malformed, or names an atom past `atoms` and the points.
   */
  Descriptors(const std::vector<std::string>& lines, std::size_t atoms, bool minimumImage,
              const std::vector<std::string>& references = {}, const std::vector<std::string>& points = {});
  ~Descriptors();

  std::size_t count() const { return count_; }
  std::size_t atoms() const { return atoms_; }
  bool minimumImage() const { return minimumImage_; }

  /** Whether this descriptor is an angle from −π to π. */
  bool periodic(std::size_t descriptor) const { return periodic_[descriptor]; }

  /** Whether atoms are made whole, and whether the box itself goes into the model. */
  bool makesWhole() const { return whole_; }
  bool takesBox() const { return takesBox_; }

  /** values [count] from positions [atoms, 3]. Throws Error where a descriptor has no finite value. */
  void evaluate(const double* positions, const Box& box, double* values);

  /** gradient [atoms, 3] and boxGradient [3, 3] of Σ weights [count] · value; both are overwritten. */
  void pullBack(const double* weights, double* gradient, double* boxGradient) const;

 private:
  void pullBackBlocks(const double* weights, double* gradient, double* boxGradient) const;

  std::size_t count_ = 0;
  std::size_t atoms_;
  bool minimumImage_, whole_ = false, takesBox_ = false;
  std::vector<bool> periodic_;
  std::vector<std::unique_ptr<DescriptorBlock>> blocks_;
  // where there are points: they and the atoms [atoms + points, 3], and work space of pullBack
  std::unique_ptr<Points> points_;
  std::vector<double> positions_;
  mutable std::vector<double> gradient_;
};

}  // namespace latentcv
