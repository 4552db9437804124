// Une carte : le territoire regardé (souris ou clavier) est cerné au-dessus de ses voisins, et son
// nom se lit sous la carte. Sans JavaScript, il est éclairci à sa place et son titre reste lisible.

const SVG = "http://www.w3.org/2000/svg";
const AIDE = "Survolez un territoire, ou parcourez la carte avec la touche Tabulation.";

function cerner(carte, lien) {
  carte.querySelector(".g-cerne")?.remove();
  const forme = lien?.querySelector("path");
  if (!forme) return;
  const cerne = document.createElementNS(SVG, "g");
  cerne.setAttribute("class", `g-cerne${lien.matches(":focus-visible") ? " au-clavier" : ""}`);
  for (const classe of ["g-cerne-bord", "g-cerne-trait"]) {
    const trait = forme.cloneNode();
    trait.removeAttribute("fill");
    trait.setAttribute("class", classe);
    cerne.append(trait);
  }
  forme.closest("g[transform], g.g-contours").append(cerne);
}

function suivre(figure) {
  const carte = figure.querySelector("svg.g-carte");
  const lecture = figure.querySelector("[data-cls-lecture]");
  if (!carte || !lecture) return;
  const montrer = (lien) => {
    cerner(carte, lien);
    lecture.textContent = lien?.querySelector("title")?.textContent ?? AIDE;
  };
  const lienDe = (element) => {
    const lien = element?.closest("a");
    return lien && carte.contains(lien) ? lien : null;
  };
  const regarde = () => lienDe(document.activeElement);
  lecture.hidden = false;
  carte.classList.add("suivie");
  montrer(regarde());
  carte.addEventListener("pointerover", (evenement) => montrer(lienDe(evenement.target) ?? regarde()));
  carte.addEventListener("pointerleave", () => montrer(regarde()));
  // Sur la figure : un SVG qui écoute le focus s’y arrêterait lui-même
  figure.addEventListener("focusin", (evenement) => montrer(lienDe(evenement.target)));
  figure.addEventListener("focusout", () => montrer(null));
}

for (const figure of document.querySelectorAll("[data-cls-carte]")) suivre(figure);
