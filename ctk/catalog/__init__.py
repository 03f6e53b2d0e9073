"""The catalog: what was found, kept in one SQLite file, and found again."""
