"""La complétude d’une fiche et d’un plan : une règle, en base comme à l’écran."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from contrats import completude
from contrats.models import Action
from tests.factories import (
    ActionActeurFactory,
    ActionFactory,
    IndicateurFactory,
    JalonFactory,
    LigneBudgetFactory,
)


def lue(action):
    return completude.completude(Action.objects.avec_completude().get(pk=action.pk).remplis)


def test_les_manques_viennent_par_ordre_d_importance(contrat):
    fiche = ActionFactory(contrat=contrat, description="", date_fin=None)
    noms = [critere.nom for critere in lue(fiche).manques]
    assert noms[:3] == ["description", "pilote", "objectif"]
    poids = [critere.poids for critere in lue(fiche).manques]
    assert poids == sorted(poids, reverse=True)


def test_une_personne_sans_compte_est_un_pilote(contrat):
    fiche = ActionFactory(contrat=contrat, pilote_nom="Camille Exemple")
    assert "pilote" not in {critere.nom for critere in lue(fiche).manques}


def test_une_fiche_ou_tout_est_rempli_est_complete(action):
    action.objectif_general = action.resultats_attendus = action.modalites_evaluation = "Essai"
    action.contexte = action.moyens = "Essai"
    action.save()
    action.themes.set(["prevention"])
    action.populations.set(["seniors"])
    ActionActeurFactory(action=action)
    JalonFactory(action=action)
    LigneBudgetFactory(action=action)
    IndicateurFactory(contrat=action.contrat, actions=[action])
    assert lue(action).manques == ()
    assert lue(action).pourcentage == 100


def test_le_filtre_incompletes_et_le_chiffre_disent_la_meme_chose(contrat, action):
    pauvre = ActionFactory(contrat=contrat, description="", resume_public="", date_fin=None)
    action.objectif_general = action.resultats_attendus = "Essai"
    action.save()
    trouvees = set(Action.objects.incompletes())
    attendues = {a for a in (pauvre, action) if lue(a).pourcentage < completude.SEUIL_INCOMPLETE}
    assert trouvees == attendues == {pauvre}
    assert list(Action.objects.assez_completes()) == [action]


def test_le_plan_a_la_moyenne_de_ses_fiches():
    vide = dict.fromkeys((c.nom for c in completude.CRITERES), False)
    pleine = dict.fromkeys(vide, True)
    assert completude.moyenne([vide, pleine]) == 50
    assert completude.moyenne([]) == 0


@pytest.fixture
def page(contrat):
    return reverse("contrats:completude", args=[contrat.pk])


def test_la_page_range_les_fiches_de_la_moins_a_la_plus_complete(
    client_de, lectrice, contrat, action, page
):
    ActionFactory(
        contrat=contrat, titre="Presque vide", numero="", description="", resume_public=""
    )
    soupe = BeautifulSoup(client_de(lectrice).get(page).content, "html.parser")
    titres = [th.text.strip() for th in soupe.select("tbody th")]
    assert titres == ["Presque vide", f"1.1 {action.titre}"]
    assert "description" in soupe.select_one("tbody tr").text


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_fiches(
    client_de, coordinatrice, contrat, page, exiger_requetes_plates
):
    client = client_de(coordinatrice)
    exiger_requetes_plates(
        peupler=lambda n: ActionFactory.create_batch(n, contrat=contrat),
        lire=lambda: client.get(page),
    )
