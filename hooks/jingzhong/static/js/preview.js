/*
 * What a cited article says, shown beside its link: on hover and focus, and on a first tap.
 * The texts come with the site, one file a regulation, loaded when first asked for. The box is
 * fixed to the window, so nothing on the page moves.
 */
(function () {
  "use strict";

  var TEXT = { open: "打开这一条", close: "关闭" };
  var DELAY = 250;
  var box = null;
  var current = null;
  var timer = 0;
  var touch = false;

  function build() {
    box = document.createElement("div");
    box.className = "jz-preview";
    box.id = "jz-preview";
    box.hidden = true;
    ["title", "text"].forEach(function (part) {
      var line = document.createElement("p");
      line.className = "jz-preview__" + part;
      line.dataset[part] = "";
      box.appendChild(line);
    });
    var actions = document.createElement("p");
    actions.className = "jz-preview__actions";
    actions.dataset.actions = "";
    var open = document.createElement("a");
    open.dataset.open = "";
    open.textContent = TEXT.open;
    var close = document.createElement("button");
    close.type = "button";
    close.className = "jz-button";
    close.textContent = TEXT.close;
    close.addEventListener("click", function () {
      var link = current;
      hide();
      if (link) link.focus({ preventScroll: true });
    });
    actions.appendChild(open);
    actions.appendChild(close);
    box.appendChild(actions);
    box.addEventListener("mouseenter", function () {
      window.clearTimeout(timer);
    });
    box.addEventListener("mouseleave", later);
    document.body.appendChild(box);
  }

  /** Below the link where there is room, else above; on a narrow screen at the bottom. */
  function place(link) {
    var frame = link.getBoundingClientRect();
    var size = box.getBoundingClientRect();
    if (window.innerWidth < 600) {
      box.style.left = box.style.top = "";
      box.dataset.sheet = "";
      return;
    }
    delete box.dataset.sheet;
    var left = Math.max(8, Math.min(frame.left, window.innerWidth - size.width - 8));
    var below = frame.bottom + 6;
    var top = below + size.height > window.innerHeight ? frame.top - size.height - 6 : below;
    box.style.left = left + "px";
    box.style.top = Math.max(8, top) + "px";
  }

  function hide() {
    window.clearTimeout(timer);
    if (!box || box.hidden) return;
    box.hidden = true;
    if (current) current.removeAttribute("aria-describedby");
    current = null;
  }

  function later() {
    window.clearTimeout(timer);
    timer = window.setTimeout(hide, DELAY);
  }

  /** Show what the link cites; resolves to false when the article is not carried. */
  function show(link, base) {
    var parts = link.dataset.cite.split("/");
    return window.Jingzhong.load(base, "articles", parts[0]).then(function (articles) {
      var found = articles[parts[1]];
      if (!found) return false;
      if (!box) build();
      box.querySelector("[data-title]").textContent = found[0];
      box.querySelector("[data-text]").textContent = found[1];
      box.querySelector("[data-open]").href = link.href;
      box.querySelector("[data-actions]").hidden = !touch;
      if (current && current !== link) current.removeAttribute("aria-describedby");
      current = link;
      link.setAttribute("aria-describedby", "jz-preview");
      box.hidden = false;
      place(link);
      return true;
    });
  }

  window.Jingzhong.modules.preview = function (element) {
    var base = element.dataset.base;

    function citing(event) {
      return event.target.closest ? event.target.closest("a[data-cite]") : null;
    }

    function soon(link) {
      window.clearTimeout(timer);
      timer = window.setTimeout(function () {
        show(link, base).catch(function () {});
      }, DELAY);
    }

    element.addEventListener("pointerdown", function (event) {
      touch = event.pointerType === "touch" || event.pointerType === "pen";
    });
    element.addEventListener("mouseover", function (event) {
      var link = citing(event);
      if (link && !touch) soon(link);
    });
    element.addEventListener("mouseout", function (event) {
      if (citing(event) && !touch) later();
    });
    element.addEventListener("focusin", function (event) {
      var link = citing(event);
      if (link && !touch && link !== current) soon(link);
    });
    element.addEventListener("focusout", function (event) {
      if (citing(event) && !touch) later();
    });
    element.addEventListener("click", function (event) {
      var link = citing(event);
      if (!link || !touch || link === current) return;
      event.preventDefault();
      show(link, base).then(
        function (shown) {
          if (!shown) window.location.href = link.href;
        },
        function () {
          window.location.href = link.href;
        },
      );
    });
    document.addEventListener("click", function (event) {
      if (current && !citing(event) && !box.contains(event.target)) hide();
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") hide();
    });
    window.addEventListener("resize", hide);
  };
})();
