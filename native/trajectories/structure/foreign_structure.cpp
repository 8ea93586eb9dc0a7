#include "structure/foreign_structure.h"

#include <algorithm>

#include "chemfiles/frame_contents.h"
#include "chemfiles/library.h"
#include "chemfiles/open.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

chfl::Owned<chfl::Frame> firstFrame(const TrajectorySource& source, const std::string& format) {
  const auto trajectory = openTrajectory(source.path, format, source.path);
  auto frame = chfl::make<chfl::frame>();
  if (chfl::function<chfl::trajectory_read_step>()(trajectory.get(), 0, frame.get()) == 0) return frame;
  throw Error(ErrorCode::badData, source.path + ", frame 0: " + chfl::function<chfl::last_error>()());
}

std::string textOf(const chfl::Residue* residue, const char* key) {
  const chfl::Owned<chfl::Property> told(chfl::function<chfl::residue_get_property>()(residue, key));
  char text[64] = {};
  if (told && chfl::function<chfl::property_get_string>()(told.get(), text, sizeof text) == 0) return text;
  return "";
}

/** What a residue's atoms have in common. */
struct ResidueText {
  std::string name, chain, segment, insertionCode;
  double id = std::numeric_limits<double>::quiet_NaN();
};

ResidueText describe(const chfl::Residue* residue) {
  ResidueText text;
  text.name = chfl::text<chfl::residue_name>(residue);
  // the keys of chemfiles' formats
  for (const char* key : {"chainname", "chainid"})
    if (text.chain.empty()) text.chain = textOf(residue, key);
  text.segment = textOf(residue, "segname");
  text.insertionCode = textOf(residue, "insertion_code");
  std::int64_t id = 0;
  if (chfl::function<chfl::residue_id>()(residue, &id) == 0) text.id = static_cast<double>(id);
  return text;
}

/** Residues by atom; null for an atom that is in none. */
std::vector<const ResidueText*> residuesByAtom(const chfl::Topology* topology, std::size_t atoms,
                                               std::vector<ResidueText>& residues) {
  chfl::Count count = 0;
  chfl::call<chfl::topology_residues_count>(topology, &count);
  residues.resize(static_cast<std::size_t>(count));
  std::vector<const ResidueText*> of(atoms);
  for (chfl::Count i = 0; i < count; ++i) {
    const auto residue = chfl::make<chfl::residue_from_topology>(topology, i);
    const auto at = static_cast<std::size_t>(i);
    residues[at] = describe(residue.get());
    chfl::Count size = 0;
    chfl::call<chfl::residue_atoms_count>(residue.get(), &size);
    std::vector<chfl::Count> members(static_cast<std::size_t>(size));
    chfl::call<chfl::residue_atoms>(residue.get(), members.data(), size);
    for (const chfl::Count member : members)
      if (member < atoms) of[static_cast<std::size_t>(member)] = &residues[at];
  }
  return of;
}

void readAtoms(chfl::Frame* frame, const chfl::Topology* topology, std::size_t count, AtomTable& atoms) {
  std::vector<ResidueText> residues;
  const auto of = residuesByAtom(topology, count, residues);
  for (std::size_t i = 0; i < count; ++i) {
    const auto atom = chfl::make<chfl::atom_from_frame>(frame, chfl::Count{i});
    const chfl::Atom* constant = atom.get();
    const std::string name = chfl::text<chfl::atom_name>(constant),
                      type = chfl::text<chfl::atom_type>(constant);
    atoms.add(name, type);
    // of an atom whose type is but its name, chemfiles guesses the mass by it: CA is calcium then
    if (type != name) chfl::call<chfl::atom_mass>(constant, &atoms.masses.back());
    if (!of[i]) continue;
    atoms.setResidue(of[i]->name, of[i]->id, of[i]->insertionCode);
    atoms.setChain(of[i]->chain, of[i]->segment);
  }
}

void readBonds(const chfl::Topology* topology, std::size_t atoms, Structure& structure) {
  chfl::Count count = 0;
  chfl::call<chfl::topology_bonds_count>(topology, &count);
  if (count == 0) return;
  const auto rows = std::make_unique<chfl::Count[][2]>(static_cast<std::size_t>(count));
  chfl::call<chfl::topology_bonds>(topology, rows.get(), count);
  for (std::size_t i = 0; i < count; ++i)
    if (std::max(rows[i][0], rows[i][1]) < atoms)
      structure.bonds.push_back(
          {static_cast<std::uint32_t>(rows[i][0]), static_cast<std::uint32_t>(rows[i][1])});
}

}  // namespace

Structure readForeignStructure(const TrajectorySource& source, const std::string& format,
                               double perNanometre) {
  Structure structure;
  const auto frame = firstFrame(source, format);
  std::size_t count = 0;
  const chfl::Vector3d* positions = positionsOf(frame.get(), count);
  for (std::size_t i = 0; i < count; ++i)
    for (const double coordinate : positions[i]) structure.positions.push_back(coordinate / perNanometre);
  // a topology: chemfiles puts all its atoms at the origin
  if (count > 1 && std::all_of(structure.positions.begin(), structure.positions.end(),
                               [](double coordinate) { return coordinate == 0; }))
    structure.positions.clear();
  const auto topology = chfl::make<chfl::topology_from_frame>(static_cast<const chfl::Frame*>(frame.get()));
  readAtoms(frame.get(), topology.get(), count, structure.atoms);
  readBonds(topology.get(), count, structure);
  structure.hasBox = boxOf(frame.get(), perNanometre, structure.box);
  return structure;
}

}  // namespace latentcv
