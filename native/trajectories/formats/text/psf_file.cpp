#include "formats/text/psf_file.h"

#include "bytes/binary_file.h"

namespace latentcv {
namespace {

bool isBegun(std::string_view bytes) { return bytes.substr(0, 3) == "PSF"; }

}  // namespace

const FormatInfo PsfFile::format{"PSF",    {"psf"},        "names and bonds of CHARMM, X-PLOR and NAMD",
                                 {".psf"}, isBegun,        true,
                                 nullptr,  openAs<PsfFile>};

FrameIndex PsfFile::findFrames() const {
  FrameIndex index;
  index.add({0, BinaryFile(path_).size()});
  return index;
}

void PsfFile::take(const FramePlace&, const AtomChoice&, Snapshot& snapshot) {
  snapshot.hasPositions = false;
}

}  // namespace latentcv
