#pragma once

#include <string>

namespace latentcv {

/**
 * Whether two names mean one atom of this residue in the conventions of PDB, AMBER, CHARMM, GROMOS and OPLS.
 */
bool sameAtomName(const std::string& a, const std::string& b, const std::string& residue);

/**
 * Whether two names mean one residue, in whichever state of protonation and at whichever end of the chain.
 */
bool sameResidueName(const std::string& a, const std::string& b);

}  // namespace latentcv
