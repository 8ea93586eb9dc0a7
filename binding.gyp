# Builds the Node addon: the one that ships (scripts/parts/prebuilt.mjs) and, where none that ships fits, the one that
# scripts/install.mjs makes. Sources, flags and definitions are those of native/build.cjs, as for CMakeLists.txt.
{
  "targets": [
    {
      "target_name": "latentcv",
      "sources": ["<!@(node native/build.cjs sources)"],
      "include_dirs": [
        "native/core/include",
        "native/trajectories/include",
        "native/core",
        "native/trajectories",
        "native/third_party",
        "<!(node native/build.cjs node-addon-api)",
        "<!(node native/build.cjs node-api-headers)",
      ],
      "defines": ["<!@(node native/build.cjs addon-definitions)"],
      # what the headers of a Node would add where node-gyp is given some
      "cflags!": ["-O2"],
      "cflags_cc!": ["-fno-exceptions", "-fno-rtti", "-std=gnu++17", "-std=gnu++20"],
      "cflags_cc": [
        "-std=c++<!(node native/build.cjs standard)",
        "<!@(node native/build.cjs optimization)",
        "<!@(node native/build.cjs flags)",
      ],
      "ldflags": ["<!@(node native/build.cjs addon-link-flags)"],
      "libraries": ["-ldl"],
    }
  ]
}
