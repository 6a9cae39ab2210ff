"""What moves a still: arrays in, arrays out. No files, no network, no settings; `conventions.md` has axes and ranges."""
