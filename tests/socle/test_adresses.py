"""`{% url %}` cherche une fois ; il écrit ce qu’écrit Django."""

from uuid import uuid4

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, get_script_prefix, reverse, set_script_prefix

from cls_platform.socle import adresses

CONTRAT, AUTRE = uuid4(), uuid4()


@pytest.mark.parametrize(
    "args",
    [
        ("contrats:espace",),
        ("contrats:plan", CONTRAT),
        ("contrats:plan", AUTRE),
        ("contrats:exporter_plan", CONTRAT, "xlsx"),
        ("contrats:action_champ", CONTRAT, "titre"),
        ("bilans:contrat", "un-contrat"),
        ("bilans:bilan_public", "un-contrat", 2025),
    ],
)
def test_l_adresse_est_celle_de_django(args):
    nom, *suite = args
    assert adresses.adresse(nom, *suite) == reverse(nom, args=suite)
    gabarit = Template("{% url nom " + " ".join(f"a{r}" for r in range(len(suite))) + " %}")
    valeurs = {f"a{rang}": valeur for rang, valeur in enumerate(suite)}
    assert gabarit.render(Context({"nom": nom} | valeurs)) == reverse(nom, args=suite)


def test_une_page_inconnue_est_une_erreur():
    with pytest.raises(NoReverseMatch):
        Template("{% url 'contrats:nulle_part' %}").render(Context())


def test_une_adresse_gardee_dans_une_variable_ou_nommee_passe_par_django():
    gabarit = Template("{% url 'contrats:plan' pk=pk as ici %}{{ ici }}")
    assert gabarit.render(Context({"pk": CONTRAT})) == reverse("contrats:plan", args=[CONTRAT])


def test_un_site_servi_sous_un_autre_chemin_a_d_autres_adresses():
    ici = adresses.adresse("contrats:plan", CONTRAT)
    racine = get_script_prefix()
    try:
        set_script_prefix("/cls/")
        assert adresses.adresse("contrats:plan", CONTRAT) == f"/cls{ici}"
    finally:
        set_script_prefix(racine)
