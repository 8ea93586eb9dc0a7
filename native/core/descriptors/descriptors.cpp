#include "latentcv/descriptors.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

#include "descriptors/alignment_reference.h"
#include "descriptors/crystals/atom_statistic.h"
#include "descriptors/groups/group_weights.h"
#include "descriptors/kinds.h"
#include "descriptors/near/far_partners.h"
#include "descriptors/near/near_atoms.h"
#include "descriptors/near/near_coordination.h"
#include "descriptors/points/points.h"
#include "descriptors/switching_function.h"
#include "kernels/crystals.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

using Option = DescriptorOption;

// Every kind of descriptor a model file can name.
constexpr DescriptorKind kinds[] = {
    {"distance", 2, Option::none, false, makeDistances},
    {"distance-x", 2, Option::none, false, makeDistancesX},
    {"distance-y", 2, Option::none, false, makeDistancesY},
    {"distance-z", 2, Option::none, false, makeDistancesZ},
    {"inverse-distance", 2, Option::none, false, makeInverseDistances},
    {"angle", 3, Option::none, false, makeAngles},
    {"torsion", 4, Option::none, true, makeTorsions},
    {"torsion-sin", 4, Option::none, false, makeTorsionSines},
    {"torsion-cos", 4, Option::none, false, makeTorsionCosines},
    {"contact", 2, Option::switching, false, makeContacts},
    {"coordination", pairsOfAtoms, Option::switching, false, makeCoordinations},
    {"sorted-distance", pairsOfAtoms, Option::rank, false, makeSortedDistances},
    {"aligned-x", 1, Option::frame, false, makeAlignedPositions},
    {"aligned-y", 1, Option::frame, false, makeAlignedPositions},
    {"aligned-z", 1, Option::frame, false, makeAlignedPositions},
    {"direction-x", 2, Option::frame, false, makeDirections},
    {"direction-y", 2, Option::frame, false, makeDirections},
    {"direction-z", 2, Option::frame, false, makeDirections},
    {"depth", 3, Option::none, false, makeAxisCoordinates},
    {"radius", 3, Option::none, false, makeAxisCoordinates},
    {"rmsd", groupOfAtoms, Option::reference, false, makeRmsds},
    {"least-rmsd", groupOfAtoms, Option::references, false, makeRmsds},
    {"gyration", groupOfAtoms, Option::weights, false, makeGyrations},
    {"hydrogen-bonds", hydrogenBonds, Option::switching, false, makeHydrogenBonds},
    {"ring-distance", twoRings, Option::none, false, makeRings},
    {"ring-cosine", twoRings, Option::none, false, makeRings},
    {"ring-cosine-squared", twoRings, Option::none, false, makeRings},
    {"ring-height", twoRings, Option::none, false, makeRings},
    {"ring-offset", twoRings, Option::none, false, makeRings},
    {"position-x", 1, Option::none, false, makePositions},
    {"position-y", 1, Option::none, false, makePositions},
    {"position-z", 1, Option::none, false, makePositions},
    {"box-ax", 0, Option::none, false, makeBoxVectors},
    {"box-ay", 0, Option::none, false, makeBoxVectors},
    {"box-az", 0, Option::none, false, makeBoxVectors},
    {"box-bx", 0, Option::none, false, makeBoxVectors},
    {"box-by", 0, Option::none, false, makeBoxVectors},
    {"box-bz", 0, Option::none, false, makeBoxVectors},
    {"box-cx", 0, Option::none, false, makeBoxVectors},
    {"box-cy", 0, Option::none, false, makeBoxVectors},
    {"box-cz", 0, Option::none, false, makeBoxVectors},
    {"volume", groupOrNone, Option::none, false, makeVolumes},
    {"cell-a", 0, Option::none, false, makeCells},
    {"cell-b", 0, Option::none, false, makeCells},
    {"cell-c", 0, Option::none, false, makeCells},
    {"cell-alpha", 0, Option::none, false, makeCells},
    {"cell-beta", 0, Option::none, false, makeCells},
    {"cell-gamma", 0, Option::none, false, makeCells},
    {"bragg", groupOfAtoms, Option::indices, false, makeBraggs},
    {"steinhardt", groupOfAtoms, Option::harmonics, false, makeSteinhardts},
    {"coordination-number", pairsOfAtoms, Option::own, false, makeCoordinationNumbers,
     expectCoordinationNumbers},
    {"rdf", pairsOfAtoms, Option::own, false, makeRadialDistributions, expectDistanceGrid},
    {"pair-entropy", pairsOfAtoms, Option::own, false, makePairEntropies, expectDistanceGrid},
    {"debye", pairsOfAtoms, Option::own, false, makeDebyeScatterings, expectDebye},
    {"piv", pairsOfAtoms, Option::own, false, makePivs, expectPiv},
    {"similarity", pairsOfAtoms, Option::own, false, makeSimilarities, expectSimilarity},
    {"soap", centresOfAtoms, Option::own, false, makeSoaps, expectSoap},
    {"acsf", centresOfAtoms, Option::own, false, makeAcsfs, expectAcsf},
    {"averaged-steinhardt", groupOfAtoms, Option::harmonics, false, makeSteinhardts},
};

