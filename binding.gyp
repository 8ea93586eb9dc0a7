# Builds the Node addon alone, without CMake: npx node-gyp rebuild. CMakeLists.txt builds everything else.
{
  "targets": [
    {
      "target_name": "latentcv",
      "sources": ["native/addon/addon.cpp", "native/addon/trajectories.cpp",
                  "native/addon/whole_frames.cpp", "<!@(node native/dependencies.cjs sources)"],
      "include_dirs": [
        "native/core/include",
        "native/trajectories/include",
        "native/core",
        "native/trajectories",
        "native/third_party",
        "<!(node native/dependencies.cjs node-addon-api)",
      ],
      "defines": [
        "NAPI_VERSION=8",
        "NODE_ADDON_API_CPP_EXCEPTIONS",
        "LATENTCV_ONNXRUNTIME_LIBRARY=\"<!(node native/dependencies.cjs onnxruntime)\"",
      ],
      "cflags!": ["-O2"],
      "cflags_cc!": ["-fno-exceptions", "-fno-rtti", "-std=gnu++17", "-std=gnu++20"],
      "cflags_cc": ["-std=c++17", "-O3", "-fexceptions", "-fvisibility=hidden", "-Wall", "-Wextra"],
      "libraries": ["-ldl", "-pthread"],
    }
  ]
}
