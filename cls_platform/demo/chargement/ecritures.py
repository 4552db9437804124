"""Ce que l’équipe ajoute aux bilans de la démonstration : photos, volets, actions choisies."""

from pathlib import Path

from acteurs.models import Utilisateur
from bilans.models import Bilan, GenreImage, ImageBilan, SectionBilan
from bilans.services.images import ajouter_image
from bilans.services.redaction import ecrire_section
from bilans.services.volets import actions_racontees, choisir_actions, ecrire_volet
from cls_platform.demo.chargement.lecture import DOSSIER, VIA, Donnees, lire_ecritures
from cls_platform.demo.dessins import dessiner
from contrats.models import Contrat

Photos = dict[str, ImageBilan]
CREDIT = "Démonstration\u00a0: dessin de la plateforme, personne n’y figure"


def ecrire(bilan: Bilan, *, par: Utilisateur, dossier: Path = DOSSIER) -> None:
    """Le zoom, le portrait, les volets de ce bilan ; rien si les données n’en disent rien."""
    for donnees in lire_ecritures(dossier):
        if (donnees["contrat"], donnees["annee"]) == (bilan.contrat.slug, bilan.annee):
            photos = _photos(donnees, bilan.contrat, par)
            for section in donnees["sections"]:
                _section(bilan, section, photos, par)
            for volet in donnees["volets"]:
                _volet(bilan, volet, photos, par)


def _photos(donnees: Donnees, contrat: Contrat, par: Utilisateur) -> Photos:
    """Chaque dessin n’est ajouté qu’une fois au contrat."""
    deja = {image.nom: image for image in contrat.images.photos()}
    photos = {}
    for motif, alternative in donnees["photos"].items():
        nom = f"{motif}.jpg"
        photos[motif] = deja.get(nom) or ajouter_image(
            contrat=contrat, genre=GenreImage.PHOTO, contenu=dessiner(motif), nom=nom,
            alternative=alternative, credit=CREDIT, par=par, via=VIA,
        )  # fmt: skip
    return photos


def _section(bilan: Bilan, donnees: Donnees, photos: Photos, par: Utilisateur) -> None:
    section: SectionBilan = bilan.sections.get(code=donnees["code"])
    ecrire_section(
        section=section, texte=donnees.get("texte", section.texte), signature=section.signature,
        photo=photos.get(donnees.get("photo", "")), version=None, par=par, via=VIA,
    )  # fmt: skip


def _volet(bilan: Bilan, donnees: Donnees, photos: Photos, par: Utilisateur) -> None:
    """Un volet que le contrat n’a pas est passé."""
    axe = bilan.contrat.axes.filter(numero=donnees["axe"]).first()
    if axe is None:
        return
    recits = donnees.get("actions", {})
    actions = list(axe.actions.filter(numero__in=recits).order_by("ordre"))
    choisir_actions(bilan=bilan, axe=axe, actions=actions, version=None, par=par, via=VIA)
    racontees = actions_racontees(bilan, axe)
    valeurs = {c: donnees.get(c, "") for c in ("texte", "citation", "citation_auteur", "utile")}
    ecrire_volet(
        bilan=bilan, axe=axe, version=None, par=par, via=VIA,
        valeurs={**valeurs, "photo": photos.get(donnees.get("photo", ""))},
        recits={r.pk: recits[r.action.numero] or "" for r in racontees},
    )  # fmt: skip
