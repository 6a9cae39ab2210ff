problem-not-a-picture = No puedo leer ese archivo como imagen. Envía un PNG, JPEG, WebP, GIF, AVIF o HEIC.
problem-cut-off = Ese archivo está cortado: termina antes que su imagen. Envíalo otra vez, entero.
problem-unsupported-format = { $format ->
    [video] Eso es un vídeo, y yo muevo imágenes. Envía un fotograma: basta una captura de pantalla.
    [raw] Eso es un archivo en bruto de una cámara, que no puedo abrir. Expórtalo como JPEG o PNG y envía ese.
   *[other] Eso es { $format }, que no puedo abrir. Guárdalo como JPEG o PNG y envía ese.
 }
problem-too-many-bytes = Ese archivo pasa de { $limit_mib } MiB. Envía una copia más pequeña: vale una captura de pantalla.
problem-too-many-pixels = Esa imagen tiene más de { $limit_mp } megapíxeles. Envía una copia más pequeña: vale una captura de pantalla.
problem-too-small = Esa imagen es demasiado pequeña para moverla: cada lado necesita al menos { $limit } píxeles.
problem-too-long-aspect = Esa imagen es demasiado larga y estrecha: un lado puede ser como mucho { $limit } veces el otro. Recórtala primero.
problem-undecodable = Abrir esa imagen costaba demasiado tiempo o memoria. Guárdala de nuevo como PNG o JPEG y envía esa.
problem-mood-too-long = Ese ánimo tiene más de { $limit } caracteres. Dilo más corto.
problem-no-picture = En ese mensaje no hay ninguna imagen. Elige uno con un PNG, JPEG, WebP, GIF, AVIF o HEIC.
problem-offer-gone = Ya no tengo esa imagen a mano. Elige **Anima esto** otra vez.
problem-cannot-fetch = Discord no quiso darme esa imagen. Adjúntala otra vez.
problem-cannot = El motor { $engine } no puede hacer eso ({ $what }). Pídelo de otra manera.
problem-no-such-engine = Aquí ningún motor se llama { $name }. Elige { $choices }, o no pongas ninguno.
problem-unknown-engine = Quien me administra eligió un motor que no existe ({ $name }). Avísale, por favor.
problem-bad-job = Mi bot y mis procesos no se entienden; quizá son de versiones distintas. Avisa a quien me administra, por favor.
problem-media-missing = La imagen se perdió de camino, más de una vez. Pulsa **Otra vez** o pídela de nuevo.
problem-timed-out = Tardaba más de lo que puede tardar una toma, así que paré. Prueba con menos segundos o más pequeña.
problem-render-failed = Algo se rompió mientras movía esta imagen. Prueba otra vez; si vuelve a pasar, avisa a quien me administra, por favor.
problem-bad-clip = Lo que me envió un proceso no es un clip que pueda mostrar. Pulsa **Otra vez**; si vuelve a pasar, avisa a quien me administra, por favor.
problem-worker-lost = Los procesos murieron { $attempts } veces con esta toma, así que dejé de intentarlo. Prueba más pequeña.
problem-cannot-fit = No pude hacer este clip lo bastante pequeño para este servidor. Prueba con menos segundos.
problem-bad-model = Quien me administra eligió un modelo que no puedo usar ({ $name }: { $why }). Avísale, por favor.
problem-missing-package = Me falta lo que necesita el motor { $engine } ({ $package }). Avisa a quien me administra, por favor.
problem-unsafe = No muestro lo que marca mi control de seguridad, y ha marcado algo aquí ({ $where }). Prueba otra imagen u otro ánimo.
problem-out-of-memory = Esta toma no cabía en mi memoria, ni siquiera más pequeña. Prueba más pequeña o con menos segundos.
problem-card-failed = La tarjeta gráfica falló con esta toma, y otra vez al segundo intento. Vuelve a pedirla en unos minutos; si sigue así, avisa a quien me administra, por favor.
problem-broken-frames = El modelo no hizo una imagen de esta toma: fotogramas negros, o ninguno que se pueda mostrar. Prueba otra vez; si sigue así, avisa a quien me administra, por favor: otro modelo u otra precisión puede ayudar.
problem-broken-sound = El modelo hizo para esta toma un sonido que no se puede reproducir. Prueba otra vez; si sigue así, avisa a quien me administra, por favor: otro modelo u otra precisión puede ayudar.
problem-too-large = Discord rechazó este clip por grande, incluso uno más pequeño. Prueba con menos segundos o más pequeño.
problem-cancelled = Cancelada.
problem-cancelled-by = Cancelada por { $by }.
problem-withdrawn = Retirada.
problem-withdrawn-by = Retirada por { $by }.
problem-being-forgotten = Estoy quitando todo lo tuyo, como pediste. Inténtalo de nuevo en un minuto.
problem-take-gone = Ya no conozco esa toma. Empieza de nuevo con `/animate`.
problem-unreadable = Una versión más nueva de mí anotó esta toma y no puedo leerla. Pídela otra vez, por favor.
problem-elsewhere = Esa toma pertenece a otra conversación.
problem-no-such-choice = No tengo nada con ese número o nombre. Elige algo de lo que ofrece Discord.
problem-commands-changed = Mis comandos han cambiado. Recarga Discord y da el comando otra vez.
problem-clip-expired = El clip del que sigue esta toma ya no se guarda aquí. Parte de otro, o empieza con `/animate`.
problem-still-expired = La imagen de esta toma ya no se guarda aquí. Envíala otra vez con `/animate`.
problem-not-yours = Solo quien pidió esta toma, o quien modera, puede cancelarla.
problem-too-late = Demasiado tarde para cancelar: esta toma ya está.
problem-nothing-said = Di al menos una palabra: por ejemplo «slower, warmer».
problem-missing-permissions = Aquí necesito permiso para: { $missing }. Pídelo a quien modera, o prueba otro canal.
problem-held-back = El clip está listo, pero ya no tengo aquí permiso para: { $missing }. Pide a quien modera que me lo devuelva y pulsa después **Recuperar**.
problem-not-here = No puedo escribir en este tipo de canal. Prueba un canal de texto, un hilo o un mensaje privado.
problem-nobody-there = Ya no puedo escribir ahí.
problem-unexpected = Algo falló por mi parte. Prueba una vez más; si vuelve a pasar, avisa a quien me administra, por favor.
problem-restarted = Me reiniciaron antes de poder empezar. Pídelo otra vez, por favor.
problem-still-waits = Tu última petición de este tipo aún espera. Pulsa otra vez cuando llegue.
problem-on-its-way = Lo que se votó ya está en camino.
problem-too-much-at-once = Es más de lo que puedo oír a la vez. Espera un minuto y vuelve a pedirlo.
problem-counted-before = Ese emoji tuyo ya ha contado. Pulsa un botón bajo el clip para pedirlo otra vez.
problem-may-not-overrule = En este servidor no puedes empezarla por tu cuenta. Pide a otros que pulsen también.
problem-may-not-keep = En este servidor deciden otros qué se guarda: quien pidió la toma, o quien modera.
problem-may-not-toss = Solo quien pidió esta toma, o quien modera, puede descartarla.
problem-is-tossed = Esta toma fue descartada. Recupérala primero.
problem-reel-is-done = Un montaje se corta de tomas acabadas. Sigue jugando con una de ellas y córtalo de nuevo.
problem-clip-gone = El clip ya no se guarda aquí. Pulsa **Otra vez** en otra toma de su familia, o empieza con `/animate`.
problem-too-many-at-once = Tienes { $limit } { $limit ->
    [one] toma
   *[other] tomas
 } en marcha, tantas como puede tener aquí un miembro. Espera a una, o cancela una.
