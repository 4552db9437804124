"""Un rapport inventé, entier, sans base ; `replace` en fait varier une part."""

from datetime import date
from decimal import Decimal

from bilans.rapport_regional.cartes import (
    CarteFigee,
    FormeDeCarte,
    LigneDeLegende,
    Marche,
    MarqueDeCarte,
    VilleDeCarte,
)
from bilans.rapport_regional.instantane import (
    SCHEMA,
    BlancFige,
    ContratFige,
    Couverture,
    Denominateurs,
    DoctrineFigee,
    FaitFige,
    FinFigee,
    Instantane,
    Lieu,
    PointDAnnee,
    TerritoireFige,
    ZonageFige,
)
from contrats.etats import StatutAction
from contrats.pilotage.comptes import (
    Argent,
    Comparaison,
    Comparaisons,
    CompteDActions,
    CompteDeBudget,
    CompteDeFinanceur,
    CompteDeRetard,
    CompteDeSignataires,
    CompteDeStatut,
    ContratLu,
    Coordination,
    EtpDeContrat,
    Pilotage,
    Signataires,
)
from tests.bilans.exemples_textes import carte as silhouette

LE = date(2026, 3, 12)
LONG = "Communauté d’agglomération des Hautes-Vallées-et-des-Plateaux-du-Couchant-en-Sept-Rives"


def couverture(nom: str = "Pays d’Essai", code: str = "X", population: int = 500_000) -> Couverture:
    return Couverture(
        code=code, nom=nom, population=population, communes=120,
        population_signee=population * 6 // 10, communes_signees=70, contrats_signes=9,
        population_engagee=population * 8 // 10, communes_engagees=95, contrats_engages=12,
    )  # fmt: skip


def carte() -> CarteFigee:
    """Six carrés : un par trame, et une part."""
    roles = ("plein", "motif-points", "motif-grille", "motif-hachures", "aucun", "plein")
    return CarteFigee(
        titre="Pays d’Essai, par intercommunalité",
        description="6 intercommunalités : 2 avec un contrat signé, 1 sans contrat.",
        maille="Intercommunalités",
        largeur=720.0, hauteur=420.0, unite=0.4,
        formes=tuple(
            FormeDeCarte(trace=f"M{50 + 550 * (r % 3)} {40 + 500 * (r // 3)}h500v450h-500z", role=role)
            for r, role in enumerate(roles)
        ),
        marques=(MarqueDeCarte(forme="disque", x=120.0, y=300.0, role="marque-disque"),),
        villes=(VilleDeCarte(nom="Port-l’Essai", x=140.0, y=110.0),
                VilleDeCarte(nom="Saint-Exemple", x=560.0, y=300.0)),
        cartouches=(),
        legende=tuple(
            LigneDeLegende(role=role, libelle=libelle, effectif="1", part="12,0 %")
            for role, libelle in (
                ("plein", "Signé"), ("motif-points", "Signé, finit sous 12 mois"),
                ("motif-grille", "Deux contrats signés ou plus"), ("motif-hachures", "En projet"),
                ("aucun", "Aucun contrat"),
            )
        ),
        notes=("Une intercommunalité à cheval compte pour sa part.",),
        hors_carte=("Île d’Essai (Aucun contrat)",),
        sources="Contours : IGN ADMIN EXPRESS, Licence Ouverte 2.0, contours simplifiés.",
    )  # fmt: skip


def contrats(nombre: int) -> tuple[ContratFige, ...]:
    return tuple(
        ContratFige(
            nom=f"Contrat local de santé d’essai {rang:02d}, {LONG}" if rang % 7 == 0
            else f"Contrat local de santé d’essai {rang:02d}",
            est_signe=rang % 4 != 3, phase="Mise en œuvre" if rang % 4 != 3 else "Diagnostic partagé",
            debut=date(2022, 1, 1) if rang % 5 else None, fin=date(2027, 6, 30) if rang % 5 else None,
            communes=4 + rang, population=12_000 + rang * 731, actions=rang if rang % 6 else None,
        )
        for rang in range(nombre)
    )  # fmt: skip


