/*
 * The search page: all hits, with facets. What is asked for stands in the address
 * (`#q=动火&kind=case&sector=消防`), so it can be shared and the back button undoes it.
 */
(function () {
  "use strict";

  var J = window.Jingzhong;
  var S = J.search;
  var TEXT = {
    all: "全部",
    kind: { case: "案例", regulation: "法规", question: "题目", page: "页面" },
    reason: { synonym: "也搜了同义的", pinyin: "按拼音找到", typo: "您是不是要找", parts: "拆成几个词来找" },
    found: function (total, about) {
      return "找到" + (about ? "约 " : " ") + total + " 条。";
    },
    also: function (reason, term) {
      return " " + reason + "“" + term + "”。";
    },
    none: function (text) {
      return "没有找到“" + text + "”。已按原文逐字找过，也试过同义词、拼音、一个错字和拆开来找。";
    },
    failed: function () {
      return navigator.onLine === false
        ? "未联网：这次要用的索引还没有存在这台设备上，联网后再搜。"
        : "没有读到索引：未联网，或者网站刚刚更新。联网后刷新页面再试。";
    },
    more: function (term, total) {
      return "看全部 " + total + " 条";
    },
  };
  var KEYS = ["q", "kind", "sector", "grade", "year"];
  var PAGE = 20, WAIT = 200;

  function readState() {
    var hash = window.location.hash.slice(1);
    var given = new URLSearchParams(/(^|&)q=/.test(hash) ? hash : window.location.search);
    var state = {};
    KEYS.forEach(function (key) {
      state[key] = given.get(key) || "";
    });
    return state;
  }

  function hashOf(state) {
    return "#" + KEYS.filter(function (key) {
      return key === "q" || state[key];
    }).map(function (key) {
      return key + "=" + encodeURIComponent(state[key]);
    }).join("&");
  }

  /** Facets as one bit a unit, read from the index when the page is first used. */
  function readFacets(engine) {
    return engine.file("facets").then(function (table) {
      var facets = {};
      Object.keys(table).forEach(function (name) {
        facets[name] = Object.keys(table[name]).map(function (value) {
          var has = new Uint8Array(engine.count);
          engine.readIds(table[name][value], function (id) {
            has[id] = 1;
          });
          return { value: value, has: has };
        });
      });
      facets.kind = engine.kinds.map(function (kind) {
        var has = new Uint8Array(engine.count).fill(1, kind.first, kind.end);
        return { value: kind.name, has: has };
      });
      if (facets.year) facets.year.reverse();
      return facets;
    });
  }

  J.modules["search-page"] = function (element) {
    var form = element.querySelector("[data-form]");
    var filters = element.querySelector("[data-filters]");
    var status = element.querySelector("[data-search-status]");
    var list = element.querySelector("[data-hits]");
    var more = element.querySelector("[data-more]");
    var related = element.querySelector("[data-related]");
    var none = element.querySelector("[data-none]");
    var start = element.querySelector("[data-start]");
    var hitTemplate = element.querySelector("template[data-hit]");
    var groupTemplate = element.querySelector("template[data-group]");
    var selects = Array.prototype.slice.call(filters.querySelectorAll("select"));
    var turn = 0, limit = PAGE, timer = 0;

    function accept(facets, state, except) {
      var masks = [];
      Object.keys(facets).forEach(function (name) {
        if (name === except || !state[name]) return;
        var one = facets[name].find(function (choice) {
          return choice.value === state[name];
        });
        masks.push(one ? one.has : new Uint8Array(0));
      });
      return function (id) {
        return masks.every(function (mask) {
          return mask[id];
        });
      };
    }

    /** Counts beside each choice, under the other choices made. */
    function fill(facets, state, ids) {
      selects.forEach(function (select) {
        var rest = ids.filter(accept(facets, state, select.name));
        select.textContent = "";
        [{ value: "", has: null }].concat(facets[select.name] || []).forEach(function (choice) {
          var count = choice.has ? rest.filter(function (id) {
            return choice.has[id];
          }).length : rest.length;
          if (!count && choice.value !== state[select.name]) return;
          var option = document.createElement("option");
          option.value = choice.value;
          var name = choice.value ? TEXT.kind[choice.value] || choice.value : TEXT.all;
          option.textContent = name + "（" + count + "）";
          select.appendChild(option);
        });
        select.value = state[select.name];
        select.closest("label").hidden = select.options.length < 2;
      });
      filters.hidden = !ids.length;
    }

    function drawHit(engine, hit, words, into) {
      var item = hitTemplate.content.cloneNode(true);
      var link = item.querySelector("a");
      link.href = S.link(hit, words);
      link.appendChild(S.marked(engine, hit.title, words));
      item.querySelector("[data-kind]").textContent = TEXT.kind[hit.kind];
      item.querySelector("[data-excerpt]").appendChild(S.marked(engine, hit.excerpt || "", words));
      into.appendChild(item);
    }

    function drawRelated(engine, lists, state) {
      related.textContent = "";
      lists.forEach(function (one) {
        var group = groupTemplate.content.cloneNode(true);
        group.querySelector("[data-reason]").textContent = TEXT.reason[one.reason];
        group.querySelector("[data-term]").textContent = one.term;
        one.hits.forEach(function (hit) {
          drawHit(engine, hit, engine.parse(one.term).words, group.querySelector("[data-list]"));
        });
        var all = group.querySelector("[data-all]");
        all.textContent = TEXT.more(one.term, one.total);
        all.href = hashOf(Object.assign({}, state, { q: one.term }));
        related.appendChild(group);
      });
    }

    function update(keepFocus) {
      var state = readState(), mine = (turn += 1);
      if (form.elements.q.value.trim() !== state.q.trim()) form.elements.q.value = state.q;
      start.hidden = Boolean(state.q.trim());
      none.hidden = true;
      if (!state.q.trim()) {
        list.textContent = related.textContent = status.textContent = "";
        more.hidden = filters.hidden = true;
        return;
      }
      Promise.all([S.engine(), S.need("search-marks"), S.need("search-box")]).then(function (loaded) {
        var engine = loaded[0];
        return readFacets(engine).then(function (facets) {
          var chosen = accept(facets, state, "");
          // One search without facets for the counts, one with them for the hits.
          return engine.prepare(state.q).then(function () {
            return Promise.all([
              engine.query(state.q, { limit: limit, accept: chosen }),
              engine.literal(state.q, { limit: 0 }),
            ]);
          }).then(function (answers) {
            if (mine === turn) draw(engine, facets, state, answers[0], answers[1].ids, keepFocus);
          });
        });
      }).catch(function () {
        if (mine === turn) status.textContent = TEXT.failed();
      });
    }

    function draw(engine, facets, state, answer, ids, keepFocus) {
      var shown = list.children.length;
      list.textContent = "";
      answer.hits.forEach(function (hit) {
        drawHit(engine, hit, answer.words, list);
      });
      fill(facets, state, ids);
      drawRelated(engine, answer.related, state);
      var said = answer.hits.length ? TEXT.found(answer.total, answer.approximate) : TEXT.none(state.q);
      status.textContent = answer.related.reduce(function (text, one) {
        return text + TEXT.also(TEXT.reason[one.reason], one.term);
      }, said);
      none.hidden = answer.hits.length > 0;
      more.hidden = answer.total <= answer.hits.length;
      if (keepFocus && list.children[shown]) list.children[shown].querySelector("a").focus();
    }

    /** While typing, the address follows without a step back for each letter. */
    function typed(event) {
      clearTimeout(timer);
      if (event.isComposing) return;
      timer = setTimeout(function () {
        var text = form.elements.q.value.trim();
        if (text === readState().q.trim()) return;
        limit = PAGE;
        window.history.replaceState(null, "", hashOf({ q: text }));
        update();
      }, WAIT);
    }

    form.addEventListener("input", typed);
    form.addEventListener("compositionend", typed);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      clearTimeout(timer);
      limit = PAGE;
      var hash = hashOf({ q: form.elements.q.value.trim() });
      if (hash === window.location.hash) update();
      else window.location.hash = hash;
    });
    filters.addEventListener("change", function () {
      var state = { q: readState().q };
      selects.forEach(function (select) {
        state[select.name] = select.value;
      });
      limit = PAGE;
      window.location.hash = hashOf(state);
    });
    more.addEventListener("click", function () {
      limit += PAGE;
      update(true);
    });
    window.addEventListener("hashchange", function () {
      limit = PAGE;
      update();
    });
    form.hidden = false;
    update();
  };
})();
