"""python -m bench [--only w1,w2] [--contrats 1000] [--tours 9] [--json fichier] [--refaire]"""

import argparse
import importlib
import os
import sys

from bench import base

if __name__ == "__main__":
    analyse = argparse.ArgumentParser(prog="bench")
    analyse.add_argument("--only", default="", help="charges à mesurer, par exemple w1,w2")
    analyse.add_argument("--contrats", type=int, default=1000, help="1 000 : échelle nationale")
    analyse.add_argument("--tours", type=int, default=9)
    analyse.add_argument("--json", default="bench/resultats/dernier.json")
    analyse.add_argument("--refaire", action="store_true", help="recharge la base de mesure")
    options = analyse.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cls_platform.settings.base")
    os.environ["DEBUG"] = "false"
    with base.services():
        base.preparer(contrats=options.contrats, refaire=options.refaire)
        # Les charges lisent les modèles : elles se chargent après Django.
        sys.exit(importlib.import_module("bench.courses").courir(options))
