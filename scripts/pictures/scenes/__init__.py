"""What a picture shows: each scene a function that puts things on a canvas, by theme."""
