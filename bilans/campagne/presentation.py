"""Ce que montre la page d’une campagne : cellules, comptes, menus, puces, exports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from bilans.campagne.fenetres import compte_a_rebours, ecart_a_la_remise
from bilans.campagne.filtres import TableauFilterSet, Tri
from bilans.campagne.ligne import Etape, LigneCampagne
from bilans.campagne.tableau import TableauCampagne
from bilans.models import Campagne
from cls_platform.socle import presentation, typographie
from cls_platform.socle.navigation import Entree, Repartition, repartition
from contrats.adresses import adresse_avec

# Le signe de chaque étape : ceux des statuts d’un bilan, et deux qu’il n’a pas
SIGNES: dict[Etape, str] = {
    etape: {Etape.PAS_COMMENCE: "A_VENIR", Etape.RETIRE: "ARCHIVE"}.get(etape, etape.value)
    for etape in Etape
}
ORDRE_D_OFFICE = "Ce qui presse d’abord"
EXTENSIONS = ("xlsx", "csv", "ods")
ENTETES = (
    "Contrat", "Identifiant", "Délégation", "Étape", "Édition", "Correction en cours",
    "Remise le", "Jours avant la remise", "En retard", "Publié le", "Avis demandés",
    "Avis attendus", "Avis en retard", "Dernière activité", "Coordination", "Adresse du bilan",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RangeeCampagne:
    """Une ligne prête à écrire."""

    ligne: LigneCampagne
    etape: SafeString
    bilan: str
    adresse: str
    correction: str
    delai: str
    avis: str
    coordination: str


@dataclass(frozen=True, slots=True)
class EnTete:
    """Un titre de colonne : le lien qui la range, et dans quel sens elle l’est."""

    libelle: str
    adresse: str
    sens: str = ""


def adresse_de_la(campagne: Campagne) -> str:
    return reverse("bilans:campagne", args=[campagne.pk])


def rangee(ligne: LigneCampagne) -> RangeeCampagne:
    bilan = ligne.bilan
    return RangeeCampagne(
        ligne=ligne,
        etape=presentation.statut(SIGNES[ligne.etape], ligne.etape.label),
        bilan=f"édition {bilan.edition}" if bilan and bilan.edition > 1 else "",
        adresse=reverse("bilans:bilan", args=[bilan.id]) if bilan else "",
        correction=(
            reverse("bilans:bilan", args=[ligne.correction.id]) if ligne.correction else ""
        ),
        delai=delai(ligne),
        avis=avis(ligne),
        coordination=", ".join(ligne.coordination),
    )


def delai(ligne: LigneCampagne) -> str:
    """Le temps qui reste, le retard, ou l’écart entre la date et la publication."""
    if not ligne.est_remis:
        return compte_a_rebours(ligne.remise_le, ligne.le)
    publie_le = ligne.bilan.publie_le if ligne.bilan else None
    return f"publié {ecart_a_la_remise(ligne.remise_le, publie_le)}" if publie_le else ""


def avis(ligne: LigneCampagne) -> str:
    """« 2 attendus sur 5, dont 1 en retard », « 5 rendus », vide si rien n’est demandé."""
    lus = ligne.avis
    if not lus.demandes:
        return ""
    if not lus.attendus:
        return f"{typographie.pluriel(lus.demandes, 'rendu')}"
    retard = f", dont {typographie.nombre(lus.en_retard)} en retard" if lus.en_retard else ""
    return f"{typographie.pluriel(lus.attendus, 'attendu')} sur {lus.demandes}{retard}"


def repartition_des_etapes(tableau: TableauCampagne) -> Repartition:
    return repartition(
        [(SIGNES[etape], etape.label.lower(), n) for etape, n in tableau.par_etape().items()]
    )


# Filtres --------------------------------------------------------------------------------------


def puces(campagne: Campagne, filtre: TableauFilterSet, parametres: QueryDict) -> list[Entree]:
    """Une puce pose son filtre, ou le retire s’il est posé ; à zéro et inactive, elle manque."""
    signalees = (
        ("en_retard", "En retard"),
        ("avis_attendus", "Avis attendus"),
        ("correction", "Correction en cours"),
        ("sans_coordination", "Sans coordination"),
    )
    toutes = [
        *(_puce(campagne, filtre, parametres, "etape", e.value, e.label) for e in Etape),
        *(_puce(campagne, filtre, parametres, nom, "true", mot) for nom, mot in signalees),
    ]
    return [puce for puce in toutes if puce.est_courante or puce.compte != "0"]


def _puce(
    campagne: Campagne,
    filtre: TableauFilterSet,
    parametres: QueryDict,
    nom: str,
    valeur: str,
    libelle: str,
) -> Entree:
    est_posee = valeur in parametres.getlist(nom)
    voulue = None if est_posee else valeur
    condition = filtre.condition(nom, [valeur] if nom == "etape" else True)
    return Entree(
        str(libelle),
        adresse_avec(adresse_de_la(campagne), parametres, {nom: voulue}),
        compte=typographie.nombre(filtre.nombre(nom, condition)),
        est_courante=est_posee,
    )


def menus(
    campagne: Campagne,
    autres: Iterable[Campagne],
    tableau: TableauCampagne,
    parametres: QueryDict,
) -> list[tuple[str, list[Entree]]]:
    """Les autres années, les délégations des lignes, l’ordre ; sans choix, pas de menu."""
    annees = [
        Entree(f"Bilans {c.annee}", adresse_de_la(c), est_courante=c.pk == campagne.pk)
        for c in autres
    ]
    delegations = sorted({(li.departement, li.departement_nom) for li in tableau if li.departement})
    possibles = [
        (f"Bilans {campagne.annee}", annees) if len(annees) > 1 else None,
        _menu(campagne, parametres, "departement", "Délégation", delegations, "Toutes"),
        _menu(campagne, parametres, "tri", "Ranger par", _ordres(), ORDRE_D_OFFICE),
    ]
    return [menu for menu in possibles if menu]


def _ordres() -> list[tuple[str, str]]:
    return [(t.value, t.label) for t in (Tri.NOM, Tri.ETAPE, Tri.REMISE, Tri.ACTIVITE)]


def _menu(
    campagne: Campagne,
    parametres: QueryDict,
    nom: str,
    libelle: str,
    choix: Sequence[tuple[str, str]],
    sans: str,
) -> tuple[str, list[Entree]] | None:
    if len(choix) < 2:
        return None
    chemin, choisie = adresse_de_la(campagne), parametres.get(nom, "")
    entrees = [
        Entree(
            mot,
            adresse_avec(chemin, parametres, {nom: code or None}),
            est_courante=code == choisie,
        )
        for code, mot in [("", sans), *choix]
    ]
    mot = dict(choix).get(choisie)
    return (f"{libelle}\u00a0: {mot}" if mot else libelle), entrees


def en_tetes(campagne: Campagne, parametres: QueryDict) -> dict[str, EnTete]:
    """Cliquer range la colonne ; cliquer encore, dans l’autre sens."""
    voulues = {
        "nom": "Contrat",
        "etape": "Étape",
        "remise": "Remise",
        "activite": "Dernière activité",
    }
    return {nom: _en_tete(campagne, parametres, nom, mot) for nom, mot in voulues.items()}


def _en_tete(campagne: Campagne, parametres: QueryDict, cle: str, libelle: str) -> EnTete:
    tri = parametres.get("tri", "")
    vers = f"-{cle}" if tri == cle else cle
    sens = ""
    if tri.lstrip("-") == cle:
        sens = "descending" if tri.startswith("-") else "ascending"
    return EnTete(libelle, adresse_avec(adresse_de_la(campagne), parametres, {"tri": vers}), sens)


def exports(campagne: Campagne, parametres: QueryDict) -> list[tuple[str, str]]:
    """(« XLSX », adresse) de chaque format, filtres gardés."""
    return [
        (
            extension.upper(),
            adresse_avec(
                reverse("bilans:campagne_exporter", args=[campagne.pk, extension]), parametres, {}
            ),
        )
        for extension in EXTENSIONS
    ]


def valeurs_exportees(ligne: LigneCampagne, origine: str) -> list[str | int | bool | date | None]:
    """`origine` : le début des adresses, « https://… »."""
    bilan = ligne.bilan
    return [
        ligne.nom,
        str(ligne.contrat),
        ligne.departement_nom,
        ligne.etape.label,
        bilan.edition if bilan else None,
        ligne.correction is not None,
        ligne.remise_le,
        None if ligne.est_remis else ligne.jours,
        ligne.est_en_retard,
        bilan.publie_le if bilan else None,
        ligne.avis.demandes,
        ligne.avis.attendus,
        ligne.avis.en_retard,
        timezone.localdate(ligne.activite_le) if ligne.activite_le else None,
        ", ".join(ligne.coordination),
        origine + reverse("bilans:bilan", args=[bilan.id]) if bilan else "",
    ]
