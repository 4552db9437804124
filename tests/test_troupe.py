"""La troupe elle-même : sans ces faits, les tests de refus ne prouveraient rien."""

import pytest
from django.db import connection
from django.template import Engine, engines
from django.utils import timezone

from acteurs.models import Commune, Departement
from contrats.models import Contrat
from tests.appuis.gabarits import VariableAbsente
from tests.appuis.horloge import AUJOURDHUI


def test_la_voisine_a_le_meme_role_sur_un_autre_contrat(coordinatrice, voisine, contrat):
    """La voisine tient le rôle de la coordinatrice, sur un contrat qui n’est pas le sien."""
    (sien,) = coordinatrice.participations.all()
    (autre,) = voisine.participations.all()
    assert sien.role == autre.role
    assert sien.contrat == contrat != autre.contrat


def test_les_deux_contrats_n_ont_aucune_commune_en_commun(contrat, autre_contrat):
    communes = [
        set(c.perimetres.values_list("commune", flat=True)) for c in (contrat, autre_contrat)
    ]
    assert len(communes[0]) == 14
    assert len(communes[1]) == 7
    assert communes[0].isdisjoint(communes[1])


def test_les_agents_de_l_ars_suivent_le_contrat_et_pas_celui_de_la_voisine(
    agent_ars, agent_dd, contrat, autre_contrat
):
    for agent in (agent_ars, agent_dd):
        assert list(Contrat.objects.suivis_par(agent)) == [contrat]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("passage", [1, 2])
def test_un_test_transactionnel_rend_les_territoires(passage):
    """La base est vidée après chaque passage ; les communes sont revenues au suivant."""
    assert Commune.objects.get(pk="29232").nom == "Quimper"
    Departement.objects.filter(pk="31").update(nom="Changé")


def test_chaque_test_part_des_territoires_intacts(db):
    assert Departement.objects.get(pk="31").nom == "Haute-Garonne"


def test_l_horloge_ne_depend_pas_du_jour(aujourdhui):
    assert timezone.localdate() == aujourdhui == AUJOURDHUI


def test_une_variable_absente_d_un_gabarit_leve(settings, tmp_path, monkeypatch):
    moteur = engines["django"].engine
    dossier = tmp_path / "templates"
    dossier.mkdir()
    (dossier / "essai.html").write_text("{{ absente }}")
    (dossier / "facultatif.html").write_text('{{ absente|default:"rien" }}')
    monkeypatch.setattr("tests.appuis.gabarits.NOS_GABARITS", str(dossier))
    essai = Engine(dirs=[str(dossier)], string_if_invalid=moteur.string_if_invalid)
    with pytest.raises(VariableAbsente, match=r"essai\.html.*absente"):
        essai.render_to_string("essai.html", {})
    assert essai.render_to_string("facultatif.html", {}) == "rien"


def test_le_compte_de_requetes_refuse_une_liste_qui_en_fait_une_par_ligne(
    db, exiger_requetes_plates
):
    lignes: list[int] = []

    def lire() -> None:
        with connection.cursor() as curseur:
            for n in lignes:
                curseur.execute("SELECT %s", [n])

    with pytest.raises(AssertionError, match="3 requêtes pour 3 lignes, 30 pour 30"):
        exiger_requetes_plates(peupler=lambda n: lignes.extend(range(n)), lire=lire)
