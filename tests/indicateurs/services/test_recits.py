"""L’histoire derrière la courbe : qui l’écrit, une par année, sans rien perdre."""

from datetime import date

import pytest

from acteurs.models import Utilisateur
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse
from indicateurs.models import Indicateur, Recit
from indicateurs.services.recits import ecrire_recit, modifier_recit, supprimer_recit
from tests.factories import IndicateurFactory, RecitFactory

VALEURS = {"annee": 2025, "texte": "Deux installations au printemps.", "repere": ""}


def test_la_coordinatrice_raconte_une_annee(
    indicateur: Indicateur, coordinatrice: Utilisateur
) -> None:
    repere = {"repere": "bus santé", "date_repere": date(2025, 4, 15)}
    recit = ecrire_recit(indicateur=indicateur, valeurs=VALEURS | repere, par=coordinatrice)
    assert (recit.annee, recit.repere, recit.modifie_par) == (2025, "bus santé", coordinatrice)


def test_le_pilote_raconte_les_indicateurs_de_ses_actions_et_pas_les_autres(
    indicateur: Indicateur, pilote: Utilisateur
) -> None:
    ecrire_recit(indicateur=indicateur, valeurs=VALEURS, par=pilote)
    with pytest.raises(DroitRefuse):
        ecrire_recit(
            indicateur=IndicateurFactory(contrat=indicateur.contrat), valeurs=VALEURS, par=pilote
        )


@pytest.mark.parametrize("personnage", ["voisine", "lectrice", "elue"])
def test_qui_ne_saisit_pas_ne_raconte_pas(
    personnage: str, indicateur: Indicateur, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(DroitRefuse):
        ecrire_recit(
            indicateur=indicateur, valeurs=VALEURS, par=request.getfixturevalue(personnage)
        )
    assert not Recit.objects.exists()


def test_une_annee_n_a_qu_un_recit(indicateur: Indicateur, coordinatrice: Utilisateur) -> None:
    RecitFactory(indicateur=indicateur, annee=2025)
    with pytest.raises(DonneesRefusees, match="Cette année a déjà son histoire"):
        ecrire_recit(indicateur=indicateur, valeurs=VALEURS, par=coordinatrice)


def test_un_repere_a_une_date(indicateur: Indicateur, coordinatrice: Utilisateur) -> None:
    with pytest.raises(DonneesRefusees) as refus:
        ecrire_recit(indicateur=indicateur, valeurs=VALEURS | {"repere": "bus"}, par=coordinatrice)
    assert "date_repere" in refus.value.champs


def test_une_date_sans_repere_s_oublie(indicateur: Indicateur, coordinatrice: Utilisateur) -> None:
    datee = VALEURS | {"date_repere": date(2025, 4, 15)}
    assert ecrire_recit(indicateur=indicateur, valeurs=datee, par=coordinatrice).date_repere is None


def test_deux_personnes_sur_un_recit_la_seconde_est_prevenue(
    indicateur: Indicateur, coordinatrice: Utilisateur
) -> None:
    recit = RecitFactory(indicateur=indicateur)
    modifier_recit(recit=recit, valeurs={"texte": "Un."}, version=1, par=coordinatrice)
    with pytest.raises(ConflitVersion):
        modifier_recit(recit=recit, valeurs={"texte": "Deux."}, version=1, par=coordinatrice)
    with pytest.raises(ConflitVersion):
        supprimer_recit(recit=recit, version=1, par=coordinatrice)
    recit.refresh_from_db()
    assert recit.texte == "Un."


def test_un_recit_supprime_reste_dans_l_historique(
    indicateur: Indicateur, coordinatrice: Utilisateur
) -> None:
    recit = RecitFactory(indicateur=indicateur)
    supprimer_recit(recit=recit, version=1, par=coordinatrice)
    derniere = Recit.events.rel.related_model.objects.filter(pgh_obj_id=recit.pk).latest("pgh_id")  # type: ignore[attr-defined]  # posé par pghistory
    assert (derniere.texte, derniere.modifie_par) == (recit.texte, coordinatrice)
