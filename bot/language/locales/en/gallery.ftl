# Sharing, the gallery, and ways back to old clips.
share-done = Shared: { $link }
command-gallery = The clips of this server, page by page
command-gallery-member = Only those that this member asked for
command-gallery-kept = Only the kept ones (yes)
command-take = An old clip's buttons, where its own no longer reach me
command-take-link = A link to the clip's message
label-newer = Newer
label-older = Older
gallery-empty = Nothing is kept here yet. Press **Keep** under a clip that works, and it hangs here.
gallery-nothing = There are no clips here yet. `/animate` makes the first.
gallery-reel = A reel of { $count } takes
gallery-there = there
gallery-no-picture = *The clip is no longer to be seen.*
take-revived = ⏰ Woken.
