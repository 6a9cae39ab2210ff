"""A door to `renderer.worker.health` under the name it had: compose files that operators copied start it so."""

from renderer.worker.health import main

if __name__ == "__main__":
    main()
