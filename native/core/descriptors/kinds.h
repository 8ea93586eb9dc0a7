#pragma once

#include <memory>
#include <string>
#include <vector>

#include "descriptors/line.h"
#include "latentcv/descriptors.h"

namespace latentcv {

/** What may stand behind the atoms of a line. */
enum class DescriptorOption {
  none,
  switching,
  rank,
  weights,
  /** A reference, and a weight for each atom where there are some. */
  reference,
  /** How sharp a minimum is, and references. */
  references,
  /** A reference, or three places as one more group of atoms. */
  frame,
  /** Miller indices of planes. */
  indices,
  /** A switching function with a cutoff, the degree of spherical harmonics, and a statistic of the atoms. */
  harmonics,
  /** One or several, which `expect` of the kind knows. */
  own
};

/** In place of a number of atoms. */
constexpr std::size_t pairsOfAtoms = static_cast<std::size_t>(-1);
/** In place of a number of atoms: one group, of any size. */
constexpr std::size_t groupOfAtoms = static_cast<std::size_t>(-2);
/** In place of a number of atoms: two rings, each in the order of its bonds. */
constexpr std::size_t twoRings = static_cast<std::size_t>(-3);
/** In place of a number of atoms: donors, a hydrogen of each, and acceptors. */
constexpr std::size_t hydrogenBonds = static_cast<std::size_t>(-4);
/** In place of a number of atoms: one group, or none. */
constexpr std::size_t groupOrNone = static_cast<std::size_t>(-5);
/** In place of a number of atoms: centres, and behind them up to two groups of neighbours; each may be empty. */
constexpr std::size_t centresOfAtoms = static_cast<std::size_t>(-6);

/** A kind of descriptor: the word that starts its line, what follows, and what evaluates it. */
struct DescriptorKind {
  const char* name;
  /** How many atoms it takes; `pairsOfAtoms` where it takes pairs within a group, or across two. */
  std::size_t atoms;
  DescriptorOption option;
  /** An angle from −π to π. */
  bool periodic;
  std::unique_ptr<DescriptorBlock> (*make)(const std::vector<DescriptorLine>& lines);
  /** Throws Malformed where the options of a line are not those of the kind; there where they are its `own`. */
  void (*expect)(const DescriptorLine& line) = nullptr;
};

/** Distance between two atoms. Its derivative at distance zero, where it has none, is taken as zero. */
std::unique_ptr<DescriptorBlock> makeDistances(const std::vector<DescriptorLine>& lines);

/**
 * Components of the minimum image from the first atom to the second: Cartesian, so they turn with the system.
 */
std::unique_ptr<DescriptorBlock> makeDistancesX(const std::vector<DescriptorLine>& lines);
std::unique_ptr<DescriptorBlock> makeDistancesY(const std::vector<DescriptorLine>& lines);
std::unique_ptr<DescriptorBlock> makeDistancesZ(const std::vector<DescriptorLine>& lines);

/** 1/distance. Two atoms in one place are an Error. */
std::unique_ptr<DescriptorBlock> makeInverseDistances(const std::vector<DescriptorLine>& lines);

/** Angle at the second of three atoms. Its derivative is taken as zero where they lie exactly in line. */
std::unique_ptr<DescriptorBlock> makeAngles(const std::vector<DescriptorLine>& lines);

/**
 * Torsion of four atoms by the IUPAC sign, from −π to π; or its sine, or its cosine. Where three atoms lie in
 * line, so that it has no value, it is taken as zero, and its derivative too.
 */
std::unique_ptr<DescriptorBlock> makeTorsions(const std::vector<DescriptorLine>& lines);
std::unique_ptr<DescriptorBlock> makeTorsionSines(const std::vector<DescriptorLine>& lines);
std::unique_ptr<DescriptorBlock> makeTorsionCosines(const std::vector<DescriptorLine>& lines);

/** A switching function of one distance. */
std::unique_ptr<DescriptorBlock> makeContacts(const std::vector<DescriptorLine>& lines);

/** The sum of a switching function over all pairs within a group or across two. */
std::unique_ptr<DescriptorBlock> makeCoordinations(const std::vector<DescriptorLine>& lines);

/**
 * A statistic of the coordination numbers that the first group's atoms have by a switching function with a cutoff (see
 * AtomStatistic).
 */
std::unique_ptr<DescriptorBlock> makeCoordinationNumbers(const std::vector<DescriptorLine>& lines);
void expectCoordinationNumbers(const DescriptorLine& line);

/**
 * A bin of a radial distribution function, and the two-body excess entropy per atom of the first group, in k_B (see
 * PairDistribution). No periodic box is an Error.
 */
std::unique_ptr<DescriptorBlock> makeRadialDistributions(const std::vector<DescriptorLine>& lines);
std::unique_ptr<DescriptorBlock> makePairEntropies(const std::vector<DescriptorLine>& lines);
void expectDistanceGrid(const DescriptorLine& line);

/** Scattering by Debye's formula at one q (Niu, Piaggi, Invernizzi & Parrinello 2018, doi:10.1073/pnas.1803919115). */
std::unique_ptr<DescriptorBlock> makeDebyeScatterings(const std::vector<DescriptorLine>& lines);
void expectDebye(const DescriptorLine& line);

/**
 * A component of a permutation invariant vector (Gallet & Pietrucci 2013, doi:10.1063/1.4818005): a switching function of the
 * distance of this rank among all pairs, which is scaled by the cubic root of a volume over that of the box, where one is given; no
 * periodic box is an Error then.
 */
std::unique_ptr<DescriptorBlock> makePivs(const std::vector<DescriptorLine>& lines);
void expectPiv(const DescriptorLine& line);

/**
 * A statistic of how alike the environments of the first group's atoms are to those of a lattice (Piaggi & Parrinello 2019,
 * doi:10.1063/1.5102104): 1/n Σ exp(−|r − r'|²/(4 σ²)), r the vectors to neighbours and r' the n vectors of an environment;
 * the smooth maximum ln(Σ exp(λ k))/λ where there are several.
 */
std::unique_ptr<DescriptorBlock> makeSimilarities(const std::vector<DescriptorLine>& lines);
void expectSimilarity(const DescriptorLine& line);

/**
 * The mean over centres of a component of the power spectrum of their neighbours' smoothed densities (Bartók, Kondor & Csányi 2013,
 * doi:10.1103/PhysRevB.87.184115), or that of the mean density, in the basis and units of DScribe (see GaussianBasis), Å³. Of three
 * groups, the second's density with the third's; a centre that is one of them is in its own density.
 */
std::unique_ptr<DescriptorBlock> makeSoaps(const std::vector<DescriptorLine>& lines);
void expectSoap(const DescriptorLine& line);

/**
 * The mean over centres of a radial or an angular symmetry function of their neighbours (Behler 2011, doi:10.1063/1.3553717). Of
 * three groups, of each pair of a neighbour in the second with one in the third.
 */
std::unique_ptr<DescriptorBlock> makeAcsfs(const std::vector<DescriptorLine>& lines);
void expectAcsf(const DescriptorLine& line);

/** The distance of this rank (0: the smallest) among all pairs within a group or across two. */
std::unique_ptr<DescriptorBlock> makeSortedDistances(const std::vector<DescriptorLine>& lines);

/**
 * A coordinate of an atom in a frame. After the best superposition of a group onto a reference structure it is that of this
 * structure: R (x − centre) + the reference's centre, centres and fit by the reference's weights. In a
 * periodic box the group is first made whole along the shortest tree that joins the reference's atoms, so
 * each of its bonds must be shorter than half the box; an atom that is none of the group is taken at the image
 * nearest to its centre. Atoms that no single rotation fits best are an Error. Or the frame is that of three places (see
 * ThreeCentres), and the atom at the image nearest to the first; three in line are an Error.
 */
std::unique_ptr<DescriptorBlock> makeAlignedPositions(const std::vector<DescriptorLine>& lines);

/**
 * A direction cosine of the axis from one atom to another in such a frame; zero, and its derivative too, for two atoms in
 * one place.
 */
std::unique_ptr<DescriptorBlock> makeDirections(const std::vector<DescriptorLine>& lines);

/**
 * Of the first of three atoms: how deep it is along the axis from the second to the third, seen from the second, and how
 * far from that axis. Its derivative is taken as zero where it lies on the axis, or the axis has no direction.
 */
std::unique_ptr<DescriptorBlock> makeAxisCoordinates(const std::vector<DescriptorLine>& lines);

/**
 * Root mean square deviation of atoms from their places in a reference structure, after the best superposition
 * of the atoms that have a weight there: see makeAlignedPositions. Where it is zero, its derivative is taken as zero. Of
 * several references, the smooth minimum −ln(Σ exp(−β d))/β.
 */
std::unique_ptr<DescriptorBlock> makeRmsds(const std::vector<DescriptorLine>& lines);

/**
 * Radius of gyration by weights, of a group made whole as PLUMED does (see WholeGroup). Where it is zero, its
 * derivative is taken as zero.
 */
std::unique_ptr<DescriptorBlock> makeGyrations(const std::vector<DescriptorLine>& lines);

/**
 * A sum over hydrogen bonds D–H…A of a switching function of |HA| times cos⁴ of the angle at H, 0 up to 90°. A hydrogen in the
 * place of its donor or acceptor is an Error.
 */
std::unique_ptr<DescriptorBlock> makeHydrogenBonds(const std::vector<DescriptorLine>& lines);

/**
 * Distance of two rings' centres, cosine between their normals (see Ring) and its square, height of the second's centre along
 * the first's normal, and its offset across. Atoms of a ring in line are an Error.
 */
std::unique_ptr<DescriptorBlock> makeRings(const std::vector<DescriptorLine>& lines);

/**
 * A coordinate of an atom as it is. In a periodic box the atoms are first made whole as PLUMED does: each is
 * taken to the image next to the atom before it, in the order of the lines.
 */
std::unique_ptr<DescriptorBlock> makePositions(const std::vector<DescriptorLine>& lines);

/** A component of a box vector: `box-bx` is the x of the second. No periodic box is an Error. */
std::unique_ptr<DescriptorBlock> makeBoxVectors(const std::vector<DescriptorLine>& lines);

/** The volume of the box, by atom where there is a group. No periodic box is an Error. */
std::unique_ptr<DescriptorBlock> makeVolumes(const std::vector<DescriptorLine>& lines);

/** Lengths of the box's edges, and the angles between them. No periodic box is an Error. */
std::unique_ptr<DescriptorBlock> makeCells(const std::vector<DescriptorLine>& lines);

/**
 * √(C² + S²)/N with the sums C and S of cosines and sines of 2π (h a + k b + l c) over the fractional coordinates of N atoms; the
 * mean of that over several planes hkl of the box. Nothing of it is by the box. Where it is 0, its derivative, of which it has
 * none, is taken as zero. No periodic box is an Error.
 */
std::unique_ptr<DescriptorBlock> makeBraggs(const std::vector<DescriptorLine>& lines);

/**
 * A statistic of the atoms' bond order parameters q_l (Steinhardt, Nelson & Ronchetti 1983, doi:10.1103/PhysRevB.28.784), or of
 * those averaged over neighbours (Lechner & Dellago 2008, doi:10.1063/1.2977970): neighbours weigh by a switching function. An
 * atom without any is an Error.
 */
std::unique_ptr<DescriptorBlock> makeSteinhardts(const std::vector<DescriptorLine>& lines);

}  // namespace latentcv
