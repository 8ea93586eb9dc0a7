#include "frame_file.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "chemfiles_file.h"
#include "dcd_file.h"
#include "first_bytes.h"
#include "gro_file.h"
#include "lammps_data_file.h"
#include "lammps_dump_file.h"
#include "lammps_units.h"
#include "latentcv/error.h"
#include "netcdf_file.h"
#include "pdb_file.h"
#include "trr_file.h"
#include "xtc_file.h"
#include "xyz_file.h"

namespace latentcv {
namespace {

using Open = std::function<std::unique_ptr<FrameFile>(const TrajectorySource&)>;

template <typename File>
std::unique_ptr<FrameFile> open(const TrajectorySource& source) {
  return std::make_unique<File>(source);
}

const std::map<std::string, Open>& ownFormats() {
  static const std::map<std::string, Open> formats{
      {"XTC", &open<XtcFile>}, {"TRR", &open<TrrFile>},           {"DCD", &open<DcdFile>},
      {"GRO", &open<GroFile>}, {"PDB", &open<PdbFile>},           {"Amber NetCDF", &open<NetcdfFile>},
      {"XYZ", &open<XyzFile>}, {"LAMMPS", &open<LammpsDumpFile>}, {"LAMMPS Data", &open<LammpsDataFile>}};
  return formats;
}

}  // namespace

void AtomChoice::check(std::uint64_t count) const {
  if (count != total)
    throw Error(ErrorCode::badData,
                "expected " + std::to_string(total) + " atoms but received " + std::to_string(count));
}

void FrameFile::index(std::shared_ptr<const FrameIndex> known) {
  index_ = known ? std::move(known) : std::make_shared<const FrameIndex>(findFrames());
}

void FrameFile::read(std::size_t index, const AtomChoice& choice, Snapshot& snapshot) {
  const FramePlace& place = index_->place(index);
  snapshot.hasBox = false;
  snapshot.hasPositions = true;
  snapshot.time = std::numeric_limits<double>::quiet_NaN();
  snapshot.step = index;
  take(place, choice, snapshot);
  const auto finite = [](double value) { return std::isfinite(value); };
  if (snapshot.hasBox && !std::all_of(snapshot.box.begin(), snapshot.box.end(), finite))
    throw Error(ErrorCode::badData, "expected a box of finite vectors");
}

bool isOwnFormat(const std::string& format) { return ownFormats().count(format) > 0; }

namespace {

std::unique_ptr<FrameFile> openFormat(const TrajectorySource& source) {
  const auto found = ownFormats().find(source.format);
  if (found == ownFormats().end()) return std::make_unique<ChemfilesFile>(source);
  const std::string begun = formatByFirstBytes(source.path);
  if (!begun.empty() && begun != source.format)
    throw Error(ErrorCode::badData, "expected a file of " + source.format + " but it begins as one of " +
                                        begun + ": name its format (--format '" + begun + "')");
  if (begun.empty() && !source.salvage && hasFirstBytes(source.format))
    throw Error(ErrorCode::badData, "expected a file of " + source.format + " but it does not begin as one");
  return found->second(source);
}

}  // namespace

double lengthsPerNanometre(const TrajectorySource& source) {
  constexpr double ofAngstrom = 10;
  if (source.perNanometre > 0) return source.perNanometre;
  const bool ofLammps = source.format == "LAMMPS" || source.format == "LAMMPS Data";
  const auto told = ofLammps ? unitsToldBy(source.path) : std::nullopt;
  return told ? told->perNanometre : ofAngstrom;
}

std::unique_ptr<FrameFile> openFrames(const TrajectorySource& source,
                                      const std::shared_ptr<const FrameIndex>& known) {
  TrajectorySource named = source;
  named.perNanometre = lengthsPerNanometre(source);
  auto file = openFormat(named);
  file->index(known);
  return file;
}

}  // namespace latentcv
