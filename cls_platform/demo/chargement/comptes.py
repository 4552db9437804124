"""Les comptes de la démonstration, un par rôle, et ce qu’une ARS confie à ses agents."""

from django.contrib.auth.hashers import make_password
from django.db import transaction

from acteurs.models import AffectationArs, Utilisateur
from cls_platform.demo.chargement.lecture import Donnees
from cls_platform.demo.chargement.organisations import organisation


@transaction.atomic
def charger_comptes(donnees: Donnees) -> int:
    """Crée les comptes qui manquent et rend leur nombre ; ceux qui existent ne changent pas."""
    connus = set(Utilisateur.objects.values_list("email", flat=True))
    nouveaux = [c for c in donnees["comptes"] if c["courriel"] not in connus]
    if nouveaux:
        empreinte = make_password(donnees["mot_de_passe"])
        for compte in nouveaux:
            _creer(compte, empreinte)
    return len(nouveaux)


def auteur(donnees: Donnees) -> Utilisateur:
    """Qui signe les écritures : l’administration de la démonstration."""
    compte = next(c for c in donnees["comptes"] if c.get("est_administrateur"))
    return Utilisateur.objects.get(email=compte["courriel"])


def _creer(compte: Donnees, empreinte: str) -> None:
    """Tous les comptes partagent l’empreinte du mot de passe, que tout le monde connaît."""
    employeur = compte.get("organisation")
    personne = Utilisateur.objects.create(
        email=compte["courriel"],
        password=empreinte,
        prenom=compte["prenom"],
        nom=compte["nom"],
        fonction=compte["fonction"],
        acteur=organisation(employeur) if employeur else None,
        est_administrateur=compte.get("est_administrateur", False),
    )
    AffectationArs.objects.bulk_create(
        AffectationArs(
            utilisateur=personne,
            ars=organisation({"ars": affectation["ars"]}),
            departement_id=affectation.get("departement"),
        )
        for affectation in compte.get("affectations", ())
    )
