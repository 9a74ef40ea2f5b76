/*
 * A paper as something to hand on: blueprint, seed and variant in a link, and the drawing of its
 * questions: `Jingzhong.papers`. A link comes from anywhere, so everything in it is checked.
 *
 * paper: {title, minutes, scoring, sections, seed, variant, id}; `id` says what it was when it was
 * made, so that a changed bank is noticed.
 */
(function () {
  "use strict";

  var VERSION = 1;
  var TYPES = ["", "single", "multiple", "judge", "blank", "order", "match"];
  var VARIANTS = ["", "A", "B", "C", "D"];
  var MOST = 500;
  var SCORING = /^(全对才得分|少选得半|每选一个得[0-9]{1,3}(\.[0-9]{1,2})?)$/;
  var NAME = /^[a-z0-9][a-z0-9-]*$/;
  var TEXT = {
    short: ["这份试卷组不出来：第 ", " 大题要 ", " 题，现在的题库只能给出 ", " 题。"],
    failed: "题库数据没有读到，请刷新页面再试。",
  };

  function encode(paper) {
    var sections = paper.sections.map(function (s) {
      return [s.type, s.count, s.banks, s.topics, s.difficulties, s.points];
    });
    var parts = [VERSION, paper.title, paper.minutes, paper.scoring, sections, paper.seed, paper.variant, paper.id];
    var bytes = new TextEncoder().encode(JSON.stringify(parts));
    var binary = "";
    bytes.forEach(function (byte) {
      binary += String.fromCharCode(byte);
    });
    return window.btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function isText(value, most) {
    return typeof value === "string" && value.length <= most;
  }

  function isWhole(value, least, most) {
    return Number.isInteger(value) && value >= least && value <= most;
  }

  function isList(value, test) {
    return Array.isArray(value) && value.length <= MOST && value.every(test);
  }

  function isSection(row) {
    return (
      Array.isArray(row) &&
      TYPES.indexOf(row[0]) >= 0 &&
      isWhole(row[1], 1, MOST) &&
      isList(row[2], function (name) {
        return isText(name, 100) && NAME.test(name);
      }) &&
      row[2].length > 0 &&
      isList(row[3], function (topic) {
        return isText(topic, 100);
      }) &&
      isList(row[4], function (level) {
        return isWhole(level, 1, 5);
      }) &&
      isWhole(row[5], 0, 100000)
    );
  }

  function section(row) {
    return {
      type: row[0],
      count: row[1],
      banks: row[2],
      topics: row[3],
      difficulties: row[4],
      points: row[5],
    };
  }

  function countOf(sections) {
    return sections.reduce(function (sum, one) {
      return sum + one.count;
    }, 0);
  }

  /** The paper in a link, or null where the link is damaged or not one of ours. */
  function decode(text) {
    var parts;
    try {
      var binary = window.atob(text.replace(/-/g, "+").replace(/_/g, "/"));
      var bytes = Uint8Array.from(binary, function (char) {
        return char.charCodeAt(0);
      });
      parts = JSON.parse(new TextDecoder().decode(bytes));
    } catch (error) {
      return null;
    }
    var sound =
      Array.isArray(parts) &&
      parts[0] === VERSION &&
      isText(parts[1], 200) &&
      isWhole(parts[2], 0, 600) &&
      isText(parts[3], 20) &&
      SCORING.test(parts[3]) &&
      isList(parts[4], isSection) &&
      parts[4].length > 0 &&
      isText(parts[5], 200) &&
      VARIANTS.indexOf(parts[6]) >= 0 &&
      isText(parts[7], 8);
    if (!sound) return null;
    var sections = parts[4].map(section);
    if (countOf(sections) > MOST) return null;
    return {
      title: parts[1],
      minutes: parts[2],
      scoring: parts[3],
      sections: sections,
      seed: parts[5],
      variant: parts[6],
      id: parts[7],
    };
  }

  /** A blueprint as the build writes it into the page. */
  function fromContest(contest) {
    return {
      title: contest.title,
      minutes: contest.minutes,
      scoring: contest.scoring,
      sections: contest.sections.map(section),
      seed: contest.seed,
      variant: "",
      id: "",
    };
  }

  function randomSeed() {
    var numbers = window.crypto.getRandomValues(new Uint32Array(2));
    return numbers[0].toString(36).toUpperCase() + "-" + numbers[1].toString(36).toUpperCase();
  }

  function banksOf(paper) {
    var names = [];
    paper.sections.forEach(function (one) {
      one.banks.forEach(function (name) {
        if (names.indexOf(name) < 0) names.push(name);
      });
    });
    return names;
  }

  /**
   * Draw the paper: {id, items}, each item with its `section` index and `points`. Rejects with an
   * Error whose message is for the reader. `ids`: sections of question ids drawn before, to go on with.
   */
  function prepare(base, paper, ids) {
    var names = banksOf(paper);
    return Promise.all(
      names.map(function (name) {
        return window.Jingzhong.questions.index(base, name);
      }),
    ).then(
      function (indexes) {
        var byId = new Map();
        var candidates = [];
        var hashes = indexes.map(function (index, at) {
          index.items.forEach(function (item) {
            byId.set(item.id, item);
            candidates.push(item);
          });
          return [names[at], index.hash];
        });
        var drawn = ids || drawFrom(paper, candidates);
        var items = [];
        drawn.forEach(function (part, at) {
          part.forEach(function (id) {
            var item = byId.get(id);
            if (!item) return;
            items.push(
              Object.assign({}, item, {
                part: at,
                points: paper.sections[at].points,
                number: items.length + 1,
              }),
            );
          });
        });
        var id = window.Jingzhong.draw.paperId(paper, paper.seed, hashes);
        return { id: id, ids: drawn, items: items };
      },
      function () {
        throw new Error(TEXT.failed);
      },
    );
  }

  function drawFrom(paper, candidates) {
    try {
      return window.Jingzhong.draw.draw(paper.sections, candidates, paper.seed, paper.variant);
    } catch (error) {
      if (error.section === undefined) throw error;
      var wanted = paper.sections[error.section].count;
      throw new Error(
        window.Jingzhong.words(TEXT.short, [error.section + 1, wanted, error.have]),
      );
    }
  }

  function total(paper) {
    return paper.sections.reduce(function (sum, one) {
      return sum + one.count * one.points;
    }, 0);
  }

  window.Jingzhong.papers = {
    VARIANTS: VARIANTS,
    encode: encode,
    decode: decode,
    fromContest: fromContest,
    randomSeed: randomSeed,
    prepare: prepare,
    countOf: function (paper) {
      return countOf(paper.sections);
    },
    total: total,
  };
})();
