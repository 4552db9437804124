"""Charger la démonstration : tout ou rien par contrat, une seule fois, sans écraser personne."""

from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db.models import Max, Model, Sum

from acteurs.models import Acteur, Utilisateur
from bilans.models import Bilan
from cls_platform.demo.chargement import ensemble
from cls_platform.demo.chargement.ensemble import charger_demo
from cls_platform.demo.chargement.lecture import lire_objectifs_regionaux
from cls_platform.socle.erreurs import ErreurMetier
from contrats.models import Action, Contrat, Jalon, ObjectifRegional, Perimetre
from indicateurs.models import Indicateur, Mesure
from tests.demo.deplacement import copier

SUIVIS: tuple[type[Model], ...] = (Contrat, Action, Jalon, Indicateur, Mesure, Bilan)


@pytest.fixture
def deplacer(tmp_path: Path) -> Callable[..., Path]:
    return partial(copier, tmp_path)


def empreinte() -> dict[str, Any]:
    """De quoi voir qu’une ligne a été ajoutée, retirée ou modifiée."""
    return {
        modele.__name__: modele._default_manager.aggregate(
            versions=Sum("version"), derniere=Max("modifie_le"), dernier_ajout=Max("cree_le")
        )
        for modele in SUIVIS
    } | {"lignes": [m._default_manager.count() for m in (*SUIVIS, Perimetre, Acteur, Utilisateur)]}


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
