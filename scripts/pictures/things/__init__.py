"""What a scene is made of: each thing a function that draws it, by theme."""
