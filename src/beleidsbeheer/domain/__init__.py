"""Pure values and rules: bytes and dates in, values out. No file, clock, process or screen."""
