/*
 * Moving about among questions, one a screen or as a list, with an answer card and keys:
 * `Jingzhong.deck(root, options)`. Practice, exam and the wrong-answer book each give it items.
 *
 * options: section(item) → Promise of its block; state(item) → how its cell looks;
 * shown(item) after a block was put on the page; enter(item) when Enter is pressed in a block;
 * number(item, at) → what the question is called; all: a list is never cut into pieces.
 */
(function () {
  "use strict";

  var CHUNK = 100;
  var MORE = 20;
  var TEXT = {
    number: ["第 ", " 题"],
    place: ["第 ", " 题，共 ", " 题"],
    range: " – ",
    failed: "题目没有读到，请刷新页面再试。",
    states: {
      "": ["", "未答"],
      done: ["·", "已答"],
      flag: ["⚑", "已标记"],
      right: ["✓", "答对"],
      part: ["◐", "答对一部分"],
      wrong: ["✗", "答错"],
      none: ["○", "未答"],
    },
    here: "，当前",
  };

  function Deck(root, options) {
    var find = root.querySelector.bind(root);
    this.root = root;
    this.options = options;
    this.items = [];
    this.at = 0;
    this.view = "list";
    this.limit = options.all ? Infinity : CHUNK;
    this.turn = 0;
    this.range = 0;
    this.container = find("[data-deck]");
    this.end = find("[data-empty]");
    this.empty = this.end.textContent;
    this.bar = find("[data-bar]");
    this.card = find("[data-card]");
    this.opener = find("[data-open-card]");
    this.live = find("[data-live]");
    this.more = find("[data-more]");
    this.wire();
  }

  Deck.prototype.wire = function () {
    var deck = this;
    function on(selector, act) {
      var button = deck.root.querySelector(selector);
      if (button) button.addEventListener("click", act);
    }
    on("[data-previous]", function () {
      deck.go(deck.at - 1);
    });
    on("[data-next]", function () {
      deck.go(deck.at + 1);
    });
    on("[data-open-card]", function () {
      deck.showCard(deck.card.hidden);
    });
    on("[data-close-card]", function () {
      deck.showCard(false);
    });
    on("[data-more]", function () {
      var first = deck.limit;
      deck.limit += MORE;
      deck.render(first);
    });
    this.root.querySelector("[data-cells]").addEventListener("click", function (event) {
      var cell = event.target.closest("[data-cell]");
      if (!cell) return;
      deck.showCard(false);
      deck.go(Number(cell.dataset.cell));
    });
    this.root.querySelector("[data-range-choice]").addEventListener("change", function (event) {
      deck.range = Number(event.target.value);
      deck.cells();
    });
    this.container.addEventListener("keydown", function (event) {
      deck.key(event);
    });
    this.card.addEventListener("keydown", function (event) {
      if (event.key === "Escape") deck.showCard(false);
    });
  };

  /** The item that a node of the page belongs to. */
  Deck.prototype.itemOf = function (node) {
    var section = node.closest("[data-question]");
    return this.items.filter(function (item) {
      return item.section === section;
    })[0];
  };

  /** Keys work only inside a question: letters or digits choose, Enter goes on, N and P turn. */
  Deck.prototype.key = function (event) {
    var item = event.target.closest("[data-question]") && this.itemOf(event.target);
    if (!item || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var typing = event.target.matches("select, textarea") || event.target.type === "text";
    if (event.key === "Enter" && !event.target.matches("button, a, summary")) {
      event.preventDefault();
      this.options.enter(item);
      return;
    }
    if (typing) return;
    var key = event.key.toUpperCase();
    if (key === "N" || key === "P") {
      event.preventDefault();
      this.go(this.items.indexOf(item) + (key === "N" ? 1 : -1));
      return;
    }
    var place = /^[1-9]$/.test(key) ? Number(key) - 1 : /^[A-H]$/.test(key) ? key.charCodeAt(0) - 65 : -1;
    var rows = item.section.querySelectorAll("[data-options] input");
    if (place >= 0 && rows[place] && !item.section.querySelector("fieldset").disabled) {
      event.preventDefault();
      rows[place].focus();
      rows[place].click();
    }
  };

  Deck.prototype.setItems = function (items, at) {
    this.items = items;
    this.at = at || 0;
    this.limit = this.options.all ? Infinity : CHUNK;
    this.range = Math.floor(this.at / CHUNK);
    return this.render();
  };

  Deck.prototype.setView = function (view) {
    this.view = view;
    return this.render();
  };

  Deck.prototype.current = function () {
    return this.items[this.at];
  };

  /** Turn to a question and put the focus on it. */
  Deck.prototype.go = function (at) {
    var deck = this;
    if (at < 0 || at >= this.items.length) return Promise.resolve();
    this.at = at;
    this.range = Math.floor(at / CHUNK);
    if (this.view === "list") this.limit = Math.max(this.limit, at + 1);
    return this.render().then(function () {
      var section = deck.items[at] && deck.items[at].section;
      if (!section) return;
      section.focus({ preventScroll: true });
      section.scrollIntoView({ block: "start" });
      deck.say(TEXT.place[0] + (at + 1) + TEXT.place[1] + deck.items.length + TEXT.place[2]);
    });
  };

  Deck.prototype.say = function (text) {
    this.live.textContent = text;
  };

  /** Put the wanted blocks on the page; `focus` is the index of one to focus. */
  Deck.prototype.render = function (focus) {
    var deck = this;
    var wanted = this.view === "one" ? this.items.slice(this.at, this.at + 1) : this.items.slice(0, this.limit);
    var turn = (this.turn += 1);
    return Promise.all(
      wanted.map(function (item) {
        return item.section || deck.options.section(item);
      }),
    ).then(
      function (sections) {
        if (turn !== deck.turn) return;
        deck.place(wanted, sections);
        deck.end.textContent = deck.empty;
        deck.end.hidden = wanted.length > 0;
        deck.refresh();
        if (focus !== undefined && sections[focus]) sections[focus].focus();
      },
      function () {
        if (turn !== deck.turn) return;
        deck.end.textContent = TEXT.failed;
        deck.end.hidden = false;
      },
    );
  };

  Deck.prototype.place = function (wanted, sections) {
    Array.prototype.slice
      .call(this.container.querySelectorAll("[data-question]"))
      .forEach(function (old) {
        if (sections.indexOf(old) < 0) this.container.removeChild(old);
      }, this);
    var here = this.container.querySelector("[data-question]") || this.end;
    sections.forEach(function (section, at) {
      var item = wanted[at];
      item.section = section;
      // Moving a block that stands right would take the focus out of it.
      if (here === section) here = section.nextElementSibling;
      else this.container.insertBefore(section, here);
      var number = this.options.number(item, this.items.indexOf(item));
      section.querySelector("[data-number]").textContent = TEXT.number[0] + number + TEXT.number[1];
      this.options.shown(item);
    }, this);
  };

  Deck.prototype.showCard = function (open) {
    this.card.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    if (open) {
      this.cells();
      (this.card.querySelector("[aria-current]") || this.card.querySelector("[data-cell]")).focus();
    } else if (this.card.contains(document.activeElement) || document.activeElement === document.body) {
      this.opener.focus();
    }
  };

  /** Bring bar and card up to date. */
  Deck.prototype.refresh = function () {
    var many = this.items.length > 0;
    this.bar.hidden = !many;
    this.bar.dataset.shows = this.view;
    this.container.dataset.shows = this.view;
    this.bar.querySelector("[data-place]").textContent = this.at + 1 + "/" + this.items.length;
    this.bar.querySelector("[data-previous]").disabled = this.at === 0;
    this.bar.querySelector("[data-next]").disabled = this.at >= this.items.length - 1;
    if (this.more) this.more.hidden = this.view === "one" || this.limit >= this.items.length;
    if (!this.card.hidden) this.cells();
  };

  Deck.prototype.cells = function () {
    var deck = this;
    var list = this.root.querySelector("[data-cells]");
    var range = this.root.querySelector("[data-range]");
    var choice = this.root.querySelector("[data-range-choice]");
    var first = this.range * CHUNK;
    var focused = list.contains(document.activeElement) && document.activeElement.dataset.cell;
    range.hidden = this.items.length <= CHUNK;
    choice.textContent = "";
    for (var start = 0; start < this.items.length; start += CHUNK) {
      var option = choice.appendChild(document.createElement("option"));
      option.value = String(start / CHUNK);
      option.textContent = start + 1 + TEXT.range + Math.min(start + CHUNK, this.items.length);
    }
    choice.value = String(this.range);
    list.textContent = "";
    this.items.slice(first, first + CHUNK).forEach(function (item, at) {
      var state = deck.options.state(item);
      var number = first + at;
      var called = deck.options.number(item, number);
      var cell = document.createElement("button");
      cell.type = "button";
      cell.className = "jz-cell";
      cell.dataset.cell = String(number);
      cell.dataset.state = state;
      cell.textContent = called + TEXT.states[state][0];
      var here = number === deck.at && deck.view === "one";
      var name = TEXT.number[0] + called + TEXT.number[1] + "，" + TEXT.states[state][1];
      cell.setAttribute("aria-label", name + (here ? TEXT.here : ""));
      if (here) cell.setAttribute("aria-current", "true");
      list.appendChild(document.createElement("li")).appendChild(cell);
      if (focused === cell.dataset.cell) cell.focus();
    });
  };

  window.Jingzhong.deck = function (root, options) {
    return new Deck(root, options);
  };
})();
