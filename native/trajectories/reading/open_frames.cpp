#include "reading/open_frames.h"

#include "chemfiles/file.h"
#include "chemfiles/library.h"
#include "formats/formats.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

std::unique_ptr<FrameFile> openFormat(const TrajectorySource& source) {
  const FormatInfo* format = formatNamed(source.format);
  if (!format) return std::make_unique<ChemfilesFile>(source);
  const FormatInfo* begun = formatByFirstBytes(source.path);
  const std::string name(format->name);
  if (begun && begun != format)
    throw Error(ErrorCode::badData, "expected a file of " + name + " but it begins as one of " +
                                        std::string(begun->name) + ": name its format (‘format: '" +
                                        std::string(begun->name) + "'’)");
  if (!begun && !source.salvage && format->alwaysBegunSo)
    throw Error(ErrorCode::badData, "expected a file of " + name + " but it does not begin as one");
  return format->open(source);
}

}  // namespace

std::string formatOf(const TrajectorySource& source) {
  if (const FormatInfo* own = ownFormatOf(source)) return std::string(own->name);
  if (!source.format.empty()) return source.format;
  char format[256] = {};
  if (chfl::function<chfl::guess_format>()(source.path.c_str(), format, sizeof format) == 0) return format;
  throw Error(ErrorCode::badData, source.path + ": its name tells no format that latentcv or chemfiles " +
                                      chfl::function<chfl::version>()() +
                                      " reads: name its format (‘format’), or give another file");
}

double lengthsPerNanometre(const TrajectorySource& source) {
  constexpr double ofAngstrom = 10;
  if (source.perNanometre > 0) return source.perNanometre;
  const FormatInfo* format = formatNamed(source.format);
  const double told = format && format->perNanometre ? format->perNanometre(source.path) : 0;
  return told > 0 ? told : ofAngstrom;
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
