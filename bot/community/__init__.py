"""What members do with takes together: presses, fates, jams, stories, the gallery, reports, sharing."""