Error badLine(const std::string& line, std::size_t number, const std::string& expected) {
  return badModel("line " + std::to_string(number + 1) + " of latentcv.descriptors: expected " + expected +
                  " but received \"" + line + "\"");
}

std::string knownKinds() {
  std::string all;
  for (const DescriptorKind& kind : kinds) all += std::string(all.empty() ? "" : ", ") + kind.name;
  return all;
}

std::string firstWord(const std::string& text) {
  std::string word;
  std::istringstream(text) >> word;
  return word;
}

const DescriptorKind& findKind(const std::string& name) {
  for (const DescriptorKind& kind : kinds)
    if (name == kind.name) return kind;
  throw Malformed{"one of the descriptors this version knows (" + knownKinds() + ")"};
}

// Of Miller indices: waves that are shorter than atoms.
constexpr int highestIndex = 64;
constexpr std::size_t mostPlanes = 192;

// A file could ask for more memory than any machine has.
constexpr std::size_t mostPairs = std::size_t{1} << 24;

/** At least as many as the pairs of a line that are kept, those of an atom and a reference with them. */
std::size_t pairsAtMost(const DescriptorKind& kind, const DescriptorLine& line) {
  if (kind.option == Option::references) return line.atoms().size() * line.references.size();
  if (kind.atoms == groupOfAtoms || kind.atoms == groupOrNone) return 0;
  if (kind.make == makeCoordinations && needsNeighbours(line)) return 0;
  // they keep those that are near
  if (kind.option == Option::own && kind.make != makePivs) return 0;
  return line.groups.front().size() * line.groups.back().size();
}

std::string tooManyPairs() {
  return "at most " + std::to_string(mostPairs) + " pairs of atoms in all descriptors together";
}

// Of what lists of neighbours and grids of distances keep, wherever their few atoms stand.
constexpr std::size_t mostPlaces = std::size_t{1} << 26;

/** How many places of atoms the list of neighbours of a line has, and points its grid. */
std::size_t placesOf(const DescriptorKind& kind, const DescriptorLine& line) {
  const bool listed = kind.option == Option::own && kind.make != makePivs;
  if (!listed && kind.option != Option::harmonics) return 0;
  std::size_t places = line.option == "grid" ? static_cast<std::size_t>(line.numbers[2]) : 0;
  for (const AtomIndices& group : line.groups)
    if (!group.empty()) places += *std::max_element(group.begin(), group.end()) + 1;
  return places;
}

std::string tooManyPlaces() {
  return "at most " + std::to_string(mostPlaces) +
         " places of atoms and points of grids in all descriptors together";
}

