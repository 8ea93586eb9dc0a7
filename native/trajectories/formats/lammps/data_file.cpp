#include "formats/lammps/data_file.h"

#include <algorithm>

#include "formats/lammps/data.h"
#include "formats/lammps/units.h"

namespace latentcv {

const FormatInfo LammpsDataFile::format{
    "LAMMPS Data", {"lammpsdata", "data"}, "LAMMPS' data file",    {".data", ".lmp"}, nullptr,
    false,         &lammpsPerNanometre,    &openAs<LammpsDataFile>};

LammpsDataFile::LammpsDataFile(const TrajectorySource& source) : TextFile(source, source.perNanometre) {}

FrameIndex LammpsDataFile::findFrames() const {
  FrameIndex index;
  index.add({0, file().size()});
  return index;
}

void LammpsDataFile::parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
                           std::vector<double>& positions) {
  const LammpsData data(lines);
  choice.check(data.atoms.size());
  for (const LammpsData::Atom& atom : data.atoms)
    positions.insert(positions.end(), atom.position.begin(), atom.position.end());
  snapshot.box = data.box;
  snapshot.hasBox = std::any_of(data.box.begin(), data.box.end(), [](double value) { return value != 0; });
}

}  // namespace latentcv
