/*
 * Dragging in order and match questions, besides selects and buttons: an option is taken by its row
 * with a mouse, by its letter with a finger (the rest of the row scrolls the page), and let go over
 * the place it belongs to. What was dropped is what the select there says.
 */
(function () {
  "use strict";

  // Less is a click with an unsteady hand.
  var LEAST = 6;
  var EDGE = 70;
  var STEP = 12;
  var drag = null;

  function rowOf(event) {
    var row = event.target.closest && event.target.closest("[data-choices] [data-option]");
    if (!row || event.button || !event.isPrimary) return null;
    if (event.pointerType !== "mouse" && !event.target.closest("[data-letter]")) return null;
    return row.closest("fieldset").disabled ? null : row;
  }

  function partAt(event) {
    var under = document.elementFromPoint(event.clientX, event.clientY);
    var part = under && under.closest("[data-part]");
    return part && drag.section.contains(part) ? part : null;
  }

  function lift() {
    var box = drag.row.getBoundingClientRect();
    drag.ghost = drag.row.cloneNode(true);
    drag.ghost.className = "jz-ghost";
    drag.ghost.setAttribute("aria-hidden", "true");
    drag.ghost.style.maxWidth = box.width + "px";
    drag.row.parentNode.appendChild(drag.ghost);
    document.documentElement.dataset.dragging = "";
    window.getSelection().removeAllRanges();
  }

  function over(part) {
    if (drag.over === part) return;
    if (drag.over) delete drag.over.dataset.over;
    if (part) part.dataset.over = "";
    drag.over = part;
  }

  function end() {
    over(null);
    if (drag.ghost) drag.ghost.parentNode.removeChild(drag.ghost);
    delete document.documentElement.dataset.dragging;
    drag = null;
  }

  document.addEventListener("pointerdown", function (event) {
    var row = rowOf(event);
    if (!row || drag) return;
    var section = row.closest("[data-question]");
    drag = { row: row, section: section, id: event.pointerId, x: event.clientX, y: event.clientY, ghost: null, over: null };
  });

  document.addEventListener("pointermove", function (event) {
    if (!drag || event.pointerId !== drag.id) return;
    if (!drag.ghost) {
      if (Math.abs(event.clientX - drag.x) + Math.abs(event.clientY - drag.y) < LEAST) return;
      lift();
    }
    drag.ghost.style.left = event.clientX + "px";
    drag.ghost.style.top = event.clientY + "px";
    if (event.clientY < EDGE) window.scrollBy(0, -STEP);
    else if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, STEP);
    over(partAt(event));
  });

  document.addEventListener("pointerup", function (event) {
    if (!drag || event.pointerId !== drag.id) return;
    var select = drag.ghost && drag.over && drag.over.querySelector("select");
    var value = drag.row.dataset.option;
    var section = drag.section;
    end();
    if (!select) return;
    window.Jingzhong.question(section);
    select.value = value;
    ["input", "change"].forEach(function (name) {
      select.dispatchEvent(new Event(name, { bubbles: true }));
    });
  });

  document.addEventListener("pointercancel", function () {
    if (drag) end();
  });
  document.addEventListener("keydown", function (event) {
    if (drag && event.key === "Escape") end();
  });
})();
