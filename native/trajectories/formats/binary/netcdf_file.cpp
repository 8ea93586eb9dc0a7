#include "formats/binary/netcdf_file.h"

#include <algorithm>

#include "bytes/byte_order.h"
#include "formats/cell.h"
#include "latentcv/error.h"
#include "latentcv/pi.h"
#include "text/text_lines.h"

namespace latentcv {
namespace {

/** The first word of a unit, in small letters. */
std::string unitWord(std::string_view units) {
  std::string word(takeWord(units));
  for (char& c : word)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return word.substr(0, word.find('\0'));
}

bool isUnit(const std::string& word, std::string_view shortName, std::string_view name) {
  return word == shortName || word == name || word == std::string(name) + "s";
}

/** A unit of time in ps, the convention's own where none is told; 0 for one that is not known. */
double timeUnit(std::string_view units) {
  const std::string word = unitWord(units);
  if (word.empty() || isUnit(word, "ps", "picosecond")) return 1;
  return isUnit(word, "fs", "femtosecond") ? 1e-3 : isUnit(word, "ns", "nanosecond") ? 1e3 : 0;
}

/** The units of length in one nm that the coordinates tell; 0 where they do not. */
double perNanometreIn(const std::string& path) {
  constexpr double angstromInBohr = 0.529177210903;
  const BinaryFile file(path);
  std::string units;
  try {
    units = readNetcdfHeader(file).variables["coordinates"].units;
  } catch (const Error&) {
    return 0;  // whoever opens it says what is wrong
  }
  const std::string word = unitWord(units);
  if (isUnit(word, "nm", "nanometer") || isUnit(word, "nm", "nanometre")) return 1;
  return isUnit(word, "a", "angstrom") ? 10 : isUnit(word, "bohr", "bohr") ? 10 / angstromInBohr : 0;
}

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorCode::badData, "expected a trajectory in AMBER's NetCDF convention but " + what);
}

}  // namespace

const FormatInfo NetcdfFile::format{"Amber NetCDF",
                                    {"netcdf", "amber", "nc", "ncdf"},
                                    "AMBER",
                                    {".nc", ".ncdf", ".netcdf", ".ncrst"},
                                    [](std::string_view bytes) { return bytes.substr(0, 3) == "CDF"; },
                                    false,  // the header tells more of one that does not
                                    &perNanometreIn,
                                    &openAs<NetcdfFile>};

NetcdfFile::NetcdfFile(const TrajectorySource& source)
    : file_(source.path), perNanometre_(source.perNanometre), header_(readNetcdfHeader(file_)) {
  if (header_.texts["Conventions"].find("AMBER") == std::string::npos)
    refuse("its attribute Conventions does not say AMBER");
  const auto found = header_.variables.find("coordinates");
  if (found == header_.variables.end()) refuse("it has no coordinates");
  checkDimensions(found->second);
  coordinates_ = find("coordinates", 3 * atoms_);
  if (atoms_ == 0 || !coordinates_.there) refuse("its coordinates are no numbers");
  time_ = find("time", 1);
  lengths_ = find("cell_lengths", 3);
  angles_ = find("cell_angles", 3);
}

void NetcdfFile::checkDimensions(const NetcdfVariable& coordinates) {
  const auto& lengths = coordinates.lengths;
  const std::size_t dimensions = lengths.size() + (coordinates.perRecord ? 1 : 0);
  single_ = dimensions == 2 && !coordinates.perRecord;
  if ((dimensions != 3 && !single_) || lengths.back() != 3)
    refuse("its coordinates are not frames of atoms in space");
  atoms_ = lengths[lengths.size() - 2];
}

NetcdfFile::PerFrame NetcdfFile::find(const std::string& name, std::uint64_t count) const {
  const auto found = header_.variables.find(name);
  if (found == header_.variables.end()) return {};
  const NetcdfVariable& variable = found->second;
  const std::uint64_t numbers = variable.numbers();
  const bool perFrame = variable.perRecord || single_
                            ? numbers == count
                            : !variable.lengths.empty() && numbers == count * variable.lengths.front();
  return {variable, count, perFrame && variable.numberBytes() > 0};
}

