#include "formats/lammps_columns.h"

#include <algorithm>
#include <string>

#include "latentcv/error.h"
#include "text/text_lines.h"

namespace latentcv {

LammpsColumns::LammpsColumns(std::string_view item) : names_(words(item)) {
  names_.erase(names_.begin());  // ATOMS
  id_ = find("id");
  element_ = find("element");
  type_ = find("type");
  mass_ = find("mass");
}

void LammpsColumns::findPositions() {
  bool wrapped = false;
  // unwrapped before wrapped, and lengths before parts of the box
  for (const std::string_view ending : {"u", "su", "", "s"}) {
    for (std::size_t axis = 0; axis < 3; ++axis)
      position_[axis] = find(std::string(1, "xyz"[axis]) + std::string(ending));
    scaled_ = ending == "su" || ending == "s";
    wrapped = ending.empty() || ending == "s";
    if (complete(position_)) break;
  }
  if (!complete(position_))
    throw Error(ErrorCode::badData, "expected x y z, or xs, xu, xsu, … among the columns of ITEM: ATOMS");
  for (std::size_t axis = 0; axis < 3; ++axis) image_[axis] = find(std::string("i") + "xyz"[axis]);
  if (!wrapped || !complete(image_)) image_.fill(none);
}

std::size_t LammpsColumns::read(std::string_view line, std::size_t row, std::size_t atoms) {
  cells_.clear();
  for (std::string_view word; !(word = takeWord(line)).empty();) cells_.push_back(word);
  if (cells_.size() != names_.size())
    throw Error(ErrorCode::badData, "expected " + std::to_string(names_.size()) +
                                        " columns of an atom but received " + std::to_string(cells_.size()));
  if (id_ == none) return row;
  seen_.resize(atoms);
  std::uint64_t id = 0;
  if (!isCount(cells_[id_], id) || id < 1 || id > atoms || seen_[static_cast<std::size_t>(id - 1)])
    throw Error(ErrorCode::badData, "expected each id from 1 to " + std::to_string(atoms) +
                                        " once: the dump must have all atoms of the system");
  seen_[static_cast<std::size_t>(id - 1)] = true;
  return static_cast<std::size_t>(id - 1);
}

std::array<double, 3> LammpsColumns::position(const LammpsBox& box) const {
  std::array<double, 3> at;
  for (std::size_t axis = 0; axis < 3; ++axis) at[axis] = realOf(cells_[position_[axis]]);
  if (scaled_) {
    at = box.at(at);
    for (std::size_t axis = 0; axis < 3; ++axis) at[axis] += box.origin[axis];
  }
  if (image_[0] == none) return at;
  std::array<double, 3> images;
  for (std::size_t axis = 0; axis < 3; ++axis) images[axis] = realOf(cells_[image_[axis]]);
  const std::array<double, 3> shift = box.at(images);
  for (std::size_t axis = 0; axis < 3; ++axis) at[axis] += shift[axis];
  return at;
}

bool LammpsColumns::complete(const Three& three) { return std::count(three.begin(), three.end(), none) == 0; }

std::size_t LammpsColumns::find(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  return found == names_.end() ? none : static_cast<std::size_t>(found - names_.begin());
}

}  // namespace latentcv
