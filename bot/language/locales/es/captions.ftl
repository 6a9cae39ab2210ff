list-and = { $first } y { $last }
list-and-before-i = { $first } e { $last }
has-sound = Tiene sonido.
eased-frames = Faltaba memoria, así que imaginé menos fotogramas e hice los de en medio a partir de ellos.
eased-size = Faltaba memoria, así que lo imaginé más pequeño y lo amplié.

move-still = la cámara se queda quieta
move-still-by-hand = la cámara se queda quieta, salvo una mano que respira
move-push-in = la cámara se acerca{ $speed }{ $ending }{ $hand }
move-pull-out = la cámara se aleja{ $speed }{ $ending }{ $hand }
move-pan-left = la cámara gira a la izquierda{ $speed }{ $ending }{ $hand }
move-pan-right = la cámara gira a la derecha{ $speed }{ $ending }{ $hand }
move-tilt-up = la cámara se inclina hacia arriba{ $speed }{ $ending }{ $hand }
move-tilt-down = la cámara se inclina hacia abajo{ $speed }{ $ending }{ $hand }
move-crane-up = la cámara sube{ $speed }{ $ending }{ $hand }
move-crane-down = la cámara baja{ $speed }{ $ending }{ $hand }
move-arc-left = la cámara rodea hacia la izquierda{ $speed }{ $ending }{ $hand }
move-arc-right = la cámara rodea hacia la derecha{ $speed }{ $ending }{ $hand }
move-dolly-zoom = la cámara se acerca{ $speed } mientras el fondo se aleja{ $ending }{ $hand }
speed-very-slowly = muy despacio
speed-slowly = despacio
speed-quickly = deprisa
speed-hastily = con prisa
ending-settle = y se asienta
ending-hold = tras contener el aliento
ending-abrupt = de golpe
ending-loop = y regresa
hand-held = cámara en mano
hand-restless = con mano inquieta

focus-near = el foco viene a lo cercano
focus-far = el foco se va a lo lejos
water-little = el agua apenas se mueve
water-some = el agua se riza
water-much = el agua fluye
clouds-little = las nubes apenas se mueven
clouds-some = las nubes pasan
clouds-much = las nubes corren
grass-little = la hierba se mueve
grass-some = la hierba se mece
grass-much = la hierba se agita
foliage-little = el follaje se mueve
foliage-some = el follaje se mece
foliage-much = el follaje se agita
lights-flicker = { $count ->
    [1] la luz parpadea
   *[other] las luces parpadean
 }
people-breathe = { $count ->
    [1] la persona respira levemente
   *[other] las personas respiran levemente
 }
animal-breathes = { $animal } respira

light-day = las horas pasan del alba al ocaso
light-sweep = un rayo de luz pasa por encima
light-shadow = pasa la sombra de una nube
light-candle = la luz tiembla como una vela
light-neon = la luz titubea como un tubo de neón
lights-glow = las luces brillan
sun-glows = el sol brilla
light-glows = la luz brilla
drift-brighter-warmer = la luz se vuelve{ $much } más clara y cálida
drift-brighter-cooler = la luz se vuelve{ $much } más clara y fría
drift-darker-warmer = la luz se vuelve{ $much } más oscura y cálida
drift-darker-cooler = la luz se vuelve{ $much } más oscura y fría
drift-warmer = la luz se vuelve{ $much } más cálida
drift-cooler = la luz se vuelve{ $much } más fría
drift-brighter = se vuelve{ $much } más claro
drift-darker = se vuelve{ $much } más oscuro
much-little = un poco
much-much = mucho

mist-little = se junta un poco de niebla
mist-some = se junta niebla
mist-much = entra una niebla espesa
dust-little = flota un poco de polvo
dust-some = flota polvo en la luz
dust-much = el polvo llena el aire
rain-little = caen unas gotas
rain-some = empieza a llover
rain-much = empieza a diluviar
snow-little = caen unos copos
snow-some = empieza a nevar
snow-much = empieza a nevar con fuerza
embers-little = suben unas chispas
embers-some = suben chispas
embers-much = las chispas llenan el aire
petals-little = caen unos pétalos
petals-some = caen pétalos
petals-much = los pétalos llenan el aire
bokeh-little = pasan flotando unas luces suaves
bokeh-some = pasan flotando luces suaves
bokeh-much = las luces suaves llenan el aire

colours-deepen = los colores se vuelven{ $much } más intensos
colours-fade = los colores se vuelven{ $much } más pálidos
shadows-harden = las sombras se endurecen
shadows-soften = las sombras se suavizan
corners-darken = las esquinas se oscurecen
grows-grainy = coge grano como una película vieja

read-with = { $head } con { $besides }
at-left = a la izquierda
at-middle = en el centro
at-right = a la derecha
people = { $count ->
    [1] una persona
    [2] dos personas
    [3] tres personas
   *[other] varias personas
 }
with-people = { $count ->
    [1] una persona
    [2] dos personas
    [3] tres personas
   *[other] varias personas
 }
setting-water = junto al agua
setting-plants = entre hojas y hierba
setting-sky = a cielo abierto
alone-water = agua
alone-plants = hojas y hierba
alone-sky = cielo abierto
alone-wide-sky = un cielo amplio
over-water = sobre agua
over-plants = sobre hojas y hierba
drawing = un dibujo
with-light-from-left = luz desde la izquierda
with-light-from-right = luz desde la derecha
with-light-from-above = luz desde arriba
with-light-from-below = luz desde abajo
with-low-sun = un sol bajo { $where }
with-high-sun = un sol alto { $where }
with-lights = { $count ->
    [1] una luz { $where }
    [2] dos luces
   *[other] muchas luces
 }
with-something-near = algo cercano { $where }
with-lettering = letras
picture = una imagen tranquila
picture-warm = una imagen cálida
picture-cool = una imagen fría
picture-dark = una imagen oscura
picture-bright = una imagen luminosa
picture-dark-warm = una imagen oscura y cálida
picture-dark-cool = una imagen oscura y fría
picture-bright-warm = una imagen luminosa y cálida
picture-bright-cool = una imagen luminosa y fría

# What was read, to be corrected from a list; what is asked about it.
seen-share = Lo vi en el { $share } % de la imagen
seen-count = Vi { $count }
seen-some = Lo vi
seen-none = No vi nada así
ask-water = ¿Es agua? Pulsa **{ $label }** y se moverá.
ask-sky = ¿Es cielo? Pulsa **{ $label }** y tendrá vida.
ask-plants = ¿Son plantas? Pulsa **{ $label }** y se mecerán.
ask-people = ¿Son personas? Pulsa **{ $label }** y respirarán.
ask-lamps = ¿Son luces? Pulsa **{ $label }** y brillarán.
ask-drawing = ¿Es un dibujo? Pulsa **{ $label }** y se moverá como un solo plano.
plain-there-sky = hay cielo
plain-not-sky = no hay cielo
plain-there-water = es agua
plain-not-water = no es agua
plain-there-plants = hay plantas
plain-not-plants = no hay plantas
plain-there-people = hay personas
plain-not-people = no hay personas
plain-there-lettering = hay letras
plain-not-lettering = no hay letras
plain-there-lamps = hay luces
plain-not-lamps = no hay luces
plain-there-sun = es el sol
plain-not-sun = no es el sol
plain-there-drawing = es un dibujo
plain-not-drawing = no es un dibujo
