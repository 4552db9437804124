#!/usr/bin/env python
"""Commandes d'administration ; les services embarqués tournent le temps de la commande."""

import os
import sys

from django.core.management import execute_from_command_line

from cls_platform.socle import services_locaux


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cls_platform.settings.base")
    try:
        with services_locaux.en_marche_pour(sys.argv):
            execute_from_command_line(sys.argv)
    except services_locaux.ErreurServices as erreur:
        sys.exit(str(erreur))


if __name__ == "__main__":
    main()
