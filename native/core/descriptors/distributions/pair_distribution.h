#pragma once

#include <vector>

#include "descriptors/near/neighbour_vectors.h"

namespace latentcv {

/** Distances k · rmax/bins (k from 0 to bins) at which pairs are counted with Gaussians of width sigma. */
struct DistanceGrid {
  double rmax, sigma;
  std::size_t bins;
  /** In place of 0: that of the first point, in spacings. */
  double offset = 0;

  double spacing() const { return rmax / static_cast<double>(bins); }
  double at(std::size_t k) const { return (static_cast<double>(k) + offset) * spacing(); }
};

/**
 * The radial distribution function of pairs within a group, or of an atom of one group with one of another, smoothed by a Gaussian:
 * g(r) = V/(4 π r² N_A N_B) Σ exp(−(r − r_ij)²/(2 σ²))/√(2 π σ²), each pair counted both ways within one group, as Piaggi,
 * Valsson & Parrinello (2017, doi:10.1103/PhysRevLett.119.015701) and PLUMED's RDF have it. There must be a periodic box.
 */
class PairDistribution {
 public:
  /** At so many points of the grid. `name` is the descriptor's, for messages. */
  PairDistribution(const std::vector<AtomIndices>& groups, const DistanceGrid& grid, std::size_t points,
                   const std::string& name);

  /** g at each point of the grid, 0 where that is at distance 0. Throws Error where there is no box. */
  const std::vector<double>& evaluate(const double* positions, const Box& box);

  double volume() const { return volume_; }
  std::size_t firstAtoms() const { return neighbours_.firstAtoms(); }
  std::size_t secondAtoms() const { return neighbours_.secondAtoms(); }

  /** Adds Σ slopes [points] · g, by atoms and box; `byVolume` is what else grows with the logarithm of the volume. */
  void pullBack(const std::vector<double>& slopes, double byVolume, double* gradient,
                double* boxGradient) const;

 private:
  struct Range {
    std::size_t first, end;
  };
  /** Of a pair at the last evaluate: how its Gaussian starts, which exponentials cost. */
  struct Kept {
    Range near;
    double distance, x, value, factor;
  };
  Range pointsNear(double distance) const;
  /** From a distance to a point of the grid, in sigmas. */
  double distanceTo(std::size_t point, double distance) const {
    return ((static_cast<double>(point) + grid_.offset) * spacing_ - distance) * perSigma_;
  }
  void setFactors();

  DistanceGrid grid_;
  std::string name_;
  bool within_;
  NeighbourVectors neighbours_;
  double spacing_, perSpacing_, perSigma_;
  double reach_;  // in spacings
  double shrink_;
  std::vector<Kept> kept_;
  double volume_ = 0;
  std::vector<double> values_, factors_;
};

}  // namespace latentcv
