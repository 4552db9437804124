"""Ce que l’équipe a écrit et choisi pour ce bilan : parties, volets, images, couleurs, annonces.

Six requêtes ; aucune pour un bilan qui n’est pas dans la base (la page d’un contrat, lue ce jour).
"""

from dataclasses import dataclass, field

from bilans.instantane import Annonce, Annonces, Apparence, Image, Texte, Textes
from bilans.instantane.montee import SECTIONS_D_ORIGINE
from bilans.models import (
    SECTIONS_DES_ELUS,
    SECTIONS_OBLIGATOIRES,
    ActionEnAvant,
    AnnonceBilan,
    Bilan,
    CharteBilan,
    CodeSection,
    Devenir,
    ImageBilan,
    SectionBilan,
    VoletBilan,
)

_DES_TEXTES = {
    nom: CodeSection(nom.upper())
    for nom in (
        "edito", "difficultes", "participation", "perspectives", "zoom", "comprendre", "budget",
        "a_decider",
    )
}  # fmt: skip
_RANG_D_ORIGINE = {code: rang for rang, code in enumerate(SECTIONS_D_ORIGINE, start=1)}


@dataclass(frozen=True, slots=True)
class Ecrit:
    """`sections` : les codes présents, dans l’ordre ; vide si personne n’a ouvert ce bilan.
    `volets` : par clé d’axe (vide : sans axe). `en_avant` : par clé d’action."""

    sections: tuple[str, ...] = ()
    textes: Textes = field(
        default_factory=lambda: Textes(
            edito=None, difficultes=None, participation=None, perspectives=None
        )
    )
    volets: dict[str, VoletBilan] = field(default_factory=dict)
    en_avant: dict[str, ActionEnAvant] = field(default_factory=dict)
    apparence: Apparence = field(default_factory=Apparence)
    annonces: Annonces | None = None

    def montre(self, code: str) -> bool:
        return code in self.sections


def lire_ecrit(bilan: Bilan) -> Ecrit:
    if bilan._state.adding:  # noqa: SLF001  (l’attribut public de Django : « _state »)
        return Ecrit()
    lignes = {s.code: s for s in SectionBilan.objects.filter(bilan=bilan).select_related("photo")}
    presentes = _presentes(lignes)
    ecrites = {*presentes, *(c for c in SECTIONS_DES_ELUS if _parait(lignes.get(c)))}
    volets = VoletBilan.objects.filter(bilan=bilan).select_related("photo")
    en_avant = ActionEnAvant.objects.filter(bilan=bilan)
    return Ecrit(
        sections=presentes,
        textes=Textes(
            **{nom: _texte(lignes.get(c)) for nom, c in _DES_TEXTES.items() if c in ecrites},
            **{nom: None for nom, c in _DES_TEXTES.items() if c not in ecrites},
        ),
        volets={str(volet.axe_id or ""): volet for volet in volets},
        en_avant={str(choisie.action_id): choisie for choisie in en_avant},
        apparence=_apparence(bilan),
        annonces=_annonces(bilan),
    )


def _presentes(lignes: dict[str, SectionBilan]) -> tuple[str, ...]:
    """Une partie sans ligne paraît à sa place d’origine ; les obligatoires paraissent toujours,
    et le contact ferme le bilan."""

    def rang(code: str) -> tuple[bool, int, int]:
        origine, ligne = _RANG_D_ORIGINE[code], lignes.get(code)
        return code == CodeSection.CONTACT, (ligne.ordre if ligne else 0) or origine, origine

    gardees = [
        code
        for code in SECTIONS_D_ORIGINE
        if _parait(lignes.get(code)) or code in SECTIONS_OBLIGATOIRES
    ]
    return tuple(sorted(gardees, key=rang))


def _parait(ligne: SectionBilan | None) -> bool:
    return ligne is None or ligne.est_presente


def _texte(section: SectionBilan | None) -> Texte | None:
    if section is None or not section.texte.strip():
        return None
    return Texte(
        texte=section.texte.strip(),
        signature=section.signature.strip(),
        photo=image(section.photo),
    )


def image(ligne: ImageBilan | None) -> Image | None:
    if ligne is None:
        return None
    return Image(
        chemin=ligne.chemin, sha256=ligne.sha256, type_mime=ligne.type_mime,
        alternative=ligne.alternative, credit=ligne.credit,
        largeur=ligne.largeur, hauteur=ligne.hauteur,
    )  # fmt: skip


def _apparence(bilan: Bilan) -> Apparence:
    charte = CharteBilan.objects.filter(contrat=bilan.contrat_id).first()
    logos = ImageBilan.objects.filter(contrat=bilan.contrat_id).logos()
    return Apparence(
        couleur_fond=charte.couleur_fond if charte else "",
        couleur_accent=charte.couleur_accent if charte else "",
        logos=tuple(filter(None, map(image, logos))),
    )


def _annonces(bilan: Bilan) -> Annonces | None:
    """L’année est celle du dernier bilan en ligne quand celui-ci s’est ouvert ; à défaut, celle
    d’avant. Retiré depuis, un bilan a bien annoncé."""
    lignes = tuple(
        Annonce(
            texte=ligne.texte, devenir=ligne.devenir, explication=ligne.explication,
            libelle=Devenir(ligne.devenir).label if ligne.devenir else "",
        )
        for ligne in AnnonceBilan.objects.filter(bilan=bilan).dans_l_ordre()
    )  # fmt: skip
    en_ligne = Bilan.objects.figes().pas_retires_le(bilan.cree_le)
    avant = en_ligne.filter(contrat=bilan.contrat_id, annee__lt=bilan.annee)
    annee = avant.order_by("-annee").values_list("annee", flat=True).first()
    return Annonces(annee=annee or bilan.annee - 1, lignes=lignes) if lignes else None
