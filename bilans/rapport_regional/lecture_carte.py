"""La carte, sa légende, son tableau jumeau, tels qu’ils sont ce jour-là ; la silhouette."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from acteurs.contours import contours
from acteurs.formes import Partie, formes_des_contours
from acteurs.projections import METROPOLE
from bilans.instantane import Carte
from bilans.rapport.cartographie import carte_figee
from bilans.rapport_regional.cartes import (
    CarteFigee,
    CartoucheDeCarte,
    FormeDeCarte,
    LigneDeLegende,
    MarqueDeCarte,
    VilleDeCarte,
)
from bilans.rapport_regional.instantane import Couverture, TerritoireFige
from cls_platform.socle.svg import carte as svg
from contrats import carte as carte_des_departements
from contrats.cartes import france, mots, territoire
from contrats.cartes.demande import Demande, sources
from contrats.couverture_etats import EtatCouverture
from contrats.couverture_place import Place


def carte_de_region(place: Place, le: date) -> tuple[CarteFigee | None, tuple[TerritoireFige, ...]]:
    """Par intercommunalité. Sans aucun contour, pas de carte ; le tableau reste."""
    demande = Demande.de(place, le=le)
    releve = territoire.relever(demande)
    lignes = tuple(
        TerritoireFige(
            code=t.code,
            nom=t.nom,
            etat=mots.COURTS[t.etat],
            population=t.population,
            population_signee=t.population_signee,
            population_engagee=t.population_engagee,
            communes=t.communes,
            communes_signees=t.communes_signees,
        )
        for t in releve.territoires
    )
    if releve.fond is None:
        return None, lignes
    couches = territoire.couches_de(demande, releve)
    dessin = territoire.dessiner(demande, releve, couches, avec_liens=False)
    figee = _figer(
        dessin,
        legende=mots.legende(releve.territoires, demande.prefixe),
        maille="Intercommunalités",
        notes=territoire.notes(demande, releve),
        hors_carte=[f"{t.nom} ({EtatCouverture(t.etat).label})" for t in releve.absents],
        origine=sources(demande),
    )
    return figee, lignes


def carte_de_france(
    place: Place, le: date, departements: Iterable[Couverture]
) -> tuple[CarteFigee | None, tuple[TerritoireFige, ...]]:
    """Par département, en cinq classes de la part des habitants couverts."""
    demande = Demande.de(place, le=le)
    lues = france.lignes_de_france(demande)
    figee = _figer(
        france.dessin_de_france(demande, lues, avec_liens=False),
        legende=france.legende_de_france(demande, lues),
        maille="Départements",
        notes=[],
        hors_carte=[ligne.nom for ligne in carte_des_departements.sans_contour(lues)],
        origine=sources(demande),
    )
    lignes = tuple(
        TerritoireFige(
            code=d.code,
            nom=d.nom,
            etat="",
            population=d.population,
            population_signee=d.population_signee,
            population_engagee=d.population_engagee,
            communes=d.communes,
            communes_signees=d.communes_signees,
        )
        for d in departements
    )
    return figee, lignes


def _figer(
    dessin: svg.Carte,
    *,
    legende: Iterable[mots.LigneDeLegende],
    maille: str,
    notes: Iterable[str],
    hors_carte: Iterable[str],
    origine: str,
) -> CarteFigee:
    return CarteFigee(
        titre=dessin.titre,
        description=dessin.description,
        maille=maille,
        largeur=dessin.largeur,
        hauteur=dessin.hauteur,
        unite=dessin.unite,
        formes=tuple(FormeDeCarte(trace=t.trace, role=t.role) for t in dessin.territoires),
        marques=tuple(
            MarqueDeCarte(forme=m.forme, x=m.x, y=m.y, role=m.role) for m in dessin.marques
        ),
        villes=tuple(VilleDeCarte(nom=v.nom, x=v.x, y=v.y) for v in dessin.villes),
        cartouches=tuple(
            CartoucheDeCarte(nom=c.nom, x=c.x, y=c.y, largeur=c.largeur, hauteur=c.hauteur)
            for c in dessin.cartouches
        ),
        legende=tuple(
            LigneDeLegende(role=li.role, libelle=li.libelle, effectif=li.effectif, part=li.part)
            for li in legende
        ),
        notes=tuple(notes),
        hors_carte=tuple(hors_carte),
        sources=origine,
    )


# La forme du territoire, pour la couverture du document ---------------------------------------


@lru_cache(maxsize=32)
def silhouette(region: str) -> Carte | None:
    """Le contour de la région ; sans code, celui de la métropole. None s’il n’est pas connu."""
    connus = contours("regions")
    if region:
        choisis = {region: connus[region]} if region in connus else {}
    else:
        choisis = {code: forme for code, forme in connus.items() if forme.plan == METROPOLE}
    formes = formes_des_contours(
        {Partie(code=code, nom="", communes=()): [forme] for code, forme in choisis.items()}
    )
    return carte_figee(formes) if formes else None
