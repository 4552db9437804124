"""L’histoire d’un besoin, d’une question, d’une recommandation nomme ce qui y est venu et parti."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from cls_platform.socle.historique import Evenement, historique
from contrats.models import Action, Contrat, Objectif
from indicateurs.histoire import SANS_NOM, depuis_quand, histoire_de
from indicateurs.models import Indicateur
from indicateurs.services import chaine
from indicateurs.services.contenu_evaluation import modifier_element
from tests.factories import (
    BesoinFactory,
    EvaluationFactory,
    IndicateurFactory,
    ObjectifFactory,
    QuestionEvaluativeFactory,
    RecommandationFactory,
)


@pytest.fixture
def objectif(axe: Any) -> Objectif:
    return ObjectifFactory(axe=axe)


def dit(evenements: list[Evenement]) -> list[list[tuple[str, str, str]]]:
    return [[(c.libelle, c.avant, c.apres) for c in e.changements] for e in evenements]


def test_relier_puis_delier_un_objectif_se_lit_avec_son_nom(
    contrat: Contrat, objectif: Objectif, coordinatrice: Any
) -> None:
    besoin = BesoinFactory(contrat=contrat)
    chaine.relier_besoin(besoin=besoin, objectif=objectif, par=coordinatrice)
    chaine.delier_besoin(besoin=besoin, objectif=objectif, par=coordinatrice)
    delie, relie, cree = histoire_de(besoin, coordinatrice)
    champ = "objectifs qui y répondent"
    assert dit([delie, relie]) == [[(champ, str(objectif), "")], [(champ, "", str(objectif))]]
    assert (relie.qui, cree.genre) == (str(coordinatrice), "insert")


def test_un_geste_qui_change_le_texte_et_la_liste_est_une_seule_ligne(
    contrat: Contrat, coordinatrice: Any
) -> None:
    question = QuestionEvaluativeFactory(evaluation__contrat=contrat, texte="Pour qui ?")
    a, b = (IndicateurFactory(contrat=contrat, libelle=mot) for mot in ("Zones", "Âges"))
    valeurs = {"texte": "Pour quels habitants ?", "indicateurs": [a, b]}
    modifier_element(element=question, valeurs=valeurs, version=None, par=coordinatrice)
    geste, _ = histoire_de(question, coordinatrice)
    assert dit([geste]) == [
        [
            ("question", "Pour qui ?", "Pour quels habitants ?"),
            ("indicateurs", "", "Zones"),
            ("indicateurs", "", "Âges"),
        ]
    ]


def test_une_fiche_effacee_ou_reservee_n_a_pas_de_nom(
    contrat: Contrat, action: Action, coordinatrice: Any, voisine: Any
) -> None:
    lue = RecommandationFactory(evaluation=EvaluationFactory(contrat=contrat))
    modifier_element(element=lue, valeurs={"actions": [action]}, version=None, par=coordinatrice)
    assert dit(histoire_de(lue, coordinatrice))[0][0][2] == str(action)
    assert dit(histoire_de(lue, voisine))[0][0][2] == SANS_NOM
    action.delete()
    assert dit(histoire_de(lue, coordinatrice))[0][0][2] == SANS_NOM


def test_la_page_du_besoin_montre_l_objectif_relie(
    client_de: Any, contrat: Contrat, objectif: Objectif, coordinatrice: Any
) -> None:
    besoin = BesoinFactory(contrat=contrat)
    chaine.relier_besoin(besoin=besoin, objectif=objectif, par=coordinatrice)
    page = client_de(coordinatrice).get(reverse("indicateurs:besoin", args=[besoin.pk]))
    assert f"<ins>{objectif}</ins>" in page.content.decode().replace("\n", "")


def test_l_histoire_se_lit_en_autant_de_requetes_pour_trois_gestes_que_pour_dix(
    contrat: Contrat, objectif: Objectif, coordinatrice: Any, exiger_requetes_plates: Any
) -> None:
    besoin = BesoinFactory(contrat=contrat)

    def peupler(n: int) -> None:
        for _ in range(n):
            chaine.relier_besoin(besoin=besoin, objectif=objectif, par=coordinatrice)
            chaine.delier_besoin(besoin=besoin, objectif=objectif, par=coordinatrice)

    exiger_requetes_plates(
        peupler=peupler, lire=lambda: histoire_de(besoin, coordinatrice, limite=100)
    )


def test_un_champ_date_du_jour_ou_il_a_pris_sa_valeur(contrat: Contrat) -> None:
    """Une valeur quittée puis reprise date de la reprise ; un champ jamais touché, de l’origine."""
    indicateur = IndicateurFactory(contrat=contrat, unite="A", source="Relevé")
    for unite in ("B", "A", "A"):
        indicateur.unite = unite
        indicateur.version += 1
        indicateur.save()
    copies: Any = Indicateur.pgh_event_model  # type: ignore[attr-defined]  # posé par pghistory
    for rang, copie in enumerate(copies.objects.filter(pgh_obj=indicateur).order_by("pgh_id")):
        le = datetime(2026, 1 + rang, 31 if rang == 2 else 5, 23, 30, tzinfo=UTC)
        copies.objects.filter(pk=copie.pk).update(pgh_created_at=le)
    lus = depuis_quand(indicateur, ["unite", "source"])
    assert lus == {"unite": date(2026, 4, 1), "source": date(2026, 1, 6)}


def test_un_nombre_de_l_historique_s_ecrit_a_la_francaise(contrat):
    indicateur = IndicateurFactory(contrat=contrat, cible=Decimal(400))
    type(indicateur).objects.filter(pk=indicateur.pk).update(cible=Decimal("1234.5"))
    dernier = historique(type(indicateur).objects.get(pk=indicateur.pk))[0]
    (change,) = [c for c in dernier.changements if c.champ == "cible"]
    assert (change.avant, change.apres) == ("400", "1\u202f234,5")