def pilotage(nombre: int = 8) -> Pilotage:
    lus = tuple(
        ContratLu(
            cle=f"00000000-0000-0000-0000-{rang:012d}", nom=f"Contrat local de santé d’essai {rang}",
            phase="MISE_EN_OEUVRE", departement="29", departement_nom="Finistère", est_signe=True,
            date_fin=date(2028, 12, 31), est_demonstration=True,
        )
        for rang in range(nombre)
    )  # fmt: skip
    comparees = tuple(
        Comparaison(code=c.cle, nom=c.nom, contrats=1, actions=rang * 3, realisees=rang,
                    en_retard=rang // 2, sans_pilote=1)
        for rang, c in enumerate(lus)
    )  # fmt: skip
    somme = Comparaison(code="", nom="Tous les contrats", contrats=nombre, actions=84, realisees=28,
                        en_retard=12, sans_pilote=8)  # fmt: skip
    return Pilotage(
        le=LE,
        contrats=lus,
        actions=84,
        themes=tuple(
            CompteDActions(code=f"t{r}", libelle=f"Thème d’essai {r}", actions=r, contrats=r // 2,
                           en_retard=r // 3)
            for r in range(14)
        ),
        populations=tuple(
            CompteDActions(code=f"p{r}", libelle=f"Public d’essai {r}", actions=r, contrats=1,
                           en_retard=0)
            for r in range(18)
        ),
        objectifs=(),
        statuts=tuple(
            CompteDeStatut(statut=s.value, actions=r * 3, contrats=r)
            for r, s in enumerate(StatutAction)
        ),
        retards=(
            CompteDeRetard(code="MOINS_DE_3_MOIS", du=date(2025, 12, 12), au=date(2026, 3, 11),
                           actions=4, contrats=3),
            CompteDeRetard(code="PLUS_D_UN_AN", du=None, au=date(2025, 3, 11), actions=2,
                           contrats=1),
        ),
        argent=Argent(
            contrats=nombre,
            financeurs=tuple(
                CompteDeFinanceur(
                    annee=annee, financeur=code, libelle=libelle,
                    mission="M1" if code == "fir" else "", prevu=Decimal(1000),
                    demande=Decimal(125_000), accorde=Decimal(98_500), verse=Decimal("45000.50"),
                    financements=7,
                )
                for annee in (2026, 2025)
                for code, libelle in (("fir", "ARS, fonds d’intervention régional (FIR)"),
                                      ("caf", "CAF"))
            ),
            budgets=(CompteDeBudget(annee=2025, prevu=Decimal(210_000), realise=Decimal(190_000)),),
        ),
        signataires=Signataires(
            contrats=nombre, signataires=60, professionnels=7, contrats_avec=5,
            groupes=(
                CompteDeSignataires(groupe="PROFESSIONNELS", libelle="Professionnels de santé",
                                    signataires=7, contrats=5),
                CompteDeSignataires(groupe="COLLECTIVITE", libelle="Collectivités",
                                    signataires=53, contrats=nombre),
            ),
        ),
        coordination=Coordination(
            annee=2026,
            contrats=tuple(
                EtpDeContrat(contrat=c.cle, nom=c.nom, etp=Decimal("0.8") if r % 2 else None,
                             annee=2025 if r % 2 else None, source="INDICATEUR" if r % 2 else "")
                for r, c in enumerate(lus)
            ),
        ),
        comparaisons=Comparaisons(region=somme, departements=(somme,), contrats=comparees),
    )  # fmt: skip


def instantane(nombre: int = 12, **changements: object) -> Instantane:
    """La région inventée « Pays d’Essai »."""
    donnees: dict[str, object] = {
        "schema": SCHEMA,
        "lieu": Lieu(niveau="region", code="X", nom="Pays d’Essai", complement="du Pays d’Essai",
                     agence="ARS Pays d’Essai", delegations=()),
        "le": LE,
        "arrete_le": LE,
        "est_demonstration": True,
        "couverture": couverture(),
        "denominateurs": Denominateurs(
            communes=120, population=500_000, communes_sans_epci=1, population_sans_epci=230,
            communes_sans_population=0, communes_du_pacifique=0, population_du_pacifique=0,
            millesime_population="2023", edition="COG 2026",
        ),
        "parties": tuple(couverture(f"Département d’essai {r}", str(r), 125_000) for r in range(4)),
        "zonages": (
            ZonageFige(nom="Zone d’intervention prioritaire", zones=8, zones_signees=5,
                       population=61_000, population_signee=40_000, population_engagee=50_000,
                       millesime="2022", source="ARS d’essai"),
        ),
        "doctrine": DoctrineFigee(
            vise="Toute la région", est_complete=True, depuis=date(2025, 1, 1),
            cible_taux=Decimal("0.9"), cible_date=date(2028, 12, 31),
            texte="Couvrir d’abord les zones sous-denses.\n- puis les villes\n- puis le reste",
            communes=120, communes_couvertes=70, population=500_000, population_couverte=300_000,
            population_avec_projets=400_000, manquants=150_000, couverte_a_la_cible=210_000,
        ),
        "silhouette": silhouette(),
        "carte": carte(),
        "territoires": tuple(
            TerritoireFige(code=f"2000000{r:02d}", nom=LONG if r % 9 == 4 else f"CC d’essai {r}",
                           etat="Signé" if r % 3 else "Aucun contrat", population=20_000 + r,
                           population_signee=20_000 + r if r % 3 else 0,
                           population_engagee=20_000 + r, communes=9,
                           communes_signees=9 if r % 3 else 0)
            for r in range(24)
        ),
        "courbe": tuple(
            Marche(quand=2015.0 + r, signe=min(r * 0.06, 0.6), signe_ou_projet=min(r * 0.08, 0.8))
            for r in range(12)
        ),
        "annees": tuple(
            PointDAnnee(le=date(2015 + r, 1, 1), taux_signe=min(r * 0.06, 0.6),
                        taux_engage=min(r * 0.08, 0.8), population_signee=r * 27_000,
                        communes_signees=r * 6, contrats=r)
            for r in range(12)
        ),
        "contrats": contrats(nombre),
        "blancs": tuple(
            BlancFige(nom=LONG if r == 1 else f"CC sans contrat {r}", departement="Finistère",
                      communes=3 + r, population=40_000 - r * 999, en_projet=0)
            for r in range(11)
        ),
        "fins": tuple(
            FinFigee(nom=f"Contrat local de santé d’essai {r:02d}", fin=date(2027, 1 + r, 28),
                     communes=5, population=31_000, a_une_suite=bool(r % 2))
            for r in range(6)
        ),
        "faits": tuple(
            FaitFige(genre="Contrat signé" if r % 2 else "Avenant en vigueur", le=date(2026, 1, 20 - r),
                     contrat=f"Contrat local de santé d’essai {r:02d}", communes=12,
                     population=25_000, precision="n° 1 : prolongation d’un an", jusqu_au=None)
            for r in range(5)
        ),
        "pilotage": pilotage(),
    }  # fmt: skip
    return Instantane(**{**donnees, **changements})  # type: ignore[arg-type]  # champs choisis par le test


def vide() -> Instantane:
    """Une région sans contrat, ni contour, ni doctrine."""
    rien = Couverture(
        code="X", nom="Pays d’Essai", population=0, communes=0, population_signee=0,
        communes_signees=0, contrats_signes=0, population_engagee=0, communes_engagees=0,
        contrats_engages=0,
    )  # fmt: skip
    return instantane(
        0, couverture=rien, parties=(), zonages=(), doctrine=None, silhouette=None, carte=None,
        territoires=(), courbe=(), annees=(), contrats=(), blancs=(), fins=(), faits=(),
        pilotage=None,
    )  # fmt: skip
