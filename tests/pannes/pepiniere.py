"""Une pépinière : un processus prêt, qui en fait naître d’autres et les tue où l’on veut.

Lancée dans la plateforme d’essai (`python -m tests.pannes.pepiniere morts 20 6`). Naître d’un
processus où tout est déjà lu coûte un dixième de seconde : vingt morts tiennent en une minute.
Écrit une ligne de JSON par tour.
"""

import importlib
import sys

import django

if __name__ == "__main__":
    django.setup()
    fabrique = importlib.import_module("tests.pannes.fabrique")
    annonces = importlib.import_module("tests.pannes.annonces")
    gestes = {
        "morts": fabrique.morts,
        "livraisons": fabrique.livraisons,
        "annonces": annonces.annonces,
    }
    gestes[sys.argv[1]](*(int(nombre) for nombre in sys.argv[2:]))
