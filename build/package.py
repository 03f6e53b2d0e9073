"""Make the installer for this system: ``python3 build/package.py [--variant light|full]``.

Does everything: an environment of its own, the bundle, its self-test, the installer. What is made lies in ``dist``.
The file keeps to syntax that old Pythons can read.
"""

import argparse
import importlib
import sys

if sys.version_info < (3, 11):  # noqa: UP036  # an old Python is to read the sentence for it
    sys.exit("Creator's Toolkit needs Python 3.11 or newer.")

import bundle
import environment
import identity
import parts

SYSTEMS = {"win32": "windows.package", "darwin": "macos.package", "linux": "linux.package"}


def main() -> None:
    """Make the bundle, have it try itself, and pack it."""
    parser = argparse.ArgumentParser(prog="package.py", description="Make the installer for this system.")
    parser.add_argument("--variant", choices=parts.VARIANTS, default=parts.VARIANTS[0], help="full brings CNN14")
    parser.add_argument("--no-installer", action="store_true", help="only the bundle")
    parser.add_argument("--no-selftest", action="store_true", help="do not try the bundle")
    chosen = parser.parse_args()
    try:
        made = bundle.build(chosen.variant)
        if not chosen.no_selftest:
            bundle.selftest(made)
        if not chosen.no_installer:
            maker = importlib.import_module(SYSTEMS[sys.platform])
            for file in maker.build(made, identity.version(), chosen.variant, bundle.OUT):
                print(f"{file}  {file.stat().st_size / 1e6:.0f} MB")
    except environment.SetupError as exc:
        sys.exit(str(exc))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
