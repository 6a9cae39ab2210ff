settings-command = Die Regeln dieses Hauses
settings-show = Alle Regeln, wie sie jetzt sind
settings-reroll = Wie viele zustimmen müssen: Neuwürfeln, Varianten, Reaktionen
settings-reroll-votes = 1 = jeder Druck gilt sofort (üblich)
settings-who = Wer was darf
settings-who-deed = Was
settings-who-who = Wer
settings-reactions = Ob Emojis an Clips Takes bestellen, und wann nicht
settings-reactions-on = Ob ich Reaktionen höre
settings-quiet-from = Ruhezeit: ab dieser Stunde (0 bis 23)
settings-quiet-to = … bis zu dieser
settings-zone = Die Zeitzone der Stunden (UTC)
settings-emoji = Worum ein Emoji an einem Clip bittet
settings-emoji-emoji = Ein Emoji, auch eines dieses Servers
settings-emoji-wish = Worte, für die es steht. Nichts = aus, - = wie üblich
settings-allowances = Wie viel Mitglieder und Server wünschen dürfen
settings-member-at-once = Takes, die ein Mitglied in Arbeit haben darf (5)
settings-member-seconds = Clip-Sekunden eines Mitglieds am Tag (240)
settings-cooldown = Sekunden zwischen zwei Takes eines Mitglieds (0)
settings-server-at-once = Takes, die der Server in Arbeit haben darf (24)
settings-server-seconds = Clip-Sekunden des Servers am Tag (3600)
settings-lift = Eine Rolle, die kein Kontingent bindet; nochmals bindet sie wieder
settings-lift-role = Die Rolle
settings-gallery = Der Kanal, in dem behaltene Clips geteilt werden
settings-gallery-channel = Der Kanal; nichts = keiner
settings-language = Was ich hier öffentlich spreche
settings-language-language = server = die Sprache des Servers in Discord

deed-overrule = allein starten, wozu andere zustimmen müssen
deed-cancel = einen Take abbrechen
deed-toss = einen Clip verwerfen
deed-keep = einen Clip behalten und teilen
deed-jam = einen Jam beginnen
who-nobody = niemand
who-moderators = die Moderation
who-author = wer ihn wollte, und die Moderation
who-anyone = alle

rules-title = **Die Regeln dieses Hauses**
rules-reroll = **Neuwürfeln und Varianten**: { $count ->
    [1] Jeder Druck gilt sofort.
   *[other] { $count } Mitglieder müssen zustimmen.
 }
rules-who = **Wer darf**: { $rows }.
rules-reactions-on = **Reaktionen**: Ich höre sie.
rules-reactions-off = **Reaktionen**: Ich höre sie nicht.
rules-reactions-quiet = **Reaktionen**: Ich höre sie, aber nicht von { $begin } bis { $end } ({ $zone }).
rules-emoji-usual = **Emojis**: wie üblich.
rules-emoji = **Emojis**: { $rows }; alle anderen wie üblich.
rules-emoji-off = aus
rules-allowances = **Kontingente**: Ein Mitglied darf { $member } Takes in Arbeit haben, { NUMBER($seconds, useGrouping: 0) } Clip-Sekunden am Tag, { $cooldown } Sekunden zwischen zwei Takes; der Server { $server } Takes und { NUMBER($total, useGrouping: 0) } Sekunden.
rules-lifted = Kein Kontingent bindet { $roles }.
rules-gallery = **Geteilte Clips** gehen nach { $channel }.
rules-no-gallery = **Geteilte Clips**: Es ist kein Kanal gewählt.
rules-language = **Öffentlich spreche ich**: { $code }.
rules-language-server = die Sprache des Servers

problem-no-such-zone = So eine Zeitzone kenne ich nicht. Wähle eine aus der Liste, zum Beispiel Europe/Berlin.
problem-not-an-emoji = Das ist kein Emoji. Nimm eines aus der Auswahl, oder eines dieses Servers.
problem-too-many-emoji = Ein Server darf { $limit } Emojis belegen. Gib erst einem wieder seine übliche Bedeutung: - als Worte.

settings-reports = Der Kanal, in dem die Moderation von gemeldeten Clips liest
settings-reports-channel = Der Kanal; nichts = keiner, und kein Knopf
settings-flagged = Was aus Bildern wird, die die Sicherheitsprüfung beanstandet
settings-flagged-flagged = Was lockerer ist, als mein Betreiber erlaubt, bewirkt nichts
settings-retention = Wie lange Bilder und Clips bleiben, die niemand behält
settings-retention-days = Tage; nichts = wie mein Betreiber sagt
settings-block = Ein Mitglied oder Wort ausschließen; noch einmal, um es zuzulassen
settings-block-member = Wessen Wünsche ich hier ablehne
settings-block-word = Ein Wort, das keine Stimmung haben darf; wort* = alle, die so beginnen
flagged-usual = wie mein Betreiber sagt
flagged-spoiler = verdeckt gezeigt
flagged-restricted = verdeckt in altersbeschränkten Kanälen, sonst abgelehnt
flagged-refuse = abgelehnt
rules-reports = **Meldungen** gehen an { $channel }.
rules-no-reports = **Meldungen**: kein Kanal ist gewählt.
rules-flagged = **Was die Sicherheitsprüfung beanstandet**: { $what }.
rules-retention = **Bilder und Clips**, die niemand behält, gehen nach { $days } Tagen.
rules-retention-usual = **Bilder und Clips** bleiben, solange mein Betreiber sagt.
blocked = **Hier ausgeschlossen**
    Mitglieder: { $members }
    Wörter: { $words }
    Bilder: { $stills }
blocked-nothing = keine
