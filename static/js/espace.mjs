// L’espace de travail : « / » va à la recherche, les axes se replient, les travaux s’annoncent.

const CHAMPS = "input, select, textarea, [contenteditable]";

function annoncer(texte) {
  document.dispatchEvent(new CustomEvent("cls:annonce", { detail: texte }));
}

function estVisible(element) {
  return element.getClientRects().length > 0;
}

document.addEventListener("keydown", (evenement) => {
  if (evenement.key !== "/" || evenement.ctrlKey || evenement.metaKey || evenement.altKey) return;
  if (evenement.target.closest?.(CHAMPS)) return;
  const recherche = [...document.querySelectorAll("[data-cls-recherche]")].find(estVisible);
  if (!recherche) return;
  evenement.preventDefault();
  recherche.focus();
  recherche.select();
});

// ---- Plan : replier un axe ; l’état suit la personne, page par page ----

const CLE_REPLIS = `cls:replis:${window.location.pathname}`;

function replisGardes() {
  try {
    return new Set(JSON.parse(window.sessionStorage.getItem(CLE_REPLIS) ?? "[]"));
  } catch {
    return new Set();
  }
}

function replier(bouton, estReplie) {
  bouton.setAttribute("aria-expanded", String(!estReplie));
  const groupe = document.getElementById(bouton.getAttribute("aria-controls"));
  for (const ligne of groupe?.querySelectorAll("tr:not(.axe)") ?? []) ligne.hidden = estReplie;
}

function preparerReplis() {
  const gardes = replisGardes();
  for (const bouton of document.querySelectorAll("button[data-cls-replie][hidden]")) {
    bouton.hidden = false;
    if (gardes.has(bouton.getAttribute("aria-controls"))) replier(bouton, true);
  }
}

document.addEventListener("click", (evenement) => {
  const bouton = evenement.target.closest?.("button[data-cls-replie]");
  if (!bouton) return;
  const estReplie = bouton.getAttribute("aria-expanded") === "true";
  replier(bouton, estReplie);
  const gardes = replisGardes();
  const cle = bouton.getAttribute("aria-controls");
  if (estReplie) gardes.add(cle);
  else gardes.delete(cle);
  window.sessionStorage.setItem(CLE_REPLIS, JSON.stringify([...gardes]));
  noterDansLAdresse(cle.replace(/^axe-/, ""), estReplie);
});

/** L’adresse copiée ou enregistrée rouvre le plan tel qu’on le voit. */
function noterDansLAdresse(axe, estReplie) {
  const adresse = new URL(window.location.href);
  const autres = adresse.searchParams.getAll("replie").filter((a) => a !== axe);
  adresse.searchParams.delete("replie");
  for (const autre of estReplie ? [...autres, axe] : autres) adresse.searchParams.append("replie", autre);
  window.history.replaceState(window.history.state, "", adresse);
}

// ---- Listes qui se filtrent à la saisie : l’adresse garde l’état ----

document.addEventListener("change", (evenement) => {
  const formulaire = evenement.target.form;
  if (formulaire?.hasAttribute("data-cls-filtre-direct")) formulaire.requestSubmit();
});

// ---- Travaux longs : dire la fin ----

document.addEventListener("htmx:afterSwap", (evenement) => {
  const travail = evenement.detail.elt?.closest?.("[data-cls-travail]");
  if (!travail || evenement.detail.elt !== travail) return;
  if (["FAIT", "ECHEC"].includes(travail.dataset.clsTravail)) {
    annoncer(travail.querySelector(".statut")?.textContent.trim() ?? "");
  }
});

// ---- Onglets : l’onglet courant est visible en étroit ----

for (const courant of document.querySelectorAll(".onglets [aria-current]")) {
  const bande = courant.closest(".onglets");
  if (bande.scrollWidth > bande.clientWidth) bande.scrollLeft = courant.offsetLeft - 16;
}

preparerReplis();
document.addEventListener("htmx:afterSettle", preparerReplis);
