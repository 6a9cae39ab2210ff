"""What a still is made of: sky and clouds, water, plants."""
