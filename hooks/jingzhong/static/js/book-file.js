/*
 * One's own record as a file: out, in, and away. `Jingzhong.bookFile(root, changed)`; `changed()` is
 * called when the record is another one than before.
 */
(function () {
  "use strict";

  var LARGEST = 5000000;
  var TEXT = {
    file: ["错题本-", ".json"],
    saved: "文件已交给浏览器保存。微信里存不了文件，请用下面的文字复制。",
    imported: ["已导入，", " 道题有更新。"],
    bad: "这不是从本站导出的记录，没有导入任何东西。",
    copied: "已复制",
    select: "请长按文字，全选后复制",
    cleared: "已清除这台设备上的答题记录。",
  };

  window.Jingzhong.bookFile = function (root, changed) {
    var progress = window.Jingzhong.progress;
    var find = root.querySelector.bind(root);

    function tell(text) {
      find("[data-file-status]").textContent = text;
    }

    function take(text) {
      var count = progress.imported(text);
      tell(count < 0 ? TEXT.bad : TEXT.imported[0] + count + TEXT.imported[1]);
      if (count >= 0) changed();
    }

    function confirmClear(open) {
      find("[data-clear-confirm]").hidden = !open;
      find("[data-clear]").hidden = open;
      find(open ? "[data-clear-no]" : "[data-clear]").focus();
    }

    find("[data-export]").addEventListener("click", function () {
      var link = document.createElement("a");
      var blob = new Blob([progress.exported()], { type: "application/json" });
      link.href = window.URL.createObjectURL(blob);
      link.download = TEXT.file[0] + progress.today() + TEXT.file[1];
      document.body.appendChild(link);
      link.click();
      document.body.removeChild(link);
      window.setTimeout(function () {
        window.URL.revokeObjectURL(link.href);
      }, 60000);
      find("[data-export-text]").value = progress.exported();
      find("[data-text-row]").hidden = false;
      tell(TEXT.saved);
    });
    find("[data-copy-text]").addEventListener("click", function (event) {
      find("[data-export-text]").select();
      event.target.textContent = document.execCommand("copy") ? TEXT.copied : TEXT.select;
    });
    find("[data-import]").addEventListener("change", function (event) {
      var file = event.target.files[0];
      if (!file) return;
      if (file.size > LARGEST) {
        tell(TEXT.bad);
        return;
      }
      var reader = new FileReader();
      reader.onload = function () {
        take(String(reader.result));
        event.target.value = "";
      };
      reader.onerror = function () {
        tell(TEXT.bad);
      };
      reader.readAsText(file);
    });
    find("[data-import-text]").addEventListener("click", function () {
      take(find("[data-paste]").value);
    });
    find("[data-clear]").addEventListener("click", function () {
      confirmClear(true);
    });
    find("[data-clear-no]").addEventListener("click", function () {
      confirmClear(false);
    });
    find("[data-clear-yes]").addEventListener("click", function () {
      progress.clear();
      confirmClear(false);
      tell(TEXT.cleared);
      changed();
    });
  };
})();
