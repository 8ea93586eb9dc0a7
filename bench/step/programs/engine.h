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

/**
 * Atoms in a cubic box, the first of them, the molecule, close together; `walking` ones diffuse as water does. Or a crystal of so
 * many face-centred cubic cells along each edge, of four atoms each.
 */
struct System {
  std::size_t atoms = 0, molecule = 0;
  bool walking = false;
  std::size_t cells = 0;
};

/** Of argon where it melts at T* = 1: 1.006 atoms of σ = 0.3405 nm in σ³. */
constexpr double cellEdge = 0.5394;

inline double boxEdge(const System& system) {
  if (system.cells > 0) return cellEdge * static_cast<double>(system.cells);
  return std::max(3.0, std::cbrt(static_cast<double>(system.atoms) / 100));
}

inline double squaredDistance(const Coordinates& positions, std::size_t i, std::size_t j) {
  double sum = 0;
  for (std::size_t a = 0; a < 3; ++a) sum += std::pow(positions[3 * i + a] - positions[3 * j + a], 2);
  return sum;
}

/** Atoms at random, those of the molecule in a cube of 1.8 nm and, where there is room, 0.15 nm apart. */
inline Coordinates placeAtoms(const System& system) {
  std::mt19937_64 random(1);
  const double box = boxEdge(system), cube = 1.8;
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

/** The atoms at a few moments, each 0.01 nm or less from its place. */
inline std::vector<Coordinates> makeFrames(const System& system) {
  const Coordinates places = placeAtoms(system);
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> move(-0.01, 0.01);
  std::vector<Coordinates> frames(16, places);
  for (Coordinates& frame : frames)
    for (double& coordinate : frame) coordinate += move(random);
  return frames;
}

/**
 * A crystal whose atoms swing about their places, each in a way of its own: 100 steps, after which they are where they were. Its
 * amplitude is that of a tenth of the distance to the nearest atom, where crystals melt.
 */
inline std::vector<Coordinates> swingingCrystal(const System& system) {
  constexpr double places[4][3] = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}},
                   pi = 3.14159265358979;
  constexpr std::size_t period = 100;
  std::mt19937_64 random(4);
  std::uniform_real_distribution<double> phase(0, 2 * pi);
  // of each coordinate: a tenth of edge/√2, by √3, and √2 more than its root mean square
  const double amplitude = 0.1 * cellEdge / std::sqrt(3.0);
  std::vector<Coordinates> frames(period, Coordinates(3 * system.atoms));
  for (std::size_t atom = 0; atom < system.atoms; ++atom) {
    const std::size_t cell = atom / 4, n = system.cells, at[3] = {cell / (n * n), cell / n % n, cell % n};
    for (std::size_t c = 0; c < 3; ++c) {
      const double place = cellEdge * (static_cast<double>(at[c]) + places[atom % 4][c]),
                   start = phase(random);
      for (std::size_t i = 0; i < period; ++i)
        frames[i][3 * atom + c] = place + amplitude * std::sin(start + 2 * pi * static_cast<double>(i) /
                                                                           static_cast<double>(period));
    }
  }
  return frames;
}

/**
 * Frames to step through, over and over: those of makeFrames, of a crystal, or where atoms walk, 100 steps and the same way back. They walk as
 * water molecules of 300 K do in steps of 2 fs: with velocities of 0.37 nm/ps that forget in 17 fs, which is a diffusion of
 * 2.3e-3 nm²/ps. Behind the molecule every third atom walks, the oxygens; hydrogens, of which no input asks anything, stay.
 */
class Frames {
 public:
  explicit Frames(const System& system) {
    if (system.cells > 0)
      frames_ = swingingCrystal(system);
    else if (system.walking)
      walk(system);
    else
      frames_ = makeFrames(system);
  }

  std::size_t size() const { return frames_.empty() ? 2 * (ways_.size() - 1) : frames_.size(); }

  /** Holds until the next. */
  const Coordinates& at(std::size_t number) {
    const std::size_t i = number % size();
    if (!frames_.empty()) return frames_[i];
    const double* from = ways_[i < ways_.size() ? i : size() - i].data();
    for (std::size_t atom : walkers_) {
      double* to = now_.data() + 3 * atom;
      to[0] = from[0];
      to[1] = from[1];
      to[2] = from[2];
      from += 3;
    }
    return now_;
  }

 private:
  void walk(const System& system) {
    now_ = placeAtoms(system);
    for (std::size_t i = 0; i < system.atoms; ++i)
      if (i < system.molecule || (i - system.molecule) % 3 == 0) walkers_.push_back(i);
    std::mt19937_64 random(3);
    constexpr double timeStep = 0.002, speed = 0.37, kept = 0.886;  // exp(−timeStep/0.0166)
    std::normal_distribution<double> kick(0, speed);
    Coordinates way, velocities;
    for (std::size_t atom : walkers_)
      for (std::size_t a = 0; a < 3; ++a) {
        way.push_back(now_[3 * atom + a]);
        velocities.push_back(kick(random));
      }
    ways_.push_back(way);
    for (int step = 0; step < 100; ++step) {
      for (std::size_t i = 0; i < way.size(); ++i) {
        velocities[i] = kept * velocities[i] + std::sqrt(1 - kept * kept) * kick(random);
        way[i] += timeStep * velocities[i];
      }
      ways_.push_back(way);
    }
  }

  std::vector<Coordinates> frames_;
  std::vector<std::size_t> walkers_;
  std::vector<Coordinates> ways_;  // of the walkers alone, so that they stay in the processor's cache
  Coordinates now_;
};

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
    for (std::size_t a = 0; a < 3; ++a) box_[4 * a] = boxEdge(system);
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
