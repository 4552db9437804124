"""Le SQL de l’histoire des liens : chaque thème coché, chaque partenaire retiré, à quelle version.

L’auteur n’y est pas : c’est celui de la version de la fiche, que sa propre histoire garde. Un lien
s’écrit donc après que la fiche a compté sa version.
"""

import pgtrigger

from contrats.models.vocabulaire_liens import CHAMP_DU_ROLE, PREFIXE_LIBRE

# NEW et OLD sont les lignes du lien ; version 0 : la fiche s’efface, il n’y a plus rien à retenir
_NOTER = """
INSERT INTO contrats_changementlien (action_id, version, champ, element, est_ajout, le)
SELECT a.id, a.version, {champ}, {element}, {ajout}, now() FROM contrats_action a
WHERE a.id = {ligne}.action_id;
"""


def _noter(ligne: str, champ: str, element: str) -> str:
    return _NOTER.format(
        ligne=ligne, champ=champ, element=element, ajout="true" if ligne == "NEW" else "false"
    )


def _declencheurs(nom: str, champ: str, element: str) -> list[pgtrigger.Trigger]:
    """`champ` et `element` : du SQL, où « L » est la ligne du lien."""

    def dire(ligne: str) -> str:
        return _noter(ligne, champ.replace("L.", f"{ligne}."), element.replace("L.", f"{ligne}."))

    gestes = (
        ("mis", pgtrigger.Insert, dire("NEW")),
        ("change", pgtrigger.Update, dire("OLD") + dire("NEW")),
        ("retire", pgtrigger.Delete, dire("OLD")),
    )
    return [
        pgtrigger.Trigger(
            name=f"{nom}_{suffixe}",
            when=pgtrigger.After,
            operation=operation,
            func=f"{corps}RETURN NULL;",
        )
        for suffixe, operation, corps in gestes
    ]


def d_une_liste(champ: str, colonne: str) -> list[pgtrigger.Trigger]:
    return _declencheurs("histoire", f"'{champ}'", f"L.{colonne}::text")


def _champ_du_role() -> str:
    cas = " ".join(f"WHEN '{role}' THEN '{champ}'" for role, champ in CHAMP_DU_ROLE.items())
    return f"CASE L.role {cas} ELSE lower(L.role) END"


DES_ROLES = _declencheurs("histoire", _champ_du_role(), "L.acteur_id::text")
DES_CHAMPS_LIBRES = _declencheurs("histoire", f"'{PREFIXE_LIBRE}' || L.champ_id::text", "L.valeur")
