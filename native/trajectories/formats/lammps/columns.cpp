#include "formats/lammps/columns.h"

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

void LammpsColumns::takeCells(std::string_view line) {
  cells_.clear();
  for (std::string_view word; !(word = takeWord(line)).empty();) cells_.push_back(word);
  if (cells_.size() != names_.size())
    throw Error(ErrorCode::badData, "expected " + std::to_string(names_.size()) +
                                        " columns of an atom but received " + std::to_string(cells_.size()));
}

std::uint64_t LammpsColumns::idOfLine() const {
  std::uint64_t id = 0;
  if (!isCount(cells_[id_], id) || id < 1)
    throw Error(ErrorCode::badData,
                "expected an id from 1 but received \"" + std::string(cells_[id_].substr(0, 40)) + "\"");
  return id;
}

std::vector<std::uint64_t> LammpsColumns::idsOf(Lines lines, std::size_t atoms) {
  std::vector<std::uint64_t> ids;
  for (std::size_t row = 0; id_ != none && row < atoms; ++row) {
    takeCells(lines.next());
    ids.push_back(idOfLine());
  }
  std::sort(ids.begin(), ids.end());
  if (std::adjacent_find(ids.begin(), ids.end()) != ids.end())
    throw Error(ErrorCode::badData, "expected each id once");
  if (!ids.empty() && ids.back() == ids.size()) ids.clear();
  return ids;
}

std::size_t LammpsColumns::placeOf(std::uint64_t id, std::size_t atoms) const {
  if (!ids_ || ids_->empty()) return id <= atoms ? static_cast<std::size_t>(id - 1) : none;
  const auto found = std::lower_bound(ids_->begin(), ids_->end(), id);
  return found != ids_->end() && *found == id ? static_cast<std::size_t>(found - ids_->begin()) : none;
}

std::size_t LammpsColumns::read(std::string_view line, std::size_t row, std::size_t atoms) {
  takeCells(line);
  if (id_ == none) return row;
  seen_.resize(atoms);
  const std::uint64_t id = idOfLine();
  const std::size_t place = placeOf(id, atoms);
  if (place >= atoms || seen_[place])
    throw Error(ErrorCode::badData, "expected the ids of the first frame, each once, but received " +
                                        std::to_string(id) +
                                        ": a dump must have the same atoms in every frame");
  seen_[place] = true;
  return place;
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
