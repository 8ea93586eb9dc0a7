#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "latentcv/box.h"

namespace latentcv {

/** Atoms and points, by place, whose positions are kept up to date; the others are far from all that they pair with. */
struct NearPlaces {
  std::vector<char> given;
  /** Two of them have come nearer to each other by no more than half of this since they were told, as long as `still`. */
  double skin = 0;
  bool still = false;
};

/** Consecutive descriptors of one kind (or of the three axes of one), evaluated together. */
class DescriptorBlock {
 public:
  virtual ~DescriptorBlock() = default;
  virtual std::size_t count() const = 0;

  /**
   * Only these are given from now on, which are told anew whenever they are others; all are where there are none.
   */
  virtual void restrictTo(const NearPlaces* /*places*/) {}

  /** values [count] from positions [atoms, 3]; keeps what pullBack needs. */
  virtual void evaluate(const double* positions, const Box& box, double* values) = 0;

  /**
   * Adds Σ weights [count] · ∂value/∂position to gradient [atoms, 3] and the same sum over the box to
   * boxGradient [3, 3], at the positions of the last evaluate. ∂/∂box is PLUMED's: minus the outer
   * product of each difference vector with the force along it.
   */
  virtual void pullBack(const double* weights, double* gradient, double* boxGradient) const = 0;
};

class FarPartners;
class NearAtoms;
class Points;

/** How far an atom went. */
struct AtomMove {
  std::size_t atom;  // or point, behind the atoms
  double distance;
};

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

  /**
   * gradient [atoms, 3] and boxGradient [3, 3] of Σ weights [count] · value; both are overwritten. After evaluateNear, the
   * gradient is that by near atoms.
   */
  void pullBack(const double* weights, double* gradient, double* boxGradient) const;

  /** How many atoms are nothing but partners of coordinations that have a list of neighbours. */
  std::size_t mayBeFar() const;

  /**
   * From now on each evaluate also finds the atoms that are near: until motion has used up a skin (in the unit of positions,
   * 0: half of the largest DMAX), evaluateNear gives what evaluate would. Those that are far need not be known for that.
   */
  void leaveOutFar(double skin);
  /** The end of that. */
  void takeAll();

  /** What leaveOutFar() took. */
  double skin() const;

  /** The atoms that evaluateNear takes, by the last evaluate; ascending. */
  const std::vector<std::size_t>& near() const;

  /** As evaluate, from positions [near(), 3]; right only where skinUsed() is no more than 1 then. */
  void evaluateNear(const double* positions, const Box& box, double* values);

  /**
   * Which part of the skin was used up by what atoms and box did since the last evaluate: as the near ones tell, or, at an
   * evaluate, all of them. Less than about half need not be told as less. Beyond 1, what evaluateNear gave in between may
   * lack an atom, and farthestMove() says which went farthest.
   */
  double skinUsed() const;
  AtomMove farthestMove() const;

 private:
  void evaluateBlocks(const double* positions, const Box& box, double* values);
  void pullBackBlocks(const double* weights, double* gradient, double* boxGradient) const;
  void pullBackNear(const double* weights, double* gradient, double* boxGradient) const;
  void restrictTo(const NearPlaces* places);

  std::size_t count_ = 0;
  std::size_t atoms_;
  bool minimumImage_, whole_ = false, takesBox_ = false;
  std::vector<bool> periodic_;
  std::vector<std::unique_ptr<DescriptorBlock>> blocks_;
  // where there are points: they and the atoms [atoms + points, 3], and work space of pullBack
  std::unique_ptr<Points> points_;
  std::vector<double> positions_;
  mutable std::vector<double> gradient_;
  mutable bool cleared_ = false;  // all of it
  std::unique_ptr<const FarPartners> partners_;
  // where far atoms may be left out
  std::unique_ptr<NearAtoms> near_;
  bool nearAlone_ = false;  // at the last evaluation
};

}  // namespace latentcv
