"""Lire un tableau donné par une personne, et en écrire un. Ne connaît aucun métier."""
