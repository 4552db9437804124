"""La France par département : cinq classes de la part des habitants couverts.

Hachuré, le département qui n’a que des contrats en projet.
"""

from collections import Counter

from django.utils.safestring import mark_safe

from acteurs.carte_de_france import carte_de_france as fond_de_france
from acteurs.contours import contours
from acteurs.models import Commune
from cls_platform.socle import typographie
from cls_platform.socle.navigation import Lien
from cls_platform.socle.svg import carte as svg
from cls_platform.socle.svg.villes import Ville
from contrats import carte
from contrats.cartes.adresses import adresse_du_territoire
from contrats.cartes.demande import CarteTerritoire, Demande, NiveauDeCarte, Objet, sources
from contrats.cartes.mots import LigneDeLegende
from contrats.cartes.mots import ligne as ligne_de_legende
from contrats.cartes.tableau import LigneJumelle
from contrats.couverture import LigneCouverture, Niveau, Variante
from contrats.couverture_gardee import couvertures

VILLES = 24
EN_PROJET = "En projet seulement"


def carte_de_france(demande: Demande) -> CarteTerritoire:
    lignes = lignes_de_france(demande)
    dessin = dessin_de_france(demande, lignes)
    return CarteTerritoire(
        titre=NiveauDeCarte.FRANCE.label,
        svg=mark_safe(svg.dessiner(dessin)),  # noqa: S308  (tout y est échappé)
        legende=legende_de_france(demande, lignes),
        phrase=carte.phrase_des_departements(lignes),
        sources=sources(demande),
        hors_carte=tuple(
            Lien(_en_bref(ligne), _adresse(demande, ligne.code))
            for ligne in carte.sans_contour(lignes)
        ),
        tableau=tuple(tableau_de_france(demande, lignes)),
    )


def lignes_de_france(demande: Demande) -> list[LigneCouverture]:
    return _lignes(demande, demande.variante)


def _lignes(demande: Demande, variante: str) -> list[LigneCouverture]:
    lues = couvertures(le=demande.le, niveaux=[Niveau.DEPARTEMENT], variante=variante)
    return lues[Niveau.DEPARTEMENT]


def en_projet(demande: Demande, lignes: list[LigneCouverture]) -> frozenset[str]:
    """Sans habitant couvert par un contrat signé, mais il en aurait avec les projets."""
    if demande.variante != Variante.SIGNE:
        return frozenset()
    avec_projets = _lignes(demande, Variante.SIGNE_OU_PROJET)
    engages = {ligne.code for ligne in avec_projets if ligne.taux_population > 0}
    return frozenset(li.code for li in lignes if li.taux_population <= 0 and li.code in engages)


def dessin_de_france(
    demande: Demande, lignes: list[LigneCouverture], *, avec_liens: bool = True
) -> svg.Carte:
    def lien(code: str) -> str:
        return _adresse(demande, code) if avec_liens else ""

    return carte.dessin_des_departements(
        lignes,
        lien=lien,
        prefixe=demande.prefixe,
        en_projet=en_projet(demande, lignes),
        villes=_villes(),
    )


def _villes() -> list[Ville]:
    """Les plus peuplées d’abord."""
    grandes = Commune.objects.actuelles().filter(population__gt=0).order_by("-population", "pk")
    noms = dict(grandes.values_list("pk", "nom")[:VILLES])
    places = fond_de_france().villes(noms)
    return [Ville(nom=noms[code], x=x, y=y) for code, (x, y) in places.items()]


def legende_de_france(
    demande: Demande, lignes: list[LigneCouverture]
) -> tuple[LigneDeLegende, ...]:
    """Chaque classe, son nombre de départements, la part des habitants qui y vivent.

    « En projet seulement » n’y est que s’il y en a.
    """
    projets = en_projet(demande, lignes)
    departements: Counter[str] = Counter()
    habitants: Counter[str] = Counter()
    for ligne in lignes:
        mot = _mot(ligne, projets)
        departements[mot] += 1
        habitants[mot] += ligne.population
    total = habitants.total()
    classes = [(f"rampe-{rang}", libelle) for rang, libelle in carte.CLASSES]
    if projets:
        classes.insert(1, (carte.EN_PROJET, EN_PROJET))
    return tuple(
        ligne_de_legende(
            role,
            mot,
            demande.prefixe,
            effectif=typographie.nombre(departements[mot]),
            part=typographie.pourcent(habitants[mot] / total) if habitants[mot] else "",
        )
        for role, mot in classes
    )


def _mot(ligne: LigneCouverture, projets: frozenset[str]) -> str:
    if ligne.code in projets:
        return EN_PROJET
    return carte.CLASSES[carte.rang(ligne.taux_population)][1]


def tableau_de_france(demande: Demande, lignes: list[LigneCouverture]) -> list[LigneJumelle]:
    projets = en_projet(demande, lignes)
    return [
        LigneJumelle(
            nom=ligne.nom,
            adresse=_adresse(demande, ligne.code),
            etat=_mot(ligne, projets),
            habitants=typographie.nombre(ligne.population),
            couverts=typographie.nombre(ligne.population_couverte),
            contrats=typographie.nombre(ligne.contrats),
        )
        for ligne in lignes
    ]


def objets_de_france(demande: Demande) -> list[Objet]:
    formes = contours("departements")
    lignes = lignes_de_france(demande)
    projets = en_projet(demande, lignes)
    return [
        Objet(
            code=ligne.code,
            nom=ligne.nom,
            nature="departement",
            etat="EN_PROJET"
            if ligne.code in projets
            else f"CLASSE_{carte.rang(ligne.taux_population)}",
            etat_libelle=_mot(ligne, projets),
            population=ligne.population,
            population_couverte=ligne.population_couverte,
            contrats=ligne.contrats,
            noms_des_contrats=(),
            contour=formes.get(ligne.code),
        )
        for ligne in lignes
    ]


def notes(lignes: list[LigneCouverture]) -> list[str]:
    """Une image n’a pas de tableau : elle dit ce qu’elle ne montre pas."""
    absents = [_en_bref(ligne) for ligne in carte.sans_contour(lignes)]
    return [f"Hors de la carte\u00a0: {', '.join(absents)}."] if absents else []


def _en_bref(ligne: LigneCouverture) -> str:
    part = typographie.pourcent(ligne.taux_population) if ligne.population else "sans habitant"
    return f"{ligne.nom} ({part})"


def _adresse(demande: Demande, code: str) -> str:
    return adresse_du_territoire("departement", code, demande.suite)
