"""L’instantané d’un bilan, lu à un jour donné."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.urls import reverse

from bilans.instantane import (
    SCHEMA,
    Contact,
    Identite,
    Instantane,
    Texte,
    Textes,
)
from bilans.lisibilite import Definition, Lexique, Sigles, analyser, lexique
from bilans.models import Bilan, CodeSection, SectionBilan, Sigle
from bilans.mots import mots_du_bilan
from bilans.rapport.cartographie import carte_du_contrat
from bilans.rapport.chiffres import chiffres_cles
from bilans.rapport.parties import Parties, en_familles, lire_parties, lire_territoire
from bilans.rapport.plan import PlanLu, lire_plan, volets
from bilans.rapport.precedent import precedent
from contrats.models import Contrat


def construire(bilan: Bilan, *, arrete_le: date, avec_carte: bool = True) -> Instantane:
    """Lit tout ce que le bilan montre, tel qu’il est ce jour-là.

    Dessiner la carte prend jusqu’à 0,4 s : une page qui ne la montre pas s’en passe.
    """
    instantane, _, _ = _lire(bilan, arrete_le, avec_carte=avec_carte)
    return instantane


def sigles_a_expliquer(bilan: Bilan, *, arrete_le: date) -> Sigles:
    """Les sigles des textes du bilan ; `bloquent` dit s’il reste un sigle ambigu ou inconnu."""
    instantane, plan, connus = _lire(bilan, arrete_le, avec_carte=False)
    return analyser(textes_lus(instantane), connus, plan.contextes)


def _lire(bilan: Bilan, arrete_le: date, *, avec_carte: bool) -> tuple[Instantane, PlanLu, Lexique]:
    contrat = bilan.contrat
    parties = lire_parties(contrat)
    territoire, communes = lire_territoire(contrat, arrete_le)
    plan = lire_plan(contrat, bilan.annee, arrete_le)
    des_volets = volets(plan, bilan.annee)
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
        textes=_textes(bilan),
        chiffres=chiffres_cles(bilan.annee, arrete_le, des_volets, territoire),
        volets=des_volets,
        precedent=precedent(contrat, bilan.annee),
        mots=(),
        contact=_contact(contrat, parties),
    )
    connus = _lexique()
    lus = list(textes_lus(ebauche))
    mots = mots_du_bilan([*lus, TEXTES_FIXES], analyser(lus, connus, plan.contextes))
    return replace(ebauche, mots=mots), plan, connus


# Ce que le gabarit écrit dans tous les bilans
TEXTES_FIXES = "Un contrat local de santé. L’Agence régionale de santé. Volet."


def _adresse(bilan: Bilan) -> str:
    chemin = reverse("bilans:bilan_public", args=[bilan.contrat.slug, bilan.annee])
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"


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


def _textes(bilan: Bilan) -> Textes:
    sections = {
        code: Texte(texte=texte.strip(), signature=signature.strip())
        for code, texte, signature in SectionBilan.objects.filter(bilan_id=bilan.pk).values_list(
            "code", "texte", "signature"
        )
        if texte.strip()
    }
    return Textes(
        edito=sections.get(CodeSection.EDITO),
        difficultes=sections.get(CodeSection.DIFFICULTES),
        participation=sections.get(CodeSection.PARTICIPATION),
        perspectives=sections.get(CodeSection.PERSPECTIVES),
    )


def _contact(contrat: Contrat, parties: Parties) -> Contact:
    organisme = parties.porteur.nom if parties.porteur else nom_developpe(contrat.nom)
    return Contact(organisme=organisme, courriel=contrat.courriel_contact)


def _lexique() -> Lexique:
    lignes = Sigle.objects.actives().order_by("sigle", "ordre", "code")
    return lexique(
        Definition(sigle, libelle, contexte, explication)
        for sigle, libelle, contexte, explication in lignes.values_list(
            "sigle", "libelle", "contexte", "explication"
        )
    )


def textes_lus(instantane: Instantane) -> Iterator[str]:
    """Tout ce qu’un lecteur lira, dans l’ordre."""
    yield instantane.contrat.nom
    for texte in (instantane.textes.edito, instantane.textes.difficultes,
                  instantane.textes.participation, instantane.textes.perspectives):  # fmt: skip
        if texte:
            yield f"{texte.texte}\n{texte.signature}"
    yield instantane.contrat.presentation
    for famille in (*instantane.signataires, *instantane.partenaires):
        yield from famille.noms
    for volet in instantane.volets:
        yield f"{volet.titre}\n{volet.promesse}\n{volet.utile}"
        for action in volet.actions:
            yield "\n".join((action.titre, action.resume, action.fait, *action.partenaires))
        for indicateur in volet.indicateurs:
            yield f"{indicateur.titre}\n{indicateur.phrase}\n{indicateur.serie.source}"
