#include "five_atoms.h"

TEST_CASE("coordination is the sum of its contacts, an atom never with itself") {
  const auto contact = [](int i, int j) {
    return valueOf(("contact " + std::to_string(i) + " " + std::to_string(j) + " gaussian 0.5 0").c_str(),
                   positions);
  };
  CHECK(valueOf("coordination 0 1 / 2 3 gaussian 0.5 0", positions) ==
        near(contact(0, 2) + contact(0, 3) + contact(1, 2) + contact(1, 3), 1e-15));
  CHECK(valueOf("coordination 0 1 2 gaussian 0.5 0", positions) ==
        near(contact(0, 1) + contact(0, 2) + contact(1, 2), 1e-15));
  CHECK(valueOf("coordination 0 1 / 1 0 gaussian 0.5 0", positions) == near(2 * contact(0, 1), 1e-15));
}
