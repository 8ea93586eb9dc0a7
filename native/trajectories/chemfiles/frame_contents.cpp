#include "chemfiles/frame_contents.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "text/title_time.h"

namespace latentcv {
namespace {

constexpr double notTold = std::numeric_limits<double>::quiet_NaN();

chfl::Owned<chfl::Property> property(const chfl::Frame* frame, const char* name) {
  return chfl::Owned<chfl::Property>(chfl::function<chfl::frame_get_property>()(frame, name));
}

/**
 * Whether chemfiles has made a residue by the symmetry that an MMTF file tells of its biological assembly.
 */
bool isCopy(const chfl::Residue* residue) {
  const chfl::Owned<chfl::Property> index(
      chfl::function<chfl::residue_get_property>()(residue, "chainindex"));
  double place = 0;
  return index && chfl::function<chfl::property_get_double>()(index.get(), &place) == 0 && place < 0;
}

/** How many of a frame's atoms are the file's own: copies that symmetry makes come behind them. */
std::size_t ownAtoms(const chfl::Frame* frame, std::size_t atoms) {
  const auto topology = chfl::make<chfl::topology_from_frame>(frame);
  chfl::Count residues = 0;
  chfl::call<chfl::topology_residues_count>(static_cast<const chfl::Topology*>(topology.get()), &residues);
  std::size_t own = atoms;
  // the last residue is one of the copies, if there are any
  for (chfl::Count i = residues; i > 0; --i) {
    const auto residue = chfl::make<chfl::residue_from_topology>(
        static_cast<const chfl::Topology*>(topology.get()), chfl::Count{i - 1});
    if (!isCopy(residue.get())) break;
    chfl::Count size = 0;
    chfl::call<chfl::residue_atoms_count>(static_cast<const chfl::Residue*>(residue.get()), &size);
    own -= std::min(own, static_cast<std::size_t>(size));
  }
  return own;
}

}  // namespace

const chfl::Vector3d* positionsOf(chfl::Frame* frame, std::size_t& count) {
  chfl::Vector3d* positions = nullptr;
  chfl::Count size = 0;
  chfl::call<chfl::frame_positions>(frame, &positions, &size);
  count = ownAtoms(frame, static_cast<std::size_t>(size));
  return positions;
}

bool boxOf(chfl::Frame* frame, double perNanometre, std::array<double, 9>& rows) {
  const auto cell = chfl::make<chfl::cell_from_frame>(frame);
  chfl::Vector3d columns[3];  // theirs has the box vectors as columns
  chfl::call<chfl::cell_matrix>(static_cast<const chfl::UnitCell*>(cell.get()), columns);
  double longest = 0;
  for (const auto& row : columns)
    for (const double value : row) longest = std::max(longest, std::abs(value));
  // cosines of right angles come as 6e-17
  const double noise = 1e-14 * longest;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      rows[3 * i + j] = std::abs(columns[j][i]) > noise ? columns[j][i] / perNanometre : 0.0;
  return longest > 0;
}

bool hasPositions(const chfl::Frame* frame) {
  bool has = true;
  if (const auto told = property(frame, "has_positions"))
    chfl::call<chfl::property_get_bool>(static_cast<const chfl::Property*>(told.get()), &has);
  return has;
}

double timeOf(const chfl::Frame* frame) {
  double time = notTold;
  if (const auto told = property(frame, "time");
      told && chfl::function<chfl::property_get_double>()(told.get(), &time) == 0)
    return time;
  char title[256] = {};
  if (const auto name = property(frame, "name");
      name && chfl::function<chfl::property_get_string>()(name.get(), title, sizeof title) == 0)
    return timeInTitle(title);
  return notTold;
}

}  // namespace latentcv
