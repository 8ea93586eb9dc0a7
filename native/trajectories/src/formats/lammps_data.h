#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "text/text_lines.h"

namespace latentcv {

/** A LAMMPS data file: atoms by id, masses by type, bonds and the box, in the file's units. */
struct LammpsData {
  struct Atom {
    std::string name, type;  // the name stands in a comment
    std::uint64_t molecule = 0;
    std::array<double, 3> position{};
    bool there = false;
  };

  /** Throws Error `badData`. */
  explicit LammpsData(Lines lines);

  std::vector<Atom> atoms;
  std::map<std::string, double, std::less<>> masses;
  std::vector<std::array<std::uint32_t, 2>> bonds;
  std::array<double, 9> box{};  // rows

 private:
  /** A line without its comment, and the comment. */
  struct Line {
    std::vector<std::string_view> words;
    std::string_view comment;
  };

  static Line split(std::string_view line);
  bool readHeader(const Line& line, std::uint64_t mostAtoms);
  void readAtom(const Line& line, std::string_view style);
  void readBond(const Line& line);
};

}  // namespace latentcv
