"""Le bilan lu entier, partie par partie, depuis l’instantané : ce que le public lira."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from bilans.etats_publics import MOTS
from bilans.instantane import Action, Image, Instantane, Texte, Volet
from bilans.lecture_publique import lettre, phrase_d_avancement
from bilans.models import SECTIONS_DES_ELUS, CodeSection
from bilans.relecture import ancres
from bilans.relecture.ancres import Ancre
from bilans.textes import Bloc
from cls_platform.socle.typographie import date_longue, euros, pluriel, typographier


@dataclass(frozen=True, slots=True)
class ActionLue:
    """Une action du volet ; racontée en entier ou seulement citée. `ancre` vide : d’un bilan
    d’avant, elle ne se commente pas."""

    ancre: str
    identifiant: str
    titre: str
    code: str
    mot: str
    resume: str
    est_racontee: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartieLue:
    """`chapeau` : une phrase d’abord. `lignes` : (intitulé, valeur). Sans rien, elle est vide."""

    ancre: str
    identifiant: str
    titre: str
    chapeau: str = ""
    blocs: tuple[Bloc, ...] = ()
    signature: str = ""
    lignes: tuple[tuple[str, str], ...] = ()
    actions: tuple[ActionLue, ...] = ()
    photo: Image | None = None

    @property
    def est_vide(self) -> bool:
        return not (self.chapeau or self.blocs or self.lignes or self.actions)


def parties(page: Instantane) -> tuple[PartieLue, ...]:
    """Dans l’ordre du bilan ; une par volet. Une partie sans rien à dire est rendue, vide."""
    publiques = [p for code in page.sections for p in _de(page, CodeSection(code))]
    return (*publiques, *_des_elus(page))


def _des_elus(page: Instantane) -> Iterator[PartieLue]:
    """Ce que seules les deux pages des élus montrent ; rien si personne n’y a écrit."""
    for code in SECTIONS_DES_ELUS:
        texte = getattr(page.textes, code.lower())
        if texte:
            chapeau = "Dans les deux pages pour les élus, pas dans le bilan public."
            yield _partie(ancres.section(code), str(code.label), texte, chapeau=chapeau)


def _de(page: Instantane, code: CodeSection) -> Iterator[PartieLue]:
    if code == CodeSection.VOLETS:
        sans_cle = sum(not volet.cle for volet in page.volets)
        for rang, volet in enumerate(page.volets, start=1):
            yield _volet(volet, rang, ancrable=bool(volet.cle) or sans_cle == 1)
        return
    if code in (CodeSection.INDICATEURS, CodeSection.CARTE):
        return
    texte = getattr(page.textes, code.lower(), None)
    yield _partie(ancres.section(code), str(code.label), texte, **_donnees(page, code))


def _mot(mot: Any) -> str:
    return f"{mot.terme}\u00a0: {mot.definition}" if mot.sigle else mot.definition


def _comptes(page: Instantane) -> Iterator[tuple[str, str]]:
    for etat, nombre in page.comptes.items():
        if nombre:
            yield (
                MOTS[etat].pluriel if nombre > 1 else MOTS[etat].singulier,
                pluriel(nombre, "action"),
            )


def _argent(page: Instantane) -> Iterator[tuple[str, str]]:
    if page.argent:
        for payeur in page.argent.payeurs:
            yield payeur.nom, euros(payeur.montant)
        yield "En tout", euros(page.argent.total)


def _partenaires(page: Instantane) -> Iterator[tuple[str, str]]:
    for famille in (*page.signataires, *page.partenaires):
        yield famille.libelle, ", ".join(famille.noms)


def _contact(page: Instantane) -> Iterator[tuple[str, str]]:
    if page.contact.courriel:
        yield page.contact.organisme, page.contact.courriel


def _rencontres(page: Instantane) -> Iterator[tuple[str, str]]:
    for rencontre in page.rencontres:
        yield (
            date_longue(rencontre.jour),
            ", ".join(part for part in (rencontre.instance, rencontre.lieu) if part),
        )


def _annonces(page: Instantane) -> Iterator[tuple[str, str]]:
    if page.annonces:
        for annonce in page.annonces.lignes:
            suite = annonce.libelle or "On ne dit pas encore ce que c’est devenu"
            yield annonce.texte, ". ".join(p for p in (suite, annonce.explication) if p)


def _volet(volet: Volet, rang: int, *, ancrable: bool) -> PartieLue:
    """`ancrable` faux : un bilan d’avant, dont les volets n’ont pas d’identifiant."""
    ecrit = Texte(texte=volet.texte, signature="") if volet.texte else None
    lignes = [(i.titre, i.phrase) for i in volet.indicateurs]
    if volet.citation:
        lignes.append((f"«\u00a0{volet.citation.texte}\u00a0»", volet.citation.auteur))
    if volet.utile:
        lignes.append(("Utile", volet.utile))
    lue = _partie(
        ancres.volet(volet.cle),
        volet.titre,
        ecrit,
        chapeau=volet.promesse,
        lignes=tuple(lignes),
        actions=tuple(_action(a, rang, place) for place, a in enumerate(volet.actions, start=1)),
        photo=volet.photo,
    )
    return lue if ancrable else replace(lue, ancre="", identifiant=f"partie-volet-{rang}")


def _action(action: Action, volet: int, rang: int) -> ActionLue:
    ancre = ancres.action(action.cle) if action.cle else None
    resume = " ".join(part for part in (action.resume, action.fait) if part)
    return ActionLue(
        ancre=str(ancre or ""),
        identifiant=ancre.identifiant if ancre else f"partie-action-{volet}-{rang}",
        titre=typographier(action.titre),
        code=action.statut,
        mot=action.libelle_statut,
        resume=typographier(resume) if action.en_avant else "",
        est_racontee=action.en_avant,
    )


def _partie(ancre: Ancre, titre: str, texte: Texte | None, **suite: Any) -> PartieLue:
    lu = lettre(texte)
    lignes = tuple((typographier(a), typographier(b)) for a, b in suite.pop("lignes", ()))
    return PartieLue(
        ancre=str(ancre),
        identifiant=ancre.identifiant,
        titre=typographier(titre),
        chapeau=typographier(suite.pop("chapeau", "")),
        blocs=lu.blocs if lu else (),
        signature=lu.signature if lu else "",
        lignes=lignes,
        photo=suite.pop("photo", None) or (texte.photo if texte else None),
        **suite,
    )


def _donnees(page: Instantane, code: CodeSection) -> dict[str, Any]:
    """Ce que le bilan écrit de lui-même dans cette partie : un chapeau, des lignes."""
    chapeau = CHAPEAUX[code](page) if code in CHAPEAUX else ""
    lignes = tuple(LIGNES[code](page)) if code in LIGNES else ()
    return {"chapeau": chapeau, "lignes": lignes}


CHAPEAUX: dict[CodeSection, Callable[[Instantane], str]] = {
    CodeSection.COMPRENDRE: lambda page: page.contrat.presentation,
    CodeSection.AVANCEMENT: lambda page: phrase_d_avancement(page) if page.actions else "",
}
LIGNES: dict[CodeSection, Callable[[Instantane], Iterable[tuple[str, str]]]] = {
    CodeSection.CHIFFRES_CLES: lambda page: [(c.intitule, c.valeur) for c in page.chiffres],
    CodeSection.AVANCEMENT: _comptes,
    CodeSection.BUDGET: _argent,
    CodeSection.PARTICIPATION: _rencontres,
    CodeSection.PERSPECTIVES: _annonces,
    CodeSection.PARTENAIRES: _partenaires,
    CodeSection.GLOSSAIRE: lambda page: [(m.sigle or m.terme, _mot(m)) for m in page.mots],
    CodeSection.CONTACT: _contact,
}
