"""Les listes livrées : chargées, mises à jour, jamais supprimées, et l'opérateur a raison."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import AppConfig, apps
from django.db import transaction

from acteurs.models import TypeActeur
from bilans.models import Sigle
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.nomenclatures import RapportListe, charger_nomenclatures
from contrats.models import Population, SousTheme, Theme
from indicateurs.models import IndicateurModele

pytestmark = pytest.mark.django_db

Livrer = Callable[..., list[RapportListe]]

THEME = {"code": "essai", "libelle": "Thème d’essai"}


@pytest.fixture
def livrer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Livrer:
    """Charge un fichier d'essai à la place de celui de l'application contrats."""
    contrats: AppConfig = apps.get_app_config("contrats")
    monkeypatch.setattr(contrats, "path", str(tmp_path))

    def _livrer(**listes: Any) -> list[RapportListe]:
        fichier = tmp_path / "donnees" / "nomenclatures.yaml"
        fichier.parent.mkdir(exist_ok=True)
        fichier.write_text(yaml.safe_dump(listes, allow_unicode=True, sort_keys=False))
        return charger_nomenclatures([contrats])

    return _livrer


def test_le_produit_livre_les_listes_qu_il_emploie() -> None:
    charger_nomenclatures()
    comptes = {
        TypeActeur: 44, Theme: 18, SousTheme: 75, Population: 24, IndicateurModele: 48, Sigle: 135,
    }  # fmt: skip
    assert {m: m.objects.count() for m in comptes} == comptes


def test_recharger_ne_change_rien() -> None:
    charger_nomenclatures()
    assert all(r.ajoutees == r.modifiees == r.protegees == 0 for r in charger_nomenclatures())


def test_une_ligne_neuve_est_ajoutee_et_une_ligne_changee_mise_a_jour(livrer: Livrer) -> None:
    assert livrer(Theme=[THEME]) == [RapportListe("thèmes", 1, 0, 0, 0)]
    assert livrer(Theme=[THEME | {"libelle": "Neuf"}]) == [RapportListe("thèmes", 0, 1, 0, 0)]
    assert Theme.objects.get(pk="essai").libelle == "Neuf"


def test_ce_que_l_operateur_a_modifie_est_garde(livrer: Livrer) -> None:
    livrer(Theme=[THEME])
    Theme.objects.filter(pk="essai").update(libelle="À nous", est_modifie=True)
    assert livrer(Theme=[THEME]) == [RapportListe("thèmes", 0, 0, 1, 0)]
    assert Theme.objects.get(pk="essai").libelle == "À nous"


def test_une_ligne_retiree_du_fichier_reste_en_base(livrer: Livrer) -> None:
    livrer(Theme=[THEME])
    livrer(Theme=[{"code": "autre_essai", "libelle": "Autre"}])
    assert Theme.objects.filter(pk="essai").exists()


def test_une_cle_etrangere_se_donne_par_son_code(livrer: Livrer) -> None:
    livrer(Theme=[THEME], SousTheme=[{"code": "sous", "libelle": "Sous", "theme": "essai"}])
    assert SousTheme.objects.get(pk="sous").theme_id == "essai"


def test_l_ordre_du_fichier_est_celui_de_la_liste(livrer: Livrer) -> None:
    livrer(Theme=[THEME, {"code": "a_essai", "libelle": "A"}])
    ordre = dict(Theme.objects.filter(pk__contains="essai").values_list("pk", "ordre"))
    assert ordre == {"essai": 1, "a_essai": 2}


@pytest.mark.parametrize(
    ("listes", "message"),
    [
        ({"Inconnue": [THEME]}, "« Inconnue » n’est pas une nomenclature"),
        ({"Contrat": [THEME]}, "« Contrat » n’est pas une nomenclature"),
        ({"Theme": [{"code": "x", "libelle": ""}]}, "Theme, ligne 1"),
        ({"Theme": [THEME, {"code": "x", "libelle": "X", "couleur": "bleu"}]}, "Theme, ligne 2"),
    ],
)
def test_un_fichier_fautif_est_refuse_et_rien_n_est_charge(
    livrer: Livrer, listes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ErreurMetier, match=message), transaction.atomic():
        livrer(**listes)
    assert not Theme.objects.filter(pk="essai").exists()


def test_une_donnee_livree_n_a_ni_apostrophe_droite_ni_code_en_minuscules() -> None:
    charger_nomenclatures()
    for modele in (TypeActeur, Theme, SousTheme, Population, IndicateurModele, Sigle):
        assert not modele.objects.filter(libelle__contains="'").exists()
    assert {i.type for i in IndicateurModele.objects.all()} <= {
        "CONTEXTE", "REALISATION", "RESULTAT", "IMPACT",
    }  # fmt: skip
