"""Ce qu’une agence tient : des contrats sans plan, sa doctrine, le suivi de ses territoires."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from acteurs.models import Commune, Epci, TypeZonage, Utilisateur
from cls_platform.demo.chargement.contrats import creer_contrat
from cls_platform.demo.chargement.lecture import VIA, Donnees, lire_regions
from cls_platform.demo.chargement.organisations import organisation
from contrats.a_faire.cible import Cible, cible_de_l_epci
from contrats.models import Contrat, Doctrine, SuiviTerritoire
from contrats.services.doctrine import poser_doctrine
from contrats.services.suivi_territoire import modifier_suivi, noter

REGION = "53"
SANS_PLAN: Donnees = {
    "generation": 1,
    "contrat_precedent": None,
    "initiative": "CONJOINTE",
    "base_legale": "",
    "presentation": "Démonstration. Un contrat sans plan, pour la carte et la liste de l’agence.",
    "date_signature": None,
    "date_debut": None,
    "date_fin": None,
    "region": REGION,
    "courriel_contact": "",
    "est_public": False,
    "equipe": [],
}
SANS_TERRITOIRE: Donnees = {"epci": [], "communes": [], "exceptions": []}


@transaction.atomic
def charger_regions(dossier: Path, *, par: Utilisateur) -> None:
    """Ce qui est déjà là n’est pas touché ; un territoire absent de la base est passé."""
    donnees = lire_regions(dossier)
    _inscrire(donnees.get("personnes", ()))
    for contrat in donnees.get("contrats", ()):
        _creer(contrat, par)
    for doctrine in donnees["doctrines"]:
        _poser(doctrine, par)
    for suivi in donnees["suivis"]:
        cible = _cible(suivi)
        if cible and not SuiviTerritoire.objects.filter(**cible.recherche).exists():
            _suivre(cible, suivi, par)


def _inscrire(personnes: Iterable[Donnees]) -> None:
    """Des comptes au mot de passe vide : personne ne s’y connecte, aucune invitation ne part."""
    for personne in personnes:
        valeurs = {nom: personne[nom] for nom in ("prenom", "nom", "fonction")}
        Utilisateur.objects.get_or_create(email=personne["courriel"], defaults=valeurs)


def _creer(donnees: Donnees, par: Utilisateur) -> None:
    perimetre = SANS_TERRITOIRE | donnees["perimetre"]
    if Contrat.objects.filter(slug=donnees["slug"]).exists() or not _sont_connus(perimetre):
        return
    structures = {"ars": {"ars": REGION}, **donnees["structures"]}
    organisations = {cle: organisation(structure) for cle, structure in structures.items()}
    entier = SANS_PLAN | donnees | {"perimetre": perimetre}
    creer_contrat(entier, organisations=organisations, par=par)


def _sont_connus(perimetre: Donnees) -> bool:
    epcis, communes = perimetre["epci"], perimetre["communes"]
    connus = Epci.objects.filter(pk__in=epcis).count()
    return connus + Commune.objects.filter(pk__in=communes).count() == len(epcis) + len(communes)


def _poser(donnees: Donnees, par: Utilisateur) -> None:
    region = donnees["region"]
    if Doctrine.objects.filter(region=region, depuis=donnees["depuis"]).exists():
        return
    valeurs = {nom: v for nom, v in donnees.items() if nom != "region"}
    if code := donnees.get("type_zonage"):
        valeurs["type_zonage"] = TypeZonage.objects.get(pk=code)
    poser_doctrine(region=region, valeurs=valeurs, par=par, via=VIA)


def _cible(donnees: Donnees) -> Cible | None:
    if "contrat" in donnees:
        contrat = Contrat.objects.filter(slug=donnees["contrat"]).first()
        return Cible(contrat.region_id, contrat) if contrat else None
    epci = Epci.objects.filter(pk=donnees["epci"]).first()
    return cible_de_l_epci(epci, donnees["region"]) if epci else None


def _suivre(cible: Cible, donnees: Donnees, par: Utilisateur) -> None:
    """`veille_jours` compte à partir du chargement : la ligne est encore en veille ce jour-là."""
    referent = Utilisateur.objects.get(email=donnees["referent"])
    valeurs: Donnees = {"referent": referent}
    if jours := donnees.get("veille_jours"):
        valeurs["en_veille_jusqu_au"] = timezone.localdate() + timedelta(days=jours)
    modifier_suivi(cible=cible, valeurs=valeurs, version=None, par=par, via=VIA)
    for note in donnees["notes"]:
        noter(cible=cible, valeurs=note, par=referent, via=VIA)
