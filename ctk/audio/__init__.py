"""Sound: files to samples, samples to the one device."""
