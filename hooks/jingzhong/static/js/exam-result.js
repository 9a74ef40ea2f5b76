/*
 * The result of an exam that was handed in: points by section, what to print, and what a
 * certificate says. `Jingzhong.examResult.show(root, session, questions)` marks the items, shows all
 * and returns the score in words; questions are the full ones in the order of the session's items.
 */
(function () {
  "use strict";

  var words = window.Jingzhong.words;
  // Of questions beside one another in the table for paper, as in the template.
  var COLUMNS = 3;
  var TEXT = {
    kinds: {
      single: "单项选择题",
      multiple: "多项选择题",
      judge: "判断题",
      blank: "填空题",
      order: "排序题",
      match: "连线题",
      "": "不分题型",
    },
    numbers: "一二三四五六七八九十",
    result: "成绩：",
    points: ["", " 分，满分 ", " 分"],
    right: ["答对 ", " 题，部分答对 ", " 题，答错 ", " 题，没有作答 ", " 题。"],
    used: "用时 ",
    extra: "延长到 ",
    times: " 倍",
    untimed: "不限时",
    breaks: ["；中断 ", " 次，共 ", " 分钟"],
    pauses: ["；暂停 ", " 次"],
    variant: "，卷别 ",
    id: "试卷编号 ",
    auto: "时间到，自动交卷。",
    device: "由这台设备判分，没有监考。",
    nameless: "（未填姓名）",
    states: { right: "✓ 对", part: "◐ 部分对", wrong: "✗ 错", none: "○ 未答" },
    gave: ["你答 ", "，应为 ", ""],
    wanted: "应为 ",
  };

  function format(points) {
    return String(points / 100);
  }

  /** Score every item; {points, total, states, sections}. */
  function marked(session, questions) {
    var sections = session.paper.sections.map(function (one) {
      return { type: one.type, count: 0, right: 0, points: 0, total: 0 };
    });
    var counts = { right: 0, part: 0, wrong: 0, none: 0 };
    var sum = { points: 0, total: 0 };
    session.items.forEach(function (item, at) {
      var response = session.answers[item.id];
      var given = response === undefined ? emptyFor(item.type) : response;
      var result = window.Jingzhong.scoring.score(questions[at], given, item.points, session.paper.scoring);
      item.result = result;
      item.state = result.state;
      counts[result.state] += 1;
      [sections[item.part], sum].forEach(function (row) {
        row.points += result.points;
        row.total += item.points;
      });
      sections[item.part].count += 1;
      sections[item.part].right += result.state === "right" ? 1 : 0;
    });
    return { points: sum.points, total: sum.total, counts: counts, sections: sections };
  }

  function emptyFor(type) {
    return type === "blank" || type === "order" ? [] : type === "match" ? {} : "";
  }

  function cell(row, text, heading) {
    var node = row.appendChild(document.createElement(heading ? "th" : "td"));
    if (heading) node.scope = "row";
    node.textContent = text;
  }

  function table(root, result) {
    var body = root.querySelector("[data-rows]");
    body.textContent = "";
    result.sections.forEach(function (one, at) {
      var row = body.appendChild(document.createElement("tr"));
      cell(row, (TEXT.numbers[at] || at + 1) + "、" + TEXT.kinds[one.type], true);
      cell(row, String(one.count));
      cell(row, String(one.right));
      cell(row, format(one.points) + " / " + format(one.total));
    });
  }

  /** For paper: every question with right or wrong and its answer, downwards in three columns. */
  function each(root, session) {
    var body = root.querySelector("[data-each]");
    var count = Math.ceil(session.items.length / COLUMNS);
    body.textContent = "";
    for (var line = 0; line < count; line += 1) {
      var row = body.appendChild(document.createElement("tr"));
      for (var column = 0; column < COLUMNS; column += 1) {
        var item = session.items[column * count + line];
        cell(row, item ? String(item.number) : "");
        cell(row, item ? TEXT.states[item.state] : "");
        cell(row, item ? answerText(item) : "");
      }
    }
  }

  function answerText(item) {
    var view = window.Jingzhong.question(item.section);
    if (item.state === "right") return view.say(view.response());
    if (item.state === "none") return TEXT.wanted + view.answerText();
    return words(TEXT.gave, [view.say(view.response()), view.answerText()]);
  }

  /** What goes on paper: "score", "wrong" (the score and what was not all right) or "all". */
  function choose(root, session) {
    var what = root.querySelector("[data-print-what]").value;
    var isPerfect = session.items.every(function (item) {
      return item.state === "right";
    });
    document.documentElement.dataset.prints = what === "wrong" && isPerfect ? "score" : what;
  }

  function timeText(session) {
    var text = TEXT.used + window.Jingzhong.clockText(session.spent);
    if (session.paper.minutes && session.extra === 0) text += "（" + TEXT.untimed + "）";
    else if (session.paper.minutes && session.extra !== 1) text += "（" + TEXT.extra + session.extra + TEXT.times + "）";
    if (session.breaks) {
      text += words(TEXT.breaks, [session.breaks, Math.ceil(session.away / 60)]);
    }
    if (session.pauses) text += words(TEXT.pauses, [session.pauses]);
    return text;
  }

  function show(root, session, questions) {
    var find = root.querySelector.bind(root);
    var result = marked(session, questions);
    var score = words(TEXT.points, [format(result.points), format(result.total)]);
    var counts = result.counts;
    find("[data-result-title]").textContent = TEXT.result + session.paper.title;
    find("[data-score]").textContent = score;
    find("[data-summary]").textContent =
      (session.auto ? TEXT.auto : "") +
      words(TEXT.right, [counts.right, counts.part, counts.wrong, counts.none]);
    var id = TEXT.id + session.id + (session.paper.variant ? TEXT.variant + session.paper.variant : "");
    find("[data-evidence]").textContent = id + "。" + timeText(session) + "。" + session.handed + "，" + TEXT.device;
    table(root, result);
    find("[data-certificate-title]").textContent = session.paper.title;
    find("[data-certificate-score]").textContent = score;
    find("[data-certificate-id]").textContent = session.id + (session.paper.variant ? TEXT.variant + session.paper.variant : "");
    find("[data-certificate-date]").textContent = session.handed;
    find("[data-certificate-time]").textContent = timeText(session);
    certificateName(root, "");
    return score;
  }

  function certificateName(root, name) {
    root.querySelector("[data-certificate-name]").textContent = name.trim() || TEXT.nameless;
  }

  /** What was wrong goes into the book, and the score into the list of results. */
  function keep(session, score) {
    var progress = window.Jingzhong.progress;
    session.items.forEach(function (item) {
      if (item.state !== "none") progress.record(item.id, item.bank, item.state === "right");
    });
    var title = session.paper.title;
    progress.addResult({ title: title, text: score, id: session.id, day: session.handed });
  }

  /** Wire what a result page can do; once. */
  function wire(root, again) {
    var find = root.querySelector.bind(root);
    find("[data-again]").addEventListener("click", again);
    find("[data-holder]").addEventListener("input", function (event) {
      certificateName(root, event.target.value);
    });
    find("[data-certificate-form]").addEventListener("submit", function (event) {
      event.preventDefault();
      window.Jingzhong.printPart("certificate");
    });
  }

  window.Jingzhong.examResult = { show: show, each: each, choose: choose, keep: keep, wire: wire };
})();
