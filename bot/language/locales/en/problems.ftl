# Why something cannot be done, and what to do next.
problem-not-a-picture = I can't read that file as a picture. Send a PNG, JPEG, WebP, GIF, AVIF or HEIC.
problem-cut-off = That file is cut off: it ends before its picture does. Send it again, whole.
problem-unsupported-format = { $format ->
    [video] That is a video, and I move pictures. Send a still from it: a screenshot will do.
    [raw] That is a camera's raw file, which I can't open. Export it as JPEG or PNG and send that.
   *[other] That is { $format }, which I can't open. Save it as JPEG or PNG and send that.
 }
problem-too-many-bytes = That file is over { $limit_mib } MiB. Send a smaller copy: a screenshot of it will do.
problem-too-many-pixels = That picture has more than { $limit_mp } megapixels. Send a smaller copy: a screenshot of it will do.
problem-too-small = That picture is too small to move: each side needs at least { $limit } pixels.
problem-too-long-aspect = That picture is too long and thin: one side may be { $limit } times the other at most. Crop it first.
problem-undecodable = That picture took too much time or memory to open. Save it again as a PNG or JPEG and send that.
problem-mood-too-long = That mood has more than { $limit } characters. Say it shorter.
problem-no-picture = There is no picture on that message. Choose one with a PNG, JPEG, WebP, GIF, AVIF or HEIC attached.
problem-offer-gone = I no longer have that picture at hand. Choose **Animate this** once more.
problem-cannot-fetch = Discord would not hand me that picture. Attach it again.
problem-cannot = The { $engine } engine cannot do that ({ $what }). Ask for it another way.
problem-no-such-engine = No engine here is called { $name }. Choose { $choices }, or leave it out.
problem-unknown-engine = My operator chose an engine that does not exist ({ $name }). Please tell them.
problem-bad-job = My bot and my workers do not understand each other; they may be of different versions. Please tell my operator.
problem-media-missing = The picture was lost on the way to the worker, more than once. Press **Reroll** or ask again.
problem-timed-out = That took longer than a take may take, so I stopped it. Try fewer seconds or a smaller size.
problem-render-failed = Something broke while I moved this picture. Reroll it; if it breaks again, please tell my operator.
problem-bad-clip = What a worker sent me is no clip that I can show. Press **Reroll**; if it happens again, please tell my operator.
problem-worker-lost = The workers died under this take { $attempts } times, so I stopped trying. Try a smaller size.
problem-cannot-fit = I could not make this clip small enough for this server. Try fewer seconds.
problem-bad-model = My operator chose a model that my worker cannot use ({ $name }: { $why }). Please tell them.
problem-missing-package = My operator's worker lacks what the { $engine } engine needs ({ $package }). Please tell them.
problem-unsafe = I don't show what my safety check flags, and it flagged this { $where }. Try another picture or mood.
problem-out-of-memory = This take did not fit my worker's memory, even made smaller. Try a smaller size or fewer seconds.
problem-card-failed = My worker's graphics card broke off under this take, and once more when I tried again. Ask again in a few minutes; if it stays so, please tell my operator.
problem-broken-frames = The model made no picture of this take: black frames, or none that can be shown. Press **Reroll** or ask again; if it stays so, please tell my operator: another model or precision may help.
problem-broken-sound = The model made a sound for this take that cannot be played. Press **Reroll** or ask again; if it stays so, please tell my operator: another model or precision may help.
problem-too-large = Discord refused this clip as too large, even a smaller one. Try fewer seconds or a smaller size.
problem-cancelled = Cancelled.
problem-cancelled-by = Cancelled by { $by }.
problem-withdrawn = Withdrawn.
problem-withdrawn-by = Withdrawn by { $by }.
problem-being-forgotten = I am just removing all that is yours, as you asked. Try again in a minute.
problem-take-gone = I don't know that take any more. Start again with `/animate`.
problem-unreadable = A newer version of me wrote this take down, and I cannot read it. Please ask for it once more.
problem-elsewhere = That take belongs to another conversation.
problem-no-such-choice = I have nothing by that number or name. Choose one of those that Discord offers.
problem-commands-changed = My commands have changed. Reload Discord and give the command once more.
problem-clip-expired = The clip that this one goes on from is no longer kept here. Start from one that is, or with `/animate`.
problem-still-expired = The picture behind this take is no longer kept here. Send it again with `/animate`.
problem-not-yours = Only the one who asked for this take, or a moderator, can cancel it.
problem-too-late = Too late to cancel: this take is done.
problem-nothing-said = Say at least a word: for example “slower, warmer”.
problem-missing-permissions = I need to be allowed to { $missing } here. Ask a moderator, or try another channel.
problem-held-back = This clip is ready, but I am no longer allowed to { $missing } here. Ask a moderator to allow it again, then press **Bring back**.
problem-not-here = I can't post in this kind of channel. Try a text channel, a thread, or a private message to me.
problem-nobody-there = I can no longer post there.
problem-unexpected = Something went wrong on my side. Try once more; if it happens again, please tell my operator.
problem-restarted = I was restarted before I could begin that. Please ask for it once more.
problem-still-waits = Your last one of these still waits. Press again when it is here.
problem-on-its-way = What was voted for is on its way already.
problem-too-much-at-once = That is more at once than I can hear. Wait a minute, then ask once more.
problem-counted-before = This emoji of yours has counted already. Press a button under the clip to ask once more.
problem-may-not-overrule = This server lets nobody like you start it alone. Ask others to press, too.
problem-may-not-keep = This server lets others decide what is kept: the one who asked for this take, or a moderator.
problem-may-not-toss = Only the one who asked for this take, or a moderator, can toss it.
problem-is-tossed = This take was tossed. Bring it back first.
problem-reel-is-done = A reel is cut from finished takes. Play on with one of those, and cut it anew.
problem-clip-gone = The clip itself is no longer kept here. Press **Reroll** on another take of its family, or start with `/animate`.
problem-too-many-at-once = You have { $limit } { $limit ->
    [one] take
   *[other] takes
 } under way, as many as one member may here. Wait for one of them, or cancel one.
