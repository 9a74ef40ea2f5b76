/*
 * Filtering lists: cases from data shards, regulations from what already stands on the page.
 * The choice is kept in the address (`#sector=消防&grade=重大`), so it can be shared and the
 * back button undoes it.
 */
(function () {
  "use strict";

  var TEXT = {
    all: "全部",
    found: "找到 ",
    unit: { cases: " 起", regulations: " 部" },
    none: "没有符合的。试试少选一项，或者点“清除筛选”。",
    unknown: "未公布",
    noGrade: "等级未公布",
    failed: "筛选数据没有读到，请刷新页面再试；也可以用下面按年份、按行业领域的列表。",
    people: "死亡 ",
  };
  var PAGE = 60;

  /** `#a=1&b=2` as an object with only the known keys. */
  function readHash(keys) {
    var state = {};
    window.location.hash
      .slice(1)
      .split("&")
      .forEach(function (pair) {
        var at = pair.indexOf("=");
        var key = pair.slice(0, at);
        if (keys.indexOf(key) < 0) return;
        try {
          state[key] = decodeURIComponent(pair.slice(at + 1));
        } catch (error) {
          // An address cut off in the middle of a character means no choice.
        }
      });
    return state;
  }

  function writeHash(state) {
    var pairs = Object.keys(state)
      .filter(function (key) {
        return state[key];
      })
      .map(function (key) {
        return key + "=" + encodeURIComponent(state[key]);
      });
    return pairs.length ? "#" + pairs.join("&") : "#all";
  }

  function matches(item, state, except) {
    return Object.keys(item.facets).every(function (key) {
      return key === except || !state[key] || item.facets[key].indexOf(state[key]) >= 0;
    });
  }

  /** Counts beside each choice, under the other choices made. */
  function fill(select, items, state, words) {
    var key = select.name;
    var counts = {};
    var total = 0;
    items.forEach(function (item) {
      if (!matches(item, state, key)) return;
      total += 1;
      item.facets[key].forEach(function (word) {
        counts[word] = (counts[word] || 0) + 1;
      });
    });
    select.textContent = "";
    [""].concat(words).forEach(function (word) {
      var count = word ? counts[word] || 0 : total;
      if (word && !count && state[key] !== word) return;
      var option = document.createElement("option");
      option.value = word;
      option.textContent = (word || TEXT.all) + "（" + count + "）";
      select.appendChild(option);
    });
    select.value = state[key] || "";
  }

  /** Wire selects, hash and results; `show(items, state)` draws what was found. */
  function wire(element, items, words, show) {
    var form = element.querySelector("form");
    var status = element.querySelector("[data-status]");
    var selects = Array.prototype.slice.call(form.querySelectorAll("select[data-facet]"));
    var sort = form.querySelector("select[data-sort]");
    var keys = selects.map(function (select) {
      return select.name;
    });
    if (sort) keys.push("sort");

    function update() {
      var state = readHash(keys);
      selects.forEach(function (select) {
        fill(select, items, state, words[select.name]);
      });
      if (sort) sort.value = state.sort || sort.options[0].value;
      var chosen = selects.some(function (select) {
        return state[select.name];
      });
      var found = items.filter(function (item) {
        return matches(item, state);
      });
      show(found, chosen || Boolean(state.sort), state.sort || "");
      status.textContent = chosen
        ? found.length
          ? TEXT.found + found.length + TEXT.unit[element.dataset.kind]
          : TEXT.none
        : "";
      form.querySelector("[data-clear]").hidden = !(chosen || state.sort);
    }

    form.addEventListener("change", function () {
      var state = {};
      selects.forEach(function (select) {
        state[select.name] = select.value;
      });
      if (sort && sort.selectedIndex > 0) state.sort = sort.value;
      window.location.hash = writeHash(state);
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
    });
    form.querySelector("[data-clear]").addEventListener("click", function () {
      window.location.hash = "#all";
      selects[0].focus();
    });
    window.addEventListener("hashchange", update);
    update();
    element.hidden = false;
  }

  /** A case from its row `[id, title, [sector…], type, grade, province, deaths]`. */
  function caseItem(row, words) {
    return {
      id: row[0],
      title: row[1],
      deaths: row[6],
      rank: row[4] < 0 ? 9 : row[4],
      facets: {
        sector: row[2].map(function (at) {
          return words.sector[at];
        }),
        type: [words.type[row[3]]],
        grade: row[4] < 0 ? [] : [words.grade[row[4]]],
        province: [words.province[row[5]]],
        year: [row[0].slice(0, 4)],
      },
    };
  }

  var ORDERS = {
    deaths: function (a, b) {
      return b.deaths - a.deaths || (a.id < b.id ? 1 : -1);
    },
    grade: function (a, b) {
      return a.rank - b.rank || (a.id < b.id ? 1 : -1);
    },
    oldest: function (a, b) {
      return a.id < b.id ? -1 : 1;
    },
  };

  function caseRow(template, item, base) {
    var row = template.content.cloneNode(true);
    var link = row.querySelector("a");
    link.textContent = item.title;
    link.href = base + item.id + ".html";
    var grade = item.facets.grade[0];
    var chip = row.querySelector("[data-grade]");
    chip.dataset.grade = grade || "未定";
    row.querySelector("[data-grade-name]").textContent = grade || TEXT.noGrade;
    for (var bar = item.rank; bar < 4; bar += 1) {
      row.querySelector("[data-bars]").appendChild(document.createElement("i"));
    }
    var date = item.id.slice(0, 10).split("-").map(Number);
    row.querySelector("time").textContent = date[0] + "年" + date[1] + "月" + date[2] + "日";
    row.querySelector("time").dateTime = item.id.slice(0, 10);
    row.querySelector("[data-place]").textContent = item.facets.province[0];
    row.querySelector("[data-figures]").textContent =
      TEXT.people + (item.deaths < 0 ? TEXT.unknown : item.deaths) + "　" + item.facets.sector.join("、");
    return row;
  }

  function facetCases(element) {
    var words = JSON.parse(element.querySelector("script").textContent);
    var list = element.querySelector("[data-list]");
    var more = element.querySelector("[data-more]");
    var template = element.querySelector("template");
    var plain = document.querySelector("[data-plain-list]");
    var shown = [];
    var loads = [];
    for (var shard = 1; shard <= words.shards; shard += 1) {
      loads.push(window.Jingzhong.load(element.dataset.base, "cases", String(shard)));
    }

    function append() {
      var first = list.children.length;
      shown.slice(first, first + PAGE).forEach(function (item) {
        list.appendChild(caseRow(template, item, element.dataset.cases));
      });
      more.hidden = list.children.length >= shown.length;
    }

    more.addEventListener("click", function () {
      var first = list.children.length;
      append();
      var next = list.children[first];
      if (next) next.querySelector("a").focus();
    });

    return Promise.all(loads).then(
      function (shards) {
        var items = [];
        shards.forEach(function (rows) {
          rows.forEach(function (row) {
            items.push(caseItem(row, words));
          });
        });
        var years = {};
        items.forEach(function (item) {
          years[item.facets.year[0]] = true;
        });
        words.year = Object.keys(years).sort().reverse();
        wire(element, items, words, function (found, active, order) {
          plain.hidden = active;
          list.textContent = "";
          shown = active ? (ORDERS[order] ? found.slice().sort(ORDERS[order]) : found) : [];
          append();
        });
      },
      function () {
        element.querySelector("[data-status]").textContent = TEXT.failed;
        element.querySelector("form").hidden = true;
        element.hidden = false;
      },
    );
  }

  function facetRegulations(element) {
    var rows = Array.prototype.slice.call(document.querySelectorAll("[data-regulation]"));
    var groups = Array.prototype.slice.call(document.querySelectorAll("[data-group]"));
    var words = { kind: [], topic: [], reader: [] };
    var items = rows.map(function (row) {
      var facets = {};
      Object.keys(words).forEach(function (key) {
        facets[key] = (row.dataset[key] || "").split("|").filter(Boolean);
        facets[key].forEach(function (word) {
          if (words[key].indexOf(word) < 0) words[key].push(word);
        });
      });
      return { row: row, facets: facets };
    });
    wire(element, items, words, function (found) {
      items.forEach(function (item) {
        item.row.hidden = found.indexOf(item) < 0;
      });
      groups.forEach(function (group) {
        var left = group.querySelectorAll("[data-regulation]:not([hidden])").length;
        group.hidden = !left;
        group.querySelector("[data-count]").textContent = left + TEXT.unit.regulations;
      });
    });
  }

  window.Jingzhong.modules.facets = function (element) {
    return element.dataset.kind === "cases" ? facetCases(element) : facetRegulations(element);
  };
})();
