"""Lire une liste de contrats existants dans un fichier. Rien ici n’écrit dans la base."""
