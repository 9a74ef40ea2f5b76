/*
 * The wrong-answer book: what to go over today, what is not mastered yet, and five questions a day.
 */
(function () {
  "use strict";

  var words = window.Jingzhong.words;
  var TEXT = {
    due: ["复习今天该看的 ", " 题"],
    open: ["做没掌握的 ", " 题"],
    none: "今天没有要复习的题。去题库练一练，做错的题会自动收进来。",
    gone: ["有 ", " 道题已从题库里撤下，不再出现。"],
    failed: "题目没有读到，请刷新页面再试。",
    plan: ["", "月", "日：", ""],
    noDay: "这份计划没有安排这一天，可以从题库里选五题。",
    counts: { open: "还没掌握", due: "今天该复习", mastered: "已经掌握" },
    unit: " 题",
    days: ["本月打卡 ", " 天"],
    finished: ["这一组 ", " 题都做完了，答对 ", " 题。"],
    result: ["", "：", "（", "，试卷编号 ", "）"],
  };

  function book(root) {
    var progress = window.Jingzhong.progress;
    var find = root.querySelector.bind(root);
    var base = root.dataset.data;
    var offer = JSON.parse(find("[data-offer]").textContent);
    var banks = offer.banks;
    var bankChoice = find("[data-daily-bank]");
    var doing = "";
    var deck = window.Jingzhong.deck(root, {
      number: function (item, at) {
        return at + 1;
      },
      section: function (item) {
        return window.Jingzhong.questions.full(base, [item]).then(function (questions) {
          item.section = item.section || window.Jingzhong.questions.build(root, questions[0]);
          var view = window.Jingzhong.question(item.section);
          view.shuffle(progress.today(), "");
          return item.section;
        });
      },
      state: function (item) {
        return item.state || "";
      },
      shown: function (item) {
        tries.shown(item);
      },
      enter: function (item) {
        tries.proceed(item);
      },
    });
    var tries = window.Jingzhong.tries(deck, answered);

    function answered(item) {
      if (doing === "daily" && item.state) progress.recordDaily(bankChoice.value, item.id, deck.items.length);
      var left = deck.items.filter(function (one) {
        return !one.state;
      });
      if (!left.length && item.state) {
        var right = deck.items.filter(function (one) {
          return one.state === "right";
        });
        var said = words(TEXT.finished, [deck.items.length, right.length]);
        deck.say(deck.live.textContent + " " + said);
        find("[data-done]").textContent = said;
        find("[data-done]").hidden = false;
      }
      overview();
    }

    /** Items for `[{id, bank}]`; questions that banks no longer have are dropped from the book. */
    function locate(entries) {
      var names = [];
      entries.forEach(function (entry) {
        var known = banks.some(function (bank) {
          return bank.id === entry.bank;
        });
        if (known && names.indexOf(entry.bank) < 0) names.push(entry.bank);
      });
      return Promise.all(
        names.map(function (name) {
          return window.Jingzhong.questions.index(base, name);
        }),
      ).then(function (indexes) {
        var byId = new Map();
        indexes.forEach(function (index) {
          index.items.forEach(function (item) {
            byId.set(item.id, item);
          });
        });
        var gone = entries.filter(function (entry) {
          return !byId.has(entry.id);
        });
        if (gone.length) {
          progress.drop(
            gone.map(function (entry) {
              return entry.id;
            }),
          );
          notice(words(TEXT.gone, [gone.length]));
        }
        return entries
          .filter(function (entry) {
            return byId.has(entry.id);
          })
          .map(function (entry) {
            return byId.get(entry.id);
          });
      });
    }

    function notice(text) {
      find("[data-notice]").textContent = text;
      find("[data-notice]").hidden = !text;
    }

    function work(what, items) {
      doing = what;
      notice(items.length ? "" : TEXT.none);
      find("[data-done]").hidden = true;
      find("[data-questions]").hidden = !items.length;
      deck.view = "one";
      return deck.setItems(items, 0).then(function () {
        overview();
        if (items.length) deck.go(0);
      });
    }

    function start(what, entries) {
      notice("");
      locate(entries).then(
        function (items) {
          work(what, items);
        },
        function () {
          notice(TEXT.failed);
        },
      );
    }

    /** The five questions of one day of a plan; the day's theme is said above them. */
    function planItems(plan, day) {
      return window.Jingzhong.load(base, "plans", plan.id).then(function (days) {
        var found = days[String(day)];
        find("[data-theme]").hidden = !found;
        if (!found) {
          notice(TEXT.noDay);
          return null;
        }
        find("[data-theme]").textContent = words(TEXT.plan, [plan.month, day, found[0]]);
        return locate(
          found[1].map(function (pair) {
            return { id: pair[0], bank: pair[1] };
          }),
        );
      });
    }

    function planOf(id) {
      return offer.plans.filter(function (plan) {
        return plan.id === id;
      })[0];
    }

    function dailyItems() {
      var plan = planOf(bankChoice.value.replace(/^plan /, ""));
      find("[data-theme]").hidden = true;
      if (plan) return planItems(plan, Number(progress.today().slice(8)));
      return window.Jingzhong.questions.index(base, bankChoice.value).then(function (index) {
        var ids = index.items.map(function (item) {
          return item.id;
        });
        return window.Jingzhong.draw.daily(ids, bankChoice.value, progress.today()).map(function (id) {
          return index.items[ids.indexOf(id)];
        });
      });
    }

    function calendar() {
      var days = progress.daily().days;
      var month = progress.today().slice(0, 8);
      var parts = progress.today().split("-").map(Number);
      var length = new Date(parts[0], parts[1], 0).getDate();
      var list = find("[data-days]");
      var count = 0;
      list.textContent = "";
      for (var day = 1; day <= length; day += 1) {
        var name = month + String(day).padStart(2, "0");
        var done = days.indexOf(name) >= 0;
        var cell = list.appendChild(document.createElement("li"));
        count += done ? 1 : 0;
        cell.dataset.state = done ? "right" : "";
        cell.textContent = day + (done ? "✓" : "");
        if (day === parts[2]) cell.setAttribute("aria-current", "date");
      }
      find("[data-days-count]").textContent = words(TEXT.days, [count]);
    }

    function overview() {
      var lists = { open: progress.open(), due: progress.due(), mastered: progress.mastered() };
      var facts = find("[data-counts]");
      facts.textContent = "";
      Object.keys(TEXT.counts).forEach(function (key) {
        var group = facts.appendChild(document.createElement("div"));
        group.appendChild(document.createElement("dt")).textContent = TEXT.counts[key];
        group.appendChild(document.createElement("dd")).textContent = lists[key].length + TEXT.unit;
      });
      find("[data-do-due]").textContent = words(TEXT.due, [lists.due.length]);
      find("[data-do-open]").textContent = words(TEXT.open, [lists.open.length]);
      find("[data-do-due]").disabled = !lists.due.length;
      find("[data-do-open]").disabled = !lists.open.length;
      calendar();
      results();
    }

    function results() {
      var list = find("[data-results]");
      list.textContent = "";
      progress.results().forEach(function (one) {
        var text = words(TEXT.result, [one.title, one.text, one.day, one.id]);
        list.appendChild(document.createElement("li")).textContent = text;
      });
      find("[data-results-part]").hidden = !list.children.length;
    }

    function on(name, act) {
      find("[data-" + name + "]").addEventListener("click", act);
    }

    on("do-due", function () {
      start("due", progress.due());
    });
    on("do-open", function () {
      start("open", progress.open());
    });
    function five(what, coming) {
      notice("");
      coming.then(
        function (items) {
          if (items) work(what, items);
        },
        function () {
          notice(TEXT.failed);
        },
      );
    }

    on("do-daily", function () {
      five("daily", dailyItems());
    });

    function choice(value, title) {
      var option = bankChoice.appendChild(document.createElement("option"));
      option.value = value;
      option.textContent = title;
    }

    // In its month a plan comes first: everybody answers the questions of the day's theme.
    offer.plans.forEach(function (plan) {
      if (plan.month === Number(progress.today().slice(5, 7))) choice("plan " + plan.id, plan.title);
    });
    banks.forEach(function (bank) {
      choice(bank.id, bank.title);
    });
    bankChoice.value = progress.daily().bank;
    if (!bankChoice.value) bankChoice.selectedIndex = 0;
    window.Jingzhong.bookFile(root, function () {
      find("[data-questions]").hidden = true;
      overview();
    });
    progress.onLoss(function () {
      find("[data-storage]").hidden = false;
    });
    find("[data-plain]").hidden = true;
    find("[data-book]").hidden = false;
    overview();
    if (!progress.due().length) notice(TEXT.none);
    var asked = new URLSearchParams(window.location.search);
    var plan = planOf(asked.get("plan"));
    if (plan) five("plan", planItems(plan, Number(asked.get("day"))));
  }

  window.Jingzhong.modules.book = book;
})();
