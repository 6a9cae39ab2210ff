# What Discord shows of commands, buttons and forms.
command-animate = Set a photograph moving, to a mood said in plain words
command-image = The still: PNG, JPEG, WebP, GIF, AVIF or HEIC
command-mood = Any words, an emoji, or nothing: then the picture decides
command-seconds = How long the clip runs (4)
command-size = The clip's short side (720)
command-loop = End where it begins, without a seam
command-engine = What moves it (my usual one)
command-queue = Your waiting takes, and how many wait in all
command-help = How to play
command-about = What I am, and what becomes of your picture
menu-animate-this = Animate this

label-reroll = Reroll
label-subtle = Vary subtle
label-strong = Vary strong
label-nudge = Nudge…
label-correct = Correct…
label-before = Before…
label-after = After…
label-keep = Keep
label-let-go = Let go
label-toss = Toss
label-bring-back = Bring back
label-share = Share
label-cancel = Cancel
label-start-now = Start now
# A button on which ballots are counted.
label-counted = { $label } { $have }/{ $need }

form-mood-title = What is the mood?
form-mood-label = Mood
form-mood-hint = the last day of summer
form-nudge-title = Nudge this take
form-nudge-label = In your own words
form-nudge-hint = slower, warmer · that is not water · the dog is closer
form-correct-title = What I read in the picture
form-correct-label = What did I get wrong?
form-correct-hint = one thing or several
form-after-title = What happens next?
form-after-label = In your own words, or nothing
form-after-hint = night falls and the lights come on
form-before-title = What led here?
form-before-label = In your own words, or nothing
form-before-hint = it was still raining

command-forget = Be forgotten
command-forget-me = Remove all your pictures, clips, words and votes
command-export = All I hold of you, as a ZIP file
command-export-part = Which part, where there are several
