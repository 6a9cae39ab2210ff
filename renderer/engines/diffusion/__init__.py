"""Image-to-video models behind the engine protocol: diffusers' pipelines, one `ModelSpec` row each.

- `engine.py` a shot becomes words and a scene, `imagining.py` a scene becomes frames, `calling.py` a pipeline is called
- `checkpoints/` the rows, what they say, and the way from a name to a pipeline
- `language/` a direction becomes a family's words and numbers; `families/` a call's arguments
- `noise.py` seeds and nudges become noise
- `footage/` a clip's seconds, size and joint become a model's, and its frames the clip's
- `fitting/` how a pipeline fits a card and is quick there, and what happens when memory runs out
"""
