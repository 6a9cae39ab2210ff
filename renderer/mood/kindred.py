"""Words that name a mood by themselves."""

from renderer.mood.feelings import FEELINGS
from renderer.mood.phrases import table
from renderer.mood.seasons import SEASONS

PROFILES = {**FEELINGS, **SEASONS}

KINDRED: dict[str, str] = table(
    (
        (
            (
                "calm, calming, peaceful, peace, serene, serenity, tranquil, tranquility, quiet, relaxed, "
                "relaxing, soothing, restful, meditative, zen, stillness, silent, silence, lullaby, asleep, "
                "sleepy, lo fi, lofi"
            ),
            "calm",
        ),
        (
            (
                "dreamy, dreamlike, dream, ethereal, surreal, hazy dream, floating, fairytale, otherworldly, half "
                "remembered, half remembered dream, reverie, hypnotic, daydream, psychedelic"
            ),
            "dreamy",
        ),
        (
            (
                "tense, tension, suspense, suspenseful, uneasy, unease, unsettling, anxious, anxiety, nervous, "
                "about happen, something about happen, calm before storm, thriller, paranoia, anticipation, world "
                "hold its breath, world hold breath"
            ),
            "tense",
        ),
        (
            (
                "menacing, menace, threatening, ominous, scary, horror, creepy, sinister, dread, foreboding, "
                "fear, danger, dangerous, evil, nightmare, terrifying, spooky, apocalypse, apocalyptic, doom, "
                "gruesome, terror, zombie"
            ),
            "menacing",
        ),
        (
            (
                "joyful, joy, happy, birthday, happiness, cheerful, playful, fun, lively, celebration, festive, "
                "party, upbeat, excited, exciting, carefree, laughing, laughter, silly, funny, cheeky, euphoric, "
                "cute, goofy"
            ),
            "joyful",
        ),
        (
            (
                "triumphant, triumph, victory, victorious, win, won, glory, glorious, champion, proud, heroic, we "
                "made it, we won"
            ),
            "triumphant",
        ),
        (
            (
                "sad, sadness, no hope, hopeless, sorrow, sorrowful, grief, mournful, mourning, heartbroken, "
                "heartbreak, despair, tragic, tragedy, crying, tears, tearful, funeral, farewell, goodbye, never "
                "came back, depressed, depressing, loss"
            ),
            "sad",
        ),
        (
            (
                "melancholy, melancholic, wistful, gloomy, somber, sombre, bleak, bittersweet, wilted flower, "
                "wilting, fading, regret, autumnal sadness, saudade, ennui, bored, boredom, end of an era, last "
                "dance"
            ),
            "melancholy",
        ),
        (
            (
                "nostalgic, nostalgia, memory, memories, childhood, remembered, old times, faded memory, last day "
                "of summer, grandma, grandma's, grandmother, grandfather, grandpa, homesick, good old days, "
                "reminiscing"
            ),
            "nostalgic",
        ),
        ("epic, grand, monumental, cinematic, powerful, dramatic, legendary, blockbuster, adventure", "epic"),
        (
            (
                "awe, awesome, awestruck, majestic, majesty, vast, sublime, breathtaking, sacred, holy, divine, "
                "cosmic, spiritual, reverent, transcendent"
            ),
            "awe",
        ),
        (
            (
                "mysterious, mystery, enigmatic, secret, haunting, haunted, eerie, strange, uncanny, ghostly, "
                "gothic, ghost, cryptic, occult, twilight zone, weird"
            ),
            "mysterious",
        ),
        (
            (
                "shocking, shock, explosive, explosion, bang, startling, sudden fear, impact, punch, jump scare, "
                "plot twist"
            ),
            "shocking",
        ),
        (
            (
                "chaotic, chaos, frantic, panic, panicked, restless, frenzied, frenzy, wild, drunk, dizzy, "
                "madness, crazy, insane"
            ),
            "chaotic",
        ),
        ("hectic, rush, chase, racing, hurry, adrenaline, urgent, urgency, action, busy", "hasty"),
        ("angry, anger, furious, fury, rage, hatred, revenge, violent, violence, aggressive", "angry"),
        (
            (
                "romantic, romance, love, loving, affection, wedding, affectionate, longing, passion, passionate, "
                "sensual"
            ),
            "romantic",
        ),
        ("intimate, intimacy, tender, tenderness, close up, personal, vulnerable, whisper, delicate", "intimate"),
        (
            (
                "lonely, not a soul, nobody here, loneliness, lonesome, alone, isolated, isolation, abandoned, "
                "empty, desolate, forgotten, solitude, deserted"
            ),
            "lonely",
        ),
        (
            (
                "hopeful, hope, inspiring, inspirational, uplifting, optimistic, new beginning, aspiring, "
                "redemption, relief"
            ),
            "hopeful",
        ),
        (
            (
                "wonder, wondrous, magical, magic, enchanted, enchanting, whimsical, sparkling, sparkle, "
                "christmas, stardust"
            ),
            "wonder",
        ),
        (
            (
                "product reveal, reveal, product, commercial, advert, advertisement, sleek, minimal, minimalist, "
                "luxury, clean, premium, elegant, professional, crisp product reveal, unboxing, perfume"
            ),
            "crisp",
        ),
        ("cosy, cozy, hygge, snug, homely, comfy, fireside, comforting", "cosy"),
        (
            "vintage, retro, old movie, home movie, silent film, vhs, super 8, analog, old film, 1970s, 1980s, 1920s",
            "vintage",
        ),
        ("neon, cyberpunk, synthwave, vaporwave, nightclub, city at night, blade runner, city lights", "neon"),
        ("sunset, golden hour, evening, evening sun, low sun, last light, sundown, afterglow", "sunset"),
        ("sunrise, dawn, morning, daybreak, first light", "sunrise"),
        (
            "night, midnight, nighttime, nocturnal, moonlight, moonlit, nightfall, crescent moon, full moon, 3am",
            "night",
        ),
        (
            (
                "winter, snow, snowy, frost, frosty, frozen, snowflake, wintry, freezing, arctic, ice, blizzard, "
                "first snow"
            ),
            "winter",
        ),
        ("summer, beach, tropical, sunshine, summery, heatwave, desert", "summer"),
        ("autumn, fall colours, autumnal, october, november, fallen leaf, falling leaves", "autumn"),
        ("spring, blossom, cherry blossom, blooming, springtime", "spring"),
        ("stormy, storm, thunder, thunderstorm, tempest, raging, hurricane, lightning, typhoon", "stormy"),
        ("rainy, rain, drizzle, downpour", "rainy"),
        ("misty, foggy, mist, fog, hazy", "misty"),
    )
)
