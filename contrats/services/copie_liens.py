"""Ce qui suit une fiche copiée : listes, organisations, étapes, notes, argent, documents.

Une lecture et une écriture par sorte de ligne, quel que soit le nombre de fiches.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage

from cls_platform.socle.erreurs import DonneesRefusees
from contrats.copie import Options, annee_decalee, jour_decale
from contrats.models import (
    Action,
    ActionActeur,
    Contrat,
    DocumentAction,
    Financement,
    Jalon,
    LigneBudget,
    NoteSuivi,
    ObjectifRegional,
    StatutFinancement,
    ValeurLibre,
)
from contrats.services.liens_action import LISTES

LOT = 500
# D’une ligne neuve : son identité, qui l’a écrite et quand
NEUFS = frozenset({"id", "version", "cree_le", "modifie_le", "modifie_par", "modifie_via"})
FICHIER_ABSENT = (
    "Le fichier «\u00a0{}\u00a0» n’est plus sur le disque. Recommencez sans les documents, "
    "ou retirez-le de sa fiche."
)
Copies = Mapping[UUID, UUID]


def copier_liens(
    *, source: Contrat, contrat: Contrat, copies: Copies, options: Options, par: Any
) -> None:
    """`copies` : la fiche d’origine → la sienne. L’appelant a vérifié les droits."""
    admis = codes_admis(source=source, contrat=contrat)
    for nom in sorted(LISTES):
        _copier_liste(nom, copies, admis.get(nom))
    if options.partenaires:
        _copier_lignes(ActionActeur, copies)
    if options.etapes:
        _copier_lignes(Jalon, copies, par, _etape(options))
    if options.notes:
        _copier_lignes(NoteSuivi, copies, par)
    if options.budget:
        _copier_lignes(LigneBudget, copies, par, _depense(options))
        _copier_lignes(Financement, copies, par, _financement(options))
    if options.indicateurs and source.pk == contrat.pk:
        _copier_indicateurs(copies)
    if options.documents:
        _copier_documents(copies, par)


def codes_admis(*, source: Contrat, contrat: Contrat) -> dict[str, set[Any]]:
    """Dans un autre contrat : les communes de son périmètre, les objectifs de sa région."""
    if source.pk == contrat.pk:
        return {}
    regionaux = ObjectifRegional.objects.filter(region=contrat.region_id)
    return {
        "communes": set(contrat.perimetres.ouvertes().values_list("commune_id", flat=True)),
        "objectifs_regionaux": set(regionaux.values_list("pk", flat=True)),
    }


def liens_de(nom: str, actions: Any) -> list[tuple[UUID, Any]]:
    """(fiche, code) d’une liste de la fiche : thèmes, publics, communes…"""
    lien: Any = getattr(Action, nom)
    cible = f"{lien.field.m2m_reverse_field_name()}_id"
    lignes = lien.through.objects.filter(action__in=list(actions)).order_by("pk")
    return list(lignes.values_list("action_id", cible))


def _copier_liste(nom: str, copies: Copies, admis: set[Any] | None) -> None:
    lien: Any = getattr(Action, nom)
    cible = f"{lien.field.m2m_reverse_field_name()}_id"
    lien.through.objects.bulk_create(
        [
            lien.through(**{"action_id": copies[action], cible: code})
            for action, code in liens_de(nom, copies)
            if admis is None or code in admis
        ],
        batch_size=LOT * 4,
    )


def _copier_lignes(
    modele: Any,
    copies: Copies,
    par: Any = None,
    adapter: Callable[[Any], None] = lambda ligne: None,
) -> None:
    """Chaque ligne des fiches d’origine, à neuf, sur leur copie."""
    colonnes = [f.attname for f in modele._meta.concrete_fields if _se_copie(f)]
    ordre = ("cree_le", "pk") if hasattr(modele, "cree_le") else ("pk",)
    neuves = []
    for ligne in modele._default_manager.filter(action__in=list(copies)).order_by(*ordre):
        valeurs = {nom: getattr(ligne, nom) for nom in colonnes}
        neuve = modele(**valeurs | {"action_id": copies[ligne.action_id]})
        if par is not None:
            neuve.modifie_par = par
        adapter(neuve)
        neuves.append(neuve)
    modele._default_manager.bulk_create(neuves, batch_size=LOT)


def _se_copie(champ: Any) -> bool:
    return champ.name not in NEUFS and not champ.generated and not champ.primary_key


def _etape(options: Options) -> Callable[[Jalon], None]:
    def adapter(jalon: Jalon) -> None:
        jalon.echeance = jour_decale(jalon.echeance, options.decalage)
        if options.remise_a_zero:
            jalon.fait_le, jalon.est_abandonne = None, False

    return adapter


def _depense(options: Options) -> Callable[[LigneBudget], None]:
    def adapter(ligne: LigneBudget) -> None:
        ligne.annee = annee_decalee(ligne.annee, options.decalage)
        if options.remise_a_zero:
            prevu = ligne.realise if ligne.prevu is None else ligne.prevu
            ligne.prevu, ligne.realise = prevu, None

    return adapter


def _financement(options: Options) -> Callable[[Financement], None]:
    """Remis à zéro, un montant n’est plus qu’une prévision : rien n’est encore accordé ni versé."""

    def adapter(ligne: Financement) -> None:
        ligne.annee = annee_decalee(ligne.annee, options.decalage)
        if options.remise_a_zero:
            montants = (ligne.montant_accorde, ligne.montant_verse, ligne.montant_demande)
            ligne.montant_demande = next((m for m in montants if m is not None), None)
            ligne.montant_accorde = ligne.montant_verse = None
            ligne.statut = StatutFinancement.PREVISIONNEL

    return adapter


def _copier_indicateurs(copies: Copies) -> None:
    """La relation est posée sur l’action par l’application des indicateurs."""
    relation: Any = Action._meta.get_field("indicateurs")
    table, indicateur = relation.through, f"{relation.field.m2m_field_name()}_id"
    liens = table.objects.filter(action__in=list(copies)).values_list("action_id", indicateur)
    table.objects.bulk_create(
        [table(**{"action_id": copies[action], indicateur: cle}) for action, cle in liens]
    )


def _copier_documents(copies: Copies, par: Any) -> None:
    """Chaque fichier est recopié : retirer l’un ne retire pas l’autre. Échec : rien ne reste."""
    ecrits: list[str] = []

    def adapter(document: DocumentAction) -> None:
        origine = document.fichier.name or ""
        try:
            with default_storage.open(origine) as contenu:
                document.fichier.save(document.nom, contenu, save=False)
        except FileNotFoundError as erreur:
            raise DonneesRefusees(FICHIER_ABSENT.format(document.nom)) from erreur
        ecrits.append(document.fichier.name or "")

    try:
        _copier_lignes(DocumentAction, copies, par, adapter)
    except BaseException:
        for nom in ecrits:
            default_storage.delete(nom)
        raise


def copier_valeurs_libres(*, copies: Copies, champs: Mapping[UUID, UUID], par: Any) -> None:
    """`champs` : le champ du contrat d’origine → celui du contrat où l’on copie."""
    valeurs = ValeurLibre.objects.filter(action__in=list(copies), champ__in=list(champs))
    ValeurLibre.objects.bulk_create(
        [
            ValeurLibre(action_id=copies[v.action_id], champ_id=champs[v.champ_id], valeur=v.valeur)
            for v in valeurs
        ],
        batch_size=LOT * 2,
    )
