"""Un habitant, sur un téléphone et sans JavaScript : il trouve, il lit, il réagit, il s’abonne."""

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.navigateur.gestes import deborde, violations
from tests.navigateur.pages import adresse


def sur_un_telephone(ouvrir: Callable[..., Page], chemin: str = "/") -> Page:
    return ouvrir("anonyme", chemin, largeur=360, javascript=False)


def test_il_trouve_son_contrat_par_son_code_postal_et_lit_le_bilan(ouvrir: Any) -> None:
    page = sur_un_telephone(ouvrir)
    page.get_by_label("Votre commune ou votre code postal").fill("29000")
    page.get_by_role("button", name="Trouver mon contrat").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cornouaille")
    assert not deborde(page)
    page.get_by_role("link", name="Lire le bilan 2024").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bilan 2024")
    assert not deborde(page)
    page.get_by_text("Sur cette page").last.click()
    page.get_by_role("link", name="Nous contacter").last.click()
    assert page.url.endswith("#contact")
    for nom in ("tableur (CSV)", "programme (JSON)"):
        expect(page.get_by_role("link", name=nom)).to_be_visible()


def test_une_commune_sans_contrat_le_dit(ouvrir: Any) -> None:
    page = sur_un_telephone(ouvrir, "/mon-contrat/?ou=35150")
    expect(page.get_by_role("heading", level=1)).to_contain_text("n’a pas de contrat public")
    expect(page.get_by_role("link", name="Ille-et-Vilaine")).to_be_visible()
    assert not deborde(page)
    assert not violations(ouvrir("anonyme", "/mon-contrat/?ou=35150", largeur=360))


def test_il_reagit_sans_compte_et_la_coordination_publie_puis_repond(ouvrir: Any, cle: Any) -> None:
    page = sur_un_telephone(ouvrir, "/contrats/essai-cornouaille/")
    page.locator(".faits a").first.click()
    action = page.url
    page.get_by_role("link", name="Réagir").click()
    page.get_by_role("button", name="Envoyer mon message").click()
    expect(page.get_by_role("alert")).to_contain_text("Écrivez votre message")
    page.get_by_label("Votre message").fill("La salle est fermée le soir.")
    page.get_by_role("button", name="Envoyer mon message").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    assert not deborde(page)
    page.get_by_role("link", name="Revenir à la page").click()
    expect(page.get_by_text("La salle est fermée le soir.")).to_have_count(0)

    coordination = ouvrir("coordinatrice", adresse("bilans:reactions", cle))
    message = coordination.locator(".reaction").filter(has_text="La salle est fermée")
    message.get_by_role("button", name=re.compile("^Publier")).click()
    expect(coordination.get_by_text("La réaction est publiée.")).to_be_visible()
    message.get_by_text("Répondre", exact=True).click()
    message.get_by_label("Votre réponse").fill("Elle rouvre en mai.")
    message.get_by_role("button", name="Enregistrer la réponse").click()
    expect(coordination.get_by_text("La réponse est enregistrée.")).to_be_visible()
    assert not violations(coordination)

    page.goto(action)
    expect(page.get_by_text("La salle est fermée le soir.")).to_be_visible()
    expect(page.get_by_text("Elle rouvre en mai.")).to_be_visible()


def test_il_s_abonne_par_deux_accords_et_se_desabonne(ouvrir: Any, site: Any) -> None:
    page = sur_un_telephone(ouvrir, "/contrats/essai-cornouaille/suivre/")
    page.get_by_label("Votre courriel").fill("habitante@exemple.fr")
    page.get_by_role("button", name="M’abonner").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Regardez votre messagerie")
    confirmer = lien_recu(site)
    page.goto(confirmer)
    page.get_by_role("button", name="Oui, m’abonner").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre abonnement est confirmé")
    assert not deborde(page)
    page.get_by_role("link", name="Ne plus rien recevoir").click()
    page.get_by_role("button", name="Me désabonner").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("votre adresse est effacée")
    assert site.sql("SELECT count(*) FROM bilans_abonnement")[0][0] == 0


def lien_recu(site: Any) -> str:
    """Le chemin du lien d’accord, recalculé comme le fait le courriel."""
    for _ in range(50):
        if lignes := site.sql("SELECT id FROM bilans_abonnement"):
            break
        time.sleep(0.1)
    code = (
        "import django; django.setup();"
        "from bilans.models import Abonnement;"
        "from bilans.services.abonnements import secret_de;"
        f"print(secret_de(Abonnement(pk='{lignes[0][0]}')))"
    )
    secret = site.python("-c", code).strip().splitlines()[-1]
    assert re.fullmatch(r"[0-9a-f]{64}", secret)
    return f"/abonnement/{secret}/"


def test_chaque_page_de_formulaire_est_lisible_par_tous(ouvrir: Any) -> None:
    for chemin in (
        "/contrats/essai-cornouaille/suivre/",
        "/contrats/essai-cornouaille/suivre/?envoye",
        "/bilans/essai-cornouaille/2024/reagir/",
        "/bilans/essai-cornouaille/2024/reagir/?recue",
        "/mon-contrat/?ou=saint",
        "/mon-contrat/?ou=zzzz",
    ):
        for largeur in (1280, 360):
            page = ouvrir("anonyme", chemin, largeur=largeur)
            assert not violations(page), chemin
            assert not deborde(page), chemin


def test_le_bilan_imprime_montre_ce_qui_est_replie(ouvrir: Any) -> None:
    page = ouvrir("anonyme", "/bilans/essai-cornouaille/2024/")
    page.emulate_media(media="print")
    plie = page.locator(".texte details.depliant:not([open])").first
    assert plie.evaluate("d => d.querySelector('summary ~ *').getBoundingClientRect().height") > 0
    expect(page.locator(".telecharge")).to_be_hidden()
    expect(page.locator(".bas-page")).to_be_hidden()


def test_une_feuille_imprimee_montre_chaque_dessin_une_fois_et_ses_tableaux_entiers(
    ouvrir: Any,
) -> None:
    """Plus étroite qu’un écran, elle n’est pas un téléphone : rien ne s’y empile ni ne s’y perd."""
    page = ouvrir("anonyme", "/bilans/essai-cornouaille/2024/", largeur=680)
    page.emulate_media(media="print")
    dessines = page.evaluate(
        """() => [...document.querySelectorAll('.mesure, .rubans')]
          .filter(f => f.querySelector('svg'))
          .map(f => [...f.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().width).length)"""
    )
    assert dessines
    assert set(dessines) == {1}
    page = ouvrir("anonyme", "/bilans/essai-cornouaille/comparer/", largeur=680)
    page.emulate_media(media="print")
    formes = page.evaluate(
        "[...document.querySelectorAll('.empile td')].map(c => getComputedStyle(c).display)"
    )
    assert formes
    assert set(formes) == {"table-cell"}
    assert not deborde(page)