problem-server-full = This server has { $limit } { $limit ->
    [one] take
   *[other] takes
 } under way, as many as it may. Try again in a minute.
problem-spent = You have used your { $limit } seconds of clips for a day. There is room again { $when }.
problem-server-spent = This server has used its { $limit } seconds of clips for a day. There is room again { $when }.
problem-cooling-down = One take after another, please: yours may begin { $when }.
problem-too-large-to-share = Discord refuses this clip as too large for that channel. Make a shorter or smaller one.
problem-gallery-gone = The channel for shared clips is gone or closed to me. Ask a moderator for another: `/settings gallery`.
problem-not-kept = Only kept clips are shared. Press **Keep** first.
problem-no-gallery = This server has not chosen a channel for shared clips yet: `/settings gallery`.
problem-unsigned = I could not sign this clip as made by a machine, so I do not show it. Ask whoever runs me to look at the signing key, then press again.
problem-blocked-server = I do not serve this server.
problem-blocked-member = I was asked not to take requests from you here. A moderator of this server can change that.
problem-blocked-words = Some of these words are not to be said to me here. Say it another way.
problem-blocked-still = This picture was shut out here. Choose another.
problem-too-many-tries = You have sent me { $limit } pictures in a short time. Send the next one { $when }.
problem-no-room = My disk is full of what is kept here, so I take no new pictures. Ask whoever runs me for room, or keep less.
problem-disk-full = I cannot write anything down just now: my disk is full. Please tell my operator, and try again later.
problem-busy = My record is busy just now, and nothing was lost. Try again in a few seconds.
problem-no-reports = This server has chosen no channel for reports. Tell a moderator directly.
problem-already-reported = You have reported this clip already; the moderators know.
problem-too-many-reports = You have reported { $limit } clips today, as many as one member may. Tell a moderator directly.
problem-reports-gone = I cannot write where reports are read. Tell a moderator directly.
problem-moderators-only = Only who may manage messages here can settle a report.
problem-report-settled = Another moderator has settled this report just now: it says how.
problem-not-for-everyone = This clip is covered, and that channel is open to all ages. Choose an age-restricted one: `/settings gallery`.
problem-not-you = Only you can have yourself forgotten: `/forget me`.
problem-too-many-blocks = A server may shut out { $limit } of a kind. Let one in again first.
