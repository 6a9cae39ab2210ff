"""Programs that handle bytes which are not trusted; each limits itself before it looks at them."""
