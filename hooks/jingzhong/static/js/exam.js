/*
 * An exam from start to result. The session is kept at each step, so that a reload, a crash or a
 * closed tab loses nothing; it is handed in once, and then only read.
 */
(function () {
  "use strict";

  var words = window.Jingzhong.words;
  var SAVE_EVERY = 5;
  var NAMED = 12;
  var TEXT = {
    left: "剩余",
    minutes: ["还剩 ", " 分钟"],
    seconds: ["还剩 ", " 秒"],
    started: ["共 ", " 题，", "，现在开始。"],
    untimed: "不限时",
    limit: ["限时 ", " 分钟"],
    flag: "标记这题",
    unflag: "取消标记",
    points: " 分",
    paused: "已暂停",
    goOn: "继续作答",
    unfinished: ["《", "》还没有考完：已答 ", " 题，共 ", " 题，", "。另开一份，这一份就不再保留。"],
    finished: ["最近交的一份：《", "》，", "。"],
    resume: "接着考",
    look: "看成绩和讲解",
    missing: ["还有 ", " 题没有答（第 ", " 题）。交卷后不能再改。"],
    complete: "题目都答完了。交卷后不能再改。",
    handed: "已交卷。",
    already: "这份试卷在这台设备上已经交过，下面是当时的成绩。",
    restored: "已恢复上次的作答。",
    changed: "考试期间题库更新过，已不在题库里的题不再计分。",
    moved: "这份考试在另一个窗口里接着做了，作答都在那边。要在这里做，请点“接着考”。",
    another: "另一个窗口开始了一份新的考试，这里的这一份不再保留。",
  };

  function exam(root) {
    var progress = window.Jingzhong.progress;
    var papers = window.Jingzhong.papers;
    var sessions = window.Jingzhong.examSession;
    var base = root.dataset.data;
    var find = root.querySelector.bind(root);
    var mode = "start";
    var session = null;
    var clock = null;
    var sinceSave = 0;
    var deck = window.Jingzhong.deck(root, {
      all: true,
      number: function (item) {
        return item.number;
      },
      section: function (item) {
        return window.Jingzhong.questions.full(base, [item]).then(function (questions) {
          return item.section || block(item, questions[0]);
        });
      },
      state: stateOf,
      shown: shown,
      enter: function (item) {
        deck.go(deck.items.indexOf(item) + 1);
      },
    });
    var projector = window.Jingzhong.projector(deck, {
      canReveal: function () {
        return mode === "room";
      },
      reveal: function (item) {
        return window.Jingzhong.question(item.section).reveal();
      },
      left: function () {
        if (mode !== "room") return;
        toStart();
        find("[data-show-room]").focus();
      },
    });
    var offer = JSON.parse(find("[data-offer]").textContent);
    var start = window.Jingzhong.examStart(root, offer, { start: begin, room: room });

    /** The block of one question, options in the order of this paper. */
    function block(item, question) {
      item.section = window.Jingzhong.questions.build(root, question);
      item.section.querySelector("[data-level]").textContent = item.points / 100 + TEXT.points;
      window.Jingzhong.question(item.section).shuffle(session.paper.seed, session.paper.variant);
      return item.section;
    }

    function shown(item) {
      var view = window.Jingzhong.question(item.section);
      item.section.querySelector("[data-answer]").hidden = mode === "run";
      if (mode === "room") return;
      view.setResponse(session.answers[item.id]);
      view.lock(mode === "result");
      if (mode === "result") {
        item.section.dataset.result = item.state;
        view.mark(item.result);
        return;
      }
      showFlag();
      if (deck.view === "one" && session.at !== deck.at) {
        session.at = deck.at;
        keep();
      }
    }

    function stateOf(item) {
      if (mode === "result") return item.state;
      if (mode === "room") return "";
      if (session.flags.indexOf(item.id) >= 0) return "flag";
      return sessions.isAnswered(session, item.id) ? "done" : "";
    }

    function screen(name) {
      mode = name;
      root.querySelectorAll("[data-screen]").forEach(function (part) {
        part.hidden = part.dataset.screen !== name;
      });
      find("[data-questions]").hidden = name === "start";
      delete document.documentElement.dataset.prints;
      find("[data-confirm]").hidden = true;
      showPaused(false);
    }

    function showPaused(on) {
      find("[data-paused]").hidden = !on;
      ["pause", "hand-in", "flag", "layout", "projector"].forEach(function (name) {
        find("[data-" + name + "]").disabled = on;
      });
    }

    function say(text) {
      find("[data-spoken]").textContent = text;
    }

    function failed(error) {
      screen("start");
      start.problem(error.message);
    }

    function toStart() {
      if (clock) clock.stop();
      session = null;
      screen("start");
      deck.setItems([], 0);
      offerKept();
      return start.follow();
    }

    /** Save; where another tab took this exam over or handed it in, it is at an end here. */
    function keep() {
      if (sessions.save(session)) return true;
      var kept = sessions.stored();
      var same = kept && kept.code === session.code;
      projector.set(false);
      clock.stop();
      if (same && kept.handed) goOn();
      else
        toStart().then(function () {
          start.problem(same ? TEXT.moved : TEXT.another);
        });
      return false;
    }

    /** Say what of the last exam is on the device: to go on with, or to look at. */
    function offerKept() {
      var kept = sessions.stored();
      find("[data-unfinished]").hidden = !kept;
      if (!kept) return;
      var limit = sessions.limit(kept);
      var time = limit ? TEXT.left + " " + window.Jingzhong.clockText(limit - kept.spent) : TEXT.untimed;
      find("[data-unfinished-text]").textContent = kept.handed
        ? words(TEXT.finished, [kept.paper.title, kept.handed])
        : words(TEXT.unfinished, [
            kept.paper.title,
            sessions.countAnswered(kept),
            papers.countOf(kept.paper),
            time,
          ]);
      find("[data-resume]").textContent = kept.handed ? TEXT.look : TEXT.resume;
      find("[data-abandon]").hidden = Boolean(kept.handed);
    }

    function begin(paper, extra) {
      papers.prepare(base, paper).then(function (drawn) {
        var kept = sessions.stored();
        if (kept && kept.handed && kept.id === drawn.id && kept.paper.variant === paper.variant) {
          session = Object.assign(kept, { items: drawn.items });
          result(TEXT.already);
          return;
        }
        session = sessions.create(paper, drawn, extra);
        sessions.take(session);
        var limit = sessions.limit(session);
        run(
          words(TEXT.started, [
            drawn.items.length,
            limit ? words(TEXT.limit, [limit / 60]) : TEXT.untimed,
          ]),
        );
      }, failed);
    }

    /** Go on with the kept session, or look at it again once it was handed in. */
    function goOn() {
      var kept = sessions.stored();
      if (!kept) return toStart();
      return papers.prepare(base, kept.paper, kept.ids).then(function (drawn) {
        var note = drawn.id === kept.id ? TEXT.restored : TEXT.changed;
        session = Object.assign(kept, { items: drawn.items });
        if (session.handed) {
          result(TEXT.handed);
          return;
        }
        session.breaks += 1;
        session.away += Math.max(0, (Date.now() - session.saved) / 1000);
        sessions.take(session);
        run(note);
      }, failed);
    }

    function run(note) {
      screen("run");
      find("[data-title]").textContent = session.paper.title;
      deck.view = session.view;
      showLayout();
      showAnswered();
      deck.setItems(session.items, Math.min(session.at, session.items.length - 1)).then(function () {
        find("[data-title]").scrollIntoView();
        find("[data-title]").focus();
        say(note);
      });
      startClock();
    }

    function startClock() {
      var limit = sessions.limit(session);
      var face = window.Jingzhong.clockFace(root, limit);
      clock = window.Jingzhong.clock({
        limit: limit,
        spent: session.spent,
        tick: function (spent) {
          session.spent = spent;
          face(spent);
          sinceSave += 1;
          if (sinceSave < SAVE_EVERY) return;
          sinceSave = 0;
          keep();
        },
        threshold: function (left) {
          say(left < 60 ? words(TEXT.seconds, [left]) : words(TEXT.minutes, [left / 60]));
        },
        end: function () {
          // Saving may have told that another tab has this exam.
          if (!session) return;
          session.auto = true;
          handIn();
        },
      });
      clock.start();
    }

    function showFlag() {
      var item = deck.current();
      var on = Boolean(item) && session.flags.indexOf(item.id) >= 0;
      find("[data-flag]").setAttribute("aria-pressed", String(on));
      find("[data-flag]").textContent = on ? TEXT.unflag : TEXT.flag;
      find("[data-flag]").hidden = deck.view === "list";
    }

    function showAnswered() {
      var count = session.items.length;
      find("[data-answered]").textContent = count - sessions.unanswered(session).length + "/" + count;
    }

    function showLayout() {
      find("[data-layout]").setAttribute("aria-pressed", String(deck.view === "list"));
    }

    function answered(event) {
      var item = mode === "run" && deck.itemOf(event.target);
      if (!item) return;
      session.answers[item.id] = window.Jingzhong.question(item.section).response();
      keep();
      if (session) showAnswered();
      deck.refresh();
    }

    function ask() {
      var open = sessions.unanswered(session);
      var some = open.slice(0, NAMED).join("、") + (open.length > NAMED ? "……" : "");
      find("[data-confirm-text]").textContent = open.length
        ? words(TEXT.missing, [open.length, some])
        : TEXT.complete;
      find("[data-confirm]").hidden = false;
      find("[data-confirm-yes]").focus();
    }

    function unask() {
      find("[data-confirm]").hidden = true;
      find("[data-hand-in]").focus();
    }

    /** Once: a session that was handed in is never taken in again. */
    function handIn() {
      if (session.handed || !keep()) return;
      clock.stop();
      session.spent = clock.spent;
      session.handed = progress.today();
      sessions.save(session);
      result(TEXT.handed, true);
    }

    function result(note, fresh) {
      projector.set(false);
      screen("result");
      window.Jingzhong.questions.full(base, session.items).then(function (questions) {
        var score = window.Jingzhong.examResult.show(root, session, questions);
        if (fresh) window.Jingzhong.examResult.keep(session, score);
        deck.view = "list";
        find("[data-only-wrong]").checked = false;
        deck.setItems(session.items, 0).then(function () {
          window.Jingzhong.examResult.each(root, session);
          window.Jingzhong.examResult.choose(root, session);
          find("[data-result-title]").focus();
          deck.say(note + score);
        });
      }, failed);
    }

    /** A paper on the projector, with answers on demand and without a score. */
    function room(paper) {
      papers.prepare(base, paper).then(function (drawn) {
        session = { paper: paper, items: drawn.items };
        screen("room");
        deck.view = "one";
        deck.setItems(drawn.items, 0).then(function () {
          projector.set(true);
        });
      }, failed);
    }

    function pause(on) {
      if (on) {
        clock.stop();
        session.spent = clock.spent;
        session.pauses += 1;
        if (!keep()) return;
      } else {
        startClock();
      }
      showPaused(on);
      find("[data-questions]").hidden = on;
      find("[data-confirm]").hidden = true;
      find(on ? "[data-continue]" : "[data-pause]").focus();
      say(on ? TEXT.paused : TEXT.goOn);
    }

    var actions = {
      resume: goOn,
      abandon: function () {
        sessions.drop();
        offerKept();
      },
      flag: function () {
        var id = deck.current().id;
        var at = session.flags.indexOf(id);
        if (at >= 0) session.flags.splice(at, 1);
        else session.flags.push(id);
        if (!keep()) return;
        showFlag();
        deck.refresh();
      },
      layout: function () {
        session.view = deck.view === "one" ? "list" : "one";
        if (!keep()) return;
        deck.setView(session.view).then(function () {
          showLayout();
          showFlag();
        });
      },
      pause: pause.bind(null, true),
      continue: pause.bind(null, false),
      "hand-in": ask,
      "confirm-no": unask,
      "confirm-yes": handIn,
    };
    Object.keys(actions).forEach(function (name) {
      find("[data-" + name + "]").addEventListener("click", function () {
        actions[name]();
      });
    });
    find("[data-confirm]").addEventListener("keydown", function (event) {
      if (event.key === "Escape") unask();
    });
    /** The questions that the reader wants to see of the result. */
    function review() {
      var only = find("[data-only-wrong]").checked;
      var items = session.items.filter(function (item) {
        return !only || item.state !== "right";
      });
      return deck.setItems(items, 0);
    }
    find("[data-only-wrong]").addEventListener("change", review);
    find("[data-print-what]").addEventListener("change", function (event) {
      window.Jingzhong.examResult.choose(root, session);
      // What is not on the page cannot be printed.
      if (event.target.value !== "all" || !find("[data-only-wrong]").checked) return;
      find("[data-only-wrong]").checked = false;
      review();
    });
    find("[data-print]").addEventListener("click", function () {
      window.Jingzhong.printPart("result");
    });
    find("[data-deck]").addEventListener("input", answered);
    find("[data-deck]").addEventListener("change", answered);
    window.Jingzhong.examResult.wire(root, function () {
      var plain = window.location.href.split(/[?#]/)[0];
      if (window.location.hash || window.location.search) window.location.href = plain;
      else toStart();
    });
    window.addEventListener("hashchange", function () {
      if (mode !== "run") toStart();
    });
    window.addEventListener("storage", function (event) {
      if (mode === "run" && event.key === "jingzhong." + sessions.KEY) keep();
    });
    window.addEventListener("pagehide", function () {
      if (mode === "run") sessions.save(session);
    });
    window.addEventListener("beforeunload", function (event) {
      if (mode !== "run" || !progress.isLost()) return;
      event.preventDefault();
      event.returnValue = "";
    });

    find("[data-plain]").hidden = true;
    progress.onLoss(function () {
      find("[data-storage]").hidden = false;
    });
    toStart().then(function () {
      var kept = sessions.stored();
      // A link to another paper is not passed over in silence: then the page asks.
      if (kept && !kept.handed && sessions.isOfThisTab(kept) && start.asksFor(kept)) goOn();
    });
  }

  window.Jingzhong.modules.exam = exam;
})();
