"""Writers of real sound files for tests: PCM containers by hand, encoded ones through PyAV."""
