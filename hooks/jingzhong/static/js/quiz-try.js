/*
 * Answering with feedback at once, in practice and in the wrong-answer book:
 * `Jingzhong.tries(deck, changed)` wires the deck; `changed(item)` is called when the state of an
 * item was set or taken back. The first try of a visit is what the book remembers.
 */
(function () {
  "use strict";

  var SINGLE = ["single", "judge"];
  var TEXT = { check: "核对答案", next: "下一题", end: "核对过了" };

  window.Jingzhong.tries = function (deck, changed) {
    var form = deck.container;
    var byPointer = false;

    /** The button under a question: check, or go on where one question is shown at a time. */
    function shown(item) {
      var button = item.section.querySelector("[data-check]");
      var last = deck.items.indexOf(item) === deck.items.length - 1;
      item.section.querySelector("[data-check-row]").hidden = false;
      button.textContent = TEXT.check;
      if (item.state && deck.view === "one") button.textContent = last ? TEXT.end : TEXT.next;
    }

    function check(item) {
      var view = window.Jingzhong.question(item.section);
      var result = view.score(100);
      if (result.state === "none") {
        deck.say(view.ask());
        return;
      }
      item.state = result.state;
      deck.say(view.mark(result));
      if (!item.recorded) window.Jingzhong.progress.record(item.id, item.bank, result.state === "right");
      item.recorded = true;
      shown(item);
      deck.refresh();
      changed(item);
    }

    /** Check, or turn to the next question where this one was checked. */
    function proceed(item) {
      if (!item.state) check(item);
      else if (deck.view === "one") deck.go(deck.items.indexOf(item) + 1);
    }

    /** A changed answer is a new try. */
    function reopen(item) {
      if (!item.state) return;
      window.Jingzhong.question(item.section).unmark();
      item.state = "";
      shown(item);
      changed(item);
    }

    function restart(items) {
      items.forEach(function (item) {
        if (item.section) {
          var view = window.Jingzhong.question(item.section);
          view.setResponse(null);
          view.unmark();
        }
        item.state = "";
        item.recorded = false;
      });
    }

    form.addEventListener("click", function (event) {
      if (event.target.closest("[data-check]")) proceed(deck.itemOf(event.target));
    });
    form.addEventListener("pointerdown", function () {
      byPointer = true;
    });
    form.addEventListener("keydown", function () {
      byPointer = false;
    });
    form.addEventListener("input", function (event) {
      var item = deck.itemOf(event.target);
      if (item) reopen(item);
    });
    form.addEventListener("change", function (event) {
      var item = deck.itemOf(event.target);
      // Arrow keys walk through radio buttons, so only a finger or a mouse answers at once.
      if (item && byPointer && SINGLE.indexOf(item.type) >= 0) check(item);
    });
    return { shown: shown, proceed: proceed, restart: restart };
  };
})();
