// Arrives with the first page that has further reading.

scormBuilder.add("part", "block-further-reading", {
  selector: ".further-reading time",
  mount(time, { language }) {
    // Noon, so that no time zone makes it another day.
    const day = new Date(`${time.dateTime}T12:00`);
    time.textContent = day.toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric" });
  },
});
