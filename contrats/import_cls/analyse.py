"""Comparer une liste à ce qui existe : créer, modifier et quoi, laisser, refuser et pourquoi."""

from collections.abc import Collection
from datetime import date

from cls_platform.socle.tableur.table import Ligne, Table
from contrats.etats import PHASES_SIGNEES, PHASES_TERMINEES, Phase
from contrats.import_cls.actes import communes_a_dire, fin_tenue
from contrats.import_cls.colonnes import (
    CODE,
    COMMUNES,
    FIN,
    NOM,
    PHASE,
    PORTEUR,
    REGION,
    SIGNATURE,
)
from contrats.import_cls.ecarts import ecarts_de
from contrats.import_cls.lecture import LectureLigne
from contrats.import_cls.passages import se_rejoint
from contrats.import_cls.rapport import ContratLu, LigneCls, RapportCls
from contrats.import_cls.references import ContratConnu, References, lire_references
from contrats.import_cls.regles import est_repris, exiger_des_valeurs_possibles
from contrats.import_cls.valeurs import NUMERO_MAX

HORS_REGION = "Ce contrat est dans une région où vous ne chargez pas de contrats."
SANS_SIGNATURE = "Sans date de signature, ce contrat ne compte pas comme couvert."


class AnalyseCls:
    """`regions` : celles où la personne charge ; None : partout."""

    def __init__(self, table: Table, regions: Collection[str] | None, le: date) -> None:
        self.table, self.regions, self.le = table, regions, le
        self.references: References = lire_references(table.lignes)
        self.rapport = RapportCls(
            feuille=table.feuille,
            lignes=len(table.lignes),
            colonnes_inconnues=list(table.inconnues),
        )
        self.vus: dict[str, int] = {}

    def faire(self) -> RapportCls:
        for ligne in self.table.lignes:
            self._etudier(ligne)
        return self.rapport

    def _etudier(self, ligne: Ligne) -> None:
        lecture = LectureLigne(self.table, ligne, self.references)
        lu = lecture.lire()
        connu = self.references.contrats.get(lu.code)
        self._exiger_le_code(lecture, lu)
        if connu:
            self._exiger_pour_modifier(lecture, lu, connu)
        else:
            self._exiger_pour_creer(lecture, lu)
        if not lecture.erreurs:
            self._exiger_les_regles(lecture, lu, connu)
        if lecture.erreurs:
            self.rapport.erreurs += lecture.erreurs
            return
        self._prevenir(lecture, lu, connu)
        self.rapport.avis += lecture.avis
        self._ranger(lu, connu)

    def _exiger_le_code(self, lecture: LectureLigne, lu: ContratLu) -> None:
        if not lu.code:
            if not any(e.colonne == self.table.entete(CODE.cle) for e in lecture.erreurs):
                lecture.refuser(CODE, "Il manque le code du contrat.")
        elif lu.code in self.vus:
            lecture.refuser(CODE, f"Ce code est déjà à la ligne {self.vus[lu.code]}.")
        else:
            self.vus[lu.code] = lu.ligne

    def _exiger_pour_creer(self, lecture: LectureLigne, lu: ContratLu) -> None:
        """Un contrat neuf a un nom, une région et une phase."""
        if len(lu.code) > NUMERO_MAX:
            lecture.refuser(CODE, f"Ce code est trop long : {NUMERO_MAX} caractères au plus.")
        if lu.region is None and self.regions and len(self.regions) == 1:
            lu.region = next(iter(self.regions))
        deja = {erreur.colonne for erreur in lecture.erreurs}
        for colonne, valeur, quoi in (
            (NOM, lu.nom, "le nom"),
            (REGION, lu.region, "la région"),
            (PHASE, lu.phase, "la phase"),
        ):
            if valeur is None and self.table.entete(colonne.cle) not in deja:
                lecture.refuser(colonne, f"Il manque {quoi} de ce nouveau contrat.")
        if lu.region is None:
            return
        if not self._permet(lu.region):
            lecture.refuser(REGION, HORS_REGION)
        elif lu.region not in self.references.agences:
            lecture.refuser(REGION, "Cette région n’a pas d’agence régionale de santé.")

    def _exiger_pour_modifier(
        self, lecture: LectureLigne, lu: ContratLu, connu: ContratConnu
    ) -> None:
        region = connu.contrat.region_id
        if not self._permet(region):
            lecture.refuser(CODE, HORS_REGION)
        elif lu.region is not None and lu.region != region:
            nom = self.references.regions.get(region, region)
            lecture.refuser(
                REGION, f"Le contrat {lu.code} est en {nom} : une liste ne le change pas de région."
            )
        if refus := fin_tenue(connu, lu.fin):
            lecture.refuser(FIN, refus)
        actuelle = connu.contrat.phase
        change = lu.phase is not None and lu.phase != actuelle and not est_repris(connu)
        if change and lu.phase and not se_rejoint(actuelle, lu.phase):
            lecture.refuser(
                PHASE,
                f"Un contrat en phase « {Phase(actuelle).label} » ne passe pas à "
                f"« {Phase(lu.phase).label} ». Changez-la sur sa page.",
            )

    def _permet(self, region: str) -> bool:
        return self.regions is None or region in self.regions

    def _exiger_les_regles(
        self, lecture: LectureLigne, lu: ContratLu, connu: ContratConnu | None
    ) -> None:
        contrat = connu.contrat if connu else None
        for colonne, message in exiger_des_valeurs_possibles(lu, contrat, self.le):
            lecture.refuser(colonne, message)

    def _prevenir(self, lecture: LectureLigne, lu: ContratLu, connu: ContratConnu | None) -> None:
        """Ce qui s’importe, mais qu’il vaut mieux relire."""
        contrat = connu.contrat if connu else None
        phase = lu.phase or (contrat.phase if contrat else "")
        signature = lu.date_signature or (contrat.date_signature if contrat else None)
        fin = lu.fin or (contrat.date_fin if contrat else None)
        if phase in PHASES_SIGNEES and phase != Phase.SIGNATURE and signature is None:
            lecture.avertir(SIGNATURE, SANS_SIGNATURE)
        if phase in PHASES_TERMINEES and fin and fin > self.le:
            lecture.avertir(FIN, "Cette fin est à venir, et la phase dit que le contrat est fini.")
        if lu.porteur_siren and lu.porteur_siren not in self.references.organisations:
            lecture.avertir(
                PORTEUR,
                "Ce SIREN n’est dans l’annuaire ni parmi les collectivités : une organisation sera "
                "créée. Donnez-lui son nom.",
            )
        region = lu.region or (contrat.region_id if contrat else "")
        dehors = [
            trouvee.nom
            for code in lu.communes or ()
            if (trouvee := self.references.communes.get(code)) and region not in trouvee.regions
        ]
        if dehors:
            lecture.avertir(COMMUNES, f"Hors de la région : {', '.join(dehors[:5])}.", "")
        if connu and lu.communes is not None:
            self._dire_les_avenants(lecture, lu, connu)
        if connu is None and lu.communes is None:
            lecture.avertir(COMMUNES, "Sans commune, ce contrat ne couvre personne.")

    def _dire_les_avenants(self, lecture: LectureLigne, lu: ContratLu, connu: ContratConnu) -> None:
        tenues = communes_a_dire(connu, lu.communes or (), lu.date_perimetre or self.le)
        if tenues:
            noms = ", ".join(self.references.communes[code].nom or code for code in tenues[:5])
            lecture.avertir(
                COMMUNES, f"Un avenant en décide, la liste ne les change pas : {noms}.", ""
            )

    def _ranger(self, lu: ContratLu, connu: ContratConnu | None) -> None:
        if connu is None:
            self.rapport.creations.append(LigneCls(lu, lu.nom or ""))
            self._noter_le_porteur(lu)
            return
        ecarts = ecarts_de(lu, connu, self.references, self.le)
        ligne = LigneCls(lu, connu.contrat.nom, tuple(ecarts), connu.contrat.pk)
        if not ecarts:
            self.rapport.inchanges.append(ligne)
            return
        self.rapport.modifications.append(ligne)
        if any(ecart.champ == PORTEUR.cle for ecart in ecarts):
            self._noter_le_porteur(lu)

    def _noter_le_porteur(self, lu: ContratLu) -> None:
        if not lu.porteur_siren:
            return
        nom = nom_du_porteur(lu, self.references)
        organisation = self.references.organisations.get(lu.porteur_siren)
        est_connu = organisation is not None and organisation.pk is not None
        if not est_connu and nom not in self.rapport.porteurs_crees:
            self.rapport.porteurs_crees.append(nom)


def nom_du_porteur(lu: ContratLu, references: References) -> str:
    """Celui de l’annuaire ou de la collectivité ; sinon celui du fichier, sinon son SIREN."""
    siren = lu.porteur_siren or ""
    if organisation := references.organisations.get(siren):
        return organisation.nom
    return lu.porteur_nom or f"Organisation {siren}"


def analyser(
    table: Table, regions: Collection[str] | None, le: date
) -> tuple[RapportCls, References]:
    """Ce que le fichier ferait maintenant ; n’écrit rien."""
    analyse = AnalyseCls(table, regions, le)
    return analyse.faire(), analyse.references
