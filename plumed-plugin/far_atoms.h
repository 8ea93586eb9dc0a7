/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#pragma once

#include <string>
#include <vector>

#include "latentcv/look_stride.h"
#include "latentcv/model.h"
#include "plumed-plugin/length_unit.h"
#include "tools/AtomNumber.h"

namespace PLMD {
namespace latentcv_plugin {

/**
 * When all atoms are requested, of a model that may leave out those that are far, as PLUMED's COORDINATION does with NLIST: at
 * some steps, and in between the near ones alone. What it lets through it proves at the next such step, or stops the run.
 */
class FarAtoms {
 public:
  /** NL_STRIDE (0: as motion lets it) and NL_SKIN (in nm, 0: the model's choice). */
  FarAtoms(latentcv::Model& model, const std::vector<AtomNumber>& atoms, long long stride, double skin,
           const LengthUnit& unit);

  /** Whether this step needs all. Throws latentcv::Error where exchange comes between two such steps. */
  bool needsAll(long long step, bool exchange) const;

  /** The near ones, for the steps up to the next that needs all. */
  std::vector<AtomNumber> near() const;

  /** After an evaluation with all atoms. Throws latentcv::Error where steps before it may have lacked one. */
  void looked(long long step, bool exchange);

  /** After an evaluation with the near ones. Throws latentcv::Error where it may have lacked one. */
  void followed(long long step);

  /** Whether so few are far that it is not worth the while; after the first look. */
  bool pointless() const;

  /** A line for the log, before the first step; and one after the first look. */
  std::string describe() const;
  std::string describeFirstLook() const;
  /** And one at the end; empty before the first step. */
  std::string summary() const;

 private:
  [[noreturn]] void tooFar(long long step) const;
  std::string length(double nanometres) const;

  latentcv::Descriptors& descriptors_;
  std::vector<AtomNumber> atoms_;
  LengthUnit unit_;
  long long fixed_;
  latentcv::LookStride stride_;
  bool known_ = false;  // where atoms were at the last look of this replica
  long long lastLook_ = 0, followed_ = 0;
  long long looks_ = 0, steps_ = 0;
  double mostUsed_ = 0;
};

}  // namespace latentcv_plugin
}  // namespace PLMD
