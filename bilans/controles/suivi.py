"""Les volets, les annonces, les commentaires, les avis, la validation, les visas."""

from collections.abc import Iterator

from django.urls import reverse

from bilans.controles.controle import (
    Controle,
    Gravite,
    Lu,
    Sujet,
    controle,
    sur_la_relecture,
)
from bilans.etats import StatutBilan
from bilans.models import CodeSection
from bilans.relecture import ancres
from bilans.relecture.adresses import ou_corriger
from bilans.services.annonces import annonces_sans_devenir
from cls_platform.socle.typographie import INSECABLE, date_longue, pluriel


def volets(lu: Lu) -> Iterator[Controle]:
    for volet in lu.instantane.volets:
        if not volet.actions:
            yield controle(
                Gravite.AVERTISSEMENT,
                Sujet.ACTIONS,
                "Ce volet ne montre aucune action.",
                ancres.volet(volet.cle),
                volet.titre,
                ou_corriger(lu.bilan, ancres.volet(volet.cle)),
                "Retirer ce volet ou y choisir des actions",
            )


def annonces(lu: Lu) -> Iterator[Controle]:
    """Une annonce ne disparaît pas en silence : le bilan attend que l’on dise son devenir."""
    sans_suite = len(annonces_sans_devenir(lu.bilan))
    if sans_suite:
        annonces = pluriel(sans_suite, "annonce")
        quoi = f"{annonces} du bilan d’avant\u00a0: on ne dit pas ce que c’est devenu."
        yield controle(
            Gravite.BLOQUANT,
            Sujet.ACTIONS,
            quoi,
            ancres.section(CodeSection.PERSPECTIVES),
            "Ce qui était annoncé",
            reverse("bilans:annonces", args=[lu.bilan.pk]),
            "Dire ce que c’est devenu",
        )


def commentaires(lu: Lu) -> Iterator[Controle]:
    etat = lu.relecture
    page = reverse("bilans:relire", args=[lu.bilan.pk])
    if etat.a_traiter:
        phrase = pluriel(etat.a_traiter, "commentaire")
        verbe = "attend" if etat.a_traiter == 1 else "attendent"
        quoi = f"{phrase} {verbe} une réponse."
        yield sur_la_relecture(quoi, f"{page}?filtre=a-traiter", "Répondre aux commentaires")
    if etat.repondus:
        fils = pluriel(etat.repondus, "fil répondu n’est", "fils répondus ne sont")
        quoi = f"{fils} pas clos."
        yield sur_la_relecture(quoi, page, "Relire les réponses")


def avis(lu: Lu) -> Iterator[Controle]:
    page = reverse("bilans:avis", args=[lu.bilan.pk])
    for avis in lu.relecture.avis_attendus:
        retard = " et n’est pas arrivé" if avis.attendu_le < lu.le else ""
        verbe = "était" if retard else "est"
        quoi = f"L’avis de {avis.acteur.nom} {verbe} attendu le {date_longue(avis.attendu_le)}"
        yield sur_la_relecture(f"{quoi}{retard}.", page, "Relancer ou attendre")


def validation(lu: Lu) -> Iterator[Controle]:
    etat, bilan = lu.relecture, lu.bilan
    page = reverse("bilans:valider", args=[bilan.pk])
    if bilan.statut == StatutBilan.BROUILLON:
        yield sur_la_relecture(
            "Le bilan n’a pas été mis en relecture.",
            reverse("bilans:relire", args=[bilan.pk]),
            "Envoyer en relecture",
        )
    if bilan.statut != StatutBilan.VALIDE:
        yield sur_la_relecture(
            "Le comité de pilotage n’a pas validé ce bilan.", page, "Noter la validation"
        )
    elif etat.validation_est_caduque:
        quoi = "Le PDF a été refait depuis la validation en comité de pilotage."
        yield sur_la_relecture(quoi, page, "Noter une nouvelle validation")


def visas(lu: Lu) -> Iterator[Controle]:
    page = f"{reverse('bilans:valider', args=[lu.bilan.pk])}#visas"
    for visa in lu.relecture.visas:
        if visa.visa is None:
            quoi = f"Le visa manque{INSECABLE}: {visa.libelle}."
            yield sur_la_relecture(quoi, page, "Demander le visa")
        elif visa.est_caduc:
            quoi = f"Le PDF a été refait depuis ce visa{INSECABLE}: {visa.libelle}."
            yield sur_la_relecture(quoi, page, "Viser de nouveau")
