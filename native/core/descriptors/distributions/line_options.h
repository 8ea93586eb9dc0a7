#pragma once

#include <string>
#include <vector>

#include "descriptors/line.h"

namespace latentcv {

/** The options of a line of a kind that takes several, each taken by its word; what nobody took is refused. */
class LineOptions {
 public:
  /** `expected` is what to say where something lacks or is too much. */
  LineOptions(const DescriptorLine& line, std::string expected);

  /** The numbers of an option that must stand there once, with so many of them. Throws Malformed. */
  std::vector<double> take(const std::string& word, std::size_t count);

  /** Those of one that may be left out: none then. */
  std::vector<double> takeIfThere(const std::string& word, std::size_t count);

  /** Of one that may stand there several times, with any number of them. */
  std::vector<std::vector<double>> takeAll(const std::string& word);

  /** Whether a word stands there that has no numbers. */
  bool takeWord(const std::string& word);

  /** Leaves out the atomic numbers that groups are named by, which change nothing. */
  void leaveSpecies();

  /** Leaves out what is read elsewhere: the first, a switching function, or one of an AtomStatistic. */
  void leaveFirst();
  void leaveStatistic();

  /** Throws Malformed where an option is left, or this does not hold. */
  void expectNoMore() const;
  void expect(bool holds) const;

 private:
  std::string expected_;
  std::vector<LineOption> left_;
};

}  // namespace latentcv
