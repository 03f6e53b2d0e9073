"""Sources: the folders the user pointed at, walked, probed and kept up to date."""
