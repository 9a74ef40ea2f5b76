/*
 * The list under the search field: first hits while typing. Arrows choose, Enter opens the chosen
 * hit (or the search page), Escape closes.
 */
(function () {
  "use strict";

  var S = window.Jingzhong.search;
  var TEXT = {
    kind: { case: "案例", regulation: "法规", question: "题目", page: "页面" },
    found: function (total, more) {
      return "找到" + (more ? "约 " : " ") + total + " 条，用上下键选择，回车打开";
    },
    none: "没有找到，回车看看别的说法",
    nothing: "没有找到，到搜索页换个说法",
    failed: "没有读到索引：未联网，或网站刚刚更新",
    all: "查看全部结果",
    also: "也搜了",
  };
  var SHOWN = 6, WAIT = 120;

  /** Where a hit leads, its words marked there. */
  S.link = function (hit, words) {
    var parts = hit.url.split("#");
    return S.root + parts[0] + "?h=" + encodeURIComponent(words.join(" ")) + (parts[1] ? "#" + parts[1] : "");
  };
  S.kindName = function (kind) {
    return TEXT.kind[kind];
  };

  S.box = function (form) {
    var input = form.querySelector("input");
    var list = form.querySelector("[data-list]");
    var status = form.querySelector("[data-status]");
    var template = form.querySelector("template");
    var turn = 0, timer = 0, active = -1;

    function options() {
      return Array.prototype.slice.call(list.children);
    }

    /** Make one option the active one; -1 for none. */
    function choose(at) {
      var all = options();
      active = at;
      all.forEach(function (option, index) {
        option.setAttribute("aria-selected", String(index === active));
      });
      if (active < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", all[active].id);
        all[active].scrollIntoView({ block: "nearest" });
      }
    }

    /** The next option or the one before; after the last comes the first. */
    function step(by) {
      var count = options().length;
      if (active < 0) choose(by > 0 ? 0 : count - 1);
      else choose((active + by + count) % count);
    }

    function close() {
      turn += 1;
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    }

    function option(href, title, small) {
      var item = template.content.firstElementChild.cloneNode(true);
      item.href = href;
      item.id = "jz-option-" + list.children.length;
      item.querySelector("[data-title]").appendChild(title);
      item.querySelector("[data-small]").appendChild(small);
      list.appendChild(item);
    }

    /** An option that says something and leads to the search page. */
    function plain(text, said) {
      var all = form.action + "?q=" + encodeURIComponent(text);
      option(all, document.createTextNode(said), document.createTextNode(""));
    }

    function show(engine, answer, text) {
      list.textContent = "";
      answer.hits.forEach(function (hit) {
        var small = document.createDocumentFragment();
        small.appendChild(document.createTextNode(TEXT.kind[hit.kind] + "　"));
        small.appendChild(S.marked(engine, hit.excerpt || "", answer.words));
        option(S.link(hit, answer.words), S.marked(engine, hit.title, answer.words), small);
      });
      answer.related.forEach(function (one) {
        var href = form.action + "?q=" + encodeURIComponent(one.term);
        option(href, document.createTextNode(one.term), document.createTextNode(TEXT.also + "　" + one.total));
      });
      if (answer.hits.length || !answer.related.length) plain(text, answer.hits.length ? TEXT.all : TEXT.nothing);
      var said = answer.hits.length ? TEXT.found(answer.total, answer.approximate) : TEXT.none;
      status.textContent = answer.related.reduce(function (text, one) {
        return text + "，" + TEXT.also + "“" + one.term + "”";
      }, said);
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      list.scrollTop = 0;
      choose(-1);
    }

    function ask() {
      var text = input.value.trim(), mine = (turn += 1);
      if (!text) {
        status.textContent = "";
        close();
        return;
      }
      Promise.all([S.engine(), S.need("search-marks")]).then(function (loaded) {
        return loaded[0].query(text, { limit: SHOWN }).then(function (answer) {
          // A slower answer to what was typed before is dropped.
          if (mine === turn) show(loaded[0], answer, text);
        });
      }).catch(function () {
        if (mine !== turn) return;
        status.textContent = TEXT.failed;
        list.textContent = "";
        plain(text, TEXT.failed);
        list.hidden = false;
        input.setAttribute("aria-expanded", "true");
        choose(-1);
      });
    }

    function soon(event) {
      if (event && event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    }

    input.addEventListener("input", soon);
    input.addEventListener("compositionend", function () {
      soon();
    });
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
        event.preventDefault();
        step(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
        event.preventDefault();
        options()[active].click();
      } else if (event.key === "Escape") {
        // What was typed stays; browsers would empty the field.
        event.preventDefault();
        if (list.hidden) input.blur();
        clearTimeout(timer);
        close();
      }
    });
    form.addEventListener("focusout", function (event) {
      if (!form.contains(event.relatedTarget)) close();
    });
    input.addEventListener("focus", soon);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    // Start the download while the reader types.
    S.engine().catch(Boolean);
    if (input.value) soon();
  };
})();
