thread-untitled = Un momento en movimiento
opener-mood = { $member } pide *{ $mood }*
opener-no-mood = { $member } deja decidir a la imagen
on-its-way-to = Tu momento está en camino: { $place }
made-already = Eso ya está hecho: [aquí está]({ $link }).

engine-quick = (rápido)
either-or = { $first } o { $last }

waiting-next = La siguiente
waiting-before = { $place } por delante
waiting-unserved = ⏳ Ahora mismo no hay nadie para { $engine }. Esta toma guarda su sitio y empieza cuando llegue. O cancélala y pide otro motor: `/animate` muestra los que hay.
waiting-loading = ⏳ { $turn } · { $engine } aún se está preparando
waiting-ready = ⏳ { $turn } · lista más o menos { $when }

phase-loading = preparándome
phase-reading = leyendo la imagen
phase-steps = imaginándola
phase-decoding = revelándola
phase-frames = moviéndola
phase-encoding = haciendo el clip
progress-step = paso { $done } de { $total }

asked-animate = pedida por { $member }
asked-reroll = otra vez, por { $member }
asked-subtle = variada un poco por { $member }
asked-strong = variada mucho por { $member }
asked-nudge = retocada por { $member }: *{ $words }*
asked-after = qué pasa después, pedida por { $member }
asked-before = qué pasó antes, pedida por { $member }
asked-reel = el montaje, cortado para { $member }
other-members = { $count ->
    [one] alguien más
   *[other] { $count } más
 }
caption-origin = a partir de [esta toma]({ $link })
caption-maker = imaginada por una máquina: { $engine }
caption-modified = modificado con IA
caption-generated = generado con IA
caption-drawn = una carta de ajuste
caption-kept = ⭐ guardada por { $member }
caption-reel = { $count } tomas, una historia. Con tomas de { $members }.
covered-still = cubierta, porque mi control de seguridad marcó la imagen
covered-clip = cubierta, porque mi control de seguridad marcó el clip
alt-mood = Una foto puesta en movimiento: «{ $mood }».
alt-no-mood = Una foto puesta en movimiento.
alt-reel = { $count } fotos en movimiento, unidas en una historia.
tossed = 🗑️ Descartada.
tossed-by = 🗑️ Descartada por { $member }.
waking = ⏰ Despierto esta conversación.

tally = { $label }: { $have } de { $need }
vote-counted = Contado: { $have } de { $need } quieren { $what }. Pulsa otra vez para retirarlo.
vote-withdrawn = Retirado. { $have } de { $need } quieren { $what }.
vote-what = **{ $label }**
reaction-quiet = Son horas de silencio: vuelvo a oír las reacciones { $until }.

queue-total = { $count ->
    [one] Espera { $count } toma en total.
   *[other] Esperan { $count } tomas en total.
 }
queue-none = No espera ninguna toma tuya. { $total }
queue-yours = Tus tomas:
queue-row = - { $mood }: número { $place }, { $when }
queue-more = - y { $count } más
queue-unserved = cuando haya alguien para { $engine }
queue-ready = lista más o menos { $when }
queue-no-mood = *decide la imagen*

help = **Pon una foto en movimiento**
    Da a `/animate` una imagen y di el ánimo en palabras sencillas: *the last day of summer*, *slow push in, warmer*, o nada. O abre un mensaje con imagen: **Apps → Anima esto**.
    Respondo en un hilo. Bajo cada clip, cualquiera puede pulsar:
    🔁 **Otra vez**: las mismas palabras, otra lectura
    🎚️ **Variar un poco**, 🎛️ **Variar mucho**: cerca de esta, o más lejos
    💬 **Retocar…**: di qué cambiar: *slower, warmer, no zoom*; o qué leí mal: *that is not water*. O responde al clip, con mención
    ✏️ **Corregir…**: elige de una lista lo que leí mal; vale para toda la familia
    ⏪ **Antes…**, ⏩ **Después…**: qué pasó antes, qué pasa después
    ⭐ **Guardar**, 🗑️ **Descartar**: lo nuevo se inclina a lo guardado. `/story` muestra la familia y corta el montaje
    O reacciona: 🐢 🐇 🔍 🌊 🧊 ☀️ 🌅 🌙 🌧️ ❄️ 🔥 🌫️, o cualquier emoji
    `/jam` juega rondas con votos, `/gallery` muestra lo guardado, `/take` despierta un clip viejo.
    Los ánimos pueden tener { $limit } caracteres; entiendo mejor el inglés. `/queue` muestra lo que espera, `/about` qué soy.
about = **Unstill { $version }** pone fotos en movimiento. Lee tu imagen y mueve cámara, luz, tiempo y lo que vive en ella según tu ánimo, con el motor { $usual }.{ $more }
    Tu imagen se queda con quien administra este bot, para hacer tus tomas; nada se usa para entrenar. `/forget me` quita todo lo tuyo, `/export` te da una copia. Unstill es software libre con licencia MIT.
about-more = También puedes elegir { $others }.
welcome = ¡Hola! Pongo fotos en movimiento. Prueba `/animate` con una imagen y un ánimo, o **Apps → Anima esto** en un mensaje con imagen. `/help` dice más.
welcome-missing = Para hacerlo bien aún necesito permiso para { $missing }.

permission-view-channel = ver el canal
permission-send-messages = enviar mensajes
permission-attach-files = adjuntar archivos
permission-read-message-history = leer el historial de mensajes
permission-create-public-threads = crear hilos públicos
permission-send-messages-in-threads = enviar mensajes en hilos
permission-post-clips = publicar clips

label-report = Denunciar
reported = Gracias. La moderación de este servidor lo mirará.
report-text = 🚩 { $members } denuncia [este clip]({ $link }) de { $author }: *{ $words }*
report-toss = Descartar el clip
report-still = Excluir la imagen
report-member = Excluir al miembro
report-dismiss = Nada malo
report-done-toss = ✔️ { $member } descartó el clip.
report-done-still = ✔️ { $member } excluyó la imagen y descartó lo hecho con ella.
report-done-member = ✔️ { $member } excluyó al miembro.
report-done-dismiss = ✔️ { $member } no vio nada malo.
thread-forgotten = Olvidado
forgotten-member = alguien
label-forget = Olvidarlo todo
forget-sure = Quitaría { $takes } tomas tuyas con { $stills } imágenes, sus clips, mensajes y palabras, y { $votes } votos, en todas partes y para siempre, también lo conservado.{ $others } Si quieres una copia, usa antes `/export`.
forget-others = {" "}{ $count } de ellas las hicieron otros con tus imágenes o palabras.
forgotten = Hecho. Quité { $stills } imágenes, { $clips } clips con sus palabras y mensajes, y { $votes } votos.
forget-later = Discord va lento ahora. Queda anotado y seguiré por mi cuenta hasta que no quede nada.
export-done = Tus imágenes, clips, palabras y votos, parte { $part } de { $of }.{ $more }
export-more = {" "}Sigue: `/export part:{ $next }`.
