"""What plain words ask of the air, and of what moves by itself."""

from renderer.mood.phrases import table
from renderer.mood.spans import AIR, LIFE, LIGHTS

ABSOLUTE: dict[str, dict[str, float]] = table(
    (
        ("light rain, a little rain, drizzle", {"rain": 0.3}),
        ("light snow, a little snow", {"snow": 0.35}),
        ("mist, misty, fog, foggy, haze, smoke, smoky, steam, fog roll in, mist roll in", {"mist": 0.65}),
        ("dust, dusty, dust in the light, dust motes, motes, motes of dust, particles, pollen", {"dust": 0.7}),
        ("rain, rainy, cloud with rain, raindrop, let it rain, rain fall, rainfall", {"rain": 0.65}),
        ("downpour, heavy rain, pouring rain, rain hard, cloudburst, rainstorm", {"rain": 0.95}),
        (
            (
                "snow, snowy, snowflake, let it snow, first snow, fresh snow, snow fall, snowfall, flurries, flakes, "
                "falling snow"
            ),
            {"snow": 0.7},
        ),
        ("blizzard, snowstorm, heavy snow, snow hard", {"snow": 1.0}),
        ("ember, spark, sparks fly, glowing embers, embers rise, fireflies, ash, ashes", {"embers": 0.75}),
        (
            (
                "petal, falling petals, petals fall, cherry blossom petal, confetti, falling leaves, leaf fall, "
                "blossom fall, blowing leaves"
            ),
            {"petals": 0.7},
        ),
        ("wilted flower", {"petals": 0.45}),
        ("bokeh, light orbs, bubbles, discs of light, fairy lights", {"bokeh": 0.65}),
        (
            (
                "water move, water flow, water ripple, ripple, wave, wave roll, rippling water, flowing water, "
                "river flow, sea move, waves move, water run, waves crash, tide, moving water, water come alive"
            ),
            {"water": 0.75},
        ),
        ("water stand still, water stands still, frozen water", {"water": 0.0}),
        ("still water, calm water, calm sea, calm lake", {"water": 0.25}),
        ("cloud drift, cloud move, sky move, drifting clouds, moving clouds, moving sky, cloud race", {"clouds": 0.75}),
        (
            (
                "wind, windy, breeze, breezy, wind in the leaves, leaf sway, tree sway, grass sway, hair blow, "
                "hair move, wind in her hair, wind in the hair, leaf move, tree move, grass move, sway, leaf "
                "rustle, rustle, flutter, wind in the trees, wind in the grass, wind blow, gust"
            ),
            {"sway": 0.75},
        ),
        (
            "flicker, flame flicker, candle flicker, lamp flicker, fire flicker, flame dance, flame move",
            {"flicker": 0.8},
        ),
        ("breathe, breath, people breathe, chest rise, breathe faintly", {"breath": 0.7}),
        ("come alive, bring it to life, everything moves", dict.fromkeys(LIFE, 0.75)),
    )
)

# Bare names of what may move by itself: they count after "only", and after "no".
NAMES: dict[str, tuple[str, ...]] = table(
    (
        ("water, sea, ocean, river, lake, stream, waterfall, pond", ("water",)),
        ("cloud, sky", ("clouds",)),
        ("leaf, tree, grass, foliage, plants, hair, cloth, flag, curtain, flowers, dress", ("sway",)),
        ("flame, fire, candle flame, lamp, light", ("flicker",)),
        ("people, person, man, woman, girl, boy, dog, cat, breath", ("breath",)),
        ("weather, particles", AIR),
        ("life, living motion", LIFE),
        ("effect, special effect", AIR),
    )
)

FALLING_STILL = (*LIFE, *AIR, *LIGHTS, "handheld", "lean_x", "lean_y", "focus")  # all but what "only" names

RELATIVE: dict[str, dict[str, float]] = table(
    (
        ("more mist, more fog, foggier, mistier", {"mist": 0.3}),
        ("less mist, less fog", {"mist": -0.3}),
        ("more dust", {"dust": 0.3}),
        ("less dust", {"dust": -0.3}),
        ("more rain, rainier", {"rain": 0.3}),
        ("less rain", {"rain": -0.3}),
        ("more snow, snowier", {"snow": 0.3}),
        ("less snow", {"snow": -0.3}),
        ("more ember, more spark", {"embers": 0.3}),
        ("less ember, less spark", {"embers": -0.3}),
        ("more petal", {"petals": 0.3}),
        ("less petal", {"petals": -0.3}),
        ("more bokeh", {"bokeh": 0.3}),
        ("less bokeh", {"bokeh": -0.3}),
        ("more wind, windier", {"sway": 0.3}),
        ("less wind", {"sway": -0.3}),
        ("more wave, rougher water", {"water": 0.3}),
        ("less wave, calmer water", {"water": -0.3}),
    )
)
