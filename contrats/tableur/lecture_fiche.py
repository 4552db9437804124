"""Une ligne du tableur face à une fiche : les valeurs lues, les écarts avec ce qui est en base."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from cls_platform.socle.tableur.feuille import Valeur, epurer
from contrats.tableur import etapes
from contrats.tableur.changements import Ecart
from contrats.tableur.colonnes import PAR_CLE, Colonne, Genre
from contrats.tableur.etat import Etat
from contrats.tableur.lecture_argent import LectureArgent
from contrats.tableur.lignes import CLES_DE_NIVEAU, LigneLue
from contrats.tableur.places import Places
from contrats.tableur.valeurs import Convertisseur, Lu, ValeurRefusee, montrer

HORS_COMPARAISON = {Genre.IDENTIFIANT, Genre.VERSION, Genre.NIVEAU, Genre.TEMOIN}
MONTANT_PARTAGE = "est fusionnée avec la ligne du dessus : ce montant ne compte que là-haut"
FIN_AVANT_DEBUT = "vient avant le début. Corrigez l’une des deux dates."


class Rapporteur(Protocol):
    def refuser(self, ligne: LigneLue, champ: str, valeur: Valeur, message: str) -> None: ...

    def avertir(
        self, ligne: LigneLue, champ: str, valeur: Valeur, messages: Iterable[str]
    ) -> None: ...


@dataclass(slots=True)
class LectureFiche:
    convertisseur: Convertisseur
    places: Places
    ligne: LigneLue
    etat: Etat | None
    valeurs: dict[str, Any] = field(default_factory=dict)
    ecarts: list[Ecart] = field(default_factory=list)
    argent: LectureArgent = field(init=False)

    def __post_init__(self) -> None:
        self.argent = LectureArgent(self.ligne, self.etat.budget if self.etat else None)

    @property
    def version_lue(self) -> int:
        valeur = self.ligne.cellules.get("version")
        texte = montrer(valeur)
        return int(texte) if self.ligne.identifiant and texte.isdigit() else 0

    def lire(self, rapporteur: Rapporteur) -> bool:
        """Faux si une cellule est refusée : chacune l’est, la lecture continue."""
        est_lisible = True
        for champ, valeur in self.ligne.cellules.items():
            colonne = PAR_CLE[champ]
            if colonne.genre in HORS_COMPARAISON or self._est_intouchee(colonne, valeur):
                continue
            try:
                lu = self.convertisseur.convertir(colonne, valeur)
                if colonne.genre is Genre.MONTANT:
                    self.argent.retenir(colonne, valeur, lu)
            except ValeurRefusee as refus:
                rapporteur.refuser(self.ligne, champ, valeur, f"{refus}.")
                est_lisible = False
                continue
            if lu.avis:
                rapporteur.avertir(self.ligne, champ, valeur, lu.avis)
            self._retenir(colonne, lu)
        for champ in self.ligne.repetes:
            rapporteur.avertir(self.ligne, champ, None, [MONTANT_PARTAGE])
        self.ecarts += self.argent.ecarts
        return self._finir(rapporteur) and est_lisible

    def _est_intouchee(self, colonne: Colonne, valeur: Valeur) -> bool:
        """La cellule dit déjà ce que dit la fiche, ou n’a rien à dire."""
        if colonne.genre is Genre.MONTANT:
            return False
        if self.etat is None:
            return valeur in (None, "") and colonne.cle != "titre"
        if valeur in (None, "") and not self.ligne.identifiant:
            return True
        return _identiques(valeur, self.etat.valeurs.get(colonne.cle))

    def _retenir(self, colonne: Colonne, lu: Lu) -> None:
        if colonne.genre is Genre.MONTANT:
            return
        if colonne.genre is Genre.PERIODE:
            self._retenir_periode(lu)
        elif colonne.genre is Genre.PILOTE and len(lu.valeur) > 1:
            self.valeurs["pilote"] = lu.valeur[0]
            self.valeurs.setdefault("copilotes", lu.valeur[1:])
            self._noter(colonne, lu.texte)
        elif colonne.genre is Genre.PILOTE:
            self._ecrire(colonne, lu.valeur[0] if lu.valeur else None, lu.texte, lu)
        elif colonne.genre is Genre.ETAPES:
            self._retenir_etapes(colonne, lu)
        else:
            self._ecrire(colonne, lu.valeur, lu.texte, lu)

    def _ecrire(self, colonne: Colonne, valeur: Any, texte: Valeur, lu: Lu) -> None:
        if self.etat and (_identiques(texte, self.etat.valeurs.get(colonne.cle))):
            return
        if self.etat and lu.avis and not lu.valeur:
            return
        self.valeurs[colonne.cle] = valeur
        self._noter(colonne, texte)

    def _noter(self, colonne: Colonne, texte: Valeur) -> None:
        if self.etat is None:
            return
        avant = montrer(self.etat.valeurs.get(colonne.cle))
        if avant != montrer(texte):
            self.ecarts.append(Ecart(colonne.cle, colonne.entete, avant, montrer(texte)))

    def _retenir_periode(self, lu: Lu) -> None:
        if isinstance(lu.valeur, tuple):
            for champ, jour in zip(("date_debut", "date_fin"), lu.valeur, strict=True):
                if self.ligne.cellules.get(champ) in (None, ""):
                    self._ecrire(PAR_CLE[champ], jour, jour, lu)
        elif lu.valeur and not self.ligne.cellules.get("echeancier"):
            self._ecrire(PAR_CLE["echeancier"], lu.valeur, lu.texte, lu)

    def _retenir_etapes(self, colonne: Colonne, lu: Lu) -> None:
        if self.etat is None:
            self.valeurs["etapes"] = lu.valeur
            return
        apres = epurer(etapes.ecrire(etapes.completer(self.etat.jalons, lu.valeur)))
        if not _identiques(apres, self.etat.valeurs.get("etapes")):
            self.valeurs["etapes"] = lu.valeur
            self._noter(colonne, apres)

    def _finir(self, rapporteur: Rapporteur) -> bool:
        if "titre" in self.valeurs and not self.valeurs["titre"]:
            rapporteur.refuser(self.ligne, "titre", None, "Il manque le titre de l’action.")
            return False
        return self._placer(rapporteur) and self._dates_en_ordre(rapporteur)

    def _placer(self, rapporteur: Rapporteur) -> bool:
        niveaux = {c: self.ligne.cellules.get(c) for c in CLES_DE_NIVEAU}
        presents = [c for c in CLES_DE_NIVEAU if c in self.ligne.cellules]
        if not presents or not self._place_touchee(niveaux):
            return True
        deja = len(self.places.nouveaux)
        place = self.places.placer(niveaux)
        for noeud in self.places.nouveaux[deja:]:
            limite = 300 if noeud.niveau else 250
            if len(noeud.titre) > limite:
                message = f"est trop long : {len(noeud.titre)} caractères, {limite} au plus."
                rapporteur.refuser(self.ligne, presents[-1], noeud.titre, message)
                return False
        self._retenir_place(place, niveaux)
        return True

    def _place_touchee(self, niveaux: dict[str, Valeur]) -> bool:
        if self.etat is None:
            return any(niveaux.values())
        ecrites = {c for c in niveaux if c in self.ligne.cellules}
        if not self.ligne.identifiant and not any(niveaux.values()):
            return False
        return any(not _identiques(niveaux[c], self.etat.valeurs.get(c)) for c in ecrites)

    def _retenir_place(self, place: tuple[Any, Any], niveaux: dict[str, Valeur]) -> None:
        action = self.etat.action if self.etat else None
        if action and place == (action.axe_id, action.objectif_id):
            return
        self.valeurs["place"] = place
        if self.etat is None:
            return
        for champ, valeur in niveaux.items():
            avant = self.etat.valeurs.get(champ)
            if champ in self.ligne.cellules and not _identiques(valeur, avant):
                colonne = PAR_CLE[champ]
                self.ecarts.append(Ecart(champ, colonne.entete, montrer(avant), montrer(valeur)))

    def _dates_en_ordre(self, rapporteur: Rapporteur) -> bool:
        action = self.etat.action if self.etat else None
        debut, fin = (
            self.valeurs.get(champ, getattr(action, champ, None))
            for champ in ("date_debut", "date_fin")
        )
        if debut and fin and fin < debut:
            colonne = "date_fin" if "date_fin" in self.ligne.cellules else "date_debut"
            if not {"date_debut", "date_fin"} & self.ligne.cellules.keys():
                colonne = "periode"
            rapporteur.refuser(self.ligne, colonne, fin, FIN_AVANT_DEBUT)
            return False
        return True


def _identiques(lue: Valeur, ecrite: Valeur) -> bool:
    """« 3 » et 3 se valent, comme vide et rien ; les espaces du bord ne comptent pas."""
    if type(lue) is type(ecrite) and lue == ecrite:
        return True
    return epurer(montrer(lue)) == epurer(montrer(ecrite))
