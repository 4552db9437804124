"""Les mentions que la loi demande : ce qui manque se dit, une conformité ne s’invente pas."""

from django.core.checks import Error, run_checks
from django.test import Client, override_settings
from django.urls import reverse

from cls_platform.socle import feuilles, legal
from tests.appuis.pages import lire


def ids(**options: bool) -> list[str]:
    return [str(m.id) for m in run_checks(**options)]


def test_chaque_mention_manquante_est_dite_a_l_operateur() -> None:
    assert ids(include_deployment_checks=True).count("socle.W001") == len(legal.ATTENDUS)
    with override_settings(CLS_EDITEUR_NOM="Agence d’essai"):
        manques = ids(include_deployment_checks=True).count("socle.W001")
        assert manques == len(legal.ATTENDUS) - 1


def test_une_mention_manquante_se_lit_non_renseignee(client: Client, db: None) -> None:
    page = lire(client, reverse("bilans:mentions"))
    assert page.select_one("main").get_text().count("non renseigné") >= 6
    with override_settings(CLS_HEBERGEUR_NOM="Hébergeur d’essai"):
        assert "Hébergeur d’essai" in lire(client, reverse("bilans:mentions")).get_text()


def test_une_conformite_sans_audit_empeche_de_demarrer() -> None:
    with override_settings(CLS_ACCESSIBILITE_ETAT="totale"):
        refus = [m for m in run_checks() if m.id == "socle.E002"]
        assert refus
        assert isinstance(refus[0], Error)
        assert legal.etat_d_accessibilite() == "non conforme"
    with override_settings(CLS_ACCESSIBILITE_ETAT="parfaite"):
        assert "socle.E002" in ids()


def test_un_audit_dit_l_etat_partout(client: Client, db: None) -> None:
    audit = "Cabinet d’essai, 3 mars 2026, 82 % des critères"
    with override_settings(CLS_ACCESSIBILITE_ETAT="partielle", CLS_ACCESSIBILITE_AUDIT=audit):
        page = lire(client, reverse("bilans:accessibilite"))
        assert audit in page.get_text()
        assert "partiellement conforme" in page.select_one("footer").get_text()
        assert "socle.E002" not in ids()


# La feuille unique du site public


def test_la_feuille_publique_porte_toutes_les_feuilles_et_leurs_polices(client: Client) -> None:
    texte = feuilles.feuille_publique()
    assert texte.startswith("@layer bootstrap")
    assert "../vendor" not in texte
    assert "@import" not in texte
    for marque in (".titre-public", ".carte-du-territoire", "@media print", ".statut"):
        assert marque in texte


def test_la_feuille_publique_se_garde_un_an_et_change_avec_son_contenu(
    client: Client, db: None
) -> None:
    page = lire(client, reverse("bilans:accueil"))
    (adresse,) = (
        li["href"] for li in page.select("link[rel=stylesheet]") if "public" in li["href"]
    )
    assert adresse.endswith(feuilles.empreinte_publique())
    assert "immutable" in client.get(adresse)["Cache-Control"]
