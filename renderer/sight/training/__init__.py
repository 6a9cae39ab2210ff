"""How the heads of `renderer.sight.kinds` are trained: from pictures in which the kinds are outlined by hand."""
