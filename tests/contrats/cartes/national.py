"""Les intercommunalités de toute la France, telles qu’une carte les dessine au pire."""

from collections import defaultdict
from datetime import date

from acteurs.fichiers_territoires import DOSSIER, lignes_csv
from acteurs.fonds import fond_des_mailles
from acteurs.mailles import maille_de
from acteurs.projections import plan_de
from cls_platform.socle.svg import carte as svg_carte
from contrats.cartes import territoire
from contrats.cartes.couches import AUCUNE_COUCHE, CouchesDessinees
from contrats.cartes.demande import Demande
from contrats.cartes.etats import TerritoireDeCarte
from contrats.couverture_etats import EtatCouverture
from tests.contrats.cartes.cas import LE

ETATS = list(EtatCouverture.values)


def fichier_national() -> dict[str, dict[str, list[dict]]]:
    """Les communes de chaque maille de chaque région, lues dans les fichiers du produit."""
    regions = {d["code"]: d["region"] for d in lignes_csv(DOSSIER, "departements")}
    groupes: dict[str, dict[str, list[dict]]] = defaultdict(lambda: defaultdict(list))
    for c in lignes_csv(DOSSIER, "communes"):
        maille = maille_de(c["code"], c["epci"] or None, c["ept"] or None)
        groupes[regions[c["departement"]]][maille].append(c)
    return groupes


NATIONAL = fichier_national()
NOMS = {e["siren"]: e["nom"] for n in ("epci", "ept") for e in lignes_csv(DOSSIER, n)}
DESSINEES = sorted(
    r for r, mailles in NATIONAL.items() if any(plan_de(c["departement"]) for m in mailles.values() for c in m)
)  # fmt: skip


def fabriquer(code: str, communes: list[dict], rang: int) -> TerritoireDeCarte:
    """Un territoire au pire : un état à trame sur deux, deux longs noms de contrats."""
    nom = NOMS.get(code) or communes[0]["nom"]
    habitants = sum(int(c["population"] or 0) for c in communes)
    contrats = tuple((f"Contrat local de santé {n} de {nom}", n == 1) for n in (1, 2))
    return TerritoireDeCarte(
        code=code, nom=nom, nature="epci", etat=ETATS[rang % 5], population=habitants,
        population_signee=habitants, population_engagee=habitants,
        codes=tuple(c["code"] for c in communes), communes_signees=len(communes),
        fin=date(2028, 12, 31), contrats=contrats,
    )  # fmt: skip


def releve_de_region(region: str) -> territoire.Releve:
    territoires = [
        fabriquer(code, communes, rang)
        for rang, (code, communes) in enumerate(sorted(NATIONAL[region].items()))
    ]
    fond = fond_des_mailles(region, tuple(t.code for t in territoires))
    return territoire.Releve(tuple(territoires), fond)


def dessin_de_region(
    releve: territoire.Releve, region: str, couches: CouchesDessinees = AUCUNE_COUCHE
) -> str:
    demande = Demande(
        niveau="region", territoire=region, nom="Région", le=LE,
        suite="?date=2025-06-01&variante=signe_ou_projet&couches=qpv",
    )  # fmt: skip
    return svg_carte.dessiner(territoire.dessiner(demande, releve, couches))
