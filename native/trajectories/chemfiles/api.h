#pragma once

#include <cstdint>

// chemfiles' C API (version 0.10) as far as we call it, so that no header of theirs is needed to build. The C
// API is documented and stable within 0.10.

// Opaque objects, named as theirs.
namespace chemfiles {
class Trajectory;
class Frame;
class Atom;
class UnitCell;
class Topology;
class Residue;
class Property;
}  // namespace chemfiles

namespace latentcv {
namespace chfl {

using chemfiles::Atom;
using chemfiles::Frame;
using chemfiles::Property;
using chemfiles::Residue;
using chemfiles::Topology;
using chemfiles::Trajectory;
using chemfiles::UnitCell;

using Status = int;  // 0: success
using Vector3d = double[3];
using Count = std::uint64_t;

/** A function of the library: its name and its type. */
#define LATENTCV_CHFL(result, name, ...)                 \
  struct name {                                          \
    using Function = result (*)(__VA_ARGS__);            \
    static constexpr const char* symbol = "chfl_" #name; \
  };

LATENTCV_CHFL(const char*, version)
LATENTCV_CHFL(const char*, last_error)
LATENTCV_CHFL(Status, set_warning_callback, void (*)(const char*))
LATENTCV_CHFL(Status, guess_format, const char* path, char* format, Count size)
LATENTCV_CHFL(void, free, const void*)

LATENTCV_CHFL(Trajectory*, trajectory_with_format, const char* path, char mode, const char* format)
LATENTCV_CHFL(Status, trajectory_read_step, Trajectory*, Count step, Frame*)
LATENTCV_CHFL(Status, trajectory_nsteps, Trajectory*, Count*)
LATENTCV_CHFL(void, trajectory_close, const Trajectory*)

LATENTCV_CHFL(Frame*, frame)
LATENTCV_CHFL(Status, frame_positions, Frame*, Vector3d**, Count* size)
LATENTCV_CHFL(Status, frame_step, const Frame*, Count*)
LATENTCV_CHFL(Property*, frame_get_property, const Frame*, const char* name)

LATENTCV_CHFL(Status, property_get_bool, const Property*, bool*)
LATENTCV_CHFL(Status, property_get_double, const Property*, double*)
LATENTCV_CHFL(Status, property_get_string, const Property*, char*, Count size)

LATENTCV_CHFL(Atom*, atom_from_frame, Frame*, Count index)
LATENTCV_CHFL(Status, atom_name, const Atom*, char*, Count size)
LATENTCV_CHFL(Status, atom_type, const Atom*, char*, Count size)
LATENTCV_CHFL(Status, atom_mass, const Atom*, double*)

LATENTCV_CHFL(const Topology*, topology_from_frame, const Frame*)
LATENTCV_CHFL(Status, topology_residues_count, const Topology*, Count*)
LATENTCV_CHFL(const Residue*, residue_from_topology, const Topology*, Count)
LATENTCV_CHFL(Status, residue_name, const Residue*, char*, Count size)
LATENTCV_CHFL(Status, residue_id, const Residue*, std::int64_t*)
LATENTCV_CHFL(Status, residue_atoms_count, const Residue*, Count*)
LATENTCV_CHFL(Status, residue_atoms, const Residue*, Count* atoms, Count count)
LATENTCV_CHFL(Property*, residue_get_property, const Residue*, const char* name)
LATENTCV_CHFL(Status, topology_bonds_count, const Topology*, Count*)
LATENTCV_CHFL(Status, topology_bonds, const Topology*, Count (*)[2], Count)

LATENTCV_CHFL(UnitCell*, cell_from_frame, Frame*)
LATENTCV_CHFL(Status, cell_matrix, const UnitCell*, Vector3d*)

#undef LATENTCV_CHFL

}  // namespace chfl
}  // namespace latentcv
