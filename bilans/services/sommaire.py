"""L’ordre et la présence des parties et des volets d’un bilan."""

from typing import Any

from django.db import transaction

from acteurs.services.suivi import creer, enregistrer
from bilans.models import (
    SECTIONS_DES_ELUS,
    SECTIONS_OBLIGATOIRES,
    Bilan,
    CodeSection,
    SectionBilan,
    VoletBilan,
)
from bilans.services.redaction import exiger_ecriture, section_en_base
from bilans.services.volets import echanger
from cls_platform.socle.erreurs import ErreurMetier
from contrats.models import Action

# Le contact ferme toujours le document : son bandeau est celui de la dernière page
TOUJOURS_A_LA_FIN = CodeSection.CONTACT
_RANG_D_ORIGINE = {code: rang for rang, code in enumerate(CodeSection.values, start=1)}


def sections_du_bilan(bilan: Bilan) -> list[SectionBilan]:
    """Dans l’ordre choisi, puis dans celui d’origine ; le contact en dernier, puis ce que seules
    les pages des élus montrent.

    Toutes les parties : une ligne neuve là où un bilan d’avant n’en avait pas.
    """
    sections: list[SectionBilan] = list(bilan.sections.dans_l_ordre())
    connues = {section.code for section in sections}
    sections += [
        SectionBilan(bilan=bilan, code=code) for code in CodeSection.values if code not in connues
    ]
    return sorted(
        sections,
        key=lambda s: (
            s.code in SECTIONS_DES_ELUS,
            s.code == TOUJOURS_A_LA_FIN,
            s.ordre or _RANG_D_ORIGINE[s.code],
            _RANG_D_ORIGINE[s.code],
        ),
    )


def volets_du_bilan(bilan: Bilan) -> list[VoletBilan]:
    """Un par axe, plus celui des actions publiques sans axe ; une ligne neuve si elle manque."""
    ecrits = list(bilan.volets.dans_l_ordre())
    connus = {volet.axe_id for volet in ecrits}
    axes: list[Any] = list(bilan.contrat.axes.order_by("ordre", "numero", "pk"))
    sans_axe = Action.objects.filter(contrat=bilan.contrat_id, axe=None, est_publique=True)
    if None not in connus and sans_axe.exists():
        axes.append(None)
    fin = max((volet.ordre for volet in ecrits), default=0)
    neufs = [
        VoletBilan(bilan=bilan, axe=axe, ordre=fin + rang)
        for rang, axe in enumerate(axes, start=1)
        if (axe.pk if axe else None) not in connus
    ]
    return [*ecrits, *neufs]


@transaction.atomic
def deplacer_section(*, section: SectionBilan, vers: str, par: Any, via: str = "page") -> None:
    """Monte ou descend la partie ; au bout, rien ne change."""
    exiger_ecriture(section.bilan, par)
    if section.code == TOUJOURS_A_LA_FIN:
        raise ErreurMetier("Le contact reste à la fin du bilan.")
    if section.code in SECTIONS_DES_ELUS:
        raise ErreurMetier(f"« {section} » n’a pas de place dans le bilan public.")
    fixes = {TOUJOURS_A_LA_FIN, *SECTIONS_DES_ELUS}
    rangees = [s for s in sections_du_bilan(section.bilan) if s.code not in fixes]
    place = next(n for n, rangee in enumerate(rangees) if rangee.code == section.code)
    if echanger(rangees, place, vers):
        for ordre, rangee in enumerate(rangees, start=1):
            ecrite = section_en_base(section=rangee, par=par, via=via)
            enregistrer(ecrite, valeurs={"ordre": ordre}, version=None, par=par, via=via)


@transaction.atomic
def montrer_section(
    *, section: SectionBilan, est_presente: bool, par: Any, via: str = "page"
) -> SectionBilan:
    """Lève ErreurMetier pour une partie qu’un bilan a toujours."""
    exiger_ecriture(section.bilan, par)
    if not est_presente and section.code in SECTIONS_OBLIGATOIRES:
        raise ErreurMetier(f"«\u00a0{section}\u00a0» paraît dans tous les bilans.")
    valeurs = {"est_presente": est_presente}
    ecrite = section_en_base(section=section, par=par, via=via)
    return enregistrer(ecrite, valeurs=valeurs, version=None, par=par, via=via)


@transaction.atomic
def deplacer_volet(*, bilan: Bilan, volet: VoletBilan, vers: str, par: Any) -> None:
    """Monte ou descend le volet parmi les autres."""
    exiger_ecriture(bilan, par)
    ranges = _tous_ecrits(bilan, par)
    place = next(n for n, autre in enumerate(ranges) if autre.axe_id == volet.axe_id)
    if echanger(ranges, place, vers):
        for ordre, range_ in enumerate(ranges, start=1):
            enregistrer(range_, valeurs={"ordre": ordre}, version=None, par=par)


@transaction.atomic
def montrer_volet(*, bilan: Bilan, volet: VoletBilan, est_present: bool, par: Any) -> None:
    """Un volet retiré garde ses textes ; le bilan en montre toujours un au moins."""
    exiger_ecriture(bilan, par)
    tous = _tous_ecrits(bilan, par)
    actuel = next(autre for autre in tous if autre.axe_id == volet.axe_id)
    if not est_present and not any(v.est_present for v in tous if v != actuel):
        raise ErreurMetier("Un bilan montre au moins un volet.")
    enregistrer(actuel, valeurs={"est_present": est_present}, version=None, par=par)


def _tous_ecrits(bilan: Bilan, par: Any) -> list[VoletBilan]:
    return [creer(volet, par=par) if volet.est_neuf else volet for volet in volets_du_bilan(bilan)]
