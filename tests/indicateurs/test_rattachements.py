"""Qui peut répondre d’un indicateur : l’équipe du contrat, et celle qui en répond déjà."""

import pytest

from indicateurs.rattachements import rattachements
from tests.factories import ContratFactory, ParticipationFactory, UtilisateurFactory

pytestmark = pytest.mark.django_db


def test_la_responsable_est_de_l_equipe_active_ou_celle_qui_l_etait_deja() -> None:
    contrat = ContratFactory()
    presente, inactive = UtilisateurFactory(nom="A"), UtilisateurFactory(nom="B", is_active=False)
    partie, voisine = UtilisateurFactory(nom="C"), UtilisateurFactory(nom="D")
    for membre in (presente, inactive):
        ParticipationFactory(contrat=contrat, utilisateur=membre)
    ParticipationFactory(contrat=ContratFactory(), utilisateur=voisine)

    def permises(actuelle: object) -> list[object]:
        return list(rattachements(contrat, modele=None, responsable=actuelle)["responsable"])

    assert permises(None) == [presente]
    assert permises(partie.pk) == [presente, partie]
    assert permises(inactive.pk) == [presente, inactive]
