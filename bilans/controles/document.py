"""Le document et ses textes : le PDF, les sections, les sigles, les photos, la lecture."""

from collections.abc import Iterator

from django.urls import reverse

from bilans.a_decider import POINTS_MONTRES, points
from bilans.controles.controle import (
    Controle,
    Gravite,
    Lu,
    Sujet,
    ancre_du_lieu,
    controle,
    sur_le_document,
    sur_un_texte,
)
from bilans.langage import EtatSigle, kandel_moles
from bilans.models import SECTIONS_DES_ELUS, SECTIONS_ECRITES, CodeSection
from bilans.relecture import ancres
from bilans.relecture.adresses import ou_corriger
from bilans.services.rendu import donnees_plus_recentes
from bilans.vocabulaire import seuil_de_lisibilite
from cls_platform.socle.typographie import nombre

DESCRIPTION_MINIMUM = 12


def pdf(lu: Lu) -> Iterator[Controle]:
    bilan = lu.bilan
    page = reverse("bilans:bilan", args=[bilan.pk])
    if bilan.travail and not bilan.travail.est_fini:
        yield sur_le_document(
            Gravite.BLOQUANT, "Le PDF est en train d’être refait.", page, "Attendre le PDF"
        )
    elif not bilan.a_un_pdf:
        yield sur_le_document(
            Gravite.BLOQUANT, "Le PDF n’a pas été demandé.", page, "Demander le PDF"
        )
    elif donnees_plus_recentes(bilan):
        quoi = "Des textes ou des données ont changé depuis le PDF\u00a0: il ne les montre pas."
        yield sur_le_document(Gravite.AVERTISSEMENT, quoi, page, "Refaire le PDF")


def page_publique(lu: Lu) -> Iterator[Controle]:
    contrat = lu.bilan.contrat
    fiche = reverse("contrats:fiche", args=[contrat.pk])
    if not contrat.est_public:
        quoi = "La page publique du contrat n’est pas ouverte\u00a0: personne ne lira ce bilan."
        yield sur_le_document(Gravite.AVERTISSEMENT, quoi, fiche, "Ouvrir la page publique")
    if not contrat.courriel_contact:
        yield controle(
            Gravite.AVERTISSEMENT,
            Sujet.DOCUMENT,
            "Le contrat n’a pas de courriel de contact\u00a0: les habitants ne sauront pas à qui "
            "écrire.",
            ancres.section(CodeSection.CONTACT),
            str(CodeSection.CONTACT.label),
            fiche,
            "Écrire un courriel de contact",
        )


def rien_a_lire(lu: Lu) -> Iterator[Controle]:
    publics = [ancre for ancre, _, _ in lu.textes if ancre.cle not in SECTIONS_DES_ELUS]
    if publics or lu.instantane.actions:
        return
    quoi = "Le bilan est vide\u00a0: aucun texte n’est écrit, aucune action publique ne paraît."
    page = ou_corriger(lu.bilan)
    yield sur_le_document(Gravite.BLOQUANT, quoi, page, "Écrire le bilan")


def sections_vides(lu: Lu) -> Iterator[Controle]:
    """Une section écrite, gardée dans le bilan, et restée vide."""
    ecrites = {ancre.cle for ancre, _, _ in lu.textes}
    for code in SECTIONS_ECRITES:
        if code in lu.instantane.sections and code not in ecrites and code != CodeSection.ZOOM:
            ancre = ancres.section(code)
            quoi = "Rien n’est écrit\u00a0: cette partie ne paraîtra pas."
            yield sur_un_texte(
                lu, Gravite.AVERTISSEMENT, quoi, ancre, code.label, "Écrire cette partie"
            )


def points_a_decider(lu: Lu) -> Iterator[Controle]:
    """Chacun dit pour quand et l’enjeu ; les deux pages n’en montrent que quelques-uns."""
    ecrit = lu.instantane.textes.a_decider
    if ecrit is None:
        return
    lus = points(ecrit.texte)
    ancre, nom = ancres.section(CodeSection.A_DECIDER), CodeSection.A_DECIDER.label
    for point in lus:
        if point.manque:
            quoi = f"«\u00a0{point.quoi}\u00a0» ne dit pas {' ni '.join(point.manque)}."
            yield sur_un_texte(lu, Gravite.AVERTISSEMENT, quoi, ancre, nom, "Compléter ce point")
    if len(lus) > POINTS_MONTRES:
        quoi = (
            f"{len(lus)} points à décider\u00a0: les deux pages pour les élus montrent les "
            f"{POINTS_MONTRES} premiers."
        )
        yield sur_un_texte(lu, Gravite.AVERTISSEMENT, quoi, ancre, nom, "Garder l’essentiel")


def sigles(lu: Lu) -> Iterator[Controle]:
    """Un sigle ni expliqué, ni tranché, ni laissé par une personne de l’équipe."""
    for trouve in lu.sigles.a_trancher:
        ambigu = trouve.etat == EtatSigle.AMBIGU
        lieu = lu.lieux[trouve.textes[0]] if trouve.textes else None
        yield controle(
            Gravite.BLOQUANT,
            Sujet.TEXTES,
            f"Le sigle «\u00a0{trouve.sigle}\u00a0» "
            + ("a plusieurs sens." if ambigu else "n’est pas expliqué."),
            ancre_du_lieu(lieu) if lieu else ancres.BILAN,
            lieu.titre if lieu else "Le bilan",
            reverse("bilans:langage_sigle", args=[lu.bilan.pk, trouve.sigle]),
            "Choisir son sens" if ambigu else "Expliquer ce sigle",
        )


def lisibilite(lu: Lu) -> Iterator[Controle]:
    """Les textes écrits pour ce bilan ; les résumés des fiches se relisent dans le langage."""
    seuil = seuil_de_lisibilite()
    volets = ((ancres.volet(v.cle), v.titre, v.texte) for v in lu.instantane.volets if v.texte)
    sections = ((ancre, nom, texte.texte) for ancre, nom, texte in lu.textes)
    for ancre, nom, texte in (*sections, *volets):
        note = kandel_moles(texte)
        if note is not None and note < seuil:
            quoi = (
                f"Ce texte se lit difficilement\u00a0: {nombre(round(note))} sur 100, il en faut "
                f"{seuil}."
            )
            remede = "Simplifier les phrases"
            yield sur_un_texte(lu, Gravite.AVERTISSEMENT, quoi, ancre, nom, remede)


def photos(lu: Lu) -> Iterator[Controle]:
    """La base exige une description ; un nom de fichier n’en est pas une."""
    textes = ((a, nom, t.photo) for a, nom, t in lu.textes)
    volets = ((ancres.volet(v.cle), v.titre, v.photo) for v in lu.instantane.volets)
    for ancre, nom, photo in (*textes, *volets):
        if photo is None:
            continue
        dite = photo.alternative.strip()
        est_un_fichier = dite.lower().endswith((".jpg", ".jpeg", ".png", ".webp"))
        if not dite or est_un_fichier or len(dite) < DESCRIPTION_MINIMUM:
            quoi = "La photo n’est pas décrite pour les personnes qui ne la voient pas."
            yield sur_un_texte(lu, Gravite.BLOQUANT, quoi, ancre, nom, "Décrire la photo")
