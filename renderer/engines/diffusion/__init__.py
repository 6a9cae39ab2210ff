"""Image-to-video models behind the engine protocol: diffusers' pipelines, one `ModelSpec` row each.

- `spec.py` what a row says, `rows.py` the rows, `loading.py` from folder or cache to a pipeline
- `language/` a direction becomes a family's words and numbers
- `families/` one shot becomes the arguments of one pipeline call
- `noise.py` seeds and nudges become noise
- `length.py`, `framing.py` seconds and sizes become a model's and back; `retime.py`, `anchoring.py` its frames become
  the clip's, both by the motion that `tracking.py` reads; `seam.py` measures how a clip meets its neighbour
- `placement.py`, `speed.py` how a pipeline fits a card and is quick there; `rescue.py` when memory runs out
- `engine.py` all of it, in order
"""
