# Conversations: openers, status lines, captions, help.
thread-untitled = A moment, unstilled
opener-mood = { $member } asks for *{ $mood }*
opener-no-mood = { $member } lets the picture decide
on-its-way-to = Your moment is on its way: { $place }
made-already = That was made already: [here it is]({ $link }).

engine-quick = (quick)
either-or = { $first } or { $last }

waiting-next = Next in line
waiting-before = { $place } before this one
waiting-unserved = ⏳ No worker for { $engine } is running just now. This take keeps its place and begins when one comes. Or cancel it, and ask with another engine: `/animate` lists those that run.
waiting-loading = ⏳ { $turn } · the worker for { $engine } is still warming up
waiting-ready = ⏳ { $turn } · ready about { $when }

phase-loading = warming up
phase-reading = reading the picture
phase-steps = imagining it
phase-decoding = developing it
phase-frames = moving it
phase-encoding = making the clip
progress-step = step { $done } of { $total }

asked-animate = asked by { $member }
asked-reroll = rerolled by { $member }
asked-subtle = varied a little by { $member }
asked-strong = varied a lot by { $member }
asked-nudge = nudged by { $member }: *{ $words }*
asked-after = what happens next, asked by { $member }
asked-before = what led here, asked by { $member }
asked-reel = the reel, cut for { $member }
other-members = { $count ->
    [one] one other
   *[other] { $count } others
 }
caption-origin = from [this take]({ $link })
caption-maker = imagined by a machine: { $engine }
caption-modified = AI-modified
caption-generated = AI-generated
caption-drawn = a test pattern
caption-kept = ⭐ kept by { $member }
caption-reel = { $count } takes, one story. With takes by { $members }.
covered-still = covered, because my safety check flagged the picture
covered-clip = covered, because my safety check flagged the clip
alt-mood = A photograph set moving to “{ $mood }”.
alt-no-mood = A photograph set moving.
alt-reel = { $count } moving photographs, joined to one story.
tossed = 🗑️ Tossed.
tossed-by = 🗑️ Tossed by { $member }.
waking = ⏰ Waking this conversation.

tally = { $label }: { $have } of { $need }
vote-counted = Counted: { $have } of { $need } want { $what }. Press again to withdraw.
vote-withdrawn = Withdrawn. { $have } of { $need } want { $what }.
vote-what = a **{ $label }**
reaction-quiet = These are quiet hours: I hear reactions again { $until }.

queue-total = { $count ->
    [one] { $count } take waits in all.
   *[other] { $count } takes wait in all.
 }
queue-none = None of your takes is waiting. { $total }
queue-yours = Your takes:
queue-row = - { $mood }: { $place }. in line, { $when }
queue-more = - and { $count } more
queue-unserved = when a worker for { $engine } comes
queue-ready = ready about { $when }
queue-no-mood = *the picture decides*

help = **Set a photograph moving**
    `/animate` a picture and say the mood in plain words: *the last day of summer*, *slow push in, warmer*, or nothing at all. Or open any message with a picture: **Apps → Animate this**.
    I answer in a thread. Under each clip, anyone there may press:
    🔁 **Reroll**: the same words, another reading
    🎚️ **Vary subtle**, 🎛️ **Vary strong**: near this one, or further off
    💬 **Nudge…**: say what to change: *slower, warmer, no zoom*; or what I read wrongly: *that is not water*. Or reply to the clip, with a ping
    ✏️ **Correct…**: choose from a list what I read wrongly; it counts for the whole family
    ⏪ **Before…**, ⏩ **After…**: what led here, what happens next
    ⭐ **Keep**, 🗑️ **Toss**: rerolls lean to what was kept. `/story` shows the family and cuts the reel
    Or react: 🐢 🐇 🔍 🌊 🧊 ☀️ 🌅 🌙 🌧️ ❄️ 🔥 🌫️, or any emoji
    `/jam` plays rounds with votes, `/gallery` shows what was kept, `/take` wakes an old clip.
    Moods may have up to { $limit } characters; I understand English best. `/queue` shows what waits, `/about` what I am.
about = **Unstill { $version }** sets photographs moving. It reads your still and moves camera, light, weather and what lives in it to your mood, with the { $usual } engine.{ $more }
    Your picture stays with whoever runs this bot, to render your takes; nothing is used for training. `/forget me` removes all that is yours, `/export` gives you a copy. Unstill is free software under the MIT licence.
about-more = You may also choose { $others }.
welcome = Hello! I set photographs moving. Try `/animate` with a picture and a mood, or **Apps → Animate this** on any message with a picture. `/help` says more.
welcome-missing = To do it well I still need to be allowed to { $missing }.

permission-view-channel = see the channel
permission-send-messages = send messages
permission-attach-files = attach files
permission-read-message-history = read the message history
permission-create-public-threads = create public threads
permission-send-messages-in-threads = send messages in threads
permission-post-clips = post clips

label-report = Report
reported = Thank you. The moderators of this server will look at it.
report-text = 🚩 { $members } reported [this clip]({ $link }) by { $author }: *{ $words }*
report-toss = Toss the clip
report-still = Shut the picture out
report-member = Shut the member out
report-dismiss = Nothing wrong
report-done-toss = ✔️ { $member } tossed the clip.
report-done-still = ✔️ { $member } shut the picture out and tossed what was made of it.
report-done-member = ✔️ { $member } shut the member out.
report-done-dismiss = ✔️ { $member } found nothing wrong.
thread-forgotten = Forgotten
forgotten-member = somebody
label-forget = Forget all of it
forget-sure = I would remove { $takes } takes of yours with { $stills } pictures, their clips, messages and words, and { $votes } votes, everywhere and for good, also what is kept.{ $others } `/export` first, if you want a copy.
forget-others = {" "}{ $count } of these were made by others from your pictures or words.
forgotten = Done. I removed { $stills } pictures, { $clips } clips with their words and messages, and { $votes } votes.
forget-later = Discord is slow just now. It is written down, and I go on with it by myself until all is gone.
export-done = Your pictures, clips, words and votes, part { $part } of { $of }.{ $more }
export-more = {" "}Next: `/export part:{ $next }`.
