"""A door to `renderer.programs.storyboard` under the name it had: it may be started by this one."""

from renderer.programs.storyboard import main

if __name__ == "__main__":
    main()
