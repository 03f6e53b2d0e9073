"""Where the built-in listener learns from: packs, renders, voices and synthesis, and how it learns and is judged."""
