"""Ce que la loi demande d’écrire sur un site public, tel que l’opérateur l’a réglé.

Rien n’est inventé : ce qui manque se dit « non renseigné », et `manage.py check` le rappelle.
Sources : loi 2004-575 du 21 juin 2004, article 1-1 ; RGPD, articles 13 et 37 ; décret 2019-768.
"""

from dataclasses import dataclass

from django.conf import settings

# Le réglage et ce qu’il dit
ATTENDUS = {
    "CLS_EDITEUR_NOM": "le nom de l’éditeur du site",
    "CLS_EDITEUR_ADRESSE": "l’adresse de l’éditeur",
    "CLS_EDITEUR_TELEPHONE": "le téléphone de l’éditeur",
    "CLS_DIRECTION_PUBLICATION": "la personne qui dirige la publication",
    "CLS_HEBERGEUR_NOM": "le nom de l’hébergeur",
    "CLS_HEBERGEUR_ADRESSE": "l’adresse de l’hébergeur",
    "CLS_HEBERGEUR_TELEPHONE": "le téléphone de l’hébergeur",
    "CLS_DPO_CONTACT": "à qui écrire pour ses données personnelles",
}
ETATS_D_ACCESSIBILITE = {
    "non": "non conforme",
    "partielle": "partiellement conforme",
    "totale": "totalement conforme",
}


@dataclass(frozen=True, slots=True)
class Mentions:
    """`accessibilite` : l’état déclaré (« non conforme ») ; `audit` : vide sans audit."""

    editeur_nom: str
    editeur_adresse: str
    editeur_telephone: str
    direction: str
    hebergeur_nom: str
    hebergeur_adresse: str
    hebergeur_telephone: str
    dpo: str
    accessibilite: str
    audit: str

    @property
    def est_auditee(self) -> bool:
        return bool(self.audit)


def mentions() -> Mentions:
    return Mentions(
        editeur_nom=settings.CLS_EDITEUR_NOM,
        editeur_adresse=settings.CLS_EDITEUR_ADRESSE,
        editeur_telephone=settings.CLS_EDITEUR_TELEPHONE,
        direction=settings.CLS_DIRECTION_PUBLICATION,
        hebergeur_nom=settings.CLS_HEBERGEUR_NOM,
        hebergeur_adresse=settings.CLS_HEBERGEUR_ADRESSE,
        hebergeur_telephone=settings.CLS_HEBERGEUR_TELEPHONE,
        dpo=settings.CLS_DPO_CONTACT,
        accessibilite=etat_d_accessibilite(),
        audit=settings.CLS_ACCESSIBILITE_AUDIT,
    )


def etat_d_accessibilite() -> str:
    """Sans audit dit, un site est « non conforme », quoi que dise le réglage."""
    voulu = settings.CLS_ACCESSIBILITE_ETAT if settings.CLS_ACCESSIBILITE_AUDIT else "non"
    return ETATS_D_ACCESSIBILITE.get(voulu, ETATS_D_ACCESSIBILITE["non"])


def manquants() -> list[str]:
    """Les réglages vides, dans l’ordre des pages."""
    return [nom for nom in ATTENDUS if not getattr(settings, nom)]
