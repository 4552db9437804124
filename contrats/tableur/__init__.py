"""Lire et écrire un plan dans un tableur. Rien ici n’écrit dans la base."""
