"""Un bilan technique inventé, entier, sans base ; `replace` en fait varier une part."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bilans.technique.donnees import (
    SCHEMA,
    Apport,
    Avenant,
    Axe,
    Decision,
    Depense,
    Etape,
    Fait,
    Fiche,
    Indicateur,
    Instance,
    Reunion,
    Technique,
)
from indicateurs.series import Repere
from tests.bilans.exemples import serie

ANNEE, LE = 2025, date(2026, 2, 20)
COULEURS = ("sante_mentale", "acces_soins", "prevention")
PHRASE = "Les ateliers ont eu lieu dans quatre communes, avec les maisons France services."


def fiche(axe: int, rang: int) -> Fiche:
    """Six étapes, deux indicateurs, quatre dépenses, trois financements, quatre faits."""
    numero = f"{axe}.{rang}"
    return Fiche(
        cle=f"fiche-{axe}-{rang}",
        numero=numero,
        titre=f"Aller vers les habitants, action {numero}",
        objectifs=(f"{axe}.A Réduire les renoncements aux soins",),
        statut=("REALISEE", "EN_COURS", "EN_RETARD", "A_VENIR")[rang % 4],
        libelle_statut=("Réalisée", "En cours", "En retard", "À venir")[rang % 4],
        raison="Un poste est resté vide quatre mois." if rang % 4 == 2 else "",
        pilote="Communauté professionnelle des Essais",
        partenaires=("Association Exemple", "Caisse d’assurance maladie des Essais"),
        debut=date(2024, 1, 15),
        fin=date(2026, 12, 31),
        avancement=Decimal("0.5"),
        freins="Deux médecins sont partis à la retraite.",
        leviers="La navette de l’intercommunalité.",
        etapes=tuple(
            Etape(
                libelle=f"Étape {n} : préparer les ateliers",
                qui="Association Exemple",
                echeance=date(2024 + n // 3, 1 + n, 28),
                fait_le=date(2024, 3 + n, 12) if n < 3 else None,
                etat="Faite" if n < 3 else "À faire",
            )
            for n in range(6)
        ),
        indicateurs=(f"indicateur-{axe}-{rang}-a", f"indicateur-{axe}-{rang}-b"),
        depenses=tuple(
            Depense(
                annee=2024 + n // 2, nature="Animation", unite="EUROS", est_en_nature=False,
                prevu=Decimal(12_000 + n), realise=Decimal("10400.50"),
            )
            for n in range(4)
        ),
        apports=(
            Apport(annee=2025, financeur="ARS", mission="M1", etat="Accordé", est_refuse=False,
                   demande=Decimal(9000), accorde=Decimal(8000), verse=Decimal(4000)),
            Apport(annee=2025, financeur="Collectivité", mission="", etat="Versé",
                   est_refuse=False, demande=None, accorde=Decimal(4000), verse=Decimal(4000)),
            Apport(annee=2025, financeur="Région", mission="", etat="Refusé", est_refuse=True,
                   demande=Decimal(5000), accorde=None, verse=None),
        ),
        faits=(
            Fait(jour=date(2025, 3, 4), statut="En cours"),
            Fait(jour=date(2025, 4, 8), fait=PHRASE, participants=42, suites="Recommencer en mai."),
            Fait(jour=date(2025, 9, 2), fait=PHRASE, freins="La salle était trop petite."),
            Fait(jour=date(2025, 11, 20), fait=PHRASE, leviers="Le bus de la commune."),
        ),
    )  # fmt: skip


def indicateurs_de(une: Fiche) -> tuple[Indicateur, ...]:
    valeurs = {annee: str(100 + 7 * (annee - 2019)) for annee in range(2019, 2026)}
    return tuple(
        Indicateur(
            cle=cle,
            serie=serie(f"Personnes accueillies, {une.numero}", valeurs,
                        cible=Repere(annee=2027, valeur=Decimal(200)),
                        reference=Repere(annee=2019, valeur=Decimal(100))),
            definition="Nombre de personnes venues au moins une fois dans l’année.",
            est_public=True,
        )
        for cle in une.indicateurs
    )  # fmt: skip


def reunion(mois: int, **champs: object) -> Reunion:
    defauts: dict[str, object] = {
        "jour": date(2025, mois, 9), "lieu": "Mairie de l’Essai", "etat": "Tenue",
        "participants": 18, "est_publique": mois == 6,
        "ordre_du_jour": "Le point sur les actions.\n- Le budget\n- Le bilan",
        "presents": ("Agence régionale de santé", "Communauté des Essais"),
        "excuses": ("Association Exemple",),
    }  # fmt: skip
    return Reunion(**{**defauts, **champs})  # type: ignore[arg-type]  # champs choisis par le test


def technique(*, axes: int = 3, par_axe: int = 4, **changements: object) -> Technique:
    groupes = tuple(
        Axe(
            numero=str(axe),
            titre=("La santé mentale", "L’accès aux soins", "La prévention")[(axe - 1) % 3],
            couleur=COULEURS[(axe - 1) % 3],
            fiches=tuple(fiche(axe, rang) for rang in range(1, par_axe + 1)),
        )
        for axe in range(1, axes + 1)
    )
    fiches = [une for axe in groupes for une in axe.fiches]
    entier = Technique(
        schema=SCHEMA, annee=ANNEE, edition=1, arrete_le=LE, phase="Mise en œuvre",
        avenants=(Avenant(numero="1", titre="Une commune entre", jour=date(2025, 5, 2)),),
        instances=(
            Instance(nom="Comité de pilotage", genre="Comité de pilotage", niveau="Stratégique",
                     role="Il décide des priorités.", reunions=(reunion(3), reunion(12))),
            Instance(nom="Réunion publique", genre="Réunion publique",
                     niveau="Participation des habitants", role="", reunions=(reunion(6),)),
            Instance(nom="Comité technique", genre="Comité technique", niveau="Opérationnel",
                     role="", reunions=()),
        ),
        decisions=tuple(
            Decision(jour=date(2025, 3, 9), instance="Comité de pilotage", texte=PHRASE,
                     organisation="Communauté des Essais", echeance=date(2025, 10, 1),
                     etat="À faire", en_attente=True)
            for _ in range(6)
        ),
        axes=groupes,
        indicateurs=(
            *(i for une in fiches for i in indicateurs_de(une)),
            Indicateur(cle="seul", serie=serie("Médecins installés", {2024: "31", 2025: "33"},
                                               unite="médecins"), definition="", est_public=True),
        ),
        reservees=2,
    )  # fmt: skip
    return replace(entier, **changements)  # type: ignore[arg-type]  # champs choisis par le test


def vide() -> Technique:
    """Un contrat qui n’a encore ni fiche, ni réunion."""
    return technique(axes=0, avenants=(), instances=(), decisions=(), indicateurs=(), reservees=0)
