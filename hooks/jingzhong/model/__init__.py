"""From text to frozen objects: nothing downstream sees a raw mapping."""
