"""La région d’une action est celle de son contrat ; un déclencheur la pose."""

import pgtrigger

REGION_DU_CONTRAT = """
SELECT region_id INTO NEW.region_id
FROM contrats_contrat WHERE id = NEW.contrat_id FOR KEY SHARE;
RETURN NEW;
"""
DU_CONTRAT = pgtrigger.Trigger(
    name="region_du_contrat",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("contrat_id", "region_id"),
    func=REGION_DU_CONTRAT,
)
