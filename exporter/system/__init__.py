"""All that touches the operating system: limited reads, atomic writes, the build lock, the clock."""
