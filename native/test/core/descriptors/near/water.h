// A few atoms among many others, which walk at random while their box changes; and coordinations without any list.
#pragma once

#include <random>

#include "../five_atoms.h"

/** Many atoms in a box, or in none. */
class Walkers {
 public:
  Walkers(std::size_t count, Numbers rows, double spread, unsigned seed)
      : random_(seed), rows_(std::move(rows)), first_(rows_) {
    std::uniform_real_distribution<double> uniform(0, spread);
    for (std::size_t i = 0; i < 3 * count; ++i) positions_.push_back(uniform(random_));
    images_.resize(positions_.size());
  }

  const Numbers& positions() const { return positions_; }
  Numbers& positions() { return positions_; }
  const Numbers& rows() const { return rows_; }
  Box box() const { return boxOf(rows_); }

  /** Every atom goes somewhere; now and then one jumps, or goes by whole box vectors. */
  void step(double length) {
    drift(length);
    std::normal_distribution<double> move(0, length);
    const std::size_t atom = random_() % (positions_.size() / 3);
    if (random_() % 100 == 0)
      for (std::size_t c = 0; c < 3; ++c) positions_[3 * atom + c] += 200 * move(random_);
  }

  /** Every atom goes somewhere; now and then one goes by whole box vectors. */
  void drift(double length) {
    // of this root mean square, and cheap
    const double scale = 2 * std::sqrt(3.0) * length / static_cast<double>(std::mt19937::max());
    for (double& coordinate : positions_)
      coordinate += scale * (static_cast<double>(random_()) - 0.5 * static_cast<double>(std::mt19937::max()));
    const std::size_t atom = random_() % (positions_.size() / 3);
    if (random_() % 100 < 20 && !rows_.empty())
      for (std::size_t v = 0; v < 3; ++v) {
        const double to = static_cast<double>(random_() % 5) - 2, times = to - images_[3 * atom + v];
        images_[3 * atom + v] = to;
        for (std::size_t c = 0; c < 3; ++c) positions_[3 * atom + c] += times * rows_[3 * v + c];
      }
  }

  /** The box swings about what it was, and the atoms go with it, as under pressure coupling. */
  void breathe(double part) {
    if (rows_.empty()) return;
    std::normal_distribution<double> change(0, part);
    double deformation[9];
    for (int i = 0; i < 9; ++i)
      deformation[i] = (i % 4 == 0 ? 1 : 0) + (triclinic() || i % 4 == 0 ? change(random_) : 0);
    deform(positions_, deformation);
    deform(rows_, deformation);
    for (std::size_t i = 0; i < 9; ++i) rows_[i] += 0.01 * (first_[i] - rows_[i]);
  }

  /** Other vectors of the same lattice. */
  void relabelBox() {
    if (!triclinic()) return;
    for (Numbers* rows : {&rows_, &first_})
      for (std::size_t c = 0; c < 3; ++c) {
        (*rows)[3 + c] += (*rows)[c];
        (*rows)[6 + c] -= (*rows)[3 + c];
      }
    // images were counted in the others
    std::fill(images_.begin(), images_.end(), 0);
  }

 private:
  bool triclinic() const { return rows_.size() == 9 && (rows_[3] != 0 || rows_[6] != 0); }

  static void deform(Numbers& vectors, const double* by) {
    for (std::size_t i = 0; i < vectors.size(); i += 3) {
      const double x = vectors[i], y = vectors[i + 1], z = vectors[i + 2];
      for (std::size_t c = 0; c < 3; ++c) vectors[i + c] = x * by[c] + y * by[3 + c] + z * by[6 + c];
    }
  }

  std::mt19937 random_;
  Numbers positions_, rows_, first_, images_;
};

/** The squared distance of the nearest images, by Box alone. */
inline double squaredDistance(const Numbers& at, const Box& box, std::size_t i, std::size_t j) {
  const double *a = at.data() + 3 * i, *b = at.data() + 3 * j;
  const latentcv::Vector3 d = box.minimumImage({b[0] - a[0], b[1] - a[1], b[2] - a[2]});
  return d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
}

/** ` 3 4 5 … 99` */
inline std::string atomsFrom(std::size_t first, std::size_t last) {
  std::string words;
  for (std::size_t i = first; i < last; ++i) words += " " + std::to_string(i);
  return words;
}
