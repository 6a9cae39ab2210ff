"""How the heads of `renderer.sight.heads` are trained: from pictures in which the kinds are outlined by hand."""
