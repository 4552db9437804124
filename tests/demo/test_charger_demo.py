"""Charger la démonstration : tout ou rien par contrat, une seule fois, sans écraser personne."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Max, Model, Sum

from acteurs.models import Acteur, Commune, Utilisateur
from bilans.etats import StatutBilan
from bilans.instantane import relire
from bilans.models import Bilan
from cls_platform.demo.chargement import ensemble
from cls_platform.demo.chargement.ensemble import charger_demo
from cls_platform.demo.chargement.lecture import DOSSIER, lire_objectifs_regionaux
from cls_platform.socle.erreurs import ErreurMetier
from contrats.etats import StatutAction
from contrats.models import Action, Contrat, Jalon, ObjectifRegional, Perimetre
from indicateurs.models import Indicateur, Mesure

# Les vrais territoires de la démonstration, remplacés par ceux de l’extrait des tests
DEPLACEMENTS = {
    "200067932": "200068120",
    "200043123": "243500659",
    "245600465": "243100815",
    "200070761": "200068120",
    "200070712": "243500659",
    "68224": "29232",
    'departement: "56"': 'departement: "29"',
    'region: "84"': 'region: "53"',
    'ars: "84"': 'ars: "53"',
}
SUIVIS: tuple[type[Model], ...] = (Contrat, Action, Jalon, Indicateur, Mesure, Bilan)


@pytest.fixture
def deplacer(tmp_path: Path) -> Callable[..., Path]:
    """Copie des contrats de la démonstration sur les territoires de l’extrait."""

    def copier(*noms: str) -> Path:
        (tmp_path / "contrats").mkdir(exist_ok=True)
        for nom in ("comptes.yaml", *(f"contrats/{n}.yaml" for n in noms)):
            texte = (DOSSIER / nom).read_text(encoding="utf-8")
            for vrai, essai in DEPLACEMENTS.items():
                texte = texte.replace(vrai, essai)
            (tmp_path / nom).write_text(texte, encoding="utf-8")
        return tmp_path

    return copier


def empreinte() -> dict[str, Any]:
    """De quoi voir qu’une ligne a été ajoutée, retirée ou modifiée."""
    return {
        modele.__name__: modele._default_manager.aggregate(
            versions=Sum("version"), derniere=Max("modifie_le"), dernier_ajout=Max("cree_le")
        )
        for modele in SUIVIS
    } | {"lignes": [m._default_manager.count() for m in (*SUIVIS, Perimetre, Acteur, Utilisateur)]}


def test_un_contrat_est_charge_avec_tout_ce_qui_l_entoure(db, deplacer):
    rapport = charger_demo(dossier=deplacer("presquile-et-iles"))
    assert (rapport.contrats_ajoutes, rapport.comptes_ajoutes) == (1, 9)
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


def test_l_historique_d_une_action_porte_les_dates_du_recit(db, deplacer):
    charger_demo(dossier=deplacer("presquile-et-iles"))
    action = Action.objects.get(titre__startswith="Transporter les insulaires")
    copies = Action.pgh_event_model.objects.filter(pgh_obj=action).order_by("pgh_id")
    assert [(c.statut, c.pgh_created_at.date()) for c in copies] == [
        (StatutAction.A_VENIR, date(2018, 2, 15)),
        (StatutAction.EN_COURS, date(2019, 1, 7)),
        (StatutAction.REALISEE, date(2020, 1, 22)),
    ]
    assert (action.version, action.modifie_par.email) == (3, "coordinatrice@demo.example")


def test_relancer_ne_change_rien_et_garde_ce_que_l_on_a_modifie(db, deplacer):
    dossier = deplacer("presquile-et-iles", "monts-et-ateliers")
    charger_demo(dossier=dossier)
    Action.objects.filter(titre__startswith="Transporter").update(titre="Mon titre")
    coordinatrice = Utilisateur.objects.get(email="coordinatrice@demo.example")
    coordinatrice.set_password("un-autre-mot-de-passe")
    coordinatrice.save()
    avant = empreinte()
    rapport = charger_demo(dossier=dossier)
    assert (rapport.contrats_ajoutes, rapport.comptes_ajoutes) == (0, 0)
    assert rapport.contrats_presents == 2
    assert empreinte() == avant
    assert Action.objects.filter(titre="Mon titre").exists()
    coordinatrice.refresh_from_db()
    assert coordinatrice.check_password("un-autre-mot-de-passe")


def test_les_objectifs_regionaux_inventes_viennent_avec_leurs_fiches_une_seule_fois(db, deplacer):
    dossier = deplacer("presquile-et-iles")
    bretons = [o for o in lire_objectifs_regionaux() if o["region"] == "53"]
    (dossier / "objectifs_regionaux.yaml").write_text(yaml.safe_dump({"objectifs": bretons}))
    for _ in range(2):
        charger_demo(dossier=dossier)
        assert ObjectifRegional.objects.count() == len(bretons)
    attendus = {n for o in bretons for n in o["fiches"].get("demo-presquile-et-iles", ())}
    reliees = Action.objects.exclude(objectifs_regionaux=None).distinct()
    assert {action.numero for action in reliees} == attendus


def test_le_bilan_publie_montre_le_plan_tel_qu_il_etait(db, deplacer):
    charger_demo(dossier=deplacer("presquile-et-iles", "golfe-et-iles"))
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


def test_un_bilan_dit_ce_que_sont_devenues_les_annonces_de_celui_d_avant(db, deplacer):
    charger_demo(dossier=deplacer("presquile-et-iles", "golfe-et-iles"))
    avant, apres = Bilan.objects.filter(contrat__slug="demo-golfe-et-iles").order_by("annee")
    assert (avant.annee, avant.statut, apres.annee) == (2024, StatutBilan.PUBLIE, 2025)
    annonces = relire(apres.instantane).annonces
    assert annonces.annee == 2024
    assert [a.devenir for a in annonces.lignes] == ["TENU", "EN_PARTIE", "REPORTE", "EN_PARTIE"]
    # L’état d’alors : le plan de février 2025, pas celui de février 2026
    alors = {a.numero: a.statut for a in relire(avant.instantane).actions}
    depuis = {a.numero: a.statut for a in relire(apres.instantane).actions}
    assert alors != depuis


def test_un_bilan_corrige_et_un_bilan_retire_se_lisent_sur_le_site(db, deplacer, client):
    charger_demo(dossier=deplacer("presquile-et-iles"))
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
    premiere, seconde = Bilan.objects.filter(annee=2021).order_by("edition")
    assert relire(seconde.instantane).arrete_le == date(2022, 2, 14)
    assert relire(seconde.instantane).volets == relire(premiere.instantane).volets


def test_refusee_en_production(db, settings, deplacer):
    settings.DEMO_AUTORISEE = False
    with pytest.raises(ErreurMetier, match="production"):
        charger_demo(dossier=deplacer("presquile-et-iles"))
    assert not Contrat.objects.exists()
    assert not Utilisateur.objects.exists()


def test_un_territoire_qui_manque_arrete_avec_le_remede_et_sans_rien_a_moitie(db, deplacer):
    dossier = deplacer("presquile-et-iles")
    fichier = dossier / "contrats" / "presquile-et-iles.yaml"
    fichier.write_text(fichier.read_text().replace("243500659", "200043123"))
    with pytest.raises(ErreurMetier, match="charger_territoires"):
        charger_demo(dossier=dossier)
    assert not Contrat.objects.exists()
    assert not Acteur.objects.filter(nom__endswith="(démo)", type="msp").exists()


@pytest.mark.parametrize(
    ("absent", "remede"),
    [("Commune", "charger_territoires"), ("TypeActeur", "charger_nomenclatures")],
)
def test_sans_references_la_commande_dit_quoi_lancer(db, monkeypatch, absent, remede):
    vide = SimpleNamespace(objects=getattr(ensemble, absent).objects.none())
    monkeypatch.setattr(ensemble, absent, vide)
    with pytest.raises(CommandError, match=remede):
        call_command("charger_demo")


def test_la_commande_montre_ou_elle_en_est(db, deplacer):
    sortie = StringIO()
    call_command("charger_demo", dossier=deplacer("presquile-et-iles"), stdout=sortie)
    assert "1/1  Presqu’île et îles : 12 communes, 20 actions, 18 valeurs" in sortie.getvalue()
    assert "1\u00a0contrat et 9\u00a0comptes de plus" in sortie.getvalue()
