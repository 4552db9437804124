"""Une image SVG en PNG, sans réseau ni police du système : la même sur toutes les machines."""

from typing import Any

import resvg_py

from cls_platform.socle.svg.feuille import POLICE
from cls_platform.socle.svg.police import fichiers_de_police

# Nette sur un écran fin et à l'impression d'une demi-page
GROSSISSEMENT = 2


def en_png(image: str, grossissement: float = GROSSISSEMENT) -> bytes:
    """Lève ValueError si l'image n'est pas du SVG, PoliceAbsente sans les polices construites."""
    options: dict[str, Any] = {
        "background": "#ffffff",
        "font_files": [str(fichier) for fichier in fichiers_de_police()],
        "font_family": POLICE,
        "sans_serif_family": POLICE,
        "skip_system_fonts": True,
        "zoom": grossissement,
    }
    return bytes(resvg_py.svg_to_bytes(svg_string=image, **options))