// A range of atoms is a few characters.
std::string tooManyInRanges() {
  return "at most " + std::to_string(mostPairs) + " atoms in ranges of all descriptors together";
}

std::string atomsAfter(const DescriptorKind& kind) {
  const std::string atoms = kind.atoms == 0   ? "no atom"
                            : kind.atoms == 1 ? "one atom"
                                              : std::to_string(kind.atoms) + " atoms";
  return atoms + " after " + kind.name;
}

void expectHydrogenBonds(const DescriptorLine& line) {
  const bool good = line.groups.size() == 3 && !line.groups[1].empty() && !line.groups[2].empty() &&
                    line.groups[0].size() == line.groups[1].size();
  if (!good) throw Malformed{"donors / as many hydrogens / acceptors after hydrogen-bonds"};
  for (std::size_t h = 0; h < line.groups[0].size(); ++h)
    if (line.groups[0][h] == line.groups[1][h]) throw Malformed{"hydrogens that are not their donors"};
  if (line.groups[0].size() * line.groups[2].size() > mostPairs) throw Malformed{tooManyPairs()};
}

void expectAtoms(const DescriptorKind& kind, const DescriptorLine& line) {
  if (kind.atoms == groupOfAtoms) {
    const bool several = kind.option == Option::weights || kind.option == Option::harmonics;
    const std::size_t least = several ? 2 : 1;
    if (line.groups.size() != 1 || line.atoms().size() < least)
      throw Malformed{"one group of at least " + std::string(least == 1 ? "one atom" : "two atoms") +
                      " after " + kind.name};
    return;
  }
  if (kind.atoms == twoRings) {
    if (line.groups.size() != 2 || line.groups[0].size() < 3 || line.groups[1].size() < 3)
      throw Malformed{std::string("two rings of at least three atoms, with / between them, after ") +
                      kind.name};
    return;
  }
  if (kind.atoms == hydrogenBonds) return expectHydrogenBonds(line);
  if (kind.atoms == groupOrNone) {
    if (line.groups.size() != 1)
      throw Malformed{std::string("one group of atoms, or none, after ") + kind.name};
    return;
  }
  if (kind.atoms == centresOfAtoms) {
    if (line.groups.size() > 3)
      throw Malformed{
          std::string("a group of centres, and up to two groups of neighbours with / before each, after ") +
          kind.name};
    return;
  }
  if (kind.atoms != pairsOfAtoms) {
    const bool inCentres = kind.option == Option::frame && line.groups.size() == 2;
    if ((line.groups.size() != 1 && !inCentres) || line.atoms().size() != kind.atoms)
      throw Malformed{atomsAfter(kind)};
    if (inCentres && (line.groups[1].size() != 3 || !line.option.empty()))
      throw Malformed{"three atoms or points behind /, and nothing more"};
    return;
  }
  if (line.groups.size() > 2 || line.groups.front().empty() || line.groups.back().empty() ||
      line.pairCount() == 0)
    throw Malformed{
        std::string("one group of at least two atoms, or two groups with / between them, after ") +
        kind.name};
}

void expectIndices(const DescriptorLine& line) {
  const std::vector<double>& p = line.numbers;
  const bool whole = std::all_of(p.begin(), p.end(),
                                 [](double n) { return n == std::floor(n) && std::abs(n) <= highestIndex; });
  bool planes = true;
  for (std::size_t i = 0; i + 2 < p.size(); i += 3)
    planes = planes && (p[i] != 0 || p[i + 1] != 0 || p[i + 2] != 0);
  if (line.option != "hkl" || p.empty() || p.size() % 3 != 0 || p.size() > 3 * mostPlanes || !whole ||
      !planes)
    throw Malformed{"hkl and three whole numbers from -" + std::to_string(highestIndex) + " to " +
                    std::to_string(highestIndex) + ", not all 0, of each of at most " +
                    std::to_string(mostPlanes) + " planes"};
}

