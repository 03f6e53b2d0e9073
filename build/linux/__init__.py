"""What Linux users download: a Debian package, and an archive that can be unpacked anywhere."""
