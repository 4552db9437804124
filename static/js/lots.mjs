// Cocher des fiches : une case pour un axe, un groupe, la page ; le nombre coché se lit en bas.
// Sans ce fichier, les cases des fiches et des axes s’envoient telles quelles.

const barre = document.querySelector("[data-cls-lot]");
const compte = barre?.querySelector("[data-cls-compte]");
const mot = barre?.dataset.clsMot ?? "fiche";
const TOUTES = 'input[form="lot"][name="fiche"]';

function fichesDe(chef) {
  const lieu = chef.name === "axe" ? chef.closest("tbody") : chef.closest("table");
  return [...lieu.querySelectorAll(TOUTES)];
}

function chefs() {
  return document.querySelectorAll('input[form="lot"][name="axe"], [data-cls-tout-cocher]');
}

function accorder() {
  for (const chef of chefs()) {
    const fiches = fichesDe(chef);
    const cochees = fiches.filter((fiche) => fiche.checked).length;
    chef.disabled = fiches.length === 0;
    chef.checked = cochees > 0 && cochees === fiches.length;
    chef.indeterminate = cochees > 0 && cochees < fiches.length;
  }
  const toutes = [...document.querySelectorAll(TOUTES)];
  const nombre = new Set(toutes.filter((f) => f.checked).map((f) => f.value)).size;
  compte.textContent = nombre ? `${nombre} ${mot}${nombre > 1 ? "s" : ""} cochée${nombre > 1 ? "s" : ""}` : "";
  if (toutes.some((fiche) => !fiche.checked)) barre.elements.tous.checked = false;
}

/** Une fiche de deux thèmes a deux cases : elles vont ensemble. */
function cocher(fiches, estCochee) {
  const valeurs = new Set(fiches.map((fiche) => fiche.value));
  for (const fiche of document.querySelectorAll(TOUTES)) {
    if (valeurs.has(fiche.value)) fiche.checked = estCochee;
  }
}

let derniere = null;

/** Majuscule et clic : de la dernière case cochée à celle-ci. */
function plage(jusqua, estCochee) {
  const toutes = [...document.querySelectorAll(TOUTES)];
  const bornes = [toutes.indexOf(derniere), toutes.indexOf(jusqua)].sort((a, b) => a - b);
  cocher(toutes.slice(bornes[0], bornes[1] + 1), estCochee);
}

document.addEventListener("click", (evenement) => {
  const fiche = evenement.target.closest?.(TOUTES);
  if (!fiche || !barre) return;
  if (evenement.shiftKey && derniere?.isConnected) plage(fiche, fiche.checked);
  derniere = fiche;
});

document.addEventListener("change", (evenement) => {
  const cible = evenement.target;
  if (!barre || cible.type !== "checkbox") return;
  if (cible.form !== barre && !cible.matches("[data-cls-tout-cocher]")) return;
  if (cible.name === "tous") cocher([...document.querySelectorAll(TOUTES)], cible.checked);
  else if (cible.name === "fiche") cocher([cible], cible.checked);
  else cocher(fichesDe(cible), cible.checked);
  accorder();
});

if (barre) {
  for (const chef of chefs()) chef.hidden = false;
  accorder();
  window.addEventListener("pageshow", accorder);
}
