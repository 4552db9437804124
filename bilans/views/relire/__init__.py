"""Les pages de la relecture."""
