"""Des contrats de la démonstration, posés sur les territoires de l’extrait des tests."""

from pathlib import Path

from cls_platform.demo.chargement.lecture import DOSSIER

# Les vrais territoires de la démonstration, remplacés par ceux de l’extrait des tests
DEPLACEMENTS = {
    "200067932": "200068120",
    "200043123": "243500659",
    "245600465": "243100815",
    "200070761": "200068120",
    "200070712": "243500659",
    "68224": "29232",
    'departement: "56"': 'departement: "29"',
    'region: "84"': 'region: "53"',
    'ars: "84"': 'ars: "53"',
}


def copier(vers: Path, *noms: str) -> Path:
    """Des contrats de la démonstration, sur les territoires de l’extrait."""
    (vers / "contrats").mkdir(exist_ok=True)
    for nom in ("comptes.yaml", *(f"contrats/{n}.yaml" for n in noms)):
        texte = (DOSSIER / nom).read_text(encoding="utf-8")
        for vrai, essai in DEPLACEMENTS.items():
            texte = texte.replace(vrai, essai)
        (vers / nom).write_text(texte, encoding="utf-8")
    return vers
