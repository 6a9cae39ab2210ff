"""Words for what a picture shows, in the groups that the reading asks about."""

# Where one of these is what the picture shows, what is bright above it is a wall, a table or a blur.
INDOORS = (
    "coffee", "cup", "teapot", "bottle", "glass", "wine", "bowl", "food", "ice cream", "fruit", "vegetables", "stove",
    "table", "bed", "couch", "bookshelf", "computer", "television", "telephone", "lamp", "fireplace", "page", "watch",
    "candle", "piano", "shoe", "guitar", "violin", "insect", "butterfly", "spider", "mushroom", "berries", "aquarium",
    "paintbrush", "person",
)  # fmt: skip
ANIMALS = (
    "dog", "cat", "wild cat", "leopard", "lion", "tiger", "bear", "wolf", "fox", "horse", "zebra", "cow", "sheep",
    "goat", "pig", "camel", "llama", "antelope", "elephant", "monkey", "ape", "panda", "red panda", "rabbit",
    "squirrel", "bird", "penguin", "otter", "seal", "kangaroo", "koala", "hamster", "turtle", "frog", "lizard",
)  # fmt: skip
# Green things that are no plants, and brown ones that look like straw.
INSTEAD_OF_PLANTS = (
    "coffee", "cup", "table", "page", "fish", "frog", "snake", "lizard", "ball", "car", "truck", "bus", "train",
    "steam engine", "clock", "watch", "computer", "telephone", "camera", "television", "bottle", "chair", "couch",
    "bed", "shoe", "food", "bowl", "ice cream", "fruit", "teapot", "bookshelf",
)  # fmt: skip
# What is seen so near that all that shines in it is a glint.
CLOSE_UPS = ("coffee", "cup", "bottle", "paintbrush", "bowl", "shell", "food", "fruit", "spoon", "glass")