void expectHarmonics(const DescriptorLine& line) {
  if (!std::isfinite(SwitchingFunction{line}.cutoff()))
    throw Malformed{"a switching function with a cutoff, such as cubic D0 DMAX"};
  const LineOption* degree = line.find("l");
  const double l = degree && degree->numbers.size() == 1 ? degree->numbers[0] : 0;
  if (!(l >= 1 && l <= highestDegree) || l != std::floor(l))
    throw Malformed{"l and a whole number from 1 to " + std::to_string(highestDegree)};
  AtomStatistic{line};
  if (line.more.size() > 2) throw Malformed{"l and one statistic behind the switching function"};
}

void expectOption(const DescriptorKind& kind, const DescriptorLine& line) {
  if (kind.option == Option::own) return kind.expect(line);
  if (kind.option == Option::harmonics) return expectHarmonics(line);
  if (!line.more.empty()) throw Malformed{"numbers behind the option"};
  if (kind.option == Option::switching) {
    SwitchingFunction{line};
  } else if (kind.option == Option::rank) {
    const bool given = line.option == "rank" && line.numbers.size() == 1;
    const double rank = given ? line.numbers[0] : -1;
    if (!(rank >= 0) || rank != std::floor(rank) || rank >= static_cast<double>(line.pairCount()))
      throw Malformed{"rank and a number from 0 to " + std::to_string(line.pairCount()) + " (exclusive)"};
  } else if (kind.option == Option::indices) {
    expectIndices(line);
  } else if (kind.option == Option::weights) {
    const bool given = line.option == "weights" && !line.numbers.empty();
    if ((!given && !line.option.empty()) || !areWeights(line.numbers, line.atoms().size()))
      throw Malformed{"weights and a number of at least 0 for each atom, not all 0, or nothing more"};
  } else if (kind.option == Option::none && !line.option.empty()) {
    throw Malformed{kind.atoms == twoRings      ? std::string("nothing behind the rings")
                    : kind.atoms == groupOrNone ? "nothing behind the atoms of " + std::string(kind.name)
                                                : atomsAfter(kind)};
  }
}

/** Finds the references with these numbers, which stand behind a word. */
void findReferences(DescriptorLine& line, const std::string& word, const std::vector<double>& numbers,
                    const AlignmentReferences& all) {
  for (double number : numbers) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& reference) {
      return static_cast<double>(reference->number) == number;
    });
    if (found == all.end())
      throw Malformed{word + " and a number from 0 to " + std::to_string(all.size()) + " (exclusive)"};
    line.references.push_back(*found);
  }
}

/** Finds what `reference N` names, behind which there may be weights. */
void findReference(DescriptorLine& line, bool weights, const AlignmentReferences& all) {
  const bool given =
      line.option == "reference" && !line.numbers.empty() && (weights || line.numbers.size() == 1);
  findReferences(line, "reference", {given ? line.numbers[0] : -1}, all);
}

/** Finds what `references BETA N N …` names. */
void findSeveral(DescriptorLine& line, const AlignmentReferences& all) {
  if (line.option != "references" || line.numbers.size() < 2 || !(line.numbers[0] > 0))
    throw Malformed{"references, a number above 0, and a reference or more"};
  std::vector<double> numbers(line.numbers.begin() + 1, line.numbers.end());
  findReferences(line, "references, a number above 0,", numbers, all);
  std::sort(numbers.begin(), numbers.end());
  if (std::adjacent_find(numbers.begin(), numbers.end()) != numbers.end())
    throw Malformed{"different references"};
}

void expectAtomsOfReferences(const DescriptorLine& line) {
  for (const auto& reference : line.references)
    for (std::size_t atom : line.atoms())
      if (!placeIn(reference->atoms, atom))
        throw Malformed{"atoms of reference " + std::to_string(reference->number)};
}

