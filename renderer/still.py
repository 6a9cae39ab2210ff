"""A door to `renderer.programs.still` under the name it had: checks from outside start it so."""

from renderer.programs.still import main

if __name__ == "__main__":
    main()
