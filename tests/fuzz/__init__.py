"""Fuzzing in child processes: broken sounds through the rooms that read them, reproducible from saved seeds."""
