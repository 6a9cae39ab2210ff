# Sharing, the gallery, and ways back to old clips.
share-done = Compartida: { $link }
command-gallery = Los clips de este servidor, página a página
command-gallery-member = Solo los que pidió este miembro
command-gallery-kept = Solo los guardados (sí)
command-take = Los botones de un clip viejo, cuando los suyos ya no me llegan
command-take-link = Un enlace al mensaje del clip
label-newer = Más nuevos
label-older = Más viejos
gallery-empty = Aquí aún no hay nada guardado. Pulsa **Guardar** bajo un clip que funcione, y colgará aquí.
gallery-nothing = Aquí aún no hay clips. `/animate` hace el primero.
gallery-reel = Un montaje de { $count } tomas
gallery-there = allí
gallery-no-picture = *El clip ya no se puede ver.*
take-revived = ⏰ Despertada.
