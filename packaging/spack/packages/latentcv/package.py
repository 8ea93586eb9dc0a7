"""latentcv in Spack: the tarball of `npm pack`, and the plugin for Spack's PLUMED."""

import os

from spack_repo.builtin.build_systems.generic import Package

from spack.package import *

# where the tarball is: file:///… or https://…
tarball = "file:///srv/sources/latentcv-0.1.0.tgz"


class Latentcv(Package):
    """Collective variables learned from simulation, usable in any PLUMED run."""

    license("MIT")

    # a tarball of your own has no checksum here: spack install --no-checksum, or sha256="…" of `sha256sum`
    version("0.1.0", url=tarball, expand=False)

    variant("plugin", default=True, description="Build the plugin for PLUMED, found through LATENTCV_SITE")

    # the addon and ONNX Runtime in the tarball are for these alone
    requires("target=x86_64:", "target=aarch64:", policy="one_of", msg="x86-64 and arm64 alone")
    requires("platform=linux", msg="Linux with glibc 2.28 or later")

    depends_on("node-js@20.17:", type=("build", "run"))
    depends_on("npm", type="build")

    with when("+plugin"):
        depends_on("cxx", type="build")
        depends_on("plumed@2.9:2", type=("build", "link", "run"))
        depends_on("cmake@3.16:", type="build")

    @property
    def site(self):
        """The folder that LATENTCV_SITE names: laid out as a cache, and only read."""
        return join_path(self.prefix.share, "latentcv-site")

    def install(self, spec, prefix):
        """Let npm install the tarball, and the command build the plugin."""
        npm = which("npm", required=True)
        npm(
            "install",
            "--global",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--cache",
            join_path(self.stage.path, "npm-cache"),
            "--prefix",
            prefix,
            self.stage.archive_file,
        )
        if spec.satisfies("+plugin"):
            # users have none of these set, and a plugin is known by them too
            for name in ("CXX", "CXXFLAGS", "LDFLAGS"):
                os.environ.pop(name, None)
            os.environ["LATENTCV_CACHE"] = self.site
            os.environ["PLUMED_KERNEL"] = join_path(spec["plumed"].prefix.lib, "libplumedKernel.so")
            Executable(prefix.bin.latentcv)("plugin")

    def setup_run_environment(self, env):
        """Caches stay with the user: only what is read is named."""
        if self.spec.satisfies("+plugin"):
            env.set("LATENTCV_SITE", self.site)

    @run_after("install")
    @on_package_attributes(run_tests=True)
    def check_version(self):
        """Ask the installed command for its version."""
        found = Executable(self.prefix.bin.latentcv)("--version", output=str).strip()
        if found != str(self.version):
            raise InstallError(f"expected latentcv {self.version} but received {found}")
