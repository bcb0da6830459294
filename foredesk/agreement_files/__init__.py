"""Agreement files: an agreement with its calendar as YAML or TOML that people read and compare."""
