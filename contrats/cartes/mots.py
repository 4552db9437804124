"""Ce qu’une carte dit en mots : le nom lu de chaque territoire, sa légende, sa phrase."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from cls_platform.socle import typographie
from cls_platform.socle.svg import carte as svg
from contrats.cartes.etats import Grain, TerritoireDeCarte
from contrats.couverture_etats import EtatCouverture

ROLES = {
    EtatCouverture.SIGNE.value: "plein",
    EtatCouverture.FINIT_BIENTOT.value: "motif-points",
    EtatCouverture.PLUSIEURS.value: "motif-grille",
    EtatCouverture.EN_PROJET.value: "motif-hachures",
    EtatCouverture.AUCUN.value: "aucun",
}
COURTS = {
    EtatCouverture.SIGNE.value: "Signé",
    EtatCouverture.FINIT_BIENTOT.value: "Signé, finit sous 12 mois",
    EtatCouverture.PLUSIEURS.value: "Deux contrats signés ou plus",
    EtatCouverture.EN_PROJET.value: "En projet",
    EtatCouverture.AUCUN.value: "Aucun contrat",
}
EN_PARTIE = "Signé en partie seulement"
DOUBLE = "Deux contrats sur une partie"
_AVEC = {
    EtatCouverture.SIGNE.value: "avec un contrat signé",
    EtatCouverture.FINIT_BIENTOT.value: "avec un contrat qui finit sous 12 mois",
    EtatCouverture.PLUSIEURS.value: "avec deux contrats signés ou plus",
    EtatCouverture.EN_PROJET.value: "avec un contrat en projet",
    EtatCouverture.AUCUN.value: "sans contrat",
}
NOMS_DES_GRAINS = {Grain.MAILLE.value: "intercommunalité", Grain.COMMUNE.value: "commune"}
CONTRATS_NOMMES = 3


@dataclass(frozen=True, slots=True)
class LigneDeLegende:
    """`role` : ce que montre l'`echantillon`, un SVG décoratif. `part` : celle des habitants."""

    role: str
    echantillon: SafeString
    libelle: str
    effectif: str = ""
    part: str = ""


def nom_lu(territoire: TerritoireDeCarte) -> str:
    """« Douarnenez Communauté : contrat signé, 18 250 habitants. CLS de Cornouaille. »"""
    etat = EtatCouverture(territoire.etat).label
    habitants = typographie.pluriel(territoire.population, "habitant")
    if territoire.est_partiel:
        couverts = typographie.nombre(territoire.population_signee)
        habitants = f"{couverts} habitants couverts sur {typographie.nombre(territoire.population)}"
    contrats = contrats_dits(territoire)
    debut = f"{territoire.nom}\u00a0: {etat[0].lower()}{etat[1:]}, {habitants}"
    if territoire.est_double_en_partie:
        debut += f", {_doubles(territoire)}"
    return f"{debut}. {contrats}" if contrats else debut


def _doubles(territoire: TerritoireDeCarte) -> str:
    """« 1 commune sous deux contrats »"""
    return f"{typographie.pluriel(territoire.communes_doubles, 'commune')} sous deux contrats"


def en_bref(territoire: TerritoireDeCarte) -> str:
    return f"{territoire.nom} ({COURTS[territoire.etat].lower()})"


def etat_dit(territoire: TerritoireDeCarte) -> str:
    """L’état, et ce qui n’en vaut que pour une partie des communes."""
    dits = [COURTS[territoire.etat]]
    if territoire.est_partiel:
        signees = typographie.nombre(territoire.communes_signees)
        dits.append(f"{signees} sur {typographie.pluriel(territoire.communes, 'commune')}")
    if territoire.est_double_en_partie:
        dits.append(_doubles(territoire))
    return ", ".join(dits)


def contrats_dits(territoire: TerritoireDeCarte) -> str:
    """Trois au plus, puis leur nombre ; un projet est dit tel."""
    contrats = territoire.contrats
    noms = [nom if signe else f"{nom} (en projet)" for nom, signe in contrats[:CONTRATS_NOMMES]]
    reste = len(contrats) - len(noms)
    suite = f" et {typographie.pluriel(reste, 'autre')}" if reste else ""
    return ", ".join(noms) + suite


def phrase(grain: str, territoires: Sequence[TerritoireDeCarte]) -> str:
    """« 61 intercommunalités : 34 avec un contrat signé, 8 avec un contrat en projet… »"""
    comptes = [
        f"{typographie.nombre(effectif)} {_AVEC[etat]}"
        for etat, effectif in effectifs(territoires).items()
        if effectif
    ]
    total = typographie.pluriel(len(territoires), NOMS_DES_GRAINS[grain])
    return f"{total}\u00a0: {', '.join(comptes)}." if comptes else f"{total}."


def effectifs(territoires: Iterable[TerritoireDeCarte]) -> dict[str, int]:
    comptes = dict.fromkeys(EtatCouverture.values, 0)
    for territoire in territoires:
        comptes[territoire.etat] += 1
    return comptes


def legende(territoires: Sequence[TerritoireDeCarte], prefixe: str) -> tuple[LigneDeLegende, ...]:
    """Chaque état, son nombre de territoires et sa part des habitants ; tous, même absents."""
    comptes = effectifs(territoires)
    habitants = dict.fromkeys(EtatCouverture.values, 0)
    for territoire in territoires:
        habitants[territoire.etat] += territoire.population
    total = sum(habitants.values())
    lignes = [
        ligne(
            role,
            COURTS[etat],
            prefixe,
            effectif=typographie.nombre(comptes[etat]),
            part=typographie.pourcent(habitants[etat] / total) if habitants[etat] else "",
        )
        for etat, role in ROLES.items()
    ]
    en_partie = (
        ("marque-disque", EN_PARTIE, sum(t.est_partiel for t in territoires)),
        ("marque-double", DOUBLE, sum(t.est_double_en_partie for t in territoires)),
    )
    lignes += [
        ligne(role, mot, prefixe, effectif=typographie.nombre(combien))
        for role, mot, combien in en_partie
        if combien
    ]
    return tuple(lignes)


def ligne(
    role: str, libelle: str, prefixe: str, *, effectif: str = "", part: str = ""
) -> LigneDeLegende:
    return LigneDeLegende(role, pastille(role, prefixe), libelle, effectif, part)


def pastille(role: str, prefixe: str) -> SafeString:
    return mark_safe(svg.pastille(role, prefixe=prefixe))  # noqa: S308  (dessin du socle, sans texte)
