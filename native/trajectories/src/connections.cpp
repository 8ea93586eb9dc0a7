#include "connections.h"

namespace latentcv {
namespace {

template <typename CountOf, typename Read, std::size_t width>
std::vector<std::uint32_t> read(const chfl::Topology* topology) {
  chfl::Count count = 0;
  chfl::call<CountOf>(topology, &count);
  std::vector<std::uint32_t> atoms;
  if (count == 0) return atoms;
  const auto rows = std::make_unique<chfl::Count[][width]>(static_cast<std::size_t>(count));
  chfl::call<Read>(topology, rows.get(), count);
  for (std::size_t i = 0; i < count; ++i)
    for (const chfl::Count atom : rows[i]) atoms.push_back(static_cast<std::uint32_t>(atom));
  return atoms;
}

}  // namespace

Connections connectionsOf(const chfl::Frame* frame) {
  const auto topology = chfl::make<chfl::topology_from_frame>(frame);
  return {read<chfl::topology_bonds_count, chfl::topology_bonds, 2>(topology.get()),
          read<chfl::topology_angles_count, chfl::topology_angles, 3>(topology.get()),
          read<chfl::topology_dihedrals_count, chfl::topology_dihedrals, 4>(topology.get())};
}

}  // namespace latentcv
