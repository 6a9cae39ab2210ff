thread-untitled = Ein Moment, in Bewegung
opener-mood = { $member } wünscht sich *{ $mood }*
opener-no-mood = { $member } lässt das Bild entscheiden
on-its-way-to = Dein Moment ist unterwegs: { $place }
made-already = Das gibt es schon: [hier ist es]({ $link }).

engine-quick = (schnell)
either-or = { $first } oder { $last }

waiting-next = Als Nächstes dran
waiting-before = { $place } davor
waiting-unserved = ⏳ Gerade läuft kein Worker für { $engine }. Dieser Take behält seinen Platz und beginnt, wenn einer kommt. Oder brich ihn ab und nimm eine andere Engine: `/animate` zeigt, welche laufen.
waiting-loading = ⏳ { $turn } · der Worker für { $engine } wärmt sich noch auf
waiting-ready = ⏳ { $turn } · fertig etwa { $when }

phase-loading = wärmt sich auf
phase-reading = liest das Bild
phase-steps = stellt es sich vor
phase-decoding = entwickelt es
phase-frames = bewegt es
phase-encoding = macht den Clip
progress-step = Schritt { $done } von { $total }

asked-animate = gewünscht von { $member }
asked-reroll = neu gewürfelt von { $member }
asked-subtle = leicht variiert von { $member }
asked-strong = stark variiert von { $member }
asked-nudge = angestupst von { $member }: *{ $words }*
asked-after = was als Nächstes geschieht, gewünscht von { $member }
asked-before = was vorausging, gewünscht von { $member }
asked-reel = das Reel, geschnitten für { $member }
other-members = { $count ->
    [one] noch jemand
   *[other] { $count } weitere
 }
caption-origin = nach [diesem Take]({ $link })
caption-maker = von einer Maschine erdacht: { $engine }
caption-modified = mit KI verändert
caption-generated = mit KI erzeugt
caption-drawn = ein Testbild
caption-kept = ⭐ behalten von { $member }
caption-reel = { $count } Takes, eine Geschichte. Mit Takes von { $members }.
covered-still = verdeckt, weil meine Sicherheitsprüfung das Bild gemeldet hat
covered-clip = verdeckt, weil meine Sicherheitsprüfung den Clip gemeldet hat
alt-mood = Ein Foto, in Bewegung gesetzt zu „{ $mood }“.
alt-no-mood = Ein Foto, in Bewegung gesetzt.
alt-reel = { $count } bewegte Fotos, zu einer Geschichte verbunden.
tossed = 🗑️ Verworfen.
tossed-by = 🗑️ Verworfen von { $member }.
waking = ⏰ Ich wecke diese Unterhaltung.

tally = { $label }: { $have } von { $need }
vote-counted = Gezählt: { $have } von { $need } möchten { $what }. Drücke noch einmal, um zurückzuziehen.
vote-withdrawn = Zurückgezogen. { $have } von { $need } möchten { $what }.
vote-what = **{ $label }**
reaction-quiet = Es sind Ruhezeiten: Reaktionen höre ich wieder { $until }.

queue-total = { $count ->
    [one] Insgesamt wartet { $count } Take.
   *[other] Insgesamt warten { $count } Takes.
 }
queue-none = Von dir wartet kein Take. { $total }
queue-yours = Deine Takes:
queue-row = - { $mood }: { $place }. in der Reihe, { $when }
queue-more = - und { $count } weitere
queue-unserved = wenn ein Worker für { $engine } kommt
queue-ready = fertig etwa { $when }
queue-no-mood = *das Bild entscheidet*

