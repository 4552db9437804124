"""`manage.py exporter_fiches` : le plan, ou quelques fiches, dans un fichier."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.bilans.dossier.appuis import texte_du_pdf, texte_du_word
from tests.factories import ActionFactory


def exporter(contrat, fichier, *options: str) -> bytes:
    call_command("exporter_fiches", contrat.slug, str(fichier), *options, stdout=io.StringIO())
    return fichier.read_bytes()


def test_le_plan_entier_en_pdf(contrat, action, tmp_path):
    ActionFactory(contrat=contrat, numero="1.2", titre="La seconde")
    texte = texte_du_pdf(exporter(contrat, tmp_path / "plan.pdf"))
    assert "Plan d’actions" in texte
    assert "La seconde" in texte


def test_une_fiche_et_une_section_en_word(contrat, action, tmp_path):
    ActionFactory(contrat=contrat, numero="1.2", titre="La seconde")
    fichier = tmp_path / "fiche.docx"
    options = ("--fiches", "1.1", "--sections", "description", "--sans-couverture")
    texte = texte_du_word(exporter(contrat, fichier, *options))
    assert action.description in texte
    assert "La seconde" not in texte


@pytest.mark.parametrize(
    ("nom", "options", "phrase"),
    [
        ("plan.odt", (), ".pdf ou .docx"),
        ("plan.pdf", ("--sections", "argent"), "Section inconnue : ARGENT"),
        ("plan.pdf", ("--fiches", "9.9"), "Aucune fiche ne porte le numéro 9.9"),
    ],
)
def test_une_demande_mal_ecrite_dit_quoi_faire(contrat, action, tmp_path, nom, options, phrase):
    with pytest.raises(CommandError, match=phrase):
        exporter(contrat, tmp_path / nom, *options)


def test_un_plan_vide_est_refuse(contrat, tmp_path):
    with pytest.raises(CommandError, match="Aucune fiche"):
        exporter(contrat, tmp_path / "plan.pdf")
