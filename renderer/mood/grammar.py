"""The little words that turn others round: what denies, weighs, ends and excludes."""

from renderer.mood.phrases import bag, table

NEGATORS = bag(
    "no not without never don't dont doesn't isn't avoid stop nor neither cannot can't shouldn't won't "
    "nothing minus skip remove hate didn't wasn't aren't nobody none"
)
# Of these, what opens a request: "not gruesome". The others tell: "he never came back".
REFUSALS = bag("no not without don't dont avoid nor neither minus skip remove hate")
TELLING = bag("one body longer more way where return turning end return matter")  # "no one", "not any more"
CLAUSE_ENDS = frozenset([*",.;:!?\n", *["but", "just", "instead", "while", "then", "and", "with", "because", "though"]])
ALTERNATIVES = frozenset(["or", "nor", "and"])
ONLY = "only"
EXCEPTIONS = bag("but except save besides")
NOTHING = bag("nothing everything nobody none freeze frozen")
DEGREES = {
    "very": 1.3,
    "really": 1.3,
    "extremely": 1.6,
    "super": 1.4,
    "much": 1.6,
    "lot": 1.6,
    "far": 1.5,
    "way": 1.5,
    "bit": 0.5,
    "slightly": 0.5,
    "little": 0.5,
    "somewhat": 0.6,
    "touch": 0.5,
    "tad": 0.4,
    "hint": 0.4,
    "more": 1.0,
    "less": -1.0,
}
# Words that carry no mood by themselves.
PLAIN = bag(
    "in on into onto over under up down out off back away here there now again as by for if i you we they he "
    "she him her his them our your their what when where who how can have has had will give add show take use "
    "put get go something anything thing things picture photo image video clip camera scene mood feel feeling "
    "feels style vibe vibes kind around across through about than like very really still moment subject "
    "background foreground else left right top bottom middle centre center side"
)

# Well-known pairs whose words mean something else by themselves.
COMPOUNDS = frozenset(
    table(
        (
            (
                (
                    "golden retriever, ice cream, iced tea, golden gate, golden gate bridge, hot dog, cold brew, "
                    "iced coffee, fast food, rain coat, rain forest, snow white, snow leopard, snow globe, dark "
                    "chocolate, red carpet, blue whale, polar bear, water colour, water bottle, water tower, fire "
                    "truck, fire fighter, fire escape, fire station, light bulb, traffic light, storm trooper, "
                    "cold war, flash light, still life, spring onion, spring roll, winter sports, summer dress, "
                    "summer hat, wave hello, wave goodbye, rain boots, snow man, snow board, night stand, night "
                    "gown, dark horse, bright side, pan cake, frying pan"
                ),
                None,
            ),
        )
    )
)
