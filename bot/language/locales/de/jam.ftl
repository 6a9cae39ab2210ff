command-jam = Runden von Takes mit Abstimmung; der Sieger geht weiter, am Ende steht ein Reel
command-jam-rounds = Wie viele Runden (3)
command-jam-minutes = Wie viele Minuten jede Abstimmung offen ist (5)
command-jam-takes = Wie viele Takes jede Runde hat (3)
label-jam-stop = Jam beenden
jam-vote = **Runde { $number } von { $rounds }**: Welcher geht weiter? Die Abstimmung schließt { $when }.
jam-take = Take { $number }
jam-take-votes = Take { $number } · { $votes }
jam-voted = Deine Stimme: Take { $number }. Drücke einen anderen, um sie zu ändern, oder denselben, um sie zurückzuziehen.
jam-unvoted = Deine Stimme für Take { $number } ist zurückgezogen.
jam-won = 🏆 **Runde { $round }**: [Take { $number }]({ $link }) geht weiter, mit { $votes ->
    [one] { $votes } Stimme
   *[other] { $votes } Stimmen
 }.
jam-chosen = 🎲 **Runde { $round }**: Niemand hat abgestimmt, also wählte der Zufall [Take { $number }]({ $link }).
jam-stopping = Der Jam endet hier.
jam-ended = 🎉 Das war der Jam von { $host }.
jam-ended-reel = 🎉 Das war der Jam von { $host }: { $count } Takes haben gewonnen, ihr Reel ist unterwegs.
jam-ended-without = Das war der Jam von { $host }. Diesmal kam kein Take durch; versuch ein anderes Bild oder eine andere Stimmung mit `/jam`.
jam-ended-unchosen = Das war der Jam von { $host }, beendet, bevor ein Take gewählt war. Seine Takes bleiben, und die unterwegs sind, kommen noch.
jam-voters = Mit den Stimmen von { $members }.
jam-waits = ⏸️ Runde { $number } muss warten. { $why }
problem-may-not-jam = Auf diesem Server beginnen andere die Jams. Bitte die Moderation um einen.
problem-jam-too-long = Dieser Jam braucht mehr Clip-Sekunden, als dieser Server für einen Tag hat ({ $limit }). Nimm weniger Runden oder Takes.
problem-vote-closed = Diese Abstimmung ist geschlossen.
problem-not-your-jam = Nur wer ihn begonnen hat oder moderiert, kann den Jam beenden.
problem-jam-over = Dieser Jam ist vorbei.
