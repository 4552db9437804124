"""Ce que l’on fait et ce que l’on regarde sur une page, écrit une fois."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
MARQUE_AXE = "axe entre dans la page"
# Le navigateur donne un focus demandé à son heure, et défile jusqu’à lui
FOCUS_RENDU = """() => !document.querySelector("[autofocus]")
  || document.activeElement !== document.body"""
NORMES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4"]


@cache
def moteur_axe() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Les fautes qu’axe voit, une par ligne : règle, cause, endroit.

    Depuis le haut, une fois rendu le focus que la page demande : ce qui passe sous l’en-tête en
    défilant n’est pas une cible trop petite.
    """
    page.wait_for_load_state()
    page.wait_for_function(FOCUS_RENDU)
    page.evaluate("window.scrollTo(0, 0)")
    if not page.evaluate("typeof window.axe !== 'undefined'"):
        page.evaluate("marque => console.debug(marque)", MARQUE_AXE)
        page.evaluate(moteur_axe())
    rapport: dict[str, Any] = page.evaluate(
        "normes => axe.run(document, {runOnly: normes, resultTypes: ['violations']})", NORMES
    )
    return [
        f"{faute['id']} : {noeud['failureSummary'].splitlines()[-1].strip()} → {noeud['target']}"
        for faute in rapport["violations"]
        for noeud in faute["nodes"]
    ]


def deborde(page: Page) -> str:
    """Vide si la page, entièrement chargée, tient dans sa largeur ; sinon, ce qui dépasse."""
    page.wait_for_load_state()
    return page.evaluate(
        """() => {
          const largeur = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= largeur) return "";
          const trop = [...document.querySelectorAll("body *")].filter(
            e => e.getBoundingClientRect().right > largeur + 1);
          return trop.slice(0, 3).map(e => e.tagName + "." + e.className).join(", ") || "?";
        }"""
    )


def formes_de(page: Page) -> set[str]:
    """Les sortes d’éléments de la page, chacun dans son parent : balise, classes, rôle, état."""
    return set(
        page.evaluate(
            """() => {
              const sorte = e => [e.localName, e.getAttribute("class"), e.getAttribute("role"),
                e.type, e.hasAttribute("aria-current"), e.hasAttribute("disabled")].join("|");
              return [...document.body.querySelectorAll("*")]
                .map(e => sorte(e.parentElement) + " > " + sorte(e));
            }"""
        )
    )


def titres(page: Page) -> list[tuple[int, str]]:
    """Les titres visibles de la page : niveau, texte."""
    return page.evaluate(
        """() => [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")]
          .filter(t => t.checkVisibility())
          .map(t => [Number(t.tagName[1]), t.textContent.replace(/\\s+/g, " ").trim()])"""
    )


def champ(page: Page, nom: str) -> Locator:
    """Le champ modifiable de ce nom, au repos ou en édition."""
    return page.locator(f"[data-cls-champ][id^=champ-{nom}-]").first


def ouvrir_le_champ(page: Page, nom: str) -> Locator:
    """Ouvre l’éditeur et rend la saisie."""
    champ(page, nom).get_by_role("button").first.click()
    saisie = champ(page, nom).locator("input:not([type=hidden]), textarea, select").first
    saisie.wait_for()
    return saisie


def focus_est_visible(page: Page) -> bool:
    """L’élément qui a le focus, ou un de ses parents proches, se distingue de son état ordinaire."""
    return page.evaluate(
        """() => {
          for (let e = document.activeElement, n = 0; e && n < 3; e = e.parentElement, n++) {
            const s = getComputedStyle(e);
            if (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) return true;
            if (s.boxShadow !== "none") return true;
          }
          return false;
        }"""
    )


def avancer_jusqu_a(page: Page, condition: str, *, au_plus: int = 160) -> None:
    """Tabule jusqu’à ce que l’élément actif réponde à cette expression JavaScript (`e`)."""
    for _ in range(au_plus):
        page.keyboard.press("Tab")
        if page.evaluate(f"(e => {condition})(document.activeElement)"):
            return
    raise AssertionError(f"{condition} : inatteignable au clavier")
