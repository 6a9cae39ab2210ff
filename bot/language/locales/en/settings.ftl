# `/settings`, and the rules of the house.
settings-command = The rules of this house
settings-show = All rules as they are now
settings-reroll = How many members must agree on a reroll, a variation or a reaction
settings-reroll-votes = 1 = each press is a request, at once (the usual)
settings-who = Who may do what
settings-who-deed = What
settings-who-who = Who
settings-reactions = Whether emoji on clips ask for takes, and when not
settings-reactions-on = Whether I hear reactions
settings-quiet-from = Quiet hours: from this hour (0 to 23)
settings-quiet-to = … until this one
settings-zone = The hours' time zone (UTC)
settings-emoji = What an emoji on a clip asks for
settings-emoji-emoji = An emoji, also one of this server
settings-emoji-wish = Words it stands for. Nothing = off, - = its usual meaning
settings-allowances = How much members and the server may ask for
settings-member-at-once = Takes a member may have under way (5)
settings-member-seconds = Seconds of clips a member may have in a day (240)
settings-cooldown = Seconds between two takes of a member (0)
settings-server-at-once = Takes the server may have under way (24)
settings-server-seconds = Seconds of clips the server may have in a day (3600)
settings-lift = A role that no member's allowance binds; again to bind it
settings-lift-role = The role
settings-gallery = The channel where kept clips are shared
settings-gallery-channel = The channel; nothing = none
settings-language = What I speak in public here
settings-language-language = server = the server's own language in Discord

deed-overrule = start alone what others must agree to
deed-cancel = cancel a take
deed-toss = toss a clip
deed-keep = keep and share a clip
deed-jam = begin a jam
who-nobody = nobody
who-moderators = moderators
who-author = its author and moderators
who-anyone = anyone

rules-title = **The rules of this house**
rules-reroll = **Rerolls and variations**: { $count ->
    [1] each press is a request, at once.
   *[other] { $count } members must agree.
 }
rules-who = **Who may**: { $rows }.
rules-reactions-on = **Reactions**: I hear them.
rules-reactions-off = **Reactions**: I do not hear them.
rules-reactions-quiet = **Reactions**: I hear them, but not from { $begin } to { $end } ({ $zone }).
rules-emoji-usual = **Emoji**: as usual.
rules-emoji = **Emoji**: { $rows }; all others as usual.
rules-emoji-off = off
rules-allowances = **Allowances**: a member may have { $member } takes under way, { NUMBER($seconds, useGrouping: 0) } seconds of clips a day, { $cooldown } seconds between two takes; the server { $server } takes and { NUMBER($total, useGrouping: 0) } seconds.
rules-lifted = No member's allowance binds { $roles }.
rules-gallery = **Shared clips** go to { $channel }.
rules-no-gallery = **Shared clips**: no channel is chosen.
rules-language = **In public I speak**: { $code }.
rules-language-server = the server's language

problem-no-such-zone = I know no such time zone. Choose one from the list, for example Europe/Berlin.
problem-not-an-emoji = That is no emoji. Choose one from the picker, or one of this server.
problem-too-many-emoji = A server may map { $limit } emoji. Give one its usual meaning again first: - as its words.

settings-reports = The channel where moderators read of reported clips
settings-reports-channel = The channel; nothing = none, and no button
settings-flagged = What becomes of pictures that the safety check flags
settings-flagged-flagged = What is laxer than my operator allows is of no use
settings-retention = How long pictures and clips stay that nobody keeps
settings-retention-days = Days; nothing = as my operator says
settings-block = Shut out a member or a word; again to let in
settings-block-member = Whose requests I refuse here
settings-block-word = A word or phrase no mood may have; word* = all that begin so
flagged-usual = as my operator says
flagged-spoiler = shown behind a cover
flagged-restricted = covered in age-restricted channels, else refused
flagged-refuse = refused
rules-reports = **Reports** go to { $channel }.
rules-no-reports = **Reports**: no channel is chosen.
rules-flagged = **What the safety check flags**: { $what }.
rules-retention = **Pictures and clips** that nobody keeps go after { $days } days.
rules-retention-usual = **Pictures and clips** stay as long as my operator says.
blocked = **Shut out here**
    Members: { $members }
    Words: { $words }
    Pictures: { $stills }
blocked-nothing = none
