"""Near and far: where a picture is cut into slabs, and how near each lies."""
