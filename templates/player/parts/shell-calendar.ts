// Comes with the page that “Exit this page” leads to, and fills in its calendar.

import { fillCalendar } from "../shell/calendar.ts";

fillCalendar(document.querySelector("table") as HTMLTableElement, new Date());
