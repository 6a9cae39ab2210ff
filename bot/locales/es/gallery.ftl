# Sharing, the gallery, and ways back to old clips.
share-done = Compartida: { $link }
