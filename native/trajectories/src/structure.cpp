#include "latentcv/structure.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

#include "chemfiles_library.h"
#include "connections.h"
#include "formats/format.h"
#include "frame_contents.h"
#include "frame_file.h"
#include "latentcv/error.h"
#include "open_trajectory.h"
#include "structure_frame.h"
#include "structure_text.h"

namespace latentcv {
namespace {

void expectAtoms(const std::vector<std::uint32_t>& atoms, std::size_t count) {
  for (const std::uint32_t atom : atoms)
    if (atom >= count)
      throw Error(ErrorCode::badArgument,
                  "expected atoms below " + std::to_string(count) + " but received " + std::to_string(atom));
}

void expectOnePerAtom(const char* what, std::size_t atoms, std::size_t received) {
  if (received != atoms)
    throw Error(ErrorCode::badArgument, "expected " + std::to_string(atoms) + " " + what +
                                            ", one per atom, but received " + std::to_string(received));
}

/** The first frame of a file, as chemfiles reads it. */
chfl::Owned<chfl::Frame> firstFrame(const TrajectorySource& source, const std::string& format) {
  const auto trajectory = openTrajectory(source.path, format, source.path);
  auto frame = chfl::make<chfl::frame>();
  if (chfl::function<chfl::trajectory_read_step>()(trajectory.get(), 0, frame.get()) == 0) return frame;
  throw Error(ErrorCode::badData, source.path + ", frame 0: " + chfl::function<chfl::last_error>()());
}

/** Names, and nothing but a place for each atom where the format has none. */
StructureText namesOf(const std::string& format, const BinaryFile& bytes, const FrameFile& file,
                      std::size_t frame) {
  const FramePlace& place = file.index()->place(frame);
  StructureText text = readStructureText(format, bytes, place);
  const std::uint64_t atoms = file.namelessAtoms(place);
  for (std::uint64_t i = 0; i < atoms; ++i) text.add("", "");
  if (text.atoms.names.empty()) throw Error(ErrorCode::badData, "expected atoms but there are none");
  return text;
}

/** The first frame that can be read and has positions. */
Snapshot firstSnapshot(FrameFile& file, std::size_t& frame, const std::function<std::size_t()>& countAtoms) {
  for (;; ++frame) {
    Snapshot snapshot;
    std::vector<std::size_t> all(countAtoms());
    std::iota(all.begin(), all.end(), std::size_t{0});
    file.read(frame, {all, all.size()}, snapshot);
    if (snapshot.hasPositions) return snapshot;
  }
}

/** A name of a residue's chain, under the keys that chemfiles' formats use. */
std::string chainOf(const chfl::Residue* residue) {
  for (const char* key : {"chainname", "chainid", "segname"}) {
    const chfl::Owned<chfl::Property> told(chfl::function<chfl::residue_get_property>()(residue, key));
    char name[64] = {};
    if (told && chfl::function<chfl::property_get_string>()(told.get(), name, sizeof name) == 0 && *name)
      return name;
  }
  return "";
}

}  // namespace

struct Structure::Files {
  chfl::Owned<chfl::Frame> frame;
};

Structure::Structure(const TrajectorySource& source) : files_(std::make_unique<Files>()) {
  const std::string format = formatOf(source);
  TrajectorySource known = source;
  known.format = format;
  known.perNanometre = perNanometre_ = lengthsPerNanometre(known);
  if (formatNamed(format)) {
    readOwn(known);
    return;
  }
  files_->frame = firstFrame(source, format);
  readAtoms();
  readResidues();
  hasBox_ = boxOf(files_->frame.get(), perNanometre_, box_);
}

void Structure::readOwn(const TrajectorySource& source) {
  std::size_t frame = 0;
  try {
    const auto file = openFrames(source);
    if (file->index()->size() == 0) throw Error(ErrorCode::badData, "it has no frames");
    const BinaryFile bytes(source.path);
    StructureText text;
    const Snapshot snapshot = firstSnapshot(*file, frame, [&] {
      text = namesOf(source.format, bytes, *file, frame);
      return text.atoms.names.size();
    });
    atoms_ = text.atoms;
    positions_ = snapshot.positions;
    box_ = snapshot.box;
    hasBox_ = snapshot.hasBox;
    files_->frame = frameOf(text, positions_, perNanometre_);
    if (hasBox_) setCell(files_->frame.get(), box_, perNanometre_);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::badData) throw;
    throw Error(error.code(), source.path + ", frame " + std::to_string(frame) + ": " + error.what());
  }
}

Structure::~Structure() = default;

void Structure::readAtoms() {
  std::size_t count = 0;
  const chfl::Vector3d* positions = positionsOf(files_->frame.get(), count);
  for (std::size_t i = 0; i < count; ++i) {
    for (const double coordinate : positions[i]) positions_.push_back(coordinate / perNanometre_);
    const auto atom = chfl::make<chfl::atom_from_frame>(files_->frame.get(), chfl::Count{i});
    const chfl::Atom* constant = atom.get();
    atoms_.names.push_back(chfl::text<chfl::atom_name>(constant));
    atoms_.types.push_back(chfl::text<chfl::atom_type>(constant));
    atoms_.masses.push_back(0);
    // of an atom whose type is but its name, chemfiles guesses the mass by it: CA is calcium then
    if (atoms_.types.back() != atoms_.names.back())
      chfl::call<chfl::atom_mass>(constant, &atoms_.masses.back());
  }
  atoms_.residueNames.resize(count);
  atoms_.chains.resize(count);
  atoms_.residueIds.assign(count, std::numeric_limits<double>::quiet_NaN());
}

