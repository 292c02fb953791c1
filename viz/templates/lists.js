"use strict";

const plain = (text) => text.normalize("NFKC").toLowerCase();
const lists = [...document.querySelectorAll("details.list")].map((list) => ({
  list,
  isOpen: list.open,
  shown: list.querySelector(".shown"),
  changes: [...list.querySelectorAll("li.change")].map((change) => ({ change, text: plain(change.textContent) })),
}));
const search = document.getElementById("search");
const boxes = [...document.querySelectorAll(".controls input[type=checkbox]")];
let wanted = "";

function show() {
  const before = wanted;
  wanted = plain(search.value.trim());
  const left = boxes.filter((box) => !box.checked);
  let isAnyShown = false;
  for (const entry of lists) {
    const { list, shown, changes } = entry;
    let found = 0;
    for (const { change, text } of changes) {
      change.hidden = !text.includes(wanted);
      found += !change.hidden;
    }
    list.hidden = left.some((box) => list.dataset[box.name] === box.value) || (wanted !== "" && found === 0);
    isAnyShown ||= !list.hidden;
    shown.textContent = wanted && `${found} / `;
    // What a search opened is closed again when it ends.
    if (wanted && !before) entry.isOpen = list.open;
    if (wanted) list.open = true;
    else if (before) list.open = entry.isOpen;
  }
  document.getElementById("none").hidden = isAnyShown;
}

// What is closed would not be printed.
const foldable = [...document.querySelectorAll("details")];
let openBefore = [];
addEventListener("beforeprint", () => {
  openBefore = foldable.filter((one) => one.open);
  for (const one of foldable) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of foldable) one.open = openBefore.includes(one);
});

let waiting = 0;
search.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 120);
});
for (const box of boxes) box.addEventListener("change", show);
document.querySelector(".controls").hidden = false;
show();
