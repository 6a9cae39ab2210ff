command-jam = Rondas de tomas con votación; la ganadora sigue, y al final hay un montaje
command-jam-rounds = Cuántas rondas (3)
command-jam-minutes = Cuántos minutos está abierta cada votación (5)
command-jam-takes = Cuántas tomas tiene cada ronda (3)
label-jam-stop = Terminar la jam
jam-vote = **Ronda { $number } de { $rounds }**: ¿cuál sigue? La votación cierra { $when }.
jam-take = Toma { $number }
jam-take-votes = Toma { $number } · { $votes }
jam-voted = Tu voto: toma { $number }. Pulsa otra para cambiarlo, o la misma para retirarlo.
jam-unvoted = Tu voto por la toma { $number } está retirado.
jam-won = 🏆 **Ronda { $round }**: sigue la [toma { $number }]({ $link }), con { $votes ->
    [one] { $votes } voto
   *[other] { $votes } votos
 }.
jam-chosen = 🎲 **Ronda { $round }**: nadie votó, así que el azar eligió la [toma { $number }]({ $link }).
jam-stopping = La jam termina aquí.
jam-ended = 🎉 Esa fue la jam de { $host }.
jam-ended-reel = 🎉 Esa fue la jam de { $host }: ganaron { $count } tomas, y su montaje está en camino.
jam-ended-without = Esa fue la jam de { $host }. Esta vez no salió ninguna toma; prueba otra imagen u otro ánimo con `/jam`.
jam-ended-unchosen = Esta fue la jam de { $host }, terminada antes de elegir una toma. Sus tomas se quedan, y las que están en camino aún llegan.
jam-voters = Con los votos de { $members }.
jam-waits = ⏸️ La ronda { $number } tiene que esperar. { $why }
problem-may-not-jam = En este servidor empiezan las jams otros. Pide una a moderación.
problem-jam-too-long = Esa jam necesita más segundos de clips de los que este servidor tiene para un día ({ $limit }). Toma menos rondas o tomas.
problem-vote-closed = Esa votación está cerrada.
problem-not-your-jam = Solo quien la empezó, o quien modera, puede terminar la jam.
problem-jam-over = Esa jam ha terminado.
