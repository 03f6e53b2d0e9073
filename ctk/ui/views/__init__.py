"""The panes of the window: each paints a model and passes on what the user does."""