void Structure::readResidues() {
  const auto topology =
      chfl::make<chfl::topology_from_frame>(static_cast<const chfl::Frame*>(files_->frame.get()));
  chfl::Count residues = 0;
  chfl::call<chfl::topology_residues_count>(topology.get(), &residues);
  for (chfl::Count i = 0; i < residues; ++i) {
    const auto residue = chfl::make<chfl::residue_from_topology>(topology.get(), i);
    chfl::Count count = 0;
    chfl::call<chfl::residue_atoms_count>(residue.get(), &count);
    std::vector<chfl::Count> members(static_cast<std::size_t>(count));
    chfl::call<chfl::residue_atoms>(residue.get(), members.data(), count);
    const std::string name = chfl::text<chfl::residue_name>(residue.get()), chain = chainOf(residue.get());
    std::int64_t id = 0;
    const bool numbered = chfl::function<chfl::residue_id>()(residue.get(), &id) == 0;
    for (const chfl::Count member : members) {
      const auto atom = static_cast<std::size_t>(member);
      atoms_.residueNames[atom] = name;
      atoms_.chains[atom] = chain;
      if (numbered) atoms_.residueIds[atom] = static_cast<double>(id);
    }
  }
}

void Structure::define(const std::string& name, const std::vector<std::uint32_t>& atoms) {
  std::vector<bool> member(atoms_.names.size());
  expectAtoms(atoms, member.size());
  for (const std::uint32_t atom : atoms) member[atom] = true;
  for (std::size_t i = 0; i < member.size(); ++i) {
    const auto atom = chfl::make<chfl::atom_from_frame>(files_->frame.get(), chfl::Count{i});
    const auto value = chfl::make<chfl::property_bool>(static_cast<bool>(member[i]));
    chfl::call<chfl::atom_set_property>(atom.get(), name.c_str(),
                                        static_cast<const chfl::Property*>(value.get()));
  }
}

void Structure::setElements(const std::vector<std::string>& types, const std::vector<double>& masses) {
  expectOnePerAtom("types", atoms_.names.size(), types.size());
  expectOnePerAtom("masses", atoms_.names.size(), masses.size());
  for (std::size_t i = 0; i < atoms_.names.size(); ++i)
    setElement(files_->frame.get(), i, types[i], masses[i]);
}

std::vector<std::uint32_t> Structure::select(const std::string& text) const {
  try {
    const auto selection = chfl::make<chfl::selection>(text.c_str());
    chfl::Count size = 0, count = 0;
    chfl::call<chfl::selection_size>(static_cast<const chfl::Selection*>(selection.get()), &size);
    if (size != 1) throw Error(ErrorCode::badData, "it selects groups of atoms, not atoms");
    chfl::call<chfl::selection_evaluate>(selection.get(),
                                         static_cast<const chfl::Frame*>(files_->frame.get()), &count);
    std::vector<chfl::Match> matches(static_cast<std::size_t>(count));
    chfl::call<chfl::selection_matches>(static_cast<const chfl::Selection*>(selection.get()), matches.data(),
                                        count);
    std::vector<std::uint32_t> atoms;
    for (const chfl::Match& match : matches) atoms.push_back(static_cast<std::uint32_t>(match.atoms[0]));
    std::sort(atoms.begin(), atoms.end());
    return atoms;
  } catch (const Error& error) {
    throw Error(ErrorCode::badArgument, error.what());
  }
}

Connections Structure::bonds() const { return connectionsOf(files_->frame.get()); }

Connections Structure::guessBonds(const std::vector<std::uint32_t>& atoms,
                                  const std::vector<std::string>& elements) const {
  expectAtoms(atoms, std::min(atoms_.names.size(), positions_.size() / 3));
  expectOnePerAtom("elements", atoms.size(), elements.size());
  const auto part = chfl::make<chfl::frame>();
  const double still[3] = {0, 0, 0};
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const auto atom = chfl::make<chfl::atom>(elements[i].c_str());
    double position[3];
    for (std::size_t axis = 0; axis < 3; ++axis) position[axis] = 10 * positions_[3 * atoms[i] + axis];
    chfl::call<chfl::frame_add_atom>(part.get(), static_cast<const chfl::Atom*>(atom.get()), position, still);
  }
  if (hasBox_) setCell(part.get(), box_, 10);
  chfl::call<chfl::frame_guess_bonds>(part.get());
  Connections found = connectionsOf(part.get());
  for (auto* list : {&found.bonds, &found.angles, &found.torsions})
    for (std::uint32_t& atom : *list) atom = atoms[atom];
  return found;
}

}  // namespace latentcv
