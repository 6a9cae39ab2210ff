# What a clip shows and does: whole phrases, which captions list.
list-and = { $first } and { $last }
list-and-before-i = { $first } and { $last }
has-sound = It has sound.
eased-frames = Memory was short, so I imagined fewer frames and made those between from them.
eased-size = Memory was short, so I imagined it smaller and enlarged it.

# Where values begin with a space or a comma, they may also be nothing.
move-still = the camera holds still
move-still-by-hand = the camera holds still, but for a breathing hand
move-push-in = the camera pushes in{ $speed }{ $ending }{ $hand }
move-pull-out = the camera pulls out{ $speed }{ $ending }{ $hand }
move-pan-left = the camera pans left{ $speed }{ $ending }{ $hand }
move-pan-right = the camera pans right{ $speed }{ $ending }{ $hand }
move-tilt-up = the camera tilts up{ $speed }{ $ending }{ $hand }
move-tilt-down = the camera tilts down{ $speed }{ $ending }{ $hand }
move-crane-up = the camera rises{ $speed }{ $ending }{ $hand }
move-crane-down = the camera sinks{ $speed }{ $ending }{ $hand }
move-arc-left = the camera arcs to the left{ $speed }{ $ending }{ $hand }
move-arc-right = the camera arcs to the right{ $speed }{ $ending }{ $hand }
move-dolly-zoom = the camera moves in while the background falls away{ $speed }{ $ending }{ $hand }
speed-very-slowly = very slowly
speed-slowly = slowly
speed-quickly = quickly
speed-hastily = hastily
ending-settle = and settles
ending-hold = after a held breath
ending-abrupt = all at once
ending-loop = and comes back
hand-held = handheld
hand-restless = in a restless hand

focus-near = the focus draws near
focus-far = the focus goes to the distance
water-little = the water barely stirs
water-some = the water ripples
water-much = the water flows
clouds-little = the clouds barely drift
clouds-some = the clouds drift
clouds-much = the clouds race
grass-little = the grass stirs
grass-some = the grass sways
grass-much = the grass tosses
foliage-little = the foliage stirs
foliage-some = the foliage sways
foliage-much = the foliage tosses
lights-flicker = { $count ->
    [1] the light flickers
   *[other] the lights flicker
 }
people-breathe = { $count ->
    [1] the person breathes faintly
   *[other] the people breathe faintly
 }
animal-breathes = { $animal } breathes

light-day = the hours pass from dawn to dusk
light-sweep = a beam of light passes over
light-shadow = the shadow of a cloud passes
light-candle = the light flickers like a candle
light-neon = the light stutters like a neon tube
lights-glow = the lights glow
sun-glows = the sun glows
light-glows = the light glows
drift-brighter-warmer = the light grows{ $much } brighter and warmer
drift-brighter-cooler = the light grows{ $much } brighter and cooler
drift-darker-warmer = the light grows{ $much } darker and warmer
drift-darker-cooler = the light grows{ $much } darker and cooler
drift-warmer = the light warms{ $much }
drift-cooler = the light cools{ $much }
drift-brighter = it grows{ $much } brighter
drift-darker = it grows{ $much } darker
much-little = a little
much-much = a lot

mist-little = a little mist gathers
mist-some = mist gathers
mist-much = thick mist rolls in
dust-little = a little dust floats
dust-some = dust floats in the light
dust-much = dust fills the air
rain-little = a few drops fall
rain-some = it begins to rain
rain-much = it begins to pour
snow-little = a few flakes fall
snow-some = it begins to snow
snow-much = it begins to snow thickly
embers-little = a few embers rise
embers-some = embers rise
embers-much = embers fill the air
petals-little = a few petals fall
petals-some = petals fall
petals-much = petals fill the air
bokeh-little = a few soft lights float by
bokeh-some = soft lights float by
bokeh-much = soft lights fill the air

colours-deepen = colours deepen{ $much }
colours-fade = colours fade{ $much }
shadows-harden = shadows harden
shadows-soften = shadows soften
corners-darken = the corners darken
grows-grainy = it grows grainy like old film

read-with = { $head } with { $besides }
at-left = on the left
at-middle = in the middle
at-right = on the right
people = { $count ->
    [1] one person
    [2] two people
    [3] three people
   *[other] several people
 }
with-people = { $count ->
    [1] one person
    [2] two people
    [3] three people
   *[other] several people
 }
setting-water = by the water
setting-plants = among leaves and grass
setting-sky = under an open sky
alone-water = water
alone-plants = leaves and grass
alone-sky = open sky
alone-wide-sky = a wide sky
over-water = over water
over-plants = over leaves and grass
drawing = a drawing
with-light-from-left = light from the left
with-light-from-right = light from the right
with-light-from-above = light from above
with-light-from-below = light from below
with-low-sun = a low sun { $where }
with-high-sun = a high sun { $where }
with-lights = { $count ->
    [1] a light { $where }
    [2] two lights
   *[other] many lights
 }
with-something-near = something near { $where }
with-lettering = lettering
picture = a quiet picture
picture-warm = a warm picture
picture-cool = a cool picture
picture-dark = a dark picture
picture-bright = a bright picture
picture-dark-warm = a dark, warm picture
picture-dark-cool = a dark, cool picture
picture-bright-warm = a bright, warm picture
picture-bright-cool = a bright, cool picture

# What was read, to be corrected from a list; what is asked about it.
seen-share = I saw it on { $share } % of the picture
seen-count = I saw { $count }
seen-some = I saw it
seen-none = I saw none
ask-water = Is that water? Say so, or press **{ $label }**, and it moves.
ask-sky = Is that sky? Say so, or press **{ $label }**, and it lives.
ask-plants = Are those plants? Say so, or press **{ $label }**, and they sway.
ask-people = Are those people? Say so, or press **{ $label }**, and they breathe.
ask-lamps = Are those lights? Say so, or press **{ $label }**, and they glow.
ask-drawing = Is that a drawing? Say so, or press **{ $label }**, and it moves as one plane.
plain-there-sky = there is sky
plain-not-sky = there is no sky
plain-there-water = this is water
plain-not-water = that is not water
plain-there-plants = there are plants
plain-not-plants = there are no plants
plain-there-people = there are people
plain-not-people = there are no people
plain-there-lettering = there is lettering
plain-not-lettering = there is no lettering
plain-there-lamps = there are lights
plain-not-lamps = there are no lights
plain-there-sun = that is the sun
plain-not-sun = that is no sun
plain-there-drawing = this is a drawing
plain-not-drawing = that is not a drawing
