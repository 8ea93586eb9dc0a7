#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "text/text_lines.h"

namespace latentcv {

/** Corner and vectors of the box, as rows. */
struct LammpsBox {
  std::array<double, 3> origin{};
  std::array<double, 9> rows{};

  std::array<double, 3> at(const std::array<double, 3>& scaled) const {
    std::array<double, 3> sum{};
    for (std::size_t vector = 0; vector < 3; ++vector)
      for (std::size_t axis = 0; axis < 3; ++axis) sum[axis] += scaled[vector] * rows[3 * vector + axis];
    return sum;
  }
};

/** Reads the atoms' lines of a LAMMPS dump. */
class LammpsColumns {
 public:
  /** Takes `ATOMS id type x y z`. */
  explicit LammpsColumns(std::string_view item);

  /** Throws Error `badData` where there are no coordinates. */
  void findPositions();

  /** Says what the atoms' ids are, ascending, where they are not 1, 2, …: places are then in their order. */
  void setIds(const std::vector<std::uint64_t>& ids) { ids_ = &ids; }

  /**
   * Takes line `row` of `atoms`; returns the atom's place, by its id where there is one. Throws Error
   * `badData` where it is none, or was there before.
   */
  std::size_t read(std::string_view line, std::size_t row, std::size_t atoms);

  /**
   * The ids of so many lines, ascending; none where they are 1, 2, …, or there
   * are none. Throws Error `badData`.
   */
  std::vector<std::uint64_t> idsOf(Lines lines, std::size_t atoms);

  // of the line read last; empty where the dump has no such column
  std::string_view element() const { return cell(element_); }
  std::string_view type() const { return cell(type_); }
  std::string_view mass() const { return cell(mass_); }
  std::array<double, 3> position(const LammpsBox& box) const;

 private:
  using Three = std::array<std::size_t, 3>;

  static constexpr std::size_t none = SIZE_MAX;

  static bool complete(const Three& three);
  std::size_t find(std::string_view name) const;
  std::string_view cell(std::size_t column) const { return column == none ? "" : cells_[column]; }

  void takeCells(std::string_view line);
  std::uint64_t idOfLine() const;
  std::size_t placeOf(std::uint64_t id, std::size_t atoms) const;

  std::vector<std::string_view> names_, cells_;
  const std::vector<std::uint64_t>* ids_ = nullptr;
  std::vector<bool> seen_;
  std::size_t id_ = none, element_ = none, type_ = none, mass_ = none;
  Three position_{}, image_{};
  bool scaled_ = false;
};

}  // namespace latentcv
