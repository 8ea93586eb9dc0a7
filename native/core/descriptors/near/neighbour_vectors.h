#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "descriptors/near/lattice.h"
#include "descriptors/near/neighbour_list.h"

namespace latentcv {

/**
 * The neighbours of each atom within a cutoff and the vectors to them, in any periodic box: all pairs within one group, each
 * once, or those of an atom of the first group with one of the second. In a box that is smaller than twice the cutoff an atom is a
 * neighbour with each of its images there, and its own images are neighbours of it, each vector and its reverse one pair.
 */
class NeighbourVectors {
 public:
  /** `name` is the descriptor's, for messages. */
  NeighbourVectors(const NeighbourGroups& groups, std::string name);

  /** Finds them at these positions. Throws Error where they are more than memory is meant for. */
  void update(const double* positions, const Box& box);

  std::size_t count() const { return count_; }

  /** Atoms of the first group, and of the second (the only one is both). */
  std::size_t firstAtoms() const { return starts_.size() - 1; }
  std::size_t secondAtoms() const { return secondAtoms_; }

  /** Of each pair its atoms' places in their groups [count]; pairs are in the order of the first. */
  const std::uint32_t* first() const { return first_.data(); }
  const std::uint32_t* second() const { return second_.data(); }

  /** Where the pairs start that have this place of the first group as their first; `firstAtoms()` is where all end. */
  std::size_t start(std::size_t place) const { return starts_[place]; }

  /**
   * From the first atom to the second, and its squared length [count]. Behind them, up to `pairPadding`, stand vectors as
   * long as the cutoff.
   */
  Planes vectors() const { return planes(vectors_); }
  const double* squares() const { return squares_.data(); }

  /** Work space [count + pairPadding] for derivatives by the vectors. */
  Planes derivatives() const { return planes(derivatives_); }

  /** Adds what derivatives() mean for the atoms and the box (see DescriptorBlock). */
  void pullBack(double* gradient, double* boxGradient) const;

 private:
  static Planes planes(Buffer<double>& all) {
    const std::size_t stride = all.size() / 3;
    return {all.data(), all.data() + stride, all.data() + 2 * stride};
  }
  /** A neighbour in one of its images. */
  struct Image {
    std::uint32_t first, second;
    Vector3 vector;
  };
  void findImages(const double* positions, const Box& box);
  void expectFewImages(const Lattice& lattice) const;
  void addImages(const Lattice& lattice, std::uint32_t first, std::uint32_t second,
                 const Vector3& difference);
  void keepImages();
  void makeRoom(std::size_t pairs);
  void subtract(const double* positions, const Box& box);
  void keepNear();
  void fillUp();

  std::string name_;
  double cutoff_;
  NeighbourList list_;
  AtomIndices firstGroup_, secondGroup_;
  bool onlyGroup_;
  std::size_t secondAtoms_;
  std::vector<std::uint32_t> firstPlace_, secondPlace_;  // of an atom, in its group
  std::size_t count_ = 0;
  std::vector<std::uint32_t> first_, second_;
  std::vector<std::size_t> starts_;
  std::vector<Image> images_;
  mutable Buffer<double> vectors_, derivatives_;
  Buffer<double> squares_;
};

}  // namespace latentcv
