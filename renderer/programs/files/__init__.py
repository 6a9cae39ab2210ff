"""Members' files before they are decoded: which kind each is, what of it pixels and colours need, whether it is whole.

A decoder is handed as little as the picture takes: a broken comment, a megabyte of a node editor's text or a turn that
only XMP speaks of never reaches it.
"""
