"""What the ear would tell of a sound: computed from its samples, and only an estimate."""
