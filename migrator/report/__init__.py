"""How a run is told: to people as text, to machines as JSON."""
