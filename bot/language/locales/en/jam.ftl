# `/jam`.
command-jam = Rounds of takes, a vote on each; the winner goes on, and the end is a reel
command-jam-rounds = How many rounds (3)
command-jam-minutes = How long each vote is open (5)
command-jam-takes = How many takes each round has (3)
label-jam-stop = End the jam
jam-vote = **Round { $number } of { $rounds }**: which one goes on? The vote closes { $when }.
jam-take = Take { $number }
jam-take-votes = Take { $number } · { $votes }
jam-voted = Your vote: take { $number }. Press another to change it, or the same to withdraw.
jam-unvoted = Your vote for take { $number } is withdrawn.
jam-won = 🏆 **Round { $round }**: [take { $number }]({ $link }) goes on, with { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
 }.
jam-chosen = 🎲 **Round { $round }**: nobody voted, so chance chose [take { $number }]({ $link }).
jam-stopping = The jam ends here.
jam-ended = 🎉 That was { $host }'s jam.
jam-ended-reel = 🎉 That was { $host }'s jam: { $count } takes won, and their reel is on its way.
jam-ended-without = That was { $host }'s jam. No take came through this time; try another picture or mood with `/jam`.
jam-ended-unchosen = That was { $host }'s jam, ended before a take was chosen. Its takes stay, and those under way still come.
jam-voters = With the votes of { $members }.
jam-waits = ⏸️ Round { $number } has to wait. { $why }
problem-may-not-jam = On this server others begin jams. Ask a moderator for one.
problem-jam-too-long = That jam needs more seconds of clips than this server has for a day ({ $limit }). Take fewer rounds or takes.
problem-vote-closed = That vote is closed.
problem-not-your-jam = Only its host or a moderator can end the jam.
problem-jam-over = That jam is over.
