// Comes with the page that “Exit this page” leads to, and fills in its calendar.

import { fillCalendar } from "../shell/calendar.js";

fillCalendar(/** @type {HTMLTableElement} */ (document.querySelector("table")), new Date());
