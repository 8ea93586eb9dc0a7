#include <functional>
#include <numeric>

#include "formats/formats.h"
#include "frames/frame_file.h"
#include "latentcv/error.h"
#include "latentcv/structure.h"
#include "reading/open_frames.h"
#include "structure/foreign_structure.h"
#include "structure/psf_text.h"
#include "structure/structure_text.h"

namespace latentcv {
namespace {

/** Names and bonds, and nothing but a place for each atom where the format has none. */
Structure namesOf(const std::string& format, const BinaryFile& bytes, const FrameFile& file,
                  std::size_t frame) {
  const FramePlace& place = file.index()->place(frame);
  Structure structure = readStructureText(format, bytes, place);
  const std::uint64_t atoms = file.namelessAtoms(place);
  for (std::uint64_t i = 0; i < atoms; ++i) structure.atoms.add("", "");
  if (structure.atoms.size() == 0) throw Error(ErrorCode::badData, "expected atoms but there are none");
  return structure;
}

/** The first frame that has positions, or the last of a file that has none; `frame` is where it got to. */
Structure readFirst(FrameFile& file, const TrajectorySource& source, std::size_t& frame) {
  const std::size_t frames = file.index()->size();
  if (frames == 0) throw Error(ErrorCode::badData, "it has no frames");
  const BinaryFile bytes(source.path);
  for (;; ++frame) {
    Structure structure = namesOf(source.format, bytes, file, frame);
    Snapshot snapshot;
    std::vector<std::size_t> all(structure.atoms.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    file.read(frame, {all, all.size()}, snapshot);
    if (!snapshot.hasPositions && frame + 1 < frames) continue;
    if (!snapshot.hasPositions) return structure;
    structure.positions = std::move(snapshot.positions);
    structure.box = snapshot.box;
    structure.hasBox = snapshot.hasBox;
    return structure;
  }
}

Structure readOwn(const TrajectorySource& source) {
  std::size_t frame = 0;
  try {
    const auto file = openFrames(source);
    Structure structure = readFirst(*file, source, frame);
    for (const std::string& note : file->index()->notes())
      structure.notes.push_back(source.path + ": " + note);
    return structure;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::badData) throw;
    throw Error(error.code(), source.path + ", frame " + std::to_string(frame) + ": " + error.what());
  }
}

Structure readPsf(const TrajectorySource& source) {
  std::uint64_t line = 0;
  try {
    const BinaryFile file(source.path);
    LineScanner lines(file);
    return readPsfText([&](std::string_view& text) { return ++line, lines.next(text); }, file.size());
  } catch (const Error& error) {
    if (error.code() != ErrorCode::badData) throw;
    throw Error(error.code(), source.path + ", line " + std::to_string(line) + ": " + error.what());
  }
}

}  // namespace

Structure readStructure(const TrajectorySource& source) {
  TrajectorySource known = source;
  known.format = formatOf(source);
  if (known.format == "PSF") return readPsf(known);
  known.perNanometre = lengthsPerNanometre(known);
  if (formatNamed(known.format)) return readOwn(known);
  return readForeignStructure(known, known.format, known.perNanometre);
}

}  // namespace latentcv
