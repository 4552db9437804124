"""Une partie du bilan, section ou volet, et sa place parmi les autres."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from bilans.ecriture.guide import (
    GUIDE_D_UN_VOLET,
    GUIDES,
    ILLUSTREES,
    S_ECRIVENT,
    SIGNEES,
    Guide,
)
from bilans.models import (
    SECTIONS_DES_ELUS,
    SECTIONS_ECRITES,
    SECTIONS_OBLIGATOIRES,
    Bilan,
    CodeSection,
    SectionBilan,
    VoletBilan,
)
from bilans.services.sommaire import TOUJOURS_A_LA_FIN, sections_du_bilan, volets_du_bilan
from bilans.services.volets import volet_lu
from contrats.models import Axe

PREFIXE_VOLET, SANS_AXE = "volet-", "sans-axe"
CHAMPS_SECTION = ("texte", "signature", "photo")
CHAMPS_VOLET = ("texte", "citation", "citation_auteur", "utile", "photo")


@dataclass(frozen=True, slots=True)
class Partie:
    """`code` : celui de l’adresse, « EDITO » ou « volet-<axe> » (« volet-sans-axe »)."""

    bilan: Bilan
    code: str
    objet: SectionBilan | VoletBilan

    @property
    def titre(self) -> str:
        """Celui que le bilan imprime : un volet y porte son titre public."""
        axe = self.objet.axe if isinstance(self.objet, VoletBilan) else None
        return axe.titre_public or axe.titre if axe else str(self.objet)

    @property
    def volet(self) -> VoletBilan | None:
        return self.objet if isinstance(self.objet, VoletBilan) else None

    @property
    def section(self) -> SectionBilan | None:
        return self.objet if isinstance(self.objet, SectionBilan) else None

    @property
    def guide(self) -> Guide:
        return GUIDES[CodeSection(self.code)] if self.section else GUIDE_D_UN_VOLET

    @property
    def s_ecrit(self) -> bool:
        return self.volet is not None or self.code in S_ECRIVENT

    @property
    def est_presente(self) -> bool:
        if isinstance(self.objet, VoletBilan):
            return self.objet.est_present
        return self.objet.est_presente or self.est_obligatoire

    @property
    def est_obligatoire(self) -> bool:
        return self.code in SECTIONS_OBLIGATOIRES

    @property
    def est_derniere(self) -> bool:
        return self.code == TOUJOURS_A_LA_FIN

    @property
    def est_des_elus(self) -> bool:
        """Dans les deux pages pour les élus, et là seulement."""
        return self.code in SECTIONS_DES_ELUS

    @property
    def etat(self) -> str:
        """« ABSENTE », « DONNEES », « ECRITE », « VIDE » ou « LIBRE » : une forme et un mot.

        Une introduction ou un texte de volet absents n’attendent personne : les données suffisent.
        """
        if not self.est_presente:
            return "ABSENTE"
        if self.s_ecrit and self.objet.texte.strip():
            return "ECRITE"
        if self.est_des_elus:
            return "LIBRE"
        return "VIDE" if self.code in SECTIONS_ECRITES else "DONNEES"

    @property
    def ancre(self) -> str:
        """Celle des commentaires : « section:EDITO », « volet:<axe> »."""
        if self.section:
            return f"section:{self.code}"
        return f"volet:{self.code.removeprefix(PREFIXE_VOLET)}"

    @property
    def adresse(self) -> str:
        return reverse("bilans:ecrire_section", args=[self.bilan.pk, self.code])

    @property
    def champs(self) -> tuple[str, ...]:
        return CHAMPS_SECTION if self.section else CHAMPS_VOLET

    @property
    def champs_ecrits(self) -> tuple[str, ...]:
        """Ceux qui se remplissent ici ; aucun pour une partie faite des seules données."""
        if self.volet:
            return CHAMPS_VOLET
        permis = {"texte": S_ECRIVENT, "signature": SIGNEES, "photo": ILLUSTREES}
        return tuple(champ for champ in CHAMPS_SECTION if self.code in permis[champ])


@dataclass(frozen=True, slots=True)
class Entree:
    """Une ligne du sommaire ; `volets` : sous « volet par volet »."""

    partie: Partie
    est_courante: bool
    volets: tuple["Entree", ...] = ()


def code_du_volet(axe: Axe | None) -> str:
    return f"{PREFIXE_VOLET}{axe.pk if axe else SANS_AXE}"


def partie(bilan: Bilan, code: str) -> Partie | None:
    """None si le bilan n’a pas cette partie."""
    if code.startswith(PREFIXE_VOLET):
        return _partie_volet(bilan, code.removeprefix(PREFIXE_VOLET))
    if code not in CodeSection.values:
        return None
    section = bilan.sections.select_related("photo").filter(code=code).first()
    return _de_section(bilan, section or SectionBilan(bilan=bilan, code=code))


def _partie_volet(bilan: Bilan, cle: str) -> Partie | None:
    if cle == SANS_AXE:
        return _de_volet(bilan, volet_lu(bilan, None))
    axe = bilan.contrat.axes.filter(pk=cle).first() if _est_identifiant(cle) else None
    return _de_volet(bilan, volet_lu(bilan, axe)) if axe else None


def _est_identifiant(cle: str) -> bool:
    try:
        UUID(cle)
    except ValueError:
        return False
    return True


def _de_section(bilan: Bilan, section: SectionBilan) -> Partie:
    section.bilan = bilan
    return Partie(bilan, section.code, section)


def _de_volet(bilan: Bilan, volet: VoletBilan) -> Partie:
    volet.bilan = bilan
    return Partie(bilan, code_du_volet(volet.axe), volet)


def sommaire(bilan: Bilan, courante: str = "") -> list[Entree]:
    """Les parties dans l’ordre du bilan. Trois requêtes."""
    volets = tuple(
        Entree(p, p.code == courante)
        for p in (_de_volet(bilan, volet) for volet in volets_du_bilan(bilan))
    )
    return [
        Entree(p, p.code == courante, volets if p.code == CodeSection.VOLETS else ())
        for p in (_de_section(bilan, section) for section in sections_du_bilan(bilan))
    ]


def a_la_suite(entrees: Sequence[Entree]) -> Iterator[Partie]:
    """Toutes les parties, volets compris, dans l’ordre où on les écrit."""
    for entree in entrees:
        yield entree.partie
        yield from (volet.partie for volet in entree.volets)


def voisines(entrees: Sequence[Entree], courante: str) -> tuple[Partie | None, Partie | None]:
    """Celle d’avant et celle d’après."""
    suite = list(a_la_suite(entrees))
    place = next((n for n, p in enumerate(suite) if p.code == courante), None)
    if place is None:
        return None, None
    avant = suite[place - 1] if place else None
    return avant, suite[place + 1] if place + 1 < len(suite) else None