help = **Setz ein Foto in Bewegung**
    Gib `/animate` ein Bild und sag die Stimmung in einfachen Worten: *the last day of summer*, *slow push in, warmer*, oder gar nichts. Oder öffne eine Nachricht mit Bild: **Apps → Bewege das**.
    Ich antworte in einem Thread. Unter jedem Clip dürfen alle drücken:
    🔁 **Neu würfeln**: dieselben Worte, anders gelesen
    🎚️ **Leicht**, 🎛️ **Stark variieren**: nah an diesem, oder weiter weg
    💬 **Anstupsen…**: sag, was anders soll: *slower, warmer, no zoom*; oder was ich falsch sah: *that is not water*. Oder antworte auf den Clip, mit Ping
    ✏️ **Berichtigen…**: wähle aus einer Liste, was ich falsch sah; es gilt für die ganze Familie
    ⏪ **Davor…**, ⏩ **Danach…**: was vorausging, was als Nächstes kommt
    ⭐ **Behalten**, 🗑️ **Verwerfen**: Neues neigt zum Behaltenen. `/story` zeigt die Familie und schneidet das Reel
    Oder reagiere: 🐢 🐇 🔍 🌊 🧊 ☀️ 🌅 🌙 🌧️ ❄️ 🔥 🌫️, oder irgendein Emoji
    `/jam` spielt Runden mit Abstimmung, `/gallery` zeigt Behaltenes, `/take` weckt einen alten Clip.
    Stimmungen dürfen { $limit } Zeichen haben; am besten verstehe ich Englisch. `/queue` zeigt, was wartet, `/about`, was ich bin.
about = **Unstill { $version }** setzt Fotos in Bewegung. Es liest dein Bild und bewegt Kamera, Licht, Wetter und was darin lebt nach deiner Stimmung, mit der Engine { $usual }.{ $more }
    Dein Bild bleibt bei denen, die diesen Bot betreiben, um deine Takes zu machen; nichts dient dem Training. `/forget me` entfernt alles, was von dir ist, `/export` gibt dir eine Kopie. Unstill ist freie Software unter der MIT-Lizenz.
about-more = Du kannst auch { $others } wählen.
welcome = Hallo! Ich setze Fotos in Bewegung. Versuch `/animate` mit einem Bild und einer Stimmung, oder **Apps → Bewege das** auf einer Nachricht mit Bild. `/help` sagt mehr.
welcome-missing = Um es gut zu machen, brauche ich noch: { $missing }.

permission-view-channel = den Kanal sehen
permission-send-messages = Nachrichten senden
permission-attach-files = Dateien anhängen
permission-read-message-history = den Nachrichtenverlauf lesen
permission-create-public-threads = öffentliche Threads erstellen
permission-send-messages-in-threads = Nachrichten in Threads senden
permission-post-clips = Clips posten

label-report = Melden
reported = Danke. Die Moderation dieses Servers sieht es sich an.
report-text = 🚩 { $members } meldet [diesen Clip]({ $link }) von { $author }: *{ $words }*
report-toss = Clip verwerfen
report-still = Bild ausschließen
report-member = Mitglied ausschließen
report-dismiss = Nichts daran
report-done-toss = ✔️ { $member } hat den Clip verworfen.
report-done-still = ✔️ { $member } hat das Bild ausgeschlossen und verworfen, was daraus wurde.
report-done-member = ✔️ { $member } hat das Mitglied ausgeschlossen.
report-done-dismiss = ✔️ { $member } fand nichts daran.
thread-forgotten = Vergessen
forgotten-member = jemand
label-forget = Alles vergessen
forget-sure = Ich würde { $takes } Takes von dir mit { $stills } Bildern, ihren Clips, Nachrichten und Worten entfernen, und { $votes } Stimmen, überall und endgültig, auch Behaltenes.{ $others } Willst du eine Kopie, dann zuerst `/export`.
forget-others = {" "}{ $count } davon haben andere aus deinen Bildern oder Worten gemacht.
forgotten = Erledigt. Ich habe { $stills } Bilder, { $clips } Clips mit ihren Worten und Nachrichten und { $votes } Stimmen entfernt.
forget-later = Discord ist gerade langsam. Es ist notiert, und ich mache von selbst weiter, bis alles weg ist.
export-done = Deine Bilder, Clips, Worte und Stimmen, Teil { $part } von { $of }.{ $more }
export-more = {" "}Weiter: `/export part:{ $next }`.
