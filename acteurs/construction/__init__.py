"""Fabrique les fichiers de `acteurs/donnees` à partir des publications officielles.

N'est employé que par `manage.py construire_territoires`, jamais par l'application en service.
"""