/** Finds what stands behind the option; a group's atoms must be of each reference. */
void findFrames(const DescriptorKind& kind, DescriptorLine& line, const AlignmentReferences& all) {
  if (kind.option == Option::frame && line.groups.size() == 1) {
    findReference(line, false, all);
  } else if (kind.option == Option::reference) {
    findReference(line, true, all);
    expectAtomsOfReferences(line);
    if (!areWeights({line.numbers.begin() + 1, line.numbers.end()}, line.atoms().size()))
      throw Malformed{
          "behind the reference a weight of at least 0 for each atom, not all 0, or nothing more"};
  } else if (kind.option == Option::references) {
    findSeveral(line, all);
    expectAtomsOfReferences(line);
  }
}

bool needsBox(const DescriptorKind& kind, const DescriptorLine& line) {
  return kind.make == makeBoxVectors || kind.make == makeVolumes || kind.make == makeCells ||
         kind.make == makeBraggs || kind.make == makeRadialDistributions || kind.make == makePairEntropies ||
         (kind.make == makePivs && line.find("volume"));
}

struct Line {
  const DescriptorKind* kind;
  DescriptorLine content;
};

Line parseLine(const std::string& text, std::size_t number, std::size_t atoms,
               const AlignmentReferences& references) {
  try {
    // the kind first: behind an unknown one anything may stand
    const DescriptorKind& kind = findKind(firstWord(text));
    DescriptorLine line = readDescriptorLine(text, atoms);
    expectAtoms(kind, line);
    expectOption(kind, line);
    findFrames(kind, line, references);
    return {&kind, std::move(line)};
  } catch (const Malformed& malformed) {
    throw badLine(text, number, malformed.expected);
  }
}

}  // namespace

Descriptors::Descriptors(const std::vector<std::string>& lines, std::size_t atoms, bool minimumImage,
                         const std::vector<std::string>& references, const std::vector<std::string>& points)
    : count_(lines.size()), atoms_(atoms), minimumImage_(minimumImage) {
  const std::size_t places = atoms + points.size();
  const AlignmentReferences structures = readAlignmentReferences(references, places);
  if (!points.empty()) {
    points_ = std::make_unique<Points>(points, atoms, structures);
    positions_.resize(3 * places);
    gradient_.resize(positions_.size());
  }
  auto partners = std::make_unique<FarPartners>(atoms, points, structures);
  std::vector<DescriptorLine> block;
  const DescriptorKind* kind = nullptr;
  const auto finish = [&] {
    if (!block.empty()) blocks_.push_back(kind->make(block));
    block.clear();
  };
  std::size_t pairs = 0, listed = 0, inRanges = 0;
  for (std::size_t number = 0; number < lines.size(); ++number) {
    Line line = parseLine(lines[number], number, places, structures);
    if (!kind || line.kind->make != kind->make) finish();
    // the ranks of one group share its pairs
    const bool sorts = line.kind->make == makeSortedDistances || line.kind->make == makePivs;
    const bool shared = sorts && !block.empty() && block.back().groups == line.content.groups;
    if (!shared) pairs += pairsAtMost(*line.kind, line.content);
    if (pairs > mostPairs) throw badLine(lines[number], number, tooManyPairs());
    listed += placesOf(*line.kind, line.content);
    if (listed > mostPlaces) throw badLine(lines[number], number, tooManyPlaces());
    inRanges += line.content.inRanges;
    if (inRanges > mostPairs) throw badLine(lines[number], number, tooManyInRanges());
    kind = line.kind;
    periodic_.push_back(kind->periodic);
    whole_ = whole_ || kind->make == makePositions;
    takesBox_ = takesBox_ || needsBox(*kind, line.content);
    partners->add(line.content, kind->make == makeCoordinations && needsNeighbours(line.content));
    block.push_back(std::move(line.content));
  }
  finish();
  partners_ = std::move(partners);
}

Descriptors::~Descriptors() = default;

