"""L’écriture d’une liste de contrats : par lots, dans la transaction de l’appelant."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from acteurs.models import Acteur
from contrats.import_cls.actes import communes_tenues
from contrats.import_cls.analyse import nom_du_porteur
from contrats.import_cls.ecarts import SIMPLES, commune_actuelle
from contrats.import_cls.passages import Dates, Etape, chaine, debut_du_perimetre
from contrats.import_cls.perimetre import Mouvements, decaler_l_entree, mouvements
from contrats.import_cls.rapport import ContratLu, LigneCls, RapportCls
from contrats.import_cls.references import ContratConnu, References
from contrats.models import Contrat, Partie, PassagePhase, Perimetre, RolePartie
from contrats.services.passages_repris import Passages, passages_apres, passages_neufs
from contrats.services.slugs import slugs_libres

VIA = "import"
LOT = 1_000
TYPE_INCONNU = "autre"
SUIVI = ["version", "modifie_le", "modifie_par", "modifie_via"]
CHAMPS = ["nom", "phase", *SIMPLES.values(), *SUIVI]


class EcritureCls:
    """Prépare tous les objets, puis les écrit table par table."""

    def __init__(self, rapport: RapportCls, references: References, le: date, par: Any) -> None:
        self.rapport, self.references, self.le, self.par = rapport, references, le, par
        self.signature = {"modifie_par": par, "modifie_via": VIA}
        self.porteurs: dict[str, UUID] = {}
        self.contrats: list[Contrat] = []
        self.changes: list[Contrat] = []
        self.passages = Passages()
        self.mouvements = Mouvements()
        self.parties: list[Partie] = []
        self.retirees: list[UUID] = []

    def ecrire(self) -> None:
        self._creer_les_porteurs()
        noms = [ligne.lu.nom or "" for ligne in self.rapport.creations]
        for ligne, slug in zip(self.rapport.creations, slugs_libres(noms), strict=True):
            self._creer(ligne.lu, slug)
        for ligne in self.rapport.modifications:
            self._modifier(ligne)
        Contrat.objects.bulk_create(self.contrats, batch_size=LOT)
        _reecrire(Contrat, self.changes, CHAMPS)
        self._ecrire_le_reste()

    def _ecrire_le_reste(self) -> None:
        PassagePhase.objects.filter(pk__in=self.passages.effaces).delete()
        PassagePhase.objects.bulk_create(self.passages.neufs, batch_size=LOT)
        Perimetre.objects.filter(pk__in=self.mouvements.effaces).delete()
        _reecrire(
            Perimetre, self.mouvements.changes, ["date_entree", "date_sortie", "avenant_sortie"]
        )
        Perimetre.objects.bulk_create(self.mouvements.entrees, batch_size=LOT * 5)
        Partie.objects.filter(pk__in=self.retirees).delete()
        Partie.objects.bulk_create(self.parties, batch_size=LOT)

    def _creer_les_porteurs(self) -> None:
        """Inscrit à l’annuaire les porteurs que cette liste est la première à citer."""
        neufs: dict[str, Acteur] = {}
        for ligne in [*self.rapport.creations, *self.rapport.modifications]:
            siren = ligne.lu.porteur_siren
            if not siren or siren in self.porteurs or siren in neufs:
                continue
            connue = self.references.organisations.get(siren)
            if connue and connue.pk:
                self.porteurs[siren] = connue.pk
            elif ligne.contrat is None or _change_de_porteur(ligne):
                valeurs = connue.valeurs if connue else {"type_id": TYPE_INCONNU}
                nom = nom_du_porteur(ligne.lu, self.references)
                neufs[siren] = Acteur(nom=nom[:200], siren=siren, **valeurs)
        Acteur.objects.bulk_create(neufs.values(), batch_size=LOT)
        self.porteurs |= {siren: acteur.pk for siren, acteur in neufs.items()}

    def _creer(self, lu: ContratLu, slug: str) -> None:
        contrat = Contrat(
            id=uuid4(),
            slug=slug,
            numero=lu.code,
            nom=lu.nom or "",
            region_id=lu.region or "",
            ars_id=self.references.agences[lu.region or ""],
            phase=lu.phase or "",
            generation=lu.generation or 1,
            date_signature=lu.date_signature,
            date_debut=lu.debut,
            date_fin=lu.fin,
            **self.signature,
        )
        self.contrats.append(contrat)
        dates = _dates(contrat)
        etapes = chaine(contrat.phase, dates, self.le)
        self.passages += passages_neufs(contrat.pk, etapes, self.par)
        entree = lu.date_perimetre or debut_du_perimetre(dates, etapes[0].le)
        self.mouvements += mouvements(contrat.pk, (), lu.communes or {}, (), entree)
        if lu.porteur_siren:
            self._ajouter_le_porteur(contrat.pk, lu.porteur_siren)

    def _modifier(self, ligne: LigneCls) -> None:
        lu = ligne.lu
        connu = self.references.contrats[lu.code]
        contrat = connu.contrat
        debut_avant = _debut(contrat, connu)
        champs = {ecart.champ for ecart in ligne.ecarts}
        phase_avant = contrat.phase
        for champ, colonne in {"nom": "nom", "phase": "phase", **SIMPLES}.items():
            if champ in champs:
                setattr(contrat, colonne, getattr(lu, champ))
        contrat.version += 1
        contrat.modifie_le, contrat.modifie_par, contrat.modifie_via = timezone.now(), self.par, VIA
        self.changes.append(contrat)
        etapes: Sequence[Etape] = ()
        if champs & {"phase", "date_signature", "debut", "fin"}:
            passages, etapes = passages_apres(
                connu, phase_avant, _dates(contrat), self.le, self.par
            )
            self.passages += passages
        self._suivre_le_debut(connu, debut_avant, etapes)
        if "codes_insee" in champs:
            self._changer_le_perimetre(lu, connu)
        if "porteur_siren" in champs:
            self._changer_de_porteur(lu, connu)

    def _suivre_le_debut(
        self, connu: ContratConnu, avant: date | None, etapes: Sequence[Etape]
    ) -> None:
        """Un début corrigé vaut aussi pour les communes entrées ce jour-là."""
        premiere = etapes[0].le if etapes else None
        apres = _debut(connu.contrat, connu, premiere)
        if avant and apres and avant != apres:
            self.mouvements.changes += decaler_l_entree(connu.perimetres, avant, apres)

    def _changer_le_perimetre(self, lu: ContratLu, connu: ContratConnu) -> None:
        voulues = lu.communes or {}
        actuelles = {
            p.commune_id: commune_actuelle(p.commune_id, self.references)
            for p in connu.perimetres
            if p.date_sortie is None
        }
        presentes = set(actuelles.values())
        jour = lu.date_perimetre or self.le
        tenues = communes_tenues(connu, jour)
        faits = mouvements(
            connu.contrat.pk,
            connu.perimetres,
            {code: epci for code, epci in voulues.items() if code not in presentes | tenues},
            [c for c, suite in actuelles.items() if suite not in voulues and c not in tenues],
            jour,
        )
        deja = {ligne.pk for ligne in self.mouvements.changes}
        faits.changes = [ligne for ligne in faits.changes if ligne.pk not in deja]
        self.mouvements += faits

    def _changer_de_porteur(self, lu: ContratLu, connu: ContratConnu) -> None:
        """L’ancien porteur reste signataire s’il a signé ou délibéré ; sinon il s’en va."""
        for partie in connu.porteurs:
            self.retirees.append(partie.pk)
            if partie.date_signature or partie.date_deliberation or partie.representant_nom:
                self.parties.append(
                    Partie(
                        contrat_id=connu.contrat.pk,
                        acteur_id=partie.acteur_id,
                        role=RolePartie.SIGNATAIRE,
                        representant_nom=partie.representant_nom,
                        representant_fonction=partie.representant_fonction,
                        date_deliberation=partie.date_deliberation,
                        date_signature=partie.date_signature,
                        **self.signature,
                    )
                )
        self._ajouter_le_porteur(connu.contrat.pk, lu.porteur_siren or "")

    def _ajouter_le_porteur(self, contrat: UUID, siren: str) -> None:
        self.parties.append(
            Partie(
                contrat_id=contrat,
                acteur_id=self.porteurs[siren],
                role=RolePartie.PORTEUR,
                **self.signature,
            )
        )


def _reecrire(modele: Any, objets: Sequence[Any], champs: Sequence[str]) -> None:
    """Met à jour des lignes lues, par lots : dix fois plus vite que `bulk_update` sur mille."""
    modele.objects.bulk_create(
        objets,
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=[modele._meta.pk.name],
        update_fields=champs,
    )


def _change_de_porteur(ligne: LigneCls) -> bool:
    return any(ecart.champ == "porteur_siren" for ecart in ligne.ecarts)


def _dates(contrat: Contrat) -> Dates:
    return Dates(contrat.date_signature, contrat.date_debut, contrat.date_fin)


def _debut(contrat: Contrat, connu: ContratConnu, premiere: date | None = None) -> date | None:
    """Le jour où le contrat commence à compter ; None s’il n’a ni date ni passage."""
    passage = connu.passages[0].date_effet if connu.passages else None
    jours = [j for j in (contrat.date_signature, contrat.date_debut, premiere or passage) if j]
    return min(jours, default=None)
