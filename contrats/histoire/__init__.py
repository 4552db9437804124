"""Lire l’histoire d’une fiche : ce que valait chaque champ, à quelle version, par qui."""
