"""Ce que la démonstration montre une fois chargée : deux contrats, chargés une fois pour tous."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from acteurs.models import Acteur, Commune
from bilans.etats import StatutBilan
from bilans.instantane import relire
from bilans.models import Bilan
from cls_platform.demo.chargement.ensemble import RapportDemo, charger_demo
from contrats.etats import StatutAction
from contrats.models import Action, Contrat, Jalon
from indicateurs.models import Mesure
from tests.appuis.troupe import pour_tout_le_fichier
from tests.demo.deplacement import copier

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def rapport_de_deux(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RapportDemo]:
    """Deux contrats chargés une fois pour tout le fichier."""
    dossier = copier(tmp_path_factory.mktemp("demo"), "presquile-et-iles", "golfe-et-iles")
    with pour_tout_le_fichier(django_db_blocker):
        yield charger_demo(dossier=dossier)


@pytest.fixture
def deux(rapport_de_deux: RapportDemo, db: None) -> RapportDemo:
    return rapport_de_deux


def test_un_contrat_est_charge_avec_tout_ce_qui_l_entoure(deux):
    assert (deux.contrats_ajoutes, deux.comptes_ajoutes) == (2, 9)
    contrat = Contrat.objects.get(slug="demo-presquile-et-iles")
    assert contrat.est_demonstration
    communes = Commune.objects.filter(epci__in=["243500659", "243100815"])
    assert set(contrat.perimetres.ouvertes().values_list("commune", flat=True)) == set(
        communes.values_list("pk", flat=True)
    )
    assert contrat.actions.count() == 20
    assert [p.vers for p in contrat.passages.order_by("id")][-1] == contrat.phase == "RENOUVELE"
    assert contrat.participations.get().utilisateur.email == "coordinatrice@demo.example"
    formees = Mesure.objects.get(indicateur__libelle="Aides à domicile formées", annee=2019)
    assert formees.valeur == 31
    inventees = Acteur.objects.filter(nom__endswith="(démo)")
    assert inventees.count() == inventees.filter(est_demonstration=True).count() > 5


def test_l_historique_d_une_action_porte_les_dates_du_recit(deux):
    action = Action.objects.get(titre__startswith="Transporter les insulaires")
    copies = Action.pgh_event_model.objects.filter(pgh_obj=action).order_by("pgh_id")
    assert [(c.statut, c.pgh_created_at.date()) for c in copies] == [
        (StatutAction.A_VENIR, date(2018, 2, 15)),
        (StatutAction.EN_COURS, date(2019, 1, 7)),
        (StatutAction.REALISEE, date(2020, 1, 22)),
    ]
    assert (action.version, action.modifie_par.email) == (3, "coordinatrice@demo.example")


def test_le_bilan_publie_montre_le_plan_tel_qu_il_etait(deux):
    bilan = Bilan.objects.get(contrat__slug="demo-golfe-et-iles", annee=2025)
    assert bilan.statut == StatutBilan.PUBLIE
    assert bilan.publie_le.date() == date(2026, 3, 24)
    assert (Path(settings.MEDIA_ROOT) / bilan.chemin).read_bytes().startswith(b"%PDF")
    alors = {action.numero: action.statut for action in relire(bilan.instantane).actions}
    maintenant = dict(bilan.contrat.actions.values_list("numero", "statut"))
    # Arrêté en février : la cabine a pris du retard et les ateliers ont fini en juin
    assert (alors["1.1.1.2"], maintenant["1.1.1.2"]) == ("EN_COURS", "EN_RETARD")
    assert (alors["4.1"], maintenant["4.1"]) == ("EN_COURS", "REALISEE")
    assert Jalon.objects.filter(action__numero="4.1", fait_le=date(2026, 6, 23)).exists()


def test_un_bilan_dit_ce_que_sont_devenues_les_annonces_de_celui_d_avant(deux):
    avant, apres = Bilan.objects.filter(contrat__slug="demo-golfe-et-iles").order_by("annee")
    assert (avant.annee, avant.statut, apres.annee) == (2024, StatutBilan.PUBLIE, 2025)
    annonces = relire(apres.instantane).annonces
    assert annonces.annee == 2024
    assert [a.devenir for a in annonces.lignes] == ["TENU", "EN_PARTIE", "REPORTE", "EN_PARTIE"]
    # L’état d’alors : le plan de février 2025, pas celui de février 2026
    alors = {a.numero: a.statut for a in relire(avant.instantane).actions}
    depuis = {a.numero: a.statut for a in relire(apres.instantane).actions}
    assert alors != depuis


def test_un_bilan_corrige_et_un_bilan_retire_se_lisent_sur_le_site(deux, client):
    racine = "/bilans/demo-presquile-et-iles/"
    corrige = client.get(f"{racine}2021/").content.decode()
    assert "Édition 2, corrigée le 16\u00a0mai 2022" in corrige
    assert "neuf communes, et non dans douze" in corrige
    ancienne = client.get(f"{racine}2021/version/1/").content.decode()
    assert "n’est plus la dernière" in ancienne
    assert "dans douze communes" in ancienne
    retire = client.get(f"{racine}2020/")
    assert retire.status_code == 410
    assert "sans l’accord de la personne" in retire.content.decode()
    siens = Bilan.objects.filter(contrat__slug="demo-presquile-et-iles")
    premiere, seconde = siens.filter(annee=2021).order_by("edition")
    assert relire(seconde.instantane).arrete_le == date(2022, 2, 14)
    assert relire(seconde.instantane).volets == relire(premiere.instantane).volets
