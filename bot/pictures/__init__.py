"""A chart -> a picture of it. The studio has pictures drawn by a process of its own, and keeps them for a while."""
