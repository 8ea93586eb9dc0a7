#include "structure/psf_text.h"

#include "latentcv/error.h"
#include "structure/columns.h"

namespace latentcv {
namespace {

/** Where the columns of an atom are, where blanks do not tell. */
struct Columns {
  std::size_t segment, residueId, residueName, name, type, width, typeWidth, mass;
};

constexpr Columns plain{9, 14, 19, 24, 29, 4, 4, 48}, extended{11, 20, 29, 38, 47, 8, 6, 68};
constexpr std::size_t massWidth = 14;

/**
 * Words of an atom's line that is separated by blanks: serial, segment, residue's number and name, name,
 * type, charge, mass, and whether it is fixed.
 */
constexpr std::size_t leastWords = 9;

class Psf {
 public:
  Psf(const std::function<bool(std::string_view&)>& nextLine, std::uint64_t bytes)
      : nextLine_(nextLine), bytes_(bytes) {}

  Structure read() {
    std::string_view line;
    if (!nextLine_(line) || line.substr(0, 3) != "PSF")
      throw Error(ErrorCode::badData, "expected PSF at the beginning");
    columns_ = line.find("EXT") == std::string_view::npos ? &plain : &extended;
    while (nextLine_(line)) {
      const std::size_t mark = line.find('!');
      if (mark == std::string_view::npos) continue;
      const std::string_view section = line.substr(mark + 1);
      const auto begins = [&](std::string_view name) { return section.substr(0, name.size()) == name; };
      if (begins("NATOM")) readAtoms(countIn(line, mark));
      if (begins("NBOND")) readBonds(countIn(line, mark));
    }
    if (structure_.atoms.size() == 0) throw Error(ErrorCode::badData, "expected atoms but there are none");
    return std::move(structure_);
  }

 private:
  std::uint64_t countIn(std::string_view line, std::size_t mark) const {
    std::uint64_t count = 0;
    // each takes two bytes at least
    if (!isCount(line.substr(0, mark), count) || count > bytes_ / 2)
      throw Error(ErrorCode::badData, "expected a number before \"" +
                                          std::string(trimmed(line.substr(mark, 8))) +
                                          "\" that the file has room for");
    return count;
  }

  void readAtoms(std::uint64_t count) {
    std::string_view line;
    for (std::uint64_t i = 0; i < count; ++i) {
      if (!nextLine_(line) || trimmed(line).empty())
        throw Error(ErrorCode::badData,
                    "expected " + std::to_string(count) + " atoms but received " + std::to_string(i));
      const std::vector<std::string_view> all = words(line);
      if (all.size() >= leastWords)
        add(all[1], all[2], all[3], all[4], all[5], all[7]);
      else
        addByColumns(line);
    }
  }

  void addByColumns(std::string_view line) {
    const Columns& at = *columns_;
    add(columnsIn(line, at.segment, at.width), columnsIn(line, at.residueId, at.width),
        columnsIn(line, at.residueName, at.width), columnsIn(line, at.name, at.width),
        columnsIn(line, at.type, at.typeWidth), columnsIn(line, at.mass, massWidth));
  }

  void add(std::string_view segment, std::string_view residueId, std::string_view residueName,
           std::string_view name, std::string_view type, std::string_view mass) {
    AtomTable& atoms = structure_.atoms;
    const std::size_t digits = residueId.find_last_of("0123456789") + 1;
    atoms.add(name, type);
    atoms.setResidue(residueName, residueIdIn(residueId.substr(0, digits)), residueId.substr(digits));
    atoms.setChain("", segment);
    atoms.masses.back() = realOf(mass);
  }

  void readBonds(std::uint64_t count) {
    std::string_view line;
    std::vector<std::uint32_t> ends;
    while (ends.size() < 2 * count) {
      if (!nextLine_(line) || trimmed(line).empty())
        throw Error(ErrorCode::badData, "expected " + std::to_string(count) + " bonds but received " +
                                            std::to_string(ends.size() / 2));
      for (const std::string_view word : words(line)) ends.push_back(atomOf(word));
    }
    for (std::size_t i = 0; i + 1 < ends.size(); i += 2)
      if (ends[i] != ends[i + 1]) structure_.bonds.push_back({ends[i], ends[i + 1]});
  }

  std::uint32_t atomOf(std::string_view word) const {
    std::uint64_t serial = 0;
    if (isCount(word, serial) && serial >= 1 && serial <= structure_.atoms.size())
      return static_cast<std::uint32_t>(serial - 1);
    throw Error(ErrorCode::badData, "expected bonds of atoms from 1 to " +
                                        std::to_string(structure_.atoms.size()) + " but received \"" +
                                        std::string(word.substr(0, 20)) + "\"");
  }

  const std::function<bool(std::string_view&)>& nextLine_;
  std::uint64_t bytes_;
  const Columns* columns_ = &plain;
  Structure structure_;
};

}  // namespace

Structure readPsfText(const std::function<bool(std::string_view&)>& nextLine, std::uint64_t bytes) {
  return Psf(nextLine, bytes).read();
}

}  // namespace latentcv
