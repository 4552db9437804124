"""Les fils de commentaires d’un bilan, par partie, avec ce que la personne peut y faire."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from acteurs.droits import Droit
from bilans.models import Bilan, CommentaireBilan, EtatCommentaire
from bilans.relecture.ancres import lire

# Le signe d’un état : ceux des actions, dont les formes sont déjà connues
SIGNES: dict[str, str] = {
    EtatCommentaire.OUVERT: "A_VENIR",
    EtatCommentaire.REPONDU: "EN_COURS",
    EtatCommentaire.CLOS: "REALISEE",
}


@dataclass(frozen=True, slots=True)
class Message:
    """Un commentaire ou une réponse ; `est_le_mien` : la personne peut le corriger."""

    commentaire: CommentaireBilan
    est_le_mien: bool


@dataclass(frozen=True, slots=True)
class Fil:
    commentaire: CommentaireBilan
    messages: tuple[Message, ...]
    signe: str
    est_clos: bool
    est_a_traiter: bool
    est_a_moi: bool
    peut_repondre: bool
    peut_clore: bool


@dataclass(frozen=True, slots=True)
class FilsDUnePartie:
    """Ce que montre `bilans/relire/fragments/_fils.html`. `ouverts` : à traiter."""

    ancre: str
    identifiant: str
    fils: tuple[Fil, ...] = ()
    clos: tuple[Fil, ...] = ()
    peut_commenter: bool = False

    @property
    def ouverts(self) -> int:
        return sum(fil.est_a_traiter for fil in self.fils)

    @property
    def nombre(self) -> int:
        return len(self.fils) + len(self.clos)


@dataclass(frozen=True, slots=True)
class Fils:
    """Tous les fils d’un bilan, lus en deux requêtes."""

    par_ancre: dict[str, list[Fil]] = field(default_factory=dict)
    peut_commenter: bool = False

    def de(self, ancre: object) -> FilsDUnePartie:
        """Ceux de cette partie ; sans ancre, elle ne se commente pas."""
        texte = str(ancre)
        if not texte:
            return FilsDUnePartie(ancre="", identifiant="")
        trouves = self.par_ancre.get(texte, [])
        return FilsDUnePartie(
            ancre=texte,
            identifiant=f"fils-{lire(texte).identifiant}",
            fils=tuple(f for f in trouves if not f.est_clos),
            clos=tuple(f for f in trouves if f.est_clos),
            peut_commenter=self.peut_commenter,
        )

    @property
    def tous(self) -> list[Fil]:
        return [fil for fils in self.par_ancre.values() for fil in fils]


def fils_du_bilan(
    bilan: Bilan, personne: Any, droits: frozenset[Droit], *, ancre: str = ""
) -> Fils:
    """Tous, ou ceux d’une partie. `droits` : ceux de la personne sur le contrat.

    Sans le droit de relire, on ne lit pas les commentaires : l’équipe s’y parle librement.
    """
    if Droit.RELIRE_BILAN not in droits:
        return Fils()
    premiers: Iterable[CommentaireBilan] = bilan.commentaires.fils().avec_reponses()
    if ancre:
        premiers = [c for c in premiers if c.ancre == ancre]
    par_ancre: dict[str, list[Fil]] = defaultdict(list)
    for commentaire in premiers:
        par_ancre[commentaire.ancre].append(_fil(commentaire, bilan, personne, droits))
    return Fils(par_ancre=dict(par_ancre), peut_commenter=bilan.est_modifiable)


def _fil(
    commentaire: CommentaireBilan, bilan: Bilan, personne: Any, droits: frozenset[Droit]
) -> Fil:
    reponses = list(commentaire.reponses.all())
    est_clos = commentaire.etat == EtatCommentaire.CLOS
    est_a_lui = commentaire.auteur_id == personne.pk
    return Fil(
        commentaire=commentaire,
        messages=tuple(_message(c, bilan, personne) for c in (commentaire, *reponses)),
        signe=SIGNES[commentaire.etat],
        est_clos=est_clos,
        est_a_traiter=commentaire.etat == EtatCommentaire.OUVERT,
        est_a_moi=est_a_lui or any(r.auteur_id == personne.pk for r in reponses),
        peut_repondre=bilan.est_modifiable and not est_clos,
        peut_clore=bilan.est_modifiable and (est_a_lui or Droit.REDIGER_BILAN in droits),
    )


def _message(commentaire: CommentaireBilan, bilan: Bilan, personne: Any) -> Message:
    est_le_mien = bilan.est_modifiable and commentaire.auteur_id == personne.pk
    return Message(commentaire=commentaire, est_le_mien=est_le_mien)
