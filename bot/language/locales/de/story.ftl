command-story = Die Familie eines Takes als Baum, und das Reel des Behaltenen
command-story-take = Ein Link zu einem Clip; nichts = der neueste hier
label-reel = Reel schneiden
label-joins = … mit anderen Übergängen
join-fitting = Wie die Takes sich treffen
join-cut = Schnitte
join-dissolve = Überblendungen
join-dip = Über Schwarz
story-title = **Die Familie**, { $count ->
    [one] { $count } Take
   *[other] { $count } Takes
 }:
story-alt = Ein Stammbaum aus { $count } Takes
action-animate = erster
action-reroll = neu
action-subtle = leicht variiert
action-strong = stark variiert
action-nudge = angestupst
action-after = danach
action-before = davor
problem-no-such-take = Das ist kein Link zu einem Clip von mir. Klicke einen Clip rechts an und wähle **Nachrichtenlink kopieren**.
problem-no-take-here = Hier gibt es noch keinen Clip. Frag im Thread eines Clips, oder gib einen Link zu einem.
problem-too-few-kept = Ein Reel braucht mindestens zwei behaltene Takes auf einer Linie. Drücke **Behalten** unter denen, die gelingen: einem Clip, und einem **danach** oder **davor**.
problem-no-story = Der Baum ließ sich gerade nicht zeichnen. Versuch es noch einmal.
