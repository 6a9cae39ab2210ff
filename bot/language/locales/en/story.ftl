# `/story`, the reel, and takes by their links.
command-story = The family of a take as a tree, and the reel of what was kept
command-story-take = A link to a clip; nothing = the newest one here
label-reel = Cut the reel
label-joins = … with other joins
join-fitting = As the takes meet
join-cut = Cuts
join-dissolve = Dissolves
join-dip = Dips to black
story-title = **The family**, { $count ->
    [one] { $count } take
   *[other] { $count } takes
 }:
story-alt = A family tree of { $count } takes
action-animate = first
action-reroll = reroll
action-subtle = vary subtle
action-strong = vary strong
action-nudge = nudge
action-after = after
action-before = before
problem-no-such-take = That is no link to a clip of mine. Right-click a clip and choose **Copy Message Link**.
problem-no-take-here = There is no clip here yet. Ask in a clip's thread, or give a link to one.
problem-too-few-kept = A reel needs at least two kept takes on one line. Press **Keep** under those that work: a clip, and one **after** or **before** it.
problem-no-story = The tree could not be drawn just now. Try once more.
