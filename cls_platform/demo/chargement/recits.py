"""L’histoire derrière les courbes, et les données de contexte inventées qui s’y comparent."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from acteurs.import_donnees.contexte import ChoixContexte
from acteurs.import_donnees.lignes_contexte import Defauts
from acteurs.models import EditionDonnees, Utilisateur
from acteurs.services.donnees import importer_contexte
from cls_platform.demo.chargement.lecture import VIA, Donnees, lire_recits
from cls_platform.socle.erreurs import ErreurMetier
from contrats.models import Action, Contrat
from indicateurs.models import IndicateurModele
from indicateurs.services.indicateurs import creer_indicateur
from indicateurs.services.mesures import saisir_mesure
from indicateurs.services.recits import ecrire_recit

# Fichier, et la région qu’il décrit ; aucune : toute la France
EDITIONS = (("bretagne.csv", "53"), ("france.csv", None))
NOMBRES = frozenset({"cible", "valeur_reference"})
A_PART = NOMBRES | {"modele", "actions", "mesures"}
DU_MODELE = ("definition", "type", "unite", "sens", "agregation")


def charger_contexte(dossier: Path, *, le: date, par: Utilisateur) -> None:
    """Une seule fois, et jamais par-dessus des données chargées. Lève ErreurMetier."""
    if not (dossier / "contexte").exists() or EditionDonnees.objects.exists():
        return
    for nom, region in EDITIONS:
        rapport = importer_contexte(
            contenu=(dossier / "contexte" / nom).read_bytes(),
            nom=nom,
            choix=ChoixContexte(defauts=Defauts(), region=region),
            le=le,
            par=par,
        )
        if rapport.erreurs:
            raise ErreurMetier(f"{nom}, {rapport.erreurs[0]}")


def charger_recits(
    contrat: Contrat, *, actions: Mapping[str, Action], par: Utilisateur, dossier: Path
) -> None:
    """Des indicateurs de plus, puis les récits ; la plupart des contrats n’en ont pas."""
    donnees = lire_recits(contrat.slug, dossier)
    for description in donnees.get("indicateurs", ()):
        _indicateur(contrat, description, actions, par)
    indicateurs = {i.libelle: i for i in contrat.indicateurs.all()}
    for recit in donnees.get("recits", ()):
        valeurs = {nom: v for nom, v in recit.items() if nom != "libelle"}
        indicateur = indicateurs[recit["libelle"]]
        if not indicateur.recits.filter(annee=recit["annee"]).exists():
            ecrire_recit(indicateur=indicateur, valeurs=valeurs, par=par, via=VIA)


def _indicateur(
    contrat: Contrat, description: Donnees, actions: Mapping[str, Action], par: Utilisateur
) -> None:
    """Non publié : la page des habitants et les bilans de la démonstration n’en parlent pas."""
    if contrat.indicateurs.filter(libelle=description["libelle"]).exists():
        return
    valeurs = {nom: v for nom, v in description.items() if nom not in A_PART}
    modele = IndicateurModele.objects.filter(pk=description.get("modele")).first()
    if modele:
        valeurs |= {"modele": modele} | {nom: getattr(modele, nom) for nom in DU_MODELE}
    for nombre in NOMBRES & description.keys():
        valeurs[nombre] = Decimal(str(description[nombre]))
    valeurs["est_public"] = False
    indicateur = creer_indicateur(contrat=contrat, valeurs=valeurs, par=par, via=VIA)
    # Sans le service : relier compterait une version de la fiche, datée d’aujourd’hui
    indicateur.actions.set(actions[numero] for numero in description.get("actions", ()))
    for cle, valeur in description["mesures"].items():
        debut, fin = periode(cle)
        saisir_mesure(
            indicateur=indicateur,
            periode_debut=debut,
            periode_fin=fin,
            valeurs={"valeur": Decimal(str(valeur))},
            version=None,
            par=par,
            via=VIA,
        )


def periode(cle: str) -> tuple[date, date]:
    """« 2025 », « 2025-T3 » ou « 2025-S1 »."""
    annee, _, part = cle.partition("-")
    longueur = {"": 12, "T": 3, "S": 6}[part[:1]]
    dernier = longueur * int(part[1:] or 1)
    debut = date(int(annee), dernier - longueur + 1, 1)
    return debut, date(int(annee), dernier, monthrange(int(annee), dernier)[1])
