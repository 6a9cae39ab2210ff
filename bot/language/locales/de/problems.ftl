problem-not-a-picture = Diese Datei kann ich nicht als Bild lesen. Schick ein PNG, JPEG, WebP, GIF, AVIF oder HEIC.
problem-cut-off = Diese Datei ist abgeschnitten: Sie endet vor ihrem Bild. Schick sie noch einmal, und ganz.
problem-unsupported-format = { $format ->
    [video] Das ist ein Video, und ich bewege Bilder. Schick ein Standbild daraus: ein Bildschirmfoto genügt.
    [raw] Das ist eine Rohdatei aus einer Kamera, die ich nicht öffnen kann. Exportiere sie als JPEG oder PNG und schick das.
   *[other] Das ist { $format }, was ich nicht öffnen kann. Speichere es als JPEG oder PNG und schick das.
 }
problem-too-many-bytes = Diese Datei ist größer als { $limit_mib } MiB. Schick eine kleinere Kopie: ein Bildschirmfoto davon genügt.
problem-too-many-pixels = Dieses Bild hat mehr als { $limit_mp } Megapixel. Schick eine kleinere Kopie: ein Bildschirmfoto davon genügt.
problem-too-small = Dieses Bild ist zu klein, um es zu bewegen: Jede Seite braucht mindestens { $limit } Pixel.
problem-too-long-aspect = Dieses Bild ist zu lang und schmal: Eine Seite darf höchstens { $limit }-mal so lang sein wie die andere. Schneide es erst zu.
problem-undecodable = Dieses Bild zu öffnen brauchte zu viel Zeit oder Speicher. Speichere es neu als PNG oder JPEG und schick das.
problem-mood-too-long = Diese Stimmung hat mehr als { $limit } Zeichen. Sag es kürzer.
problem-no-picture = An dieser Nachricht hängt kein Bild. Nimm eine mit einem PNG, JPEG, WebP, GIF, AVIF oder HEIC.
problem-offer-gone = Dieses Bild habe ich nicht mehr zur Hand. Wähle noch einmal **Bewege das**.
problem-cannot-fetch = Discord wollte mir dieses Bild nicht geben. Häng es noch einmal an.
problem-cannot = Das kann die Engine { $engine } nicht ({ $what }). Frag anders danach.
problem-no-such-engine = Hier heißt keine Engine { $name }. Wähle { $choices }, oder lass es weg.
problem-unknown-engine = Wer mich betreibt, hat eine Engine gewählt, die es nicht gibt ({ $name }). Bitte sag es ihnen.
problem-bad-job = Mein Bot und meine Worker verstehen einander nicht; vielleicht sind es verschiedene Versionen. Bitte sag es denen, die mich betreiben.
problem-media-missing = Das Bild ging auf dem Weg zum Worker verloren, mehr als einmal. Drücke **Neu würfeln** oder frag noch einmal.
problem-timed-out = Das dauerte länger, als ein Take dauern darf, also habe ich aufgehört. Versuch es mit weniger Sekunden oder kleiner.
problem-render-failed = Beim Bewegen dieses Bildes ging etwas kaputt. Würfle neu; wenn es wieder bricht, sag es bitte denen, die mich betreiben.
problem-bad-clip = Was ein Worker mir schickte, ist kein Clip, den ich zeigen kann. Drücke **Neu würfeln**; wenn es wieder geschieht, sag es bitte denen, die mich betreiben.
problem-worker-lost = An diesem Take sind { $attempts }-mal Worker gestorben, also versuche ich es nicht weiter. Versuch es kleiner.
problem-cannot-fit = Ich konnte diesen Clip nicht klein genug für diesen Server machen. Versuch es mit weniger Sekunden.
problem-bad-model = Wer mich betreibt, hat ein Modell gewählt, das mein Worker nicht verwenden kann ({ $name }: { $why }). Bitte sag es ihnen.
problem-missing-package = Dem Worker fehlt, was die Engine { $engine } braucht ({ $package }). Bitte sag es denen, die mich betreiben.
problem-unsafe = Ich zeige nicht, was meine Sicherheitsprüfung meldet, und sie hat hier etwas gemeldet ({ $where }). Versuch ein anderes Bild oder eine andere Stimmung.
problem-out-of-memory = Dieser Take passte nicht in den Speicher meines Workers, auch kleiner nicht. Versuch es kleiner oder mit weniger Sekunden.
problem-card-failed = Die Grafikkarte meines Workers brach diesen Take ab, und beim zweiten Versuch noch einmal. Frag in ein paar Minuten wieder; wenn es so bleibt, sag es bitte denen, die mich betreiben.
problem-broken-frames = Das Modell machte aus diesem Take kein Bild: schwarze Frames, oder keine, die sich zeigen lassen. Würfle neu oder frag noch einmal; wenn es so bleibt, sag es bitte denen, die mich betreiben: Ein anderes Modell oder eine andere Genauigkeit kann helfen.
problem-broken-sound = Das Modell machte zu diesem Take einen Ton, der sich nicht abspielen lässt. Würfle neu oder frag noch einmal; wenn es so bleibt, sag es bitte denen, die mich betreiben: Ein anderes Modell oder eine andere Genauigkeit kann helfen.
problem-too-large = Discord hat diesen Clip als zu groß abgelehnt, auch einen kleineren. Versuch es mit weniger Sekunden oder kleiner.
problem-cancelled = Abgebrochen.
problem-cancelled-by = Abgebrochen von { $by }.
problem-withdrawn = Zurückgezogen.
problem-withdrawn-by = Zurückgezogen von { $by }.
problem-being-forgotten = Ich entferne gerade alles von dir, wie du es wolltest. Versuch es in einer Minute noch einmal.
problem-take-gone = Diesen Take kenne ich nicht mehr. Beginne neu mit `/animate`.
problem-unreadable = Eine neuere Version von mir hat diesen Take aufgeschrieben, und ich kann ihn nicht lesen. Bitte um ihn noch einmal.
problem-elsewhere = Dieser Take gehört zu einer anderen Unterhaltung.
problem-no-such-choice = Unter dieser Zahl oder diesem Namen habe ich nichts. Nimm etwas von dem, was Discord anbietet.
problem-commands-changed = Meine Befehle haben sich geändert. Lade Discord neu und gib den Befehl noch einmal.
problem-clip-expired = Der Clip, an den dieser anschließt, wird hier nicht mehr aufbewahrt. Nimm einen anderen, oder beginne mit `/animate`.
problem-still-expired = Das Bild hinter diesem Take wird hier nicht mehr aufbewahrt. Schick es noch einmal mit `/animate`.
problem-not-yours = Nur wer diesen Take wollte oder moderiert, kann ihn abbrechen.
problem-too-late = Zum Abbrechen ist es zu spät: Dieser Take ist fertig.
problem-nothing-said = Sag wenigstens ein Wort: zum Beispiel „slower, warmer“.
problem-missing-permissions = Ich brauche hier noch das Recht: { $missing }. Frag jemanden, der moderiert, oder nimm einen anderen Kanal.
problem-held-back = Der Clip ist fertig, aber mir fehlt hier jetzt das Recht: { $missing }. Lass es mir von jemandem zurückgeben, der moderiert, und drück dann **Zurückholen**.
problem-not-here = In dieser Art Kanal kann ich nichts schreiben. Nimm einen Textkanal, einen Thread oder eine private Nachricht an mich.
problem-nobody-there = Dort kann ich nichts mehr schreiben.
problem-unexpected = Bei mir ging etwas schief. Versuch es noch einmal; wenn es wieder geschieht, sag es bitte denen, die mich betreiben.
problem-restarted = Ich wurde neu gestartet, bevor ich damit beginnen konnte. Bitte frag noch einmal danach.
problem-still-waits = Dein letzter Wunsch dieser Art wartet noch. Drücke wieder, wenn er da ist.
problem-on-its-way = Wofür gestimmt wurde, ist schon unterwegs.
problem-too-much-at-once = Das ist mehr auf einmal, als ich hören kann. Warte eine Minute, dann bitte noch einmal.
problem-counted-before = Dieses Emoji von dir hat schon gezählt. Drücke einen Knopf unter dem Clip, um noch einmal zu bitten.
problem-may-not-overrule = Auf diesem Server darfst du es nicht allein starten. Bitte andere, auch zu drücken.
problem-may-not-keep = Auf diesem Server entscheiden andere, was behalten wird: wer diesen Take wollte, oder wer moderiert.
problem-may-not-toss = Nur wer diesen Take wollte oder moderiert, kann ihn verwerfen.
problem-is-tossed = Dieser Take wurde verworfen. Hol ihn erst zurück.
problem-reel-is-done = Ein Reel ist aus fertigen Takes geschnitten. Spiel mit einem von ihnen weiter und schneide es neu.
problem-clip-gone = Der Clip selbst wird hier nicht mehr aufbewahrt. Würfle einen anderen Take seiner Familie neu, oder beginne mit `/animate`.
problem-too-many-at-once = Du hast { $limit } { $limit ->
    [one] Take
   *[other] Takes
 } in Arbeit, so viele, wie ein Mitglied hier haben darf. Warte auf einen, oder brich einen ab.
