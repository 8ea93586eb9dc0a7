#include "formats/dcd_file.h"

#include <algorithm>
#include <cmath>

#include "formats/cell.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

/** CHARMM, NAMD and OpenMM write times of DCD files in units of √(amu Å² mol/kcal). */
constexpr double akmaTime = 0.0488882129;

constexpr std::size_t fixedPlace = SIZE_MAX;

/** Cells of NAMD have cosines of their angles. */
void anglesOfCosines(std::array<double, 3>& angles) {
  constexpr double pi = 3.141592653589793;
  if (!std::all_of(angles.begin(), angles.end(), [](double value) { return std::abs(value) <= 1; })) return;
  for (double& angle : angles) angle = 90 - std::asin(angle) * 180 / pi;
}

}  // namespace

const FormatInfo DcdFile::format{
    "DCD",
    {"dcd"},
    "CHARMM, NAMD, OpenMM, LAMMPS",
    {".dcd"},
    [](std::string_view bytes) { return bytes.substr(4, 4) == "CORD" || bytes.substr(8, 4) == "CORD"; },
    true,
    nullptr,
    &openAs<DcdFile>};

DcdFile::DcdFile(const TrajectorySource& source)
    : file_(source.path), perNanometre_(source.perNanometre), header_(readDcdHeader(file_)) {
  if (header_.freeAtoms.empty()) return;
  placeInFrame_.assign(static_cast<std::size_t>(header_.atoms), fixedPlace);
  for (std::size_t i = 0; i < header_.freeAtoms.size(); ++i) placeInFrame_[header_.freeAtoms[i]] = i;
  readFixedAtoms();
}

FrameIndex DcdFile::findFrames() const {
  FrameIndex index;
  const std::uint64_t first = header_.frameBytes(header_.atoms);
  const std::uint64_t other =
      header_.freeAtoms.empty() ? first : header_.frameBytes(header_.freeAtoms.size());
  std::uint64_t at = header_.bytes;
  for (std::uint64_t bytes = first; at < file_.size(); at += bytes, bytes = other) {
    if (bytes > file_.size() - at) {
      index.addDamaged(cutOff(at, file_.size()));
      break;
    }
    index.add({at, bytes});
  }
  if (header_.frames > static_cast<std::int64_t>(index.size()))
    index.setMismatch("expected " + std::to_string(header_.frames) +
                      " frames, as the header says, but the file ends behind " +
                      std::to_string(index.size()));
  return index;
}

void DcdFile::readFixedAtoms() {
  const auto atoms = static_cast<std::size_t>(header_.atoms);
  DcdRecords records(file_, header_.order, header_.markerBytes, header_.bytes);
  if (header_.hasCell) records.skip(48);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    records.next(4 * header_.atoms);
    for (std::size_t i = 0; i < atoms; ++i) fixed_.push_back(records.number<float>(4 * i));
  }
}

void DcdFile::take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) {
  choice.check(header_.atoms);
  DcdRecords records(file_, header_.order, header_.markerBytes, place.at);
  snapshot.hasBox = header_.hasCell && readCell(records, snapshot);
  const bool whole = header_.freeAtoms.empty() || isFirst(place);
  const std::uint64_t count = whole ? header_.atoms : header_.freeAtoms.size();
  snapshot.positions.resize(3 * choice.atoms.size());
  for (std::size_t axis = 0; axis < 3; ++axis) {
    records.next(4 * count);
    for (std::size_t i = 0; i < choice.atoms.size(); ++i) {
      const std::size_t atom = choice.atoms[i], at = whole ? atom : placeInFrame_[atom];
      const float value = at == fixedPlace ? fixed_[axis * static_cast<std::size_t>(header_.atoms) + atom]
                                           : records.number<float>(4 * at);
      snapshot.positions[3 * i + axis] = static_cast<double>(value) / perNanometre_;
    }
  }
  if (header_.fourDimensions) records.next(4 * count);
  if (header_.timeOfStep == 0 || header_.stepsPerFrame == 0) return;
  const double steps = static_cast<double>(header_.firstStep) +
                       static_cast<double>(header_.stepsPerFrame) * static_cast<double>(snapshot.step);
  snapshot.time = akmaTime * header_.timeOfStep * steps;
}

bool DcdFile::readCell(DcdRecords& records, Snapshot& snapshot) const {
  records.next(48);
  std::array<double, 6> numbers;
  for (std::size_t i = 0; i < 6; ++i) numbers[i] = records.number<double>(8 * i);
  const auto& [a, b, c, d, e, f] = numbers;
  if (header_.cellIsMatrix) {
    snapshot.box = {a, b, d, b, c, e, d, e, f};
    for (double& value : snapshot.box) value /= perNanometre_;
    return std::any_of(numbers.begin(), numbers.end(), [](double value) { return value != 0; });
  }
  Cell cell{{a, c, f}, {e, d, b}};
  anglesOfCosines(cell.angles);
  return boxOfCell(cell, perNanometre_, snapshot.box);
}

}  // namespace latentcv
