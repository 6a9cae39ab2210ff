"""What a picture has built up before it is moved, for the stages of every device."""

from renderer.contract.direction import Reading
from renderer.scene.composing import Composer
from renderer.scene.cover import cover
from renderer.scene.focus import Lens
from renderer.scene.lattice import Lattice
from renderer.scene.layers import Layers
from renderer.scene.light.lighting import Lighting
from renderer.scene.motion.matter import Matter
from renderer.scene.motion.stirring import stir


class Scenery:
    """A picture built up at the size of its layers: what every stage needs of it."""

    def __init__(self, layers: Layers, matter: Matter, reading: Reading) -> None:
        height, width = layers[0].colour.shape[:2]
        covers = tuple(cover(layer) for layer in layers)
        self.layers = layers
        self.lattice = Lattice(height, width)
        self.living = stir(matter, tuple(shape.alpha for shape in covers), reading.horizon)
        self.composer = Composer(layers, covers, self.living, self.lattice)
        self.lighting = Lighting(reading, matter, self.lattice)
        self.lens = Lens(layers)
