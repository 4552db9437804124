"""Les couches d’une carte de couverture : zonages posés sur les communes, avec leurs mots.

Un classement (zonage des médecins) est une trame, un semis de quartiers (QPV) une marque par
commune, le reste (CPTS, CLSM…) le contour de chaque zone. Une couche n’existe que si une édition
est chargée ; ce que dit le dessin, une colonne du tableau le dit aussi.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from django.db.models import Q

from acteurs import zonages
from acteurs.contours import contours_des_communes, tracer_entier
from acteurs.fonds import Fond, centre
from acteurs.lisieres import alleger, bord
from acteurs.models import Departement, EditionZonage, TypeZonage
from acteurs.projections import departement_de
from acteurs.zonages import ZoneLue
from cls_platform.socle import typographie
from cls_platform.socle.svg.carte import Marque, Surcouche
from contrats.cartes.etats import TerritoireDeCarte
from contrats.cartes.mots import LigneDeLegende, ligne

TRAMES = {"ZIP": "couche-serrees", "ZAC": "couche-larges"}
MARQUE = "marque-losange"
TRAITS = ("trait-plein", "trait-tirets", "trait-points")
# Un contour posé sur la carte s’en écarte d’un pixel au plus (unités du dessin)
ECART_DES_BORDS = 2.5
NOMS_ECRITS = 2


@dataclass(frozen=True, slots=True)
class CoucheChoisie:
    """Une couche que l’on peut poser ou retirer. `nom` : tel qu’il s’écrit dans l’adresse."""

    nom: str
    libelle: str
    est_choisie: bool


@dataclass(frozen=True, slots=True)
class ColonneDeCouche:
    """`par_territoire` : ce que la couche dit de chacun ; un territoire sans zone est absent."""

    code: str
    libelle: str
    source: str
    par_territoire: dict[str, str]


@dataclass(frozen=True, slots=True)
class CouchesDessinees:
    """`choix` est vide si aucun zonage n’est chargé. `colonnes` : les mêmes choses, en tableau."""

    choix: tuple[CoucheChoisie, ...] = ()
    legende: tuple[LigneDeLegende, ...] = ()
    colonnes: tuple[ColonneDeCouche, ...] = ()
    surcouches: tuple[Surcouche, ...] = ()
    marques: tuple[Marque, ...] = ()


AUCUNE_COUCHE = CouchesDessinees()


@dataclass(frozen=True, slots=True)
class _Trait:
    """Ce qu’une couche pose sur la carte, et sa légende : rôle, mot, effectif."""

    surcouches: tuple[Surcouche, ...] = ()
    marques: tuple[Marque, ...] = ()
    legende: tuple[tuple[str, str, str], ...] = ()


def code_dans_l_adresse(type_zonage: str) -> str:
    """« ZONAGE_MEDECINS » s’écrit « zonage-medecins »."""
    return type_zonage.lower().replace("_", "-")


def types_de_l_adresse(ecrit: str, le: date) -> tuple[str, ...]:
    """« cpts,qpv » : les types chargés, dans l’ordre de la liste ; un nom inconnu est ignoré."""
    voulus = {nom.strip().lower() for nom in ecrit.split(",")}
    return tuple(t for t in zonages.types_charges(le) if code_dans_l_adresse(t) in voulus)


def couches_dessinees(
    types: Collection[str],
    territoires: Sequence[TerritoireDeCarte],
    fond: Fond | None,
    *,
    le: date,
    prefixe: str,
) -> CouchesDessinees:
    """Une requête, et une par couche choisie."""
    communes = [code for territoire in territoires for code in territoire.codes]
    charges = _types_de_ces_communes(communes, le)
    traits, colonnes = [], []
    styles = cycle(TRAITS)
    for type_zonage in (t for t in charges if t in types):
        zones = zonages.zones_du_type(type_zonage, le, communes=communes)
        colonnes.append(_colonne(charges[type_zonage], zones, territoires))
        traits.append(_trait(charges[type_zonage], zones, fond, styles))
    return CouchesDessinees(
        choix=tuple(
            CoucheChoisie(code_dans_l_adresse(t.pk), t.libelle, t.pk in types)
            for t in charges.values()
        ),
        legende=tuple(
            ligne(role, mot, prefixe, effectif=effectif)
            for trait in traits
            for role, mot, effectif in trait.legende
        ),
        colonnes=tuple(colonnes),
        surcouches=tuple(s for trait in traits for s in trait.surcouches),
        marques=tuple(m for trait in traits for m in trait.marques),
    )


def _types_de_ces_communes(communes: Iterable[str], le: date) -> dict[str, TypeZonage]:
    """Ceux dont une édition, nationale ou de leur région, est en vigueur."""
    regions = Departement.objects.filter(pk__in={departement_de(c) for c in communes})
    chez_elles = Q(region=None) | Q(region__in=regions.values("region"))
    editions = EditionZonage.objects.effectives(le).filter(chez_elles)
    types = TypeZonage.objects.filter(pk__in=editions.values("type")).order_by("ordre", "pk")
    return {type_zonage.pk: type_zonage for type_zonage in types}


def _trait(
    type_zonage: TypeZonage, zones: Sequence[ZoneLue], fond: Fond | None, styles: Iterator[str]
) -> _Trait:
    if type_zonage.pk == zonages.QPV:
        return _en_marques(type_zonage, zones, fond)
    if type_zonage.pk == zonages.ZONAGE_MEDECINS:
        return _en_trames(type_zonage, zones, fond)
    return _en_contours(type_zonage, zones, fond, next(styles))


def _en_marques(type_zonage: TypeZonage, zones: Sequence[ZoneLue], fond: Fond | None) -> _Trait:
    """Une par commune, quel que soit son nombre de quartiers."""
    communes = {commune for zone in zones for commune in zone.communes}
    formes = contours_des_communes(sorted(communes)) if fond else {}
    places = [fond.placer(centre(f)) for f in formes.values() if fond and f.plan == fond.plan]
    return _Trait(
        marques=tuple(Marque(forme="losange", x=x, y=y, role=MARQUE) for x, y in places),
        legende=((MARQUE, type_zonage.libelle, _communes(communes)),),
    )


def _en_trames(type_zonage: TypeZonage, zones: Sequence[ZoneLue], fond: Fond | None) -> _Trait:
    """Une trame par classe qui dit un manque ; hors zonage, rien."""
    par_classe: dict[str, list[ZoneLue]] = defaultdict(list)
    for zone in zones:
        par_classe[zone.classe].append(zone)
    presentes = [classe for classe in TRAMES if par_classe[classe]]
    return _Trait(
        surcouches=tuple(
            Surcouche(trace=chemin, role=TRAMES[classe])
            for classe in presentes
            if (chemin := contour_des_zones(par_classe[classe], fond))
        ),
        legende=tuple(
            (
                TRAMES[classe],
                _nommer(type_zonage, classe),
                _communes({c for z in par_classe[classe] for c in z.communes}),
            )
            for classe in presentes
        ),
    )


def _nommer(type_zonage: TypeZonage, classe: str) -> str:
    libelle = type_zonage.classes.get(classe)
    return f"{libelle} ({classe})" if libelle else classe


def _en_contours(
    type_zonage: TypeZonage, zones: Sequence[ZoneLue], fond: Fond | None, role: str
) -> _Trait:
    chemins = [contour_des_zones([zone], fond) for zone in zones]
    zones_dites = typographie.pluriel(len(zones), "zone")
    return _Trait(
        surcouches=tuple(Surcouche(trace=d, role=role) for d in chemins if d),
        legende=((role, type_zonage.libelle, zones_dites),),
    )


def _communes(codes: Collection[str]) -> str:
    return typographie.pluriel(len(codes), "commune")


def contour_des_zones(zones: Iterable[ZoneLue], fond: Fond | None) -> str:
    """Le bord des communes de ces zones, en unités du dessin."""
    if fond is None:
        return ""
    codes = sorted({commune for zone in zones for commune in zone.communes})
    formes = [f for f in contours_des_communes(codes).values() if f.plan == fond.plan]
    places = ([fond.cadrage.placer(point) for point in anneau] for anneau in bord(formes))
    return "".join(tracer_entier(alleger(anneau, ECART_DES_BORDS)) for anneau in places)


def _colonne(
    type_zonage: TypeZonage,
    zones: Sequence[ZoneLue],
    territoires: Sequence[TerritoireDeCarte],
) -> ColonneDeCouche:
    par_commune: dict[str, list[ZoneLue]] = defaultdict(list)
    for zone in zones:
        for commune in zone.communes:
            par_commune[commune].append(zone)
    dits = {t.code: _dit(type_zonage.pk, t, par_commune) for t in territoires}
    return ColonneDeCouche(
        code=type_zonage.pk,
        libelle=type_zonage.libelle,
        source=" ; ".join(dict.fromkeys(f"{z.source} ({z.millesime})" for z in zones)),
        par_territoire={code: dit for code, dit in dits.items() if dit},
    )


def _dit(
    type_zonage: str, territoire: TerritoireDeCarte, par_commune: dict[str, list[ZoneLue]]
) -> str:
    zones = {z.id: z for code in territoire.codes for z in par_commune.get(code, ())}
    if type_zonage == zonages.QPV:
        return str(len(zones)) if zones else ""
    if type_zonage == zonages.ZONAGE_MEDECINS:
        return _dire_les_classes(territoire, par_commune)
    noms = [zone.nom for zone in zones.values()]
    reste = len(noms) - NOMS_ECRITS
    return ", ".join(noms[:NOMS_ECRITS]) + (f" et {reste} de plus" if reste > 0 else "")


def _dire_les_classes(territoire: TerritoireDeCarte, par_commune: dict[str, list[ZoneLue]]) -> str:
    """« ZIP », ou « ZIP : 5 communes, ZAC : 2 communes » pour un territoire qui en a plusieurs."""
    comptes = Counter(
        classe
        for commune in territoire.codes
        for classe in {zone.classe for zone in par_commune.get(commune, ())}
    )
    dites = {classe: comptes[classe] for classe in TRAMES if comptes[classe]}
    if len(territoire.codes) == 1:
        return ", ".join(dites)
    return ", ".join(
        f"{classe}\u00a0: {typographie.pluriel(n, 'commune')}" for classe, n in dites.items()
    )
