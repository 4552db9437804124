"""L’historique est écrit par la base : aucune écriture n’y échappe, pas même en SQL."""

from datetime import date

import pytest
from django.db import connection, transaction

from contrats.models import Action, Contrat, Jalon
from contrats.services.plan import modifier_action
from tests.factories import ActionFactory, JalonFactory


def etats(objet) -> list[str]:
    """Les gestes notés sur cet objet, du plus ancien au plus récent."""
    evenements = type(objet).pgh_event_model.objects.filter(pgh_obj_id=objet.pk)
    return list(evenements.order_by("pgh_id").values_list("pgh_label", flat=True))


def test_creer_puis_modifier_par_un_service_laisse_deux_etats(action, coordinatrice):
    modifier_action(action=action, valeurs={"titre": "Neuf"}, version=1, par=coordinatrice)
    dernier = Action.pgh_event_model.objects.filter(pgh_obj_id=action.pk).order_by("pgh_id").last()
    assert etats(action) == ["insert", "update"]
    assert (dernier.titre, dernier.version, dernier.modifie_par_id) == (
        "Neuf",
        2,
        coordinatrice.pk,
    )


def test_une_ecriture_en_masse_est_notee_ligne_par_ligne(contrat):
    actions = ActionFactory.create_batch(3, contrat=contrat)
    Action.objects.filter(contrat=contrat).update(statut="EN_PAUSE")
    assert all(etats(a) == ["insert", "update"] for a in actions)


def test_une_creation_en_masse_est_notee(contrat):
    Action.objects.bulk_create(ActionFactory.build_batch(4, contrat=contrat, ordre=1))
    assert Action.pgh_event_model.objects.filter(pgh_label="insert").count() == 4


def test_une_ecriture_en_sql_est_notee(action):
    with connection.cursor() as curseur:
        curseur.execute("UPDATE contrats_action SET titre = 'En SQL' WHERE id = %s", [action.pk])
    assert etats(action) == ["insert", "update"]


def test_une_suppression_en_sql_est_notee(contrat):
    jalon = JalonFactory(action=ActionFactory(contrat=contrat))
    with connection.cursor() as curseur:
        curseur.execute("DELETE FROM contrats_jalon WHERE id = %s", [jalon.pk])
    assert etats(jalon) == ["insert", "delete"]


def test_une_mise_a_jour_qui_ne_change_rien_n_est_pas_notee(action):
    Action.objects.filter(pk=action.pk).update(titre=action.titre)
    assert etats(action) == ["insert"]


def test_une_transaction_defaite_n_est_pas_notee(action):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(titre="Perdu")
        raise ZeroDivisionError
    assert etats(action) == ["insert"]


@pytest.mark.parametrize(
    ("modele", "champ", "valeur"),
    [(Contrat, "nom", "Autre nom"), (Jalon, "fait_le", date(2026, 1, 5))],
)
def test_les_autres_objets_suivis_le_sont_aussi(action, modele, champ, valeur):
    objet = action.contrat if modele is Contrat else JalonFactory(action=action)
    modele.objects.filter(pk=objet.pk).update(**{champ: valeur})
    assert etats(objet) == ["insert", "update"]