void Descriptors::evaluate(const double* positions, const Box& box, double* values) {
  const Box open;
  const Box& used = minimumImage_ ? box : open;
  nearAlone_ = false;
  if (points_ || near_) {
    std::copy_n(positions, 3 * atoms_, positions_.begin());
    if (points_) points_->evaluate(positions_.data(), used);
    positions = positions_.data();
  }
  if (near_) {
    near_->look(positions, used);
    restrictTo(&near_->places());
  }
  evaluateBlocks(positions, used, values);
}

void Descriptors::evaluateBlocks(const double* positions, const Box& box, double* values) {
  for (const auto& block : blocks_) {
    block->evaluate(positions, box, values);
    values += block->count();
  }
}

void Descriptors::evaluateNear(const double* positions, const Box& box, double* values) {
  const Box open;
  const Box& used = minimumImage_ ? box : open;
  nearAlone_ = true;
  for (std::size_t atom : near_->atoms())
    for (std::size_t c = 0; c < 3; ++c) positions_[3 * atom + c] = *positions++;
  if (points_) points_->evaluate(positions_.data(), used);
  near_->follow(positions_.data(), used);
  evaluateBlocks(positions_.data(), used, values);
}

void Descriptors::pullBack(const double* weights, double* gradient, double* boxGradient) const {
  std::fill_n(boxGradient, 9, 0.0);
  if (nearAlone_) return pullBackNear(weights, gradient, boxGradient);
  if (!points_) {
    std::fill_n(gradient, 3 * atoms_, 0.0);
    return pullBackBlocks(weights, gradient, boxGradient);
  }
  std::fill(gradient_.begin(), gradient_.end(), 0.0);
  cleared_ = false;
  pullBackBlocks(weights, gradient_.data(), boxGradient);
  points_->pullBack(gradient_.data(), boxGradient);
  std::copy_n(gradient_.begin(), 3 * atoms_, gradient);
}

// Nothing is read or written that belongs to a far atom: that would cost more than all else that is done for them.
void Descriptors::pullBackNear(const double* weights, double* gradient, double* boxGradient) const {
  if (!cleared_) std::fill(gradient_.begin(), gradient_.end(), 0.0);
  pullBackBlocks(weights, gradient_.data(), boxGradient);
  if (points_) points_->pullBack(gradient_.data(), boxGradient);
  for (std::size_t atom : near_->atoms())
    for (std::size_t c = 0; c < 3; ++c) *gradient++ = std::exchange(gradient_[3 * atom + c], 0.0);
  std::fill(gradient_.begin() + static_cast<std::ptrdiff_t>(3 * atoms_), gradient_.end(), 0.0);
  cleared_ = true;
}

void Descriptors::pullBackBlocks(const double* weights, double* gradient, double* boxGradient) const {
  for (const auto& block : blocks_) {
    block->pullBack(weights, gradient, boxGradient);
    weights += block->count();
  }
}

void Descriptors::restrictTo(const NearPlaces* places) {
  for (const auto& block : blocks_) block->restrictTo(places);
}

std::size_t Descriptors::mayBeFar() const { return partners_->mayBeFar(); }

void Descriptors::leaveOutFar(double skin) {
  near_ = std::make_unique<NearAtoms>(partners_->groups(), partners_->needed(), atoms_, skin);
  positions_.resize(3 * partners_->needed().size());
  gradient_.resize(positions_.size());
  cleared_ = false;
}

void Descriptors::takeAll() {
  near_.reset();
  nearAlone_ = false;
  restrictTo(nullptr);
}

double Descriptors::skin() const { return near_->skin(); }

const std::vector<std::size_t>& Descriptors::near() const { return near_->atoms(); }

double Descriptors::skinUsed() const { return near_->skinUsed(); }

AtomMove Descriptors::farthestMove() const {
  return {near_->farthestMove().place, near_->farthestMove().distance};
}

}  // namespace latentcv
