#include "formats/formats.h"

#include <sys/stat.h>

#include <algorithm>

#include "bytes/binary_file.h"
#include "formats/binary/dcd_file.h"
#include "formats/binary/netcdf_file.h"
#include "formats/binary/prepared_file.h"
#include "formats/gromacs/gro_file.h"
#include "formats/gromacs/trr_file.h"
#include "formats/gromacs/xtc_file.h"
#include "formats/lammps/data_file.h"
#include "formats/lammps/dump_file.h"
#include "formats/text/pdb_file.h"
#include "formats/text/psf_file.h"
#include "formats/text/xyz_file.h"
#include "latentcv/error.h"
#include "latentcv/formats.h"

namespace latentcv {
namespace {

void checkFile(const std::string& path) {
  struct stat status{};
  if (stat(path.c_str(), &status) != 0) throw Error(ErrorCode::fileNotFound, "cannot find " + path);
  if (!S_ISREG(status.st_mode))
    throw Error(ErrorCode::badData,
                "expected a file but " + path + (S_ISDIR(status.st_mode) ? " is a folder" : " is none"));
  if (status.st_size == 0) throw Error(ErrorCode::badData, path + " is empty");
}

std::string small(std::string_view text) {
  std::string letters(text);
  for (char& c : letters)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return letters;
}

bool contains(const FormatInfo::Texts& texts, std::string_view text) {
  return !text.empty() && std::find(texts.begin(), texts.end(), text) != texts.end();
}

template <typename Wanted>
const FormatInfo* firstOf(Wanted wanted) {
  const auto& all = ownFormats();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const FormatInfo* one) { return wanted(*one); });
  return found == all.end() ? nullptr : *found;
}

std::vector<std::string> list(const FormatInfo::Texts& texts) {
  std::vector<std::string> found;
  for (const std::string_view text : texts)
    if (!text.empty()) found.emplace_back(text);
  return found;
}

const FormatInfo* formatByEnding(const std::string& path) {
  const std::string file = small(path.substr(path.find_last_of('/') + 1));
  const auto dot = file.rfind('.');
  if (dot == std::string::npos) return nullptr;
  return firstOf([&](const FormatInfo& format) { return contains(format.endings, file.substr(dot)); });
}

}  // namespace

const std::vector<const FormatInfo*>& ownFormats() {
  static const std::vector<const FormatInfo*> all{
      &XtcFile::format,        &TrrFile::format,        &DcdFile::format,     &NetcdfFile::format,
      &GroFile::format,        &PdbFile::format,        &PsfFile::format,     &XyzFile::format,
      &LammpsDumpFile::format, &LammpsDataFile::format, &PreparedFile::format};
  return all;
}

const FormatInfo* formatNamed(std::string_view name) {
  const std::string wanted = small(name);
  return firstOf([&](const FormatInfo& format) {
    return small(format.name) == wanted || contains(format.aliases, wanted);
  });
}

const FormatInfo* formatByFirstBytes(const std::string& path) {
  const BinaryFile file(path);
  std::array<unsigned char, 12> bytes{};
  file.read(0, bytes.data(), static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), bytes.size())));
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return firstOf([&](const FormatInfo& format) { return format.isBegunBy && format.isBegunBy(text); });
}

const FormatInfo* ownFormatOf(const TrajectorySource& source) {
  checkFile(source.path);
  if (!source.format.empty()) return formatNamed(source.format);
  if (const FormatInfo* told = formatByEnding(source.path)) return told;
  return formatByFirstBytes(source.path);
}

std::vector<OwnFormat> describeFormats() {
  std::vector<OwnFormat> all;
  for (const FormatInfo* one : ownFormats())
    all.push_back(
        {std::string(one->name), std::string(one->description), list(one->aliases), list(one->endings)});
  return all;
}

std::string ownFormatName(const TrajectorySource& source) {
  const FormatInfo* format = ownFormatOf(source);
  return format ? std::string(format->name) : "";
}

}  // namespace latentcv
