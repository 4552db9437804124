"""`manage.py couverture` : les lignes de l’API, ou un refus qui nomme l’option."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from acteurs.models import Commune
from tests.appuis.api import lire


def lancer(*options: str) -> str:
    sortie = StringIO()
    call_command("couverture", *options, stdout=sortie)
    return sortie.getvalue()


def test_le_json_est_celui_de_l_api(contrat):
    lu = json.loads(lancer("--date", "2025-06-01", "--niveau", "departement", "--json"))
    assert lu == lire(Client(), "couverture/", date="2025-06-01", niveau="departement")


def test_sans_json_un_tableau_se_lit(contrat):
    texte = lancer("--date", "2025-06-01", "--niveau", "departement", "--region", "53")
    assert "Finistère" in texte
    assert "98,9\u202f%" in texte
    assert "Occitanie" not in texte


@pytest.mark.parametrize(
    ("options", "dit"),
    [
        (("--date", "hier"), "--date : Cette date n’est pas lisible"),
        (("--date", "1900-01-01"), "--date : Choisissez une date"),
        (("--niveau", "canton"), "--niveau : « canton » n’existe pas"),
        (("--variante", "x"), "--variante : « x » n’existe pas"),
        (("--departement", "2C"), "--departement : Aucun territoire ne porte ce code"),
        (("--commune", "29999"), "--commune : Aucune commune n’a, ou n’a eu, ce code Insee"),
    ],
)
def test_une_option_mal_ecrite_est_refusee_en_francais(db, options, dit):
    with pytest.raises(CommandError, match=dit):
        lancer(*options)


def test_une_commune_reunie_a_une_autre_est_refusee_en_nommant_sa_suite(db):
    Commune.objects.filter(pk="29155").update(date_fin=date(2025, 1, 1), successeur_id="29232")
    dit = (
        "--commune : Ouessant a été réunie à Quimper le 1ᵉʳ\xa0janvier 2025. "
        "Demandez 29232, ou une date d’avant."
    )
    with pytest.raises(CommandError) as refus:
        lancer("--commune", "29155", "--date", "2025-06-01")
    assert str(refus.value) == dit
    (ligne,) = json.loads(
        lancer("--commune", "29155", "--date", "2024-12-31", "--niveau", "france", "--json")
    )["results"]
    assert ligne["communes"] == 1
