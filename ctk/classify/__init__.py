"""What sounds sound like: their categories, by names and by listening, and which are alike."""
