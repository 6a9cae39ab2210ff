# Sharing, the gallery, and ways back to old clips.
share-done = Geteilt: { $link }
command-gallery = Die Clips dieses Servers, Seite für Seite
command-gallery-member = Nur die, die dieses Mitglied wollte
command-gallery-kept = Nur die behaltenen (ja)
command-take = Die Knöpfe eines alten Clips, wenn seine eigenen mich nicht mehr erreichen
command-take-link = Ein Link zur Nachricht des Clips
label-newer = Neuere
label-older = Ältere
gallery-empty = Hier ist noch nichts behalten. Drücke **Behalten** unter einem Clip, der gelingt, und er hängt hier.
gallery-nothing = Hier gibt es noch keine Clips. `/animate` macht den ersten.
gallery-reel = Ein Reel aus { $count } Takes
gallery-there = dort
gallery-no-picture = *Der Clip ist nicht mehr zu sehen.*
take-revived = ⏰ Geweckt.
