"""What the first bytes of a sound file say: one small reader per format, over bytes in memory where they suffice."""
