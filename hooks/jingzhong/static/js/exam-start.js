/*
 * Choosing an exam: a contest's blueprint, some questions of a bank, or the paper that a link
 * brings. `Jingzhong.examStart(root, offer, act)` fills the form and calls back
 * `act.start(paper, extra)` and `act.room(paper)`.
 */
(function () {
  "use strict";

  // Light modules that the standard wants around a code.
  var QUIET = 4;
  var COUNTS = [10, 20, 25, 50, 100];
  var MINUTES = [0, 10, 15, 20, 30, 45, 60, 90, 120];
  var TEXT = {
    contests: "竞赛和试卷（模拟卷）",
    banks: "从题库里抽",
    all: "全部题库",
    questions: " 题",
    every: ["全部 ", " 题"],
    none: "不限时",
    minutes: " 分钟",
    points: " 分",
    facts: { title: "试卷", count: "题数", points: "满分", time: "时间", rule: "少选", id: "试卷编号" },
    rules: "填空和连线按空、按对给分，排序要全对",
    old: "题库在这份试卷发出之后改过，抽出的题可能和发卷时不同。请老师重新生成链接。",
    broken: "这个试卷链接不完整，可能是转发时断开了。请重新复制，或在下面自己选。",
    copied: "已复制",
    select: "请按住链接，选“复制”",
  };

  window.Jingzhong.examStart = function (root, offer, act) {
    var papers = window.Jingzhong.papers;
    var find = root.querySelector.bind(root);
    var form = find("[data-setup]");
    var source = find("[data-source]");
    var count = find("[data-count]");
    var minutes = find("[data-minutes]");
    var seed = find("[data-seed]");
    var variant = find("[data-variant]");
    var given = null;

    function addOption(parent, value, text) {
      var option = parent.appendChild(document.createElement("option"));
      option.value = value;
      option.textContent = text;
    }

    function addGroup(label, entries) {
      if (!entries.length) return;
      var group = source.appendChild(document.createElement("optgroup"));
      group.label = label;
      entries.forEach(function (entry) {
        addOption(group, entry[0], entry[1]);
      });
    }

    function sizeOf(name) {
      return offer.banks.reduce(function (sum, bank) {
        return sum + (name === "*" || bank.id === name ? bank.count : 0);
      }, 0);
    }

    function fill() {
      addGroup(
        TEXT.contests,
        offer.contests.map(function (contest) {
          return ["contest " + contest.id, contest.title];
        }),
      );
      var banks = offer.banks.map(function (bank) {
        return ["bank " + bank.id, bank.title];
      });
      if (banks.length > 1) banks.push(["bank *", TEXT.all]);
      addGroup(TEXT.banks, banks);
      MINUTES.forEach(function (number) {
        addOption(minutes, String(number), number ? number + TEXT.minutes : TEXT.none);
      });
      minutes.value = "20";
    }

    function fillCounts() {
      var size = sizeOf(source.value.split(" ")[1]);
      var before = count.value || "20";
      count.textContent = "";
      COUNTS.forEach(function (number) {
        if (number < size) addOption(count, String(number), number + TEXT.questions);
      });
      if (size <= 500) addOption(count, String(size), TEXT.every[0] + size + TEXT.every[1]);
      count.value = before;
      if (!count.value) count.selectedIndex = 0;
    }

    function freePaper(name) {
      var number = Number(count.value);
      var banks = offer.banks.filter(function (bank) {
        return name === "*" || bank.id === name;
      });
      return {
        title: (name === "*" ? TEXT.all : banks[0].title) + "（" + number + TEXT.questions + "）",
        minutes: Number(minutes.value),
        scoring: "全对才得分",
        sections: [
          {
            type: "",
            count: number,
            banks: banks.map(function (bank) {
              return bank.id;
            }),
            topics: [],
            difficulties: [],
            points: 100 % number ? 100 : 10000 / number,
          },
        ],
        seed: "",
        variant: "",
        id: "",
      };
    }

    /** What the form asks for now. */
    function blueprint() {
      if (given) return Object.assign({}, given);
      var parts = source.value.split(" ");
      if (parts[0] === "bank") return freePaper(parts[1]);
      return papers.fromContest(
        offer.contests.filter(function (contest) {
          return contest.id === parts[1];
        })[0],
      );
    }

    function paper() {
      var made = blueprint();
      if (!given) made.seed = window.Jingzhong.draw.plainSeed(seed.value) || made.seed || papers.randomSeed();
      made.variant = variant.value;
      return made;
    }

    function facts(made) {
      var list = find("[data-facts]");
      var shown = {
        title: made.title,
        count: papers.countOf(made) + TEXT.questions,
        points: papers.total(made) / 100 + TEXT.points,
        time: made.minutes ? made.minutes + TEXT.minutes : TEXT.none,
        rule: made.scoring + "；" + TEXT.rules,
      };
      if (made.id) shown.id = made.id;
      list.textContent = "";
      Object.keys(shown).forEach(function (key) {
        list.appendChild(document.createElement("dt")).textContent = TEXT.facts[key];
        list.appendChild(document.createElement("dd")).textContent = shown[key];
      });
    }

    function update() {
      var free = !given && source.value.indexOf("bank ") === 0;
      find("[data-free]").hidden = !free;
      root.querySelectorAll("[data-choice]").forEach(function (part) {
        part.hidden = Boolean(given);
      });
      find("[data-other]").hidden = !given;
      find("[data-link-row]").hidden = true;
      showCode(false);
      facts(blueprint());
    }

    /** The address that gives everybody this paper. */
    function link(made) {
      return window.location.href.split(/[?#]/)[0] + "#paper=" + papers.encode(made);
    }

    /** The link as a code to scan; one to a file on this disk would lead nobody anywhere. */
    function drawCode(made) {
      var rows = /^http/.test(window.location.protocol) ? window.Jingzhong.qr(link(made)) : null;
      showCode(false);
      find("[data-show-code]").hidden = !rows;
      if (!rows) return;
      var path = "";
      rows.forEach(function (row, y) {
        row.forEach(function (dark, x) {
          if (dark) path += "M" + x + " " + y + "h1v1h-1z";
        });
      });
      var size = rows.length + 2 * QUIET;
      find("[data-code] svg").setAttribute("viewBox", [-QUIET, -QUIET, size, size].join(" "));
      find("[data-code] path").setAttribute("d", path);
      find("[data-code-id]").textContent = made.id;
    }

    function showCode(on) {
      find("[data-code]").hidden = !on;
      find("[data-show-code]").setAttribute("aria-expanded", String(on));
    }

    function problem(text) {
      find("[data-problem]").textContent = text;
      find("[data-problem]").hidden = !text;
    }

    /** Take what the address asks for: `?bank=`, `?contest=`, `#paper=`. */
    function follow() {
      var asked = /#paper=([\w-]+)/.exec(window.location.hash);
      var wanted = /[?#&](bank|contest)=([a-z0-9-]+)/.exec(window.location.search + window.location.hash);
      problem("");
      given = null;
      if (asked) {
        given = papers.decode(asked[1]);
        if (!given) problem(TEXT.broken);
        else variant.value = given.variant;
      } else if (wanted) {
        var value = wanted[1] + " " + wanted[2];
        var known = Array.prototype.some.call(source.options, function (option) {
          return option.value === value;
        });
        if (known) source.value = value;
      }
      fillCounts();
      update();
      if (!given) return Promise.resolve();
      var paperGiven = given;
      return papers.prepare(root.dataset.data, given).then(
        function (drawn) {
          if (paperGiven.id && drawn.id !== paperGiven.id) problem(TEXT.old);
        },
        function (error) {
          problem(error.message);
        },
      );
    }

    source.addEventListener("change", function () {
      fillCounts();
      update();
    });
    form.addEventListener("change", update);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      act.start(paper(), Number(find("[data-extra]").value));
    });
    find("[data-show-room]").addEventListener("click", function () {
      act.room(paper());
    });
    find("[data-make-link]").addEventListener("click", function () {
      var made = paper();
      papers.prepare(root.dataset.data, made).then(
        function (drawn) {
          made.id = drawn.id;
          // From here on this very paper is meant, whatever seed was left to chance.
          if (!given && !seed.value) seed.value = made.seed;
          facts(made);
          find("[data-link]").value = link(made);
          drawCode(made);
          find("[data-link-row]").hidden = false;
          find("[data-link]").select();
        },
        function (error) {
          problem(error.message);
        },
      );
    });
    find("[data-show-code]").addEventListener("click", function () {
      showCode(find("[data-code]").hidden);
      if (!find("[data-code]").hidden) find("[data-code]").focus();
    });
    find("[data-copy]").addEventListener("click", function (event) {
      var field = find("[data-link]");
      field.select();
      var done = document.execCommand("copy");
      event.target.textContent = done ? TEXT.copied : TEXT.select;
    });
    find("[data-other]").addEventListener("click", function () {
      window.location.hash = "";
    });
    /** Whether the link, if one brought a paper, means the one of this session, in whatever order. */
    function asksFor(session) {
      return !given || papers.encode(Object.assign({}, given, { variant: session.paper.variant })) === session.code;
    }

    fill();
    return { follow: follow, link: link, problem: problem, asksFor: asksFor };
  };
})();