problem-server-full = Este servidor tiene { $limit } { $limit ->
    [one] toma
   *[other] tomas
 } en marcha, tantas como puede. Prueba otra vez en un minuto.
problem-spent = Has usado tus { $limit } segundos de clips para un día. Vuelve a haber sitio { $when }.
problem-server-spent = Este servidor ha usado sus { $limit } segundos de clips para un día. Vuelve a haber sitio { $when }.
problem-cooling-down = Una toma tras otra, por favor: la tuya puede empezar { $when }.
problem-too-large-to-share = Discord rechaza este clip por grande en ese canal. Haz uno más corto o más pequeño.
problem-gallery-gone = El canal de clips compartidos ya no está, o no puedo entrar. Moderación puede elegir otro: `/settings gallery`.
problem-not-kept = Solo se comparte lo guardado. Pulsa primero **Guardar**.
problem-no-gallery = Este servidor aún no ha elegido un canal para clips compartidos: `/settings gallery`.
problem-unsigned = No pude firmar este clip como hecho por una máquina, así que no lo muestro. Pide a quien me gestiona que revise la clave de firma y vuelve a pulsar.
problem-blocked-server = No estoy de servicio en este servidor.
problem-blocked-member = Me pidieron no aceptar peticiones tuyas aquí. Quien modera este servidor puede cambiarlo.
problem-blocked-words = Algunas de estas palabras no se me pueden decir aquí. Dilo de otra manera.
problem-blocked-still = Esta imagen está excluida aquí. Elige otra.
problem-too-many-tries = Me has enviado { $limit } imágenes en poco tiempo. Envía la próxima { $when }.
problem-no-room = Mi disco está lleno de lo que se conserva, así que no acepto imágenes nuevas. Pide espacio a quien me gestiona, o conservad menos.
problem-disk-full = No puedo guardar nada ahora: mi disco está lleno. Avisa a quien me gestiona y prueba más tarde.
problem-busy = Mi registro está ocupado ahora; no se ha perdido nada. Prueba de nuevo en unos segundos.
problem-no-reports = Este servidor no ha elegido canal para denuncias. Díselo directamente a un moderador.
problem-already-reported = Ya has denunciado este clip; la moderación lo sabe.
problem-too-many-reports = Hoy has denunciado { $limit } clips, los que un miembro puede. Díselo directamente a un moderador.
problem-reports-gone = No puedo escribir donde se leen las denuncias. Díselo directamente a un moderador.
problem-moderators-only = Solo quien puede gestionar mensajes aquí puede resolver una denuncia.
problem-report-settled = Otra persona de la moderación acaba de resolver esta denuncia: ahí dice cómo.
problem-not-for-everyone = Este clip está cubierto y ese canal está abierto a todas las edades. Elegid uno con restricción de edad: `/settings gallery`.
problem-not-you = Solo tú puedes hacer que te olvide: `/forget me`.
problem-too-many-blocks = Un servidor puede excluir { $limit } de cada tipo. Readmite antes alguno.