problem-server-full = Dieser Server hat { $limit } { $limit ->
    [one] Take
   *[other] Takes
 } in Arbeit, so viele, wie er haben darf. Versuch es in einer Minute wieder.
problem-spent = Du hast deine { $limit } Clip-Sekunden für einen Tag verbraucht. Platz ist wieder { $when }.
problem-server-spent = Dieser Server hat seine { $limit } Clip-Sekunden für einen Tag verbraucht. Platz ist wieder { $when }.
problem-cooling-down = Einer nach dem anderen, bitte: Deiner darf { $when } beginnen.
problem-too-large-to-share = Discord lehnt diesen Clip für jenen Kanal als zu groß ab. Mach einen kürzeren oder kleineren.
problem-gallery-gone = Den Kanal für geteilte Clips gibt es nicht mehr, oder ich darf nicht hinein. Die Moderation kann einen anderen wählen: `/settings gallery`.
problem-not-kept = Geteilt wird nur Behaltenes. Drücke erst **Behalten**.
problem-no-gallery = Dieser Server hat noch keinen Kanal für geteilte Clips gewählt: `/settings gallery`.
problem-unsigned = Ich konnte diesen Clip nicht als maschinell gemacht signieren, also zeige ich ihn nicht. Wer mich betreibt, möge den Signaturschlüssel ansehen; versuch es dann noch einmal.
problem-blocked-server = Auf diesem Server bin ich nicht im Dienst.
problem-blocked-member = Ich wurde gebeten, hier keine Wünsche von dir anzunehmen. Wer diesen Server moderiert, kann das ändern.
problem-blocked-words = Manche dieser Wörter soll mir hier niemand sagen. Sag es anders.
problem-blocked-still = Dieses Bild ist hier ausgeschlossen. Nimm ein anderes.
problem-too-many-tries = Du hast mir in kurzer Zeit { $limit } Bilder geschickt. Schick das nächste { $when }.
problem-no-room = Meine Platte ist voll mit Behaltenem, also nehme ich keine neuen Bilder an. Bitte meinen Betreiber um Platz, oder behaltet weniger.
problem-disk-full = Ich kann gerade nichts speichern: Meine Platte ist voll. Sag es bitte meinem Betreiber und versuch es später noch einmal.
problem-busy = Mein Gedächtnis ist gerade beschäftigt; nichts ist verloren. Versuch es in ein paar Sekunden noch einmal.
problem-no-reports = Dieser Server hat keinen Kanal für Meldungen gewählt. Sag es direkt einem Moderator.
problem-already-reported = Du hast diesen Clip schon gemeldet; die Moderation weiß Bescheid.
problem-too-many-reports = Du hast heute { $limit } Clips gemeldet, so viele, wie ein Mitglied darf. Sag es direkt einem Moderator.
problem-reports-gone = Ich kann dort nicht schreiben, wo Meldungen gelesen werden. Sag es direkt einem Moderator.
problem-moderators-only = Nur wer hier Nachrichten verwalten darf, kann eine Meldung erledigen.
problem-report-settled = Diese Meldung hat gerade jemand anders aus der Moderation erledigt: Dort steht, wie.
problem-not-for-everyone = Dieser Clip ist verdeckt, und jener Kanal steht allen Altersstufen offen. Wählt einen altersbeschränkten: `/settings gallery`.
problem-not-you = Nur du selbst kannst dich vergessen lassen: `/forget me`.
problem-too-many-blocks = Ein Server darf { $limit } je Art ausschließen. Lass erst etwas wieder zu.