FrameIndex NetcdfFile::findFrames() const {
  FrameIndex index;
  const NetcdfVariable& variable = coordinates_.variable;
  const std::uint64_t bytes = coordinates_.count * variable.numberBytes();
  const bool records = variable.perRecord;
  const std::uint64_t begin = records ? header_.firstRecord : variable.begin;
  const std::uint64_t each = records ? header_.recordBytes : bytes;
  const std::uint64_t left = file_.size() > begin ? file_.size() - begin : 0, whole = left / each;
  const std::uint64_t told = records ? header_.records : single_ ? 1 : variable.lengths.front();
  if (time_.there && timeUnit(time_.variable.units) == 0)
    index.addNote("its time is in " + time_.variable.units + ", which is taken as ps");
  for (std::uint64_t i = 0; i < whole && (records || i < told); ++i) index.add({i, each});
  if (records && told == UINT64_MAX) {
    if (left % each != 0) index.addDamaged(cutOff(begin + whole * each, file_.size()));
  } else if (whole < told) {
    index.addDamaged(cutOff(begin + whole * each, file_.size()) + ", which should have " +
                     std::to_string(told) + " frames");
  } else if (records && whole > told) {
    index.addNote("expected " + std::to_string(told) +
                  " frames, as the header says, but the file has room for " + std::to_string(whole));
  }
  return index;
}

void NetcdfFile::read(const PerFrame& values, std::uint64_t frame, std::vector<double>& numbers) {
  const NetcdfVariable& variable = values.variable;
  const std::size_t size = variable.numberBytes();
  const std::uint64_t bytes = values.count * size;
  const std::uint64_t each = variable.perRecord ? header_.recordBytes : bytes;
  const std::uint64_t at = variable.begin + frame * each;
  if (at < variable.begin || at > file_.size() || bytes > file_.size() - at)
    throw Error(ErrorCode::badData, "expected " + variable.name + " but " + cutOff(at, file_.size()));
  data_.resize(static_cast<std::size_t>(bytes));
  if (!file_.read(at, data_.data(), data_.size()))
    throw Error(ErrorCode::badData, "the file became shorter while it was read");
  numbers.resize(static_cast<std::size_t>(values.count));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const unsigned char* number = &data_[i * size];
    numbers[i] = variable.scale * (size == 4 ? static_cast<double>(xdr<float>(number)) : xdr<double>(number));
  }
}

void NetcdfFile::take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) {
  choice.check(atoms_);
  if (lengths_.there && angles_.there) {
    Cell cell;
    read(lengths_, place.at, numbers_);
    std::copy(numbers_.begin(), numbers_.end(), cell.lengths.begin());
    read(angles_, place.at, numbers_);
    constexpr double degreesOfRadian = 180 / pi;
    const bool radians = angles_.variable.units.substr(0, 6) == "radian";
    for (std::size_t i = 0; i < 3; ++i) cell.angles[i] = numbers_[i] * (radians ? degreesOfRadian : 1);
    snapshot.hasBox = boxOfCell(cell, perNanometre_, snapshot.box);
  }
  if (time_.there) {
    read(time_, place.at, numbers_);
    const double unit = timeUnit(time_.variable.units);
    snapshot.time = numbers_.front() * (unit > 0 ? unit : 1);
  }
  read(coordinates_, place.at, numbers_);
  snapshot.positions.resize(3 * choice.atoms.size());
  double* to = snapshot.positions.data();
  for (const std::size_t atom : choice.atoms)
    for (std::size_t axis = 0; axis < 3; ++axis) *to++ = numbers_[3 * atom + axis] / perNanometre_;
}

}  // namespace latentcv
