"""Which drive a folder is on, and where that drive is plugged in now."""
