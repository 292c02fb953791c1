"""Which entity of a graph a name with a few properties means: `index.Index` is built once and asked as often as needed."""
