"""Les règles livrées avec le produit, lues du fichier : les tests purs n’ont pas de base."""

from pathlib import Path
from typing import Any

import yaml

from bilans.langage import (
    Bande,
    Definition,
    Lexique,
    Regle,
    Reglement,
    Terme,
    en_fins,
    en_mots,
    ranger,
)
from bilans.mots import MotConnu

FICHIER = Path(__file__).resolve().parents[3] / "bilans" / "donnees" / "nomenclatures.yaml"
LISTES: dict[str, list[dict[str, Any]]] = yaml.safe_load(FICHIER.read_text(encoding="utf-8"))

REGLEMENT = Reglement(
    regles={
        ligne["code"]: Regle(
            code=ligne["code"],
            libelle=ligne["libelle"],
            gravite=ligne["gravite"],
            seuil=ligne.get("seuil"),
            conseil=ligne["conseil"],
            mots=en_mots(ligne.get("mots", "")),
            fins=en_fins(ligne.get("mots", "")),
            exceptions=en_mots(ligne.get("exceptions", "")),
        )
        for ligne in LISTES["RegleLangage"]
    },
    bandes=tuple(
        Bande(b["code"], b["libelle"], b["minimum"], b["ton"], b.get("conseil", ""))
        for b in LISTES["BandeLisibilite"]
    ),
    termes=tuple(
        Terme(
            t["code"], t["libelle"], t["remplacement"], t["regle"], t["nature"], t.get("genre", "")
        )
        for t in LISTES["TermeARemplacer"]
    ),
)
LEXIQUE = Lexique(
    sens=ranger(
        Definition(s["sigle"], s["libelle"], s.get("contexte", ""), code=s["code"])
        for s in LISTES["Sigle"]
    ),
    admis=frozenset(e["libelle"] for e in LISTES["ExceptionSigle"]),
    cries=REGLEMENT.regles["texte_en_capitales"].mots,
)
MOTS = tuple(
    MotConnu(
        m["libelle"],
        tuple(m.get("formes", "").splitlines()) or (m["libelle"],),
        m["definition"],
        m.get("source", ""),
    )
    for m in LISTES["MotAConnaitre"]
)
