"""What moves a still: arrays in, arrays out; no files, no network, no settings. Axes and ranges: `conventions.md`."""
