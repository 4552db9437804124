"""Le formulaire du partenaire : une fiche, ses questions, sa signature."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html

from cls_platform.socle import typographie
from contrats.forms.base import Formulaire
from contrats.models import Contribution, Demande, GenreElement
from contrats.services.contributions import Propose, Signature
from indicateurs.contribution import champs
from indicateurs.contribution.ecriture import en_mots
from indicateurs.contribution.etat import CHAMPS_DE_NOTE, EtatLu, Valeurs
from indicateurs.contribution.regles import manques
from indicateurs.models import Indicateur

SIGNATURE = ("nom", "fonction")
DE_SERVICE = frozenset({"version", "page"})
# L’étape est nommée juste au-dessus ; qui ne voit pas la page l’entend ici
QUAND = 'Quand\u202f?<span class="invisible"> ({})</span>'


@dataclass(frozen=True, slots=True)
class QuestionPosee:
    """Un champ que l’on peut proposer ; `prefixe` distingue les étapes et les indicateurs."""

    genre: str
    champ: str
    libelle: str
    present: Valeurs
    objet: UUID | None = None
    indicateur: Indicateur | None = None
    aide: str = ""

    @property
    def prefixe(self) -> str:
        return f"{self.genre.lower()}-{self.objet}-" if self.objet else ""


@dataclass(slots=True)
class Section:
    titre: str
    aide: str = ""
    champs: list[BoundField] = field(default_factory=list)


def questions_de(etat: EtatLu, demandes: list[str]) -> list[QuestionPosee]:
    """Ce qui est demandé de cette fiche, dans l’ordre de la page."""
    par_demande = {
        Demande.STATUT: _du_statut,
        Demande.NOTE: _de_la_note,
        Demande.ETAPES: _des_etapes,
        Demande.MESURES: _des_mesures,
    }
    return [q for d in Demande if d in demandes for q in par_demande[d](etat)]


def _du_statut(etat: EtatLu) -> Iterator[QuestionPosee]:
    genre = GenreElement.STATUT
    present = etat.valeur(genre, "statut", None) or {}
    yield QuestionPosee(genre, "statut", "Statut", present)


def _de_la_note(etat: EtatLu) -> Iterator[QuestionPosee]:
    genre = GenreElement.NOTE
    for champ in CHAMPS_DE_NOTE:
        libelle = champs.NOTE[champ][0] if champ in champs.NOTE else "Participants"
        yield QuestionPosee(genre, champ, libelle, {champ: ""})


def _des_etapes(etat: EtatLu) -> Iterator[QuestionPosee]:
    """Celles qui restent à faire ; leur échéance est écrite à côté."""
    for jalon in etat.jalons.values():
        if jalon.fait_le or jalon.est_abandonne:
            continue
        aide = f"Prévue le {typographie.date_longue(jalon.echeance)}" if jalon.echeance else ""
        present = {"fait_le": ""}
        yield QuestionPosee(
            GenreElement.ETAPE, "fait_le", jalon.libelle, present, objet=jalon.pk, aide=aide
        )


def _des_mesures(etat: EtatLu) -> Iterator[QuestionPosee]:
    genre = GenreElement.MESURE
    for indicateur in etat.indicateurs.values():
        present = etat.valeur(genre, "valeur", indicateur.pk) or {}
        connue = f"Aujourd’hui\u00a0: {en_mots(genre, present, indicateur)}."
        yield QuestionPosee(
            genre,
            "valeur",
            f"{indicateur.libelle}, {etat.annee}",
            present,
            objet=indicateur.pk,
            indicateur=indicateur,
            aide=connue if any(present.values()) else "",
        )


class FormulairePartenaire(Formulaire):
    """`brouillon` reprend ce qui a été tapé ; `elements()` est ce qui diffère de la fiche."""

    version = forms.IntegerField(min_value=1, required=False)
    page = forms.CharField(max_length=20, required=False)
    nom = forms.CharField(
        label="Votre nom",
        max_length=120,
        error_messages={"required": "Écrivez votre nom : il accompagne votre réponse."},
    )
    fonction = forms.CharField(
        label="Votre fonction",
        max_length=120,
        error_messages={"required": "Écrivez votre fonction dans l’organisation."},
    )
    # Un brouillon se garde sans être complet : c’est au serveur de le dire, à l’envoi seulement
    use_required_attribute = False

    def __init__(
        self, *args: Any, etat: EtatLu, contribution: Contribution, nom: Valeurs, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions_de(etat, contribution.lien.demandes)
        for question in self.questions:
            self._poser(question)
        for champ, valeur in nom.items():
            self.fields[champ].initial = valeur
        self._rendus = {n: self._rendu(n) for n in self.fields if n not in DE_SERVICE}
        brouillon = contribution.brouillon
        self.initial = {n: v for n, v in brouillon.items() if n in self._rendus}

    def _poser(self, question: QuestionPosee) -> None:
        if question.genre == GenreElement.ETAPE:
            case = forms.BooleanField(
                label=question.libelle, help_text=question.aide, required=False
            )
            self.fields[f"{question.prefixe}faite"] = case
        initiales = champs.initiales(question.genre, question.present)
        for nom, champ in champs.champs_de(
            question.genre, question.champ, question.indicateur
        ).items():
            if question.genre == GenreElement.MESURE and question.aide and nom != "denominateur":
                champ.help_text = f"{champ.help_text} {question.aide}".strip()
            if question.genre == GenreElement.ETAPE:
                champ.label = format_html(QUAND, question.libelle)
                champ.help_text = "Facultatif\u00a0: sans date, celle de votre envoi."
            champ.initial = "" if nom == "raison" else initiales[nom]
            self.fields[question.prefixe + nom] = champ

    def _rendu(self, nom: str) -> str:
        """Ce que montre le champ quand personne n’y a touché."""
        valeur = self.fields[nom].initial
        valeur = self.fields[nom].prepare_value(valeur)
        return "" if valeur is None or valeur is False else str(valeur)

    def sections(self) -> list[Section]:
        """Une par sorte de question, dans l’ordre.

        La page dit une fois que rien n’est obligatoire : « (facultatif) » ne s’y répète pas.
        """
        par_genre: dict[str, Section] = {}
        for question in self.questions:
            section = par_genre.setdefault(question.genre, _section(question.genre))
            noms = [n for n in self.fields if self._est_de(question, n)]
            section.champs += [self[nom] for nom in noms]
            for nom in noms:
                self.fields[nom].required = True
        return list(par_genre.values())

    def _est_de(self, question: QuestionPosee, nom: str) -> bool:
        if question.prefixe:
            return nom.startswith(question.prefixe)
        noms = ("statut", "raison") if question.genre == GenreElement.STATUT else (question.champ,)
        return nom in noms

    def signature(self) -> list[BoundField]:
        return [self[nom] for nom in SIGNATURE]

    def brouillon(self) -> dict[str, str]:
        """Ce qui a été touché, tel que tapé ; le reste suivra la fiche si elle change."""
        tapes = {n: str(self.data.get(n, "")).replace("\x00", "") for n in self._rendus}
        return {n: t for n, t in tapes.items() if t != self._rendus[n]}

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        for question in self.questions:
            for nom, phrase in self._manques(question, donnees).items():
                self.add_error(question.prefixe + nom, phrase)
        return donnees

    def _manques(self, question: QuestionPosee, donnees: dict[str, Any]) -> dict[str, str]:
        attendus = champs.champs_de(question.genre, question.champ, question.indicateur)
        if any(question.prefixe + nom not in donnees for nom in attendus):
            return {}
        return manques(question.genre, self._valeurs(question), question.present)

    def _valeurs(self, question: QuestionPosee) -> Valeurs:
        noms = champs.champs_de(question.genre, question.champ, question.indicateur)
        donnees = {nom: self.cleaned_data.get(question.prefixe + nom) for nom in noms}
        if question.genre == GenreElement.ETAPE and not donnees["fait_le"]:
            cochee = self.cleaned_data.get(f"{question.prefixe}faite")
            donnees["fait_le"] = timezone.localdate() if cochee else None
        return champs.en_valeurs(donnees)

    def elements(self) -> list[Propose]:
        """Ce qui diffère de la fiche ; une case vide ne propose rien."""
        proposes = []
        for q in self.questions:
            valeurs = self._valeurs(q)
            if q.genre == GenreElement.STATUT and valeurs["statut"] == q.present["statut"]:
                valeurs["raison"] = valeurs["raison"] or q.present["raison"]
            vide = not (valeurs.get("statut", "") or any(valeurs.values()))
            if not vide and valeurs.get("statut") != "" and valeurs != q.present:
                proposes.append(Propose(q.genre, q.champ, q.objet, q.libelle, q.present, valeurs))
        return proposes

    def signee(self) -> Signature:
        donnees = self.cleaned_data
        return Signature(donnees["nom"].strip(), donnees["fonction"].strip())


def _section(genre: str) -> Section:
    titre, aide = TITRES[genre]
    return Section(titre, aide)


TITRES: dict[str, tuple[str, str]] = {
    GenreElement.STATUT: ("Où en est l’action", ""),
    GenreElement.NOTE: ("Ce qui s’est passé dans l’année", "Une phrase suffit."),
    GenreElement.ETAPE: ("Les étapes terminées", "Cochez celles qui sont faites."),
    GenreElement.MESURE: ("Les chiffres de l’année", "Une case vide ne change rien."),
}
