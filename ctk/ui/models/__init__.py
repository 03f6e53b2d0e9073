"""What the window knows and decides; free of Tk, so that it is tested without a display."""
