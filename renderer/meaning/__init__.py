"""What words mean: phrases placed among the moods by sentence embeddings."""
