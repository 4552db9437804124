"""Comparer un fichier au plan : ce qui serait créé, modifié, laissé, et ce qui ne se lit pas."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from cls_platform.socle.tableur.cles import cle
from cls_platform.socle.tableur.feuille import Feuille, Valeur
from contrats.models import Contrat
from contrats.tableur.annuaire import lire_annuaire
from contrats.tableur.changements import Changements, Fiche, Remarque
from contrats.tableur.colonnes import EXPORTEES, PAR_CLE, est_un_montant
from contrats.tableur.etat import Etat, lire_etats
from contrats.tableur.identifiants import expliquer, identifiant
from contrats.tableur.lecture_fiche import LectureFiche
from contrats.tableur.lignes import CLES_DE_NIVEAU, LigneLue, lire_lignes
from contrats.tableur.passe import valeurs_a_la_version
from contrats.tableur.places import Places, lire_places
from contrats.tableur.reconnaissance import Reconnues, reconnaitre
from contrats.tableur.valeurs import Convertisseur, montrer

# Où s’écrit une colonne « Période »
DE_LA_PERIODE = ("date_debut", "date_fin", "echeancier")
SANS_ENTETE = (
    "Aucune ligne d’en-tête n’a été reconnue. Il faut au moins une colonne pour le titre de "
    "l’action."
)


@dataclass(frozen=True, slots=True)
class Reglages:
    """`miennes` : les fiches en conflit dont on garde la version du fichier."""

    le: date
    retenues: Mapping[str, str] = field(default_factory=dict)
    choisies: Mapping[int, str] = field(default_factory=dict)
    creer_organisations: bool = False
    miennes: frozenset[UUID] = frozenset()


def analyser(contrat: Contrat, feuille: Feuille, reglages: Reglages) -> Changements:
    return _Analyse(contrat, feuille, reglages).faire()


class _Analyse:
    def __init__(self, contrat: Contrat, feuille: Feuille, reglages: Reglages) -> None:
        self.contrat, self.feuille, self.reglages = contrat, feuille, reglages
        self.changements = Changements(feuille=feuille.nom)
        self.reconnues: Reconnues = reconnaitre(feuille, reglages.retenues, reglages.choisies)
        self.entetes = {e.champ: e.texte for e in reversed(self.reconnues.entetes) if e.champ}
        self.convertisseur = Convertisseur(
            lire_annuaire(contrat), reglages.le, reglages.creer_organisations
        )
        self.places: Places = lire_places(contrat)
        self.etats: dict[UUID, Etat] = {}
        self.par_titre: dict[str, list[Etat]] = {}
        self.vus: dict[UUID, int] = {}
        self.absents: dict[UUID, str] = {}

    def faire(self) -> Changements:
        fini = self.changements
        fini.colonnes_inconnues = [e.texte for e in self.reconnues.inconnues]
        if "titre" not in self.reconnues.champs:
            fini.erreurs.append(Remarque(self.feuille.nom, 1, "", "", SANS_ENTETE))
            return fini
        for etat in self._lire_le_plan():
            self.etats[etat.action.pk] = etat
            self.par_titre.setdefault(cle(etat.action.titre), []).append(etat)
        lues = lire_lignes(self.feuille, self.reconnues)
        donnes = {identifiant(ligne.identifiant) for ligne in lues.fiches}
        absents = {pk for pk in donnes if pk and pk not in self.etats}
        self.absents = expliquer(self.contrat, absents)
        for sans_titre in lues.sans_titre:
            self.refuser(sans_titre, "titre", None, "Il manque le titre de l’action.")
        for ligne in lues.fiches:
            self.etudier(ligne)
        self.conclure()
        return fini

    def _lire_le_plan(self) -> Iterator[Etat]:
        """Les colonnes du fichier, et celles où vont ses périodes et ses titres de groupes."""
        lues = self.reconnues.champs
        comparees = lues | set(CLES_DE_NIVEAU) | ({*DE_LA_PERIODE} if "periode" in lues else set())
        return lire_etats(
            self.contrat.actions.all(),
            self.contrat,
            colonnes=[colonne for colonne in EXPORTEES if colonne.cle in comparees],
            avec_argent=any(est_un_montant(champ) for champ in lues),
        )

    def conclure(self) -> None:
        nouvelles = self.convertisseur.nouvelles.values()
        self.changements.organisations_inconnues = sorted(nom for _, nom in nouvelles)
        if self.reglages.creer_organisations:
            self.changements.organisations = dict(nouvelles)
        self.changements.niveaux = self.places.nouveaux

    def refuser(self, ligne: LigneLue, champ: str, valeur: Valeur, message: str) -> None:
        colonne = self.entetes.get(champ, PAR_CLE[champ].entete)
        self.changements.erreurs.append(
            Remarque(self.feuille.nom, ligne.numero, colonne, montrer(valeur)[:200], message)
        )

    def avertir(self, ligne: LigneLue, champ: str, valeur: Valeur, messages: Iterable[str]) -> None:
        colonne = self.entetes.get(champ, PAR_CLE[champ].entete)
        self.changements.avertissements += [
            Remarque(self.feuille.nom, ligne.numero, colonne, montrer(valeur)[:200], message)
            for message in messages
        ]

    def etudier(self, ligne: LigneLue) -> None:
        etat = self.fiche_visee(ligne)
        if etat is None and ligne.identifiant:
            return
        lecture = LectureFiche(self.convertisseur, self.places, ligne, etat)
        if not lecture.lire(self):
            return
        self.changements.additionner(lecture.argent.lus)
        if etat is None:
            fiche = Fiche(ligne.numero, lecture.valeurs["titre"], lecture.valeurs)
            fiche.montants = lecture.argent.montants
            self.changements.creations.append(fiche)
        else:
            self.comparer(ligne, etat, lecture)

    def fiche_visee(self, ligne: LigneLue) -> Etat | None:
        """Par son identifiant ; sinon par son titre (et son numéro), quand il n’y en a qu’une."""
        if ligne.identifiant:
            return self._par_identifiant(ligne)
        numero = cle(montrer(ligne.cellules.get("numero")))
        memes = [
            etat
            for etat in self.par_titre.get(cle(ligne.titre), [])
            if not numero or not etat.action.numero or cle(etat.action.numero) == numero
        ]
        libres = [etat for etat in memes if etat.action.pk not in self.vus]
        if len(memes) != 1 or not libres:
            return None
        self.vus[libres[0].action.pk] = ligne.numero
        return libres[0]

    def _par_identifiant(self, ligne: LigneLue) -> Etat | None:
        pk = identifiant(ligne.identifiant)
        if pk is None:
            refus = "n’est pas un identifiant."
        elif pk in self.absents:
            refus = self.absents[pk]
        elif pk in self.vus:
            refus = f"est déjà à la ligne {self.vus[pk]}."
        else:
            self.vus[pk] = ligne.numero
            return self.etats[pk]
        self.refuser(ligne, "identifiant", ligne.identifiant, refus)
        return None

    def comparer(self, ligne: LigneLue, etat: Etat, lecture: LectureFiche) -> None:
        action = etat.action
        fiche = Fiche(
            ligne.numero, action.titre, lecture.valeurs, lecture.ecarts, action.pk, action.version
        )
        fiche.version_lue = lecture.version_lue
        fiche.montants, fiche.depenses = lecture.argent.montants, etat.budget.versions
        if not fiche.ecarts:
            self.changements.inchangees.append(action.pk)
        elif fiche.version_lue and fiche.version_lue != action.version:
            self._ranger_un_conflit(fiche, etat, etat.auteur)
        elif lecture.argent.est_en_conflit:
            self._ranger_un_conflit(fiche, etat, lecture.argent.leur_auteur)
        else:
            self.changements.modifications.append(fiche)

    def _ranger_un_conflit(self, fiche: Fiche, etat: Etat, leur_auteur: str) -> None:
        """Ce que le fichier n’a pas touché depuis son export n’est pas un changement."""
        avant = valeurs_a_la_version(etat.action.pk, fiche.version_lue)
        intouches = {
            e.champ for e in fiche.ecarts if e.champ in avant and avant[e.champ] == e.apres
        }
        fiche.ecarts = [e for e in fiche.ecarts if e.champ not in intouches]
        for champ in intouches:
            fiche.valeurs.pop(champ, None)
        fiche.leur_auteur = leur_auteur
        if not fiche.ecarts:
            self.changements.inchangees.append(etat.action.pk)
        elif etat.action.pk in self.reglages.miennes:
            self.changements.modifications.append(fiche)
        else:
            self.changements.conflits.append(fiche)
