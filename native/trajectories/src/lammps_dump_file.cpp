#include "lammps_dump_file.h"

#include <algorithm>

#include "lammps_frames.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

constexpr std::size_t none = SIZE_MAX;

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

std::vector<double> reals(std::string_view line, std::size_t count) {
  const std::vector<std::string_view> found = words(line);
  if (found.size() != count)
    throw Error(ErrorCode::badData, "expected " + std::to_string(count) +
                                        " numbers in a line of BOX BOUNDS but received " +
                                        std::to_string(found.size()));
  std::vector<double> numbers;
  for (const std::string_view word : found) numbers.push_back(realOf(word));
  return numbers;
}

/** https://docs.lammps.org/Howto_triclinic.html: bounds of a tilted box go around it. */
LammpsBox readBox(std::string_view item, Lines& lines) {
  const bool tilted = item.find("xy xz yz") != std::string_view::npos;
  const bool general = item.find("abc origin") != std::string_view::npos;
  std::array<std::vector<double>, 3> rows;
  for (auto& row : rows) row = reals(lines.next(), general ? 4 : tilted ? 3 : 2);
  LammpsBox box;
  if (general) {
    for (std::size_t i = 0; i < 3; ++i) {
      std::copy_n(rows[i].begin(), 3, box.rows.begin() + 3 * static_cast<std::ptrdiff_t>(i));
      box.origin[i] = rows[i][3];
    }
    return box;
  }
  const double xy = tilted ? rows[0][2] : 0, xz = tilted ? rows[1][2] : 0, yz = tilted ? rows[2][2] : 0;
  const double low[] = {rows[0][0] - std::min({0.0, xy, xz, xy + xz}), rows[1][0] - std::min(0.0, yz),
                        rows[2][0]};
  const double high[] = {rows[0][1] - std::max({0.0, xy, xz, xy + xz}), rows[1][1] - std::max(0.0, yz),
                         rows[2][1]};
  box.rows = {high[0] - low[0], 0, 0, xy, high[1] - low[1], 0, xz, yz, high[2] - low[2]};
  box.origin = {low[0], low[1], low[2]};
  return box;
}

/** Which columns of the atoms' lines hold what. */
class Columns {
 public:
  explicit Columns(std::string_view item) {
    names_ = words(item);
    names_.erase(names_.begin());  // ATOMS
    id_ = find("id");
    // unwrapped before wrapped, and lengths before parts of the box
    for (const std::string_view ending : {"u", "su", "", "s"}) {
      for (std::size_t axis = 0; axis < 3; ++axis)
        position_[axis] = find(std::string(1, "xyz"[axis]) + std::string(ending));
      scaled_ = ending == "su" || ending == "s";
      wrapped_ = ending.empty() || ending == "s";
      if (complete(position_)) break;
    }
    if (!complete(position_))
      throw Error(ErrorCode::badData, "expected x y z, or xs, xu, xsu, … among the columns of ITEM: ATOMS");
    for (std::size_t axis = 0; axis < 3; ++axis) image_[axis] = find(std::string("i") + "xyz"[axis]);
    if (!wrapped_ || !complete(image_)) image_.fill(none);
  }

  /** Reads a line's words; returns the atom's place, by its id where there is one. */
  std::size_t read(std::string_view line, std::size_t row) {
    cells_.clear();
    for (std::string_view word; !(word = takeWord(line)).empty();) cells_.push_back(word);
    if (cells_.size() != names_.size())
      throw Error(ErrorCode::badData, "expected " + std::to_string(names_.size()) +
                                          " columns of an atom but received " +
                                          std::to_string(cells_.size()));
    if (id_ == none) return row;
    std::uint64_t id = 0;
    return isCount(cells_[id_], id) && id > 0 ? static_cast<std::size_t>(id - 1) : none;
  }

  std::array<double, 3> position(const LammpsBox& box) const {
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

 private:
  using Three = std::array<std::size_t, 3>;

  static bool complete(const Three& three) { return std::count(three.begin(), three.end(), none) == 0; }

  std::size_t find(std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    return found == names_.end() ? none : static_cast<std::size_t>(found - names_.begin());
  }

  std::vector<std::string_view> names_, cells_;
  std::size_t id_ = none;
  Three position_{}, image_{};
  bool scaled_ = false, wrapped_ = false;
};

void readAtoms(Columns columns, Lines& lines, std::size_t atoms, const LammpsBox& box,
               std::vector<double>& positions) {
  positions.resize(3 * atoms);
  std::vector<bool> seen(atoms);
  for (std::size_t row = 0; row < atoms; ++row) {
    const std::size_t atom = columns.read(lines.next(), row);
    if (atom >= atoms || seen[atom])
      throw Error(ErrorCode::badData, "expected each id from 1 to " + std::to_string(atoms) +
                                          " once: the dump must have all atoms of the system");
    seen[atom] = true;
    const std::array<double, 3> at = columns.position(box);
    std::copy(at.begin(), at.end(), positions.begin() + 3 * static_cast<std::ptrdiff_t>(atom));
  }
}

}  // namespace

LammpsDumpFile::LammpsDumpFile(const TrajectorySource& source) : TextFile(source, source.perNanometre) {}

FrameIndex LammpsDumpFile::findFrames() const { return findLammpsFrames(file()); }

void LammpsDumpFile::parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
                           std::vector<double>& positions) {
  LammpsBox box;
  while (!lines.atEnd()) {
    std::string_view line = lines.next();
    takeWord(line);  // ITEM:
    const std::string_view item = trimmed(line);
    if (item == "TIMESTEP") {
      snapshot.step = static_cast<std::uint64_t>(integerOf(lines.next()));
    } else if (item == "TIME") {
      snapshot.time = realOf(lines.next());
    } else if (item == "NUMBER OF ATOMS") {
      choice.check(static_cast<std::uint64_t>(integerOf(lines.next())));
    } else if (item.substr(0, 10) == "BOX BOUNDS") {
      box = readBox(item, lines);
    } else if (item.substr(0, 5) == "ATOMS") {
      readAtoms(Columns(item), lines, choice.total, box, positions);
      break;
    } else {
      lines.next();  // of UNITS
    }
  }
  snapshot.box = box.rows;
  snapshot.hasBox = std::any_of(box.rows.begin(), box.rows.end(), [](double value) { return value != 0; });
}

}  // namespace latentcv
