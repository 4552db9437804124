"""Lire un zonage ou des données de contexte dans un fichier. Rien ici n’écrit dans la base."""
