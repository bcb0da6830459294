"""In a wheel the four sibling packages lie under foredesk/parts; in the tree beside foredesk."""

import sys
from pathlib import Path

if (parts := Path(__file__).parent / "parts").is_dir() and str(parts) not in sys.path:
    sys.path.insert(0, str(parts))
