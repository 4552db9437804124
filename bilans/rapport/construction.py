"""L’instantané d’un bilan, lu à un jour donné."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from bilans.instantane import (
    SCHEMA,
    Contact,
    Identite,
    Instantane,
    relire,
)
from bilans.instantane.montee import SECTIONS_D_ORIGINE
from bilans.langage import Sigles, relever
from bilans.models import Bilan, CodeSection
from bilans.rapport.argent import lire_argent
from bilans.rapport.cartographie import carte_du_contrat
from bilans.rapport.chiffres import chiffres_cles
from bilans.rapport.choix import volets_choisis
from bilans.rapport.ecrit import Ecrit, lire_ecrit
from bilans.rapport.gouvernance import decisions, rencontres
from bilans.rapport.lus import mots_expliques, textes_lus
from bilans.rapport.parties import Parties, en_familles, lire_parties, lire_territoire
from bilans.rapport.plan import PlanLu, lire_plan, themes_des_actions, volets
from bilans.rapport.precedent import precedent
from bilans.rapport.reprise import edition_d_avant, reprendre
from bilans.vocabulaire import lire_decisions, lire_lexique, lire_mots
from contrats.models import Contrat


def construire(bilan: Bilan, *, arrete_le: date, avec_carte: bool = True) -> Instantane:
    """Lit tout ce que le bilan montre, tel qu’il est ce jour-là.

    Dessiner la carte prend jusqu’à 0,4 s : une page qui ne la montre pas s’en passe.
    """
    instantane, _ = _lire(bilan, arrete_le, avec_carte=avec_carte)
    return instantane


def construire_et_relever(bilan: Bilan, *, arrete_le: date) -> tuple[Instantane, Sigles]:
    """Ce que le bilan montre, sans carte, et l’état de chacun de ses sigles."""
    return _lire(bilan, arrete_le, avec_carte=False)


def sigles_a_expliquer(bilan: Bilan, *, arrete_le: date) -> Sigles:
    """Les sigles des textes du bilan ; `bloquent` dit s’il reste un sigle ambigu ou inconnu."""
    _, sigles = _lire(bilan, arrete_le, avec_carte=False)
    return sigles


def _lire(bilan: Bilan, arrete_le: date, *, avec_carte: bool) -> tuple[Instantane, Sigles]:
    """Les données du jour, ou celles de l’édition que ce bilan corrige."""
    ecrit = lire_ecrit(bilan)
    avant = edition_d_avant(bilan) if bilan.reprend_les_donnees else None
    if avant:
        ebauche, contextes = _reprises(bilan, avant, ecrit, avec_carte=avec_carte)
    else:
        ebauche, contextes = _du_jour(bilan, arrete_le, ecrit, avec_carte=avec_carte)
    sigles = relever(textes_lus(ebauche), lire_lexique(), lire_decisions(bilan), contextes)
    mots, des_elus = mots_expliques(ebauche, sigles, tuple(lire_mots()), TEXTES_FIXES)
    return replace(ebauche, mots=mots, mots_des_elus=des_elus), sigles


def _reprises(
    bilan: Bilan, avant: Bilan, ecrit: Ecrit, *, avec_carte: bool
) -> tuple[Instantane, set[str]]:
    figees, themes = relire(avant.instantane or {}), themes_des_actions(bilan.contrat)
    ebauche = replace(
        reprendre(figees, ecrit, avant, themes),
        edition=bilan.edition,
        adresse_courte=_adresse_courte(bilan),
        carte=figees.carte if avec_carte else None,
    )
    return ebauche, {theme for siens in themes.values() for theme in siens}


def _du_jour(
    bilan: Bilan, arrete_le: date, ecrit: Ecrit, *, avec_carte: bool
) -> tuple[Instantane, set[str]]:
    contrat = bilan.contrat
    parties = lire_parties(contrat)
    territoire, communes = lire_territoire(contrat, arrete_le)
    plan = lire_plan(contrat, bilan.annee, arrete_le)
    des_volets = volets_choisis(volets(plan, bilan.annee), ecrit)
    signataires = {organisation.id for organisation in parties.signataires}
    autres = {o.id: o for o in (*parties.associes, *plan.organisations) if o.id not in signataires}
    ebauche = Instantane(
        schema=SCHEMA,
        annee=bilan.annee,
        edition=bilan.edition,
        arrete_le=arrete_le,
        adresse_publique=_adresse(bilan),
        est_demonstration=contrat.est_demonstration,
        contrat=_identite(contrat, parties),
        territoire=territoire,
        carte=carte_du_contrat(communes) if avec_carte else None,
        enseignes=parties.enseignes,
        signataires=en_familles(parties.signataires),
        partenaires=en_familles(autres.values()),
        textes=ecrit.textes,
        chiffres=chiffres_cles(bilan.annee, arrete_le, des_volets, territoire),
        volets=des_volets,
        precedent=precedent(contrat, bilan.annee),
        mots=(),
        contact=_contact(contrat, parties),
        sections=ecrit.sections or SECTIONS_D_ORIGINE,
        apparence=ecrit.apparence,
        adresse_courte=_adresse_courte(bilan),
        annonces=ecrit.annonces,
        **_pour_un_bilan_ouvert(bilan, arrete_le, plan, ecrit),
    )
    return ebauche, plan.contextes


def _pour_un_bilan_ouvert(bilan: Bilan, le: date, plan: PlanLu, ecrit: Ecrit) -> dict[str, Any]:
    """Argent et réunions : seulement quand une équipe a ouvert un bilan et le relira."""
    if not ecrit.sections:
        return {}
    contrat, annee = bilan.contrat, bilan.annee
    montre_l_argent = ecrit.montre(CodeSection.BUDGET)
    return {
        "argent": lire_argent(contrat, annee, plan, le) if montre_l_argent else None,
        "rencontres": rencontres(contrat, annee),
        "decisions": decisions(contrat, annee),
    }


# Ce que le gabarit écrit dans tous les bilans
TEXTES_FIXES = "Un contrat local de santé. L’Agence régionale de santé. Volet."


def _adresse(bilan: Bilan) -> str:
    chemin = reverse("bilans:bilan_public", args=[bilan.contrat.slug, bilan.annee])
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"


def _adresse_courte(bilan: Bilan) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}/b/{bilan.code_court}" if bilan.code_court else ""


def _identite(contrat: Contrat, parties: Parties) -> Identite:
    return Identite(
        nom=nom_developpe(contrat.nom),
        nom_court=contrat.nom,
        numero=contrat.numero,
        generation=contrat.generation,
        presentation=contrat.presentation.strip(),
        date_debut=contrat.date_debut,
        date_fin=contrat.date_fin,
        date_signature=contrat.date_signature,
        porteur=parties.porteur.nom if parties.porteur else "",
        region=contrat.region.nom,
    )


def nom_developpe(nom: str) -> str:
    """« CLS de l’Est » devient « Contrat local de santé de l’Est »."""
    developpe = "Contrat local de santé"
    if nom.startswith("CLS "):
        return f"{developpe} {nom.removeprefix('CLS ')}"
    if "contrat" in nom.lower():
        return nom
    return f"{developpe} – {nom}"


def _contact(contrat: Contrat, parties: Parties) -> Contact:
    organisme = parties.porteur.nom if parties.porteur else nom_developpe(contrat.nom)
    return Contact(organisme=organisme, courriel=contrat.courriel_contact)
