#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#define __PLUMED_WRAPPER_IMPLEMENTATION 1
#define __PLUMED_WRAPPER_LINK_RUNTIME 1
#define __PLUMED_HAS_DLOPEN 1
#include "plumed/wrapper/Plumed.h"

using Coordinates = std::vector<double>;  // [3 atoms], nm

/** Atoms in a cubic box, the first of them, the molecule, close together; `walking` ones diffuse as water does. */
struct System {
  std::size_t atoms = 0, molecule = 0;
  bool walking = false;
};

inline double boxEdge(std::size_t atoms) {
  return std::max(3.0, std::cbrt(static_cast<double>(atoms) / 100));
}

inline double squaredDistance(const Coordinates& positions, std::size_t i, std::size_t j) {
  double sum = 0;
  for (std::size_t a = 0; a < 3; ++a) sum += std::pow(positions[3 * i + a] - positions[3 * j + a], 2);
  return sum;
}

/** Atoms at random, those of the molecule in a cube of 1.8 nm and, where there is room, 0.15 nm apart. */
inline Coordinates placeAtoms(const System& system) {
  std::mt19937_64 random(1);
  const double box = boxEdge(system.atoms), cube = 1.8;
  Coordinates positions(3 * system.atoms);
  for (std::size_t i = 0; i < system.atoms; ++i) {
    const bool inside = i < system.molecule;
    std::uniform_real_distribution<double> place(inside ? (box - cube) / 2 : 0,
                                                 inside ? (box + cube) / 2 : box);
    bool free = false;
    for (int attempt = 0; !free && attempt < 10000; ++attempt) {
      for (std::size_t a = 0; a < 3; ++a) positions[3 * i + a] = place(random);
      free = true;
      for (std::size_t j = 0; inside && free && j < i; ++j) free = squaredDistance(positions, i, j) > 0.0225;
    }
  }
  return positions;
}

/**
 * A walk of 16 steps, and the same way back: so far that a list of neighbours with a skin of 0.16 nm is made anew every
 * eight steps, where water of 300 K lets it stand for some hundred steps of 2 fs.
 */
inline std::vector<Coordinates> makeWalk(const Coordinates& places) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> move(0, 0.01);
  std::vector<Coordinates> frames(32, places);
  for (std::size_t step = 1; step <= 16; ++step)
    for (std::size_t i = 0; i < places.size(); ++i) frames[step][i] = frames[step - 1][i] + move(random);
  for (std::size_t step = 17; step < 32; ++step) frames[step] = frames[32 - step];
  return frames;
}

/** The atoms at a few moments, each 0.01 nm or less from its place; or walking. */
inline std::vector<Coordinates> makeFrames(const System& system) {
  const Coordinates places = placeAtoms(system);
  if (system.walking) return makeWalk(places);
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> move(-0.01, 0.01);
  std::vector<Coordinates> frames(16, places);
  for (Coordinates& frame : frames)
    for (double& coordinate : frame) coordinate += move(random);
  return frames;
}

inline double threadMicroseconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e6 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_nsec);
}

/** A PLUMED with an input, as an MD engine runs it. */
class Engine {
 public:
  Engine(const std::string& file, const System& system)
      : masses_(system.atoms, 12), charges_(system.atoms, 0), forces_(3 * system.atoms, 0) {
    const int realPrecision = 8, atoms = static_cast<int>(system.atoms);
    const double unit = 1, temperature = 2.5, timeStep = 0.002;
    plumed_.cmd("setRealPrecision", &realPrecision);
    plumed_.cmd("setMDLengthUnits", &unit);
    plumed_.cmd("setMDTimeUnits", &unit);
    plumed_.cmd("setMDEnergyUnits", &unit);
    plumed_.cmd("setMDEngine", "latentcv_bench");
    plumed_.cmd("setKbT", &temperature);
    plumed_.cmd("setTimestep", &timeStep);
    plumed_.cmd("setNatoms", &atoms);
    plumed_.cmd("setLogFile", "/dev/null");
    plumed_.cmd("setPlumedDat", file.c_str());
    plumed_.cmd("init");
    for (std::size_t a = 0; a < 3; ++a) box_[4 * a] = boxEdge(system.atoms);
  }

  /** Adds to forces and virial. */
  void step(long number, const Coordinates& positions) {
    plumed_.cmd("setStepLong", &number);
    plumed_.cmd("setPositions", positions.data(), positions.size());
    plumed_.cmd("setMasses", masses_.data(), masses_.size());
    plumed_.cmd("setCharges", charges_.data(), charges_.size());
    plumed_.cmd("setBox", box_.data(), box_.size());
    plumed_.cmd("setForces", forces_.data(), forces_.size());
    plumed_.cmd("setVirial", virial_.data(), virial_.size());
    plumed_.cmd("calc");
  }

  double bias() {
    double bias;
    plumed_.cmd("getBias", &bias);
    return bias;
  }
  const Coordinates& forces() const { return forces_; }
  const std::array<double, 9>& virial() const { return virial_; }

 private:
  PLMD::Plumed plumed_;
  std::vector<double> masses_, charges_;
  Coordinates forces_;
  std::array<double, 9> box_{}, virial_{};
};
