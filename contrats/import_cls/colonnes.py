"""Les colonnes d’une liste de contrats, et les mots sous lesquels on les rencontre."""

from cls_platform.socle.tableur.limites import Limites
from cls_platform.socle.tableur.table import Colonne

LIMITES = Limites(lignes=10_000, colonnes=100, cellules=500_000)

CODE = Colonne(
    "code_cls",
    "code_cls",
    ("code", "code du cls", "code contrat", "code du contrat", "numero", "numero du cls",
     "identifiant", "id cls"),
    est_obligatoire=True,
)  # fmt: skip
NOM = Colonne("nom", "nom", ("nom du cls", "nom cls", "intitule", "libelle", "nom du contrat"))
REGION = Colonne("region", "region", ("code region", "reg", "nom region", "ars"))
PORTEUR = Colonne(
    "porteur_siren",
    "porteur_siren",
    ("siren", "siren porteur", "siren du porteur", "porteur siren"),
)
COMMUNES = Colonne(
    "codes_insee",
    "codes_insee",
    ("code insee", "communes", "codes communes", "codes insee des communes", "perimetre", "insee",
     "liste des communes", "code commune"),
)  # fmt: skip
SIGNATURE = Colonne(
    "date_signature", "date_signature", ("signature", "date de signature", "signe le")
)
DEBUT = Colonne("debut", "debut", ("date debut", "date de debut", "debut du contrat"))
FIN = Colonne("fin", "fin", ("date fin", "date de fin", "fin du contrat", "echeance", "terme"))
GENERATION = Colonne("generation", "generation", ("gen", "numero de generation"))
PHASE = Colonne("phase", "phase", ("etat", "statut", "avancement", "etape"))
# Facultatives : elles ne sont pas exportées
DEPUIS = Colonne(
    "date_perimetre", "date_perimetre", ("perimetre depuis", "date du perimetre", "date d effet")
)
PORTEUR_NOM = Colonne("porteur_nom", "porteur_nom", ("porteur", "nom du porteur", "structure"))

EXPORTEES = (CODE, NOM, REGION, PORTEUR, COMMUNES, SIGNATURE, DEBUT, FIN, GENERATION, PHASE)
COLONNES = (*EXPORTEES, DEPUIS, PORTEUR_NOM)
