list-and = { $first } und { $last }
list-and-before-i = { $first } und { $last }
has-sound = Er hat Ton.
eased-frames = Der Speicher war knapp, also habe ich weniger Bilder erdacht und die dazwischen daraus gemacht.
eased-size = Der Speicher war knapp, also habe ich es kleiner erdacht und vergrößert.

move-still = die Kamera hält still
move-still-by-hand = die Kamera hält still, bis auf eine atmende Hand
move-push-in = die Kamera fährt{ $speed } heran{ $ending }{ $hand }
move-pull-out = die Kamera fährt{ $speed } zurück{ $ending }{ $hand }
move-pan-left = die Kamera schwenkt{ $speed } nach links{ $ending }{ $hand }
move-pan-right = die Kamera schwenkt{ $speed } nach rechts{ $ending }{ $hand }
move-tilt-up = die Kamera neigt sich{ $speed } nach oben{ $ending }{ $hand }
move-tilt-down = die Kamera neigt sich{ $speed } nach unten{ $ending }{ $hand }
move-crane-up = die Kamera steigt{ $speed } auf{ $ending }{ $hand }
move-crane-down = die Kamera sinkt{ $speed } herab{ $ending }{ $hand }
move-arc-left = die Kamera kreist{ $speed } nach links{ $ending }{ $hand }
move-arc-right = die Kamera kreist{ $speed } nach rechts{ $ending }{ $hand }
move-dolly-zoom = die Kamera fährt{ $speed } heran, während der Hintergrund zurückweicht{ $ending }{ $hand }
speed-very-slowly = sehr langsam
speed-slowly = langsam
speed-quickly = schnell
speed-hastily = hastig
ending-settle = und kommt zur Ruhe
ending-hold = nach angehaltenem Atem
ending-abrupt = ganz plötzlich
ending-loop = und kehrt zurück
hand-held = aus der Hand
hand-restless = aus unruhiger Hand

focus-near = die Schärfe rückt in die Nähe
focus-far = die Schärfe geht in die Ferne
water-little = das Wasser regt sich kaum
water-some = das Wasser kräuselt sich
water-much = das Wasser strömt
clouds-little = die Wolken ziehen kaum
clouds-some = die Wolken ziehen
clouds-much = die Wolken jagen
grass-little = das Gras regt sich
grass-some = das Gras wiegt sich
grass-much = das Gras wogt
foliage-little = das Laub regt sich
foliage-some = das Laub wiegt sich
foliage-much = das Laub wogt
lights-flicker = { $count ->
    [1] das Licht flackert
   *[other] die Lichter flackern
 }
people-breathe = { $count ->
    [1] die Person atmet leise
   *[other] die Menschen atmen leise
 }
animal-breathes = { $animal } atmet

light-day = die Stunden vergehen vom Morgen bis zum Abend
light-sweep = ein Lichtstrahl zieht vorüber
light-shadow = der Schatten einer Wolke zieht vorüber
light-candle = das Licht flackert wie eine Kerze
light-neon = das Licht stottert wie eine Neonröhre
lights-glow = die Lichter leuchten
sun-glows = die Sonne leuchtet
light-glows = das Licht leuchtet
drift-brighter-warmer = das Licht wird{ $much } heller und wärmer
drift-brighter-cooler = das Licht wird{ $much } heller und kühler
drift-darker-warmer = das Licht wird{ $much } dunkler und wärmer
drift-darker-cooler = das Licht wird{ $much } dunkler und kühler
drift-warmer = das Licht wird{ $much } wärmer
drift-cooler = das Licht wird{ $much } kühler
drift-brighter = es wird{ $much } heller
drift-darker = es wird{ $much } dunkler
much-little = etwas
much-much = viel

