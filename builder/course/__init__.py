"""What a course is: reading its folder, judging it, and the model that the rest works with."""
