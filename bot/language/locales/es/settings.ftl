settings-command = Las reglas de esta casa
settings-show = Todas las reglas, como están ahora
settings-reroll = Cuántos miembros deben estar de acuerdo
settings-reroll-votes = 1 = cada pulsación vale enseguida (lo habitual)
settings-who = Quién puede qué
settings-who-deed = Qué
settings-who-who = Quién
settings-reactions = Si los emojis en clips piden tomas, y cuándo no
settings-reactions-on = Si oigo las reacciones
settings-quiet-from = Horas de silencio: desde esta hora (0 a 23)
settings-quiet-to = … hasta esta
settings-zone = La zona horaria (UTC)
settings-emoji = Qué pide un emoji en un clip
settings-emoji-emoji = Un emoji, también uno de este servidor
settings-emoji-wish = Palabras que representa. Nada = apagado, - = lo habitual
settings-allowances = Cuánto pueden pedir los miembros y el servidor
settings-member-at-once = Tomas que un miembro puede tener en marcha (5)
settings-member-seconds = Segundos de clips de un miembro al día (240)
settings-cooldown = Segundos entre dos tomas de un miembro (0)
settings-server-at-once = Tomas que el servidor puede tener en marcha (24)
settings-server-seconds = Segundos de clips del servidor al día (3600)
settings-lift = Un rol al que no ata ningún cupo; otra vez lo vuelve a atar
settings-lift-role = El rol
settings-gallery = El canal donde se comparten los clips guardados
settings-gallery-channel = El canal; nada = ninguno
settings-language = Qué hablo aquí en público
settings-language-language = server = el idioma del servidor en Discord

deed-overrule = empezar a solas lo que otros deben aprobar
deed-cancel = cancelar una toma
deed-toss = descartar un clip
deed-keep = guardar y compartir un clip
deed-jam = empezar una jam
who-nobody = nadie
who-moderators = moderación
who-author = quien la pidió y moderación
who-anyone = cualquiera

rules-title = **Las reglas de esta casa**
rules-reroll = **Otra vez y variaciones**: { $count ->
    [1] cada pulsación vale enseguida.
   *[other] { $count } miembros deben estar de acuerdo.
 }
rules-who = **Quién puede**: { $rows }.
rules-reactions-on = **Reacciones**: las oigo.
rules-reactions-off = **Reacciones**: no las oigo.
rules-reactions-quiet = **Reacciones**: las oigo, pero no de { $begin } a { $end } ({ $zone }).
rules-emoji-usual = **Emojis**: lo habitual.
rules-emoji = **Emojis**: { $rows }; los demás, lo habitual.
rules-emoji-off = apagado
rules-allowances = **Cupos**: un miembro puede tener { $member } tomas en marcha, { NUMBER($seconds, useGrouping: 0) } segundos de clips al día, { $cooldown } segundos entre dos tomas; el servidor, { $server } tomas y { NUMBER($total, useGrouping: 0) } segundos.
rules-lifted = Ningún cupo ata a { $roles }.
rules-gallery = **Los clips compartidos** van a { $channel }.
rules-no-gallery = **Clips compartidos**: no hay canal elegido.
rules-language = **En público hablo**: { $code }.
rules-language-server = el idioma del servidor

problem-no-such-zone = No conozco esa zona horaria. Elige una de la lista, por ejemplo Europe/Madrid.
problem-not-an-emoji = Eso no es un emoji. Elige uno del selector, o uno de este servidor.
problem-too-many-emoji = Un servidor puede asignar { $limit } emojis. Devuelve primero a uno su sentido habitual: - como palabras.

settings-reports = El canal donde la moderación lee sobre clips denunciados
settings-reports-channel = El canal; nada = ninguno, y sin botón
settings-flagged = Qué pasa con las imágenes que marca el control de seguridad
settings-flagged-flagged = Lo más laxo que lo permitido por quien me gestiona no vale
settings-retention = Cuánto se quedan imágenes y clips que nadie conserva
settings-retention-days = Días; nada = como diga quien me gestiona
settings-block = Excluir un miembro o palabra; otra vez para readmitir
settings-block-member = De quién rechazo peticiones aquí
settings-block-word = Una palabra vetada; palabra* = todas las que empiecen así
flagged-usual = como diga quien me gestiona
flagged-spoiler = se muestran cubiertas
flagged-restricted = cubiertas en canales con restricción de edad, si no rechazadas
flagged-refuse = rechazadas
rules-reports = Las **denuncias** van a { $channel }.
rules-no-reports = **Denuncias**: no se ha elegido canal.
rules-flagged = **Lo que marca el control de seguridad**: { $what }.
rules-retention = **Imágenes y clips** que nadie conserva se borran a los { $days } días.
rules-retention-usual = **Imágenes y clips** se quedan lo que diga quien me gestiona.
blocked = **Excluidos aquí**
    Miembros: { $members }
    Palabras: { $words }
    Imágenes: { $stills }
blocked-nothing = ninguno
