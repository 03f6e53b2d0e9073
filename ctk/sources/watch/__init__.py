"""Following the sources as they change: eyes that see it happen, and the one thread that lets it be catalogued."""
