"""What a producer searches by, and the user's own word on each sound; no sound file is ever written to."""
