#include "formats/binary/dcd_file.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "formats/cell.h"
#include "latentcv/error.h"
#include "latentcv/pi.h"

namespace latentcv {
namespace {

/** CHARMM, NAMD and OpenMM write times of DCD files in units of √(amu Å² mol/kcal). */
constexpr double akmaTime = 0.0488882129;

/** VMD, catdcd and MDTraj write as much where they know no time; as one it would be of 49 fs. */
constexpr double madeUp = 1;

/**
 * LAMMPS writes the step of its own units and not which they are: fs (real, electron) or ps (metal; τ of lj,
 * as PLUMED takes it). No step of MD is as short as this in fs, or as long in ps.
 */
constexpr double shortestInFemtoseconds = 0.05;

std::string shown(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

double angleBetween(const double* a, const double* b) {
  double products[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    products[0] += a[i] * b[i];
    products[1] += a[i] * a[i];
    products[2] += b[i] * b[i];
  }
  return std::acos(products[0] / std::sqrt(products[1] * products[2])) * 180 / pi;
}

/** How far the angles of a cell are from right ones. */
double skewness(const std::array<double, 3>& angles) {
  double sum = 0;
  for (const double angle : angles) sum += std::abs(angle - 90);
  return sum;
}

/**
 * Whether numbers of a cell are the symmetric matrix that CHARMM writes, not edges and angles in degrees as
 * other programs do under its newer versions: of the two, the cell nearer to a right-angled one is meant.
 */
bool isMatrix(const std::array<double, 9>& rows, const std::array<double, 3>& degrees) {
  for (const double angle : degrees)
    if (!(angle > 0 && angle < 180)) return true;
  const double* a = rows.data();
  return !(skewness({angleBetween(a, a + 3), angleBetween(a, a + 6), angleBetween(a + 3, a + 6)}) >
           skewness(degrees));
}

constexpr std::size_t fixedPlace = SIZE_MAX;

/** Cells of NAMD have cosines of their angles. */
void anglesOfCosines(std::array<double, 3>& angles) {
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
  readClock(source.timestep);
  if (header_.freeAtoms.empty()) return;
  placeInFrame_.assign(static_cast<std::size_t>(header_.atoms), fixedPlace);
  for (std::size_t i = 0; i < header_.freeAtoms.size(); ++i) placeInFrame_[header_.freeAtoms[i]] = i;
  readFixedAtoms();
}

void DcdFile::readClock(double timestep) {
  const double step = header_.timeOfStep;
  const bool ofLammps = header_.title.find("Written by LAMMPS") != std::string::npos;
  const bool femtoseconds = step >= shortestInFemtoseconds;
  if (!(step > 0) || (step == madeUp && !ofLammps)) return;
  const double told = step * (!ofLammps ? akmaTime : femtoseconds ? 1e-3 : 1);
  picoseconds_ = timestep > 0 ? 0 : told;
  if (ofLammps && timestep == 0)
    clockNote_ = "LAMMPS wrote it, whose step of " + shown(step) + " is taken as " +
                 (femtoseconds ? "fs (units real)" : "ps (units metal)") + ": ‘timestep’ tells another";
  if (!ofLammps && timestep > 0 && std::abs(timestep / told - 1) > 1e-3)
    clockNote_ = "a step is taken as " + shown(timestep) + " ps, as ‘timestep’ says, not as " + shown(told) +
                 " ps, as the file does";
}

FrameIndex DcdFile::findFrames() const {
  FrameIndex index;
  if (!clockNote_.empty()) index.addNote(clockNote_);
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
    index.addNote("expected " + std::to_string(header_.frames) +
                  " frames, as the header says, but the file ends behind " + std::to_string(index.size()));
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
  if (header_.stepsPerFrame <= 0 || header_.firstStep < 0) return;
  snapshot.step = static_cast<std::uint64_t>(header_.firstStep) +
                  static_cast<std::uint64_t>(header_.stepsPerFrame) * snapshot.step;
  if (picoseconds_ > 0) snapshot.time = picoseconds_ * static_cast<double>(snapshot.step);
}

bool DcdFile::readCell(DcdRecords& records, Snapshot& snapshot) const {
  records.next(48);
  std::array<double, 6> numbers;
  for (std::size_t i = 0; i < 6; ++i) numbers[i] = records.number<double>(8 * i);
  const auto& [a, b, c, d, e, f] = numbers;
  const std::array<double, 9> rows{a, b, d, b, c, e, d, e, f};
  if (header_.cellMayBeMatrix && isMatrix(rows, {e, d, b})) {
    snapshot.box = rows;
    for (double& value : snapshot.box) value /= perNanometre_;
    return std::any_of(numbers.begin(), numbers.end(), [](double value) { return value != 0; });
  }
  Cell cell{{a, c, f}, {e, d, b}};
  anglesOfCosines(cell.angles);
  return boxOfCell(cell, perNanometre_, snapshot.box);
}

}  // namespace latentcv
