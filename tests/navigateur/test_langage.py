"""Le langage clair : le panneau suit la frappe, les sigles se tranchent, un mot se remplace."""

import pytest
from playwright.sync_api import expect

from tests.navigateur.gestes import deborde, focus_est_visible, violations

BILAN = (
    "SELECT b.id FROM bilans_bilan b JOIN contrats_contrat c ON c.id = b.contrat_id"
    " WHERE c.slug = 'essai-cornouaille' AND b.statut = 'BROUILLON' LIMIT 1"
)
TEXTE = (
    "L’APA et le QQZ aident. Revu mensuellement depuis deux ans, sans que la commune ne puisse"
    " prendre une décision avant que les partenaires, les associations, les soignants, les écoles"
    " et les habitants du quartier ne soient d’accord."
)


@pytest.fixture
def bilan(site, cle):
    """Un texte à reprendre dans « La parole aux habitants » ; il est ôté à la fin."""
    pk = cle(BILAN)

    def ecrire(texte: str) -> None:
        site.sql(
            f"UPDATE bilans_sectionbilan SET texte = $${texte}$$, version = version + 1"
            f" WHERE bilan_id = '{pk}' AND code = 'PARTICIPATION'"
        )

    ecrire(TEXTE)
    yield pk
    site.sql(f"DELETE FROM bilans_decisionsigle WHERE bilan_id = '{pk}'")
    ecrire("Un texte d’essai.")


def test_le_panneau_suit_la_frappe_puis_remplace_un_mot(ouvrir, bilan):
    page = ouvrir("coordinatrice", f"/espace/bilans/{bilan}/ecrire/PARTICIPATION/?cote=langage")
    panneau = page.locator("#langage-partie")
    expect(panneau.get_by_text("2 sigles à expliquer")).to_be_visible()
    zone = page.get_by_role("textbox", name="Texte")
    zone.fill("Le QQX passe mensuellement.")
    expect(panneau.get_by_role("link", name="QQX")).to_be_visible()
    expect(panneau.get_by_role("link", name="QQZ")).to_have_count(0)
    assert not violations(page)
    # Une fois le texte enregistré, le bouton remplace le mot
    expect(page.locator("[data-cls-etat]")).to_contain_text("Enregistré à")
    geste = panneau.get_by_role("button", name="Écrire « chaque mois »", exact=False)
    geste.click()
    page.wait_for_load_state()
    expect(page.get_by_role("textbox", name="Texte")).to_have_value("Le QQX passe chaque mois.")


@pytest.mark.parametrize("javascript", [True, False])
def test_les_sigles_se_tranchent(ouvrir, bilan, javascript):
    page = ouvrir("coordinatrice", f"/espace/bilans/{bilan}/langage/", javascript=javascript)
    ambigu = page.locator("#sigle-APA")
    ambigu.get_by_label("Activité physique adaptée").check()
    ambigu.get_by_role("button").click()
    expect(page.locator(".sigles-tranches")).to_contain_text("Activité physique adaptée")
    inconnu = page.locator("#sigle-QQZ")
    inconnu.get_by_label("Le laisser tel quel", exact=False).check()
    inconnu.get_by_role("button").click()
    alerte = page.get_by_role("alert").first
    expect(alerte).to_contain_text("Dites pourquoi ce sigle peut rester")
    page.locator("#sigle-QQZ").get_by_label("Pourquoi le laisser").fill("Le nom d’une salle.")
    page.locator("#sigle-QQZ").get_by_role("button").click()
    signe = page.locator("#sigle-QQZ")
    expect(signe).to_contain_text("Le nom d’une salle.")
    expect(signe).to_contain_text("Coline Coordonne")
    expect(page.get_by_text("Chaque sigle du bilan est expliqué", exact=False)).to_be_visible()


def test_la_page_se_lit_en_large_sur_telephone_et_au_clavier(ouvrir, bilan):
    page = ouvrir("coordinatrice", f"/espace/bilans/{bilan}/langage/")
    page.locator("#PARTICIPATION summary").first.focus()
    expect(page.locator("#PARTICIPATION mark").first).to_be_visible()
    assert not violations(page)
    page.set_viewport_size({"width": 360, "height": 800})
    assert not violations(page)
    assert not deborde(page)
    page.locator("#sigle-APA input[type=radio]").first.focus()
    assert focus_est_visible(page)


def test_sans_javascript_ce_qui_est_tape_n_est_pas_perdu(ouvrir, bilan):
    page = ouvrir(
        "coordinatrice", f"/espace/bilans/{bilan}/langage/PARTICIPATION/", javascript=False
    )
    expect(page.get_by_role("heading", level=1)).to_contain_text("La parole aux habitants")
    expect(page.get_by_text("2 sigles à expliquer")).to_be_visible()
    page.get_by_role("button", name="Écrire « depuis", exact=False).first.click()
    expect(page.locator("textarea[name=texte]")).not_to_have_value(TEXTE)
