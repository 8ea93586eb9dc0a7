#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "formats/lammps/style.h"
#include "text/text_lines.h"

namespace latentcv {

/**
 * A LAMMPS data file: atoms in the order of their ids, masses and names by type, bonds
 * and the box, in the file's units.
 */
struct LammpsData {
  struct Atom {
    std::string name, type;  // the name stands in a comment
    std::uint64_t molecule = 0;
    std::array<double, 3> position{};
  };

  /** Throws Error `badData`. */
  explicit LammpsData(Lines lines);

  std::vector<Atom> atoms;
  std::map<std::string, double, std::less<>> masses;
  /** What the file calls types, in comments behind their masses or as labels. */
  std::map<std::string, std::string, std::less<>> typeNames;
  std::vector<std::array<std::uint32_t, 2>> bonds;
  std::array<double, 9> box{};  // rows

 private:
  /** A line without its comment, and the comment. */
  struct Line {
    std::vector<std::string_view> words;
    std::string_view comment;
  };

  static Line split(std::string_view line);
  void readHeader(const Line& line, std::uint64_t mostAtoms);
  void readSections(Lines lines);
  /** By the comment behind Atoms, or by the first of the lines that follow. */
  const LammpsStyle& styleOf(Lines lines, std::string_view comment) const;
  static std::pair<std::uint64_t, Atom> atomOf(const Line& line, const LammpsStyle& style);
  void nameType(std::string_view type, std::string_view name);
  void takeAtoms(std::vector<std::pair<std::uint64_t, Atom>>& byId);
  void readBonds(const std::vector<Line>& lines);
  std::uint32_t placeOf(std::string_view id) const;

  std::uint64_t atomsTold_ = 0, typesTold_ = 0;
  std::vector<std::uint64_t> ids_;  // ascending
};

}  // namespace latentcv
