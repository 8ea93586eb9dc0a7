#include "lammps_data_file.h"

#include <algorithm>

#include "lammps_data.h"

namespace latentcv {

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