mist-little = ein wenig Nebel sammelt sich
mist-some = Nebel sammelt sich
mist-much = dichter Nebel zieht auf
dust-little = ein wenig Staub schwebt
dust-some = Staub schwebt im Licht
dust-much = Staub füllt die Luft
rain-little = ein paar Tropfen fallen
rain-some = es beginnt zu regnen
rain-much = es beginnt zu schütten
snow-little = ein paar Flocken fallen
snow-some = es beginnt zu schneien
snow-much = es beginnt dicht zu schneien
embers-little = ein paar Funken steigen
embers-some = Funken steigen
embers-much = Funken füllen die Luft
petals-little = ein paar Blütenblätter fallen
petals-some = Blütenblätter fallen
petals-much = Blütenblätter füllen die Luft
bokeh-little = ein paar weiche Lichter schweben vorbei
bokeh-some = weiche Lichter schweben vorbei
bokeh-much = weiche Lichter füllen die Luft

colours-deepen = die Farben werden{ $much } satter
colours-fade = die Farben werden{ $much } blasser
shadows-harden = die Schatten werden härter
shadows-soften = die Schatten werden weicher
corners-darken = die Ecken werden dunkler
grows-grainy = es wird körnig wie ein alter Film

read-with = { $head } mit { $besides }
at-left = links
at-middle = in der Mitte
at-right = rechts
people = { $count ->
    [1] eine Person
    [2] zwei Personen
    [3] drei Personen
   *[other] mehrere Personen
 }
with-people = { $count ->
    [1] einer Person
    [2] zwei Personen
    [3] drei Personen
   *[other] mehreren Personen
 }
setting-water = am Wasser
setting-plants = zwischen Blättern und Gras
setting-sky = unter freiem Himmel
alone-water = Wasser
alone-plants = Blätter und Gras
alone-sky = freier Himmel
alone-wide-sky = ein weiter Himmel
over-water = über Wasser
over-plants = über Blättern und Gras
drawing = eine Zeichnung
with-light-from-left = Licht von links
with-light-from-right = Licht von rechts
with-light-from-above = Licht von oben
with-light-from-below = Licht von unten
with-low-sun = tiefer Sonne { $where }
with-high-sun = hoher Sonne { $where }
with-lights = { $count ->
    [1] einem Licht { $where }
    [2] zwei Lichtern
   *[other] vielen Lichtern
 }
with-something-near = etwas Nahem { $where }
with-lettering = Schrift
picture = ein stilles Bild
picture-warm = ein warmes Bild
picture-cool = ein kühles Bild
picture-dark = ein dunkles Bild
picture-bright = ein helles Bild
picture-dark-warm = ein dunkles, warmes Bild
picture-dark-cool = ein dunkles, kühles Bild
picture-bright-warm = ein helles, warmes Bild
picture-bright-cool = ein helles, kühles Bild

# What was read, to be corrected from a list; what is asked about it.
seen-share = Ich sah es auf { $share } % des Bildes
seen-count = Ich sah { $count }
seen-some = Ich sah es
seen-none = Ich sah nichts davon
ask-water = Ist das Wasser? Drück **{ $label }**, dann bewegt es sich.
ask-sky = Ist das Himmel? Drück **{ $label }**, dann lebt er.
ask-plants = Sind das Pflanzen? Drück **{ $label }**, dann wiegen sie sich.
ask-people = Sind das Menschen? Drück **{ $label }**, dann atmen sie.
ask-lamps = Sind das Lichter? Drück **{ $label }**, dann leuchten sie.
ask-drawing = Ist das eine Zeichnung? Drück **{ $label }**, dann bewegt sie sich als eine Fläche.
plain-there-sky = da ist Himmel
plain-not-sky = da ist kein Himmel
plain-there-water = das ist Wasser
plain-not-water = das ist kein Wasser
plain-there-plants = da sind Pflanzen
plain-not-plants = da sind keine Pflanzen
plain-there-people = da sind Menschen
plain-not-people = da sind keine Menschen
plain-there-lettering = da ist Schrift
plain-not-lettering = da ist keine Schrift
plain-there-lamps = da sind Lichter
plain-not-lamps = da sind keine Lichter
plain-there-sun = das ist die Sonne
plain-not-sun = das ist keine Sonne
plain-there-drawing = das ist eine Zeichnung
plain-not-drawing = das ist keine Zeichnung
