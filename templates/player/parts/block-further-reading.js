// Arrives with the first page that has further reading.

scormBuilder.add("part", "block-further-reading", {
  selector: ".further-reading time",
  mount(time, { say }) {
    time.textContent = say.day(time.dateTime);
  },
});
