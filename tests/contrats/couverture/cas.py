"""Des histoires de contrats tirées au hasard, et leur écriture en base."""

from datetime import date, timedelta

from hypothesis import strategies as st

from acteurs.models import Acteur
from acteurs.models import Commune as CommuneEnBase
from contrats.models import Avenant, Contrat, EtatAvenant, PassagePhase, Perimetre
from tests.contrats.couverture.calcul import Commune, Histoire, Prolongation

PHASES = (
    "INTENTION", "PREFIGURATION", "DIAGNOSTIC", "ELABORATION", "SIGNATURE", "MISE_EN_OEUVRE",
    "EVALUATION", "PROROGE", "CLOS", "ABANDONNE",
)  # fmt: skip
ORIGINE = date(2018, 1, 1)
# Peu de jours possibles : les bornes se touchent et se recouvrent souvent
JOURS = st.integers(0, 72).flatmap(
    lambda mois: st.sampled_from([0, 0, 0, 1, 14]).map(
        lambda decalage: _mois_apres(ORIGINE, mois) + timedelta(days=decalage)
    )
)


def _mois_apres(jour: date, mois: int) -> date:
    rang = jour.month - 1 + mois
    return date(jour.year + rang // 12, rang % 12 + 1, 1)


def communes_reelles() -> list[Commune]:
    lignes = CommuneEnBase.objects.order_by("code").values_list(
        "code", "population", "departement_id", "region_id", "epci_id", "date_fin"
    )
    return [Commune(*ligne) for ligne in lignes]


@st.composite
def histoires(draw, communes: list[Commune]) -> Histoire:
    signature = draw(st.none() | JOURS)
    debut = draw(st.none() | JOURS)
    plancher = max(d for d in (signature, debut, ORIGINE) if d)
    fin = draw(st.none() | st.integers(1, 1200).map(lambda n: plancher + timedelta(days=n)))
    return Histoire(
        signature=signature,
        debut=debut,
        fin=fin,
        prolongations=draw(_prolongations(fin)) if fin and signature else (),
        arret=draw(st.none() | st.just(plancher + timedelta(days=draw(st.integers(1, 1500))))),
        phases=tuple(draw(st.lists(st.tuples(JOURS, st.sampled_from(PHASES)), max_size=5))),
        presences=draw(_presences(communes)),
    )


@st.composite
def _prolongations(draw, fin: date) -> tuple[Prolongation, ...]:
    """En vigueur dans l’ordre, chacune finit après la précédente ; certaines ne sont pas signées."""
    suites, vigueur = [], ORIGINE
    for _ in range(draw(st.integers(0, 3))):
        vigueur += timedelta(days=draw(st.integers(0, 700)))
        avance = timedelta(days=draw(st.integers(0, 90)))
        signature, effet = draw(
            st.sampled_from([(vigueur, vigueur - avance), (vigueur - avance, vigueur)])
        )
        signee = draw(st.booleans() | st.just(value=True))
        nouvelle = fin + timedelta(days=draw(st.integers(1, 700)))
        suites.append(Prolongation(signature, effet, nouvelle, signee))
        if signee:
            fin = nouvelle
    return tuple(suites)


@st.composite
def _presences(draw, communes: list[Commune]) -> tuple[tuple[str, date, date | None], ...]:
    """Des communes qui entrent, sortent, et parfois reviennent."""
    lignes = []
    codes = [c.code for c in communes]
    for code in draw(st.lists(st.sampled_from(codes), max_size=12, unique=True)):
        entree = draw(JOURS)
        sortie = draw(
            st.none() | st.integers(1, 900).map(lambda n, e=entree: e + timedelta(days=n))
        )
        lignes.append((code, entree, sortie))
        if sortie and draw(st.booleans()):
            lignes.append((code, sortie + timedelta(days=draw(st.integers(0, 400))), None))
    return tuple(lignes)


def ecrire(liste: list[Histoire]) -> list[Contrat]:
    """Les mêmes histoires en base, en quatre écritures groupées."""
    ars = Acteur.objects.get(type="ars", region="53")
    contrats = [
        Contrat(
            nom=f"Contrat au hasard {rang}",
            slug=f"hasard-{rang}",
            region_id="53",
            ars=ars,
            date_signature=h.signature,
            date_debut=h.debut,
            date_fin=fin_d_aujourdhui(h),
            phase=h.phases[-1][1] if h.phases else "INTENTION",
        )
        for rang, h in enumerate(liste)
    ]
    Contrat.objects.bulk_create(contrats)
    couples = list(zip(contrats, liste, strict=True))
    PassagePhase.objects.bulk_create(
        PassagePhase(contrat=c, date_effet=le, vers=vers)
        for c, h in couples
        for le, vers in h.phases
    )
    Avenant.objects.bulk_create(a for c, h in couples for a in _avenants(c, h))
    Perimetre.objects.bulk_create(
        Perimetre(contrat=c, commune_id=code, date_entree=entree, date_sortie=sortie)
        for c, h in couples
        for code, entree, sortie in h.presences
    )
    return contrats


def fin_d_aujourdhui(histoire: Histoire) -> date | None:
    """Ce que le service laisse dans le contrat : la dernière fin signée, ou l’arrêt s’il vient avant."""
    fin = histoire.fin
    for prolongation in histoire.prolongations:
        if prolongation.signee:
            fin = prolongation.nouvelle_fin
    arret = histoire.arret
    return min((d for d in (fin, arret) if d), default=None)


def _avenants(contrat: Contrat, histoire: Histoire) -> list[Avenant]:
    avenants, fin = [], histoire.fin
    for rang, p in enumerate(histoire.prolongations, start=1):
        avenants.append(
            Avenant(
                contrat=contrat,
                numero=rang,
                objet="Prolonger",
                etat=EtatAvenant.SIGNE if p.signee else EtatAvenant.PREPARATION,
                date_signature=p.signature,
                date_effet=p.effet,
                date_fin_avant=fin if p.signee else None,
                date_fin_apres=p.nouvelle_fin,
            )
        )
        if p.signee:
            fin = p.nouvelle_fin
    return avenants
