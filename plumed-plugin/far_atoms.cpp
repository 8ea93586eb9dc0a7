/* +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
   Copyright (c) 2026 the latentcv authors

   This file is part of latentcv, a plugin of PLUMED, version 2.
   It is distributed under the MIT licence: see LICENSE at the root of the distribution.
+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++ */
#include "plumed-plugin/far_atoms.h"

#include <algorithm>
#include <sstream>

#include "latentcv/error.h"

namespace PLMD {
namespace latentcv_plugin {

using latentcv::Error;
using latentcv::ErrorCode;

FarAtoms::FarAtoms(latentcv::Model& model, const std::vector<AtomNumber>& atoms, long long stride,
                   double skin, const LengthUnit& unit)
    : descriptors_(*model.descriptors()), atoms_(atoms), unit_(unit), fixed_(stride), stride_(stride) {
  descriptors_.leaveOutFar(skin);
}

bool FarAtoms::needsAll(long long step, bool exchange) const {
  if (exchange && followed_ > 0)
    throw Error(ErrorCode::badArgument,
                "expected exchanges of replicas at steps at which all atoms are requested: an NL_STRIDE that "
                "divides the exchanges' stride, or NL_STRIDE=1");
  if (exchange || !known_ || step < lastLook_ || step - lastLook_ >= stride_.steps()) return true;
  if (fixed_ > 0 && step % fixed_ == 0) return true;
  return followed_ > 0 && descriptors_.skinUsed() > 0.5;
}

std::vector<AtomNumber> FarAtoms::near() const {
  std::vector<AtomNumber> near;
  near.reserve(descriptors_.near().size());
  for (std::size_t atom : descriptors_.near()) near.push_back(atoms_[atom]);
  return near;
}

void FarAtoms::looked(long long step, bool exchange) {
  const double used = descriptors_.skinUsed();
  ++looks_;
  ++steps_;
  if (followed_ > 0) {
    mostUsed_ = std::max(mostUsed_, used);
    if (used > 1) tooFar(step);
  }
  if (known_ && !exchange) stride_.measured(step - lastLook_, used);
  // positions that were tried of another replica say nothing of this one's next
  known_ = !exchange;
  lastLook_ = step;
  followed_ = 0;
}

void FarAtoms::followed(long long step) {
  ++followed_;
  ++steps_;
  if (descriptors_.skinUsed() > 1) tooFar(step);
}

void FarAtoms::tooFar(long long step) const {
  const latentcv::AtomMove farthest = descriptors_.farthestMove();
  const double half = descriptors_.skin() / 2;
  const bool byBox = farthest.distance <= half;
  std::ostringstream text;
  text << "expected no atom to go farther than half of NL_SKIN, " << length(half)
       << ", between two steps at which all are requested, but since step " << lastLook_ << " ";
  if (farthest.atom < atoms_.size())
    text << "atom " << atoms_[farthest.atom].serial();
  else
    text << "point " << farthest.atom - atoms_.size() + 1 << " of the model";
  text << " went " << length(farthest.distance) << (byBox ? " and the box changed much" : "")
       << ": values and forces after that step may lack an atom that came near. Go on from before it, with "
          "NL_STRIDE=1, which requests all at every step";
  const long long shorter = (step - lastLook_) / 4;
  if (shorter > 1) text << ", with NL_STRIDE=" << shorter << " or less";
  text << ", or with a wider NL_SKIN";
  throw Error(ErrorCode::badData, text.str());
}

bool FarAtoms::pointless() const { return descriptors_.near().size() > 3 * (atoms_.size() / 4); }

std::string FarAtoms::describe() const {
  std::ostringstream text;
  text << "between steps at which all are, atoms farther from what they pair with than DMAX and NL_SKIN ("
       << length(descriptors_.skin()) << ") are not requested; all are ";
  if (fixed_ > 0)
    text << "every " << fixed_ << (fixed_ == 1 ? " step" : " steps");
  else
    text << "after at most " << latentcv::LookStride::most
         << " steps, sooner as atoms move (NL_STRIDE=1: at every step)";
  text << ". The run stops where one went farther than half of NL_SKIN in between";
  return text.str();
}

std::string FarAtoms::describeFirstLook() const {
  std::ostringstream text;
  text << descriptors_.near().size() << " of " << atoms_.size() << " atoms are near or needed at all steps";
  return text.str();
}

std::string FarAtoms::summary() const {
  if (steps_ == 0) return "";
  std::ostringstream text;
  text.precision(2);
  text << "all atoms were requested at " << looks_ << " of " << steps_
       << " steps; the farthest that one went in between was " << mostUsed_ / 2
       << " of NL_SKIN, where a run stops at 0.5";
  return text.str();
}

std::string FarAtoms::length(double nanometres) const {
  std::ostringstream text;
  text.precision(3);
  text << nanometres / unit_.nanometres << " " << unit_.name;
  return text.str();
}

}  // namespace latentcv_plugin
}  // namespace PLMD
