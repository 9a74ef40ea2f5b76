/*
 * Practice on the page of a bank: the form that works without JavaScript gets feedback at once,
 * one question a screen, filters and shuffling. Questions of the bank's other pages come from data
 * files when they are first needed.
 */
(function () {
  "use strict";

  var TEXT = {
    tally: ["已答 ", " 题，答对 ", " 题。共 ", " 题"],
    resumed: "接着上次做到的地方。",
    cleared: "都清空了，可以重新做。",
  };

  function practice(root) {
    var progress = window.Jingzhong.progress;
    var draw = window.Jingzhong.draw;
    var find = root.querySelector.bind(root);
    var bank = root.dataset.bank;
    var base = root.dataset.data;
    var form = find("[data-deck]");
    var topic = find("[data-topic]");
    var difficulty = find("[data-difficulty]");
    var shuffleQuestions = find("[data-shuffle-questions]");
    var shuffleOptions = find("[data-shuffle-options]");
    var own = ownItems();
    var whole = null;
    var seed = "";
    var spelt = false;
    var deck = window.Jingzhong.deck(root, {
      section: function (item) {
        return window.Jingzhong.questions.full(base, [item]).then(function (questions) {
          item.section = item.section || window.Jingzhong.questions.build(root, questions[0]);
          return item.section;
        });
      },
      // As long as all are shown in order, a question has the number it has in the bank.
      number: function (item, at) {
        return narrowed() ? at + 1 : item.at + 1;
      },
      state: function (item) {
        return item.state || "";
      },
      shown: shown,
      enter: function (item) {
        tries.proceed(item);
      },
    });
    var tries = window.Jingzhong.tries(deck, tally);

    /** The questions that came with the page. */
    function ownItems() {
      var first = (Number(root.dataset.page) - 1) * 100;
      var checking = find("template[data-checking]").content;
      return Array.prototype.map.call(form.querySelectorAll("[data-question]"), function (section, at) {
        section.insertBefore(checking.cloneNode(true), section.querySelector("[data-answer]"));
        var facts = JSON.parse(section.dataset.question);
        return {
          id: facts.id,
          bank: bank,
          at: first + at,
          type: facts.type,
          difficulty: facts.difficulty,
          topics: facts.topics,
          section: section,
        };
      });
    }

    /** Every question of the bank; those of this page keep their blocks and answers. */
    function everything() {
      if (own.length >= Number(root.dataset.total)) return Promise.resolve(own);
      if (!whole) {
        whole = window.Jingzhong.questions.index(base, bank).then(function (index) {
          return index.items.map(function (item) {
            return own[item.at - own[0].at] || item;
          });
        });
        whole.catch(function () {
          whole = null;
        });
      }
      return whole;
    }

    function narrowed() {
      return topic.value || difficulty.value || shuffleQuestions.checked;
    }

    /** The questions that the filters leave, in the order wanted. */
    function chosen(items) {
      var left = items.filter(function (item) {
        return (
          (!topic.value || item.topics.indexOf(topic.value) >= 0) &&
          (!difficulty.value || item.difficulty === Number(difficulty.value))
        );
      });
      return shuffleQuestions.checked ? new draw.Generator("practice", [seed]).shuffled(left) : left;
    }

    /** Show what view and filters ask for, on the question with this id if it is among it. */
    function update(id) {
      var ready = deck.view === "one" || narrowed() ? everything() : Promise.resolve(own);
      return ready.then(
        function (items) {
          var left = chosen(items);
          var at = left.map(idOf).indexOf(id);
          return deck.setItems(left, Math.max(at, 0)).then(tally);
        },
        function () {
          return deck.setItems(own, 0);
        },
      );
    }

    function idOf(item) {
      return item.id;
    }

    function shown(item) {
      tries.shown(item);
      var order = shuffleOptions.checked ? seed : "";
      if ((item.order || "") !== order) {
        var view = window.Jingzhong.question(item.section);
        if (order) view.shuffle(order, "");
        else view.reorder(view.letters());
        item.order = order;
        if (item.state) view.mark(view.score(100));
      } else if (item.type === "order" || item.type === "match") {
        window.Jingzhong.question(item.section);
      }
      if (spelt) window.Jingzhong.pinyin.add(base, item);
      if (deck.view === "one") remember(item);
    }

    /** Pinyin on or off, for banks that have it. */
    function spell(on) {
      spelt = on;
      find("[data-pinyin]").setAttribute("aria-pressed", String(on));
      progress.keep("quiz.pinyin", on);
      deck.items.forEach(function (item) {
        if (item.section && !on) window.Jingzhong.pinyin.remove(item.section);
      });
      deck.render();
    }

    function remember(item) {
      var places = progress.kept("quiz.place") || {};
      places[bank] = item.id;
      progress.keep("quiz.place", places);
    }

    function tally() {
      var seen = deck.items.filter(function (item) {
        return item.state;
      });
      var right = seen.filter(function (item) {
        return item.state === "right";
      });
      find("[data-tally]").textContent =
        window.Jingzhong.words(TEXT.tally, [seen.length, right.length, deck.items.length]);
    }

    function restart() {
      everything().then(function (items) {
        tries.restart(items);
        newSeed();
        update().then(function () {
          deck.say(TEXT.cleared);
        });
      });
    }

    function newSeed() {
      seed = String(window.crypto.getRandomValues(new Uint32Array(1))[0]);
    }

    function setView(view) {
      var current = deck.view === "one" ? deck.current() : null;
      deck.view = view;
      root.querySelectorAll("[data-view]").forEach(function (button) {
        button.setAttribute("aria-pressed", String(button.dataset.view === view));
      });
      return update(current && current.id);
    }

    function fillFilters() {
      everything().then(function (items) {
        var topics = [];
        var levels = [];
        items.forEach(function (item) {
          item.topics.forEach(function (name) {
            if (topics.indexOf(name) < 0) topics.push(name);
          });
          if (levels.indexOf(item.difficulty) < 0) levels.push(item.difficulty);
        });
        addOptions(topic, topics);
        addOptions(difficulty, levels.sort());
      });
    }

    function addOptions(select, words) {
      if (select.options.length > 1) return;
      words.forEach(function (word) {
        select.appendChild(document.createElement("option")).textContent = String(word);
      });
    }

    /** `#q-home-005`: show that question, whatever was filtered. */
    function followHash() {
      var id = /^#q-([a-z0-9-]+)$/.exec(window.location.hash);
      if (!id || deck.view !== "one") return;
      topic.value = difficulty.value = "";
      update(id[1]);
    }

    form.addEventListener("reset", function () {
      window.setTimeout(restart);
    });
    find("[data-restart]").addEventListener("click", restart);
    root.querySelectorAll("[data-view]").forEach(function (button) {
      button.addEventListener("click", function () {
        var view = button.dataset.view;
        progress.keep("quiz.view", view);
        var places = progress.kept("quiz.place") || {};
        var fresh = deck.view !== "one" && view === "one";
        setView(view).then(function () {
          if (!fresh) return;
          var at = deck.items.map(idOf).indexOf(places[bank]);
          deck.go(Math.max(at, 0)).then(function () {
            if (at > 0) deck.say(TEXT.resumed);
          });
        });
      });
    });
    root.querySelectorAll("[data-print-what]").forEach(function (button) {
      button.addEventListener("click", function () {
        var ready = deck.view === "one" ? setView("list") : Promise.resolve();
        ready.then(function () {
          var what = button.dataset.printWhat;
          var answers = what === "answers" ? form.querySelectorAll("[data-answer]") : [];
          window.Jingzhong.printPart(what, answers);
        });
      });
    });
    [topic, difficulty, shuffleQuestions, shuffleOptions].forEach(function (control) {
      control.addEventListener("change", function () {
        newSeed();
        update();
      });
    });
    find("[data-filters]").addEventListener("toggle", fillFilters);
    window.addEventListener("hashchange", followHash);
    window.Jingzhong.projector(deck, {
      canReveal: function () {
        return true;
      },
      reveal: function (item) {
        return window.Jingzhong.question(item.section).reveal();
      },
    });

    newSeed();
    if (find("[data-pinyin]")) {
      find("[data-pinyin]").addEventListener("click", function () {
        spell(!spelt);
      });
      if (progress.kept("quiz.pinyin")) spell(true);
    }
    find("[data-controls]").hidden = false;
    progress.onLoss(function () {
      find("[data-storage]").hidden = false;
    });
    setView(progress.kept("quiz.view") === "one" ? "one" : "list").then(followHash);
  }

  window.Jingzhong.modules.practice = practice;
})();
