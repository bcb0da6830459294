"""Knowledge: articles, finding them, and whether they helped."""
