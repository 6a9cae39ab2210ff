"""What plain words ask of light and colours."""

from renderer.mood.phrases import table
from renderer.mood.spans import COLOURS, LIGHTS

ABSOLUTE: dict[str, dict[str, float]] = table(
    (
        ("warm, warmth, golden, amber, warm light", {"warmth": 0.6}),
        ("cold, cool, chilly, icy, bluish, cold light, blue hour", {"warmth": -0.6}),
        ("moonlit, moonlight", {"warmth": -0.6, "brightness": -0.4}),
        ("neutral colour, neutral colours", {"warmth": 0.0, "saturation": 0.0}),
        ("bright, brightness, sunlit, sunny, radiant, light up, luminous, airy", {"brightness": 0.5}),
        ("dark, darkness, dim, shadowy, gloom, murky", {"brightness": -0.55}),
        ("light off, light turns off, light go out, light out, blackout, turn light off", {"brightness": -0.75}),
        ("sun come out, sun breaks through, cloud part", {"brightness": 0.45, "warmth": 0.25}),
        ("night fall, nightfall, night, midnight, nighttime, dead of night", {"brightness": -0.7, "warmth": -0.5}),
        ("dusk, twilight", {"brightness": -0.45, "warmth": -0.15}),
        ("golden hour, golden light, low sun", {"warmth": 0.65}),
        ("vivid, saturated, colourful, vibrant, rich colour, rich colours, saturation", {"saturation": 0.65}),
        ("muted, desaturated, washed out, pale, pastel, drained", {"saturation": -0.5}),
        (
            "black and white, black white, monochrome, grayscale, greyscale, noir, b&w, bw, colourless",
            {"saturation": -1.0},
        ),
        ("contrasty, high contrast, hard light, crisp, punchy, contrast", {"contrast": 0.6}),
        ("low contrast, soft light, faded, matte, hazy", {"contrast": -0.5}),
        ("vignette, dark corners, dark edges", {"vignette": 0.75}),
        ("sepia, old photo", {"saturation": -0.6, "warmth": 0.55}),
        ("grain, film grain, grainy, film stock, analog, analogue, 35mm, 16mm, super 8, polaroid", {"grain": 0.6}),
        ("vhs, camcorder, old tape", {"grain": 0.85, "saturation": -0.2, "contrast": -0.15}),
        (
            (
                "dawn dusk, dusk dawn, morning evening, sunrise sunset, day night, day turns into night, timelapse, "
                "time lapse, hours pass, day pass, day go by, passing day, whole day, day passing"
            ),
            {"day": 0.8},
        ),
        (
            (
                "light sweep, sweep light, sweep of light, light beam, beam of light, light pass over, light "
                "pass, searchlight, headlight, headlights, lighthouse, light leak, light move across, sunbeam, "
                "sun beam, sun beams, sunbeams"
            ),
            {"sweep": 0.7},
        ),
        (
            "sun rays, sunrays, rays of light, light rays, god rays, rays of sun, crepuscular rays",
            {"sweep": 0.5, "glow": 0.4},
        ),
        (
            (
                "cloud shadow, passing cloud, cloud pass over, shadow pass, passing shadow, cloud pass, shadow "
                "fall, cloud before sun, shadow creep, sun go behind a cloud"
            ),
            {"shadow": 0.7},
        ),
        ("glow, glowing, bloom, halo, shimmering, shimmer, gleam, lens flare", {"glow": 0.6}),
        (
            "candlelight, candle, candlelit, by candlelight, torchlight, firelight, by the fire, campfire, fireplace",
            {"candle": 0.7, "warmth": 0.5},
        ),
        ("light flicker, flickering light, flicker light", {"candle": 0.6}),
        (
            (
                "neon, neon light, neon sign, fluorescent, faulty light, broken tube, strobe, stutter, glitch, "
                "buzzing light"
            ),
            {"neon": 0.7},
        ),
    )
)

# What "no" takes away besides its own number: the colours stay the still's.
UNTOUCHED: dict[str, tuple[str, ...]] = table(
    (
        ("colour", ("warmth", "saturation")),
        (
            ("colour change, colour grading, grading, grade, filter, colour drift, change colour"),
            COLOURS,
        ),
        ("light change, light effect, change light, change lighting", (*COLOURS, *LIGHTS)),
        ("effect, special effect", (*COLOURS, *LIGHTS, "grain")),
        ("dark, darkness, darker, gloom, dim, gloomy", ("shadow", "vignette")),
        ("flicker, flickering", ("flicker", "candle", "neon")),
        ("shadow", ("shadow",)),
        ("light", LIGHTS),
        ("noise", ("grain",)),
        ("blur, focus, depth of field", ("focus",)),
    )
)

RELATIVE: dict[str, dict[str, float]] = table(
    (
        ("warmer, more golden", {"warmth": 0.35}),
        ("colder, cooler, bluer, chillier", {"warmth": -0.35}),
        ("brighter, lighter, more light", {"brightness": 0.3}),
        ("darker, dimmer, moodier, less light", {"brightness": -0.3}),
        ("more vivid, richer, more colour, more colourful", {"saturation": 0.35}),
        ("paler, greyer, grayer, less colour, less colourful, more muted", {"saturation": -0.35}),
        ("harder, crisper, sharper, punchier, more contrast", {"contrast": 0.3}),
        ("softer, flatter, less contrast", {"contrast": -0.3}),
        ("more vignette", {"vignette": 0.3}),
        ("less vignette", {"vignette": -0.3}),
        ("more grain, grainier", {"grain": 0.3}),
        ("less grain", {"grain": -0.3}),
        ("more glow", {"glow": 0.3}),
        ("less glow", {"glow": -0.3}),
    )
)
